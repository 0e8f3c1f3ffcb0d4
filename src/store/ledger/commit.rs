//! The commit: durable before it is visible.

use crate::store::codec::OP_APPROVED;
use crate::store::disk::{Access, Sharing, append_all, ensure_dir, replace_file};
use crate::store::error::{CommitError, Damage, Doing, Fault, Standing, StoreError};
use crate::store::format::Format;
use crate::store::journal::{Cursor, Form, Place, Position, Segment, Stop, Until, segments};
use crate::store::lock::{WriterLock, poison, put_poison};
use crate::store::record::{
    Entry, Hash, IdempotencyKey, SegmentHeader, Stamp, Transaction, encode_segment_header, encode_transaction,
};
use crate::store::recover::{Healed, Tail, cut_tail, judge_tail, make_durable, read_tail};
use crate::store::watermark::{Watermark, read_slots, write_both, write_slot};

use super::{Committed, KnownKey, Ledger, Mode, Take};

/// What the record of a torn tail that was taken off is called.
pub(crate) const OP_RECOVERED: &str = "store.recovered";

impl Ledger {
    /// Does one command as one transaction, durably.
    ///
    /// Under the writer's lock `decide` gets every transaction that was not handed over yet, folds them, and answers
    /// what is to be written or why not. It runs at most once; it does not run when the stamp's key was committed
    /// within the last thirty days. An empty answer is a [`crate::store::record::BadEntry`].
    pub fn commit<E>(
        &mut self,
        stamp: &Stamp<'_>,
        decide: impl FnOnce(&[Transaction]) -> Result<Vec<Entry>, E>,
    ) -> Result<Committed, CommitError<E>> {
        self.check_mode()?;
        // What can be read without the lock is read before it, so that it is held for as short as can be.
        self.refresh()?;
        let _lock = self.take_lock(stamp)?;
        self.settle_locked(stamp)?;
        if let Some(stored) = self.stored(stamp.key, stamp.at)? {
            return Ok(Committed::Repeated(stored));
        }
        let news = std::mem::take(&mut self.pending);
        let entries = decide(&news).map_err(CommitError::Refused)?;
        let transaction = self.append_where_room(stamp, &entries)?;
        Ok(Committed::Fresh(transaction))
    }

    /// Does what the next commit would do first: takes the lock, catches up, takes a torn tail off, publishes what a
    /// dead writer left whole. For opening a store for work.
    pub fn settle(&mut self, stamp: &Stamp<'_>) -> Result<Option<Healed>, StoreError> {
        self.check_mode()?;
        self.refresh()?;
        let _lock = self.take_lock(stamp)?;
        self.settle_locked(stamp)
    }

    /// Whether something stands behind the watermark: a writer died between its sync and its watermark, a power cut took
    /// the watermark back, or somebody is writing just now.
    pub fn has_rest(&self) -> Result<bool, StoreError> {
        let mark = read_slots(&*self.disk, &self.layout)?.newest();
        let end = segments(&*self.disk, &self.layout)?.last().map(|last| (last.first_seq, last.stored));
        Ok(mark.map(|mark| (mark.position.segment, mark.position.offset)) != end)
    }

    /// Writes the watermark where this handle stands, and syncs it: for a new store, which nobody else writes.
    pub(crate) fn publish_durably(&self) -> Result<(), StoreError> {
        let newest = read_slots(&*self.disk, &self.layout)?.newest();
        write_both(&*self.disk, &self.layout, &self.cursor, newest.map_or(1, |mark| mark.number + 1))
    }

    /// Runs `work` under the writer's lock, after all that a commit looks at first: POISON, FORMAT, room, and the chain up
    /// to the journal's very end. `work` gets the transactions that were not handed over yet.
    pub fn exclusively<T>(
        &mut self,
        stamp: &Stamp<'_>,
        work: impl FnOnce(&[Transaction]) -> T,
    ) -> Result<T, StoreError> {
        self.check_mode()?;
        self.refresh()?;
        let _lock = self.take_lock(stamp)?;
        self.check_room(self.ballast()?)?;
        self.settle_locked(stamp)?;
        let news = std::mem::take(&mut self.pending);
        Ok(work(&news))
    }

    /// Publishes everything up to the journal's end so that no power cut takes the watermark back behind it: what is about
    /// to go is named by nothing but what stands there. News are not handed over: it is for a ledger of its own.
    pub(crate) fn publish_for_good(&mut self, stamp: &Stamp<'_>) -> Result<(), StoreError> {
        self.exclusively(stamp, |_| ())?;
        let mark = read_slots(&*self.disk, &self.layout)?.newest();
        if mark.is_none_or(|mark| mark.position < self.cursor.position) {
            return Err(StoreError::NoWatermark);
        }
        let path = self.layout.committed();
        let file = self.disk.open(&path, Access::Update).doing("open", &path)?;
        file.sync_data().map_err(|error| self.sync_failed(error))
    }

    fn check_mode(&self) -> Result<(), StoreError> {
        match self.mode {
            Mode::Write => Ok(()),
            Mode::Read => Err(StoreError::ReadOnlyHandle),
        }
    }

    fn take_lock(&self, stamp: &Stamp<'_>) -> Result<WriterLock, StoreError> {
        WriterLock::take(&*self.disk, &self.layout, stamp.by, stamp.at, self.tuning.patience)
    }

    /// Under the lock: may the store be written, and where does its journal end?
    fn settle_locked(&mut self, stamp: &Stamp<'_>) -> Result<Option<Healed>, StoreError> {
        let mut pending = std::mem::take(&mut self.pending);
        let settled = self.settle_into(&mut |transaction| pending.push(transaction));
        self.pending = pending;
        let healed = settled?;
        if let Some(healed) = &healed {
            self.record_healing(stamp, healed)?;
        }
        Ok(healed)
    }

    fn settle_into(&mut self, take: Take<'_>) -> Result<Option<Healed>, StoreError> {
        self.check_store()?;
        let mark = read_slots(&*self.disk, &self.layout)?.newest();
        let Some(mark) = mark else {
            self.standing = Standing::NoWatermark;
            return Err(StoreError::NoWatermark);
        };
        self.standing = self.walk_to_mark(&mark, take)?;
        match &self.standing {
            Standing::Sound => {}
            Standing::Damaged(damage) => return Err(self.poisoned_by(StoreError::Damaged(*damage))),
            Standing::Newer(version) => return Err(StoreError::Newer(*version)),
            Standing::Poisoned(reason) | Standing::BadBatch(reason) => {
                return Err(StoreError::Poisoned(reason.clone()));
            }
            Standing::NoWatermark => return Err(StoreError::NoWatermark),
        }
        let healed = self.walk_to_end(take)?;
        if self.cursor.position != mark.position {
            self.adopt(&mark)?;
        }
        Ok(healed)
    }

    /// POISON, FORMAT.
    fn check_store(&mut self) -> Result<(), StoreError> {
        if let Some(reason) = poison(&*self.disk, &self.layout)? {
            self.standing = Standing::Poisoned(reason.clone());
            return Err(StoreError::Poisoned(reason));
        }
        let format = Format::read(&*self.disk, &self.layout)?;
        if format.store_id != self.format.store_id {
            return Err(StoreError::AnotherStore);
        }
        self.format = format;
        if let Err(error) = self.format.check_writable() {
            self.standing = Standing::Newer(self.format.min_writer);
            return Err(error);
        }
        if let Some(raised) = self.format.raised() {
            raised.write(&*self.disk, &self.layout)?;
            self.format = raised;
        }
        Ok(())
    }

    /// Reads on behind the watermark to the end; takes off what an interrupted write left there.
    fn walk_to_end(&mut self, take: Take<'_>) -> Result<Option<Healed>, StoreError> {
        match self.walk(Until::End, take)? {
            Stop::Reached => Ok(None),
            Stop::Newer(version) => {
                self.standing = Standing::Newer(version);
                Err(StoreError::Newer(version))
            }
            Stop::Damage(damage) => Err(self.damaged(damage)),
            Stop::Tail(_) => self.take_tail_off(),
        }
    }

    fn take_tail_off(&mut self) -> Result<Option<Healed>, StoreError> {
        let segment = self.current_segment()?;
        let tail = read_tail(&*self.disk, &segment, &self.cursor)?;
        match judge_tail(&tail, self.cursor.position.offset, self.cursor.head) {
            Tail::Clean => Ok(None),
            Tail::Torn => cut_tail(&*self.disk, &self.layout, &segment, &self.cursor, &tail).map(Some),
            Tail::Newer(version) => {
                self.standing = Standing::Newer(version);
                Err(StoreError::Newer(version))
            }
            Tail::Damage { offset, fault } => {
                let mut damage = self.damage_here(fault);
                damage.at.offset += offset;
                Err(self.damaged(damage))
            }
        }
    }

    fn damaged(&mut self, damage: Damage) -> StoreError {
        self.standing = Standing::Damaged(damage);
        self.poisoned_by(StoreError::Damaged(damage))
    }

    /// Puts POISON in place for an error. If even that fails, the error is still told, and the next writer will meet
    /// the same cause.
    fn poisoned_by(&self, error: StoreError) -> StoreError {
        let _ = put_poison(&*self.disk, &self.layout, &error.to_string());
        error
    }

    fn current_segment(&self) -> Result<Segment, StoreError> {
        let here = self.cursor.position.segment;
        let missing = || StoreError::Damaged(self.damage_here(Fault::MissingSegment));
        let found = segments(&*self.disk, &self.layout)?.into_iter().find(|s| s.first_seq == here);
        // A sealed one is not written to: the segment that followed it is gone.
        found.filter(|segment| segment.form == Form::Plain).ok_or_else(missing)
    }

    /// Publishes whole transactions behind the watermark: a writer died, or the power failed, between its write and its
    /// watermark.
    fn adopt(&mut self, mark: &Watermark) -> Result<(), StoreError> {
        make_durable(&*self.disk, &self.layout, mark.position, self.cursor.position)
            .map_err(|error| self.sync_failed(error))?;
        self.publish(mark.number + 1);
        Ok(())
    }

    fn record_healing(&mut self, stamp: &Stamp<'_>, healed: &Healed) -> Result<(), StoreError> {
        tracing::warn!(bytes = healed.bytes, after = healed.after_seq, "an interrupted write was taken off");
        let name = healed.quarantine.file_name().unwrap_or_default().to_string_lossy();
        let data =
            format!(r#"{{"bytes":{},"after":{},"quarantine":"{name}"}}"#, healed.bytes, healed.after_seq);
        let op = OP_RECOVERED.to_owned();
        let entry = Entry { op, reference: "store".to_owned(), data, pii: String::new() };
        let digest = Hash::of(format!("{}{}", stamp.key.as_str(), name).as_bytes()).to_string();
        let key =
            IdempotencyKey::new(format!("recovered:{}", &digest[..32])).expect("this has the form of a key");
        self.append(&Stamp { key: &key, ..*stamp }, &[entry]).map(drop)
    }

    /// Writes one transaction at the end, syncs it, and publishes it.
    pub(super) fn append(&mut self, stamp: &Stamp<'_>, entries: &[Entry]) -> Result<Transaction, StoreError> {
        let (bytes, transaction) = encode_transaction(self.cursor.head, stamp, entries)?;
        let segment = self.segment_for(stamp, entries)?;
        let path = &segment.path;
        let place = Place { position: self.cursor.position, seq: transaction.first_seq() };
        let file = self.disk.open(path, Access::Append).doing("open", path)?;
        let old_len = self.cursor.position.offset;
        if file.len().doing("measure", path)? != old_len {
            return Err(StoreError::LockBroken);
        }
        if let Err(error) = append_all(&*file, &bytes) {
            // Nothing of it was promised: back to the old length, so that the next writer finds a clean end.
            let taken_back = file.set_len(old_len).and_then(|()| file.sync_all());
            return Err(match taken_back {
                Ok(()) => StoreError::NotSaved(error),
                Err(error) => self.sync_failed(error),
            });
        }
        file.sync_data().map_err(|error| self.sync_failed(error))?;
        self.cursor.position.offset += bytes.len() as u64;
        self.cursor.head = transaction.head();
        self.keys.insert(KnownKey { key: transaction.key.clone(), at: transaction.at, place });
        self.pending.push(transaction.clone());
        // Slots that cannot be read are left alone: a number made up would take the place of the newest one.
        if let Ok(slots) = read_slots(&*self.disk, &self.layout) {
            self.publish(slots.newest().map_or(1, |mark| mark.number + 1));
        }
        Ok(transaction)
    }

    /// A failed sync is final: what the kernel holds and what the disk holds may differ from now on, and asking again
    /// would be answered with a lie.
    fn sync_failed(&self, error: std::io::Error) -> StoreError {
        self.poisoned_by(StoreError::SyncFailed(error))
    }

    /// Writes the watermark. A failure takes nothing back: the transaction is durable, its writer must hear so, and the
    /// next writer publishes it.
    fn publish(&self, number: u64) {
        let _ = write_slot(&*self.disk, &self.layout, &Watermark::at(number, &self.cursor));
    }

    /// The segment to append to: the current one, or a new one when it is full, a new year has begun, or the approval of an
    /// erasure is to be the first record behind all that is erased.
    fn segment_for(&mut self, stamp: &Stamp<'_>, entries: &[Entry]) -> Result<Segment, StoreError> {
        let current = self.current_segment()?;
        let year = stamp.at.civil().year();
        let has_records = current.first_seq <= self.cursor.head.seq;
        let is_full = self.cursor.position.offset >= self.tuning.segment_max_bytes;
        let is_border = entries.iter().any(|entry| entry.op == OP_APPROVED);
        if !has_records || !(is_full || is_border || year > current.year) {
            return Ok(current);
        }
        let first_seq = self.cursor.head.seq + 1;
        let store_id = self.format.store_id.clone();
        let header =
            encode_segment_header(&SegmentHeader { first_seq, store_id, after: self.cursor.head.hash });
        let path = self.layout.segment(year.max(current.year), first_seq);
        let dir = path.parent().expect("a segment lies in its year's folder");
        ensure_dir(&*self.disk, dir, Sharing::Group).doing("make", dir)?;
        replace_file(&*self.disk, &path, &header, Sharing::Group).doing("write", &path)?;
        self.cursor = Cursor {
            position: Position { segment: first_seq, offset: header.len() as u64 },
            head: self.cursor.head,
        };
        self.current_segment()
    }
}
