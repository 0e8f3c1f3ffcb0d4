//! Rows as points of a plane: a seeded sample of at most so many, by their first two principal components (Pearson 1901)
//! or by two of their numbers. A picture, not a measure: how well groups lie apart is the silhouette's to say.

use rand::SeedableRng;
use rand::seq::index::sample;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::table::{MISSING, Role, Shape, Table};

/// Steps of the power iteration at most.
const MOST_STEPS: usize = 300;
/// A direction that turns by less than this has been found.
const STILL: f64 = 1e-12;
/// Labels of a category that become directions of their own at most.
const MOST_LABELS: usize = 50;

/// Sampled rows with their groups and places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// Ids of the rows.
    pub ids: Vec<String>,
    /// Group of each row, from 1.
    pub labels: Vec<usize>,
    /// Place of each row along the first two components.
    pub places: Vec<[f64; 2]>,
    /// The share of the sample's variance along each.
    pub explained: [f64; 2],
    /// Numbers that entered: name, and a value for each row (NaN where it is missing).
    pub numbers: Vec<(String, Vec<f64>)>,
    /// Rows it was drawn from.
    pub n_rows: usize,
}

/// Draws at most `most` rows with the seed and finds their places. Numbers enter logged where they are skewed, and with
/// deviation 1; each value of a category is a direction, so that distance counts the values that differ.
pub fn scatter(table: &Table, labels: &[usize], most: usize, seed: u64) -> Scatter {
    let n_rows = table.n_rows().min(labels.len());
    let rows: Vec<usize> = if n_rows <= most {
        (0..n_rows).collect()
    } else {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut rows = sample(&mut random, n_rows, most).into_vec();
        rows.sort_unstable();
        rows
    };
    let columns = columns(table, &rows);
    let total: f64 = columns.iter().flatten().map(|value| value * value).sum();
    let first = direction(&columns, rows.len(), None);
    let second = direction(&columns, rows.len(), Some(&first));
    let along = |direction: &[f64]| along(&columns, direction, rows.len());
    let (across, up) = (along(&first), along(&second));
    let share = |places: &[f64]| {
        let own: f64 = places.iter().map(|place| place * place).sum();
        if total > 0.0 { own / total } else { 0.0 }
    };
    let explained = [share(&across), share(&up)];
    let entered = table.numbers().iter().filter(|column| column.role == Role::Feature);
    Scatter {
        ids: rows.iter().map(|row| table.ids()[*row].clone()).collect(),
        labels: rows.iter().map(|row| labels[*row]).collect(),
        places: across.into_iter().zip(up).map(|(x, y)| [x, y]).collect(),
        explained,
        numbers: entered
            .map(|column| (column.name.clone(), rows.iter().map(|row| column.values[*row]).collect()))
            .collect(),
        n_rows,
    }
}

/// The columns that span the space, each with mean 0.
fn columns(table: &Table, rows: &[usize]) -> Vec<Vec<f64>> {
    let mut columns = Vec::new();
    for column in table.numbers().iter().filter(|column| column.role == Role::Feature) {
        let value = |row: &usize| match column.shape {
            Shape::Even => column.values[*row],
            Shape::Skewed => column.values[*row].abs().ln_1p().copysign(column.values[*row]),
        };
        let mut values = centred(rows.iter().map(value).collect());
        let deviation = (values.iter().map(|value| value * value).sum::<f64>() / rows.len() as f64).sqrt();
        if deviation > 0.0 {
            values.iter_mut().for_each(|value| *value /= deviation);
            columns.push(values);
        }
    }
    for column in table.categories().iter().filter(|column| column.role == Role::Feature) {
        // Codes are numbered by name: the frequent ones are told by counting.
        let mut counts = vec![0_usize; column.labels.len() + 1];
        let place = |row: usize| match column.codes[row] {
            MISSING => column.labels.len(),
            code => code as usize,
        };
        rows.iter().for_each(|row| counts[place(*row)] += 1);
        let mut frequent: Vec<usize> = (0..counts.len()).filter(|label| counts[*label] > 0).collect();
        frequent.sort_by_key(|label| (std::cmp::Reverse(counts[*label]), *label));
        frequent.truncate(MOST_LABELS);
        for label in frequent {
            let is = |row: &usize| if place(*row) == label { 1.0 } else { 0.0 };
            columns.push(centred(rows.iter().map(is).collect()));
        }
    }
    columns
}

/// Less the mean; what is missing stands in the middle.
fn centred(mut values: Vec<f64>) -> Vec<f64> {
    let known = values.iter().filter(|value| value.is_finite());
    let (sum, n) = known.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    let mean = if n > 0.0 { sum / n } else { 0.0 };
    values.iter_mut().for_each(|value| *value = if value.is_finite() { *value - mean } else { 0.0 });
    values
}

/// The direction of largest variance at right angles to `other`, by power iteration; its largest part is positive.
fn direction(columns: &[Vec<f64>], n_rows: usize, other: Option<&[f64]>) -> Vec<f64> {
    // Any start that no symmetry of the data shares will do, the same each time.
    let mut now: Vec<f64> = (0..columns.len()).map(|idx| 1.0 / (idx as f64 + 1.618)).collect();
    orthonormal(&mut now, other, 0.0);
    // What is left beside the other direction may be nothing but rounding.
    let least = 1e-12 * columns.iter().flatten().map(|value| value * value).sum::<f64>();
    for _ in 0..MOST_STEPS {
        let places = along(columns, &now, n_rows);
        let mut next: Vec<f64> =
            columns.iter().map(|column| column.iter().zip(&places).map(|(a, b)| a * b).sum()).collect();
        orthonormal(&mut next, other, least);
        let turned: f64 = next.iter().zip(&now).map(|(a, b)| (a - b) * (a - b)).sum();
        now = next;
        if turned < STILL * STILL {
            break;
        }
    }
    let largest = now
        .iter()
        .copied()
        .fold(0.0, |largest: f64, part| if part.abs() > largest.abs() { part } else { largest });
    if largest < 0.0 {
        now.iter_mut().for_each(|part| *part = -*part);
    }
    now
}

fn along(columns: &[Vec<f64>], direction: &[f64], n_rows: usize) -> Vec<f64> {
    let mut places = vec![0.0; n_rows];
    for (column, part) in columns.iter().zip(direction) {
        for (place, value) in places.iter_mut().zip(column) {
            *place += part * value;
        }
    }
    places
}

/// At right angles to `other` and of length 1; nothing when it was not longer than `least` or all of it lay along `other`.
fn orthonormal(direction: &mut [f64], other: Option<&[f64]>, least: f64) {
    let length = |direction: &[f64]| direction.iter().map(|part| part * part).sum::<f64>().sqrt();
    let before = length(direction);
    if let Some(other) = other {
        let common: f64 = direction.iter().zip(other).map(|(a, b)| a * b).sum();
        direction.iter_mut().zip(other).for_each(|(part, other)| *part -= common * other);
    }
    let after = length(direction);
    let scale = if before > least && after > before * 1e-9 { 1.0 / after } else { 0.0 };
    direction.iter_mut().for_each(|part| *part *= scale);
}
