//! The inner loops of k-modes: rows against modes, eight modes in one machine word.

use crate::analysis::chunks::map_chunks;

/// Modes counted at once: one byte of a word each, which is why 255 columns are the most.
const LANES: usize = 8;

/// Data as the kernel reads it: row after row, with a weight for each row when there are any.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) codes: &'a [u8],
    pub(super) n_columns: usize,
    /// Codes of every column are below this.
    pub(super) n_codes: usize,
    pub(super) weights: Option<&'a [f64]>,
    pub(super) n_threads: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn len(&self) -> usize {
        self.codes.len() / self.n_columns
    }

    pub(super) fn row(&self, row: usize) -> &'a [u8] {
        &self.codes[row * self.n_columns..][..self.n_columns]
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[row])
    }

    /// Where the count of a code stands in the table of one cluster.
    pub(super) fn place(&self, column: usize, code: u8) -> usize {
        column * self.n_codes + usize::from(code)
    }

    /// Counts in the table of one cluster.
    pub(super) fn n_places(&self) -> usize {
        self.n_columns * self.n_codes
    }
}

/// For each block of eight modes, column and code: a word whose byte b is 1 when mode b has this code.
pub(super) struct ModeBlocks {
    words: Vec<u64>,
    n_places: usize,
    n_codes: usize,
    n_modes: usize,
    n_columns: u32,
}

impl ModeBlocks {
    /// `modes` row after row.
    pub(super) fn new(modes: &[u8], rows: Rows<'_>) -> Self {
        let n_modes = modes.len() / rows.n_columns;
        let mut words = vec![0_u64; n_modes.div_ceil(LANES) * rows.n_places()];
        for (mode, codes) in modes.chunks_exact(rows.n_columns).enumerate() {
            for (column, &code) in codes.iter().enumerate() {
                // A mode may hold a code that these rows do not: it matches nothing.
                if usize::from(code) < rows.n_codes {
                    let place = mode / LANES * rows.n_places() + rows.place(column, code);
                    words[place] |= 1 << (8 * (mode % LANES));
                }
            }
        }
        let n_columns = u32::try_from(rows.n_columns).expect("at most 255 columns");
        Self { words, n_places: rows.n_places(), n_codes: rows.n_codes, n_modes, n_columns }
    }

    /// The nearest mode and the number of columns that differ from it; among equals the lowest number.
    pub(super) fn nearest(&self, row: &[u8]) -> (u32, u32) {
        let mut best = (0, 0);
        let mut none_yet = true;
        for (block, words) in self.words.chunks_exact(self.n_places).enumerate() {
            let matches = self.matches(row, words).to_le_bytes();
            let first = block * LANES;
            for (lane, &n_same) in matches.iter().enumerate().take(self.n_modes - first) {
                if none_yet || n_same > best.1 {
                    best = (u32::try_from(first + lane).expect("k fits 32 bits"), n_same);
                    none_yet = false;
                }
            }
        }
        (best.0, self.n_columns - u32::from(best.1))
    }

    /// Columns that differ from each of the first eight modes; meaningless beyond the number of modes.
    pub(super) fn first_block(&self, row: &[u8]) -> [u32; LANES] {
        let matches = self.matches(row, &self.words[..self.n_places]).to_le_bytes();
        matches.map(|n_same| self.n_columns - u32::from(n_same))
    }

    fn matches(&self, row: &[u8], words: &[u64]) -> u64 {
        let by_column = words.chunks_exact(self.n_codes);
        row.iter().zip(by_column).map(|(&code, words)| words[usize::from(code)]).sum()
    }
}

/// What one pass over the rows finds for the modes it was given.
pub(super) struct Assignment {
    /// Weight of each code of each column in each cluster, cluster after cluster.
    pub(super) counts: Vec<f64>,
    /// Weight of each cluster.
    pub(super) weights: Vec<f64>,
    /// Weighted number of values that differ from the nearest mode.
    pub(super) cost: f64,
}

/// Labels every row by its nearest mode.
pub(super) fn assign(rows: Rows<'_>, modes: &[u8], labels: &mut [u32]) -> Assignment {
    let blocks = ModeBlocks::new(modes, rows);
    let n_modes = modes.len() / rows.n_columns;
    let empty = || Assignment {
        counts: vec![0.0; n_modes * rows.n_places()],
        weights: vec![0.0; n_modes],
        cost: 0.0,
    };
    let parts = map_chunks(labels, rows.n_threads, |first, labels| {
        let mut part = empty();
        for (at, label) in labels.iter_mut().enumerate() {
            let row = rows.row(first + at);
            let weight = rows.weight(first + at);
            let (nearest, n_differ) = blocks.nearest(row);
            *label = nearest;
            part.cost += weight * f64::from(n_differ);
            part.weights[nearest as usize] += weight;
            let counts = &mut part.counts[nearest as usize * rows.n_places()..][..rows.n_places()];
            for (column, &code) in row.iter().enumerate() {
                counts[rows.place(column, code)] += weight;
            }
        }
        part
    });
    let mut whole = empty();
    for part in parts {
        add(&mut whole.counts, &part.counts);
        add(&mut whole.weights, &part.weights);
        whole.cost += part.cost;
    }
    whole
}

pub(super) fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}
