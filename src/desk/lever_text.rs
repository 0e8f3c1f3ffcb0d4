//! Levers in words, for the command line, the screen and the page of recommendations.

use crate::analysis::levers::{Lever, LeverBasis, LeverGroup, LeverKind};
use crate::analysis::notes::decimal;
use crate::words::{Value, Words};

/// Its name.
pub fn title(kind: LeverKind, words: &Words) -> String {
    words.format(&format!("lever-{}-title", kind.code()), &[("limit", kind.limit().into())])
}

/// What was found: how many cases, how much money.
pub fn finding(lever: &Lever, words: &Words) -> String {
    let args: [(&str, Value); 3] = [
        ("cases", lever.cases.len().into()),
        ("amount", lever.amount.grouped().into()),
        ("limit", lever.kind.limit().into()),
    ];
    words.format(&format!("lever-{}-finding", lever.kind.code()), &args)
}

/// The rule that computes the money.
pub fn rule(kind: LeverKind, words: &Words) -> String {
    words.format(&format!("lever-{}-rule", kind.code()), &[("limit", kind.limit().into())])
}

/// What one could do.
pub fn advice(kind: LeverKind, words: &Words) -> String {
    words.text(&format!("lever-{}-advice", kind.code()))
}

/// What a case's measure counts.
pub fn measure(kind: LeverKind, words: &Words) -> String {
    words.text(&format!("lever-{}-measure", kind.code()))
}

/// On what it rests: the dated rules with their sources, or that the limit is ours.
pub fn basis(lever: &Lever, words: &Words) -> Vec<String> {
    let mut lines = vec![match lever.kind.basis() {
        LeverBasis::Regulation => words.text("levers-regulation"),
        LeverBasis::Ours => words.text("levers-ours"),
    }];
    for used in &lever.rules {
        let args: [(&str, Value); 3] = [
            ("name", words.text(&used.key()).into()),
            ("source", used.source.into()),
            ("mark", words.text(used.mark.key()).into()),
        ];
        lines.push(words.format("levers-rests-on", &args));
    }
    lines
}

/// A group's index or share, where it has one: `2,31` with its 5 % bound.
pub fn index(group: &LeverGroup, words: &Words) -> String {
    let number = |number: f64| decimal(number, 2, words.lang());
    match (group.index, group.low) {
        (Some(index), Some(low)) => format!("{} (≥ {})", number(index), number(low)),
        (Some(index), None) => number(index),
        _ => String::new(),
    }
}
