//! Looks at a whole store and says what is wrong: the lower half's chain and digests, then the batches, the MANIFEST, the
//! parts against the truth, and the series. Changes nothing; [`repair`] makes caches anew, [`alarm`] stops who writes.
//!
//! `trouble` the numbered codes · `files` MANIFEST, batches and parts as files · `truth` the fold of journal and
//! batches · `months` seals of closed months · `documents` attached files · `erasures` erased years · `compare` parts = truth · `sidecars` what stands beside the files · `series`
//! numbers without gaps and twins · `place` owners and modes.

mod alarm;
mod compare;
mod documents;
mod erasures;
mod files;
mod months;
mod place;
mod repair;
mod series;
mod sidecars;
mod trouble;
mod truth;

use std::path::Path;
use std::sync::Arc;

use super::anchor::{self, Anchored};
use super::disk::{Disk, exists, machine, read_whole};
use super::error::StoreError;
use super::format::{Format, Layout};
use super::manifest::{FileEntry, Source};
use super::record::{Hash, Head};
use super::store::COMPACT_AFTER;
use super::verify::{self, Depth, Gravity, Progress};

pub use alarm::{Marked, alarm, alarm_on};
pub use repair::{Repaired, repair, repair_on};
pub use trouble::{FsckProblem, Trouble};

/// What fsck says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fsck {
    /// Records that were read and verified.
    pub events: u64,
    /// The last one.
    pub head: Head,
    /// What was found, the journal's first.
    pub problems: Vec<FsckProblem>,
    /// The worst of it.
    pub worst: Option<Gravity>,
}

impl Fsck {
    /// Whether nothing needs doing; notes do not count.
    pub fn is_sound(&self) -> bool {
        self.worst.is_none_or(|worst| worst == Gravity::Note)
    }

    fn add(&mut self, problem: FsckProblem) {
        self.worst = self.worst.max(Some(problem.gravity));
        self.problems.push(problem);
    }
}

/// Names of claims and numbers that are listed one by one before the rest is only counted.
const LISTED_MAX: usize = 50;

/// Looks at the store in a folder.
pub fn fsck(dir: &Path, depth: Depth, progress: Progress<'_>) -> Result<Fsck, StoreError> {
    fsck_on(&machine(dir), dir, depth, progress)
}

/// The same on another disk.
pub fn fsck_on(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    depth: Depth,
    progress: Progress<'_>,
) -> Result<Fsck, StoreError> {
    fsck_with(disk, dir, depth, &[], progress)
}

/// The same, and that anchors hold: heads that were written down elsewhere. With anchors the whole journal is read.
pub fn fsck_with(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    depth: Depth,
    anchors: &[Head],
    progress: Progress<'_>,
) -> Result<Fsck, StoreError> {
    let layout = Layout::new(dir);
    let format = match Format::read(&**disk, &layout) {
        Ok(format) => format,
        Err(error) => return without_format(disk, &layout, error),
    };
    let verified = verify::verify(&**disk, dir, depth, progress)?;
    let mut found =
        Fsck { events: verified.n_records, head: verified.end.head, problems: Vec::new(), worst: None };
    for finding in &verified.findings {
        found.add(FsckProblem {
            code: finding.code.id(),
            sentence: finding.code.sentence(),
            gravity: finding.code.gravity(),
            place: finding.place.clone(),
            args: finding.args.clone(),
        });
    }
    place::look(&**disk, &layout, &mut found)?;
    if format.check_writable().is_err() {
        let version = format.min_writer.to_string();
        found.add(Trouble::NewerWriter.at("FORMAT", vec![("version", version)]));
    }
    for (anchor, what) in anchor::check(&**disk, &layout, &format.store_id, anchors)? {
        let trouble = match what {
            Anchored::Differs => Trouble::AnchorDiffers,
            Anchored::Beyond => Trouble::AnchorBeyond,
        };
        found.add(trouble.at(format!("journal:{}", anchor.seq), vec![("seq", anchor.seq.to_string())]));
    }
    if !verified.is_complete || verified.is_damaged() {
        // What stands on a damaged journal cannot be judged.
        return Ok(found);
    }
    let look = Look { disk, dir, format, layout, depth };
    look.all(&mut found)?;
    Ok(found)
}

/// A store whose `FORMAT` is gone, cannot be understood, or says that a newer program made it: nothing else is looked at.
/// A folder with neither `FORMAT` nor a journal is no store, which is no finding.
fn without_format(disk: &Arc<dyn Disk>, layout: &Layout, error: StoreError) -> Result<Fsck, StoreError> {
    let trouble = match &error {
        StoreError::NotAStore(_) if exists(&**disk, &layout.journal()).is_ok_and(|there| there) => {
            Trouble::Format
        }
        StoreError::BadFormat(_) => Trouble::Format,
        StoreError::Newer(_) => Trouble::NewerStore,
        _ => return Err(error),
    };
    let head = Head { seq: 0, hash: Hash([0; 32]) };
    let mut found = Fsck { events: 0, head, problems: Vec::new(), worst: None };
    found
        .add(trouble.at("FORMAT", error.args().into_iter().filter(|(name, _)| *name == "version").collect()));
    Ok(found)
}

struct Look<'a> {
    disk: &'a Arc<dyn Disk>,
    dir: &'a Path,
    format: Format,
    layout: Layout,
    depth: Depth,
}

impl Look<'_> {
    fn all(&self, found: &mut Fsck) -> Result<(), StoreError> {
        let manifest = self.manifest(found)?;
        // The truth: batches and events, folded up to where MANIFEST claims to be, and on to the end.
        let Some((at_manifest, at_end)) = self.truth(manifest.as_ref(), found)? else { return Ok(()) };
        let has_gathered = at_end.overlay_size() > COMPACT_AFTER;
        if has_gathered
            && matches!(read_whole(&**self.disk, &self.layout.manifest()), Err(error) if is_missing(&error))
        {
            found.add(Trouble::Manifest.at("MANIFEST", Vec::new()));
        }
        let batches: Vec<FileEntry> = at_end.state().batches.iter().cloned().collect();
        let mut is_whole = self.files(&batches, found);
        if let Some(manifest) = &manifest {
            let parts: Vec<FileEntry> =
                manifest.files.iter().filter(|entry| entry.source() == Source::Part).cloned().collect();
            is_whole &= self.files(&parts, found);
        }
        self.strangers(manifest.as_ref(), &batches, found)?;
        self.kept_sums(found);
        if !is_whole {
            return Ok(());
        }
        self.sidecars(manifest.as_ref(), &batches, found)?;
        let is_erasing = self.erasures(&at_end, found)?;
        let is_full = self.depth == Depth::Full && !is_erasing;
        if let (Some(manifest), Some(view), true) = (&manifest, &at_manifest, is_full) {
            self.compare(manifest, view, found)?;
        }
        self.months(&at_end, found)?;
        self.documents(found)?;
        self.series(&at_end, found)
    }
}

fn is_missing(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
}
