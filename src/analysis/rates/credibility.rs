//! Bühlmann and Straub's credibility for averages with weights: how much of a group's own mean to believe.

/// Credibility fitted to groups of weighted observations.
#[derive(Clone, Debug, PartialEq)]
pub struct BuhlmannStraub {
    /// s²: variance within a group, for weight 1.
    pub within: f64,
    /// a: variance between the groups; never negative.
    pub between: f64,
    /// The collective mean, weighted by credibility.
    pub collective: f64,
    /// Z of each group, 0 to 1.
    pub z: Vec<f64>,
    /// Each group's estimate, Z·own + (1 − Z)·collective.
    pub estimates: Vec<f64>,
}

/// Fits to groups of (value, weight); `None` with fewer than two groups or not one repeated observation.
pub fn buhlmann_straub(groups: &[Vec<(f64, f64)>]) -> Option<BuhlmannStraub> {
    let weights: Vec<f64> = groups.iter().map(|group| group.iter().map(|(_, weight)| weight).sum()).collect();
    let total: f64 = weights.iter().sum();
    let n_free: usize = groups.iter().map(|group| group.len().saturating_sub(1)).sum();
    if groups.len() < 2 || n_free == 0 || weights.iter().any(|weight| !(*weight > 0.0 && weight.is_finite()))
    {
        return None;
    }
    let means: Vec<f64> = groups
        .iter()
        .zip(&weights)
        .map(|(group, all)| group.iter().map(|(value, weight)| value * weight).sum::<f64>() / all)
        .collect();
    let squares: f64 = groups
        .iter()
        .zip(&means)
        .flat_map(|(group, mean)| group.iter().map(move |(value, weight)| weight * (value - mean).powi(2)))
        .sum();
    let within = squares / n_free as f64;
    let weighted = |values: &[f64]| means.iter().zip(values).map(|(mean, weight)| mean * weight).sum::<f64>();
    let overall = weighted(&weights) / total;
    let apart: f64 = means.iter().zip(&weights).map(|(mean, weight)| weight * (mean - overall).powi(2)).sum();
    let scale = total - weights.iter().map(|weight| weight * weight).sum::<f64>() / total;
    let between = ((apart - (groups.len() - 1) as f64 * within) / scale).max(0.0);
    let z: Vec<f64> = weights.iter().map(|weight| weight * between / (weight * between + within)).collect();
    let trusted: f64 = z.iter().sum();
    let collective = if trusted > 0.0 { weighted(&z) / trusted } else { overall };
    let estimates = means.iter().zip(&z).map(|(mean, z)| z * mean + (1.0 - z) * collective).collect();
    Some(BuhlmannStraub { within, between, collective, z, estimates })
}
