//! How a list was left: its columns, order and widths, what it is sorted by, and of the claims also filter and row. It is
//! handed over as a draft of its own, reaches the disk when the screen ends, and comes back at the next start.

use super::List;
use crate::tui::effect::{Draft, Effect, ListName};
use crate::tui::screen::{Wish, Wishes};
use crate::tui::table::Order;

/// What the drafts that keep a list from one day to the next are called, or begin with.
pub const SCREEN_DRAFT: &str = "layar";

/// Whether a draft keeps how a list was left.
pub fn is_screen_draft(form: &str) -> bool {
    form.strip_prefix(SCREEN_DRAFT).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

impl List {
    /// What the draft of this list is called.
    fn note_form(&self) -> String {
        match self.name {
            ListName::Claims => SCREEN_DRAFT.to_owned(),
            ListName::Queue => format!("{SCREEN_DRAFT}-queue"),
            ListName::Vouchers => format!("{SCREEN_DRAFT}-vouchers"),
            ListName::Clusters => format!("{SCREEN_DRAFT}-clusters"),
            ListName::Companies => format!("{SCREEN_DRAFT}-companies"),
        }
    }

    /// Begins as it was left the last time; whether it was ever left. What cannot be read is passed over.
    pub fn begin_as_left(&mut self, left: &[Draft]) -> bool {
        let form = self.note_form();
        let found = left.iter().find(|draft| draft.form == form);
        if let Some(draft) = found {
            let value = |name: &str| {
                draft.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
            };
            self.table.arrange_as(value("columns").unwrap_or_default());
            let order = if value("way") == Some("down") { Order::Descending } else { Order::Ascending };
            let sort = value("sort").map(|id| (id, order));
            self.remember_filters(value("past").unwrap_or_default());
            self.begin_with(value("filter").unwrap_or_default(), sort, value("row").map(str::to_owned));
        }
        // Who only looks at it leaves nothing behind; the claims keep their row.
        self.noted = (self.name != ListName::Claims).then(|| self.note());
        found.is_some()
    }

    /// Hands over how the list stands, if it stands otherwise than before.
    pub fn remember(&mut self, wishes: &mut Wishes<'_>) {
        if self.name == ListName::Claims && self.table.selected().is_none() {
            return;
        }
        let note = self.note();
        if self.noted.as_ref() != Some(&note) {
            self.noted = Some(note.clone());
            wishes.wish(Wish::Do(Effect::HoldDraft(note)));
        }
    }

    fn note(&self) -> Draft {
        let mut values = Vec::new();
        let mut keep = |name: &str, value: String| {
            if !value.is_empty() {
                values.push((name.to_owned(), value));
            }
        };
        if self.name == ListName::Claims {
            keep("filter", self.filter_that_holds().to_owned());
            keep("past", self.line().past());
            keep("row", self.table.selected().map_or_else(String::new, |row| row.key.clone()));
        }
        keep("columns", self.table.arrangement_text());
        if let Some((column, order)) = self.table.sort() {
            keep("sort", column.id.to_owned());
            keep("way", if order == Order::Descending { "down" } else { "up" }.to_owned());
        }
        Draft { form: self.note_form(), values, ..Draft::default() }
    }
}
