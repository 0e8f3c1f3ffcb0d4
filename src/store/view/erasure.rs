//! What a view knows of erased years: the deeds, the batches that were replaced by ones without personal data, and what
//! belongs to a year.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::claim::Claim;
use crate::domain::code::{ProcessState, VoucherState};
use crate::domain::decide::YearFound;
use crate::domain::erasure::{ErasureDeed, ErasureStep, Ids, is_claim_erased, is_voucher_erased};
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::posting::Posting;
use crate::domain::voucher::Voucher;
use crate::store::error::StoreError;
use crate::store::manifest::{FileEntry, FileShape};
use crate::store::parts::Scan;
use crate::store::record::Transaction;
use crate::store::tables::{Columns, Table};

use super::{FoldError, State, TouchedClaim, TouchedVoucher, View};

/// The journal's name of batches that were replaced.
pub(crate) const OP_REPLACED: &str = "store.batches_replaced";

/// Batches that were replaced by ones without the personal data of a year.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReplacedShape {
    pub(crate) year: i16,
    pub(crate) files: Vec<ReplacedFile>,
}

/// One of them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReplacedFile {
    /// Its name from the store's folder on, and its digest.
    pub(crate) old: String,
    pub(crate) old_sha256: String,
    /// What has taken its place: the same rows, the same facts.
    pub(crate) new: FileShape,
}

/// Old names of batches, and what has taken their place.
pub(crate) type Replaced = BTreeMap<String, FileEntry>;

/// The batches that some transactions say were replaced; what means nothing is left to whoever folds it.
fn replaced_in(transactions: &[Transaction]) -> Replaced {
    let mut replaced = Replaced::new();
    for record in transactions.iter().flat_map(|transaction| &transaction.records) {
        if record.op == OP_REPLACED {
            replaced.extend(replaced_by(&record.data).unwrap_or_default());
        }
    }
    replaced
}

/// The batches that a record of the journal says were replaced.
pub(crate) fn replaced_by(data: &str) -> Result<Replaced, String> {
    let shape: ReplacedShape = serde_json::from_str(data).map_err(|error| error.to_string())?;
    let files = shape.files.into_iter().map(|file| Some((file.old, file.new.entry()?)));
    files.collect::<Option<Replaced>>().ok_or_else(|| "a batch that is none".to_owned())
}

impl View {
    /// What was done about the personal data of years, oldest first.
    pub fn erasures(&self) -> &[ErasureDeed] {
        &self.state().erasures
    }

    /// The same view, told which batches these transactions say were replaced: the old ones are gone from the disk, also
    /// for whoever folds what came before.
    pub(crate) fn foreknowing(&self, transactions: &[Transaction]) -> View {
        let replaced = replaced_in(transactions);
        if replaced.is_empty() {
            return self.clone();
        }
        let mut state = self.state().clone();
        state.replace_batches(replaced);
        View::from_state(state)
    }

    /// What belongs to a year or an earlier one: claims and vouchers nothing of which was posted later, and what of them
    /// is still open. Reads the books of all years, three columns of them.
    pub fn year_found(&self, year: i16) -> Result<YearFound, StoreError> {
        let last = u32::try_from(year).unwrap_or(0) * 100 + 12;
        let ids = |pairs: &[(u64, u64)], of: fn(&(u64, u64)) -> u64| -> BTreeSet<u64> {
            pairs.iter().map(of).filter(|id| *id > 0).collect()
        };
        let until = self.posted_ids(&|month| month <= last, &|_| true)?;
        let (claims, vouchers) = (ids(&until, |pair| pair.0), ids(&until, |pair| pair.1));
        // Of the years behind only what belongs to somebody of these is held: they may be many.
        let is_known = |(claim, voucher): (u64, u64)| claims.contains(&claim) || vouchers.contains(&voucher);
        let behind = self.posted_ids(&|month| month > last, &is_known)?;
        let (later, later_vouchers) = (ids(&behind, |pair| pair.0), ids(&behind, |pair| pair.1));
        let mut found = YearFound::default();
        let mut there = BTreeSet::new();
        let mut over = Vec::new();
        self.each_claim_of(&claims, &mut |id, number, is_over| {
            there.insert(id);
            if later.contains(&id) || is_claim_erased(self.erasures(), id) {
                return;
            }
            if is_over { over.push(id) } else { found.open_claims.push(number.to_owned()) }
        })?;
        found.claims = Ids::of(over);
        let stays =
            |id: u64| there.contains(&id) && !found.claims.has(id) && !is_claim_erased(self.erasures(), id);
        // A voucher that also holds a claim which stays keeps its payee.
        let held: BTreeSet<u64> =
            until.iter().filter(|(claim, _)| stays(*claim)).map(|(_, voucher)| *voucher).collect();
        let mut ended = Vec::new();
        self.for_each_voucher_row(&mut |row| {
            let id = row.id.get();
            let is_of_year = vouchers.contains(&id) && !later_vouchers.contains(&id);
            if !is_of_year || is_voucher_erased(self.erasures(), id) {
                return;
            }
            if !matches!(row.state, VoucherState::Paid | VoucherState::Void) {
                found.unpaid_vouchers.push(row.code.clone());
            } else if !held.contains(&id) {
                ended.push(id);
            }
        })?;
        found.vouchers = Ids::of(ended);
        found.open_claims.sort_unstable();
        found.unpaid_vouchers.sort_unstable();
        Ok(found)
    }

    /// Whether something of what was found in an older view has changed since, or may have: a base was made, or a batch came.
    pub fn has_moved_in(&self, found: &YearFound, older: &View) -> bool {
        let (now, then) = (self.state(), older.state());
        let same_base = now.covered.head == then.covered.head && now.batches.len() == then.batches.len();
        let claim_moved = |id: &ClaimId, claim: &TouchedClaim| {
            found.claims.has(id.get())
                && then.claims.get(id).is_none_or(|known| known.claim.revision != claim.claim.revision)
        };
        let voucher_moved = |id: &VoucherId, voucher: &TouchedVoucher| {
            let is_same = |known: &TouchedVoucher| known.voucher.revision == voucher.voucher.revision;
            found.vouchers.has(id.get()) && !then.vouchers.get(id).is_some_and(is_same)
        };
        !same_base
            || now.claims.iter().any(|(id, claim)| claim_moved(id, claim))
            || now.vouchers.iter().any(|(id, voucher)| voucher_moved(id, voucher))
    }

    /// Claim and voucher of every posting in some months, each pair once, of those that are wanted; 0 where there is none.
    fn posted_ids(
        &self,
        months: &(dyn Fn(u32) -> bool + Sync),
        keep: &(dyn Fn((u64, u64)) -> bool + Sync),
    ) -> Result<Vec<(u64, u64)>, StoreError> {
        let (claim, voucher, month) =
            (Table::Posted.place("claim"), Table::Posted.place("voucher"), Table::Posted.place("month"));
        let pairs_of = |columns: &Columns| {
            let ids = columns.ids(claim).iter().copied().zip(columns.ids(voucher).iter().copied());
            let mut pairs: Vec<(u64, u64)> = ids
                .zip(columns.words(month))
                .filter(|(_, month)| months(**month))
                .map(|(pair, _)| pair)
                .filter(|pair| keep(*pair))
                .collect();
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        };
        let scan = Scan::new(&self.state().base, Table::Posted, vec![claim, voucher, month]).months(months);
        let mut all: Vec<(u64, u64)> =
            scan.map(|_, columns| pairs_of(columns))?.into_iter().flatten().collect();
        all.extend(pairs_of(&self.overlay_columns(Table::Posted)));
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// Gives those of some claims that are there: id, number, and whether nothing of it waits any more.
    fn each_claim_of(
        &self,
        wanted: &BTreeSet<u64>,
        f: &mut dyn FnMut(u64, &str, bool),
    ) -> Result<(), StoreError> {
        let table = Table::Claims;
        let [id, number, status, voucher, payment] =
            ["id", "claim_no", "status", "waiting_voucher", "waiting_payment"].map(|name| table.place(name));
        let mut give = |columns: &Columns, row: usize| {
            let claim = columns.ids(id)[row];
            if wanted.contains(&claim) {
                let is_open =
                    ProcessState::from_index(columns.bytes_of(status)[row]).is_none_or(ProcessState::is_open);
                let waits = columns.numbers(voucher)[row] != 0 || columns.numbers(payment)[row] != 0;
                f(claim, columns.texts(number).get(row), !is_open && !waits);
            }
        };
        let hidden = self.hidden_claims();
        Scan::new(&self.state().base, table, vec![id, number, status, voucher, payment]).each(
            |start, columns| {
                for (at, row) in (start..).zip(0..columns.rows()) {
                    if hidden.binary_search(&at).is_err() {
                        give(columns, row);
                    }
                }
            },
        )?;
        let overlay = self.overlay_columns(table);
        (0..overlay.rows()).for_each(|row| give(&overlay, row));
        Ok(())
    }
}

impl State {
    /// A batch, or what has taken its place.
    pub(super) fn standing_for(&self, entry: FileEntry) -> FileEntry {
        let mut entry = entry;
        while let Some(newer) = self.replaced.get(&entry.path) {
            entry = newer.clone();
        }
        entry
    }

    /// Puts other files in the place of batches; their rows keep their places.
    pub(super) fn replace_batches(&mut self, replaced: Replaced) {
        Arc::make_mut(&mut self.replaced).extend(replaced);
        let base = self.base.mapped(&|entry| self.standing_for(entry.clone()));
        self.batches = self.batches.iter().map(|entry| self.standing_for(entry.clone())).collect();
        self.base = Arc::new(base);
    }

    /// What the journal says of batches that were replaced.
    pub(super) fn batches_replaced(&mut self, data: &str) -> Result<(), String> {
        self.replace_batches(replaced_by(data)?);
        Ok(())
    }

    /// Learns what was done about a year. What is erased leaves the overlay at once; the base is made anew.
    pub(super) fn erasure(&mut self, deed: &ErasureDeed) -> Result<(), FoldError> {
        Arc::make_mut(&mut self.erasures).push(deed.clone());
        let ErasureStep::Approved { claims, vouchers } = &deed.step else { return Ok(()) };
        let touched: Vec<Claim> = self
            .claims
            .iter()
            .filter(|(id, _)| claims.has(id.get()))
            .map(|(_, touched)| touched.claim.without_person())
            .collect();
        for claim in touched {
            self.put_claim(claim)?;
        }
        let touched: Vec<Voucher> = self
            .vouchers
            .iter()
            .filter(|(id, _)| vouchers.has(id.get()))
            .map(|(_, touched)| touched.voucher.without_person())
            .collect();
        for voucher in touched {
            self.put_voucher(voucher)?;
        }
        for posting in self.postings.iter_mut() {
            if let Some(bare) = without_person(posting, claims, vouchers) {
                *posting = Arc::new(bare);
            }
        }
        Ok(())
    }
}

/// The posting without its payee, where that is a person who is erased: one of a voucher with the voucher, one of a claim
/// with the claim. None where it stays as it is.
pub(crate) fn without_person(posting: &Posting, claims: &Ids, vouchers: &Ids) -> Option<Posting> {
    let is_meant = match (posting.voucher, posting.claim) {
        (Some(voucher), _) => vouchers.has(voucher.get()),
        (None, claim) => claim.is_some_and(|claim| claims.has(claim.get())),
    };
    let is_person = posting.by.payee_kind.is_some_and(|kind| kind.is_person());
    if !is_meant || !is_person || posting.by.payee.is_empty() {
        return None;
    }
    let mut bare = posting.clone();
    bare.by.payee = "".into();
    Some(bare)
}
