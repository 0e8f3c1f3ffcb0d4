//! Makes a store of a backup, in a new folder.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::anchor;
use crate::store::disk::{Disk, ItemKind, Sharing, ensure_dir, machine, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::format::Layout;
use crate::store::fsck::fsck_on;
use crate::store::journal::Cursor;
use crate::store::ledger::Mode;
use crate::store::lock::blank_note;
use crate::store::place;
use crate::store::record::{Actor, Hash, Head, Moment};
use crate::store::store::Store;
use crate::store::verify::Depth;
use crate::store::watermark::write_both;

use super::list::List;
use super::mirror::Mirror;
use super::put::{copy, is_there};
use super::{BackupFault, LIST, data_dir};

/// A store that was made of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The last record of the backup.
    pub head: Head,
    /// When the backup was made, as it says.
    pub at: String,
    /// Files that were copied.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
}

/// Makes a store of a backup in a new folder. Everything of the backup is read first, the chain and all digests, and the
/// anchors must hold; then it is copied, read back, and `FORMAT` written last, so that there is a whole store or none.
/// The journal of the new store says that it was restored.
pub fn restore(
    backup: &Path,
    into: &Path,
    anchors: &[Head],
    actor: &Actor,
    now: Moment,
) -> Result<Restored, StoreError> {
    restore_on(&machine(into), backup, into, anchors, actor, now)
}

/// The same on another disk.
pub fn restore_on(
    disk: &Arc<dyn Disk>,
    backup: &Path,
    into: &Path,
    anchors: &[Head],
    actor: &Actor,
    now: Moment,
) -> Result<Restored, StoreError> {
    let home = home_of(&**disk, backup)?;
    let list = List::read(&**disk, &home)?;
    look(disk, &home, &list, anchors)?;
    check_empty(&**disk, into)?;
    let layout = Layout::new(into);
    place::check_new(&**disk, &layout)?;
    ensure_dir(&**disk, into, Sharing::Group).doing("make", into)?;
    for item in &list.files {
        let (from, to) = (data_dir(&home).join(&item.file), into.join(&item.path));
        let sha = Hash::from_hex(item.sha256.as_bytes()).ok_or_else(|| bad(&from, BackupFault::List))?;
        copy(&**disk, &from, &to, item.bytes, &sha, Sharing::Group)?;
        let is_final = item.path.starts_with("batches/")
            || item.path.starts_with("documents/")
            || item.path.ends_with(".zst")
            || (item.path.starts_with("seals/") && item.path.ends_with(".json"));
        if is_final {
            disk.make_read_only(&to).doing("seal", &to)?;
        }
    }
    for dir in [layout.lock_dir(), layout.quarantine()] {
        ensure_dir(&**disk, &dir, Sharing::Group).doing("make", &dir)?;
    }
    let lock = layout.writer_lock();
    replace_file(&**disk, &lock, &blank_note(), Sharing::Group).doing("write", &lock)?;
    write_both(&**disk, &layout, &Cursor { position: list.end, head: list.head }, 1)?;
    list.format.write(&**disk, &layout)?;
    let store = Store::open_on(Arc::clone(disk), into, Mode::Write)?;
    store.note_restored(list.head, &list.at, actor, now)?;
    // Parts are a cache: without them the store opens more slowly, and the next compaction makes them. Only what leaves the
    // store read-only until fsck has to be told.
    if let Err(error @ (StoreError::SyncFailed(_) | StoreError::Poisoned(_))) = store.compact(actor, now) {
        return Err(error);
    }
    let bytes = list.files.iter().map(|item| item.bytes).sum();
    Ok(Restored { head: list.head, at: list.at, files: list.files.len(), bytes })
}

/// The folder with the list: the one that was named, or the only one in it.
fn home_of(disk: &dyn Disk, backup: &Path) -> Result<PathBuf, StoreError> {
    let none = || bad(backup, BackupFault::None);
    let items = match disk.list(backup) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(none()),
        listed => listed.doing("list", backup)?,
    };
    if items.iter().any(|item| item.name == LIST) {
        return Ok(backup.to_path_buf());
    }
    let has_list =
        |dir: &PathBuf| disk.list(dir).is_ok_and(|items| items.iter().any(|item| item.name == LIST));
    let folders = items.iter().filter(|item| item.kind == ItemKind::Dir);
    let mut homes = folders.map(|item| backup.join(&item.name)).filter(has_list);
    match (homes.next(), homes.next()) {
        (Some(home), None) => Ok(home),
        _ => Err(none()),
    }
}

/// Every byte of the backup, its chain, and the anchors.
fn look(disk: &Arc<dyn Disk>, home: &Path, list: &List, anchors: &[Head]) -> Result<(), StoreError> {
    for item in &list.files {
        let file = data_dir(home).join(&item.file);
        let is_whole = match Hash::from_hex(item.sha256.as_bytes()) {
            Some(sha) => is_there(&**disk, &file, item.bytes, &sha).doing("read", &file)?,
            None => false,
        };
        if !is_whole {
            return Err(bad(&file, BackupFault::File));
        }
    }
    let root = data_dir(home);
    let mirror: Arc<dyn Disk> = Arc::new(Mirror::of(disk, home, list));
    let found = fsck_on(&mirror, &root, Depth::Full, &mut |_, _| ControlFlow::Continue(()))?;
    if let Some(problem) = found.problems.iter().find(|problem| problem.is_of_truth()) {
        return Err(bad(&root.join(&problem.place), BackupFault::File));
    }
    let wrong = anchor::check(&*mirror, &Layout::new(&root), &list.format.store_id, anchors)?;
    if wrong.is_empty() { Ok(()) } else { Err(bad(home, BackupFault::Anchor)) }
}

fn check_empty(disk: &dyn Disk, into: &Path) -> Result<(), StoreError> {
    match disk.list(into) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        listed => match listed.doing("list", into)?.is_empty() {
            true => Ok(()),
            false => Err(bad(into, BackupFault::Taken)),
        },
    }
}

fn bad(path: &Path, fault: BackupFault) -> StoreError {
    StoreError::Backup { path: path.to_path_buf(), fault }
}
