//! The way back of a claim: from what it is now to what it was before, as commands. Pure: it compares two claims and
//! knows what has no way back, with the reason.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::domain::claim::Document;
use crate::domain::code::{DocumentKind, ProcessState, Programme};
use crate::domain::command::{MarkAbout, TakeBack};
use crate::domain::{BenefitLine, Claim, ClaimCommand, LineNo, Refusal};

/// Whether two states of a claim say the same. Revision and histories only grow, and the day on which a line was freed
/// stays with it: they do not count.
pub fn alike(one: &Claim, other: &Claim) -> bool {
    let mark = |claim: &Claim| {
        claim.review.as_ref().map(|review| (review.mark, review.by.clone(), review.note.clone()))
    };
    let said = |claim: &Claim| {
        (
            claim.filed_date,
            claim.complete_date,
            claim.outcome(),
            claim.state(),
            claim.despite_duplicate.clone(),
            mark(claim),
        )
    };
    let lines = |claim: &Claim| claim.lines.iter().map(without_freeing).collect::<Vec<_>>();
    one.basics == other.basics
        && one.documents == other.documents
        && said(one) == said(other)
        && lines(one) == lines(other)
}

fn without_freeing(line: &BenefitLine) -> BenefitLine {
    BenefitLine { free_since: None, ..line.clone() }
}

/// Some commands: from what a claim is now, towards what it was before, on the desk's day.
pub type Group = fn(&Claim, &Claim, Date) -> Result<Vec<ClaimCommand>, Refusal>;

/// The groups of commands that make a claim what it was, in their order; each is asked for the claim as the groups before
/// it leave it, since a command may bring others along. A mark comes last: it is about what stands there then.
pub const GROUPS: &[Group] = &[
    |now, before, _| refuse_counted(now, before).map(|()| Vec::new()),
    |now, before, _| Ok(opening(now, before)),
    |now, before, _| Ok(paper_back(now, before)),
    |now, before, _| Ok(papers_back(now, before)),
    |now, before, _| Ok(lines_back(now, before).into_iter().map(ClaimCommand::TakeBack).collect()),
    |now, before, today| outcome_back(now, before, today).map(|step| step.into_iter().collect()),
    |now, before, _| Ok(state_back(now, before).into_iter().collect()),
    |now, before, _| Ok(completeness_back(now, before).into_iter().collect()),
    |now, before, _| Ok(mark_back(now, before).map(ClaimCommand::TakeBack).into_iter().collect()),
];

/// What has ended goes on, before anything else can be done to it.
fn opening(now: &Claim, before: &Claim) -> Vec<ClaimCommand> {
    if before.is_open() && !now.is_open() {
        return vec![ClaimCommand::TakeBack(TakeBack::State(before.state()))];
    }
    Vec::new()
}

/// What the paper said, and why the case is one of its own.
fn paper_back(now: &Claim, before: &Claim) -> Vec<ClaimCommand> {
    let mut steps = Vec::new();
    if now.basics != before.basics {
        steps.push(ClaimCommand::Amend(Box::new(before.basics.clone())));
    }
    if now.despite_duplicate != before.despite_duplicate {
        steps.push(ClaimCommand::TellApart { reason: before.despite_duplicate.clone() });
    }
    steps
}

/// When the papers were complete, where the steps alone would leave another date.
fn completeness_back(then: &Claim, before: &Claim) -> Option<ClaimCommand> {
    let differs = |line: &&BenefitLine| {
        then.line(line.no).is_some_and(|known| known.complete_date != line.complete_date)
    };
    let lines: Vec<LineNo> = before.lines.iter().filter(differs).map(|line| line.no).collect();
    if lines.is_empty() && then.complete_date == before.complete_date {
        return None;
    }
    Some(ClaimCommand::TakeBack(TakeBack::Complete { date: before.complete_date, lines }))
}

/// What a month's report has counted and no correction takes out again.
fn refuse_counted(now: &Claim, before: &Claim) -> Result<(), Refusal> {
    let refusal = |code| Err(Refusal::new(code).with("claim_no", &now.basics.claim_no));
    let reported = |claim: &Claim| claim.basics.reported_date.is_some();
    if now.filed_date != before.filed_date {
        return refusal("undo-filed");
    }
    if now.basics.programme == Programme::Jkk && reported(now) && !reported(before) {
        return refusal("undo-reported");
    }
    if now.outcome().is_some() && before.outcome().is_none() {
        return refusal("undo-outcome-first");
    }
    if now.despite_duplicate != before.despite_duplicate && before.despite_duplicate.is_empty() {
        return refusal("undo-told-apart");
    }
    Ok(())
}

fn papers_back(now: &Claim, before: &Claim) -> Vec<ClaimCommand> {
    let kinds: BTreeSet<DocumentKind> =
        now.documents.iter().chain(&before.documents).map(|document| document.kind).collect();
    let step = |kind: DocumentKind| match (now.document(kind), before.document(kind)) {
        (is, was) if is == was => None,
        (_, Some(Document { received, archive, .. })) => {
            Some(ClaimCommand::ReceiveDocument { kind, received: *received, archive: archive.clone() })
        }
        _ => Some(ClaimCommand::RemoveDocument { kind }),
    };
    kinds.into_iter().filter_map(step).collect()
}

/// The lines, those that were added first. The day since which papers are complete follows from the papers.
fn lines_back(now: &Claim, before: &Claim) -> Vec<TakeBack> {
    let added = now.lines.iter().filter(|line| before.line(line.no).is_none());
    let gone = added.map(|line| TakeBack::NoLine(line.no));
    let changed = before.lines.iter().filter_map(|line| {
        let is = now.line(line.no);
        let same_papers = BenefitLine {
            complete_date: is.map_or(line.complete_date, |is| is.complete_date),
            free_since: is.map_or(line.free_since, |is| is.free_since),
            ..line.clone()
        };
        (is != Some(&same_papers)).then(|| TakeBack::Line(Box::new(same_papers)))
    });
    gone.chain(changed).collect()
}

/// The outcome before, stated again today. The month's report takes the last one stated; of two on one day the final
/// one, so that on the same day a final one cannot be taken back.
fn outcome_back(now: &Claim, before: &Claim, today: Date) -> Result<Option<ClaimCommand>, Refusal> {
    let (Some(outcome), Some(stated)) = (before.outcome(), now.outcomes.last()) else { return Ok(None) };
    if outcome == stated.outcome {
        return Ok(None);
    }
    let stands_over = (outcome.is_final(), outcome) > (stated.outcome.is_final(), stated.outcome);
    if stated.date >= today && !stands_over {
        return Err(Refusal::new("undo-outcome-same-day").with("claim_no", &now.basics.claim_no));
    }
    Ok(Some(ClaimCommand::SetOutcome { outcome, date: today }))
}

/// What becomes of the state once papers, lines and outcome are what they were.
fn state_back(now: &Claim, before: &Claim) -> Option<ClaimCommand> {
    use ProcessState as S;
    let was = before.last_state();
    let note = was.note.clone();
    // It ends again no earlier than what happened to it in between.
    let date = if was.state.is_open() { was.date } else { was.date.max(now.last_state().date) };
    match (now.state(), was.state) {
        (is, to) if is == to => None,
        (S::Returned, S::Filed) => before.filed_date.map(|date| ClaimCommand::File { date }),
        (S::Filed, S::Returned) => Some(ClaimCommand::Return { date, note }),
        (S::Filed, S::Determined) | (S::Determined, S::Filed) => {
            Some(ClaimCommand::TakeBack(TakeBack::State(was.state)))
        }
        (_, S::Rejected | S::Cancelled) => {
            let reason = was.reason?;
            Some(match was.state {
                S::Rejected => ClaimCommand::Reject { date, reason, note },
                _ => ClaimCommand::Cancel { date, reason, note },
            })
        }
        // One that closed by itself closes by itself again.
        (_, S::Closed) if !note.is_empty() => Some(ClaimCommand::Close { date, note }),
        (is, to) if is.is_open() && to.is_open() => Some(ClaimCommand::SetState { state: to, date }),
        _ => None,
    }
}

fn mark_back(now: &Claim, before: &Claim) -> Option<TakeBack> {
    let mark = |claim: &Claim| {
        claim.review.as_ref().map(|review| (review.mark, review.by.clone(), review.note.clone()))
    };
    if mark(now) == mark(before) {
        return None;
    }
    let Some(review) = &before.review else { return Some(TakeBack::NoReview) };
    let about = if review.revision == before.revision { MarkAbout::Now } else { MarkAbout::Earlier };
    Some(TakeBack::Review { review: Box::new(review.clone()), about })
}
