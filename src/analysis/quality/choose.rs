//! Which k: the largest one that bootstrap samples find again, checked with the gap statistic.

use super::agreement::adjusted_rand_index;
use super::matrix::{Fitted, Matrix};
use crate::analysis::clustering::ClusterError;
use crate::analysis::watch::{Stage, Watch};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// How much work a choice may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceLimits {
    /// The largest k looked at.
    pub most_clusters: usize,
    /// Rows looked at; more are sampled down to this many.
    pub most_rows: usize,
    /// Bootstrap samples for each k.
    pub n_bootstraps: usize,
    /// Reference sets of the gap.
    pub n_references: usize,
    /// Restarts of each fit.
    pub n_runs: usize,
}

/// What was found for one k.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KRow {
    /// k.
    pub k: usize,
    /// Cost on the rows looked at.
    pub cost: f64,
    /// Mean silhouette; none for k = 1.
    pub silhouette: Option<f64>,
    /// Gap: how far ln cost lies below that of rows without groups.
    pub gap: f64,
    /// Its standard error, with the factor √(1 + 1/B).
    pub gap_error: f64,
    /// Mean adjusted Rand index of bootstrap samples; none for k = 1.
    pub stability: Option<f64>,
}

/// Whether there are groups at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Stable, and the gap does not speak for one group.
    Groups,
    /// The gap prefers k = 1.
    GapPrefersOne,
    /// No k looked at reaches a stability of 0.9.
    NothingStable,
}

/// The recommended k and all it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct KChoice {
    /// The largest k with a stability of at least 0.9 whose gap is above that of k − 1 by more than its standard
    /// error. Without such a k the largest stable one, without a stable one the most stable.
    pub k: usize,
    /// The k of the gap statistic by the rule of one standard error.
    pub gap_k: usize,
    /// Whether there are groups at all.
    pub verdict: Verdict,
    /// All k side by side, from 1.
    pub rows: Vec<KRow>,
    /// Rows looked at.
    pub n_rows: usize,
}

/// Bootstrap samples must find the groups again at least so well.
pub const STABLE: f64 = 0.9;

/// What a cost of zero counts as in the gap, relative to the cost of one cluster.
const LEAST_COST: f64 = 1e-12;

impl Default for ChoiceLimits {
    fn default() -> Self {
        Self { most_clusters: 12, most_rows: 3000, n_bootstraps: 20, n_references: 10, n_runs: 5 }
    }
}

/// Looks at k = 1 to the largest and recommends one.
///
/// # Errors
/// What the engine refuses, or a stop.
pub fn choose_k(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<KChoice, ClusterError> {
    let (sample, weights) = sample(matrix, weights, limits.most_rows, seed);
    let weights = weights.as_deref();
    let mut fits = Vec::new();
    for k in 1..=limits.most_clusters.max(2) {
        watch.step(Stage::Curve, k - 1, limits.most_clusters)?;
        let fitted = sample.fit(k, weights, seed, limits.n_runs, watch.quiet())?;
        // Fewer different rows than clusters: larger k would say nothing more.
        if fitted.n_clusters < k {
            break;
        }
        fits.push(fitted);
    }
    let gaps = gaps(&sample, weights, &fits, limits, seed, watch)?;
    let mut rows = Vec::new();
    for (at, (fitted, (gap, gap_error))) in fits.iter().zip(gaps).enumerate() {
        let k = at + 1;
        let silhouettes = sample.silhouettes(&fitted.labels);
        let mean = silhouettes.iter().sum::<f64>() / silhouettes.len() as f64;
        watch.step(Stage::Stability, at, fits.len())?;
        let stability =
            if k == 1 { None } else { Some(mean_agreement(&sample, weights, fitted, limits, seed, watch)?) };
        rows.push(KRow {
            k,
            cost: fitted.cost,
            silhouette: (k > 1).then_some(mean),
            gap,
            gap_error,
            stability,
        });
    }
    Ok(decide(rows, sample.n_rows()))
}

/// The mean agreement of bootstrap samples with the fit of all rows, for one k.
///
/// # Errors
/// What the engine refuses, or a stop.
pub fn stability(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    k: usize,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<f64, ClusterError> {
    let (sample, weights) = sample(matrix, weights, limits.most_rows, seed);
    let fitted = sample.fit(k, weights.as_deref(), seed, limits.n_runs, watch.quiet())?;
    mean_agreement(&sample, weights.as_deref(), &fitted, limits, seed, watch)
}

/// Whether the gap statistic prefers one group to two, by the rule of one standard error.
///
/// # Errors
/// What the engine refuses, or a stop.
pub fn gap_prefers_one(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<bool, ClusterError> {
    let (sample, weights) = sample(matrix, weights, limits.most_rows, seed);
    let weights = weights.as_deref();
    let mut fits = Vec::new();
    for k in 1..=2 {
        fits.push(sample.fit(k, weights, seed, limits.n_runs, watch.quiet())?);
    }
    let gaps = gaps(&sample, weights, &fits, limits, seed, watch)?;
    Ok(gaps[0].0 >= gaps[1].0 - gaps[1].1)
}

fn decide(rows: Vec<KRow>, n_rows: usize) -> KChoice {
    let gap_k = rows
        .windows(2)
        .find(|pair| pair[0].gap >= pair[1].gap - pair[1].gap_error)
        .map_or(rows.len(), |pair| pair[0].k);
    let stability = |row: &&KRow| row.stability.unwrap_or(f64::NEG_INFINITY);
    let stable = rows.iter().rev().find(|row| stability(row) >= STABLE);
    // A blob cut in two among sound ones hardly lowers the agreement: the step to k must also raise the gap.
    let confirmed = rows
        .windows(2)
        .rev()
        .find(|pair| stability(&&pair[1]) >= STABLE && pair[1].gap - pair[1].gap_error > pair[0].gap)
        .map(|pair| &pair[1]);
    let most_stable = rows.iter().rev().max_by(|a, b| stability(a).total_cmp(&stability(b)));
    let verdict = match stable {
        None => Verdict::NothingStable,
        Some(_) if gap_k == 1 => Verdict::GapPrefersOne,
        Some(_) => Verdict::Groups,
    };
    let k = confirmed.or(stable).or(most_stable).map_or(1, |row| row.k);
    KChoice { k, gap_k, verdict, rows, n_rows }
}

/// Rows drawn without repetition, in their order, with their weights.
fn sample(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    most_rows: usize,
    seed: u64,
) -> (Matrix, Option<Vec<f32>>) {
    let n_rows = matrix.n_rows();
    if n_rows <= most_rows {
        return (matrix.clone(), weights.map(<[f32]>::to_vec));
    }
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut rows = rand::seq::index::sample(&mut random, n_rows, most_rows).into_vec();
    rows.sort_unstable();
    (matrix.select(&rows), weights.map(|weights| rows.iter().map(|&row| weights[row]).collect()))
}

/// (gap, error) for each fit, k = 1 first.
fn gaps(
    sample: &Matrix,
    weights: Option<&[f32]>,
    fits: &[Fitted],
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<Vec<(f64, f64)>, ClusterError> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed ^ 0x6761_7073);
    let mut logs = vec![Vec::new(); fits.len()];
    for at in 0..limits.n_references {
        watch.step(Stage::Gap, at, limits.n_references)?;
        let reference = sample.reference(&mut random);
        let mut one = None;
        for (k, logs) in logs.iter_mut().enumerate() {
            let cost = reference.fit(k + 1, weights, seed, limits.n_runs, watch.quiet())?.cost;
            let one = *one.get_or_insert(cost);
            logs.push(cost.max(one * LEAST_COST).max(f64::MIN_POSITIVE).ln());
        }
    }
    let one = fits.first().map_or(0.0, |fitted| fitted.cost);
    let gap = |(fitted, logs): (&Fitted, Vec<f64>)| {
        let n = logs.len() as f64;
        let mean = logs.iter().sum::<f64>() / n;
        let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / n;
        let own = fitted.cost.max(one * LEAST_COST).max(f64::MIN_POSITIVE).ln();
        (mean - own, (variance * (1.0 + 1.0 / n)).sqrt())
    };
    Ok(fits.iter().zip(logs).map(gap).collect())
}

/// A bootstrap sample is a set of weights: how often each row was drawn. Rows not drawn still get labels, so
/// all rows are compared.
fn mean_agreement(
    sample: &Matrix,
    weights: Option<&[f32]>,
    fitted: &Fitted,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<f64, ClusterError> {
    let n_rows = sample.n_rows();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed ^ 0x626f_6f74);
    let mut sum = 0.0;
    for _ in 0..limits.n_bootstraps {
        watch.check()?;
        let mut drawn = vec![0.0_f32; n_rows];
        for _ in 0..n_rows {
            drawn[random.gen_range(0..n_rows)] += 1.0;
        }
        if let Some(weights) = weights {
            drawn.iter_mut().zip(weights).for_each(|(drawn, weight)| *drawn *= weight);
        }
        if drawn.iter().all(|&weight| weight == 0.0) {
            continue;
        }
        let again =
            sample.fit(fitted.n_clusters, Some(&drawn), random.r#gen(), limits.n_runs, watch.quiet())?;
        sum += adjusted_rand_index(&fitted.labels, &again.labels);
    }
    Ok(sum / limits.n_bootstraps as f64)
}
