//! The rows that checks look at: those that count, and of these at most so many.
//!
//! A row of weight 0 moves no centre, so it says nothing about whether the groups are there.

use super::matrix::Matrix;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Some rows of a matrix with their weights.
pub(super) struct Sample {
    pub(super) matrix: Matrix,
    pub(super) weights: Option<Vec<f32>>,
    /// Their places in the whole; none when all are looked at.
    rows: Option<Vec<usize>>,
}

impl Sample {
    /// The rows with weight; when there are more than `most_rows`, so many drawn without repetition, in their order.
    pub(super) fn new(matrix: &Matrix, weights: Option<&[f32]>, most_rows: usize, seed: u64) -> Self {
        let counting = counting_rows(weights);
        let n_counting = counting.as_ref().map_or(matrix.n_rows(), Vec::len);
        let rows = if n_counting <= most_rows {
            counting
        } else {
            let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
            let mut drawn = rand::seq::index::sample(&mut random, n_counting, most_rows).into_vec();
            drawn.sort_unstable();
            Some(match counting {
                Some(counting) => drawn.into_iter().map(|at| counting[at]).collect(),
                None => drawn,
            })
        };
        match rows {
            None => Self { matrix: matrix.clone(), weights: weights.map(<[f32]>::to_vec), rows },
            Some(rows) => Self {
                matrix: matrix.select(&rows),
                weights: weights.map(|weights| rows.iter().map(|&row| weights[row]).collect()),
                rows: Some(rows),
            },
        }
    }

    /// Of values of all rows those of the sample.
    pub(super) fn of<T: Copy>(&self, values: &[T]) -> Vec<T> {
        match &self.rows {
            None => values.to_vec(),
            Some(rows) => rows.iter().map(|&row| values[row]).collect(),
        }
    }
}

/// The rows with weight; none when all have.
pub(crate) fn counting_rows(weights: Option<&[f32]>) -> Option<Vec<usize>> {
    let weights = weights.filter(|weights| weights.contains(&0.0))?;
    Some((0..weights.len()).filter(|&row| weights[row] > 0.0).collect())
}
