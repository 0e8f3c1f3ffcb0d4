//! A claim's papers as the events a desk would have made of them.

use jiff::civil::Date;

use crate::domain::claim::{Claim, OutcomeEntry, StateEntry};
use crate::domain::code::{Origin, ProcessState};
use crate::domain::event::ClaimEvent;
use crate::domain::id::ClaimId;
use crate::domain::office::Office;
use crate::domain::posting::{Posting, of_claim_event};
use crate::intake::assemble::HistoryMonths;
use crate::intake::history::HistoryClaim;

/// The events of a claim in the order of their dates: the registration first, the end last.
pub struct ClaimSteps {
    born: ClaimEvent,
    steps: Vec<(Date, ClaimEvent)>,
}

/// Order of events of one day, and what stands outside the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Line,
    Filed,
    Complete,
    Determined,
    Outcome,
    Interim,
    End,
}

type Ranked = Vec<(Rank, Date, ClaimEvent)>;

impl ClaimSteps {
    /// The events of these papers.
    ///
    /// All lines are there when the application is counted: the files do not say when each was asked, so the amount of
    /// *Diajukan* is the sum of what the claim's lines ask.
    pub fn new(source: &HistoryClaim, office: &Office, months: HistoryMonths) -> ClaimSteps {
        let entry = |state, date| entry(state, date, office, months);
        let born = ClaimEvent::Registered {
            basics: Box::new(source.basics.clone()),
            state: entry(ProcessState::StageOne, source.registered),
            origin: Origin::History,
            restores: None,
            despite_duplicate: String::new(),
        };
        let mut ranked: Ranked = Vec::new();
        for line in &source.lines {
            let event = ClaimEvent::LineAdded { line: Box::new(line.to_benefit()), booked: None };
            ranked.push((Rank::Line, source.registered, event));
        }
        if let Some(filed) = source.filed_day() {
            ranked.push((Rank::Filed, filed, ClaimEvent::Filed(entry(ProcessState::Filed, filed))));
        }
        ranked.extend(
            source.bundles().into_iter().map(|(date, lines)| {
                (Rank::Complete, date, ClaimEvent::Completed { date: Some(date), lines })
            }),
        );
        determinations(source, office, months, &mut ranked);
        if let Some(outcome) = source.outcome {
            let date = source.outcome_day();
            let posted = months.month(office, date);
            ranked.push((
                Rank::Outcome,
                date,
                ClaimEvent::OutcomeSet(OutcomeEntry { outcome, date, posted }),
            ));
        }
        if let Some(state) = interim(source) {
            let date = source.last_paper();
            ranked.push((Rank::Interim, date, ClaimEvent::StateSet(entry(state, date))));
        }
        if let (Some(state), Some(date)) = (source.end_state(), source.end_day()) {
            let end = StateEntry { reason: source.close_reason, ..entry(state, date) };
            ranked.push((Rank::End, date, ClaimEvent::StateSet(end)));
        }
        // Lines stand before every date and the end behind: a paper dated wrongly must not open a closed case again.
        ranked.sort_by_key(|(rank, date, _)| (*rank == Rank::End, *rank != Rank::Line, *date, *rank));
        ClaimSteps { born, steps: ranked.into_iter().map(|(_, date, event)| (date, event)).collect() }
    }

    /// The claim when all has happened, with its postings.
    pub fn fold(&self, id: ClaimId) -> (Claim, Vec<Posting>) {
        let mut claim = Claim::born(id, &self.born).expect("a registration makes a claim");
        let mut postings = of_claim_event(None, &claim, &self.born);
        for (_, event) in &self.steps {
            // Only a change of state looks at the claim before it; the history has one determination for each line.
            let before = matches!(event, ClaimEvent::StateSet(_)).then(|| claim.clone());
            claim.apply(event);
            postings.extend(of_claim_event(before.as_ref(), &claim, event));
        }
        (claim, postings)
    }

    /// The claim as it stood before anything happened to it, and the steps still to come.
    pub(super) fn begin(&self, id: ClaimId) -> Standing<'_> {
        let claim = Claim::born(id, &self.born).expect("a registration makes a claim");
        Standing { claim, rest: &self.steps }
    }
}

/// A claim on its way through its steps.
pub(super) struct Standing<'a> {
    /// As it stands.
    pub claim: Claim,
    rest: &'a [(Date, ClaimEvent)],
}

impl Standing<'_> {
    /// Goes on to the end of a day.
    pub fn go_to(&mut self, day: Date) {
        while let Some(((date, event), rest)) = self.rest.split_first() {
            if *date > day && !matches!(event, ClaimEvent::LineAdded { .. }) {
                return;
            }
            self.claim.apply(event);
            self.rest = rest;
        }
    }
}

fn entry(state: ProcessState, date: Date, office: &Office, months: HistoryMonths) -> StateEntry {
    StateEntry { state, date, posted: months.month(office, date), reason: None, note: String::new() }
}

/// What was determined; with the first, the case is *Ditetapkan*.
fn determinations(source: &HistoryClaim, office: &Office, months: HistoryMonths, ranked: &mut Ranked) {
    let mut first: Option<Date> = None;
    for line in &source.lines {
        let Some(letter) = &line.determination else { continue };
        first = Some(first.map_or(letter.date, |earlier| earlier.min(letter.date)));
        let event = ClaimEvent::LineDetermined {
            line: line.no,
            amount: letter.amount,
            date: letter.date,
            number: letter.number.clone(),
            posted: months.month(office, letter.date),
        };
        ranked.push((Rank::Determined, letter.date, event));
    }
    if let Some(date) = first {
        let event = ClaimEvent::StateSet(entry(ProcessState::Determined, date, office, months));
        ranked.push((Rank::Determined, date, event));
    }
}

/// A state that the paper says and the other papers do not lead to.
fn interim(source: &HistoryClaim) -> Option<ProcessState> {
    let status = source.status.filter(|status| status.is_open())?;
    let is_determined = source.lines.iter().any(|line| line.determination.is_some());
    let reached = if is_determined {
        ProcessState::Determined
    } else if source.filed_day().is_some() {
        ProcessState::Filed
    } else {
        ProcessState::StageOne
    };
    // What was determined stays so, whatever an old status says; a bundle given back is another matter.
    let is_told = status != reached && (status == ProcessState::Returned || !is_determined);
    is_told.then_some(status)
}
