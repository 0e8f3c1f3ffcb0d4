//! An event as `op`, `data` and `pii`, and back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::{Booking, ClaimBasics};
use crate::domain::code::{DocumentKind, Origin};
use crate::domain::event::{ClaimEvent, Event, OfficeEvent, VoucherEvent};
use crate::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use crate::domain::period::Period;
use crate::domain::voucher::{SeriesKey, Voucher};

use super::pieces::{
    BasicsShape, DeterminationShape, DocumentShape, FileShape, LineShape, OutcomeShape, PayeeShape,
    PersonShape, ReviewShape, StateShape,
};
use super::register::{CompanyShape, FacilityShape, OfficeShape};
use super::text::T;
use super::voucher::{PaymentShape, VoidShape, VoucherShape};
use super::{CodecError, erasure, month, read, write};

/// The name of an event in the journal.
pub fn op_of(event: &Event) -> &'static str {
    match event {
        Event::Claim(_, event) => match event {
            ClaimEvent::Registered { .. } => "claim.registered",
            ClaimEvent::Amended { .. } => "claim.amended",
            ClaimEvent::Filed(_) => "claim.filed",
            ClaimEvent::Completed { .. } => "claim.completed",
            ClaimEvent::DocumentReceived(_) => "claim.document_received",
            ClaimEvent::DocumentRemoved(_) => "claim.document_removed",
            ClaimEvent::FileAttached(_) => "claim.file_attached",
            ClaimEvent::LineAdded { .. } => "claim.line_added",
            ClaimEvent::LineAmended { .. } => "claim.line_amended",
            ClaimEvent::LineDetermined { .. } => "claim.line_determined",
            ClaimEvent::OutcomeSet(_) => "claim.outcome_set",
            ClaimEvent::StateSet(_) => "claim.state_set",
            ClaimEvent::ToldApart { .. } => "claim.told_apart",
            ClaimEvent::Reviewed(_) => "claim.reviewed",
            ClaimEvent::ReviewCleared => "claim.review_cleared",
            ClaimEvent::LineRestored { .. } => "claim.line_restored",
            ClaimEvent::LineWithdrawn { .. } => "claim.line_withdrawn",
        },
        Event::Voucher(_, event) => match event {
            VoucherEvent::Raised(_) => "voucher.raised",
            VoucherEvent::Approved { .. } => "voucher.approved",
            VoucherEvent::Paid { .. } => "voucher.paid",
            VoucherEvent::PaymentReturned { .. } => "voucher.payment_returned",
            VoucherEvent::Voided(_) => "voucher.voided",
        },
        Event::Company(_) => "company.recorded",
        Event::Facility(_) => "facility.recorded",
        Event::Office(OfficeEvent::Configured(_)) => "office.configured",
        Event::Office(OfficeEvent::SeriesStarted { .. }) => "office.series_started",
        Event::Office(OfficeEvent::Exported { .. }) => "office.exported",
        Event::Office(OfficeEvent::Month(deed)) => month::op_of(deed),
        Event::Office(OfficeEvent::Erasure(deed)) => erasure::op_of(deed),
    }
}

/// Something that happened to a claim: `claim` and the facts of it.
#[derive(Serialize, Deserialize)]
struct OfClaim<Facts> {
    claim: u64,
    #[serde(flatten)]
    facts: Facts,
}

/// Something that happened to a voucher.
#[derive(Serialize, Deserialize)]
struct OfVoucher<Facts> {
    voucher: u64,
    #[serde(flatten)]
    facts: Facts,
}

#[derive(Serialize, Deserialize)]
struct Registered {
    basics: BasicsShape,
    state: StateShape,
    origin: T<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restores: Option<u64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    despite_duplicate: String,
}

#[derive(Serialize, Deserialize)]
struct Basics {
    basics: BasicsShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    booked: Option<BookingShape>,
}

#[derive(Serialize, Deserialize)]
struct State {
    state: StateShape,
}

#[derive(Serialize, Deserialize)]
struct Completed {
    date: Option<T<Date>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<u16>,
}

#[derive(Serialize, Deserialize)]
struct Paper {
    document: DocumentShape,
}

#[derive(Serialize, Deserialize)]
struct Attached {
    file: FileShape,
}

#[derive(Serialize, Deserialize)]
struct NamePii {
    name: String,
}

#[derive(Serialize, Deserialize)]
struct PaperKind {
    document: T<DocumentKind>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    line: LineShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    booked: Option<BookingShape>,
}

#[derive(Serialize, Deserialize)]
struct LineRestored {
    line: LineShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<BookingShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    determined: Option<BookingShape>,
}

#[derive(Serialize, Deserialize)]
struct LineWithdrawn {
    line: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<BookingShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    determined: Option<BookingShape>,
}

/// An event that says nothing but that it happened.
#[derive(Serialize, Deserialize)]
struct Bare {}

#[derive(Serialize, Deserialize)]
struct BookingShape {
    date: T<Date>,
    posted: T<Period>,
}

impl BookingShape {
    fn of(booked: &Booking) -> BookingShape {
        BookingShape { date: T(booked.date), posted: T(booked.posted) }
    }

    fn booking(self) -> Booking {
        Booking { date: self.date.0, posted: self.posted.0 }
    }
}

#[derive(Serialize, Deserialize)]
struct Determined {
    line: u16,
    determination: DeterminationShape,
}

#[derive(Serialize, Deserialize)]
struct Outcome {
    outcome: OutcomeShape,
}

#[derive(Serialize, Deserialize)]
struct ToldApart {
    reason: String,
}

#[derive(Serialize, Deserialize)]
struct Reviewed {
    review: ReviewShape,
}

#[derive(Serialize, Deserialize)]
struct Raised {
    voucher: VoucherShape,
}

#[derive(Serialize, Deserialize)]
struct By {
    by: String,
}

#[derive(Serialize, Deserialize)]
struct Paid {
    payment: PaymentShape,
    posted: T<Period>,
}

#[derive(Serialize, Deserialize)]
struct Returned {
    payment: u16,
    date: T<Date>,
    reason: String,
    posted: T<Period>,
}

#[derive(Serialize, Deserialize)]
struct Voided {
    void: VoidShape,
}

#[derive(Serialize, Deserialize)]
struct Series {
    series: T<SeriesKey>,
    next: u32,
}

#[derive(Serialize, Deserialize)]
struct Exported {
    what: String,
    rows: u64,
}

#[derive(Serialize, Deserialize)]
struct PersonPii {
    person: PersonShape,
}

#[derive(Serialize, Deserialize)]
struct PayeePii {
    payee: PayeeShape,
}

/// `data` and `pii` of an event; `pii` is empty where nothing in it belongs to a person.
pub fn parts_of(event: &Event) -> (String, String) {
    match event {
        Event::Claim(id, event) => of_claim(id.get(), event),
        Event::Voucher(id, event) => of_voucher(id.get(), event),
        Event::Company(company) => (write(&CompanyShape::of(company)), String::new()),
        Event::Facility(facility) => (write(&FacilityShape::of(facility)), String::new()),
        Event::Office(OfficeEvent::Configured(office)) => (write(&OfficeShape::of(office)), String::new()),
        Event::Office(OfficeEvent::SeriesStarted { series, next }) => {
            (write(&Series { series: T(series.clone()), next: *next }), String::new())
        }
        Event::Office(OfficeEvent::Exported { what, rows }) => {
            (write(&Exported { what: what.clone(), rows: *rows }), String::new())
        }
        Event::Office(OfficeEvent::Month(deed)) => (month::to_json(deed), String::new()),
        Event::Office(OfficeEvent::Erasure(deed)) => (erasure::to_json(deed), String::new()),
    }
}

fn person_of(basics: &ClaimBasics) -> String {
    write(&PersonPii { person: PersonShape::of(basics) })
}

fn line_parts<Facts: Serialize>(
    claim: u64,
    line: &BenefitLine,
    facts: impl FnOnce(LineShape) -> Facts,
) -> (String, String) {
    let (bare, personal) = PayeeShape::split(&line.payee);
    let mut shape = LineShape::of(line);
    shape.payee = bare;
    let facts = facts(shape);
    (write(&OfClaim { claim, facts }), personal.map_or(String::new(), |payee| write(&PayeePii { payee })))
}

fn of_claim(claim: u64, event: &ClaimEvent) -> (String, String) {
    fn bare<Facts: Serialize>(claim: u64, facts: Facts) -> (String, String) {
        (write(&OfClaim { claim, facts }), String::new())
    }
    match event {
        ClaimEvent::Registered { basics, state, origin, restores, despite_duplicate } => {
            let facts = Registered {
                basics: BasicsShape::of(basics),
                state: StateShape::of(state),
                origin: T(*origin),
                restores: restores.map(ClaimId::get),
                despite_duplicate: despite_duplicate.clone(),
            };
            (write(&OfClaim { claim, facts }), person_of(basics))
        }
        ClaimEvent::Amended { basics, booked } => {
            let booked = booked.as_ref().map(BookingShape::of);
            let facts = Basics { basics: BasicsShape::of(basics), booked };
            (write(&OfClaim { claim, facts }), person_of(basics))
        }
        ClaimEvent::Filed(state) | ClaimEvent::StateSet(state) => {
            bare(claim, State { state: StateShape::of(state) })
        }
        ClaimEvent::Completed { date, lines } => {
            let lines = lines.iter().map(|line| line.get()).collect();
            bare(claim, Completed { date: date.map(T), lines })
        }
        ClaimEvent::DocumentReceived(document) => {
            bare(claim, Paper { document: DocumentShape::of(document) })
        }
        ClaimEvent::FileAttached(file) => {
            let mut shape = FileShape::of(file);
            let name = std::mem::take(&mut shape.name);
            (write(&OfClaim { claim, facts: Attached { file: shape } }), write(&NamePii { name }))
        }
        ClaimEvent::DocumentRemoved(kind) => bare(claim, PaperKind { document: T(*kind) }),
        ClaimEvent::LineAdded { line, booked } | ClaimEvent::LineAmended { line, booked } => {
            let booked = booked.as_ref().map(BookingShape::of);
            line_parts(claim, line, |line| Line { line, booked })
        }
        ClaimEvent::LineDetermined { line, amount, date, number, posted } => {
            let determination = DeterminationShape::of(&crate::domain::benefit::Determination {
                amount: *amount,
                date: *date,
                number: number.clone(),
                posted: *posted,
            });
            bare(claim, Determined { line: line.get(), determination })
        }
        ClaimEvent::OutcomeSet(entry) => bare(claim, Outcome { outcome: OutcomeShape::of(entry) }),
        ClaimEvent::ToldApart { reason } => bare(claim, ToldApart { reason: reason.clone() }),
        ClaimEvent::Reviewed(review) => bare(claim, Reviewed { review: ReviewShape::of(review) }),
        ClaimEvent::ReviewCleared => bare(claim, Bare {}),
        ClaimEvent::LineRestored { line, asked, determined } => {
            let [asked, determined] = [asked, determined].map(|booked| booked.as_ref().map(BookingShape::of));
            line_parts(claim, line, |line| LineRestored { line, asked, determined })
        }
        ClaimEvent::LineWithdrawn { line, asked, determined } => {
            let [asked, determined] = [asked, determined].map(|booked| booked.as_ref().map(BookingShape::of));
            bare(claim, LineWithdrawn { line: line.get(), asked, determined })
        }
    }
}

fn of_voucher(voucher: u64, event: &VoucherEvent) -> (String, String) {
    fn bare<Facts: Serialize>(voucher: u64, facts: Facts) -> (String, String) {
        (write(&OfVoucher { voucher, facts }), String::new())
    }
    match event {
        VoucherEvent::Raised(raised) => {
            let (payee, personal) = PayeeShape::split(&raised.payee);
            let mut shape = VoucherShape::of(raised);
            shape.payee = payee;
            let data = write(&Raised { voucher: shape });
            (data, personal.map_or(String::new(), |payee| write(&PayeePii { payee })))
        }
        VoucherEvent::Approved { by } => bare(voucher, By { by: by.clone() }),
        VoucherEvent::Paid { payment, posted } => {
            bare(voucher, Paid { payment: PaymentShape::of(payment), posted: T(*posted) })
        }
        VoucherEvent::PaymentReturned { payment, date, reason, posted } => {
            let (date, posted) = (T(*date), T(*posted));
            bare(voucher, Returned { payment: payment.get(), date, reason: reason.clone(), posted })
        }
        VoucherEvent::Voided(mark) => bare(voucher, Voided { void: VoidShape::of(mark) }),
    }
}

/// The event of a record. `pii` is none where the record never had any, or where its legal time is over and it was
/// erased: then the personal fields read as empty.
pub fn event_of(op: &str, data: &str, pii: Option<&str>) -> Result<Event, CodecError> {
    match op.split_once('.') {
        Some(("claim", what)) => claim_event(what, data, pii),
        Some(("voucher", what)) => voucher_event(what, data, pii),
        Some(("company", "recorded")) => {
            Ok(Event::Company(read::<CompanyShape>("company.recorded", data)?.company()))
        }
        Some(("facility", "recorded")) => {
            Ok(Event::Facility(read::<FacilityShape>("facility.recorded", data)?.facility()))
        }
        Some(("office", what)) => office_event(what, data),
        _ => Err(CodecError::new("event", format_args!("unknown operation {op}"))),
    }
}

fn basics_of(shape: BasicsShape, pii: Option<&str>) -> Result<Box<ClaimBasics>, CodecError> {
    let person = pii.map(|pii| read::<PersonPii>("person", pii)).transpose()?;
    shape.with(person.map(|pii| pii.person).unwrap_or_default()).map(Box::new)
}

fn line_of(mut line: LineShape, pii: Option<&str>) -> Result<Box<BenefitLine>, CodecError> {
    let payee = pii.map(|pii| read::<PayeePii>("payee", pii)).transpose()?.map(|pii| pii.payee);
    if let Some(payee) = payee {
        line.payee = payee;
    }
    line.line().map(Box::new)
}

fn claim_event(what: &str, data: &str, pii: Option<&str>) -> Result<Event, CodecError> {
    fn facts<'a, Facts: Deserialize<'a>>(data: &'a str) -> Result<(ClaimId, Facts), CodecError> {
        read::<OfClaim<Facts>>("claim event", data).map(|of| (ClaimId::new(of.claim), of.facts))
    }
    let (id, event) = match what {
        "registered" => {
            let (id, facts) = facts::<Registered>(data)?;
            let event = ClaimEvent::Registered {
                basics: basics_of(facts.basics, pii)?,
                state: facts.state.entry(),
                origin: facts.origin.0,
                restores: facts.restores.map(ClaimId::new),
                despite_duplicate: facts.despite_duplicate,
            };
            (id, event)
        }
        "amended" => {
            let (id, facts) = facts::<Basics>(data)?;
            let booked = facts.booked.map(BookingShape::booking);
            (id, ClaimEvent::Amended { basics: basics_of(facts.basics, pii)?, booked })
        }
        "filed" => facts::<State>(data).map(|(id, facts)| (id, ClaimEvent::Filed(facts.state.entry())))?,
        "state_set" => {
            facts::<State>(data).map(|(id, facts)| (id, ClaimEvent::StateSet(facts.state.entry())))?
        }
        "completed" => {
            let (id, facts) = facts::<Completed>(data)?;
            let lines = facts.lines.into_iter().map(LineNo::new).collect();
            (id, ClaimEvent::Completed { date: facts.date.map(|T(date)| date), lines })
        }
        "document_received" => {
            let (id, facts) = facts::<Paper>(data)?;
            (id, ClaimEvent::DocumentReceived(facts.document.document()))
        }
        "file_attached" => {
            let (id, mut facts) = facts::<Attached>(data)?;
            if let Some(pii) = pii {
                facts.file.name = read::<NamePii>("file", pii)?.name;
            }
            (id, ClaimEvent::FileAttached(facts.file.file()))
        }
        "document_removed" => {
            let (id, facts) = facts::<PaperKind>(data)?;
            (id, ClaimEvent::DocumentRemoved(facts.document.0))
        }
        "line_added" => {
            let (id, facts) = facts::<Line>(data)?;
            let booked = facts.booked.map(BookingShape::booking);
            (id, ClaimEvent::LineAdded { line: line_of(facts.line, pii)?, booked })
        }
        "line_amended" => {
            let (id, facts) = facts::<Line>(data)?;
            let booked = facts.booked.map(BookingShape::booking);
            (id, ClaimEvent::LineAmended { line: line_of(facts.line, pii)?, booked })
        }
        "line_determined" => {
            let (id, facts) = facts::<Determined>(data)?;
            let letter = facts.determination.determination();
            let event = ClaimEvent::LineDetermined {
                line: LineNo::new(facts.line),
                amount: letter.amount,
                date: letter.date,
                number: letter.number,
                posted: letter.posted,
            };
            (id, event)
        }
        "outcome_set" => {
            let (id, facts) = facts::<Outcome>(data)?;
            (id, ClaimEvent::OutcomeSet(facts.outcome.entry()))
        }
        "told_apart" => {
            let (id, facts) = facts::<ToldApart>(data)?;
            (id, ClaimEvent::ToldApart { reason: facts.reason })
        }
        "reviewed" => {
            let (id, facts) = facts::<Reviewed>(data)?;
            (id, ClaimEvent::Reviewed(facts.review.review()))
        }
        "review_cleared" => (facts::<Bare>(data)?.0, ClaimEvent::ReviewCleared),
        "line_restored" => {
            let (id, facts) = facts::<LineRestored>(data)?;
            let [asked, determined] =
                [facts.asked, facts.determined].map(|booked| booked.map(BookingShape::booking));
            (id, ClaimEvent::LineRestored { line: line_of(facts.line, pii)?, asked, determined })
        }
        "line_withdrawn" => {
            let (id, facts) = facts::<LineWithdrawn>(data)?;
            let [asked, determined] =
                [facts.asked, facts.determined].map(|booked| booked.map(BookingShape::booking));
            (id, ClaimEvent::LineWithdrawn { line: LineNo::new(facts.line), asked, determined })
        }
        other => return Err(CodecError::new("event", format_args!("unknown operation claim.{other}"))),
    };
    Ok(Event::Claim(id, event))
}

fn voucher_event(what: &str, data: &str, pii: Option<&str>) -> Result<Event, CodecError> {
    fn facts<'a, Facts: Deserialize<'a>>(data: &'a str) -> Result<(VoucherId, Facts), CodecError> {
        read::<OfVoucher<Facts>>("voucher event", data).map(|of| (VoucherId::new(of.voucher), of.facts))
    }
    let (id, event) = match what {
        "raised" => {
            let mut shape = read::<Raised>("voucher.raised", data)?.voucher;
            let payee = pii.map(|pii| read::<PayeePii>("payee", pii)).transpose()?.map(|pii| pii.payee);
            if let Some(payee) = payee {
                shape.payee = payee;
            }
            let voucher: Voucher = shape.voucher()?;
            (voucher.id, VoucherEvent::Raised(Box::new(voucher)))
        }
        "approved" => {
            let (id, facts) = facts::<By>(data)?;
            (id, VoucherEvent::Approved { by: facts.by })
        }
        "paid" => {
            let (id, facts) = facts::<Paid>(data)?;
            (id, VoucherEvent::Paid { payment: facts.payment.payment(), posted: facts.posted.0 })
        }
        "payment_returned" => {
            let (id, facts) = facts::<Returned>(data)?;
            let event = VoucherEvent::PaymentReturned {
                payment: PaymentNo::new(facts.payment),
                date: facts.date.0,
                reason: facts.reason,
                posted: facts.posted.0,
            };
            (id, event)
        }
        "voided" => {
            let (id, facts) = facts::<Voided>(data)?;
            (id, VoucherEvent::Voided(facts.void.mark()))
        }
        other => return Err(CodecError::new("event", format_args!("unknown operation voucher.{other}"))),
    };
    Ok(Event::Voucher(id, event))
}

fn office_event(what: &str, data: &str) -> Result<Event, CodecError> {
    let event = match what {
        "configured" => {
            OfficeEvent::Configured(Box::new(read::<OfficeShape>("office.configured", data)?.office()))
        }
        "series_started" => {
            let facts: Series = read("office.series_started", data)?;
            OfficeEvent::SeriesStarted { series: facts.series.0, next: facts.next }
        }
        "exported" => {
            let facts: Exported = read("office.exported", data)?;
            OfficeEvent::Exported { what: facts.what, rows: facts.rows }
        }
        other => match (month::from_json(other, data)?, erasure::from_json(other, data)?) {
            (Some(deed), _) => OfficeEvent::Month(Box::new(deed)),
            (None, Some(deed)) => OfficeEvent::Erasure(Box::new(deed)),
            (None, None) => {
                return Err(CodecError::new("event", format_args!("unknown operation office.{other}")));
            }
        },
    };
    Ok(Event::Office(event))
}
