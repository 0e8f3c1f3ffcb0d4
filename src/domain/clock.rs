//! The clocks: which limit runs, when it ends, and whether it was kept. Calendar in the office's zone; working days
//! skip weekends and the office's holidays.

use jiff::civil::{Date, DateTime};

use crate::base::calendar::{Holidays, working_days_after, working_days_between};
use crate::domain::claim::{Claim, ClaimBasics};
use crate::domain::code::{Component, ProcessState, Programme, Segment};
use crate::domain::office::Office;

/// Working days the agency has for the payment once the bundle is complete.
pub const PAYMENT_WORKING_DAYS: u32 = 7;
/// Days after stage I within which it is decided whether it is a work accident.
pub const DECISION_DAYS: i64 = 30;
/// Hours for the stage I report after the accident or the diagnosis.
pub const STAGE_ONE_HOURS: i64 = 48;
/// Years after which the right to claim lapses.
pub const LAPSE_YEARS: i64 = 5;

/// How one clock was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockMark {
    /// No clock belongs to this step.
    None,
    /// Kept.
    InTime,
    /// Missed by this many days (working days for the payment).
    Late(u16),
    /// A date or hour is missing; never counted as late.
    CannotTell,
}

/// Which limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// Stage I report within 2 × 24 hours.
    StageOne,
    /// Work accident or not, within 30 days of stage I.
    Decision,
    /// Payment within 7 working days of the complete bundle.
    Payment,
    /// The next STMB submission while under treatment.
    NextStmb,
    /// The right to claim lapses 5 years after the event.
    Lapse,
}

impl ClockKind {
    /// Every clock, in the order they run.
    pub const ALL: &'static [ClockKind] = &[
        ClockKind::StageOne,
        ClockKind::Decision,
        ClockKind::Payment,
        ClockKind::NextStmb,
        ClockKind::Lapse,
    ];

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            ClockKind::StageOne => "clock-stage-one",
            ClockKind::Decision => "clock-decision",
            ClockKind::Payment => "clock-payment",
            ClockKind::NextStmb => "clock-next-stmb",
            ClockKind::Lapse => "clock-lapse",
        }
    }
}

/// A clock of a case as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Which limit.
    pub kind: ClockKind,
    /// Last day in time; none while it does not run.
    pub due: Option<Date>,
    /// How it stands: `None` = does not run, `InTime` = kept or still running.
    pub mark: ClockMark,
    /// Whether it still runs (not yet met).
    pub runs: Runs,
}

/// Whether a clock is still running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// Something must still happen.
    Running,
    /// It has happened.
    Done,
    /// It has not begun (an incomplete bundle has no running clock).
    NotYet,
}

/// The stage I clock: in time, late, or cannot be told when an hour is missing and the dates alone do not say.
pub fn stage_one_mark(basics: &ClaimBasics) -> ClockMark {
    if basics.programme != Programme::Jkk {
        return ClockMark::None;
    }
    let Some(reported) = basics.reported_date else { return ClockMark::CannotTell };
    let days = days_between(basics.event_date, reported);
    if let (Some(event), Some(report)) = (basics.event_time, basics.reported_time) {
        let from = DateTime::from_parts(basics.event_date, event);
        let seconds = DateTime::from_parts(reported, report).duration_since(from).as_secs();
        let over = seconds - STAGE_ONE_HOURS * 3600;
        return if over <= 0 { ClockMark::InTime } else { late((over + 86_399) / 86_400) };
    }
    match days {
        i64::MIN..=1 => ClockMark::InTime,
        2 => ClockMark::CannotTell,
        _ => late(days - 2),
    }
}

/// The payment clock for a transfer on `paid`.
pub fn payment_mark(complete: Option<Date>, paid: Date, office: &Office) -> ClockMark {
    let Some(complete) = complete else { return ClockMark::CannotTell };
    let holidays = holidays(office);
    let due = payment_due(complete, office);
    if paid <= due { ClockMark::InTime } else { late(working_days_between(due, paid, &holidays)) }
}

/// Last day to pay in time what was complete on a day.
pub fn payment_due(complete: Date, office: &Office) -> Date {
    working_days_after(complete, PAYMENT_WORKING_DAYS, &holidays(office))
}

/// The office's holidays as a calendar.
pub fn holidays(office: &Office) -> Holidays {
    Holidays::new(office.holidays.clone())
}

/// Late by this many days.
fn late(days: i64) -> ClockMark {
    ClockMark::Late(u16::try_from(days.max(1)).unwrap_or(u16::MAX))
}

/// Calendar days from one date to another.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// All clocks of a case as they stand on `today`.
pub fn clocks(claim: &Claim, office: &Office, today: Date) -> Vec<Clock> {
    let mut clocks = Vec::new();
    if claim.basics.programme == Programme::Jkk {
        clocks.push(stage_one(&claim.basics, today));
        clocks.push(decision(claim, today));
    }
    clocks.push(payment(claim, office, today));
    if let Some(clock) = next_stmb(claim, today) {
        clocks.push(clock);
    }
    clocks.push(lapse(claim, today));
    clocks
}

/// The nearest day on which a running clock ends, for ordering open cases; none when nothing runs.
pub fn next_due(claim: &Claim, office: &Office) -> Option<Date> {
    if !claim.is_open() {
        return None;
    }
    let today = claim.basics.event_date;
    clocks(claim, office, today)
        .into_iter()
        .filter(|clock| clock.runs == Runs::Running && clock.kind != ClockKind::Lapse)
        .filter_map(|clock| clock.due)
        .min()
        .or_else(|| Some(lapse(claim, today)).filter(|clock| clock.runs == Runs::Running)?.due)
}

fn running(kind: ClockKind, due: Date, today: Date) -> Clock {
    let over = days_between(due, today);
    let mark = if over > 0 { late(over) } else { ClockMark::InTime };
    Clock { kind, due: Some(due), mark, runs: Runs::Running }
}

fn stage_one(basics: &ClaimBasics, today: Date) -> Clock {
    let due = basics.event_date.saturating_add(jiff::Span::new().days(2));
    match basics.reported_date {
        Some(_) => Clock {
            kind: ClockKind::StageOne,
            due: Some(due),
            mark: stage_one_mark(basics),
            runs: Runs::Done,
        },
        None => running(ClockKind::StageOne, due, today),
    }
}

fn decision(claim: &Claim, today: Date) -> Clock {
    let kind = ClockKind::Decision;
    let Some(reported) = claim.basics.reported_date else {
        return Clock { kind, due: None, mark: ClockMark::None, runs: Runs::NotYet };
    };
    let due = reported.saturating_add(jiff::Span::new().days(DECISION_DAYS));
    let decided = claim
        .states
        .iter()
        .find(|entry| !matches!(entry.state, ProcessState::StageOne | ProcessState::Suspected));
    match decided {
        Some(entry) => {
            let over = days_between(due, entry.date);
            let mark = if over > 0 { late(over) } else { ClockMark::InTime };
            Clock { kind, due: Some(due), mark, runs: Runs::Done }
        }
        None => running(kind, due, today),
    }
}

/// The clock of the line that waits longest: each runs from the day its own papers were complete.
fn payment(claim: &Claim, office: &Office, today: Date) -> Clock {
    let kind = ClockKind::Payment;
    let waiting = || claim.lines.iter().filter(|line| !line.is_settled());
    let is_done = !claim.is_open() || (!claim.lines.is_empty() && waiting().next().is_none());
    let complete = if is_done || claim.lines.is_empty() {
        claim.last_complete()
    } else {
        waiting().filter_map(|line| line.complete_date).min()
    };
    let Some(complete) = complete else {
        return Clock { kind, due: None, mark: ClockMark::None, runs: Runs::NotYet };
    };
    let holidays = holidays(office);
    let due = payment_due(complete, office);
    if is_done {
        return Clock { kind, due: Some(due), mark: ClockMark::InTime, runs: Runs::Done };
    }
    let mark =
        if today <= due { ClockMark::InTime } else { late(working_days_between(due, today, &holidays)) };
    Clock { kind, due: Some(due), mark, runs: Runs::Running }
}

/// While under treatment STMB is submitted again every six months (wage earners, construction) or every month
/// (non-wage earners), counted from the accident or from the end of what was submitted last.
fn next_stmb(claim: &Claim, today: Date) -> Option<Clock> {
    let under_treatment = claim.basics.programme == Programme::Jkk
        && claim.is_open()
        && claim.outcome().is_some_and(|outcome| !outcome.is_final());
    if !under_treatment {
        return None;
    }
    let last =
        claim.lines.iter().filter(|line| line.component == Component::Stmb).filter_map(|line| line.span);
    let covered = last.map(|span| span.to).max().unwrap_or(claim.basics.event_date);
    let months = if claim.basics.segment == Segment::Bpu { 1 } else { 6 };
    let due = covered.saturating_add(jiff::Span::new().months(months));
    Some(running(ClockKind::NextStmb, due, today))
}

fn lapse(claim: &Claim, today: Date) -> Clock {
    let due = claim.basics.event_date.saturating_add(jiff::Span::new().years(LAPSE_YEARS));
    if claim.filed_date.is_some() {
        return Clock { kind: ClockKind::Lapse, due: Some(due), mark: ClockMark::InTime, runs: Runs::Done };
    }
    running(ClockKind::Lapse, due, today)
}
