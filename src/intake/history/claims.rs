//! One row of a claims file.

use jiff::civil::Date;

use crate::domain::claim::{ClaimBasics, Wage, Worker};
use crate::domain::code::{
    AccidentType, BodyPart, CaseKind, CloseReason, Outcome, Place, ProcessState, Programme, Segment, Sex,
    Source, WageUnit,
};
use crate::domain::company::CompanySnapshot;
use crate::domain::decide::{check_basics, check_paper_date};
use crate::domain::identity::{ClaimNo, Icd10, Identity, Kpj, Npp};
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::intake::fields::Field;
use crate::intake::history::HistoryClaim;
use crate::intake::history::reference::References;
use crate::intake::history::stand_in::StandIns;
use crate::intake::table::{Faults, Row};

/// What the checks of a row need to know besides the row.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    /// The office.
    pub office: &'a Office,
    /// The desk's today.
    pub today: Date,
    /// Companies and facilities of the same import.
    pub references: &'a References,
    /// Known claims whose rows leave out what is needed.
    pub stand_ins: &'a StandIns,
}

/// The claim of a row, without its lines; `None` when the row is refused, and `faults` says why.
pub(super) fn read(row: &Row<'_>, desk: Desk<'_>, faults: &mut Faults) -> Option<HistoryClaim> {
    if let Some(problem) = row.width_problem() {
        faults.add(problem);
        return None;
    }
    let basics = basics(row, desk, faults);
    let registered = faults.take(row.date(Field::RegisteredDate)).flatten();
    let filed_date = faults.take(row.date(Field::FiledDate)).flatten();
    let complete_date = faults.take(row.date(Field::CompleteDate)).flatten();
    let closed_date = faults.take(row.date(Field::ClosedDate)).flatten();
    let outcome_date = faults.take(row.date(Field::OutcomeDate)).flatten();
    let outcome = faults.take(row.coded(Field::Outcome, Outcome::parse, Outcome::LIST)).flatten();
    let status = faults.take(row.coded(Field::Status, ProcessState::parse, ProcessState::LIST)).flatten();
    let (closed_as, reason) = faults.take(closing(row)).unwrap_or_default();
    if faults.refuse() {
        return None;
    }
    let claim = HistoryClaim {
        registered: paper_of_registration(basics.as_ref()?, filed_date, registered),
        basics: basics?,
        filed_date,
        complete_date,
        closed_date,
        closed_as,
        close_reason: reason,
        outcome,
        outcome_date,
        status,
        lines: Vec::new(),
        file: row.file().clone(),
        row: row.number(),
    };
    check(row, desk, &claim, faults);
    (!faults.refuse()).then_some(claim)
}

/// The date on which the case came to the desk: of the report, else of the application, else the day it was written
/// down, else the event itself.
fn paper_of_registration(basics: &ClaimBasics, filed: Option<Date>, registered: Option<Date>) -> Date {
    basics.reported_date.or(filed).or(registered).unwrap_or(basics.event_date)
}

/// The number of the claim in a row.
pub(super) fn claim_no(row: &Row<'_>) -> Result<ClaimNo, Problem> {
    row.ruled(Field::ClaimNo, ClaimNo::parse(row.raw(Field::ClaimNo)))
}

fn basics(row: &Row<'_>, desk: Desk<'_>, faults: &mut Faults) -> Option<ClaimBasics> {
    let claim_no = faults.take(claim_no(row));
    row.warn_of_formula(Field::ClaimNo, faults);
    // Few rows leave out what is needed: only then their keys are looked at.
    let known = (!desk.stand_ins.is_empty()).then(|| desk.stand_ins.get(&row.key(Field::ClaimNo))).flatten();
    let programme = row.coded(Field::Programme, Programme::parse, Programme::LIST);
    let programme = programme.map(|told| told.or(known.map(|known| known.programme)));
    let programme = needed(row, faults, Field::Programme, programme);
    let event_date = row.date(Field::EventDate).map(|told| told.or(known.map(|known| known.event_date)));
    let event_date = needed(row, faults, Field::EventDate, event_date);
    let mut worker = worker(row, faults);
    if let (Some(worker), Some(known)) = (&mut worker, known)
        && worker.name.is_empty()
    {
        worker.name.clone_from(&known.worker.name);
    }
    let company = company(row, desk, event_date, faults);
    let company = company.or_else(|| known.and_then(|known| known.company.clone()));
    let segment = faults.take(row.coded(Field::Segment, Segment::parse, Segment::LIST)).flatten();
    let segment = segment.or(known.map(|known| known.segment));
    let wage_amount = faults.take(row.amount(Field::Wage)).flatten();
    let wage_unit = faults.take(row.coded(Field::WageUnit, WageUnit::parse, WageUnit::LIST)).flatten();
    let case_kind = faults.take(row.coded(Field::CaseKind, CaseKind::parse, CaseKind::LIST)).flatten();
    let case_kind = case_kind.or(known.and_then(|known| known.case_kind));
    let event_time = faults.take(row.time(Field::EventTime)).flatten();
    let reported_date = faults.take(row.date(Field::ReportedDate)).flatten();
    let reported_time = faults.take(row.time(Field::ReportedTime)).flatten();
    let place = faults.take(row.coded(Field::Place, Place::parse, Place::LIST)).flatten();
    let accident_type =
        faults.take(row.coded(Field::Type, AccidentType::parse, AccidentType::LIST)).flatten();
    let source = faults.take(row.coded(Field::Source, Source::parse, Source::LIST)).flatten();
    let body_part = faults.take(row.coded(Field::BodyPart, BodyPart::parse, BodyPart::LIST)).flatten();
    let icd10 = faults.take(row.parsed(Field::Icd10, Icd10::parse)).flatten();
    let days_off = faults.take(row.count(Field::DaysOff)).flatten();
    Some(ClaimBasics {
        claim_no: claim_no?,
        programme: programme?,
        // A case without an employer is a non-wage earner's.
        segment: segment.unwrap_or(if company.is_some() { Segment::Pu } else { Segment::Bpu }),
        case_kind,
        worker: worker?,
        company,
        wage: wage_amount.map(|amount| Wage { amount, unit: wage_unit.unwrap_or(WageUnit::Month) }),
        event_date: event_date?,
        event_time,
        reported_date,
        reported_time,
        place,
        accident_type,
        source,
        body_part,
        icd10,
        facility: row.text(Field::Facility, faults),
        days_off,
        notes: row.text(Field::Notes, faults),
    })
}

/// A value that a row must have.
fn needed<T>(
    row: &Row<'_>,
    faults: &mut Faults,
    field: Field,
    read: Result<Option<T>, Problem>,
) -> Option<T> {
    match read {
        Ok(Some(value)) => Some(value),
        Ok(None) => {
            let refusal = Refusal::new("field-empty").with("field", field.name());
            faults.add(Problem::refused(refusal, row.spot(field, "")));
            None
        }
        Err(problem) => {
            faults.add(problem);
            None
        }
    }
}

fn worker(row: &Row<'_>, faults: &mut Faults) -> Option<Worker> {
    let identity = Identity::parse(row.raw(Field::IdKind), row.raw(Field::IdNo));
    let identity = faults.take(row.ruled(Field::IdNo, identity));
    let kpj = faults.take(row.parsed(Field::Kpj, Kpj::parse)).flatten();
    let birth_date = faults.take(row.date(Field::BirthDate)).flatten();
    let sex = faults.take(row.coded(Field::Sex, Sex::parse, Sex::LIST)).flatten();
    Some(Worker { name: row.text(Field::Worker, faults), identity: identity?, kpj, birth_date, sex })
}

/// The employer as it stood on the day; what the row leaves out is taken from the companies of the same import.
fn company(
    row: &Row<'_>,
    desk: Desk<'_>,
    event: Option<Date>,
    faults: &mut Faults,
) -> Option<CompanySnapshot> {
    let npp = faults.take(row.parsed(Field::Npp, Npp::parse)).flatten();
    let mut name = row.text(Field::Company, faults);
    let Some(npp) = npp else {
        if !name.is_empty() && !faults.refuse() {
            let refusal = Refusal::new("field-empty").with("field", Field::Npp.name());
            faults.add(Problem::refused(refusal, row.spot(Field::Npp, "")));
        }
        return None;
    };
    let known = desk.references.company(npp.as_str());
    if let (true, Some(company)) = (name.is_empty(), known) {
        name.clone_from(&company.name);
    }
    let risk_group =
        known.and_then(|company| company.at(Period::of(event?))).map(|registration| registration.risk_group);
    Some(CompanySnapshot { npp, name, risk_group })
}

/// How the case ended: `closed_as` holds a state, or the reason of one.
fn closing(row: &Row<'_>) -> Result<(Option<ProcessState>, Option<CloseReason>), Problem> {
    let cell = row.raw(Field::ClosedAs);
    let reason = row.coded(Field::CloseReason, CloseReason::parse, CloseReason::LIST)?;
    if cell.is_empty() || cell == "-" {
        return Ok((None, reason));
    }
    if let Some(state) = ProcessState::parse(cell).filter(|state| !state.is_open()) {
        return Ok((Some(state), reason));
    }
    match row.coded(Field::ClosedAs, CloseReason::parse, CloseReason::LIST)? {
        Some(told) => Ok((None, Some(told))),
        None => Ok((None, reason)),
    }
}

/// The checks of a form.
fn check(row: &Row<'_>, desk: Desk<'_>, claim: &HistoryClaim, faults: &mut Faults) {
    let key = claim.basics.claim_no.as_str();
    let today = desk.today;
    if let Err(refusal) = check_basics(&claim.basics, desk.office, today) {
        let field = refusal.args.iter().find(|(name, _)| *name == "field").map(|(_, value)| value.clone());
        let field = field.and_then(|name| Field::ALL.iter().copied().find(|field| field.name() == name));
        faults.add(Problem::refused(refusal, row.spot(field.unwrap_or(Field::ClaimNo), key)));
    }
    let event = claim.basics.event_date;
    let happened = (Field::EventDate.name(), event);
    let start = claim.basics.reported_date.map_or(happened, |date| (Field::ReportedDate.name(), date));
    let filed = claim.filed_date.map_or(start, |date| (Field::FiledDate.name(), date));
    let dates = [
        (Field::FiledDate, claim.filed_date, start),
        (Field::CompleteDate, claim.complete_date, filed),
        (Field::OutcomeDate, claim.outcome_date, happened),
        (Field::ClosedDate, claim.closed_date, happened),
    ];
    for (field, date, after) in dates {
        let Some(date) = date else { continue };
        if let Err(refusal) = check_paper_date(field.name(), date, after, today) {
            faults.add(Problem::refused(refusal, row.spot(field, key)));
        }
    }
    if claim.outcome.is_some() && claim.basics.programme != Programme::Jkk {
        let refusal = Refusal::new("outcome-outside-jkk").with("programme", claim.basics.programme);
        faults.add(Problem::refused(refusal, row.spot(Field::Outcome, key)));
    }
    if claim.outcome.is_some() && claim.outcome_date.is_none() {
        let problem = Problem::warning("outcome-undated", row.spot(Field::OutcomeDate, key));
        faults.add(problem.with("date", claim.outcome_day()));
    }
    let ended = claim.end_state();
    if ended.is_some() && claim.closed_date.is_none() {
        let problem = Problem::warning("closed-undated", row.spot(Field::ClosedDate, key));
        faults.add(problem.with("date", claim.last_paper()));
    }
}
