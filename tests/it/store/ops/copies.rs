//! Backing up and restoring, as operations: a backup that was cut short leaves the one before it whole, and a restored
//! store is whole or none.

use std::path::Path;
use std::sync::Arc;

use santun::store::backup::restore_on;
use santun::store::disk::{Disk, Sharing, append_all, ensure_dir, read_whole};
use santun::store::fsck::fsck_on;
use santun::store::{Depth, Mode, Store, StoreError};

use super::super::disks::MemDisk;
use super::super::make::{clerk, key, morning};
use super::super::together::{ROOT, register};
use super::list::{a_base, claim};
use super::{Expect, open};

const BACKUP: &str = "/b";

/// A base, a backup of it, and a claim that came later.
pub(super) fn an_older_backup(disk: &Arc<dyn Disk>) {
    a_base(disk);
    back_up(disk, "b0").expect("backed up");
    claim(disk, "A-3", morning()).expect("registered");
}

/// A backup into the folder of the older one.
pub(super) fn backed_up(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    back_up(disk, "b1")
}

fn back_up(disk: &Arc<dyn Disk>, turn: &str) -> Result<(), StoreError> {
    // That a note of it cannot be written takes nothing from the backup.
    open(disk)?.back_up(Path::new(BACKUP), &key(turn), &clerk(), morning()).map(drop)
}

/// The newer backup after it was acknowledged, else that or the older one: whole, and a store can be made of it.
pub(super) fn a_backup_holds(disk: &Arc<dyn Disk>, _: &Store, expect: Expect) -> Result<(), String> {
    // On a disk of its own, so that the next look finds an empty folder, too.
    let copy: Arc<dyn Disk> = Arc::new(carried(disk, BACKUP));
    let into = Path::new("/r");
    restore_on(&copy, Path::new(BACKUP), into, &[], &clerk(), morning())
        .map_err(|error| format!("restore: {error}"))?;
    let found = fsck_on(&copy, into, Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(()))
        .map_err(|error| format!("fsck of the restored: {error}"))?;
    let restored = Store::open_on(copy, into, Mode::Read).map_err(|error| format!("restored: {error}"))?;
    let n = restored.view().n_claims();
    let is_right = if expect == Expect::All { n == 5 } else { n == 4 || n == 5 };
    if found.is_sound() && is_right {
        Ok(())
    } else {
        Err(format!("{expect:?} of a backup: {n} claims, {:?}", found.problems))
    }
}

/// A backup, and no store.
pub(super) fn only_a_backup(disk: &Arc<dyn Disk>) {
    let elsewhere = MemDisk::new();
    let other: Arc<dyn Disk> = Arc::new(elsewhere);
    a_base(&other);
    let store = open(&other).expect("a store");
    register(&store, "A-3").expect("registered");
    back_up(&other, "b").expect("backed up");
    carry(&other, Path::new(BACKUP), disk);
}

/// A store made of the backup.
pub(super) fn restored(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    restore_on(disk, Path::new(BACKUP), Path::new(ROOT), &[], &clerk(), morning()).map(drop)
}

fn carried(disk: &Arc<dyn Disk>, folder: &str) -> MemDisk {
    let memory = MemDisk::new();
    carry(disk, Path::new(folder), &(Arc::new(memory.clone()) as Arc<dyn Disk>));
    memory
}

/// Copies a folder from one disk to another, durably.
fn carry(from: &Arc<dyn Disk>, folder: &Path, to: &Arc<dyn Disk>) {
    ensure_dir(&**to, folder, Sharing::Owner).expect("made");
    for item in from.list(folder).expect("listed") {
        let path = folder.join(&item.name);
        if item.kind == santun::store::disk::ItemKind::Dir {
            carry(from, &path, to);
            continue;
        }
        let bytes = read_whole(&**from, &path).expect("read");
        drop(to.create(&path, Sharing::Owner).expect("created"));
        let file = to.open(&path, santun::store::disk::Access::Append).expect("opened");
        append_all(&*file, &bytes).expect("written");
        file.sync_all().expect("synced");
    }
    to.sync_dir(folder).expect("synced");
}
