//! The walk over the journal from a cursor: to a place that must be a transaction's end, or to the end of what is there.

use crate::store::disk::{Disk, DiskFile, read_full_at};
use crate::store::error::{Damage, Doing, Fault, StoreError};
use crate::store::format::Layout;
use crate::store::record::{IdempotencyKey, Line, Transaction, parse_line};

use super::place::{end_of, start_of};
use super::{Assembler, Cursor, Form, LineReader, Piece, Place, Position, Segment, is_bad_seal, segments};

/// How far to walk.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Until {
    /// To this place; everything before it was acknowledged, so whatever is wrong before it is damage.
    Place(Position),
    /// To the end of the last segment.
    End,
}

/// Why the walk stopped. The cursor stands at the end of the last whole transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// At the place, or at the end with nothing left over.
    Reached,
    /// Behind the cursor, in the last segment, stands something that is not a whole transaction.
    Tail(Fault),
    /// Something acknowledged is damaged.
    Damage(Damage),
    /// A newer program's line.
    Newer(u64),
}

/// A segment is missing only when so many listings do not have it: while one is sealed, a listing may begin before the
/// sealed form has its name and end after the plain one has gone.
const MOST_LISTINGS: usize = 4;

/// Walks on from `cursor`, giving every whole transaction to `sink`.
pub(crate) fn walk(
    disk: &dyn Disk,
    layout: &Layout,
    store_id: &str,
    cursor: &mut Cursor,
    until: Until,
    sink: &mut dyn FnMut(Transaction, Place),
) -> Result<Stop, StoreError> {
    let mut stop = walk_listed(disk, layout, store_id, cursor, until, sink)?;
    for _ in 1..MOST_LISTINGS {
        if !matches!(stop, Stop::Damage(Damage { fault: Fault::MissingSegment, .. })) {
            break;
        }
        stop = walk_listed(disk, layout, store_id, cursor, until, sink)?;
    }
    Ok(stop)
}

/// The same over one listing of the segments. It goes on where the cursor stands.
fn walk_listed(
    disk: &dyn Disk,
    layout: &Layout,
    store_id: &str,
    cursor: &mut Cursor,
    until: Until,
    sink: &mut dyn FnMut(Transaction, Place),
) -> Result<Stop, StoreError> {
    let segments = segments(disk, layout)?;
    let Some(mut idx) = segments.iter().position(|segment| segment.first_seq == cursor.position.segment)
    else {
        return Ok(Stop::Damage(damage(cursor, cursor.position.offset, Fault::MissingSegment)));
    };
    loop {
        let segment = &segments[idx];
        let is_last = idx + 1 == segments.len();
        let ran = SegmentWalk { disk, store_id, segment, cursor, sink }.run(until, is_last);
        let stop = match ran {
            Err(error) if is_bad_seal(&error) => {
                Stop::Damage(damage(cursor, cursor.position.offset, Fault::Sealed))
            }
            ran => ran?,
        };
        let at_goal = matches!(until, Until::Place(place) if place.segment == segment.first_seq);
        if stop != Stop::Reached || at_goal {
            return Ok(stop);
        }
        let Some(next) = segments.get(idx + 1) else {
            return Ok(match until {
                Until::End if segment.form == Form::Plain => Stop::Reached,
                // Only a segment that another one follows is sealed.
                Until::End | Until::Place(_) => {
                    Stop::Damage(damage(cursor, cursor.position.offset, Fault::MissingSegment))
                }
            });
        };
        if next.first_seq != cursor.head.seq + 1 {
            return Ok(Stop::Damage(damage(cursor, cursor.position.offset, Fault::MissingSegment)));
        }
        cursor.position = Position { segment: next.first_seq, offset: 0 };
        idx += 1;
    }
}

fn damage(cursor: &Cursor, offset: u64, fault: Fault) -> Damage {
    let at = Position { segment: cursor.position.segment, offset };
    Damage { at, seq: cursor.head.seq + 1, fault }
}

struct SegmentWalk<'a> {
    disk: &'a dyn Disk,
    store_id: &'a str,
    segment: &'a Segment,
    cursor: &'a mut Cursor,
    sink: &'a mut dyn FnMut(Transaction, Place),
}

impl SegmentWalk<'_> {
    fn run(&mut self, until: Until, is_last: bool) -> Result<Stop, StoreError> {
        let file = self.segment.open(self.disk)?;
        if !is_last {
            self.find_again(&*file)?;
        }
        let len = file.len().doing("measure", &self.segment.path)?;
        let goal = match until {
            Until::Place(place) if place.segment == self.segment.first_seq => Some(place.offset),
            _ => None,
        };
        let end = goal.map_or(len, |goal| goal.min(len));
        if end < self.cursor.position.offset {
            return Ok(Stop::Damage(damage(self.cursor, end, Fault::Short)));
        }
        let mut lines = LineReader::new(&*file, self.cursor.position.offset, end);
        let found = self.lines(&mut lines)?;
        Ok(match found {
            None if goal.is_some_and(|goal| goal > len) => {
                Stop::Damage(damage(self.cursor, self.cursor.position.offset, Fault::Short))
            }
            None => Stop::Reached,
            Some(Trouble::Newer(version)) => Stop::Newer(version),
            // A header is made with its file, whole and durable: a wrong one is never the mark of an interrupted append.
            Some(Trouble::At(_, fault))
                if matches!(until, Until::End)
                    && is_last
                    && self.segment.form == Form::Plain
                    && fault != Fault::Header =>
            {
                Stop::Tail(fault)
            }
            Some(Trouble::At(offset, fault)) => Stop::Damage(damage(self.cursor, offset, fault)),
        })
    }

    /// A finished segment may have been sealed anew since the cursor was set: then its record ends elsewhere.
    fn find_again(&mut self, file: &dyn DiskFile) -> Result<(), StoreError> {
        if self.cursor.position.offset > 0
            && !line_ends_at(self.disk, self.segment, self.cursor)?
            && let Some(offset) = end_of(file, self.segment, self.cursor.head)?
        {
            self.cursor.position.offset = offset;
        }
        Ok(())
    }

    /// Reads lines to the end; answers what stopped it earlier.
    fn lines(&mut self, lines: &mut LineReader<'_>) -> Result<Option<Trouble>, StoreError> {
        let path = &self.segment.path;
        let mut assembler = Assembler::new(self.cursor.head);
        if self.cursor.position.offset == 0 {
            match self.header(lines)? {
                Ok(offset) => self.cursor.position.offset = offset,
                Err(trouble) => return Ok(Some(trouble)),
            }
        }
        loop {
            let (offset, bytes) = match lines.next().doing("read", path)? {
                Piece::Line { offset, bytes } => (offset, bytes),
                Piece::Unfinished { offset } => return Ok(Some(Trouble::At(offset, Fault::Unfinished))),
                Piece::End if assembler.is_between_transactions() => return Ok(None),
                Piece::End => return Ok(Some(Trouble::At(self.cursor.position.offset, Fault::Unfinished))),
            };
            let line_end = offset + bytes.len() as u64 + 1;
            let raw = match parse_line(bytes) {
                Ok(Line::Record(raw)) => raw,
                Ok(Line::Header(_)) => return Ok(Some(Trouble::At(offset, Fault::Sequence))),
                Ok(Line::Newer(version)) => return Ok(Some(Trouble::Newer(version))),
                Err(fault) => return Ok(Some(Trouble::At(offset, Fault::Line(fault)))),
            };
            match assembler.take(&raw) {
                Err(fault) => return Ok(Some(Trouble::At(offset, fault))),
                Ok(None) => {}
                Ok(Some(transaction)) => {
                    let place = Place { position: self.cursor.position, seq: transaction.first_seq() };
                    self.cursor.position.offset = line_end;
                    self.cursor.head = assembler.head();
                    (self.sink)(transaction, place);
                }
            }
        }
    }

    /// The segment's first line; answers where the next one begins.
    fn header(&mut self, lines: &mut LineReader<'_>) -> Result<Result<u64, Trouble>, StoreError> {
        let Piece::Line { offset, bytes } = lines.next().doing("read", &self.segment.path)? else {
            return Ok(Err(Trouble::At(0, Fault::Header)));
        };
        let head = self.cursor.head;
        Ok(match parse_line(bytes) {
            Ok(Line::Newer(version)) => Err(Trouble::Newer(version)),
            Ok(Line::Header(header))
                if header.first_seq == self.segment.first_seq
                    && header.first_seq == head.seq + 1
                    && header.store_id == self.store_id
                    && header.after == head.hash =>
            {
                Ok(offset + bytes.len() as u64 + 1)
            }
            _ => Err(Trouble::At(offset, Fault::Header)),
        })
    }
}

/// What ends the reading of lines before the end.
enum Trouble {
    At(u64, Fault),
    Newer(u64),
}

/// Whether the record a cursor names ends where the cursor says.
pub(crate) fn ends_at(disk: &dyn Disk, layout: &Layout, cursor: &Cursor) -> Result<bool, StoreError> {
    let segments = segments(disk, layout)?;
    match segments.iter().find(|segment| segment.first_seq == cursor.position.segment) {
        Some(segment) => match line_ends_at(disk, segment, cursor) {
            Err(error) if is_bad_seal(&error) => Ok(false),
            ends => ends,
        },
        None => Ok(false),
    }
}

/// The same in a known segment: the line is read backwards.
pub(crate) fn line_ends_at(disk: &dyn Disk, segment: &Segment, cursor: &Cursor) -> Result<bool, StoreError> {
    let file = segment.open(disk)?;
    let end = cursor.position.offset;
    let mut window = 64 << 10;
    loop {
        let start = end.saturating_sub(window);
        let mut bytes = vec![0; usize::try_from(end - start).expect("a window fits into memory")];
        let read = read_full_at(&*file, start, &mut bytes).doing("read", &segment.path)?;
        let Some(before) = bytes.strip_suffix(b"\n").filter(|_| read == bytes.len()) else {
            return Ok(false);
        };
        let line_start = before.iter().rposition(|b| *b == b'\n').map(|at| at + 1);
        if line_start.is_none() && start > 0 {
            window *= 8;
            continue;
        }
        let head = cursor.head;
        return Ok(match parse_line(&before[line_start.unwrap_or(0)..]) {
            Ok(Line::Record(raw)) => raw.seq == head.seq && raw.hash == head.hash && raw.i == raw.n,
            Ok(Line::Header(header)) => header.first_seq == head.seq + 1 && header.after == head.hash,
            Ok(Line::Newer(_)) | Err(_) => false,
        });
    }
}

/// Reads one transaction again at its place. Its chain was checked when it was first read; here its checksums and its
/// numbers must be right, and its key must be the one that was looked for.
pub(crate) fn read_transaction_at(
    disk: &dyn Disk,
    layout: &Layout,
    place: Place,
    key: &IdempotencyKey,
) -> Result<Transaction, StoreError> {
    let gone = |fault| StoreError::Damaged(Damage { at: place.position, seq: place.seq, fault });
    for _ in 0..MOST_LISTINGS {
        let segments = segments(disk, layout)?;
        if let Some(segment) = segments.iter().find(|segment| segment.first_seq == place.position.segment) {
            let found = transaction_in(disk, segment, place, key, &gone).or_else(|error| {
                // A finished segment may have been sealed anew since: then it stands elsewhere in it.
                let file = segment.open(disk)?;
                let offset = start_of(&*file, segment, place.seq)?.filter(|at| *at != place.position.offset);
                let position = Position { offset: offset.ok_or(error)?, ..place.position };
                transaction_in(disk, segment, Place { position, ..place }, key, &gone)
            });
            return found.map_err(|error| if is_bad_seal(&error) { gone(Fault::Sealed) } else { error });
        }
    }
    Err(gone(Fault::MissingSegment))
}

fn transaction_in(
    disk: &dyn Disk,
    segment: &Segment,
    place: Place,
    key: &IdempotencyKey,
    gone: &dyn Fn(Fault) -> StoreError,
) -> Result<Transaction, StoreError> {
    let file = segment.open(disk)?;
    let end = file.len().doing("measure", &segment.path)?;
    let mut lines = LineReader::new(&*file, place.position.offset, end);
    let mut transaction: Option<Transaction> = None;
    loop {
        let Piece::Line { bytes, .. } = lines.next().doing("read", &segment.path)? else {
            return Err(gone(Fault::Short));
        };
        let Line::Record(raw) = parse_line(bytes).map_err(|fault| gone(Fault::Line(fault)))? else {
            return Err(gone(Fault::Sequence));
        };
        let found = transaction.get_or_insert_with(|| Transaction {
            key: raw.key.clone(),
            by: raw.by.clone(),
            at: raw.at,
            records: Vec::new(),
        });
        let i = found.records.len() as u64 + 1;
        if raw.key != *key || raw.tx != place.seq || raw.i != i || raw.seq != place.seq + i - 1 {
            return Err(gone(Fault::Sequence));
        }
        found.records.push(raw.to_record());
        if raw.i == raw.n {
            return Ok(transaction.expect("it was just filled"));
        }
    }
}
