//! Copying from a list: the number, a cell, the row, the marked rows. Rows go as lines of cells with tabs between, which
//! every spreadsheet takes: they come as they may leave the desk, names of persons shortened, and no cell is a formula.

use super::List;
use crate::base::safe;
use crate::tui::effect::{ListName, Task};
use crate::tui::jobs::Slot;
use crate::tui::key::Key;
use crate::tui::page::{Line, Page};
use crate::tui::popups::{Chooser, Confirm, Item, Reply};
use crate::tui::screen::{MOST_COPIED_BYTES, Taken, Wishes};
use crate::tui::table::{Column, Row};
use crate::words::Value;

/// Where the marked rows are read.
const ROWS: Slot = Slot::supersede("copy-rows");

/// Something to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// This text: a number, a cell.
    Text(String),
    /// These rows, several with their heads.
    Rows(Vec<String>),
}

impl List {
    /// Asks what is to be copied; the first is what is copied most.
    pub(super) fn offer_copy(&mut self, wishes: &mut Wishes<'_>) {
        let Some(row) = self.table.selected() else { return };
        let words = wishes.words;
        let mut offers: Vec<(String, Offer)> = Vec::new();
        // A bundle of the queue has no number that means anything elsewhere.
        if self.name != ListName::Queue {
            let text = words.format("lists-copy-key", &[("what", Value::from(&row.key))]);
            offers.push((text, Offer::Text(row.key.clone())));
        }
        if let Some(column) = self.table.chosen_column()
            && let Some(cell) = row.cells.get(self.table.chosen())
            && !cell.text().is_empty()
            && cell.text() != row.key
        {
            // Whoever looks over the shoulder reads the question too.
            let shown = if column.is_personal { "…" } else { cell.text() };
            let args = [("column", Value::from(&column.title)), ("text", shown.into())];
            offers.push((
                words.format("lists-copy-cell", &args),
                Offer::Text(safe::csv_cell(cell.text()).into_owned()),
            ));
        }
        offers.push((words.text("lists-copy-row"), Offer::Rows(vec![row.key.clone()])));
        if self.table.n_marks() > 0 {
            let args = [("n", Value::from(self.table.n_marks()))];
            let marked = self.table.marks().map(str::to_owned).collect();
            offers.push((words.format("lists-copy-marked", &args), Offer::Rows(marked)));
        }
        let items = offers.iter().map(|(text, _)| Item::pick("", text)).collect();
        self.offered = offers.into_iter().map(|(_, offer)| offer).collect();
        wishes.popup(Chooser::new(self.tag("copy"), words.text("lists-copy-title"), items));
    }

    pub(super) fn reply_copy(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        match reply {
            Reply::Picked { tag, idx } if *tag == self.tag("copy") => match self.offered.get(*idx) {
                Some(Offer::Text(text)) => wishes.copy(text.clone()),
                Some(Offer::Rows(keys)) => {
                    wishes.run(ROWS, Task::Rows { list: self.name, keys: keys.clone() });
                }
                None => {}
            },
            Reply::Confirmed { tag } if *tag == self.tag("copy-long") => self.ask_file(wishes),
            _ => return Taken::No,
        }
        Taken::Yes
    }

    /// The rows came: they go to the clipboard, or a file is offered where they are too long.
    pub(super) fn copy_rows(&mut self, rows: &[Row], wishes: &mut Wishes<'_>) {
        let mut lines = Vec::with_capacity(rows.len() + 1);
        if rows.len() > 1 {
            let heads: Vec<&str> = self.shown_columns().map(|(_, column)| column.title.as_str()).collect();
            lines.push(heads.join("\t"));
        }
        lines.extend(rows.iter().map(|row| self.line_of(row)));
        let text = lines.join("\n");
        if text.len() <= MOST_COPIED_BYTES {
            wishes.copy(text);
            return;
        }
        self.only_marked = true;
        let words = wishes.words;
        let args = [
            ("n", Value::from(rows.len())),
            ("size", Value::from(text.len() / 1024)),
            ("most", Value::from(MOST_COPIED_BYTES / 1024)),
        ];
        let body = Page {
            title: words.text("lists-copy-title"),
            lines: vec![Line::text(&words.format("lists-copy-long", &args))],
        };
        let yes = words.text("lists-copy-long-yes");
        wishes.popup(Confirm::new(self.tag("copy-long"), body, yes, Some(Key::char('y'))));
    }

    /// The columns that the person wants to see, in their order, each with its place in a row.
    pub(super) fn shown_columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        let columns = self.table.columns();
        self.table.shown().into_iter().filter_map(move |idx| Some((idx, columns.get(idx)?)))
    }

    /// A row as a line of cells.
    fn line_of(&self, row: &Row) -> String {
        let cell = |idx: usize| {
            let text = row.cells.get(idx).map_or("", |cell| cell.text());
            safe::csv_cell(text).into_owned()
        };
        self.shown_columns().map(|(idx, _)| idx).map(cell).collect::<Vec<_>>().join("\t")
    }
}
