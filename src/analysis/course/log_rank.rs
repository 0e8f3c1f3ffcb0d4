//! The log-rank test (Mantel 1966; Peto & Peto 1972): whether treatment ends equally fast in all groups.

use super::risk::{Case, side_by_side};
use super::test::chi_square;
use crate::analysis::rates::Test;

/// Compares the end by any cause between groups `0..n_groups`. Groups without a case count for nothing, and with fewer
/// than two others there is no test.
pub fn log_rank_test(cases: &[Case], n_groups: usize) -> Option<Test> {
    let tables = side_by_side(cases, n_groups, |_| 0, 1);
    let used = tables.len().checked_sub(1)?;
    let mut scores = vec![0.0; used];
    let mut covariance = vec![vec![0.0; used]; used];
    for day in 0..tables[0].steps.len() {
        let at_risk: Vec<f64> = tables.iter().map(|table| table.steps[day].at_risk).collect();
        let all: f64 = at_risk.iter().sum();
        let ended: f64 = tables.iter().map(|table| table.steps[day].ended[0]).sum();
        // Of all that are at risk the ended ones are drawn without putting back: the hypergeometric covariance.
        let spread = if all > 1.0 { ended * (all - ended) / (all - 1.0) } else { 0.0 };
        for one in 0..used {
            let share = at_risk[one] / all;
            scores[one] += tables[one].steps[day].ended[0] - ended * share;
            for other in 0..used {
                let same = if one == other { 1.0 } else { 0.0 };
                covariance[one][other] += spread * share * (same - at_risk[other] / all);
            }
        }
    }
    chi_square(&scores, &covariance)
}
