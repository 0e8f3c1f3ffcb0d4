//! A new store of what can still be read of a damaged one. The damaged one is only read.
//!
//! `lines` whole lines of the journal · `gaps` what is missing between them · `batches` files of imports, written anew for the
//! new store's id · `fold` transactions that still make sense, chained anew · `put` the new store's files.

mod batches;
mod fold;
mod gaps;
mod lines;
mod put;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::backup::BackupFault;
use super::disk::{Disk, machine};
use super::error::{Doing, StoreError};
use super::format::{Format, Layout};
use super::fsck::fsck_on;
use super::manifest::Manifest;
use super::place;
use super::record::{Actor, Hash, Head, Moment};
use super::store::fresh_id;
use super::tables::Keyed;
use super::verify::{Depth, Gravity};
use super::watermark::read_slots;

use batches::Carrier;
use fold::{Folder, replaced_in};

/// Records that cannot be read any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The file, from the store's folder on; empty where a file is missing or was cut.
    pub file: String,
    /// From byte, to byte, of the plain lines.
    pub bytes: Option<(u64, u64)>,
    /// From record, to record; none where the bytes held no record that anybody knows of.
    pub records: Option<(u64, u64)>,
    /// Claims and vouchers they were about, as far as the bytes still say.
    pub claims: Vec<String>,
}

/// Why a transaction was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// Some of its records are gone.
    Incomplete,
    /// A record's hash does not follow from the one before: it is not what was written.
    Altered,
    /// It does not fit what is there without the lost records.
    Misfit(String),
    /// The month's books are not any more what was closed.
    Books,
}

impl LeftOutWhy {
    /// The name of its words, behind `salvage-why-`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::Altered => "altered",
            Self::Misfit(_) => "misfit",
            Self::Books => "books",
        }
    }

    /// What exactly, in the program's own words.
    pub fn detail(&self) -> &str {
        match self {
            Self::Misfit(why) => why,
            Self::Incomplete | Self::Altered | Self::Books => "",
        }
    }
}

/// A transaction that is not in the new store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its first and last record that can be read, as numbered in the old journal.
    pub records: (u64, u64),
    /// What happened.
    pub ops: Vec<String>,
    /// Claims and vouchers it was about.
    pub claims: Vec<String>,
    /// Why.
    pub why: LeftOutWhy,
}

/// A file of a batch, or an attached file, that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostFile {
    /// Its name from the store's folder on.
    pub path: String,
    /// Its rows.
    pub rows: u32,
    /// What is wrong: `missing`, `digest`, or the system's words.
    pub reason: String,
}

/// What became of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvaged {
    /// The old store's id; empty where nobody knows it.
    pub old_id: String,
    /// The new store's id.
    pub new_id: String,
    /// The last record that could be read of the old journal.
    pub old_head: Head,
    /// The last record of the new journal.
    pub new_head: Head,
    /// Records that were read.
    pub read: u64,
    /// Records taken into the new store.
    pub taken: u64,
    /// Batch files carried over.
    pub files: usize,
    /// Attached files carried over.
    pub documents: usize,
    /// Whether the office's settings had to be taken from MANIFEST, since their record is lost.
    pub office_from_manifest: bool,
    /// What cannot be read.
    pub gaps: Vec<Gap>,
    /// Batch files that are lost.
    pub lost_files: Vec<LostFile>,
    /// Attached files that are lost.
    pub lost_documents: Vec<LostFile>,
    /// Transactions that were left out.
    pub left_out: Vec<LeftOut>,
    /// Numbers of series that no voucher has any more: series, number. They are not given again.
    pub numbers: Vec<(String, u32)>,
    /// What fsck still says of the new store, notes aside: code and place.
    pub unsound: Vec<(String, String)>,
}

impl Salvaged {
    /// Whether all of the old store is in the new one.
    pub fn is_whole(&self) -> bool {
        self.gaps.is_empty()
            && self.lost_files.is_empty()
            && self.lost_documents.is_empty()
            && self.left_out.is_empty()
            && self.numbers.is_empty()
            && self.unsound.is_empty()
            && !self.office_from_manifest
    }

    /// Records of transactions that were left out although they can be read.
    pub fn n_left_out(&self) -> u64 {
        self.left_out.iter().map(|left| left.ops.len() as u64).sum()
    }
}

/// Makes a store of what can still be read of another; none when that is nothing. The folder for it must be empty or not
/// there, and not lie in the old store.
pub fn salvage(from: &Path, into: &Path, actor: &Actor, now: Moment) -> Result<Option<Salvaged>, StoreError> {
    salvage_on(&machine(from), &machine(into), from, into, actor, now)
}

/// The same on other disks.
pub fn salvage_on(
    old_disk: &Arc<dyn Disk>,
    disk: &Arc<dyn Disk>,
    from: &Path,
    into: &Path,
    actor: &Actor,
    now: Moment,
) -> Result<Option<Salvaged>, StoreError> {
    if into.starts_with(from) {
        return Err(StoreError::Backup { path: into.to_path_buf(), fault: BackupFault::Inside });
    }
    check_empty(&**disk, into)?;
    let (old, layout) = (Layout::new(from), Layout::new(into));
    place::check_new(&**disk, &layout)?;
    let readable = lines::read(&**old_disk, &old)?;
    let manifest = Manifest::read(&**old_disk, &old);
    let mark = read_slots(&**old_disk, &old).ok().and_then(|slots| slots.newest());
    let acknowledged = manifest.as_ref().map(|manifest| manifest.cursor.head.seq);
    let acknowledged = acknowledged.max(mark.map(|mark| mark.seq));
    let gaps = gaps::gaps(&readable, acknowledged);
    let old_id = Format::read(&**old_disk, &old).map(|format| format.store_id).ok();
    let old_id = old_id.or(readable.store_id.clone()).unwrap_or_default();
    let new_id = fresh_id(&**disk, now)?;
    let (whole, left_out) = gaps::transactions(&readable);
    let last = readable.records.values().next_back();
    let old_head =
        last.map_or(Head { seq: 0, hash: Hash([0; 32]) }, |last| Head { seq: last.seq, hash: last.hash });
    let carrier = Carrier {
        old: (&**old_disk, &old),
        new: (&**disk, &layout),
        keyed: Keyed::of_store(&new_id),
        carried: BTreeMap::new(),
        lost: BTreeMap::new(),
        n_carried: 0,
        replaced: replaced_in(whole.iter().flatten(), manifest.as_ref()),
    };
    let is_lossy = !gaps.is_empty() || !left_out.is_empty();
    let folder =
        Folder { disk, layout: &layout, id: &new_id, manifest: manifest.as_ref(), actor, now, is_lossy };
    let Some(mut folded) = folder.fold(whole, carrier)? else { return Ok(None) };
    let (documents, lost_documents) = put::documents(&**old_disk, &old, &**disk, &layout, &folded.kept)?;
    let mut left_out: Vec<LeftOut> =
        left_out.into_iter().chain(std::mem::take(&mut folded.left_out)).collect();
    left_out.sort_by_key(|left| left.records);
    let n_left = left_out.iter().map(|left| left.ops.len() as u64).sum();
    let new = put::New { disk, layout: &layout, id: &new_id };
    put::settings(&**old_disk, &old, &**disk, &layout)?;
    let new_head = new.write(&folded, (&old_id, old_head, (folded.taken, n_left)), actor, now)?;
    let found = fsck_on(disk, into, Depth::Full, &mut |_, _| ControlFlow::Continue(()))?;
    let unsound = found.problems.iter().filter(|problem| problem.gravity != Gravity::Note);
    Ok(Some(Salvaged {
        old_id,
        new_id: new_id.clone(),
        old_head,
        new_head,
        read: readable.records.len() as u64,
        taken: folded.taken,
        files: folded.files,
        documents,
        office_from_manifest: folded.office_from_manifest,
        gaps,
        lost_files: folded.lost_files,
        lost_documents,
        left_out,
        numbers: folded.numbers,
        unsound: unsound.map(|problem| (problem.code.to_owned(), problem.place.clone())).collect(),
    }))
}

fn check_empty(disk: &dyn Disk, into: &Path) -> Result<(), StoreError> {
    match disk.list(into) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        listed => match listed.doing("list", into)?.is_empty() {
            true => Ok(()),
            false => Err(StoreError::Backup { path: into.to_path_buf(), fault: BackupFault::Taken }),
        },
    }
}
