//! The voucher desk: the queue of lines that wait, by payee, and the vouchers made. Issuing and recording codes from the
//! core system are two keys of the same list, neither before the other.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::vouchers_bundle::BundlePane;
use super::vouchers_columns::{made_columns, queue_columns};
use super::vouchers_issue::Issuing;
use super::vouchers_record::{AtHand, Recording};
use super::vouchers_sheet::{Next, SheetPane};
use crate::tui::app::COMMIT;
use crate::tui::effect::{Answer, Draft, ListName, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Input;
use crate::tui::keymap::{Action, Context};
use crate::tui::list::{List, ListSlots};
use crate::tui::paint::{rule, width};
use crate::tui::popups::{Chooser, Item, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wishes};
use crate::words::Words;

/// Where the queue is read and sorted.
pub const QUEUE_ORDER: Slot = Slot::supersede("queue-order");
/// Where rows of the queue are made.
pub const QUEUE_ROWS: Slot = Slot::finish("queue-rows");
/// Where the vouchers are filtered and sorted.
pub const MADE_ORDER: Slot = Slot::supersede("vouchers-order");
/// Where rows of the vouchers are read.
pub const MADE_ROWS: Slot = Slot::finish("vouchers-rows");
/// Where the last codes are read.
pub const LAST_CODES: Slot = Slot::finish("last-codes");

/// What the hint line offers on the queue.
const QUEUE_HINTS: [Action; 6] =
    [Action::Voucher, Action::Mark, Action::Record, Action::MarkAll, Action::Open, Action::Help];
/// And on the vouchers made.
const MADE_HINTS: [Action; 5] = [Action::Open, Action::Pay, Action::Void, Action::Print, Action::Help];

const CODES: &str = "voucher last codes";

/// Which of the two lists is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    /// Lines that wait.
    Queue,
    /// Vouchers made.
    Made,
}

/// The pane.
pub struct VouchersPane {
    queue: List,
    made: List,
    showing: Showing,
    issuing: Issuing,
    recording: Option<Recording>,
    /// The codes offered to choose from.
    codes: Vec<String>,
    area: Rect,
}

impl VouchersPane {
    /// The pane, on the queue, its lists as they were left the last time.
    pub fn new(words: &Words, left: &[Draft]) -> Self {
        let queue_slots = ListSlots { order: QUEUE_ORDER, window: QUEUE_ROWS };
        let made_slots = ListSlots { order: MADE_ORDER, window: MADE_ROWS };
        let mut queue = List::new(ListName::Queue, queue_slots, queue_columns(words));
        let mut made = List::new(ListName::Vouchers, made_slots, made_columns(words));
        queue.begin_as_left(left);
        made.begin_as_left(left);
        VouchersPane {
            queue,
            made,
            showing: Showing::Queue,
            issuing: Issuing::default(),
            recording: None,
            codes: Vec::new(),
            area: Rect::ZERO,
        }
    }

    fn list(&mut self) -> &mut List {
        match self.showing {
            Showing::Queue => &mut self.queue,
            Showing::Made => &mut self.made,
        }
    }

    fn selected(&self) -> Option<String> {
        let list = match self.showing {
            Showing::Queue => &self.queue,
            Showing::Made => &self.made,
        };
        list.selected().map(|row| row.key.clone())
    }

    fn show(&mut self, showing: Showing, wishes: &mut Wishes<'_>) {
        self.showing = showing;
        self.lay_list(wishes);
        self.list().refresh(wishes);
    }

    /// The list below its heading, and the lines of recording when codes are recorded.
    fn parts(&self, area: Rect) -> (Rect, Rect) {
        let wanted = match &self.recording {
            Some(recording) => recording.height(self.queue.selected(), area.width),
            None => 0,
        };
        let below = wanted.min(area.height.saturating_sub(3));
        let height = area.height.saturating_sub(1 + below);
        let list = Rect { y: area.y + area.height.min(1), height, ..area };
        (list, Rect { y: list.bottom(), height: below, ..area })
    }

    fn lay_list(&mut self, wishes: &mut Wishes<'_>) {
        let (list, _) = self.parts(self.area);
        self.list().lay(list, wishes);
    }

    /// The cursor goes on before the row under it leaves the list.
    fn step_on(&mut self) {
        let table = self.queue.table_mut();
        if table.cursor() + 1 < table.n_rows() {
            table.act(Action::Down);
        } else {
            table.act(Action::Up);
        }
    }

    fn issue(&mut self, keys: Vec<String>, wishes: &mut Wishes<'_>) {
        if keys.is_empty() {
            wishes.toast_warn(wishes.words.text("panes-work-nothing-marked"));
        } else {
            self.issuing.ask(keys, wishes);
        }
    }

    /// Begins to record codes, for the bundle under the cursor and then the next.
    fn record(&mut self, wishes: &mut Wishes<'_>) {
        if self.showing == Showing::Made {
            self.show(Showing::Queue, wishes);
        }
        self.recording = Some(Recording::default());
        self.lay_list(wishes);
    }

    /// What was made leaves the list, and its marks go; those of the others stay. The cursor stands on what is next.
    fn after_commit(&mut self, made: &[String], wishes: &mut Wishes<'_>) {
        if let [only] = made
            && self.queue.selected().is_some_and(|row| row.key == *only)
        {
            self.step_on();
        }
        self.queue.table_mut().unmark(made);
        self.queue.refresh(wishes);
    }

    /// The marked bundles, or the one under the cursor.
    fn chosen(&self) -> Vec<String> {
        match self.queue.table().n_marks() {
            0 => self.queue.selected().map(|row| row.key.clone()).into_iter().collect(),
            _ => self.queue.table().marks().map(str::to_owned).collect(),
        }
    }

    fn act_on_queue(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Voucher => {
                let keys = self.chosen();
                self.issue(keys, wishes);
            }
            Action::IssueMarked => {
                let keys = self.queue.table().marks().map(str::to_owned).collect();
                self.issue(keys, wishes);
            }
            Action::Open => {
                if let Some(key) = self.selected() {
                    wishes.push(BundlePane::new(key));
                }
            }
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn act_on_made(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        let next = match action {
            Action::Open => Next::Look,
            Action::Pay | Action::Return | Action::Void | Action::Print | Action::Approve => Next::Do(action),
            _ => return Taken::No,
        };
        if let Some(code) = self.selected() {
            wishes.push(SheetPane::new(code, next));
        }
        Taken::Yes
    }

    fn offer_codes(&mut self, codes: &[(String, String)], wishes: &mut Wishes<'_>) {
        if codes.is_empty() {
            wishes.toast_warn(wishes.words.text("panes-work-no-codes"));
            return;
        }
        self.codes = codes.iter().map(|(code, _)| code.clone()).collect();
        let items = codes.iter().map(|(code, label)| Item::pick(code, label)).collect();
        wishes.popup(Chooser::new(CODES, wishes.words.text("panes-work-last-codes"), items));
    }
}

impl Screen for VouchersPane {
    fn context(&self) -> Context {
        Context::Voucher
    }

    fn is_typing(&self) -> bool {
        self.recording.is_some() || self.queue.is_typing() || self.made.is_typing()
    }

    fn why_not(&self, action: Action, words: &Words) -> Option<String> {
        let key = match (self.showing, action) {
            (
                Showing::Queue,
                Action::Pay | Action::Return | Action::Void | Action::Approve | Action::Print,
            ) => "panes-work-made-first",
            (Showing::Made, Action::Voucher | Action::IssueMarked) => "panes-work-queue-first",
            _ => return None,
        };
        Some(words.text(key))
    }

    /// The two lists and the recording of codes have their own keys; what another list is for is not offered here.
    fn hints(&self, look: &Look<'_>) -> Option<Vec<(String, String)>> {
        let text = |key: &str, words: &str| (key.to_owned(), look.words.text(words));
        if self.recording.is_some() {
            let keys = [("enter", "record"), ("down", "skip"), ("tab", "date"), ("esc", "end")];
            return Some(keys.map(|(key, what)| text(key, &format!("panes-work-hint-{what}"))).to_vec());
        }
        let (actions, other): (&[Action], _) = match self.showing {
            _ if self.queue.is_typing() || self.made.is_typing() => return None,
            Showing::Queue => (&QUEUE_HINTS, "panes-work-hint-made"),
            Showing::Made => (&MADE_HINTS, "panes-work-hint-queue"),
        };
        let mut hints = look.hints_of(Context::Voucher, actions);
        let key = look.keymap.key(Context::Voucher, Action::Queue)?.to_string();
        hints.insert(hints.len().min(3), text(&key, other));
        Some(hints)
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.queue.refresh(wishes);
    }

    fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>) {
        self.area = area;
        self.lay_list(wishes);
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Queue => {
                let other = if self.showing == Showing::Queue { Showing::Made } else { Showing::Queue };
                self.show(other, wishes);
                return Taken::Yes;
            }
            Action::Record => {
                self.record(wishes);
                return Taken::Yes;
            }
            Action::LastCodes => {
                wishes.run(LAST_CODES, Task::LastCodes);
                return Taken::Yes;
            }
            _ => {}
        }
        let taken = match self.showing {
            Showing::Queue => self.act_on_queue(action, wishes),
            Showing::Made => self.act_on_made(action, wishes),
        };
        if taken == Taken::Yes {
            return taken;
        }
        let taken = self.list().act(action, wishes);
        self.list().remember(wishes);
        taken
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        let Some(recording) = &mut self.recording else { return self.list().input(input, wishes) };
        let selected = self.queue.selected().map(AtHand::of);
        match recording.input(input, selected, wishes) {
            Some(Action::Back) => {
                self.recording = None;
                self.lay_list(wishes);
            }
            Some(action) => {
                self.queue.act(action, wishes);
            }
            None => {}
        }
        self.lay_list(wishes);
        Taken::Yes
    }

    fn click(&mut self, row: u16, wishes: &mut Wishes<'_>) {
        // Its heading stands above the list.
        if let Some(row) = row.checked_sub(1) {
            self.list().click(row, wishes);
        }
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        if let Reply::Picked { tag, idx } = reply
            && tag == CODES
        {
            if let Some(code) = self.codes.get(*idx) {
                wishes.push(SheetPane::new(code.clone(), Next::Look));
            }
            return;
        }
        if self.issuing.reply(reply, wishes) == Taken::No {
            self.list().reply(reply, wishes);
            self.list().remember(wishes);
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        if let Answer::LastCodes(codes) = answer {
            self.offer_codes(codes, wishes);
            return;
        }
        let recorded = self.recording.as_mut().and_then(|recording| recording.receive(answer, wishes));
        if let Some(made) = recorded.or_else(|| self.issuing.receive(answer, wishes)) {
            self.after_commit(&made, wishes);
        }
        // Also what was issued from a bundle's own page leaves the marks.
        if let Answer::Committed { slip, .. } = answer {
            self.queue.table_mut().unmark(&slip.subjects);
        }
        if self.recording.is_some() {
            self.lay_list(wishes);
        }
        if self.queue.receive(answer, wishes) == Taken::No {
            self.made.receive(answer, wishes);
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        self.issuing.trouble(slot);
        let taken = match &mut self.recording {
            Some(recording) if slot == COMMIT => recording.trouble(trouble),
            Some(_) if slot == super::vouchers_record::CODE_ADVICE => Taken::Yes,
            _ => Taken::No,
        };
        self.lay_list(wishes);
        taken
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.list().refresh(wishes);
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let key = match self.showing {
            Showing::Queue => "panes-work-queue-title",
            Showing::Made => "panes-work-made-title",
        };
        let title = look.words.text(key);
        rule(buffer, area, area.y, &title, look);
        let sums = match self.showing {
            Showing::Queue => self.queue.sums(),
            Showing::Made => self.made.sums(),
        };
        sums.view(Rect { height: 1, ..area }, width(&title), buffer, look);
        let (list, below) = self.parts(area);
        let cursor = match self.showing {
            Showing::Queue => self.queue.view(list, buffer, look),
            Showing::Made => self.made.view(list, buffer, look),
        };
        match &self.recording {
            Some(recording) => recording.view(self.queue.selected(), below, buffer, look),
            None => cursor,
        }
    }
}
