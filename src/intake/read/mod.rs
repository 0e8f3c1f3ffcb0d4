//! The readers: a file becomes a [`Sheet`], whatever its delimiter and encoding, or is refused with a sentence.
//!
//! Bytes are sniffed before they are believed: an "xls" is often a web page. Limits stand before every allocation that a
//! file could choose the size of. A workbook is read by a child process ([`xlsx`]), because the parser inflates
//! without bound. Knows nothing of claims.

pub mod rejects;
mod sheet;
mod sniff;
mod spill;
mod split;
mod text;
pub mod xlsx;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::domain::problem::{Problem, Spot};

pub use sheet::{Cells, RowAt, Sheet};
pub use sniff::{FileKind, delimiter, kind_of};

/// How large things may be before they are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of one row, quotes included.
    pub row_bytes: usize,
    /// Columns of one row.
    pub columns: usize,
    /// Physical lines that one quoted row may span; a longer one is a quote that was never closed.
    pub row_lines: usize,
    /// Seconds of wall clock for the child that reads a workbook.
    pub child_seconds: u64,
}

impl Default for Limits {
    /// Two gigabytes a file, a quarter of a megabyte a row, 512 columns, 100 lines a row, 60 s for a workbook.
    fn default() -> Limits {
        Limits {
            file_bytes: 2_000_000_000,
            row_bytes: 256 * 1024,
            columns: 512,
            row_lines: 100,
            child_seconds: 60,
        }
    }
}

/// Opens a file as a sheet. `program` is this program itself, needed for workbooks only.
pub fn open(path: &Path, program: Option<&Path>, limits: &Limits) -> Result<Sheet, Problem> {
    let name = file_name(path);
    let bytes = load(path, &name, limits)?;
    match kind_of(&bytes) {
        FileKind::Text => from_bytes(&name, bytes, limits),
        FileKind::Workbook => {
            let program = program.ok_or_else(|| refuse("file-xlsx", &name))?;
            let csv = xlsx::parent_read(program, path, limits).map_err(|why| why.problem(&name))?;
            split::sheet(&name, csv, "XLSX", b',', limits)
        }
        other => Err(refuse(other.refusal(), &name)),
    }
}

/// The sheet in these bytes, as a file of that name; never a workbook.
pub fn from_bytes(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Sheet, Problem> {
    match kind_of(&bytes) {
        FileKind::Text => {}
        other => return Err(refuse(other.refusal(), name)),
    }
    let decoded = text::decode(bytes);
    let (bytes, said) = sniff::said_delimiter(decoded.bytes);
    let separator = said.unwrap_or_else(|| delimiter(&bytes));
    let mut sheet = split::sheet(name, bytes, decoded.encoding, separator, limits)?;
    if decoded.n_mixed_lines > 0 {
        let spot = Spot { file: name.to_owned(), ..Spot::default() };
        let mixed = Problem::warning("encoding-mixed", spot).with("lines", decoded.n_mixed_lines);
        sheet.problems.insert(0, mixed);
    }
    Ok(sheet)
}

/// The whole file, if it is one and not larger than the limit.
fn load(path: &Path, name: &str, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let broken = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => refuse("file-absent", name),
        ErrorKind::PermissionDenied => refuse("file-denied", name),
        _ => refuse("file-unreadable", name).with("reason", error),
    };
    let file = File::open(path).map_err(broken)?;
    let facts = file.metadata().map_err(broken)?;
    if !facts.is_file() {
        return Err(refuse("file-not-plain", name));
    }
    if facts.len() > limits.file_bytes {
        return Err(refuse("file-too-large", name).with("megabytes", limits.file_bytes / 1_000_000));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or(0));
    // A file that grows while it is read must not get past the limit either.
    let mut bounded = file.take(limits.file_bytes.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(broken)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
        return Err(refuse("file-too-large", name).with("megabytes", limits.file_bytes / 1_000_000));
    }
    Ok(bytes)
}

/// A problem of the whole file.
pub(crate) fn refuse(code: &'static str, name: &str) -> Problem {
    Problem::error(code, Spot { file: name.to_owned(), ..Spot::default() })
}

/// The name a person knows the file by, without its folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
