//! Recording codes: the cursor stands in the code field of the bundle at hand; Enter records and goes to the next.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::InputRequest;

use crate::base::safe;
use crate::tui::app::COMMIT;
use crate::tui::effect::{Answer, OrderSlip, Task};
use crate::tui::forms::view::line_editor;
use crate::tui::forms::{LineEditor, edit_request};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::{Input, KeyCode};
use crate::tui::keymap::Action;
use crate::tui::list::TYPING_PAUSE;
use crate::tui::page::{Line, Page, PageView};
use crate::tui::paint::{put, rule, width};
use crate::tui::screen::{Look, Taken, Wishes};
use crate::tui::table::Row;
use crate::tui::theme::Tone;

/// Where a code is checked while it is typed.
pub const CODE_ADVICE: Slot = Slot::supersede("code-advice");

/// A rule, whose bundle it is, the code, and what there is to say about it: at least so many lines.
const LEAST_HEIGHT: u16 = 4;

const WHAT: &str = "voucher-record";

/// The bundle that a person looks at: a code is written down for this payee and this sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtHand {
    key: String,
    total: String,
}

impl AtHand {
    /// Of a row of the queue.
    pub fn of(row: &Row) -> AtHand {
        AtHand {
            key: row.key.clone(),
            total: row.cells.get(1).map_or(String::new(), |cell| cell.text().to_owned()),
        }
    }
}

/// Where the cursor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Typing {
    /// In the code.
    #[default]
    Code,
    /// In the date.
    Date,
}

/// The code field, and the date on the vouchers beside it.
#[derive(Default)]
pub struct Recording {
    code: LineEditor,
    /// As typed; empty: today. It stays for the next code of the stack.
    date: LineEditor,
    typing: Typing,
    note: Option<Line>,
    is_saving: bool,
    /// The bundle that was at hand when typing began: the list may move when another clerk works.
    target: Option<AtHand>,
}

impl Recording {
    /// A key: what the list is to do about it, if anything. [`Action::Back`] ends the recording.
    pub fn input(
        &mut self,
        input: &Input,
        bundle: Option<AtHand>,
        wishes: &mut Wishes<'_>,
    ) -> Option<Action> {
        let key = match input {
            Input::Paste(text) => {
                safe::terminal(text.trim()).chars().for_each(|letter| self.type_char(letter));
                self.changed(bundle, wishes);
                return None;
            }
            Input::Key(key) => *key,
        };
        if let Some(letter) = key.typed() {
            self.type_char(letter);
            self.changed(bundle, wishes);
            return None;
        }
        match key.code {
            KeyCode::Esc => Some(Action::Back),
            KeyCode::Up => self.go(Action::Up),
            KeyCode::Down => self.go(Action::Down),
            KeyCode::PageUp => self.go(Action::PageUp),
            KeyCode::PageDown => self.go(Action::PageDown),
            KeyCode::Enter => self.enter(bundle, wishes),
            KeyCode::Tab => {
                self.typing = if self.typing == Typing::Code { Typing::Date } else { Typing::Code };
                None
            }
            code => {
                if let Some(request) = edit_request(code, key.held)
                    && self.editor().handle(request).is_some_and(|change| change.value)
                {
                    self.changed(bundle, wishes);
                }
                None
            }
        }
    }

    /// Who moves the cursor means the bundle that it comes to.
    fn go(&mut self, action: Action) -> Option<Action> {
        self.target = None;
        Some(action)
    }

    fn editor(&mut self) -> &mut LineEditor {
        match self.typing {
            Typing::Code => &mut self.code,
            Typing::Date => &mut self.date,
        }
    }

    fn type_char(&mut self, letter: char) {
        self.editor().handle(InputRequest::InsertChar(letter.to_ascii_uppercase()));
    }

    fn order(&self, bundle: AtHand) -> OrderSlip {
        let slip = OrderSlip::new(WHAT, vec![bundle.key]).with("code", self.code.value());
        slip.with("total", &bundle.total).with("date", self.date.value())
    }

    fn changed(&mut self, bundle: Option<AtHand>, wishes: &mut Wishes<'_>) {
        self.note = None;
        if self.target.is_none() {
            self.target.clone_from(&bundle);
        }
        if let Some(bundle) = bundle
            && !self.code.value().trim().is_empty()
        {
            let task = Task::Advise { form: self.form(), slip: self.order(bundle) };
            wishes.run_after(CODE_ADVICE, task, TYPING_PAUSE);
        }
    }

    /// What was typed is part of the name, so that late advice is known to be late.
    fn form(&self) -> String {
        format!("{WHAT} {} {}", self.code.value(), self.date.value())
    }

    /// An empty field leaves the bundle out and goes on.
    fn enter(&mut self, bundle: Option<AtHand>, wishes: &mut Wishes<'_>) -> Option<Action> {
        if self.code.value().trim().is_empty() {
            return self.go(Action::Down);
        }
        if self.target.is_some() && self.target != bundle {
            self.target.clone_from(&bundle);
            let text = wishes.words.text("panes-work-record-moved");
            self.note = Some(Line::toned(&text, Tone::Bad));
            return None;
        }
        if is_date(self.code.value()) {
            self.note = Some(Line::toned(&wishes.words.text("panes-work-record-date-not-code"), Tone::Bad));
            return None;
        }
        if let Some(bundle) = bundle
            && !self.is_saving
        {
            self.is_saving = true;
            wishes.run(COMMIT, Task::Commit(self.order(bundle)));
        }
        None
    }

    /// Advice came, or the code is on disk; then its bundle is told, and the next one's turn has come.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Option<Vec<String>> {
        match answer {
            Answer::Advice { form, notes, .. } if *form == self.form() => {
                self.note = notes.first().cloned();
                None
            }
            Answer::Committed { slip, text, .. } if slip.what == WHAT && self.is_saving => {
                wishes.toast_good(text.clone());
                *self = Recording { date: std::mem::take(&mut self.date), ..Recording::default() };
                Some(slip.subjects.clone())
            }
            _ => None,
        }
    }

    /// It was not recorded: why stands under the field, and what was typed stays.
    pub fn trouble(&mut self, trouble: &Trouble) -> Taken {
        let was_saving = std::mem::take(&mut self.is_saving);
        match trouble {
            Trouble::Refused { text, .. } if was_saving => {
                self.note = Some(Line::toned(text, Tone::Bad));
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// Lines that it takes in so many columns: what there is to say is said whole.
    pub fn height(&self, bundle: Option<&Row>, columns: u16) -> u16 {
        let n_lines =
            bundle.map_or(1, |row| whose(row, columns).lines.len()) + self.said(columns).lines.len();
        u16::try_from(n_lines + 2).unwrap_or(LEAST_HEIGHT).max(LEAST_HEIGHT)
    }

    fn said(&self, columns: u16) -> Page {
        let lines = self.note.iter().cloned().collect();
        Page { title: String::new(), lines }.wrapped(columns.saturating_sub(GUTTER))
    }

    /// Draws the field; where the text cursor is.
    pub fn view(
        &self,
        bundle: Option<&Row>,
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        rule(buffer, area, area.y, &look.words.text("panes-work-record-title"), look);
        let Some(bundle) = bundle else {
            let empty = look.words.text("panes-work-queue-empty");
            put(buffer, area, area.x + 2, area.y + 1, &empty, look.theme.dim);
            return None;
        };
        let below = |y: u16| Rect { y, height: area.bottom().saturating_sub(y), ..area };
        let y = view_lines(whose(bundle, area.width), below(area.y + 1), buffer, look);
        let height = area.bottom().saturating_sub(y).min(1);
        let row = Rect { x: area.x.saturating_add(2), y, width: area.width.saturating_sub(2), height };
        view_lines(self.said(area.width), below(y.saturating_add(1)), buffer, look);
        self.view_fields(row, buffer, look)
    }

    /// Code and date in one row; where there is no room for both, the one that is typed into.
    fn view_fields(&self, row: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let label = |key: &str| format!("{} ", look.words.text(key));
        let (code, date) = (label("panes-work-record-code"), label("panes-work-record-date"));
        let for_date = width(&date) + DATE_CELLS;
        let is_narrow = row.width < for_date + width(&code) + CODE_CELLS;
        let (left, right) = match (is_narrow, self.typing) {
            (false, _) => (row.width - for_date - 2, for_date),
            (true, Typing::Code) => (row.width, 0),
            (true, Typing::Date) => (0, row.width),
        };
        let of_code = Rect { width: left, ..row };
        let of_date = Rect { x: row.right() - right, width: right, ..row };
        let in_code = view_field(&self.code, &code, None, of_code, buffer, look);
        let today = look.words.text("panes-work-record-today");
        let in_date = view_field(&self.date, &date, Some(&today), of_date, buffer, look);
        if self.typing == Typing::Code { in_code } else { in_date }
    }
}

/// A date as it is typed, and room for the cursor behind it.
const DATE_CELLS: u16 = 12;
/// A code of ours, with the cursor behind it.
const CODE_CELLS: u16 = 24;

/// A label with its field; where nothing is typed, what that means.
fn view_field(
    field: &LineEditor,
    label: &str,
    empty: Option<&str>,
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let x = put(buffer, area, area.x, area.y, label, look.theme.accent);
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    if let Some(empty) = empty.filter(|_| field.value().is_empty()) {
        put(buffer, rest, rest.x, rest.y, empty, look.theme.dim);
    }
    line_editor(field.value(), field.visual_cursor(), rest, buffer, look)
}

/// The gutter of a page and its right edge.
const GUTTER: u16 = 4;

/// Payee, sum and claims of a bundle.
fn whose(bundle: &Row, columns: u16) -> Page {
    let cell = |idx: usize| bundle.cells.get(idx).map_or("", |cell| cell.text());
    let line = Line::default()
        .then_personal(cell(0), Tone::Heading)
        .then(&format!("  {}", cell(1)), Tone::Heading)
        .then(&format!("  {}", cell(8)), Tone::Plain);
    Page { title: String::new(), lines: vec![line] }.wrapped(columns.saturating_sub(GUTTER))
}

/// Draws lines that are only read; the row after them.
fn view_lines(page: Page, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> u16 {
    let n_lines = u16::try_from(page.lines.len()).unwrap_or(u16::MAX).min(area.height);
    let mut view = PageView::still(page);
    view.set_height(n_lines);
    view.view(Rect { height: n_lines, ..area }, buffer, look);
    area.y.saturating_add(n_lines)
}

/// A date typed where the code goes; foreign codes are kept as written, but none is a bare date.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('/').collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(is_number)
}
