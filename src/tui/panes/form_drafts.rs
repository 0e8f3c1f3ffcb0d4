//! Drafts of a form that were left behind: shown one by one, to go on with, to throw away or to leave for later. What
//! is left for later stays on disk untouched, whatever is typed meanwhile.

use crate::tui::app::DRAFT;
use crate::tui::effect::{LeftDraft, Task};
use crate::tui::forms::Form;
use crate::tui::key::Key;
use crate::tui::page::{Line, Page};
use crate::tui::popups::{Confirm, Reply};
use crate::tui::screen::Wishes;
use crate::tui::theme::Tone;
use crate::words::{Value, Words};

/// The drafts, and the one that is shown.
#[derive(Clone, Debug, Default)]
pub struct LeftDrafts {
    drafts: Vec<LeftDraft>,
    at: usize,
}

const NEXT: Key = Key::char('n');
const DISCARD: Key = Key::char('x');

impl LeftDrafts {
    /// Shows the first of these, if there is one. A form in which something is typed is not disturbed: the person hears
    /// that there are drafts, and they wait.
    pub fn found(&mut self, drafts: &[LeftDraft], form: &Form, wishes: &mut Wishes<'_>) {
        *self = LeftDrafts { drafts: drafts.to_vec(), at: 0 };
        self.drafts.retain(|left| !form.read_back(&left.draft.values).is_empty());
        if !form.is_dirty() {
            self.offer(form, wishes);
        } else if !self.drafts.is_empty() {
            let args = [("n", Value::from(self.drafts.len()))];
            wishes.toast_warn(wishes.words.format("tui-draft-waits", &args));
            self.drafts.clear();
        }
    }

    /// A question of these was answered: the draft that is to go on, if that is the answer.
    pub fn reply(&mut self, reply: &Reply, form: &Form, wishes: &mut Wishes<'_>) -> Option<LeftDraft> {
        let (offer, discard) = (tag("draft", form), tag("draft discard", form));
        match reply {
            Reply::Confirmed { tag } if *tag == offer => {
                let taken = self.drafts.get(self.at).cloned();
                self.drafts.clear();
                return taken;
            }
            Reply::Picked { tag, idx } if *tag == offer => {
                if self.drafts.len() > 1 && *idx == 0 {
                    self.at = (self.at + 1) % self.drafts.len();
                    self.offer(form, wishes);
                } else {
                    self.ask_discard(form, wishes);
                }
            }
            Reply::Dismissed { tag } if *tag == offer => self.drafts.clear(),
            Reply::Confirmed { tag } if *tag == discard => {
                let id = self.drafts.remove(self.at).id;
                wishes.run(DRAFT, Task::DiscardDraft { form: form.name.clone(), id });
                wishes.toast_good(wishes.words.text("tui-draft-discarded"));
                self.at = 0;
                self.offer(form, wishes);
            }
            Reply::Dismissed { tag } if *tag == discard => self.offer(form, wishes),
            _ => {}
        }
        None
    }

    fn offer(&self, form: &Form, wishes: &mut Wishes<'_>) {
        let Some(left) = self.drafts.get(self.at) else { return };
        let words = wishes.words;
        let args = [
            ("at", Value::from(left.left_at.as_str())),
            ("no", Value::from(self.at + 1)),
            ("of", Value::from(self.drafts.len())),
        ];
        let key = if self.drafts.len() > 1 { "tui-draft-found-several" } else { "tui-draft-found" };
        let body = body(left, form, words.format(key, &args), words);
        let mut offer = Confirm::new(tag("draft", form), body, words.text("tui-draft-take"), None)
            .or_else(words.text("tui-draft-later"));
        if self.drafts.len() > 1 {
            offer = offer.or(NEXT, words.text("tui-draft-next"));
        }
        wishes.popup(offer.or(DISCARD, words.text("tui-draft-discard")));
    }

    fn ask_discard(&self, form: &Form, wishes: &mut Wishes<'_>) {
        let Some(left) = self.drafts.get(self.at) else { return };
        let words = wishes.words;
        let body = body(left, form, words.text("tui-draft-discard-question"), words);
        let yes = words.text("tui-draft-discard");
        let ask = Confirm::new(tag("draft discard", form), body, yes, Some(DISCARD));
        wishes.popup(ask.or_else(words.text("tui-draft-keep")));
    }
}

fn tag(what: &str, form: &Form) -> String {
    format!("{what} {}", form.name)
}

/// What a draft holds, label and text as the form shows them.
fn body(left: &LeftDraft, form: &Form, heading: String, words: &Words) -> Page {
    let mut lines = vec![Line::text(&heading)];
    for said in form.read_back(&left.draft.values) {
        let label = Line::toned(&format!("  {}: ", said.label), Tone::Dim);
        let text = if said.text.is_empty() { words.text("forms-compare-empty") } else { said.text };
        lines.push(if said.is_personal {
            label.then_personal(&text, Tone::Plain)
        } else {
            label.then(&text, Tone::Plain)
        });
    }
    Page { title: form.title.clone(), lines }
}
