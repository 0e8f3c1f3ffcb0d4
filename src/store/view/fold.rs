//! Folds records into a view. Folding never refuses: what the journal says has happened.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::claim::Claim;
use crate::domain::event::{ClaimEvent, Event, OfficeEvent, VoucherEvent};
use crate::domain::facility::Facility;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::identity::normalise_number;
use crate::domain::month::{MonthStanding, standing};
use crate::domain::posting::{Posting, of_claim_event, of_voucher_event};
use crate::domain::voucher::Voucher;
use crate::store::codec::{about, event_of};
use crate::store::error::StoreError;
use crate::store::journal::Cursor;
use crate::store::manifest::{FileEntry, FileShape};
use crate::store::parts::{AHEAD, KeyKind};
use crate::store::record::{Personal, Record, Transaction};
use crate::store::tables::{ClaimRow, VoucherRow};
use crate::store::totals::{Tally, TallyShape};

use super::erasure::OP_REPLACED;
use super::{State, TouchedClaim, TouchedVoucher, View};

/// A bulk import as the journal names it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BatchShape {
    pub(crate) files: Vec<FileShape>,
    pub(crate) tally: TallyShape,
}

/// Ids set aside for an import under way.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReservedShape {
    pub(crate) next_claim: u64,
    pub(crate) next_voucher: u64,
}

/// The journal's name of a bulk import.
pub(crate) const OP_BATCH: &str = "store.batch";
/// The journal's name of ids set aside.
pub(crate) const OP_RESERVED: &str = "store.reserved";

/// So many records are worth reading ahead for.
const MANY: usize = 32;

/// Why an event does not fit; the record's number is added by whoever knows it.
#[derive(Debug)]
pub(crate) enum FoldError {
    /// The store could not be read.
    Store(StoreError),
    /// It speaks of something that is not there.
    Misfit(String),
}

impl From<StoreError> for FoldError {
    fn from(error: StoreError) -> FoldError {
        FoldError::Store(error)
    }
}

impl FoldError {
    pub(crate) fn at(self, seq: u64) -> StoreError {
        match self {
            FoldError::Store(error) => error,
            FoldError::Misfit(why) => StoreError::Undecodable { seq, why },
        }
    }
}

impl View {
    /// The view after these transactions; those it knows already are passed over. `end` is the journal's cursor behind
    /// the last one.
    pub(crate) fn after(&self, transactions: &[Transaction], end: Cursor) -> Result<View, StoreError> {
        let mut state = self.foreknowing(transactions).state().clone();
        let mut n_ahead = 0;
        for (place, transaction) in transactions.iter().enumerate() {
            if transaction.head().seq <= state.cursor.head.seq {
                continue;
            }
            if n_ahead == 0 {
                n_ahead = state.read_ahead(&transactions[place..])?;
            }
            n_ahead -= 1;
            if transaction.first_seq() != state.cursor.head.seq + 1 {
                let why = "what came before it could not be read".to_owned();
                return Err(StoreError::Undecodable { seq: transaction.first_seq(), why });
            }
            for record in &transaction.records {
                state.record(record)?;
            }
            state.cursor.head = transaction.head();
        }
        state.nothing_ahead()?;
        if end.head == state.cursor.head {
            state.cursor = end;
        }
        Ok(View::from_state(state))
    }

    /// The view after events that are not written yet: what a commit is about to make true.
    pub(crate) fn with_events(&self, events: &[Event]) -> Result<View, FoldError> {
        let mut state = self.state().clone();
        let n_before = state.postings.len();
        for event in events {
            state.event(event)?;
        }
        // What was sealed stays as it is, whatever a command would like.
        let office = state.office.as_deref();
        let is_sealed = |month| {
            let standing = |office| standing(office, &state.months, month);
            matches!(office.map(standing), Some(MonthStanding::Closed(_)))
        };
        match state.postings.iter().skip(n_before).find(|posting| is_sealed(posting.month)) {
            Some(posting) => Err(FoldError::Misfit(format!("month {} is closed", posting.month))),
            None => Ok(View::from_state(state)),
        }
    }
}

impl State {
    /// Reads the documents that the next of these transactions will look at, where they are many: one after the other they
    /// would cost a row group each. Tells for how many transactions that was done.
    fn read_ahead(&self, transactions: &[Transaction]) -> Result<usize, StoreError> {
        let (mut claims, mut vouchers) = (BTreeSet::new(), BTreeSet::new());
        let (mut n, mut n_records) = (0, 0);
        for transaction in transactions {
            if n_records >= AHEAD {
                break;
            }
            n += 1;
            n_records += transaction.records.len();
            for record in &transaction.records {
                let found = about(&record.op, &record.data);
                claims.extend(found.claims);
                vouchers.extend(found.vouchers);
            }
        }
        if n_records < MANY {
            return Ok(n);
        }
        let is_old = |id: &u64, below: u64| *id < below;
        vouchers
            .retain(|id| is_old(id, self.base_below.1) && !self.vouchers.contains_key(&VoucherId::new(*id)));
        claims.extend(self.base.vouchers_ahead(&Vec::from_iter(vouchers))?);
        claims.retain(|id| is_old(id, self.base_below.0) && !self.claims.contains_key(&ClaimId::new(*id)));
        self.base.claims_ahead(&Vec::from_iter(claims))?;
        Ok(n)
    }

    /// Lets go what was read ahead.
    fn nothing_ahead(&self) -> Result<(), StoreError> {
        self.base.vouchers_ahead(&[])?;
        self.base.claims_ahead(&[])
    }

    fn record(&mut self, record: &Record) -> Result<(), StoreError> {
        let seq = record.seq;
        let undecodable = |why: String| StoreError::Undecodable { seq, why };
        match record.op.as_str() {
            OP_BATCH => {
                let shape: BatchShape =
                    serde_json::from_str(&record.data).map_err(|error| undecodable(error.to_string()))?;
                let no_batch = || undecodable("a batch that is none".to_owned());
                let files: Option<Vec<FileEntry>> = shape.files.into_iter().map(FileShape::entry).collect();
                let tally = shape.tally.tally().ok_or_else(no_batch)?;
                self.batch(&files.ok_or_else(no_batch)?, &tally);
            }
            OP_REPLACED => self.batches_replaced(&record.data).map_err(undecodable)?,
            OP_RESERVED => {
                let shape: ReservedShape =
                    serde_json::from_str(&record.data).map_err(|error| undecodable(error.to_string()))?;
                self.tally.next_claim = self.tally.next_claim.max(shape.next_claim);
                self.tally.next_voucher = self.tally.next_voucher.max(shape.next_voucher);
            }
            op if op.starts_with("store.") => {}
            op => {
                let pii = match &record.pii {
                    Personal::Fields(fields) => Some(fields.as_str()),
                    Personal::None | Personal::Erased => None,
                };
                let event =
                    event_of(op, &record.data, pii).map_err(|error| undecodable(error.to_string()))?;
                self.event(&event).map_err(|error| error.at(seq))?;
            }
        }
        Ok(())
    }

    /// More files behind the base.
    fn batch(&mut self, files: &[FileEntry], tally: &Tally) {
        if self.base.parts(crate::store::tables::Table::Claims).is_empty() {
            self.base_holidays = self.office.as_ref().map_or(Vec::new(), |office| office.holidays.clone());
        }
        let files: Vec<FileEntry> = files.iter().map(|file| self.standing_for(file.clone())).collect();
        self.base = Arc::new(self.base.with(&files));
        let below = self.base_below;
        self.base_below = (below.0.max(tally.next_claim), below.1.max(tally.next_voucher));
        self.batches.extend(files);
        self.tally.merge(tally);
    }

    /// Folds one event.
    pub(crate) fn event(&mut self, event: &Event) -> Result<(), FoldError> {
        self.n_events += 1;
        match event {
            Event::Claim(id, event) => self.claim_event(*id, event),
            Event::Voucher(id, event) => self.voucher_event(*id, event),
            Event::Company(company) => {
                self.companies.insert(company.npp.as_str().to_owned(), Arc::new(company.clone()));
                Ok(())
            }
            Event::Facility(facility) => {
                self.facilities.insert(Facility::key_of(&facility.name), Arc::new(facility.clone()));
                Ok(())
            }
            Event::Office(OfficeEvent::Configured(office)) => {
                self.office = Some(Arc::new((**office).clone()));
                Ok(())
            }
            Event::Office(OfficeEvent::SeriesStarted { series, next }) => {
                self.tally.series_started(series, *next);
                Ok(())
            }
            Event::Office(OfficeEvent::Month(deed)) => {
                let office = self.office.as_mut();
                let office = office.ok_or_else(|| FoldError::Misfit("there is no office".to_owned()))?;
                deed.apply(Arc::make_mut(office));
                Arc::make_mut(&mut self.months).push((**deed).clone());
                Ok(())
            }
            Event::Office(OfficeEvent::Erasure(deed)) => self.erasure(deed),
            Event::Office(OfficeEvent::Exported { .. }) => Ok(()),
        }
    }

    fn view(&self) -> View {
        View::from_state(self.clone())
    }

    fn claim_event(&mut self, id: ClaimId, event: &ClaimEvent) -> Result<(), FoldError> {
        let before = self.view().claim(id)?;
        let after = match (&before, Claim::born(id, event)) {
            (None, Some(claim)) => claim,
            (Some(before), None) => {
                let mut claim = (**before).clone();
                claim.apply(event);
                claim
            }
            (None, None) => return Err(FoldError::Misfit(format!("there is no claim {id}"))),
            (Some(_), Some(_)) => return Err(FoldError::Misfit(format!("claim {id} is there already"))),
        };
        self.post(of_claim_event(before.as_deref(), &after, event));
        self.put_claim(after)
    }

    fn voucher_event(&mut self, id: VoucherId, event: &VoucherEvent) -> Result<(), FoldError> {
        let view = self.view();
        let before = view.voucher(id)?;
        let after = match (&before, Voucher::born(event)) {
            (None, Some(voucher)) if voucher.id == id => voucher,
            (Some(before), None) => {
                let mut voucher = (**before).clone();
                voucher.apply(event);
                voucher
            }
            (None, _) => return Err(FoldError::Misfit(format!("there is no voucher {id}"))),
            (Some(_), Some(_)) => return Err(FoldError::Misfit(format!("voucher {id} is there already"))),
        };
        let claims = view.claims(&after.claims())?;
        let office = self.office.clone().ok_or_else(|| FoldError::Misfit("there is no office".to_owned()))?;
        let claim_of = |id: ClaimId| claims.iter().find(|claim| claim.id == id).map(|claim| &**claim);
        self.post(of_voucher_event(&office, before.as_deref(), &after, event, &claim_of));
        for claim in &claims {
            let mut claim = (**claim).clone();
            claim.apply_voucher(&after, event);
            self.put_claim(claim)?;
        }
        self.put_voucher(after)
    }

    fn post(&mut self, postings: Vec<Posting>) {
        for posting in postings {
            self.tally.posting(&posting);
            self.postings.push_back(Arc::new(posting));
        }
    }

    pub(super) fn put_claim(&mut self, claim: Claim) -> Result<(), FoldError> {
        let office = self.office.clone().ok_or_else(|| FoldError::Misfit("there is no office".to_owned()))?;
        let id = claim.id;
        let row = ClaimRow::of(&claim, &office, &self.base.keyed);
        let base = match self.claims.get(&id) {
            Some(touched) => {
                for (kind, key) in self.claim_keys(&touched.row.clone()) {
                    self.keys.remove(&(kind, key, id.get()));
                }
                self.claims.get(&id).and_then(|touched| touched.base)
            }
            None => self.view().claim_row_in_base(id)?,
        };
        for (kind, key) in self.claim_keys(&row) {
            self.keys.insert((kind, key, id.get()));
        }
        self.tally.claim(&claim);
        self.claims.insert(id, TouchedClaim { claim: Arc::new(claim), row: Arc::new(row), base });
        Ok(())
    }

    pub(super) fn claim_keys(&self, row: &ClaimRow) -> Vec<(KeyKind, i64)> {
        let hash = |text: &str| self.base.keyed.hash(&normalise_number(text));
        let mut keys = vec![
            (KeyKind::ClaimNo, hash(&row.claim_no)),
            (KeyKind::Identity, hash(&row.identity)),
            (KeyKind::Kpj, hash(&row.kpj)),
        ];
        keys.extend(row.account_keys.iter().map(|key| (KeyKind::Account, *key)));
        keys.retain(|(_, key)| *key != 0);
        keys
    }

    /// The look-up of a voucher by its code.
    pub(super) fn code_key(&self, voucher: &Voucher) -> (KeyKind, i64, u64) {
        (KeyKind::Code, self.base.keyed.hash(&voucher.code.normalised()), voucher.id.get())
    }

    pub(super) fn put_voucher(&mut self, voucher: Voucher) -> Result<(), FoldError> {
        let id = voucher.id;
        let base = match self.vouchers.get(&id) {
            Some(touched) => touched.base,
            None => self.view().voucher_row_in_base(id)?,
        };
        // A code never changes, so that its key stands once it stands.
        self.keys.insert(self.code_key(&voucher));
        self.tally.voucher(&voucher);
        let row = VoucherRow::of(&voucher);
        self.vouchers.insert(id, TouchedVoucher { voucher: Arc::new(voucher), row: Arc::new(row), base });
        Ok(())
    }
}
