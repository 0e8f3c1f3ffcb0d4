//! Room for a transaction: new work leaves some, and what brings work to an end may use the ballast up.

use crate::store::ballast::{self, BALLAST_BYTES, Ballast, RELEASE_BELOW_BYTES};
use crate::store::error::{Doing, StoreError};
use crate::store::record::{Entry, Stamp, Transaction};

use super::Ledger;

impl Ledger {
    /// Writes one transaction if there is room for it.
    pub(super) fn append_where_room(
        &mut self,
        stamp: &Stamp<'_>,
        entries: &[Entry],
    ) -> Result<Transaction, StoreError> {
        if !entries.is_empty() && entries.iter().all(|entry| ballast::is_finishing(&entry.op)) {
            return self.append_to_the_last(stamp, entries);
        }
        let ballast = self.ballast()?;
        self.check_room(ballast)?;
        if ballast == Ballast::Missing
            && let Err(error) = ballast::make(&*self.disk, &self.layout)
        {
            tracing::warn!(%error, "no space is set aside");
        }
        match self.append(stamp, entries) {
            Err(error) if error.is_full() => Err(StoreError::DiskFull { free_bytes: self.free_bytes()? }),
            appended => appended,
        }
    }

    /// Writes what only brings something to an end, with the ballast's room if there is no other.
    fn append_to_the_last(
        &mut self,
        stamp: &Stamp<'_>,
        entries: &[Entry],
    ) -> Result<Transaction, StoreError> {
        if self.free_bytes()? < RELEASE_BELOW_BYTES {
            ballast::release(&*self.disk, &self.layout);
        }
        match self.append(stamp, entries) {
            // A share of the disk may be full where the disk is not.
            Err(error) if error.is_full() && ballast::release(&*self.disk, &self.layout) => {
                self.append(stamp, entries)
            }
            Err(error) if error.is_full() => Err(StoreError::DiskFull { free_bytes: self.free_bytes()? }),
            appended => appended,
        }
    }

    /// Whether there is room for new work; as long as the ballast is gone there must be room for it, too.
    pub(super) fn check_room(&self, ballast: Ballast) -> Result<(), StoreError> {
        let free_bytes = self.free_bytes()?;
        let for_ballast = if ballast == Ballast::Missing { BALLAST_BYTES } else { 0 };
        if free_bytes < self.tuning.free_min_bytes + for_ballast {
            return Err(StoreError::DiskFull { free_bytes });
        }
        Ok(())
    }

    pub(super) fn ballast(&self) -> Result<Ballast, StoreError> {
        let root = self.layout.root();
        ballast::ballast(&*self.disk, &self.layout).doing("look at", root)
    }

    fn free_bytes(&self) -> Result<u64, StoreError> {
        let root = self.layout.root();
        Ok(self.disk.file_system(root).doing("look at", root)?.free_bytes)
    }
}
