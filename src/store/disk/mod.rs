//! The one door to the disk. Everything the store reads or writes goes through [`Disk`], so that tests can put a disk
//! in memory, a failing one or a lying one in its place. Knows nothing of journals or claims.

mod below;
mod group;
mod keeper;
mod machine;
mod real;

use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub use below::{Below, Way};
pub use keeper::{held_group, hold_group};
pub use machine::{Trust, machine, trust};
pub use real::RealDisk;

/// How an existing file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading only.
    Read,
    /// Reading, and writing at the end: the kernel places every write after the last byte (`O_APPEND`).
    Append,
    /// Reading, and writing at a given place.
    Update,
}

/// Who may read what is made. Permissions are set outright: the process's umask is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// The desk's group may read: files 0640, folders 0750. In a store of several clerks it may write: 0660 and 2770.
    Group,
    /// Only the owner: files 0600, folders 0700 (drafts).
    Owner,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DirItem {
    /// The name, without its folder.
    pub name: String,
    /// Folder or file.
    pub kind: ItemKind,
    /// Length in bytes; 0 for folders.
    pub len: u64,
    /// Last change in seconds since 1970, as the file system says.
    pub modified_unix: i64,
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A folder.
    Dir,
    /// Anything else.
    File,
}

/// The file system a folder lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSystem {
    /// Bytes this user may still write.
    pub free_bytes: u64,
    /// Where its blocks are.
    pub locality: Locality,
}

/// Whether the promises of `fsync` and `flock` hold on a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locality {
    /// A disk of this machine.
    Local,
    /// NFS, SMB, 9p or FUSE: locks and syncs are someone else's word.
    Network,
}

/// Who owns a name on the disk, and what everybody may do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Whose it is.
    pub owner: Owner,
    /// Number of its group.
    pub gid: u32,
    /// The mode of `chmod`, 12 bits.
    pub mode: u32,
    /// Bytes of the disk's blocks it has.
    pub allocated_bytes: u64,
}

/// The bits of a folder that belongs to a group which works in it: it may write, and what is made there is its own.
pub(crate) const GROUP_WORKS: u32 = 0o2020;

impl Facts {
    /// Whether it is a folder in which a group of people works.
    pub fn is_of_group(&self) -> bool {
        self.mode & GROUP_WORKS == GROUP_WORKS
    }

    /// Whether every user of the machine may change it. In a folder of that kind with the sticky bit, such as `/tmp`,
    /// everybody has names of their own that nobody else can take away.
    pub fn is_open_to_all(&self) -> bool {
        let is_shared_tray = self.mode & 0o1000 != 0;
        self.mode & 0o002 != 0 && !is_shared_tray
    }

    /// Whether every user of the machine may read it.
    pub fn is_read_by_all(&self) -> bool {
        self.mode & 0o004 != 0
    }
}

/// Whose a name on the disk is, seen from this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Of the user who runs the program.
    Us,
    /// Of another user, by number.
    Other(u32),
    /// Of another user, and somebody has said that this is meant so.
    Trusted(u32),
    /// Of the group that the program keeps, by number, and nobody reaches it but by the program.
    Group(u32),
    /// Of the group that the program keeps, but people reach it without the program: the group protects nothing.
    OpenGroup(u32),
}

/// An open file.
pub trait DiskFile: Debug + Send + Sync {
    /// Its length in bytes.
    fn len(&self) -> io::Result<u64>;

    /// Whether it holds no byte.
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Reads up to `into.len()` bytes from `offset`; 0 at the end of the file. May read less than asked.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize>;

    /// Writes at the end, for [`Access::Append`]. May write less than asked.
    fn append(&self, bytes: &[u8]) -> io::Result<usize>;

    /// Writes at `offset`, for [`Access::Update`] and new files. May write less than asked.
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize>;

    /// Cuts or extends the file.
    fn set_len(&self, len: u64) -> io::Result<()>;

    /// `fdatasync`: bytes and length are on the disk when it returns.
    fn sync_data(&self) -> io::Result<()>;

    /// `fsync`: bytes, length and all other facts of the file are on the disk when it returns.
    fn sync_all(&self) -> io::Result<()>;
}

/// A held lock: dropping it releases it.
pub trait Held: Debug + Send {}

/// Waits for changes of one file.
pub trait Watch: Debug + Send {
    /// Returns when the file may have changed, or when `patience` is over.
    fn wait(&mut self, patience: Duration) -> io::Result<()>;
}

/// A disk.
pub trait Disk: Debug + Send + Sync {
    /// Opens a file that exists.
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>>;

    /// Makes a new file, to be read and written at given places; fails if the name is taken.
    fn create(&self, path: &Path, sharing: Sharing) -> io::Result<Box<dyn DiskFile>>;

    /// Makes one folder whose parent exists; fails if the name is taken.
    fn make_dir(&self, path: &Path, sharing: Sharing) -> io::Result<()>;

    /// Gives a file another name in the same file system, replacing what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a file's name away.
    fn unlink(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;

    /// The names in a folder, sorted.
    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>>;

    /// Takes the exclusive lock on an existing file, waiting in the kernel's queue. `None`: not granted in time; a
    /// lock that comes too late is released at once.
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Box<dyn Held>>>;

    /// Takes the exclusive lock on an existing file if nobody holds it, without standing in the queue.
    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        self.lock(path, Duration::from_millis(50))
    }

    /// What file system a folder lies on, and its room.
    fn file_system(&self, dir: &Path) -> io::Result<FileSystem>;

    /// Who owns a name and who may change it; none on a disk that knows no users.
    fn facts(&self, _path: &Path) -> io::Result<Option<Facts>> {
        Ok(None)
    }

    /// Makes a new file of so many bytes, all of them blocks of the disk, durably but for its name; a disk without
    /// blocks says so.
    fn allocate(&self, _path: &Path, _bytes: u64, _sharing: Sharing) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    /// Takes away everybody's right to write a file (0440).
    fn make_read_only(&self, path: &Path) -> io::Result<()>;

    /// Watches one file; a disk that cannot says so, and the caller polls.
    fn watch(&self, _path: &Path) -> io::Result<Box<dyn Watch>> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }
}

/// Reads a whole file.
pub fn read_whole(disk: &dyn Disk, path: &Path) -> io::Result<Vec<u8>> {
    let file = disk.open(path, Access::Read)?;
    let len = usize::try_from(file.len()?).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
    let mut bytes = vec![0; len];
    let read = read_full_at(&*file, 0, &mut bytes)?;
    bytes.truncate(read);
    Ok(bytes)
}

/// Reads from `offset` until `into` is full or the file ends; answers how many bytes came.
pub fn read_full_at(file: &dyn DiskFile, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    let mut interrupts = Interrupts::default();
    let mut done = 0;
    while done < into.len() {
        match file.read_at(offset + done as u64, &mut into[done..]) {
            Ok(0) => break,
            Ok(n) => done += n,
            Err(error) => interrupts.bear(error)?,
        }
    }
    Ok(done)
}

/// Writes all of `bytes` at the end of the file.
pub fn append_all(file: &dyn DiskFile, mut bytes: &[u8]) -> io::Result<()> {
    let mut interrupts = Interrupts::default();
    while !bytes.is_empty() {
        match file.append(bytes) {
            Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero)),
            Ok(n) => bytes = &bytes[n..],
            Err(error) => interrupts.bear(error)?,
        }
    }
    Ok(())
}

/// Writes all of `bytes` at `offset`.
pub fn write_all_at(file: &dyn DiskFile, mut offset: u64, mut bytes: &[u8]) -> io::Result<()> {
    let mut interrupts = Interrupts::default();
    while !bytes.is_empty() {
        match file.write_at(offset, bytes) {
            Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero)),
            Ok(n) => {
                bytes = &bytes[n..];
                offset += n as u64;
            }
            Err(error) => interrupts.bear(error)?,
        }
    }
    Ok(())
}

/// Interrupted calls are made again, but not for ever: a disk that interrupts every call is a broken one.
#[derive(Default)]
struct Interrupts {
    n_met: u32,
}

impl Interrupts {
    fn bear(&mut self, error: io::Error) -> io::Result<()> {
        self.n_met += 1;
        if error.kind() == io::ErrorKind::Interrupted && self.n_met <= 1000 { Ok(()) } else { Err(error) }
    }
}

/// Puts a whole file in place: temporary name in the same folder, write, sync, rename, sync the folder. After a crash
/// the name holds either the old bytes or the new ones, all of them; a leftover temporary file begins with a dot.
pub fn replace_file(disk: &dyn Disk, path: &Path, bytes: &[u8], sharing: Sharing) -> io::Result<()> {
    let (dir, temporary) = temporary_beside(path)?;
    let written = write_new(disk, &temporary, bytes, sharing).and_then(|file| file.sync_all());
    if let Err(error) = written.and_then(|()| disk.rename(&temporary, path)) {
        // The first error is the one to tell; a leftover is only a name beginning with a dot.
        let _ = disk.unlink(&temporary);
        return Err(error);
    }
    disk.sync_dir(&dir)
}

/// Makes the folder and its missing parents, each made durable in its own parent.
pub fn ensure_dir(disk: &dyn Disk, path: &Path, sharing: Sharing) -> io::Result<()> {
    match disk.make_dir(path, sharing) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let parent = path.parent().ok_or(error)?;
            ensure_dir(disk, parent, sharing)?;
            match disk.make_dir(path, sharing) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Err(error) => return Err(error),
    }
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => disk.sync_dir(parent),
        _ => Ok(()),
    }
}

/// Whether the name is there, as file or folder.
pub fn exists(disk: &dyn Disk, path: &Path) -> io::Result<bool> {
    let (Some(dir), Some(name)) = (path.parent(), path.file_name()) else { return Ok(true) };
    match disk.list(dir) {
        Ok(items) => Ok(items.iter().any(|item| item.name.as_str() == name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes a new file with these bytes, not synced yet.
pub(crate) fn write_new(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    sharing: Sharing,
) -> io::Result<Box<dyn DiskFile>> {
    let file = disk.create(path, sharing)?;
    write_all_at(&*file, 0, bytes)?;
    Ok(file)
}

/// Whether a name is one that [`replace_file`] gives to a file that is not in place yet.
pub fn is_temporary(name: &str) -> bool {
    let Some(name) = name.strip_prefix('.').and_then(|name| name.strip_suffix(".new")) else { return false };
    let mut numbers = name.rsplit('.');
    let mut is_number =
        || numbers.next().is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    is_number() && is_number() && numbers.next().is_some_and(|name| !name.is_empty())
}

/// The folder of `path`, and a name beside it that no other thread or process takes.
pub(crate) fn temporary_beside(path: &Path) -> io::Result<(PathBuf, PathBuf)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (Some(dir), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    };
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = format!(".{}.{}.{count}.new", name.to_string_lossy(), std::process::id());
    Ok((dir.to_path_buf(), dir.join(temporary)))
}
