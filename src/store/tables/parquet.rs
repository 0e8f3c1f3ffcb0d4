//! Columns as Parquet bytes and back, by polars, eager only. No path is ever given to polars: bytes come from the disk,
//! checked, and go to it.

use std::io::Cursor;

use polars::prelude::*;

use super::columns::{Columns, Data, NO_DATE, Texts};
use super::spec::{ColumnKind, Table};

/// Rows of a row group: a page of a list reads a few of these, not the whole file. Documents are read one at a time, and
/// under the writer's lock too, so that theirs are small; they compress as well, since a page holds no more anyway.
pub(crate) const fn row_group(table: Table) -> usize {
    match table {
        Table::ClaimDetail => 1_024,
        Table::Vouchers => 2_048,
        Table::Claims | Table::Posted | Table::Companies | Table::Facilities => 8_192,
    }
}

/// Rows of a file at most.
pub(crate) const FILE_ROWS: usize = 65_536;

/// The file of these rows.
pub(crate) fn encode(columns: &Columns) -> Result<Vec<u8>, PolarsError> {
    let series: Vec<polars::prelude::Column> = columns
        .table()
        .columns()
        .iter()
        .enumerate()
        .map(|(place, column)| to_polars(column.name, columns.data(place)))
        .collect();
    let mut frame = DataFrame::new(columns.rows(), series)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_statistics(StatisticsOptions::empty())
        .with_row_group_size(Some(row_group(columns.table())))
        .finish(&mut frame)?;
    Ok(bytes)
}

fn to_polars(name: &str, data: &Data) -> polars::prelude::Column {
    let name: PlSmallStr = name.into();
    match data {
        Data::U8(values) => UInt8Chunked::from_slice(name, values).into_column(),
        Data::U16(values) => UInt16Chunked::from_slice(name, values).into_column(),
        Data::U32(values) => UInt32Chunked::from_slice(name, values).into_column(),
        Data::U64(values) => UInt64Chunked::from_slice(name, values).into_column(),
        Data::I64(values) => Int64Chunked::from_slice(name, values).into_column(),
        Data::Date(values) => {
            let days = values.iter().map(|day| (*day != NO_DATE).then_some(*day));
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
        Data::Text(values) => {
            let mut builder = StringChunkedBuilder::new(name, values.len());
            values.iter().for_each(|text| builder.append_value(text));
            builder.finish().into_column()
        }
    }
}

/// Rows of a file: the wanted columns, from `start` on, at most `len` of them. Runs on the calling thread.
pub(crate) fn decode(
    bytes: &[u8],
    table: Table,
    wanted: &[usize],
    start: usize,
    len: usize,
) -> Result<Columns, PolarsError> {
    let names: Vec<String> = wanted.iter().map(|place| table.columns()[*place].name.to_owned()).collect();
    let frame = ParquetReader::new(Cursor::new(bytes))
        .read_parallel(ParallelStrategy::None)
        .with_columns(Some(names))
        .with_slice(Some((start, len)))
        .finish()?;
    let mut data: Vec<Option<Data>> = table.columns().iter().map(|_| None).collect();
    for place in wanted {
        let column = &table.columns()[*place];
        data[*place] = Some(from_polars(frame.column(column.name)?, column.kind)?);
    }
    Ok(Columns::from_data(table, frame.height(), data))
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
