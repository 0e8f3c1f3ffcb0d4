//! Which k: the largest one that bootstrap samples find again, checked with the gap statistic.

use super::agreement::adjusted_rand_index;
use super::matrix::{Fitted, Matrix};
use super::sample::Sample;
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
    /// The largest k with a stability of at least 0.9, and at most 0.05 below the best, whose gap is above that of every
    /// smaller k by more than its standard error. Without such a k that of the gap or the largest one, if stable, without a
    /// stable one the most stable.
    pub k: usize,
    /// The k of the gap statistic: the smallest whose gap is surpassed neither by that of the next k by more than its
    /// standard error, nor by that of a later one, as stable as k must be, by more than twice its own and ln 2. Tibshirani,
    /// Walther and Hastie look at the next alone, and so stop before a dip: three groups in a row lie badly in two.
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

/// More groups must be found again nearly as well as the most stable ones: by so much less at most.
const STABILITY_MARGIN: f64 = 0.05;

/// A gap further on is looked at besides the next, and among many one is large by chance: it must be larger by so many of its
/// standard errors.
const LATER_ERRORS: f64 = 2.0;

/// And by so much: rows that are merely skewed lie unlike an even box at any k, but not twice as close as in it.
const LATER_GAIN: f64 = std::f64::consts::LN_2;

/// What a cost of zero counts as in the gap, relative to the cost of one cluster.
const LEAST_COST: f64 = 1e-12;

impl Default for ChoiceLimits {
    fn default() -> Self {
        Self { most_clusters: 12, most_rows: 3000, n_bootstraps: 20, n_references: 10, n_runs: 5 }
    }
}

/// Looks at k = 1 to the largest and recommends one. Rows of weight 0 have no say.
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
    let looked = Sample::new(matrix, weights, limits.most_rows, seed);
    let (sample, weights) = (&looked.matrix, looked.weights.as_deref());
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
    let ks: Vec<usize> = (1..=fits.len()).collect();
    let gaps = gaps(sample, weights, &ks, &fits, limits, seed, watch)?;
    let mut rows = Vec::new();
    for (at, (fitted, (gap, gap_error))) in fits.iter().zip(gaps).enumerate() {
        let k = at + 1;
        let silhouettes = sample.silhouettes(&fitted.labels);
        let mean = silhouettes.iter().sum::<f64>() / silhouettes.len() as f64;
        watch.step(Stage::Stability, at, fits.len())?;
        let stability =
            if k == 1 { None } else { Some(mean_agreement(sample, weights, fitted, limits, seed, watch)?) };
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

/// How well bootstrap samples find given groups again.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// Mean adjusted Rand index of the samples' groups with the given ones.
    pub agreement: f64,
    /// For each group, the mean Jaccard overlap with the sample's group that is most like it (Hennig 2007): above
    /// 0.75 the group is there, below 0.6 it is not to be trusted.
    pub overlaps: Vec<f64>,
}

/// How well bootstrap samples find these groups again: `labels` has a group, from 0, for each row. Those of weight 0 are
/// passed over.
///
/// # Errors
/// What the engine refuses, or a stop.
pub fn stability(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    labels: &[usize],
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<Stability, ClusterError> {
    let looked = Sample::new(matrix, weights, limits.most_rows, seed);
    let labels = looked.of(labels);
    let k = labels.iter().max().map_or(1, |largest| largest + 1);
    let (mut agreement, mut overlaps, mut n) = (0.0, vec![0.0; k], 0_usize);
    let mut each = |again: &[usize]| {
        agreement += adjusted_rand_index(&labels, again);
        overlaps.iter_mut().zip(best_overlaps(&labels, again, k)).for_each(|(sum, overlap)| *sum += overlap);
        n += 1;
    };
    bootstraps(&looked.matrix, looked.weights.as_deref(), k, limits, seed, watch, &mut each)?;
    let n = n.max(1) as f64;
    Ok(Stability { agreement: agreement / n, overlaps: overlaps.into_iter().map(|sum| sum / n).collect() })
}

/// For each of the k groups of `labels`, the largest Jaccard overlap with a group of `again`.
fn best_overlaps(labels: &[usize], again: &[usize], k: usize) -> Vec<f64> {
    let n_again = again.iter().max().map_or(0, |largest| largest + 1);
    let mut both = vec![0_usize; k * n_again];
    let (mut own, mut other) = (vec![0_usize; k], vec![0_usize; n_again]);
    for (&label, &found) in labels.iter().zip(again) {
        both[label * n_again + found] += 1;
        own[label] += 1;
        other[found] += 1;
    }
    let overlap = |label: usize, found: usize| {
        let common = both[label * n_again + found];
        common as f64 / (own[label] + other[found] - common).max(1) as f64
    };
    (0..k).map(|label| (0..n_again).map(|found| overlap(label, found)).fold(0.0, f64::max)).collect()
}

/// Whether the gap statistic prefers one group both to two and to k, by the rule of [`KChoice::gap_k`].
///
/// # Errors
/// What the engine refuses, or a stop.
pub fn gap_prefers_one(
    matrix: &Matrix,
    weights: Option<&[f32]>,
    k: usize,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<bool, ClusterError> {
    let looked = Sample::new(matrix, weights, limits.most_rows, seed);
    let (sample, weights) = (&looked.matrix, looked.weights.as_deref());
    let mut ks = vec![1, 2, k];
    ks.dedup();
    let mut fits = Vec::new();
    for &k in &ks {
        fits.push(sample.fit(k, weights, seed, limits.n_runs, watch.quiet())?);
    }
    let gaps = gaps(sample, weights, &ks, &fits, limits, seed, watch)?;
    let margin = |at: usize, error: f64| if at == 0 { error } else { (LATER_ERRORS * error).max(LATER_GAIN) };
    Ok(gaps[1..].iter().enumerate().all(|(at, (gap, error))| gaps[0].0 >= gap - margin(at, *error)))
}

fn decide(rows: Vec<KRow>, n_rows: usize) -> KChoice {
    let stability = |row: &KRow| row.stability.unwrap_or(f64::NEG_INFINITY);
    let is_stable = |row: &KRow| stability(row) >= STABLE;
    let most_stable = rows.iter().rev().max_by(|a, b| stability(a).total_cmp(&stability(b)));
    let best = most_stable.map_or(STABLE, stability);
    // Long groups are nearer to their centres when each is cut in two, which raises the gap, but such cuts are found again
    // less surely than the groups.
    let is_sound = |row: &KRow| is_stable(row) && stability(row) >= best - STABILITY_MARGIN;
    let is_above = |later: &KRow, row: &KRow| later.gap - later.gap_error > row.gap;
    let is_surpassed = |at: usize| {
        let row = &rows[at];
        let is_far_above =
            |later: &KRow| later.gap - (LATER_ERRORS * later.gap_error).max(LATER_GAIN) > row.gap;
        rows.get(at + 1).is_some_and(|next| is_above(next, row))
            || rows.iter().skip(at + 2).any(|later| is_sound(later) && is_far_above(later))
    };
    let by_gap = (0..rows.len()).find(|&at| !is_surpassed(at)).map(|at| &rows[at]);
    let gap_k = by_gap.map_or(1, |row| row.k);
    let stable = rows.iter().rfind(|row| is_stable(row));
    // A blob cut in two among sound ones hardly lowers the agreement: more groups must also raise the gap. That of fewer
    // may have dipped, so all of them are looked at.
    let confirmed = rows
        .iter()
        .enumerate()
        .rfind(|(at, row)| *at > 0 && is_sound(row) && rows[..*at].iter().all(|fewer| is_above(row, fewer)))
        .map(|(_, row)| row);
    let verdict = match stable {
        None => Verdict::NothingStable,
        Some(_) if gap_k == 1 => Verdict::GapPrefersOne,
        Some(_) => Verdict::Groups,
    };
    let by_gap = by_gap.filter(|row| is_stable(row));
    let k = confirmed.or(by_gap).or(stable).or(most_stable).map_or(1, |row| row.k);
    KChoice { k, gap_k, verdict, rows, n_rows }
}

/// (gap, error) for each fit; `ks` says how many groups each has, 1 first.
fn gaps(
    sample: &Matrix,
    weights: Option<&[f32]>,
    ks: &[usize],
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
        for (&k, logs) in ks.iter().zip(&mut logs) {
            let cost = reference.fit(k, weights, seed, limits.n_runs, watch.quiet())?.cost;
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

/// The mean agreement of bootstrap samples with a fit.
fn mean_agreement(
    sample: &Matrix,
    weights: Option<&[f32]>,
    fitted: &Fitted,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
) -> Result<f64, ClusterError> {
    let mut sum = 0.0;
    let mut each = |again: &[usize]| sum += adjusted_rand_index(&fitted.labels, again);
    bootstraps(sample, weights, fitted.n_clusters, limits, seed, watch, &mut each)?;
    Ok(sum / limits.n_bootstraps as f64)
}

/// Gives the labels of each bootstrap sample's groups to `each`. A bootstrap sample is a set of weights: how often each
/// row was drawn. Rows not drawn still get labels, so all rows are compared.
fn bootstraps(
    sample: &Matrix,
    weights: Option<&[f32]>,
    k: usize,
    limits: ChoiceLimits,
    seed: u64,
    watch: Watch<'_>,
    each: &mut dyn FnMut(&[usize]),
) -> Result<(), ClusterError> {
    let n_rows = sample.n_rows();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed ^ 0x626f_6f74);
    for _ in 0..limits.n_bootstraps {
        watch.check()?;
        let mut drawn = vec![0.0_f32; n_rows];
        for _ in 0..n_rows {
            drawn[random.gen_range(0..n_rows)] += 1.0;
        }
        if let Some(weights) = weights {
            drawn.iter_mut().zip(weights).for_each(|(drawn, weight)| *drawn *= weight);
        }
        let again = sample.fit(k, Some(&drawn), random.r#gen(), limits.n_runs, watch.quiet())?;
        each(&again.labels);
    }
    Ok(())
}
