//! Greedy k-means++: each new centre is the best of a few rows drawn by their squared distance.

use super::kernel::{CentreBlocks, Rows, add};
use crate::analysis::chunks::{draw_by_mass, map_chunks};
use rand::Rng;

/// At most as many trials as the kernel compares at once; `2 + ln k` passes it only beyond k = 403.
const MOST_TRIALS: usize = 8;

/// Up to `n_clusters` centres, row after row: fewer when the data has fewer different rows.
pub(super) fn greedy_plus_plus(rows: Rows<'_>, n_clusters: usize, random: &mut impl Rng) -> Vec<f64> {
    let mut masses: Vec<f64> = (0..rows.len()).map(|row| rows.weight(row)).collect();
    let first = draw_by_mass(&masses, random.gen_range(0.0..1.0)).expect("some row has weight");
    let mut centres = rows.row(first).to_vec();
    let mut near = vec![f64::INFINITY; rows.len()];
    come_near(rows, rows.row(first), &mut near);
    for _ in 1..n_clusters {
        for (row, mass) in masses.iter_mut().enumerate() {
            *mass = rows.weight(row) * near[row];
        }
        let trials: Vec<usize> = (0..n_trials(n_clusters))
            .filter_map(|_| draw_by_mass(&masses, random.gen_range(0.0..1.0)))
            .collect();
        let Some(best) = best_trial(rows, &trials, &mut near) else { break };
        centres.extend_from_slice(rows.row(best));
        come_near(rows, rows.row(best), &mut near);
    }
    centres
}

/// How many rows compete for each centre.
pub(crate) fn n_trials(n_clusters: usize) -> usize {
    let mut n = 2;
    let mut power = std::f64::consts::E;
    while power <= n_clusters as f64 && n < MOST_TRIALS {
        n += 1;
        power *= std::f64::consts::E;
    }
    n
}

/// The trial that would leave the lowest cost; the first among equals.
fn best_trial(rows: Rows<'_>, trials: &[usize], near: &mut [f64]) -> Option<usize> {
    let centres: Vec<f64> = trials.iter().flat_map(|&row| rows.row(row)).copied().collect();
    if centres.is_empty() {
        return None;
    }
    let blocks = CentreBlocks::new(&centres, rows.n_columns);
    let parts = map_chunks(near, rows.n_threads, |first, near| {
        let mut costs = [0.0; MOST_TRIALS];
        for (at, &near) in near.iter().enumerate() {
            let weight = rows.weight(first + at);
            for (cost, distance) in costs.iter_mut().zip(blocks.first_block(rows.row(first + at))) {
                *cost += weight * near.min(distance);
            }
        }
        costs
    });
    let mut costs = [0.0; MOST_TRIALS];
    for part in parts {
        add(&mut costs, &part);
    }
    let best = (0..trials.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]))?;
    Some(trials[best])
}

/// Lowers each row's distance to that from the new centre, where this is nearer.
fn come_near(rows: Rows<'_>, centre: &[f64], near: &mut [f64]) {
    let blocks = CentreBlocks::new(centre, rows.n_columns);
    map_chunks(near, rows.n_threads, |first, near| {
        for (at, near) in near.iter_mut().enumerate() {
            *near = near.min(blocks.first_block(rows.row(first + at))[0]);
        }
    });
}
