//! Sums of a month's books that the desk has made and keeps beside the parts. What is in them is the desk's; here their
//! bytes are guarded, named by the books they were made of, and swept when they are of no use. A cache.

use std::path::Path;

use crate::domain::period::Period;
use crate::store::disk::{Disk, RealDisk, Sharing, ensure_dir, read_whole, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::format::Layout;
use crate::store::ledger::Mode;
use crate::store::manifest::{FileEntry, Manifest};
use crate::store::mart::{Masking, Published};
use crate::store::tables::{Sum128, Table};
use crate::store::view::BooksKey;

use super::Store;

/// The folder of kept sums in `parts/`.
pub(crate) const KEPT_SUMS: &str = "sums";

/// `parts/sums/2026-10.<sum of the rows' hashes>.sums`.
pub(crate) fn kept_name(key: &BooksKey) -> String {
    format!("{}.{}.sums", key.month, key.sum.hex())
}

/// The first line of the file; the rest is what is kept.
fn head_of(key: &BooksKey, body: &[u8]) -> String {
    format!("santun-sums 1 {} {} {} {:08x}\n", key.month, key.postings, key.sum.hex(), crc32c::crc32c(body))
}

/// What a file keeps, if it is whole and of these books.
fn body_of(bytes: Vec<u8>, key: &BooksKey) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')? + 1;
    (bytes[..end] == *head_of(key, &bytes[end..]).as_bytes()).then(|| bytes[end..].to_vec())
}

/// Whether a file of kept sums is whole, whatever books it is of. Looked at by fsck.
pub(crate) fn is_whole(disk: &dyn Disk, layout: &Layout, name: &str) -> bool {
    let Ok(bytes) = read_whole(disk, &layout.parts(KEPT_SUMS).join(name)) else { return false };
    let Some((month, sum)) = parsed(name) else { return false };
    let postings = bytes.split(|byte| *byte == b' ').nth(3);
    let postings = postings.and_then(|n| std::str::from_utf8(n).ok()).and_then(|n| n.parse().ok());
    postings.is_some_and(|postings| body_of(bytes, &BooksKey { month, postings, sum }).is_some())
}

/// Month and sum of a name.
fn parsed(name: &str) -> Option<(Period, Sum128)> {
    let (month, sum) = name.strip_suffix(".sums")?.split_once('.')?;
    Some((month.parse().ok()?, Sum128::from_hex(sum)?))
}

/// Whether a name is that of kept sums of the books that a MANIFEST's files hold.
pub(super) fn is_of(name: &str, manifest: &Manifest) -> bool {
    let Some((month, sum)) = parsed(name) else { return false };
    let is_one = |file: &&FileEntry| file.table == Table::Posted && file.month <= month.number();
    let mut books = Sum128::default();
    manifest.files.iter().filter(is_one).for_each(|file| books.add(file.sum.0));
    books == sum
}

impl Store {
    /// Publishes the newest view; any folder but the store's own for it is written as any program of this user would.
    pub fn publish(&self, dir: &Path, masking: Masking) -> Result<Published, StoreError> {
        let root = std::path::absolute(&self.root).unwrap_or_else(|_| self.root.clone());
        let own = dir.starts_with(root.join("mart"));
        let user = RealDisk::new();
        self.view().publish(if own { &*self.disk } else { &user }, dir, masking)
    }

    /// What was kept of some books, if it is there and whole.
    pub fn kept_sums(&self, key: &BooksKey) -> Option<Vec<u8>> {
        let path = self.layout.parts(KEPT_SUMS).join(kept_name(key));
        body_of(read_whole(&*self.disk, &path).ok()?, key)
    }

    /// Keeps something of some books. A handle that only reads keeps nothing, and nothing is kept beside a journal that
    /// may not be written.
    pub fn keep_sums(&self, key: &BooksKey, body: &[u8]) -> Result<(), StoreError> {
        if self.mode == Mode::Read {
            return Err(StoreError::ReadOnlyHandle);
        }
        if let Some(error) = self.standing().error() {
            return Err(error);
        }
        let dir = self.layout.parts(KEPT_SUMS);
        let path = dir.join(kept_name(key));
        ensure_dir(&*self.disk, &dir, Sharing::Group).doing("make", &dir)?;
        let bytes = [head_of(key, body).as_bytes(), body].concat();
        replace_file(&*self.disk, &path, &bytes, Sharing::Group).doing("write", &path)
    }
}
