//! Floor 4. The use cases: the only place that knows store, intake, report and analysis together, and the only wall
//! clock, user and seed. What the command line can do, the screen can do, because both ask here.

mod actor;
mod books;
mod care;
pub mod cells;
mod changes;
pub mod charts;
mod claims;
mod clock;
pub mod cluster_text;
mod companies;
mod compare_text;
pub mod config;
mod consensus_text;
pub mod course;
pub mod course_text;
pub mod demo;
pub mod documents;
mod doubts;
pub mod drafts;
mod duplicates;
pub mod entry;
pub mod erasure;
mod error;
pub mod form;
mod import;
pub mod insight;
mod kept;
pub mod keys;
pub mod levers;
pub mod months;
mod outfile;
pub mod papers;
mod payee;
mod publish;
mod queue;
mod reading;
mod recommend;
mod review_sample;
mod setup;
mod sheet;
mod tax;
pub mod techlog;
mod tidy;
mod today;
pub mod undo;
mod vouchers;

use std::path::Path;
use std::time::Instant;

use jiff::civil::Date;

use crate::domain::decide::check_not_erased;
use crate::domain::office::Approval;
use crate::domain::{Event, Office, PersonId, Refusal};
use crate::store::{Actor, CommitError, Committed, IdempotencyKey, Store, View};

pub use actor::current as current_actor;
pub use care::{Backup, check_store, read_anchors, restore_store, salvage_store, write_salvage_report};
pub use changes::ClaimChange;
pub use claims::Registered;
pub use clock::{Clock, clock_text};
pub use companies::TopProfile;
pub use compare_text::{comparison_headings, comparison_lines, comparison_rows};
pub use config::Config;
pub use consensus_text::TwoWays;
pub use doubts::Doubt;
pub use duplicates::{Lookalike, Similar};
pub use error::{DeskError, sentence_of_finding, sentence_of_problem, sentence_of_refusal};
pub use import::{ChangedRecord, Counts, ImportDone, ImportWish, Mode, Told, inspect_file};
pub use insight::{Months, ranked_claims};
pub use kept::KeptFilter;
pub use levers::lever_filter;
pub use outfile::{is_there, program_path, read_table, remove_demo, whole_path, write_file};
pub use payee::{PayeeWish, usual_kind};
pub use queue::{Bundle, Queue, WaitingLine};
pub use reading::Reading;
pub use recommend::finding;
pub use review_sample::{ReviewCase, ReviewSample, review_filter};
pub use setup::{InitAnswers, init, repair_store};
pub use sheet::clock_words;
pub use tax::withheld_text;
pub use tidy::Tidied;
pub use today::{TODAY_ITEMS, TodayCount, TodayItem, TodayLine};
pub use vouchers::{IssueWish, Issued, Proposal};

/// A desk at work: a store, a clock and a user.
pub struct Desk {
    store: Store,
    clock: Clock,
    actor: Actor,
    sums: books::LastSums,
}

impl Desk {
    /// Opens the store in `folder` for work.
    pub fn open(folder: &Path, clock: Clock) -> Result<Desk, DeskError> {
        let since = Instant::now();
        let store = Store::open(folder).map_err(DeskError::from);
        techlog::opened("work", since, &store);
        Ok(Desk::of(store?, clock, actor::current()))
    }

    /// Opens the store in `folder` to look only.
    pub fn open_to_read(folder: &Path, clock: Clock) -> Result<Desk, DeskError> {
        let since = Instant::now();
        let store = Store::open_read_only(folder).map_err(DeskError::from);
        techlog::opened("read", since, &store);
        Ok(Desk { store: store?, clock, actor: actor::current(), sums: books::LastSums::default() })
    }

    /// Opens the store in `folder` as it stood after a record, on that record's day, to look only.
    pub fn open_as_of(folder: &Path, seq: u64) -> Result<Desk, DeskError> {
        let since = Instant::now();
        let opened = Store::open_as_of(folder, seq)?;
        let (store, at) = opened.ok_or_else(|| Refusal::new("as-of-unknown").with("seq", seq))?;
        let store = Ok(store);
        techlog::opened("as-of", since, &store);
        let (clock, sums) = (Clock::Frozen(at.civil()), books::LastSums::default());
        Ok(Desk { store: store?, clock, actor: actor::current(), sums })
    }

    /// A desk over a store that is open for work, with the person who sits at it.
    pub fn of(store: Store, clock: Clock, actor: Actor) -> Desk {
        // What a dead writer or a power cut left is made good now, so that the first list shows it. A store that may not
        // be written says so at the first commit.
        let now = clock.moment(store.view().office().zone);
        if let Err(error) = store.settle(&actor, now) {
            tracing::warn!(%error, "what stands behind the watermark is left to the next commit");
        }
        Desk { store, clock, actor, sums: books::LastSums::default() }
    }

    /// The store underneath, for following, drafts and checks.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The books as known now.
    pub fn view(&self) -> View {
        self.store.view()
    }

    /// Looks what other clerks have done; whether there was anything.
    pub fn refresh(&self) -> Result<bool, DeskError> {
        Ok(self.store.refresh()?)
    }

    /// The desk's today, in the office's zone.
    pub fn today(&self) -> Date {
        self.clock.today(self.view().office().zone)
    }

    /// The clock the desk goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Who works here.
    pub fn user(&self) -> &str {
        &self.actor.user
    }

    /// The same by the ids that the system gives, which nobody can type.
    pub fn who(&self) -> PersonId {
        let loginuid = Some(self.actor.loginuid).filter(|id| *id != Actor::LOGINUID_UNSET);
        PersonId { uid: self.actor.uid, loginuid }
    }

    /// The office's settings.
    pub fn office(&self) -> Office {
        self.view().office().clone()
    }

    /// A new key for a command; the same key twice is the same command.
    pub fn new_key(&self) -> IdempotencyKey {
        clock::new_key()
    }

    /// Runs `decide` once under the writer's lock and makes what it says durable.
    fn commit<F>(&self, key: &IdempotencyKey, decide: F) -> Result<Committed, DeskError>
    where
        F: FnOnce(&View) -> Result<Vec<Event>, DeskError>,
    {
        let (since, now) = (Instant::now(), self.clock.moment(self.view().office().zone));
        // The store takes a refusal for a no; what else may stop a decision is kept beside it.
        let mut other = None;
        let answer = self.store.commit(key, &self.actor, now, |view| {
            let decided = decide(view).and_then(|events| {
                check_not_erased(view.erasures(), &events)?;
                Ok(events)
            });
            decided.map_err(|error| match error {
                DeskError::Refused(refusal) => refusal,
                error => {
                    other = Some(error);
                    Refusal::new("stopped")
                }
            })
        });
        techlog::committed(since, &answer);
        match (answer, other) {
            (_, Some(error)) => Err(error),
            (Ok(committed), None) => Ok(committed),
            (Err(CommitError::Refused(refusal)), None) => Err(refusal.into()),
            (Err(CommitError::Store(error)), None) => Err(error.into()),
        }
    }

    /// Leaves a mark in the journal that unmasked data left the desk.
    pub fn note_export(&self, what: &str, rows: usize) -> Result<(), DeskError> {
        let key = self.new_key();
        let (what, rows) = (what.to_owned(), u64::try_from(rows).unwrap_or(u64::MAX));
        let event = crate::domain::OfficeEvent::Exported { what, rows };
        self.commit(&key, |_| Ok(vec![Event::Office(event)]))?;
        Ok(())
    }

    /// Asks for a second person from now on. There is no way back by one person's hand: who could take the rule away
    /// alone could pay alone.
    pub fn set_approval(&self, approval: Approval) -> Result<(), DeskError> {
        let key = self.new_key();
        self.commit(&key, |view| {
            let before = view.office();
            if before.approval == approval {
                return Err(Refusal::new("nothing-changed").into());
            }
            if before.approval == Approval::FourEyes {
                return Err(Refusal::new("approval-stays").into());
            }
            let office = Office { approval, ..before.clone() };
            Ok(vec![Event::Office(crate::domain::OfficeEvent::Configured(Box::new(office)))])
        })?;
        Ok(())
    }
}
