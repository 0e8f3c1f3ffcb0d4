//! What was done about the personal data of a year, as documents.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::erasure::{ErasureDeed, ErasureStep, Ids};
use crate::domain::person::PersonId;

use super::text::T;
use super::{CodecError, read, write};

/// The name of an approval in the journal: it begins a new segment, so that all that is erased lies in finished ones.
pub(in crate::store) const OP_APPROVED: &str = "office.erase_approved";

/// The name of a deed in the journal.
pub(super) fn op_of(deed: &ErasureDeed) -> &'static str {
    match deed.step {
        ErasureStep::Asked { .. } => "office.erase_asked",
        ErasureStep::Approved { .. } => OP_APPROVED,
        ErasureStep::Finished { .. } => "office.erase_finished",
    }
}

/// A deed of any kind: what only some have is left out of the others.
#[derive(Debug, Serialize, Deserialize)]
struct DeedShape {
    year: i16,
    date: T<Date>,
    by: String,
    uid: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loginuid: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claims: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vouchers: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    records: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    documents: Option<u64>,
}

/// A deed as it stands in the journal.
pub(super) fn to_json(deed: &ErasureDeed) -> String {
    let mut shape = DeedShape {
        year: deed.year,
        date: T(deed.date),
        by: deed.by.clone(),
        uid: deed.who.uid,
        loginuid: deed.who.loginuid,
        reason: String::new(),
        claims: None,
        vouchers: None,
        records: None,
        documents: None,
    };
    match &deed.step {
        ErasureStep::Asked { reason } => shape.reason.clone_from(reason),
        ErasureStep::Approved { claims, vouchers } => {
            (shape.claims, shape.vouchers) = (Some(claims.text()), Some(vouchers.text()));
        }
        ErasureStep::Finished { records, documents } => {
            (shape.records, shape.documents) = (Some(*records), Some(*documents));
        }
    }
    write(&shape)
}

/// The deed of a record whose operation is `office.<what>`; none for another operation.
pub(super) fn from_json(what: &str, data: &str) -> Result<Option<ErasureDeed>, CodecError> {
    if !matches!(what, "erase_asked" | "erase_approved" | "erase_finished") {
        return Ok(None);
    }
    let shape: DeedShape = read("erasure", data)?;
    let ids = |text: Option<String>| {
        text.as_deref().and_then(Ids::parse).ok_or_else(|| CodecError::new("erasure", "ids that are none"))
    };
    let step = match what {
        "erase_asked" => ErasureStep::Asked { reason: shape.reason },
        "erase_approved" => {
            ErasureStep::Approved { claims: ids(shape.claims)?, vouchers: ids(shape.vouchers)? }
        }
        _ => ErasureStep::Finished {
            records: shape.records.unwrap_or(0),
            documents: shape.documents.unwrap_or(0),
        },
    };
    let who = PersonId { uid: shape.uid, loginuid: shape.loginuid };
    Ok(Some(ErasureDeed { year: shape.year, date: shape.date.0, by: shape.by, who, step }))
}
