//! The writer's lock and the poison: what stands between two writers, and between a writer and a damaged journal.

use std::time::Duration;

use super::disk::{Access, Disk, Held, Sharing, exists, read_whole, replace_file, write_all_at};
use super::error::{Doing, StoreError};
use super::format::Layout;
use super::record::{Actor, Moment, push_json_string};

/// The held lock. Dropping it releases it.
#[derive(Debug)]
pub struct WriterLock {
    _held: Box<dyn Held>,
}

/// The note in the lock file has one length, so that writing it never changes the file's size.
const NOTE_LEN: usize = 256;

impl WriterLock {
    /// Takes `lock/writer.lock`, waiting in the kernel's queue for at most `patience`, and notes who holds it.
    pub fn take(
        disk: &dyn Disk,
        layout: &Layout,
        by: &Actor,
        at: Moment,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        let lock = Self::take_silently(disk, layout, patience)?;
        // The note only serves the sentence "busy: held by …"; a disk that cannot take it is met again at once by the
        // journal, where it matters.
        let note = note_of(by, at);
        let _ =
            disk.open(&layout.writer_lock(), Access::Update).and_then(|file| write_all_at(&*file, 0, &note));
        Ok(lock)
    }

    /// Takes it without a note: for looking, not for writing.
    pub fn take_silently(disk: &dyn Disk, layout: &Layout, patience: Duration) -> Result<Self, StoreError> {
        let path = layout.writer_lock();
        match disk.lock(&path, patience).doing("lock", &path)? {
            None => Err(StoreError::Busy { holder: holder(disk, layout) }),
            Some(held) => Ok(Self { _held: held }),
        }
    }
}

/// The empty lock file of a new store.
pub(crate) fn blank_note() -> Vec<u8> {
    let mut note = vec![b' '; NOTE_LEN];
    note[NOTE_LEN - 1] = b'\n';
    note
}

fn note_of(by: &Actor, at: Moment) -> Vec<u8> {
    let mut text = format!(r#"{{"pid":{},"since":"{at}","uid":{},"user":"#, std::process::id(), by.uid);
    push_json_string(&mut text, &by.user);
    text.push('}');
    let mut note = blank_note();
    if text.len() < NOTE_LEN {
        note[..text.len()].copy_from_slice(text.as_bytes());
    }
    note
}

/// Who holds the lock, or held it last, as its file says: `siti · pid 4711 · 2026-10-30T09:15:00.250+07:00`.
pub fn holder(disk: &dyn Disk, layout: &Layout) -> String {
    let bytes = read_whole(disk, &layout.writer_lock()).unwrap_or_default();
    let note: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let (user, since) = (note["user"].as_str().unwrap_or("?"), note["since"].as_str().unwrap_or("?"));
    format!("{user} · pid {} · {since}", note["pid"])
}

/// The text of `lock/POISON`, if it is there.
pub fn poison(disk: &dyn Disk, layout: &Layout) -> Result<Option<String>, StoreError> {
    let path = layout.poison();
    match read_whole(disk, &path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).doing("read", &path),
    }
}

/// Puts `lock/POISON` in place; an older one stays, since it tells the first cause.
pub(crate) fn put_poison(disk: &dyn Disk, layout: &Layout, reason: &str) -> Result<(), StoreError> {
    let path = layout.poison();
    if exists(disk, &path).doing("look for", &path)? {
        return Ok(());
    }
    replace_file(disk, &path, format!("{reason}\n").as_bytes(), Sharing::Group).doing("write", &path)
}

/// Takes `lock/POISON` away, durably.
pub(crate) fn remove_poison(disk: &dyn Disk, layout: &Layout) -> Result<(), StoreError> {
    let path = layout.poison();
    match disk.unlink(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        unlinked => unlinked.doing("remove", &path)?,
    }
    disk.sync_dir(&layout.lock_dir()).doing("sync", &layout.lock_dir())
}
