//! How a case ends: closed by itself when nothing is left to do, rejected or cancelled by a word.

use jiff::civil::Date;

use crate::domain::benefit::{BenefitLine, Settlement};
use crate::domain::claim::{Claim, StateEntry};
use crate::domain::code::{CloseReason, ProcessState, Programme};
use crate::domain::decide::claim::{ClaimFacts, entry, require_note};
use crate::domain::decide::paper::{check_paper_date, check_text};
use crate::domain::event::ClaimEvent;
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::refusal::Refusal;

/// The event that closes a case whose outcome is final and whose lines, at least one, are all determined and paid. It is
/// dated with the last of its papers, so that no month shows the end before what led to it.
///
/// A work accident may be determined to nothing; outside JKK an application that gets nothing is rejected, with a reason.
/// A case without any line stays open, since a bill may still come; a person may close it.
pub fn closing(after: &Claim, office: &Office, today: Date) -> Option<ClaimEvent> {
    let has_benefit = match after.basics.programme {
        Programme::Jkk => !after.lines.is_empty(),
        _ => after.sums().determined > Rupiah::ZERO,
    };
    if !has_benefit || !may_close(after) {
        return None;
    }
    let last = after.last_state();
    let date = last_paper(after);
    // A paper of history may bear a later day than the desk's.
    let posted = office.posting_month(date, today).unwrap_or_else(|_| Period::of(today)).max(last.posted);
    let state = ProcessState::Closed;
    Some(ClaimEvent::StateSet(StateEntry { state, date, posted, reason: None, note: String::new() }))
}

/// Closes a work accident by hand: a final outcome, nothing that waits, and a word why nothing more will come.
pub(super) fn close(facts: &ClaimFacts<'_>, date: Date, note: &str) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    if claim.basics.programme != Programme::Jkk || !may_close(claim) {
        return Err(Refusal::new("state-move-refused")
            .with("from", claim.state())
            .with("to", ProcessState::Closed));
    }
    require_note(note)?;
    check_paper_date("date", date, ("last_paper", last_paper(claim)), facts.today)?;
    let state = StateEntry { note: note.to_owned(), ..entry(facts, ProcessState::Closed, date)? };
    Ok(vec![ClaimEvent::StateSet(state)])
}

/// Nothing stands in the way: the outcome is final, and every line is determined and paid.
fn may_close(claim: &Claim) -> bool {
    claim.is_open()
        && claim.outcome_is_final()
        && claim.state() != ProcessState::Returned
        && claim.lines.iter().all(BenefitLine::is_settled)
}

/// The last date on the papers of a case that is settled.
fn last_paper(claim: &Claim) -> Date {
    let paid = claim.lines.iter().filter_map(|line| match line.voucher.as_ref()?.settlement {
        Settlement::Paid(date) => Some(date),
        Settlement::Part(_) | Settlement::Waiting => None,
    });
    letters(claim).chain(paid).chain(claim.outcome_date()).fold(claim.last_state().date, Date::max)
}

/// The dates of the determinations.
fn letters(claim: &Claim) -> impl Iterator<Item = Date> {
    claim.lines.iter().filter_map(|line| line.determination.as_ref()).map(|letter| letter.date)
}

/// Rejects or cancels. What was determined and waits is corrected to nothing first; what is on a voucher stands in
/// the way, since its money may be on the road. Nothing ends before what already happened to it.
pub(super) fn end(
    facts: &ClaimFacts<'_>,
    state: ProcessState,
    date: Date,
    reason: CloseReason,
    note: &str,
) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    if !claim.is_open() {
        return Err(Refusal::new("claim-ended")
            .with("claim_no", &claim.basics.claim_no)
            .with("state", claim.state()));
    }
    if reason == CloseReason::Other {
        require_note(note)?;
    }
    check_text("note", note, 500)?;
    let freed = claim.lines.iter().filter_map(|line| line.free_since);
    let after = letters(claim).chain(freed).chain([claim.basics.event_date]);
    let after = after.fold(claim.last_state().date, Date::max);
    check_paper_date("date", date, ("last_paper", after), facts.today)?;
    if let Some(line) = claim.lines.iter().find(|line| line.voucher.is_some()) {
        let code = line.voucher.as_ref().map_or("", |link| link.code.as_str());
        let refusal = Refusal::new("line-on-voucher").with("claim_no", &claim.basics.claim_no);
        return Err(refusal.with("line", line.no).with("code", code));
    }
    let posted = facts.office.posting_month(date, facts.today)?;
    let mut events: Vec<ClaimEvent> = claim
        .lines
        .iter()
        .filter(|line| line.determined() > Rupiah::ZERO)
        .map(|line| ClaimEvent::LineDetermined {
            line: line.no,
            amount: Rupiah::ZERO,
            date,
            number: String::new(),
            posted,
        })
        .collect();
    let entry = entry(facts, state, date)?;
    events.push(ClaimEvent::StateSet(StateEntry { reason: Some(reason), note: note.to_owned(), ..entry }));
    Ok(events)
}
