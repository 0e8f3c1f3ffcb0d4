//! Sidecars: whole, and in full as their file would have them made. One that is missing is no finding: it is made when it is
//! asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::store::disk::ItemKind;
use crate::store::error::{Doing, StoreError};
use crate::store::manifest::{FileEntry, Manifest};
use crate::store::parts::{Alarm, Base, SidecarKind};
use crate::store::sidecar::Wrong;
use crate::store::tables::Keyed;
use crate::store::verify::Depth;

use super::{Fsck, Look, Trouble};

impl Look<'_> {
    /// The sidecars of these files that are wrong, by their names from the store's folder on, each with why.
    pub(super) fn wrong_sidecars(&self, files: &[FileEntry]) -> Result<Vec<(String, String)>, StoreError> {
        let keyed = Keyed::of_store(&self.format.store_id);
        let base = Base::new(Arc::clone(self.disk), self.layout.clone(), keyed, files, Alarm::Told);
        let mut wrong = Vec::new();
        for kind in SidecarKind::ALL {
            let tables = files.iter().map(|entry| entry.table).filter(|table| kind.is_of(*table));
            for table in tables.collect::<BTreeSet<_>>() {
                for part in base.parts(table) {
                    let why = match base.sidecar_on_disk(part, *kind) {
                        Err(Wrong::Missing) => continue,
                        Err(Wrong::Damaged) => "digest".to_owned(),
                        Err(Wrong::Unread(error)) => error.to_string(),
                        Ok(_) if self.depth == Depth::Quick => continue,
                        Ok(content) if content[..] == base.sidecar_content(part, *kind)?[..] => continue,
                        Ok(_) => "differs".to_owned(),
                    };
                    let path = kind.path(&self.layout, &part.entry.sha256);
                    let place = path.strip_prefix(self.dir).unwrap_or(&path).display().to_string();
                    wrong.push((place, why));
                }
            }
        }
        Ok(wrong)
    }

    pub(super) fn sidecars(
        &self,
        manifest: Option<&Manifest>,
        batches: &[FileEntry],
        found: &mut Fsck,
    ) -> Result<(), StoreError> {
        let mut files: Vec<FileEntry> = manifest.map_or(Vec::new(), |manifest| manifest.files.clone());
        let more = batches.iter().filter(|batch| !files.iter().any(|file| file.path == batch.path));
        let more: Vec<FileEntry> = more.cloned().collect();
        files.extend(more);
        for (place, why) in self.wrong_sidecars(&files)? {
            found.add(Trouble::Sidecar.at(place, vec![("reason", why)]));
        }
        let retired = manifest.into_iter().flat_map(|manifest| &manifest.retired);
        let paths = files.iter().map(|file| &file.path).chain(retired.map(|file| &file.path));
        let named: BTreeSet<&str> = paths.filter_map(|path| path.rsplit('.').nth(1)).collect();
        for kind in SidecarKind::ALL {
            let dir = self.layout.parts(kind.name());
            let items = match self.disk.list(&dir) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                listed => listed.doing("list", &dir)?,
            };
            for item in items.iter().filter(|item| item.kind == ItemKind::File) {
                if kind.digits_of(&item.name).is_none_or(|of| !named.contains(of)) {
                    let place = format!("parts/{}/{}", kind.name(), item.name);
                    found.add(Trouble::Stranger.at(place, Vec::new()));
                }
            }
        }
        Ok(())
    }
}
