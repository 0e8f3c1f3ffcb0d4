//! A list to a file: as it is filtered and sorted, with the columns that are shown; only the marked rows where that is
//! wished. Personal data is masked and no cell is a formula; a file that lies there is replaced only when confirmed.

use super::List;
use crate::tui::app::EXPORT;
use crate::tui::effect::{ListName, Over, Subject, Task};
use crate::tui::popups::{Chooser, Item, Prompt, Reply};
use crate::tui::screen::{Taken, Wishes};
use crate::words::Value;

impl List {
    /// Asks where to write, and before that which rows where some are marked.
    pub(super) fn offer_export(&mut self, wishes: &mut Wishes<'_>) {
        self.only_marked = false;
        if self.table.n_marks() == 0 {
            return self.ask_file(wishes);
        }
        let words = wishes.words;
        let number = |n: u64| Value::Text(words.number(i64::try_from(n).unwrap_or(i64::MAX)));
        let n_marks = u64::try_from(self.table.n_marks()).unwrap_or(u64::MAX);
        let items = vec![
            Item::pick("", &words.format("lists-export-marked", &[("n", number(n_marks))])),
            Item::pick("", &words.format("lists-export-all", &[("n", number(self.table.n_rows()))])),
        ];
        wishes.popup(Chooser::new(self.tag("export"), words.text("panes-work-export-title"), items));
    }

    /// Asks for the file's name.
    pub(super) fn ask_file(&self, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        let name = match self.name {
            ListName::Claims => "panes-claims-file",
            ListName::Queue => "lists-file-queue",
            ListName::Vouchers => "lists-file-vouchers",
            ListName::Clusters | ListName::Companies => "panes-work-rank-file",
        };
        let question = if self.only_marked { "lists-file-marked" } else { "lists-file-shown" };
        let title = words.text("panes-work-export-title");
        wishes.popup(Prompt::new(self.tag("file"), title, &words.text(question), &words.text(name)));
    }

    pub(super) fn reply_export(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        match reply {
            Reply::Picked { tag, idx } if *tag == self.tag("export") => {
                self.only_marked = *idx == 0;
                self.ask_file(wishes);
            }
            // What was marked has been done meanwhile: no marks would mean all rows.
            Reply::Entered { tag, .. }
                if *tag == self.tag("file") && self.only_marked && self.table.n_marks() == 0 =>
            {
                wishes.toast_warn(wishes.words.text("lists-marks-gone"));
            }
            Reply::Entered { tag, text } if *tag == self.tag("file") => {
                let columns = self.shown_columns().map(|(_, column)| column.id.to_owned()).collect();
                let marks = self.table.marks().filter(|_| self.only_marked);
                let only = marks.map(str::to_owned).collect();
                let subject = Subject::Shown { list: self.name, columns, only };
                let (format, path) = ("csv".to_owned(), text.clone());
                wishes.run(EXPORT, Task::Write { subject, format, path, over: Over::Ask });
            }
            _ => return Taken::No,
        }
        Taken::Yes
    }
}
