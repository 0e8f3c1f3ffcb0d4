//! A new store.

use std::io::ErrorKind;
use std::path::Path;

use crate::store::disk::{Disk, Sharing, ensure_dir, exists, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::format::{Format, Layout};
use crate::store::journal::{Cursor, Form, Position};
use crate::store::lock::blank_note;
use crate::store::place;
use crate::store::record::{Head, Moment, SegmentHeader, encode_segment_header};
use crate::store::watermark::write_both;

/// Makes the lower half of a new store: folders, lock file, first segment, watermark, and `FORMAT` last, since a folder
/// without `FORMAT` is no store. `store_id` names it for ever: up to 64 of `A–Z a–z 0–9 -`, never used twice.
///
/// # Panics
/// If `store_id` has another form.
pub fn create(disk: &dyn Disk, root: &Path, store_id: &str, at: Moment) -> Result<(), StoreError> {
    let id_fits = (1..=64).contains(&store_id.len())
        && store_id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    assert!(id_fits, "a store's id is up to 64 of A-Z a-z 0-9 -");
    let layout = Layout::new(root);
    place::check_new(disk, &layout)?;
    refuse_if_there(disk, &layout)?;
    ensure_dir(disk, root, Sharing::Group).doing("make", root)?;
    let segment = layout.segment(at.civil().year(), 1);
    let year_dir = segment.parent().expect("a segment lies in its year's folder");
    for dir in [layout.lock_dir().as_path(), year_dir, layout.quarantine().as_path()] {
        ensure_dir(disk, dir, Sharing::Group).doing("make", dir)?;
    }
    let lock = layout.writer_lock();
    replace_file(disk, &lock, &blank_note(), Sharing::Group).doing("write", &lock)?;
    let head = Head::genesis(store_id);
    let header = SegmentHeader { first_seq: 1, store_id: store_id.to_owned(), after: head.hash };
    let header = encode_segment_header(&header);
    replace_file(disk, &segment, &header, Sharing::Group).doing("write", &segment)?;
    let position = Position { segment: 1, offset: header.len() as u64 };
    write_both(disk, &layout, &Cursor { position, head }, 1)?;
    Format::new(store_id).write(disk, &layout)
}

/// A store, or a journal without its `FORMAT`, is never written over. An interrupted `create` leaves no line behind the
/// header, so it can be done again.
fn refuse_if_there(disk: &dyn Disk, layout: &Layout) -> Result<(), StoreError> {
    let there = || StoreError::AlreadyAStore(layout.root().to_path_buf());
    if exists(disk, &layout.format()).doing("look for", &layout.format())? {
        return Err(there());
    }
    let segments = match crate::store::journal::segments(disk, layout) {
        Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => return Ok(()),
        listed => listed?,
    };
    for segment in segments {
        if segment.form == Form::Sealed {
            return Err(there());
        }
        let bytes = crate::store::disk::read_whole(disk, &segment.path).doing("read", &segment.path)?;
        if bytes.iter().filter(|b| **b == b'\n').count() > 1 {
            return Err(there());
        }
    }
    // What was left holds no record. It goes, since the new journal may begin in another year's folder.
    for segment in crate::store::journal::segments(disk, layout)? {
        disk.unlink(&segment.path).doing("remove", &segment.path)?;
    }
    Ok(())
}
