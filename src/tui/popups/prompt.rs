//! A line of text to type: a reason, a file name.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::InputRequest;

use super::{PopupEvent, Reply};
use crate::base::safe;
use crate::tui::forms::view::line_editor;
use crate::tui::forms::{LineEditor, edit_request};
use crate::tui::key::Input;
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::paint::{centred, frame, put, wrap};
use crate::tui::screen::Look;

/// Columns of the popup with its frame; a question that needs more goes on in the next line.
const WIDTH: u16 = 64;

/// The popup.
#[derive(Clone, Debug)]
pub struct Prompt {
    tag: String,
    title: String,
    question: String,
    typed: LineEditor,
    /// Whether nothing is an answer too.
    takes_nothing: bool,
}

impl Prompt {
    /// Asks `question`; `text` stands there already. An empty text cannot be entered.
    pub fn new(tag: impl Into<String>, title: String, question: &str, text: &str) -> Self {
        Prompt {
            tag: tag.into(),
            title,
            question: safe::terminal(question).into_owned(),
            typed: LineEditor::new(safe::terminal(text).into_owned()),
            takes_nothing: false,
        }
    }

    /// The same, of which an empty text is an answer too.
    pub fn taking_nothing(self) -> Self {
        Prompt { takes_nothing: true, ..self }
    }

    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap) -> PopupEvent {
        let key = match input {
            Input::Paste(text) => {
                text.trim().chars().for_each(|letter| self.type_char(letter));
                return PopupEvent::Stays;
            }
            Input::Key(key) => *key,
        };
        if let Some(letter) = key.typed() {
            self.type_char(letter);
            return PopupEvent::Stays;
        }
        match keymap.action(Context::Popup, key) {
            Some(Action::Accept) if self.takes_nothing || !self.typed.value().trim().is_empty() => {
                let text = self.typed.value().trim().to_owned();
                PopupEvent::Reply(Reply::Entered { tag: self.tag.clone(), text })
            }
            Some(Action::Close) => PopupEvent::Reply(Reply::Dismissed { tag: self.tag.clone() }),
            Some(Action::UndoTyping) => {
                self.typed.undo();
                PopupEvent::Stays
            }
            Some(Action::RedoTyping) => {
                self.typed.redo();
                PopupEvent::Stays
            }
            _ => {
                if let Some(request) = edit_request(key.code, key.held) {
                    self.typed.handle(request);
                }
                PopupEvent::Stays
            }
        }
    }

    fn type_char(&mut self, letter: char) {
        let letter = if letter == '\n' { ' ' } else { letter };
        let mut bytes = [0; 4];
        let text: &str = letter.encode_utf8(&mut bytes);
        if safe::terminal(text) == text {
            self.typed.handle(InputRequest::InsertChar(letter));
        }
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let question = wrap(&self.question, WIDTH.min(area.width).saturating_sub(4));
        let n_lines = u16::try_from(question.len()).unwrap_or(1).min(area.height.saturating_sub(4).max(1));
        let inner = frame(buffer, centred(area, WIDTH, n_lines.saturating_add(4)), &self.title, look);
        for (y, line) in (inner.y..inner.bottom()).zip(question.iter().take(usize::from(n_lines))) {
            put(buffer, inner, inner.x, y, line, look.theme.dim);
        }
        let line = Rect {
            y: inner.y.saturating_add(n_lines),
            height: inner.height.saturating_sub(n_lines).min(1),
            ..inner
        };
        line_editor(self.typed.value(), self.typed.visual_cursor(), line, buffer, look)
    }
}
