//! Events, claims, vouchers, companies and facilities as JSON, and back. The domain's types know nothing of it: every
//! shape on disk is a struct of its own here, so that a renamed field of the business never changes a file.
//!
//! An event becomes `op`, `data` (the business) and `pii` (what belongs to a person: name, identity and membership
//! numbers, birth date, diagnosis, notes, and a payee who is a participant or an heir). Erased personal fields read as
//! empty ones. A whole claim or voucher becomes one canonical document: fixed order of keys, empty ones left out.

mod about;
mod claim;
mod erasure;
mod event;
mod month;
mod pieces;
mod register;
mod text;
mod voucher;

pub use about::about;
pub use claim::{claim_from_json, claim_to_json};
pub(super) use erasure::OP_APPROVED;
pub use event::{event_of, op_of, parts_of};
pub(super) use month::BooksShape;
pub use register::{
    company_from_json, company_to_json, facility_from_json, facility_to_json, office_from_json,
    office_to_json,
};
pub use voucher::{voucher_from_json, voucher_to_json};

/// What could not be read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}")]
pub struct CodecError {
    /// Which shape.
    pub what: &'static str,
    /// Why not.
    pub why: String,
}

impl CodecError {
    /// What, and why it could not be read.
    pub(crate) fn new(what: &'static str, why: impl std::fmt::Display) -> CodecError {
        CodecError { what, why: why.to_string() }
    }
}

/// Reads a shape.
fn read<'a, Shape: serde::Deserialize<'a>>(what: &'static str, json: &'a str) -> Result<Shape, CodecError> {
    serde_json::from_str(json).map_err(|error| CodecError::new(what, error))
}

/// Writes a shape.
fn write<Shape: serde::Serialize>(shape: &Shape) -> String {
    serde_json::to_string(shape).expect("the shapes have text keys only")
}
