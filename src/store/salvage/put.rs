//! The files of the new store.

use std::sync::Arc;

use crate::domain::event::{ClaimEvent, Event};
use crate::store::codec::event_of;
use crate::store::disk::{Disk, Sharing, ensure_dir, read_whole, replace_file};
use crate::store::documents::{self, Found};
use crate::store::error::{Doing, StoreError};
use crate::store::format::{Format, Layout};
use crate::store::journal::{Cursor, Position};
use crate::store::ledger::Mode;
use crate::store::lock::blank_note;
use crate::store::record::{Actor, Head, Loose, Moment, SegmentHeader, encode_segment_header};
use crate::store::store::Store;
use crate::store::watermark::write_both;

use super::LostFile;
use super::fold::Folded;

/// A segment with this many bytes is followed by another.
const SEGMENT_BYTES: usize = 64 << 20;

/// The new store.
pub(super) struct New<'a> {
    pub(super) disk: &'a Arc<dyn Disk>,
    pub(super) layout: &'a Layout,
    pub(super) id: &'a str,
}

impl New<'_> {
    /// Writes the journal, then `FORMAT`, so that there is a whole store or none; then notes where it comes from.
    pub(super) fn write(
        &self,
        folded: &Folded,
        (old_id, old_head, counts): (&str, Head, (u64, u64)),
        actor: &Actor,
        now: Moment,
    ) -> Result<Head, StoreError> {
        let disk = &**self.disk;
        for dir in [self.layout.lock_dir(), self.layout.quarantine()] {
            ensure_dir(disk, &dir, Sharing::Group).doing("make", &dir)?;
        }
        let lock = self.layout.writer_lock();
        replace_file(disk, &lock, &blank_note(), Sharing::Group).doing("write", &lock)?;
        let end = self.journal(folded)?;
        write_both(disk, self.layout, &end, 1)?;
        Format::new(self.id).write(disk, self.layout)?;
        let store = Store::open_on(Arc::clone(self.disk), self.layout.root(), Mode::Write)?;
        store.keep_seals()?;
        store.note_salvaged(old_id, old_head, counts, actor, now)?;
        // Parts are a cache: without them the store opens more slowly, and the next compaction makes them.
        let _ = store.compact(actor, now);
        Ok(store.view().head())
    }

    fn journal(&self, folded: &Folded) -> Result<Cursor, StoreError> {
        let mut head = Head::genesis(self.id);
        let mut year = folded.lines.first().map_or(2000, |(_, _, year)| *year);
        let (mut segment, mut bytes) = (1, self.header(1, head));
        let mut n_lines = 0;
        for (lines, after, line_year) in &folded.lines {
            if n_lines > 0 && (bytes.len() >= SEGMENT_BYTES || *line_year > year) {
                self.put(year, segment, &bytes)?;
                (segment, year, n_lines) = (head.seq + 1, year.max(*line_year), 0);
                bytes = self.header(segment, head);
            }
            bytes.extend_from_slice(lines);
            (head, n_lines) = (*after, n_lines + 1);
        }
        self.put(year, segment, &bytes)?;
        Ok(Cursor { position: Position { segment, offset: bytes.len() as u64 }, head })
    }

    fn header(&self, first_seq: u64, head: Head) -> Vec<u8> {
        encode_segment_header(&SegmentHeader { first_seq, store_id: self.id.to_owned(), after: head.hash })
    }

    fn put(&self, year: i16, first_seq: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.layout.segment(year, first_seq);
        let dir = path.parent().expect("a segment lies in its year's folder");
        ensure_dir(&**self.disk, dir, Sharing::Group).doing("make", dir)?;
        replace_file(&**self.disk, &path, bytes, Sharing::Group).doing("write", &path)
    }
}

/// Attached files that records name: how many were carried over, and those that are lost.
pub(super) fn documents(
    old_disk: &dyn Disk,
    old: &Layout,
    disk: &dyn Disk,
    layout: &Layout,
    kept: &[Loose],
) -> Result<(usize, Vec<LostFile>), StoreError> {
    let (mut n_carried, mut lost) = (0, Vec::new());
    for record in kept.iter().filter(|record| !record.pii.starts_with(r#"{"erased":"#)) {
        let Ok(Event::Claim(_, ClaimEvent::FileAttached(file))) = event_of(&record.op, &record.data, None)
        else {
            continue;
        };
        let reason = match documents::get(old_disk, old, &file.sha256, file.bytes) {
            Found::Whole(bytes) => {
                let _ = documents::put(disk, layout, &bytes)?;
                n_carried += 1;
                continue;
            }
            Found::Missing => "missing",
            Found::Damaged => "digest",
        };
        let (folder, name) = file.sha256.split_at(file.sha256.len().min(2));
        let path = format!("documents/{folder}/{name} ({})", record.reference);
        lost.push(LostFile { path, rows: 0, reason: reason.to_owned() });
    }
    Ok((n_carried, lost))
}

/// The settings for people, if they can be read; only a help, since the journal has them.
pub(super) fn settings(
    old_disk: &dyn Disk,
    old: &Layout,
    disk: &dyn Disk,
    layout: &Layout,
) -> Result<(), StoreError> {
    let root = layout.root();
    ensure_dir(disk, root, Sharing::Group).doing("make", root)?;
    match read_whole(old_disk, &old.settings()) {
        Ok(bytes) => {
            let path = layout.settings();
            replace_file(disk, &path, &bytes, Sharing::Group).doing("write", &path)
        }
        Err(_) => Ok(()),
    }
}
