//! A whole claim as one document.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::claim::Claim;
use crate::domain::code::Origin;
use crate::domain::id::ClaimId;
use crate::domain::period::Period;

use super::pieces::{
    BasicsShape, DocumentShape, FileShape, LineShape, OutcomeShape, PersonShape, ReviewShape, StateShape,
};
use super::text::T;
use super::{CodecError, read, write};

#[derive(Debug, Serialize, Deserialize)]
struct ClaimShape {
    id: u64,
    revision: u32,
    basics: BasicsShape,
    person: PersonShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    filed_date: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    complete_date: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<OutcomeShape>,
    states: Vec<StateShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    documents: Vec<DocumentShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<LineShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review: Option<ReviewShape>,
    registered: T<Period>,
    origin: T<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restores: Option<u64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    despite_duplicate: String,
}

/// The canonical document of a claim: the same claim, the same bytes.
pub fn claim_to_json(claim: &Claim) -> String {
    write(&ClaimShape {
        id: claim.id.get(),
        revision: claim.revision,
        basics: BasicsShape::of(&claim.basics),
        person: PersonShape::of(&claim.basics),
        filed_date: claim.filed_date.map(T),
        complete_date: claim.complete_date.map(T),
        outcomes: claim.outcomes.iter().map(OutcomeShape::of).collect(),
        states: claim.states.iter().map(StateShape::of).collect(),
        documents: claim.documents.iter().map(DocumentShape::of).collect(),
        files: claim.files.iter().map(FileShape::of).collect(),
        lines: claim.lines.iter().map(LineShape::of).collect(),
        review: claim.review.as_ref().map(ReviewShape::of),
        registered: T(claim.registered),
        origin: T(claim.origin),
        restores: claim.restores.map(ClaimId::get),
        despite_duplicate: claim.despite_duplicate.clone(),
    })
}

/// The claim of a document.
pub fn claim_from_json(json: &str) -> Result<Claim, CodecError> {
    let shape: ClaimShape = read("claim", json)?;
    if shape.states.is_empty() {
        return Err(CodecError::new("claim", "no state"));
    }
    Ok(Claim {
        id: ClaimId::new(shape.id),
        revision: shape.revision,
        basics: shape.basics.with(shape.person)?,
        filed_date: shape.filed_date.map(|T(date)| date),
        complete_date: shape.complete_date.map(|T(date)| date),
        outcomes: shape.outcomes.into_iter().map(OutcomeShape::entry).collect(),
        states: shape.states.into_iter().map(StateShape::entry).collect(),
        documents: shape.documents.into_iter().map(DocumentShape::document).collect(),
        files: shape.files.into_iter().map(FileShape::file).collect(),
        lines: shape.lines.into_iter().map(LineShape::line).collect::<Result<_, _>>()?,
        review: shape.review.map(ReviewShape::review),
        registered: shape.registered.0,
        origin: shape.origin.0,
        restores: shape.restores.map(ClaimId::new),
        despite_duplicate: shape.despite_duplicate,
    })
}
