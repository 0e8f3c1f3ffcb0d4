//! Copies a file, durably, and reads it back.

use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::store::disk::{
    Access, Disk, Sharing, ensure_dir, exists, read_full_at, temporary_beside, write_all_at,
};
use crate::store::error::{Doing, StoreError};
use crate::store::record::Hash;

use super::BackupFault;

const CHUNK: usize = 1 << 20;

/// Length and digest of a file, or of its beginning.
pub(super) fn digest(disk: &dyn Disk, path: &Path, cut: Option<u64>) -> io::Result<(u64, Hash)> {
    let mut hasher = Sha256::new();
    let mut len = 0;
    each_chunk(disk, path, cut, &mut |bytes| {
        hasher.update(bytes);
        len += bytes.len() as u64;
        Ok(())
    })?;
    Ok((len, Hash(hasher.finalize().into())))
}

/// Whether a file is there and is this one.
pub(super) fn is_there(disk: &dyn Disk, path: &Path, bytes: u64, sha256: &Hash) -> io::Result<bool> {
    let file = match disk.open(path, Access::Read) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    if file.len()? != bytes {
        return Ok(false);
    }
    drop(file);
    Ok(digest(disk, path, None)? == (bytes, *sha256))
}

/// Copies the beginning of a file under a new name, durably, and reads it back.
pub(super) fn copy(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    bytes: u64,
    sha256: &Hash,
    sharing: Sharing,
) -> Result<(), StoreError> {
    let folder = to.parent().unwrap_or(to);
    ensure_dir(disk, folder, sharing).doing("make", folder)?;
    let (folder, temporary) = temporary_beside(to).doing("name", to)?;
    let written = write(disk, from, &temporary, bytes, sharing);
    if let Err(error) = written.and_then(|()| disk.rename(&temporary, to)) {
        // The first error is the one to tell; a leftover is swept by the next backup.
        let _ = disk.unlink(&temporary);
        return Err(error).doing("write", to);
    }
    disk.sync_dir(&folder).doing("sync", &folder)?;
    if is_there(disk, to, bytes, sha256).doing("read", to)? {
        Ok(())
    } else {
        Err(StoreError::Backup { path: to.to_path_buf(), fault: BackupFault::File })
    }
}

fn write(disk: &dyn Disk, from: &Path, to: &Path, bytes: u64, sharing: Sharing) -> io::Result<()> {
    if exists(disk, to)? {
        disk.unlink(to)?;
    }
    let file = disk.create(to, sharing)?;
    let mut offset = 0;
    each_chunk(disk, from, Some(bytes), &mut |chunk| {
        write_all_at(&*file, offset, chunk)?;
        offset += chunk.len() as u64;
        Ok(())
    })?;
    file.sync_all()
}

fn each_chunk(
    disk: &dyn Disk,
    path: &Path,
    cut: Option<u64>,
    take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let file = disk.open(path, Access::Read)?;
    let mut buffer = vec![0; CHUNK];
    let mut offset = 0;
    loop {
        let left = cut.map_or(CHUNK, |cut| usize::try_from(cut - offset).unwrap_or(CHUNK).min(CHUNK));
        let read = read_full_at(&*file, offset, &mut buffer[..left])?;
        if read == 0 {
            return match cut {
                Some(cut) if cut > offset => Err(io::ErrorKind::UnexpectedEof.into()),
                _ => Ok(()),
            };
        }
        take(&buffer[..read])?;
        offset += read as u64;
    }
}
