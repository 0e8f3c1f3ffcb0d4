//! What can go wrong in the store's lower half, each with a code for the sentence a person reads.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::backup::BackupFault;
use super::journal::Position;
use super::record::{BadEntry, LineFault};

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk said no; nothing was changed by it.
    #[error("{doing} {path}: {source}", path = path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the disk said.
        source: io::Error,
    },
    /// There is no store in this folder.
    #[error("no store in {}", .0.display())]
    NotAStore(PathBuf),
    /// `FORMAT` is there and cannot be understood.
    #[error("{} is damaged", .0.display())]
    BadFormat(PathBuf),
    /// There is one already, or something that looks like its remains.
    #[error("there is already a store, or a part of one, in {}", .0.display())]
    AlreadyAStore(PathBuf),
    /// The folder now holds a store with another id than the one that was opened.
    #[error("another store has taken the place of the one that was opened")]
    AnotherStore,
    /// A newer program wrote it.
    #[error("written by a newer program (version {0})")]
    Newer(u64),
    /// The folder is on a network file system, where locks and syncs are not to be trusted.
    #[error("{} is on a network file system", .0.display())]
    NetworkFileSystem(PathBuf),
    /// Everybody may write there: what it says is nobody's word.
    #[error("every user of the machine may write {}", .0.display())]
    OpenToAll(PathBuf),
    /// The store's folder belongs to somebody else.
    #[error("{} belongs to user {uid}", path.display())]
    ForeignOwner {
        /// The folder.
        path: PathBuf,
        /// Its owner.
        uid: u32,
    },
    /// It belongs to the group the program is installed for, but people get into it without the program.
    #[error("{}: of group {gid}, but reached without the program", path.display())]
    OpenGroup {
        /// The store's folder.
        path: PathBuf,
        /// The group.
        gid: u32,
    },
    /// Somebody else held the writer's lock for too long.
    #[error("busy: held by {holder}")]
    Busy {
        /// Who, as the lock file says.
        holder: String,
    },
    /// `lock/POISON` is there: read-only until fsck.
    #[error("read-only until fsck: {0}")]
    Poisoned(String),
    /// The journal is damaged.
    #[error("{0}")]
    Damaged(Damage),
    /// Neither slot of the watermark is valid: read-only until fsck.
    #[error("no valid watermark")]
    NoWatermark,
    /// Less room than a commit needs.
    #[error("disk full: {free_bytes} bytes free")]
    DiskFull {
        /// Bytes left.
        free_bytes: u64,
    },
    /// Writing failed and was taken back; the journal is as before.
    #[error("not saved: {0}")]
    NotSaved(io::Error),
    /// The sync failed: nobody knows whether it is saved. The store is read-only until fsck; the same key tells later.
    #[error("sync failed, it is not known whether it is saved: {0}")]
    SyncFailed(io::Error),
    /// The handle was opened for reading.
    #[error("opened for reading")]
    ReadOnlyHandle,
    /// The journal does not continue at the checkpoint it was opened at: rebuild from its beginning.
    #[error("the checkpoint does not belong to this journal")]
    CheckpointMismatch,
    /// The file grew while this handle held the lock: the lock is not a lock.
    #[error("somebody wrote without the lock")]
    LockBroken,
    /// A part or a batch is missing or not what the MANIFEST says.
    #[error("{}: {why}", path.display())]
    Part {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A record of the journal is whole, but its event cannot be read or does not fit what came before.
    #[error("record {seq}: {why}")]
    Undecodable {
        /// Its number.
        seq: u64,
        /// What is wrong.
        why: String,
    },
    /// A backup that is not whole, or may not be made or used here.
    #[error("{}: {}", path.display(), fault.name())]
    Backup {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        fault: BackupFault,
    },
    /// The view was asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// An entry cannot be written (a bug of the caller).
    #[error("{0}")]
    BadEntry(#[from] BadEntry),
}

impl StoreError {
    /// Whether it says that the disk, or this user's share of it, is full.
    pub(crate) fn is_full(&self) -> bool {
        match self {
            Self::Io { source, .. } | Self::NotSaved(source) => super::ballast::is_full(source),
            Self::DiskFull { .. } => true,
            _ => false,
        }
    }

    /// The code of its sentence in `locales/*/store.ftl`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
                "store-denied"
            }
            Self::Io { .. } => "store-io",
            Self::NotAStore(_) => "store-none",
            Self::BadFormat(_) => "store-format",
            Self::AlreadyAStore(_) => "store-exists",
            Self::AnotherStore => "store-another",
            Self::Newer(_) => "store-newer",
            Self::NetworkFileSystem(_) => "store-network",
            Self::OpenToAll(_) => "place-open-to-all",
            Self::ForeignOwner { .. } => "place-foreign-owner",
            Self::OpenGroup { .. } => "group-open",
            Self::Busy { .. } => "store-busy",
            Self::Poisoned(_) => "store-poisoned",
            Self::Damaged(_) => "store-damaged",
            Self::NoWatermark => "store-no-watermark",
            Self::DiskFull { .. } => "store-disk-full",
            Self::NotSaved(_) => "store-not-saved",
            Self::SyncFailed(_) => "store-sync-failed",
            Self::ReadOnlyHandle => "store-read-only",
            Self::CheckpointMismatch => "store-checkpoint",
            Self::LockBroken => "store-lock-broken",
            Self::Part { .. } => "store-part",
            Self::Undecodable { .. } => "store-undecodable",
            Self::Backup { .. } => "store-backup",
            Self::Cancelled => "store-cancelled",
            Self::BadEntry(_) => "store-bad-entry",
        }
    }

    /// The arguments of its sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Io { path, source, .. } => {
                vec![("path", path.display().to_string()), ("reason", source.to_string())]
            }
            Self::NotAStore(path)
            | Self::BadFormat(path)
            | Self::AlreadyAStore(path)
            | Self::NetworkFileSystem(path)
            | Self::OpenToAll(path) => {
                vec![("path", path.display().to_string())]
            }
            Self::ForeignOwner { path, uid } => {
                vec![("path", path.display().to_string()), ("uid", uid.to_string())]
            }
            Self::OpenGroup { path, gid } => {
                vec![("path", path.display().to_string()), ("gid", gid.to_string())]
            }
            Self::Newer(version) => vec![("version", version.to_string())],
            Self::Busy { holder } => vec![("holder", holder.clone())],
            Self::Poisoned(reason) => vec![("reason", reason.clone())],
            Self::Damaged(damage) => damage.args(),
            Self::DiskFull { free_bytes } => vec![("free", free_bytes.to_string())],
            Self::NotSaved(source) | Self::SyncFailed(source) => vec![("reason", source.to_string())],
            Self::Part { path, why } => vec![("path", path.display().to_string()), ("reason", why.clone())],
            Self::Backup { path, fault } => {
                vec![("path", path.display().to_string()), ("reason", fault.name().to_owned())]
            }
            Self::Undecodable { seq, why } => vec![("seq", seq.to_string()), ("reason", why.clone())],
            Self::BadEntry(bad) => vec![("reason", bad.to_string())],
            Self::AnotherStore
            | Self::NoWatermark
            | Self::ReadOnlyHandle
            | Self::CheckpointMismatch
            | Self::Cancelled
            | Self::LockBroken => Vec::new(),
        }
    }
}

/// Why a commit did not happen: the caller's rule said no, or the store.
#[derive(Debug, thiserror::Error)]
pub enum CommitError<E> {
    /// The closure refused; nothing was written.
    #[error("refused")]
    Refused(E),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Damage of the journal, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// Where the first bad byte's line begins, or where something is missing.
    pub at: Position,
    /// Number of the record that was expected there.
    pub seq: u64,
    /// What is wrong.
    pub fault: Fault,
}

impl Damage {
    /// The arguments of its sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![
            ("segment", self.at.segment.to_string()),
            ("offset", self.at.offset.to_string()),
            ("seq", self.seq.to_string()),
            ("fault", self.fault.name().to_owned()),
        ]
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, seq, fault } = self;
        write!(f, "segment {} at byte {}, record {seq}: {fault}", at.segment, at.offset)
    }
}

/// What is wrong at a place of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not a line.
    #[error("{0}")]
    Line(LineFault),
    /// The last line has no end.
    #[error("the line has no end")]
    Unfinished,
    /// The hash does not follow from the line before.
    #[error("the chain is broken")]
    Chain,
    /// Its number, or its place in its transaction, is not the next one.
    #[error("not the next record")]
    Sequence,
    /// The segment does not begin with the header it should have.
    #[error("wrong segment header")]
    Header,
    /// The file ends before what was acknowledged.
    #[error("shorter than what was acknowledged")]
    Short,
    /// A segment is not there.
    #[error("segment missing")]
    MissingSegment,
    /// The watermark names a place that is no transaction's end, or another record than the one there.
    #[error("the watermark does not fit")]
    Watermark,
    /// A sealed segment is not what was sealed.
    #[error("a sealed segment cannot be unpacked, or is not what was sealed")]
    Sealed,
    /// Valid lines follow invalid bytes, or the bytes cannot come from one interrupted write.
    #[error("valid lines after invalid bytes, or bytes that no interrupted write leaves")]
    Inside,
}

impl Fault {
    /// A short name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line(LineFault::Frame) => "frame",
            Self::Line(LineFault::Checksum) => "checksum",
            Self::Line(LineFault::Fields) => "fields",
            Self::Unfinished => "unfinished",
            Self::Chain => "chain",
            Self::Sequence => "sequence",
            Self::Header => "header",
            Self::Short => "short",
            Self::MissingSegment => "missing-segment",
            Self::Watermark => "watermark",
            Self::Sealed => "sealed",
            Self::Inside => "inside",
        }
    }
}

/// How the store stands, seen from a handle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Everything up to the watermark is read and verified.
    Sound,
    /// `lock/POISON` is there, with this text.
    Poisoned(String),
    /// Acknowledged records are damaged: what was read stops before this place.
    Damaged(Damage),
    /// A batch is missing or not what was written, with its name and what is wrong: what lies in it cannot be read.
    BadBatch(String),
    /// A newer program wrote on: what was read stops before its first line. Or it has said in `FORMAT` that an older one
    /// must not write: then all was read.
    Newer(u64),
    /// No valid watermark: everything valid was read, nothing can be written.
    NoWatermark,
}

impl Standing {
    /// Why a store that stands so may not be written.
    pub fn error(&self) -> Option<StoreError> {
        match self {
            Self::Sound => None,
            Self::Poisoned(reason) | Self::BadBatch(reason) => Some(StoreError::Poisoned(reason.clone())),
            Self::Damaged(damage) => Some(StoreError::Damaged(*damage)),
            Self::Newer(version) => Some(StoreError::Newer(*version)),
            Self::NoWatermark => Some(StoreError::NoWatermark),
        }
    }
}

/// Adds what was done, and to which file, to a disk's error.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str, path: &std::path::Path) -> Result<T, StoreError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: &'static str, path: &std::path::Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Io { doing, path: path.to_path_buf(), source })
    }
}
