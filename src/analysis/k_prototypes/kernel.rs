//! The inner loop of k-prototypes: the words of k-modes beside the exact lanes of k-means.

use crate::analysis::chunks::{add, map_chunks};
use crate::analysis::instructions::{Instructions, Work};
use crate::analysis::k_means::kernel::{CentreBlocks, LANES};
use crate::analysis::k_modes::kernel::{Counts, ModeBlocks, Rows as Codes};

/// Data as the kernel reads it.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) numbers: &'a [f64],
    pub(super) n_numbers: usize,
    /// With the weights and threads of both parts.
    pub(super) codes: Codes<'a>,
    pub(super) gamma: f64,
}

impl<'a> Rows<'a> {
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    pub(super) fn numbers(&self, row: usize) -> &'a [f64] {
        &self.numbers[row * self.n_numbers..][..self.n_numbers]
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.codes.weight(row)
    }
}

/// Means and modes, cluster after cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prototypes {
    pub(super) means: Vec<f64>,
    pub(super) modes: Vec<u8>,
}

impl Prototypes {
    /// One more, at a row.
    pub(super) fn push(&mut self, rows: Rows<'_>, row: usize) {
        self.means.extend_from_slice(rows.numbers(row));
        self.modes.extend_from_slice(rows.codes.row(row));
    }
}

/// Prototypes as rows are compared with them.
pub(super) struct Blocks {
    means: CentreBlocks,
    modes: ModeBlocks,
    n_columns: f64,
    gamma: f64,
}

/// How far a row is from a prototype, by part; the categories already by γ.
#[derive(Clone, Copy)]
pub(super) struct Distance {
    pub(super) numbers: f64,
    pub(super) categories: f64,
}

impl Blocks {
    pub(super) fn new(rows: Rows<'_>, prototypes: &Prototypes) -> Self {
        Self {
            means: CentreBlocks::new(&prototypes.means, rows.n_numbers),
            modes: ModeBlocks::new(&prototypes.modes, rows.codes.n_columns),
            n_columns: rows.codes.n_columns as f64,
            gamma: rows.gamma,
        }
    }

    /// Distances to eight prototypes after eight; infinite beyond their number.
    #[inline(always)]
    pub(super) fn distances<'a>(
        &'a self,
        numbers: &'a [f64],
        codes: &'a [u8],
    ) -> impl Iterator<Item = [Distance; LANES]> + 'a {
        self.means.distances(numbers).zip(self.modes.matches(codes)).map(|(squares, matches)| {
            let mut distances = [Distance { numbers: 0.0, categories: 0.0 }; LANES];
            for ((to, square), n_same) in distances.iter_mut().zip(squares).zip(matches) {
                let categories = self.gamma * (self.n_columns - f64::from(n_same));
                *to = Distance { numbers: square, categories };
            }
            distances
        })
    }

    /// The nearest prototype and its distance; among equals the lowest number.
    #[inline(always)]
    pub(super) fn nearest(&self, numbers: &[f64], codes: &[u8]) -> (u32, Distance) {
        let mut best = (0, Distance { numbers: f64::INFINITY, categories: 0.0 });
        let mut number = 0_u32;
        for distance in self.distances(numbers, codes).flatten() {
            if distance.whole() < best.1.whole() {
                best = (number, distance);
            }
            number = number.wrapping_add(1);
        }
        best
    }
}

impl Distance {
    pub(super) fn whole(self) -> f64 {
        self.numbers + self.categories
    }
}

/// What one pass over the rows finds for the prototypes it was given.
pub(super) struct Assignment {
    /// Weighted sums of the numbers of each cluster, cluster after cluster.
    pub(super) sums: Vec<f64>,
    pub(super) counts: Counts,
    /// Weighted cost of the numbers, and of the categories.
    pub(super) cost: Distance,
    pub(super) n_moved: usize,
}

impl Assignment {
    fn empty(rows: Rows<'_>, k: usize) -> Self {
        Self {
            sums: vec![0.0; k * rows.n_numbers],
            counts: Counts::new(rows.codes, k),
            cost: Distance { numbers: 0.0, categories: 0.0 },
            n_moved: 0,
        }
    }

    /// Adds a row to a cluster, or takes it out when the weight is below zero.
    pub(super) fn put(&mut self, rows: Rows<'_>, row: usize, cluster: usize, weight: f64) {
        self.counts.put(rows.codes, row, cluster, weight);
        let sums = &mut self.sums[cluster * rows.n_numbers..][..rows.n_numbers];
        sums.iter_mut().zip(rows.numbers(row)).for_each(|(sum, value)| *sum += weight * value);
    }
}

/// Labels every row by its nearest prototype.
pub(super) fn assign(rows: Rows<'_>, prototypes: &Prototypes, labels: &mut [u32]) -> Assignment {
    let blocks = Blocks::new(rows, prototypes);
    let k = prototypes.means.len() / rows.n_numbers;
    let parts = map_chunks(labels, rows.codes.n_threads, |first, labels| {
        Instructions::Widest.run(Assign { rows, blocks: &blocks, k, first, labels })
    });
    let mut whole = Assignment::empty(rows, k);
    for part in parts {
        add(&mut whole.sums, &part.sums);
        whole.counts.add(&part.counts);
        whole.cost.numbers += part.cost.numbers;
        whole.cost.categories += part.cost.categories;
        whole.n_moved += part.n_moved;
    }
    whole
}

/// One chunk of rows under one pass.
struct Assign<'a> {
    rows: Rows<'a>,
    blocks: &'a Blocks,
    k: usize,
    first: usize,
    labels: &'a mut [u32],
}

impl Work for Assign<'_> {
    type Answer = Assignment;

    #[inline(always)]
    fn run(self) -> Assignment {
        let mut part = Assignment::empty(self.rows, self.k);
        for (at, label) in self.labels.iter_mut().enumerate() {
            let row = self.first + at;
            let (nearest, distance) = self.blocks.nearest(self.rows.numbers(row), self.rows.codes.row(row));
            let weight = self.rows.weight(row);
            part.n_moved += usize::from(*label != nearest);
            *label = nearest;
            part.cost.numbers += weight * distance.numbers;
            part.cost.categories += weight * distance.categories;
            part.put(self.rows, row, nearest as usize, weight);
        }
        part
    }
}
