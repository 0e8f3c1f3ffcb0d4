//! What is worth knowing of a store's files: how large, how far, how full, who is at it. It reads names and lengths, no
//! record.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use crate::store::ballast::{Ballast, ballast};
use crate::store::disk::{Disk, Facts, ItemKind, Owner};
use crate::store::error::{Doing, Standing, StoreError};
use crate::store::format::Format;
use crate::store::lock::holder;
use crate::store::manifest::Manifest;
use crate::store::record::Head;

use super::{LastBackup, Store};

/// What a file of the store is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Segments of the journal that are written, or wait to be sealed.
    Journal,
    /// Segments that are sealed.
    Sealed,
    /// What imports brought.
    Batches,
    /// Parts and what is kept beside them: rebuildable.
    Parts,
    /// Attachments.
    Documents,
    /// Marks of closed months.
    Seals,
    /// Half-typed forms, of this user where others' cannot be read.
    Drafts,
    /// Torn tails.
    Quarantine,
    /// Tables for other programs.
    Mart,
    /// Space set aside.
    Ballast,
    /// MANIFEST, FORMAT, settings, locks.
    Marks,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind, the truth first.
    pub const ALL: &'static [Kind] = &[
        Kind::Journal,
        Kind::Sealed,
        Kind::Batches,
        Kind::Documents,
        Kind::Seals,
        Kind::Parts,
        Kind::Drafts,
        Kind::Quarantine,
        Kind::Mart,
        Kind::Ballast,
        Kind::Marks,
        Kind::Other,
    ];

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Journal => "journal",
            Kind::Sealed => "sealed",
            Kind::Batches => "batches",
            Kind::Parts => "parts",
            Kind::Documents => "documents",
            Kind::Seals => "seals",
            Kind::Drafts => "drafts",
            Kind::Quarantine => "quarantine",
            Kind::Mart => "mart",
            Kind::Ballast => "ballast",
            Kind::Marks => "marks",
            Kind::Other => "other",
        }
    }

    /// Of a file directly in the store's folder, or below one of its folders.
    fn of(folder: Option<&str>, name: &str) -> Kind {
        match folder {
            Some("journal") if name.ends_with(".zst") => Kind::Sealed,
            Some("journal") => Kind::Journal,
            Some("batches") => Kind::Batches,
            Some("parts") => Kind::Parts,
            Some("documents") => Kind::Documents,
            Some("seals") => Kind::Seals,
            Some("drafts") => Kind::Drafts,
            Some("quarantine") => Kind::Quarantine,
            Some("mart") => Kind::Mart,
            Some("lock") => Kind::Marks,
            None if name == "reserve.bin" => Kind::Ballast,
            None if ["FORMAT", "MANIFEST", "store.toml"].contains(&name) => Kind::Marks,
            _ => Kind::Other,
        }
    }
}

/// How much there is of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Who writes at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockState {
    /// Nobody. Who wrote last, as the lock's note says.
    Free(String),
    /// Somebody, as the lock's note says.
    Held(String),
    /// This user may not try.
    Unknown(String),
}

/// Who gets into a store's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// One person, its owner.
    Owner,
    /// The people of a group, by its number.
    Group(u32),
    /// Whoever may run the program that is installed for a group, by its number, and nobody without it.
    Program(u32),
}

/// The state of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What `FORMAT` says.
    pub format: Format,
    /// How it stands.
    pub standing: Standing,
    /// Its last acknowledged record.
    pub head: Head,
    /// Records that the base covers.
    pub covered_seq: u64,
    /// Records folded since.
    pub overlay: u64,
    /// When MANIFEST was last written, in seconds since 1970 by the disk's clock; none when there is none.
    pub compacted_unix: Option<i64>,
    /// Whether MANIFEST is whole.
    pub has_manifest: bool,
    /// Months with a seal.
    pub sealed_months: Vec<String>,
    /// Sizes by kind; kinds without a file are left out.
    pub sizes: BTreeMap<Kind, Size>,
    /// Bytes this user may still write.
    pub free_bytes: u64,
    /// Whether space is set aside.
    pub ballast: Ballast,
    /// The last backup that was noted.
    pub last_backup: Option<LastBackup>,
    /// Who writes now.
    pub lock: LockState,
    /// Who gets into its folder.
    pub entry: Entrance,
}

impl Store {
    /// Looks at the store's files. Takes no lock for longer than a look.
    pub fn status(&self) -> Result<Status, StoreError> {
        let view = self.view();
        let format = Format::read(&*self.disk, &self.layout)?;
        let mut sizes = BTreeMap::new();
        measure(&*self.disk, &self.root, None, &mut sizes)?;
        let items = self.disk.list(&self.root).doing("list", &self.root)?;
        let compacted_unix = items.iter().find(|item| item.name == "MANIFEST").map(|item| item.modified_unix);
        Ok(Status {
            format,
            standing: self.standing(),
            head: view.head(),
            covered_seq: view.state().covered.head.seq,
            overlay: view.overlay_size(),
            compacted_unix,
            has_manifest: Manifest::read(&*self.disk, &self.layout).is_some(),
            sealed_months: self.sealed_months(),
            sizes,
            free_bytes: self.disk.file_system(&self.root).doing("look at", &self.root)?.free_bytes,
            ballast: ballast(&*self.disk, &self.layout).doing("look at", &self.root)?,
            last_backup: self.last_backup(),
            lock: self.lock_state(),
            entry: self.entry().doing("look at", &self.root)?,
        })
    }

    fn sealed_months(&self) -> Vec<String> {
        let items = self.disk.list(&self.root.join("seals")).unwrap_or_default();
        items.iter().filter_map(|item| item.name.strip_suffix(".json")).map(str::to_owned).collect()
    }

    fn entry(&self) -> std::io::Result<Entrance> {
        Ok(match self.disk.facts(&self.root)? {
            Some(Facts { owner: Owner::Group(gid), .. }) => Entrance::Program(gid),
            Some(facts) if facts.is_of_group() => Entrance::Group(facts.gid),
            _ => Entrance::Owner,
        })
    }

    fn lock_state(&self) -> LockState {
        let note = holder(&*self.disk, &self.layout);
        match self.disk.try_lock(&self.layout.writer_lock()) {
            Ok(Some(_)) => LockState::Free(note),
            Ok(None) => LockState::Held(note),
            Err(_) => LockState::Unknown(note),
        }
    }
}

/// Adds up the files of a folder and all below it; `above` is the store's own folder they are in.
fn measure(
    disk: &dyn Disk,
    dir: &Path,
    above: Option<&str>,
    sizes: &mut BTreeMap<Kind, Size>,
) -> Result<(), StoreError> {
    let items = match disk.list(dir) {
        // Drafts of other people are theirs alone; a folder may go while it is looked at.
        Err(error) if [ErrorKind::PermissionDenied, ErrorKind::NotFound].contains(&error.kind()) => {
            return Ok(());
        }
        listed => listed.doing("list", dir)?,
    };
    for item in items {
        if item.kind == ItemKind::Dir {
            measure(disk, &dir.join(&item.name), above.or(Some(&item.name)), sizes)?;
        } else {
            let size = sizes.entry(Kind::of(above, &item.name)).or_default();
            size.files += 1;
            size.bytes += item.len;
        }
    }
    Ok(())
}
