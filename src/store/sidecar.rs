//! Sidecars: small files beside the big ones, each made from exactly one file of the base and from nothing else, so that a
//! question can be answered by reading a few kilobytes instead of the file. They are a cache of a cache: never trusted without
//! their checksums, made anew when they are missing or wrong.
//!
//! A sidecar is its content cut into blocks of 4,092 bytes, each followed by its CRC32C; the last block may be shorter. The
//! checksum also covers what the sidecar is, which file it is of, how long it is, and the number of the block, so that a block
//! of another file, of another place or of a longer sidecar is not taken for this one.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::disk::{Access, Disk, DiskFile, Sharing, ensure_dir, read_full_at, temporary_beside, write_new};

/// Bytes of a block on the disk.
const BLOCK: u64 = 4_096;
/// Bytes of its checksum.
const CHECK: u64 = 4;
/// Bytes of content in a full block.
const PAYLOAD: u64 = BLOCK - CHECK;

/// What a sidecar is, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// The kind of its content: also the name of its folder.
    pub kind: &'a str,
    /// The version of its content: another one is made anew.
    pub version: u32,
    /// SHA-256 of the file it is made from, in hexadecimal.
    pub of: &'a str,
}

impl Label<'_> {
    fn seed(self, len: u64) -> u32 {
        let mut seed = crc32c::crc32c(self.kind.as_bytes());
        for bytes in [&self.version.to_le_bytes()[..], self.of.as_bytes(), &len.to_le_bytes()[..]] {
            seed = crc32c::crc32c_append(seed, bytes);
        }
        seed
    }
}

/// Why a sidecar cannot answer.
#[derive(Debug)]
pub enum Wrong {
    /// It is not there.
    Missing,
    /// It is not what was written, or of another file.
    Damaged,
    /// The disk could not give it.
    Unread(io::Error),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Wrong {
        if error.kind() == io::ErrorKind::NotFound { Wrong::Missing } else { Wrong::Unread(error) }
    }
}

/// A sidecar that can be asked.
#[derive(Debug)]
pub struct Sidecar {
    bytes: Bytes,
    len: u64,
}

#[derive(Debug)]
enum Bytes {
    /// On the disk; every block is checked when it is read.
    File { file: Box<dyn DiskFile>, seed: u32 },
    /// Just made from its file.
    Memory(Arc<[u8]>),
}

impl Sidecar {
    /// Opens the one at a path. Nothing of it is read yet; a wrong length is damage.
    pub fn open(disk: &dyn Disk, path: &Path, label: Label<'_>) -> Result<Sidecar, Wrong> {
        let file = disk.open(path, Access::Read)?;
        let on_disk = file.len()?;
        let n_blocks = on_disk.div_ceil(BLOCK);
        let last = on_disk - n_blocks.saturating_sub(1) * BLOCK;
        if last < CHECK || (n_blocks > 1 && last == CHECK) {
            return Err(Wrong::Damaged);
        }
        let len = on_disk - n_blocks * CHECK;
        Ok(Sidecar { bytes: Bytes::File { file, seed: label.seed(len) }, len })
    }

    /// One with this content.
    pub fn of(content: Arc<[u8]>) -> Sidecar {
        Sidecar { len: content.len() as u64, bytes: Bytes::Memory(content) }
    }

    /// Bytes of its content.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Some of its content, each block it lies in checked. What lies behind the end is damage: the content has promised it.
    pub fn read(&self, at: u64, len: u64) -> Result<Vec<u8>, Wrong> {
        let end = at.checked_add(len).filter(|end| *end <= self.len).ok_or(Wrong::Damaged)?;
        match &self.bytes {
            Bytes::Memory(content) => Ok(content[place(at)..place(end)].to_vec()),
            Bytes::File { file, seed } => {
                let first = at / PAYLOAD;
                let last = end.saturating_sub(1).max(at) / PAYLOAD;
                let content = self.blocks(&**file, *seed, first, last)?;
                let skip = at - first * PAYLOAD;
                Ok(content[place(skip)..place(skip + len)].to_vec())
            }
        }
    }

    /// All of its content.
    pub fn whole(&self) -> Result<Vec<u8>, Wrong> {
        self.read(0, self.len)
    }

    fn blocks(&self, file: &dyn DiskFile, seed: u32, first: u64, last: u64) -> Result<Vec<u8>, Wrong> {
        let wanted = (self.len - first * PAYLOAD).min((last - first + 1) * PAYLOAD);
        let mut raw = vec![0; place(wanted + wanted.div_ceil(PAYLOAD).max(1) * CHECK)];
        if read_full_at(file, first * BLOCK, &mut raw)? != raw.len() {
            return Err(Wrong::Damaged);
        }
        let mut content = Vec::with_capacity(place(wanted));
        for (number, block) in (first..).zip(raw.chunks(place(BLOCK))) {
            let (payload, check) = block.split_at(block.len() - place(CHECK));
            if check != check_of(seed, number, payload).to_le_bytes() {
                return Err(Wrong::Damaged);
            }
            content.extend_from_slice(payload);
        }
        Ok(content)
    }
}

/// Puts a sidecar in place, whole or not at all. Its name is not synced: after a power cut it may be missing, never torn.
pub fn put(disk: &dyn Disk, path: &Path, label: Label<'_>, content: &[u8]) -> io::Result<()> {
    let seed = label.seed(content.len() as u64);
    let mut bytes = Vec::with_capacity(content.len() + content.len() / place(PAYLOAD) * 4 + 8);
    let empty: &[u8] = &[];
    let blocks = content.chunks(place(PAYLOAD)).chain(content.is_empty().then_some(empty));
    for (number, payload) in (0..).zip(blocks) {
        bytes.extend_from_slice(payload);
        bytes.extend(check_of(seed, number, payload).to_le_bytes());
    }
    let (dir, temporary) = temporary_beside(path)?;
    ensure_dir(disk, &dir, Sharing::Group)?;
    let written = write_new(disk, &temporary, &bytes, Sharing::Group).and_then(|file| file.sync_data());
    let placed = written.and_then(|()| disk.rename(&temporary, path));
    placed.inspect_err(|_| {
        // Only tidiness: a leftover is a name that begins with a dot, and is swept.
        let _ = disk.unlink(&temporary);
    })
}

fn check_of(seed: u32, number: u64, payload: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c_append(seed, &number.to_le_bytes()), payload)
}

fn place(at: u64) -> usize {
    usize::try_from(at).expect("a sidecar fits into memory")
}
