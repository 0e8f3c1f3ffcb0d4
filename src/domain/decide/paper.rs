//! What the paper itself must satisfy, whether a clerk types it or a file brings it.

use jiff::civil::Date;

use crate::domain::claim::{ClaimBasics, Worker};
use crate::domain::code::{Programme, Segment};
use crate::domain::identity::{EARLIEST, Identity};
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::refusal::Refusal;

/// Longest name accepted, in characters.
const NAME_LIMIT: usize = 100;
/// Longest note accepted, in characters.
const NOTE_LIMIT: usize = 2_000;

/// Refuses what cannot be true on a claim's paper; `field` in the refusal names the field.
pub fn check_basics(basics: &ClaimBasics, office: &Office, today: Date) -> Result<(), Refusal> {
    if !office.programmes.contains(&basics.programme) {
        return Err(Refusal::new("programme-not-handled").with("programme", basics.programme));
    }
    check_dates(basics, today)?;
    check_worker(&basics.worker, basics.event_date)?;
    check_text("facility", &basics.facility, NAME_LIMIT)?;
    check_text("notes", &basics.notes, NOTE_LIMIT)?;
    if let Some(company) = &basics.company {
        check_name("company", &company.name)?;
    } else if basics.segment == Segment::Pu {
        return Err(Refusal::new("field-empty").with("field", "company"));
    }
    if let Some(wage) = basics.wage
        && (wage.amount <= Rupiah::ZERO || wage.amount > Rupiah::LIMIT)
    {
        return Err(Refusal::new("amount-out-of-range").with("field", "wage").with("amount", wage.amount));
    }
    check_accident(basics)
}

/// Event, report and birth in their order, none in the future.
fn check_dates(basics: &ClaimBasics, today: Date) -> Result<(), Refusal> {
    let event = basics.event_date;
    if event < EARLIEST || event > today {
        let refusal = Refusal::new("event-date-out-of-range").with("date", event);
        return Err(refusal.with("from", EARLIEST).with("to", today));
    }
    if let Some(reported) = basics.reported_date {
        check_paper_date("reported_date", reported, ("event_date", event), today)?;
    }
    Ok(())
}

/// A paper's date lies between the one before it, which has a name as a field has, and today.
pub fn check_paper_date(
    field: &'static str,
    date: Date,
    (what, after): (&'static str, Date),
    today: Date,
) -> Result<(), Refusal> {
    if date > today {
        return Err(Refusal::new("date-in-future")
            .with("date", date)
            .with("today", today)
            .with("field", field));
    }
    if date < after {
        let refusal = Refusal::new("date-before").with("field", field).with("date", date);
        return Err(refusal.with("what", what).with("after", after));
    }
    Ok(())
}

/// The first date that a case has: of its report, else of the event.
pub(super) fn begun(basics: &ClaimBasics) -> (&'static str, Date) {
    basics.reported_date.map_or(("event_date", basics.event_date), |date| ("reported_date", date))
}

fn check_worker(worker: &Worker, event: Date) -> Result<(), Refusal> {
    check_name("worker", &worker.name)?;
    match worker.birth_date {
        Some(birth) if birth >= event => {
            Err(Refusal::new("birth-after-event").with("birth", birth).with("event", event))
        }
        _ => Ok(()),
    }
}

/// A name: there, short enough, without control characters.
fn check_name(field: &'static str, name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new("field-empty").with("field", field));
    }
    check_text(field, name, NAME_LIMIT)
}

/// A text: short enough, without control characters but line ends.
pub(super) fn check_text(field: &'static str, text: &str, limit: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > limit {
        return Err(Refusal::new("text-too-long")
            .with("field", field)
            .with("length", length)
            .with("limit", limit));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::new("text-malformed").with("field", field));
    }
    Ok(())
}

/// The accident's fields belong to work accidents and occupational diseases, and only there.
fn check_accident(basics: &ClaimBasics) -> Result<(), Refusal> {
    let jkk = basics.programme == Programme::Jkk;
    if jkk && basics.case_kind.is_none() {
        return Err(Refusal::new("field-empty").with("field", "case_kind"));
    }
    let filled = [
        ("case_kind", basics.case_kind.is_some()),
        ("place", basics.place.is_some()),
        ("type", basics.accident_type.is_some()),
        ("source", basics.source.is_some()),
        ("body_part", basics.body_part.is_some()),
    ];
    match filled.into_iter().find(|(_, there)| *there && !jkk) {
        Some((field, _)) => Err(Refusal::new("accident-field-outside-jkk")
            .with("field", field)
            .with("programme", basics.programme)),
        None => Ok(()),
    }
}

/// What is worth a look but no reason to refuse: keys of sentences (`advice-…`).
pub fn advice(basics: &ClaimBasics) -> Vec<&'static str> {
    let mut keys = Vec::new();
    let worker = &basics.worker;
    match &worker.identity {
        Identity::Nik(nik) => {
            if worker.birth_date.is_some_and(|birth| !nik.agrees_with(birth)) {
                keys.push("advice-nik-birth-differs");
            }
            if worker.sex.is_some_and(|sex| sex != nik.sex()) {
                keys.push("advice-nik-sex-differs");
            }
        }
        Identity::Missing => keys.push("advice-identity-missing"),
        Identity::Passport(_) | Identity::Other(_) => {}
    }
    if worker.kpj.as_ref().is_some_and(|kpj| kpj.has_letters()) {
        keys.push("advice-kpj-letters");
    }
    if basics.programme == Programme::Jkk && basics.reported_date.is_none() {
        keys.push("advice-not-reported");
    }
    if basics.event_time.is_none() && basics.programme == Programme::Jkk {
        keys.push("advice-hour-missing");
    }
    keys
}
