//! The books for other engines: `<table>/year=2026/month=10/part-0.parquet`, codes as words, days and months as numbers
//! any engine knows, no look-up keys and no documents. Masked unless asked otherwise. The program never reads it back.

mod cells;

use std::collections::BTreeSet;
use std::path::Path;

use polars::prelude::{DataFrame, ParquetCompression, ParquetWriter, PolarsError};
use serde::Serialize;

use super::disk::{Disk, ItemKind, Sharing, ensure_dir, read_whole, replace_file};
use super::error::{Doing, StoreError};
use super::tables::{Columns, Table};
use super::view::View;

/// What is published.
const TABLES: [Table; 3] = [Table::Claims, Table::Posted, Table::Vouchers];
/// Says what lies in the folder; written last.
const MART: &str = "mart.json";

/// How much of a person is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Masking {
    /// First letters of names, last four digits of numbers; no birth date, no diagnosis, no free text.
    Masked,
    /// Everything that lists show.
    Whole,
}

/// What was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Rows of all tables.
    pub rows: u64,
    /// Files.
    pub files: u64,
    /// Files of earlier months or lengths that were taken away.
    pub swept: u64,
}

#[derive(Serialize)]
struct MartShape<'a> {
    mart: u64,
    seq: u64,
    head: String,
    masked: bool,
    tables: Vec<(&'a str, u64)>,
}

impl View {
    /// Publishes the tables into a folder. Each file is replaced at once, `mart.json` last: a reader meets whole files,
    /// and knows by it of which record they are.
    pub fn publish(&self, disk: &dyn Disk, dir: &Path, masking: Masking) -> Result<Published, StoreError> {
        let is_mart = read_whole(disk, &dir.join(MART)).is_ok();
        let mut done = Published::default();
        let mut tables = Vec::new();
        ensure_dir(disk, dir, Sharing::Group).doing("make", dir)?;
        for table in TABLES {
            let mut writer = Writer { disk, dir, table, masking, written: BTreeSet::new(), rows: 0 };
            self.publish_table(&mut writer)?;
            tables.push((table.name(), writer.rows));
            done.rows += writer.rows;
            done.files += writer.written.len() as u64;
            if is_mart {
                done.swept += writer.sweep();
            }
        }
        let head = self.head();
        let masked = masking == Masking::Masked;
        let shape = MartShape { mart: 1, seq: head.seq, head: head.hash.to_string(), masked, tables };
        let mut bytes = serde_json::to_vec(&shape).expect("the shape has no map keys that are not text");
        bytes.push(b'\n');
        let path = dir.join(MART);
        replace_file(disk, &path, &bytes, Sharing::Group).doing("write", &path)?;
        Ok(done)
    }

    /// File by file, so that memory stays at one of them.
    fn publish_table(&self, writer: &mut Writer<'_>) -> Result<(), StoreError> {
        let table = writer.table;
        let base = &self.state().base;
        let hidden = match table {
            Table::Claims => self.hidden_claims(),
            Table::Vouchers => self.hidden_vouchers(),
            _ => Vec::new(),
        };
        for (file, part) in base.parts(table).iter().enumerate() {
            let columns = base.whole(part)?;
            let start = base.start(table, file);
            let mut rows = start..start + part.entry.rows;
            let first = hidden.partition_point(|row| *row < start);
            if hidden.get(first).is_none_or(|row| *row >= rows.end) {
                writer.put(part.entry.month, &columns)?;
                continue;
            }
            let mut left = Columns::new(table);
            for place in 0..columns.rows() {
                if rows.next().is_some_and(|row| hidden.binary_search(&row).is_err()) {
                    left.push_row(&columns, place);
                }
            }
            writer.put(part.entry.month, &left)?;
        }
        let since = self.overlay_columns(table);
        let home = table.place(match table {
            Table::Claims => "registered",
            Table::Vouchers => "posted",
            _ => "month",
        });
        let months: BTreeSet<u32> = since.words(home).iter().copied().collect();
        for month in months {
            let mut of_month = Columns::new(table);
            (0..since.rows())
                .filter(|row| since.words(home)[*row] == month)
                .for_each(|row| of_month.push_row(&since, row));
            writer.put(month, &of_month)?;
        }
        Ok(())
    }
}

/// Writes the files of one table.
struct Writer<'a> {
    disk: &'a dyn Disk,
    dir: &'a Path,
    table: Table,
    masking: Masking,
    /// Names from the table's folder on.
    written: BTreeSet<String>,
    rows: u64,
}

impl Writer<'_> {
    fn put(&mut self, month: u32, columns: &Columns) -> Result<(), StoreError> {
        if columns.rows() == 0 {
            return Ok(());
        }
        let folder = format!("year={}/month={}", month / 100, month % 100);
        let n = self.written.iter().filter(|name| name.starts_with(&format!("{folder}/"))).count();
        let name = format!("{folder}/part-{n}.parquet");
        let path = self.dir.join(self.table.name()).join(&name);
        let bytes = encode(columns, self.masking)
            .map_err(|error| StoreError::Part { path: path.clone(), why: error.to_string() })?;
        let parent = path.parent().expect("it has a folder");
        ensure_dir(self.disk, parent, Sharing::Group).doing("make", parent)?;
        replace_file(self.disk, &path, &bytes, Sharing::Group).doing("write", &path)?;
        self.rows += columns.rows() as u64;
        self.written.insert(name);
        Ok(())
    }

    /// Takes away files of an earlier publication that this one did not write again.
    fn sweep(&self) -> u64 {
        let mut swept = 0;
        let top = self.dir.join(self.table.name());
        let folders = |dir: &Path, prefix: &str| -> Vec<String> {
            let items = self.disk.list(dir).unwrap_or_default();
            let is_one = |kind, name: &str| kind == ItemKind::Dir && name.starts_with(prefix);
            items.into_iter().filter(|item| is_one(item.kind, &item.name)).map(|item| item.name).collect()
        };
        for year in folders(&top, "year=") {
            for month in folders(&top.join(&year), "month=") {
                let dir = top.join(&year).join(&month);
                for item in self.disk.list(&dir).unwrap_or_default() {
                    let is_ours = item.name.starts_with("part-") && item.name.ends_with(".parquet");
                    let is_current = self.written.contains(&format!("{year}/{month}/{}", item.name));
                    if is_ours && !is_current {
                        swept += u64::from(self.disk.unlink(&dir.join(&item.name)).is_ok());
                    }
                }
            }
        }
        swept
    }
}

fn encode(columns: &Columns, masking: Masking) -> Result<Vec<u8>, PolarsError> {
    let mut frame = DataFrame::new(columns.rows(), cells::published(columns, masking))?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Zstd(None)).finish(&mut frame)?;
    Ok(bytes)
}
