//! The handle that the desk holds: opens a store, gives its view, commits, follows others.
//!
//! A command runs its closure once, under the writer's lock, on the newest view; its events are durable before anybody
//! sees them. What the events mean for the view is folded before they are written, so that nothing can be written that
//! cannot be read.

mod as_of;
mod care;
mod compact;
mod documents;
mod drafts;
mod erase;
mod import;
mod kept;
mod log;
mod months;
mod open;
mod past;
mod reload;
mod rewrite;
mod secret;
mod status;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use crossbeam_channel::unbounded;

use crate::domain::event::{Event, OfficeEvent};
use crate::domain::refusal::Refusal;

use super::codec::{op_of, parts_of};
use super::disk::Disk;
use super::error::{CommitError, StoreError};
use super::follow::Follower;
use super::format::Layout;
use super::ledger::{self, Ledger, Mode};
use super::record::{Actor, Entry, IdempotencyKey, Moment, Stamp, Transaction};
use super::view::{FoldError, View};

pub use care::LastBackup;
pub use compact::{COMPACT_AFTER, Compacted, Moved};
pub use drafts::{Draft, Sitting};
pub use erase::Erased;
pub use import::{ImportError, Imported};
pub use log::LogEntry;
pub use past::Past;
pub use status::{Entrance, Kind, LockState, Size, Status};

pub(crate) use kept::{KEPT_SUMS, is_whole as is_whole_kept_sums};

pub(crate) use open::fresh_id;

use secret::fresh_secret;

/// A store that is open.
#[derive(Debug)]
pub struct Store {
    disk: Arc<dyn Disk>,
    root: PathBuf,
    layout: Layout,
    mode: Mode,
    ledger: Mutex<Ledger>,
    view: RwLock<View>,
    manifest: Mutex<reload::Seen>,
}

/// What became of a command.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Number of its first record.
    pub seq: u64,
    /// Its events.
    pub events: Vec<Event>,
    /// The view right after it, or a newer one.
    pub view: View,
    /// Whether it had been done before, by the same key.
    pub repeated: bool,
}

/// What stops a closure under the lock.
enum Stop {
    Refused(Refusal),
    Store(StoreError),
}

/// Follows the store until it is dropped.
#[derive(Debug)]
pub struct Following {
    follower: Option<Follower>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Following {
    fn drop(&mut self) {
        // The follower holds the sending end: without it the thread comes to its end.
        self.follower.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Store {
    /// The store's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The newest view this handle knows. Cheap.
    pub fn view(&self) -> View {
        self.view.read().expect("no writer panics").clone()
    }

    fn show(&self, view: &View) {
        *self.view.write().expect("no reader panics") = view.clone();
    }

    /// Does one command: the closure sees the newest view, under the writer's lock, and answers what happens or why not.
    /// Done before by the same key within thirty days, its events of then are given and the closure is not asked. An
    /// empty answer writes nothing.
    pub fn commit<F>(
        &self,
        key: &IdempotencyKey,
        actor: &Actor,
        now: Moment,
        f: F,
    ) -> Result<Committed, CommitError<Refusal>>
    where
        F: FnOnce(&View) -> Result<Vec<Event>, Refusal>,
    {
        let mut ledger = self.ready()?;
        let stamp = Stamp { key, by: actor, at: now, secret: fresh_secret(&*self.disk, key, now)? };
        let mut seen = self.view();
        let mut made: Option<(Vec<Event>, View)> = None;
        let cursor = ledger.cursor();
        let answer = ledger.commit(&stamp, |news| {
            let after = seen.after(news, cursor);
            seen = after.inspect_err(|_| seen.state().base.give_up()).map_err(Stop::Store)?;
            let events = f(&seen).map_err(Stop::Refused)?;
            let next_seq = seen.head().seq + 1;
            let entries = entries_of(&seen, &events).map_err(|error| Stop::Store(error.at(next_seq)))?;
            let (entries, after) = entries;
            made = Some((events, after));
            Ok(entries)
        });
        // Whatever came of it, the news were handed over and must not be lost.
        seen = seen.at(seen.head(), ledger.cursor());
        self.show(&seen);
        let transaction = match answer {
            Ok(ledger::Committed::Fresh(transaction)) => transaction,
            Ok(ledger::Committed::Repeated(transaction)) => {
                drop(ledger);
                return self.repeated(&transaction);
            }
            Err(CommitError::Store(StoreError::BadEntry(super::record::BadEntry::Empty))) => {
                return Ok(Committed {
                    seq: seen.head().seq,
                    events: Vec::new(),
                    view: seen,
                    repeated: false,
                });
            }
            Err(CommitError::Refused(Stop::Refused(refusal))) => return Err(CommitError::Refused(refusal)),
            Err(CommitError::Refused(Stop::Store(error))) | Err(CommitError::Store(error)) => {
                return Err(CommitError::Store(error));
            }
        };
        let (events, after) = made.expect("what was written was made");
        let view = after.at(transaction.head(), ledger.cursor());
        self.show(&view);
        if open::is_worth_keeping(&seen, &view) {
            open::keep(&view, &ledger);
        }
        let is_setting = |event: &Event| {
            matches!(event, Event::Office(OfficeEvent::Configured(_) | OfficeEvent::Month(_)))
        };
        if events.iter().any(is_setting) {
            open::write_settings(&*self.disk, &self.layout, view.office());
        }
        Ok(Committed { seq: transaction.first_seq(), events, view, repeated: false })
    }

    fn repeated(&self, transaction: &Transaction) -> Result<Committed, CommitError<Refusal>> {
        self.refresh()?;
        let events = log::events_of(transaction)?;
        Ok(Committed { seq: transaction.first_seq(), events, view: self.view(), repeated: true })
    }

    /// Calls back, on a thread of its own, whenever someone has committed; then [`Store::refresh`] reads it.
    pub fn follow<F>(&self, mut callback: F) -> std::io::Result<Following>
    where
        F: FnMut() + Send + 'static,
    {
        let (sender, receiver) = unbounded();
        let follower = Follower::start(Arc::clone(&self.disk), &self.root, sender)?;
        let thread = std::thread::Builder::new().name("followed".into()).spawn(move || {
            while receiver.recv().is_ok() {
                // Several at once are one.
                while receiver.try_recv().is_ok() {}
                callback();
            }
        })?;
        Ok(Following { follower: Some(follower), thread: Some(thread) })
    }
}

/// The journal's entries of some events, and the view after them.
fn entries_of(before: &View, events: &[Event]) -> Result<(Vec<Entry>, View), FoldError> {
    let after = before.with_events(events)?;
    let mut entries = Vec::with_capacity(events.len());
    for event in events {
        let (data, pii) = parts_of(event);
        let reference = reference_of(&after, event)?;
        entries.push(Entry { op: op_of(event).to_owned(), reference, data, pii });
    }
    Ok((entries, after))
}

/// The number on paper of what an event happened to.
fn reference_of(view: &View, event: &Event) -> Result<String, FoldError> {
    Ok(match event {
        Event::Claim(id, _) => {
            view.claim(*id)?.map_or(String::new(), |claim| claim.basics.claim_no.as_str().to_owned())
        }
        Event::Voucher(id, _) => {
            view.voucher(*id)?.map_or(String::new(), |voucher| voucher.code.as_str().to_owned())
        }
        Event::Company(company) => company.npp.as_str().to_owned(),
        Event::Facility(facility) => facility.name.clone(),
        Event::Office(OfficeEvent::SeriesStarted { series, .. }) => series.as_str().to_owned(),
        Event::Office(OfficeEvent::Month(deed)) => deed.month.to_string(),
        Event::Office(OfficeEvent::Erasure(deed)) => deed.year.to_string(),
        Event::Office(_) => "office".to_owned(),
    })
}
