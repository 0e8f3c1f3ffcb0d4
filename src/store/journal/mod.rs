//! The journal's files and the walk over them: line by line, verified, transaction by transaction.

mod assemble;
mod lines;
mod walk;

use std::path::PathBuf;

use super::disk::{Disk, ItemKind};
use super::error::{Damage, Doing, Fault, StoreError};
use super::format::Layout;
use super::record::Head;

pub(crate) use assemble::Assembler;
pub(crate) use lines::{LineReader, Piece};
pub(crate) use walk::{Stop, Until, ends_at, line_ends_at, read_transaction_at, walk};

/// A place in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Number of the segment's first record: its name.
    pub segment: u64,
    /// Byte in that file.
    pub offset: u64,
}

/// The end of a transaction: where its last line ends, and the chain there. Whoever keeps one (the MANIFEST) can open
/// the journal again right behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Where the next line begins.
    pub position: Position,
    /// The last record before it.
    pub head: Head,
}

impl Cursor {
    /// The beginning of the journal, before the first segment's header.
    pub fn beginning(store_id: &str) -> Self {
        Self { position: Position { segment: 1, offset: 0 }, head: Head::genesis(store_id) }
    }
}

/// Where a transaction's lines are, so that it can be read again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where its first line begins.
    pub position: Position,
    /// Its first record.
    pub seq: u64,
}

/// One file of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Number of its first record.
    pub first_seq: u64,
    /// The year its folder is named for.
    pub year: i16,
    /// Its file.
    pub path: PathBuf,
    /// Its length in bytes when it was listed.
    pub len: u64,
}

/// The journal's segments, in order. Names beginning with a dot are leftovers of a crash and count for nothing.
pub fn segments(disk: &dyn Disk, layout: &Layout) -> Result<Vec<Segment>, StoreError> {
    let journal = layout.journal();
    let mut segments = Vec::new();
    for folder in disk.list(&journal).doing("list", &journal)? {
        let Some(year) = year_of(&folder.name).filter(|_| folder.kind == ItemKind::Dir) else { continue };
        let dir = journal.join(&folder.name);
        for file in disk.list(&dir).doing("list", &dir)? {
            if let Some(first_seq) = first_seq_of(&file.name) {
                segments.push(Segment { first_seq, year, path: dir.join(&file.name), len: file.len });
            }
        }
    }
    segments.sort_by_key(|segment| segment.first_seq);
    match segments.windows(2).find(|pair| pair[0].first_seq == pair[1].first_seq) {
        Some(twins) => {
            let seq = twins[0].first_seq;
            let at = Position { segment: seq, offset: 0 };
            Err(StoreError::Damaged(Damage { at, seq, fault: Fault::Sequence }))
        }
        None => Ok(segments),
    }
}

fn year_of(name: &str) -> Option<i16> {
    name.parse().ok().filter(|_| name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit()))
}

fn first_seq_of(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".jsonl")?;
    digits.parse().ok().filter(|_| digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit()))
}
