//! What a table is made of: columns, rows, cells.

use crate::base::safe;
use crate::tui::theme::Tone;

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Greatest first.
    Descending,
}

impl Order {
    /// The other one.
    pub fn turned(self) -> Self {
        match self {
            Order::Ascending => Order::Descending,
            Order::Descending => Order::Ascending,
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its stable name, for sorting and the config.
    pub id: &'static str,
    /// Its head.
    pub title: String,
    /// Where its text stands.
    pub align: Align,
    /// Its width in cells.
    pub width: u16,
    /// It takes up to this width when there is room.
    pub max_width: u16,
    /// 0 stays; of the others the greatest leaves first when the screen is narrow.
    pub rank: u8,
    /// The person does not want to see it.
    pub is_hidden: bool,
    /// It names a person: hidden in guest mode.
    pub is_personal: bool,
    /// The width that the person gave it.
    pub wanted: Option<u16>,
}

impl Column {
    /// A column of words.
    pub fn text(id: &'static str, title: String, width: u16) -> Self {
        Column {
            id,
            title,
            align: Align::Left,
            width,
            max_width: width,
            rank: 0,
            is_hidden: false,
            is_personal: false,
            wanted: None,
        }
    }

    /// A column of numbers.
    pub fn number(id: &'static str, title: String, width: u16) -> Self {
        Column { align: Align::Right, ..Column::text(id, title, width) }
    }

    /// It may grow to this width.
    pub fn up_to(self, max_width: u16) -> Self {
        Column { max_width, ..self }
    }

    /// It names a person.
    pub fn personal(self) -> Self {
        Column { is_personal: true, ..self }
    }

    /// Its width where room is scarce: what the person gave it, or its own.
    pub fn least(&self) -> u16 {
        self.wanted.unwrap_or(self.width)
    }

    /// Its width where there is room.
    pub fn most(&self) -> u16 {
        self.wanted.unwrap_or(self.max_width.max(self.width))
    }

    /// It leaves at this rank when the screen is narrow.
    pub fn rank(self, rank: u8) -> Self {
        Column { rank, ..self }
    }
}

/// A cell, safe for the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub(super) text: String,
    pub(super) tone: Tone,
}

impl Cell {
    /// A cell of plain text; what could steer the terminal is taken out here.
    pub fn new(text: &str) -> Self {
        Cell::toned(text, Tone::Plain)
    }

    /// A cell with a tone.
    pub fn toned(text: &str, tone: Tone) -> Self {
        Cell { text: safe::terminal(text).into_owned(), tone }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is about: a claim number, a voucher code.
    pub key: String,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
}
