//! A form as a screen: keeps the draft, offers an old one back, takes the desk's advice while typing, commits, shows a
//! refusal at its field, and begins the next one. Panes push it with their fields.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::basis::Basis;
use super::detail::DetailPane;
use super::form_advice::{ADVISE, Advice};
use super::form_drafts::LeftDrafts;
use super::form_moved::{self, MOVED, Moved};
use crate::tui::app::{COMMIT, DRAFT};
use crate::tui::effect::{Answer, ClaimCard, Draft, Effect, OrderSlip, REVISION_MOVED, Seen, Task, ToWrite};
use crate::tui::forms::{Choice, Form, FormEvent, Saving};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Input;
use crate::tui::keymap::{Action, Context};
use crate::tui::list::TYPING_PAUSE;
use crate::tui::page::{Line, Page};
use crate::tui::paint::{put, wrap};
use crate::tui::popups::{Confirm, Message, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::words::{Value, Words};

/// Where suggestions are looked up while typing.
pub const SUGGEST: Slot = Slot::supersede("suggest");
/// Where a form gets the key of its command.
pub const OPEN_FORM: Slot = Slot::finish("open-form");
/// Where an old draft is looked for.
pub const FIND_DRAFT: Slot = Slot::finish("find-draft");
/// Where the record is read anew for the next form about it.
pub const RENEW: Slot = Slot::finish("renew-form");

/// How the codes of a saved form are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// In the toast's sentence only.
    Quiet,
    /// Large, until a key is pressed: they go on the paper bundle.
    Large,
}

/// Makes the next form about a claim from the claim as it is now.
pub type Renew = fn(&ClaimCard, &Words) -> FormScreen;

/// What follows "save and next".
#[derive(Clone, Copy, Debug)]
enum Next {
    /// The same form, with what stays.
    Begin,
    /// The next step on the same claim as it is by then: the one that was seen has just been changed by ourselves.
    Renew(Renew),
    /// Nothing: such a step is taken once.
    Close,
}

/// The screen.
pub struct FormScreen {
    pub(super) form: Form,
    pub(super) slip: OrderSlip,
    codes: Codes,
    saving: Option<Saving>,
    next: Next,
    /// A field whose change is asked about before it is saved, and how it stood.
    pub(super) guarded: Option<(&'static str, String)>,
    /// How it is to be saved once that question is answered.
    asked_for: Option<Saving>,
    /// Saved; the claim is being read for the next form.
    is_renewing: bool,
    left: LeftDrafts,
    pub(super) advice: Advice,
    /// How it is made from a claim; none for a form that rests on none.
    pub(super) basis: Option<Basis>,
    /// What another clerk did to the claim since.
    pub(super) moved: Option<Box<Moved>>,
    /// That is shown in the place of the form.
    pub(super) is_comparing: bool,
    /// It is to be shown as soon as it is known.
    pub(super) opens_comparison: bool,
    /// Saved, and about to go.
    is_over: bool,
}

/// The question before a record gets another number.
const NUMBER: &str = "form number";

/// The offer to go to the case that was there.
const SIMILAR: &str = "form similar";

/// The actions that go to another tab.
const TABS: [Action; 4] = [Action::TabClaims, Action::TabVouchers, Action::TabReport, Action::TabClusters];

/// The actions by which a field is left.
const LEAVING: [Action; 5] =
    [Action::NextField, Action::PreviousField, Action::FieldBelow, Action::FieldAbove, Action::AddRow];

/// What the hint line offers.
const USUAL: [Action; 4] = [Action::SaveNext, Action::SaveClose, Action::Back, Action::Help];
/// The same in a table.
const IN_ROWS: [Action; 5] =
    [Action::SaveClose, Action::AddRow, Action::DeleteRow, Action::Back, Action::Help];

/// The question before a row is taken out of a table.
const ROW: &str = "form row";

impl FormScreen {
    /// A form whose values become the command `what` on `subjects`.
    pub fn new(form: Form, what: &str, subjects: Vec<String>, codes: Codes) -> Self {
        FormScreen {
            form,
            slip: OrderSlip::new(what, subjects),
            codes,
            saving: None,
            next: Next::Begin,
            guarded: None,
            asked_for: None,
            is_renewing: false,
            left: LeftDrafts::default(),
            advice: Advice::default(),
            basis: None,
            moved: None,
            is_comparing: false,
            opens_comparison: false,
            is_over: false,
        }
    }

    /// It is made from a claim in this way: what another clerk does to the claim meanwhile is compared.
    pub fn based_on(self, basis: Basis) -> Self {
        FormScreen { basis: Some(basis), ..self }
    }

    /// The draft as it stands, with what it rests on.
    pub(super) fn draft(&self) -> Draft {
        let seen = match *self.slip.seen {
            Seen::Claim(revision) if self.basis.is_some() => Some(revision),
            _ => None,
        };
        Draft { seen, ..self.form.draft() }
    }

    /// A draft that was left goes on. One that rests on an older state of the claim goes on from there, and is compared.
    fn resume(&mut self, draft: &Draft, wishes: &mut Wishes<'_>) {
        match (draft.seen, &*self.slip.seen) {
            (Some(seen), Seen::Claim(now)) if self.basis.is_some() => {
                if seen == *now {
                    self.form.take_up(draft);
                } else {
                    self.form.resume(draft);
                    *self.slip.seen = Seen::Claim(seen);
                    self.opens_comparison = true;
                    self.check(wishes);
                }
            }
            _ => self.form.take_up(draft),
        }
    }

    /// The desk is asked for advice whenever one of these fields has changed.
    pub fn advised_on(self, fields: &'static [&'static str]) -> Self {
        FormScreen { advice: Advice::on(fields), ..self }
    }

    /// "Save and next" makes the next form from the claim as it is then.
    pub fn renewed_by(self, renew: Renew) -> Self {
        FormScreen { next: Next::Renew(renew), ..self }
    }

    /// "Save and next" closes it: there is no next.
    pub fn once(self) -> Self {
        FormScreen { next: Next::Close, ..self }
    }

    /// Before a change of this field is saved, the person is asked.
    pub fn asking_before(self, field: &'static str, was: &str) -> Self {
        FormScreen { guarded: Some((field, was.to_owned())), ..self }
    }

    /// What is typed rests on what was seen.
    pub fn seeing(self, seen: Seen) -> Self {
        FormScreen { slip: self.slip.seeing(seen), ..self }
    }

    /// The command as it stands.
    fn slip_now(&self) -> OrderSlip {
        OrderSlip { values: self.form.values(), ..self.slip.clone() }
    }

    pub(super) fn ask_advice(&mut self, wishes: &mut Wishes<'_>) {
        let row = self.form.row();
        self.ask_advice_on(row, TYPING_PAUSE, wishes);
    }

    /// In a table the desk advises on one row at a time, as on a line of its own. Who has left a field has stopped typing:
    /// without a pause, the advice that still waits for one comes at once.
    fn ask_advice_on(&mut self, row: Option<usize>, pause: Duration, wishes: &mut Wishes<'_>) {
        let slip = match row {
            Some(row) => OrderSlip {
                what: "claim-determine".to_owned(),
                values: self.form.row_values(row),
                ..self.slip.clone()
            },
            None => self.slip_now(),
        };
        self.advice.ask(&self.form, row, slip, pause, wishes);
    }

    fn open(&self, wishes: &mut Wishes<'_>) {
        wishes.run(OPEN_FORM, Task::OpenForm { form: self.form.name.clone() });
    }

    /// The form, to prefill it.
    pub fn form_mut(&mut self) -> &mut Form {
        &mut self.form
    }

    /// Whether what was saved is still on its way: nothing is typed into a form that is about to go.
    fn is_busy(&self) -> bool {
        self.saving.is_some() || self.is_renewing
    }

    /// What was typed is kept, and nothing writes over it from now on.
    fn leave(&self, wishes: &mut Wishes<'_>) {
        if self.form.is_dirty() {
            wishes.run(DRAFT, Task::LeaveDraft(self.draft()));
            wishes.toast_good(wishes.words.text("tui-draft-kept"));
        } else {
            wishes.run(DRAFT, Task::DropDraft { form: self.form.name.clone() });
        }
    }

    fn ask_delete_row(&self, wishes: &mut Wishes<'_>) {
        let Some(row) = self.form.row() else { return };
        let words = wishes.words;
        let title = self.form.row_name(row, words);
        let body = Page { title, lines: vec![Line::text(&words.text("forms-delete-row"))] };
        let ask = Confirm::new(ROW, body, words.text("forms-delete-row-yes"), None);
        wishes.popup(ask.or_else(words.text("tui-form-number-no")));
    }

    fn take_offer(&mut self, wishes: &mut Wishes<'_>) -> Taken {
        let Some(offer) = self.advice.offer(&self.form) else {
            wishes.toast_warn(wishes.words.text("forms-no-offer"));
            return Taken::Yes;
        };
        let event = self.form.take(&offer);
        self.after(event, wishes)
    }

    fn after(&mut self, event: FormEvent, wishes: &mut Wishes<'_>) -> Taken {
        match event {
            FormEvent::Ignored => return Taken::No,
            FormEvent::Over(action) => return self.act(action, wishes),
            FormEvent::Moved => {}
            FormEvent::Changed { suggest } => {
                wishes.wish(Wish::Do(Effect::HoldDraft(self.draft())));
                if let Some((field, typed)) = suggest {
                    wishes.run_after(SUGGEST, Task::Suggest { field, typed }, TYPING_PAUSE);
                }
                self.ask_advice(wishes);
            }
            FormEvent::NotReady => wishes.toast_warn(wishes.words.text("tui-form-not-ready")),
            // Nothing is saved upon what another clerk has changed before it was looked at.
            FormEvent::Save(_) if self.compare() => {}
            FormEvent::Save(saving) if self.saving.is_none() => match self.question(wishes.words) {
                Some(question) => {
                    self.asked_for = Some(saving);
                    wishes.popup(question);
                }
                None => self.commit(saving, wishes),
            },
            FormEvent::Save(_) => {}
            FormEvent::Leave => {
                self.leave(wishes);
                wishes.pop();
            }
        }
        Taken::Yes
    }

    fn commit(&mut self, saving: Saving, wishes: &mut Wishes<'_>) {
        self.saving = Some(saving);
        wishes.run(COMMIT, Task::Commit(self.slip_now()));
    }

    /// The question before the guarded field is changed.
    fn question(&self, words: &Words) -> Option<Confirm> {
        let (field, was) = self.guarded.as_ref()?;
        let now = self.form.value(field);
        if now == *was {
            return None;
        }
        let args = [("was", Value::from(was.as_str())), ("now", Value::from(now.as_str()))];
        let lines = vec![Line::text(&words.format("tui-form-number-question", &args))];
        let body = Page { title: self.form.title.clone(), lines };
        let ask = Confirm::new(NUMBER, body, words.text("tui-form-number-yes"), None);
        Some(ask.or_else(words.text("tui-form-number-no")))
    }

    /// The case was there: it is said whole, and one key leads to it.
    fn offer_similar(&self, text: &str, wishes: &mut Wishes<'_>) {
        let Some(other) = self.advice.similar() else { return };
        let words = wishes.words;
        let mut lines = vec![Line::text(text)];
        lines.extend(self.advice.notes().iter().cloned());
        lines.push(Line::text(&words.text("tui-form-similar-what")));
        let body = Page { title: self.form.title.clone(), lines };
        let yes = words.format("tui-form-similar-open", &[("no", Value::from(other))]);
        wishes.popup(Confirm::new(SIMILAR, body, yes, None).or_else(words.text("tui-form-similar-new")));
    }

    /// It is on disk: the draft goes, and so does the form, or the next one begins.
    fn saved(&mut self, codes: &[ToWrite], text: &str, wishes: &mut Wishes<'_>) {
        let saving = self.saving.take().unwrap_or(Saving::Close);
        wishes.run(DRAFT, Task::DropDraft { form: self.form.name.clone() });
        wishes.toast_good(text.to_owned());
        if self.codes == Codes::Large && !codes.is_empty() {
            let title = wishes.words.text("tui-codes-title");
            wishes.popup(Message::codes(title, codes.to_vec(), &wishes.words.text("tui-codes-write")));
        }
        match (saving, self.next) {
            (Saving::Next, Next::Begin) => {
                self.form.begin_next();
                self.slip.key.clear();
                self.advice.forget();
                self.advice.forget_question();
                self.open(wishes);
            }
            (Saving::Next, Next::Renew(_)) => {
                self.is_renewing = true;
                let claim_no = self.slip.subjects.first().cloned().unwrap_or_default();
                wishes.run(RENEW, Task::Claim { claim_no });
            }
            (Saving::Next, Next::Close) | (Saving::Close, _) => {
                self.is_over = true;
                wishes.pop();
            }
        }
    }

    /// The claim as it is after what was saved; one read before that is not waited for.
    fn renew(&mut self, card: &ClaimCard, wishes: &mut Wishes<'_>) {
        let Next::Renew(renew) = self.next else { return };
        let is_old = matches!(*self.slip.seen, Seen::Claim(seen) if card.revision <= seen);
        if self.is_renewing && self.slip.subjects.first() == Some(&card.claim_no) && !is_old {
            *self = renew(card, wishes.words);
            self.open(wishes);
            self.ask_advice(wishes);
        }
    }
}

impl Screen for FormScreen {
    fn context(&self) -> Context {
        if self.is_comparing { Context::Compare } else { Context::Form }
    }

    fn is_typing(&self) -> bool {
        !self.is_comparing
    }

    fn is_unsaved(&self) -> bool {
        self.form.is_dirty()
    }

    fn hints(&self, look: &Look<'_>) -> Option<Vec<(String, String)>> {
        if let Some(moved) = self.moved.as_ref().filter(|_| self.is_comparing) {
            return Some(look.hints_of(Context::Compare, moved.possible()));
        }
        let usual: &[Action] = if self.form.n_rows() > 0 { &IN_ROWS } else { &USUAL };
        let offer = self.advice.offer(&self.form).zip(look.keymap.key(Context::Form, Action::TakeOffer));
        let mut hints: Vec<(String, String)> = Vec::new();
        if let Some((offer, key)) = offer {
            let text = look.words.format("forms-offer", &[("amount", Value::Text(offer))]);
            hints.push((key.to_string(), text));
        }
        hints.extend(look.hints_of(Context::Form, usual));
        Some(hints)
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.open(wishes);
        wishes.run(FIND_DRAFT, Task::FindDrafts { form: self.form.name.clone() });
        self.ask_advice(wishes);
    }

    fn lay(&mut self, _area: Rect, _wishes: &mut Wishes<'_>) {}

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        if self.is_busy() {
            return Taken::Yes;
        }
        if TABS.contains(&action) {
            // Going elsewhere leaves the form, as Esc does.
            self.leave(wishes);
            return Taken::No;
        }
        if self.is_comparing {
            return self.act_comparing(action, wishes);
        }
        if action == Action::Compare {
            if !self.compare() {
                wishes.toast_warn(wishes.words.text("forms-moved-nothing"));
            }
            return Taken::Yes;
        }
        if action == Action::TakeOffer {
            return self.take_offer(wishes);
        }
        if action == Action::DeleteRow && self.form.row().is_some() {
            self.ask_delete_row(wishes);
            return Taken::Yes;
        }
        let row = self.form.row();
        let event = self.form.act(action, wishes.words);
        let taken = self.after(event, wishes);
        if LEAVING.contains(&action) {
            // A field that was left is a field to keep: the draft goes to disk, not only into memory.
            if self.form.is_dirty() {
                wishes.run(DRAFT, Task::SaveDraft(self.draft()));
            }
            self.ask_advice_on(row, Duration::ZERO, wishes);
        }
        taken
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        if self.is_busy() {
            return Taken::Yes;
        }
        let event = self.form.input(input);
        self.after(event, wishes)
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        match reply {
            Reply::Confirmed { tag } if tag == NUMBER => {
                if let Some(saving) = self.asked_for.take() {
                    self.commit(saving, wishes);
                }
                return;
            }
            Reply::Confirmed { tag } if tag == ROW => {
                self.form.delete_row();
                self.after(FormEvent::Changed { suggest: None }, wishes);
                return;
            }
            Reply::Confirmed { tag } if tag == SIMILAR => {
                if let Some(other) = self.advice.similar().map(str::to_owned) {
                    self.leave(wishes);
                    wishes.pop();
                    wishes.push(DetailPane::new(other, 0));
                }
                return;
            }
            Reply::Dismissed { tag } if tag == NUMBER => {
                self.asked_for = None;
                self.form.focus_on(self.guarded.as_ref().map_or("", |(field, _)| field));
                return;
            }
            _ => {}
        }
        if let Some(taken) = self.left.reply(reply, &self.form, wishes) {
            self.resume(&taken.draft, wishes);
            self.form.focus_on_first_empty();
            wishes.run(DRAFT, Task::TakeDraft { id: taken.id, draft: self.draft() });
            self.ask_advice(wishes);
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
            Answer::Advice { form, values, notes, offer } if *form == self.advice.name(&self.form) => {
                self.advice.take(values, notes, offer.as_deref(), &mut self.form);
            }
            Answer::DraftsFound { form, drafts } if *form == self.form.name => {
                self.left.found(drafts, &self.form, wishes);
            }
            Answer::Claim(card) => self.renew(card, wishes),
            Answer::Moved { form, card, changes } if *form == self.form.name && !self.is_busy() => {
                self.told(card.as_deref(), changes, wishes);
            }
            _ => {}
        }
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        if !self.is_busy() && !self.is_over {
            self.check(wishes);
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) -> Taken {
        if [SUGGEST, FIND_DRAFT, ADVISE, OPEN_FORM].contains(&slot) {
            // Typing goes on without suggestions.
            return if matches!(trouble, Trouble::Crashed { .. }) { Taken::No } else { Taken::Yes };
        }
        if slot == MOVED {
            // Nobody asked: only who wanted to save hears why it cannot be compared.
            return if std::mem::take(&mut self.opens_comparison) { Taken::No } else { Taken::Yes };
        }
        if slot == RENEW && std::mem::take(&mut self.is_renewing) {
            // It is saved; only the next form cannot begin.
            wishes.pop();
            return Taken::No;
        }
        if slot != COMMIT || self.saving.take().is_none() {
            return Taken::No;
        }
        match trouble {
            Trouble::Refused { field: Some(field), .. }
                if field == REVISION_MOVED && self.basis.is_some() =>
            {
                self.opens_comparison = true;
                self.check(wishes);
                Taken::Yes
            }
            Trouble::Refused { text, field: Some(field) } if self.form.refuse(field, text.clone()) => {
                wishes.toast_warn(text.clone());
                if field == "despite_duplicate" {
                    self.offer_similar(text, wishes);
                }
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let area = match &self.moved {
            Some(moved) if self.is_comparing => {
                form_moved::view(moved, &self.form.title, area, buffer, look);
                return None;
            }
            Some(moved) => view_notice(&moved.notice(look), area, buffer, look),
            None => area,
        };
        let area = self.advice.view(&self.form, area, buffer, look);
        self.form.view(area, buffer, look)
    }
}

/// A few words above the form; what is left of the area.
fn view_notice(text: &str, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Rect {
    let inner = Rect { x: area.x + area.width.min(2), width: area.width.saturating_sub(3), ..area };
    let lines = wrap(text, inner.width);
    let n_lines = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    if area.height < n_lines.saturating_add(6) {
        return area;
    }
    for (y, line) in (area.y..area.y + n_lines).zip(&lines) {
        put(buffer, inner, inner.x, y, line, look.theme.warn);
    }
    Rect { y: area.y + n_lines, height: area.height - n_lines, ..area }
}
