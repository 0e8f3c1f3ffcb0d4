//! One run of Huang's iteration, in batches.

use super::errors::KModesError;
use super::hyperparams::EqualRows;
use super::kernel::{Counts, NOWHERE, Rows, assign};
use crate::analysis::chunks::keep_largest;
use crate::analysis::watch::Watch;

/// One run: modes, and what the last pass found for exactly these modes.
pub(super) struct Restart {
    pub(super) modes: Vec<u8>,
    pub(super) labels: Vec<u32>,
    pub(super) counts: Counts,
    pub(super) cost: f64,
    pub(super) n_iterations: usize,
    pub(super) n_reseeded: usize,
}

impl Restart {
    pub(super) fn begin(rows: Rows<'_>, modes: Vec<u8>) -> Self {
        let mut labels = vec![NOWHERE; rows.len()];
        let first = assign(rows, &modes, &mut labels);
        Self { modes, labels, counts: first.change, cost: first.cost, n_iterations: 0, n_reseeded: 0 }
    }

    /// Puts modes on the most frequent values until the cost falls no more. Nothing where equal rows lie together and a
    /// cluster ran empty: what it takes is one row of them, and not all.
    pub(super) fn iterate(
        mut self,
        rows: Rows<'_>,
        equal_rows: EqualRows,
        max_n_iterations: usize,
        watch: Watch<'_>,
    ) -> Result<Option<Self>, KModesError> {
        while self.n_iterations < max_n_iterations {
            watch.check()?;
            if equal_rows == EqualRows::Together && self.counts.weights.contains(&0.0) {
                return Ok(None);
            }
            let (filled, taken) = self.filled(rows);
            let modes = filled.as_ref().unwrap_or(&self.counts).modes(rows, &self.modes);
            if modes == self.modes {
                break;
            }
            let mut labels = self.labels.clone();
            for &(row, cluster) in &taken {
                labels[row] = cluster;
            }
            let pass = assign(rows, &modes, &mut labels);
            // Ties can walk in a circle at one cost: only a lower cost goes on. No state is ever kept whose cost
            // is above that of the state before it.
            if pass.cost >= self.cost {
                break;
            }
            let mut counts = filled.unwrap_or(self.counts);
            counts.add(&pass.change);
            counts.clear_empty(rows.n_places());
            self = Self {
                modes,
                labels,
                counts,
                cost: pass.cost,
                n_iterations: self.n_iterations + 1,
                n_reseeded: self.n_reseeded + taken.len(),
            };
        }
        Ok(Some(self))
    }

    /// Where a cluster is empty: the counts after each empty one took the row of largest cost, and which row went where.
    fn filled(&self, rows: Rows<'_>) -> (Option<Counts>, Vec<(usize, u32)>) {
        let empty: Vec<usize> =
            (0..self.counts.weights.len()).filter(|&cluster| self.counts.weights[cluster] == 0.0).collect();
        if empty.is_empty() {
            return (None, Vec::new());
        }
        let mut counts = self.counts.clone();
        let mut taken = Vec::new();
        let mut far = self.rows_by_cost(rows).into_iter();
        for cluster in empty {
            // A row alone in its cluster stays: moving it would only empty another one.
            let Some(row) = far.find(|&row| counts.n_rows[self.labels[row] as usize] > 1) else { break };
            counts.put(rows, row, self.labels[row] as usize, -rows.weight(row));
            counts.put(rows, row, cluster, rows.weight(row));
            taken.push((row, u32::try_from(cluster).expect("k fits 32 bits")));
        }
        (Some(counts), taken)
    }

    /// Rows with a cost, the largest first, the lowest row among equals: as many as can be needed, for of the rows passed over
    /// each is alone in its cluster.
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
        keep_largest(&mut costs, 2 * self.counts.weights.len());
        costs.into_iter().map(|(_, row)| row).collect()
    }
}
