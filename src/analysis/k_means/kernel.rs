//! The exact pass of k-means, in f64: a row against its centres, eight centres at a time.

use crate::analysis::chunks::{add, map_chunks};
use crate::analysis::instructions::{Instructions, Work};

/// Centres compared at once: a fixed number of lanes that the compiler turns into vector instructions.
pub(crate) const LANES: usize = 8;

/// Data as the kernel reads it: row after row, with a weight for each row when there are any.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) values: &'a [f64],
    pub(super) n_columns: usize,
    pub(super) weights: Option<&'a [f64]>,
    pub(super) n_threads: usize,
    pub(super) instructions: Instructions,
}

impl<'a> Rows<'a> {
    pub(super) fn len(&self) -> usize {
        self.values.len() / self.n_columns
    }

    pub(super) fn row(&self, row: usize) -> &'a [f64] {
        &self.values[row * self.n_columns..][..self.n_columns]
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[row])
    }
}

/// Centres turned so that one column of eight centres lies side by side.
pub(crate) struct CentreBlocks {
    lanes: Vec<[f64; LANES]>,
    n_columns: usize,
}

impl CentreBlocks {
    /// `centres` row after row. The last block is filled up with centres infinitely far away.
    pub(crate) fn new(centres: &[f64], n_columns: usize) -> Self {
        let n_centres = centres.len() / n_columns;
        let mut lanes = vec![[f64::INFINITY; LANES]; n_centres.div_ceil(LANES) * n_columns];
        for (centre, values) in centres.chunks_exact(n_columns).enumerate() {
            for (column, &value) in values.iter().enumerate() {
                lanes[centre / LANES * n_columns + column][centre % LANES] = value;
            }
        }
        Self { lanes, n_columns }
    }

    /// The nearest centre and its squared distance; among equals the lowest number.
    #[inline(always)]
    pub(super) fn nearest(&self, row: &[f64]) -> (u32, f64) {
        let mut best = (0, f64::INFINITY);
        for (block, lanes) in self.lanes.chunks_exact(self.n_columns).enumerate() {
            for (lane, distance) in squared_distances(row, lanes).into_iter().enumerate() {
                if distance < best.1 {
                    best = (u32::try_from(block * LANES + lane).expect("k fits 32 bits"), distance);
                }
            }
        }
        best
    }

    /// Squared distances to eight centres after eight; infinite beyond the number of centres.
    #[inline(always)]
    pub(crate) fn distances<'a>(&'a self, row: &'a [f64]) -> impl Iterator<Item = [f64; LANES]> + 'a {
        self.lanes.chunks_exact(self.n_columns).map(|lanes| squared_distances(row, lanes))
    }
}

#[inline(always)]
fn squared_distances(row: &[f64], lanes: &[[f64; LANES]]) -> [f64; LANES] {
    let mut sums = [0.0; LANES];
    for (&value, centres) in row.iter().zip(lanes) {
        for (sum, &centre) in sums.iter_mut().zip(centres) {
            let difference = value - centre;
            *sum += difference * difference;
        }
    }
    sums
}

/// What one pass over the rows finds for the centres it was given.
pub(super) struct Assignment {
    /// Weighted sums of the rows of each cluster, cluster after cluster.
    pub(super) sums: Vec<f64>,
    /// Weight of each cluster.
    pub(super) weights: Vec<f64>,
    /// Weighted sum of squared distances to the nearest centre.
    pub(super) cost: f64,
    /// Rows whose label is another than before.
    pub(super) n_moved: usize,
}

/// Labels every row by its nearest centre.
pub(super) fn assign(rows: Rows<'_>, centres: &[f64], labels: &mut [u32]) -> Assignment {
    let blocks = CentreBlocks::new(centres, rows.n_columns);
    let n_clusters = centres.len() / rows.n_columns;
    let parts = map_chunks(labels, rows.n_threads, |first, labels| {
        rows.instructions.run(Assign { rows, blocks: &blocks, n_clusters, first, labels })
    });
    Assignment::whole(rows.n_columns, n_clusters, &parts)
}

/// Sums and weights of the clusters of given labels; there is no cost, for there are no centres.
pub(super) fn sums_of(rows: Rows<'_>, n_clusters: usize, labels: &mut [u32]) -> Assignment {
    let parts = map_chunks(labels, rows.n_threads, |first, labels| {
        let mut part = Assignment::empty(rows.n_columns, n_clusters);
        for (at, &label) in labels.iter().enumerate() {
            part.put(rows.row(first + at), label as usize, rows.weight(first + at));
        }
        part
    });
    Assignment::whole(rows.n_columns, n_clusters, &parts)
}

/// One chunk of rows under the exact pass.
struct Assign<'a> {
    rows: Rows<'a>,
    blocks: &'a CentreBlocks,
    n_clusters: usize,
    first: usize,
    labels: &'a mut [u32],
}

impl Work for Assign<'_> {
    type Answer = Assignment;

    #[inline(always)]
    fn run(self) -> Assignment {
        let mut part = Assignment::empty(self.rows.n_columns, self.n_clusters);
        for (at, label) in self.labels.iter_mut().enumerate() {
            let row = self.rows.row(self.first + at);
            let weight = self.rows.weight(self.first + at);
            let (nearest, distance) = self.blocks.nearest(row);
            part.n_moved += usize::from(*label != nearest);
            *label = nearest;
            part.cost += weight * distance;
            part.put(row, nearest as usize, weight);
        }
        part
    }
}

impl Assignment {
    fn empty(n_columns: usize, n_clusters: usize) -> Self {
        Self {
            sums: vec![0.0; n_clusters * n_columns],
            weights: vec![0.0; n_clusters],
            cost: 0.0,
            n_moved: 0,
        }
    }

    fn put(&mut self, row: &[f64], cluster: usize, weight: f64) {
        self.weights[cluster] += weight;
        let sums = &mut self.sums[cluster * row.len()..][..row.len()];
        for (sum, &value) in sums.iter_mut().zip(row) {
            *sum += weight * value;
        }
    }

    fn whole(n_columns: usize, n_clusters: usize, parts: &[Self]) -> Self {
        let mut whole = Self::empty(n_columns, n_clusters);
        for part in parts {
            add(&mut whole.sums, &part.sums);
            add(&mut whole.weights, &part.weights);
            whole.cost += part.cost;
            whole.n_moved += part.n_moved;
        }
        whole
    }
}
