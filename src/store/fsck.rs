//! Looks at a whole store and says what is wrong: the lower half's chain and digests, then the batches, the MANIFEST, the
//! parts against the truth, and the series. Changes nothing; [`repair`] makes caches anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::domain::voucher::SeriesKey;

use super::codec::claim_from_json;
use super::disk::{Disk, ItemKind, RealDisk, read_whole};
use super::error::{Doing, Standing, StoreError};
use super::format::{Format, Layout};
use super::journal::Cursor;
use super::ledger::{Ledger, Mode};
use super::manifest::{FileEntry, Manifest, Source};
use super::parts::{Alarm, Base, Scan};
use super::record::{Actor, Hash, Head, Moment};
use super::store::{COMPACT_AFTER, Store};
use super::tables::{ClaimRow, Columns, Keyed, Sum128, Table, claim_cells};
use super::verify::{self, Depth, Gravity, Progress};
use super::view::View;

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

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FsckProblem {
    /// Its number, such as `S111`; the first digit says how bad it is.
    pub code: &'static str,
    /// The name of its sentence in the locales.
    pub sentence: &'static str,
    /// How bad it is.
    pub gravity: Gravity,
    /// Where.
    pub place: String,
    /// The arguments of its sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FsckProblem {
    /// Whether nothing may be made anew beside it. A number that is missing or was given twice is a fault of the books;
    /// the records that say so are whole.
    fn forbids_repair(&self) -> bool {
        let is_of_books = self.code == Trouble::Gap.id() || self.code == Trouble::Twin.id();
        (self.gravity == Gravity::Truth && !is_of_books) || self.code == verify::Code::Newer.id()
    }
}

/// What can be found above the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// A batch is missing or not what the journal names.
    Batch,
    /// A record is whole, but its event cannot be read or does not fit.
    Record,
    /// A number of an issued series is missing.
    Gap,
    /// A number of an issued series, or a code, was given twice.
    Twin,
    /// MANIFEST is missing although more has gathered than a compaction waits for, or not whole, or of another journal.
    Manifest,
    /// A part is missing or not what MANIFEST names.
    Part,
    /// Parts do not say what the truth says.
    Differs,
    /// A file in parts or batches that nobody names.
    Stranger,
}

impl Trouble {
    /// Every one, in the order of the numbers.
    pub const ALL: &'static [Trouble] = &[
        Trouble::Batch,
        Trouble::Record,
        Trouble::Gap,
        Trouble::Twin,
        Trouble::Manifest,
        Trouble::Part,
        Trouble::Differs,
        Trouble::Stranger,
    ];

    /// Its number.
    pub const fn id(self) -> &'static str {
        match self {
            Trouble::Batch => "S111",
            Trouble::Record => "S112",
            Trouble::Gap => "S113",
            Trouble::Twin => "S114",
            Trouble::Manifest => "S211",
            Trouble::Part => "S212",
            Trouble::Differs => "S213",
            Trouble::Stranger => "S311",
        }
    }

    /// The name of its sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Trouble::Batch => "fsck-batch",
            Trouble::Record => "fsck-record",
            Trouble::Gap => "fsck-gap",
            Trouble::Twin => "fsck-twin",
            Trouble::Manifest => "fsck-manifest",
            Trouble::Part => "fsck-part",
            Trouble::Differs => "fsck-differs",
            Trouble::Stranger => "fsck-file-stranger",
        }
    }

    fn at(self, place: impl Into<String>, args: Vec<(&'static str, String)>) -> FsckProblem {
        let gravity = match self.id().as_bytes()[1] {
            b'1' => Gravity::Truth,
            b'2' => Gravity::Mend,
            _ => Gravity::Note,
        };
        let place = place.into();
        let args = args.into_iter().chain([("place", place.clone())]).collect();
        FsckProblem { code: self.id(), sentence: self.sentence(), gravity, place, args }
    }
}

/// Names of claims and numbers that are listed one by one before the rest is only counted.
const LISTED_MAX: usize = 50;

/// Looks at the store in a folder.
pub fn fsck(dir: &Path, depth: Depth, progress: Progress<'_>) -> Result<Fsck, StoreError> {
    fsck_on(&(Arc::new(RealDisk::new()) as Arc<dyn Disk>), dir, depth, progress)
}

/// The same on another disk.
pub fn fsck_on(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    depth: Depth,
    progress: Progress<'_>,
) -> Result<Fsck, StoreError> {
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
    if !verified.is_complete || verified.is_damaged() {
        // What stands on a damaged journal cannot be judged.
        return Ok(found);
    }
    let layout = Layout::new(dir);
    let look = Look { disk, dir, format: Format::read(&**disk, &layout)?, layout, depth };
    look.all(&mut found)?;
    Ok(found)
}

/// What became of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Repaired {
    /// Marks and caches are made anew.
    Yes,
    /// Nothing was touched: the truth is damaged, or a newer program wrote it, so that nothing may be made from it.
    No,
}

/// Makes good what may be made good: the lower half's marks, and MANIFEST and parts from the truth. It looks at all of
/// the truth first, batches too, and touches nothing when it is not whole.
pub fn repair(
    dir: &Path,
    actor: &Actor,
    now: Moment,
    progress: Progress<'_>,
) -> Result<Repaired, StoreError> {
    repair_on(&(Arc::new(RealDisk::new()) as Arc<dyn Disk>), dir, actor, now, progress)
}

/// The same on another disk.
pub fn repair_on(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    actor: &Actor,
    now: Moment,
    progress: Progress<'_>,
) -> Result<Repaired, StoreError> {
    let found = fsck_on(disk, dir, Depth::Full, progress)?;
    if found.problems.iter().any(FsckProblem::forbids_repair) {
        return Ok(Repaired::No);
    }
    if !verify::mend(&**disk, dir, progress)?.is_whole() {
        return Ok(Repaired::No);
    }
    let path = Layout::new(dir).manifest();
    match disk.unlink(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).doing("remove", &path);
        }
        _ => {}
    }
    Store::open_on(Arc::clone(disk), dir, Mode::Write)?.compact(actor, now)?;
    Ok(Repaired::Yes)
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
        if !is_whole {
            return Ok(());
        }
        if let (Some(manifest), Some(view), Depth::Full) = (&manifest, &at_manifest, self.depth) {
            self.compare(manifest, view, found)?;
        }
        self.series(&at_end, found)
    }

    fn manifest(&self, found: &mut Fsck) -> Result<Option<Manifest>, StoreError> {
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

    /// The view from the truth alone: as MANIFEST should have it, and as it is now. None when a record does not fit.
    #[allow(clippy::type_complexity, reason = "two views, one of them perhaps none")]
    fn truth(
        &self,
        manifest: Option<&Manifest>,
        found: &mut Fsck,
    ) -> Result<Option<(Option<View>, View)>, StoreError> {
        let mut ledger = Ledger::open(Arc::clone(self.disk), self.dir, Mode::Read)?;
        let transactions = ledger.catch_up()?;
        if let Standing::Damaged(damage) = ledger.standing() {
            return Err(StoreError::Damaged(*damage));
        }
        let keyed = Keyed::of_store(&self.format.store_id);
        let base = Base::new(Arc::clone(self.disk), self.layout.clone(), keyed, &[], Alarm::Told);
        let start = View::empty(base, Cursor::beginning(&self.format.store_id));
        let covered = manifest.map_or(0, |manifest| manifest.cursor.head.seq);
        let split = transactions.partition_point(|transaction| transaction.head().seq <= covered);
        let middle = start.after(&transactions[..split], ledger.cursor());
        let end = middle.and_then(|middle| {
            let end = middle.after(&transactions[split..], ledger.cursor())?;
            Ok((middle, end))
        });
        match end {
            Ok((middle, end)) => Ok(Some((manifest.map(|_| middle), end))),
            Err(StoreError::Undecodable { seq, why }) => {
                let args = vec![("seq", seq.to_string()), ("reason", why)];
                found.add(Trouble::Record.at(format!("journal:{seq}"), args));
                Ok(None)
            }
            Err(StoreError::Part { path, why }) => {
                let place = path.strip_prefix(self.dir).unwrap_or(&path).display().to_string();
                found.add(Trouble::Batch.at(place, vec![("reason", why)]));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether files are what they are named as: by their length, and in full by their digest.
    fn files(&self, entries: &[FileEntry], found: &mut Fsck) -> bool {
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

    /// Files that nobody names: an import or a compaction that was interrupted, or somebody's hand.
    fn strangers(
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

    /// Parts = truth: sums of row hashes, then the rows that differ.
    fn compare(&self, manifest: &Manifest, truth: &View, found: &mut Fsck) -> Result<(), StoreError> {
        let keyed = Keyed::of_store(&self.format.store_id);
        let base = Base::new(Arc::clone(self.disk), self.layout.clone(), keyed, &manifest.files, Alarm::Told);
        let cached = View::of_manifest(manifest.clone(), base);
        for table in [Table::ClaimDetail, Table::Vouchers] {
            let (truth, cached) = (hashes(truth, table)?, hashes(&cached, table)?);
            let mut differing: BTreeSet<u64> = BTreeSet::new();
            differing
                .extend(truth.iter().filter(|(id, hash)| cached.get(id) != Some(hash)).map(|(id, _)| *id));
            differing.extend(cached.keys().filter(|id| !truth.contains_key(id)));
            differs(table, differing, found);
        }
        let mut sums = [Sum128::default(); 2];
        for (sum, view) in sums.iter_mut().zip([truth, &cached]) {
            *sum = posted_sum(view)?;
        }
        if sums[0] != sums[1] {
            found.add(Trouble::Differs.at("posted", vec![("count", "1".to_owned())]));
        }
        let companies = truth.companies()? == cached.companies()?;
        let facilities = truth.facilities()? == cached.facilities()?;
        for (table, is_same) in [(Table::Companies, companies), (Table::Facilities, facilities)] {
            if !is_same {
                found.add(Trouble::Differs.at(table.name(), vec![("count", "1".to_owned())]));
            }
        }
        if truth.state().tally != cached.state().tally || truth.office() != cached.office() {
            found.add(Trouble::Differs.at("MANIFEST", vec![("count", "1".to_owned())]));
        }
        narrow(&cached, found)
    }

    /// Series without gaps and twins.
    fn series(&self, view: &View, found: &mut Fsck) -> Result<(), StoreError> {
        let mut given: BTreeMap<SeriesKey, Vec<u32>> = BTreeMap::new();
        let mut codes: Vec<(i64, u32, String)> = Vec::new();
        view.for_each_voucher_row(&mut |row| {
            if let Some((series, number)) = &row.series {
                given.entry(series.clone()).or_default().push(*number);
            }
            let bare = crate::domain::identity::normalise_number(&row.code);
            let year = u32::from(row.posted.year().unsigned_abs());
            codes.push((view.state().base.keyed.hash(&bare), year, row.code.clone()));
        })?;
        for (series, state) in view.all_series() {
            let mut numbers = given.remove(&series).unwrap_or_default();
            numbers.sort_unstable();
            for pair in numbers.windows(2).filter(|pair| pair[0] == pair[1]) {
                let args = vec![("number", pair[0].to_string())];
                found.add(Trouble::Twin.at(series.as_str(), args));
            }
            let there: BTreeSet<u32> = numbers.into_iter().collect();
            let missing = (state.before + 1..=state.last).filter(|number| !there.contains(number));
            for number in missing.take(LISTED_MAX) {
                found.add(Trouble::Gap.at(series.as_str(), vec![("number", number.to_string())]));
            }
        }
        codes.sort_unstable();
        for pair in codes.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1) {
            found.add(Trouble::Twin.at(pair[1].2.clone(), vec![("number", pair[1].1.to_string())]));
        }
        Ok(())
    }
}

fn is_missing(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
}

fn differs(table: Table, ids: BTreeSet<u64>, found: &mut Fsck) {
    let count = ids.len();
    for id in ids.into_iter().take(LISTED_MAX) {
        let args = vec![("count", count.to_string())];
        found.add(Trouble::Differs.at(format!("{}:{id}", table.name()), args));
    }
}

/// The hash of every document by its id: base rows that are not hidden, then the overlay.
fn hashes(view: &View, table: Table) -> Result<BTreeMap<u64, u128>, StoreError> {
    let state = view.state();
    let hidden = if table == Table::Vouchers { view.hidden_vouchers() } else { view.hidden_claims() };
    let all: Vec<usize> = (0..table.columns().len()).collect();
    let id = table.place("id");
    let mut hashes = BTreeMap::new();
    Scan::new(&state.base, table, all).each(|start, columns| {
        for (at, row) in (start..).zip(0..columns.rows()) {
            if hidden.binary_search(&at).is_err() {
                hashes.insert(columns.ids(id)[row], columns.row_hash(row));
            }
        }
    })?;
    let columns = view.overlay_columns(table);
    for row in 0..columns.rows() {
        hashes.insert(columns.ids(id)[row], columns.row_hash(row));
    }
    Ok(hashes)
}

fn posted_sum(view: &View) -> Result<Sum128, StoreError> {
    let all: Vec<usize> = (0..Table::Posted.columns().len()).collect();
    let sums = Scan::new(&view.state().base, Table::Posted, all).map(|_, columns| columns.sum())?;
    let mut sum = view.overlay_columns(Table::Posted).sum();
    sums.into_iter().for_each(|more| sum.add(more.0));
    Ok(sum)
}

/// Narrow rows say what their documents say; the due date only where the holidays are those of today.
fn narrow(view: &View, found: &mut Fsck) -> Result<(), StoreError> {
    let base = &view.state().base;
    let due = Table::Claims.place("due");
    let doc = Table::ClaimDetail.place("doc");
    for (narrow, detail) in base.parts(Table::Claims).iter().zip(base.parts(Table::ClaimDetail)) {
        let (rows, docs) = (base.whole(narrow)?, base.whole(detail)?);
        let mut again = Columns::new(Table::Claims);
        for row in 0..rows.rows() {
            let claim = claim_from_json(docs.texts(doc).get(row)).map_err(|error| base.bad(detail, error))?;
            let mut fresh = ClaimRow::of(&claim, view.office(), &base.keyed);
            // A due date of the desk's holidays of another day is stale, not wrong.
            fresh.due = rows.date(due, row);
            claim_cells(&fresh, &base.keyed, &mut again);
        }
        if rows.sum() != again.sum() {
            let count = (0..rows.rows()).filter(|row| rows.row_hash(*row) != again.row_hash(*row)).count();
            found.add(Trouble::Differs.at(narrow.entry.path.clone(), vec![("count", count.to_string())]));
        }
    }
    Ok(())
}
