//! The screen's tasks, done with the real desk: one file a subject, each a few functions from a task to its answer. They
//! run on job threads; what they keep between two tasks (the order of a list) lies in the [`Bench`].
//!
//! To add a task, give it an arm in [`Bench::perform`] and a function `fn(&Bench, …, &JobContext) -> Result<Answer,
//! Trouble>`; what the desk refuses becomes a sentence by [`Bench::trouble`].

pub mod advise;
pub mod bulk;
pub mod card;
pub mod claims;
pub mod clusters;
pub mod drafts;
pub mod filters;
pub mod glance;
mod levers;
pub mod lists;
pub mod months;
pub mod moved;
mod order_lines;
pub mod orders;
pub mod report;
pub mod suggest;
pub mod sums;
pub mod today;
pub mod undo;
pub mod vouchers;
pub mod work;

use std::sync::Arc;

use crate::desk::{Desk, DeskError, sentence_of_refusal};
use crate::domain::{DocumentKind, Outcome, Refusal};
use crate::store::{IdempotencyKey, StoreError};
use crate::tui::effect::{Answer, ListName, OrderSlip, REVISION_MOVED, Task};
use crate::tui::jobs::{JobContext, Perform, Trouble};
use crate::tui::table::Order;
use crate::tui::theme::Glyphs;
use crate::words::Words;

/// What the tasks are done with.
pub struct Bench {
    /// The desk.
    pub desk: Arc<Desk>,
    /// The person's language.
    pub words: Words,
    /// The marks in cells and lines.
    pub glyphs: Glyphs,
    /// The drafts of the forms that are open here.
    pub drafts: Arc<drafts::Shelf>,
    /// The order of the claims list.
    pub claims: claims::Held,
    /// The first line's figures as they were counted last.
    pub today: today::Held,
    /// The queue and the vouchers as they were listed last.
    pub vouchers: vouchers::Held,
    /// What became of the last command for many claims.
    pub bulk: bulk::Held,
    /// The report made last.
    pub report: report::Held,
    /// The groups and the ranking made last.
    pub clusters: clusters::Held,
    /// The levers found last.
    pub levers: levers::Held,
}

/// What a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAsk {
    /// The filter expression, empty for all.
    pub filter: String,
    /// The column's id and the order; none: the list's own.
    pub sort: Option<(String, Order)>,
    /// The key of the row to be found again.
    pub keep: Option<String>,
}

impl Bench {
    /// A bench on a desk.
    pub fn new(desk: Desk, words: Words, glyphs: Glyphs) -> Self {
        Bench {
            desk: Arc::new(desk),
            words,
            glyphs,
            drafts: Arc::default(),
            claims: claims::Held::default(),
            today: today::Held::default(),
            vouchers: vouchers::Held::default(),
            bulk: bulk::Held::default(),
            report: report::Held::default(),
            clusters: clusters::Held::default(),
            levers: levers::Held::default(),
        }
    }

    /// A bench on the same desk, with the same open forms, that speaks another language.
    pub fn speaking(&self, words: Words) -> Self {
        Bench {
            desk: Arc::clone(&self.desk),
            words,
            glyphs: self.glyphs,
            drafts: Arc::clone(&self.drafts),
            claims: claims::Held::default(),
            today: today::Held::default(),
            vouchers: vouchers::Held::default(),
            bulk: bulk::Held::default(),
            report: report::Held::default(),
            clusters: clusters::Held::default(),
            levers: levers::Held::default(),
        }
    }

    /// As the jobs take it.
    pub fn into_perform(self: &Arc<Self>) -> Perform<Task, Answer> {
        let bench = Arc::clone(self);
        Arc::new(move |task, context| bench.perform(task, context))
    }

    /// Does a task.
    pub fn perform(&self, task: Task, context: &JobContext) -> Result<Answer, Trouble> {
        if let Some(answer) = work::ask_before_replacing(&task) {
            return Ok(answer);
        }
        match task {
            Task::Today => today::line(self, context),
            Task::List { list: ListName::Claims, filter, sort, keep } => {
                claims::list(self, &ListAsk { filter, sort, keep }, context)
            }
            Task::Window { list: ListName::Claims, from, n_rows } => claims::window(self, from, n_rows),
            Task::Keys { list, span } => lists::keys(self, list, span),
            Task::Outside { list, keys } => lists::outside(self, list, &keys),
            Task::Rows { list, keys } => lists::rows(self, list, keys),
            Task::Sums { list, marked } => sums::sums(self, list, marked.as_deref(), context),
            Task::Beside { list: ListName::Claims, key, number, step } => {
                claims::beside(self, &key, number, step)
            }
            Task::Claim { claim_no } => card::card(self, &claim_no),
            Task::Glance { claim_no } => glance::glance(self, &claim_no),
            Task::OpenForm { form } => {
                let (key, today) = (self.desk.new_key().as_str().to_owned(), self.desk.today());
                Ok(Answer::FormOpened { form, key, today })
            }
            Task::Advise { form, slip } if slip.what.starts_with("claim-") => {
                advise::advise(self, form, &slip)
            }
            Task::Suggest { field, typed } => suggest::suggest(self, field, typed, context),
            Task::Moved { form, claim_no, seen } => moved::moved(self, form, &claim_no, seen),
            Task::Commit(slip) if slip.what.starts_with("claim-") => orders::commit(self, slip),
            Task::SaveDraft(draft) => drafts::save(self, draft),
            Task::LeaveDraft(draft) => drafts::leave(self, draft),
            Task::DropDraft { form } => drafts::drop_draft(self, form),
            Task::LeftDrafts => drafts::all_left(self),
            Task::FindDrafts { form } => drafts::find(self, form),
            Task::TakeDraft { id, draft } => drafts::take(self, &id, draft),
            Task::DiscardDraft { form, id } => drafts::discard(self, form, &id),
            Task::Deeds => undo::deeds(self),
            Task::Commit(slip) if slip.what == undo::WHAT => undo::commit(self, slip),
            Task::PlanBulk(slip) => bulk::plan(self, slip, context),
            Task::Bulk(slip) => bulk::run(self, &slip, context),
            Task::BulkResult => Ok(bulk::result(self)),
            Task::Filters => filters::all(self, context),
            Task::KeepFilter { name, filter } => filters::keep(self, &name, &filter),
            Task::DropFilter { name } => filters::forget(self, &name),
            Task::Tidy => self.desk.tidy().map(|_| Answer::Tidied).map_err(|error| self.trouble(error)),
            other => work::perform(self, other, context),
        }
    }

    /// The key of a command: that of its form, or a new one.
    pub fn key_of(&self, slip: &OrderSlip) -> IdempotencyKey {
        IdempotencyKey::new(&slip.key).unwrap_or_else(|| self.desk.new_key())
    }

    /// Why the desk did not, as the screen says it.
    pub fn trouble(&self, error: DeskError) -> Trouble {
        match error {
            DeskError::Refused(refusal) => self.refused(&refusal),
            DeskError::Cancelled | DeskError::Store(StoreError::Cancelled) => Trouble::Cancelled,
            error @ DeskError::Filter { .. } => {
                Trouble::Refused { text: error.sentence(&self.words), field: None }
            }
            other => Trouble::Failed { text: other.sentence(&self.words) },
        }
    }

    /// A rule's no, with the form's field it is about where that is known.
    pub fn refused(&self, refusal: &Refusal) -> Trouble {
        let text = sentence_of_refusal(refusal, &self.words);
        Trouble::Refused { text, field: field_of(refusal) }
    }

    /// The trouble of what the store says.
    pub fn store_trouble(&self, error: StoreError) -> Trouble {
        self.trouble(DeskError::Store(error))
    }

    /// The mark of an outcome: half full while under treatment.
    pub fn outcome_mark(&self, outcome: Outcome) -> &'static str {
        let (unicode, ascii) = match outcome {
            Outcome::Berobat => ("◐", "~"),
            Outcome::Sembuh => ("●", "+"),
            Outcome::CacatAnatomis | Outcome::CacatFungsi | Outcome::CacatTotal => ("◆", "#"),
            Outcome::Meninggal => ("■", "x"),
        };
        match self.glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }

    /// The words of a paper.
    pub fn paper(&self, kind: DocumentKind) -> String {
        self.words.text(&kind.key())
    }

    fn unknown(&self, task: &str) -> Trouble {
        Trouble::Failed { text: self.words.format("panes-claims-no-task", &[("task", task.into())]) }
    }
}

/// The form's field that a refusal is about.
fn field_of(refusal: &Refusal) -> Option<String> {
    if let Some((_, field)) = refusal.args.iter().find(|(name, _)| *name == "field") {
        let field = field.replace('-', "_");
        // The forms of single steps have one date and call it so.
        let is_step_date = matches!(field.as_str(), "filed_date" | "outcome_date" | "determined_date");
        return Some(if is_step_date { "date".to_owned() } else { field });
    }
    let field = match refusal.code {
        "claim-no-shape" | "claim-no-taken" => "claim_no",
        "nik-shape" | "nik-letter" | "nik-date" => "id_no",
        "id-kind-unknown" => "id_kind",
        "kpj-shape" => "kpj",
        "npp-shape" => "npp",
        "icd10-shape" => "icd10",
        "duplicate-case" => "despite_duplicate",
        "birth-after-event" => "birth_date",
        "event-date-out-of-range" => "event_date",
        "stmb-without-days" | "stmb-overlaps" => "from",
        "account-shape" | "payee-account-missing" => "account",
        "reason-missing" => "note",
        "component-not-of-programme" => "component",
        "date-in-future" => "date",
        "revision-moved" => REVISION_MOVED,
        _ => return None,
    };
    Some(field.to_owned())
}
