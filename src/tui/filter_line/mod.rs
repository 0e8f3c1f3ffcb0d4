//! The filter line of a list: what is typed into it, what can stand there, what was wrong with it and where. It asks for
//! nothing itself: each key tells the list what became of it.

mod offers;
mod past;

use std::ops::Range;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::InputRequest;

use offers::Offers;
use past::Past;

use super::forms::view::line_editor;
use super::forms::{LineEditor, edit_request};
use super::key::{Held, Input, KeyCode};
use super::paint::{clip, erase, put, put_right, width, wrap};
use super::screen::Look;
use crate::base::safe;
use crate::domain::query::Field;
use crate::words::Lang;

pub use offers::tongue;

/// What is wrong takes at most so many lines.
const MOST_ERROR_LINES: usize = 4;

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
    /// Enter was pressed on what is typed; should it be refused, typing goes on.
    is_entered: bool,
    error: Option<(u16, String)>,
    offers: Offers,
    past: Past,
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

    /// It is one of the filter language: what can stand at the cursor is offered.
    pub fn offer(&mut self, today: Date) {
        self.offers.begin_on(today);
    }

    /// Begins to take the typing.
    pub fn begin(&mut self, lang: Lang) {
        self.is_editing = true;
        self.is_selected = !self.text().is_empty();
        self.past.begin(self.editor.value());
        self.offers.open();
        self.follow(lang);
    }

    /// The filters typed before, one a line, to be kept.
    pub fn past(&self) -> String {
        self.past.text()
    }

    /// The filters typed before, as they were kept.
    pub fn remember(&mut self, past: &str) {
        self.past = Past::of_text(
            &past.lines().map(|line| safe::terminal(line).into_owned()).collect::<Vec<_>>().join("\n"),
        );
    }

    /// A value that the store is to be asked for.
    pub fn ask(&mut self) -> Option<(Field, String)> {
        self.offers.ask()
    }

    /// What the store knows of such values.
    pub fn suggested(&mut self, field: Field, choices: &[(String, String)]) {
        self.offers.suggested(field, choices);
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

    /// A key or a paste. The first letter takes the place of an old filter; `↑` and `↓` go through the filters typed
    /// before. Tab takes what is offered first, `↓` goes into that list, where Enter takes. Esc closes the list, then,
    /// as Enter, leaves the line: what was typed stays and counts. Enter on what cannot be read stays.
    pub fn input(&mut self, input: &Input, lang: Lang) -> Typed {
        if !self.is_editing {
            return Typed::No;
        }
        let typed = match input {
            Input::Paste(text) => {
                self.insert(safe::terminal(text.trim()).chars());
                Typed::Changed
            }
            Input::Key(key) => match (key.typed(), key.code) {
                (Some(letter), _) => {
                    self.insert(std::iter::once(letter));
                    Typed::Changed
                }
                (None, KeyCode::Enter) if self.offers.is_picked() => self.take(),
                (None, KeyCode::Enter) => return self.enter(),
                (None, KeyCode::Tab) if self.offers.is_on() => {
                    self.offers.open();
                    self.take()
                }
                (None, KeyCode::Esc) if self.offers.is_shown() => {
                    self.offers.close();
                    return Typed::Taken;
                }
                (None, KeyCode::Esc) => {
                    self.leave();
                    return Typed::Taken;
                }
                (None, KeyCode::Down) if self.offers.is_shown() => {
                    self.offers.down();
                    return Typed::Taken;
                }
                (None, KeyCode::Up) if self.offers.is_picked() && self.offers.up() => return Typed::Taken,
                (None, KeyCode::Up | KeyCode::Down) => self.walk(key.code),
                (None, KeyCode::Backspace | KeyCode::Delete) if self.is_selected => {
                    self.insert(std::iter::empty());
                    Typed::Changed
                }
                (None, code) => match self.edit(code, key.held) {
                    Some(true) => Typed::Changed,
                    Some(false) => Typed::Taken,
                    None => return Typed::No,
                },
            },
        };
        if typed == Typed::Changed {
            self.error = None;
        }
        self.follow(lang);
        typed
    }

    /// Undo, redo and the keys of every line of text: whether the text changed; none for any other key.
    fn edit(&mut self, code: KeyCode, held: Held) -> Option<bool> {
        let is_changed = match self.editor.undo_key(code, held) {
            Some(is_changed) => is_changed,
            None => self.editor.handle(edit_request(code, held)?).is_some_and(|change| change.value),
        };
        self.is_selected = false;
        if is_changed {
            self.past.leave();
        }
        Some(is_changed)
    }

    fn enter(&mut self) -> Typed {
        if self.error.is_some() {
            // What is wrong is said in the place of the list.
            self.offers.close();
            return Typed::Taken;
        }
        self.leave();
        self.is_entered = true;
        Typed::Entered
    }

    fn leave(&mut self) {
        self.is_editing = false;
        self.offers.clear();
        if self.error.is_none() {
            self.past.keep(self.editor.value());
        }
    }

    /// `↑` and `↓` through the filters typed before.
    fn walk(&mut self, code: KeyCode) -> Typed {
        self.is_selected = false;
        let now = self.editor.value().to_owned();
        let there = match code {
            KeyCode::Up => self.past.earlier(&now).map(str::to_owned),
            _ => self.past.later(),
        };
        match there {
            Some(there) if there != now => {
                self.editor.replace(there);
                Typed::Changed
            }
            _ => Typed::Taken,
        }
    }

    /// Puts what is offered into the line.
    fn take(&mut self) -> Typed {
        let Some((replace, text)) = self.offers.taken() else { return Typed::Taken };
        let mut line = self.editor.value().to_owned();
        let Range { start, end } = replace;
        if line.get(start..end).is_none() {
            return Typed::Taken;
        }
        line.replace_range(start..end, &text);
        let cursor = line[..start + text.len()].chars().count();
        self.editor.replace(line);
        self.editor.handle(InputRequest::SetCursor(cursor));
        self.past.leave();
        Typed::Changed
    }

    /// What is offered follows the cursor. An old filter that stands as selected, or one of those typed before, is
    /// whole: nothing is offered.
    fn follow(&mut self, lang: Lang) {
        if self.is_selected || self.past.is_shown() {
            self.offers.clear();
            return;
        }
        let text = self.editor.value();
        let cursor = text.char_indices().nth(self.editor.cursor()).map_or(text.len(), |(at, _)| at);
        self.offers.follow(text, cursor, lang);
    }

    /// These letters at the cursor, in the place of an old filter.
    fn insert(&mut self, letters: impl Iterator<Item = char>) {
        if std::mem::take(&mut self.is_selected) {
            self.editor.make_room();
        }
        self.past.leave();
        for letter in letters {
            self.editor.handle(InputRequest::InsertChar(letter));
        }
    }

    /// What the hint line says while typing.
    pub fn hints(&self, look: &Look<'_>) -> Vec<(String, String)> {
        let close = if self.offers.is_shown() { "filter-hint-close" } else { "filter-hint-leave" };
        let enter = if self.offers.is_picked() { "filter-hint-take" } else { "filter-hint-apply" };
        let mut hints = vec![("enter", enter)];
        if self.offers.is_shown() {
            hints.extend([("tab", "filter-hint-complete"), ("down", "filter-hint-list")]);
        }
        hints.extend([("up", "filter-hint-earlier"), ("esc", close)]);
        hints.into_iter().map(|(key, words)| (key.to_owned(), look.words.text(words))).collect()
    }

    /// The expression to the left, to the right this count; where what is wrong begins is marked. Where the text cursor
    /// is.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>, count: &str) -> Option<Position> {
        let right = if self.has_error() { "" } else { count };
        put_right(
            buffer,
            Rect { width: area.width.saturating_sub(1), ..area },
            area.y,
            right,
            look.theme.dim,
        );
        let left = Rect { width: area.width.saturating_sub(width(right) + 2), ..area };
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
        if let Some((at, _)) = self.error.as_ref().filter(|_| !self.offers.is_shown()) {
            let before: String = self.text().chars().take(usize::from(*at)).collect();
            let place = line.x.saturating_add(width(&before).saturating_sub(self.n_scrolled(line)));
            if place < line.right() && buffer.area.contains(Position { x: place, y: line.y }) {
                buffer[(place, line.y)].set_style(look.theme.cursor);
            }
        }
        cursor
    }

    /// So many cells of a long expression have gone out to the left.
    fn n_scrolled(&self, line: Rect) -> u16 {
        let cursor = if self.is_editing { self.editor.visual_cursor() } else { 0 };
        let cursor = u16::try_from(cursor).unwrap_or(u16::MAX);
        cursor.saturating_sub(line.width.saturating_sub(1))
    }

    /// Draws what lies over the rows below the line: what is offered, or what is wrong, whole.
    pub fn view_below(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        if self.is_editing && self.offers.is_shown() {
            self.offers.view(area, buffer, look);
            return;
        }
        let Some((_, text)) = &self.error else { return };
        let lines = wrap(text, area.width.saturating_sub(4));
        for (row, line) in (area.y..area.bottom()).zip(lines.iter().take(MOST_ERROR_LINES)) {
            erase(buffer, Rect { y: row, height: 1, ..area });
            put(buffer, area, area.x.saturating_add(3), row, line, look.theme.bad);
        }
    }
}
