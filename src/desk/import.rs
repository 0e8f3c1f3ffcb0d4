//! Files come in: good rows at once, each bad row a problem, known claims compared and changed only when asked.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::base::ordered::in_order;
use crate::base::safe;
use crate::desk::Desk;
use crate::desk::claims::claim_of;
use crate::desk::error::DeskError;
use crate::domain::{ClaimCommand, ClaimId, Office, Problem, Refusal, VoucherId};
use crate::intake::assemble::{AssembledClaim, AssembledVoucher, Assembler, HistoryMonths, Ids};
use crate::intake::compare::{Change, Difference, changes_to_commands, compare};
use crate::intake::dialect::Said;
use crate::intake::history::{History, Options, read_history};
use crate::intake::inspect::{Inspection, inspect};
use crate::intake::read::{Limits, open, rejects};
use crate::store::{Batch, View};
use crate::words::Words;

/// What is asked of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWish {
    /// Files, or folders of CSV and XLSX files.
    pub files: Vec<PathBuf>,
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

/// A claim that the files say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedClaim {
    /// Its number.
    pub claim_no: String,
    /// Field, what is known, what the file says.
    pub changes: Vec<(String, String, String)>,
    /// Why it was not applied, when it could not be.
    pub refusal: Option<Refusal>,
}

/// What became of an import.
#[derive(Debug, Default)]
pub struct ImportDone {
    /// Claims and vouchers that were new.
    pub new: u64,
    /// Known and the same.
    pub same: u64,
    /// Known and different.
    pub changed: u64,
    /// Rows refused.
    pub refused: u64,
    /// Open claims of the store that the files do not have.
    pub missing: u64,
    /// What was found, by file and row.
    pub problems: Vec<Problem>,
    /// Known claims that the files say differently.
    pub changes: Vec<ChangedClaim>,
}

/// Which records of the files the store knows.
struct Known {
    /// By place; none for a new one.
    claims: Vec<Option<ClaimId>>,
    /// By place; none for a new one.
    vouchers: Vec<Option<VoucherId>>,
}

impl Known {
    fn n_new(&self) -> usize {
        let new_claims = self.claims.iter().filter(|id| id.is_none()).count();
        new_claims + self.vouchers.iter().filter(|id| id.is_none()).count()
    }

    /// Known ones keep their ids, new ones get the batch's.
    fn ids(&self, batch: &mut Batch) -> Ids {
        Ids {
            claims: self.claims.iter().map(|id| id.unwrap_or_else(|| batch.next_claim_id())).collect(),
            vouchers: self.vouchers.iter().map(|id| id.unwrap_or_else(|| batch.next_voucher_id())).collect(),
        }
    }
}

impl Desk {
    /// Takes files in. `program` is this program itself, which reads workbooks in a process of its own.
    pub fn import(&self, wish: &ImportWish, program: &Path, words: &Words) -> Result<ImportDone, DeskError> {
        let files = expand(&wish.files)?;
        let (view, today) = (self.view(), self.today());
        let office = view.office().clone();
        let history = read_history(&files, Some(program), &Options::default(), &office, today);
        let months = if view.n_claims() == 0 { HistoryMonths::PaperMonths } else { HistoryMonths::OpenMonth };
        let known = self.known(&view, &history)?;
        let mut done = ImportDone {
            new: count(known.claims.iter().filter(|id| id.is_none()).count()),
            refused: history.n_errors,
            problems: history.problems.clone(),
            missing: self.missing(&view, &known)?,
            ..ImportDone::default()
        };
        self.compare_known(&view, &history, &known, wish.mode, &mut done)?;
        if wish.mode != Mode::DryRun {
            self.take_in(&history, &known, months)?;
        }
        if let Some(path) = &wish.rejects {
            let rejects = history.rejects(words);
            if !rejects.is_empty() {
                rejects::write(path, &rejects).map_err(|error| DeskError::File {
                    path: path.display().to_string(),
                    reason: error.to_string(),
                })?;
            }
        }
        Ok(done)
    }

    /// Looks every record of the files up.
    fn known(&self, view: &View, history: &History) -> Result<Known, DeskError> {
        if view.n_claims() == 0 && view.n_vouchers() == 0 {
            let claims = vec![None; history.n_claims()];
            return Ok(Known { claims, vouchers: vec![None; history.n_vouchers()] });
        }
        let mut reader = history.reader();
        let claims = (0..history.n_claims())
            .map(|place| view.claim_by_no(reader.claim(place).basics.claim_no.as_str()))
            .collect::<Result<_, _>>()?;
        let vouchers = (0..history.n_vouchers())
            .map(|place| view.voucher_by_code(reader.voucher(place).code.as_str()))
            .collect::<Result<_, _>>()?;
        Ok(Known { claims, vouchers })
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

    fn compare_known(
        &self,
        view: &View,
        history: &History,
        known: &Known,
        mode: Mode,
        done: &mut ImportDone,
    ) -> Result<(), DeskError> {
        let mut reader = history.reader();
        for (place, id) in known.claims.iter().enumerate() {
            let Some(id) = *id else { continue };
            let existing = claim_of(view, id)?;
            let incoming = reader.claim(place);
            match compare(&existing, &incoming) {
                Difference::Same => done.same += 1,
                Difference::Changed(changes) => {
                    done.changed += 1;
                    let commands = changes_to_commands(&existing, &incoming);
                    let refusal = match mode {
                        Mode::Update => self.apply(id, existing.revision, &commands)?,
                        Mode::OnlyNew | Mode::DryRun => None,
                    };
                    let changes = changes.into_iter().map(told).collect();
                    let claim_no = existing.basics.claim_no.as_str().to_owned();
                    done.changes.push(ChangedClaim { claim_no, changes, refusal });
                }
            }
        }
        Ok(())
    }

    /// Applies the commands of one known claim; a rule's no is told beside it and stops no other claim.
    fn apply(
        &self,
        id: ClaimId,
        revision: u32,
        commands: &[ClaimCommand],
    ) -> Result<Option<Refusal>, DeskError> {
        if commands.is_empty() {
            return Ok(None);
        }
        match self.claim_all(&self.new_key(), id, Some(revision), commands) {
            Ok(_) => Ok(None),
            Err(DeskError::Refused(refusal)) => Ok(Some(refusal)),
            Err(other) => Err(other),
        }
    }

    /// Writes what is new: one batch, named by one journal line.
    fn take_in(&self, history: &History, known: &Known, months: HistoryMonths) -> Result<(), DeskError> {
        let nothing = known.n_new() == 0
            && history.references.companies().len() == 0
            && history.references.facilities().len() == 0;
        if nothing {
            return Ok(());
        }
        let now = self.clock.moment(self.view().office().zone);
        let key = self.new_key();
        let office = self.office();
        self.store.import(
            &key,
            &self.actor,
            now,
            |view: &View, batch: &mut Batch| -> Result<(), DeskError> {
                for company in history.references.companies() {
                    batch.company(company)?;
                }
                for facility in history.references.facilities() {
                    batch.facility(facility)?;
                }
                let ids = known.ids(batch);
                assembled(history, &office, months, known, &ids, &mut |made| put(batch, made))?;
                if view.n_claims() == 0 {
                    for posting in Assembler::new(history, &office, months, &ids).orphan_postings() {
                        batch.posting(&posting)?;
                    }
                }
                Ok(())
            },
        )?;
        Ok(())
    }
}

/// A record ready for the batch.
enum Made {
    Claim(Box<AssembledClaim>),
    Voucher(Box<AssembledVoucher>),
}

/// Records assembled at a time.
const HANDFUL: usize = 256;

/// Assembles every new record, on all cores, and hands it over in the order of the files. The order, and with it every
/// byte written, does not depend on their pace.
fn assembled(
    history: &History,
    office: &Office,
    months: HistoryMonths,
    known: &Known,
    ids: &Ids,
    take: &mut dyn FnMut(Made) -> Result<(), DeskError>,
) -> Result<(), DeskError> {
    let claims = (0..history.n_claims()).filter(|place| known.claims[*place].is_none()).map(Ok);
    let vouchers = (0..history.n_vouchers()).filter(|place| known.vouchers[*place].is_none()).map(Err);
    let places: Vec<Result<usize, usize>> = claims.chain(vouchers).collect();
    let handfuls: Vec<&[Result<usize, usize>]> = places.chunks(HANDFUL).collect();
    in_order(
        handfuls.len(),
        || Assembler::new(history, office, months, ids),
        |assembler, handful| {
            let made = handfuls[handful].iter().map(|place| match place {
                Ok(claim) => Made::Claim(Box::new(assembler.claim(*claim))),
                Err(voucher) => Made::Voucher(Box::new(assembler.voucher(*voucher))),
            });
            Ok(made.collect::<Vec<Made>>())
        },
        |made| made.into_iter().try_for_each(&mut *take),
    )
}

/// Puts a record and its postings into the batch.
fn put(batch: &mut Batch, made: Made) -> Result<(), DeskError> {
    let postings = match made {
        Made::Claim(made) => {
            batch.claim(&made.claim)?;
            made.postings
        }
        Made::Voucher(made) => {
            batch.voucher(&made.voucher)?;
            made.postings
        }
    };
    for posting in &postings {
        batch.posting(posting)?;
    }
    Ok(())
}

/// A difference for the person: line and field, old, new; personal numbers masked.
fn told(change: Change) -> (String, String, String) {
    let line = change.line.map_or(String::new(), |line| format!("{line}/"));
    let shown =
        |text: String| if change.field.is_personal() { safe::mask_tail_ascii(&text, 4) } else { text };
    (format!("{line}{}", change.field.name()), shown(change.old), shown(change.new))
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("counts fit")
}

/// Folders stand for the tables in them, by name.
fn expand(files: &[PathBuf]) -> Result<Vec<PathBuf>, DeskError> {
    let mut found = Vec::new();
    for path in files {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let fail = |error: std::io::Error| DeskError::File {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(fail)? {
            let file = entry.map_err(fail)?.path();
            let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
            if ending.is_some_and(|ending| ending == "csv" || ending == "xlsx") {
                inside.push(file);
            }
        }
        inside.sort();
        found.extend(inside);
    }
    Ok(found)
}

/// Looks at a sheet and writes nothing; a file that cannot be read is a problem.
pub fn inspect_file(path: &Path, program: &Path, today: Date) -> Result<Inspection, Box<Problem>> {
    let sheet = open(path, Some(program), &Limits::default()).map_err(Box::new)?;
    Ok(inspect(&sheet, Said::default(), today))
}
