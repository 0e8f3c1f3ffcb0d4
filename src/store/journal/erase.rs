//! Sealed segments sealed anew without the personal fields of some records. Chain, numbers and facts are proven to be what
//! they were before the old file goes; at every moment one whole segment has the name.
//!
//! Lines may become shorter or longer: whoever kept a place in such a segment finds it again by the record's number.

use crate::store::disk::{Access, Disk, DiskFile};
use crate::store::error::{Doing, Fault, StoreError};
use crate::store::format::Layout;
use crate::store::record::{Line, RawRecord, parse_line};

use super::seal::{check_lines, damaged, replace_sealed};
use super::sealed::{Packer, SealedFile};
use super::{Form, LineReader, Piece, Segment, segments};

/// Whose personal fields go.
pub(crate) type IsMeant<'a> = &'a dyn Fn(&RawRecord<'_>) -> bool;

/// What is done with every line, and the record in it where it is one.
type EachLine<'a> = &'a mut dyn FnMut(&[u8], Option<&RawRecord<'_>>) -> Result<(), StoreError>;

/// Takes the personal fields of the records that are meant out of every segment before the one that begins with a record;
/// these must all be sealed. Answers how many records lost theirs now.
pub(crate) fn erase_before(
    disk: &dyn Disk,
    layout: &Layout,
    store_id: &str,
    before: u64,
    frame_bytes: usize,
    is_meant: IsMeant<'_>,
) -> Result<u64, StoreError> {
    let mut n_erased = 0;
    for segment in segments(disk, layout)?.iter().filter(|segment| segment.first_seq < before) {
        if segment.form != Form::Sealed || segment.plain_twin.is_some() {
            return Err(damaged(segment.first_seq, Fault::Sealed));
        }
        n_erased += erase_one(disk, segment, store_id, frame_bytes, is_meant)?;
    }
    Ok(n_erased)
}

fn erase_one(
    disk: &dyn Disk,
    segment: &Segment,
    store_id: &str,
    frame_bytes: usize,
    is_meant: IsMeant<'_>,
) -> Result<u64, StoreError> {
    let path = &segment.path;
    let old = SealedFile::open(disk.open(path, Access::Read).doing("open", path)?).doing("read", path)?;
    let mut n_erased = 0;
    each_line(&old, segment, &mut |_, raw| {
        n_erased += u64::from(raw.is_some_and(|raw| raw.has_person() && is_meant(raw)));
        Ok(())
    })?;
    if n_erased == 0 {
        return Ok(0);
    }
    let seal = old.seal();
    replace_sealed(
        disk,
        path,
        &seal,
        &mut |packer| pack_without(&old, segment, frame_bytes, is_meant, packer),
        &mut |sealed| {
            check_lines(sealed, path, store_id, &seal)?;
            check_kept(&old, sealed, segment, is_meant)
        },
    )?;
    Ok(n_erased)
}

/// Packs the lines anew, those that are meant without their personal fields.
fn pack_without(
    old: &SealedFile,
    segment: &Segment,
    frame_bytes: usize,
    is_meant: IsMeant<'_>,
    packer: &mut Packer<'_>,
) -> Result<(), StoreError> {
    let mut frame = Vec::with_capacity(2 * frame_bytes);
    each_line(old, segment, &mut |bytes, raw| {
        match raw.filter(|raw| raw.has_person() && is_meant(raw)) {
            Some(raw) => frame.extend(raw.without_person()),
            None => {
                frame.extend_from_slice(bytes);
                frame.push(b'\n');
            }
        }
        if frame.len() >= frame_bytes {
            packer.frame(&frame).doing("pack", &segment.path)?;
            frame.clear();
        }
        Ok(())
    })?;
    if frame.is_empty() { Ok(()) } else { packer.frame(&frame).doing("pack", &segment.path) }
}

/// Whether every line is there as it was, and only those that are meant have lost what they should.
fn check_kept(
    old: &dyn DiskFile,
    new: &dyn DiskFile,
    segment: &Segment,
    is_meant: IsMeant<'_>,
) -> Result<(), StoreError> {
    let bad = || damaged(segment.first_seq, Fault::Sealed);
    let path = &segment.path;
    let mut lines = LineReader::new(new, 0, new.len().doing("measure", path)?);
    each_line(old, segment, &mut |bytes, raw| {
        let Piece::Line { bytes: now, .. } = lines.next().doing("read", path)? else { return Err(bad()) };
        let is_right = match raw.filter(|raw| is_meant(raw)) {
            Some(raw) => {
                matches!(parse_line(now), Ok(Line::Record(now)) if raw.is_kept_by(&now) && !now.has_person())
            }
            None => now == bytes,
        };
        if is_right { Ok(()) } else { Err(bad()) }
    })?;
    if lines.next().doing("read", path)? == Piece::End { Ok(()) } else { Err(bad()) }
}

/// Gives every line of a segment, and the record in it where it is one.
fn each_line(file: &dyn DiskFile, segment: &Segment, take: EachLine<'_>) -> Result<(), StoreError> {
    let path = &segment.path;
    let mut lines = LineReader::new(file, 0, file.len().doing("measure", path)?);
    loop {
        match lines.next().doing("read", path)? {
            Piece::End => return Ok(()),
            Piece::Unfinished { .. } => return Err(damaged(segment.first_seq, Fault::Unfinished)),
            Piece::Line { bytes, .. } => match parse_line(bytes) {
                Ok(Line::Record(raw)) => take(bytes, Some(&raw))?,
                Ok(Line::Header(_)) => take(bytes, None)?,
                Ok(Line::Newer(version)) => return Err(StoreError::Newer(version)),
                Err(fault) => return Err(damaged(segment.first_seq, Fault::Line(fault))),
            },
        }
    }
}
