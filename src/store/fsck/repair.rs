//! Makes caches and marks anew from the truth, when all of the truth is whole.

use std::path::Path;
use std::sync::Arc;

use crate::store::disk::{Disk, machine};
use crate::store::error::{Doing, StoreError};
use crate::store::format::{Format, Layout};
use crate::store::ledger::Mode;
use crate::store::manifest::Manifest;
use crate::store::place;
use crate::store::record::{Actor, Moment};
use crate::store::store::Store;
use crate::store::verify::{self, Depth, Progress};

use super::{FsckProblem, Look, Trouble, fsck_on};

/// What became of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Repaired {
    /// Marks and caches are made anew.
    Yes,
    /// Nothing was touched: the truth is damaged, or a newer program wrote it, so that nothing may be made from it.
    No,
}

/// Makes good what may be made good: the lower half's marks, and MANIFEST and parts from the truth. It looks at all of
/// the truth first, batches too, and touches nothing when it is not whole.
pub fn repair(
    dir: &Path,
    actor: &Actor,
    now: Moment,
    progress: Progress<'_>,
) -> Result<Repaired, StoreError> {
    repair_on(&machine(dir), dir, actor, now, progress)
}

/// The same on another disk.
pub fn repair_on(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    actor: &Actor,
    now: Moment,
    progress: Progress<'_>,
) -> Result<Repaired, StoreError> {
    place::check(&**disk, &Layout::new(dir), Mode::Write)?;
    let found = fsck_on(disk, dir, Depth::Full, progress)?;
    if found.problems.iter().any(FsckProblem::forbids_repair) {
        return Ok(Repaired::No);
    }
    if !verify::mend(&**disk, dir, progress)?.is_whole() {
        return Ok(Repaired::No);
    }
    let path = Layout::new(dir).manifest();
    match disk.unlink(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).doing("remove", &path);
        }
        _ => {}
    }
    for bad in found.problems.iter().filter(|problem| problem.code == Trouble::KeptSums.id()) {
        let path = dir.join(&bad.place);
        disk.unlink(&path).doing("remove", &path)?;
    }
    let store = Store::open_on(Arc::clone(disk), dir, Mode::Write)?;
    store.compact(actor, now)?;
    store.keep_seals()?;
    drop_wrong_sidecars(disk, dir)?;
    Ok(Repaired::Yes)
}

/// Takes wrong sidecars away; whoever asks next makes them anew.
fn drop_wrong_sidecars(disk: &Arc<dyn Disk>, dir: &Path) -> Result<(), StoreError> {
    let layout = Layout::new(dir);
    let Some(manifest) = Manifest::read(&**disk, &layout) else { return Ok(()) };
    let format = Format::read(&**disk, &layout)?;
    let look = Look { disk, dir, format, layout, depth: Depth::Full };
    let mut files = manifest.files;
    files.extend(manifest.batches);
    for (place, _) in look.wrong_sidecars(&files)? {
        let path = dir.join(place);
        match disk.unlink(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).doing("remove", &path);
            }
            _ => {}
        }
    }
    Ok(())
}
