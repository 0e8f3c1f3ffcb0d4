//! One voucher: what it pays, where it stands, and the next steps: pay, return of a transfer, void, approve, print.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::detail::DetailPane;
use super::vouchers_forms as forms;
use crate::tui::app::{COMMIT, EXPORT};
use crate::tui::cards::VoucherCard;
use crate::tui::effect::{Answer, OrderSlip, Over, Seen, Subject, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::{Line, Page, PageView};
use crate::tui::paint::rule;
use crate::tui::popups::{Confirm, Prompt, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wishes};
use crate::words::Value;

/// Where a voucher is read whole.
pub const SHEET: Slot = Slot::supersede("voucher-card");

const PRINT: &str = "voucher print";
const APPROVE: &str = "voucher approve";

/// What is to happen as soon as the voucher is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is looked at.
    Look,
    /// This, as its key asked for in the list.
    Do(Action),
}

/// The screen.
pub struct SheetPane {
    code: String,
    next: Next,
    /// The voucher as it stood when the question was put: the card may be read anew behind it.
    asked_of: Seen,
    card: Option<Box<VoucherCard>>,
    page: PageView,
    columns: u16,
}

impl SheetPane {
    /// A voucher, and what to do with it.
    pub fn new(code: String, next: Next) -> Self {
        SheetPane { code, next, asked_of: Seen::Nothing, card: None, page: PageView::default(), columns: 0 }
    }

    fn ask(&self, wishes: &mut Wishes<'_>) {
        wishes.run(SHEET, Task::Voucher { code: self.code.clone() });
    }

    /// A step; one that is not possible now says why.
    fn step(&mut self, action: Action, wishes: &mut Wishes<'_>) {
        let Some(card) = self.card.as_deref() else { return };
        if let Some((_, why)) = card.cannot.iter().find(|(known, _)| *known == action) {
            wishes.toast_warn(why.clone());
            return;
        }
        let words = wishes.words;
        match action {
            Action::Pay => wishes.push(forms::pay(card, words)),
            Action::Return => wishes.push(forms::give_back(card, words)),
            Action::Void => wishes.push(forms::void(card, words)),
            Action::Approve => {
                self.asked_of = card.seen.clone();
                let title = words.format("panes-work-approve-title", &[("code", Value::from(&self.code))]);
                let body = Page { title, lines: vec![Line::text(&words.text("panes-work-approve-body"))] };
                let yes = words.text("panes-work-approve-yes");
                wishes.popup(Confirm::new(APPROVE, body, yes, Some(Key::char('A'))));
            }
            _ => {
                let question = words.text("panes-work-print-question");
                let name = self.code.replace(['/', ' ', '\\'], "-");
                wishes.popup(Prompt::new(PRINT, words.text("panes-work-print-title"), &question, &name));
            }
        }
    }
}

impl Screen for SheetPane {
    fn context(&self) -> Context {
        Context::Voucher
    }

    fn hints(&self, look: &Look<'_>) -> Option<Vec<(String, String)>> {
        let actions = [Action::Pay, Action::Void, Action::Print, Action::Back, Action::Help];
        let mut hints = look.hints_of(Context::Voucher, &actions);
        // On a claim the same action sends the bundle back; here it is the money that came back.
        let key = look.keymap.key(Context::Voucher, Action::Return)?.to_string();
        hints.insert(1, (key, look.words.text("panes-work-hint-return")));
        Some(hints)
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(wishes);
    }

    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.columns = area.width.saturating_sub(4);
        if let Some(card) = &self.card {
            self.page.refresh(card.page.wrapped(self.columns));
        }
        self.page.set_height(area.height.saturating_sub(1));
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Pay | Action::Return | Action::Void | Action::Approve | Action::Print => {
                self.step(action, wishes);
            }
            Action::Open => {
                if let Some(claim_no) = self.page.link().and_then(|link| link.strip_prefix("claim ")) {
                    wishes.push(DetailPane::new(claim_no.to_owned(), 0));
                }
            }
            Action::Copy => wishes.copy(self.code.clone()),
            Action::Refresh => self.ask(wishes),
            _ if self.page.act(action) => {}
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        match reply {
            Reply::Entered { tag, text } if tag == PRINT => {
                let subject = Subject::Voucher(self.code.clone());
                let (format, path) = ("paper".to_owned(), text.clone());
                wishes.run(EXPORT, Task::Write { subject, format, path, over: Over::Ask });
            }
            Reply::Confirmed { tag } if tag == APPROVE => {
                let seen = self.asked_of.clone();
                let slip = OrderSlip::new("voucher-approve", vec![self.code.clone()]).seeing(seen);
                wishes.run(COMMIT, Task::Commit(slip));
            }
            _ => {}
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        match answer {
            Answer::Voucher(card) if card.code == self.code => {
                self.page.refresh(card.page.wrapped(self.columns));
                self.card = Some(card.clone());
                if let Next::Do(action) = std::mem::replace(&mut self.next, Next::Look) {
                    self.step(action, wishes);
                }
            }
            Answer::Committed { slip, text, .. }
                if slip.what == "voucher-approve" && slip.subjects.first() == Some(&self.code) =>
            {
                wishes.toast_good(text.clone());
            }
            _ => {}
        }
    }

    fn trouble(&mut self, _slot: Slot, _trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        Taken::No
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(wishes);
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if !area.is_empty() {
            let title = match &self.card {
                Some(card) => card.page.title.clone(),
                None => self.code.clone(),
            };
            rule(buffer, area, area.y, &title, look);
            self.page.view(Rect { y: area.y + 1, height: area.height - 1, ..area }, buffer, look);
        }
        None
    }
}
