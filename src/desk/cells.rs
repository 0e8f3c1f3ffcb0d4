//! A claim's row as cells: for tables, in the person's words; for CSV and JSON, as codes and ISO dates.

use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::base::safe;
use crate::domain::clock::ClockMark;
use crate::domain::code::PayeeKind;
use crate::domain::query::{Field, Tongue};
use crate::domain::{Rupiah, code};
use crate::store::ClaimRow;
use crate::words::{Lang, Words};

/// For whom a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person at this desk.
    Person,
    /// A file that leaves the desk: personal numbers and names masked.
    Outside,
    /// A file that leaves the desk, unmasked on demand.
    OutsideWhole,
}

/// The columns of a list when none are named.
pub const USUAL: &[Field] = &[
    Field::ClaimNo,
    Field::Worker,
    Field::Company,
    Field::EventDate,
    Field::Outcome,
    Field::Status,
    Field::Waiting,
    Field::Due,
];

/// The heading of a column.
pub fn heading(field: Field, lang: Lang, reader: Reader) -> String {
    match (reader, lang) {
        (Reader::Person, Lang::Id) => field.name(Tongue::Indonesian).replace('_', " "),
        (Reader::Person, Lang::En) => field.name(Tongue::English).replace('_', " "),
        _ => field.english().to_owned(),
    }
}

/// Whether a column stands right.
pub fn is_number(field: Field) -> bool {
    use Field as F;
    matches!(
        field,
        F::Asked
            | F::Determined
            | F::Paid
            | F::Waiting
            | F::WaitingVoucher
            | F::WaitingPayment
            | F::PapersMissing
            | F::DaysOff
            | F::Age
            | F::TreatmentAge
    )
}

/// A cell.
pub fn cell(row: &ClaimRow, field: Field, today: Date, reader: Reader, words: &Words) -> String {
    use Field as F;
    let person = reader == Reader::Person;
    let money = |amount: Rupiah| if person { amount.grouped() } else { amount.get().to_string() };
    let day = |date: Option<Date>| match date {
        Some(date) if person => slashed(date),
        Some(date) => date.to_string(),
        None => String::new(),
    };
    let said = |value: Option<(String, &'static str)>| match value {
        Some((key, _)) if person => words.text(&key),
        Some((_, code)) => code.to_owned(),
        None => String::new(),
    };
    let masked = |text: &str| match reader {
        Reader::OutsideWhole => text.to_owned(),
        Reader::Person | Reader::Outside => safe::mask_tail_ascii(text, 4),
    };
    match field {
        F::ClaimNo => row.claim_no.clone(),
        F::Programme => row.programme.code().to_owned(),
        F::Segment => row.segment.code().to_owned(),
        F::CaseKind => said(row.case_kind.map(|value| (value.key(), value.code()))),
        F::Worker if row.is_erased() => words.text("erased-person"),
        F::Worker if reader == Reader::Outside => safe::initials(&row.worker),
        F::Worker => row.worker.clone(),
        F::Kpj => masked(&row.kpj),
        F::Nik => masked(&row.identity),
        F::Npp => row.npp.clone(),
        F::Company => row.company.clone(),
        F::Facility => row.facility.clone(),
        F::EventDate => day(Some(row.event_date)),
        F::ReportedDate => day(row.reported_date),
        F::FiledDate => day(row.filed_date),
        F::CompleteDate => day(row.complete_date),
        F::EndedDate => day(row.ended_date),
        F::Registered => row.registered.to_string(),
        F::Status => said(Some((row.status.key(), row.status.code()))),
        F::RegulatorStatus => said(row.regulator_status().map(|value| (value.key(), value.code()))),
        F::Outcome => said(row.outcome.map(|value| (value.key(), value.code()))),
        F::OutcomeDate => day(row.outcome_date),
        F::Place => said(row.place.map(|value| (value.key(), value.code()))),
        F::Type => said(row.accident_type.map(|value: code::AccidentType| (value.key(), value.code()))),
        F::Source => said(row.source.map(|value| (value.key(), value.code()))),
        F::BodyPart => said(row.body_part.map(|value| (value.key(), value.code()))),
        F::Icd10 if reader == Reader::Outside => String::new(),
        F::Icd10 => row.icd10.clone(),
        F::DaysOff => row.days_off.map_or(String::new(), |days| days.to_string()),
        F::Asked => money(row.asked),
        F::Determined => money(row.determined),
        F::Paid => money(row.paid),
        F::Waiting => money(row.waiting()),
        F::WaitingVoucher => money(row.waiting_voucher),
        F::WaitingPayment => money(row.waiting_payment),
        F::WaitingSince => day(row.waiting_since),
        F::Due => day(row.due),
        F::PapersMissing => row.papers_missing.to_string(),
        F::Voucher => row.vouchers.clone(),
        F::Review => said(row.review.map(|value| (value.key(), value.code()))),
        F::Open => words.text(if row.is_open() { "cli-yes" } else { "cli-no" }),
        F::Age | F::TreatmentAge => (today - row.event_date).get_days().to_string(),
        F::StageOne => mark(row.stage_one, words),
    }
}

/// A payee's name: of a person, only the first letters leave the desk.
pub fn payee(kind: PayeeKind, name: &str, reader: Reader) -> String {
    match (kind, reader) {
        (PayeeKind::Company | PayeeKind::Facility, _) | (_, Reader::Person | Reader::OutsideWhole) => {
            name.to_owned()
        }
        (_, Reader::Outside) => safe::initials(name),
    }
}

/// A number of an account: whole only on demand.
pub fn account(number: &str, reader: Reader) -> String {
    match reader {
        Reader::OutsideWhole => number.to_owned(),
        Reader::Person | Reader::Outside => safe::mask_tail_ascii(number, 4),
    }
}

/// How a clock was met, in words.
fn mark(mark: ClockMark, words: &Words) -> String {
    match mark {
        ClockMark::None => String::new(),
        ClockMark::InTime => words.text("cli-mark-in-time"),
        ClockMark::Late(days) => words.format("cli-mark-late", &[("days", u32::from(days).into())]),
        ClockMark::CannotTell => words.text("cli-mark-cannot-tell"),
    }
}
