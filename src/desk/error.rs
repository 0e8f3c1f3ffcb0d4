//! What can go wrong at the desk, and its sentence: what happened, where, and what to do next.

use crate::base::calendar::slashed;
use crate::domain::query::QueryError;
use crate::domain::{Problem, Refusal};
use crate::store::{FsckProblem, ImportError, StoreError};
use crate::words::{Value, Words};

/// Why the desk did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A rule says no; nothing has changed.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of a person could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// An analysis cannot be done on these data.
    #[error("{reason}")]
    Analysis {
        /// The key of its sentence.
        key: &'static str,
        /// What the engine said.
        reason: String,
    },
    /// A filter that was to be kept cannot be read.
    #[error("{filter}: {}", .error.code)]
    Filter {
        /// The filter as it was typed.
        filter: String,
        /// Where, and what.
        error: QueryError,
    },
    /// Somebody pressed cancel.
    #[error("cancelled")]
    Cancelled,
}

impl From<ImportError<DeskError>> for DeskError {
    fn from(error: ImportError<DeskError>) -> DeskError {
        match error {
            ImportError::Stopped(error) => error,
            ImportError::Months(first) => Refusal::new("months-moved-meanwhile").with("first", first).into(),
            ImportError::Taken(code) => Refusal::new("taken-meanwhile").with("code", code).into(),
            ImportError::Store(error) => error.into(),
        }
    }
}

impl DeskError {
    /// A file that the system did not open, make or write: named as the person named it, never by a name of our own
    /// beside it, and with a reason that has words.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> DeskError {
        use std::io::ErrorKind;
        let reason = match error.kind() {
            ErrorKind::NotFound => "file-why-absent".to_owned(),
            ErrorKind::PermissionDenied => "file-why-denied".to_owned(),
            ErrorKind::IsADirectory => "file-why-folder".to_owned(),
            ErrorKind::NotADirectory => "file-why-no-folder".to_owned(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "file-why-full".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "file-why-read-only".to_owned(),
            ErrorKind::InvalidData => "file-why-not-text".to_owned(),
            _ => match error.raw_os_error() {
                Some(number) => std::io::Error::from_raw_os_error(number).to_string(),
                None => error.to_string(),
            },
        };
        DeskError::File { path: path.display().to_string(), reason }
    }

    /// Its code, without what it was about: for the technical log.
    pub fn code(&self) -> &str {
        match self {
            DeskError::Refused(refusal) => refusal.code,
            DeskError::Store(error) => error.code(),
            DeskError::File { .. } => "file",
            DeskError::Analysis { key, .. } => key,
            DeskError::Filter { error, .. } => error.code,
            DeskError::Cancelled => "cancelled",
        }
    }

    /// The sentence in the person's language.
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            DeskError::Refused(refusal) => sentence_of_refusal(refusal, words),
            DeskError::Store(error) => sentence(words, error.code(), &error.args()),
            DeskError::File { path, reason } => {
                let reason = labelled(words, reason, reason);
                words.format("desk-file", &[("path", path.as_str().into()), ("reason", reason.into())])
            }
            DeskError::Analysis { key, reason } => words.format(key, &[("reason", reason.as_str().into())]),
            DeskError::Filter { filter, error } => sentence_of_query(error, filter, words),
            DeskError::Cancelled => words.text("desk-cancelled"),
        }
    }
}

/// What is wrong with a filter and where, and the nearest right word.
fn sentence_of_query(error: &QueryError, filter: &str, words: &Words) -> String {
    let args = [("found", error.found.as_str().into()), ("column", error.column(filter).to_string().into())];
    let sentence = words.format(&error.key(), &args);
    let nearest = error.nearest.as_ref().map(|nearest| ("nearest", Value::from(nearest.as_str())));
    nearest.map_or_else(
        || sentence.clone(),
        |nearest| format!("{sentence} {}", words.format("query-nearest", &[nearest])),
    )
}

/// The sentence of a refusal. Codes among its arguments are said in the person's words.
pub fn sentence_of_refusal(refusal: &Refusal, words: &Words) -> String {
    sentence(words, &refusal.key(), &refusal.args)
}

/// The sentence of what fsck found, without its place.
pub fn sentence_of_finding(problem: &FsckProblem, words: &Words) -> String {
    sentence(words, problem.sentence, &problem.args)
}

/// The sentence of a problem, without its place.
pub fn sentence_of_problem(problem: &Problem, words: &Words) -> String {
    sentence(words, &problem.key(), &problem.args)
}

fn sentence(words: &Words, key: &str, args: &[(&'static str, String)]) -> String {
    let said: Vec<(&str, String)> =
        args.iter().map(|(name, value)| (*name, said(words, name, value))).collect();
    format(words, key, said.iter().map(|(name, value)| (*name, value.as_str())))
}

/// An argument in the person's words: field names and codes have some, the rest stands as it is.
fn said(words: &Words, name: &str, value: &str) -> String {
    let lists: &[&str] = match name {
        "field" | "what" => return labelled(words, &format!("field-{}", value.replace('_', "-")), value),
        // A reason is a key of its own.
        "why" => return labelled(words, value, value),
        "state" | "from" | "to" => &["status", "voucher-state"],
        "component" => &["component"],
        "document" => &["document"],
        "mode" => &["voucher-mode"],
        "kind" => &["voucher-kind"],
        "fault" => &["fault"],
        "reason" => &["damage"],
        _ => &[],
    };
    // Rules know dates; people here write them with slashes.
    if !matches!(name, "text" | "value")
        && let Ok(date) = value.parse::<jiff::civil::Date>()
    {
        return slashed(date);
    }
    let code = value.to_lowercase().replace('_', "-");
    lists
        .iter()
        .map(|list| format!("value-{list}-{code}"))
        .find(|key| words.has(key))
        .map_or_else(|| value.to_owned(), |key| words.text(&key))
}

fn labelled(words: &Words, key: &str, otherwise: &str) -> String {
    if words.has(key) { words.text(key) } else { otherwise.to_owned() }
}

fn format<'a>(words: &Words, key: &str, args: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let args: Vec<(&str, Value)> = args.map(|(name, value)| (name, Value::from(value))).collect();
    words.format(key, &args)
}
