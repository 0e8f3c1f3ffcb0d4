//! The refused rows as a file: as they were, with the reasons behind, so that they can be mended and read again.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::base::safe;

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// File it stood in.
    pub file: String,
    /// Row as a person counts.
    pub row: u32,
    /// Its cells; a row that could not be cut into cells is one cell.
    pub cells: Vec<String>,
    /// Why, in sentences.
    pub reasons: Vec<String>,
}

/// Refused rows of files with these headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rejects {
    /// Name of the table they are of, such as `claims`.
    pub table: &'static str,
    /// Headings of the file.
    pub headings: Vec<String>,
    /// Its refused rows.
    pub rows: Vec<Reject>,
}

/// Bytes of a cell that are written; a broken row can be as long as its file.
const N_CELL_CHARS: usize = 32_000;

/// Columns behind a row's own cells.
const OURS: [&str; 3] = ["_file", "_row", "_reason"];

/// Writes refused rows, each with `_file`, `_row` and `_reason` behind its own cells, and tells the files written: `path`
/// for the first table, and one beside it for each further table or set of headings (`rejects-benefits.csv`), so that
/// every file can be mended and read again.
pub fn write(path: &Path, blocks: &[Rejects]) -> std::io::Result<Vec<PathBuf>> {
    let mut groups: Vec<Vec<&Rejects>> = Vec::new();
    for block in blocks.iter().filter(|block| !block.rows.is_empty()) {
        let alike = |group: &&mut Vec<&Rejects>| {
            (group[0].table, group[0].own_headings()) == (block.table, block.own_headings())
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(block),
            None => groups.push(vec![block]),
        }
    }
    let mut written: Vec<PathBuf> = Vec::new();
    for group in &groups {
        let to = free_name(path, group[0].table, &written);
        let mut out = BufWriter::new(File::create(&to)?);
        out.write_all(&as_csv(group)?)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        written.push(to);
    }
    Ok(written)
}

/// `path` itself for the first, else beside it with the table in its name.
fn free_name(path: &Path, table: &str, written: &[PathBuf]) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let further = (1..).map(|no| match no {
        1 => path.with_file_name(format!("{stem}-{table}{ending}")),
        no => path.with_file_name(format!("{stem}-{table}-{no}{ending}")),
    });
    let mut names = std::iter::once(path.to_owned()).chain(further);
    names.find(|name| !written.contains(name)).expect("names never end")
}

/// The bytes of one file of [`write`]: blocks of the same headings.
pub fn as_csv(blocks: &[&Rejects]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let Some(first) = blocks.first() else { return Ok(Vec::new()) };
    let heads = first.own_headings().iter().map(String::as_str).chain(OURS);
    writer.write_record(heads.map(|cell| safe::csv_cell(cell).into_owned()))?;
    for block in blocks {
        let n_own = block.own_headings().len();
        for row in &block.rows {
            let mut cells: Vec<String> = row.cells.iter().map(|cell| guarded(cell)).collect();
            // A file of refused rows that is read again has our columns of last time.
            if n_own < block.headings.len() && cells.len() == block.headings.len() {
                cells.truncate(n_own);
            }
            cells.resize(cells.len().max(n_own), String::new());
            cells.push(guarded(&row.file));
            cells.push(row.row.to_string());
            cells.push(guarded(&row.reasons.join(" · ")));
            writer.write_record(&cells)?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error())
}

impl Rejects {
    /// The headings of the file without ours.
    fn own_headings(&self) -> &[String] {
        let n_own = self.headings.len().saturating_sub(OURS.len());
        if self.headings[n_own..].iter().map(String::as_str).eq(OURS) {
            &self.headings[..n_own]
        } else {
            &self.headings
        }
    }
}

fn guarded(cell: &str) -> String {
    let short: String = cell.chars().take(N_CELL_CHARS).collect();
    // Whoever shows the file in a terminal must not be steered by it; read again, such a character would go all the same.
    safe::csv_cell(&safe::terminal_lines(&short)).into_owned()
}
