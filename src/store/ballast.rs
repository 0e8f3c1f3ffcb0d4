//! Space set aside while there is some, so that on a full disk work in hand can still be brought to an end: a voucher
//! voided or paid, a case or a month closed. New work is refused then; it would only use up what the end needs.

use std::io;

use super::disk::{Disk, Sharing};
use super::format::Layout;

/// How much is set aside: thousands of such transactions.
pub const BALLAST_BYTES: u64 = 4 << 20;

/// Below this much room the ballast is given up for work that only brings something to an end.
pub(crate) const RELEASE_BELOW_BYTES: u64 = 256 << 10;

/// What brings something to an end, by the `op` of its record.
const FINISHING: [&str; 6] = [
    "voucher.voided",
    "voucher.paid",
    "voucher.payment_returned",
    "claim.state_set",
    "office.month_closed",
    "store.recovered",
];

/// Whether a record only brings something to an end.
pub(crate) fn is_finishing(op: &str) -> bool {
    FINISHING.contains(&op)
}

/// Whether there is ballast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ballast {
    /// It is there, with all its blocks.
    Kept,
    /// It was given up, or never made.
    Missing,
    /// This disk has no blocks to set aside.
    Impossible,
}

/// Whether a store has its ballast.
pub fn ballast(disk: &dyn Disk, layout: &Layout) -> io::Result<Ballast> {
    match disk.facts(&layout.ballast()) {
        Ok(Some(facts)) if facts.allocated_bytes >= BALLAST_BYTES => Ok(Ballast::Kept),
        Ok(Some(_)) => Ok(Ballast::Missing),
        Ok(None) => Ok(Ballast::Impossible),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ballast::Missing),
        Err(error) => Err(error),
    }
}

/// Sets the space aside anew. It is no truth, so that its failure is nobody's.
pub(crate) fn make(disk: &dyn Disk, layout: &Layout) -> io::Result<()> {
    let temporary = layout.root().join(format!(".reserve.bin.{}.0.new", std::process::id()));
    // A leftover of the same number is a dead process's.
    let _ = disk.unlink(&temporary);
    let made = disk.allocate(&temporary, BALLAST_BYTES, Sharing::Group);
    if let Err(error) = made.and_then(|()| disk.rename(&temporary, &layout.ballast())) {
        let _ = disk.unlink(&temporary);
        return Err(error);
    }
    disk.sync_dir(layout.root())
}

/// Gives the space up; whether there was any.
pub(crate) fn release(disk: &dyn Disk, layout: &Layout) -> bool {
    let is_released = disk.unlink(&layout.ballast()).is_ok();
    if is_released {
        tracing::warn!("the disk is full: the ballast is given up");
    }
    is_released
}

/// Whether an error says that the disk, or this user's share of it, is full.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
