//! Closing a month, opening it again, and checking what was closed.

use std::collections::BTreeMap;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::decide::{self, Findings, Hindrance, MonthFacts};
use crate::domain::month::{BookMark, MonthStanding, MonthStep, asked_to_reopen, standing};
use crate::domain::{
    Event, MonthBooks, MonthDeed, OfficeEvent, Period, PostingKind, Programme, Refusal, VoucherState,
};
use crate::report::monthly::Note;
use crate::store::seals::{Seal, SealState, books_of};
use crate::store::{MonthSum, View, VoucherFilter};

/// What closing a month would do, and what stands in the way.
#[derive(Debug, Clone)]
pub struct ClosePlan {
    /// The month.
    pub month: Period,
    /// What stands in its books.
    pub books: MonthBooks,
    /// What stands in the way, in the order in which it is best done.
    pub hindrances: Vec<Hindrance>,
    found: Findings,
    /// The month's sums, by which a change of its books is seen.
    sums: BTreeMap<(Programme, PostingKind), MonthSum>,
}

/// A month that was closed.
#[derive(Debug)]
pub struct MonthClosed {
    /// What was written.
    pub deed: MonthDeed,
    /// Why its seal could not be written yet; the closing stands all the same.
    pub seal_trouble: Option<DeskError>,
}

/// A month in the list.
#[derive(Debug, Clone)]
pub struct MonthLine {
    /// The month.
    pub month: Period,
    /// Postings in it.
    pub postings: u64,
    /// Its last closing, while it holds.
    pub closed: Option<MonthDeed>,
    /// Who wants it opened again and waits for a second person.
    pub asked: Option<MonthDeed>,
    /// Everything that was done to it, oldest first.
    pub deeds: Vec<MonthDeed>,
    /// How the seal of its last closing was found.
    pub seal: Option<SealState>,
}

/// A seal that was looked at.
#[derive(Debug, Clone)]
pub struct SealCheck {
    /// The seal.
    pub seal: Seal,
    /// How its file was found.
    pub file: SealState,
    /// Whether the month's books are still what was sealed; none for a closing that was taken back.
    pub books: Option<SealState>,
}

impl Desk {
    /// Looks at a month that is to be closed. Reads its books, so that nothing slow is left for the writer's lock.
    pub fn month_plan(&self, month: Period) -> Result<ClosePlan, DeskError> {
        let view = self.view();
        let report = self.monthly(month)?;
        let proposed = VoucherFilter {
            states: vec![VoucherState::Proposed],
            posted: Period::new(1900, 1).zip(Some(month)),
            ..VoucherFilter::default()
        };
        let mut proposed: Vec<String> =
            view.vouchers(&proposed)?.into_iter().map(|row| row.code.clone()).collect();
        proposed.sort_unstable();
        let gaps: usize = report.vouchers.gaps.iter().map(|gap| gap.missing.len()).sum();
        let found = Findings {
            proposed,
            unmatched: report.tie_out.unmatched.len() as u64,
            difference: report.tie_out.difference,
            gaps: gaps as u64,
        };
        let hindrances = decide::hindrances(&self.month_facts(&view, month), &found);
        let (books, sums) = (books_of(&view, month)?, sums_of(&view, month));
        Ok(ClosePlan { month, books, hindrances, found, sums })
    }

    /// Closes a month as it was looked at; refused when its books moved meanwhile.
    pub fn close_month(&self, plan: &ClosePlan, note: &str) -> Result<MonthClosed, DeskError> {
        let committed = self.commit(&self.new_key(), |view| {
            if sums_of(view, plan.month) != plan.sums {
                return Err(Refusal::new("month-moved").with("period", plan.month).into());
            }
            let head = view.head();
            let after = BookMark { seq: head.seq, hash: head.hash.to_string() };
            let facts = self.month_facts(view, plan.month);
            let deed = decide::close_month(&facts, &plan.found, note, plan.books.clone(), after)?;
            Ok(vec![Event::Office(OfficeEvent::Month(Box::new(deed)))])
        })?;
        let deed = deed_of(&committed.events);
        Ok(MonthClosed { deed, seal_trouble: self.store.keep_seals().err().map(DeskError::from) })
    }

    /// Asks to open a closed month again; a second person does it.
    pub fn ask_reopening(&self, month: Period, reason: &str) -> Result<MonthDeed, DeskError> {
        self.month_deed(|view| decide::ask_reopening(&self.month_facts(view, month), reason))
    }

    /// Opens a closed month again, as the second person.
    pub fn reopen_month(&self, month: Period) -> Result<MonthDeed, DeskError> {
        self.month_deed(|view| decide::reopen_month(&self.month_facts(view, month)))
    }

    fn month_deed(
        &self,
        decide: impl FnOnce(&View) -> Result<MonthDeed, Refusal>,
    ) -> Result<MonthDeed, DeskError> {
        let committed = self.commit(&self.new_key(), |view| {
            let deed = decide(view)?;
            Ok(vec![Event::Office(OfficeEvent::Month(Box::new(deed)))])
        })?;
        Ok(deed_of(&committed.events))
    }

    /// The months of these books, from the first one to the one that runs, oldest first.
    pub fn months(&self) -> Result<Vec<MonthLine>, DeskError> {
        let view = self.view();
        let (office, deeds) = (view.office(), view.month_deeds());
        let states = self.store.seal_states()?;
        let mut postings: BTreeMap<Period, u64> = BTreeMap::new();
        for ((month, ..), sum) in view.month_sums() {
            *postings.entry(month).or_default() += sum.count;
        }
        let last = Period::of(self.today()).max(office.first_open);
        let n_months = last.since(office.begun).max(0);
        let line = |after: i32| {
            let month = office.begun.plus(after);
            let closed = match standing(office, deeds, month) {
                MonthStanding::Closed(deed) => Some(deed.clone()),
                MonthStanding::Open | MonthStanding::Before => None,
            };
            let seal = states.iter().rfind(|(seal, _)| seal.month == month).map(|(_, state)| *state);
            MonthLine {
                month,
                postings: postings.get(&month).copied().unwrap_or(0),
                seal: seal.filter(|_| closed.is_some()),
                closed,
                asked: asked_to_reopen(deeds, month).cloned(),
                deeds: deeds.iter().filter(|deed| deed.month == month).cloned().collect(),
            }
        };
        Ok((0..=n_months).map(line).collect())
    }

    /// Looks at every seal, and whether the books of the months that are closed are still what was sealed.
    pub fn verify_months(&self) -> Result<Vec<SealCheck>, DeskError> {
        let view = self.view();
        let changed = crate::store::seals::changed_months(&view)?;
        let states = self.store.seal_states()?;
        let checks = states.iter().enumerate().map(|(place, (seal, file))| {
            let is_last = !states[place + 1..].iter().any(|(later, _)| later.month == seal.month);
            let holds = is_last && !view.office().is_open(seal.month);
            let state = || if changed.contains(&seal.month) { SealState::Differs } else { SealState::Whole };
            SealCheck { seal: seal.clone(), file: *file, books: holds.then(state) }
        });
        Ok(checks.collect())
    }

    /// What a month's report says of its closing: when and by whom, and every time it was opened again.
    pub(super) fn month_notes(&self, view: &View, month: Period) -> Vec<Note> {
        let deeds = view.month_deeds();
        let mut notes = Vec::new();
        for (asked, opened) in crate::domain::month::reopenings(deeds).filter(|(_, deed)| deed.month == month)
        {
            let MonthStep::ReopenAsked { reason } = &asked.step else { continue };
            notes.push(Note::Reopened {
                date: opened.date,
                asked_by: asked.by.clone(),
                opened_by: opened.by.clone(),
                reason: reason.clone(),
            });
        }
        if let MonthStanding::Closed(deed) = standing(view.office(), deeds, month)
            && let MonthStep::Closed { note, .. } = &deed.step
        {
            notes.push(Note::Closed { date: deed.date, by: deed.by.clone() });
            if !note.is_empty() {
                notes.push(Note::Explained(note.clone()));
            }
        }
        notes
    }

    fn month_facts<'a>(&'a self, view: &'a View, month: Period) -> MonthFacts<'a> {
        MonthFacts {
            office: view.office(),
            deeds: view.month_deeds(),
            today: self.today(),
            month,
            by: self.user(),
            who: self.who(),
        }
    }
}

/// The books of a month in short. Postings are only ever added, so that equal counts are equal books.
fn sums_of(view: &View, month: Period) -> BTreeMap<(Programme, PostingKind), MonthSum> {
    let of_month = |((of, programme, kind), sum)| (of == month).then_some(((programme, kind), sum));
    view.month_sums().into_iter().filter_map(of_month).collect()
}

fn deed_of(events: &[Event]) -> MonthDeed {
    let deed = events.iter().find_map(|event| match event {
        Event::Office(OfficeEvent::Month(deed)) => Some((**deed).clone()),
        _ => None,
    });
    deed.expect("a deed says what was done")
}
