//! Any table of texts, such as a CSV file, as a table to cluster.

use super::features::TakesNumbers;
use super::notes::{Argument, Note};
use super::prepare::{present_sorted, quantile};
use super::table::{CategoryColumn, MISSING, NumberColumn, Role, Shape, Table, TableError, Unit};
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
    /// What a missing value is.
    pub missing: Missing,
}

/// What a missing value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// A category of its own; of numbers the median, and a column that says so.
    #[default]
    Category,
    /// The median of its column, or the most frequent category.
    Median,
    /// A reason to leave the row out.
    Drop,
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
/// For k-means and k-prototypes a column whose every value reads as a number is one of numbers; for k-modes every column is
/// one of categories, so that integer codes stay codes.
///
/// # Errors
/// Unknown or double columns, ragged rows.
pub fn table_from_texts(
    heads: &[String],
    rows: &[Vec<String>],
    choice: &InputChoice,
    takes_numbers: TakesNumbers,
) -> Result<(Table, Vec<Note>), InputError> {
    let wanted = wanted(heads, rows, choice)?;
    let is_whole = |row: &&(usize, &Vec<String>)| wanted.iter().all(|&at| !is_missing(&row.1[at]));
    let numbered: Vec<(usize, &Vec<String>)> = rows.iter().enumerate().collect();
    let kept: Vec<(usize, &Vec<String>)> = match choice.missing {
        Missing::Drop => numbered.iter().filter(is_whole).copied().collect(),
        Missing::Category | Missing::Median => numbered,
    };
    let mut table = Table::new(kept.iter().map(|(row, _)| (row + 1).to_string()).collect());
    let chosen: Vec<&str> = wanted.iter().map(|&at| heads[at].as_str()).collect();
    let mut notes =
        vec![Note::new("analysis-note-columns").with("columns", Argument::Text(chosen.join(", ")))];
    if kept.len() < rows.len() {
        notes.push(Note::new("analysis-note-dropped").with("rows", Argument::Count(rows.len() - kept.len())));
    }
    for &at in &wanted {
        let texts = kept.iter().map(|(_, row)| row[at].as_str());
        let numbers = if takes_numbers == TakesNumbers::No { None } else { read_numbers(texts.clone()) };
        let name = heads[at].clone();
        let n_filled = match numbers {
            Some(mut values) => {
                let n_filled = if choice.missing == Missing::Median { fill_median(&mut values) } else { 0 };
                let shape = if choice.log.contains(&name) { Shape::Skewed } else { Shape::Even };
                let (name, unit, role) = (name, Unit::Plain, Role::Feature);
                table.add_numbers(NumberColumn { name, values, unit, shape, role })?;
                n_filled
            }
            None => {
                let known = texts.map(|text| (!is_missing(text)).then_some(text));
                let mut column = CategoryColumn::from_texts(&name, Role::Feature, known);
                let n_filled = if choice.missing == Missing::Median { fill_mode(&mut column) } else { 0 };
                table.add_categories(column)?;
                n_filled
            }
        };
        if n_filled > 0 {
            let column = Argument::Text(heads[at].clone());
            notes.push(
                Note::new("analysis-note-filled")
                    .with("column", column)
                    .with("rows", Argument::Count(n_filled)),
            );
        }
    }
    Ok((table, notes))
}

/// Whether any of the columns that are wanted reads as numbers: without one, nothing but categories can be grouped.
///
/// # Errors
/// As [`table_from_texts`].
pub fn has_numbers(heads: &[String], rows: &[Vec<String>], choice: &InputChoice) -> Result<bool, InputError> {
    let wanted = wanted(heads, rows, choice)?;
    Ok(wanted.into_iter().any(|at| {
        let numbers = read_numbers(rows.iter().map(|row| row[at].as_str()));
        numbers.is_some_and(|numbers| numbers.iter().any(|number| !number.is_nan()))
    }))
}

/// The places of the columns that enter.
fn wanted(heads: &[String], rows: &[Vec<String>], choice: &InputChoice) -> Result<Vec<usize>, InputError> {
    for name in choice.columns.iter().chain(&choice.drop).chain(&choice.log) {
        if !heads.contains(name) {
            return Err(InputError::UnknownColumn(name.clone()));
        }
    }
    if let Some(row) = rows.iter().position(|row| row.len() != heads.len()) {
        return Err(InputError::RaggedRow(row + 1));
    }
    let is_wanted = |at: &usize| {
        let head = &heads[*at];
        (choice.columns.is_empty() || choice.columns.contains(head)) && !choice.drop.contains(head)
    };
    Ok((0..heads.len()).filter(is_wanted).collect())
}

/// Whether there is no value: nothing, a text that stands for it, or a number that is not finite.
fn is_missing(text: &str) -> bool {
    let text = text.trim();
    NO_VALUE.iter().any(|none| text.eq_ignore_ascii_case(none))
        || text.parse().is_ok_and(|number: f64| !number.is_finite())
}

/// Puts the median where there is no value; returns how often. A column without any value has no median and stays as it is.
fn fill_median(values: &mut [f64]) -> usize {
    let present = present_sorted(values.iter().copied());
    if present.is_empty() {
        return 0;
    }
    let median = quantile(&present, 0.5);
    let missing = values.iter_mut().filter(|value| value.is_nan());
    missing.map(|value| *value = median).count()
}

/// Puts the most frequent category, the first among equals, where there is none; returns how often.
fn fill_mode(column: &mut CategoryColumn) -> usize {
    let mut counts = vec![0_usize; column.labels.len()];
    column.codes.iter().filter(|&&code| code != MISSING).for_each(|&code| counts[code as usize] += 1);
    let largest = counts.iter().copied().max().unwrap_or(0);
    let Some(mode) = counts.iter().position(|&count| count == largest) else { return 0 };
    let mode = u32::try_from(mode).unwrap_or(MISSING);
    let missing = column.codes.iter_mut().filter(|code| **code == MISSING);
    missing.map(|code| *code = mode).count()
}

/// The numbers, when every value that is there is one: all with a decimal point, or all as Indonesian is written.
fn read_numbers<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Option<Vec<f64>> {
    let read = |number: fn(&str) -> Option<f64>| -> Option<Vec<f64>> {
        texts
            .clone()
            .map(|text| if is_missing(text) { Some(f64::NAN) } else { number(text.trim()) })
            .collect()
    };
    read(|text| text.parse().ok()).or_else(|| read(with_comma))
}

/// A number with a decimal comma; dots part its thousands, or there are none.
fn with_comma(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    let digits = whole.trim_start_matches(['-', '+']);
    let mut groups = digits.split('.');
    let first = groups.next()?;
    let is_grouped = digits.contains('.');
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_right = is_digits(first)
        && is_digits(decimals)
        && !first.is_empty()
        && (!is_grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && is_digits(group));
    if !is_right {
        return None;
    }
    format!("{}.{decimals}0", whole.replace('.', "")).parse().ok()
}
