//! Places in finished segments, found again: a segment that was sealed anew without personal fields has its records at
//! other bytes. A record's number and hash name it for ever; the byte is only where it stood last.

use crate::store::disk::{Disk, DiskFile};
use crate::store::error::{Doing, StoreError};
use crate::store::format::Layout;
use crate::store::record::{Head, Line, parse_line};

use super::{Cursor, Form, LineReader, Piece, Position, Segment, ends_at, segments};

/// The same cursor with the byte at which its record ends now; as it is where the record is not in its segment.
pub(crate) fn found_again(disk: &dyn Disk, layout: &Layout, cursor: Cursor) -> Result<Cursor, StoreError> {
    if cursor.position.offset == 0 || ends_at(disk, layout, &cursor)? {
        return Ok(cursor);
    }
    let segments = segments(disk, layout)?;
    let segment = segments.iter().find(|segment| segment.first_seq == cursor.position.segment);
    let sealed = segment.filter(|segment| segment.form == Form::Sealed);
    let Some(segment) = sealed else { return Ok(cursor) };
    let file = segment.open(disk)?;
    Ok(match end_of(&*file, segment, cursor.head)? {
        Some(offset) => Cursor { position: Position { offset, ..cursor.position }, ..cursor },
        None => cursor,
    })
}

/// Where the line of a record ends in its segment.
pub(super) fn end_of(file: &dyn DiskFile, segment: &Segment, head: Head) -> Result<Option<u64>, StoreError> {
    place_of(file, segment, &|line| match line {
        Line::Record(raw) => raw.seq == head.seq && raw.hash == head.hash && raw.i == raw.n,
        Line::Header(header) => header.first_seq == head.seq + 1 && header.after == head.hash,
        Line::Newer(_) => false,
    })
    .map(|place| place.map(|(_, end)| end))
}

/// Where the line of a record begins in its segment.
pub(super) fn start_of(file: &dyn DiskFile, segment: &Segment, seq: u64) -> Result<Option<u64>, StoreError> {
    let is_it = |line: &Line<'_>| matches!(line, Line::Record(raw) if raw.seq == seq);
    Ok(place_of(file, segment, &is_it)?.map(|(start, _)| start))
}

fn place_of(
    file: &dyn DiskFile,
    segment: &Segment,
    is_it: &dyn Fn(&Line<'_>) -> bool,
) -> Result<Option<(u64, u64)>, StoreError> {
    let path = &segment.path;
    let mut lines = LineReader::new(file, 0, file.len().doing("measure", path)?);
    while let Piece::Line { offset, bytes } = lines.next().doing("read", path)? {
        if parse_line(bytes).is_ok_and(|line| is_it(&line)) {
            return Ok(Some((offset, offset + bytes.len() as u64 + 1)));
        }
    }
    Ok(None)
}
