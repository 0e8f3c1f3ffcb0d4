//! The rules of a claim.

use jiff::civil::Date;

use crate::domain::benefit::{BenefitLine, Determination};
use crate::domain::claim::{Booking, Claim, ClaimBasics, Document, OutcomeEntry, Review, StateEntry};
use crate::domain::code::{DocumentKind, Origin, Outcome, ProcessState, Programme, ReviewMark};
use crate::domain::command::{ClaimCommand, NewClaim, NewLine};
use crate::domain::decide::back::take_back;
use crate::domain::decide::bundle::{bundle, is_further, of_submission, with_completeness};
use crate::domain::decide::ending::{close, closing, end};
use crate::domain::decide::line::check_line;
use crate::domain::decide::paper::{begun, check_basics, check_paper_date, check_text};
use crate::domain::event::ClaimEvent;
use crate::domain::id::LineNo;
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::office::{Approval, Office};
use crate::domain::payee::Payee;
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;

/// Whether a claim number is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberUse {
    /// By no other claim.
    Free,
    /// By the claim with this number and worker.
    Taken(String),
}

/// What the rules need to know for a new case.
#[derive(Debug, Clone)]
pub struct RegisterFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// The desk's today.
    pub today: Date,
    /// Whether the number is in use.
    pub number: NumberUse,
    /// The case it would duplicate in the hard band, as shown to the clerk.
    pub duplicate_of: Option<String>,
    /// The case it restores, as it stands.
    pub restored: Option<&'a Claim>,
}

/// What the rules need to know for an existing case.
#[derive(Debug, Clone)]
pub struct ClaimFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// The desk's today.
    pub today: Date,
    /// The case as it stands.
    pub claim: &'a Claim,
    /// Whether an amended number is in use by another case.
    pub number: NumberUse,
    /// Who asks.
    pub by: &'a str,
    /// The same by the system's ids.
    pub who: PersonId,
}

/// A new case: registered in stage I; outside JKK the report is the application, so it is filed at once.
pub fn register(facts: &RegisterFacts<'_>, new: &NewClaim) -> Result<Vec<ClaimEvent>, Refusal> {
    let basics = &new.basics;
    check_basics(basics, facts.office, facts.today)?;
    refuse_taken(&facts.number, basics.claim_no.as_str())?;
    if let (Some(other), None) = (&facts.duplicate_of, &new.despite_duplicate) {
        return Err(Refusal::new("duplicate-case").with("other", other));
    }
    let date = basics.reported_date.unwrap_or(facts.today);
    let mut posted = facts.office.posting_month(date, facts.today)?;
    if let Some(restored) = facts.restored {
        refuse_restoring(restored)?;
        // It comes back no earlier than it went.
        posted = posted.max(restored.last_state().posted);
    }
    let entry = |state| StateEntry { state, date, posted, reason: None, note: String::new() };
    let mut events = vec![ClaimEvent::Registered {
        basics: Box::new(basics.clone()),
        state: entry(ProcessState::StageOne),
        origin: Origin::Desk,
        restores: new.restores,
        despite_duplicate: new.despite_duplicate.clone().unwrap_or_default(),
    }];
    events.extend(stage_one_form(basics, None).map(ClaimEvent::DocumentReceived));
    if basics.programme != Programme::Jkk {
        events.push(ClaimEvent::Filed(entry(ProcessState::Filed)));
    }
    Ok(events)
}

/// Only what was turned down is restored; a closed case opens again by itself with a new line.
fn refuse_restoring(restored: &Claim) -> Result<(), Refusal> {
    if matches!(restored.state(), ProcessState::Rejected | ProcessState::Cancelled) {
        return Ok(());
    }
    let refusal = Refusal::new("claim-not-ended").with("claim_no", &restored.basics.claim_no);
    Err(refusal.with("state", restored.state()))
}

/// A command to an existing case.
pub fn claim(facts: &ClaimFacts<'_>, command: &ClaimCommand) -> Result<Vec<ClaimEvent>, Refusal> {
    let mut events = match command {
        ClaimCommand::Amend(basics) => amend(facts, basics)?,
        ClaimCommand::File { date } => file(facts, *date)?,
        ClaimCommand::Complete { date } => complete(facts, *date)?,
        ClaimCommand::ReceiveDocument { kind, received, archive } => {
            let document = Document { kind: *kind, received: *received, archive: archive.clone() };
            receive(facts, document)?
        }
        ClaimCommand::RemoveDocument { kind } => {
            refuse_ended(facts.claim)?;
            if facts.claim.document(*kind).is_none() {
                return Err(Refusal::new("document-not-there").with("document", kind));
            }
            with_completeness(facts.claim, ClaimEvent::DocumentRemoved(*kind))
        }
        ClaimCommand::AddLine(new) => add_line(facts, next_line(facts.claim)?, new)?,
        ClaimCommand::TakeLine { no, new } => add_line(facts, *no, new)?,
        ClaimCommand::AmendLine { line, new } => amend_line(facts, *line, new)?,
        ClaimCommand::Determine { line, amount, date, number } => {
            determine(facts, *line, *amount, *date, number)?
        }
        ClaimCommand::SetOutcome { outcome, date } => set_outcome(facts, *outcome, *date)?,
        ClaimCommand::SetState { state, date } => set_state(facts, *state, *date)?,
        ClaimCommand::Return { date, note } => give_back(facts, *date, note)?,
        ClaimCommand::Close { date, note } => close(facts, *date, note)?,
        ClaimCommand::Reject { date, reason, note } => {
            end(facts, ProcessState::Rejected, *date, *reason, note)?
        }
        ClaimCommand::Cancel { date, reason, note } => {
            end(facts, ProcessState::Cancelled, *date, *reason, note)?
        }
        ClaimCommand::TellApart { reason } => return tell_apart(facts, reason),
        ClaimCommand::Review { mark, note } => return review(facts, *mark, note),
        ClaimCommand::TakeBack(step) => take_back(facts, step)?,
    };
    let mut after = facts.claim.clone();
    events.iter().for_each(|event| after.apply(event));
    let may_close = |event: &ClaimEvent| {
        matches!(
            event,
            ClaimEvent::LineDetermined { .. }
                | ClaimEvent::OutcomeSet(_)
                | ClaimEvent::LineRestored { .. }
                | ClaimEvent::LineWithdrawn { .. }
        )
    };
    if events.iter().any(may_close) {
        events.extend(closing(&after, facts.office, facts.today));
    }
    Ok(events)
}

fn refuse_taken(number: &NumberUse, claim_no: &str) -> Result<(), Refusal> {
    match number {
        NumberUse::Free => Ok(()),
        NumberUse::Taken(by) => Err(Refusal::new("claim-no-taken").with("claim_no", claim_no).with("by", by)),
    }
}

/// Rejected and cancelled cases take nothing more: restoring makes a linked record.
pub(super) fn refuse_ended(claim: &Claim) -> Result<(), Refusal> {
    if matches!(claim.state(), ProcessState::Rejected | ProcessState::Cancelled) {
        return Err(Refusal::new("claim-ended")
            .with("claim_no", &claim.basics.claim_no)
            .with("state", claim.state()));
    }
    Ok(())
}

/// An entry of the status history. It is never posted before the one it follows: a paper that comes late keeps its date
/// and stands in that month (*susulan*).
pub(super) fn entry(facts: &ClaimFacts<'_>, state: ProcessState, date: Date) -> Result<StateEntry, Refusal> {
    let posted = facts.office.posting_month(date, facts.today)?.max(facts.claim.last_state().posted);
    Ok(StateEntry { state, date, posted, reason: None, note: String::new() })
}

fn amend(facts: &ClaimFacts<'_>, basics: &ClaimBasics) -> Result<Vec<ClaimEvent>, Refusal> {
    refuse_ended(facts.claim)?;
    check_basics(basics, facts.office, facts.today)?;
    refuse_taken(&facts.number, basics.claim_no.as_str())?;
    let claim = facts.claim;
    if *basics == claim.basics {
        return Err(Refusal::new("nothing-changed"));
    }
    if basics.programme != claim.basics.programme && !claim.lines.is_empty() {
        return Err(Refusal::new("programme-has-lines").with("programme", claim.basics.programme));
    }
    let amended =
        ClaimEvent::Amended { basics: Box::new(basics.clone()), booked: first_report(facts, basics)? };
    let mut after = claim.clone();
    after.apply(&amended);
    let mut events = vec![amended];
    if let Some(form) = stage_one_form(basics, Some(claim)) {
        events.extend(with_completeness(&after, ClaimEvent::DocumentReceived(form)));
    }
    Ok(events)
}

/// Form KK1: what a work accident is reported with, so it has come when the report is dated. A date that was mistyped
/// takes the form's along, unless the form was ticked by hand.
fn stage_one_form(basics: &ClaimBasics, before: Option<&Claim>) -> Option<Document> {
    let received = basics.reported_date.filter(|_| basics.programme == Programme::Jkk)?;
    let was_reported = before.and_then(|claim| claim.basics.reported_date);
    let known = before.and_then(|claim| claim.document(DocumentKind::Kk1));
    let is_by_hand = known.is_some_and(|known| Some(known.received) != was_reported);
    let is_removed = known.is_none() && was_reported.is_some();
    if is_by_hand || is_removed || was_reported == Some(received) {
        return None;
    }
    let archive = known.map_or(String::new(), |known| known.archive.clone());
    Some(Document { kind: DocumentKind::Kk1, received, archive })
}

/// Where the stage I report of a case counts that was registered without one: in the month of its paper, never before the
/// registration.
fn first_report(facts: &ClaimFacts<'_>, basics: &ClaimBasics) -> Result<Option<Booking>, Refusal> {
    let is_first = facts.claim.basics.reported_date.is_none() && basics.programme == Programme::Jkk;
    let Some(date) = basics.reported_date.filter(|_| is_first) else { return Ok(None) };
    let posted = facts.office.posting_month(date, facts.today)?.max(facts.claim.registered);
    Ok(Some(Booking { date, posted }))
}

fn file(facts: &ClaimFacts<'_>, date: Date) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    refuse_ended(claim)?;
    let ready =
        [ProcessState::StageOne, ProcessState::Suspected, ProcessState::Treatment, ProcessState::Returned];
    if !ready.contains(&claim.state()) {
        return Err(Refusal::new("already-filed").with("claim_no", &claim.basics.claim_no));
    }
    check_paper_date("filed_date", date, begun(&claim.basics), facts.today)?;
    Ok(with_completeness(claim, ClaimEvent::Filed(entry(facts, ProcessState::Filed, date)?)))
}

fn complete(facts: &ClaimFacts<'_>, date: Date) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    refuse_ended(claim)?;
    let Some(filed) = claim.filed_date.filter(|_| claim.state() != ProcessState::Returned) else {
        return Err(not_filed(claim));
    };
    let lines = bundle(claim);
    // A further submission is not complete before the ones that went before it.
    let others = claim.lines.iter().filter(|line| !lines.contains(&line.no));
    let after = others.filter_map(|line| line.complete_date).fold(filed, Date::max);
    let what = if after == filed { "filed_date" } else { "last_paper" };
    check_paper_date("complete_date", date, (what, after), facts.today)?;
    let is_said = |no: &LineNo| claim.line(*no).is_some_and(|line| line.complete_date == Some(date));
    if claim.complete_date == Some(date) && lines.iter().all(is_said) {
        return Err(Refusal::new("nothing-changed"));
    }
    Ok(vec![ClaimEvent::Completed { date: Some(date), lines }])
}

fn not_filed(claim: &Claim) -> Refusal {
    Refusal::new("not-filed").with("claim_no", &claim.basics.claim_no)
}

fn receive(facts: &ClaimFacts<'_>, document: Document) -> Result<Vec<ClaimEvent>, Refusal> {
    refuse_ended(facts.claim)?;
    check_text("archive", &document.archive, 60)?;
    let happened = ("event_date", facts.claim.basics.event_date);
    check_paper_date("received", document.received, happened, facts.today)?;
    if facts.claim.document(document.kind) == Some(&document) {
        return Err(Refusal::new("nothing-changed"));
    }
    Ok(with_completeness(facts.claim, ClaimEvent::DocumentReceived(document)))
}

/// A line of a closed case opens it again: there is something to determine.
fn add_line(facts: &ClaimFacts<'_>, no: LineNo, new: &NewLine) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    refuse_ended(claim)?;
    if let Some(other) = claim.line(no) {
        let refusal = Refusal::new("line-no-taken").with("claim_no", &claim.basics.claim_no).with("line", no);
        return Err(refusal.with("component", other.component).with("payee", &other.payee.name));
    }
    check_line(claim, new, None, facts.today)?;
    let mut line = line_of(no, new);
    line.account_by = new.payee.account.is_some().then_some(facts.who);
    let awaits_papers = is_further(claim);
    if !awaits_papers {
        line.complete_date = claim.complete_date;
    }
    let added = ClaimEvent::LineAdded { line: Box::new(line), booked: booked(facts, asked_on(facts))? };
    let mut events = if awaits_papers {
        vec![added, ClaimEvent::Completed { date: None, lines: Vec::new() }]
    } else {
        with_completeness(claim, added)
    };
    if claim.state() == ProcessState::Closed {
        events.push(ClaimEvent::StateSet(entry(facts, ProcessState::Filed, facts.today)?));
    }
    Ok(events)
}

/// When the claimant asked for a line that is added now: with the application, or, once something of it went on a
/// voucher, with a further submission that came today.
pub(super) fn asked_on(facts: &ClaimFacts<'_>) -> Date {
    let claim = facts.claim;
    let went = claim.state() == ProcessState::Closed || claim.lines.iter().any(|line| line.voucher.is_some());
    claim.filed_date.filter(|_| !went).unwrap_or(facts.today)
}

/// Where an amount asked on a date counts: never before the application itself, and nowhere while there is none.
pub(super) fn booked(facts: &ClaimFacts<'_>, date: Date) -> Result<Option<Booking>, Refusal> {
    let filed = |entry: &&StateEntry| entry.state == ProcessState::Filed;
    let Some(application) = facts.claim.states.iter().find(filed) else { return Ok(None) };
    let posted = facts.office.posting_month(date, facts.today)?.max(application.posted);
    Ok(Some(Booking { date, posted }))
}

/// The number behind those given.
fn next_line(claim: &Claim) -> Result<LineNo, Refusal> {
    let last = claim.lines.iter().map(|line| line.no.get()).max().unwrap_or(0);
    last.checked_add(1).map(LineNo::new).ok_or_else(|| Refusal::new("too-many-lines"))
}

fn line_of(no: LineNo, new: &NewLine) -> BenefitLine {
    BenefitLine {
        no,
        component: new.component,
        span: new.span,
        payee: new.payee.clone(),
        account_by: None,
        receipt: new.receipt.clone(),
        asked: new.asked,
        complete_date: None,
        determination: None,
        voucher: None,
        free_since: None,
    }
}

pub(super) fn free_line<'a>(facts: &ClaimFacts<'a>, no: LineNo) -> Result<&'a BenefitLine, Refusal> {
    let claim = facts.claim;
    refuse_ended(claim)?;
    let number = &claim.basics.claim_no;
    let line = claim
        .line(no)
        .ok_or_else(|| Refusal::new("line-unknown").with("claim_no", number).with("line", no))?;
    match &line.voucher {
        Some(link) => Err(Refusal::new("line-on-voucher")
            .with("claim_no", number)
            .with("line", no)
            .with("code", &link.code)),
        None => Ok(line),
    }
}

fn amend_line(facts: &ClaimFacts<'_>, no: LineNo, new: &NewLine) -> Result<Vec<ClaimEvent>, Refusal> {
    let line = free_line(facts, no)?;
    check_line(facts.claim, new, Some(no), facts.today)?;
    // The books have the determination under this component and kind of payee; the payment must not stand under another.
    let is_other = (new.component, new.payee.kind) != (line.component, line.payee.kind);
    if is_other && line.determination.is_some() {
        let refusal = Refusal::new("line-determined").with("claim_no", &facts.claim.basics.claim_no);
        return Err(refusal.with("line", no));
    }
    let moves = moves_account(line, &new.payee);
    if moves {
        refuse_first_person(facts, line)?;
    }
    let amended = BenefitLine {
        account_by: if moves { Some(facts.who) } else { line.account_by },
        complete_date: line.complete_date,
        determination: line.determination.clone(),
        free_since: line.free_since,
        ..line_of(no, new)
    };
    if amended == *line {
        return Err(Refusal::new("nothing-changed"));
    }
    let booked = booked(facts, facts.today)?;
    Ok(with_completeness(facts.claim, ClaimEvent::LineAmended { line: Box::new(amended), booked }))
}

/// Whether the money would go elsewhere.
pub(super) fn moves_account(line: &BenefitLine, payee: &Payee) -> bool {
    let place = |payee: &Payee| (payee.account.clone(), normalise_number(&payee.bank));
    place(&line.payee) != place(payee)
}

/// Where two persons are asked for, the account of a determined line is not changed by the one who typed it.
pub(super) fn refuse_first_person(facts: &ClaimFacts<'_>, line: &BenefitLine) -> Result<(), Refusal> {
    let is_first = line.account_by.is_some_and(|by| by.is_same(facts.who));
    if facts.office.approval == Approval::FourEyes && line.determination.is_some() && is_first {
        let refusal = Refusal::new("account-second-person").with("claim_no", &facts.claim.basics.claim_no);
        return Err(refusal.with("line", line.no));
    }
    Ok(())
}

fn determine(
    facts: &ClaimFacts<'_>,
    no: LineNo,
    amount: Rupiah,
    date: Date,
    number: &str,
) -> Result<Vec<ClaimEvent>, Refusal> {
    let line = free_line(facts, no)?;
    let Some(filed) = facts.claim.filed_date else { return Err(not_filed(facts.claim)) };
    if facts.claim.state() == ProcessState::Returned {
        return Err(not_filed(facts.claim));
    }
    if amount < Rupiah::ZERO || amount > Rupiah::LIMIT {
        return Err(Refusal::new("amount-out-of-range").with("field", "determined").with("amount", amount));
    }
    // Neither before the letter it corrects, nor while the line was on a voucher.
    let earlier = line.determination.as_ref();
    let after = earlier.map(|earlier| earlier.date).into_iter().chain(line.free_since).fold(filed, Date::max);
    let what = if after == filed { "filed_date" } else { "last_paper" };
    check_paper_date("determined_date", date, (what, after), facts.today)?;
    check_text("number", number, 60)?;
    let is_same = |earlier: &Determination| {
        (earlier.amount, earlier.date, earlier.number.as_str()) == (amount, date, number)
    };
    if earlier.is_some_and(is_same) {
        return Err(Refusal::new("nothing-changed"));
    }
    let posted = facts.office.posting_month(date, facts.today)?;
    let mut events =
        vec![ClaimEvent::LineDetermined { line: no, amount, date, number: number.to_owned(), posted }];
    if facts.claim.state() != ProcessState::Determined {
        events.push(ClaimEvent::StateSet(entry(facts, ProcessState::Determined, date)?));
    }
    Ok(events)
}

fn set_outcome(facts: &ClaimFacts<'_>, outcome: Outcome, date: Date) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    refuse_ended(claim)?;
    if claim.basics.programme != Programme::Jkk {
        return Err(Refusal::new("outcome-outside-jkk").with("programme", claim.basics.programme));
    }
    let happened = ("event_date", claim.basics.event_date);
    let after = claim.outcome_date().map_or(happened, |date| ("earlier_outcome", date));
    check_paper_date("outcome_date", date, after, facts.today)?;
    if claim.outcome() == Some(outcome) {
        return Err(Refusal::new("nothing-changed"));
    }
    let posted = facts.office.posting_month(date, facts.today)?;
    let mut events = vec![ClaimEvent::OutcomeSet(OutcomeEntry { outcome, date, posted })];
    if claim.state() == ProcessState::Closed && !outcome.is_final() {
        events.push(ClaimEvent::StateSet(entry(facts, ProcessState::Determined, date)?));
    }
    Ok(events)
}

fn set_state(facts: &ClaimFacts<'_>, state: ProcessState, date: Date) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    let early = [ProcessState::StageOne, ProcessState::Suspected, ProcessState::Treatment];
    if !early.contains(&state) || !early.contains(&claim.state()) {
        return Err(Refusal::new("state-move-refused").with("from", claim.state()).with("to", state));
    }
    if claim.state() == state {
        return Err(Refusal::new("nothing-changed"));
    }
    check_paper_date("date", date, begun(&claim.basics), facts.today)?;
    Ok(vec![ClaimEvent::StateSet(entry(facts, state, date)?)])
}

fn give_back(facts: &ClaimFacts<'_>, date: Date, note: &str) -> Result<Vec<ClaimEvent>, Refusal> {
    let claim = facts.claim;
    if claim.state() != ProcessState::Filed {
        return Err(Refusal::new("state-move-refused")
            .with("from", claim.state())
            .with("to", ProcessState::Returned));
    }
    require_note(note)?;
    let filed = claim.filed_date.map_or(begun(&claim.basics), |date| ("filed_date", date));
    check_paper_date("date", date, filed, facts.today)?;
    let state = StateEntry { note: note.to_owned(), ..entry(facts, ProcessState::Returned, date)? };
    let mut events = vec![ClaimEvent::StateSet(state)];
    if let Some(date) = claim.complete_date {
        events.push(ClaimEvent::Completed { date: None, lines: of_submission(claim, date) });
    }
    Ok(events)
}

pub(super) fn require_note(note: &str) -> Result<(), Refusal> {
    if note.trim().is_empty() {
        return Err(Refusal::new("reason-missing"));
    }
    check_text("note", note, 500)
}

fn tell_apart(facts: &ClaimFacts<'_>, reason: &str) -> Result<Vec<ClaimEvent>, Refusal> {
    refuse_ended(facts.claim)?;
    require_note(reason)?;
    if facts.claim.despite_duplicate == reason.trim() {
        return Err(Refusal::new("nothing-changed"));
    }
    Ok(vec![ClaimEvent::ToldApart { reason: reason.trim().to_owned() }])
}

fn review(facts: &ClaimFacts<'_>, mark: ReviewMark, note: &str) -> Result<Vec<ClaimEvent>, Refusal> {
    check_text("note", note, 500)?;
    if mark == ReviewMark::Question {
        require_note(note)?;
    }
    // The mark is bound to the version it leaves behind, which differs from the one seen by nothing but the mark.
    let revision = facts.claim.revision + 1;
    Ok(vec![ClaimEvent::Reviewed(Review { mark, revision, by: facts.by.to_owned(), note: note.to_owned() })])
}
