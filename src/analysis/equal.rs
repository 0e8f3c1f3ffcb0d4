//! Equal rows as one row of their number. They have equal distances to everything, so that labels, centres and cost are the
//! same; dependent categories, such as those of accidents, and numbers in bands leave a few thousand different rows of a
//! million.

/// Rows looked at to see whether it pays.
const PROBED_ROWS: usize = 65_536;

/// One value of a row.
pub(super) trait Cell: Copy {
    /// Mixes a row into a number whose upper bits are well mixed.
    fn hash(row: &[Self]) -> u64;

    /// Whether two rows are the same to the bit.
    fn same(row: &[Self], other: &[Self]) -> bool;
}

/// Multiplied into each other, words leave the upper bits of the product well mixed.
fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Cell for u8 {
    fn hash(row: &[u8]) -> u64 {
        row.chunks(8).fold(0, |hash, part| {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            mix(hash, u64::from_le_bytes(word))
        })
    }

    fn same(row: &[u8], other: &[u8]) -> bool {
        row == other
    }
}

impl Cell for f64 {
    /// Small whole numbers differ in their upper bits only, which a product moves out at the top: they are turned down.
    fn hash(row: &[f64]) -> u64 {
        row.iter().fold(0, |hash, value| mix(hash, value.to_bits().rotate_left(32)))
    }

    fn same(row: &[f64], other: &[f64]) -> bool {
        row.iter().zip(other).all(|(value, other)| value.to_bits() == other.to_bits())
    }
}

/// Different rows in the order in which they come first.
pub(super) struct Distinct<T> {
    /// Row after row.
    pub(super) values: Vec<T>,
    /// How many rows each stands for.
    pub(super) weights: Vec<f64>,
    /// For each row of the data the one that stands for it.
    pub(super) of_row: Vec<u32>,
}

impl<T: Cell> Distinct<T> {
    /// The different rows; nothing when of the first rows over half are different.
    pub(super) fn of(values: &[T], n_columns: usize) -> Option<Self> {
        let n_rows = values.len() / n_columns;
        let mut table = Table::new(n_columns);
        let mut of_row = Vec::with_capacity(n_rows);
        for (at, row) in values.chunks_exact(n_columns).enumerate() {
            if at == PROBED_ROWS && table.counts.len() > PROBED_ROWS / 2 {
                return None;
            }
            of_row.push(table.place(row)?);
        }
        if table.counts.len() > n_rows / 2 {
            return None;
        }
        let weights = table.counts.iter().map(|count| f64::from(*count)).collect();
        Some(Self { values: table.values, weights, of_row })
    }
}

/// Different rows by their values: places are found by a hash and never leave by its order.
struct Table<T> {
    values: Vec<T>,
    counts: Vec<u32>,
    n_columns: usize,
    /// The number of a row from 1, or 0; as many as a power of two, at most half of them used.
    slots: Vec<u32>,
}

impl<T: Cell> Table<T> {
    fn new(n_columns: usize) -> Self {
        Self { values: Vec::new(), counts: Vec::new(), n_columns, slots: vec![0; 1024] }
    }

    /// The place of a row, counted once more; nothing beyond what 32 bits number.
    fn place(&mut self, row: &[T]) -> Option<u32> {
        let mut slot = self.slot(row);
        while let Some(place) = self.slots[slot].checked_sub(1) {
            if T::same(self.row(place), row) {
                self.counts[place as usize] = self.counts[place as usize].checked_add(1)?;
                return Some(place);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.values.extend_from_slice(row);
        self.counts.push(1);
        let number = u32::try_from(self.counts.len()).ok()?;
        self.slots[slot] = number;
        if self.counts.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(number - 1)
    }

    fn row(&self, place: u32) -> &[T] {
        &self.values[place as usize * self.n_columns..][..self.n_columns]
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 4];
        for number in 1..=self.counts.len() {
            let number = u32::try_from(number).expect("counted by 32 bits before");
            let mut slot = self.slot(self.row(number - 1));
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = number;
        }
    }

    /// Where a row is looked for first.
    fn slot(&self, row: &[T]) -> usize {
        let bits = self.slots.len().trailing_zeros();
        (T::hash(row) >> (64 - bits)) as usize
    }
}
