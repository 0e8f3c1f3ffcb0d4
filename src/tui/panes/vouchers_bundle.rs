//! One bundle of the queue: payee, account in full, and every line that waits. From here it is issued, or a line's claim
//! is looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::detail::DetailPane;
use super::vouchers_issue::Issuing;
use crate::tui::effect::{Answer, Subject, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::{Page, PageView};
use crate::tui::paint::rule;
use crate::tui::popups::Reply;
use crate::tui::screen::{Look, Screen, Taken, Wishes};

/// Where a bundle's page is made.
pub const BUNDLE: Slot = Slot::supersede("bundle");

/// The screen.
pub struct BundlePane {
    key: String,
    page: PageView,
    /// As it came; it is shown broken to the width there is.
    whole: Page,
    columns: u16,
    issuing: Issuing,
    is_done: bool,
}

impl BundlePane {
    /// A bundle, by its key in the queue.
    pub fn new(key: String) -> Self {
        let (page, whole) = (PageView::default(), Page::default());
        BundlePane { key, page, whole, columns: 0, issuing: Issuing::default(), is_done: false }
    }

    fn ask(&self, wishes: &mut Wishes<'_>) {
        wishes.run(BUNDLE, Task::Page(Subject::Bundle(self.key.clone())));
    }
}

impl Screen for BundlePane {
    fn context(&self) -> Context {
        Context::Voucher
    }

    fn hints(&self, look: &Look<'_>) -> Option<Vec<(String, String)>> {
        let actions = [Action::Voucher, Action::Open, Action::Back, Action::Help];
        Some(look.hints_of(Context::Voucher, &actions))
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(wishes);
    }

    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.columns = area.width.saturating_sub(4);
        self.page.refresh(self.whole.wrapped(self.columns));
        self.page.set_height(area.height.saturating_sub(1));
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Voucher => self.issuing.ask(vec![self.key.clone()], wishes),
            Action::Open => {
                if let Some(claim_no) = self.page.link().and_then(|link| link.strip_prefix("claim ")) {
                    wishes.push(DetailPane::new(claim_no.to_owned(), 0));
                }
            }
            Action::Refresh => self.ask(wishes),
            _ if self.page.act(action) => {}
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        self.issuing.reply(reply, wishes);
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        if self.issuing.receive(answer, wishes).is_some() {
            // What was to be done here is done; the bundle waits no more and is not asked for again.
            self.is_done = true;
            wishes.pop();
            return;
        }
        if let Answer::Page { subject: Subject::Bundle(key), page } = answer
            && *key == self.key
        {
            self.whole = page.clone();
            self.page.refresh(page.wrapped(self.columns));
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        self.issuing.trouble(slot);
        // A bundle that waits no more, because another clerk has made its voucher, has no page to show.
        if slot == BUNDLE
            && let Trouble::Refused { text, .. } = trouble
        {
            self.whole = Page::default();
            self.page.show(Page::default());
            wishes.toast_warn(text.clone());
            return Taken::Yes;
        }
        Taken::No
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        if !self.is_done {
            self.ask(wishes);
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if !area.is_empty() {
            rule(buffer, area, area.y, &self.page.page().title, look);
            self.page.view(Rect { y: area.y + 1, height: area.height - 1, ..area }, buffer, look);
        }
        None
    }
}
