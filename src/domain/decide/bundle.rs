//! Whose papers are complete. A case comes in several submissions (the hospital's bills, STMB every six months): each line
//! keeps the day on which its own papers were complete, and a later submission starts without one.

use jiff::civil::Date;

use crate::domain::benefit::{BenefitLine, Settlement};
use crate::domain::claim::Claim;
use crate::domain::code::ProcessState;
use crate::domain::document;
use crate::domain::event::ClaimEvent;
use crate::domain::id::LineNo;

/// Whether a line added now is a further submission: the complete bundle has gone on a voucher, or the case was closed.
/// Until then it belongs to the bundle at hand.
pub(super) fn is_further(claim: &Claim) -> bool {
    let Some(complete) = claim.complete_date else { return false };
    let went = |line: &BenefitLine| line.voucher.is_some() && line.complete_date == Some(complete);
    claim.state() == ProcessState::Closed || claim.lines.iter().any(went)
}

/// The lines that a statement about completeness is about: those of the bundle at hand, and those that are not paid and
/// never had a date. What is on a voucher keeps the date it went there with.
pub(super) fn bundle(claim: &Claim) -> Vec<LineNo> {
    let is_meant = |line: &&BenefitLine| match line.complete_date {
        None => !line.voucher.as_ref().is_some_and(|link| matches!(link.settlement, Settlement::Paid(_))),
        own => own == claim.complete_date && line.voucher.is_none(),
    };
    claim.lines.iter().filter(is_meant).map(|line| line.no).collect()
}

/// The lines that were complete on a day with the bundle at hand and are on no voucher.
pub(super) fn of_submission(claim: &Claim, date: Date) -> Vec<LineNo> {
    let is_meant = |line: &&BenefitLine| line.complete_date == Some(date) && line.voucher.is_none();
    claim.lines.iter().filter(is_meant).map(|line| line.no).collect()
}

/// The event, and what it does to the completeness of a filed bundle: the last missing paper completes it on the day
/// the latest one came (never before filing); a paper taken out, or a line that needs one more, takes that away again.
/// A date stated by hand stays, and papers that came for an earlier submission do not complete a later one.
pub(super) fn with_completeness(before: &Claim, event: ClaimEvent) -> Vec<ClaimEvent> {
    let mut after = before.clone();
    after.apply(&event);
    let is_filing = matches!(event, ClaimEvent::Filed(_));
    let mut events = vec![event];
    let Some(filed) = after.filed_date else { return events };
    let by_papers = |claim: &Claim| document::complete_date(claim).map(|date| date.max(filed));
    let (earlier, now) = (by_papers(before), by_papers(&after));
    match (after.complete_date, now) {
        (None, Some(date)) if after.state() != ProcessState::Returned && (is_filing || earlier != now) => {
            events.push(ClaimEvent::Completed { date: Some(date), lines: bundle(&after) });
        }
        (Some(stated), None) if earlier == Some(stated) => {
            events.push(ClaimEvent::Completed { date: None, lines: of_submission(&after, stated) });
        }
        _ => {}
    }
    events
}
