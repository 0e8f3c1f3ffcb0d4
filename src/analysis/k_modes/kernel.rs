//! The inner loops of k-modes: rows against modes, eight modes in one machine word.

use crate::analysis::chunks::{add, map_chunks};

/// Modes counted at once: one byte of a word each, which is why 255 columns are the most.
pub(crate) const LANES: usize = 8;

/// Values of a byte: with a place for each of them no row has to be checked against the table.
const BYTES: usize = 256;

/// A row before its first pass has no cluster.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Data as the kernel reads it: row after row, with a weight for each row when there are any.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) codes: &'a [u8],
    pub(crate) n_columns: usize,
    /// Codes of every column are below this.
    pub(crate) n_codes: usize,
    pub(crate) weights: Option<&'a [f64]>,
    pub(crate) n_threads: usize,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(
        codes: &'a [u8],
        n_columns: usize,
        weights: Option<&'a [f64]>,
        n_threads: usize,
    ) -> Rows<'a> {
        let n_codes = codes.iter().copied().max().map_or(1, |largest| usize::from(largest) + 1);
        Rows { codes, n_columns, n_codes, weights, n_threads }
    }

    pub(crate) fn len(&self) -> usize {
        self.codes.len() / self.n_columns
    }

    pub(crate) fn row(&self, row: usize) -> &'a [u8] {
        &self.codes[row * self.n_columns..][..self.n_columns]
    }

    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[row])
    }

    /// Where the count of a code stands in the table of one cluster.
    pub(crate) fn place(&self, column: usize, code: u8) -> usize {
        column * self.n_codes + usize::from(code)
    }

    /// Counts in the table of one cluster.
    pub(crate) fn n_places(&self) -> usize {
        self.n_columns * self.n_codes
    }
}

/// For each block of eight modes, column and code: a word whose byte b is 1 when mode b has this code.
pub(crate) struct ModeBlocks {
    words: Vec<[u64; BYTES]>,
    n_modes: usize,
    n_columns: usize,
}

impl ModeBlocks {
    /// `modes` row after row.
    pub(crate) fn new(modes: &[u8], n_columns: usize) -> Self {
        let n_modes = modes.len() / n_columns;
        let mut words = vec![[0_u64; BYTES]; n_modes.div_ceil(LANES) * n_columns];
        for (mode, codes) in modes.chunks_exact(n_columns).enumerate() {
            for (column, &code) in codes.iter().enumerate() {
                words[mode / LANES * n_columns + column][usize::from(code)] |= 1 << (8 * (mode % LANES));
            }
        }
        Self { words, n_modes, n_columns }
    }

    /// The nearest mode and the number of columns that differ from it; among equals the lowest number.
    #[inline]
    pub(crate) fn nearest(&self, row: &[u8]) -> (u32, u32) {
        let mut best = (0, 0);
        for (block, words) in self.words.chunks_exact(self.n_columns).enumerate() {
            let first = block * LANES;
            let valid = LANES.min(self.n_modes - first);
            // The largest of "matches, then the lowest lane": each fits two bytes, so eight are compared at once.
            let matches = matches(row, words).to_le_bytes();
            let mut keys = [0_u16; LANES];
            for (lane, (key, &n_same)) in keys.iter_mut().zip(&matches).enumerate() {
                *key = u16::from(n_same) << 3 | (LANES - 1 - lane) as u16;
            }
            let key = keys.into_iter().take(valid).max().unwrap_or(0);
            let (n_same, lane) = (u32::from(key >> 3), LANES - 1 - usize::from(key & 7));
            if block == 0 || n_same > best.1 {
                best = ((first + lane) as u32, n_same);
            }
        }
        (best.0, self.n_columns as u32 - best.1)
    }

    /// Columns that are as in each mode, eight modes after eight; meaningless beyond the number of modes.
    #[inline]
    pub(crate) fn matches<'a>(&'a self, row: &'a [u8]) -> impl Iterator<Item = [u8; LANES]> + 'a {
        self.words.chunks_exact(self.n_columns).map(|words| matches(row, words).to_le_bytes())
    }

    /// Columns that differ from each of the first eight modes; meaningless beyond the number of modes.
    #[inline]
    pub(super) fn first_block(&self, row: &[u8]) -> [u32; LANES] {
        let matches = matches(row, &self.words[..self.n_columns]).to_le_bytes();
        matches.map(|n_same| self.n_columns as u32 - u32::from(n_same))
    }
}

/// No byte passes 255, for there are no more columns: the bytes of the sum are the sums of the bytes.
#[inline]
fn matches(row: &[u8], words: &[[u64; BYTES]]) -> u64 {
    row.iter().zip(words).fold(0_u64, |sum, (&code, words)| sum.wrapping_add(words[usize::from(code)]))
}

/// What the clusters hold: corrected for the rows that move, never counted anew.
#[derive(Clone)]
pub(crate) struct Counts {
    /// Weight of each code of each column in each cluster, cluster after cluster.
    pub(crate) counts: Vec<f64>,
    /// Weight of each cluster.
    pub(crate) weights: Vec<f64>,
    /// Rows with weight of each cluster: the weight of an emptied one could keep a rounding error.
    pub(crate) n_rows: Vec<i64>,
}

impl Counts {
    pub(crate) fn new(rows: Rows<'_>, n_modes: usize) -> Self {
        let counts = vec![0.0; n_modes * rows.n_places()];
        Self { counts, weights: vec![0.0; n_modes], n_rows: vec![0; n_modes] }
    }

    /// Adds a row to a cluster, or takes it out when the weight is below zero.
    #[inline]
    pub(crate) fn put(&mut self, rows: Rows<'_>, row: usize, cluster: usize, weight: f64) {
        let counts = &mut self.counts[cluster * rows.n_places()..][..rows.n_places()];
        for (counts, &code) in counts.chunks_exact_mut(rows.n_codes).zip(rows.row(row)) {
            counts[usize::from(code)] += weight;
        }
        self.weights[cluster] += weight;
        self.n_rows[cluster] += i64::from(weight > 0.0) - i64::from(weight < 0.0);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        add(&mut self.counts, &other.counts);
        add(&mut self.weights, &other.weights);
        self.n_rows.iter_mut().zip(&other.n_rows).for_each(|(to, from)| *to += from);
    }

    /// An empty cluster has nothing: what rounding left of its rows goes.
    pub(crate) fn clear_empty(&mut self, n_places: usize) {
        for (cluster, _) in self.n_rows.iter().enumerate().filter(|(_, n_rows)| **n_rows == 0) {
            self.weights[cluster] = 0.0;
            self.counts[cluster * n_places..][..n_places].fill(0.0);
        }
    }

    /// The most frequent code of each column in each cluster, the smallest among equals; an empty cluster keeps its mode.
    pub(crate) fn modes(&self, rows: Rows<'_>, before: &[u8]) -> Vec<u8> {
        let mut modes = before.to_vec();
        let filled = modes.chunks_exact_mut(rows.n_columns).enumerate();
        for (cluster, mode) in filled.filter(|(cluster, _)| self.weights[*cluster] > 0.0) {
            let counts = &self.counts[cluster * rows.n_places()..][..rows.n_places()];
            for (code, counts) in mode.iter_mut().zip(counts.chunks_exact(rows.n_codes)) {
                *code = most_frequent(counts);
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

/// What one pass changes.
pub(super) struct Pass {
    /// Weighted number of values that differ from the nearest mode.
    pub(super) cost: f64,
    /// What the moved rows bring to and take from the clusters.
    pub(super) change: Counts,
}

/// Labels every row by its nearest mode.
pub(super) fn assign(rows: Rows<'_>, modes: &[u8], labels: &mut [u32]) -> Pass {
    let blocks = ModeBlocks::new(modes, rows.n_columns);
    let n_modes = modes.len() / rows.n_columns;
    let parts = map_chunks(labels, rows.n_threads, |first, labels| {
        let mut part = Pass { cost: 0.0, change: Counts::new(rows, n_modes) };
        let mut n_differ = 0_u64;
        for (at, label) in labels.iter_mut().enumerate() {
            let row = first + at;
            let (nearest, differ) = blocks.nearest(rows.row(row));
            match rows.weights {
                None => n_differ = n_differ.wrapping_add(u64::from(differ)),
                Some(weights) => part.cost += weights[row] * f64::from(differ),
            }
            if *label != nearest {
                if *label != NOWHERE {
                    part.change.put(rows, row, *label as usize, -rows.weight(row));
                }
                part.change.put(rows, row, nearest as usize, rows.weight(row));
                *label = nearest;
            }
        }
        part.cost += n_differ as f64;
        part
    });
    let mut whole = Pass { cost: 0.0, change: Counts::new(rows, n_modes) };
    for part in parts {
        whole.change.add(&part.change);
        whole.cost += part.cost;
    }
    whole
}
