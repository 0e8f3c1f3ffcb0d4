//! One line of edited text, with undo and redo. What is typed without a break is taken back word by word; a value that
//! was put in as a whole (a chosen label, a date in its proper form) is one step.

use tui_input::{Input, InputRequest, StateChanged};

use crate::tui::key::{Held, KeyCode};

/// Older steps are forgotten.
const MOST_STEPS: usize = 200;

/// The line.
#[derive(Clone, Debug, Default)]
pub struct LineEditor {
    line: Input,
    undo: Vec<Standing>,
    redo: Vec<Standing>,
    last: Option<Stroke>,
}

/// The text as it stood, and where the cursor was, in characters.
#[derive(Clone, Debug)]
struct Standing {
    text: String,
    cursor: usize,
}

/// The last change: one of the same kind goes on in the same step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    /// A character of a word.
    Letter,
    /// A blank: the word is over, and what follows is another step.
    Blank,
    /// A character before the cursor went.
    Back,
    /// A character behind the cursor went.
    Forward,
    /// Anything else: always a step of its own.
    Whole,
}

impl Stroke {
    fn of(request: InputRequest) -> Stroke {
        match request {
            InputRequest::InsertChar(letter) if letter.is_whitespace() => Stroke::Blank,
            InputRequest::InsertChar(_) => Stroke::Letter,
            InputRequest::DeletePrevChar => Stroke::Back,
            InputRequest::DeleteNextChar => Stroke::Forward,
            _ => Stroke::Whole,
        }
    }

    /// Whether it belongs to the step of the stroke before it.
    fn continues(self, before: Option<Stroke>) -> bool {
        match self {
            Stroke::Letter => before == Some(Stroke::Letter),
            Stroke::Blank => matches!(before, Some(Stroke::Letter | Stroke::Blank)),
            Stroke::Back | Stroke::Forward => before == Some(self),
            Stroke::Whole => false,
        }
    }
}

impl LineEditor {
    /// A line that begins with this text, the cursor at its end.
    pub fn new(text: String) -> Self {
        LineEditor { line: Input::new(text), ..LineEditor::default() }
    }

    /// The text.
    pub fn value(&self) -> &str {
        self.line.value()
    }

    /// Where the cursor stands, in characters.
    pub fn cursor(&self) -> usize {
        self.line.cursor()
    }

    /// Where the cursor stands, in cells.
    pub fn visual_cursor(&self) -> usize {
        self.line.visual_cursor()
    }

    /// Does what a key asks; what it changed, if anything.
    pub fn handle(&mut self, request: InputRequest) -> Option<StateChanged> {
        let before = self.standing();
        let change = self.line.handle(request);
        if change.as_ref().is_some_and(|change| change.value) {
            let stroke = Stroke::of(request);
            if !stroke.continues(self.last) {
                self.remember(before);
            }
            self.last = Some(stroke);
        } else {
            // A cursor that was moved begins a new step.
            self.last = None;
        }
        change
    }

    /// Puts a whole text in the place of what stands there: one step.
    pub fn replace(&mut self, text: String) {
        if text != self.value() {
            let before = self.standing();
            self.remember(before);
            self.line = Input::new(text);
        }
        self.last = None;
    }

    /// Empties the line for what is about to be typed: one undo brings the old text back in the place of the new word.
    pub fn make_room(&mut self) {
        if !self.value().is_empty() {
            self.replace(String::new());
            self.last = Some(Stroke::Letter);
        }
    }

    /// The keys of undo and redo for a line outside forms and popups, which have them from the keymap: whether something
    /// changed; none for any other key.
    pub fn undo_key(&mut self, code: KeyCode, held: Held) -> Option<bool> {
        match (code, held) {
            (KeyCode::Char('_'), Held::Ctrl) => Some(self.undo()),
            (KeyCode::Char('y'), Held::Ctrl) => Some(self.redo()),
            _ => None,
        }
    }

    /// Takes the last step back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop() else { return false };
        let now = self.standing();
        self.redo.push(now);
        self.stand(before);
        true
    }

    /// Does again what was taken back last; whether there was anything.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        let now = self.standing();
        self.undo.push(now);
        self.stand(after);
        true
    }

    fn standing(&self) -> Standing {
        Standing { text: self.value().to_owned(), cursor: self.cursor() }
    }

    fn stand(&mut self, standing: Standing) {
        self.line = Input::new(standing.text).with_cursor(standing.cursor);
        self.last = None;
    }

    fn remember(&mut self, before: Standing) {
        self.redo.clear();
        if self.undo.len() == MOST_STEPS {
            self.undo.remove(0);
        }
        self.undo.push(before);
    }
}
