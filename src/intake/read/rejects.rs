//! The refused rows as a file: as they were, with the reasons behind, so that they can be mended and read again.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

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
    /// Headings of the file.
    pub headings: Vec<String>,
    /// Its refused rows.
    pub rows: Vec<Reject>,
}

/// Bytes of a cell that are written; a broken row can be as long as its file.
const N_CELL_CHARS: usize = 32_000;

/// Writes refused rows to `path`, one block for each set of headings: the headings once, then the rows, each with
/// `_file`, `_row` and `_reason` behind its own cells.
pub fn write(path: &Path, blocks: &[Rejects]) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let bytes = as_csv(blocks)?;
    out.write_all(&bytes)?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
}

/// The bytes of [`write`].
pub fn as_csv(blocks: &[Rejects]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for block in blocks.iter().filter(|block| !block.rows.is_empty()) {
        let own = block.headings.iter().map(String::as_str);
        writer.write_record(
            own.chain(["_file", "_row", "_reason"]).map(|cell| safe::csv_cell(cell).into_owned()),
        )?;
        for row in &block.rows {
            let mut cells: Vec<String> = row.cells.iter().map(|cell| guarded(cell)).collect();
            cells.resize(cells.len().max(block.headings.len()), String::new());
            cells.push(guarded(&row.file));
            cells.push(row.row.to_string());
            cells.push(guarded(&row.reasons.join(" · ")));
            writer.write_record(&cells)?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error())
}

fn guarded(cell: &str) -> String {
    let short: String = cell.chars().take(N_CELL_CHARS).collect();
    safe::csv_cell(&short).into_owned()
}
