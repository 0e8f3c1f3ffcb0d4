//! Categories for k-modes: one byte a value, rare values joined, missing ones a category of their own.

use super::{present_sorted, quantile};
use crate::analysis::notes::{Argument, Note};
use crate::analysis::table::{CategoryColumn, MISSING, NumberColumn, Role, Table};
use crate::words::Words;
use ndarray::Array2;

/// Which values are joined into "other".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coding {
    /// Values of less than half a percent of the rows, and those beyond the fifty most frequent.
    #[default]
    Grouped,
    /// Only what a byte cannot count.
    AsIs,
}

/// What a code stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// A value of the table.
    Value(String),
    /// A band of numbers: from (inclusive) to (exclusive, the last band inclusive).
    Band(f64, f64),
    /// Values that are too rare to stand alone.
    Other,
    /// No value.
    Missing,
}

/// One column of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedCategory {
    /// Name of the table's column.
    pub name: String,
    /// What the codes stand for.
    pub labels: Vec<Label>,
}

/// The matrix of codes, one row for each row of the table.
#[derive(Clone, Debug)]
pub struct PreparedCodes {
    /// Codes.
    pub codes: Array2<u8>,
    /// Its columns.
    pub columns: Vec<PreparedCategory>,
    /// What was done that a reader must know.
    pub notes: Vec<Note>,
}

const MOST_VALUES: usize = 50;
const LEAST_SHARE: f64 = 0.005;

/// "Other" and "missing" need two codes of the 256.
const MOST_CODES: usize = 254;

impl Label {
    /// The label for people.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Value(text) => text.clone(),
            Self::Band(low, high) => format!("{low}–{high}"),
            Self::Other => words.text("analysis-label-other"),
            Self::Missing => words.text("analysis-label-missing"),
        }
    }

    /// The label for programs.
    pub fn code(&self) -> String {
        match self {
            Self::Value(text) => text.clone(),
            Self::Band(low, high) => format!("{low}..{high}"),
            Self::Other => "OTHER".into(),
            Self::Missing => "MISSING".into(),
        }
    }
}

/// Makes the matrix of the table's category features, and of its number features by their quarters.
pub fn prepare_codes(table: &Table, coding: Coding) -> PreparedCodes {
    let numbers = table.numbers().iter().filter(|column| column.role == Role::Feature);
    prepared(table, coding, numbers.map(band_column).collect())
}

/// Makes the matrix of the table's category features alone; its numbers go another way.
pub fn prepare_categories(table: &Table, coding: Coding) -> PreparedCodes {
    prepared(table, coding, Vec::new())
}

fn prepared(table: &Table, coding: Coding, bands: Vec<(PreparedCategory, Vec<u8>)>) -> PreparedCodes {
    let mut notes = Vec::new();
    let mut done: Vec<(PreparedCategory, Vec<u8>)> = Vec::new();
    let categories = table.categories().iter().filter(|column| column.role == Role::Feature);
    let made = categories.map(|column| code_column(column, coding, &mut notes)).collect::<Vec<_>>();
    for (column, codes) in made.into_iter().chain(bands) {
        if codes.iter().all(|&code| code == codes[0]) {
            let column = Argument::Columns(vec![column.name]);
            notes.push(Note::new("analysis-note-constant").with("column", column));
        } else {
            done.push((column, codes));
        }
    }
    let codes = Array2::from_shape_fn((table.n_rows(), done.len()), |(row, column)| done[column].1[row]);
    PreparedCodes { codes, columns: done.into_iter().map(|(column, _)| column).collect(), notes }
}

fn code_column(
    column: &CategoryColumn,
    coding: Coding,
    notes: &mut Vec<Note>,
) -> (PreparedCategory, Vec<u8>) {
    let mut counts = vec![0_usize; column.labels.len()];
    for &code in column.codes.iter().filter(|&&code| code != MISSING) {
        counts[code as usize] += 1;
    }
    let (most, least) = match coding {
        Coding::Grouped => (MOST_VALUES, LEAST_SHARE * column.codes.len() as f64),
        Coding::AsIs => (MOST_CODES, 0.0),
    };
    let mut kept: Vec<usize> =
        (0..counts.len()).filter(|&label| counts[label] > 0 && counts[label] as f64 >= least).collect();
    kept.sort_by(|&a, &b| counts[b].cmp(&counts[a]).then(a.cmp(&b)));
    kept.truncate(most);
    kept.sort_unstable();
    let mut labels: Vec<Label> =
        kept.iter().map(|&label| Label::Value(column.labels[label].clone())).collect();
    let mut new_codes: Vec<Option<u8>> = vec![None; counts.len()];
    for (code, &label) in kept.iter().enumerate() {
        new_codes[label] = Some(byte(code));
    }
    let n_joined = (0..counts.len()).filter(|&label| counts[label] > 0 && new_codes[label].is_none()).count();
    let other = byte(labels.len());
    if n_joined > 0 {
        labels.push(Label::Other);
        notes.push(
            Note::new("analysis-note-joined")
                .with("column", Argument::Columns(vec![column.name.clone()]))
                .with("values", Argument::Count(n_joined)),
        );
    }
    let missing = byte(labels.len());
    if column.codes.contains(&MISSING) {
        labels.push(Label::Missing);
    }
    let new = |code: &u32| match *code {
        MISSING => missing,
        code => new_codes[code as usize].unwrap_or(other),
    };
    let codes = column.codes.iter().map(new).collect();
    (PreparedCategory { name: column.name.clone(), labels }, codes)
}

/// Quarters of the rows by value; fewer bands where quartiles coincide.
fn band_column(column: &NumberColumn) -> (PreparedCategory, Vec<u8>) {
    let sorted = present_sorted(column.values.iter().copied());
    let mut bounds: Vec<f64> = [0.0, 0.25, 0.5, 0.75, 1.0].map(|p| quantile(&sorted, p)).to_vec();
    bounds.dedup();
    let n_bands = bounds.len().saturating_sub(1).max(1);
    let mut labels: Vec<Label> = bounds.windows(2).map(|pair| Label::Band(pair[0], pair[1])).collect();
    if labels.is_empty() && !sorted.is_empty() {
        labels.push(Label::Band(sorted[0], sorted[0]));
    }
    let missing = byte(labels.len());
    if sorted.len() < column.values.len() {
        labels.push(Label::Missing);
    }
    let code = |&value: &f64| {
        if value.is_nan() {
            return missing;
        }
        let above = bounds.iter().skip(1).filter(|&&bound| value >= bound).count();
        byte(above.min(n_bands - 1))
    };
    let codes = column.values.iter().map(code).collect();
    (PreparedCategory { name: column.name.clone(), labels }, codes)
}

fn byte(code: usize) -> u8 {
    u8::try_from(code).expect("at most 254 values, other and missing")
}
