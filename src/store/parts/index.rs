//! Ids and keys of the base, read once when first asked for: from an id or a keyed hash to the rows that have it.

use crate::store::error::StoreError;
use crate::store::tables::{Table, keys_of};

use super::{Base, Scan};

/// The ids of a table, both ways.
#[derive(Debug)]
pub(crate) struct Ids {
    by_row: Vec<u64>,
    sorted: Vec<(u64, u32)>,
}

impl Ids {
    pub(super) fn read(base: &Base, table: Table) -> Result<Ids, StoreError> {
        let mut by_row = Vec::with_capacity(usize::try_from(base.rows(table)).expect("rows fit"));
        Scan::new(base, table, vec![table.place("id")])
            .each(|_, columns| by_row.extend_from_slice(columns.ids(table.place("id"))))?;
        let mut sorted: Vec<(u64, u32)> = by_row.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        Ok(Ids { by_row, sorted })
    }

    /// The id in a row.
    pub(crate) fn id(&self, row: u32) -> u64 {
        self.by_row[usize::try_from(row).expect("rows fit")]
    }

    /// The row of an id.
    pub(crate) fn row(&self, id: u64) -> Option<u32> {
        let place = self.sorted.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.sorted[place].1)
    }
}

/// Rows by a keyed hash.
#[derive(Debug)]
pub(crate) struct KeyIndex(Vec<(i64, u32)>);

impl KeyIndex {
    pub(super) fn read(base: &Base, table: Table, column: &str) -> Result<KeyIndex, StoreError> {
        let place = table.place(column);
        let mut keys: Vec<(i64, u32)> = Vec::new();
        Scan::new(base, table, vec![place]).each(|start, columns| {
            if column == "accounts" {
                for (row, accounts) in (start..).zip(columns.texts(place).iter()) {
                    keys.extend(keys_of(accounts).into_iter().map(|key| (key, row)));
                }
            } else {
                keys.extend(columns.numbers(place).iter().copied().zip(start..).filter(|(key, _)| *key != 0));
            }
        })?;
        keys.sort_unstable();
        Ok(KeyIndex(keys))
    }

    /// The rows with a key, in order.
    pub(super) fn rows(&self, key: i64) -> impl Iterator<Item = u32> + '_ {
        let from = self.0.partition_point(|(other, _)| *other < key);
        self.0[from..].iter().take_while(move |(other, _)| *other == key).map(|(_, row)| *row)
    }
}
