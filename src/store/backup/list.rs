//! `BACKUP`: what a backup holds. One JSON object, replaced atomically; `sum` is the SHA-256 of the raw `body`.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::store::disk::{Disk, Sharing, read_whole, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::format::Format;
use crate::store::journal::Position;
use crate::store::record::{Hash, Head};

use super::{BackupFault, LIST};

const VERSION: u64 = 1;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    /// Its name in the store.
    pub(super) path: String,
    /// Its name in the backup, below `data/`.
    pub(super) file: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub(super) format: Format,
    /// When it was made, as it is shown.
    pub(super) at: String,
    /// The last record.
    pub(super) head: Head,
    /// Where the journal ends.
    pub(super) end: Position,
    pub(super) files: Vec<Item>,
}

#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    backup: u64,
    sum: String,
    #[serde(borrow)]
    body: &'a RawValue,
}

#[derive(Serialize, Deserialize)]
struct Body {
    format: Format,
    at: String,
    seq: u64,
    head: String,
    segment: u64,
    offset: u64,
    files: Vec<Item>,
}

impl List {
    /// Reads the list of a backup.
    pub(super) fn read(disk: &dyn Disk, home: &Path) -> Result<List, StoreError> {
        let path = home.join(LIST);
        let fault = |fault| StoreError::Backup { path: path.clone(), fault };
        let bytes = match read_whole(disk, &path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(fault(BackupFault::None));
            }
            read => read.doing("read", &path)?,
        };
        List::parse(&bytes).ok_or_else(|| fault(BackupFault::List))
    }

    fn parse(bytes: &[u8]) -> Option<List> {
        let envelope: Envelope<'_> = serde_json::from_slice(bytes).ok()?;
        let sum = Hash::of(envelope.body.get().as_bytes()).to_string();
        if envelope.backup != VERSION || sum != envelope.sum {
            return None;
        }
        let body: Body = serde_json::from_str(envelope.body.get()).ok()?;
        let hash = Hash::from_hex(body.head.as_bytes())?;
        let end = Position { segment: body.segment, offset: body.offset };
        let is_safe = body.files.iter().all(|item| is_below(&item.path) && is_below(&item.file));
        let head = Head { seq: body.seq, hash };
        is_safe.then_some(List { format: body.format, at: body.at, head, end, files: body.files })
    }

    /// Puts it in place.
    pub(super) fn write(&self, disk: &dyn Disk, home: &Path) -> Result<(), StoreError> {
        let body = Body {
            format: self.format.clone(),
            at: self.at.clone(),
            seq: self.head.seq,
            head: self.head.hash.to_string(),
            segment: self.end.segment,
            offset: self.end.offset,
            files: self.files.clone(),
        };
        let body = serde_json::to_string(&body).expect("text keys only");
        let sum = Hash::of(body.as_bytes()).to_string();
        let body = RawValue::from_string(body).expect("it was just written");
        let mut bytes =
            serde_json::to_vec(&Envelope { backup: VERSION, sum, body: &body }).expect("text keys only");
        bytes.push(b'\n');
        let path = home.join(LIST);
        replace_file(disk, &path, &bytes, Sharing::Owner).doing("write", &path)
    }
}

/// Whether a name stays below the folder it is put into, whoever wrote the list.
fn is_below(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|name| {
            !matches!(name, "" | "." | "..") && !name.chars().any(|c| c.is_control() || c == '\\')
        })
}
