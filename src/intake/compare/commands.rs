//! What may change, as the commands a clerk would give.

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::Claim;
use crate::domain::code::{CloseReason, ProcessState};
use crate::domain::command::{ClaimCommand, NewLine};
use crate::domain::id::LineNo;
use crate::intake::compare::{LineIs, later_bundle, lines_of, merge_basics, merge_payee};
use crate::intake::history::{HistoryClaim, HistoryLine};

/// The commands that take over what the file says otherwise, in the order in which the rules accept them. Each is
/// decided for itself: a refusal of one is told and stops no other.
pub fn changes_to_commands(existing: &Claim, incoming: &HistoryClaim) -> Vec<ClaimCommand> {
    let mut commands = Vec::new();
    if matches!(existing.state(), ProcessState::Rejected | ProcessState::Cancelled) {
        return commands;
    }
    let merged = merge_basics(&existing.basics, &incoming.basics);
    if merged != existing.basics {
        commands.push(ClaimCommand::Amend(Box::new(merged)));
    }
    early_state(existing, incoming, &mut commands);
    if let (None, Some(date)) = (existing.filed_date, incoming.filed_date) {
        commands.push(ClaimCommand::File { date });
    }
    lines(existing, incoming, &mut commands);
    // Behind the lines: the papers of a new submission are those of its lines.
    if let Some(date) = later_bundle(existing, incoming) {
        commands.push(ClaimCommand::Complete { date });
    }
    if let Some(outcome) = incoming.outcome.filter(|outcome| existing.outcome() != Some(*outcome)) {
        commands.push(ClaimCommand::SetOutcome { outcome, date: incoming.outcome_day() });
    }
    turned_down(existing, incoming, &mut commands);
    commands
}

/// Moves within the states before the application.
fn early_state(existing: &Claim, incoming: &HistoryClaim, commands: &mut Vec<ClaimCommand>) {
    let early = [ProcessState::StageOne, ProcessState::Suspected, ProcessState::Treatment];
    let Some(state) = incoming.status.filter(|state| early.contains(state)) else { return };
    if early.contains(&existing.state()) && existing.state() != state && incoming.filed_date.is_none() {
        commands.push(ClaimCommand::SetState { state, date: incoming.last_paper() });
    }
}

/// New lines under the numbers of the file; what stands on a voucher is left alone.
fn lines(existing: &Claim, incoming: &HistoryClaim, commands: &mut Vec<ClaimCommand>) {
    for (line, is) in incoming.lines.iter().zip(lines_of(existing, &incoming.lines)) {
        match is {
            LineIs::Known(no) => {
                if let Some(known) = existing.line(no).filter(|known| known.voucher.is_none()) {
                    change_line(known, line, commands);
                }
            }
            LineIs::New(no) => {
                commands.push(ClaimCommand::TakeLine { no, new: Box::new(line.new.clone()) });
                determine(no, line, commands);
            }
            LineIs::Another(_) => {}
        }
    }
}

/// A line on no voucher, as the file says it otherwise.
fn change_line(known: &BenefitLine, line: &HistoryLine, commands: &mut Vec<ClaimCommand>) {
    let new = NewLine {
        component: line.new.component,
        span: line.new.span.or(known.span),
        payee: merge_payee(&known.payee, &line.new.payee),
        receipt: super::filled(&line.new.receipt, &known.receipt),
        asked: line.new.asked,
    };
    let is_other = (new.component, new.span, new.asked) != (known.component, known.span, known.asked)
        || new.payee != known.payee
        || new.receipt != known.receipt;
    if is_other {
        commands.push(ClaimCommand::AmendLine { line: known.no, new: Box::new(new) });
    }
    let told = line.determination.as_ref().map(|letter| (letter.amount, letter.date));
    let is_known = told == known.determination.as_ref().map(|letter| (letter.amount, letter.date));
    if told.is_some() && !is_known {
        determine(known.no, line, commands);
    }
}

fn determine(no: LineNo, line: &HistoryLine, commands: &mut Vec<ClaimCommand>) {
    if let Some(letter) = &line.determination {
        commands.push(ClaimCommand::Determine {
            line: no,
            amount: letter.amount,
            date: letter.date,
            number: letter.number.clone(),
        });
    }
}

/// A rejection or cancellation; without a reason of its own, the file is the reason.
fn turned_down(existing: &Claim, incoming: &HistoryClaim, commands: &mut Vec<ClaimCommand>) {
    let Some(date) = incoming.end_day().filter(|_| existing.is_open()) else { return };
    let reason = incoming.close_reason.unwrap_or(CloseReason::Other);
    let note = if incoming.close_reason.is_none() { incoming.file.to_string() } else { String::new() };
    match incoming.end_state() {
        Some(ProcessState::Rejected) => commands.push(ClaimCommand::Reject { date, reason, note }),
        Some(ProcessState::Cancelled) => commands.push(ClaimCommand::Cancel { date, reason, note }),
        _ => {}
    }
}
