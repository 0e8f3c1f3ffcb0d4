//! Carries out what two people decided: the personal data of a year leaves every file of the store. The approval is the
//! first record of a new segment, so that all that is erased lies in finished ones.
//!
//! Each step leaves a store that opens, and can be done again; what was interrupted is carried on by whoever opens the store
//! for work next, or runs the command again. The order: a base that covers the approval and a watermark that stays · the finished segments, sealed anew
//! without the fields · new batches, and the line that names them · a new base without the fields · everything that was
//! replaced goes · the line that says it is done. Nothing old goes before what takes its place is proven and named.

mod rows;
mod sweep;

use std::sync::Arc;

use serde::Deserialize;

use crate::domain::erasure::{ErasureDeed, ErasureStep, Ids, unfinished};
use crate::domain::event::{Event, OfficeEvent};
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;
use crate::store::error::{CommitError, Standing, StoreError};
use crate::store::journal::{FRAME_BYTES, erase_before, seal_finished};
use crate::store::ledger::{Ledger, Mode};
use crate::store::manifest::{FileShape, Source};
use crate::store::record::{Actor, IdempotencyKey, Moment, RawRecord, Stamp};
use crate::store::view::{OP_REPLACED, ReplacedFile, ReplacedShape};
use crate::store::watermark::read_slots;

use super::secret::fresh_secret;
use super::{Moved, Store};

pub(super) use rows::Without;

/// What became of an erasure that was to be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// None is under way.
    Nothing,
    /// Somebody else is at it, or makes a base.
    Busy,
    /// It is done.
    Done {
        /// The year.
        year: i16,
        /// Records whose personal fields were erased now.
        records: u64,
        /// Attached files that were removed now.
        documents: u64,
    },
}

impl Store {
    /// Carries out the erasure that is under way, if one is.
    pub fn carry_on_erasure(&self, actor: &Actor, now: Moment) -> Result<Erased, StoreError> {
        if self.mode == Mode::Read || unfinished(self.view().erasures()).is_none() {
            return Ok(Erased::Nothing);
        }
        let Some(_held) = self.compact_lock()? else { return Ok(Erased::Busy) };
        self.refresh()?;
        let view = self.view();
        let deeds = view.erasures();
        let Some((deed, claims, vouchers)) = unfinished(deeds) else { return Ok(Erased::Nothing) };
        if self.compact_held(actor, now, None)?.moved == Moved::No {
            return Ok(Erased::Busy);
        }
        self.publish_for_good(actor, now)?;
        let records = self.erase_segments(deed.year, claims, vouchers)?;
        let office = self.view().office().clone();
        let without = Without { store: self, claims, vouchers, office: &office };
        self.erase_batches(&without, deed.year, deeds.len(), actor, now)?;
        if self.compact_held(actor, now, Some(&without))?.moved == Moved::No {
            return Ok(Erased::Busy);
        }
        self.publish_for_good(actor, now)?;
        let beside = self.what_lies_beside(deeds)?;
        let documents = self.take_away_beside(&beside, claims, vouchers)?;
        self.finish_erasure(deed.year, deeds.len(), (records, documents), actor, now)?;
        Ok(Erased::Done { year: deed.year, records, documents })
    }

    /// The same when the store is opened for work: what cannot be done now is left to the next one.
    pub(super) fn carry_on_if_due(&self, actor: &Actor, now: Moment) {
        if self.standing() == Standing::Sound
            && let Err(error) = self.carry_on_erasure(actor, now)
        {
            tracing::warn!(%error, "the erasure of a year is not finished");
        }
    }

    /// No power cut may take the watermark back behind the approval, or behind the line that names new batches: what goes
    /// next is missed by whoever does not know of them.
    fn publish_for_good(&self, actor: &Actor, now: Moment) -> Result<(), StoreError> {
        let cursor = self.view().state().cursor;
        let mut own = Ledger::open_at(Arc::clone(&self.disk), &self.root, self.mode, cursor)?;
        let key = own_key("erase");
        let stamp = Stamp { key: &key, by: actor, at: now, secret: fresh_secret(&*self.disk, &key, now)? };
        own.publish_for_good(&stamp)
    }

    fn erase_segments(&self, year: i16, claims: &Ids, vouchers: &Ids) -> Result<u64, StoreError> {
        let mark = read_slots(&*self.disk, &self.layout)?.newest().ok_or(StoreError::NoWatermark)?;
        let store_id = self.id();
        seal_finished(&*self.disk, &self.layout, &store_id, mark.position, FRAME_BYTES)?;
        let mut border = None;
        self.log(&mut |entry| {
            if let Some(Event::Office(OfficeEvent::Erasure(deed))) = &entry.event
                && deed.year == year
                && matches!(deed.step, ErasureStep::Approved { .. })
            {
                border = Some(entry.record.seq);
            }
        })?;
        let border = border.unwrap_or(0);
        let is_meant = |raw: &RawRecord<'_>| match raw.op {
            op if op.starts_with("claim.") => claim_of(raw.data).is_some_and(|id| claims.has(id)),
            "voucher.raised" => voucher_of(raw.data).is_some_and(|id| vouchers.has(id)),
            _ => false,
        };
        erase_before(&*self.disk, &self.layout, &store_id, border, FRAME_BYTES, &is_meant)
    }

    /// Makes new batches of those that hold what is erased, and names them.
    fn erase_batches(
        &self,
        without: &Without<'_>,
        year: i16,
        n_deeds: usize,
        actor: &Actor,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut batches: Vec<_> = self.view().state().batches.iter().cloned().collect();
        let made = without.in_files(&mut batches, Source::Batch)?;
        if made.is_empty() {
            return Ok(());
        }
        let files = made.iter().map(|(old, new)| ReplacedFile {
            old: old.path.clone(),
            old_sha256: old.sha256.clone(),
            new: FileShape::of(new),
        });
        let shape = ReplacedShape { year, files: files.collect() };
        let data = serde_json::to_string(&shape).expect("text keys only");
        let last = made.last().map_or("", |(_, new)| &new.sha256[..16]);
        let key = own_key(&format!("replaced.{year}.{n_deeds}.{last}"));
        self.write_note(&key, OP_REPLACED, data, actor, now).map(drop)
    }

    fn finish_erasure(
        &self,
        year: i16,
        n_deeds: usize,
        (records, documents): (u64, u64),
        actor: &Actor,
        now: Moment,
    ) -> Result<(), StoreError> {
        let loginuid = Some(actor.loginuid).filter(|id| *id != Actor::LOGINUID_UNSET);
        let deed = ErasureDeed {
            year,
            date: now.civil().date(),
            by: actor.user.clone(),
            who: PersonId { uid: actor.uid, loginuid },
            step: ErasureStep::Finished { records, documents },
        };
        let event = Event::Office(OfficeEvent::Erasure(Box::new(deed)));
        let key = own_key(&format!("erased.{year}.{n_deeds}"));
        match self.commit(&key, actor, now, |_| Ok::<_, Refusal>(vec![event])) {
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Refused(_)) => unreachable!("nothing refuses it"),
        }
    }
}

fn own_key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).expect("it has the form of a key")
}

fn claim_of(data: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct OfClaim {
        claim: u64,
    }
    serde_json::from_str::<OfClaim>(data).ok().map(|of| of.claim)
}

fn voucher_of(data: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Raised {
        voucher: OfVoucher,
    }
    #[derive(Deserialize)]
    struct OfVoucher {
        id: u64,
    }
    serde_json::from_str::<Raised>(data).ok().map(|of| of.voucher.id)
}
