//! The shapes that claims, vouchers and events share.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::domain::benefit::{BenefitLine, DateSpan, Determination, Settlement, VoucherLink};
use crate::domain::claim::{
    AttachedFile, ClaimBasics, Document, OutcomeEntry, Review, StateEntry, Wage, Worker,
};
use crate::domain::code::*;
use crate::domain::company::CompanySnapshot;
use crate::domain::id::{LineNo, VoucherId};
use crate::domain::identity::{AccountNo, ClaimNo, Icd10, Identity, Kpj, Nik, Npp, Npwp};
use crate::domain::payee::Payee;
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::voucher::VoucherCode;

use super::CodecError;
use super::text::{Rp, T};

/// What belongs to the person: the `pii` of a claim.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PersonShape {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    id_kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    id_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kpj: Option<T<Kpj>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<T<Date>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icd10: Option<T<Icd10>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    notes: String,
}

impl PersonShape {
    pub(super) fn of(basics: &ClaimBasics) -> PersonShape {
        let worker = &basics.worker;
        PersonShape {
            name: worker.name.clone(),
            id_kind: worker.identity.kind().to_owned(),
            id_no: worker.identity.number().to_owned(),
            kpj: worker.kpj.clone().map(T),
            birth_date: worker.birth_date.map(T),
            icd10: basics.icd10.clone().map(T),
            notes: basics.notes.clone(),
        }
    }

    fn identity(&self) -> Result<Identity, CodecError> {
        match self.id_kind.as_str() {
            "" => Ok(Identity::Missing),
            "NIK" => {
                Nik::parse(&self.id_no).map(Identity::Nik).map_err(|refusal| CodecError::new("nik", refusal))
            }
            "PASPOR" => Ok(Identity::Passport(self.id_no.clone())),
            "LAIN" => Ok(Identity::Other(self.id_no.clone())),
            other => Err(CodecError::new("identity", other)),
        }
    }
}

/// What the paper says, without the person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BasicsShape {
    claim_no: T<ClaimNo>,
    programme: T<Programme>,
    segment: T<Segment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    case_kind: Option<T<CaseKind>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sex: Option<T<Sex>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company: Option<EmployerShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wage: Option<WageShape>,
    event_date: T<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event_time: Option<T<Time>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reported_date: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reported_time: Option<T<Time>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<T<Place>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r#type: Option<T<AccidentType>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<T<Source>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_part: Option<T<BodyPart>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    facility: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_off: Option<u16>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct EmployerShape {
    npp: T<Npp>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    risk_group: Option<T<RiskGroup>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct WageShape {
    amount: Rp,
    unit: T<WageUnit>,
}

impl BasicsShape {
    pub(super) fn of(basics: &ClaimBasics) -> BasicsShape {
        BasicsShape {
            claim_no: T(basics.claim_no.clone()),
            programme: T(basics.programme),
            segment: T(basics.segment),
            case_kind: basics.case_kind.map(T),
            sex: basics.worker.sex.map(T),
            company: basics.company.as_ref().map(|company| EmployerShape {
                npp: T(company.npp.clone()),
                name: company.name.clone(),
                risk_group: company.risk_group.map(T),
            }),
            wage: basics.wage.map(|wage| WageShape { amount: Rp(wage.amount), unit: T(wage.unit) }),
            event_date: T(basics.event_date),
            event_time: basics.event_time.map(T),
            reported_date: basics.reported_date.map(T),
            reported_time: basics.reported_time.map(T),
            place: basics.place.map(T),
            r#type: basics.accident_type.map(T),
            source: basics.source.map(T),
            body_part: basics.body_part.map(T),
            facility: basics.facility.clone(),
            days_off: basics.days_off,
        }
    }

    pub(super) fn with(self, person: PersonShape) -> Result<ClaimBasics, CodecError> {
        let identity = person.identity()?;
        Ok(ClaimBasics {
            claim_no: self.claim_no.0,
            programme: self.programme.0,
            segment: self.segment.0,
            case_kind: self.case_kind.map(|T(value)| value),
            worker: Worker {
                name: person.name,
                identity,
                kpj: person.kpj.map(|T(value)| value),
                birth_date: person.birth_date.map(|T(value)| value),
                sex: self.sex.map(|T(value)| value),
            },
            company: self.company.map(|company| CompanySnapshot {
                npp: company.npp.0,
                name: company.name,
                risk_group: company.risk_group.map(|T(value)| value),
            }),
            wage: self.wage.map(|wage| Wage { amount: wage.amount.0, unit: wage.unit.0 }),
            event_date: self.event_date.0,
            event_time: self.event_time.map(|T(value)| value),
            reported_date: self.reported_date.map(|T(value)| value),
            reported_time: self.reported_time.map(|T(value)| value),
            place: self.place.map(|T(value)| value),
            accident_type: self.r#type.map(|T(value)| value),
            source: self.source.map(|T(value)| value),
            body_part: self.body_part.map(|T(value)| value),
            icd10: person.icd10.map(|T(value)| value),
            facility: self.facility,
            days_off: self.days_off,
            notes: person.notes,
        })
    }
}

/// An entry of the status history.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct StateShape {
    state: T<ProcessState>,
    date: T<Date>,
    posted: T<Period>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<T<CloseReason>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl StateShape {
    pub(super) fn of(entry: &StateEntry) -> StateShape {
        StateShape {
            state: T(entry.state),
            date: T(entry.date),
            posted: T(entry.posted),
            reason: entry.reason.map(T),
            note: entry.note.clone(),
        }
    }

    pub(super) fn entry(self) -> StateEntry {
        StateEntry {
            state: self.state.0,
            date: self.date.0,
            posted: self.posted.0,
            reason: self.reason.map(|T(value)| value),
            note: self.note,
        }
    }
}

/// An entry of the outcome history.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct OutcomeShape {
    outcome: T<Outcome>,
    date: T<Date>,
    posted: T<Period>,
}

impl OutcomeShape {
    pub(super) fn of(entry: &OutcomeEntry) -> OutcomeShape {
        OutcomeShape { outcome: T(entry.outcome), date: T(entry.date), posted: T(entry.posted) }
    }

    pub(super) fn entry(self) -> OutcomeEntry {
        OutcomeEntry { outcome: self.outcome.0, date: self.date.0, posted: self.posted.0 }
    }
}

/// A paper of the bundle.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DocumentShape {
    kind: T<DocumentKind>,
    received: T<Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    archive: String,
}

impl DocumentShape {
    pub(super) fn of(document: &Document) -> DocumentShape {
        DocumentShape {
            kind: T(document.kind),
            received: T(document.received),
            archive: document.archive.clone(),
        }
    }

    pub(super) fn document(self) -> Document {
        Document { kind: self.kind.0, received: self.received.0, archive: self.archive }
    }
}

/// An attached file. Its name stands with what belongs to a person in an event, and here in a whole claim.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FileShape {
    kind: T<DocumentKind>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    sha256: String,
    bytes: u64,
    date: T<Date>,
    by: String,
}

impl FileShape {
    pub(super) fn of(file: &AttachedFile) -> FileShape {
        FileShape {
            kind: T(file.kind),
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            date: T(file.date),
            by: file.by.clone(),
        }
    }

    pub(super) fn file(self) -> AttachedFile {
        AttachedFile {
            kind: self.kind.0,
            name: self.name,
            sha256: self.sha256,
            bytes: self.bytes,
            date: self.date.0,
            by: self.by,
        }
    }
}

/// A reviewer's mark.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ReviewShape {
    mark: T<ReviewMark>,
    revision: u32,
    by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl ReviewShape {
    pub(super) fn of(review: &Review) -> ReviewShape {
        ReviewShape {
            mark: T(review.mark),
            revision: review.revision,
            by: review.by.clone(),
            note: review.note.clone(),
        }
    }

    pub(super) fn review(self) -> Review {
        Review { mark: self.mark.0, revision: self.revision, by: self.by, note: self.note }
    }
}

/// A payee. In an event, one who is a person leaves only the kind in `data`; the rest stands in `pii`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PayeeShape {
    kind: T<PayeeKind>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    bank: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<T<AccountNo>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_number: Option<T<Npwp>>,
}

impl PayeeShape {
    pub(super) fn of(payee: &Payee) -> PayeeShape {
        PayeeShape {
            kind: T(payee.kind),
            name: payee.name.clone(),
            bank: payee.bank.clone(),
            account: payee.account.clone().map(T),
            tax_number: payee.tax_number.clone().map(T),
        }
    }

    /// What may stand in `data`, and what belongs into `pii`.
    pub(super) fn split(payee: &Payee) -> (PayeeShape, Option<PayeeShape>) {
        let whole = PayeeShape::of(payee);
        match payee.kind {
            PayeeKind::Company | PayeeKind::Facility => (whole, None),
            PayeeKind::Participant | PayeeKind::Heir => {
                let kind = T(payee.kind);
                let bare = PayeeShape {
                    kind,
                    name: String::new(),
                    bank: String::new(),
                    account: None,
                    tax_number: None,
                };
                (bare, Some(whole))
            }
        }
    }

    pub(super) fn payee(self) -> Payee {
        Payee {
            kind: self.kind.0,
            name: self.name,
            bank: self.bank,
            account: self.account.map(|T(value)| value),
            tax_number: self.tax_number.map(|T(value)| value),
        }
    }
}

/// A benefit line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LineShape {
    no: u16,
    component: T<Component>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<T<Date>>,
    pub(super) payee: PayeeShape,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    receipt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_by: Option<PersonIdShape>,
    asked: Rp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    complete: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    determination: Option<DeterminationShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    voucher: Option<LinkShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    free_since: Option<T<Date>>,
}

/// A person by the system's ids.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct PersonIdShape {
    uid: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loginuid: Option<u32>,
}

impl PersonIdShape {
    pub(super) fn of(person: PersonId) -> PersonIdShape {
        PersonIdShape { uid: person.uid, loginuid: person.loginuid }
    }

    pub(super) fn person(self) -> PersonId {
        PersonId { uid: self.uid, loginuid: self.loginuid }
    }
}

/// A determination.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DeterminationShape {
    amount: Rp,
    date: T<Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    number: String,
    posted: T<Period>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct LinkShape {
    id: u64,
    code: T<VoucherCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paid: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<Rp>,
}

impl DeterminationShape {
    pub(super) fn of(determination: &Determination) -> DeterminationShape {
        DeterminationShape {
            amount: Rp(determination.amount),
            date: T(determination.date),
            number: determination.number.clone(),
            posted: T(determination.posted),
        }
    }

    pub(super) fn determination(self) -> Determination {
        Determination { amount: self.amount.0, date: self.date.0, number: self.number, posted: self.posted.0 }
    }
}

impl LineShape {
    pub(super) fn of(line: &BenefitLine) -> LineShape {
        LineShape {
            no: line.no.get(),
            component: T(line.component),
            from: line.span.map(|span| T(span.from)),
            to: line.span.map(|span| T(span.to)),
            payee: PayeeShape::of(&line.payee),
            receipt: line.receipt.clone(),
            account_by: line.account_by.map(PersonIdShape::of),
            asked: Rp(line.asked),
            complete: line.complete_date.map(T),
            determination: line.determination.as_ref().map(DeterminationShape::of),
            voucher: line.voucher.as_ref().map(LinkShape::of),
            free_since: line.free_since.map(T),
        }
    }

    pub(super) fn line(self) -> Result<BenefitLine, CodecError> {
        let span = match (self.from, self.to) {
            (None, None) => None,
            (Some(T(from)), Some(T(to))) => {
                let backwards = || CodecError::new("span", format_args!("{from} to {to}"));
                Some(DateSpan::new(from, to).ok_or_else(backwards)?)
            }
            _ => return Err(CodecError::new("span", "only one end")),
        };
        Ok(BenefitLine {
            no: LineNo::new(self.no),
            component: self.component.0,
            span,
            payee: self.payee.payee(),
            receipt: self.receipt,
            account_by: self.account_by.map(PersonIdShape::person),
            asked: self.asked.0,
            complete_date: self.complete.map(|T(date)| date),
            determination: self.determination.map(DeterminationShape::determination),
            voucher: self.voucher.map(LinkShape::link),
            free_since: self.free_since.map(|T(date)| date),
        })
    }
}

impl LinkShape {
    fn of(link: &VoucherLink) -> LinkShape {
        let (paid, part) = match link.settlement {
            Settlement::Waiting => (None, None),
            Settlement::Part(part) => (None, Some(Rp(part))),
            Settlement::Paid(date) => (Some(T(date)), None),
        };
        LinkShape { id: link.id.get(), code: T(link.code.clone()), paid, part }
    }

    fn link(self) -> VoucherLink {
        let settlement = match (self.paid, self.part) {
            (Some(T(date)), _) => Settlement::Paid(date),
            (None, Some(Rp(part))) => Settlement::Part(part),
            (None, None) => Settlement::Waiting,
        };
        VoucherLink { id: VoucherId::new(self.id), code: self.code.0, settlement }
    }
}
