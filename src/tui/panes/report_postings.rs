//! A page whose lines lead to claims, vouchers or companies: the entries behind a number of the report, the members of a
//! group, what could be looked at again.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::detail::DetailPane;
use super::vouchers_sheet::{Next, SheetPane};
use crate::tui::effect::{Answer, Subject, Task};
use crate::tui::jobs::Slot;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::PageView;
use crate::tui::paint::rule;
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::words::Words;

/// Where such a page is made.
pub const RECORDS: Slot = Slot::supersede("records");

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
                | Action::Export
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
        );
        is_of_the_list.then(|| words.text("panes-work-go-back-first"))
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
