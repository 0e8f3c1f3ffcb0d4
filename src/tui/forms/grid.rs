//! Rows of a form: the lines of one claim, typed as a table. A cell is a field like any other (its name is the number of
//! its row, a dot, and the column's name), so that drafts, refusals, undo and comparison know nothing of rows.

use super::{Field, Form};
use crate::tui::keymap::Action;
use crate::words::Words;

/// More rows nobody types at once.
pub const MOST_ROWS: usize = 40;

/// The rows of a form: they stand behind its other fields.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// How many fields stand before the first cell.
    pub(super) first: usize,
    /// An empty row.
    row: Vec<Field>,
}

impl Grid {
    pub(super) fn n_columns(&self) -> usize {
        self.row.len()
    }
}

/// The name of a cell: row from 1, and column.
fn cell_name(row: usize, column: &str) -> String {
    format!("{row}.{column}")
}

/// The row of a cell's name, from 1.
fn row_in(name: &str) -> Option<usize> {
    name.split_once('.')?.0.parse().ok().filter(|row| (1..=MOST_ROWS).contains(row))
}

impl Form {
    /// The form with rows of these columns behind its fields; it begins with one, empty.
    pub fn with_rows(mut self, row: Vec<Field>) -> Self {
        assert!(!row.is_empty(), "a row has a column");
        self.grid = Some(Grid { first: self.fields.len(), row });
        self.push_row();
        self.begin();
        self
    }

    /// How many rows it has.
    pub fn n_rows(&self) -> usize {
        self.grid.as_ref().map_or(0, |grid| (self.fields.len() - grid.first) / grid.n_columns())
    }

    /// The row of the field with the focus, from 1.
    pub fn row(&self) -> Option<usize> {
        self.place(self.focus).map(|(row, _)| row + 1)
    }

    /// The values of a row by the names of its columns.
    pub fn row_values(&self, row: usize) -> Vec<(String, String)> {
        let prefix = cell_name(row, "");
        let of_row = |(name, value): (String, String)| Some((name.strip_prefix(&prefix)?.to_owned(), value));
        self.values().into_iter().filter_map(of_row).collect()
    }

    /// Row and column of a field, each from 0; none for one that is no cell.
    pub(super) fn place(&self, idx: usize) -> Option<(usize, usize)> {
        let grid = self.grid.as_ref()?;
        let cell = idx.checked_sub(grid.first)?;
        Some((cell / grid.n_columns(), cell % grid.n_columns()))
    }

    /// A cell of a row in which nothing is typed: nothing is asked of it.
    pub(super) fn is_in_empty_row(&self, idx: usize) -> bool {
        self.place(idx).is_some_and(|(row, _)| self.is_row_empty(row))
    }

    fn is_row_empty(&self, row: usize) -> bool {
        let Some(grid) = &self.grid else { return true };
        let first = grid.first + row * grid.n_columns();
        let cells = self.fields.iter().skip(first);
        cells.zip(&grid.row).all(|(cell, empty)| cell.value() == empty.value())
    }

    /// As many rows as these values have.
    pub(super) fn make_rows_for(&mut self, values: &[(String, String)]) {
        let typed = values.iter().filter(|(_, value)| !value.is_empty());
        let needed = typed.filter_map(|(name, _)| row_in(name)).max().unwrap_or(0);
        while self.grid.is_some() && self.n_rows() < needed {
            self.push_row();
        }
    }

    /// One more row, empty.
    fn push_row(&mut self) {
        let number = self.n_rows() + 1;
        let Some(grid) = &self.grid else { return };
        let cells = grid.row.iter().map(|field| {
            let mut cell = field.clone();
            cell.name = cell_name(number, &field.name).into();
            cell
        });
        self.fields.extend(cells.collect::<Vec<_>>());
    }

    /// Adds a row and goes there; whether there was room.
    pub fn add_row(&mut self) -> bool {
        if self.grid.is_none() || self.n_rows() >= MOST_ROWS {
            return false;
        }
        self.push_row();
        let first = self.fields.len() - self.grid.as_ref().map_or(0, Grid::n_columns);
        self.go(first);
        true
    }

    /// Takes the row with the focus away; those behind it move up. The last one is emptied instead.
    pub fn delete_row(&mut self) {
        let (Some((row, column)), Some(grid)) = (self.place(self.focus), &self.grid) else { return };
        let (first, n_columns) = (grid.first, grid.n_columns());
        let start = first + row * n_columns;
        self.fields.drain(start..start + n_columns);
        if self.n_rows() == 0 {
            self.push_row();
        }
        for idx in first..self.fields.len() {
            let (row, column) = ((idx - first) / n_columns, (idx - first) % n_columns);
            let column = self.grid.as_ref().map(|grid| grid.row[column].name.to_string()).unwrap_or_default();
            self.fields[idx].name = cell_name(row + 1, &column).into();
        }
        self.go(first + row.min(self.n_rows() - 1) * n_columns + column);
    }

    /// Where a movement leads; it may make a row on its way: behind the last cell, and below the last row, if something
    /// is typed there.
    pub(super) fn target(&mut self, action: Action) -> usize {
        let last = self.fields.len() - 1;
        let (Some((row, _)), Some(grid)) = (self.place(self.focus), &self.grid) else {
            let forward = matches!(action, Action::NextField | Action::FieldBelow);
            return if forward { (self.focus + 1).min(last) } else { self.focus.saturating_sub(1) };
        };
        let (first, n_columns) = (grid.first, grid.n_columns());
        let is_last_row = row + 1 == self.n_rows();
        let can_grow = is_last_row && !self.is_row_empty(row) && self.n_rows() < MOST_ROWS;
        match action {
            Action::NextField if self.focus == last && can_grow => {
                self.push_row();
                self.focus + 1
            }
            Action::NextField => (self.focus + 1).min(last),
            Action::FieldBelow if can_grow => {
                self.push_row();
                self.focus + n_columns
            }
            Action::FieldBelow if is_last_row => self.focus,
            Action::FieldBelow => self.focus + n_columns,
            Action::FieldAbove if row == 0 => first.saturating_sub(1),
            Action::FieldAbove => self.focus - n_columns,
            _ => self.focus.saturating_sub(1),
        }
    }

    /// The labels of the columns.
    pub(super) fn columns(&self) -> &[Field] {
        self.grid.as_ref().map_or(&[], |grid| grid.row.as_slice())
    }

    /// What the form is called in the questions about a row of it.
    pub fn row_name(&self, row: usize, words: &Words) -> String {
        words.format("forms-row", &[("n", row.into())])
    }
}
