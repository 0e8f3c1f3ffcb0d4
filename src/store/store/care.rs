//! What is done for the store's safety: backups, and the notes of them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::backup::{BackedUp, back_up};
use crate::store::disk::{Sharing, read_whole, replace_file};
use crate::store::error::StoreError;
use crate::store::record::{Actor, Hash, Head, IdempotencyKey, Moment};

use super::Store;

/// The journal's name of a backup.
const OP_BACKED_UP: &str = "store.backed_up";
/// The journal's name of a restored store.
const OP_RESTORED: &str = "store.restored";

/// The journal's name of a salvaged store.
const OP_SALVAGED: &str = "store.salvaged";

/// The last backup, as a hint file beside the locks says; the journal has all of them (`store.backed_up`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// The last record in it.
    pub seq: u64,
    /// That record's hash.
    pub head: String,
    /// When it was made.
    pub at: String,
    /// Files in it.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
}

impl Store {
    /// Copies the truth into `into/<store id>/`, up to what is acknowledged now, while others work; the copy is read back
    /// and looked at as a store before it takes the place of the one before. Then it is noted in the journal; a store
    /// that cannot be written is backed up all the same, and the second answer says why it was not noted.
    pub fn back_up(
        &self,
        into: &Path,
        key: &IdempotencyKey,
        actor: &Actor,
        now: Moment,
    ) -> Result<(BackedUp, Result<(), StoreError>), StoreError> {
        let done = back_up(&self.disk, &self.root, into, now)?;
        let (seq, head, at) = (done.head.seq, done.head.hash.to_string(), now.to_string());
        let note = LastBackup { seq, head, at, files: done.files, bytes: done.bytes };
        let data = serde_json::to_string(&note).expect("text keys only");
        let noted = self.write_note(key, OP_BACKED_UP, data.clone(), actor, now);
        if noted.is_ok() {
            // Only a hint for whoever asks when the last one was; the journal knows.
            let _ = replace_file(&*self.disk, &self.layout.last_backup(), data.as_bytes(), Sharing::Group);
        }
        Ok((done, noted.map(drop)))
    }

    /// The last backup that was noted.
    pub fn last_backup(&self) -> Option<LastBackup> {
        let bytes = read_whole(&*self.disk, &self.layout.last_backup()).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// The store's id, which names it for ever.
    pub fn id(&self) -> String {
        self.ledger.lock().expect("no holder panics").format().store_id.clone()
    }

    /// Notes that this store was made of a backup.
    pub(crate) fn note_restored(
        &self,
        head: Head,
        backup_at: &str,
        actor: &Actor,
        now: Moment,
    ) -> Result<(), StoreError> {
        let digest = Hash::of(format!("{}{now}{}", head.hash, actor.uid).as_bytes()).to_string();
        let key =
            IdempotencyKey::new(format!("restored:{}", &digest[..32])).expect("it has the form of a key");
        let note = serde_json::json!({
            "seq": head.seq, "head": head.hash.to_string(), "backup_at": backup_at,
        });
        self.write_note(&key, OP_RESTORED, note.to_string(), actor, now).map(drop)
    }

    /// Notes that this store was salvaged from another one.
    pub(crate) fn note_salvaged(
        &self,
        from: &str,
        head: Head,
        (taken, left_out): (u64, u64),
        actor: &Actor,
        now: Moment,
    ) -> Result<(), StoreError> {
        let digest = Hash::of(format!("{from}{}{now}{}", head.hash, actor.uid).as_bytes()).to_string();
        let key =
            IdempotencyKey::new(format!("salvaged:{}", &digest[..32])).expect("it has the form of a key");
        let note = serde_json::json!({
            "store": from, "seq": head.seq, "head": head.hash.to_string(),
            "taken": taken, "left_out": left_out,
        });
        self.write_note(&key, OP_SALVAGED, note.to_string(), actor, now).map(drop)
    }
}
