//! One field of a form.

use std::borrow::Cow;

use jiff::civil::Date;
use tui_input::InputRequest;

use super::editor::LineEditor;
use crate::base::safe;
use crate::tui::fuzzy::{self, Fit};
use crate::words::Words;

/// Puts a typed text into its proper form, or says in a sentence what is wrong with it. Empty text never comes here.
pub type Normalise = fn(&str, Date, &Words) -> Result<String, String>;

/// What is said of a text while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What it means: the day in full, an amount in words.
    Note(String),
    /// What is wrong with it already.
    Wrong(String),
}

impl Said {
    /// The sentence.
    pub fn text(&self) -> &str {
        match self {
            Said::Note(text) | Said::Wrong(text) => text,
        }
    }
}

/// Says something about the text as it is typed.
pub type Hint = fn(&str, Date, &Words) -> Option<Said>;

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// A longer text, shown over several lines.
    Memo,
    /// A date, dd/mm/yyyy.
    Date,
    /// An amount in rupiah.
    Amount,
    /// One of a fixed list, found by typing.
    Choice,
    /// Found by typing, by suggestions of the desk; what is not among them stands as typed.
    Lookup,
    /// Yes or no.
    YesNo,
}

/// Which way in what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// The last step goes.
    Undo,
    /// It comes back.
    Redo,
}

/// An end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Before its first character.
    First,
    /// Behind its last.
    Last,
}

/// Whether a field keeps its value for the next form of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// It begins empty.
    No,
    /// It keeps it: company, date, facility.
    Yes,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form's value becomes.
    pub value: String,
    /// What the person sees.
    pub label: String,
    /// Other words by which it is found, in small letters.
    pub aliases: String,
}

impl Choice {
    /// A choice; its label is made safe for the terminal.
    pub fn new(value: impl Into<String>, label: &str) -> Self {
        Choice { value: value.into(), label: safe::terminal(label).into_owned(), aliases: String::new() }
    }

    /// Found by these words too.
    pub fn also(self, aliases: &str) -> Self {
        Choice { aliases: aliases.to_lowercase(), ..self }
    }
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in orders and drafts.
    pub name: Cow<'static, str>,
    /// Its label.
    pub label: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it keeps its value for the next form.
    pub stays: Stays,
    /// What is wrong with it.
    pub error: Option<String>,
    /// A word of help, shown while it has the focus.
    pub help: String,
    /// It is about a person: hidden in guest mode.
    pub is_personal: bool,
    editor: LineEditor,
    choices: Vec<Choice>,
    highlighted: usize,
    is_open: bool,
    /// The person went through the open list: what is highlighted is meant.
    is_picked: bool,
    /// What was left although several choices fit it: left once more it stands.
    doubted: Option<String>,
    /// The focus has just come: what is typed takes the place of a value that stands there.
    is_untouched: bool,
    is_required: bool,
    normalise: Option<Normalise>,
    hint: Option<Hint>,
}

impl Field {
    /// A field of that kind, empty.
    pub fn new(name: impl Into<Cow<'static, str>>, label: String, kind: FieldKind) -> Self {
        Field {
            name: name.into(),
            label,
            kind,
            stays: Stays::No,
            error: None,
            help: String::new(),
            is_personal: false,
            editor: LineEditor::default(),
            choices: Vec::new(),
            highlighted: 0,
            is_open: false,
            is_picked: false,
            doubted: None,
            is_untouched: false,
            is_required: false,
            normalise: (kind == FieldKind::Date).then_some(super::normalise_date as Normalise),
            hint: (kind == FieldKind::Date).then_some(super::say_date as Hint),
        }
    }

    /// One of these.
    pub fn choice(name: impl Into<Cow<'static, str>>, label: String, choices: Vec<Choice>) -> Self {
        Field { choices, ..Field::new(name, label, FieldKind::Choice) }
    }

    /// Yes or no, in the person's language; the value is `yes`, `no` or empty.
    pub fn yes_no(name: impl Into<Cow<'static, str>>, label: String, words: &Words) -> Self {
        let choices = vec![
            Choice::new("yes", &words.text("tui-form-yes")),
            Choice::new("no", &words.text("tui-form-no")),
        ];
        Field { choices, ..Field::new(name, label, FieldKind::YesNo) }
    }

    /// It must not be empty.
    pub fn required(self) -> Self {
        Field { is_required: true, ..self }
    }

    /// It keeps its value for the next form.
    pub fn staying(self) -> Self {
        Field { stays: Stays::Yes, ..self }
    }

    /// Its text is put in order by this.
    pub fn normalised_by(self, normalise: Normalise) -> Self {
        Field { normalise: Some(normalise), ..self }
    }

    /// A word of help.
    pub fn helped_by(self, help: String) -> Self {
        Field { help, ..self }
    }

    /// It is about a person.
    pub fn personal(self) -> Self {
        Field { is_personal: true, ..self }
    }

    /// Something is said about its text while it is typed.
    pub fn hinted_by(self, hint: Hint) -> Self {
        Field { hint: Some(hint), ..self }
    }

    /// What there is to read beside it: what is wrong; while it has the focus also the hint, else the word of help.
    pub fn said(&self, is_focused: bool, today: Date, words: &Words) -> Option<Said> {
        if let Some(error) = &self.error {
            return Some(Said::Wrong(error.clone()));
        }
        if !is_focused {
            return None;
        }
        let typed = self.typed().trim();
        let hint = self.hint.filter(|_| !typed.is_empty()).and_then(|hint| hint(typed, today, words));
        let help = || (!self.help.is_empty()).then(|| self.help.clone());
        let is_closed_choice = self.kind == FieldKind::Choice && !self.is_open && typed.is_empty();
        let usual = || help().or_else(|| is_closed_choice.then(|| words.text("tui-form-choice-help")));
        hint.or_else(|| usual().map(Said::Note))
    }

    /// Whether what stands in it is selected: the first letter takes its place.
    pub fn is_selected(&self) -> bool {
        self.is_untouched && !self.typed().is_empty() && self.kind != FieldKind::YesNo
    }

    /// The value: the chosen one's, or the text.
    pub fn value(&self) -> String {
        let typed = self.typed().trim();
        match self.choices.iter().find(|choice| choice.label == typed) {
            Some(choice) => choice.value.clone(),
            None => typed.to_owned(),
        }
    }

    /// The text in the field.
    pub fn typed(&self) -> &str {
        self.editor.value()
    }

    /// Where the cursor stands: cells of text before it.
    pub fn cursor_cells(&self) -> usize {
        self.editor.visual_cursor()
    }

    /// Puts a value in, by its label where it is a choice.
    pub fn set(&mut self, value: &str) {
        let chosen = self.choices.iter().find(|choice| choice.value == value && !value.is_empty());
        let text = chosen.map_or_else(|| safe::terminal(value).into_owned(), |choice| choice.label.clone());
        self.editor.replace(text);
        self.is_open = false;
        self.highlighted = 0;
        self.error = None;
    }

    /// What stands in it now is its beginning: there is nothing before it to go back to.
    pub(super) fn begin(&mut self) {
        self.editor = LineEditor::new(self.typed().to_owned());
    }

    /// Takes back or does again what was typed last; whether there was anything.
    pub(super) fn go_back(&mut self, way: Back) -> bool {
        let has_changed = match way {
            Back::Undo => self.editor.undo(),
            Back::Redo => self.editor.redo(),
        };
        if has_changed {
            self.is_untouched = false;
            self.open();
        }
        has_changed
    }

    /// The choices that fit what is typed, while their list is open; with the place of the highlighted one.
    pub fn open_choices(&self) -> Option<(Vec<&Choice>, usize)> {
        if !self.is_open {
            return None;
        }
        let fitting = self.fitting();
        let last = fitting.len().checked_sub(1)?;
        Some((fitting, self.highlighted.min(last)))
    }

    /// Types a character, unless it is one that could steer the terminal. Space opens the list of an empty choice and
    /// turns a yes-or-no around.
    pub(super) fn type_char(&mut self, letter: char) {
        let mut bytes = [0; 4];
        let text: &str = letter.encode_utf8(&mut bytes);
        if letter.is_control() || safe::terminal(text) != text {
            return;
        }
        if self.kind == FieldKind::Choice && letter == ' ' && self.typed().is_empty() {
            self.is_open = true;
            self.is_picked = true;
            self.highlighted = 0;
            return;
        }
        if self.kind == FieldKind::YesNo && letter == ' ' {
            let other = if self.value() == "yes" { "no" } else { "yes" };
            self.set(other);
            return;
        }
        self.replace_selected();
        self.editor.handle(InputRequest::InsertChar(letter));
        self.open();
    }

    /// What is about to be typed takes the place of what stands there selected.
    fn replace_selected(&mut self) {
        if std::mem::take(&mut self.is_untouched) {
            self.editor.make_room();
        }
    }

    /// The focus comes here: what stands there is selected, so that typing replaces it and the arrows keep it. A longer
    /// text is edited where it stands.
    pub(super) fn enter(&mut self) {
        self.is_untouched = self.kind != FieldKind::Memo;
    }

    /// Edits the text; whether it changed.
    pub(super) fn edit(&mut self, request: InputRequest) -> bool {
        let deletes = matches!(request, InputRequest::DeletePrevChar | InputRequest::DeleteNextChar);
        let has_changed = if deletes && self.is_selected() {
            self.replace_selected();
            true
        } else {
            self.editor.handle(request).is_some_and(|change| change.value)
        };
        self.is_untouched = false;
        if has_changed {
            self.open();
        }
        has_changed
    }

    /// Whether an arrow has nowhere to go in this text: it is selected as a whole, or the cursor stands at that end.
    pub(super) fn is_at(&self, end: End) -> bool {
        let is_there = match end {
            End::First => self.editor.cursor() == 0,
            End::Last => self.editor.cursor() == self.typed().chars().count(),
        };
        self.is_selected() || is_there
    }

    /// Highlights the next choice of an open list; whether there is one open.
    pub(super) fn highlight_next(&mut self) -> bool {
        let Some((fitting, highlighted)) = self.open_choices() else { return false };
        self.highlighted = (highlighted + 1).min(fitting.len() - 1);
        self.is_picked = true;
        true
    }

    /// Highlights the choice before; whether there is a list open.
    pub(super) fn highlight_previous(&mut self) -> bool {
        let Some((_, highlighted)) = self.open_choices() else { return false };
        self.highlighted = highlighted.saturating_sub(1);
        self.is_picked = true;
        true
    }

    pub(super) fn suggested(&mut self, typed: &str, choices: Vec<Choice>) {
        if self.typed() == typed {
            self.choices = choices;
            self.highlighted = 0;
        }
    }

    /// On leaving: takes the highlighted choice, or puts the text in order.
    pub(super) fn settle(&mut self, today: Date, words: &Words) {
        let picked = self.open_choices().map(|(fitting, highlighted)| fitting[highlighted].label.clone());
        let ranked = self.ranked();
        let n_literal = ranked.iter().filter(|(fit, _)| fit.is_literal()).count();
        let is_meant = self.is_picked
            || match self.kind {
                FieldKind::Choice | FieldKind::Lookup => self.means_one(&ranked),
                _ => true,
            };
        drop(ranked);
        (self.is_open, self.is_picked) = (false, false);
        let typed = self.typed().trim().to_owned();
        if typed.is_empty() && picked.is_none() {
            return;
        }
        match self.kind {
            FieldKind::Choice | FieldKind::YesNo => match picked {
                // Several begin so: the first of them is a guess, and guesses are not saved.
                Some(_) if !is_meant && n_literal == 0 => {
                    self.error = Some(words.text("forms-only-alike"));
                }
                Some(_) if !is_meant => self.error = Some(words.text("tui-form-several-fit")),
                Some(label) => self.editor.replace(label),
                None if self.choices.iter().any(|choice| choice.label == typed) => {}
                None => self.error = Some(words.text("tui-form-not-in-list")),
            },
            FieldKind::Lookup => {
                if let Some(label) = picked.filter(|_| is_meant) {
                    self.editor.replace(label);
                } else if n_literal > 1 && self.doubted.as_ref() != Some(&typed) {
                    // Half a number fits several; a name of its own may too, and stands when it is left once more.
                    self.error = Some(words.text("tui-form-several-fit-or-new"));
                    self.doubted = Some(typed);
                } else if !self.choices.iter().any(|choice| choice.label == typed) {
                    self.put_in_order(&typed, today, words);
                }
            }
            FieldKind::Text | FieldKind::Memo | FieldKind::Date | FieldKind::Amount => {
                self.put_in_order(&typed, today, words);
            }
        }
    }

    pub(super) fn require(&mut self, words: &Words) {
        if self.is_required && self.typed().trim().is_empty() {
            self.error = Some(words.text("tui-form-required"));
        }
    }

    fn put_in_order(&mut self, typed: &str, today: Date, words: &Words) {
        let Some(normalise) = self.normalise else { return };
        match normalise(typed, today, words) {
            Ok(text) if text == self.typed() => {}
            Ok(text) => self.editor.replace(text),
            Err(sentence) => self.error = Some(sentence),
        }
    }

    fn open(&mut self) {
        self.is_picked = false;
        self.is_open = matches!(self.kind, FieldKind::Choice | FieldKind::Lookup | FieldKind::YesNo)
            && !self.typed().trim().is_empty();
        self.highlighted = 0;
    }

    /// Those that fit, best first.
    fn fitting(&self) -> Vec<&Choice> {
        if self.typed().trim().is_empty() {
            return self.choices.iter().collect();
        }
        self.ranked().into_iter().map(|(_, choice)| choice).collect()
    }

    /// The choices that fit what is typed and how, best first; alike ones keep the order of the list. What the desk found
    /// may fit by something that is not in the label: it comes last.
    fn ranked(&self) -> Vec<(Fit, &Choice)> {
        let typed = self.typed();
        let mut ranked: Vec<(Fit, &Choice)> =
            self.choices.iter().filter_map(|choice| Some((self.fit(choice, typed)?, choice))).collect();
        ranked.sort_by_key(|(fit, _)| *fit);
        ranked
    }

    fn fit(&self, choice: &Choice, typed: &str) -> Option<Fit> {
        let alias = format!(" {}", typed.trim().to_lowercase());
        let is_alias = || format!(" {}", choice.aliases).contains(&alias);
        match fuzzy::fit(&choice.label, typed) {
            Some(Fit::Letters(_)) | None if is_alias() => Some(Fit::Alias),
            // Of two or three words, letters in order fit by chance.
            Some(Fit::Letters(_)) if self.kind == FieldKind::YesNo => None,
            None if self.kind == FieldKind::Lookup => Some(Fit::Letters(u32::MAX)),
            fit => fit,
        }
    }

    /// Whether what is typed can only mean the first that fits: it is its label, or no other fits as well. What fits only
    /// by the order of its letters is a guess.
    fn means_one(&self, ranked: &[(Fit, &Choice)]) -> bool {
        let typed = self.typed().trim().to_lowercase();
        let Some((best, first)) = ranked.first().filter(|(fit, _)| fit.is_literal()) else { return false };
        let class = |fit: &Fit| match fit {
            // A word inside the label says as much as any other part of it.
            Fit::Word => Fit::Contains,
            other => *other,
        };
        // A whole word of two labels of a closed list means neither alone, wherever it stands in them.
        let is_word = |choice: &Choice| self.kind == FieldKind::Choice && has_word(&choice.label, &typed);
        let n_as_good =
            ranked.iter().filter(|(fit, choice)| class(fit) == class(best) || is_word(choice)).count();
        n_as_good == 1 || first.label.to_lowercase() == typed
    }
}

/// Whether what is typed, in small letters, stands in the label as a word, or words, of its own.
fn has_word(label: &str, typed: &str) -> bool {
    let apart =
        |text: &str| text.split(|letter: char| !letter.is_alphanumeric()).collect::<Vec<_>>().join(" ");
    !typed.is_empty()
        && format!(" {} ", apart(&label.to_lowercase())).contains(&format!(" {} ", apart(typed)))
}
