//! The rules of closing a month and of opening it again.

use jiff::civil::Date;

use crate::domain::decide::paper::check_text;
use crate::domain::money::Rupiah;
use crate::domain::month::{
    BookMark, MonthBooks, MonthDeed, MonthStanding, MonthStep, asked_to_reopen, standing,
};
use crate::domain::office::{Approval, Office};
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;

/// What the rules need to know for a month.
pub struct MonthFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// What was done to all months, oldest first.
    pub deeds: &'a [MonthDeed],
    /// The desk's today.
    pub today: Date,
    /// Which month.
    pub month: Period,
    /// Who asks.
    pub by: &'a str,
    /// The same by the system's ids.
    pub who: PersonId,
}

impl MonthFacts<'_> {
    fn deed(&self, step: MonthStep) -> MonthDeed {
        MonthDeed { month: self.month, date: self.today, by: self.by.to_owned(), who: self.who, step }
    }

    fn refusal(&self, code: &'static str) -> Refusal {
        Refusal::new(code).with("period", self.month)
    }
}

/// What was found in the books of a month that is to be closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// Codes of vouchers of this month or an earlier one that nobody approved yet.
    pub proposed: Vec<String>,
    /// Records of the tie-out that do not fit.
    pub unmatched: u64,
    /// Their rupiah.
    pub difference: Rupiah,
    /// Numbers that are missing in the month's series.
    pub gaps: u64,
}

/// Whether a hindrance can be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passable {
    /// It must be done first.
    No,
    /// A note that explains it is enough; the note stands on the seal.
    WithNote,
}

/// Something that stands in the way of closing a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hindrance {
    /// What, as a sentence.
    pub refusal: Refusal,
    /// Whether a note passes it.
    pub passable: Passable,
}

/// Everything that stands in the way of closing a month, in the order in which it is best done.
pub fn hindrances(facts: &MonthFacts<'_>, found: &Findings) -> Vec<Hindrance> {
    let first = facts.office.first_open;
    let mut all = Vec::new();
    let mut add = |passable, refusal| all.push(Hindrance { refusal, passable });
    if facts.month < first {
        add(Passable::No, facts.refusal("month-closed").with("first", first));
        return all;
    }
    if facts.month > first {
        add(Passable::No, facts.refusal("month-earlier-open").with("first", first));
    }
    if facts.today <= facts.month.last_day() {
        add(Passable::No, facts.refusal("month-not-over").with("date", facts.month.last_day()));
    }
    if let Some(code) = found.proposed.first().filter(|_| facts.office.approval == Approval::FourEyes) {
        let refusal = facts.refusal("month-vouchers-proposed").with("n", found.proposed.len());
        add(Passable::No, refusal.with("code", code));
    }
    if found.unmatched > 0 || !found.difference.is_zero() {
        let refusal = facts.refusal("month-tie-out").with("n", found.unmatched);
        add(Passable::WithNote, refusal.with("amount", found.difference.grouped()));
    }
    if found.gaps > 0 {
        add(Passable::WithNote, facts.refusal("month-gaps").with("n", found.gaps));
    }
    all
}

/// Closes a month: the oldest open one, over, with nothing in the way that the note does not explain.
pub fn close_month(
    facts: &MonthFacts<'_>,
    found: &Findings,
    note: &str,
    books: MonthBooks,
    after: BookMark,
) -> Result<MonthDeed, Refusal> {
    let note = note.trim();
    check_text("note", note, 500)?;
    let stops = |hindrance: &Hindrance| note.is_empty() || hindrance.passable == Passable::No;
    match hindrances(facts, found).into_iter().find(stops) {
        Some(hindrance) => Err(hindrance.refusal),
        None => Ok(facts.deed(MonthStep::Closed { note: note.to_owned(), books: Box::new(books), after })),
    }
}

/// Asks to open a closed month again. Only the one closed last can be: the books go on from month to month.
pub fn ask_reopening(facts: &MonthFacts<'_>, reason: &str) -> Result<MonthDeed, Refusal> {
    check_closed_last(facts)?;
    if let Some(asked) = asked_to_reopen(facts.deeds, facts.month) {
        return Err(facts.refusal("month-reopen-asked").with("by", &asked.by));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new("reason-missing"));
    }
    check_text("reason", reason, 200)?;
    Ok(facts.deed(MonthStep::ReopenAsked { reason: reason.to_owned() }))
}

/// Opens a closed month again: by another person than the one who asked, by number and not by name.
pub fn reopen_month(facts: &MonthFacts<'_>) -> Result<MonthDeed, Refusal> {
    check_closed_last(facts)?;
    let asked =
        asked_to_reopen(facts.deeds, facts.month).ok_or_else(|| facts.refusal("month-reopen-not-asked"))?;
    if asked.who.is_same(facts.who) {
        return Err(facts.refusal("month-two-people").with("by", &asked.by));
    }
    Ok(facts.deed(MonthStep::Reopened))
}

fn check_closed_last(facts: &MonthFacts<'_>) -> Result<(), Refusal> {
    match standing(facts.office, facts.deeds, facts.month) {
        MonthStanding::Open => Err(facts.refusal("month-is-open")),
        MonthStanding::Before => Err(facts.refusal("month-before-books").with("first", facts.office.begun)),
        MonthStanding::Closed(_) if facts.month.plus(1) != facts.office.first_open => {
            Err(facts.refusal("month-later-closed").with("last", facts.office.first_open.plus(-1)))
        }
        MonthStanding::Closed(_) => Ok(()),
    }
}
