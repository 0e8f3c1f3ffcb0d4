//! A view: everything as it stood after one record, immutable and cheap to clone. It is the base (files in manifest
//! order) and the overlay (what happened since, in persistent maps). A claim or voucher of the base that was touched
//! since is hidden by its overlay entry.

mod books;
mod changed;
mod erasure;
mod fold;
mod kept;
mod look;
mod month;

pub use books::BooksKey;
pub(crate) use erasure::{OP_REPLACED, Replaced, ReplacedFile, ReplacedShape, replaced_by, without_person};
pub(crate) use fold::{BatchShape, FoldError, OP_BATCH, OP_RESERVED, ReservedShape};

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};

use crate::domain::claim::Claim;
use crate::domain::company::Company;
use crate::domain::erasure::ErasureDeed;
use crate::domain::facility::Facility;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::identity::{ClaimNo, Npp};
use crate::domain::month::MonthDeed;
use crate::domain::office::Office;
use crate::domain::posting::Posting;
use crate::domain::voucher::{SeriesKey, SeriesState, Voucher};

use super::codec::claim_to_json;
use super::error::StoreError;
use super::journal::Cursor;
use super::manifest::{FileEntry, Manifest};
use super::parts::{Base, KeyKind, Scan};
use super::record::Head;
use super::tables::{
    Cell, ClaimRow, Columns, Table, VoucherRow, claim_cells, narrow, posting_cells, voucher_cells,
    voucher_row_from,
};
use super::totals::{MonthKey, MonthSum, Tally};

/// A claim that is new or was touched since the base.
#[derive(Debug, Clone)]
pub(crate) struct TouchedClaim {
    pub(crate) claim: Arc<Claim>,
    pub(crate) row: Arc<ClaimRow>,
    /// The row of the base that it hides.
    pub(crate) base: Option<u32>,
}

/// A voucher that is new or was touched since the base.
#[derive(Debug, Clone)]
pub(crate) struct TouchedVoucher {
    pub(crate) voucher: Arc<Voucher>,
    pub(crate) row: Arc<VoucherRow>,
    /// The row of the base that it hides.
    pub(crate) base: Option<u32>,
}

/// Base and overlay.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) base: Arc<Base>,
    /// What the base covers; none when it is made of batches only.
    pub(crate) covered: Cursor,
    pub(crate) cursor: Cursor,
    pub(crate) office: Option<Arc<Office>>,
    pub(crate) tally: Tally,
    /// What was done to months, oldest first.
    pub(crate) months: Arc<Vec<MonthDeed>>,
    /// What was done about the personal data of years, oldest first.
    pub(crate) erasures: Arc<Vec<ErasureDeed>>,
    /// Batches that were replaced by ones without personal data.
    pub(crate) replaced: Arc<Replaced>,
    /// Ids of claims and vouchers from these on are not in the base: a new claim is folded without reading it.
    pub(crate) base_below: (u64, u64),
    /// The holidays by which the clocks of the base's rows were reckoned.
    pub(crate) base_holidays: Vec<jiff::civil::Date>,
    /// Every batch that the journal names.
    pub(crate) batches: Vector<FileEntry>,
    /// The files that the MANIFEST named when the view was made.
    pub(crate) base_files: Vector<FileEntry>,
    pub(crate) claims: OrdMap<ClaimId, TouchedClaim>,
    pub(crate) vouchers: OrdMap<VoucherId, TouchedVoucher>,
    pub(crate) companies: OrdMap<String, Arc<Company>>,
    pub(crate) facilities: OrdMap<String, Arc<Facility>>,
    pub(crate) postings: Vector<Arc<Posting>>,
    /// Look-ups of the overlay: kind, keyed hash, id.
    pub(crate) keys: OrdSet<(KeyKind, i64, u64)>,
    /// Records folded since the base: when there are many, it is time to compact.
    pub(crate) n_events: u64,
}

/// Everything as it stood after one record.
#[derive(Debug, Clone)]
pub struct View(Arc<State>);

impl State {
    /// The view of the base alone, as it stood before what has gathered since.
    pub(crate) fn bare(&self) -> State {
        State {
            cursor: self.covered,
            claims: OrdMap::new(),
            vouchers: OrdMap::new(),
            companies: OrdMap::new(),
            facilities: OrdMap::new(),
            postings: Vector::new(),
            keys: OrdSet::new(),
            n_events: 0,
            ..self.clone()
        }
    }

    /// Whether nothing has gathered since the base.
    pub(crate) fn is_bare(&self) -> bool {
        self.claims.is_empty()
            && self.vouchers.is_empty()
            && self.companies.is_empty()
            && self.facilities.is_empty()
            && self.postings.is_empty()
    }
}

impl View {
    pub(crate) fn from_state(state: State) -> View {
        View(Arc::new(state))
    }

    pub(crate) fn state(&self) -> &State {
        &self.0
    }

    /// The empty view at the beginning of a journal.
    pub(crate) fn empty(base: Base, cursor: Cursor) -> View {
        View::from_state(State {
            base: Arc::new(base),
            covered: cursor,
            cursor,
            office: None,
            tally: Tally::default(),
            months: Arc::default(),
            erasures: Arc::default(),
            replaced: Arc::default(),
            base_below: (0, 0),
            base_holidays: Vec::new(),
            batches: Vector::new(),
            base_files: Vector::new(),
            claims: OrdMap::new(),
            vouchers: OrdMap::new(),
            companies: OrdMap::new(),
            facilities: OrdMap::new(),
            postings: Vector::new(),
            keys: OrdSet::new(),
            n_events: 0,
        })
    }

    /// The view that a MANIFEST describes.
    pub(crate) fn of_manifest(manifest: Manifest, base: Base) -> View {
        let View(state) = View::empty(base, manifest.cursor);
        let state = Arc::unwrap_or_clone(state);
        let base_holidays = manifest.office.holidays.clone();
        let base_below = (manifest.tally.next_claim, manifest.tally.next_voucher);
        View::from_state(State {
            office: Some(Arc::new(manifest.office)),
            tally: manifest.tally,
            months: Arc::new(manifest.months),
            erasures: Arc::new(manifest.erasures),
            replaced: Arc::new(manifest.replaced),
            base_below,
            base_holidays,
            batches: manifest.batches.into(),
            base_files: manifest.files.into(),
            ..state
        })
    }

    /// The same view, its last events written: it stands behind them now.
    pub(crate) fn at(&self, head: Head, end: Cursor) -> View {
        let mut state = self.0.as_ref().clone();
        state.cursor = if end.head == head { end } else { Cursor { head, ..state.cursor } };
        View::from_state(state)
    }

    /// The last record it knows.
    pub fn head(&self) -> Head {
        self.0.cursor.head
    }

    /// The office's settings.
    ///
    /// # Panics
    /// Never: a store without an office is refused when it is opened.
    pub fn office(&self) -> &Office {
        self.0.office.as_ref().expect("a store is opened with its office")
    }

    /// What was done to months, oldest first.
    pub fn month_deeds(&self) -> &[MonthDeed] {
        &self.0.months
    }

    pub(crate) fn has_office(&self) -> bool {
        self.0.office.is_some()
    }

    /// Claims and vouchers that were touched, and records folded, since the base.
    pub fn overlay_size(&self) -> u64 {
        self.0.n_events
    }

    /// Number of claims.
    pub fn n_claims(&self) -> u64 {
        let new = self.0.claims.values().filter(|touched| touched.base.is_none()).count();
        u64::from(self.0.base.rows(Table::Claims)) + new as u64
    }

    /// Number of vouchers.
    pub fn n_vouchers(&self) -> u64 {
        let new = self.0.vouchers.values().filter(|touched| touched.base.is_none()).count();
        u64::from(self.0.base.rows(Table::Vouchers)) + new as u64
    }

    /// The id the next claim will have.
    pub fn next_claim_id(&self) -> ClaimId {
        ClaimId::new(self.0.tally.next_claim)
    }

    /// The id the next voucher will have.
    pub fn next_voucher_id(&self) -> VoucherId {
        VoucherId::new(self.0.tally.next_voucher)
    }

    /// The number for [`ClaimNo::given`] in a year.
    pub fn next_claim_serial(&self, year: i16) -> u32 {
        self.0.tally.serials.get(&year.rem_euclid(100)).copied().unwrap_or(0) + 1
    }

    /// The claim number that we would give in a year.
    pub fn next_claim_no(&self, year: i16) -> ClaimNo {
        ClaimNo::given(year, self.next_claim_serial(year))
    }

    /// Where a series stands.
    pub fn series(&self, series: &SeriesKey) -> SeriesState {
        self.0.tally.series.get(series).cloned().unwrap_or_default()
    }

    /// Every series that was ever used, in order.
    pub fn all_series(&self) -> Vec<(SeriesKey, SeriesState)> {
        self.0.tally.series.iter().map(|(key, state)| (key.clone(), state.clone())).collect()
    }

    /// Counts and amounts of postings by month, programme and kind: the books in short, without reading any file.
    pub fn month_sums(&self) -> BTreeMap<MonthKey, MonthSum> {
        self.0.tally.months.iter().map(|(key, sum)| (*key, *sum)).collect()
    }

    /// Every company by its registration number.
    pub fn companies(&self) -> Result<Vec<Arc<Company>>, StoreError> {
        let mut all = self.0.base.companies()?.clone();
        all.extend(self.0.companies.iter().map(|(key, company)| (key.clone(), Arc::clone(company))));
        Ok(all.into_values().collect())
    }

    /// The company with a registration number.
    pub fn company(&self, npp: &Npp) -> Result<Option<Arc<Company>>, StoreError> {
        match self.0.companies.get(npp.as_str()) {
            Some(company) => Ok(Some(Arc::clone(company))),
            None => Ok(self.0.base.companies()?.get(npp.as_str()).cloned()),
        }
    }

    /// Every facility, in the order of the keys.
    pub fn facilities(&self) -> Result<Vec<Arc<Facility>>, StoreError> {
        let mut all = self.0.base.facilities()?.clone();
        all.extend(self.0.facilities.iter().map(|(key, facility)| (key.clone(), Arc::clone(facility))));
        Ok(all.into_values().collect())
    }

    /// The facility with a name; case, blanks and signs do not matter.
    pub fn facility(&self, name: &str) -> Result<Option<Arc<Facility>>, StoreError> {
        let key = Facility::key_of(name);
        match self.0.facilities.get(&key) {
            Some(facility) => Ok(Some(Arc::clone(facility))),
            None => Ok(self.0.base.facilities()?.get(&key).cloned()),
        }
    }

    /// Gives every claim of the base and the overlay, whole, in the base's order; what was touched comes last.
    pub fn for_each_claim(&self, f: &mut dyn FnMut(&Claim)) -> Result<(), StoreError> {
        let base = &self.0.base;
        let hidden = self.hidden_claims();
        let (id, doc) = (Table::ClaimDetail.place("id"), Table::ClaimDetail.place("doc"));
        let mut failure = None;
        Scan::new(base, Table::ClaimDetail, vec![id, doc]).each(|start, columns| {
            for (row, doc) in (start..).zip(columns.texts(doc).iter()) {
                if failure.is_some() || hidden.binary_search(&row).is_ok() {
                    continue;
                }
                match super::codec::claim_from_json(doc) {
                    Ok(claim) => f(&claim),
                    Err(error) => {
                        let part = &base.parts(Table::ClaimDetail)[base.file_of(Table::ClaimDetail, row)];
                        failure = Some(base.bad(part, error));
                    }
                }
            }
        })?;
        if let Some(failure) = failure {
            return Err(failure);
        }
        self.0.claims.values().for_each(|touched| f(&touched.claim));
        Ok(())
    }

    /// Gives every voucher's row: those of the base, then what was touched.
    pub(crate) fn for_each_voucher_row(&self, f: &mut dyn FnMut(&VoucherRow)) -> Result<(), StoreError> {
        let base = &self.0.base;
        let hidden = self.hidden_vouchers();
        let mut is_whole = true;
        Scan::new(base, Table::Vouchers, narrow(Table::Vouchers)).each(|start, columns| {
            for (at, row) in (start..).zip(0..columns.rows()) {
                match voucher_row_from(columns, row) {
                    Some(row) if hidden.binary_search(&at).is_err() => f(&row),
                    Some(_) => {}
                    None => is_whole = false,
                }
            }
        })?;
        if !is_whole {
            base.give_up();
            let path = base.layout.parts(Table::Vouchers.name());
            return Err(StoreError::Part { path, why: "a row is no voucher".to_owned() });
        }
        self.0.vouchers.values().for_each(|touched| f(&touched.row));
        Ok(())
    }

    /// The overlay's rows of a table that has an id, or of `posted`.
    pub(crate) fn overlay_columns(&self, table: Table) -> Columns {
        let mut columns = Columns::new(table);
        let keyed = &self.0.base.keyed;
        match table {
            Table::Claims => {
                self.0.claims.values().for_each(|touched| claim_cells(&touched.row, keyed, &mut columns));
            }
            Table::ClaimDetail => {
                for touched in self.0.claims.values() {
                    let doc = claim_to_json(&touched.claim);
                    columns.push(&[Cell::U64(touched.claim.id.get()), Cell::Text(&doc)]);
                }
            }
            Table::Posted => {
                self.0.postings.iter().for_each(|posting| posting_cells(posting, &mut columns));
            }
            Table::Vouchers => {
                for touched in self.0.vouchers.values() {
                    voucher_cells(&touched.voucher, keyed, &mut columns);
                }
            }
            Table::Companies | Table::Facilities => {}
        }
        columns
    }

    /// Rows of the base that are hidden, sorted.
    pub(crate) fn hidden_claims(&self) -> Vec<u32> {
        let mut hidden: Vec<u32> = self.0.claims.values().filter_map(|touched| touched.base).collect();
        hidden.sort_unstable();
        hidden
    }

    /// Rows of the base that are hidden, sorted.
    pub(crate) fn hidden_vouchers(&self) -> Vec<u32> {
        let mut hidden: Vec<u32> = self.0.vouchers.values().filter_map(|touched| touched.base).collect();
        hidden.sort_unstable();
        hidden
    }
}
