//! The filter line of a list: what is typed into it, what was wrong with it and where. It asks for nothing itself: each
//! key tells the list what became of it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::InputRequest;

use super::forms::view::line_editor;
use super::forms::{LineEditor, edit_request};
use super::key::{Input, KeyCode};
use super::paint::{clip, put, put_right, width};
use super::screen::Look;
use crate::base::safe;

/// What became of a key in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It has no use for it.
    No,
    /// It took it; the expression is as it was.
    Taken,
    /// The expression is another one now.
    Changed,
    /// The expression is to be applied at once.
    Entered,
}

/// The filter line.
#[derive(Clone, Debug, Default)]
pub struct FilterLine {
    editor: LineEditor,
    is_editing: bool,
    /// The old filter stands as selected: the first letter takes its place.
    is_selected: bool,
    /// The filter before the one that is typed now.
    before: String,
    /// Enter was pressed on what is typed; should it be refused, typing goes on.
    is_entered: bool,
    error: Option<(u16, String)>,
}

impl FilterLine {
    /// The expression as it is typed.
    pub fn text(&self) -> &str {
        self.editor.value()
    }

    /// Whether it takes the typing.
    pub fn is_typing(&self) -> bool {
        self.is_editing
    }

    /// Whether what is typed cannot be read.
    pub fn has_error(&self) -> bool {
        self.error.is_some()
    }

    /// Shows this expression; nobody types.
    pub fn set(&mut self, filter: &str) {
        self.editor = LineEditor::new(safe::terminal(filter).into_owned());
        self.is_editing = false;
        self.error = None;
    }

    /// Begins to take the typing.
    pub fn begin(&mut self) {
        self.is_editing = true;
        self.is_selected = !self.text().is_empty();
        self.before = self.text().to_owned();
    }

    /// The expression was read.
    pub fn accepted(&mut self) {
        self.error = None;
        self.is_entered = false;
    }

    /// The expression cannot be read: what is wrong from this character on.
    pub fn refused(&mut self, at: u16, text: &str) {
        self.error = Some((at, safe::terminal(text).into_owned()));
        // Letters typed after it are a correction, not commands.
        self.is_editing |= std::mem::take(&mut self.is_entered);
    }

    /// A key or a paste. The first letter takes the place of an old filter, `↑` brings that back. Esc and Enter leave
    /// the line; what was typed stays and counts. Enter on what cannot be read stays.
    pub fn input(&mut self, input: &Input) -> Typed {
        if !self.is_editing {
            return Typed::No;
        }
        let key = match input {
            Input::Paste(text) => {
                self.insert(safe::terminal(text.trim()).chars());
                return self.changed();
            }
            Input::Key(key) => key,
        };
        match (key.typed(), key.code) {
            (Some(letter), _) => {
                self.insert(std::iter::once(letter));
                self.changed()
            }
            (None, KeyCode::Enter) if self.error.is_some() => Typed::Taken,
            (None, KeyCode::Enter) => {
                self.is_editing = false;
                self.is_entered = true;
                Typed::Entered
            }
            (None, KeyCode::Esc) => {
                self.is_editing = false;
                Typed::Taken
            }
            (None, KeyCode::Up) => {
                self.is_selected = false;
                if self.text() == self.before {
                    return Typed::Taken;
                }
                self.editor.replace(self.before.clone());
                self.changed()
            }
            (None, KeyCode::Backspace | KeyCode::Delete) if self.is_selected => {
                self.insert(std::iter::empty());
                self.changed()
            }
            (None, code) => {
                if let Some(is_changed) = self.editor.undo_key(code, key.held) {
                    self.is_selected = false;
                    return if is_changed { self.changed() } else { Typed::Taken };
                }
                let Some(request) = edit_request(code, key.held) else { return Typed::No };
                self.is_selected = false;
                let is_changed = self.editor.handle(request).is_some_and(|change| change.value);
                if is_changed { self.changed() } else { Typed::Taken }
            }
        }
    }

    /// These letters at the cursor, in the place of an old filter.
    fn insert(&mut self, letters: impl Iterator<Item = char>) {
        if std::mem::take(&mut self.is_selected) {
            self.editor.make_room();
        }
        for letter in letters {
            self.editor.handle(InputRequest::InsertChar(letter));
        }
    }

    fn changed(&mut self) -> Typed {
        self.error = None;
        Typed::Changed
    }

    /// The expression to the left; to the right this count, or what is wrong, with the place marked. Where the text
    /// cursor is.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>, count: String) -> Option<Position> {
        let right = match &self.error {
            Some((_, text)) => {
                let typed = width(self.text()).saturating_add(8);
                let room = area.width.saturating_sub(typed).max(area.width / 2);
                clip(text, room, look.glyphs.ellipsis())
            }
            None => count,
        };
        let right_style = if self.error.is_some() { look.theme.bad } else { look.theme.dim };
        put_right(buffer, Rect { width: area.width.saturating_sub(1), ..area }, area.y, &right, right_style);
        let left = Rect { width: area.width.saturating_sub(width(&right) + 2), ..area };
        let x = put(buffer, left, left.x.saturating_add(1), left.y, "/ ", look.theme.accent);
        let line = Rect { x, width: left.right().saturating_sub(x), ..left };
        let cursor = if self.is_editing {
            let cursor = line_editor(self.text(), self.editor.visual_cursor(), line, buffer, look);
            if self.is_selected {
                let cells = width(self.text()).min(line.width);
                buffer.set_style(Rect { width: cells, ..line }.intersection(buffer.area), look.theme.cursor);
            }
            cursor
        } else {
            let text = clip(self.text(), line.width, look.glyphs.ellipsis());
            put(buffer, line, line.x, line.y, &text, look.theme.tone(Default::default()));
            None
        };
        if let Some((at, _)) = &self.error {
            let place = line.x.saturating_add(*at);
            if place < line.right() && buffer.area.contains(Position { x: place, y: line.y }) {
                buffer[(place, line.y)].set_style(look.theme.cursor);
            }
        }
        cursor
    }
}
