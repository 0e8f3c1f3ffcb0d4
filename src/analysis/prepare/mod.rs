//! From a table's features to what the engines read: a matrix of numbers or a matrix of codes.
//!
//! Whatever is capped, dropped or joined is said in a note.

mod codes;
mod numbers;

pub use codes::{Coding, Label, PreparedCategory, PreparedCodes, prepare_categories, prepare_codes};
pub use numbers::{PreparedNumber, PreparedNumbers, Scale, Transform, prepare_numbers, prepare_only_numbers};

/// The p-quantile of sorted values, by linear interpolation between them; NaN without values.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = p * last as f64;
    let below = sorted[place.floor() as usize];
    let above = sorted[(place.ceil() as usize).min(last)];
    below + (above - below) * (place - place.floor())
}

/// The values that are there, sorted.
pub(crate) fn present_sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut present: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    present.sort_by(f64::total_cmp);
    present
}
