//! Columns as Parquet bytes and back, by polars, eager only. No path is ever given to polars: bytes come from the disk,
//! checked, and go to it.

use std::io::Cursor;
use std::ops::Range;

use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::*;

use super::columns::{Columns, Data, NO_DATE, Texts};
use super::keyed::Keyed;
use super::reckoned::{reckoned, source};
use super::spec::{ColumnKind, Table};
use super::told::{left_out, put_back, tellers};

/// How long a file will lie, and so how hard it is worth packing. Reading takes the same time either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Written once and read often: zstd's level 8 takes a sixth off documents at four times the time of packing; 9 takes
    /// no more off.
    Lasting,
    /// Soon written anew, while a clerk waits for his commit.
    Passing,
}

impl Packing {
    fn level(self) -> Result<ZstdLevel, PolarsError> {
        ZstdLevel::try_new(match self {
            Packing::Lasting => 8,
            Packing::Passing => 3,
        })
    }
}

/// Rows of a row group: a page of a list reads a few of these, not the whole file. Documents are read one at a time, and
/// under the writer's lock too, so that theirs are small; they compress as well, since a page holds no more anyway.
pub(crate) const fn row_group(table: Table) -> usize {
    match table {
        Table::ClaimDetail => 1_024,
        Table::Claims | Table::Vouchers => 2_048,
        Table::Posted | Table::Companies | Table::Facilities => 8_192,
    }
}

/// Rows of a file at most.
pub(crate) const FILE_ROWS: usize = 65_536;

/// The file of these rows: every column but those that are reckoned from others, documents without what columns tell. Row group by row group, so that only the rows
/// of one lie in memory twice.
pub(crate) fn encode(columns: &Columns, packing: Packing) -> Result<Vec<u8>, PolarsError> {
    let mut bytes = Vec::new();
    let size = row_group(columns.table());
    let mut writer = ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(Some(packing.level()?)))
        .with_statistics(StatisticsOptions::empty())
        .batched(frame(columns, 0..0)?.schema())?;
    for start in (0..columns.rows()).step_by(size) {
        writer.write_batch(&frame(columns, start..columns.rows().min(start + size))?)?;
    }
    writer.finish()?;
    drop(writer);
    Ok(bytes)
}

/// Some rows as polars holds them.
fn frame(columns: &Columns, rows: Range<usize>) -> Result<DataFrame, PolarsError> {
    let table = columns.table();
    let in_file = table.columns().iter().enumerate().filter(|(place, _)| source(table, *place).is_none());
    let series: Vec<polars::prelude::Column> = in_file
        .map(|(place, column)| match tellers(table, place).is_empty() {
            true => to_polars(column.name, columns.data(place), rows.clone()),
            false => {
                let texts = left_out(columns, place, rows.clone());
                to_polars(column.name, &Data::Text(texts), 0..rows.len())
            }
        })
        .collect();
    DataFrame::new(rows.len(), series)
}

fn to_polars(name: &str, data: &Data, rows: Range<usize>) -> polars::prelude::Column {
    let name: PlSmallStr = name.into();
    match data {
        Data::U8(values) => UInt8Chunked::from_slice(name, &values[rows]).into_column(),
        Data::U16(values) => UInt16Chunked::from_slice(name, &values[rows]).into_column(),
        Data::U32(values) => UInt32Chunked::from_slice(name, &values[rows]).into_column(),
        Data::U64(values) => UInt64Chunked::from_slice(name, &values[rows]).into_column(),
        Data::I64(values) => Int64Chunked::from_slice(name, &values[rows]).into_column(),
        Data::Date(values) => {
            let days = values[rows].iter().map(|day| (*day != NO_DATE).then_some(*day));
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
        Data::Text(values) => {
            let mut builder = StringChunkedBuilder::new(name, rows.len());
            rows.for_each(|row| builder.append_value(values.get(row)));
            builder.finish().into_column()
        }
    }
}

/// Rows of a file: the wanted columns, from `start` on, at most `len` of them. Runs on the calling thread. A column that the
/// file does not have is reckoned where it can be: files of older programs have them all.
pub(crate) fn decode(
    bytes: &[u8],
    keyed: &Keyed,
    table: Table,
    wanted: &[usize],
    start: usize,
    len: usize,
) -> Result<Columns, PolarsError> {
    let mut reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
    let start = only_groups_of(&mut reader, start, len)?;
    let there = reader.schema()?;
    let place_read = |place: usize| match source(table, place) {
        Some(source) if !there.contains(table.columns()[place].name) => source,
        _ => place,
    };
    let mut places: Vec<usize> = wanted.iter().map(|place| place_read(*place)).collect();
    let docs: Vec<usize> =
        places.iter().copied().filter(|place| !tellers(table, *place).is_empty()).collect();
    places.extend(docs.iter().flat_map(|place| tellers(table, *place)));
    places.sort_unstable();
    places.dedup();
    let names: Vec<String> = places.iter().map(|place| table.columns()[*place].name.to_owned()).collect();
    let frame = reader.with_columns(Some(names)).with_slice(Some((start, len))).finish()?;
    let mut read: Vec<Option<Data>> = table.columns().iter().map(|_| None).collect();
    for place in places {
        let column = &table.columns()[place];
        read[place] = Some(from_polars(frame.column(column.name)?, column.kind)?);
    }
    for place in docs {
        let Some(Data::Text(texts)) = &read[place] else { continue };
        let whole = put_back(table, place, texts, &read);
        let whole = whole.ok_or_else(|| polars_err!(ComputeError: "a document has a sign of nothing"))?;
        read[place] = Some(Data::Text(whole));
    }
    let reckon = |place: &usize| {
        let from = read[place_read(*place)].as_ref().expect("it was just read");
        (*place, reckoned(table, *place, from, keyed))
    };
    let made: Vec<(usize, Data)> =
        wanted.iter().filter(|place| place_read(**place) != **place).map(reckon).collect();
    read.iter_mut()
        .enumerate()
        .filter(|(place, _)| !wanted.contains(place))
        .for_each(|(_, data)| *data = None);
    made.into_iter().for_each(|(place, data)| read[place] = Some(data));
    Ok(Columns::from_data(table, frame.height(), read))
}

/// Lets a reader see only the groups of rows that some rows lie in, since it goes through all before them otherwise. Answers
/// at which row of what is left they start.
fn only_groups_of(
    reader: &mut ParquetReader<Cursor<&[u8]>>,
    start: usize,
    len: usize,
) -> Result<usize, PolarsError> {
    let whole = reader.get_metadata()?;
    let (mut before, mut left_out) = (0_usize, 0);
    let mut row_groups = Vec::new();
    for group in &whole.row_groups {
        let first = before;
        before = before.saturating_add(group.num_rows());
        if before <= start {
            left_out = before;
        } else if first < start.saturating_add(len) {
            row_groups.push(group.clone());
        }
    }
    if row_groups.len() == whole.row_groups.len() || row_groups.is_empty() {
        return Ok(start);
    }
    let num_rows = row_groups.iter().map(|group| group.num_rows()).sum();
    let narrowed = FileMetadata { num_rows, row_groups, ..FileMetadata::clone(whole) };
    reader.set_metadata(Arc::new(narrowed));
    Ok(start - left_out)
}

/// For each group of rows of a file how many they are, and its bytes; none if the file does not say.
pub(crate) fn group_ranges(bytes: &[u8]) -> Option<Vec<(usize, Range<u64>)>> {
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let groups = &reader.get_metadata().ok()?.row_groups;
    Some(groups.iter().map(|group| (group.num_rows(), group.full_byte_range())).collect())
}

/// Values of a column that has no nulls.
macro_rules! plain {
    ($column:expr, $as:ident, $variant:ident) => {{
        let chunks = $column.$as()?;
        let mut values = Vec::with_capacity(chunks.len());
        if chunks.null_count() > 0 {
            polars_bail!(SchemaMismatch: "null where none may be");
        }
        for chunk in chunks.downcast_iter() {
            values.extend_from_slice(chunk.values().as_slice());
        }
        Data::$variant(values)
    }};
}

fn from_polars(column: &polars::prelude::Column, kind: ColumnKind) -> Result<Data, PolarsError> {
    let series = column.as_materialized_series();
    Ok(match kind {
        ColumnKind::U8 => plain!(series, u8, U8),
        ColumnKind::U16 => plain!(series, u16, U16),
        ColumnKind::U32 => plain!(series, u32, U32),
        ColumnKind::U64 => plain!(series, u64, U64),
        ColumnKind::I64 => plain!(series, i64, I64),
        ColumnKind::Date => {
            let days = series.date()?;
            Data::Date(days.physical().iter().map(|day| day.unwrap_or(NO_DATE)).collect())
        }
        ColumnKind::Text => {
            let mut texts = Texts::default();
            for text in series.str()?.iter() {
                texts.push(text.unwrap_or_default());
            }
            Data::Text(texts)
        }
    })
}
