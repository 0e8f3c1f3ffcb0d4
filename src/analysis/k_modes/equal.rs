//! Equal rows as one row of their number. They have equal distances to everything, so that labels, modes and cost are the
//! same; dependent categories, such as those of accidents, leave a few thousand different rows of a million.

/// Rows looked at to see whether it pays.
const PROBED_ROWS: usize = 65_536;

/// Different rows in the order in which they come first.
pub(super) struct Distinct {
    /// Row after row.
    pub(super) codes: Vec<u8>,
    /// How many rows each stands for.
    pub(super) weights: Vec<f64>,
    /// For each row of the data the one that stands for it.
    pub(super) of_row: Vec<u32>,
}

impl Distinct {
    /// The different rows; nothing when of the first rows over half are different.
    pub(super) fn of(codes: &[u8], n_columns: usize) -> Option<Self> {
        let n_rows = codes.len() / n_columns;
        let mut table = Table::new(n_columns);
        let mut of_row = Vec::with_capacity(n_rows);
        for (at, row) in codes.chunks_exact(n_columns).enumerate() {
            if at == PROBED_ROWS && table.counts.len() > PROBED_ROWS / 2 {
                return None;
            }
            of_row.push(table.place(row)?);
        }
        if table.counts.len() > n_rows / 2 {
            return None;
        }
        let weights = table.counts.iter().map(|count| f64::from(*count)).collect();
        Some(Self { codes: table.codes, weights, of_row })
    }
}

/// Different rows by their bytes: places are found by a hash and never leave by its order.
struct Table {
    codes: Vec<u8>,
    counts: Vec<u32>,
    n_columns: usize,
    /// The number of a row from 1, or 0; as many as a power of two, at most half of them used.
    slots: Vec<u32>,
}

impl Table {
    fn new(n_columns: usize) -> Self {
        Self { codes: Vec::new(), counts: Vec::new(), n_columns, slots: vec![0; 1024] }
    }

    /// The place of a row, counted once more; nothing beyond what 32 bits number.
    fn place(&mut self, row: &[u8]) -> Option<u32> {
        let mut slot = self.slot(row);
        while let Some(place) = self.slots[slot].checked_sub(1) {
            if self.row(place) == row {
                self.counts[place as usize] = self.counts[place as usize].checked_add(1)?;
                return Some(place);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.codes.extend_from_slice(row);
        self.counts.push(1);
        let number = u32::try_from(self.counts.len()).ok()?;
        self.slots[slot] = number;
        if self.counts.len() * 2 > self.slots.len() {
            self.grow();
        }
        Some(number - 1)
    }

    fn row(&self, place: u32) -> &[u8] {
        &self.codes[place as usize * self.n_columns..][..self.n_columns]
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

    /// Where a row is looked for first: its words multiplied into each other, the well-mixed upper bits of the product.
    fn slot(&self, row: &[u8]) -> usize {
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut hash = 0_u64;
        for part in row.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            hash = (hash.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
        }
        let bits = self.slots.len().trailing_zeros();
        (hash >> (64 - bits)) as usize
    }
}
