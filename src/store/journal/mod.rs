//! The journal's files and the walk over them: line by line, verified, transaction by transaction.

mod assemble;
mod erase;
mod lines;
mod place;
mod seal;
mod sealed;
mod walk;

use std::io::ErrorKind;
use std::path::PathBuf;

use super::disk::{Access, Disk, DiskFile, ItemKind};
use super::error::{Damage, Doing, Fault, StoreError};
use super::format::Layout;
use super::record::Head;

pub(crate) use assemble::Assembler;
pub(crate) use erase::erase_before;
pub(crate) use lines::{LineReader, Piece};
pub(crate) use place::found_again;
pub(crate) use seal::{are_equal, seal_finished};
pub(crate) use sealed::{FRAME_BYTES, SealedFile, loose_frames};
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

/// In which form a segment lies on the disk. Positions count the bytes of the plain lines in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `.jsonl`: lines, growing as long as it is the last one.
    Plain,
    /// `.jsonl.zst`: packed, for reading only.
    Sealed,
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
    /// Its form.
    pub form: Form,
    /// Bytes on the disk when it was listed.
    pub stored: u64,
    /// The plain file that still lies beside a sealed one: sealing was interrupted. It is not read.
    pub plain_twin: Option<PathBuf>,
}

impl Segment {
    /// Opens it as the file of its plain lines. A plain file that has been sealed since it was listed is found in its other
    /// form. A sealed one that is not what was sealed is an [`ErrorKind::InvalidData`].
    pub fn open(&self, disk: &dyn Disk) -> Result<Box<dyn DiskFile>, StoreError> {
        let sealed = match self.form {
            Form::Sealed => self.path.clone(),
            Form::Plain => match disk.open(&self.path, Access::Read) {
                Err(error) if error.kind() == ErrorKind::NotFound => self.path.with_extension("jsonl.zst"),
                opened => return opened.doing("open", &self.path),
            },
        };
        let file = disk.open(&sealed, Access::Read).doing("open", &self.path)?;
        Ok(Box::new(SealedFile::open(file).doing("read", &sealed)?))
    }

    /// Bytes of its plain lines: of a plain one as it was listed.
    pub fn length(&self, file: &dyn DiskFile) -> Result<u64, StoreError> {
        match self.form {
            Form::Plain => Ok(self.stored),
            Form::Sealed => file.len().doing("measure", &self.path),
        }
    }

    /// Its name from the store's folder on.
    pub fn name(&self) -> String {
        let file = self.path.file_name().unwrap_or_default().to_string_lossy();
        format!("journal/{:04}/{file}", self.year)
    }
}

/// Whether an error says that a sealed segment is not what was sealed.
pub(crate) fn is_bad_seal(error: &StoreError) -> bool {
    matches!(error, StoreError::Io { source, .. } if source.kind() == ErrorKind::InvalidData)
}

/// The journal's segments, in order. Names beginning with a dot are leftovers of a crash and count for nothing.
pub fn segments(disk: &dyn Disk, layout: &Layout) -> Result<Vec<Segment>, StoreError> {
    let segments = without_twins(every_file(disk, layout)?);
    match segments.windows(2).find(|pair| pair[0].first_seq == pair[1].first_seq) {
        Some(twins) => {
            let seq = twins[0].first_seq;
            let at = Position { segment: seq, offset: 0 };
            Err(StoreError::Damaged(Damage { at, seq, fault: Fault::Sequence }))
        }
        None => Ok(segments),
    }
}

/// Every file of the journal by itself, both forms of a segment too, in order.
pub(crate) fn every_file(disk: &dyn Disk, layout: &Layout) -> Result<Vec<Segment>, StoreError> {
    let journal = layout.journal();
    let mut segments = Vec::new();
    for folder in disk.list(&journal).doing("list", &journal)? {
        let Some(year) = year_of(&folder.name).filter(|_| folder.kind == ItemKind::Dir) else { continue };
        let dir = journal.join(&folder.name);
        for file in disk.list(&dir).doing("list", &dir)? {
            if let Some((first_seq, form)) = name_of(&file.name) {
                let (path, stored) = (dir.join(&file.name), file.len);
                segments.push(Segment { first_seq, year, path, form, stored, plain_twin: None });
            }
        }
    }
    segments.sort_by(|a: &Segment, b| (a.first_seq, &a.path).cmp(&(b.first_seq, &b.path)));
    Ok(segments)
}

fn year_of(name: &str) -> Option<i16> {
    name.parse().ok().filter(|_| name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit()))
}

fn name_of(name: &str) -> Option<(u64, Form)> {
    let (digits, form) = match name.strip_suffix(".zst") {
        Some(plain) => (plain.strip_suffix(".jsonl")?, Form::Sealed),
        None => (name.strip_suffix(".jsonl")?, Form::Plain),
    };
    let is_number = digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_number)?, form))
}

/// Both forms of one segment are one segment: the sealed one counts, since it got its name only after it was proven equal.
fn without_twins(listed: Vec<Segment>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::with_capacity(listed.len());
    for segment in listed {
        match segments.last_mut() {
            Some(plain)
                if plain.form == Form::Plain
                    && segment.form == Form::Sealed
                    && (plain.first_seq, plain.year) == (segment.first_seq, segment.year) =>
            {
                let twin = plain.path.clone();
                *plain = Segment { plain_twin: Some(twin), ..segment };
            }
            _ => segments.push(segment),
        }
    }
    segments
}
