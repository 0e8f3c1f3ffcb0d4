//! The columns of a list: which are shown, in which order, how wide. What is changed here holds when the window closes,
//! by whatever key.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{PopupEvent, Reply};
use crate::tui::key::{Held, Input, Key, KeyCode};
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::paint::{centred, clip, frame, put, put_right, width};
use crate::tui::screen::Look;
use crate::tui::table::{Arranged, Column, Size, Table, resized};
use crate::words::Value;

/// The popup.
#[derive(Clone, Debug)]
pub struct Columns {
    tag: String,
    title: String,
    columns: Vec<Column>,
    arranged: Vec<Arranged>,
    highlighted: usize,
}

const WIDTH: u16 = 66;
/// Lines at most, frame and foot included.
const MOST_LINES: u16 = 22;
const PAGE: usize = 10;

impl Columns {
    /// The columns of a table, beginning at the chosen one.
    pub fn new(tag: impl Into<String>, title: String, table: &Table) -> Self {
        let arranged = table.arrangement();
        let highlighted = arranged.iter().position(|one| one.column == table.chosen()).unwrap_or(0);
        Columns { tag: tag.into(), title, columns: table.columns().to_vec(), arranged, highlighted }
    }

    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap) -> PopupEvent {
        let Input::Key(key) = input else { return PopupEvent::Stays };
        if self.change(*key) {
            return PopupEvent::Stays;
        }
        let last = self.arranged.len().saturating_sub(1);
        self.highlighted = match (keymap.action(Context::Popup, *key), key.typed()) {
            (Some(Action::Accept | Action::Close), _) | (_, Some('c' | 'C' | 'q')) => {
                let (tag, columns) = (self.tag.clone(), self.arranged.clone());
                return PopupEvent::Reply(Reply::Arranged { tag, columns });
            }
            (Some(Action::PopupDown), _) | (_, Some('j')) => (self.highlighted + 1).min(last),
            (Some(Action::PopupUp), _) | (_, Some('k')) => self.highlighted.saturating_sub(1),
            (Some(Action::PopupPageDown), _) => (self.highlighted + PAGE).min(last),
            (Some(Action::PopupPageUp), _) => self.highlighted.saturating_sub(PAGE),
            (Some(Action::PopupFirst), _) | (_, Some('g')) => 0,
            (Some(Action::PopupLast), _) | (_, Some('G')) => last,
            _ => self.highlighted,
        };
        PopupEvent::Stays
    }

    /// Whether a key changed, or would change, how the highlighted column is arranged.
    fn change(&mut self, key: Key) -> bool {
        match (key.code, key.held) {
            (KeyCode::Char(' ' | 'm'), Held::None) => self.turn(),
            (KeyCode::Char('{'), Held::None) | (KeyCode::Up, Held::Shift) => self.shift(-1),
            (KeyCode::Char('}'), Held::None) | (KeyCode::Down, Held::Shift) => self.shift(1),
            (KeyCode::Char('<' | '-'), Held::None) => self.resize(Size::Narrower),
            (KeyCode::Char('>' | '+' | '='), Held::None) => self.resize(Size::Wider),
            (KeyCode::Char('0'), Held::None) => self.reset(),
            _ => return false,
        }
        true
    }

    /// Shows or hides; the first column stays.
    fn turn(&mut self) {
        if self.highlighted > 0
            && let Some(arranged) = self.arranged.get_mut(self.highlighted)
        {
            arranged.is_hidden = !arranged.is_hidden;
        }
    }

    /// Moves the column; the first one stays the first.
    fn shift(&mut self, by: isize) {
        let Some(to) = self.highlighted.checked_add_signed(by) else { return };
        if self.highlighted > 0 && to > 0 && to < self.arranged.len() {
            self.arranged.swap(self.highlighted, to);
            self.highlighted = to;
        }
    }

    fn resize(&mut self, size: Size) {
        if let Some(arranged) = self.arranged.get_mut(self.highlighted) {
            let own = self.columns.get(arranged.column).map_or(0, |column| column.width);
            arranged.width = Some(resized(arranged.width.unwrap_or(own), size));
        }
    }

    /// All columns as they come with the program.
    fn reset(&mut self) {
        let usual = |column| Arranged { column, is_hidden: false, width: None };
        self.arranged = (0..self.columns.len()).map(usual).collect();
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let n_columns = u16::try_from(self.arranged.len()).unwrap_or(MOST_LINES);
        let popup = centred(area, WIDTH, n_columns.saturating_add(5).min(MOST_LINES));
        let inner = frame(buffer, popup, &self.title, look);
        if inner.width == 0 || inner.height == 0 {
            return None;
        }
        let list = Rect { height: inner.height.saturating_sub(3).max(1), ..inner };
        let first = (self.highlighted + 1).saturating_sub(usize::from(list.height));
        for (line, place) in (first..self.arranged.len()).take(usize::from(list.height)).enumerate() {
            let y = list.y + u16::try_from(line).unwrap_or(0);
            self.view_column(Rect { y, height: 1, ..list }, place, buffer, look);
        }
        if self.arranged.len() > usize::from(list.height) {
            let counts = [("n", Value::from(self.highlighted + 1)), ("of", Value::from(self.arranged.len()))];
            let text = look.words.format("tui-list-count", &counts);
            put_right(buffer, inner, list.bottom(), &text, look.theme.dim);
        }
        for (line, key) in ["lists-columns-foot-show", "lists-columns-foot-size"].iter().enumerate() {
            let y = inner.bottom().saturating_sub(2) + u16::try_from(line).unwrap_or(0);
            if y > list.y {
                let text = clip(&look.words.text(key), inner.width, look.glyphs.ellipsis());
                put(buffer, inner, inner.x, y, &text, look.theme.dim);
            }
        }
        None
    }

    /// One column: shown or not, its head, its width.
    fn view_column(&self, area: Rect, place: usize, buffer: &mut Buffer, look: &Look<'_>) {
        let arranged = &self.arranged[place];
        let Some(column) = self.columns.get(arranged.column) else { return };
        let is_highlighted = place == self.highlighted;
        if is_highlighted {
            put(buffer, area, area.x, area.y, look.glyphs.cursor(), look.theme.accent);
        }
        let mark = if arranged.is_hidden { " " } else { look.glyphs.mark() };
        put(buffer, area, area.x.saturating_add(2), area.y, &format!("[{mark}]"), look.theme.accent);
        let said = match (place, arranged.width) {
            (0, Some(width)) => format!("{width}  {}", look.words.text("lists-column-stays")),
            (0, None) => look.words.text("lists-column-stays"),
            (_, Some(width)) => width.to_string(),
            (_, None) if column.max_width > column.width => {
                format!("{}{}{}", column.width, look.glyphs.none(), column.max_width)
            }
            (_, None) => column.width.to_string(),
        };
        let left = area.x.saturating_add(6);
        let room = area.width.saturating_sub(6 + width(&said) + 2);
        let style = match (is_highlighted, arranged.is_hidden) {
            (true, _) => look.theme.cursor,
            (_, true) => look.theme.dim,
            _ => look.theme.tone(Default::default()),
        };
        put(buffer, area, left, area.y, &clip(&column.title, room, look.glyphs.ellipsis()), style);
        put_right(buffer, area, area.y, &said, look.theme.dim);
    }
}
