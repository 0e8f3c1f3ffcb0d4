//! Rows in memory, column by column, in plain vectors: what every reader and writer of a table works on.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::spec::{ColumnKind, Table};

/// The number of a day that is not there.
pub(crate) const NO_DATE: i32 = i32::MIN;

/// A value on its way into a column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
    I64(i64),
    Date(Option<Date>),
    Text(&'a str),
}

/// Texts one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    pub(crate) fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.bytes[start..self.ends[row]]
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }
}

/// The values of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Data {
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    I64(Vec<i64>),
    /// Days since 1970, or [`NO_DATE`].
    Date(Vec<i32>),
    Text(Texts),
}

impl Data {
    pub(crate) fn new(kind: ColumnKind) -> Data {
        match kind {
            ColumnKind::U8 => Data::U8(Vec::new()),
            ColumnKind::U16 => Data::U16(Vec::new()),
            ColumnKind::U32 => Data::U32(Vec::new()),
            ColumnKind::U64 => Data::U64(Vec::new()),
            ColumnKind::I64 => Data::I64(Vec::new()),
            ColumnKind::Date => Data::Date(Vec::new()),
            ColumnKind::Text => Data::Text(Texts::default()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) -> usize {
        match (self, cell) {
            (Data::U8(values), Cell::U8(value)) => values.push(value),
            (Data::U16(values), Cell::U16(value)) => values.push(value),
            (Data::U32(values), Cell::U32(value)) => values.push(value),
            (Data::U64(values), Cell::U64(value)) => values.push(value),
            (Data::I64(values), Cell::I64(value)) => values.push(value),
            (Data::Date(values), Cell::Date(value)) => values.push(value.map_or(NO_DATE, day_number)),
            (Data::Text(values), Cell::Text(value)) => {
                values.push(value);
                return value.len() + 8;
            }
            (data, cell) => panic!("{cell:?} does not fit into {data:?}"),
        }
        8
    }

    fn push_from(&mut self, from: &Data, row: usize) -> usize {
        match (self, from) {
            (Data::U8(values), Data::U8(from)) => values.push(from[row]),
            (Data::U16(values), Data::U16(from)) => values.push(from[row]),
            (Data::U32(values), Data::U32(from)) => values.push(from[row]),
            (Data::U64(values), Data::U64(from)) => values.push(from[row]),
            (Data::I64(values), Data::I64(from)) => values.push(from[row]),
            (Data::Date(values), Data::Date(from)) => values.push(from[row]),
            (Data::Text(values), Data::Text(from)) => {
                values.push(from.get(row));
                return from.get(row).len() + 8;
            }
            (data, from) => panic!("{from:?} does not fit into {data:?}"),
        }
        8
    }

    /// The bytes by which a row is hashed: little-endian numbers, texts behind their length.
    fn canonical(&self, row: usize, out: &mut Vec<u8>) {
        match self {
            Data::U8(values) => out.push(values[row]),
            Data::U16(values) => out.extend(values[row].to_le_bytes()),
            Data::U32(values) => out.extend(values[row].to_le_bytes()),
            Data::U64(values) => out.extend(values[row].to_le_bytes()),
            Data::I64(values) => out.extend(values[row].to_le_bytes()),
            Data::Date(values) => out.extend(values[row].to_le_bytes()),
            Data::Text(values) => {
                let text = values.get(row);
                out.extend((text.len() as u64).to_le_bytes());
                out.extend(text.as_bytes());
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Data::U8(values) => values.len(),
            Data::U16(values) => values.len(),
            Data::U32(values) => values.len(),
            Data::U64(values) => values.len(),
            Data::I64(values) => values.len(),
            Data::Date(values) => values.len(),
            Data::Text(values) => values.len(),
        }
    }
}

/// Days from 1970 to a date.
pub(crate) fn day_number(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    (date - EPOCH).get_days()
}

/// The date of a number of days, or none.
pub(crate) fn date_of(days: i32) -> Option<Date> {
    if days == NO_DATE {
        return None;
    }
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok()
}

/// A sum of row hashes modulo 2¹²⁸: the order of rows does not matter, every bit of every row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum128(pub u128);

impl Sum128 {
    /// Adds a row's hash.
    pub fn add(&mut self, hash: u128) {
        self.0 = self.0.wrapping_add(hash);
    }

    /// As 32 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// From what [`Sum128::hex`] writes.
    pub fn from_hex(text: &str) -> Option<Sum128> {
        u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32).map(Sum128)
    }
}

/// Rows of a table, or some of their columns.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    table: Table,
    rows: usize,
    data: Vec<Option<Data>>,
    /// About how much memory the rows take.
    bytes: usize,
}

impl Columns {
    /// No rows yet, every column.
    pub(crate) fn new(table: Table) -> Columns {
        let data = table.columns().iter().map(|column| Some(Data::new(column.kind))).collect();
        Columns { table, rows: 0, data, bytes: 0 }
    }

    /// From columns that were read; those not asked for are none.
    pub(crate) fn from_data(table: Table, rows: usize, data: Vec<Option<Data>>) -> Columns {
        assert!(data.iter().flatten().all(|data| data.len() == rows), "columns of one length");
        Columns { table, rows, data, bytes: 0 }
    }

    pub(crate) fn table(&self) -> Table {
        self.table
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a row; one cell for each column, in their order.
    pub(crate) fn push(&mut self, cells: &[Cell<'_>]) {
        assert_eq!(cells.len(), self.data.len(), "one cell a column of {}", self.table.name());
        for (data, cell) in self.data.iter_mut().zip(cells) {
            self.bytes += data.as_mut().expect("every column is there when rows are added").push(*cell);
        }
        self.rows += 1;
    }

    pub(crate) fn data(&self, column: usize) -> &Data {
        let name = self.table.columns()[column].name;
        self.data[column].as_ref().unwrap_or_else(|| panic!("column {name} was not read"))
    }

    /// Adds a row of another set of columns of the same table, both whole.
    pub(crate) fn push_row(&mut self, other: &Columns, row: usize) {
        assert_eq!(self.table, other.table, "rows stay in their table");
        for (data, from) in self.data.iter_mut().zip(&other.data) {
            let (Some(data), Some(from)) = (data, from) else { panic!("whole rows are copied") };
            self.bytes += data.push_from(from, row);
        }
        self.rows += 1;
    }

    /// The hash of a row: the first half of the SHA-256 of its canonical bytes.
    pub(crate) fn row_hash(&self, row: usize) -> u128 {
        let mut bytes = Vec::with_capacity(256);
        for data in self.data.iter().flatten() {
            data.canonical(row, &mut bytes);
        }
        let digest = Sha256::digest(&bytes);
        u128::from_be_bytes(digest[..16].try_into().expect("a digest has 32 bytes"))
    }

    /// The sum of all rows' hashes.
    pub(crate) fn sum(&self) -> Sum128 {
        let mut sum = Sum128::default();
        (0..self.rows).for_each(|row| sum.add(self.row_hash(row)));
        sum
    }
}

/// Typed access by the column's place.
macro_rules! access {
    ($($name:ident $variant:ident $type:ty;)*) => {
        impl Columns {
            $(pub(crate) fn $name(&self, column: usize) -> &[$type] {
                match self.data(column) {
                    Data::$variant(values) => values,
                    other => panic!("column {column} holds {other:?}"),
                }
            })*

            pub(crate) fn texts(&self, column: usize) -> &Texts {
                match self.data(column) {
                    Data::Text(values) => values,
                    other => panic!("column {column} holds {other:?}"),
                }
            }

            pub(crate) fn date(&self, column: usize, row: usize) -> Option<Date> {
                date_of(self.dates(column)[row])
            }
        }
    };
}

access! {
    bytes_of U8 u8;
    shorts U16 u16;
    words U32 u32;
    ids U64 u64;
    numbers I64 i64;
    dates Date i32;
}
