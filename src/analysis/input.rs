//! Any table of texts, such as a CSV file, as a table to cluster.

use super::features::TakesNumbers;
use super::notes::{Argument, Note};
use super::table::{CategoryColumn, NumberColumn, Role, Shape, Table, TableError, Unit};
use thiserror::Error;

/// Which columns enter, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputChoice {
    /// Only these; all when empty.
    pub columns: Vec<String>,
    /// Not these.
    pub drop: Vec<String>,
    /// These by their logarithm.
    pub log: Vec<String>,
}

/// Why texts gave no table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InputError {
    /// A column was named that the file does not have.
    #[error("there is no column {0}")]
    UnknownColumn(String),
    /// A row has another number of values than the head.
    #[error("row {0} has another number of values than the head")]
    RaggedRow(usize),
    /// Two columns of one name.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Texts that stand for "no value" in a column of numbers.
const NO_VALUE: [&str; 6] = ["", "?", "-", "NA", "NaN", "null"];

/// Makes a table; rows are named by their number from 1.
///
/// For k-means a column whose every value reads as a number is one of numbers; for k-modes every column is one
/// of categories, so that integer codes stay codes.
///
/// # Errors
/// Unknown or double columns, ragged rows.
pub fn table_from_texts(
    heads: &[String],
    rows: &[Vec<String>],
    choice: &InputChoice,
    takes_numbers: TakesNumbers,
) -> Result<(Table, Vec<Note>), InputError> {
    for name in choice.columns.iter().chain(&choice.drop).chain(&choice.log) {
        if !heads.contains(name) {
            return Err(InputError::UnknownColumn(name.clone()));
        }
    }
    if let Some(row) = rows.iter().position(|row| row.len() != heads.len()) {
        return Err(InputError::RaggedRow(row + 1));
    }
    let mut table = Table::new((1..=rows.len()).map(|row| row.to_string()).collect());
    let mut chosen = Vec::new();
    for (at, name) in heads.iter().enumerate() {
        let is_wanted = choice.columns.is_empty() || choice.columns.contains(name);
        if !is_wanted || choice.drop.contains(name) {
            continue;
        }
        chosen.push(name.as_str());
        let texts = rows.iter().map(|row| row[at].as_str());
        let numbers = if takes_numbers == TakesNumbers::Yes { read_numbers(texts.clone()) } else { None };
        match numbers {
            Some(values) => {
                let shape = if choice.log.contains(name) { Shape::Skewed } else { Shape::Even };
                let unit = Unit::Plain;
                table.add_numbers(NumberColumn {
                    name: name.clone(),
                    values,
                    unit,
                    shape,
                    role: Role::Feature,
                })?;
            }
            None => table.add_categories(CategoryColumn::from_texts(name, Role::Feature, texts.map(Some)))?,
        }
    }
    let note = Note::new("analysis-note-columns").with("columns", Argument::Text(chosen.join(", ")));
    Ok((table, vec![note]))
}

/// The numbers, when every value that is there is one and at least one is there.
fn read_numbers<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Vec<f64>> {
    let mut values = Vec::new();
    let mut any = false;
    for text in texts.map(str::trim) {
        if NO_VALUE.iter().any(|none| text.eq_ignore_ascii_case(none)) {
            values.push(f64::NAN);
        } else {
            values.push(text.parse().ok().filter(|value: &f64| value.is_finite())?);
            any = true;
        }
    }
    any.then_some(values)
}
