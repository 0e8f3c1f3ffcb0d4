//! One handle on the journal: open it, catch up with what others wrote, commit. Knows no business rule; what a
//! transaction means, and whether it may happen, is decided by the closure given to [`Ledger::commit`].

mod commit;
mod create;
mod keys;
mod rest;
mod room;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::disk::{Disk, Locality};
use super::error::{Damage, Doing, Fault, Standing, StoreError};
use super::format::{Format, Layout};
use super::journal::{
    Cursor, FRAME_BYTES, Place, Stop, Until, ends_at, found_again, read_transaction_at, seal_finished, walk,
};
use super::lock::poison;
use super::record::{Head, IdempotencyKey, Moment, Transaction};
use super::watermark::{Watermark, read_slots};

pub(crate) use commit::OP_RECOVERED;
pub use create::create;
pub use keys::{KEY_MEMORY_DAYS, KnownKey};

use keys::Keys;

/// What a handle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reading: takes no lock and changes nothing on the disk.
    Read,
    /// Reading and committing.
    Write,
}

/// The figures of a handle. They are measured in `store.md`'s promises and changed only by tests.
#[derive(Debug, Clone, Copy)]
pub struct Tuning {
    /// A segment that has this many bytes is followed by a new one.
    pub segment_max_bytes: u64,
    /// A commit needs this much free space.
    pub free_min_bytes: u64,
    /// How long a commit waits for the writer's lock.
    pub patience: Duration,
    /// A frame of a sealed segment ends with the first line that takes it over this many bytes.
    pub seal_frame_bytes: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            segment_max_bytes: 64 << 20,
            free_min_bytes: 4 << 20,
            patience: Duration::from_secs(5),
            seal_frame_bytes: FRAME_BYTES,
        }
    }
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// Its transaction is on the disk now.
    Fresh(Transaction),
    /// The same key had been committed before: this is that transaction, and the closure was not asked.
    Repeated(Transaction),
}

impl Committed {
    /// The command's transaction.
    pub fn transaction(&self) -> &Transaction {
        match self {
            Self::Fresh(transaction) | Self::Repeated(transaction) => transaction,
        }
    }
}

/// Takes transactions as they are read.
type Take<'a> = &'a mut dyn FnMut(Transaction);

/// A handle on the journal.
///
/// Every transaction is handed over exactly once and in order: either by [`Ledger::catch_up`] or as the slice given to
/// the closure of [`Ledger::commit`]. That holds for one's own transactions, too: after a commit, `catch_up` gives it.
#[derive(Debug)]
pub struct Ledger {
    disk: Arc<dyn Disk>,
    layout: Layout,
    format: Format,
    mode: Mode,
    tuning: Tuning,
    /// Everything before it is read, verified and in `pending` or handed over.
    cursor: Cursor,
    /// Read, and not handed over yet.
    pending: Vec<Transaction>,
    keys: Keys,
    standing: Standing,
}

impl Ledger {
    /// Opens the store in a folder, at the beginning of its journal. Nothing of the journal is read yet.
    pub fn open(disk: Arc<dyn Disk>, root: &Path, mode: Mode) -> Result<Self, StoreError> {
        let layout = Layout::new(root);
        let format = Format::read(&*disk, &layout)?;
        let place = disk.file_system(root).doing("look at", root)?;
        if place.locality == Locality::Network {
            return Err(StoreError::NetworkFileSystem(root.to_path_buf()));
        }
        let cursor = Cursor::beginning(&format.store_id);
        let standing = match poison(&*disk, &layout)? {
            Some(reason) => Standing::Poisoned(reason),
            None => Standing::Sound,
        };
        let (tuning, pending, keys) = (Tuning::default(), Vec::new(), Keys::default());
        Ok(Self { disk, layout, format, mode, tuning, cursor, pending, keys, standing })
    }

    /// Opens the store right behind a place that was kept from an earlier handle (the MANIFEST's). When that record does
    /// not end there, or was never acknowledged, it says [`StoreError::CheckpointMismatch`]: then open at the beginning.
    pub fn open_at(
        disk: Arc<dyn Disk>,
        root: &Path,
        mode: Mode,
        checkpoint: Cursor,
    ) -> Result<Self, StoreError> {
        let mut ledger = Self::open(disk, root, mode)?;
        let mark = read_slots(&*ledger.disk, &ledger.layout)?.newest();
        let is_acknowledged = mark.is_none_or(|mark| mark.position >= checkpoint.position);
        let checkpoint = found_again(&*ledger.disk, &ledger.layout, checkpoint)?;
        if !is_acknowledged || !ends_at(&*ledger.disk, &ledger.layout, &checkpoint)? {
            return Err(StoreError::CheckpointMismatch);
        }
        ledger.cursor = checkpoint;
        Ok(ledger)
    }

    /// The same handle with other figures.
    pub fn with_tuning(mut self, tuning: Tuning) -> Self {
        self.tuning = tuning;
        self
    }

    /// Reads what was acknowledged since the last time, verified, without a lock. On damage it gives what stands before
    /// it, and [`Ledger::standing`] tells.
    pub fn catch_up(&mut self) -> Result<Vec<Transaction>, StoreError> {
        self.refresh()?;
        Ok(std::mem::take(&mut self.pending))
    }

    /// The same, one by one: for reading a long journal without holding all of it.
    pub fn catch_up_each(&mut self, mut take: impl FnMut(Transaction)) -> Result<(), StoreError> {
        std::mem::take(&mut self.pending).into_iter().for_each(&mut take);
        self.refresh_into(&mut take)
    }

    /// How the store stood when it was last looked at.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The last record read and verified, and where the next line will begin: a checkpoint for [`Ledger::open_at`].
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The last record read and verified.
    pub fn head(&self) -> Head {
        self.cursor.head
    }

    /// What `FORMAT` says.
    pub fn format(&self) -> &Format {
        &self.format
    }

    /// The names in the store's folder.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The disk it lies on.
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// The keys of the last thirty days that this handle knows, oldest first: for the MANIFEST to keep.
    pub fn known_keys(&self) -> impl Iterator<Item = KnownKey> + '_ {
        self.keys.iter()
    }

    /// Adds keys from before the checkpoint, oldest first: from the MANIFEST.
    pub fn remember(&mut self, keys: impl IntoIterator<Item = KnownKey>) {
        keys.into_iter().for_each(|known| self.keys.insert(known));
    }

    /// The stored transaction of a key that is still remembered at `now`.
    pub fn stored(&self, key: &IdempotencyKey, now: Moment) -> Result<Option<Transaction>, StoreError> {
        match self.keys.place(key, now) {
            None => Ok(None),
            Some(place) => read_transaction_at(&*self.disk, &self.layout, place, key).map(Some),
        }
    }

    /// Seals every finished segment, without the writer's lock; answers how many plain ones went. The caller sees to it
    /// that nobody else does so at the same time (`lock/compact.lock`).
    pub fn seal(&self) -> Result<usize, StoreError> {
        let Some(mark) = read_slots(&*self.disk, &self.layout)?.newest() else { return Ok(0) };
        let frame_bytes = self.tuning.seal_frame_bytes;
        seal_finished(&*self.disk, &self.layout, &self.format.store_id, mark.position, frame_bytes)
    }

    /// Reads on to the watermark; what is read becomes pending.
    fn refresh(&mut self) -> Result<(), StoreError> {
        let mut pending = std::mem::take(&mut self.pending);
        let refreshed = self.refresh_into(&mut |transaction| pending.push(transaction));
        self.pending = pending;
        refreshed
    }

    /// Reads on to the watermark.
    fn refresh_into(&mut self, take: Take<'_>) -> Result<(), StoreError> {
        let poison = poison(&*self.disk, &self.layout)?;
        self.standing = match read_slots(&*self.disk, &self.layout)?.newest() {
            Some(mark) => self.walk_to_mark(&mark, take)?,
            None => match self.walk(Until::End, take)? {
                Stop::Damage(damage) => Standing::Damaged(damage),
                Stop::Newer(version) => Standing::Newer(version),
                Stop::Reached | Stop::Tail(_) => Standing::NoWatermark,
            },
        };
        if let (Standing::Sound, Some(reason)) = (&self.standing, poison) {
            self.standing = Standing::Poisoned(reason);
        }
        // A newer program has said that ours must not write: told before anybody types a form in vain.
        if let (Standing::Sound, Err(StoreError::Newer(version))) =
            (&self.standing, self.format.check_writable())
        {
            self.standing = Standing::Newer(version);
        }
        Ok(())
    }

    /// Reads on to a watermark, which must stand at a transaction's end.
    fn walk_to_mark(&mut self, mark: &Watermark, take: Take<'_>) -> Result<Standing, StoreError> {
        if mark.position > self.cursor.position {
            match self.walk(Until::Place(mark.position), take)? {
                Stop::Reached => {}
                Stop::Damage(damage) => return Ok(Standing::Damaged(damage)),
                Stop::Newer(version) => return Ok(Standing::Newer(version)),
                Stop::Tail(fault) => return Ok(Standing::Damaged(self.damage_here(fault))),
            }
        }
        if mark.position == self.cursor.position && !mark.names(&self.cursor.head) {
            return Ok(Standing::Damaged(self.damage_here(Fault::Watermark)));
        }
        Ok(Standing::Sound)
    }

    fn damage_here(&self, fault: Fault) -> Damage {
        Damage { at: self.cursor.position, seq: self.cursor.head.seq + 1, fault }
    }

    /// Walks on; the keys of whole transactions become known, and the transactions are taken.
    fn walk(&mut self, until: Until, take: Take<'_>) -> Result<Stop, StoreError> {
        let Self { disk, layout, format, cursor, keys, .. } = self;
        let mut sink = |transaction: Transaction, place: Place| {
            keys.insert(KnownKey { key: transaction.key.clone(), at: transaction.at, place });
            take(transaction);
        };
        walk(&**disk, layout, &format.store_id, cursor, until, &mut sink)
    }
}
