//! Steps back: what was done by mistake is taken back by an event of its own, and the books by corrections in the months
//! in which it counted. Nothing is erased. Only what nothing rests on goes back; a line on a voucher stays.

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::{Booking, Claim, Review, StateEntry};
use crate::domain::code::ProcessState;
use crate::domain::command::{MarkAbout, NewLine, TakeBack};
use crate::domain::decide::bundle::with_completeness;
use crate::domain::decide::claim::{
    ClaimFacts, asked_on, booked, entry, free_line, moves_account, refuse_ended, refuse_first_person,
};
use crate::domain::decide::line::check_line;
use crate::domain::event::ClaimEvent;
use crate::domain::id::LineNo;
use crate::domain::refusal::Refusal;

/// One step back.
pub(super) fn take_back(facts: &ClaimFacts<'_>, step: &TakeBack) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    match step {
        TakeBack::State(to) => state_back(facts, *to).map(|event| vec![event]),
        TakeBack::Line(line) => line_back(facts, line),
        TakeBack::NoLine(no) => withdraw(facts, *no),
        TakeBack::Complete { date, lines } => {
            refuse_ended(claim)?;
            Ok(vec![ClaimEvent::Completed { date: *date, lines: lines.clone() }])
        }
        TakeBack::NoReview if claim.review.is_none() => Err(Refusal::new("nothing-changed")),
        TakeBack::NoReview => Ok(vec![ClaimEvent::ReviewCleared]),
        TakeBack::Review { review, about } => Ok(vec![review_back(claim, review, *about)]),
    }
}

/// Only where the case has been, and only while it is open there. An ending that is taken back counts in its own month,
/// so that month's books say both.
fn state_back(facts: &ClaimFacts<'_>, to: ProcessState) -> Result<ClaimEvent, Refusal> {
    let claim = facts.claim;
    let from = claim.state();
    let refusal = || Refusal::new("state-move-refused").with("from", from).with("to", to);
    let earlier = claim.states.iter().rfind(|entry| entry.state == to).ok_or_else(refusal)?;
    let is_moved = matches!(from, ProcessState::Filed | ProcessState::Determined);
    if from == to || !to.is_open() || (claim.is_open() && !is_moved) {
        return Err(refusal());
    }
    // An ending is taken back no earlier than it was; what still goes on is where it was then.
    let date = if claim.is_open() { earlier.date } else { claim.last_state().date };
    entry(facts, to, date).map(|entry| ClaimEvent::StateSet(StateEntry { note: String::new(), ..entry }))
}

fn line_back(facts: &ClaimFacts<'_>, line: &BenefitLine) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    refuse_ended(claim)?;
    let now = claim.line(line.no).map(|_| free_line(facts, line.no)).transpose()?;
    if line.voucher.is_some() || now == Some(line) {
        return Err(Refusal::new("nothing-changed"));
    }
    if let Some(now) = now.filter(|now| moves_account(now, &line.payee)) {
        refuse_first_person(facts, now)?;
    }
    let as_new = NewLine {
        component: line.component,
        span: line.span,
        payee: line.payee.clone(),
        receipt: line.receipt.clone(),
        asked: line.asked,
    };
    check_line(claim, &as_new, Some(line.no), facts.today)?;
    // What was asked is corrected as an amended line is; a line that comes back counts as it did when it was added.
    let asked = booked(facts, if now.is_some() { facts.today } else { asked_on(facts) })?;
    let determined = letter_of(facts, now, line)?;
    Ok(with_completeness(claim, ClaimEvent::LineRestored { line: Box::new(line.clone()), asked, determined }))
}

/// Where a difference of the determined amount counts: in the month of the letter that goes, else of the one that comes.
fn letter_of(
    facts: &ClaimFacts<'_>,
    now: Option<&BenefitLine>,
    to: &BenefitLine,
) -> Result<Option<Booking>, Refusal> {
    let letter = now.and_then(|now| now.determination.as_ref()).or(to.determination.as_ref());
    letter
        .map(|letter| {
            let posted = facts.office.posting_month(letter.date, facts.today)?;
            Ok(Booking { date: letter.date, posted })
        })
        .transpose()
}

fn withdraw(facts: &ClaimFacts<'_>, no: LineNo) -> Result<Vec<ClaimEvent>, Refusal> {
    let line = free_line(facts, no)?;
    let asked = booked(facts, asked_on(facts))?;
    let determined = letter_of(facts, Some(line), line)?;
    Ok(with_completeness(facts.claim, ClaimEvent::LineWithdrawn { line: no, asked, determined }))
}

/// The mark before, as its reviewer left it.
fn review_back(claim: &Claim, review: &Review, about: MarkAbout) -> ClaimEvent {
    let revision = match about {
        MarkAbout::Now => claim.revision + 1,
        MarkAbout::Earlier => review.revision,
    };
    ClaimEvent::Reviewed(Review { revision, ..review.clone() })
}
