//! A claim as the row the filter looks at.

use jiff::civil::Date;

use crate::base::calendar::days_between;
use crate::domain::claim::Claim;
use crate::domain::clock::{ClockMark, next_due, stage_one_mark};
use crate::domain::code::{Outcome, ReportMark};
use crate::domain::document::missing;
use crate::domain::office::Office;
use crate::domain::query::eval::{Row, Value};
use crate::domain::query::field::Field;

/// A claim with what is derived from the day and from other records.
#[derive(Debug, Clone, Copy)]
pub struct ClaimRow<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The desk's day.
    pub today: Date,
    /// Day on which the nearest running clock ends ([`crate::domain::clock::next_due`]).
    pub due: Option<Date>,
    /// Number of required papers that are not there.
    pub papers_missing: usize,
}

impl<'a> ClaimRow<'a> {
    /// The row of a claim at an office on a day.
    pub fn of(claim: &'a Claim, office: &Office, today: Date) -> ClaimRow<'a> {
        ClaimRow { claim, today, due: next_due(claim, office), papers_missing: missing(claim).len() }
    }
}

impl Row for ClaimRow<'_> {
    fn value(&self, field: Field) -> Value {
        let claim = self.claim;
        let basics = &claim.basics;
        let sums = claim.sums();
        match field {
            Field::ClaimNo => text(basics.claim_no.as_str()),
            Field::Programme => Value::Code(basics.programme.index()),
            Field::Segment => Value::Code(basics.segment.index()),
            Field::CaseKind => code(basics.case_kind.map(|kind| kind.index())),
            Field::Worker => text(&basics.worker.name),
            Field::Kpj => text(basics.worker.kpj.as_ref().map_or("", |kpj| kpj.as_str())),
            Field::Nik => text(basics.worker.identity.number()),
            Field::Npp => text(claim.npp()),
            Field::Company => text(claim.company_name()),
            Field::Facility => text(&basics.facility),
            Field::EventDate => Value::Date(basics.event_date),
            Field::ReportedDate => date(basics.reported_date),
            Field::FiledDate => date(claim.filed_date),
            Field::CompleteDate => date(claim.complete_date),
            Field::EndedDate => date(claim.ended().map(|entry| entry.date)),
            Field::Registered => Value::Month(claim.registered),
            Field::Status => Value::Code(claim.state().index()),
            Field::RegulatorStatus => code(claim.regulator_status().map(|status| status.index())),
            Field::Outcome => code(claim.outcome().map(|outcome| outcome.index())),
            Field::OutcomeDate => date(claim.outcome_date()),
            Field::Place => code(basics.place.map(|place| place.index())),
            Field::Type => code(basics.accident_type.map(|kind| kind.index())),
            Field::Source => code(basics.source.map(|source| source.index())),
            Field::BodyPart => code(basics.body_part.map(|part| part.index())),
            Field::Icd10 => text(basics.icd10.as_ref().map_or("", |icd10| icd10.as_str())),
            Field::DaysOff => basics.days_off.map_or(Value::Empty, |days| Value::Number(i64::from(days))),
            Field::Asked => Value::Money(sums.asked),
            Field::Determined => Value::Money(sums.determined),
            Field::Paid => Value::Money(sums.paid),
            Field::Waiting => Value::Money(sums.waiting()),
            Field::WaitingVoucher => Value::Money(sums.waiting_voucher),
            Field::WaitingPayment => Value::Money(sums.waiting_payment),
            Field::WaitingSince => date(claim.waiting_since()),
            Field::Due => date(self.due),
            Field::PapersMissing => Value::Number(i64::try_from(self.papers_missing).unwrap_or(i64::MAX)),
            Field::Voucher => vouchers(claim),
            Field::Review => code(claim.review.as_ref().map(|review| review.mark.index())),
            Field::Open => Value::Code(u8::from(claim.is_open())),
            Field::Age => Value::Number(days_between(basics.event_date, self.today)),
            Field::TreatmentAge if claim.outcome() == Some(Outcome::Berobat) => {
                Value::Number(days_between(basics.event_date, self.today))
            }
            Field::TreatmentAge => Value::Empty,
            Field::StageOne => code(stage_one(stage_one_mark(basics)).map(|mark| mark.index())),
        }
    }
}

/// The answer of the stage I clock, none where it does not run.
fn stage_one(mark: ClockMark) -> Option<ReportMark> {
    match mark {
        ClockMark::None => None,
        ClockMark::InTime => Some(ReportMark::InTime),
        ClockMark::Late(_) => Some(ReportMark::Late),
        ClockMark::CannotTell => Some(ReportMark::CannotTell),
    }
}

/// Codes of the vouchers its lines are on, each once, in order.
fn vouchers(claim: &Claim) -> Value {
    let links = claim.lines.iter().filter_map(|line| line.voucher.as_ref());
    let mut codes: Vec<String> = links.map(|link| link.code.as_str().to_owned()).collect();
    codes.sort();
    codes.dedup();
    if codes.is_empty() { Value::Empty } else { Value::Texts(codes) }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

fn code(index: Option<u8>) -> Value {
    index.map_or(Value::Empty, Value::Code)
}

fn date(date: Option<Date>) -> Value {
    date.map_or(Value::Empty, Value::Date)
}
