//! Tables a person brings, and files a person asked for: written beside, synced, then moved into place, so that a reader never sees half of one.

use std::io::{Read, Write};
use std::path::Path;

use crate::desk::error::DeskError;
use crate::domain::Problem;
use crate::domain::problem::Severity;
use crate::intake::read::{Limits, open};

/// Writes a file for a person. The folder must exist; a file of the same name is replaced whole.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let fail = |error: std::io::Error| DeskError::file(path, &error);
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// A file of a person, whole, and what it is called; one longer than the limit is not read.
pub fn read_file(path: &Path, limit: u64) -> Result<(String, Vec<u8>), DeskError> {
    let fail = |error: std::io::Error| DeskError::file(path, &error);
    let file = std::fs::File::open(path).map_err(fail)?;
    let facts = file.metadata().map_err(fail)?;
    if !facts.is_file() {
        return Err(fail(std::io::ErrorKind::IsADirectory.into()));
    }
    let name = crate::domain::decide::safe_file_name(&path.to_string_lossy());
    if facts.len() > limit {
        let refusal = crate::domain::Refusal::new("file-too-long").with("file", &name);
        return Err(refusal.with("mib", limit >> 20).into());
    }
    let mut bytes = Vec::new();
    // It may grow while it is read.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
    Ok((name, bytes))
}

/// Adds bytes at the end of a person's file, durably; makes the file when it is not there.
pub fn append(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    let fail = |error: std::io::Error| DeskError::file(path, &error);
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)
}

/// A small text file of a person.
pub fn read_text(path: &Path) -> Result<String, DeskError> {
    std::fs::read_to_string(path).map_err(|error| DeskError::file(path, &error))
}

/// Whether something lies there already.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Where a file named by a person lies, from the root on.
pub fn whole_path(path: &Path) -> std::path::PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The same with links followed, as far as the path is there.
pub fn real_path(path: &Path) -> std::path::PathBuf {
    let whole = whole_path(path);
    for above in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), whole.strip_prefix(above)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    whole
}

/// A table of any columns: its headings and its rows.
pub type Texts = (Vec<String>, Vec<Vec<String>>);

/// Reads a table of any columns: text in whatever encoding and with whatever separator, or a workbook, as an import reads them.
///
/// # Errors
/// The problem that makes the file no table: with its row, where one is to blame.
pub fn read_table(path: &Path, program: &Path) -> Result<Texts, Box<Problem>> {
    let sheet = open(path, Some(program), &Limits::default()).map_err(Box::new)?;
    // A row that cannot be read would be left out in silence, and the groups would be those of other rows.
    if let Some(problem) = sheet.problems.iter().find(|problem| problem.severity == Severity::Error) {
        return Err(Box::new(problem.clone()));
    }
    let mut cells = sheet.cells();
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for row in 0..sheet.rows.len() {
        cells.go(row);
        if cells.len() != sheet.headings.len() {
            let spot = sheet.spot(cells.number(), "", "");
            let ragged = Problem::error("row-width", spot)
                .with("cells", cells.len())
                .with("headings", sheet.headings.len());
            return Err(Box::new(ragged));
        }
        rows.push(cells.iter().map(str::to_owned).collect());
    }
    Ok((sheet.headings.clone(), rows))
}

/// Removes the demonstration's kept store. Anything else in that place is left alone and refused.
pub fn remove_demo(folder: &Path) -> Result<(), DeskError> {
    let fail = |reason: String| DeskError::File { path: folder.display().to_string(), reason };
    if !folder.exists() {
        return Ok(());
    }
    let is_ours = folder.file_name().is_some_and(|name| name == "demo");
    if !is_ours {
        return Err(fail("not the demo's folder".to_owned()));
    }
    std::fs::remove_dir_all(folder).map_err(|error| fail(error.to_string()))
}

/// Where this program itself lies: it reads workbooks in a process of its own.
pub fn program_path() -> Result<std::path::PathBuf, DeskError> {
    std::env::current_exe()
        .map_err(|error| DeskError::File { path: "santun".to_owned(), reason: error.to_string() })
}
