//! The form engine: fields one under the other, a message per field, a draft after every change, and fields that stay
//! for the next form. It knows nothing of claims: panes give it fields and take its values.

mod compare;
mod date;
mod editor;
mod field;
mod grid;
mod grid_view;
pub mod view;

use jiff::civil::Date;
use tui_input::InputRequest;

use super::effect::Draft;
use super::key::{Held, Input, KeyCode};
use super::keymap::Action;
use crate::words::Words;

pub use compare::{Comparison, Difference, Side};
pub use date::{is_backwards, normalise_date, past_date, say_date, say_past_date};
pub use editor::LineEditor;
pub use field::{Choice, Field, FieldKind, Hint, Normalise, Said, Stays};

pub use grid::MOST_ROWS;

use field::{Back, End};
use grid::Grid;

/// Looks at several fields together: the name of one that does not fit the others, and what is wrong with it.
pub type Check = fn(&Form, &Words) -> Option<(&'static str, String)>;

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its name for drafts: its kind and the record it is about, `claim-add`, `determine K26-000412`.
    pub name: String,
    /// Its heading.
    pub title: String,
    fields: Vec<Field>,
    grid: Option<Grid>,
    focus: usize,
    start: Vec<(String, String)>,
    today: Date,
    check: Option<Check>,
}

/// A value as the form shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// The field's label.
    pub label: String,
    /// Its text; empty where it was emptied.
    pub text: String,
    /// It is about a person: hidden in guest mode.
    pub is_personal: bool,
}

/// How a form is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// And the next one begins, with what stays.
    Next,
    /// And it closes.
    Close,
}

/// What a key did to the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormEvent {
    /// Nothing: the key is not the form's.
    Ignored,
    /// The focus moved, or only the look changed.
    Moved,
    /// A value changed: keep the draft.
    Changed {
        /// The field's name and what is typed, when it asks for suggestions.
        suggest: Option<(String, String)>,
    },
    /// The key went over the edge of a cell: this is meant.
    Over(Action),
    /// All fields are in order; the values are ready to be committed.
    Save(Saving),
    /// Some field is not in order; the focus is on the first such.
    NotReady,
    /// Away from the form; its draft is kept.
    Leave,
}

impl Form {
    /// A form with these fields, of which there is at least one. `today` is the desk's, for short dates.
    pub fn new(name: String, title: String, fields: Vec<Field>, today: Date) -> Self {
        assert!(!fields.is_empty(), "a form has a field");
        let mut form =
            Form { name, title, fields, grid: None, focus: 0, start: Vec::new(), today, check: None };
        form.start = form.values();
        form
    }

    /// Its fields are also looked at together.
    pub fn checked_by(self, check: Check) -> Self {
        Form { check: Some(check), ..self }
    }

    /// The desk's day.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Field names and what is typed or chosen, in the order of the fields.
    pub fn values(&self) -> Vec<(String, String)> {
        self.fields.iter().map(|field| (field.name.to_string(), field.value())).collect()
    }

    /// The value of one field; empty when there is none of that name.
    pub fn value(&self, name: &str) -> String {
        self.fields.iter().find(|field| field.name == name).map(Field::value).unwrap_or_default()
    }

    /// The draft as it stands.
    pub fn draft(&self) -> Draft {
        let values = self.values();
        let stood = values.iter().map(|(name, _)| (name.clone(), self.began(name).to_owned()));
        let stood = stood.zip(&values).filter(|(stood, now)| stood != *now).map(|(stood, _)| stood).collect();
        Draft { form: self.name.clone(), values, stood, seen: None }
    }

    /// Values as this form would show them: those that differ from what stands in it now.
    pub fn read_back(&self, values: &[(String, String)]) -> Vec<ReadBack> {
        let mut now = self.clone();
        now.make_rows_for(values);
        let mut filled = now.clone();
        filled.fill(values);
        let both = now.fields.iter().zip(&filled.fields);
        both.filter(|(now, then)| now.typed().trim() != then.typed().trim())
            .map(|(_, then)| ReadBack {
                label: then.label.clone(),
                text: then.typed().to_owned(),
                is_personal: then.is_personal,
            })
            .collect()
    }

    /// Whether anything was typed since the form began.
    pub fn is_dirty(&self) -> bool {
        self.values() != self.start
    }

    /// Fills in values by name; what the form does not know is left out. They count as typed.
    pub fn fill(&mut self, values: &[(String, String)]) {
        self.make_rows_for(values);
        for field in &mut self.fields {
            if let Some((_, value)) = values.iter().find(|(name, _)| *name == field.name) {
                field.set(value);
            }
        }
    }

    /// The form as it began, before anything was typed.
    pub fn at_start(&self) -> Form {
        let mut form = self.clone();
        form.fit_rows(&self.start);
        for field in &mut form.fields {
            field.set(self.began(&field.name));
        }
        form
    }

    /// How a field stood when the form began; a cell of a row that came later was empty.
    fn began(&self, name: &str) -> &str {
        self.start.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Goes on with a draft that knows what stood before it was typed: that becomes the beginning again.
    pub fn resume(&mut self, draft: &Draft) {
        self.fit_rows(&draft.values);
        self.prefill(&draft.values);
        self.prefill(&draft.stood);
        self.fill(&draft.values);
    }

    /// Goes on with a draft upon the state it was typed on: a row that was taken out stays out.
    pub fn take_up(&mut self, draft: &Draft) {
        self.fit_rows(&draft.values);
        self.fill(&draft.values);
    }

    /// The fields, in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Fills in values that do not count as typed: what is known before the form begins.
    pub fn prefill(&mut self, values: &[(String, String)]) {
        self.fill(values);
        self.begin();
    }

    /// What stands in it now is its beginning.
    fn begin(&mut self) {
        self.fields.iter_mut().for_each(Field::begin);
        self.start = self.values();
    }

    /// The desk's day, for short dates.
    pub fn set_today(&mut self, today: Date) {
        self.today = today;
    }

    /// Begins the next form of the same kind: only the fields that stay keep their values.
    pub fn begin_next(&mut self) {
        for field in &mut self.fields {
            if field.stays == Stays::No {
                field.set("");
            }
            field.error = None;
        }
        self.begin();
        self.focus = self.fields.iter().position(|field| field.stays == Stays::No).unwrap_or(0);
        self.fields[self.focus].enter();
    }

    /// Shows a sentence at a field and goes there, as a refusal asks; whether there is such a field.
    pub fn refuse(&mut self, name: &str, text: String) -> bool {
        let Some(idx) = self.fields.iter().position(|field| field.name == name) else { return false };
        self.fields[idx].error = Some(text);
        self.focus = idx;
        true
    }

    /// Suggestions came for what had been typed; they count only if it still is.
    pub fn suggested(&mut self, name: &str, typed: &str, choices: Vec<Choice>) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.suggested(typed, choices);
        }
    }

    /// The field that has the focus.
    pub fn focused(&self) -> &Field {
        &self.fields[self.focus]
    }

    /// Puts the focus on a field.
    pub fn focus_on(&mut self, name: &str) {
        if let Some(idx) = self.fields.iter().position(|field| field.name == name) {
            self.focus = idx;
            self.fields[idx].enter();
        }
    }

    /// Puts the focus where typing goes on.
    pub fn focus_on_first_empty(&mut self) {
        self.focus = self.fields.iter().position(|field| field.typed().is_empty()).unwrap_or(0);
        self.fields[self.focus].enter();
    }

    /// Puts a value into the field that has the focus, as if it had been typed.
    pub fn take(&mut self, value: &str) -> FormEvent {
        self.fields[self.focus].set(value);
        self.changed()
    }

    /// An action of the keymap's form place.
    pub fn act(&mut self, action: Action, words: &Words) -> FormEvent {
        match action {
            Action::NextField | Action::PreviousField | Action::FieldBelow | Action::FieldAbove => {
                self.leave_field(words, action)
            }
            Action::AddRow if self.n_rows() > 0 => {
                self.fields[self.focus].settle(self.today, words);
                if self.add_row() { FormEvent::Changed { suggest: None } } else { FormEvent::Moved }
            }
            Action::ClearField => {
                self.fields[self.focus].set("");
                self.changed()
            }
            Action::UndoTyping => self.go_back(Back::Undo),
            Action::RedoTyping => self.go_back(Back::Redo),
            Action::SaveNext => self.save(words, Saving::Next),
            Action::SaveClose => self.save(words, Saving::Close),
            Action::Back => FormEvent::Leave,
            _ => FormEvent::Ignored,
        }
    }

    /// Typing, pasting, and the keys that move within a field. An open list of choices takes up and down.
    pub fn input(&mut self, input: &Input) -> FormEvent {
        let is_cell = self.place(self.focus).is_some();
        let field = &mut self.fields[self.focus];
        match input {
            Input::Paste(text) => {
                for letter in text.trim().chars() {
                    field.type_char(if letter == '\n' { ' ' } else { letter });
                }
                self.changed()
            }
            Input::Key(key) => match (key.code, key.held) {
                (KeyCode::Char(letter), Held::None) => {
                    field.type_char(letter);
                    self.changed()
                }
                (KeyCode::Left, Held::None) if is_cell && field.is_at(End::First) => {
                    FormEvent::Over(Action::PreviousField)
                }
                (KeyCode::Right, Held::None) if is_cell && field.is_at(End::Last) => {
                    FormEvent::Over(Action::NextField)
                }
                (KeyCode::Down, Held::None) if field.highlight_next() => FormEvent::Moved,
                (KeyCode::Up, Held::None) if field.highlight_previous() => FormEvent::Moved,
                (code, held) => match edit_request(code, held) {
                    Some(request) => self.edit(request),
                    None => FormEvent::Ignored,
                },
            },
        }
    }

    fn go_back(&mut self, way: Back) -> FormEvent {
        if self.fields[self.focus].go_back(way) { self.changed() } else { FormEvent::Moved }
    }

    fn edit(&mut self, request: InputRequest) -> FormEvent {
        if self.fields[self.focus].edit(request) { self.changed() } else { FormEvent::Moved }
    }

    fn changed(&mut self) -> FormEvent {
        let field = &mut self.fields[self.focus];
        field.error = None;
        let asks = field.kind == FieldKind::Lookup && !field.typed().trim().is_empty();
        let suggest = asks.then(|| (field.name.to_string(), field.typed().to_owned()));
        FormEvent::Changed { suggest }
    }

    /// Leaving a field puts its text in order, or says what is wrong with it; it never holds the person back.
    fn leave_field(&mut self, words: &Words, action: Action) -> FormEvent {
        let before = self.values();
        self.fields[self.focus].settle(self.today, words);
        self.compare(words);
        let to = self.target(action);
        self.go(to);
        if self.values() == before { FormEvent::Moved } else { FormEvent::Changed { suggest: None } }
    }

    fn go(&mut self, idx: usize) {
        self.focus = idx;
        self.fields[idx].enter();
    }

    fn compare(&mut self, words: &Words) {
        let Some((name, text)) = self.check.and_then(|check| check(self, words)) else { return };
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name && field.error.is_none())
        {
            field.error = Some(text);
        }
    }

    fn save(&mut self, words: &Words, saving: Saving) -> FormEvent {
        for idx in 0..self.fields.len() {
            self.fields[idx].settle(self.today, words);
            if !self.is_in_empty_row(idx) {
                self.fields[idx].require(words);
            }
        }
        self.compare(words);
        match self.fields.iter().position(|field| field.error.is_some()) {
            Some(idx) => {
                self.focus = idx;
                FormEvent::NotReady
            }
            None => FormEvent::Save(saving),
        }
    }
}

/// The editing keys of every text field.
pub fn edit_request(code: KeyCode, held: Held) -> Option<InputRequest> {
    Some(match (code, held) {
        (KeyCode::Backspace, Held::None) => InputRequest::DeletePrevChar,
        (KeyCode::Delete, Held::None) => InputRequest::DeleteNextChar,
        (KeyCode::Left, Held::None) => InputRequest::GoToPrevChar,
        (KeyCode::Right, Held::None) => InputRequest::GoToNextChar,
        (KeyCode::Left, Held::Ctrl) => InputRequest::GoToPrevWord,
        (KeyCode::Right, Held::Ctrl) => InputRequest::GoToNextWord,
        (KeyCode::Home, _) | (KeyCode::Char('a'), Held::Ctrl) => InputRequest::GoToStart,
        (KeyCode::End, _) | (KeyCode::Char('e'), Held::Ctrl) => InputRequest::GoToEnd,
        (KeyCode::Char('w'), Held::Ctrl) => InputRequest::DeletePrevWord,
        (KeyCode::Char('u'), Held::Ctrl) => InputRequest::DeleteLine,
        (KeyCode::Char('k'), Held::Ctrl) => InputRequest::DeleteTillEnd,
        _ => return None,
    })
}
