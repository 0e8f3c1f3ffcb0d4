//! The real disk: `std::fs` and `rustix`.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify;

use super::keeper::held_group;
use super::{
    Access, DirItem, Disk, DiskFile, Facts, FileSystem, GROUP_WORKS, Held, ItemKind, Locality, Owner,
    Sharing, Trust, Watch,
};

/// The machine's own file systems.
#[derive(Debug, Clone, Copy)]
pub struct RealDisk {
    trust: Trust,
    modes: Modes,
}

/// What the desk's group may do with what is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modes {
    /// Read: one person writes, the group looks.
    Looked,
    /// Write: a store of several.
    Written,
}

impl Modes {
    /// Those of a store's folder: what is made in a folder that hands on its group, and that the group may write, is
    /// for the group to write, whoever makes it.
    fn of_store(root: &Path) -> Self {
        match std::fs::metadata(root) {
            Ok(facts) if facts.mode() & GROUP_WORKS == GROUP_WORKS => Self::Written,
            _ => Self::Looked,
        }
    }

    /// The mode of a new file.
    pub(super) fn of_file(self, sharing: Sharing) -> u32 {
        match (sharing, self) {
            (Sharing::Owner, _) => 0o600,
            (Sharing::Group, Self::Looked) => 0o640,
            (Sharing::Group, Self::Written) => 0o660,
        }
    }

    /// The mode of a new folder.
    pub(super) fn of_dir(self, sharing: Sharing) -> u32 {
        match (sharing, self) {
            (Sharing::Owner, _) => 0o700,
            (Sharing::Group, Self::Looked) => 0o750,
            (Sharing::Group, Self::Written) => 0o2770,
        }
    }
}

impl RealDisk {
    /// Trusts nothing that is refused by itself.
    pub fn new() -> Self {
        Self::trusting(Trust::default())
    }

    /// Trusts what somebody has said that they trust.
    pub fn trusting(trust: Trust) -> Self {
        Self { trust, modes: Modes::Looked }
    }

    /// For a store's folder, so that what is made there has the modes of what is there.
    pub(super) fn at(self, root: &Path) -> Self {
        Self { modes: Modes::of_store(root), ..self }
    }

    pub(super) fn trusts_owners(self) -> bool {
        self.trust.is_of_owner()
    }

    fn create_new(self, path: &Path, sharing: Sharing) -> io::Result<File> {
        let mode = self.modes.of_file(sharing);
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(mode).open(path)?;
        // The umask may have taken bits away; the file is ours, so this cannot be refused.
        file.set_permissions(Permissions::from_mode(mode))?;
        Ok(file)
    }
}

impl Default for RealDisk {
    fn default() -> Self {
        Self::new()
    }
}

impl Disk for RealDisk {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        match access {
            Access::Read => options.read(true),
            Access::Append => options.read(true).append(true),
            Access::Update => options.read(true).write(true),
        };
        Ok(Box::new(RealFile(options.open(path)?)))
    }

    fn create(&self, path: &Path, sharing: Sharing) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(RealFile(self.create_new(path, sharing)?)))
    }

    fn make_dir(&self, path: &Path, sharing: Sharing) -> io::Result<()> {
        let mode = self.modes.of_dir(sharing);
        DirBuilder::new().mode(mode).create(path)?;
        std::fs::set_permissions(path, Permissions::from_mode(mode))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>> {
        let mut items = Vec::new();
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let Ok(facts) = entry.metadata() else { continue }; // gone between the two calls
            let (kind, len) = if facts.is_dir() { (ItemKind::Dir, 0) } else { (ItemKind::File, facts.len()) };
            let name = entry.file_name().to_string_lossy().into_owned();
            items.push(DirItem { name, kind, len, modified_unix: facts.mtime() });
        }
        items.sort();
        Ok(items)
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
        wait_for_lock(OpenOptions::new().read(true).write(true).open(path)?, patience)
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        try_lock_file(OpenOptions::new().read(true).write(true).open(path)?)
    }

    fn file_system(&self, dir: &Path) -> io::Result<FileSystem> {
        let facts = rustix::fs::statvfs(dir)?;
        let free_bytes = facts.f_bavail.saturating_mul(facts.f_frsize);
        let locality = locality_at(*self, rustix::fs::statfs(dir)?.f_type);
        Ok(FileSystem { free_bytes, locality })
    }

    fn facts(&self, path: &Path) -> io::Result<Option<Facts>> {
        let facts = std::fs::metadata(path)?;
        let uid = facts.uid();
        let owner = if uid == rustix::process::geteuid().as_raw() {
            Owner::Us
        } else if self.trust.is_of_owner() {
            Owner::Trusted(uid)
        } else if held_group() == Some(facts.gid()) {
            Owner::OpenGroup(facts.gid())
        } else {
            Owner::Other(uid)
        };
        let allocated_bytes = facts.blocks().saturating_mul(512);
        Ok(Some(Facts { owner, gid: facts.gid(), mode: facts.mode() & 0o7777, allocated_bytes }))
    }

    fn allocate(&self, path: &Path, bytes: u64, sharing: Sharing) -> io::Result<()> {
        set_aside(self.create_new(path, sharing)?, bytes)
    }

    fn make_read_only(&self, path: &Path) -> io::Result<()> {
        std::fs::set_permissions(path, Permissions::from_mode(0o440))
    }

    fn watch(&self, path: &Path) -> io::Result<Box<dyn Watch>> {
        watch_file(path)
    }
}

/// Gives a new file its blocks. Where the file system cannot reserve any, bytes are written, in no pattern, so that a
/// file system that packs them does not make them few.
pub(super) fn set_aside(file: File, bytes: u64) -> io::Result<()> {
    let reserved = rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, bytes);
    let file = RealFile(file);
    match reserved {
        Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => {
            let mut state = 0x9E37_79B9_7F4A_7C15_u64;
            let mut block = [0; 4096];
            for offset in (0..bytes).step_by(block.len()) {
                for piece in block.chunks_exact_mut(8) {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    piece.copy_from_slice(&state.to_le_bytes());
                }
                super::write_all_at(&file, offset, &block)?;
            }
        }
        reserved => reserved?,
    }
    file.sync_all()
}

/// Waits in the kernel's own queue, which is fair; polling starves. It cannot be interrupted, so it stands in a thread
/// of its own.
pub(super) fn wait_for_lock(file: File, patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
    // A rendezvous channel: when the waiter has gone, the send fails and the file, and with it
    // the lock, is dropped at once.
    let (sender, receiver) = sync_channel(0);
    std::thread::Builder::new().name("writer-lock".into()).spawn(move || {
        let granted = file.lock().map(|()| RealHeld(file));
        let _ = sender.send(granted);
    })?;
    match receiver.recv_timeout(patience) {
        Ok(granted) => Ok(Some(Box::new(granted?))),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("the lock thread ended without a word")),
    }
}

pub(super) fn try_lock_file(file: File) -> io::Result<Option<Box<dyn Held>>> {
    match file.try_lock() {
        Ok(()) => Ok(Some(Box::new(RealHeld(file)))),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

pub(super) fn watch_file(path: &Path) -> io::Result<Box<dyn Watch>> {
    let inotify = inotify::init(inotify::CreateFlags::CLOEXEC | inotify::CreateFlags::NONBLOCK)?;
    inotify::add_watch(&inotify, path, inotify::WatchFlags::MODIFY)?;
    Ok(Box::new(RealWatch(inotify)))
}

/// The magic numbers of `statfs(2)` for file systems whose blocks are elsewhere.
pub(super) fn locality_at(disk: RealDisk, magic: impl Into<i64>) -> Locality {
    const AFS: u32 = 0x5346_414F;
    const CEPH: u32 = 0x00C3_6400;
    const CIFS: u32 = 0xFF53_4D42;
    const FUSE: u32 = 0x6573_5546;
    const NFS: u32 = 0x0000_6969;
    const NINE_P: u32 = 0x0102_1997;
    const SMB: u32 = 0x0000_517B;
    const SMB2: u32 = 0xFE53_4D42;
    let magic = low_32(magic);
    let remote =
        [AFS, CEPH, CIFS, FUSE, NFS, NINE_P, SMB, SMB2].iter().any(|known| i64::from(*known) == magic);
    if remote && !disk.trust.is_of_network() { Locality::Network } else { Locality::Local }
}

/// The magic is 32 bits wide whatever the kernel's field is; some kernels sign-extend it.
fn low_32(magic: impl Into<i64>) -> i64 {
    magic.into() & 0xFFFF_FFFF
}

#[derive(Debug)]
pub(super) struct RealFile(pub(super) File);

impl DiskFile for RealFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(into, offset)
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        io::Write::write(&mut &self.0, bytes)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_at(bytes, offset)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync_data()
    }

    fn sync_all(&self) -> io::Result<()> {
        self.0.sync_all()
    }
}

/// The lock lives as long as its open file.
#[derive(Debug)]
struct RealHeld(#[expect(dead_code, reason = "held for its drop")] File);

impl Held for RealHeld {}

#[derive(Debug)]
struct RealWatch(OwnedFd);

impl Watch for RealWatch {
    fn wait(&mut self, patience: Duration) -> io::Result<()> {
        let timeout = Timespec::try_from(patience).map_err(io::Error::other)?;
        let mut fds = [PollFd::new(&self.0, PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        // Drain what is there: one look at the file answers all of it.
        let mut buffer = [MaybeUninit::uninit(); 1024];
        let mut reader = inotify::Reader::new(&self.0, &mut buffer);
        loop {
            match reader.next() {
                Ok(_) => {}
                Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}
