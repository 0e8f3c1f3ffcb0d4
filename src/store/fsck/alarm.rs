//! What is found wrong with the truth stops everybody who writes, also those who have the store open.

use std::path::Path;

use crate::store::disk::{Disk, machine};
use crate::store::error::StoreError;
use crate::store::format::Layout;
use crate::store::lock::{poison, put_poison};

use super::{Fsck, Trouble};

/// Whether the store was marked read-only for what was found.
#[derive(Debug)]
#[must_use]
pub enum Marked {
    /// Nothing was found that asks for it.
    NotNeeded,
    /// It is now.
    Now,
    /// It was before.
    Before,
    /// It could not be marked: whoever looked may not write here.
    Failed(StoreError),
}

/// Puts `lock/POISON` in place when the truth was found damaged, so that desks that are open stop writing too: their own
/// look goes to the end of the journal and not behind the base. A fault of the books (a number missing or given twice) and
/// an anchor that does not hold do not ask for it: the one is no damage, the other may be a wrong file.
pub fn alarm(dir: &Path, found: &Fsck) -> Marked {
    alarm_on(&*machine(dir), dir, found)
}

/// The same on another disk.
pub fn alarm_on(disk: &dyn Disk, dir: &Path, found: &Fsck) -> Marked {
    let from_outside = [Trouble::AnchorDiffers.id(), Trouble::AnchorBeyond.id(), Trouble::Format.id()];
    let cause =
        found.problems.iter().find(|problem| problem.is_of_truth() && !from_outside.contains(&problem.code));
    let Some(cause) = cause else { return Marked::NotNeeded };
    let layout = Layout::new(dir);
    match poison(disk, &layout) {
        Ok(Some(_)) => return Marked::Before,
        Ok(None) => {}
        Err(error) => return Marked::Failed(error),
    }
    match put_poison(disk, &layout, &format!("fsck: {} {}", cause.code, cause.place)) {
        Ok(()) => Marked::Now,
        Err(error) => Marked::Failed(error),
    }
}
