//! A page whose lines lead to claims, vouchers or companies: the entries behind a number of the report, the members of a
//! group, what could be looked at again.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::detail::DetailPane;
use super::vouchers_sheet::{Next, SheetPane};
use crate::tui::app::EXPORT;
use crate::tui::effect::{Answer, Over, Subject, Task};
use crate::tui::jobs::Slot;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::PageView;
use crate::tui::paint::rule;
use crate::tui::popups::{Prompt, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::words::Words;

/// Where such a page is made.
pub const RECORDS: Slot = Slot::supersede("records");

const FILE: &str = "records file";

/// The screen.
pub struct PostingsPane {
    subject: Subject,
    page: PageView,
    has_come: bool,
}

impl PostingsPane {
    /// The page about this.
    pub fn new(subject: Subject) -> Self {
        PostingsPane { subject, page: PageView::default(), has_come: false }
    }

    fn ask(&self, wishes: &mut Wishes<'_>) {
        wishes.run(RECORDS, Task::Page(self.subject.clone()));
    }

    /// The keys of its file's name, of the question for it, and of what the help says; none where there is no file of it.
    fn file(&self) -> Option<(&'static str, &'static str, &'static str)> {
        match &self.subject {
            Subject::Levers(code) if code.is_empty() => {
                Some(("insight-levers-file", "insight-levers-question", "insight-act-export-levers"))
            }
            Subject::Cluster(_) => {
                Some(("insight-group-file", "insight-group-question", "insight-act-export-group"))
            }
            _ => None,
        }
    }

    fn open(&self, wishes: &mut Wishes<'_>) {
        let Some((what, key)) = self.page.link().and_then(|link| link.split_once(' ')) else { return };
        match what {
            "claim" => wishes.push(DetailPane::new(key.to_owned(), 0)),
            "voucher" => wishes.push(SheetPane::new(key.to_owned(), Next::Look)),
            "lever" => wishes.push(PostingsPane::new(Subject::Levers(key.to_owned()))),
            "filter" => wishes.wish(Wish::Show { filter: key.to_owned() }),
            "npp" => wishes.wish(Wish::Show { filter: format!("npp = {key}") }),
            _ => {}
        }
    }
}

impl Screen for PostingsPane {
    fn context(&self) -> Context {
        match self.subject {
            Subject::Cluster(_) | Subject::Levers(_) => Context::Cluster,
            _ => Context::Report,
        }
    }

    fn why_not(&self, action: Action, words: &Words) -> Option<String> {
        let is_of_the_list = matches!(
            action,
            Action::Period
                | Action::EarlierPeriod
                | Action::LaterPeriod
                | Action::Method
                | Action::MoreClusters
                | Action::FewerClusters
                | Action::AutoClusters
                | Action::Preset
                | Action::Companies
                | Action::Recommendations
                | Action::Charts
                | Action::Which
                | Action::Seed
                | Action::Filter
                | Action::Sort
                | Action::SortReverse
        ) || action == Action::Export && self.file().is_none();
        is_of_the_list.then(|| words.text("panes-work-go-back-first"))
    }

    fn help_key(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Open => Some("insight-act-open"),
            Action::Export => self.file().map(|(_, _, key)| key),
            Action::Down
            | Action::Up
            | Action::PageDown
            | Action::PageUp
            | Action::First
            | Action::Last
            | Action::NextSection
            | Action::PreviousSection
            | Action::Copy => Some(action.words_key()),
            _ => None,
        }
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(wishes);
    }

    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.page.set_height(area.height.saturating_sub(1));
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Open => self.open(wishes),
            Action::Refresh => self.ask(wishes),
            Action::Export => match self.file() {
                Some((name, question, _)) => {
                    let words = wishes.words;
                    let (title, question) = (words.text("panes-work-export-title"), words.text(question));
                    wishes.popup(Prompt::new(FILE, title, &question, &words.text(name)));
                }
                None => return Taken::No,
            },
            // What leaves the desk is the record's number, never a name.
            Action::Copy => match self.page.link().and_then(|link| link.split_once(' ')) {
                Some((_, key)) => wishes.copy(key.to_owned()),
                None => return Taken::No,
            },
            _ if self.page.act(action) => {}
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        if let Reply::Entered { tag, text } = reply
            && tag == FILE
        {
            let format = if matches!(self.subject, Subject::Levers(_)) { "html" } else { "csv" };
            let (subject, format, path) = (self.subject.clone(), format.to_owned(), text.clone());
            wishes.run(EXPORT, Task::Write { subject, format, path, over: Over::Ask });
        }
    }

    fn receive(&mut self, answer: &Answer, _wishes: &mut Wishes<'_>) {
        if let Answer::Page { subject, page } = answer
            && *subject == self.subject
        {
            self.page.refresh(page.clone());
            self.has_come = true;
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if !area.is_empty() {
            let title = if self.has_come {
                self.page.page().title.clone()
            } else {
                look.words.text("panes-work-reading")
            };
            rule(buffer, area, area.y, &title, look);
            self.page.view(Rect { y: area.y + 1, height: area.height - 1, ..area }, buffer, look);
        }
        None
    }
}
