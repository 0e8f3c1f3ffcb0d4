//! Keeps the store quick: what has gathered since the base goes into parts, off the clerks' way.

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::store::{Compacted, Moved, StoreError};

/// What a desk that tidies up found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tidied {
    /// Nothing to do yet.
    NotDue,
    /// Somebody else is at it, or was faster.
    ByOthers,
    /// Everything lies in the base now.
    Done(Compacted),
}

impl Desk {
    /// Compacts the store when enough has gathered. Commits go on meanwhile. That somebody else holds a lock is no
    /// error here: whoever commits next tries again. A store that may not be written is one, also when nothing is due.
    pub fn tidy(&self) -> Result<Tidied, DeskError> {
        if let Some(error) = self.store.standing().error() {
            return Err(error.into());
        }
        if !self.store.wants_compaction() {
            return Ok(Tidied::NotDue);
        }
        match self.compact() {
            Err(DeskError::Store(StoreError::Busy { .. })) => Ok(Tidied::ByOthers),
            tidied => tidied,
        }
    }

    /// Compacts the store, whether it is due or not.
    pub fn compact(&self) -> Result<Tidied, DeskError> {
        let now = self.clock.moment(self.view().office().zone);
        // What was kept of the books goes on with them; without it they are only read once more.
        if self.refresh().is_ok() && self.carry_sums(&self.view()).is_err() {
            tracing::warn!("kept sums could not be carried on");
        }
        let compacted = self.store.compact(&self.actor, now)?;
        // A seal that could not be written when its month was closed is written now, or the next time.
        let _ = self.store.keep_seals();
        Ok(match compacted.moved {
            Moved::Yes => Tidied::Done(compacted),
            Moved::No => Tidied::ByOthers,
        })
    }
}
