//! What lies beside the truth and may hold what is erased: files that were replaced, sidecars, kept overlay and sums, torn
//! tails, attached files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::domain::erasure::{ErasureDeed, Ids, is_claim_erased};
use crate::domain::event::{ClaimEvent, Event};
use crate::store::disk::{ItemKind, is_temporary, read_whole};
use crate::store::documents::path_of;
use crate::store::error::{Doing, StoreError};
use crate::store::manifest::Manifest;
use crate::store::parts::SidecarKind;
use crate::store::store::kept::KEPT_SUMS;
use crate::store::tables::Table;
use crate::store::view::{OP_REPLACED, ReplacedShape};

use super::super::Store;

/// What the journal says of files that are to go.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Old batches, by their names from the store's folder on.
    batches: BTreeSet<String>,
    /// Digests of attached files that only erased claims name.
    documents: BTreeSet<String>,
}

impl Store {
    /// Reads the journal for what lies beside it.
    pub(super) fn what_lies_beside(&self, deeds: &[ErasureDeed]) -> Result<Beside, StoreError> {
        let mut beside = Beside::default();
        let mut living: BTreeSet<String> = BTreeSet::new();
        self.log(&mut |entry| {
            if entry.record.op == OP_REPLACED
                && let Ok(shape) = serde_json::from_str::<ReplacedShape>(&entry.record.data)
            {
                beside.batches.extend(shape.files.into_iter().map(|file| file.old));
            }
            if let Some(Event::Claim(id, ClaimEvent::FileAttached(file))) = &entry.event {
                let digests =
                    if is_claim_erased(deeds, id.get()) { &mut beside.documents } else { &mut living };
                digests.insert(file.sha256.clone());
            }
        })?;
        beside.documents.retain(|digest| !living.contains(digest));
        Ok(beside)
    }

    /// Takes all of it away; answers how many attached files went now.
    pub(super) fn take_away_beside(
        &self,
        beside: &Beside,
        claims: &Ids,
        vouchers: &Ids,
    ) -> Result<u64, StoreError> {
        let no_base = || StoreError::Part { path: self.layout.manifest(), why: "missing".to_owned() };
        let manifest = Manifest::read(&*self.disk, &self.layout).ok_or_else(no_base)?;
        let named: BTreeSet<&str> =
            manifest.files.iter().chain(&manifest.batches).map(|entry| entry.path.as_str()).collect();
        for path in beside.batches.iter().filter(|path| !named.contains(path.as_str())) {
            self.take_file(&self.root.join(path))?;
        }
        for table in Table::ALL {
            let dir = self.layout.parts(table.name());
            let is_named = |name: &str| named.contains(format!("parts/{}/{name}", table.name()).as_str());
            self.take_from(&dir, &|name| !is_named(name))?;
        }
        let digits: BTreeSet<&str> = named.iter().filter_map(|path| path.rsplit('.').nth(1)).collect();
        for kind in SidecarKind::ALL {
            let is_stranger = |name: &str| kind.digits_of(name).is_none_or(|of| !digits.contains(of));
            self.take_from(&self.layout.parts(kind.name()), &is_stranger)?;
        }
        self.take_from(&self.layout.parts(KEPT_SUMS), &|_| true)?;
        self.take_from(&self.layout.parts("overlay"), &|_| true)?;
        self.take_half_sealed()?;
        self.take_tails(claims, vouchers)?;
        let mut n_documents = 0;
        for digest in &beside.documents {
            if let Some(path) = path_of(&self.layout, digest) {
                n_documents += u64::from(self.take_file(&path)?);
            }
        }
        Ok(n_documents)
    }

    /// Segments that an interrupted sealing left half written.
    fn take_half_sealed(&self) -> Result<(), StoreError> {
        let journal = self.layout.journal();
        for year in self.disk.list(&journal).doing("list", &journal)? {
            if year.kind == ItemKind::Dir {
                let is_half = |name: &str| is_temporary(name) && name.contains(".zst");
                self.take_from(&journal.join(&year.name), &is_half)?;
            }
        }
        Ok(())
    }

    /// Torn tails that name what is erased.
    fn take_tails(&self, claims: &Ids, vouchers: &Ids) -> Result<(), StoreError> {
        let dir = self.layout.quarantine();
        for item in self.disk.list(&dir).unwrap_or_default() {
            let path = dir.join(&item.name);
            let bytes = read_whole(&*self.disk, &path).doing("read", &path)?;
            let text = String::from_utf8_lossy(&bytes);
            let names = |key: &str, ids: &Ids| numbers_behind(&text, key).any(|id| ids.has(id));
            if names(r#""claim":"#, claims) || names(r#""voucher":{"id":"#, vouchers) {
                self.take_file(&path)?;
            }
        }
        Ok(())
    }

    /// Removes the files of a folder whose names are meant; a folder that is not there has none.
    fn take_from(&self, dir: &Path, is_meant: &dyn Fn(&str) -> bool) -> Result<(), StoreError> {
        let items = match self.disk.list(dir) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            listed => listed.doing("list", dir)?,
        };
        for item in items.iter().filter(|item| item.kind == ItemKind::File && is_meant(&item.name)) {
            self.take_file(&dir.join(&item.name))?;
        }
        Ok(())
    }

    /// Removes a file for good; whether it was there.
    fn take_file(&self, path: &Path) -> Result<bool, StoreError> {
        match self.disk.unlink(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            gone => gone.doing("remove", path)?,
        }
        let dir = path.parent().expect("a file lies in a folder");
        self.disk.sync_dir(dir).doing("sync", dir)?;
        Ok(true)
    }
}

/// The numbers that stand behind a key in some text.
fn numbers_behind<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = u64> + 'a {
    text.match_indices(key).filter_map(move |(at, _)| {
        let rest = &text[at + key.len()..];
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest[..n_digits].parse().ok()
    })
}
