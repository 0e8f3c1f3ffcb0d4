//! Where a store may lie. Its promises hold on a disk of this machine, in folders that only the desk can write; anywhere
//! else it is refused before a byte of it is believed.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, ItemKind, Locality, Owner};
use super::error::{Doing, StoreError};
use super::format::Layout;
use super::ledger::Mode;

/// Looks at a store's folder before it is opened: on no network, written by nobody but the desk, and, for work, our own.
/// A folder that is not there is left to whoever reads `FORMAT`.
pub fn check(disk: &dyn Disk, layout: &Layout, mode: Mode) -> Result<(), StoreError> {
    let root = layout.root();
    match disk.file_system(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => refuse_network(found.doing("look at", root)?.locality, root)?,
    }
    let Some(facts) = disk.facts(root).doing("look at", root)? else { return Ok(()) };
    if let (Owner::Other(uid), Mode::Write) = (facts.owner, mode) {
        return Err(StoreError::ForeignOwner { path: root.to_path_buf(), uid });
    }
    refuse_open(disk, &above(root))?;
    for path in guarded(disk, layout).doing("look at", root)? {
        refuse_open(disk, &path)?;
    }
    Ok(())
}

/// The same for a store that is to be made: the nearest folder above it that is there is looked at.
pub fn check_new(disk: &dyn Disk, layout: &Layout) -> Result<(), StoreError> {
    let root = layout.root();
    let mut there = root;
    loop {
        match disk.file_system(there) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => {
                refuse_network(found.doing("look at", there)?.locality, there)?;
                return refuse_open(disk, there);
            }
        }
        there = match there.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ if there == Path::new(".") => return Ok(()),
            _ => Path::new("."),
        };
    }
}

/// Every name of the store that everybody may write, its own folder first.
pub fn open_to_all(disk: &dyn Disk, layout: &Layout) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![layout.root().to_path_buf()];
    while let Some(folder) = folders.pop() {
        found.extend(is_open(disk, &folder)?.then(|| folder.clone()));
        // Drafts of other people cannot be listed, and are theirs.
        for item in disk.list(&folder).unwrap_or_default() {
            let path = folder.join(&item.name);
            match item.kind {
                ItemKind::Dir => folders.push(path),
                ItemKind::File => found.extend(is_open(disk, &path)?.then_some(path)),
            }
        }
    }
    found.sort();
    Ok(found)
}

fn refuse_network(locality: Locality, path: &Path) -> Result<(), StoreError> {
    match locality {
        Locality::Local => Ok(()),
        Locality::Network => Err(StoreError::NetworkFileSystem(path.to_path_buf())),
    }
}

fn refuse_open(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    if is_open(disk, path).doing("look at", path)? {
        return Err(StoreError::OpenToAll(path.to_path_buf()));
    }
    Ok(())
}

fn is_open(disk: &dyn Disk, path: &Path) -> io::Result<bool> {
    match disk.facts(path) {
        Ok(facts) => Ok(facts.is_some_and(|facts| facts.is_open_to_all())),
        // Taken away or replaced meanwhile, by a compaction or a colleague.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The folder a store's folder stands in: whoever may write there may put another store in its place.
fn above(root: &Path) -> PathBuf {
    root.join("..")
}

/// What is looked at whenever a store is opened: few names, those that the truth hangs on.
fn guarded(disk: &dyn Disk, layout: &Layout) -> io::Result<Vec<PathBuf>> {
    let root = layout.root().to_path_buf();
    let mut paths = vec![root.clone(), layout.format(), layout.manifest()];
    for folder in [root, layout.lock_dir(), layout.journal()] {
        let items = match disk.list(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            listed => listed?,
        };
        paths.extend(items.into_iter().map(|item| folder.join(item.name)));
    }
    paths.sort();
    paths.dedup();
    Ok(paths)
}
