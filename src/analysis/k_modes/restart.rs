//! One run of Huang's iteration, in batches.

use super::errors::KModesError;
use super::kernel::{Assignment, Rows, assign};
use crate::analysis::watch::Watch;

/// One run: modes, and what the last pass found for exactly these modes.
pub(super) struct Restart {
    pub(super) modes: Vec<u8>,
    pub(super) labels: Vec<u32>,
    pub(super) found: Assignment,
    pub(super) n_iterations: usize,
    pub(super) n_reseeded: usize,
}

impl Restart {
    pub(super) fn begin(rows: Rows<'_>, modes: Vec<u8>) -> Self {
        let mut labels = vec![u32::MAX; rows.len()];
        let found = assign(rows, &modes, &mut labels);
        Self { modes, labels, found, n_iterations: 0, n_reseeded: 0 }
    }

    /// Puts modes on the most frequent values until the cost falls no more.
    pub(super) fn iterate(
        mut self,
        rows: Rows<'_>,
        max_n_iterations: usize,
        watch: Watch<'_>,
    ) -> Result<Self, KModesError> {
        while self.n_iterations < max_n_iterations {
            watch.check()?;
            let n_reseeded = self.fill_empty_clusters(rows);
            let modes = self.moved_modes(rows);
            if modes == self.modes {
                break;
            }
            let mut labels = self.labels.clone();
            let found = assign(rows, &modes, &mut labels);
            // Ties can walk in a circle at one cost: only a lower cost goes on. No state is ever kept whose cost
            // is above that of the state before it.
            if found.cost >= self.found.cost {
                break;
            }
            self = Self {
                modes,
                labels,
                found,
                n_iterations: self.n_iterations + 1,
                n_reseeded: self.n_reseeded + n_reseeded,
            };
        }
        // Filling empty clusters edits the counts; the cost and the weights shown are those of the labels.
        self.found = assign(rows, &self.modes, &mut self.labels);
        Ok(self)
    }

    /// Gives each empty cluster the row of largest cost, and takes this row out of its own cluster.
    fn fill_empty_clusters(&mut self, rows: Rows<'_>) -> usize {
        let empty: Vec<usize> =
            (0..self.found.weights.len()).filter(|&cluster| self.found.weights[cluster] == 0.0).collect();
        if empty.is_empty() {
            return 0;
        }
        let mut n_filled = 0;
        let mut far = self.rows_by_cost(rows).into_iter();
        for cluster in empty {
            // A row alone in its cluster stays: moving it would only empty another one.
            let Some(row) = far.find(|&row| self.found.weights[self.labels[row] as usize] > rows.weight(row))
            else {
                break;
            };
            let weight = rows.weight(row);
            let from = self.labels[row] as usize;
            for (column, &code) in rows.row(row).iter().enumerate() {
                let place = rows.place(column, code);
                self.found.counts[from * rows.n_places() + place] -= weight;
                self.found.counts[cluster * rows.n_places() + place] = weight;
            }
            self.found.weights[from] -= weight;
            self.found.weights[cluster] = weight;
            n_filled += 1;
        }
        n_filled
    }

    /// Rows with a cost, the largest first, the lowest row among equals.
    fn rows_by_cost(&self, rows: Rows<'_>) -> Vec<usize> {
        let mut costs: Vec<(f64, usize)> = Vec::new();
        for (row, &label) in self.labels.iter().enumerate() {
            let mode = &self.modes[label as usize * rows.n_columns..][..rows.n_columns];
            let n_differ = rows.row(row).iter().zip(mode).filter(|(code, mode)| code != mode).count();
            let cost = rows.weight(row) * n_differ as f64;
            if cost > 0.0 {
                costs.push((cost, row));
            }
        }
        costs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        costs.into_iter().map(|(_, row)| row).collect()
    }

    /// The most frequent code of each column in each cluster; the smallest code among equals.
    fn moved_modes(&self, rows: Rows<'_>) -> Vec<u8> {
        let mut modes = self.modes.clone();
        for (cluster, mode) in modes.chunks_exact_mut(rows.n_columns).enumerate() {
            if self.found.weights[cluster] > 0.0 {
                let counts = &self.found.counts[cluster * rows.n_places()..][..rows.n_places()];
                for (code, counts) in mode.iter_mut().zip(counts.chunks_exact(rows.n_codes)) {
                    *code = most_frequent(counts);
                }
            }
        }
        modes
    }
}

fn most_frequent(counts: &[f64]) -> u8 {
    let mut best = 0;
    for (code, count) in counts.iter().enumerate() {
        if *count > counts[best] {
            best = code;
        }
    }
    u8::try_from(best).expect("codes are bytes")
}
