//! Issuing vouchers, from wherever it is asked: the page with payees, lines and total, one confirmation, and the codes
//! shown large once they are safe. A pane holds one [`Issue`] and lets it hear what it hears itself.

use crate::tui::app::COMMIT;
use crate::tui::effect::{Answer, OrderSlip, Subject, Task};
use crate::tui::jobs::Slot;
use crate::tui::key::Key;
use crate::tui::popups::{Confirm, Message, Reply};
use crate::tui::screen::{Taken, Wishes};

/// Where the page to confirm is made.
pub const ISSUE_PAGE: Slot = Slot::supersede("issue-page");

const TAG: &str = "issue vouchers";

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Nothing is being issued from here.
    #[default]
    Idle,
    /// The page is being made or lies before the person.
    Asked,
    /// It is confirmed; the codes are to come.
    Issuing,
}

/// Issuing for some claims: their numbers, or `number#line` for single lines.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    subjects: Vec<String>,
    stage: Stage,
}

impl Issue {
    /// Asks for the page about these.
    pub fn ask(&mut self, subjects: Vec<String>, wishes: &mut Wishes<'_>) {
        if subjects.is_empty() || self.stage == Stage::Issuing {
            return;
        }
        self.subjects.clone_from(&subjects);
        self.stage = Stage::Asked;
        wishes.run(ISSUE_PAGE, Task::Page(Subject::Issue(subjects)));
    }

    /// The page came, or the codes did.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Taken {
        match answer {
            Answer::Page { subject: Subject::Issue(subjects), page }
                if self.stage == Stage::Asked && *subjects == self.subjects =>
            {
                let yes = wishes.words.text("panes-claims-issue-yes");
                wishes.popup(Confirm::new(TAG, page.clone(), yes, Some(Key::char('v'))));
                Taken::Yes
            }
            Answer::Committed { slip, codes, text }
                if self.stage == Stage::Issuing
                    && slip.what == "voucher-issue"
                    && slip.subjects == self.subjects =>
            {
                self.stage = Stage::Idle;
                wishes.toast_good(text.clone());
                let words = wishes.words;
                let title = words.text("tui-codes-title");
                wishes.popup(Message::codes(title, codes.clone(), &words.text("tui-codes-write")));
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// The confirmation was answered.
    pub fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        match reply {
            Reply::Confirmed { tag } if tag == TAG && self.stage == Stage::Asked => {
                self.stage = Stage::Issuing;
                let slip = OrderSlip::new("voucher-issue", self.subjects.clone());
                wishes.run(COMMIT, Task::Commit(slip));
                Taken::Yes
            }
            Reply::Dismissed { tag } if tag == TAG => {
                self.stage = Stage::Idle;
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// A job of this slot gave nothing: what was asked from here is over. The app says why.
    pub fn trouble(&mut self, slot: Slot) {
        if (slot == ISSUE_PAGE && self.stage == Stage::Asked)
            || (slot == COMMIT && self.stage == Stage::Issuing)
        {
            self.stage = Stage::Idle;
        }
    }
}
