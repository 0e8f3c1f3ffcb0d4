//! How a person arranges the columns: which one is chosen, which are shown, in which order, how wide.

use super::{Column, Order, Table};

/// A column is never narrower than this.
const LEAST_WIDTH: u16 = 3;
/// A column is never wider than this.
pub const MOST_WIDTH: u16 = 80;
/// One step of resizing.
const STEP: u16 = 2;

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the beginning.
    Left,
    /// To the end.
    Right,
}

/// A change of width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// One step less.
    Narrower,
    /// One step more.
    Wider,
}

/// A column as the person wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// Its place in [`Table::columns`].
    pub column: usize,
    /// It is not to be seen.
    pub is_hidden: bool,
    /// Its width in cells; none: its own.
    pub width: Option<u16>,
}

/// A width one step narrower or wider, within what is sensible.
pub fn resized(width: u16, size: Size) -> u16 {
    let width = match size {
        Size::Narrower => width.saturating_sub(STEP),
        Size::Wider => width.saturating_add(STEP),
    };
    width.clamp(LEAST_WIDTH, MOST_WIDTH)
}

impl Table {
    /// The shown columns in their order, by their places in [`Table::columns`].
    pub fn shown(&self) -> Vec<usize> {
        self.arranged.iter().copied().filter(|idx| !self.columns[*idx].is_hidden).collect()
    }

    /// The chosen column's place in [`Table::columns`].
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// The chosen column.
    pub fn chosen_column(&self) -> Option<&Column> {
        self.columns.get(self.chosen)
    }

    /// Chooses a column, if it is shown, and scrolls to it.
    pub fn choose(&mut self, idx: usize) {
        if self.columns.get(idx).is_some_and(|column| !column.is_hidden) {
            self.chosen = idx;
            self.show_chosen();
        }
    }

    /// Chooses the column beside the chosen one; always taken.
    pub(super) fn choose_beside(&mut self, way: Way) -> bool {
        let shown = self.shown();
        let place = shown.iter().position(|idx| *idx == self.chosen).unwrap_or(0);
        let beside = match way {
            Way::Left => place.checked_sub(1),
            Way::Right => Some(place + 1),
        };
        if let Some(idx) = beside.and_then(|place| shown.get(place)) {
            self.choose(*idx);
        }
        true
    }

    /// Sorts by the chosen column; once more, and the order turns.
    pub fn sort_by_chosen(&mut self) {
        self.sort_by(self.chosen);
    }

    /// Makes the chosen column narrower or wider than it is seen now.
    pub fn resize(&mut self, size: Size) {
        let seen = self
            .layout(self.width)
            .slots
            .iter()
            .find(|slot| slot.column == self.chosen)
            .map(|slot| slot.width);
        let Some(column) = self.columns.get_mut(self.chosen) else { return };
        let now = column.wanted.or(seen).unwrap_or(column.width);
        column.wanted = Some(resized(now, size));
        self.show_chosen();
    }

    /// Moves the chosen column one place; whether it could: the first column stays where it is.
    pub fn move_chosen(&mut self, way: Way) -> bool {
        let shown = self.shown();
        let place = shown.iter().position(|idx| *idx == self.chosen).unwrap_or(0);
        let beside = match way {
            _ if place == 0 => None,
            Way::Left => place.checked_sub(1).filter(|place| *place > 0),
            Way::Right => Some(place + 1),
        };
        let Some(other) = beside.and_then(|place| shown.get(place)).copied() else { return false };
        self.arranged.retain(|idx| *idx != self.chosen);
        let at = self.arranged.iter().position(|idx| *idx == other).unwrap_or(0);
        self.arranged.insert(if way == Way::Left { at } else { at + 1 }, self.chosen);
        self.show_chosen();
        true
    }

    /// The columns as they are arranged now, also those that are hidden.
    pub fn arrangement(&self) -> Vec<Arranged> {
        let arranged = |idx: &usize| Arranged {
            column: *idx,
            is_hidden: self.columns[*idx].is_hidden,
            width: self.columns[*idx].wanted,
        };
        self.arranged.iter().map(arranged).collect()
    }

    /// Arranges the columns. What cannot be is put right: the first column stays first and is shown, a column that is not
    /// named stands behind the others, as it was.
    pub fn arrange(&mut self, wanted: &[Arranged]) {
        let mut order = Vec::with_capacity(self.columns.len());
        order.extend(self.columns.first().map(|_| 0));
        for arranged in wanted {
            let Some(column) = self.columns.get_mut(arranged.column) else { continue };
            column.is_hidden = arranged.is_hidden && arranged.column > 0;
            column.wanted = arranged.width.map(|width| width.clamp(LEAST_WIDTH, MOST_WIDTH));
            if !order.contains(&arranged.column) {
                order.push(arranged.column);
            }
        }
        let left_out: Vec<usize> = self.arranged.iter().copied().filter(|idx| !order.contains(idx)).collect();
        order.extend(left_out);
        self.arranged = order;
        if self.columns.get(self.chosen).is_some_and(|column| column.is_hidden) {
            self.chosen = 0;
        }
        self.scrolled = None;
        self.show_chosen();
    }

    /// The arrangement as a line of text, `claim_no worker:20 -company`; empty while it is the usual one.
    pub fn arrangement_text(&self) -> String {
        let is_usual = |(place, arranged): (usize, &Arranged)| {
            arranged.column == place && !arranged.is_hidden && arranged.width.is_none()
        };
        let arrangement = self.arrangement();
        if arrangement.iter().enumerate().all(is_usual) {
            return String::new();
        }
        let said = |arranged: &Arranged| {
            let hidden = if arranged.is_hidden { "-" } else { "" };
            let width = arranged.width.map_or_else(String::new, |width| format!(":{width}"));
            format!("{hidden}{}{width}", self.columns[arranged.column].id)
        };
        arrangement.iter().map(said).collect::<Vec<_>>().join(" ")
    }

    /// Arranges as a text from another day says: what it does not know or cannot read is passed over.
    pub fn arrange_as(&mut self, text: &str) {
        let read = |word: &str| {
            let (is_hidden, word) = word.strip_prefix('-').map_or((false, word), |rest| (true, rest));
            let (id, width) =
                word.split_once(':').map_or((word, None), |(id, width)| (id, width.parse().ok()));
            let column = self.columns.iter().position(|column| column.id == id)?;
            Some(Arranged { column, is_hidden, width })
        };
        let arranged: Vec<Arranged> = text.split_whitespace().filter_map(read).collect();
        if !arranged.is_empty() {
            self.arrange(&arranged);
        }
    }

    /// Scrolls sideways until the chosen column is seen, as little as may be. At the first column, those that do not fit
    /// leave by rank again.
    pub(super) fn show_chosen(&mut self) {
        let shown = self.shown();
        let Some(place) = shown.iter().position(|idx| *idx == self.chosen).filter(|place| *place > 0) else {
            self.scrolled = None;
            return;
        };
        if self.width == 0 || self.is_seen(self.chosen) {
            return;
        }
        let place = place - 1;
        let from = self.scrolled.unwrap_or(0).min(place);
        for left in from..=place {
            self.scrolled = Some(left);
            if self.is_seen(self.chosen) {
                return;
            }
        }
    }

    /// The sorted column and its order, where its head is not on the screen to say so.
    pub fn unseen_sort(&self) -> Option<(&Column, Order)> {
        let (sorted, order) = self.sort?;
        let layout = self.layout(self.width);
        let is_unseen = self.width > 0 && layout.slots.iter().all(|slot| slot.column != sorted);
        self.columns.get(sorted).filter(|_| is_unseen).map(|column| (column, order))
    }

    /// Whether a column is seen as wide as it wants to be.
    fn is_seen(&self, idx: usize) -> bool {
        let layout = self.layout(self.width);
        layout.slots.iter().any(|slot| slot.column == idx && slot.width >= self.columns[idx].least())
    }
}
