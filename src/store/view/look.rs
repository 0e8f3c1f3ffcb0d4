//! Looks things up: by id, by the number on paper, by what belongs to a person.

use std::sync::Arc;

use crate::domain::claim::Claim;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::identity::{AccountNo, normalise_number};
use crate::domain::voucher::Voucher;
use crate::store::error::StoreError;
use crate::store::parts::KeyKind;
use crate::store::tables::Table;

use super::View;

impl View {
    /// The claim with an id.
    pub fn claim(&self, id: ClaimId) -> Result<Option<Arc<Claim>>, StoreError> {
        if let Some(touched) = self.state().claims.get(&id) {
            return Ok(Some(Arc::clone(&touched.claim)));
        }
        if let Some((_, claim)) = self.state().base.claim_ahead(id.get()) {
            return Ok(Some(claim));
        }
        match self.claim_row_in_base(id)? {
            Some(row) => Ok(Some(Arc::new(self.state().base.claim(row)?))),
            None => Ok(None),
        }
    }

    /// The claims with these ids, those that are there, read in the order in which they lie on disk: for a hundred of
    /// them much faster than one by one.
    pub fn claims(&self, ids: &[ClaimId]) -> Result<Vec<Arc<Claim>>, StoreError> {
        let mut order: Vec<(u32, usize)> = Vec::with_capacity(ids.len());
        for (place, id) in ids.iter().enumerate() {
            let is_touched = self.state().claims.contains_key(id);
            let row = if is_touched { None } else { self.claim_row_in_base(*id)? };
            order.push((row.unwrap_or(0), place));
        }
        order.sort_unstable();
        let mut found: Vec<Option<Arc<Claim>>> = vec![None; ids.len()];
        for (_, place) in order {
            found[place] = self.claim(ids[place])?;
        }
        Ok(found.into_iter().flatten().collect())
    }

    pub(crate) fn claim_row_in_base(&self, id: ClaimId) -> Result<Option<u32>, StoreError> {
        let base = &self.state().base;
        if let Some((row, _)) = base.claim_ahead(id.get()) {
            return Ok(Some(row));
        }
        let is_new = id.get() >= self.state().base_below.0;
        if is_new || base.rows(Table::Claims) == 0 { Ok(None) } else { base.row_of(Table::Claims, id.get()) }
    }

    pub(crate) fn voucher_row_in_base(&self, id: VoucherId) -> Result<Option<u32>, StoreError> {
        let base = &self.state().base;
        if let Some((row, _)) = base.voucher_ahead(id.get()) {
            return Ok(Some(row));
        }
        let is_new = id.get() >= self.state().base_below.1;
        if is_new || base.rows(Table::Vouchers) == 0 {
            Ok(None)
        } else {
            base.row_of(Table::Vouchers, id.get())
        }
    }

    /// The claim with a number; blanks, hyphens, dots and slashes do not matter.
    pub fn claim_by_no(&self, number: &str) -> Result<Option<ClaimId>, StoreError> {
        let found = self.claims_with(KeyKind::ClaimNo, &normalise_number(number))?;
        Ok(found.first().copied())
    }

    /// The claims of a person with an identity number.
    pub fn claims_by_identity(&self, number: &str) -> Result<Vec<ClaimId>, StoreError> {
        self.claims_with(KeyKind::Identity, &normalise_number(number))
    }

    /// The claims of a membership number.
    pub fn claims_by_kpj(&self, number: &str) -> Result<Vec<ClaimId>, StoreError> {
        self.claims_with(KeyKind::Kpj, &normalise_number(number))
    }

    /// The claims one of whose lines goes to an account.
    pub fn claims_by_account(&self, account: &AccountNo) -> Result<Vec<ClaimId>, StoreError> {
        self.claims_with(KeyKind::Account, account.as_str())
    }

    fn claims_with(&self, kind: KeyKind, number: &str) -> Result<Vec<ClaimId>, StoreError> {
        let state = self.state();
        let key = state.base.keyed.hash(number);
        if key == 0 {
            return Ok(Vec::new());
        }
        let mut found: Vec<ClaimId> = self.touched_with(kind, key).map(ClaimId::new).collect();
        if state.base.rows(Table::Claims) > 0 {
            let rows = state.base.rows_with(kind, key)?;
            let of_base = state.base.ids_of(Table::Claims, &rows)?.into_iter().map(ClaimId::new);
            found.extend(of_base.filter(|id| !state.claims.contains_key(id)));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Ids of the overlay with a key.
    fn touched_with(&self, kind: KeyKind, key: i64) -> impl Iterator<Item = u64> + '_ {
        self.state().keys.range((kind, key, 0)..=(kind, key, u64::MAX)).map(|(_, _, id)| *id)
    }

    /// The voucher with an id.
    pub fn voucher(&self, id: VoucherId) -> Result<Option<Arc<Voucher>>, StoreError> {
        if let Some(touched) = self.state().vouchers.get(&id) {
            return Ok(Some(Arc::clone(&touched.voucher)));
        }
        if let Some((_, voucher)) = self.state().base.voucher_ahead(id.get()) {
            return Ok(Some(voucher));
        }
        match self.voucher_row_in_base(id)? {
            Some(row) => Ok(Some(Arc::new(self.state().base.voucher(row)?))),
            None => Ok(None),
        }
    }

    /// The vouchers with a code, in the order of their ids; blanks, hyphens, dots and slashes do not matter.
    fn vouchers_with_code(&self, normalised: &str) -> Result<Vec<Arc<Voucher>>, StoreError> {
        let state = self.state();
        let key = state.base.keyed.hash(normalised);
        if key == 0 {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for id in self.touched_with(KeyKind::Code, key).map(VoucherId::new) {
            if let Some(touched) = state.vouchers.get(&id) {
                found.push(Arc::clone(&touched.voucher));
            }
        }
        if state.base.rows(Table::Vouchers) > 0 {
            let rows = state.base.rows_with(KeyKind::Code, key)?;
            let ids = state.base.ids_of(Table::Vouchers, &rows)?;
            for (row, id) in rows.into_iter().zip(ids.into_iter().map(VoucherId::new)) {
                if !state.vouchers.contains_key(&id) {
                    found.push(Arc::new(state.base.voucher(row)?));
                }
            }
        }
        found.sort_by_key(|voucher| voucher.id);
        Ok(found)
    }

    /// The voucher with a code, the latest one where two years have it.
    pub fn voucher_by_code(&self, code: &str) -> Result<Option<VoucherId>, StoreError> {
        let found = self.vouchers_with_code(&normalise_number(code))?;
        let latest = found.iter().max_by_key(|voucher| (voucher.posted.year(), voucher.id));
        Ok(latest.map(|voucher| voucher.id))
    }

    /// Every voucher with a code: one in each year at most.
    pub fn vouchers_by_code(&self, code: &str) -> Result<Vec<Arc<Voucher>>, StoreError> {
        self.vouchers_with_code(&normalise_number(code))
    }

    /// Whether a code, in its normal form, is in use in a year, by an issued or a recorded voucher, void ones too.
    pub fn code_taken(&self, normalised: &str, year: i16) -> Result<bool, StoreError> {
        Ok(self.vouchers_with_code(normalised)?.iter().any(|voucher| voucher.posted.year() == year))
    }

    /// Reads now what look-ups need, so that a commit that follows holds the lock for as short as can be.
    pub fn warm(&self) -> Result<(), StoreError> {
        self.state().base.warm()
    }
}
