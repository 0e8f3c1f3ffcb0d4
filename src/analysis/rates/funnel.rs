//! What chance alone would do: exact Poisson limits around the rate of all, and how much more spread there is.

use super::special::poisson_at_most;

/// Limits of a count or rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelLimits {
    /// Below this is unusually low.
    pub low: f64,
    /// Above this is unusually high.
    pub high: f64,
}

/// Limits of the count that a mean would pass by chance with the probability 1 − `level` (0.95, 0.998).
///
/// Exact Poisson limits, interpolated between counts, widened around the mean by √φ when the companies vary
/// more than chance.
pub fn funnel_limits(mean: f64, level: f64, phi: f64) -> FunnelLimits {
    let widen = phi.max(1.0).sqrt();
    let tail = (1.0 - level) / 2.0;
    let away = |probability| (poisson_point(mean, probability) - mean) * widen + mean;
    FunnelLimits { low: away(tail).max(0.0), high: away(1.0 - tail) }
}

/// φ: Pearson's chi-square per degree of freedom around one rate for all. The most extreme tenth of the
/// residuals on each side is pulled in, so that the companies looked for do not widen their own limits. Never
/// below 1.
pub fn overdispersion(data: &[(u64, f64)], rate: f64) -> f64 {
    let mut residuals: Vec<f64> = data
        .iter()
        .filter(|&&(_, exposure)| exposure * rate > 0.0)
        .map(|&(count, exposure)| (count as f64 - exposure * rate) / (exposure * rate).sqrt())
        .collect();
    if residuals.len() < 2 {
        return 1.0;
    }
    residuals.sort_by(f64::total_cmp);
    let tenth = residuals.len() / 10;
    let (low, high) = (residuals[tenth], residuals[residuals.len() - 1 - tenth]);
    let sum: f64 = residuals.iter().map(|residual| residual.clamp(low, high).powi(2)).sum();
    (sum / (residuals.len() - 1) as f64).max(1.0)
}

/// The count that a Poisson variable stays below with this probability, between whole counts by the share of
/// the last one that is needed.
fn poisson_point(mean: f64, probability: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0_u64, 1_u64);
    while poisson_at_most(high, mean) < probability {
        low = high;
        high *= 2;
    }
    if poisson_at_most(low, mean) >= probability {
        high = low;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if poisson_at_most(middle, mean) >= probability {
            high = middle;
        } else {
            low = middle;
        }
    }
    let reached = poisson_at_most(high, mean);
    let before = if high == 0 { 0.0 } else { poisson_at_most(high - 1, mean) };
    high as f64 - (reached - probability) / (reached - before)
}
