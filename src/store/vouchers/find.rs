//! A voucher in a list: its row, and where it stands.

use crate::domain::id::VoucherId;
use crate::store::error::StoreError;
use crate::store::rows::positions;
use crate::store::tables::{Table, VoucherRow, voucher_row_from};
use crate::store::view::View;

use super::VoucherRows;

impl View {
    /// A voucher as lists show it, whatever they are filtered by.
    pub fn voucher_row(&self, id: VoucherId) -> Result<Option<VoucherRow>, StoreError> {
        let state = self.state();
        if let Some(touched) = state.vouchers.get(&id) {
            return Ok(Some((*touched.row).clone()));
        }
        let Some(place) = self.voucher_row_in_base(id)? else { return Ok(None) };
        let (columns, row) = state.base.group(Table::Vouchers, place)?;
        Ok(voucher_row_from(&columns, row))
    }
}

impl VoucherRows {
    pub(super) fn place_of(&self, id: VoucherId) -> Result<Option<u32>, StoreError> {
        match self.touched_place(id) {
            Some(place) => Ok(Some(place)),
            None => self.view.voucher_row_in_base(id),
        }
    }

    /// Where some vouchers stand in the list, each at the place of its id; the list is gone through once.
    pub fn positions_of(&self, ids: &[VoucherId]) -> Result<Vec<Option<usize>>, StoreError> {
        let places: Vec<Option<u32>> = ids.iter().map(|id| self.place_of(*id)).collect::<Result<_, _>>()?;
        Ok(positions(&self.order, &places))
    }
}
