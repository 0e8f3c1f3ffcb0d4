//! The files of the base as files: MANIFEST, batches and parts by their digests, and files that nobody names.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::store::disk::{ItemKind, is_temporary, read_whole};
use crate::store::error::{Doing, StoreError};
use crate::store::ledger::{Ledger, Mode};
use crate::store::manifest::{FileEntry, Manifest, Source};
use crate::store::record::Hash;
use crate::store::store::{KEPT_SUMS, is_whole_kept_sums};
use crate::store::tables::Table;
use crate::store::verify::Depth;

use super::{Fsck, Look, Trouble, is_missing};

impl Look<'_> {
    pub(super) fn manifest(&self, found: &mut Fsck) -> Result<Option<Manifest>, StoreError> {
        let path = self.layout.manifest();
        let bytes = match read_whole(&**self.disk, &path) {
            Err(error) if is_missing(&error) => return Ok(None),
            read => read.doing("read", &path)?,
        };
        let manifest = Manifest::parse(&bytes).filter(|manifest| manifest.store_id == self.format.store_id);
        let opens = manifest.as_ref().is_some_and(|manifest| {
            Ledger::open_at(Arc::clone(self.disk), self.dir, Mode::Read, manifest.cursor).is_ok()
        });
        if !opens {
            found.add(Trouble::Manifest.at("MANIFEST", Vec::new()));
            return Ok(None);
        }
        Ok(manifest)
    }

    /// Whether files are what they are named as: by their length, and in full by their digest.
    pub(super) fn files(&self, entries: &[FileEntry], found: &mut Fsck) -> bool {
        let mut is_whole = true;
        for entry in entries {
            let why = match read_whole(&**self.disk, &self.dir.join(&entry.path)) {
                Err(error) if is_missing(&error) => Some("missing".to_owned()),
                Err(error) => Some(error.to_string()),
                Ok(bytes) if bytes.len() as u64 != entry.bytes => Some("length".to_owned()),
                Ok(bytes) => {
                    let is_whole = match self.depth {
                        Depth::Quick => crc32c::crc32c(&bytes) == entry.crc32c,
                        Depth::Full => Hash(Sha256::digest(&bytes).into()).to_string() == entry.sha256,
                    };
                    (!is_whole).then(|| "digest".to_owned())
                }
            };
            if let Some(why) = why {
                is_whole = false;
                let trouble = match entry.source() {
                    Source::Batch => Trouble::Batch,
                    Source::Part => Trouble::Part,
                };
                found.add(trouble.at(entry.path.clone(), vec![("reason", why)]));
            }
        }
        is_whole
    }

    /// Sums that a desk has kept: each is what was written. What they say is the desk's, and is found out when it is
    /// brought up to date.
    pub(super) fn kept_sums(&self, found: &mut Fsck) {
        for item in self.disk.list(&self.layout.parts(KEPT_SUMS)).unwrap_or_default() {
            let is_ours = item.kind == ItemKind::File && !is_temporary(&item.name);
            if is_ours && !is_whole_kept_sums(&**self.disk, &self.layout, &item.name) {
                found.add(Trouble::KeptSums.at(format!("parts/{KEPT_SUMS}/{}", item.name), Vec::new()));
            }
        }
    }

    /// Files that nobody names: an import or a compaction that was interrupted, or somebody's hand.
    pub(super) fn strangers(
        &self,
        manifest: Option<&Manifest>,
        batches: &[FileEntry],
        found: &mut Fsck,
    ) -> Result<(), StoreError> {
        let mut named: BTreeSet<String> = batches.iter().map(|entry| entry.path.clone()).collect();
        if let Some(manifest) = manifest {
            named.extend(manifest.files.iter().map(|entry| entry.path.clone()));
            named.extend(manifest.retired.iter().map(|file| file.path.clone()));
        }
        for table in Table::ALL {
            for folder in ["parts", "batches"] {
                let dir = self.dir.join(folder).join(table.name());
                let items = match self.disk.list(&dir) {
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                    listed => listed.doing("list", &dir)?,
                };
                for item in items.iter().filter(|item| item.kind == ItemKind::File) {
                    let path = format!("{folder}/{}/{}", table.name(), item.name);
                    if !named.contains(&path) {
                        found.add(Trouble::Stranger.at(path, Vec::new()));
                    }
                }
            }
        }
        Ok(())
    }
}
