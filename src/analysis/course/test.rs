//! What K-sample tests of courses have in common: scores and their covariance become χ².

use crate::analysis::rates::Test;

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
    Some(Test::chi_square(statistic, degrees))
}
