//! MANIFEST: what the base covers, so that opening a store scans nothing. A cache: wrong or missing, it is made anew from
//! the journal and the batches it names. One JSON object, replaced atomically; `sum` is the SHA-256 of the raw `body`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::domain::erasure::ErasureDeed;
use crate::domain::event::{Event, OfficeEvent};
use crate::domain::month::MonthDeed;
use crate::domain::office::Office;

use super::codec::{event_of, office_from_json, office_to_json, op_of, parts_of};
use super::disk::{Access, Disk, Sharing, read_full_at, read_whole, replace_file};
use super::error::{Doing, StoreError};
use super::format::Layout;
use super::journal::{Cursor, Place, Position};
use super::ledger::KnownKey;
use super::record::{Hash, Head, IdempotencyKey, Moment};
use super::tables::{Sum128, Table};
use super::totals::{Tally, TallyShape};

/// The version of the MANIFEST that this program writes and reads.
const VERSION: u64 = 1;

/// Whether a file may be thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Part of the truth: written by an import, named by the journal.
    Batch,
    /// A cache.
    Part,
}

/// One Parquet file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its table.
    pub table: Table,
    /// Its name from the store's folder on.
    pub path: String,
    /// Home month of its rows as `YYYYMM`; 0 where rows have none.
    pub month: u32,
    /// Its rows.
    pub rows: u32,
    /// Its length.
    pub bytes: u64,
    /// Its digest, in hexadecimal.
    pub sha256: String,
    /// Its checksum, looked at when a process first touches it.
    pub crc32c: u32,
    /// Sum of its rows' hashes.
    pub sum: Sum128,
}

impl FileEntry {
    /// Truth or cache, by the folder it lies in.
    pub fn source(&self) -> Source {
        if self.path.starts_with("batches/") { Source::Batch } else { Source::Part }
    }
}

/// A file in JSON.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FileShape {
    table: String,
    path: String,
    month: u32,
    rows: u32,
    bytes: u64,
    sha256: String,
    crc32c: u32,
    sum: String,
}

impl FileShape {
    pub(crate) fn of(entry: &FileEntry) -> FileShape {
        FileShape {
            table: entry.table.name().to_owned(),
            path: entry.path.clone(),
            month: entry.month,
            rows: entry.rows,
            bytes: entry.bytes,
            sha256: entry.sha256.clone(),
            crc32c: entry.crc32c,
            sum: entry.sum.hex(),
        }
    }

    /// The entry, unless the shape means nothing; a path never leaves the two folders.
    pub(crate) fn entry(self) -> Option<FileEntry> {
        let table = Table::of(&self.table)?;
        let name = ["batches", "parts"]
            .iter()
            .find_map(|folder| self.path.strip_prefix(&format!("{folder}/{}/", table.name())))?;
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        if !is_plain || name.starts_with('.') {
            return None;
        }
        Some(FileEntry {
            table,
            month: self.month,
            rows: self.rows,
            bytes: self.bytes,
            sha256: self.sha256,
            crc32c: self.crc32c,
            sum: Sum128::from_hex(&self.sum)?,
            path: self.path,
        })
    }
}

/// What the base covers.
#[derive(Debug, Clone)]
pub(crate) struct Manifest {
    pub(crate) store_id: String,
    /// Everything up to here is in the base.
    pub(crate) cursor: Cursor,
    pub(crate) office: Office,
    pub(crate) tally: Tally,
    /// What was done to months, oldest first.
    pub(crate) months: Vec<MonthDeed>,
    /// What was done about the personal data of years, oldest first.
    pub(crate) erasures: Vec<ErasureDeed>,
    /// Batches that were replaced by ones without personal data, by their old names.
    pub(crate) replaced: BTreeMap<String, FileEntry>,
    pub(crate) files: Vec<FileEntry>,
    /// Every batch that the journal names, also those whose rows now lie in parts.
    pub(crate) batches: Vec<FileEntry>,
    /// Parts that were replaced and may still be read by others.
    pub(crate) retired: Vec<Retired>,
    pub(crate) keys: Vec<KnownKey>,
}

/// A part that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Retired {
    /// Its name from the store's folder on.
    pub(crate) path: String,
    /// When it was replaced, in seconds since 1970.
    pub(crate) at_unix: i64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Envelope<'a> {
    manifest: u64,
    sum: String,
    #[serde(borrow)]
    body: &'a RawValue,
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    store_id: String,
    seq: u64,
    head: String,
    segment: u64,
    offset: u64,
    office: Box<RawValue>,
    tally: TallyShape,
    /// Operation and data, as in the journal.
    #[serde(default)]
    months: Vec<MonthShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    erasures: Vec<MonthShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<(String, FileShape)>,
    files: Vec<FileShape>,
    batches: Vec<FileShape>,
    retired: Vec<Retired>,
    keys: Vec<KeyShape>,
}

/// An idempotency key in JSON: key, moment, segment, offset, first record.
pub(crate) type KeyShape = (String, String, u64, u64, u64);

/// The shape of a key.
pub(crate) fn key_shape(known: &KnownKey) -> KeyShape {
    let position = known.place.position;
    (known.key.as_str().to_owned(), known.at.to_string(), position.segment, position.offset, known.place.seq)
}

/// The key of a shape, unless it means nothing.
pub(crate) fn key_from((key, at, segment, offset, seq): KeyShape) -> Option<KnownKey> {
    let place = Place { position: Position { segment, offset }, seq };
    Some(KnownKey { key: IdempotencyKey::new(key)?, at: Moment::parse(&at)?, place })
}

/// What was done to a month, in JSON: operation and data.
pub(crate) type MonthShape = (String, Box<RawValue>);

/// What was done to a month, from operation and data.
pub(crate) fn month_of((op, data): &MonthShape) -> Option<MonthDeed> {
    match event_of(op, data.get(), None) {
        Ok(Event::Office(OfficeEvent::Month(deed))) => Some(*deed),
        _ => None,
    }
}

/// What was done about a year, from operation and data.
pub(crate) fn erasure_of((op, data): &MonthShape) -> Option<ErasureDeed> {
    match event_of(op, data.get(), None) {
        Ok(Event::Office(OfficeEvent::Erasure(deed))) => Some(*deed),
        _ => None,
    }
}

/// The shape of what was done about a year.
pub(crate) fn shape_of_erasure(deed: &ErasureDeed) -> MonthShape {
    let event = Event::Office(OfficeEvent::Erasure(Box::new(deed.clone())));
    let data = RawValue::from_string(parts_of(&event).0).expect("an event is JSON");
    (op_of(&event).to_owned(), data)
}

fn replaced_of(shapes: Vec<(String, FileShape)>) -> Option<BTreeMap<String, FileEntry>> {
    shapes.into_iter().map(|(old, new)| Some((old, new.entry()?))).collect()
}

/// The shape of what was done to a month.
pub(crate) fn shape_of_month(deed: &MonthDeed) -> MonthShape {
    let event = Event::Office(OfficeEvent::Month(Box::new(deed.clone())));
    let data = RawValue::from_string(parts_of(&event).0).expect("an event is JSON");
    (op_of(&event).to_owned(), data)
}

impl Manifest {
    /// Reads MANIFEST. None when it is missing or not whole: then the truth is read instead.
    pub(crate) fn read(disk: &dyn Disk, layout: &Layout) -> Option<Manifest> {
        let bytes = read_whole(disk, &layout.manifest()).ok()?;
        Manifest::parse(&bytes)
    }

    /// What tells one MANIFEST from another without reading it: its first bytes, which hold its digest. Empty when there
    /// is none.
    pub(crate) fn mark(disk: &dyn Disk, layout: &Layout) -> Vec<u8> {
        let mut mark = vec![0; 96];
        let file = disk.open(&layout.manifest(), Access::Read);
        let read = file.and_then(|file| read_full_at(&*file, 0, &mut mark)).unwrap_or(0);
        mark.truncate(read);
        mark
    }

    /// The MANIFEST in these bytes, if they are one.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Manifest> {
        let envelope: Envelope<'_> = serde_json::from_slice(bytes).ok()?;
        let sum = Hash(Sha256::digest(envelope.body.get().as_bytes()).into()).to_string();
        if envelope.manifest != VERSION || sum != envelope.sum {
            return None;
        }
        let body: Body = serde_json::from_str(envelope.body.get()).ok()?;
        let hash = Hash::from_hex(body.head.as_bytes())?;
        let position = Position { segment: body.segment, offset: body.offset };
        Some(Manifest {
            store_id: body.store_id,
            cursor: Cursor { position, head: Head { seq: body.seq, hash } },
            office: office_from_json(body.office.get()).ok()?,
            tally: body.tally.tally()?,
            months: body.months.iter().map(month_of).collect::<Option<_>>()?,
            erasures: body.erasures.iter().map(erasure_of).collect::<Option<_>>()?,
            replaced: replaced_of(body.replaced)?,
            files: body.files.into_iter().map(FileShape::entry).collect::<Option<_>>()?,
            batches: body.batches.into_iter().map(FileShape::entry).collect::<Option<_>>()?,
            retired: body.retired,
            keys: body.keys.into_iter().map(key_from).collect::<Option<_>>()?,
        })
    }

    /// Puts it in place.
    pub(crate) fn write(&self, disk: &dyn Disk, layout: &Layout) -> Result<(), StoreError> {
        let path = layout.manifest();
        replace_file(disk, &path, &self.bytes(), Sharing::Group).doing("write", &path)
    }

    fn bytes(&self) -> Vec<u8> {
        let body = Body {
            store_id: self.store_id.clone(),
            seq: self.cursor.head.seq,
            head: self.cursor.head.hash.to_string(),
            segment: self.cursor.position.segment,
            offset: self.cursor.position.offset,
            office: RawValue::from_string(office_to_json(&self.office)).expect("an office is JSON"),
            tally: TallyShape::of(&self.tally),
            months: self.months.iter().map(shape_of_month).collect(),
            erasures: self.erasures.iter().map(shape_of_erasure).collect(),
            replaced: self.replaced.iter().map(|(old, new)| (old.clone(), FileShape::of(new))).collect(),
            files: self.files.iter().map(FileShape::of).collect(),
            batches: self.batches.iter().map(FileShape::of).collect(),
            retired: self.retired.clone(),
            keys: self.keys.iter().map(key_shape).collect(),
        };
        let body = serde_json::to_string(&body).expect("text keys only");
        let sum = Hash(Sha256::digest(body.as_bytes()).into()).to_string();
        let body = RawValue::from_string(body).expect("it was just written");
        let envelope = Envelope { manifest: VERSION, sum, body: &body };
        let mut bytes = serde_json::to_vec(&envelope).expect("text keys only");
        bytes.push(b'\n');
        bytes
    }
}
