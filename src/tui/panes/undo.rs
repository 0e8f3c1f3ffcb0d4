//! What one did last today, the newest first: Enter shows what taking it back will do, another key does it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::COMMIT;
use crate::tui::cards::{DeedCard, DeedsCard};
use crate::tui::effect::{Answer, OrderSlip, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::{Page, PageView};
use crate::tui::paint::{put, rule};
use crate::tui::popups::{Confirm, Message, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wishes};
use crate::tui::theme::Tone;

/// Where the last actions are read.
pub const DEEDS: Slot = Slot::supersede("deeds");

const TAG: &str = "undo";

/// The screen.
#[derive(Default)]
pub struct UndoPane {
    card: Option<Box<DeedsCard>>,
    page: PageView,
    columns: u16,
    /// What lies before the person to be confirmed.
    asked: Option<OrderSlip>,
    /// The key of the command that is on its way.
    sent: Option<String>,
}

impl UndoPane {
    /// The screen, before anything is read.
    pub fn new() -> Self {
        UndoPane::default()
    }

    /// Shows what was read; the cursor begins on the newest that can be taken back and stays where it is put.
    fn show(&mut self, card: &DeedsCard) {
        let page = wrapped(&card.page, self.columns);
        if self.card.is_some() {
            self.page.refresh(page);
        } else {
            let open = card.deeds.iter().find(|deed| deed.way.is_ok());
            let lines = page.lines.iter();
            let place =
                open.and_then(|deed| lines.clone().position(|line| line.link.as_ref() == Some(&deed.link)));
            let first = lines.clone().position(|line| line.link.is_some());
            self.page.show(page);
            self.page.go_to(place.or(first).unwrap_or(0));
        }
        self.card = Some(Box::new(card.clone()));
    }

    fn here(&self) -> Option<&DeedCard> {
        let link = self.page.link()?;
        self.card.as_ref()?.deeds.iter().find(|deed| deed.link == link)
    }

    /// Says what will happen, or why nothing can.
    fn open(&mut self, wishes: &mut Wishes<'_>) {
        if self.sent.is_some() {
            return;
        }
        match self.here().map(|deed| deed.way.clone()) {
            Some(Ok((body, slip))) => {
                self.asked = Some(slip);
                wishes.popup(Confirm::new(TAG, body, wishes.words.text("panes-undo-yes"), None));
            }
            Some(Err(why)) => {
                let title = wishes.words.text("panes-undo-stays-title");
                wishes.popup(Message::new(title, &why, Tone::Warn));
            }
            None => {}
        }
    }
}

/// What is said is broken to the width; an action has one line, whose end may be cut off.
fn wrapped(page: &Page, columns: u16) -> Page {
    let lines = page.lines.iter().flat_map(|line| match line.link {
        Some(_) => vec![line.clone()],
        None => Page { title: String::new(), lines: vec![line.clone()] }.wrapped(columns).lines,
    });
    Page { title: page.title.clone(), lines: lines.collect() }
}

impl Screen for UndoPane {
    fn context(&self) -> Context {
        Context::Detail
    }

    fn hints(&self, look: &Look<'_>) -> Option<Vec<(String, String)>> {
        let mut hints = look.hints_of(Context::Detail, &[Action::Back, Action::Help]);
        let key = look.keymap.key(Context::Detail, Action::Open)?.to_string();
        hints.insert(0, (key, look.words.text("panes-undo-hint")));
        Some(hints)
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        wishes.run(DEEDS, Task::Deeds);
    }

    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.columns = area.width.saturating_sub(4);
        if let Some(card) = &self.card {
            self.page.refresh(wrapped(&card.page, self.columns));
        }
        self.page.set_height(area.height.saturating_sub(1));
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Open => self.open(wishes),
            Action::Refresh => self.start(wishes),
            // The key that led here opens no second page.
            Action::Undo => {}
            _ if self.page.act(action) => {}
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        let asked = self.asked.take();
        if let (Reply::Confirmed { tag }, Some(slip)) = (reply, asked)
            && tag == TAG
        {
            self.sent = Some(slip.key.clone());
            wishes.run(COMMIT, Task::Commit(slip));
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        match answer {
            Answer::Deeds(card) => self.show(card),
            Answer::Committed { slip, text, .. } if self.sent.as_ref() == Some(&slip.key) => {
                self.sent = None;
                wishes.toast_good(text.clone());
                wishes.pop();
            }
            _ => {}
        }
    }

    fn trouble(&mut self, slot: Slot, _trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        if slot == COMMIT && self.sent.take().is_some() {
            wishes.run(DEEDS, Task::Deeds);
        }
        Taken::No
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        wishes.run(DEEDS, Task::Deeds);
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        rule(buffer, area, area.y, &look.words.text("panes-undo-title"), look);
        let below = Rect { y: area.y + 1, height: area.height - 1, ..area };
        if self.card.is_some() {
            self.page.view(below, buffer, look);
        } else if !below.is_empty() {
            put(buffer, below, below.x + 2, below.y, &look.words.text("panes-undo-reading"), look.theme.dim);
        }
        None
    }
}
