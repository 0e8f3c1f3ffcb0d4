//! A disk in memory. It can write down every change, so that a crash can be made up for any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use santun::store::disk::{Access, DirItem, Disk, DiskFile, FileSystem, Held, ItemKind, Locality, Sharing};

/// One change of a disk, in the order it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Write {
        inode: usize,
        offset: usize,
        bytes: Vec<u8>,
    },
    SetLen {
        inode: usize,
        len: usize,
    },
    Sync {
        inode: usize,
    },
    Link {
        path: PathBuf,
        inode: usize,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    MakeDir {
        path: PathBuf,
    },
    SyncDir {
        path: PathBuf,
    },
    /// The kernel takes what waits for a sync for clean: no later sync writes it.
    Forget {
        inode: usize,
    },
    /// Written by the test: from here on so many commits are acknowledged.
    Acknowledged(usize),
}

/// A disk in memory; clones are the same disk.
#[derive(Clone)]
pub struct MemDisk {
    world: Arc<(Mutex<World>, Condvar)>,
}

/// What is on it.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub inodes: Vec<Vec<u8>>,
    pub files: BTreeMap<PathBuf, usize>,
    pub dirs: BTreeSet<PathBuf>,
    pub locks: BTreeSet<PathBuf>,
    pub steps: Option<Vec<Step>>,
    pub free_bytes: Option<u64>,
}

impl fmt::Debug for MemDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemDisk")
    }
}

impl MemDisk {
    /// An empty disk with the folder `/`.
    pub fn new() -> Self {
        Self::of(World { dirs: BTreeSet::from([PathBuf::from("/")]), ..World::default() })
    }

    /// A disk with something on it.
    pub fn of(world: World) -> Self {
        Self { world: Arc::new((Mutex::new(world), Condvar::new())) }
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.0.lock().expect("no test panics while it holds the disk")
    }

    /// Another disk with the same bytes on it.
    pub fn copy(&self) -> Self {
        let world = self.world();
        let (inodes, files, dirs) = (world.inodes.clone(), world.files.clone(), world.dirs.clone());
        Self::of(World { inodes, files, dirs, ..World::default() })
    }

    /// What is on it now.
    pub fn snapshot(&self) -> World {
        self.world().clone()
    }

    /// Begins to write down every change.
    pub fn record(&self) {
        self.world().steps = Some(Vec::new());
    }

    /// Writes down that so many commits are acknowledged.
    pub fn acknowledge(&self, n: usize) {
        self.world().step(Step::Acknowledged(n));
    }

    /// Writes down that a sync of this file failed and its kernel forgot what waited.
    pub fn forget_unsynced(&self, path: &Path) {
        let mut world = self.world();
        if let Some(inode) = world.files.get(path).copied() {
            world.step(Step::Forget { inode });
        }
    }

    /// The changes written down since the last time.
    pub fn take_steps(&self) -> Vec<Step> {
        self.world().steps.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The changes written down.
    pub fn steps(&self) -> Vec<Step> {
        self.world().steps.clone().unwrap_or_default()
    }

    /// Makes the disk say that it has so much room.
    pub fn set_free(&self, bytes: u64) {
        self.world().free_bytes = Some(bytes);
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let world = self.world();
        world.inodes[world.files[Path::new(path)]].clone()
    }

    /// The bytes of a file, or none if it is not there.
    pub fn snapshot_bytes(&self, path: &str) -> Vec<u8> {
        let world = self.world();
        world.files.get(Path::new(path)).map_or(Vec::new(), |inode| world.inodes[*inode].clone())
    }

    /// Puts bytes into a file that exists, without a trace.
    pub fn put(&self, path: &str, bytes: Vec<u8>) {
        let mut world = self.world();
        let inode = world.files[Path::new(path)];
        world.inodes[inode] = bytes;
    }

    /// Every file, sorted.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.world().files.keys().cloned().collect()
    }
}

impl World {
    fn step(&mut self, step: Step) {
        if let Some(steps) = &mut self.steps {
            steps.push(step);
        }
    }

    fn inode(&self, path: &Path) -> io::Result<usize> {
        self.files.get(path).copied().ok_or_else(|| io::Error::from(ErrorKind::NotFound))
    }

    fn check_new(&self, path: &Path) -> io::Result<()> {
        if self.files.contains_key(path) || self.dirs.contains(path) {
            return Err(io::Error::from(ErrorKind::AlreadyExists));
        }
        let parent = path.parent().unwrap_or(Path::new("/"));
        if self.dirs.contains(parent) { Ok(()) } else { Err(io::Error::from(ErrorKind::NotFound)) }
    }
}

impl Disk for MemDisk {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let inode = self.world().inode(path)?;
        Ok(Box::new(MemFile { disk: self.clone(), inode, access }))
    }

    fn create(&self, path: &Path, _sharing: Sharing) -> io::Result<Box<dyn DiskFile>> {
        let mut world = self.world();
        world.check_new(path)?;
        let inode = world.inodes.len();
        world.inodes.push(Vec::new());
        world.files.insert(path.to_path_buf(), inode);
        world.step(Step::Link { path: path.to_path_buf(), inode });
        Ok(Box::new(MemFile { disk: self.clone(), inode, access: Access::Update }))
    }

    fn make_dir(&self, path: &Path, _sharing: Sharing) -> io::Result<()> {
        let mut world = self.world();
        world.check_new(path)?;
        world.dirs.insert(path.to_path_buf());
        world.step(Step::MakeDir { path: path.to_path_buf() });
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.world();
        let inode = world.inode(from)?;
        world.files.remove(from);
        world.files.insert(to.to_path_buf(), inode);
        world.step(Step::Rename { from: from.to_path_buf(), to: to.to_path_buf() });
        Ok(())
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.inode(path)?;
        world.files.remove(path);
        world.step(Step::Unlink { path: path.to_path_buf() });
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        if !world.dirs.contains(path) {
            return Err(io::Error::from(ErrorKind::NotFound));
        }
        world.step(Step::SyncDir { path: path.to_path_buf() });
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>> {
        let world = self.world();
        if !world.dirs.contains(dir) {
            return Err(io::Error::from(ErrorKind::NotFound));
        }
        let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
        // MANIFEST is far newer than all else, so that what no line names is swept at the first chance.
        let age = |name: &str| if name == "MANIFEST" { 1 << 40 } else { 0 };
        let item = |name: String, kind, len| DirItem { modified_unix: age(&name), name, kind, len };
        let dirs = world.dirs.iter().filter(|path| path.parent() == Some(dir));
        let mut items: Vec<DirItem> = dirs.map(|path| item(name(path), ItemKind::Dir, 0)).collect();
        let files = world.files.iter().filter(|(path, _)| path.parent() == Some(dir));
        items
            .extend(files.map(|(path, at)| item(name(path), ItemKind::File, world.inodes[*at].len() as u64)));
        items.sort();
        Ok(items)
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
        let deadline = Instant::now() + patience;
        let mut world = self.world();
        world.inode(path)?;
        while world.locks.contains(path) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            world = self.world.1.wait_timeout(world, left).expect("no panic under the lock").0;
        }
        world.locks.insert(path.to_path_buf());
        Ok(Some(Box::new(MemHeld { disk: self.clone(), path: path.to_path_buf() })))
    }

    fn file_system(&self, _dir: &Path) -> io::Result<FileSystem> {
        let free_bytes = self.world().free_bytes.unwrap_or(1 << 40);
        Ok(FileSystem { free_bytes, locality: Locality::Local })
    }

    fn make_read_only(&self, path: &Path) -> io::Result<()> {
        self.world().inode(path).map(drop)
    }
}

#[derive(Debug)]
struct MemHeld {
    disk: MemDisk,
    path: PathBuf,
}

impl Held for MemHeld {}

impl Drop for MemHeld {
    fn drop(&mut self) {
        self.disk.world().locks.remove(&self.path);
        self.disk.world.1.notify_all();
    }
}

#[derive(Debug)]
struct MemFile {
    disk: MemDisk,
    inode: usize,
    access: Access,
}

impl MemFile {
    fn write(&self, world: &mut World, offset: usize, bytes: &[u8]) -> usize {
        let data = &mut world.inodes[self.inode];
        if data.len() < offset + bytes.len() {
            data.resize(offset + bytes.len(), 0);
        }
        data[offset..offset + bytes.len()].copy_from_slice(bytes);
        world.step(Step::Write { inode: self.inode, offset, bytes: bytes.to_vec() });
        bytes.len()
    }

    fn allow(&self, access: Access) -> io::Result<()> {
        if self.access == access { Ok(()) } else { Err(io::Error::from(ErrorKind::PermissionDenied)) }
    }
}

impl DiskFile for MemFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk.world().inodes[self.inode].len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let world = self.disk.world();
        let data = &world.inodes[self.inode];
        let from = usize::try_from(offset).expect("small files").min(data.len());
        let n = into.len().min(data.len() - from);
        into[..n].copy_from_slice(&data[from..from + n]);
        Ok(n)
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        self.allow(Access::Append)?;
        let mut world = self.disk.world();
        let end = world.inodes[self.inode].len();
        Ok(self.write(&mut world, end, bytes))
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.allow(Access::Update)?;
        let mut world = self.disk.world();
        Ok(self.write(&mut world, usize::try_from(offset).expect("small files"), bytes))
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).expect("small files");
        let mut world = self.disk.world();
        world.inodes[self.inode].resize(len, 0);
        world.step(Step::SetLen { inode: self.inode, len });
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.disk.world().step(Step::Sync { inode: self.inode });
        Ok(())
    }

    fn sync_all(&self) -> io::Result<()> {
        self.sync_data()
    }
}
