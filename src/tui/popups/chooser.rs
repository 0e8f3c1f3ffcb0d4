//! A list that is searched by typing: the help, the palette, and every picker.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::InputRequest;

use super::{PopupEvent, Reply};
use crate::base::safe;
use crate::tui::forms::view::{line_editor, underline_fitting};
use crate::tui::forms::{LineEditor, edit_request};
use crate::tui::fuzzy::{Fit, fit};
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context, Keymap, TABLE};
use crate::tui::paint::{centred, clip, frame, put, put_right, width};
use crate::tui::screen::{Look, Screen};
use crate::words::{Value, Words};

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// In front of it: a key, a number.
    pub lead: String,
    /// What is read and searched.
    pub text: String,
    /// What it does; without one it is picked.
    pub action: Option<Action>,
}

impl Item {
    /// A line to pick, safe for the terminal.
    pub fn pick(lead: &str, text: &str) -> Self {
        Item {
            lead: safe::terminal(lead).into_owned(),
            text: safe::terminal(text).into_owned(),
            action: None,
        }
    }
}

/// The popup.
#[derive(Clone, Debug)]
pub struct Chooser {
    tag: String,
    title: String,
    items: Vec<Item>,
    typed: LineEditor,
    highlighted: usize,
    /// Keys that do something of their own with the highlighted line.
    keys: Vec<Key>,
}

/// Lines at most, frame included.
const MOST_LINES: u16 = 22;
const WIDTH: u16 = 72;
const PAGE: usize = 10;

/// The keys, those of the present place first; Enter does what the line says if it can be done here. Where one types,
/// only what works there is listed: a letter is typed, it is no command, and other places are far.
pub fn help(screen: &dyn Screen, words: &Words, keymap: &Keymap) -> Chooser {
    let (context, typing) = (screen.context(), if screen.is_typing() { Typing::Yes } else { Typing::No });
    let mut items = Vec::new();
    let others = Context::ALL.into_iter().filter(|other| *other != context && *other != Context::Global);
    let others: Vec<Context> = if typing == Typing::Yes { Vec::new() } else { others.collect() };
    for place in [context, Context::Global].into_iter().chain(others) {
        let is_here = place == context || place == Context::Global;
        for row in TABLE.iter().filter(|row| row.context == place) {
            let own =
                if place == context { screen.help_key(row.action) } else { Some(row.action.words_key()) };
            let Some(key) = own else { continue };
            let action_words = words.text(key);
            let text = if is_here {
                action_words
            } else {
                format!("{}: {action_words}", words.text(place.words_key()))
            };
            let lead = if is_here {
                keys_that_work(context, place, row.action, typing, keymap)
            } else {
                keymap.keys_text(place, row.action)
            };
            if typing == Typing::No || !lead.is_empty() {
                items.push(Item { lead, text, action: is_here.then_some(row.action) });
            }
        }
    }
    Chooser::new("help", words.text("tui-help-title"), items)
}

/// Whether letters are typed into a text where the help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    /// They are: only other keys are commands.
    Yes,
    /// They are commands.
    No,
}

/// The keys of an action that reach it here: not those that mean something else here, nor letters that are typed.
fn keys_that_work(here: Context, place: Context, action: Action, typing: Typing, keymap: &Keymap) -> String {
    let all = keymap.keys_text(place, action);
    let works = |key: &&str| {
        let Ok(key) = key.parse::<Key>() else { return false };
        keymap.action(here, key) == Some(action) && (typing == Typing::No || key.typed().is_none())
    };
    all.split(' ').filter(works).collect::<Vec<_>>().join(" ")
}

/// Every command by its name: those of here first, then those of other places with where they are.
pub fn palette(context: Context, words: &Words, keymap: &Keymap) -> Chooser {
    let here = [context, Context::Global];
    let others = Context::ALL.into_iter().filter(|place| !here.contains(place) && *place != Context::Popup);
    let mut items: Vec<Item> = Vec::new();
    for place in here.into_iter().chain(others) {
        for row in TABLE.iter().filter(|row| row.context == place) {
            let is_here = here.contains(&place);
            let is_known = items.iter().any(|item| item.action == Some(row.action));
            if row.action.is_movement() || row.action == Action::Palette || !is_here && is_known {
                continue;
            }
            let name = words.text(row.action.words_key());
            let text = if is_here { name } else { format!("{}: {name}", words.text(place.words_key())) };
            items.push(Item { lead: keymap.keys_text(place, row.action), text, action: Some(row.action) });
        }
    }
    Chooser::new("palette", words.text("tui-palette-title"), items)
}

impl Chooser {
    /// A list; the answer carries `tag` and the place in `items`.
    pub fn new(tag: impl Into<String>, title: String, items: Vec<Item>) -> Self {
        Chooser {
            tag: tag.into(),
            title,
            items,
            typed: LineEditor::default(),
            highlighted: 0,
            keys: Vec::new(),
        }
    }

    /// The same with keys of its own, which are answered by [`Reply::Pressed`].
    pub fn with_keys(self, keys: Vec<Key>) -> Self {
        Chooser { keys, ..self }
    }

    /// The same with the highlight on this item.
    pub fn starting_at(self, idx: usize) -> Self {
        Chooser { highlighted: idx, ..self }
    }

    /// Items that fit what is typed, best first.
    fn fitting(&self) -> Vec<usize> {
        let typed = self.typed.value().trim().to_lowercase();
        let mut ranked: Vec<(Fit, usize)> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(idx, item)| Some((rank(item, &typed)?, idx)))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, idx)| idx).collect()
    }

    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap) -> PopupEvent {
        let last = self.fitting().len().saturating_sub(1);
        let key = match input {
            Input::Paste(text) => {
                for letter in text.chars().filter(|letter| !letter.is_control()) {
                    self.typed.handle(InputRequest::InsertChar(letter));
                }
                self.highlighted = 0;
                return PopupEvent::Stays;
            }
            Input::Key(key) => *key,
        };
        if self.keys.contains(&key) {
            let idx = self.fitting().get(self.highlighted.min(last)).copied();
            return PopupEvent::Reply(Reply::Pressed { tag: self.tag.clone(), key, idx });
        }
        if let Some(letter) = key.typed() {
            self.typed.handle(InputRequest::InsertChar(letter));
            self.highlighted = 0;
            return PopupEvent::Stays;
        }
        match keymap.action(Context::Popup, key) {
            Some(Action::PopupDown) => self.highlighted = (self.highlighted + 1).min(last),
            Some(Action::PopupUp) => self.highlighted = self.highlighted.min(last).saturating_sub(1),
            Some(Action::PopupPageDown) => self.highlighted = (self.highlighted + PAGE).min(last),
            Some(Action::PopupPageUp) => self.highlighted = self.highlighted.min(last).saturating_sub(PAGE),
            Some(Action::Accept) => return self.accept(),
            Some(Action::UndoTyping) => {
                self.typed.undo();
                self.highlighted = 0;
            }
            Some(Action::RedoTyping) => {
                self.typed.redo();
                self.highlighted = 0;
            }
            Some(Action::Close) => return PopupEvent::Reply(Reply::Dismissed { tag: self.tag.clone() }),
            _ => {
                let change = edit_request(key.code, key.held).and_then(|request| self.typed.handle(request));
                if change.is_some_and(|change| change.value) {
                    self.highlighted = 0;
                }
            }
        }
        PopupEvent::Stays
    }

    fn accept(&self) -> PopupEvent {
        let fitting = self.fitting();
        let Some(idx) = fitting.get(self.highlighted.min(fitting.len().saturating_sub(1))).copied() else {
            return PopupEvent::Stays;
        };
        match self.items[idx].action {
            Some(action) => PopupEvent::Run(action),
            None => PopupEvent::Reply(Reply::Picked { tag: self.tag.clone(), idx }),
        }
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let n_items = u16::try_from(self.items.len()).unwrap_or(MOST_LINES);
        let popup = centred(area, WIDTH, n_items.saturating_add(3).clamp(5, MOST_LINES));
        let inner = frame(buffer, popup, &self.title, look);
        if inner.width == 0 || inner.height == 0 {
            return None;
        }
        let prompt_end = put(buffer, inner, inner.x, inner.y, "/ ", look.theme.accent);
        let editor =
            Rect { x: prompt_end, width: inner.right().saturating_sub(prompt_end), height: 1, ..inner };
        let cursor = line_editor(self.typed.value(), self.typed.visual_cursor(), editor, buffer, look);
        let list = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        self.view_items(list, buffer, look);
        self.view_place(inner, list.height, buffer, look);
        cursor
    }

    /// Where the highlight is in a list that is longer than what is seen.
    fn view_place(&self, inner: Rect, height: u16, buffer: &mut Buffer, look: &Look<'_>) {
        let n_fitting = self.fitting().len();
        if n_fitting > usize::from(height) {
            let n = (self.highlighted + 1).min(n_fitting);
            let counts = [("n", Value::from(n)), ("of", Value::from(n_fitting))];
            put_right(buffer, inner, inner.y, &look.words.format("tui-list-count", &counts), look.theme.dim);
        }
    }

    fn view_items(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let fitting = self.fitting();
        if fitting.is_empty() {
            put(buffer, area, area.x, area.y, &look.words.text("tui-nothing-fits"), look.theme.dim);
            return;
        }
        let highlighted = self.highlighted.min(fitting.len() - 1);
        let height = usize::from(area.height);
        let first = (highlighted + 1).saturating_sub(height);
        let lead_width =
            self.items.iter().map(|item| width(&item.lead)).max().unwrap_or(0).min(area.width / 3);
        for (line, idx) in fitting.iter().enumerate().skip(first).take(height) {
            let item = &self.items[*idx];
            let y = area.y + u16::try_from(line - first).unwrap_or(0);
            let is_highlighted = line == highlighted;
            if is_highlighted {
                put(buffer, area, area.x, y, look.glyphs.cursor(), look.theme.accent);
            }
            let lead = clip(&item.lead, lead_width, look.glyphs.ellipsis());
            put(buffer, area, area.x + 2, y, &lead, look.theme.accent);
            let gap = if lead_width == 0 { 2 } else { 4 };
            let left = area.x.saturating_add(lead_width + gap);
            let text = clip(&item.text, area.right().saturating_sub(left), look.glyphs.ellipsis());
            let style = if is_highlighted { look.theme.cursor } else { look.theme.tone(Default::default()) };
            put(buffer, area, left, y, &text, style);
            underline_fitting(&text, self.typed.value(), area, left, y, buffer);
        }
    }
}

/// How well a line fits: its text, or one of its keys, which is meant exactly.
fn rank(item: &Item, typed: &str) -> Option<Fit> {
    let is_key = item.lead.split(' ').any(|key| key.to_lowercase() == typed);
    if is_key { Some(Fit::Begins) } else { fit(&item.text, typed) }
}
