//! Bulk imports and their one line in the journal.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::period::Period;
use crate::store::batch::{Batch, BatchCounts, Finished, IDS_RESERVED};
use crate::store::error::{CommitError, Doing, StoreError};
use crate::store::ledger::{self, Ledger};
use crate::store::manifest::{FileEntry, FileShape};
use crate::store::parts::KeyKind;
use crate::store::record::{Actor, Entry, Hash, IdempotencyKey, Moment, Stamp, Transaction};
use crate::store::tables::Table;
use crate::store::totals::TallyShape;
use crate::store::view::{BatchShape, OP_BATCH, OP_RESERVED, ReservedShape, View};

use super::Store;
use super::secret::fresh_secret;

/// What became of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Number of the record that names its files.
    pub seq: u64,
    /// What it brought; nothing when it was repeated.
    pub counts: BatchCounts,
    /// The view with it.
    pub view: View,
    /// Whether it had been done before, by the same key.
    pub repeated: bool,
}

/// Why an import did not happen. What it wrote is named by no line and swept later.
#[derive(Debug, thiserror::Error)]
pub enum ImportError<E> {
    /// Whoever filled the batch stopped.
    #[error("stopped")]
    Stopped(E),
    /// Meanwhile somebody used a claim number or a voucher code that the batch brings.
    #[error("{0} was used meanwhile")]
    Taken(String),
    /// Meanwhile somebody closed a month, or opened one again: what the batch brings may belong elsewhere.
    #[error("the first open month became {0}")]
    Months(Period),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What stops the last step, under the lock.
enum Stop {
    Taken(String),
    Months(Period),
    Store(StoreError),
}

impl Store {
    /// Does a bulk import: the closure fills the batch, without a lock; then the one line is written that makes it true.
    pub fn import<F, E>(
        &self,
        key: &IdempotencyKey,
        actor: &Actor,
        now: Moment,
        f: F,
    ) -> Result<Imported, ImportError<E>>
    where
        F: FnOnce(&View, &mut Batch) -> Result<(), E>,
    {
        self.refresh()?;
        // The lock is let go before the view is read on.
        let done = self.locked()?.stored(key, now)?;
        if let Some(done) = done {
            self.refresh()?;
            return Ok(Imported {
                seq: done.first_seq(),
                counts: BatchCounts::default(),
                view: self.view(),
                repeated: true,
            });
        }
        let first = self.reserve(key, actor, now)?;
        let view = self.view();
        let keyed = view.state().base.keyed.clone();
        let office = view.office().clone();
        let first_open = office.first_open;
        let mut batch = Batch::new(Arc::clone(&self.disk), self.layout.clone(), keyed, office, first);
        f(&view, &mut batch).map_err(ImportError::Stopped)?;
        let finished = batch.finish()?;
        let counts = finished.counts;
        let mut lookout = Lookout::behind(&view);
        // What others brought while the batch was filled is looked at before the lock; under it there is hardly more.
        self.refresh()?;
        if let Some(number) = lookout.taken(&self.view(), &finished)? {
            return Err(ImportError::Taken(number));
        }
        let transaction = self.name_files(key, actor, now, &finished, &mut lookout, first_open)?;
        let view = self.view();
        if view.state().is_bare() {
            // Nothing waits in the overlay, so that the MANIFEST can cover the batch at once. It is a cache: if it
            // cannot be written, the next handle reads the journal.
            let _ = self.checkpoint(actor, now);
        }
        Ok(Imported { seq: transaction.first_seq(), counts, view: self.view(), repeated: false })
    }

    /// Sets ids aside. An import that was interrupted and is done again by the same key gets the same ones.
    fn reserve(&self, key: &IdempotencyKey, actor: &Actor, now: Moment) -> Result<(u64, u64), StoreError> {
        let digest = Hash::of(key.as_str().as_bytes()).to_string();
        let key =
            IdempotencyKey::new(format!("reserve:{}", &digest[..32])).expect("it has the form of a key");
        let transaction = self.write_own(&key, actor, now, |view| {
            let tally = &view.state().tally;
            let shape = ReservedShape {
                next_claim: tally.next_claim + IDS_RESERVED,
                next_voucher: tally.next_voucher + IDS_RESERVED,
            };
            let data = serde_json::to_string(&shape).expect("text keys only");
            Ok(own_entry(OP_RESERVED, data))
        });
        let transaction = transaction.map_err(|stop| match stop {
            Stop::Store(error) => error,
            Stop::Taken(_) | Stop::Months(_) => unreachable!("ids are never taken"),
        })?;
        let shape: ReservedShape = serde_json::from_str(&transaction.records[0].data).map_err(|error| {
            StoreError::Undecodable { seq: transaction.first_seq(), why: error.to_string() }
        })?;
        Ok((shape.next_claim - IDS_RESERVED, shape.next_voucher - IDS_RESERVED))
    }

    fn name_files<E>(
        &self,
        key: &IdempotencyKey,
        actor: &Actor,
        now: Moment,
        finished: &Finished,
        lookout: &mut Lookout,
        first_open: Period,
    ) -> Result<Transaction, ImportError<E>> {
        let named = self.write_own(key, actor, now, |view| {
            if let Some(number) = lookout.taken(view, finished).map_err(Stop::Store)? {
                return Err(Stop::Taken(number));
            }
            if view.office().first_open != first_open {
                return Err(Stop::Months(view.office().first_open));
            }
            self.still_there(&finished.files).map_err(Stop::Store)?;
            let shape = BatchShape {
                files: finished.files.iter().map(FileShape::of).collect(),
                tally: TallyShape::of(&finished.tally),
            };
            Ok(own_entry(OP_BATCH, serde_json::to_string(&shape).expect("text keys only")))
        });
        named.map_err(|stop| match stop {
            Stop::Taken(number) => ImportError::Taken(number),
            Stop::Months(first_open) => ImportError::Months(first_open),
            Stop::Store(error) => ImportError::Store(error),
        })
    }

    /// Whether no file of a batch was taken away: one that took longer than a day to fill may have lost its first ones
    /// to a sweep, which also needs the lock.
    fn still_there(&self, files: &[FileEntry]) -> Result<(), StoreError> {
        let mut names: BTreeMap<Table, BTreeSet<String>> = BTreeMap::new();
        for entry in files {
            let path = self.root.join(&entry.path);
            let names = match names.entry(entry.table) {
                std::collections::btree_map::Entry::Occupied(listed) => listed.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    let dir = self.layout.batches(entry.table.name());
                    let items = self.disk.list(&dir).doing("list", &dir)?;
                    free.insert(items.into_iter().map(|item| item.name).collect())
                }
            };
            if !entry.path.rsplit('/').next().is_some_and(|name| names.contains(name)) {
                return Err(StoreError::Part { path, why: "swept".to_owned() });
            }
        }
        Ok(())
    }

    /// Writes one record of the store's own that stands for itself.
    pub(super) fn write_note(
        &self,
        key: &IdempotencyKey,
        op: &str,
        data: String,
        actor: &Actor,
        now: Moment,
    ) -> Result<Transaction, StoreError> {
        self.write_own(key, actor, now, |_| Ok(own_entry(op, data))).map_err(|stop| match stop {
            Stop::Store(error) => error,
            Stop::Taken(_) | Stop::Months(_) => unreachable!("a note takes no number"),
        })
    }

    /// Writes one record of the store's own.
    fn write_own(
        &self,
        key: &IdempotencyKey,
        actor: &Actor,
        now: Moment,
        make: impl FnOnce(&View) -> Result<Entry, Stop>,
    ) -> Result<Transaction, Stop> {
        let secret = fresh_secret(&*self.disk, key, now).map_err(Stop::Store)?;
        let mut ledger: std::sync::MutexGuard<'_, Ledger> = self.locked().map_err(Stop::Store)?;
        let stamp = Stamp { key, by: actor, at: now, secret };
        let mut seen = self.view();
        let cursor = ledger.cursor();
        let answer = ledger.commit(&stamp, |news| {
            let after = seen.after(news, cursor);
            seen = after.inspect_err(|_| seen.state().base.give_up()).map_err(Stop::Store)?;
            make(&seen).map(|entry| vec![entry])
        });
        seen = seen.at(seen.head(), ledger.cursor());
        self.show(&seen);
        match answer {
            Ok(ledger::Committed::Fresh(transaction)) => {
                let news = std::slice::from_ref(&transaction);
                let view = seen.after(news, ledger.cursor()).inspect_err(|_| seen.state().base.give_up());
                self.show(&view.map_err(Stop::Store)?);
                Ok(transaction)
            }
            Ok(ledger::Committed::Repeated(transaction)) => {
                drop(ledger);
                self.refresh().map_err(Stop::Store)?;
                Ok(transaction)
            }
            Err(CommitError::Refused(stop)) => Err(stop),
            Err(CommitError::Store(error)) => Err(Stop::Store(error)),
        }
    }
}

fn own_entry(op: &str, data: String) -> Entry {
    Entry { op: op.to_owned(), reference: "store".to_owned(), data, pii: String::new() }
}

/// Looks whether numbers or codes of a batch are in use meanwhile: in the overlay, and in files that came into the base
/// (another import, or a compaction of what had been in the overlay). A file is looked at once.
struct Lookout(BTreeSet<String>);

impl Lookout {
    /// What is in the base of a view need not be looked at: whoever filled the batch has seen it.
    fn behind(view: &View) -> Lookout {
        let parts =
            [Table::Claims, Table::Vouchers].into_iter().flat_map(|table| view.state().base.parts(table));
        Lookout(parts.map(|part| part.entry.path.clone()).collect())
    }

    /// A number or code of the batch that somebody uses.
    fn taken(&mut self, view: &View, finished: &Finished) -> Result<Option<String>, StoreError> {
        let state = view.state();
        let in_overlay = state.keys.iter().find_map(|(kind, key, id)| match kind {
            KeyKind::ClaimNo if finished.has_claim(*key) => {
                let claim = state.claims.get(&crate::domain::id::ClaimId::new(*id))?;
                Some(claim.row.claim_no.clone())
            }
            KeyKind::Code => {
                let voucher = state.vouchers.get(&crate::domain::id::VoucherId::new(*id))?;
                let is_taken = finished.has_code(*key, voucher.row.posted.number());
                is_taken.then(|| voucher.row.code.clone())
            }
            _ => None,
        });
        match in_overlay {
            Some(number) => Ok(Some(number)),
            None => self.in_new_files(view, finished),
        }
    }

    fn in_new_files(&mut self, view: &View, finished: &Finished) -> Result<Option<String>, StoreError> {
        let base = &view.state().base;
        for part in base.parts(Table::Claims) {
            if !self.0.contains(&part.entry.path) {
                let (key, number) = (Table::Claims.place("claim_key"), Table::Claims.place("claim_no"));
                let columns = base.columns(part, &[number, key], 0, usize::MAX / 2)?;
                let taken = columns.numbers(key).iter().position(|key| finished.has_claim(*key));
                if let Some(row) = taken {
                    return Ok(Some(columns.texts(number).get(row).to_owned()));
                }
                self.0.insert(part.entry.path.clone());
            }
        }
        for part in base.parts(Table::Vouchers) {
            if !self.0.contains(&part.entry.path) {
                let (key, code) = (Table::Vouchers.place("code_key"), Table::Vouchers.place("code"));
                let columns = base.columns(part, &[code, key], 0, usize::MAX / 2)?;
                let is_taken = |key: &i64| finished.has_code(*key, part.entry.month);
                if let Some(row) = columns.numbers(key).iter().position(is_taken) {
                    return Ok(Some(columns.texts(code).get(row).to_owned()));
                }
                self.0.insert(part.entry.path.clone());
            }
        }
        Ok(None)
    }
}
