//! Attached files, each under the digest of its content: `documents/ab/cdef…`, 0440, written and synced before the record
//! that names it, removed only when all who name it are erased. The same bytes twice are one file.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::disk::{Disk, Sharing, ensure_dir, read_whole, replace_file};
use super::error::{Doing, StoreError};
use super::format::Layout;
use super::record::Hash;

/// Whether bytes were new to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They were written.
    Fresh,
    /// They lie there already, whole.
    There,
}

/// How a file was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// These are its bytes.
    Whole(Vec<u8>),
    /// It is not there.
    Missing,
    /// There are other bytes, or it cannot be read.
    Damaged,
}

/// The digest of some bytes, as a file is named.
pub fn digest(bytes: &[u8]) -> String {
    Hash(Sha256::digest(bytes).into()).to_string()
}

/// Where the bytes of a digest lie; none for what is no digest.
pub fn path_of(layout: &Layout, sha256: &str) -> Option<PathBuf> {
    Hash::from_hex(sha256.as_bytes())?;
    let (folder, name) = sha256.split_at(2);
    Some(layout.documents().join(folder).join(name))
}

/// Keeps bytes; their digest, and whether they were new. A file that is damaged is put back by its own bytes.
pub fn put(disk: &dyn Disk, layout: &Layout, bytes: &[u8]) -> Result<(String, Kept), StoreError> {
    let sha256 = digest(bytes);
    let path = path_of(layout, &sha256).expect("a digest is one");
    if matches!(get(disk, layout, &sha256, bytes.len() as u64), Found::Whole(_)) {
        return Ok((sha256, Kept::There));
    }
    let folder = path.parent().expect("it lies in a folder");
    ensure_dir(disk, folder, Sharing::Group).doing("make", folder)?;
    replace_file(disk, &path, bytes, Sharing::Group).doing("write", &path)?;
    disk.make_read_only(&path).doing("protect", &path)?;
    Ok((sha256, Kept::Fresh))
}

/// The bytes of a digest, proven.
pub fn get(disk: &dyn Disk, layout: &Layout, sha256: &str, bytes: u64) -> Found {
    let Some(path) = path_of(layout, sha256) else { return Found::Missing };
    match read_whole(disk, &path) {
        Ok(read) if read.len() as u64 == bytes && digest(&read) == sha256 => Found::Whole(read),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Found::Missing,
        Ok(_) | Err(_) => Found::Damaged,
    }
}
