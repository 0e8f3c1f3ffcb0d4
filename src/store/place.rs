//! Where a store may lie. Its promises hold on a disk of this machine, in folders that only the desk can write; anywhere
//! else it is refused before a byte of it is believed.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Facts, ItemKind, Locality, Owner};
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
    let path = || root.to_path_buf();
    match (facts.owner, mode) {
        (Owner::Other(uid), Mode::Write) => return Err(StoreError::ForeignOwner { path: path(), uid }),
        (Owner::OpenGroup(gid), Mode::Write) => return Err(StoreError::OpenGroup { path: path(), gid }),
        _ => {}
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

/// Names of a store that are not as they should be, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Misplaced {
    /// Those that everybody may write.
    pub open_to_all: Vec<PathBuf>,
    /// In a store of several clerks, those that the others cannot work with.
    pub closed_to_group: Vec<PathBuf>,
}

/// Looks at every name of the store, its own folder first.
pub fn misplaced(disk: &dyn Disk, layout: &Layout) -> io::Result<Misplaced> {
    let root = layout.root();
    let of_group = facts(disk, root)?.filter(Facts::is_of_group);
    let mut found = Misplaced::default();
    let mut look = |path: PathBuf, kind: ItemKind| {
        let Some(facts) = facts(disk, &path)? else { return Ok(()) };
        let is_draft = path.starts_with(root.join("drafts"));
        if of_group.is_some_and(|root| !is_draft && (facts.gid != root.gid || !is_workable(&facts, kind))) {
            found.closed_to_group.push(path.clone());
        }
        found.open_to_all.extend(facts.is_open_to_all().then_some(path));
        Ok::<(), io::Error>(())
    };
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        // Drafts of other people cannot be listed, and are theirs.
        for item in disk.list(&folder).unwrap_or_default() {
            let path = folder.join(&item.name);
            match item.kind {
                ItemKind::Dir => folders.push(path),
                ItemKind::File => look(path, ItemKind::File)?,
            }
        }
        look(folder, ItemKind::Dir)?;
    }
    found.open_to_all.sort();
    found.closed_to_group.sort();
    Ok(found)
}

/// Whether the group can do with a name what its owner can: a file that its owner does not write any more is only read.
fn is_workable(facts: &Facts, kind: ItemKind) -> bool {
    let owners = (facts.mode >> 3) & 0o070;
    match kind {
        ItemKind::Dir => facts.is_of_group(),
        ItemKind::File => facts.mode & owners == owners,
    }
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
    Ok(facts(disk, path)?.is_some_and(|facts| facts.is_open_to_all()))
}

/// What the disk knows of a name; none also when it was taken away or replaced meanwhile, by a compaction or a colleague.
fn facts(disk: &dyn Disk, path: &Path) -> io::Result<Option<Facts>> {
    match disk.facts(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        facts => facts,
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
