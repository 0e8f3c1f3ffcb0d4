//! The claims: the list of cases with its filter line, and below it a few lines about the case under the cursor. It
//! opens on the open cases, nearest due date first, or where it was left the last time.

use std::time::Duration;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::claim_form::new_claim;
use super::claims_bulk::{Bulk, Next};
use super::claims_filters::Filters;
use super::detail::DetailPane;
use super::vouchers_issue::Issuing;
use crate::tui::effect::{Answer, Draft, ListName, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Input;
use crate::tui::keymap::{Action, Context};
use crate::tui::list::{List, ListSlots};
use crate::tui::page::{Line, Page, PageView};
use crate::tui::paint::{rule, width};
use crate::tui::popups::Reply;
use crate::tui::screen::{Look, Screen, Taken, Wishes};
use crate::tui::table::Column;
use crate::words::{Lang, Words};

/// Where the claims are filtered and sorted.
pub const ORDER: Slot = Slot::supersede("claims-order");
/// Where rows of the claims are read.
pub const ROWS: Slot = Slot::finish("claims-rows");
/// Where the lines about the case under the cursor are made.
pub const GLANCE: Slot = Slot::supersede("claims-glance");

/// What the hint line offers while claims are marked.
const MARKED_HINTS: [Action; 7] = [
    Action::Bulk,
    Action::Voucher,
    Action::Mark,
    Action::MarkAll,
    Action::Copy,
    Action::Export,
    Action::Help,
];

/// The cursor rests so long before the lines below it are changed: going through the list costs few bytes.
const GLANCE_PAUSE: Duration = Duration::from_millis(200);
/// The head of the glance and its lines.
const GLANCE_HEIGHT: u16 = 5;
/// The list keeps at least so many lines.
const LEAST_LIST: u16 = 9;

/// The pane.
pub struct ClaimsPane {
    list: List,
    today: Date,
    /// The claim the glance was last asked for.
    asked: Option<String>,
    glance: Option<(String, Vec<Line>)>,
    issuing: Issuing,
    bulk: Bulk,
    filters: Filters,
}

impl ClaimsPane {
    /// The pane as it was left the last time, or on the open cases.
    pub fn new(words: &Words, today: Date, left: &[Draft]) -> Self {
        let slots = ListSlots { order: ORDER, window: ROWS };
        let mut list = List::new(ListName::Claims, slots, columns(words)).offering(today);
        if !list.begin_as_left(left) {
            list.begin_with(open_cases(words), None, None);
        }
        ClaimsPane {
            list,
            today,
            asked: None,
            glance: None,
            issuing: Issuing::default(),
            bulk: Bulk::default(),
            filters: Filters::default(),
        }
    }

    /// The lines about the row under the cursor follow it, after a pause.
    fn follow(&mut self, wishes: &mut Wishes<'_>) {
        let selected = self.list.selected().map(|row| row.key.clone());
        if let Some(claim_no) = selected
            && self.asked.as_ref() != Some(&claim_no)
        {
            self.asked = Some(claim_no.clone());
            wishes.run_after(GLANCE, Task::Glance { claim_no }, GLANCE_PAUSE);
        }
        self.list.remember(wishes);
    }

    /// What waits of the marked claims, or of the one under the cursor.
    fn chosen(&self) -> Vec<String> {
        let marked: Vec<String> = self.list.table().marks().map(str::to_owned).collect();
        let chosen: Vec<String> = if marked.is_empty() {
            self.list.selected().map(|row| row.key.clone()).into_iter().collect()
        } else {
            marked
        };
        chosen.iter().map(|claim_no| format!("claim {claim_no}")).collect()
    }
}

/// The list and, when there is room, the glance below it.
fn parts(area: Rect) -> (Rect, Option<Rect>) {
    if area.height < LEAST_LIST + GLANCE_HEIGHT {
        return (area, None);
    }
    let list = Rect { height: area.height - GLANCE_HEIGHT, ..area };
    (list, Some(Rect { y: list.bottom(), height: GLANCE_HEIGHT, ..area }))
}

/// The filter of the open cases.
fn open_cases(words: &Words) -> &'static str {
    match words.lang() {
        Lang::Id => "terbuka",
        Lang::En => "open",
    }
}

/// The columns; their ids are the filter language's field names. The rank says which leave first where it is narrow.
fn columns(words: &Words) -> Vec<Column> {
    let title = |id: &str| words.text(&format!("panes-claims-column-{id}"));
    let text = |id: &'static str, width| Column::text(id, title(&id.replace('_', "-")), width);
    let number = |id: &'static str, width| Column::number(id, title(&id.replace('_', "-")), width);
    vec![
        text("claim_no", 13),
        text("worker", 12).up_to(24).personal(),
        text("company", 12).up_to(28).rank(1),
        text("event_date", 10).rank(4),
        text("outcome", 9).up_to(16),
        text("status", 10).up_to(12).rank(3),
        number("waiting", 11).up_to(13),
        text("due", 10).rank(2),
        number("papers_missing", 6).rank(5),
        text("review", 9).rank(6),
        text("facility", 14).up_to(24).rank(7),
        number("determined", 12).rank(8),
        number("paid", 12).rank(9),
        text("reported_date", 10).rank(10),
        text("voucher", 22).rank(11),
        number("asked", 12).rank(12),
        text("programme", 4).rank(13),
    ]
}

impl Screen for ClaimsPane {
    fn context(&self) -> Context {
        Context::List
    }

    fn is_typing(&self) -> bool {
        self.list.is_typing()
    }

    fn is_busy(&self) -> bool {
        self.bulk.is_running()
    }

    fn hints(&self, look: &Look<'_>) -> Option<Vec<(String, String)>> {
        if self.list.is_typing() {
            return Some(self.list.line().hints(look));
        }
        let is_marked = self.list.table().n_marks() > 0;
        is_marked.then(|| look.hints_of(Context::List, &MARKED_HINTS))
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.list.refresh(wishes);
    }

    fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>) {
        self.list.lay(parts(area).0, wishes);
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        self.filters.forget_asking();
        match action {
            Action::Open => {
                if let Some(row) = self.list.selected() {
                    wishes.push(DetailPane::new(row.key.clone(), self.list.table().cursor()));
                }
            }
            Action::New => wishes.push(new_claim(wishes.words, self.today)),
            Action::Bulk => self.bulk.ask(self.list.table().marks().map(str::to_owned).collect(), wishes),
            Action::Filters => self.filters.ask(wishes),
            Action::Voucher => {
                let chosen = self.chosen();
                self.issuing.ask(chosen, wishes);
            }
            _ => {
                let taken = self.list.act(action, wishes);
                self.follow(wishes);
                return taken;
            }
        }
        Taken::Yes
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        let taken = self.list.input(input, wishes);
        self.list.remember(wishes);
        taken
    }

    fn click(&mut self, row: u16, wishes: &mut Wishes<'_>) {
        self.list.click(row, wishes);
        self.follow(wishes);
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        match self.bulk.reply(reply, self.today, wishes) {
            Next::NotMine => {}
            Next::Nothing => return,
            Next::Act(action) => {
                self.act(action, wishes);
                return;
            }
        }
        if let Some(filter) = self.filters.reply(reply, self.list.filter(), wishes) {
            if let Some(filter) = filter {
                self.list.show_filter(&filter, wishes);
            }
        } else if self.issuing.reply(reply, wishes) == Taken::No {
            self.list.reply(reply, wishes);
            self.list.remember(wishes);
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        if let Some(done) = self.bulk.receive(answer, wishes) {
            self.list.table_mut().unmark(&done);
            return;
        }
        if self.filters.receive(answer, wishes) == Taken::Yes {
            return;
        }
        if let Some(issued) = self.issuing.receive(answer, wishes) {
            // A claim is asked for by `claim ` and its number.
            let of = |bundle: &String| bundle.strip_prefix("claim ").map(str::to_owned);
            self.list.table_mut().unmark(&issued.iter().filter_map(of).collect::<Vec<_>>());
            return;
        }
        match answer {
            Answer::Glance { claim_no, lines } => self.glance = Some((claim_no.clone(), lines.clone())),
            Answer::FormOpened { today, .. } => self.today = *today,
            Answer::Committed { slip, codes, .. } if slip.what == "claim-add" => {
                if let Some(born) = codes.first() {
                    self.list.go_to_key(&born.code);
                }
            }
            Answer::Beside { list: ListName::Claims, found: Some((_, number)), .. } => {
                self.list.table_mut().go(*number);
                self.follow(wishes);
            }
            _ => {
                if self.list.receive(answer, wishes) == Taken::Yes {
                    self.follow(wishes);
                }
            }
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        self.issuing.trouble(slot);
        if self.bulk.trouble(slot, trouble, wishes) == Taken::Yes {
            return Taken::Yes;
        }
        // A superseded glance needs no word.
        if slot == GLANCE && *trouble == Trouble::Cancelled { Taken::Yes } else { Taken::No }
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.asked = None;
        self.list.refresh(wishes);
    }

    fn show_filter(&mut self, filter: &str, wishes: &mut Wishes<'_>) {
        let filter = if filter.is_empty() { open_cases(wishes.words) } else { filter };
        self.list.show_filter(filter, wishes);
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let (list, below) = parts(area);
        if let Some(below) = below {
            let title = look.words.text("panes-claims-glance");
            rule(buffer, below, below.y, &title, look);
            self.list.sums().view(Rect { height: 1, ..below }, width(&title), buffer, look);
            let inner = Rect { y: below.y + 1, height: below.height - 1, ..below };
            let selected = self.list.selected().map(|row| row.key.as_str());
            if let Some((claim_no, lines)) = &self.glance
                && selected == Some(claim_no.as_str())
            {
                let mut page = PageView::still(Page { title: String::new(), lines: lines.clone() });
                page.set_height(inner.height);
                page.view(inner, buffer, look);
            }
        }
        self.list.view(list, buffer, look)
    }
}
