//! Where things are in a store's folder, and the file that says which version made it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Sharing, read_whole, replace_file};
use super::error::{Doing, StoreError};

/// The version of the store's format that this program writes. It reads the versions before it, and a store of an older
/// version becomes one of this version with its next commit.
pub const FORMAT_VERSION: u64 = 1;

/// The names in a store's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout under a folder.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    /// The store's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `FORMAT`.
    pub fn format(&self) -> PathBuf {
        self.root.join("FORMAT")
    }

    /// `lock/`.
    pub fn lock_dir(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// `lock/writer.lock`: flock only, never renamed or removed.
    pub fn writer_lock(&self) -> PathBuf {
        self.root.join("lock/writer.lock")
    }

    /// `lock/committed`: the watermark.
    pub fn committed(&self) -> PathBuf {
        self.root.join("lock/committed")
    }

    /// `lock/POISON`: read-only until fsck.
    pub fn poison(&self) -> PathBuf {
        self.root.join("lock/POISON")
    }

    /// `lock/last-backup`: a hint, when and how far the store was backed up last.
    pub fn last_backup(&self) -> PathBuf {
        self.root.join("lock/last-backup")
    }

    /// `journal/`.
    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    /// `journal/<year>/<first-seq>.jsonl`. Twelve digits, so that `ls` lists them in order.
    pub fn segment(&self, year: i16, first_seq: u64) -> PathBuf {
        self.root.join(format!("journal/{year:04}/{first_seq:012}.jsonl"))
    }

    /// `MANIFEST`: what the base covers.
    pub fn manifest(&self) -> PathBuf {
        self.root.join("MANIFEST")
    }

    /// `store.toml`: the office's settings as last configured, for people to read.
    pub fn settings(&self) -> PathBuf {
        self.root.join("store.toml")
    }

    /// `lock/compact.lock`: one compaction at a time.
    pub fn compact_lock(&self) -> PathBuf {
        self.root.join("lock/compact.lock")
    }

    /// `batches/<table>/`: bulk imports, part of the truth.
    pub fn batches(&self, table: &str) -> PathBuf {
        self.root.join("batches").join(table)
    }

    /// `parts/<table>/`: rebuildable.
    pub fn parts(&self, table: &str) -> PathBuf {
        self.root.join("parts").join(table)
    }

    /// `drafts/<uid>/`: half-typed forms of one user.
    pub fn drafts(&self, uid: u32) -> PathBuf {
        self.root.join("drafts").join(uid.to_string())
    }

    /// `documents/`: attached files by their content.
    pub fn documents(&self) -> PathBuf {
        self.root.join("documents")
    }

    /// `seals/`: what stood in the months that were closed.
    pub fn seals(&self) -> PathBuf {
        self.root.join("seals")
    }

    /// `seals/<name>`.
    pub fn seal(&self, name: &str) -> PathBuf {
        self.seals().join(name)
    }

    /// `reserve.bin`: space set aside.
    pub fn ballast(&self) -> PathBuf {
        self.root.join("reserve.bin")
    }

    /// `quarantine/`: torn tails.
    pub fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }
}

/// What `FORMAT` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    format: String,
    /// Version of the program that made the store.
    pub version: u64,
    /// A program below this version must not read it.
    pub min_reader: u64,
    /// A program below this version must not write it.
    pub min_writer: u64,
    /// Names the store for ever.
    pub store_id: String,
}

const FORMAT_NAME: &str = "santun-store";

impl Format {
    /// The format of a new store.
    pub fn new(store_id: &str) -> Self {
        Self {
            format: FORMAT_NAME.to_owned(),
            version: FORMAT_VERSION,
            min_reader: FORMAT_VERSION,
            min_writer: FORMAT_VERSION,
            store_id: store_id.to_owned(),
        }
    }

    /// Reads `FORMAT`; refuses what this program may not read.
    pub fn read(disk: &dyn Disk, layout: &Layout) -> Result<Self, StoreError> {
        let path = layout.format();
        let bytes = match read_whole(disk, &path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NotAStore(layout.root().to_path_buf()));
            }
            read => read.doing("read", &path)?,
        };
        let format: Self = serde_json::from_slice(&bytes)
            .ok()
            .filter(|format: &Self| format.format == FORMAT_NAME)
            .ok_or_else(|| StoreError::BadFormat(path.clone()))?;
        if format.min_reader > FORMAT_VERSION {
            Err(StoreError::Newer(format.min_reader))
        } else {
            Ok(format)
        }
    }

    /// Whether this program may write the store.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        if self.min_writer > FORMAT_VERSION { Err(StoreError::Newer(self.min_writer)) } else { Ok(()) }
    }

    /// The same store in this program's version, if it was made by an older one: what is written into it from now on, an
    /// older program must neither write nor misread.
    pub(crate) fn raised(&self) -> Option<Self> {
        (self.min_writer < FORMAT_VERSION && self.min_reader < FORMAT_VERSION)
            .then(|| Self::new(&self.store_id))
    }

    /// Writes `FORMAT`, durably.
    pub(crate) fn write(&self, disk: &dyn Disk, layout: &Layout) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec(self).expect("a format has no map keys that are not text");
        bytes.push(b'\n');
        let path = layout.format();
        replace_file(disk, &path, &bytes, Sharing::Group).doing("write", &path)
    }
}
