//! Look-ups by id and by keyed hash: what the `keys` sidecar of a file of claims or vouchers holds, and how it is asked. A
//! question costs one or two reads of a few kilobytes a file, since hashes lie evenly and ids nearly so: the place of a key is
//! reckoned from the key, and only its neighbourhood is read.
//!
//! Numbers are little-endian. A head of 48 bytes: rows (4), bytes of an id (1: 4 or 8), whether ids ascend with the rows (1),
//! nothing (2), smallest and largest id (8 each), entries of each of four key columns (4 each), nothing (8). Then the ids in
//! the order of the rows, each less the smallest one; where they do not ascend, the same ids sorted, each with its row (2);
//! then of each key column its hashes, without those that are none, sorted, each with its row: the hash (8) as an unsigned
//! number in the order of its bits, the row (2).

use crate::store::error::StoreError;
use crate::store::sidecar::{Sidecar, Wrong};
use crate::store::tables::{Columns, Table, keys_of};

use super::beside::Kind;
use super::{Base, KeyKind, Part};

const HEAD: u64 = 48;
const COLUMNS: usize = 4;
/// Bytes of a row's number within its file.
const ROW: u64 = 2;
/// Bytes of a keyed hash.
const HASH: u64 = 8;
/// How many entries before and behind the reckoned place are read first: three times the spread of evenly lying hashes.
const NEAR: u64 = 384;

/// The key columns of a table, in the order of the sidecar.
fn key_columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Claims => &["claim_key", "identity_key", "kpj_key", "accounts"],
        _ => &["code_key"],
    }
}

/// The columns that the sidecar is made from.
pub(super) fn wanted(table: Table) -> Vec<usize> {
    key_columns(table).iter().chain(&["id"]).map(|name| table.place(name)).collect()
}

fn row_number(row: usize) -> u16 {
    u16::try_from(row).expect("a file has at most 65,536 rows")
}

/// A hash as an unsigned number in the same order.
fn ordered(key: i64) -> u64 {
    key.cast_unsigned() ^ (1 << 63)
}

/// The content of the sidecar for the rows of a file.
pub(super) fn content(columns: &Columns) -> Vec<u8> {
    let table = columns.table();
    let ids = columns.ids(table.place("id"));
    let (min, max) = (ids.iter().min().copied().unwrap_or(0), ids.iter().max().copied().unwrap_or(0));
    let width = if u32::try_from(max - min).is_ok() { 4 } else { 8 };
    let ascends = ids.is_sorted_by(|a, b| a < b);
    let mut keys: Vec<Vec<(u64, u16)>> =
        key_columns(table).iter().map(|name| hashes(columns, name)).collect();
    keys.resize(COLUMNS, Vec::new());
    let mut out = Vec::with_capacity(ids.len() * 48 + 64);
    out.extend(u32::try_from(ids.len()).expect("a file has few rows").to_le_bytes());
    out.extend([width, u8::from(ascends), 0, 0]);
    out.extend(min.to_le_bytes());
    out.extend(max.to_le_bytes());
    for column in &keys {
        out.extend(u32::try_from(column.len()).expect("a file has few keys").to_le_bytes());
    }
    out.extend([0; 8]);
    let width = usize::from(width);
    ids.iter().for_each(|id| out.extend(&(id - min).to_le_bytes()[..width]));
    if !ascends {
        let mut by_id: Vec<(u64, u16)> =
            ids.iter().enumerate().map(|(row, id)| (id - min, row_number(row))).collect();
        by_id.sort_unstable();
        for (id, row) in by_id {
            out.extend(&id.to_le_bytes()[..width]);
            out.extend(row.to_le_bytes());
        }
    }
    for (key, row) in keys.into_iter().flatten() {
        out.extend(key.to_le_bytes());
        out.extend(row.to_le_bytes());
    }
    out
}

/// The hashes of a column with their rows, sorted, each pair once.
fn hashes(columns: &Columns, name: &str) -> Vec<(u64, u16)> {
    let place = columns.table().place(name);
    let mut found = Vec::with_capacity(columns.rows());
    if name == "accounts" {
        for (row, accounts) in columns.texts(place).iter().enumerate() {
            found.extend(keys_of(accounts).into_iter().map(|key| (ordered(key), row_number(row))));
        }
    } else {
        let keys = columns.numbers(place).iter().enumerate();
        found.extend(keys.filter(|(_, key)| **key != 0).map(|(row, key)| (ordered(*key), row_number(row))));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What the head of a sidecar says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory {
    rows: u64,
    width: u64,
    ascends: bool,
    min: u64,
    max: u64,
    counts: [u64; COLUMNS],
}

/// Sorted entries of one length: where they begin, how many there are, how long each is, and how long its key.
#[derive(Debug, Clone, Copy)]
struct Section {
    start: u64,
    count: u64,
    entry: u64,
    key: u64,
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}

fn at(place: u64) -> usize {
    usize::try_from(place).expect("a sidecar fits into memory")
}

impl Directory {
    fn read(sidecar: &Sidecar, rows: u32) -> Result<Directory, Wrong> {
        let head = sidecar.read(0, HEAD)?;
        let part = |from: usize, len: usize| number(&head[from..from + len]);
        let mut counts = [0; COLUMNS];
        for (place, count) in counts.iter_mut().enumerate() {
            *count = part(24 + 4 * place, 4);
        }
        let directory = Directory {
            rows: part(0, 4),
            width: part(4, 1),
            ascends: part(5, 1) == 1,
            min: part(8, 8),
            max: part(16, 8),
            counts,
        };
        let is_ours = directory.rows == u64::from(rows) && [4, 8].contains(&directory.width);
        let fits = is_ours && directory.keys(COLUMNS).start == sidecar.len();
        if fits { Ok(directory) } else { Err(Wrong::Damaged) }
    }

    /// The ids in the order of the rows.
    fn ids(&self) -> Section {
        Section { start: HEAD, count: self.rows, entry: self.width, key: self.width }
    }

    /// The ids in their own order.
    fn by_id(&self) -> Section {
        let ids = self.ids();
        if self.ascends {
            return ids;
        }
        Section { start: ids.start + ids.count * ids.entry, entry: self.width + ROW, ..ids }
    }

    /// A key column; behind the last one stands where the content ends.
    fn keys(&self, column: usize) -> Section {
        let by_id = self.by_id();
        let before: u64 = self.counts[..column].iter().sum();
        let start = by_id.start + by_id.count * by_id.entry + before * (HASH + ROW);
        let count = self.counts.get(column).copied().unwrap_or(0);
        Section { start, count, entry: HASH + ROW, key: HASH }
    }
}

impl Section {
    fn entries(&self, sidecar: &Sidecar, from: u64, to: u64) -> Result<Vec<u8>, Wrong> {
        sidecar.read(self.start + from * self.entry, (to - from) * self.entry)
    }

    /// The number of the first entry with a key, and all entries with it. `guess` is where it should be.
    fn find(&self, sidecar: &Sidecar, key: u64, guess: u64) -> Result<(u64, Vec<u8>), Wrong> {
        let mut near = NEAR;
        loop {
            let from = guess.min(self.count).saturating_sub(near);
            let to = guess.saturating_add(near).min(self.count);
            if from >= to {
                return Ok((from, Vec::new()));
            }
            let read = self.entries(sidecar, from, to)?;
            let entries: Vec<&[u8]> = read.chunks_exact(at(self.entry)).collect();
            let key_of = |entry: &[u8]| number(&entry[..at(self.key)]);
            let first = entries.partition_point(|entry| key_of(entry) < key);
            let behind = entries.partition_point(|entry| key_of(entry) <= key);
            let begins_here = first > 0 || from == 0;
            let ends_here = behind < entries.len() || to == self.count;
            if begins_here && ends_here {
                return Ok((from + first as u64, entries[first..behind].concat()));
            }
            near = near.saturating_mul(8);
        }
    }
}

/// Where a value below `of` should be among `count` that lie evenly.
fn share(value: u64, of: u128, count: u64) -> u64 {
    u64::try_from(u128::from(value) * u128::from(count) / of.max(1)).unwrap_or(count)
}

impl Base {
    fn directory<'a>(&self, part: &'a Part) -> Result<&'a Directory, StoreError> {
        super::once(&part.keys, || {
            self.consult(part, Kind::Keys, |sidecar| Directory::read(sidecar, part.entry.rows))
        })
    }

    /// Reads now what every look-up needs of each file, so that those under the writer's lock are short; a sidecar that is
    /// missing is made.
    pub(crate) fn warm(&self) -> Result<(), StoreError> {
        let tables = [Table::Claims, Table::Vouchers];
        let parts: Vec<_> = tables.iter().flat_map(|table| self.parts(*table)).collect();
        let cold: Vec<_> = parts.into_iter().filter(|part| part.keys.get().is_none()).collect();
        let read = |_: &mut (), place: usize| self.directory(cold[place]).map(drop);
        crate::base::ordered::in_order(cold.len(), || (), read, |()| Ok(()))?;
        self.set_warm();
        Ok(())
    }

    /// The row of an id.
    pub(crate) fn row_of(&self, table: Table, id: u64) -> Result<Option<u32>, StoreError> {
        for file in self.candidates(table, id)? {
            let part = &self.parts(table)[file];
            let directory = self.directory(part)?;
            if part.entry.rows == 0 || id < directory.min || directory.max < id {
                continue;
            }
            self.asked(table);
            let wanted = id - directory.min;
            let span = u128::from(directory.max - directory.min) + 1;
            let guess = share(wanted, span, directory.rows);
            let section = directory.by_id();
            let found = self.consult(part, Kind::Keys, |sidecar| {
                let (first, entries) = section.find(sidecar, wanted, guess)?;
                Ok(match (entries.is_empty(), directory.ascends) {
                    (true, _) => None,
                    (false, true) => Some(first),
                    (false, false) => Some(number(&entries[at(directory.width)..at(section.entry)])),
                })
            })?;
            if let Some(row) = found {
                return Ok(Some(self.start(table, file) + u32::try_from(row).expect("rows fit")));
            }
        }
        Ok(None)
    }

    /// Every id of a file, in the order of the rows.
    pub(super) fn all_ids(&self, table: Table, file: usize) -> Result<Vec<u64>, StoreError> {
        let part = &self.parts(table)[file];
        let directory = self.directory(part)?;
        let section = directory.ids();
        let all = self.consult(part, Kind::Keys, |sidecar| section.entries(sidecar, 0, section.count))?;
        Ok(all.chunks_exact(at(section.entry)).map(|id| directory.min + number(id)).collect())
    }

    /// The ids of some rows, each at the place of its row.
    pub(crate) fn ids_of(&self, table: Table, rows: &[u32]) -> Result<Vec<u64>, StoreError> {
        const MANY: usize = 64;
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_unstable_by_key(|place| rows[*place]);
        let mut ids = vec![0; rows.len()];
        for places in order.chunk_by(|a, b| self.file_of(table, rows[*a]) == self.file_of(table, rows[*b])) {
            let file = self.file_of(table, rows[places[0]]);
            let (part, start) = (&self.parts(table)[file], self.start(table, file));
            let directory = self.directory(part)?;
            let section = directory.ids();
            let found = self.consult(part, Kind::Keys, |sidecar| {
                let all = if places.len() > MANY {
                    section.entries(sidecar, 0, section.count)?
                } else {
                    Vec::new()
                };
                let mut found = Vec::with_capacity(places.len());
                for place in places {
                    let row = u64::from(rows[*place] - start);
                    found.push(if all.is_empty() {
                        number(&section.entries(sidecar, row, row + 1)?)
                    } else {
                        number(&all[at(row * section.entry)..at((row + 1) * section.entry)])
                    });
                }
                Ok(found)
            })?;
            for (place, id) in places.iter().zip(found) {
                ids[*place] = directory.min + id;
            }
        }
        Ok(ids)
    }

    /// The rows with a key, in order: of `claims`, or of `vouchers` for codes.
    pub(crate) fn rows_with(&self, kind: KeyKind, key: i64) -> Result<Vec<u32>, StoreError> {
        let (table, column) = match kind {
            KeyKind::ClaimNo => (Table::Claims, 0),
            KeyKind::Identity => (Table::Claims, 1),
            KeyKind::Kpj => (Table::Claims, 2),
            KeyKind::Account => (Table::Claims, 3),
            KeyKind::Code => (Table::Vouchers, 0),
        };
        let key = ordered(key);
        let mut rows = Vec::new();
        for (file, part) in self.parts(table).iter().enumerate() {
            let section = self.directory(part)?.keys(column);
            if section.count == 0 {
                continue;
            }
            let guess = share(key, 1 << 64, section.count);
            let (_, found) = self.consult(part, Kind::Keys, |sidecar| section.find(sidecar, key, guess))?;
            let start = self.start(table, file);
            let places = found.chunks_exact(at(section.entry)).map(|entry| number(&entry[at(HASH)..]));
            rows.extend(places.map(|row| start + u32::try_from(row).expect("rows fit")));
        }
        Ok(rows)
    }
}
