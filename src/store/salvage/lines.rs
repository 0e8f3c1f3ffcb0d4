//! What can still be read of a damaged journal: every line that is whole by its own checksum, and where something else is.

use std::collections::BTreeMap;
use std::io;

use crate::store::disk::{Access, Disk, DiskFile, read_full_at};
use crate::store::error::StoreError;
use crate::store::format::Layout;
use crate::store::journal::{Form, SealedFile, Segment, every_file, loose_frames};
use crate::store::record::{Head, Line, Loose, parse_line};

/// Bytes that a bad spot of a disk takes with it.
const BLOCK: usize = 4096;
const CHUNK: usize = 1 << 20;

/// Bytes of the journal that are no whole lines.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// The file, from the store's folder on.
    pub(super) file: String,
    /// From byte, to byte, of the plain lines.
    pub(super) bytes: (u64, u64),
    /// The record that stands before it.
    pub(super) before: u64,
    /// The record that stands behind it in the same file, if one does.
    pub(super) behind: Option<u64>,
    /// The first record of the file that comes behind.
    pub(super) next_file: Option<u64>,
    /// What it seems to have been about.
    pub(super) claims: Vec<String>,
}

/// Everything that can be read.
#[derive(Debug, Default)]
pub(super) struct Readable {
    /// Whole records by their numbers.
    pub(super) records: BTreeMap<u64, Loose>,
    /// Records whose hash does not follow from the one before.
    pub(super) unchained: Vec<u64>,
    /// What is no line.
    pub(super) stretches: Vec<Stretch>,
    /// The store's id, as headers say.
    pub(super) store_id: Option<String>,
}

/// Reads all files of a journal.
pub(super) fn read(disk: &dyn Disk, layout: &Layout) -> Result<Readable, StoreError> {
    let mut found = Readable::default();
    let files = match every_file(disk, layout) {
        Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Vec::new(),
        listed => listed?,
    };
    for (idx, segment) in files.iter().enumerate() {
        let next_file = files[idx..].iter().map(|file| file.first_seq).find(|seq| *seq > segment.first_seq);
        let mut scan = Scan {
            found: &mut found,
            file: segment.name(),
            next_file,
            before: segment.first_seq.saturating_sub(1),
            last: None,
            open: None,
        };
        match segment.form {
            Form::Plain => scan.plain(disk, segment),
            Form::Sealed => scan.sealed(disk, segment),
        }
        scan.settle(None);
    }
    Ok(found)
}

/// One file being read.
struct Scan<'a> {
    found: &'a mut Readable,
    file: String,
    next_file: Option<u64>,
    /// The last record of the file so far.
    before: u64,
    /// The chain at the last line, when nothing stands between.
    last: Option<Head>,
    /// The stretch that has not ended.
    open: Option<Stretch>,
}

impl Scan<'_> {
    fn plain(&mut self, disk: &dyn Disk, segment: &Segment) {
        match disk.open(&segment.path, Access::Read).and_then(|file| read_bearing(&*file)) {
            Ok(bytes) => self.lines(0, &bytes),
            Err(_) => self.bad(0, segment.stored, &[]),
        }
    }

    fn sealed(&mut self, disk: &dyn Disk, segment: &Segment) {
        let opened = disk.open(&segment.path, Access::Read);
        if let Ok(Ok(sealed)) = opened.map(SealedFile::open) {
            for idx in 0..sealed.frames() {
                let (from, len) = sealed.place_of(idx);
                match sealed.unpack(idx) {
                    Ok(lines) => self.lines(from, &lines),
                    Err(_) => self.bad(from, from + len, &[]),
                }
            }
            return;
        }
        let Ok(stored) = disk.open(&segment.path, Access::Read).and_then(|file| read_bearing(&*file)) else {
            self.bad(0, segment.stored, &[]);
            return;
        };
        let mut end = 0;
        for (from, lines) in loose_frames(&stored) {
            self.lines(from, &lines);
            end = from + lines.len() as u64;
        }
        // How much is missing behind, and between, nobody knows: the record numbers tell.
        self.bad(end, end, &[]);
    }

    fn lines(&mut self, from: u64, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |len| at + len);
            self.line(from + at as u64, &bytes[at..end]);
            at = end + 1;
        }
    }

    /// One line, or one that ends with a line: a line feed may be gone, too.
    fn line(&mut self, offset: u64, bytes: &[u8]) {
        if self.take(bytes) {
            return;
        }
        let starts = bytes.windows(5).enumerate().skip(1).filter(|(_, five)| *five == br#"{"v":"#);
        for (start, _) in starts.take(64) {
            if parse_line(&bytes[start..]).is_ok() {
                let head = &bytes[..start];
                if !self.take(head) {
                    self.bad(offset, offset + start as u64, head);
                }
                self.take(&bytes[start..]);
                return;
            }
        }
        self.bad(offset, offset + bytes.len() as u64 + 1, bytes);
    }

    fn take(&mut self, bytes: &[u8]) -> bool {
        match parse_line(bytes) {
            Ok(Line::Record(raw)) => {
                self.settle(Some(raw.seq));
                let is_next = self.last.filter(|last| last.seq + 1 == raw.seq);
                if is_next.is_some_and(|last| !raw.follows(&last.hash)) {
                    self.found.unchained.push(raw.seq);
                }
                self.before = raw.seq;
                self.last = Some(Head { seq: raw.seq, hash: raw.hash });
                self.found.records.entry(raw.seq).or_insert_with(|| raw.to_loose());
                true
            }
            Ok(Line::Header(header)) => {
                self.last = header.first_seq.checked_sub(1).map(|seq| Head { seq, hash: header.after });
                self.found.store_id.get_or_insert(header.store_id);
                true
            }
            Ok(Line::Newer(_)) | Err(_) => false,
        }
    }

    fn bad(&mut self, from: u64, to: u64, bytes: &[u8]) {
        self.last = None;
        let (file, before, next_file) = (self.file.clone(), self.before, self.next_file);
        let stretch = self.open.get_or_insert_with(|| Stretch {
            file,
            bytes: (from, to),
            before,
            behind: None,
            next_file,
            claims: Vec::new(),
        });
        stretch.bytes.1 = to;
        stretch.claims.extend(reference_in(bytes));
    }

    fn settle(&mut self, behind: Option<u64>) {
        if let Some(stretch) = self.open.take() {
            self.found.stretches.push(Stretch { behind, ..stretch });
        }
    }
}

/// What a broken line says it was about.
fn reference_in(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let (_, rest) = text.split_once(r#","ref":""#)?;
    let (reference, _) = rest.split_once('"')?;
    let is_plain = reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-./:".contains(&byte));
    (is_plain && (1..=64).contains(&reference.len())).then(|| reference.to_owned())
}

/// All bytes of a file; where the disk gives none there are zeros.
fn read_bearing(file: &dyn DiskFile) -> io::Result<Vec<u8>> {
    let len = usize::try_from(file.len()?).map_err(io::Error::other)?;
    let mut bytes = vec![0; len];
    for start in (0..len).step_by(CHUNK) {
        let end = (start + CHUNK).min(len);
        if read_full_at(file, start as u64, &mut bytes[start..end]).is_ok() {
            continue;
        }
        for start in (start..end).step_by(BLOCK) {
            let block = &mut bytes[start..(start + BLOCK).min(end)];
            if read_full_at(file, start as u64, block).is_err() {
                block.fill(0);
            }
        }
    }
    Ok(bytes)
}
