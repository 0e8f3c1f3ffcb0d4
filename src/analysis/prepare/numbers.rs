//! Numbers for k-means: logarithm, cap, median for what is missing, mean 0 and deviation 1.

use super::{present_sorted, quantile};
use crate::analysis::notes::{Argument, Note};
use crate::analysis::table::{NumberColumn, Role, Shape, Table, Unit};
use ndarray::Array2;

/// Whether columns are brought to mean 0 and population deviation 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Yes; skewed columns by their logarithm, and capped at their 99.9 % point.
    #[default]
    Standard,
    /// No: columns enter as they are, only missing values are filled.
    None,
}

/// What is done to a value before it is standardised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// Nothing.
    AsIs,
    /// ln(1 + x).
    Log1p,
    /// sign(x)·ln(1 + |x|), for columns with values below zero.
    SignedLog1p,
    /// 1 where the value is missing, else 0.
    IsMissing,
}

/// One column of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedNumber {
    /// Name of the table's column.
    pub name: String,
    /// What is done first.
    pub transform: Transform,
    /// Then this is taken away,
    pub mean: f64,
    /// and the rest divided by this.
    pub deviation: f64,
}

/// The matrix of numbers, one row for each row of the table.
#[derive(Clone, Debug)]
pub struct PreparedNumbers {
    /// Finite values.
    pub values: Array2<f64>,
    /// Its columns.
    pub columns: Vec<PreparedNumber>,
    /// What was done that a reader must know.
    pub notes: Vec<Note>,
}

/// The share of rows that a cap leaves untouched.
const CAP_AT: f64 = 0.999;

/// Two amounts this strongly correlated are one amount told twice.
const SAME_AMOUNT: f64 = 0.95;

impl Transform {
    fn apply(self, value: f64) -> f64 {
        match self {
            Self::AsIs => value,
            Self::Log1p => value.ln_1p(),
            Self::SignedLog1p => value.signum() * value.abs().ln_1p(),
            Self::IsMissing => f64::from(u8::from(value.is_nan())),
        }
    }

    fn invert(self, value: f64) -> f64 {
        match self {
            Self::AsIs | Self::IsMissing => value,
            Self::Log1p => value.exp_m1(),
            Self::SignedLog1p => value.signum() * value.abs().exp_m1(),
        }
    }
}

impl PreparedNumber {
    /// A value of the matrix in the units of the table: of a centre, the middle of its cluster.
    pub fn original(&self, value: f64) -> f64 {
        self.transform.invert(value * self.deviation + self.mean)
    }
}

/// Makes the matrix of the table's number features. Category features are left out with a note.
pub fn prepare_numbers(table: &Table, scale: Scale) -> PreparedNumbers {
    let texts: Vec<String> = table
        .categories()
        .iter()
        .filter(|column| column.role == Role::Feature)
        .map(|column| column.name.clone())
        .collect();
    let mut prepared = prepare_only_numbers(table, scale);
    if !texts.is_empty() {
        let note = Note::new("analysis-note-text-columns").with("columns", Argument::Columns(texts));
        prepared.notes.insert(0, note);
    }
    prepared
}

/// Makes the matrix of the table's number features; its categories go another way.
pub fn prepare_only_numbers(table: &Table, scale: Scale) -> PreparedNumbers {
    let mut notes = Vec::new();
    let mut done: Vec<(PreparedNumber, Vec<f64>, Unit)> = Vec::new();
    for column in table.numbers().iter().filter(|column| column.role == Role::Feature) {
        for (prepared, values) in prepare_column(column, scale, &mut notes) {
            let twin = done.iter().find(|(_, other, unit)| {
                column.unit == Unit::Rupiah
                    && *unit == Unit::Rupiah
                    && correlation(other, &values).abs() >= SAME_AMOUNT
            });
            if let Some((twin, ..)) = twin {
                notes.push(
                    Note::new("analysis-note-same-amount")
                        .with("column", Argument::Columns(vec![column.name.clone()]))
                        .with("other", Argument::Columns(vec![twin.name.clone()])),
                );
            } else {
                done.push((prepared, values, column.unit));
            }
        }
    }
    let values = Array2::from_shape_fn((table.n_rows(), done.len()), |(row, column)| done[column].1[row]);
    PreparedNumbers { values, columns: done.into_iter().map(|(column, ..)| column).collect(), notes }
}

/// The column itself and, when values are missing, the column that says so. Nothing when it is constant.
fn prepare_column(
    column: &NumberColumn,
    scale: Scale,
    notes: &mut Vec<Note>,
) -> Vec<(PreparedNumber, Vec<f64>)> {
    let about = |key| Note::new(key).with("column", Argument::Columns(vec![column.name.clone()]));
    let sorted = present_sorted(column.values.iter().copied());
    let n_missing = column.values.len() - sorted.len();
    let transform = match (scale, column.shape) {
        (Scale::None, _) | (_, Shape::Even) => Transform::AsIs,
        _ if sorted.first().is_some_and(|&least| least < 0.0) => Transform::SignedLog1p,
        _ => Transform::Log1p,
    };
    let mut values = column.values.clone();
    if scale == Scale::Standard {
        let n_capped = cap(&mut values, &sorted);
        if n_capped > 0 {
            notes.push(about("analysis-note-capped").with("rows", Argument::Count(n_capped)));
        }
    }
    let median = quantile(&sorted, 0.5);
    let filled = values.iter().map(|value| transform.apply(if value.is_nan() { median } else { *value }));
    let mut made = Vec::new();
    match standardise(filled.collect(), &column.name, transform, scale) {
        Some(ready) => made.push(ready),
        None => notes.push(about("analysis-note-constant")),
    }
    if n_missing > 0 && n_missing < values.len() {
        notes.push(about("analysis-note-missing").with("rows", Argument::Count(n_missing)));
        // Not standardised: a few missing values would lie so far from the rest that they became a group of their
        // own, and the group would say nothing about the cases.
        let missing = column.values.iter().map(|&value| Transform::IsMissing.apply(value)).collect();
        made.extend(standardise(missing, &column.name, Transform::IsMissing, Scale::None));
    }
    made
}

/// Brings values beyond the 99.9 % point (and, below zero, the 0.1 % point) back to it; returns how many.
fn cap(values: &mut [f64], sorted: &[f64]) -> usize {
    let Some(last) = sorted.len().checked_sub(1) else { return 0 };
    let place = ((CAP_AT * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len()) - 1;
    let high = sorted[place];
    let low = if sorted[0] < 0.0 { sorted[last - place] } else { f64::NEG_INFINITY };
    let mut n_capped = 0;
    for value in values.iter_mut().filter(|value| **value > high || **value < low) {
        *value = value.clamp(low, high);
        n_capped += 1;
    }
    n_capped
}

fn standardise(
    mut values: Vec<f64>,
    name: &str,
    transform: Transform,
    scale: Scale,
) -> Option<(PreparedNumber, Vec<f64>)> {
    let n = values.len() as f64;
    let average = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - average).powi(2)).sum::<f64>() / n;
    // Equal values can differ from their computed mean in the last bit: constant means that none differs.
    let varies = variance > 0.0 && values.iter().any(|value| *value != values[0]);
    if !varies {
        return None;
    }
    let (mean, deviation) = match scale {
        Scale::Standard => (average, variance.sqrt()),
        Scale::None => (0.0, 1.0),
    };
    values.iter_mut().for_each(|value| *value = (*value - mean) / deviation);
    Some((PreparedNumber { name: name.to_owned(), transform, mean, deviation }, values))
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let mut sums = [0.0; 3];
    for (x, y) in a.iter().zip(b) {
        sums[0] += (x - mean_a) * (y - mean_b);
        sums[1] += (x - mean_a).powi(2);
        sums[2] += (y - mean_b).powi(2);
    }
    sums[0] / (sums[1] * sums[2]).sqrt()
}
