//! Several benefit lines of one claim as one command: all of them, or none and the cell that stopped them.

use std::sync::Arc;

use crate::domain::{Claim, ClaimCommand, Rupiah};
use crate::tui::effect::{OrderSlip, REVISION_MOVED, Seen};
use crate::tui::forms::MOST_ROWS;
use crate::tui::jobs::Trouble;
use crate::tui::panes::step_form::NEW_LINE;
use crate::words::Value;

use super::Bench;
use super::orders::{Read, determine};

/// Whether a slip has rows.
pub fn takes(slip: &OrderSlip) -> bool {
    matches!(slip.what.as_str(), "claim-file" | "claim-lines")
}

/// Does what the rows say, all at once.
pub fn commit(bench: &Bench, claim: &Claim, slip: &OrderSlip) -> Result<Arc<Claim>, Trouble> {
    let (mut commands, mut of_row) = (Vec::new(), Vec::new());
    if slip.what == "claim-file" {
        let date = Read { bench, slip }.date("date")?;
        commands.push(ClaimCommand::File { date });
        of_row.push(None);
    }
    let mut n_added = 0;
    for (row, line) in rows(slip) {
        let made = determine(&Read { bench, slip: &line }, claim, n_added);
        let made = made.map_err(|trouble| at_row(trouble, Some(row)))?;
        n_added += u16::from(made.iter().any(|command| matches!(command, ClaimCommand::AddLine(_))));
        of_row.extend(made.iter().map(|_| Some(row)));
        commands.extend(made);
    }
    if commands.is_empty() {
        let text = bench.words.text("forms-no-rows");
        return Err(Trouble::Refused { text, field: Some("1.component".to_owned()) });
    }
    let seen = match *slip.seen {
        Seen::Claim(revision) => Some(revision),
        _ => None,
    };
    let done = bench.desk.claim_in_turn(&bench.key_of(slip), claim.id, seen, &commands);
    done.map_err(|(at, error)| at_row(bench.trouble(error), of_row.get(at).copied().flatten()))
}

/// What was done, in a sentence: how many lines, asked and determined.
pub fn said(bench: &Bench, slip: &OrderSlip, after: &Claim) -> Option<String> {
    let n_rows = rows(slip).len();
    if n_rows == 0 {
        return None;
    }
    let sum = |column: &str| {
        let amounts = rows(slip)
            .into_iter()
            .filter_map(|(_, line)| crate::domain::parse_amount(line.value(column)).ok());
        amounts.fold(Rupiah::ZERO, |sum, amount| sum.checked_add(amount).unwrap_or(sum)).grouped()
    };
    let args = [
        ("no", Value::from(after.basics.claim_no.as_str())),
        ("n", Value::from(n_rows)),
        ("asked", Value::Text(sum("asked"))),
        ("amount", Value::Text(sum("amount"))),
    ];
    Some(bench.words.format("forms-lines-done", &args))
}

/// The rows in which something is typed, each as a slip of its own with the date and the number of all.
fn rows(slip: &OrderSlip) -> Vec<(usize, OrderSlip)> {
    let mut rows = Vec::new();
    for row in 1..=MOST_ROWS {
        let prefix = format!("{row}.");
        let cells = slip.values.iter().filter_map(|(name, value)| {
            let column = name.strip_prefix(&prefix)?;
            Some((column.to_owned(), value.clone()))
        });
        let mut values: Vec<(String, String)> = cells.collect();
        let is_typed = |(column, value): &(String, String)| {
            !value.trim().is_empty() && (column != "line" || value != NEW_LINE)
        };
        if values.iter().any(is_typed) {
            values.extend(["date", "number"].map(|name| (name.to_owned(), slip.value(name).to_owned())));
            rows.push((row, OrderSlip { values, ..slip.clone() }));
        }
    }
    rows
}

/// A refusal stands at its cell: the field of its row, or the row's first where none is known.
fn at_row(trouble: Trouble, row: Option<usize>) -> Trouble {
    match (trouble, row) {
        (Trouble::Refused { text, field }, Some(row)) if field.as_deref() != Some(REVISION_MOVED) => {
            let is_of_all = matches!(field.as_deref(), Some("date" | "number"));
            let field = field.unwrap_or_else(|| "component".to_owned());
            Trouble::Refused { text, field: Some(if is_of_all { field } else { format!("{row}.{field}") }) }
        }
        (other, _) => other,
    }
}
