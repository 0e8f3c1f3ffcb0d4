//! The table: a window of a long list. Only the visible rows are held and drawn. One column is chosen; the first one
//! stays while the others scroll sideways after the chosen one; columns that do not fit leave by rank.

mod columns;
mod parts;
mod view;

use std::collections::BTreeSet;
use std::ops::Range;

use super::keymap::Action;

pub use columns::{Arranged, MOST_WIDTH, Size, Way, resized};
pub use parts::{Align, Cell, Column, Order, Row};

/// The state of a table.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    /// The columns in the person's order; the frozen one is always the first.
    arranged: Vec<usize>,
    /// The column that sorting, copying and resizing are about.
    chosen: usize,
    /// How many columns beside the frozen one are scrolled off; none: those that do not fit leave by rank.
    scrolled: Option<usize>,
    sort: Option<(usize, Order)>,
    n_rows: u64,
    cursor: u64,
    top: u64,
    height: u16,
    width: u16,
    window_from: u64,
    window: Vec<Row>,
    asked: Option<Range<u64>>,
    marks: BTreeSet<String>,
    /// The row that was marked last: a range begins there.
    last_mark: Option<String>,
}

/// More rows than this are not asked for at once, unless more are seen.
const MOST_ROWS: u64 = 100;

impl Table {
    /// An empty table; the first column is the frozen one.
    pub fn new(columns: Vec<Column>) -> Self {
        Table {
            arranged: (0..columns.len()).collect(),
            columns,
            chosen: 0,
            scrolled: None,
            sort: None,
            n_rows: 0,
            cursor: 0,
            top: 0,
            height: 0,
            width: 0,
            window_from: 0,
            window: Vec::new(),
            asked: None,
            marks: BTreeSet::new(),
            last_mark: None,
        }
    }

    /// The columns as the cells of a row stand.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The sorted column and its order.
    pub fn sort(&self) -> Option<(&Column, Order)> {
        self.sort.and_then(|(idx, order)| Some((self.columns.get(idx)?, order)))
    }

    /// Sorts by a column; picked again, the order turns. Of numbers the greatest are looked for, so they come first.
    pub fn sort_by(&mut self, idx: usize) {
        let is_number = self.columns.get(idx).is_some_and(|column| column.align == Align::Right);
        let order = match self.sort {
            Some((sorted, order)) if sorted == idx => order.turned(),
            _ if is_number => Order::Descending,
            _ => Order::Ascending,
        };
        self.sort = Some((idx, order));
    }

    /// Turns the order; whether there was one.
    pub fn turn_sort(&mut self) -> bool {
        self.sort = self.sort.map(|(idx, order)| (idx, order.turned()));
        self.sort.is_some()
    }

    /// The head and so many rows fit.
    pub fn set_height(&mut self, height: u16) {
        self.height = height.saturating_sub(1);
        self.scroll_to_cursor();
    }

    /// So many cells are there for a row.
    pub fn set_width(&mut self, width: u16) {
        if self.width != width {
            self.width = width;
            self.scrolled = None;
            self.show_chosen();
        }
    }

    /// Rows in the list.
    pub fn n_rows(&self) -> u64 {
        self.n_rows
    }

    /// The number of the row under the cursor, from 0.
    pub fn cursor(&self) -> u64 {
        self.cursor
    }

    /// The list has so many rows now, perhaps in a new order; the cursor goes to `kept`, on the line of the screen where
    /// it is, or stays at its number.
    pub fn listed(&mut self, n_rows: u64, kept: Option<u64>) {
        self.n_rows = n_rows;
        self.window.clear();
        self.asked = None;
        let from_top = self.cursor.saturating_sub(self.top);
        // A row that has left the list gives its place to its neighbour: the next key must not meet a far one.
        self.cursor = kept.unwrap_or(self.cursor).min(n_rows.saturating_sub(1));
        self.top = self.cursor.saturating_sub(from_top);
        self.scroll_to_cursor();
    }

    /// The list has so many rows now, and they are others or stand otherwise: the first row is seen, or what is around
    /// `kept` where that lies further down.
    pub fn listed_anew(&mut self, n_rows: u64, kept: Option<u64>) {
        self.top = 0;
        self.cursor = 0;
        self.listed(n_rows, None);
        if let Some(kept) = kept.filter(|kept| *kept >= u64::from(self.height)) {
            self.top = kept.saturating_sub(u64::from(self.height) / 2);
        }
        self.go(kept.unwrap_or(0));
    }

    /// The rows that are to be asked for, if the visible ones are not here and not asked for yet.
    pub fn ask(&mut self) -> Option<Range<u64>> {
        let seen = self.visible();
        let here = self.window_from..self.window_from + self.window.len() as u64;
        let covers = |range: &Range<u64>| range.start <= seen.start && seen.end <= range.end;
        if seen.is_empty() || covers(&here) || self.asked.as_ref().is_some_and(covers) {
            return None;
        }
        let page = u64::from(self.height).min(MOST_ROWS);
        let margin = MOST_ROWS.saturating_sub(page) / 2;
        let from = seen.start.saturating_sub(margin.min(page));
        let to = (seen.end + margin.min(page)).min(self.n_rows);
        self.asked = Some(from..to);
        self.asked.clone()
    }

    /// Rows came. Fewer than were asked for: the list has become shorter than it was told. They are not asked for again
    /// before the next [`Table::listed`], or it would go on for ever.
    pub fn receive(&mut self, from: u64, rows: Vec<Row>) {
        let is_all = |asked: &Range<u64>| asked.start == from && rows.len() as u64 >= asked.end - asked.start;
        if self.asked.as_ref().is_some_and(is_all) {
            self.asked = None;
        }
        self.window_from = from;
        self.window = rows;
    }

    /// What the window holds may be old: ask again.
    pub fn forget_rows(&mut self) {
        self.asked = None;
        self.window.clear();
    }

    /// A row by its number, if it is here.
    pub fn row(&self, number: u64) -> Option<&Row> {
        let idx = number.checked_sub(self.window_from)?;
        self.window.get(usize::try_from(idx).ok()?)
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.row(self.cursor).filter(|_| self.cursor < self.n_rows)
    }

    /// The keys of the marked rows, in their order.
    pub fn marks(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().map(String::as_str)
    }

    /// How many rows are marked.
    pub fn n_marks(&self) -> usize {
        self.marks.len()
    }

    /// Whether a row is marked.
    pub fn is_marked(&self, key: &str) -> bool {
        self.marks.contains(key)
    }

    /// Takes all marks away.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
        self.last_mark = None;
    }

    /// The row that was marked last.
    pub fn last_mark(&self) -> Option<&str> {
        self.last_mark.as_deref()
    }

    /// A range that is marked next begins at this row.
    pub fn set_last_mark(&mut self, key: &str) {
        self.last_mark = Some(key.to_owned());
    }

    /// Marks or unmarks the row under the cursor and goes one down, so that a run is marked by holding the key.
    pub fn toggle_mark(&mut self) {
        if let Some(key) = self.selected().map(|row| row.key.clone()) {
            if !self.marks.remove(&key) {
                self.last_mark = Some(key.clone());
                self.marks.insert(key);
            }
            self.go(self.cursor.saturating_add(1));
        }
    }

    /// Marks these rows too.
    pub fn mark(&mut self, keys: impl IntoIterator<Item = String>) {
        self.marks.extend(keys);
    }

    /// Takes the marks of these rows away.
    pub fn unmark(&mut self, keys: &[String]) {
        self.marks.retain(|marked| !keys.contains(marked));
    }

    /// The cursor goes to the row on this line of the window, from 0; there is none below the last.
    pub fn go_to_line(&mut self, line: u16) {
        let number = self.top + u64::from(line);
        if line < self.height && number < self.n_rows {
            self.go(number);
        }
    }

    /// Puts the cursor on a row.
    pub fn go(&mut self, number: u64) {
        self.cursor = number.min(self.n_rows.saturating_sub(1));
        self.scroll_to_cursor();
    }

    /// Moves as an action says; whether it was one of movement.
    pub fn act(&mut self, action: Action) -> bool {
        let page = u64::from(self.height).max(1);
        let to = match action {
            Action::Down => self.cursor.saturating_add(1),
            Action::Up => self.cursor.saturating_sub(1),
            Action::PageDown => self.cursor.saturating_add(page),
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::First => 0,
            Action::Last => u64::MAX,
            Action::Left => return self.choose_beside(Way::Left),
            Action::Right => return self.choose_beside(Way::Right),
            _ => return false,
        };
        if matches!(action, Action::PageDown | Action::PageUp) {
            // The row under the cursor keeps its place on the screen.
            let from_top = self.cursor.saturating_sub(self.top);
            let last_top = self.n_rows.saturating_sub(page);
            self.top = to.saturating_sub(from_top).min(last_top);
        }
        self.go(to);
        true
    }

    fn visible(&self) -> Range<u64> {
        self.top..(self.top + u64::from(self.height)).min(self.n_rows)
    }

    /// At the edge the list jumps by half a page: scrolling line by line repaints everything for each line.
    fn scroll_to_cursor(&mut self) {
        let height = u64::from(self.height);
        if height == 0 {
            return;
        }
        let half = (height / 2).max(1);
        let last_top = self.n_rows.saturating_sub(height);
        if self.cursor < self.top {
            self.top = self.cursor.saturating_sub(if self.top - self.cursor <= 1 { half } else { 0 });
        } else if self.cursor >= self.top + height {
            let step = self.cursor - (self.top + height - 1);
            self.top = if step <= 1 { self.top + half } else { self.cursor + 1 - height };
        }
        self.top = self.top.min(last_top).min(self.cursor);
    }
}
