//! One field of a form.

use jiff::civil::Date;
use tui_input::{Input as LineEditor, InputRequest};

use crate::base::safe;
use crate::words::Words;

/// Puts a typed text into its proper form, or says in a sentence what is wrong with it. Empty text never comes here.
pub type Normalise = fn(&str, Date, &Words) -> Result<String, String>;

/// Says something about the text as it is typed: an amount in words.
pub type Hint = fn(&str, &Words) -> Option<String>;

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
    pub name: &'static str,
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
    pub fn new(name: &'static str, label: String, kind: FieldKind) -> Self {
        Field {
            name,
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
            hint: None,
        }
    }

    /// One of these.
    pub fn choice(name: &'static str, label: String, choices: Vec<Choice>) -> Self {
        Field { choices, ..Field::new(name, label, FieldKind::Choice) }
    }

    /// Yes or no, in the person's language; the value is `yes`, `no` or empty.
    pub fn yes_no(name: &'static str, label: String, words: &Words) -> Self {
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

    /// What there is to read under it while it has the focus: the hint, else the word of help.
    pub fn note(&self, words: &Words) -> Option<String> {
        let hint = self.hint.and_then(|hint| hint(self.typed(), words));
        let help = || (!self.help.is_empty()).then(|| self.help.clone());
        let is_closed_choice = self.kind == FieldKind::Choice && !self.is_open && self.typed().is_empty();
        hint.or_else(help).or_else(|| is_closed_choice.then(|| words.text("tui-form-choice-help")))
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
        self.editor = LineEditor::new(text);
        self.is_open = false;
        self.highlighted = 0;
        self.error = None;
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
        if std::mem::take(&mut self.is_untouched) {
            self.editor = LineEditor::default();
        }
        self.editor.handle(InputRequest::InsertChar(letter));
        self.open();
    }

    /// The focus comes here. Texts are edited where they stand; dates, amounts and choices are typed anew.
    pub(super) fn enter(&mut self) {
        self.is_untouched = !matches!(self.kind, FieldKind::Text | FieldKind::Memo);
    }

    /// Edits the text; whether it changed.
    pub(super) fn edit(&mut self, request: InputRequest) -> bool {
        self.is_untouched = false;
        let has_changed = self.editor.handle(request).is_some_and(|change| change.value);
        if has_changed {
            self.open();
        }
        has_changed
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
        let open = self.open_choices();
        let n_fitting = open.as_ref().map_or(0, |(fitting, _)| fitting.len());
        let picked = open.map(|(fitting, highlighted)| fitting[highlighted].label.clone());
        let is_meant = self.is_picked
            || match self.kind {
                FieldKind::Choice | FieldKind::Lookup => self.means_one(),
                _ => true,
            };
        (self.is_open, self.is_picked) = (false, false);
        let typed = self.typed().trim().to_owned();
        if typed.is_empty() && picked.is_none() {
            return;
        }
        match self.kind {
            FieldKind::Choice | FieldKind::YesNo => match picked {
                // Several begin so: the first of them is a guess, and guesses are not saved.
                Some(_) if !is_meant => self.error = Some(words.text("tui-form-several-fit")),
                Some(label) => self.editor = LineEditor::new(label),
                None if self.choices.iter().any(|choice| choice.label == typed) => {}
                None => self.error = Some(words.text("tui-form-not-in-list")),
            },
            FieldKind::Lookup => {
                if let Some(label) = picked.filter(|_| is_meant) {
                    self.editor = LineEditor::new(label);
                } else if n_fitting > 1 && self.doubted.as_ref() != Some(&typed) {
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
            Ok(text) => self.editor = LineEditor::new(text),
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
        if self.kind == FieldKind::Lookup {
            // The desk found these; they may fit by a number or a code that is not in the label.
            return self.choices.iter().collect();
        }
        self.fitting_by_rank().into_iter().flatten().collect()
    }

    /// Those whose label begins with what is typed, those that contain it, those known by another word that begins so.
    fn fitting_by_rank(&self) -> [Vec<&Choice>; 3] {
        let typed = self.typed().trim().to_lowercase();
        let mut ranks = [Vec::new(), Vec::new(), Vec::new()];
        for choice in &self.choices {
            let label = choice.label.to_lowercase();
            if label.starts_with(&typed) {
                ranks[0].push(choice);
            } else if label.contains(&typed) {
                ranks[1].push(choice);
            } else if format!(" {}", choice.aliases).contains(&format!(" {typed}")) {
                ranks[2].push(choice);
            }
        }
        ranks
    }

    /// Whether what is typed can only mean the first that fits: it is its label, or no other fits as well.
    fn means_one(&self) -> bool {
        let typed = self.typed().trim().to_lowercase();
        let ranks = self.fitting_by_rank();
        let best = ranks.iter().find(|rank| !rank.is_empty());
        best.is_some_and(|best| best.len() == 1 || best[0].label.to_lowercase() == typed)
    }
}
