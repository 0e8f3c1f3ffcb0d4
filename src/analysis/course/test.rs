//! The end of every K-sample test: scores and their covariance become χ² and p.

use crate::analysis::rates::special::gamma_upper;

/// A test of whether groups differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// χ².
    pub statistic: f64,
    /// Degrees of freedom: groups less one.
    pub degrees: usize,
    /// The probability of differences as large or larger when there are none.
    pub p: f64,
}

/// χ² = s′V⁻¹s; nothing when the covariance cannot be inverted, as when nothing ended.
pub fn chi_square(scores: &[f64], covariance: &[Vec<f64>]) -> Option<Test> {
    let degrees = scores.len();
    if degrees == 0 {
        return None;
    }
    let largest = (0..degrees).map(|idx| covariance[idx][idx]).fold(0.0, f64::max);
    let mut rows: Vec<Vec<f64>> = covariance
        .iter()
        .zip(scores)
        .map(|(row, score)| row.iter().copied().chain([*score]).collect())
        .collect();
    // A symmetric matrix of a covariance: elimination needs no exchange of rows while the pivots stay above zero.
    for pivot in 0..degrees {
        if !rows[pivot][pivot].is_finite() || rows[pivot][pivot] <= largest * 1e-12 {
            return None;
        }
        let (above, below) = rows.split_at_mut(pivot + 1);
        let top = &above[pivot];
        for row in below {
            let factor = row[pivot] / top[pivot];
            for (value, over) in row[pivot..].iter_mut().zip(&top[pivot..]) {
                *value -= factor * over;
            }
        }
    }
    // With V = LDL′ and Lu = s, the statistic is Σ uᵢ² / dᵢ.
    let statistic =
        (0..degrees).map(|idx| rows[idx][degrees] * rows[idx][degrees] / rows[idx][idx]).sum::<f64>();
    Some(Test { statistic, degrees, p: gamma_upper(degrees as f64 / 2.0, statistic / 2.0) })
}
