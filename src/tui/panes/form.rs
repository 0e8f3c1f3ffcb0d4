//! A form as a screen: keeps the draft, offers an old one back, takes the desk's advice while typing, commits, shows a
//! refusal at its field, and begins the next one. Panes push it with their fields.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::{COMMIT, DRAFT};
use crate::tui::effect::{Answer, Draft, Effect, OrderSlip, Seen, Task};
use crate::tui::forms::{Choice, Form, FormEvent, Saving};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context};
use crate::tui::list::TYPING_PAUSE;
use crate::tui::page::{Line, Page, PageView};
use crate::tui::paint::rule;
use crate::tui::popups::{Confirm, Message, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::tui::theme::Tone;

/// Where suggestions are looked up while typing.
pub const SUGGEST: Slot = Slot::supersede("suggest");
/// Where the desk advises on what is typed.
pub const ADVISE: Slot = Slot::supersede("advise");
/// Where a form gets the key of its command.
pub const OPEN_FORM: Slot = Slot::finish("open-form");
/// Where an old draft is looked for.
pub const FIND_DRAFT: Slot = Slot::finish("find-draft");

/// How the codes of a saved form are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// In the toast's sentence only.
    Quiet,
    /// Large, until a key is pressed: they go on the paper bundle.
    Large,
}

/// The screen.
pub struct FormScreen {
    form: Form,
    slip: OrderSlip,
    codes: Codes,
    saving: Option<Saving>,
    found: Option<Draft>,
    asks_advice_on: &'static [&'static str],
    /// What the advice was last asked with.
    asked_with: Vec<String>,
    /// What was last advised, by field: a field that still stands so may be advised anew.
    advised: BTreeMap<String, String>,
    notes: Vec<Line>,
}

/// Notes shown at once under a form.
const MOST_NOTES: u16 = 4;

impl FormScreen {
    /// A form whose values become the command `what` on `subjects`.
    pub fn new(form: Form, what: &str, subjects: Vec<String>, codes: Codes) -> Self {
        FormScreen {
            form,
            slip: OrderSlip::new(what, subjects),
            codes,
            saving: None,
            found: None,
            asks_advice_on: &[],
            asked_with: Vec::new(),
            advised: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// The desk is asked for advice whenever one of these fields has changed.
    pub fn advised_on(self, fields: &'static [&'static str]) -> Self {
        FormScreen { asks_advice_on: fields, ..self }
    }

    /// What is typed rests on what was seen.
    pub fn seeing(self, seen: Seen) -> Self {
        FormScreen { slip: self.slip.seeing(seen), ..self }
    }

    /// The command as it stands.
    fn slip_now(&self) -> OrderSlip {
        OrderSlip { values: self.form.values(), ..self.slip.clone() }
    }

    fn ask_advice(&mut self, wishes: &mut Wishes<'_>) {
        let with: Vec<String> = self.asks_advice_on.iter().map(|name| self.form.value(name)).collect();
        if with != self.asked_with && with.iter().any(|value| !value.is_empty()) {
            self.asked_with = with;
            let task = Task::Advise { form: self.form.name.clone(), slip: self.slip_now() };
            wishes.run_after(ADVISE, task, TYPING_PAUSE);
        }
    }

    /// Takes what the desk advises, but never over what a person has typed.
    fn take_advice(&mut self, values: &[(String, String)], notes: &[Line]) {
        self.notes = notes.to_vec();
        let focused = self.form.focused().name;
        for (name, value) in values {
            let now = self.form.value(name);
            let is_free = now.is_empty() || self.advised.get(name) == Some(&now);
            if is_free && now != *value && name != focused {
                self.form.fill(&[(name.clone(), value.clone())]);
                self.advised.insert(name.clone(), value.clone());
            }
        }
    }

    fn open(&self, wishes: &mut Wishes<'_>) {
        wishes.run(OPEN_FORM, Task::OpenForm { form: self.form.name.clone() });
    }

    /// The form, to prefill it.
    pub fn form_mut(&mut self) -> &mut Form {
        &mut self.form
    }

    fn draft_tag(&self) -> String {
        format!("draft {}", self.form.name)
    }

    fn after(&mut self, event: FormEvent, wishes: &mut Wishes<'_>) -> Taken {
        match event {
            FormEvent::Ignored => return Taken::No,
            FormEvent::Moved => {}
            FormEvent::Changed { suggest } => {
                wishes.wish(Wish::Do(Effect::HoldDraft(self.form.draft())));
                if let Some((field, typed)) = suggest {
                    wishes.run_after(SUGGEST, Task::Suggest { field, typed }, TYPING_PAUSE);
                }
                self.ask_advice(wishes);
            }
            FormEvent::NotReady => wishes.toast_warn(wishes.words.text("tui-form-not-ready")),
            FormEvent::Save(saving) if self.saving.is_none() => {
                self.saving = Some(saving);
                wishes.run(COMMIT, Task::Commit(self.slip_now()));
            }
            FormEvent::Save(_) => {}
            FormEvent::Leave => {
                if self.form.is_dirty() {
                    wishes.run(DRAFT, Task::SaveDraft(self.form.draft()));
                    wishes.toast_good(wishes.words.text("tui-draft-kept"));
                }
                wishes.pop();
            }
        }
        Taken::Yes
    }

    /// It is on disk: the draft goes, and so does the form, or the next one begins.
    fn saved(&mut self, codes: &[String], text: &str, wishes: &mut Wishes<'_>) {
        let saving = self.saving.take().unwrap_or(Saving::Close);
        wishes.run(DRAFT, Task::DropDraft { form: self.form.name.clone() });
        wishes.toast_good(text.to_owned());
        if self.codes == Codes::Large && !codes.is_empty() {
            let title = wishes.words.text("tui-codes-title");
            wishes.popup(Message::codes(title, codes.to_vec(), &wishes.words.text("tui-codes-write")));
        }
        match saving {
            Saving::Next => {
                self.form.begin_next();
                self.slip.key.clear();
                self.notes.clear();
                self.advised.clear();
                self.asked_with.clear();
                self.open(wishes);
            }
            Saving::Close => wishes.pop(),
        }
    }
}

impl Screen for FormScreen {
    fn context(&self) -> Context {
        Context::Form
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_unsaved(&self) -> bool {
        self.form.is_dirty()
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.open(wishes);
        wishes.run(FIND_DRAFT, Task::FindDraft { form: self.form.name.clone() });
        self.ask_advice(wishes);
    }

    fn lay(&mut self, _area: Rect, _wishes: &mut Wishes<'_>) {}

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        let event = self.form.act(action, wishes.words);
        // A field that was left is a field to keep: the draft goes to disk, not only into memory.
        if matches!(action, Action::NextField | Action::PreviousField) && self.form.is_dirty() {
            wishes.run(DRAFT, Task::SaveDraft(self.form.draft()));
        }
        self.after(event, wishes)
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        let event = self.form.input(input);
        self.after(event, wishes)
    }

    fn reply(&mut self, reply: &Reply, _wishes: &mut Wishes<'_>) {
        if let Reply::Confirmed { tag } = reply
            && *tag == self.draft_tag()
            && let Some(draft) = self.found.take()
        {
            self.form.fill(&draft.values);
            self.form.focus_on_first_empty();
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        match answer {
            Answer::Committed { slip, codes, text }
                if self.saving.is_some()
                    && slip.what == self.slip.what
                    && slip.subjects == self.slip.subjects =>
            {
                self.saved(codes, text, wishes);
            }
            Answer::Suggested { field, typed, choices } => {
                let choices = choices.iter().map(|(value, label)| Choice::new(value, label)).collect();
                self.form.suggested(field, typed, choices);
            }
            Answer::FormOpened { form, key, today } if *form == self.form.name => {
                self.slip.key.clone_from(key);
                self.form.set_today(*today);
            }
            Answer::Advice { form, values, notes } if *form == self.form.name => {
                self.take_advice(values, notes);
            }
            Answer::DraftFound(Some(draft)) if draft.form == self.form.name && !self.form.is_dirty() => {
                let n_filled = draft.values.iter().filter(|(_, value)| !value.is_empty()).count();
                let mut lines = vec![Line::text(&wishes.words.text("tui-draft-found"))];
                lines.extend(
                    draft
                        .values
                        .iter()
                        .filter(|(_, value)| !value.is_empty())
                        .take(5)
                        .map(|(_, value)| Line::toned(value, Tone::Dim)),
                );
                if n_filled > 0 {
                    let body = Page { title: self.form.title.clone(), lines };
                    let yes = wishes.words.text("tui-draft-take");
                    let asked_by = Some(Key::char('a'));
                    wishes.popup(Confirm::new(self.draft_tag(), body, yes, asked_by));
                    self.found = Some(draft.clone());
                }
            }
            _ => {}
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        if [SUGGEST, FIND_DRAFT, ADVISE, OPEN_FORM].contains(&slot) {
            // Typing goes on without suggestions.
            return if matches!(trouble, Trouble::Crashed { .. }) { Taken::No } else { Taken::Yes };
        }
        if slot != COMMIT || self.saving.take().is_none() {
            return Taken::No;
        }
        match trouble {
            Trouble::Refused { text, field: Some(field) } if self.form.refuse(field, text.clone()) => {
                wishes.toast_warn(text.clone());
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let n_notes = u16::try_from(self.notes.len()).unwrap_or(u16::MAX).min(MOST_NOTES);
        // The notes never take the room that typing needs.
        if n_notes == 0 || area.height < n_notes + 8 {
            return self.form.view(area, buffer, look);
        }
        let form = Rect { height: area.height - n_notes - 1, ..area };
        rule(buffer, area, form.bottom(), &look.words.text("tui-form-notes"), look);
        let mut notes = PageView::still(Page { title: String::new(), lines: self.notes.clone() });
        notes.set_height(n_notes);
        notes.view(Rect { y: form.bottom() + 1, height: n_notes, ..area }, buffer, look);
        self.form.view(form, buffer, look)
    }
}
