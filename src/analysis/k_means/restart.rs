//! One restart of Lloyd's algorithm with exact distances: what the fast passes found is brought to its end here.

use super::blocks::Packed;
use super::kernel::{Assignment, Rows, assign, sums_of};
use super::together::{Ends, Run};
use crate::analysis::chunks::keep_largest;
use crate::analysis::watch::{Cancelled, Watch};

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

    /// From where the fast passes of a run ended, with the labels they gave, to the exact end. They leave one iteration at least,
    /// so that every centre is the exact mean of rows.
    pub(super) fn finish(
        run: &Run,
        packed: &Packed,
        mut labels: Vec<u32>,
        rows: Rows<'_>,
        ends: Ends,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let centres = packed.unscaled(&run.centres);
        let (n_iterations, n_reseeded) = (run.n_iterations, run.n_reseeded);
        let found = sums_of(rows, centres.len() / rows.n_columns, &mut labels);
        Self { centres, labels, found, n_iterations, n_reseeded }.lloyd(rows, ends, watch)
    }

    /// Moves centres to their means until no row moves, the shift is within the limit, or time is up.
    fn lloyd(mut self, rows: Rows<'_>, ends: Ends, watch: Watch<'_>) -> Result<Self, Cancelled> {
        while self.n_iterations < ends.max_n_iterations {
            watch.check()?;
            let found = &mut self.found;
            let data = Data {
                n_columns: rows.n_columns,
                value: |row, column| rows.row(row)[column],
                weight: |row| rows.weight(row),
            };
            let (sums, weights) = (&mut found.sums, &mut found.weights);
            let n_reseeded = fill_empty(&data, &self.centres, &self.labels, sums, weights).len();
            let shift = move_centres(&mut self.centres, &found.sums, &found.weights);
            self.found = assign(rows, &self.centres, &mut self.labels);
            self.n_iterations += 1;
            self.n_reseeded += n_reseeded;
            let no_cluster_is_empty = self.found.weights.iter().all(|&weight| weight > 0.0);
            if self.found.n_moved == 0 || (shift <= ends.shift && no_cluster_is_empty) {
                break;
            }
        }
        Ok(self)
    }
}

/// Rows as the search for a far one reads them, at whatever scale.
pub(super) struct Data<V: Fn(usize, usize) -> f64, W: Fn(usize) -> f64> {
    pub(super) n_columns: usize,
    pub(super) value: V,
    pub(super) weight: W,
}

/// Gives each empty cluster the row of largest cost, and takes this row out of its own cluster; returns which row went to which
/// cluster.
///
/// Nothing happens when every row lies on its centre: there are then fewer different rows than clusters.
pub(super) fn fill_empty<V: Fn(usize, usize) -> f64, W: Fn(usize) -> f64>(
    data: &Data<V, W>,
    centres: &[f64],
    labels: &[u32],
    sums: &mut [f64],
    weights: &mut [f64],
) -> Vec<(usize, usize)> {
    let empty: Vec<usize> = (0..weights.len()).filter(|&cluster| weights[cluster] == 0.0).collect();
    let mut taken = Vec::new();
    if empty.is_empty() {
        return taken;
    }
    let mut far = rows_by_cost(data, centres, labels).into_iter();
    for cluster in empty {
        // A row alone in its cluster stays: moving it would only empty another one.
        let Some(row) = far.find(|&row| weights[labels[row] as usize] > (data.weight)(row)) else { break };
        let weight = (data.weight)(row);
        let from = labels[row] as usize;
        for column in 0..data.n_columns {
            let value = weight * (data.value)(row, column);
            sums[from * data.n_columns + column] -= value;
            sums[cluster * data.n_columns + column] = value;
        }
        weights[from] -= weight;
        weights[cluster] = weight;
        taken.push((row, cluster));
    }
    taken
}

/// Rows with a cost, the largest first, the lowest row among equals: as many as can be needed, for of the rows passed over
/// each is alone in its cluster.
fn rows_by_cost<V: Fn(usize, usize) -> f64, W: Fn(usize) -> f64>(
    data: &Data<V, W>,
    centres: &[f64],
    labels: &[u32],
) -> Vec<usize> {
    let mut costs: Vec<(f64, usize)> = Vec::new();
    for (row, &label) in labels.iter().enumerate() {
        let centre = centres[label as usize * data.n_columns..][..data.n_columns].iter().enumerate();
        let squares = centre.map(|(column, centre)| ((data.value)(row, column) - centre).powi(2));
        let cost = (data.weight)(row) * squares.sum::<f64>();
        if cost > 0.0 {
            costs.push((cost, row));
        }
    }
    keep_largest(&mut costs, 2 * centres.len() / data.n_columns);
    costs.into_iter().map(|(_, row)| row).collect()
}

/// Puts each centre on the mean of its rows and returns the squared shift of all of them.
pub(super) fn move_centres(centres: &mut [f64], sums: &[f64], weights: &[f64]) -> f64 {
    let n_columns = centres.len() / weights.len();
    let mut shift = 0.0;
    for (cluster, centre) in centres.chunks_exact_mut(n_columns).enumerate() {
        let weight = weights[cluster];
        if weight > 0.0 {
            for (value, sum) in centre.iter_mut().zip(&sums[cluster * n_columns..]) {
                let mean = sum / weight;
                shift += (mean - *value).powi(2);
                *value = mean;
            }
        }
    }
    shift
}
