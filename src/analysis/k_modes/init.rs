//! Starts of k-modes: Cao's, without chance, and greedy draws by distance.

use super::kernel::{ModeBlocks, Rows};
use super::lot::Lot;
use crate::analysis::chunks::{add, map_chunks};
use crate::analysis::k_means::n_trials;
use rand::Rng;

/// As many as the kernel compares at once.
const MOST_TRIALS: usize = 8;

/// Cao, Liang and Bai (2009): first the row whose values are most frequent, then each time the row for which
/// density × distance to the nearest chosen row is largest. The lowest row among equals; fewer modes than
/// asked when the data has fewer different rows.
pub(super) fn cao(rows: Rows<'_>, n_clusters: usize) -> Vec<u8> {
    let density = densities(rows);
    let weighed = (0..rows.len()).map(|row| if rows.weight(row) > 0.0 { density[row] } else { 0.0 });
    let first = first_largest(weighed).expect("some row has weight");
    let mut modes = rows.row(first).to_vec();
    let mut near = vec![u32::MAX; rows.len()];
    come_near(rows, rows.row(first), &mut near);
    for _ in 1..n_clusters {
        let worth = (0..rows.len())
            .map(|row| if rows.weight(row) > 0.0 { density[row] * f64::from(near[row]) } else { 0.0 });
        let Some(next) = first_largest(worth) else { break };
        modes.extend_from_slice(rows.row(next));
        come_near(rows, rows.row(next), &mut near);
    }
    modes
}

/// Each new mode is the best of a few rows drawn by their distance to the nearest one.
pub(super) fn greedy_draws(lot: Lot<'_>, n_clusters: usize, random: &mut impl Rng) -> Vec<u8> {
    let rows = lot.rows;
    let first = lot.first(random);
    let mut masses = Vec::new();
    let mut modes = rows.row(first).to_vec();
    let mut near = vec![u32::MAX; rows.len()];
    come_near(rows, rows.row(first), &mut near);
    for _ in 1..n_clusters {
        let trials = lot.some(&near, n_trials(n_clusters).min(MOST_TRIALS), &mut masses, random);
        let Some(best) = best_trial(rows, &trials, &mut near) else { break };
        modes.extend_from_slice(rows.row(best));
        come_near(rows, rows.row(best), &mut near);
    }
    modes
}

/// Mean share, over the columns, of the rows that have the row's value.
fn densities(rows: Rows<'_>) -> Vec<f64> {
    let mut counts = vec![0.0; rows.n_places()];
    let mut total = 0.0;
    for row in 0..rows.len() {
        total += rows.weight(row);
        for (column, &code) in rows.row(row).iter().enumerate() {
            counts[rows.place(column, code)] += rows.weight(row);
        }
    }
    let mut densities = vec![0.0; rows.len()];
    map_chunks(&mut densities, rows.n_threads, |first, densities| {
        for (at, density) in densities.iter_mut().enumerate() {
            let row = rows.row(first + at).iter().enumerate();
            let sum: f64 = row.map(|(column, &code)| counts[rows.place(column, code)]).sum();
            *density = sum / (total * rows.n_columns as f64);
        }
    });
    densities
}

/// The first place of the largest value above zero.
fn first_largest(values: impl Iterator<Item = f64>) -> Option<usize> {
    let mut best = None;
    let mut largest = 0.0;
    for (at, value) in values.enumerate() {
        if value > largest {
            largest = value;
            best = Some(at);
        }
    }
    best
}

/// The trial that would leave the lowest cost; the first among equals.
fn best_trial(rows: Rows<'_>, trials: &[usize], near: &mut [u32]) -> Option<usize> {
    if trials.is_empty() {
        return None;
    }
    let modes: Vec<u8> = trials.iter().flat_map(|&row| rows.row(row)).copied().collect();
    let blocks = ModeBlocks::new(&modes, rows.n_columns);
    let parts = map_chunks(near, rows.n_threads, |first, near| {
        let mut costs = [0.0; MOST_TRIALS];
        for (at, &near) in near.iter().enumerate() {
            let weight = rows.weight(first + at);
            for (cost, distance) in costs.iter_mut().zip(blocks.first_block(rows.row(first + at))) {
                *cost += weight * f64::from(near.min(distance));
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

/// Lowers each row's distance to that from the new mode, where this is nearer.
fn come_near(rows: Rows<'_>, mode: &[u8], near: &mut [u32]) {
    let blocks = ModeBlocks::new(mode, rows.n_columns);
    map_chunks(near, rows.n_threads, |first, near| {
        for (at, near) in near.iter_mut().enumerate() {
            *near = (*near).min(blocks.first_block(rows.row(first + at))[0]);
        }
    });
}
