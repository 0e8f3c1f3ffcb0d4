//! One run: prototypes move to the means and modes of their rows until no row moves.

use super::kernel::{Assignment, Prototypes, Rows, assign};
use crate::analysis::chunks::keep_largest;
use crate::analysis::watch::{Cancelled, Watch};

/// One run: prototypes, and what the last pass found for exactly these.
pub(super) struct Restart {
    pub(super) prototypes: Prototypes,
    pub(super) labels: Vec<u32>,
    pub(super) found: Assignment,
    pub(super) n_iterations: usize,
    pub(super) n_reseeded: usize,
}

impl Restart {
    pub(super) fn begin(rows: Rows<'_>, prototypes: Prototypes) -> Self {
        let mut labels = vec![u32::MAX; rows.len()];
        let found = assign(rows, &prototypes, &mut labels);
        Self { prototypes, labels, found, n_iterations: 0, n_reseeded: 0 }
    }

    /// Moves prototypes until the cost falls no more.
    pub(super) fn iterate(
        mut self,
        rows: Rows<'_>,
        max_n_iterations: usize,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        while self.n_iterations < max_n_iterations {
            watch.check()?;
            let weights = self.found.counts.weights.clone();
            let n_reseeded = self.fill_empty(rows);
            let prototypes = self.moved(rows);
            let mut labels = self.labels.clone();
            let found = assign(rows, &prototypes, &mut labels);
            // No state is ever kept whose cost is above that of the state before it. The counts were changed where an empty
            // cluster was filled, and its weights are what a caller sees.
            if found.cost.whole() >= self.found.cost.whole() {
                self.found.counts.weights = weights;
                break;
            }
            let is_still = found.n_moved == 0;
            self = Self {
                prototypes,
                labels,
                found,
                n_iterations: self.n_iterations + 1,
                n_reseeded: self.n_reseeded + n_reseeded,
            };
            if is_still {
                break;
            }
        }
        Ok(self)
    }

    /// Gives each empty cluster the row of largest cost, and takes this row out of its own cluster.
    fn fill_empty(&mut self, rows: Rows<'_>) -> usize {
        let n_rows = &self.found.counts.n_rows;
        let empty: Vec<usize> = (0..n_rows.len()).filter(|&cluster| n_rows[cluster] == 0).collect();
        if empty.is_empty() {
            return 0;
        }
        let mut far = self.rows_by_cost(rows).into_iter();
        let mut n_filled = 0;
        for cluster in empty {
            // A row alone in its cluster stays: moving it would only empty another one.
            let Some(row) = far.find(|&row| self.found.counts.n_rows[self.labels[row] as usize] > 1) else {
                break;
            };
            self.found.put(rows, row, self.labels[row] as usize, -rows.weight(row));
            self.found.put(rows, row, cluster, rows.weight(row));
            n_filled += 1;
        }
        n_filled
    }

    /// Rows with a cost, the largest first: as many as can be needed.
    fn rows_by_cost(&self, rows: Rows<'_>) -> Vec<usize> {
        let mut costs: Vec<(f64, usize)> = Vec::new();
        for (row, &label) in self.labels.iter().enumerate() {
            let mean = &self.prototypes.means[label as usize * rows.n_numbers..][..rows.n_numbers];
            let mode =
                &self.prototypes.modes[label as usize * rows.codes.n_columns..][..rows.codes.n_columns];
            let squares: f64 = rows.numbers(row).iter().zip(mean).map(|(x, mean)| (x - mean).powi(2)).sum();
            let n_differ = rows.codes.row(row).iter().zip(mode).filter(|(code, mode)| code != mode).count();
            let cost = rows.weight(row) * (squares + rows.gamma * n_differ as f64);
            if cost > 0.0 {
                costs.push((cost, row));
            }
        }
        keep_largest(&mut costs, 2 * self.found.counts.weights.len());
        costs.into_iter().map(|(_, row)| row).collect()
    }

    /// Each prototype on the mean and the most frequent values of its rows.
    fn moved(&self, rows: Rows<'_>) -> Prototypes {
        let mut means = self.prototypes.means.clone();
        let sums = self.found.sums.chunks_exact(rows.n_numbers);
        let clusters = means.chunks_exact_mut(rows.n_numbers).zip(sums).zip(&self.found.counts.weights);
        for ((mean, sums), &weight) in clusters.filter(|(_, weight)| **weight > 0.0) {
            mean.iter_mut().zip(sums).for_each(|(mean, sum)| *mean = sum / weight);
        }
        Prototypes { means, modes: self.found.counts.modes(rows.codes, &self.prototypes.modes) }
    }
}
