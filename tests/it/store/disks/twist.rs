//! Twists of any disk: what happens before a call, whether it happens, how much of it.

use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use santun::store::disk::{Access, DirItem, Disk, DiskFile, FileSystem, Held, Sharing, Watch};

use super::memory::MemDisk;

/// Every call of a disk and its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    Open,
    Create,
    MakeDir,
    Rename,
    Unlink,
    SyncDir,
    List,
    Lock,
    FileSystem,
    MakeReadOnly,
    Len,
    ReadAt,
    Append,
    WriteAt,
    SetLen,
    SyncData,
    SyncAll,
}

impl Call {
    /// Whether it syncs.
    pub fn is_sync(self) -> bool {
        matches!(self, Self::SyncData | Self::SyncAll | Self::SyncDir)
    }
}

/// What is done with a call.
#[derive(Debug)]
pub enum Deed {
    /// It goes through.
    Pass,
    /// It goes through with at most so many bytes.
    Short(usize),
    /// It does nothing and says that all is well.
    Skip,
    /// It fails without having done anything.
    Fail(io::Error),
}

/// A twist.
pub trait Twist: Debug + Send + Sync {
    /// Decides over one call.
    fn decide(&self, call: Call, path: &Path) -> Deed;

    /// What readers of a file are shown instead of it.
    fn instead(&self, _path: &Path) -> Option<Vec<u8>> {
        None
    }

    /// Whether files can be watched.
    fn watches(&self) -> bool {
        true
    }
}

/// A disk behind a twist.
pub fn twisted(inner: Arc<dyn Disk>, twist: Arc<dyn Twist>) -> Arc<dyn Disk> {
    Arc::new(Twisted { inner, twist })
}

#[derive(Debug)]
struct Twisted {
    inner: Arc<dyn Disk>,
    twist: Arc<dyn Twist>,
}

#[derive(Debug)]
struct TwistedFile {
    inner: Box<dyn DiskFile>,
    twist: Arc<dyn Twist>,
    path: PathBuf,
}

/// Runs `$call` unless the twist says otherwise.
macro_rules! through {
    ($self:ident, $call:ident, $path:expr, $run:expr) => {
        match $self.twist.decide(Call::$call, $path) {
            Deed::Fail(error) => Err(error),
            Deed::Pass | Deed::Short(_) | Deed::Skip => $run,
        }
    };
}

/// The same for calls without an answer, which can be skipped.
macro_rules! through_or_skip {
    ($self:ident, $call:ident, $path:expr, $run:expr) => {
        match $self.twist.decide(Call::$call, $path) {
            Deed::Fail(error) => Err(error),
            Deed::Skip => Ok(()),
            Deed::Pass | Deed::Short(_) => $run,
        }
    };
}

impl Disk for Twisted {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let inner = through!(self, Open, path, self.inner.open(path, access))?;
        if let Some(bytes) = self.twist.instead(path).filter(|_| access == Access::Read) {
            return Ok(Box::new(Shown(bytes)));
        }
        Ok(Box::new(TwistedFile { inner, twist: Arc::clone(&self.twist), path: path.to_path_buf() }))
    }

    fn create(&self, path: &Path, sharing: Sharing) -> io::Result<Box<dyn DiskFile>> {
        let inner = through!(self, Create, path, self.inner.create(path, sharing))?;
        Ok(Box::new(TwistedFile { inner, twist: Arc::clone(&self.twist), path: path.to_path_buf() }))
    }

    fn make_dir(&self, path: &Path, sharing: Sharing) -> io::Result<()> {
        through!(self, MakeDir, path, self.inner.make_dir(path, sharing))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        through!(self, Rename, to, self.inner.rename(from, to))
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        through!(self, Unlink, path, self.inner.unlink(path))
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        through_or_skip!(self, SyncDir, path, self.inner.sync_dir(path))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>> {
        through!(self, List, dir, self.inner.list(dir))
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
        match self.twist.decide(Call::Lock, path) {
            Deed::Fail(error) => Err(error),
            Deed::Skip => Ok(Some(Box::new(NotHeld))),
            Deed::Pass | Deed::Short(_) => self.inner.lock(path, patience),
        }
    }

    fn file_system(&self, dir: &Path) -> io::Result<FileSystem> {
        through!(self, FileSystem, dir, self.inner.file_system(dir))
    }

    fn make_read_only(&self, path: &Path) -> io::Result<()> {
        through!(self, MakeReadOnly, path, self.inner.make_read_only(path))
    }

    fn watch(&self, path: &Path) -> io::Result<Box<dyn Watch>> {
        if !self.twist.watches() {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        self.inner.watch(path)
    }
}

/// A lock that is none.
#[derive(Debug)]
struct NotHeld;

impl Held for NotHeld {}

impl DiskFile for TwistedFile {
    fn len(&self) -> io::Result<u64> {
        through!(self, Len, &self.path, self.inner.len())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        match self.twist.decide(Call::ReadAt, &self.path) {
            Deed::Fail(error) => Err(error),
            Deed::Short(n) if !into.is_empty() => {
                let n = n.clamp(1, into.len());
                self.inner.read_at(offset, &mut into[..n])
            }
            Deed::Pass | Deed::Short(_) | Deed::Skip => self.inner.read_at(offset, into),
        }
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        match self.twist.decide(Call::Append, &self.path) {
            Deed::Fail(error) => Err(error),
            Deed::Skip => Ok(bytes.len()),
            Deed::Short(n) => self.inner.append(&bytes[..n.min(bytes.len())]),
            Deed::Pass => self.inner.append(bytes),
        }
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        match self.twist.decide(Call::WriteAt, &self.path) {
            Deed::Fail(error) => Err(error),
            Deed::Skip => Ok(bytes.len()),
            Deed::Short(n) => self.inner.write_at(offset, &bytes[..n.min(bytes.len())]),
            Deed::Pass => self.inner.write_at(offset, bytes),
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        through_or_skip!(self, SetLen, &self.path, self.inner.set_len(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        through_or_skip!(self, SyncData, &self.path, self.inner.sync_data())
    }

    fn sync_all(&self) -> io::Result<()> {
        through_or_skip!(self, SyncAll, &self.path, self.inner.sync_all())
    }
}

/// Bytes shown in the place of a file's.
#[derive(Debug)]
struct Shown(Vec<u8>);

impl DiskFile for Shown {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let from = usize::try_from(offset).expect("small files").min(self.0.len());
        let n = into.len().min(self.0.len() - from);
        into[..n].copy_from_slice(&self.0[from..from + n]);
        Ok(n)
    }

    fn append(&self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::PermissionDenied))
    }

    fn write_at(&self, _offset: u64, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::PermissionDenied))
    }

    fn set_len(&self, _len: u64) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::PermissionDenied))
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn sync_all(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a few bytes at a time, so that a killed writer leaves a torn line.
#[derive(Debug)]
pub struct Dribble {
    pub bytes: usize,
    pub pause: Duration,
}

impl Twist for Dribble {
    fn decide(&self, call: Call, _path: &Path) -> Deed {
        if call != Call::Append {
            return Deed::Pass;
        }
        std::thread::sleep(self.pause);
        Deed::Short(self.bytes)
    }
}

/// Writes down every call.
#[derive(Debug, Default)]
pub struct Recording(pub Mutex<Vec<(Call, PathBuf)>>);

impl Recording {
    /// What was called since the last time.
    pub fn take(&self) -> Vec<(Call, PathBuf)> {
        std::mem::take(&mut self.0.lock().expect("no panic under the lock"))
    }
}

impl Twist for Recording {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        self.0.lock().expect("no panic under the lock").push((call, path.to_path_buf()));
        Deed::Pass
    }
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An error number of the kernel.
    Errno(i32),
    /// Half of the bytes.
    Short,
    /// A sync fails with EIO, and the kernel takes the unsynced pages for clean; only syncs are counted.
    Sync,
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persistence {
    Once,
    Always,
}

/// Goes wrong at the n-th call, counted from 0.
#[derive(Debug)]
pub struct Faulty {
    pub fault: Fault,
    pub at: usize,
    pub persistence: Persistence,
    n_calls: AtomicUsize,
    /// The disk that is told when its kernel forgets.
    memory: Option<MemDisk>,
}

impl Faulty {
    pub fn new(fault: Fault, at: usize, persistence: Persistence) -> Self {
        Self { fault, at, persistence, n_calls: AtomicUsize::new(0), memory: None }
    }

    /// The same; after a failed sync of a file no later sync brings the bytes that waited to the disk.
    pub fn forgetting(self, memory: &MemDisk) -> Self {
        Self { memory: Some(memory.clone()), ..self }
    }

    /// Calls so far.
    pub fn n_calls(&self) -> usize {
        self.n_calls.load(Ordering::Relaxed)
    }
}

impl Twist for Faulty {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        if self.fault == Fault::Sync && !call.is_sync() {
            return Deed::Pass;
        }
        let n = self.n_calls.fetch_add(1, Ordering::Relaxed);
        let strikes = match self.persistence {
            Persistence::Once => n == self.at,
            Persistence::Always => n >= self.at,
        };
        match self.fault {
            _ if !strikes => Deed::Pass,
            Fault::Errno(errno) => Deed::Fail(io::Error::from_raw_os_error(errno)),
            Fault::Short => Deed::Short(37),
            Fault::Sync => {
                if let Some(memory) = &self.memory {
                    memory.forget_unsynced(path);
                }
                Deed::Fail(io::Error::from_raw_os_error(5))
            }
        }
    }
}

/// What [`Interpose`] runs.
type Interposed = Box<dyn FnOnce() + Send>;

/// Runs something right before the first call of a kind: another writer at the worst moment.
pub struct Interpose {
    pub call: Call,
    pub run: Mutex<Option<Interposed>>,
}

impl Debug for Interpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Interpose({:?})", self.call)
    }
}

impl Twist for Interpose {
    fn decide(&self, call: Call, _path: &Path) -> Deed {
        if call == self.call {
            let run = self.run.lock().expect("no panic under the lock").take();
            if let Some(run) = run {
                run();
            }
        }
        Deed::Pass
    }
}
