//! Keeps a handle's view fresh: reads on what others commit, and makes the view anew when its base was replaced, is gone
//! or was found wrong.

use std::sync::MutexGuard;

use crate::store::error::{Standing, StoreError};
use crate::store::ledger::{Ledger, Mode};
use crate::store::lock::poison;
use crate::store::manifest::Manifest;
use crate::store::parts::{Alarm, Broken};
use crate::store::record::{Actor, IdempotencyKey, Moment, Stamp};
use crate::store::tables::Table;
use crate::store::view::View;

use super::secret::fresh_secret;
use super::{Store, open};

/// An overlay that has grown so far is left for a base that covers more.
const WORTH_IT: u64 = 12_000;

/// What a handle knows of the MANIFESTs it has met, each by [`Manifest::mark`].
#[derive(Debug)]
pub(super) struct Seen {
    /// The last one that was looked at.
    pub(super) looked_at: Vec<u8>,
    /// The last record that one covers; 0 before it was read.
    pub(super) covers: u64,
    /// One that names a part that is not what was written: the truth was read instead.
    pub(super) distrusted: Option<Vec<u8>>,
}

impl Store {
    /// How the store stood when it was last looked at.
    pub fn standing(&self) -> Standing {
        match self.view().state().base.broken() {
            Some(Broken::Batch(reason)) => Standing::BadBatch(reason.clone()),
            _ => self.ledger.lock().expect("no holder panics").standing().clone(),
        }
    }

    /// Reads what others have committed; tells whether the view moved.
    pub fn refresh(&self) -> Result<bool, StoreError> {
        if let Some(from) = self.outdated()? {
            return self.reload(from);
        }
        let mut ledger = self.ledger.lock().expect("no holder panics");
        let view = self.view();
        let news = ledger.catch_up()?;
        if news.is_empty() {
            return Ok(false);
        }
        // The news are handed over once: what cannot be folded now is read again from the start.
        let after = view.after(&news, ledger.cursor()).inspect_err(|_| view.state().base.give_up())?;
        self.show(&after);
        let n_done = |view: &View| view.erasures().iter().filter(|deed| deed.is_finished()).count();
        if n_done(&after) > n_done(&view) {
            // What was read of its files before is in no file any more.
            drop(ledger);
            self.reload(open::From::Manifest)?;
        }
        Ok(true)
    }

    /// Publishes what stands whole behind the watermark, and takes a torn tail off: after a power cut the last thing that
    /// was acknowledged may stand there, and whoever opens the store for work should see it. Tells whether the view moved.
    pub fn settle(&self, actor: &Actor, now: Moment) -> Result<bool, StoreError> {
        let moved = self.settle_journal(actor, now)?;
        // A seal that was not written when its month was closed: the closing is in the journal.
        if self.mode == Mode::Write && self.standing() == Standing::Sound {
            self.keep_seals()?;
            self.carry_on_if_due(actor, now);
        }
        Ok(moved)
    }

    fn settle_journal(&self, actor: &Actor, now: Moment) -> Result<bool, StoreError> {
        let key = IdempotencyKey::new("settle").expect("this has the form of a key");
        let stamp = Stamp { key: &key, by: actor, at: now, secret: fresh_secret(&*self.disk, &key, now)? };
        {
            let mut ledger = self.ledger.lock().expect("no holder panics");
            if !ledger.has_rest()? {
                return Ok(false);
            }
            ledger.settle(&stamp)?;
        }
        self.refresh()
    }

    /// The ledger, after the view was made anew if it had to be. A damaged batch stops every commit.
    pub(super) fn locked(&self) -> Result<MutexGuard<'_, Ledger>, StoreError> {
        if self.view().state().base.broken().is_some() {
            if let Some(from) = self.outdated()? {
                self.reload(from)?;
            }
            if let Some(Broken::Batch(reason)) = self.view().state().base.broken() {
                return Err(StoreError::Poisoned(reason.clone()));
            }
        }
        Ok(self.ledger.lock().expect("no holder panics"))
    }

    /// The ledger for a commit. What look-ups need is read now, since under the writer's lock everybody would wait for it;
    /// what is found wrong on the way is made anew first.
    pub(super) fn ready(&self) -> Result<MutexGuard<'_, Ledger>, StoreError> {
        let is_warm = self.view().warm().is_ok();
        let ledger = self.locked()?;
        if !is_warm {
            self.view().warm()?;
        }
        Ok(ledger)
    }

    /// What the view is to be made anew from, when it cannot stay.
    fn outdated(&self) -> Result<Option<open::From>, StoreError> {
        let view = self.view();
        let base = &view.state().base;
        match base.broken() {
            None if self.is_base_superseded(&view) => Ok(Some(open::From::Manifest)),
            None => Ok(None),
            Some(Broken::Fold) => Ok(Some(open::From::Manifest)),
            // A part may be gone because its hour is over; only one that MANIFEST still names makes MANIFEST wrong.
            Some(Broken::Part(path)) => {
                let mark = Manifest::mark(&*self.disk, &self.layout);
                let manifest = Manifest::read(&*self.disk, &self.layout);
                let names_it =
                    manifest.is_some_and(|manifest| manifest.files.iter().any(|file| file.path == *path));
                if names_it {
                    self.manifest.lock().expect("no holder panics").distrusted = Some(mark);
                    return Ok(Some(open::From::Truth));
                }
                Ok(Some(open::From::Manifest))
            }
            // The truth itself is wrong, so that nothing can be made from it until somebody has put the batch back and
            // fsck has taken POISON away.
            Some(Broken::Batch(_)) => {
                let is_mended = base.alarm() == Alarm::Poison && poison(&*self.disk, &self.layout)?.is_none();
                Ok(is_mended.then_some(open::From::Manifest))
            }
        }
    }

    /// Whether another process has made a base that covers more, and it matters: this one's overlay only grows, or parts
    /// of its base are retired and will be gone in an hour.
    fn is_base_superseded(&self, view: &View) -> bool {
        let mut seen = self.manifest.lock().expect("no holder panics");
        let mark = Manifest::mark(&*self.disk, &self.layout);
        let is_large = view.overlay_size() > WORTH_IT;
        let covered = view.state().covered.head.seq;
        if Some(&mark) == seen.distrusted.as_ref() {
            return false;
        }
        if mark == seen.looked_at {
            return is_large && seen.covers > covered;
        }
        let manifest = Manifest::read(&*self.disk, &self.layout);
        seen.looked_at = mark;
        seen.covers = manifest.as_ref().map_or(0, |manifest| manifest.cursor.head.seq);
        manifest.is_some_and(|manifest| {
            let is_ours = |path: &str| {
                let parts = Table::ALL.iter().flat_map(|table| view.state().base.parts(*table));
                parts.into_iter().any(|part| part.entry.path == path)
            };
            manifest.cursor.head.seq > covered
                && (is_large || manifest.retired.iter().any(|file| is_ours(&file.path)))
        })
    }

    /// Whether the MANIFEST was found wrong, so that a new one is due whatever the overlay's size.
    pub(super) fn distrusts_manifest(&self) -> bool {
        self.manifest.lock().expect("no holder panics").distrusted.is_some()
    }

    /// A MANIFEST of this handle's own is in place.
    pub(super) fn trust_manifest(&self) {
        let mut seen = self.manifest.lock().expect("no holder panics");
        *seen = Seen { looked_at: Manifest::mark(&*self.disk, &self.layout), covers: 0, distrusted: None };
    }

    /// Makes ledger and view anew, beside the old ones; look-ups that were there are there again before they are needed.
    pub(super) fn reload(&self, from: open::From) -> Result<bool, StoreError> {
        let was_warm = self.view().state().base.is_warm();
        let (mut fresh, view) = open::load(&self.disk, &self.root, self.mode, from)?;
        if was_warm {
            view.warm()?;
        }
        let mut ledger = self.ledger.lock().expect("no holder panics");
        let news = fresh.catch_up()?;
        let after = view.after(&news, fresh.cursor())?;
        let before = self.view();
        // A commit whose watermark could not be written is known to the old ledger alone, until the next one publishes it.
        if after.head().seq < before.head().seq && before.state().base.broken().is_none() {
            return Ok(false);
        }
        *ledger = fresh;
        self.show(&after);
        Ok(after.head() != before.head())
    }
}
