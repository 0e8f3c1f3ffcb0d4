//! Shares of small groups: Wilson's interval, and shrinkage towards the share of all.

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The share as counted.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The bounds; none where both ends are the share itself: while nothing has ended, or everything, the formulas say
    /// nothing, and no case in ten seen is no proof that there is none.
    pub fn bounds(&self) -> Option<(f64, f64)> {
        (self.low < self.high).then_some((self.low, self.high))
    }
}

/// The two-sided 95 % point of the normal distribution.
pub(crate) const NORMAL_95: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share; `None` without cases.
pub fn wilson(n_hits: u64, n_cases: u64) -> Option<Interval> {
    if n_cases == 0 {
        return None;
    }
    let n = n_cases as f64;
    let share = n_hits as f64 / n;
    let square = NORMAL_95 * NORMAL_95;
    let centre = (share + square / (2.0 * n)) / (1.0 + square / n);
    let half = NORMAL_95 / (1.0 + square / n) * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    Some(Interval { share, low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

/// Shares of (hits, cases) shrunk by the beta-binomial model, its spread estimated from moments (Kleinman 1973).
///
/// Groups without cases get the share of all; NaN when there are no cases at all.
pub fn shrunk_shares(groups: &[(u64, u64)]) -> Vec<f64> {
    let hits: f64 = groups.iter().map(|&(hits, _)| hits as f64).sum();
    let cases: f64 = groups.iter().map(|&(_, cases)| cases as f64).sum();
    let all = hits / cases;
    let used: Vec<(f64, f64)> = groups
        .iter()
        .filter(|&&(_, cases)| cases > 0)
        .map(|&(hits, cases)| (hits as f64 / cases as f64, cases as f64))
        .collect();
    let chance = all * (1.0 - all);
    let spread: f64 = used.iter().map(|(share, n)| n * (share - all).powi(2)).sum();
    let within: f64 = used.iter().map(|(_, n)| 1.0 - n / cases).sum();
    let between: f64 = used.iter().map(|(_, n)| n * (1.0 - n / cases)).sum::<f64>() - within;
    let correlation = (spread - chance * within) / (chance * between);
    // Not above zero (or 0/0 with one group or one outcome): the groups show no difference beyond chance.
    let weight_of_all = if correlation > 0.0 { (1.0 / correlation.min(1.0)) - 1.0 } else { f64::INFINITY };
    let shrink = |&(hits, cases): &(u64, u64)| {
        if weight_of_all.is_infinite() || cases == 0 {
            all
        } else {
            (hits as f64 + weight_of_all * all) / (cases as f64 + weight_of_all)
        }
    };
    groups.iter().map(shrink).collect()
}
