//! Rows as plain columns: what the clusterings read, and what a cluster's profile is counted from.
//!
//! A table knows nothing of claims or companies. Columns are checked once, when they are put in.

use std::collections::BTreeMap;
use thiserror::Error;

/// The code of a value that is not there.
pub const MISSING: u32 = u32::MAX;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Enters the clustering, and is described.
    Feature,
    /// Is described only.
    Profile,
}

/// What one step of a number means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number as it is.
    Plain,
    /// Calendar days.
    Days,
    /// Whole rupiah. Money never enters names or headlines of clusters.
    Rupiah,
    /// Cases per worker and year.
    PerWorkerYear,
    /// A share between 0 and 1.
    Share,
}

/// How a number is distributed, which says how it is prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Taken as it is.
    Even,
    /// A few large values among many small ones: taken by its logarithm.
    Skewed,
}

/// A column of numbers. NaN means that the value is not there.
#[derive(Clone, Debug)]
pub struct NumberColumn {
    /// The column's name in code and JSON.
    pub name: String,
    /// One value a row.
    pub values: Vec<f64>,
    /// What a step means.
    pub unit: Unit,
    /// How it is distributed.
    pub shape: Shape,
    /// What it is for.
    pub role: Role,
}

/// A column of categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryColumn {
    /// The column's name in code and JSON.
    pub name: String,
    /// One code a row: an index of `labels`, or [`MISSING`].
    pub codes: Vec<u32>,
    /// The categories' names.
    pub labels: Vec<String>,
    /// What it is for.
    pub role: Role,
}

/// A column or weights that do not fit the table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// Another number of values than the table has rows.
    #[error("column {0} has another number of rows")]
    Length(String),
    /// A second column of this name.
    #[error("column {0} is there twice")]
    Twice(String),
    /// A code beyond the labels.
    #[error("column {0} has a code without a label")]
    Code(String),
    /// A weight that is negative or not a number.
    #[error("weights must be finite and not negative")]
    Weight,
}

/// Rows with ids, columns, and weights when rows do not count alike.
#[derive(Clone, Debug, Default)]
pub struct Table {
    ids: Vec<String>,
    numbers: Vec<NumberColumn>,
    categories: Vec<CategoryColumn>,
    weights: Option<Vec<f64>>,
    money: Option<Vec<i64>>,
}

impl Table {
    /// A table without columns. Ids name rows in results and never enter a clustering.
    pub fn new(ids: Vec<String>) -> Self {
        Self { ids, ..Self::default() }
    }

    /// Puts in a column of numbers; infinite values become missing ones.
    ///
    /// # Errors
    /// Wrong length, or a name that is there already.
    pub fn add_numbers(&mut self, mut column: NumberColumn) -> Result<(), TableError> {
        self.check(&column.name, column.values.len())?;
        column.values.iter_mut().filter(|value| !value.is_finite()).for_each(|value| *value = f64::NAN);
        self.numbers.push(column);
        Ok(())
    }

    /// Puts in a column of categories.
    ///
    /// # Errors
    /// Wrong length, a name that is there already, or a code without a label.
    pub fn add_categories(&mut self, column: CategoryColumn) -> Result<(), TableError> {
        self.check(&column.name, column.codes.len())?;
        let known = |code: &u32| *code == MISSING || (*code as usize) < column.labels.len();
        if !column.codes.iter().all(known) {
            return Err(TableError::Code(column.name));
        }
        self.categories.push(column);
        Ok(())
    }

    /// Says how much each row counts, for example worker-years of a company.
    ///
    /// # Errors
    /// Wrong length, or weights that are negative or not numbers.
    pub fn set_weights(&mut self, weights: Vec<f64>) -> Result<(), TableError> {
        if weights.len() != self.n_rows() {
            return Err(TableError::Length("weights".into()));
        }
        if !weights.iter().all(|weight| *weight >= 0.0 && weight.is_finite()) {
            return Err(TableError::Weight);
        }
        self.weights = Some(weights);
        Ok(())
    }

    /// Says what each row costs, in rupiah, for the clusters' shares of the money.
    ///
    /// # Errors
    /// Wrong length.
    pub fn set_money(&mut self, money: Vec<i64>) -> Result<(), TableError> {
        if money.len() != self.n_rows() {
            return Err(TableError::Length("money".into()));
        }
        self.money = Some(money);
        Ok(())
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.ids.len()
    }

    /// One id a row.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Columns of numbers, in the order they were put in.
    pub fn numbers(&self) -> &[NumberColumn] {
        &self.numbers
    }

    /// Columns of categories, in the order they were put in.
    pub fn categories(&self) -> &[CategoryColumn] {
        &self.categories
    }

    /// How much each row counts; `None` when all count alike.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// What each row costs, when the table knows.
    pub fn money(&self) -> Option<&[i64]> {
        self.money.as_deref()
    }

    fn check(&self, name: &str, n_values: usize) -> Result<(), TableError> {
        let numbers = self.numbers.iter().map(|column| &column.name);
        if numbers.chain(self.categories.iter().map(|column| &column.name)).any(|other| other == name) {
            return Err(TableError::Twice(name.to_owned()));
        }
        if n_values != self.n_rows() {
            return Err(TableError::Length(name.to_owned()));
        }
        Ok(())
    }
}

impl CategoryColumn {
    /// Codes for texts: labels in alphabetical order; absent and blank texts are missing.
    pub fn from_texts<'a>(
        name: &str,
        role: Role,
        texts: impl Iterator<Item = Option<&'a str>> + Clone,
    ) -> Self {
        let clean = |text: Option<&'a str>| text.map(str::trim).filter(|text| !text.is_empty());
        let mut codes: BTreeMap<&str, u32> = texts.clone().filter_map(clean).map(|text| (text, 0)).collect();
        for (code, (_, place)) in codes.iter_mut().enumerate() {
            *place = u32::try_from(code).expect("fewer labels than 32 bits count");
        }
        Self {
            name: name.to_owned(),
            role,
            codes: texts.map(|text| clean(text).map_or(MISSING, |text| codes[text])).collect(),
            labels: codes.into_keys().map(str::to_owned).collect(),
        }
    }
}
