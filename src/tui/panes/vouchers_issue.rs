//! Issuing from the queue: the page with payees, accounts, lines, warnings and total, one confirmation, and the codes
//! shown large once they are safe. The command carries the key it got when the page was made: sent twice, it is one.

use crate::tui::app::COMMIT;
use crate::tui::effect::{Answer, OrderSlip, Task};
use crate::tui::jobs::Slot;
use crate::tui::key::Key;
use crate::tui::popups::{Confirm, Message, Reply};
use crate::tui::screen::{Taken, Wishes};
use crate::words::Value;

/// Where the page to confirm is made.
pub const ISSUE_PLAN: Slot = Slot::supersede("issue-plan");

const TAG: &str = "issue bundles";

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Nothing is being issued from here.
    #[default]
    Idle,
    /// The page is being made.
    Asked,
    /// It lies before the person.
    Planned(OrderSlip),
    /// It is confirmed; the codes are to come.
    Issuing(OrderSlip),
}

/// Issuing for some bundles of the queue.
#[derive(Clone, Debug, Default)]
pub struct Issuing {
    stage: Stage,
    /// The bundles that were asked for.
    bundles: Vec<String>,
}

impl Issuing {
    /// Asks for the page about these bundles.
    pub fn ask(&mut self, bundles: Vec<String>, wishes: &mut Wishes<'_>) {
        if matches!(self.stage, Stage::Issuing(_)) {
            return;
        }
        self.stage = Stage::Asked;
        self.bundles.clone_from(&bundles);
        wishes.run(ISSUE_PLAN, Task::PlanIssue { bundles });
    }

    /// The page came, or the codes did; the bundles for which vouchers were issued from here.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Option<Vec<String>> {
        match (answer, &self.stage) {
            (Answer::IssuePlan { slip, page }, Stage::Asked) => {
                let yes = wishes.words.text("panes-work-issue-yes");
                wishes.popup(Confirm::new(TAG, page.clone(), yes, Some(Key::char('v'))));
                self.stage = Stage::Planned(slip.clone());
                None
            }
            (Answer::Committed { slip, codes, text }, Stage::Issuing(sent)) if slip.key == sent.key => {
                self.stage = Stage::Idle;
                let words = wishes.words;
                let n_issued = codes.iter().filter(|to_write| !to_write.code.is_empty()).count();
                wishes.toast_good(words.format("panes-work-issued", &[("n", Value::from(n_issued))]));
                let text = format!("{text}\n{}", words.text("tui-codes-write"));
                let text = text.trim_start();
                wishes.popup(Message::codes(words.text("tui-codes-title"), codes.clone(), text));
                Some(std::mem::take(&mut self.bundles))
            }
            _ => None,
        }
    }

    /// The confirmation was answered.
    pub fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        match (reply, &self.stage) {
            (Reply::Confirmed { tag }, Stage::Planned(slip)) if tag == TAG => {
                wishes.run(COMMIT, Task::Commit(slip.clone()));
                self.stage = Stage::Issuing(slip.clone());
                Taken::Yes
            }
            (Reply::Dismissed { tag }, _) if tag == TAG => {
                self.stage = Stage::Idle;
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// A job of this slot gave nothing: what was asked from here is over. The app says why.
    pub fn trouble(&mut self, slot: Slot) {
        let is_over = match &self.stage {
            Stage::Asked => slot == ISSUE_PLAN,
            Stage::Issuing(_) => slot == COMMIT,
            Stage::Idle | Stage::Planned(_) => false,
        };
        if is_over {
            self.stage = Stage::Idle;
        }
    }
}
