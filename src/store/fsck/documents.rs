//! Attached files: each lies there under its digest; in full its bytes are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::event::{ClaimEvent, Event};
use crate::store::codec::event_of;
use crate::store::disk::{Access, Disk};
use crate::store::documents::{Found, get, path_of};
use crate::store::error::StoreError;
use crate::store::ledger::{Ledger, Mode};
use crate::store::record::Personal;
use crate::store::verify::Depth;

use super::{Fsck, Look, Trouble};

impl Look<'_> {
    /// Every file that a record names, unless its personal fields were erased: then the file may be gone too.
    pub(super) fn documents(&self, found: &mut Fsck) -> Result<(), StoreError> {
        let mut named: BTreeMap<String, (u64, String)> = BTreeMap::new();
        let mut ledger = Ledger::open(Arc::clone(self.disk), self.dir, Mode::Read)?;
        ledger.catch_up_each(|transaction| {
            for record in &transaction.records {
                if record.op != "claim.file_attached" || record.pii == Personal::Erased {
                    continue;
                }
                if let Ok(Event::Claim(_, ClaimEvent::FileAttached(file))) =
                    event_of(&record.op, &record.data, None)
                {
                    named.insert(file.sha256, (file.bytes, record.reference.clone()));
                }
            }
        })?;
        for (sha256, (bytes, claim)) in named {
            let state = match self.depth {
                Depth::Full => get(&**self.disk, &self.layout, &sha256, bytes),
                Depth::Quick => self.by_length(&sha256, bytes),
            };
            let why = match state {
                Found::Whole(_) => continue,
                Found::Missing => "missing",
                Found::Damaged => "damaged",
            };
            let args = vec![("claim_no", claim), ("reason", why.to_owned())];
            let (folder, name) = sha256.split_at(sha256.len().min(2));
            found.add(Trouble::Document.at(format!("documents/{folder}/{name}"), args));
        }
        Ok(())
    }

    /// Whether a file of this length is there.
    fn by_length(&self, sha256: &str, bytes: u64) -> Found {
        let disk: &dyn Disk = &**self.disk;
        let Some(path) = path_of(&self.layout, sha256) else { return Found::Missing };
        match disk.open(&path, Access::Read).and_then(|file| file.len()) {
            Ok(len) if len == bytes => Found::Whole(Vec::new()),
            Err(error) if super::is_missing(&error) => Found::Missing,
            Ok(_) | Err(_) => Found::Damaged,
        }
    }
}
