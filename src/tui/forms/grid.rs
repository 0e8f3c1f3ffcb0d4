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
    /// The column that says which record a row is about, if one does.
    key: Option<usize>,
    /// Records that found no row.
    n_left_out: usize,
}

impl Grid {
    pub(super) fn n_columns(&self) -> usize {
        self.row.len()
    }
}

/// The name of a cell: row from 1, and column.
pub(super) fn cell_name(row: usize, column: &str) -> String {
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
        self.grid = Some(Grid { first: self.fields.len(), row, key: None, n_left_out: 0 });
        self.push_row();
        self.begin();
        self
    }

    /// This column says which record a row is about: rows are compared by it, not by where they stand.
    pub fn rows_known_by(mut self, column: &str) -> Self {
        if let Some(grid) = &mut self.grid {
            grid.key = grid.row.iter().position(|field| field.name == column);
        }
        self
    }

    /// So many records more have no row here.
    pub(super) fn leave_out(&mut self, n: usize) {
        if let Some(grid) = &mut self.grid {
            grid.n_left_out += n;
        }
    }

    /// Fills in the records of the table, a row each, as what is known before the form begins; those beyond the last row
    /// are counted and said at the foot.
    pub fn prefill_rows(&mut self, records: &[Vec<(String, String)>]) {
        let shown = (1..=MOST_ROWS).zip(records);
        let cells = shown.flat_map(|(row, cells)| {
            cells.iter().map(move |(column, value)| (cell_name(row, column), value.clone()))
        });
        self.prefill(&cells.collect::<Vec<_>>());
        self.leave_out(records.len().saturating_sub(MOST_ROWS));
    }

    /// How many records have no row.
    pub(super) fn n_left_out(&self) -> usize {
        self.grid.as_ref().map_or(0, |grid| grid.n_left_out)
    }

    /// The record that each row is about, and which of the rows about it this is; none for a row that is about no record
    /// yet.
    pub(super) fn row_keys(&self) -> Vec<Option<(String, usize)>> {
        let Some(grid) = &self.grid else { return Vec::new() };
        let Some(key) = grid.key else { return vec![None; self.n_rows()] };
        let blank = grid.row[key].value();
        let mut keys: Vec<Option<(String, usize)>> = Vec::new();
        for row in 0..self.n_rows() {
            let value = self.fields[grid.first + row * grid.n_columns() + key].value();
            let n_before = keys.iter().flatten().filter(|(known, _)| *known == value).count();
            keys.push((!value.is_empty() && value != blank).then_some((value, n_before)));
        }
        keys
    }

    /// Whether this column says which record a row is about.
    pub(super) fn is_key(&self, column: usize) -> bool {
        self.grid.as_ref().is_some_and(|grid| grid.key == Some(column))
    }

    /// Puts the rows in this order, each by its place from 0; none is an empty row. There is always one.
    pub(super) fn arrange(&mut self, order: &[Option<usize>]) {
        let Some(grid) = &self.grid else { return };
        let (first, n_columns) = (grid.first, grid.n_columns());
        let old = self.fields.split_off(first);
        let order = if order.is_empty() { &[None] } else { order };
        for (number, from) in (1..).zip(order) {
            let cells = from.and_then(|row| old.get(row * n_columns..(row + 1) * n_columns));
            for (cell, empty) in cells.unwrap_or(&grid.row).iter().zip(&grid.row) {
                let mut cell = cell.clone();
                cell.name = cell_name(number, &empty.name).into();
                self.fields.push(cell);
            }
        }
        self.focus = self.focus.min(self.fields.len() - 1);
    }

    /// Exactly the rows that these values speak of, if they speak of rows.
    pub(super) fn fit_rows(&mut self, values: &[(String, String)]) {
        let n_rows = values.iter().filter_map(|(name, _)| row_in(name)).max().unwrap_or(0);
        if n_rows > 0 {
            let n_here = self.n_rows();
            let order: Vec<Option<usize>> = (0..n_rows).map(|row| (row < n_here).then_some(row)).collect();
            self.arrange(&order);
        }
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
