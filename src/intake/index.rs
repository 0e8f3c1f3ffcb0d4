//! Keys of a million rows: their texts in one piece, sorted, found by halving. Exact, and the same on every run.

/// Rows by key. Keys may repeat; equal keys keep the order of their rows.
#[derive(Debug, Default)]
pub struct KeyIndex {
    text: String,
    ends: Vec<u32>,
    rows: Vec<u32>,
    sorted: Vec<u32>,
}

impl KeyIndex {
    /// Adds a key; rows come in any order, [`KeyIndex::sort`] comes last.
    pub fn push(&mut self, key: &str, row: u32) {
        self.text.push_str(key);
        self.ends.push(u32::try_from(self.text.len()).expect("keys are shorter than their files"));
        self.rows.push(row);
    }

    /// Makes the keys findable.
    pub fn sort(&mut self) {
        let n_keys = u32::try_from(self.rows.len()).expect("rows are numbered by 32 bits");
        let mut sorted: Vec<u32> = (0..n_keys).collect();
        sorted.sort_unstable_by(|a, b| self.key(*a).cmp(self.key(*b)).then(a.cmp(b)));
        self.sorted = sorted;
        // It is not added to any more, and stays as long as the import.
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.rows.shrink_to_fit();
    }

    /// The row of a key: the first of equals.
    pub fn find(&self, key: &str) -> Option<u32> {
        let place = self.sorted.partition_point(|entry| self.key(*entry) < key);
        let entry = *self.sorted.get(place)?;
        (self.key(entry) == key).then(|| self.rows[index(entry)])
    }

    /// Pairs of rows with the same key: the first row of it and each later one.
    pub fn twins(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let mut first = 0;
        (1..self.sorted.len()).filter_map(move |place| {
            if self.key(self.sorted[place]) != self.key(self.sorted[first]) {
                first = place;
                return None;
            }
            Some((self.rows[index(self.sorted[first])], self.rows[index(self.sorted[place])]))
        })
    }

    fn key(&self, entry: u32) -> &str {
        let entry = index(entry);
        let start = if entry == 0 { 0 } else { index(self.ends[entry - 1]) };
        &self.text[start..index(self.ends[entry])]
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).expect("indexes are at least 32 bits wide")
}
