//! Files by their names: folders stand for the tables in them, and a file for refused rows must be one that can be
//! written.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::desk::error::DeskError;
use crate::domain::{Problem, Refusal};
use crate::intake::dialect::Said;
use crate::intake::inspect::{Inspection, inspect};
use crate::intake::read::{Limits, open};

fn fail(path: &Path, error: &std::io::Error) -> DeskError {
    DeskError::File { path: path.display().to_string(), reason: error.to_string() }
}

/// Folders stand for the tables in them, by name.
pub(super) fn expand(files: &[PathBuf]) -> Result<Vec<PathBuf>, DeskError> {
    let mut found = Vec::new();
    for path in files {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(|error| fail(path, &error))? {
            let file = entry.map_err(|error| fail(path, &error))?.path();
            let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
            if ending.is_some_and(|ending| ending == "csv" || ending == "xlsx") {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(Refusal::new("import-nothing").with("path", path.display()).into());
        }
        inside.sort();
        found.extend(inside);
    }
    Ok(found)
}

/// Refuses a place that cannot take a file, before anything is imported.
pub(super) fn check_place(path: &Path) -> Result<(), DeskError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let is_dir = std::fs::metadata(folder).map_err(|error| fail(path, &error))?.is_dir();
    if !is_dir || path.is_dir() {
        return Err(fail(path, &std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    Ok(())
}

/// Looks at a sheet and writes nothing; a file that cannot be read is a problem.
pub fn inspect_file(
    path: &Path,
    program: &Path,
    said: Said,
    today: Date,
) -> Result<Inspection, Box<Problem>> {
    let sheet = open(path, Some(program), &Limits::default()).map_err(Box::new)?;
    Ok(inspect(&sheet, said, today))
}
