//! Which line of a known claim each line of a file is. Lines have no name of their own: where the file numbers them the
//! number counts, unless something else stands under it; where it does not, what the line says.

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::Claim;
use crate::domain::id::LineNo;
use crate::domain::identity::normalise_number;
use crate::intake::history::{HistoryLine, Numbering};

/// What a line of a file is to a known claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineIs {
    /// This line.
    Known(LineNo),
    /// A new line, under this number.
    New(LineNo),
    /// Another line than the one that has its number: not taken.
    Another(LineNo),
}

impl LineIs {
    /// The number that the line has, or will have, in the claim.
    pub fn number(self) -> Option<LineNo> {
        match self {
            LineIs::Known(no) | LineIs::New(no) => Some(no),
            LineIs::Another(_) => None,
        }
    }
}

/// What each of these lines is, in their order.
pub fn lines_of(existing: &Claim, lines: &[HistoryLine]) -> Vec<LineIs> {
    let told = |line: &&HistoryLine| line.numbering == Numbering::Told;
    let mut used: Vec<LineNo> = lines.iter().filter(told).map(|line| line.no).collect();
    let known = existing.lines.iter().map(|line| line.no);
    let mut last = known.chain(used.iter().copied()).map(LineNo::get).max().unwrap_or(0);
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        found.push(match (line.numbering, existing.line(line.no)) {
            (Numbering::Told, None) => LineIs::New(line.no),
            (Numbering::Told, Some(known)) if is_another(known, line) => LineIs::Another(line.no),
            (Numbering::Told, Some(known)) => LineIs::Known(known.no),
            (Numbering::Given, _) => {
                let free = existing.lines.iter().filter(|known| !used.contains(&known.no));
                match free.into_iter().find(|known| says_the_same(known, line)).map(|known| known.no) {
                    Some(no) => {
                        used.push(no);
                        LineIs::Known(no)
                    }
                    None => {
                        last = last.saturating_add(1);
                        LineIs::New(LineNo::new(last))
                    }
                }
            }
        });
    }
    found
}

/// Component and payee are both others, or it is STMB of other days: not a change of that line.
fn is_another(known: &BenefitLine, line: &HistoryLine) -> bool {
    let other_payee = !is_same_payee(known, line);
    let other_days = match (known.span, line.new.span) {
        (Some(one), Some(other)) => !one.overlaps(other),
        _ => false,
    };
    other_days || (known.component != line.new.component && other_payee)
}

fn is_same_payee(known: &BenefitLine, line: &HistoryLine) -> bool {
    known.payee.kind == line.new.payee.kind
        && normalise_number(&known.payee.name) == normalise_number(&line.new.payee.name)
}

/// A line without a number is the known one of its component and payee with the same days, receipt or amount.
fn says_the_same(known: &BenefitLine, line: &HistoryLine) -> bool {
    let new = &line.new;
    let same_receipt = !new.receipt.is_empty() && new.receipt == known.receipt;
    let same = match (known.span, new.span) {
        (Some(one), Some(other)) => one == other,
        _ => same_receipt || known.asked == new.asked,
    };
    known.component == new.component && is_same_payee(known, line) && same
}
