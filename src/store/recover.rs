//! What stands behind the last whole transaction, and what may be done about it. Cutting a journal by itself is the
//! most dangerous thing this program does, so the judgement is a pure function of the bytes, and it says "torn" only to
//! what one interrupted write of one transaction can leave; everything else is damage and stays.

use std::io;
use std::path::PathBuf;

use super::disk::{Access, Disk, Sharing, ensure_dir, exists, read_full_at, replace_file, write_all_at};
use super::error::{Doing, Fault, StoreError};
use super::format::Layout;
use super::journal::{Cursor, Form, Position, Segment, segments};
use super::record::{Hash, Head, Line, RawRecord, parse_line};

/// What the bytes behind the last whole transaction are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// There are none.
    Clean,
    /// The rest of one interrupted write: it was never acknowledged.
    Torn,
    /// No interrupted write leaves this; where in the tail, and what.
    Damage {
        /// Byte of the tail.
        offset: u64,
        /// What is wrong there.
        fault: Fault,
    },
    /// A newer program's line.
    Newer(u64),
}

/// A disk writes whole sectors: a hole in a write begins and ends at one.
const SECTOR: u64 = 512;

/// Judges the bytes from `offset` in their file to its end, which follow the record `head`.
///
/// An interrupted write of one transaction leaves a prefix of its lines; blocks that never reached the disk read as
/// NULs. A transaction is written only when the one before it is on the disk, so a valid line of any later transaction
/// proves that what stands before it was acknowledged.
pub fn judge_tail(tail: &[u8], offset: u64, head: Head) -> Tail {
    let written = tail.len() - tail.iter().rev().take_while(|b| **b == 0).count();
    if tail.is_empty() {
        return Tail::Clean;
    }
    let bytes = &tail[..written];
    let mut judge = Judge { tail: bytes, offset, head, before: None, known: head.hash, holed: false };
    let mut start = 0;
    while start < bytes.len() {
        let end = bytes[start..].iter().position(|b| *b == b'\n').map(|len| start + len);
        let verdict = match end {
            Some(end) => judge.line(start, end),
            None => judge.unfinished(start),
        };
        if let Err(verdict) = verdict {
            return verdict;
        }
        start = end.map_or(bytes.len(), |end| end + 1);
    }
    Tail::Torn
}

struct Judge<'a> {
    tail: &'a [u8],
    /// Where the tail begins in its file.
    offset: u64,
    head: Head,
    /// The last valid line of the tail: its place in the transaction, and how many there are.
    before: Option<(u64, u64)>,
    /// Hash of the line before, as long as no hole has hidden one.
    known: Hash,
    holed: bool,
}

impl Judge<'_> {
    /// A line with its line feed.
    fn line(&mut self, start: usize, end: usize) -> Result<(), Tail> {
        match parse_line(&self.tail[start..end]) {
            Ok(Line::Newer(version)) => Err(Tail::Newer(version)),
            Ok(Line::Record(raw)) => self.record(start, &raw),
            Ok(Line::Header(_)) => Err(damage(start, Fault::Inside)),
            Err(fault) => {
                // A whole line that is wrong is damage, unless blocks of it never reached the disk.
                self.hole(start, end).map_err(|()| damage(start, Fault::Line(fault)))
            }
        }
    }

    /// A valid line: it must belong to the one transaction that was being written.
    fn record(&mut self, start: usize, raw: &RawRecord<'_>) -> Result<(), Tail> {
        let first = self.head.seq + 1;
        let in_place = raw.tx == first && raw.i >= 1 && raw.i <= raw.n && raw.seq == first + (raw.i - 1);
        let in_order = match self.before {
            None => self.holed || raw.i == 1,
            Some((i, n)) => raw.n == n && (raw.i == i + 1 || (self.holed && raw.i > i)),
        };
        if !in_place || !in_order {
            return Err(damage(start, Fault::Inside));
        }
        if !self.holed && !raw.follows(&self.known) {
            return Err(damage(start, Fault::Chain));
        }
        self.before = Some((raw.i, raw.n));
        self.known = raw.hash;
        Ok(())
    }

    /// Bytes at the end without a line feed: the beginning of a line, perhaps with holes.
    fn unfinished(&mut self, start: usize) -> Result<(), Tail> {
        let bytes = &self.tail[start..];
        if self.before.is_some_and(|(i, n)| i == n) {
            // The one transaction had its last line: what comes after it is another's.
            return Err(damage(start, Fault::Inside));
        }
        if let Ok(Line::Record(raw)) = parse_line(bytes) {
            // All of it but its line feed: it must belong to that transaction like any other.
            return self.record(start, &raw);
        }
        if bytes.contains(&0) {
            return self.hole(start, self.tail.len()).map_err(|()| damage(start, Fault::Inside));
        }
        let opening = br#"{"v":"#;
        let len = bytes.len().min(opening.len());
        let is_beginning = self.holed || bytes[..len] == opening[..len];
        if is_beginning && !holds_whole_line(bytes) { Ok(()) } else { Err(damage(start, Fault::Inside)) }
    }

    /// Whether the NULs between two places are blocks that were never written: in every sector either all bytes of the
    /// tail are NUL or none is.
    fn hole(&mut self, start: usize, end: usize) -> Result<(), ()> {
        if !self.tail[start..end].contains(&0) {
            return Err(());
        }
        let sector_of = |at: usize| (self.offset + at as u64) / SECTOR;
        let mut sectors = self.tail.iter().enumerate().map(|(at, b)| (sector_of(at), *b == 0));
        let mixed = |pair: [(u64, bool); 2]| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1;
        let mut previous = sectors.next();
        for next in sectors {
            if previous.is_some_and(|previous| mixed([previous, next])) {
                return Err(());
            }
            previous = Some(next);
        }
        self.holed = true;
        Ok(())
    }
}

/// Whether some prefix, shorter than all of it, is a whole line with the right checksum: then its line feed was there
/// once and has been changed, since what follows a line is written after it.
fn holds_whole_line(bytes: &[u8]) -> bool {
    const END: &[u8] = br#""}"#;
    const CHECKSUM: &[u8] = br#","c":""#;
    let checksums = bytes.windows(CHECKSUM.len()).enumerate().filter(|(_, window)| *window == CHECKSUM);
    let mut ends = checksums.map(|(at, _)| at + CHECKSUM.len() + 8 + END.len());
    ends.any(|end| end < bytes.len() && parse_line(&bytes[..end]).is_ok())
}

fn damage(offset: usize, fault: Fault) -> Tail {
    Tail::Damage { offset: offset as u64, fault }
}

/// The bytes behind the cursor in its segment.
pub(crate) fn read_tail(disk: &dyn Disk, segment: &Segment, cursor: &Cursor) -> Result<Vec<u8>, StoreError> {
    let path = &segment.path;
    let file = disk.open(path, Access::Read).doing("open", path)?;
    let len = file.len().doing("measure", path)?.saturating_sub(cursor.position.offset);
    let mut tail = vec![0; usize::try_from(len).expect("a segment fits into memory")];
    let read = read_full_at(&*file, cursor.position.offset, &mut tail).doing("read", path)?;
    tail.truncate(read);
    Ok(tail)
}

/// A torn tail that was taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Healed {
    /// Its copy in `quarantine/`.
    pub quarantine: PathBuf,
    /// How many bytes.
    pub bytes: u64,
    /// The record it stood behind.
    pub after_seq: u64,
}

/// Copies a tail that was judged torn to quarantine, durably, and only then cuts it off. A crash in between leaves the
/// tail and a copy of the same name, and the next writer does the same again.
pub(crate) fn cut_tail(
    disk: &dyn Disk,
    layout: &Layout,
    segment: &Segment,
    cursor: &Cursor,
    tail: &[u8],
) -> Result<Healed, StoreError> {
    let dir = layout.quarantine();
    ensure_dir(disk, &dir, Sharing::Group).doing("make", &dir)?;
    let digest = Hash::of(tail).to_string();
    let copy = dir.join(format!("{:012}-{}.tail", cursor.head.seq, &digest[..16]));
    if !exists(disk, &copy).doing("look for", &copy)? {
        replace_file(disk, &copy, tail, Sharing::Group).doing("write", &copy)?;
    }
    let path = &segment.path;
    let file = disk.open(path, Access::Update).doing("open", path)?;
    file.set_len(cursor.position.offset).doing("cut", path)?;
    file.sync_all().doing("sync", path)?;
    Ok(Healed { quarantine: copy, bytes: tail.len() as u64, after_seq: cursor.head.seq })
}

/// Makes sure that the journal between two places is on the disk. It may never have been synced, and after a failed
/// sync the kernel takes its pages for clean: so the same bytes are written once more before they are synced.
pub(crate) fn make_durable(disk: &dyn Disk, layout: &Layout, from: Position, to: Position) -> io::Result<()> {
    let segments = segments(disk, layout).map_err(io::Error::other)?;
    let between = |segment: &&Segment| (from.segment..=to.segment).contains(&segment.first_seq);
    // A sealed one was synced before it got its name.
    for segment in segments.iter().filter(between).filter(|segment| segment.form == Form::Plain) {
        let start = if segment.first_seq == from.segment { from.offset } else { 0 };
        let end = if segment.first_seq == to.segment { to.offset } else { segment.stored };
        if start < end {
            rewrite(disk, segment, start, end)?;
        }
    }
    Ok(())
}

fn rewrite(disk: &dyn Disk, segment: &Segment, from: u64, to: u64) -> io::Result<()> {
    let file = match disk.open(&segment.path, Access::Update) {
        // Sealed meanwhile, and so on the disk.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let mut bytes = vec![0; usize::try_from(to - from).map_err(io::Error::other)?];
    if read_full_at(&*file, from, &mut bytes)? != bytes.len() {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    write_all_at(&*file, from, &bytes)?;
    file.sync_data()
}
