//! Something with all marked claims: what, then one page that says to how many and why not to the others, one
//! confirmation, and what became of it. Each claim is a commit of its own.

use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::domain::code::Outcome;
use crate::tui::effect::{Answer, BulkDone, OrderSlip, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Key;
use crate::tui::keymap::Action;
use crate::tui::popups::{Chooser, Confirm, Item, Message, Prompt, Reply};
use crate::tui::screen::{Taken, Wishes};
use crate::tui::theme::Tone;
use crate::words::Value;

/// Where the page to confirm is made.
pub const PLAN: Slot = Slot::supersede("bulk-plan");
/// Where it is done.
pub const RUN: Slot = Slot::finish("bulk-run");
/// Where is read how far it came when it was stopped.
pub const RESULT: Slot = Slot::finish("bulk-result");

const WHAT: &str = "bulk what";
const NOTE: &str = "bulk note";
const OUTCOME: &str = "bulk outcome";
const DATE: &str = "bulk date";
const CONFIRM: &str = "bulk confirm";

/// What can be done, in the order of the list: the words' key.
const CHOICES: [&str; 7] = [
    "filter-bulk-checked",
    "filter-bulk-question",
    "filter-bulk-unmark",
    "filter-bulk-set-outcome",
    "filter-bulk-voucher",
    "filter-bulk-export",
    "filter-bulk-copy",
];

/// How far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// Nothing is being done from here.
    #[default]
    Idle,
    /// It is being chosen what.
    Asking,
    /// The outcome is chosen, its date is asked for.
    Dating(Outcome),
    /// The page is being made.
    Planning,
    /// It lies before the person.
    Planned(OrderSlip),
    /// It is being done.
    Running,
}

/// What the pane is to do after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The reply was somebody else's.
    NotMine,
    /// Nothing.
    Nothing,
    /// What a key of the list does with the marked claims.
    Act(Action),
}

/// Something with all marked claims.
#[derive(Clone, Debug, Default)]
pub struct Bulk {
    stage: Stage,
    claims: Vec<String>,
}

impl Bulk {
    /// Asks what to do with these claims.
    pub fn ask(&mut self, claims: Vec<String>, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        if claims.is_empty() {
            wishes.toast_warn(words.text("filter-bulk-none"));
            return;
        }
        if self.is_running() {
            wishes.toast_warn(words.text("filter-bulk-running"));
            return;
        }
        let title = words.format("filter-bulk-ask", &[("n", Value::from(claims.len()))]);
        self.claims = claims;
        self.stage = Stage::Asking;
        let items = CHOICES.map(|key| Item::pick("", &words.text(key)));
        wishes.popup(Chooser::new(WHAT, title, items.to_vec()));
    }

    /// A popup was answered.
    pub fn reply(&mut self, reply: &Reply, today: Date, wishes: &mut Wishes<'_>) -> Next {
        let words = wishes.words;
        match (reply, &self.stage) {
            (Reply::Picked { tag, idx }, Stage::Asking) if tag == WHAT => return self.chosen(*idx, wishes),
            (Reply::Entered { tag, text }, Stage::Asking) if tag == NOTE => {
                self.plan(self.slip("claim-review").with("mark", "TANYA").with("note", text), wishes);
            }
            (Reply::Picked { tag, idx }, Stage::Asking) if tag == OUTCOME => {
                let Some(outcome) = Outcome::ALL.get(*idx) else { return Next::Nothing };
                self.stage = Stage::Dating(*outcome);
                let question = words.text("filter-bulk-date");
                wishes.popup(Prompt::new(DATE, words.text(&outcome.key()), &question, &slashed(today)));
            }
            (Reply::Entered { tag, text }, Stage::Dating(outcome)) if tag == DATE => {
                let slip = self.slip("claim-outcome").with("outcome", outcome.code()).with("date", text);
                self.plan(slip, wishes);
            }
            (Reply::Confirmed { tag }, Stage::Planned(slip)) if tag == CONFIRM => {
                wishes.run(RUN, Task::Bulk(slip.clone()));
                self.stage = Stage::Running;
            }
            (Reply::Dismissed { tag }, _) if [WHAT, NOTE, OUTCOME, DATE, CONFIRM].contains(&tag.as_str()) => {
                self.stage = Stage::Idle;
            }
            _ => return Next::NotMine,
        }
        Next::Nothing
    }

    /// Whether it is being done.
    pub fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }

    fn chosen(&mut self, idx: usize, wishes: &mut Wishes<'_>) -> Next {
        let words = wishes.words;
        match CHOICES.get(idx).copied() {
            Some("filter-bulk-checked") => {
                self.plan(self.slip("claim-review").with("mark", "DIPERIKSA"), wishes);
            }
            Some("filter-bulk-unmark") => self.plan(self.slip("claim-review").with("mark", ""), wishes),
            Some(key @ "filter-bulk-question") => {
                wishes.popup(Prompt::new(NOTE, words.text(key), &words.text("filter-bulk-note"), ""));
            }
            Some(key @ "filter-bulk-set-outcome") => {
                let items = Outcome::ALL.iter().map(|outcome| Item::pick("", &words.text(&outcome.key())));
                wishes.popup(Chooser::new(OUTCOME, words.text(key), items.collect()));
            }
            other => {
                self.stage = Stage::Idle;
                return Next::Act(match other {
                    Some("filter-bulk-voucher") => Action::Voucher,
                    Some("filter-bulk-export") => Action::Export,
                    _ => Action::Copy,
                });
            }
        }
        Next::Nothing
    }

    fn slip(&self, what: &str) -> OrderSlip {
        OrderSlip::new(what, self.claims.clone())
    }

    fn plan(&mut self, slip: OrderSlip, wishes: &mut Wishes<'_>) {
        self.stage = Stage::Planning;
        wishes.run(PLAN, Task::PlanBulk(slip));
    }

    /// The page came, or it was done; then the claims whose marks go.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Option<Vec<String>> {
        let words = wishes.words;
        match (answer, &self.stage) {
            (Answer::BulkPlan { slip, page }, Stage::Planning) if slip.subjects.is_empty() => {
                // Nobody can take it: the page says why, and there is nothing to confirm.
                let text = page.lines.iter().map(|line| line.plain()).collect::<Vec<_>>().join("\n");
                wishes.popup(Message::new(words.text("filter-bulk-nobody"), &text, Tone::Warn));
                self.stage = Stage::Idle;
            }
            (Answer::BulkPlan { slip, page }, Stage::Planning) => {
                let yes = words.text("filter-bulk-yes");
                wishes.popup(Confirm::new(CONFIRM, page.clone(), yes, Some(Key::char('.'))));
                self.stage = Stage::Planned(slip.clone());
            }
            (Answer::BulkDone(done), Stage::Running) => {
                self.stage = Stage::Idle;
                tell(done, wishes);
                return Some(done.done.clone());
            }
            _ => return None,
        }
        None
    }

    /// A job of this slot gave nothing. One that was stopped is asked how far it came.
    pub fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        match (slot, &self.stage) {
            (RUN, Stage::Running) if *trouble == Trouble::Cancelled => {
                wishes.run(RESULT, Task::BulkResult);
                return Taken::Yes;
            }
            (RUN | RESULT, Stage::Running) | (PLAN, Stage::Planning) => self.stage = Stage::Idle,
            _ => {}
        }
        Taken::No
    }
}

/// All went well: a word. Otherwise a box: how many, and each that was refused with its reason.
fn tell(done: &BulkDone, wishes: &mut Wishes<'_>) {
    let words = wishes.words;
    if done.refused.is_empty() && done.left.is_empty() {
        wishes.toast_good(done.text.clone());
        return;
    }
    let mut text = done.text.clone();
    if !done.refused.is_empty() {
        text.push_str(&format!(
            "\n{}",
            words.format("filter-bulk-refused", &[("n", done.refused.len().into())])
        ));
        done.refused.iter().for_each(|(claim_no, why)| text.push_str(&format!("\n{claim_no}: {why}")));
    }
    if !done.left.is_empty() {
        text.push_str(&format!("\n{}", words.format("filter-bulk-left", &[("n", done.left.len().into())])));
    }
    if let Some(why) = &done.stopped {
        text.push_str(&format!("\n{why}"));
    }
    wishes.popup(Message::new(words.text("filter-bulk-result"), &text, Tone::Warn));
}
