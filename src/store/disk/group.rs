//! The disk of a store that belongs to the group the program is installed for. What opens a name of the store runs on the
//! thread that keeps the group; files that are open are read, written and synced by whoever holds them.

use std::fmt;
use std::fs::{File, Permissions};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf, absolute};
use std::sync::Arc;
use std::time::Duration;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, RawDir, Stat};

use super::below::Below;
use super::keeper::{held_group, is_root, with_group};
use super::real::{
    Modes, RealDisk, RealFile, locality_at, set_aside, try_lock_file, wait_for_lock, watch_file,
};
use super::{Access, DirItem, Disk, DiskFile, Facts, FileSystem, Held, ItemKind, Owner, Sharing, Watch};

/// The disk of a store that belongs to the group that is kept.
pub(super) struct GroupDisk {
    root: PathBuf,
    folder: Arc<Below>,
    gid: u32,
    own: RealDisk,
}

impl fmt::Debug for GroupDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GroupDisk({})", self.root.display())
    }
}

/// The disk for a store whose folder belongs to the group that is kept and is closed to everybody else; none for any
/// other folder, where the user's own rights count.
pub(super) fn disk_of_group(root: &Path, own: RealDisk) -> Option<GroupDisk> {
    let gid = held_group()?;
    let root = absolute(root).ok()?;
    let path = root.clone();
    // The user may not be let through to it. What is asked for is opened once and looked at then, so that it cannot be
    // exchanged in between.
    let folder = with_group(move || {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = rustix::fs::open(&path, flags, Mode::empty())?;
        let found = rustix::fs::fstat(&folder)?;
        let is_ours = found.st_gid == gid && is_closed(found.st_mode) && !is_in_a_store(&folder);
        Ok(is_ours.then_some(folder))
    });
    let folder = Arc::new(Below::of(folder.ok()??));
    Some(GroupDisk { root, folder, gid, own })
}

/// Whether a folder's mode makes it a group's and nobody else's (2770).
fn is_closed(mode: u32) -> bool {
    mode & 0o2077 == 0o2070
}

/// Whether a folder lies in a store: folders of a store are closed ones of the group too, and no store is made in them.
fn is_in_a_store(folder: &OwnedFd) -> bool {
    /// `mart/claims/year=2026/month=10` is the deepest.
    const DEPTH: usize = 4;
    let is_there = |name: String| rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).is_ok();
    (1..=DEPTH).any(|n| is_there(format!("{}FORMAT", "../".repeat(n))))
}

/// A name below the store's folder.
#[derive(Debug, Clone)]
struct Inside {
    folder: Arc<Below>,
    name: PathBuf,
}

impl Inside {
    fn open(&self, flags: OFlags, mode: u32) -> io::Result<OwnedFd> {
        self.folder.open(&self.name, flags, mode)
    }
}

impl GroupDisk {
    /// A path as a name below the store's folder; none for paths elsewhere, where only the user's own rights count.
    fn inside(&self, path: &Path) -> Option<Inside> {
        let path = absolute(path).ok()?;
        let name = path.strip_prefix(&self.root).ok()?;
        if !name.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let name = if name.as_os_str().is_empty() { Path::new(".") } else { name };
        Some(Inside { folder: Arc::clone(&self.folder), name: name.to_path_buf() })
    }

    fn open_file(&self, inside: Inside, flags: OFlags) -> io::Result<File> {
        with_group(move || Ok(File::from(inside.open(flags, 0)?)))
    }

    fn create_file(&self, inside: Inside, sharing: Sharing) -> io::Result<File> {
        let mode = Modes::Written.of_file(sharing);
        with_group(move || {
            let file = File::from(inside.open(OFlags::RDWR | OFlags::CREATE | OFlags::EXCL, mode)?);
            file.set_permissions(Permissions::from_mode(mode))?;
            Ok(file)
        })
    }

    /// What the system knows of a path, if it is one of the store's or the folder the store stands in, where the user may
    /// not look.
    fn stat(&self, path: &Path) -> Option<io::Result<Stat>> {
        if absolute(path).is_ok_and(|path| path == self.root.join("..")) {
            let folder = Arc::clone(&self.folder);
            return Some(with_group(move || {
                Ok(rustix::fs::statat(folder.folder(), "..", AtFlags::empty())?)
            }));
        }
        let inside = self.inside(path)?;
        Some(with_group(move || Ok(rustix::fs::fstat(inside.open(OFlags::PATH, 0)?)?)))
    }

    /// Whose something is. What belongs to the group is the desk's, whichever clerk made it.
    fn owner(&self, path: &Path, stat: &Stat) -> Owner {
        if stat.st_gid != self.gid {
            return Owner::Other(stat.st_uid);
        }
        // Who gets in without the group can change what the program wrote in their name.
        let gets_in = || rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok();
        if path == self.root && !is_root() && !self.own.trusts_owners() && gets_in() {
            return Owner::OpenGroup(self.gid);
        }
        Owner::Group(self.gid)
    }
}

impl Disk for GroupDisk {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let Some(inside) = self.inside(path) else { return self.own.open(path, access) };
        let flags = match access {
            Access::Read => OFlags::RDONLY,
            Access::Append => OFlags::RDWR | OFlags::APPEND,
            Access::Update => OFlags::RDWR,
        };
        Ok(Box::new(RealFile(self.open_file(inside, flags)?)))
    }

    fn create(&self, path: &Path, sharing: Sharing) -> io::Result<Box<dyn DiskFile>> {
        let Some(inside) = self.inside(path) else { return self.own.create(path, sharing) };
        Ok(Box::new(RealFile(self.create_file(inside, sharing)?)))
    }

    fn make_dir(&self, path: &Path, sharing: Sharing) -> io::Result<()> {
        let Some(inside) = self.inside(path) else { return self.own.make_dir(path, sharing) };
        if inside.name == Path::new(".") {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        let mode = Modes::Written.of_dir(sharing);
        with_group(move || {
            let (parent, name) = inside.folder.parent(&inside.name)?;
            rustix::fs::mkdirat(&parent, name, Mode::from_raw_mode(mode))?;
            let made = File::from(inside.open(OFlags::RDONLY | OFlags::DIRECTORY, 0)?);
            made.set_permissions(Permissions::from_mode(mode))
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (Some(old), Some(new)) = (self.inside(from), self.inside(to)) else {
            return self.own.rename(from, to);
        };
        with_group(move || {
            let (from, to) = (old.folder.parent(&old.name)?, new.folder.parent(&new.name)?);
            Ok(rustix::fs::renameat(&from.0, from.1, &to.0, to.1)?)
        })
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        let Some(inside) = self.inside(path) else { return self.own.unlink(path) };
        with_group(move || {
            let (parent, name) = inside.folder.parent(&inside.name)?;
            Ok(rustix::fs::unlinkat(&parent, name, AtFlags::empty())?)
        })
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let Some(inside) = self.inside(path) else { return self.own.sync_dir(path) };
        self.open_file(inside, OFlags::RDONLY | OFlags::DIRECTORY)?.sync_all()
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>> {
        let Some(inside) = self.inside(dir) else { return self.own.list(dir) };
        with_group(move || list_folder(&inside.open(OFlags::RDONLY | OFlags::DIRECTORY, 0)?))
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
        let Some(inside) = self.inside(path) else { return self.own.lock(path, patience) };
        wait_for_lock(self.open_file(inside, OFlags::RDWR)?, patience)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let Some(inside) = self.inside(path) else { return self.own.try_lock(path) };
        try_lock_file(self.open_file(inside, OFlags::RDWR)?)
    }

    fn file_system(&self, dir: &Path) -> io::Result<FileSystem> {
        let Some(inside) = self.inside(dir) else { return self.own.file_system(dir) };
        let folder = self.open_file(inside, OFlags::RDONLY | OFlags::DIRECTORY)?;
        let facts = rustix::fs::fstatvfs(&folder)?;
        let magic = rustix::fs::fstatfs(&folder)?.f_type;
        let free_bytes = facts.f_bavail.saturating_mul(facts.f_frsize);
        Ok(FileSystem { free_bytes, locality: locality_at(self.own, magic) })
    }

    fn facts(&self, path: &Path) -> io::Result<Option<Facts>> {
        let Some(stat) = self.stat(path) else { return self.own.facts(path) };
        let stat = stat?;
        let allocated_bytes = u64::try_from(stat.st_blocks).unwrap_or(0).saturating_mul(512);
        let owner = self.owner(path, &stat);
        Ok(Some(Facts { owner, gid: stat.st_gid, mode: stat.st_mode & 0o7777, allocated_bytes }))
    }

    fn allocate(&self, path: &Path, bytes: u64, sharing: Sharing) -> io::Result<()> {
        let Some(inside) = self.inside(path) else { return self.own.allocate(path, bytes, sharing) };
        set_aside(self.create_file(inside, sharing)?, bytes)
    }

    fn make_read_only(&self, path: &Path) -> io::Result<()> {
        let Some(inside) = self.inside(path) else { return self.own.make_read_only(path) };
        let changed = with_group(move || {
            let file = File::from(inside.open(OFlags::RDONLY, 0)?);
            file.set_permissions(Permissions::from_mode(0o440))
        });
        match changed {
            // A colleague's file keeps the mode it has; nobody outside the group can reach it in any case.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
            changed => changed,
        }
    }

    fn watch(&self, path: &Path) -> io::Result<Box<dyn Watch>> {
        let Some(inside) = self.inside(path) else { return self.own.watch(path) };
        with_group(move || {
            // A watch is set on a name. This one is that of the open file, and leads nowhere else.
            let file = inside.open(OFlags::PATH, 0)?;
            watch_file(Path::new(&format!("/proc/self/fd/{}", file.as_raw_fd())))
        })
    }
}

fn list_folder(folder: &OwnedFd) -> io::Result<Vec<DirItem>> {
    let mut items = Vec::new();
    let mut buffer = Vec::with_capacity(32 << 10);
    let mut names = RawDir::new(folder, buffer.spare_capacity_mut());
    while let Some(entry) = names.next() {
        let entry = entry?;
        let name = entry.file_name();
        if [&b"."[..], b".."].contains(&name.to_bytes()) {
            continue;
        }
        // Gone between the two calls.
        let Ok(stat) = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) else { continue };
        items.push(item(&name.to_string_lossy(), &stat));
    }
    items.sort();
    Ok(items)
}

fn item(name: &str, stat: &Stat) -> DirItem {
    let is_dir = FileType::from_raw_mode(stat.st_mode) == FileType::Directory;
    let kind = if is_dir { ItemKind::Dir } else { ItemKind::File };
    let len = if is_dir { 0 } else { u64::try_from(stat.st_size).unwrap_or(0) };
    DirItem { name: name.to_owned(), kind, len, modified_unix: stat.st_mtime }
}
