//! Files come in: good rows at once, each bad row a problem; what the store knows is compared and changed only when
//! asked.

mod batch;
mod files;
mod known;
mod plan;
mod registers;
mod update;

use std::path::{Path, PathBuf};

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::{ClaimId, Period, Problem, Refusal};
use crate::intake::compare::Update;
use crate::intake::dialect::Said;
use crate::intake::history::{History, KnownClaim, Lookup, Options, read_history_beside};
use crate::intake::read::rejects;
use crate::store::View;
use crate::store::disk::held_group;
use crate::words::Words;

pub use files::inspect_file;

use files::{check_place, expand};
use known::Known;
use plan::Plan;
use registers::Registers;

/// What is asked of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWish {
    /// Files, or folders of CSV and XLSX files.
    pub files: Vec<PathBuf>,
    /// How their amounts and dates are written, where the person says so.
    pub said: Said,
    /// How far it may go.
    pub mode: Mode,
    /// Where refused rows are written.
    pub rejects: Option<PathBuf>,
}

/// How far an import may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// New records only; changed ones are shown.
    OnlyNew,
    /// Changed ones too.
    Update,
    /// Nothing is written.
    DryRun,
}

/// Records of one kind in the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Not in the store before.
    pub new: u64,
    /// In the store, and the same.
    pub same: u64,
    /// In the store, and the files say otherwise.
    pub changed: u64,
}

/// A record that the files say differently, or a new voucher over known claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRecord {
    /// Its number, code or name.
    pub name: String,
    /// What differs.
    pub changes: Vec<Told>,
    /// Why what was asked could not be taken over; empty where it was, or where nobody asked.
    pub refusals: Vec<Refusal>,
}

/// One difference, personal numbers masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which field, with its line before it.
    pub field: String,
    /// What is known; empty nothing.
    pub old: String,
    /// What the files say.
    pub new: String,
    /// Whether it can be taken over.
    pub update: Update,
}

impl ChangedRecord {
    fn new(name: String, changes: Vec<Told>) -> ChangedRecord {
        ChangedRecord { name, changes, refusals: Vec::new() }
    }

    /// Whether anything of it can be taken over.
    pub fn can_be_taken(&self) -> bool {
        self.changes.iter().any(|change| change.update == Update::Taken)
    }
}

/// What became of an import.
#[derive(Debug, Default)]
pub struct ImportDone {
    /// Claims of the files.
    pub claims: Counts,
    /// Vouchers of the files; of the known ones also those that only a transfer names.
    pub vouchers: Counts,
    /// Companies and facilities of the files.
    pub registers: Counts,
    /// Rows and files refused, each once.
    pub refused: u64,
    /// Open claims of the store that the files do not have; none where the files have no claims at all.
    pub missing: u64,
    /// Files of refused rows that were written.
    pub rejects: Vec<PathBuf>,
    /// Changed records that wait for `--update`.
    pub unwritten: u64,
    /// What was found, by file and row.
    pub problems: Vec<Problem>,
    /// What the files say differently.
    pub changes: Vec<ChangedRecord>,
    /// Months before the first open one that were in the books and say something else now, oldest first.
    pub touched: Vec<Period>,
}

impl Desk {
    /// Takes files in. `program` is this program itself, which reads workbooks in a process of its own.
    pub fn import(&self, wish: &ImportWish, program: &Path, words: &Words) -> Result<ImportDone, DeskError> {
        self.refresh()?;
        let before = self.view();
        let n_before = before.n_claims();
        let mut done = self.take_files(wish, program, words)?;
        done.touched = touched(&before, &self.view());
        // A branch that has just come in whole: whoever asks for its report first should not be who reads all its books. What
        // was known of the files is gone by now, so that the two do not need their memory at once.
        if wish.mode != Mode::DryRun && self.view().n_claims() / 2 > n_before {
            let _ = self.keep_month();
        }
        Ok(done)
    }

    fn take_files(&self, wish: &ImportWish, program: &Path, words: &Words) -> Result<ImportDone, DeskError> {
        let files = expand(&wish.files)?;
        wish.rejects.as_deref().map_or(Ok(()), check_place)?;
        self.refresh()?;
        let (view, today) = (self.view(), self.today());
        let options = Options { said: wish.said, ..Options::default() };
        let lookup = |claim_no: &str| known_claim(&view, claim_no);
        let lookup: Lookup<'_> = if view.n_claims() == 0 { None } else { Some(&lookup) };
        // The readers of files have the user's rights, and where the store is a group's those do not reach its folder.
        let beside = if held_group().is_some() { Path::new("/var/tmp") } else { self.store.root() };
        let scratch = Some(beside).filter(|_| wish.mode != Mode::DryRun);
        let mut history =
            read_history_beside(&files, Some(program), &options, view.office(), today, lookup, scratch);
        self.check_whole(&history)?;
        let known = Known::look_up(&view, &mut history)?;
        let registers = Registers::of(&view, &history)?;
        let mut plan = Plan::of(&view, &history, &known)?;
        let missing = if history.has_claims() { self.missing(&view, &known)? } else { 0 };
        if wish.mode != Mode::DryRun {
            let ids = self.take_in(&history, &known, &registers)?;
            if wish.mode == Mode::Update {
                self.take_over(&history, &ids, &mut plan)?;
                self.take_registers(&registers)?;
            }
            // What came in is safe; a store that cannot be tidied now says so to whoever works on it next.
            let _ = self.tidy();
        }
        let rejects = match &wish.rejects {
            Some(path) => write_rejects(path, &history, words)?,
            None => Vec::new(),
        };
        let changes: Vec<ChangedRecord> = plan.shown.into_iter().chain(registers.shown).collect();
        let n_waiting = changes.iter().filter(|record| record.can_be_taken()).count();
        Ok(ImportDone {
            claims: plan.claims,
            vouchers: plan.vouchers,
            registers: registers.counts,
            refused: history.n_refused,
            missing,
            rejects,
            unwritten: if wish.mode == Mode::Update { 0 } else { count(n_waiting) },
            problems: std::mem::take(&mut history.problems),
            changes,
            touched: Vec::new(),
        })
    }

    /// Rows that could not be read back from where they lay meanwhile are no rows: nothing of such an import is written.
    fn check_whole(&self, history: &History) -> Result<(), DeskError> {
        let path = self.store.root().display();
        let lost = |reason: &str| DeskError::File { path: path.to_string(), reason: reason.to_owned() };
        history.failure().map_or(Ok(()), |reason| Err(lost(reason)))
    }

    /// Open claims of the store that are not in the files: worth knowing, when the files are the whole picture.
    fn missing(&self, view: &View, known: &Known) -> Result<u64, DeskError> {
        if view.n_claims() == 0 {
            return Ok(0);
        }
        let open =
            crate::domain::query::parse("terbuka", self.today()).expect("our own filter is well formed");
        let cancel = std::sync::atomic::AtomicBool::new(false);
        let rows = view.select(&open, crate::store::Sort::default(), self.today(), &cancel, &|_, _| {})?;
        let mut ids = rows.ids(0..rows.len())?;
        let mut named: Vec<ClaimId> = known.claims.iter().copied().flatten().collect();
        named.sort_unstable();
        ids.retain(|id| named.binary_search(id).is_err());
        Ok(count(ids.len()))
    }
}

/// What the store knows of a claim; one that cannot be read is told when it is looked up by its id.
fn known_claim(view: &View, claim_no: &str) -> Option<KnownClaim> {
    let id = view.claim_by_no(claim_no).ok().flatten()?;
    let claim = view.claim(id).ok().flatten()?;
    Some(KnownClaim { basics: claim.basics.clone(), filed_date: claim.filed_date })
}

fn write_rejects(path: &Path, history: &History, words: &Words) -> Result<Vec<PathBuf>, DeskError> {
    let rejects = history.rejects(words);
    rejects::write(path, &rejects)
        .map_err(|error| DeskError::File { path: path.display().to_string(), reason: error.to_string() })
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("counts fit")
}

/// Months of history that somebody may have printed already and that differ now. Nobody printed one of an empty store.
fn touched(before: &View, after: &View) -> Vec<Period> {
    if before.n_claims() == 0 {
        return Vec::new();
    }
    let first_open = after.office().first_open;
    let (old, new) = (before.month_sums(), after.month_sums());
    let differs = new.iter().filter(|(key, sum)| key.0 < first_open && old.get(key) != Some(sum));
    let mut months: Vec<Period> = differs.map(|(key, _)| key.0).collect();
    months.sort_unstable();
    months.dedup();
    months
}
