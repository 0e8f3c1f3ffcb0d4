//! Looks at the lower half of a store and says what it finds; the half of fsck that knows lines, not claims. It
//! changes nothing; [`mend`] is the one that does, and never the journal.

mod audit;
mod finding;

use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use super::disk::{Disk, ItemKind};
use super::error::{Doing, StoreError};
use super::format::{Format, Layout};
use super::journal::{Cursor, Position, Segment, are_equal, is_bad_seal, segments};
use super::lock::{WriterLock, poison, remove_poison};
use super::record::Head;
use super::recover::make_durable;
use super::watermark::{Slots, Watermark, read_slots, write_both};

pub use finding::{Code, Finding, Gravity};

use audit::Audit;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Every line of the last segment; of the others that they follow each other.
    Quick,
    /// Every byte of the journal.
    Full,
}

/// Tells how far it is, as bytes done and bytes in all; [`ControlFlow::Break`] ends it early.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What is wrong or worth knowing, in the journal's order.
    pub findings: Vec<Finding>,
    /// Records that were read and verified.
    pub n_records: u64,
    /// End of the last whole transaction.
    pub end: Cursor,
    /// Whether it was ended early.
    pub is_complete: bool,
}

impl Verified {
    /// Whether the truth itself is damaged.
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(|finding| finding.code.gravity() == Gravity::Truth)
    }

    /// Whether all of it was read, nothing of it is damaged, and no newer program wrote any of it: only then may
    /// something be made anew from it.
    pub fn is_whole(&self) -> bool {
        let is_newer = self.findings.iter().any(|finding| finding.code == Code::Newer);
        self.is_complete && !is_newer && !self.is_damaged()
    }
}

/// No more findings of one kind are listed: a file of noise is told by its first lines.
const LISTED_MAX: usize = 1000;

/// How long it waits for a writer before it looks at what stands behind the watermark.
const PATIENCE: Duration = Duration::from_secs(5);

/// Verifies chain, digests, numbers, segments and watermark. It takes no lock for what was acknowledged; for the bytes
/// behind the watermark it takes the writer's lock, so that a commit under way is not taken for a torn one.
pub fn verify(
    disk: &dyn Disk,
    root: &Path,
    depth: Depth,
    progress: Progress<'_>,
) -> Result<Verified, StoreError> {
    let layout = Layout::new(root);
    let look = Look { disk, layout: &layout, format: Format::read(disk, &layout)?, depth };
    let slots = read_slots(disk, &layout)?;
    let listed = segments(disk, &layout)?;
    let (end, mark) = (end_of(&listed), slots.newest());
    let lock = match mark {
        Some(mark) if mark.position == end => None,
        // A store that may not be locked (a read-only copy) has no writer either.
        _ => match WriterLock::take_silently(disk, &layout, PATIENCE) {
            Ok(lock) => Some(lock),
            Err(busy @ StoreError::Busy { .. }) => return Err(busy),
            Err(_) => None,
        },
    };
    match lock {
        None => look.all(&slots, &listed, progress),
        Some(_lock) => look.all(&read_slots(disk, &layout)?, &segments(disk, &layout)?, progress),
    }
}

/// Makes good what may be made good below the views: verifies everything, and when the truth is whole writes the
/// watermark anew at its end and takes POISON away. A torn tail is left to the next commit.
pub fn mend(disk: &dyn Disk, root: &Path, progress: Progress<'_>) -> Result<Verified, StoreError> {
    let layout = Layout::new(root);
    let _lock = WriterLock::take_silently(disk, &layout, PATIENCE)?;
    let look = Look { disk, layout: &layout, format: Format::read(disk, &layout)?, depth: Depth::Full };
    look.format.check_writable()?;
    let slots = read_slots(disk, &layout)?;
    let verified = look.all(&slots, &segments(disk, &layout)?, progress)?;
    if !verified.is_whole() {
        return Ok(verified);
    }
    let last_segment = Position { segment: verified.end.position.segment, offset: 0 };
    let from = slots.newest().map_or(last_segment, |mark| mark.position);
    make_durable(disk, &layout, from, verified.end.position).doing("sync", &layout.journal())?;
    write_both(disk, &layout, &verified.end, slots.newest().map_or(1, |mark| mark.number + 1))?;
    remove_poison(disk, &layout)?;
    Ok(verified)
}

fn end_of(listed: &[Segment]) -> Position {
    let last = listed.last();
    Position { segment: last.map_or(0, |s| s.first_seq), offset: last.map_or(0, |s| s.stored) }
}

struct Look<'a> {
    disk: &'a dyn Disk,
    layout: &'a Layout,
    format: Format,
    depth: Depth,
}

impl Look<'_> {
    fn all(&self, slots: &Slots, listed: &[Segment], progress: Progress<'_>) -> Result<Verified, StoreError> {
        let mut findings = self.around(slots)?;
        let genesis = Head::genesis(&self.format.store_id);
        let mark = slots.newest();
        let mut audit = Audit::new(self.disk, &self.format.store_id, mark, genesis);
        match self.depth {
            Depth::Full => audit.segments(listed, progress)?,
            Depth::Quick => audit.borders_and_last(listed, progress)?,
        }
        let verified = audit.finish(&mut findings, mark.as_ref());
        findings.truncate(LISTED_MAX);
        Ok(Verified { findings, ..verified })
    }

    /// What stands beside the journal: poison, watermark slots, strange files, torn tails kept.
    fn around(&self, slots: &Slots) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        if let Some(reason) = poison(self.disk, self.layout)? {
            findings.push(Finding::new(Code::Poison, "lock/POISON").with("reason", reason));
        }
        for (idx, slot) in slots.0.iter().enumerate() {
            if slot.is_none() {
                findings.push(Finding::new(Code::WatermarkSlot, "lock/committed").with("slot", idx));
            }
        }
        if slots.newest().is_none() {
            findings.push(Finding::new(Code::NoWatermark, "lock/committed"));
        }
        self.twins(&mut findings)?;
        self.strangers(&mut findings)?;
        self.quarantine(&mut findings)?;
        Ok(findings)
    }

    /// Plain segments that sealing left beside their sealed form.
    fn twins(&self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        for segment in segments(self.disk, self.layout)? {
            let Some(plain) = &segment.plain_twin else { continue };
            let is_equal = match are_equal(self.disk, &segment, plain) {
                Err(error) if is_bad_seal(&error) => false,
                // A sealing that goes on meanwhile has just finished.
                Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => continue,
                compared => compared?,
            };
            let code = if is_equal { Code::PlainTwin } else { Code::Twins };
            findings.push(Finding::new(code, &segment.name()));
        }
        Ok(())
    }

    fn strangers(&self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let journal = self.layout.journal();
        let known: Vec<_> = segments(self.disk, self.layout)?
            .into_iter()
            .flat_map(|s| [Some(s.path), s.plain_twin])
            .flatten()
            .collect();
        for year in self.disk.list(&journal).doing("list", &journal)? {
            if year.kind == ItemKind::File {
                findings.push(Finding::new(Code::Stranger, &format!("journal/{}", year.name)));
                continue;
            }
            let dir = journal.join(&year.name);
            for file in self.disk.list(&dir).doing("list", &dir)? {
                if !known.contains(&dir.join(&file.name)) {
                    findings
                        .push(Finding::new(Code::Stranger, &format!("journal/{}/{}", year.name, file.name)));
                }
            }
        }
        Ok(())
    }

    fn quarantine(&self, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
        let dir = self.layout.quarantine();
        let items = match self.disk.list(&dir) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            listed => listed.doing("list", &dir)?,
        };
        for item in items {
            let place = format!("quarantine/{}", item.name);
            findings.push(Finding::new(Code::Quarantined, &place).with("bytes", item.len));
        }
        Ok(())
    }
}

/// Whether a watermark lies at or before a place.
fn is_reached(mark: Option<&Watermark>, end: Position) -> bool {
    mark.is_none_or(|mark| mark.position <= end)
}
