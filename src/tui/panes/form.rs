//! A form as a screen: keeps the draft, offers an old one back, commits, shows a refusal at its field, and begins the
//! next one. Panes push it with their fields.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::{COMMIT, DRAFT};
use crate::tui::effect::{Answer, Draft, Effect, OrderSlip, Task};
use crate::tui::forms::{Choice, Form, FormEvent, Saving};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context};
use crate::tui::list::TYPING_PAUSE;
use crate::tui::page::{Line, Page};
use crate::tui::popups::{Confirm, Message, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::tui::theme::Tone;

/// Where suggestions are looked up while typing.
pub const SUGGEST: Slot = Slot::supersede("suggest");
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
}

impl FormScreen {
    /// A form whose values become the command `what` on `subjects`.
    pub fn new(form: Form, what: &str, subjects: Vec<String>, codes: Codes) -> Self {
        let slip = OrderSlip { what: what.to_owned(), subjects, values: Vec::new() };
        FormScreen { form, slip, codes, saving: None, found: None }
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
            }
            FormEvent::NotReady => wishes.toast_warn(wishes.words.text("tui-form-not-ready")),
            FormEvent::Save(saving) if self.saving.is_none() => {
                self.saving = Some(saving);
                let slip = OrderSlip { values: self.form.values(), ..self.slip.clone() };
                wishes.run(COMMIT, Task::Commit(slip));
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
            Saving::Next => self.form.begin_next(),
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
        wishes.run(FIND_DRAFT, Task::FindDraft { form: self.form.name.clone() });
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
        if slot == SUGGEST || slot == FIND_DRAFT {
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
        self.form.view(area, buffer, look)
    }
}
