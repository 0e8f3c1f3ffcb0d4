//! The handle's part in attached files.

use crate::domain::claim::AttachedFile;
use crate::domain::event::{ClaimEvent, Event};
use crate::store::documents::{Found, Kept, get, put};
use crate::store::error::StoreError;

use super::Store;

impl Store {
    /// Keeps the bytes of a file; their digest, and whether they were new.
    pub fn keep_file(&self, bytes: &[u8]) -> Result<(String, Kept), StoreError> {
        put(&*self.disk, &self.layout, bytes)
    }

    /// The bytes of an attached file.
    pub fn attached(&self, file: &AttachedFile) -> Found {
        get(&*self.disk, &self.layout, &file.sha256, file.bytes)
    }

    /// Numbers of the claims to which these bytes were attached, oldest first. Reads the whole journal: asked only when the
    /// bytes were there before.
    pub fn claims_with_file(&self, sha256: &str) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        self.log(&mut |entry| {
            if let Some(Event::Claim(_, ClaimEvent::FileAttached(file))) = &entry.event
                && file.sha256 == sha256
                && !found.contains(&entry.record.reference)
            {
                found.push(entry.record.reference.clone());
            }
        })?;
        Ok(found)
    }
}
