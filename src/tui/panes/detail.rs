//! One claim: what happened, its papers to tick, its lines with payees and vouchers, its clocks and its history; and
//! from here every further step. `n` and `p` go through the filtered list.
//!
//! One key ticks a paper; taking a tick away asks first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::claim_form::amend_claim;
use super::paper_form;
use super::step_form;
use super::vouchers_issue::Issuing;
use crate::tui::app::COMMIT;
use crate::tui::effect::{Answer, ClaimCard, ListName, OrderSlip, PaperCard, PaperState, Seen, Step, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::{Line, Page, PageView};
use crate::tui::paint::rule;
use crate::tui::popups::{Confirm, Prompt, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wishes};
use crate::words::Value;

/// Where a claim is read whole.
pub const CARD: Slot = Slot::supersede("claim-card");
/// Where the next claim of the list is looked up.
pub const BESIDE: Slot = Slot::finish("claim-beside");

const QUESTION: &str = "claim question";
const UNTICK: &str = "claim untick";

/// The pane.
pub struct DetailPane {
    claim_no: String,
    number: u64,
    card: Option<Box<ClaimCard>>,
    page: PageView,
    issuing: Issuing,
    /// The paper whose tick is to go once that is confirmed.
    unticking: Option<PaperCard>,
}

impl DetailPane {
    /// A claim, with its place in the list it was opened from.
    pub fn new(claim_no: String, number: u64) -> Self {
        DetailPane {
            claim_no,
            number,
            card: None,
            page: PageView::default(),
            issuing: Issuing::default(),
            unticking: None,
        }
    }

    /// No claim: an empty page.
    pub fn none() -> Self {
        DetailPane::new(String::new(), 0)
    }

    fn ask(&self, wishes: &mut Wishes<'_>) {
        if !self.claim_no.is_empty() {
            wishes.run(CARD, Task::Claim { claim_no: self.claim_no.clone() });
        }
    }

    /// Another claim takes this one's place on the screen.
    fn go_to(&mut self, claim_no: &str, wishes: &mut Wishes<'_>) {
        self.claim_no = claim_no.to_owned();
        self.card = None;
        self.ask(wishes);
    }

    fn beside(&self, step: Step, wishes: &mut Wishes<'_>) {
        let (key, number) = (self.claim_no.clone(), self.number);
        wishes.run(BESIDE, Task::Beside { list: ListName::Claims, key, number, step });
    }

    /// The card, if the action is possible now; else the person is told why not.
    fn card_for(&self, action: Action, wishes: &mut Wishes<'_>) -> Option<&ClaimCard> {
        let card = self.card.as_deref()?;
        match card.cannot.iter().find(|(known, _)| *known == action) {
            Some((_, why)) => {
                wishes.toast_warn(why.clone());
                None
            }
            None => Some(card),
        }
    }

    fn order(&self, what: &str, card: &ClaimCard) -> OrderSlip {
        OrderSlip::new(what, vec![self.claim_no.clone()]).seeing(Seen::Claim(card.revision))
    }

    /// The paper under the cursor.
    fn paper_here<'c>(&self, card: &'c ClaimCard) -> Option<&'c PaperCard> {
        let code = self.page.link()?.strip_prefix("paper ")?;
        card.papers.iter().find(|paper| paper.code == code)
    }

    /// Ticks the paper under the cursor; elsewhere the first that is missing, and the cursor goes there. A tick goes only
    /// when that is confirmed.
    fn tick(&mut self, wishes: &mut Wishes<'_>) {
        let Some(card) = self.card_for(Action::Tick, wishes).cloned() else { return };
        let first_missing = || card.papers.iter().find(|paper| paper.state == PaperState::Missing);
        let Some(paper) = self.paper_here(&card).or_else(first_missing).cloned() else {
            wishes.toast_good(wishes.words.text("panes-claims-papers-all"));
            return;
        };
        if let Some(line) = self.line_with(&format!("paper {}", paper.code)) {
            self.page.go_to(line);
        }
        match paper.state {
            PaperState::Missing => self.set_tick(&card, &paper, wishes),
            PaperState::Received => {
                self.ask_about(UNTICK, "panes-claims-untick", &paper, wishes);
                self.unticking = Some(paper);
            }
            PaperState::Stated => wishes.toast_warn(wishes.words.text("panes-claims-stated-already")),
        }
    }

    /// Says what will happen to a paper, and waits for the answer.
    fn ask_about(&self, tag: &str, key: &str, paper: &PaperCard, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        let args =
            [("paper", Value::Text(paper.name.clone())), ("date", Value::Text(paper.received.clone()))];
        let body = Page {
            title: words.format(&format!("{key}-title"), &args),
            lines: vec![Line::text(&words.format(&format!("{key}-body"), &args))],
        };
        wishes.popup(Confirm::new(tag, body, words.text(&format!("{key}-yes")), None));
    }

    fn set_tick(&self, card: &ClaimCard, paper: &PaperCard, wishes: &mut Wishes<'_>) {
        let slip = self.order("claim-document", card).with("document", &paper.code).with("how", "receive");
        let slip = slip.with("received", &paper.received).with("archive", &paper.archive);
        wishes.run(COMMIT, Task::Commit(slip));
    }

    fn take_tick_away(&self, card: &ClaimCard, paper: &PaperCard, wishes: &mut Wishes<'_>) {
        let slip = self.order("claim-document", card).with("document", &paper.code).with("how", "remove");
        wishes.run(COMMIT, Task::Commit(slip));
    }

    /// Does what was asked about.
    fn confirmed(&mut self, tag: &str, wishes: &mut Wishes<'_>) {
        if let (UNTICK, Some(card), Some(paper)) = (tag, &self.card, self.unticking.take()) {
            self.take_tick_away(card, &paper, wishes);
        }
    }

    /// One key marks the claim as looked through, and takes that mark away again.
    fn check(&self, wishes: &mut Wishes<'_>) {
        if let Some(card) = self.card_for(Action::Checked, wishes) {
            let mark = if card.is_checked { "" } else { "DIPERIKSA" };
            let slip = self.order("claim-review", card).with("mark", mark);
            wishes.run(COMMIT, Task::Commit(slip));
        }
    }

    fn line_with(&self, link: &str) -> Option<usize> {
        self.page.page().lines.iter().position(|line| line.link.as_deref() == Some(link))
    }

    /// Enter: a paper's day and archive place are written down, a line is determined, a claim that looks alike is opened.
    fn open(&mut self, wishes: &mut Wishes<'_>) {
        let Some(link) = self.page.link().map(str::to_owned) else { return };
        if link.starts_with("paper ") {
            if let Some(card) = self.card_for(Action::Tick, wishes)
                && let Some(paper) = self.paper_here(card)
            {
                wishes.push(paper_form::paper(card, paper, wishes.words));
            }
        } else if let Some(no) = link.strip_prefix("line ") {
            if let Some(card) = self.card_for(Action::Determine, wishes) {
                wishes.push(step_form::determine(card, Some(no), wishes.words));
            }
        } else if let Some(claim_no) = link.strip_prefix("claim ") {
            self.go_to(claim_no, wishes);
        }
    }

    /// The forms of the next steps.
    fn step(&self, action: Action, wishes: &mut Wishes<'_>) {
        let needed = if action == Action::DetermineMany { Action::Determine } else { action };
        let Some(card) = self.card_for(needed, wishes) else { return };
        let words = wishes.words;
        let form = match action {
            Action::DetermineMany => step_form::determine_lines(card, words),
            Action::File => step_form::file(card, words),
            Action::Determine => step_form::determine(card, None, words),
            Action::Outcome => step_form::outcome(card, words),
            Action::Return => step_form::give_back(card, words),
            Action::CloseCase => step_form::close(card, words),
            Action::Reject => step_form::reject(card, words),
            _ => amend_claim(card, words),
        };
        wishes.push(form);
    }
}

impl Screen for DetailPane {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(wishes);
    }

    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.page.set_height(area.height.saturating_sub(1));
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::NextRecord => self.beside(Step::Next, wishes),
            Action::PreviousRecord => self.beside(Step::Previous, wishes),
            Action::Tick => self.tick(wishes),
            Action::Open => self.open(wishes),
            Action::Copy => wishes.copy(self.claim_no.clone()),
            Action::Refresh => self.ask(wishes),
            Action::Checked => self.check(wishes),
            Action::Question => {
                if self.card_for(action, wishes).is_some() {
                    let title = wishes.words.text("panes-claims-question-title");
                    let question = wishes.words.text("panes-claims-question");
                    wishes.popup(Prompt::new(QUESTION, title, &question, ""));
                }
            }
            Action::Voucher => {
                if self.card_for(action, wishes).is_some() {
                    self.issuing.ask(vec![format!("claim {}", self.claim_no)], wishes);
                }
            }
            Action::File
            | Action::Determine
            | Action::DetermineMany
            | Action::Outcome
            | Action::Amend
            | Action::Return
            | Action::CloseCase
            | Action::Reject => self.step(action, wishes),
            _ if self.page.act(action) => {}
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        if self.issuing.reply(reply, wishes) == Taken::Yes {
            return;
        }
        if let Reply::Confirmed { tag } = reply {
            self.confirmed(tag, wishes);
        }
        if let Reply::Entered { tag, text } = reply
            && tag == QUESTION
            && let Some(card) = self.card.as_deref()
        {
            let slip = self.order("claim-review", card).with("mark", "TANYA").with("note", text);
            wishes.run(COMMIT, Task::Commit(slip));
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        if self.issuing.receive(answer, wishes).is_some() {
            return;
        }
        match answer {
            Answer::Claim(card) if card.claim_no == self.claim_no => {
                if self.card.is_some() {
                    self.page.refresh(card.page.clone());
                } else {
                    self.page.show(card.page.clone());
                }
                self.card = Some(card.clone());
            }
            Answer::Beside { list: ListName::Claims, of, found } if *of == self.claim_no => match found {
                Some((claim_no, number)) => {
                    self.number = *number;
                    self.go_to(claim_no, wishes);
                }
                None => wishes.toast_warn(wishes.words.text("panes-claims-no-more")),
            },
            // A single key did it here: a tick, a mark. What a form did, the form says.
            Answer::Committed { slip, text, .. }
                if ["claim-document", "claim-review"].contains(&slip.what.as_str())
                    && slip.subjects.first() == Some(&self.claim_no) =>
            {
                wishes.toast_good(text.clone());
            }
            // An amendment, and taking one back, may have changed the number by which the claim is known.
            Answer::Committed { slip, codes, .. }
                if slip.what == "claim-amend" && slip.subjects.first() == Some(&self.claim_no)
                    || slip.what == "undo" && slip.value("on") == self.claim_no =>
            {
                if let Some(claim_no) = codes.first() {
                    self.claim_no.clone_from(&claim_no.code);
                }
            }
            _ => {}
        }
    }

    fn trouble(&mut self, slot: Slot, _trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        self.issuing.trouble(slot);
        Taken::No
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(wishes);
    }

    fn click(&mut self, row: u16, _wishes: &mut Wishes<'_>) {
        if let Some(line) = row.checked_sub(1) {
            self.page.click(line);
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.height == 0 {
            return None;
        }
        let title = match &self.card {
            Some(card) => card.page.title.clone(),
            None if self.claim_no.is_empty() => String::new(),
            None => {
                let no = Value::Text(self.claim_no.clone());
                look.words.format("panes-claims-reading", &[("no", no)])
            }
        };
        rule(buffer, area, area.y, &title, look);
        if self.card.is_some() {
            self.page.view(Rect { y: area.y + 1, height: area.height - 1, ..area }, buffer, look);
        }
        None
    }
}
