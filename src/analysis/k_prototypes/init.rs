//! Greedy draws: each new prototype is the best of a few rows drawn by their distance.

use super::kernel::{Blocks, Distance, Prototypes, Rows};
use crate::analysis::chunks::{add, draw_by_mass, map_chunks};
use crate::analysis::k_means::kernel::LANES;
use crate::analysis::k_means::n_trials;
use rand::Rng;

/// Up to `n_clusters` prototypes: fewer when the data has fewer different rows.
pub(super) fn greedy_draws(rows: Rows<'_>, n_clusters: usize, random: &mut impl Rng) -> Prototypes {
    let mut masses: Vec<f64> = (0..rows.len()).map(|row| rows.weight(row)).collect();
    let first = draw_by_mass(&masses, random.gen_range(0.0..1.0)).expect("some row has weight");
    let mut chosen = Prototypes::default();
    chosen.push(rows, first);
    let mut near = vec![f64::INFINITY; rows.len()];
    come_near(rows, first, &mut near);
    for _ in 1..n_clusters {
        for (row, mass) in masses.iter_mut().enumerate() {
            *mass = rows.weight(row) * near[row];
        }
        let trials: Vec<usize> = (0..n_trials(n_clusters).min(LANES))
            .filter_map(|_| draw_by_mass(&masses, random.gen_range(0.0..1.0)))
            .collect();
        let Some(best) = best_trial(rows, &trials, &mut near) else { break };
        chosen.push(rows, best);
        come_near(rows, best, &mut near);
    }
    chosen
}

/// The trial that would leave the lowest cost; the first among equals.
fn best_trial(rows: Rows<'_>, trials: &[usize], near: &mut [f64]) -> Option<usize> {
    let mut points = Prototypes::default();
    trials.iter().for_each(|&row| points.push(rows, row));
    if trials.is_empty() {
        return None;
    }
    let blocks = Blocks::new(rows, &points);
    let parts = map_chunks(near, rows.codes.n_threads, |first, near| {
        let mut costs = [0.0; LANES];
        for (at, &near) in near.iter().enumerate() {
            let row = first + at;
            for distances in blocks.distances(rows.numbers(row), rows.codes.row(row)) {
                let weight = rows.weight(row);
                costs.iter_mut().zip(distances).for_each(|(cost, to)| *cost += weight * near.min(to.whole()));
            }
        }
        costs
    });
    let mut costs = [0.0; LANES];
    parts.iter().for_each(|part| add(&mut costs, part));
    let best = (0..trials.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]))?;
    Some(trials[best])
}

/// Lowers each row's distance to that from a new prototype, where this is nearer.
fn come_near(rows: Rows<'_>, chosen: usize, near: &mut [f64]) {
    let mut point = Prototypes::default();
    point.push(rows, chosen);
    let blocks = Blocks::new(rows, &point);
    map_chunks(near, rows.codes.n_threads, |first, near| {
        for (at, near) in near.iter_mut().enumerate() {
            let row = first + at;
            let nearest = blocks.distances(rows.numbers(row), rows.codes.row(row)).flatten().next();
            *near = near.min(nearest.map_or(f64::INFINITY, Distance::whole));
        }
    });
}
