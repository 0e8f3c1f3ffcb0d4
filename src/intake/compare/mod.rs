//! A known record against what a file says of it. Blank never overwrites filled, and a line that is on a voucher never
//! changes: such differences are shown and left alone. What may change becomes commands, decided by the rules of a form.

mod commands;
mod known;
mod voucher;

use jiff::civil::Date;

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::{Claim, ClaimBasics, Worker};
use crate::domain::code::{Component, ProcessState};
use crate::domain::company::CompanySnapshot;
use crate::domain::id::LineNo;
use crate::domain::identity::Identity;
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::intake::fields::Field;
use crate::intake::history::{HistoryClaim, HistoryLine};

pub use commands::changes_to_commands;
pub use known::{LineIs, lines_of};
pub use voucher::{VoucherDifference, compare_payments, compare_voucher};

/// How a known record and a file differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Not at all, or the file only leaves out what is known.
    Same,
    /// In these.
    Changed(Vec<Change>),
}

/// One difference. Texts are whole; whoever lists them masks personal numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which line; none for the claim itself.
    pub line: Option<LineNo>,
    /// Which field.
    pub field: Field,
    /// What is known; empty nothing.
    pub old: String,
    /// What the file says.
    pub new: String,
    /// Whether `--update` takes it over.
    pub update: Update,
}

/// Whether a difference can be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// Yes.
    Taken,
    /// No: the line is on a voucher.
    OnVoucher,
    /// No: the number belongs to another line.
    AnotherLine,
    /// No: what the desk has done since stands in the way; change it by hand.
    ByHand,
}

impl Difference {
    /// From the changes found.
    fn of(changes: Vec<Change>) -> Difference {
        if changes.is_empty() { Difference::Same } else { Difference::Changed(changes) }
    }

    /// The changes; none when the same.
    pub fn changes(&self) -> &[Change] {
        match self {
            Difference::Same => &[],
            Difference::Changed(changes) => changes,
        }
    }
}

impl Field {
    /// Whether its cells identify a person or an account: masked where they are listed.
    pub const fn is_personal(self) -> bool {
        matches!(self, Field::IdNo | Field::Kpj | Field::Account | Field::TaxNumber)
    }
}

/// Compares a known claim with what the files say of it.
pub fn compare(existing: &Claim, incoming: &HistoryClaim) -> Difference {
    let merged = merge_basics(&existing.basics, &incoming.basics);
    let mut changes = Vec::new();
    for ((field, old), (_, new)) in cells(&existing.basics).into_iter().zip(cells(&merged)) {
        if old != new {
            changes.push(Change { line: None, field, old, new, update: basics_update(existing) });
        }
    }
    dates(existing, incoming, &mut changes);
    for (line, is) in incoming.lines.iter().zip(lines_of(existing, &incoming.lines)) {
        let whole = |no, old: String, update| Change {
            line: Some(no),
            field: Field::Line,
            old,
            new: briefly(line.new.component, &line.new.payee, line.new.asked),
            update,
        };
        match is {
            LineIs::Known(no) => {
                if let Some(known) = existing.line(no) {
                    line_changes(known, line, &mut changes);
                }
            }
            LineIs::New(no) => changes.push(whole(no, String::new(), basics_update(existing))),
            LineIs::Another(no) => {
                let known = existing.line(no);
                let old = known.map(|known| briefly(known.component, &known.payee, known.asked));
                changes.push(whole(no, old.unwrap_or_default(), Update::AnotherLine));
            }
        }
    }
    Difference::of(changes)
}

/// A line in a word.
fn briefly(component: Component, payee: &Payee, asked: Rupiah) -> String {
    format!("{component} {} {asked}", payee.name)
}

/// Rejected and cancelled cases take nothing more.
fn basics_update(existing: &Claim) -> Update {
    if matches!(existing.state(), ProcessState::Rejected | ProcessState::Cancelled) {
        Update::ByHand
    } else {
        Update::Taken
    }
}

/// The paper as known, with what the file fills in or says otherwise.
pub(super) fn merge_basics(known: &ClaimBasics, said: &ClaimBasics) -> ClaimBasics {
    ClaimBasics {
        // Numbers are compared without blanks and hyphens: another writing is not another number.
        claim_no: known.claim_no.clone(),
        programme: said.programme,
        segment: said.segment,
        case_kind: said.case_kind.or(known.case_kind),
        worker: merge_worker(&known.worker, &said.worker),
        company: merge_company(known.company.as_ref(), said.company.as_ref()),
        wage: said.wage.or(known.wage),
        event_date: said.event_date,
        event_time: said.event_time.or(known.event_time),
        reported_date: said.reported_date.or(known.reported_date),
        reported_time: said.reported_time.or(known.reported_time),
        place: said.place.or(known.place),
        accident_type: said.accident_type.or(known.accident_type),
        source: said.source.or(known.source),
        body_part: said.body_part.or(known.body_part),
        icd10: said.icd10.clone().or_else(|| known.icd10.clone()),
        facility: filled(&said.facility, &known.facility),
        days_off: said.days_off.or(known.days_off),
        notes: filled(&said.notes, &known.notes),
    }
}

fn merge_worker(known: &Worker, said: &Worker) -> Worker {
    Worker {
        name: filled(&said.name, &known.name),
        identity: if said.identity == Identity::Missing {
            known.identity.clone()
        } else {
            said.identity.clone()
        },
        kpj: said.kpj.clone().or_else(|| known.kpj.clone()),
        birth_date: said.birth_date.or(known.birth_date),
        sex: said.sex.or(known.sex),
    }
}

fn merge_company(known: Option<&CompanySnapshot>, said: Option<&CompanySnapshot>) -> Option<CompanySnapshot> {
    let Some(said) = said else { return known.cloned() };
    let same = known.filter(|known| known.npp == said.npp);
    Some(CompanySnapshot {
        npp: said.npp.clone(),
        name: filled(&said.name, same.map_or("", |known| &known.name)),
        // The snapshot keeps the risk group of its day: a list that came later does not change it.
        risk_group: same.and_then(|known| known.risk_group).or(said.risk_group),
    })
}

/// The payee as known, with what the file fills in or says otherwise.
pub(super) fn merge_payee(known: &Payee, said: &Payee) -> Payee {
    Payee {
        kind: said.kind,
        name: filled(&said.name, &known.name),
        bank: filled(&said.bank, &known.bank),
        account: said.account.clone().or_else(|| known.account.clone()),
        tax_number: said.tax_number.clone().or_else(|| known.tax_number.clone()),
    }
}

/// What is said, or what is known where nothing is said.
fn filled(said: &str, known: &str) -> String {
    if said.is_empty() { known.to_owned() } else { said.to_owned() }
}

/// A value as a cell; nothing is empty.
fn cell<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// What a claim's paper says, cell by cell.
fn cells(basics: &ClaimBasics) -> Vec<(Field, String)> {
    let (worker, company) = (&basics.worker, basics.company.as_ref());
    vec![
        (Field::Programme, basics.programme.to_string()),
        (Field::Segment, basics.segment.to_string()),
        (Field::CaseKind, cell(basics.case_kind)),
        (Field::Worker, worker.name.clone()),
        (Field::IdNo, worker.identity.number().to_owned()),
        (Field::Kpj, cell(worker.kpj.as_ref())),
        (Field::BirthDate, cell(worker.birth_date)),
        (Field::Sex, cell(worker.sex)),
        (Field::Npp, cell(company.map(|company| &company.npp))),
        (Field::Company, cell(company.map(|company| &company.name))),
        (Field::Wage, cell(basics.wage.map(|wage| wage.amount))),
        (Field::WageUnit, cell(basics.wage.map(|wage| wage.unit))),
        (Field::EventDate, basics.event_date.to_string()),
        (Field::EventTime, cell(basics.event_time)),
        (Field::ReportedDate, cell(basics.reported_date)),
        (Field::ReportedTime, cell(basics.reported_time)),
        (Field::Place, cell(basics.place)),
        (Field::Type, cell(basics.accident_type)),
        (Field::Source, cell(basics.source)),
        (Field::BodyPart, cell(basics.body_part)),
        (Field::Icd10, cell(basics.icd10.as_ref())),
        (Field::Facility, basics.facility.clone()),
        (Field::DaysOff, cell(basics.days_off)),
        (Field::Notes, basics.notes.clone()),
    ]
}

/// The day of a bundle that was complete after all that are known. An earlier day is that of an earlier submission: files
/// may hold a part of a claim, and what they leave out is not taken back.
fn later_bundle(existing: &Claim, incoming: &HistoryClaim) -> Option<Date> {
    incoming.last_complete().filter(|date| existing.last_complete().is_none_or(|known| known < *date))
}

/// Differences of the dated papers: application, completeness, outcome, end.
fn dates(existing: &Claim, incoming: &HistoryClaim, changes: &mut Vec<Change>) {
    let mut note = |field, old: String, new: String, update| {
        if !new.is_empty() && old != new {
            changes.push(Change { line: None, field, old, new, update });
        }
    };
    let free = basics_update(existing);
    let filed = existing.filed_date.map_or(free, |_| Update::ByHand);
    note(Field::FiledDate, cell(existing.filed_date), cell(incoming.filed_date), filed);
    note(Field::CompleteDate, cell(existing.last_complete()), cell(later_bundle(existing, incoming)), free);
    let is_new_outcome = existing.outcome() != incoming.outcome;
    note(Field::Outcome, cell(existing.outcome()), cell(incoming.outcome), free);
    let dated = if is_new_outcome { free } else { Update::ByHand };
    note(Field::OutcomeDate, cell(existing.outcome_date()), cell(incoming.outcome_date), dated);
    // A case closes by itself when its money has gone: only being turned down is said by a file.
    let turned_down = incoming
        .end_state()
        .filter(|state| matches!(state, ProcessState::Rejected | ProcessState::Cancelled));
    let old = existing.ended().map(|entry| entry.state);
    let update = if existing.is_open() { free } else { Update::ByHand };
    note(Field::ClosedAs, cell(old), cell(turned_down), update);
}

/// Differences of a line.
fn line_changes(known: &BenefitLine, said: &HistoryLine, changes: &mut Vec<Change>) {
    let payee = merge_payee(&known.payee, &said.new.payee);
    let span = said.new.span.or(known.span);
    let letter = known.determination.as_ref();
    let told = said.determination.as_ref();
    let update = if known.voucher.is_some() { Update::OnVoucher } else { Update::Taken };
    let pairs = [
        (Field::Component, known.component.to_string(), said.new.component.to_string()),
        (Field::From, cell(known.span.map(|span| span.from)), cell(span.map(|span| span.from))),
        (Field::To, cell(known.span.map(|span| span.to)), cell(span.map(|span| span.to))),
        (Field::PayeeKind, known.payee.kind.to_string(), payee.kind.to_string()),
        (Field::Payee, known.payee.name.clone(), payee.name.clone()),
        (Field::Bank, known.payee.bank.clone(), payee.bank.clone()),
        (Field::Account, cell(known.payee.account.as_ref()), cell(payee.account.as_ref())),
        (Field::TaxNumber, cell(known.payee.tax_number.as_ref()), cell(payee.tax_number.as_ref())),
        (Field::Receipt, known.receipt.clone(), filled(&said.new.receipt, &known.receipt)),
        (Field::Asked, known.asked.to_string(), said.new.asked.to_string()),
        (Field::Determined, cell(letter.map(|letter| letter.amount)), cell(told.map(|letter| letter.amount))),
        (Field::DeterminedDate, cell(letter.map(|letter| letter.date)), cell(told.map(|letter| letter.date))),
    ];
    for (field, old, new) in pairs {
        if !new.is_empty() && old != new {
            changes.push(Change { line: Some(known.no), field, old, new, update });
        }
    }
}
