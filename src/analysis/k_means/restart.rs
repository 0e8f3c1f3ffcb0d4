//! One restart of Lloyd's algorithm.

use super::errors::KMeansError;
use super::kernel::{Assignment, Rows, assign};
use crate::analysis::watch::Watch;

/// One restart: centres, and what the last pass found for exactly these centres.
pub(super) struct Restart {
    pub(super) centres: Vec<f64>,
    pub(super) labels: Vec<u32>,
    pub(super) found: Assignment,
    pub(super) n_iterations: usize,
    pub(super) n_reseeded: usize,
}

impl Restart {
    pub(super) fn begin(rows: Rows<'_>, centres: Vec<f64>) -> Self {
        let mut labels = vec![u32::MAX; rows.len()];
        let found = assign(rows, &centres, &mut labels);
        Self { centres, labels, found, n_iterations: 0, n_reseeded: 0 }
    }

    /// Moves centres to their means until no row moves, the shift is within the limit, or time is up.
    pub(super) fn lloyd(
        mut self,
        rows: Rows<'_>,
        limit: f64,
        max_n_iterations: usize,
        watch: Watch<'_>,
    ) -> Result<Self, KMeansError> {
        while self.n_iterations < max_n_iterations {
            watch.check()?;
            let n_reseeded = self.fill_empty_clusters(rows);
            let shift = self.move_centres(rows.n_columns);
            self.found = assign(rows, &self.centres, &mut self.labels);
            self.n_iterations += 1;
            self.n_reseeded += n_reseeded;
            let no_cluster_is_empty = self.found.weights.iter().all(|&weight| weight > 0.0);
            if self.found.n_moved == 0 || (shift <= limit && no_cluster_is_empty) {
                break;
            }
        }
        Ok(self)
    }

    /// Gives each empty cluster the row of largest cost, and takes this row out of its own cluster.
    ///
    /// Nothing happens when every row lies on its centre: there are then fewer different rows than clusters.
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
            for (column, &value) in rows.row(row).iter().enumerate() {
                self.found.sums[from * rows.n_columns + column] -= weight * value;
                self.found.sums[cluster * rows.n_columns + column] = weight * value;
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
            let centre = &self.centres[label as usize * rows.n_columns..][..rows.n_columns];
            let squares = rows.row(row).iter().zip(centre).map(|(value, centre)| (value - centre).powi(2));
            let cost = rows.weight(row) * squares.sum::<f64>();
            if cost > 0.0 {
                costs.push((cost, row));
            }
        }
        costs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        costs.into_iter().map(|(_, row)| row).collect()
    }

    /// Puts each centre on the mean of its rows and returns the squared shift of all of them.
    fn move_centres(&mut self, n_columns: usize) -> f64 {
        let mut shift = 0.0;
        for (cluster, centre) in self.centres.chunks_exact_mut(n_columns).enumerate() {
            let weight = self.found.weights[cluster];
            if weight > 0.0 {
                for (value, sum) in centre.iter_mut().zip(&self.found.sums[cluster * n_columns..]) {
                    let mean = sum / weight;
                    shift += (mean - *value).powi(2);
                    *value = mean;
                }
            }
        }
        shift
    }
}

/// Mean over the columns of the weighted population variance.
pub(super) fn mean_variance(rows: Rows<'_>) -> f64 {
    let n_columns = rows.n_columns;
    let mut total = 0.0;
    let mut means = vec![0.0; n_columns];
    for row in 0..rows.len() {
        let weight = rows.weight(row);
        total += weight;
        for (mean, value) in means.iter_mut().zip(rows.row(row)) {
            *mean += weight * value;
        }
    }
    means.iter_mut().for_each(|mean| *mean /= total);
    let mut squares = 0.0;
    for row in 0..rows.len() {
        let spread: f64 = rows.row(row).iter().zip(&means).map(|(value, mean)| (value - mean).powi(2)).sum();
        squares += rows.weight(row) * spread;
    }
    squares / total / n_columns as f64
}
