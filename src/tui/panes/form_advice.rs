//! What the desk advises on a form while it is typed: values for fields that nobody has typed into, notes below, the
//! amount that the rules come to, the case that looks most like this one.

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fields::plain_name;
use crate::tui::effect::{OrderSlip, Task};
use crate::tui::forms::{FieldKind, Form};
use crate::tui::jobs::Slot;
use crate::tui::page::{Line, Page, PageView};
use crate::tui::paint::rule;
use crate::tui::screen::{Look, Wishes};

/// Where the desk advises on what is typed.
pub const ADVISE: Slot = Slot::supersede("advise");

/// Notes shown at once under a form.
const MOST_NOTES: u16 = 4;

/// Rows that typing needs before notes are shown.
const ROOM_TO_TYPE: u16 = 8;

/// What was asked, and what came.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// The fields on which it is asked.
    on: &'static [&'static str],
    /// What it was last asked with.
    with: Vec<String>,
    /// The row it was asked on, in a table.
    row: Option<usize>,
    /// It has not come yet.
    is_awaited: bool,
    /// The amount that the rules come to.
    amount: Option<String>,
    /// What was last advised, by field: a field that still stands so may be advised anew.
    values: BTreeMap<String, String>,
    notes: Vec<Line>,
    /// The case that looks most like this one.
    similar: Option<String>,
}

impl Advice {
    /// The advice that is asked when one of these fields changes.
    pub fn on(fields: &'static [&'static str]) -> Advice {
        Advice { on: fields, ..Advice::default() }
    }

    /// The notes.
    pub fn notes(&self) -> &[Line] {
        &self.notes
    }

    /// The case that looks most like this one.
    pub fn similar(&self) -> Option<&str> {
        self.similar.as_deref()
    }

    /// Asks about a form, or one row of its table, of which `slip` is the command. What was asked last is not asked again,
    /// unless it still waits for a pause in the typing and need not wait any more.
    pub fn ask(
        &mut self,
        form: &Form,
        row: Option<usize>,
        slip: OrderSlip,
        pause: Duration,
        wishes: &mut Wishes<'_>,
    ) {
        if row.is_none() && form.n_rows() > 0 {
            return;
        }
        let mut with: Vec<String> = self.on.iter().map(|name| slip.value(name).to_owned()).collect();
        let is_empty = with.iter().all(String::is_empty);
        with.push(row.unwrap_or(0).to_string());
        let is_overdue = self.is_awaited && pause.is_zero();
        if (with != self.with || is_overdue) && !is_empty {
            (self.with, self.row, self.is_awaited) = (with, row, true);
            wishes.run_after(ADVISE, Task::Advise { form: self.name(form), slip }, pause);
        }
    }

    /// What the advice is asked under: the form, and the row.
    pub fn name(&self, form: &Form) -> String {
        match self.row {
            Some(row) => format!("{} @{row}", form.name),
            None => form.name.clone(),
        }
    }

    /// The amount that one key takes over into the field with the focus: what the rules come to, else what was asked.
    pub fn offer(&self, form: &Form) -> Option<String> {
        let focused = form.focused();
        if focused.kind != FieldKind::Amount {
            return None;
        }
        let row = form.row();
        let asked = || match row {
            _ if plain_name(&focused.name) != "amount" => None,
            Some(row) => Some(form.value(&format!("{row}.asked"))),
            None => Some(form.value("asked")),
        };
        let reckoned = self.amount.clone().filter(|_| row == self.row);
        let offer = reckoned.or_else(asked)?;
        (!offer.is_empty() && offer != focused.value()).then_some(offer)
    }

    /// What came is not about what stands in the form any more.
    pub fn forget(&mut self) {
        self.values.clear();
        self.notes.clear();
        self.amount = None;
    }

    /// The same question may be asked again.
    pub fn forget_question(&mut self) {
        self.with.clear();
    }

    /// Takes what the desk advises, but never over what a person has typed.
    pub fn take(
        &mut self,
        values: &[(String, String)],
        notes: &[Line],
        amount: Option<&str>,
        form: &mut Form,
    ) {
        self.is_awaited = false;
        self.amount = amount.map(str::to_owned);
        let claim_no = |line: &Line| line.link.as_deref()?.strip_prefix("claim ").map(str::to_owned);
        self.similar = notes.iter().find_map(claim_no);
        // Nothing is opened from the notes: the keys are the form's.
        self.notes = notes.iter().map(|line| Line { link: None, ..line.clone() }).collect();
        let focused = form.focused().name.to_string();
        for (name, value) in values {
            let name = &match self.row {
                Some(row) => format!("{row}.{name}"),
                None => name.clone(),
            };
            let now = form.value(name);
            let is_free = now.is_empty() || self.values.get(name) == Some(&now);
            // The field one has just come to is filled too: what stands there is selected, and typing replaces it.
            let is_being_typed = *name == focused && !now.is_empty() && !form.focused().is_selected();
            if is_free && now != *value && !is_being_typed {
                form.fill(&[(name.clone(), value.clone())]);
                self.values.insert(name.clone(), value.clone());
                if *name == focused {
                    form.focus_on(name);
                }
            }
        }
    }

    /// Draws the notes at the foot of an area where there is room; what is left of it.
    pub fn view(&self, form: &Form, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Rect {
        // In a table the notes are about one row, and stand while that row has the focus.
        let n_notes = if form.row() == self.row { self.notes.len() } else { 0 };
        let n_notes = u16::try_from(n_notes).unwrap_or(u16::MAX).min(MOST_NOTES);
        // The notes never take the room that typing needs.
        if n_notes == 0 || area.height < n_notes + ROOM_TO_TYPE {
            return area;
        }
        let above = Rect { height: area.height - n_notes - 1, ..area };
        rule(buffer, area, above.bottom(), &look.words.text("tui-form-notes"), look);
        let mut notes = PageView::still(Page { title: String::new(), lines: self.notes.clone() });
        notes.set_height(n_notes);
        notes.view(Rect { y: above.bottom() + 1, height: n_notes, ..area }, buffer, look);
        above
    }
}
