//! Marks over rows that are seen or not: all of the list, or from the row marked last to the cursor.

use super::{List, MOST_MARKED};
use crate::tui::effect::{KeySpan, ListName, Task};
use crate::tui::jobs::Slot;
use crate::tui::screen::{Look, Wishes};
use crate::words::Value;

/// Where the keys of rows are read, to mark them.
const KEYS: Slot = Slot::finish("mark-all");
/// Where the marked rows that the filter leaves out are counted: each list its own, or one that stands beside another
/// would never hear.
fn count_slot(list: ListName) -> Slot {
    match list {
        ListName::Claims => Slot::supersede("claims-mark-count"),
        ListName::Queue => Slot::supersede("queue-mark-count"),
        ListName::Vouchers => Slot::supersede("vouchers-mark-count"),
        ListName::Clusters => Slot::supersede("clusters-mark-count"),
        ListName::Companies => Slot::supersede("companies-mark-count"),
    }
}

impl List {
    /// Marks every row of the list, seen or not, or takes all marks away.
    pub(super) fn mark_all(&mut self, wishes: &mut Wishes<'_>) {
        if self.table.n_marks() > 0 {
            self.table.clear_marks();
            self.n_outside = 0;
        } else if self.table.n_rows() > MOST_MARKED {
            self.say_too_many(wishes);
        } else {
            wishes.run(KEYS, Task::Keys { list: self.name, span: KeySpan::All });
        }
    }

    /// Marks from the row marked last to the one under the cursor; without one, this row is where the range begins.
    pub(super) fn mark_range(&mut self, wishes: &mut Wishes<'_>) {
        let Some(here) = self.table.selected().map(|row| row.key.clone()) else { return };
        match self.table.last_mark().map(str::to_owned) {
            Some(from) => {
                wishes.run(KEYS, Task::Keys { list: self.name, span: KeySpan::Between(from, here) });
            }
            None => {
                self.table.set_last_mark(&here);
                self.table.mark([here]);
                wishes.toast_good(wishes.words.text("lists-range-begun"));
            }
        }
    }

    /// The keys that were asked for are marked, if they are not too many.
    pub(super) fn mark_keys(&mut self, keys: &[String], n_rows: u64, wishes: &mut Wishes<'_>) {
        let new = keys.iter().filter(|key| !self.table.is_marked(key)).count();
        if n_rows == 0 {
            wishes.toast_warn(wishes.words.text("lists-range-lost"));
        } else if n_rows > MOST_MARKED
            || self.n_marks() + u64::try_from(new).unwrap_or(u64::MAX) > MOST_MARKED
        {
            self.say_too_many(wishes);
        } else {
            self.table.mark(keys.iter().cloned());
            if let Some(here) = self.table.selected().map(|row| row.key.clone()) {
                self.table.set_last_mark(&here);
            }
        }
    }

    fn say_too_many(&self, wishes: &mut Wishes<'_>) {
        let most = wishes.words.number(i64::try_from(MOST_MARKED).unwrap_or(i64::MAX));
        wishes.toast_warn(wishes.words.format("tui-mark-too-many", &[("most", Value::Text(most))]));
    }

    fn n_marks(&self) -> u64 {
        u64::try_from(self.table.n_marks()).unwrap_or(u64::MAX)
    }

    /// After a new order: how many of the marked rows are not in it?
    pub(super) fn count_marks(&mut self, wishes: &mut Wishes<'_>) {
        if self.table.n_marks() == 0 {
            self.n_outside = 0;
        } else {
            let keys = self.table.marks().map(str::to_owned).collect();
            wishes.run(count_slot(self.name), Task::Outside { list: self.name, keys });
        }
    }

    /// `12 ditandai (3 di luar saringan)`.
    pub(super) fn marks_text(&self, look: &Look<'_>) -> Option<String> {
        let n_marks = self.n_marks();
        if n_marks == 0 {
            return None;
        }
        let number = |count: u64| Value::Int(i64::try_from(count).unwrap_or(i64::MAX));
        let text = look.words.format("tui-list-marked", &[("n", number(n_marks))]);
        let n_outside = self.n_outside.min(n_marks);
        if n_outside == 0 {
            return Some(text);
        }
        let outside = look.words.format("lists-marks-outside", &[("n", number(n_outside))]);
        Some(format!("{text} ({outside})"))
    }
}
