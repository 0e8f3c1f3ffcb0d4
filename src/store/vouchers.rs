//! The register of vouchers as a list.

mod find;

use std::ops::Range;
use std::sync::Arc;

use crate::domain::code::{Origin, Programme, VoucherKind, VoucherState};
use crate::domain::id::VoucherId;
use crate::domain::identity::normalise_number;
use crate::domain::period::Period;
use crate::domain::query::fold;
use crate::domain::voucher::SeriesKey;

use super::error::StoreError;
use super::parts::Scan;
use super::tables::{Table, VoucherRow, voucher_row_from};
use super::view::View;

/// Which vouchers; everything that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoucherFilter {
    /// In code, outer code, payee or claim number; empty: all.
    pub text: String,
    /// Where it stands; empty: anywhere.
    pub states: Vec<VoucherState>,
    /// Issued or recorded.
    pub kind: Option<VoucherKind>,
    /// Typed here or imported.
    pub origin: Option<Origin>,
    /// Programme.
    pub programme: Option<Programme>,
    /// Posted in these months, both counted.
    pub posted: Option<(Period, Period)>,
    /// In this series.
    pub series: Option<SeriesKey>,
}

impl VoucherFilter {
    /// Whether a voucher is one of them.
    pub fn holds(&self, row: &VoucherRow) -> bool {
        (self.states.is_empty() || self.states.contains(&row.state))
            && self.kind.is_none_or(|kind| kind == row.kind)
            && self.origin.is_none_or(|origin| origin == row.origin)
            && self.programme.is_none_or(|programme| programme == row.programme)
            && self.posted.is_none_or(|(from, to)| from <= row.posted && row.posted <= to)
            && self
                .series
                .as_ref()
                .is_none_or(|series| row.series.as_ref().is_some_and(|(key, _)| key == series))
            && self.text_holds(row)
    }

    fn text_holds(&self, row: &VoucherRow) -> bool {
        let (folded, bare) = (fold(&self.text), normalise_number(&self.text));
        let is_in = |text: &str| {
            fold(text).contains(&folded) || (!bare.is_empty() && normalise_number(text).contains(&bare))
        };
        folded.is_empty()
            || is_in(&row.code)
            || is_in(&row.external_code)
            || is_in(&row.payee)
            || row.claim_nos.iter().any(|claim_no| is_in(claim_no))
    }
}

/// A list of vouchers, newest date first.
#[derive(Debug, Clone)]
pub struct VoucherRows {
    view: View,
    order: Arc<[u32]>,
    touched: Arc<[VoucherId]>,
}

impl View {
    /// The vouchers of a filter, newest date first, read window by window.
    pub fn voucher_rows(&self, filter: &VoucherFilter) -> Result<VoucherRows, StoreError> {
        let base = &self.state().base;
        let hidden = self.hidden_vouchers();
        let narrow: Vec<usize> = (0..Table::Vouchers.place("doc")).collect();
        let found = Scan::new(base, Table::Vouchers, narrow).map(|start, columns| {
            (start..)
                .zip(0..columns.rows())
                .filter(|(at, _)| hidden.binary_search(at).is_err())
                .map(|(at, row)| voucher_row_from(columns, row).map(|row| (at, row)))
                .filter(|row| row.as_ref().is_none_or(|(_, row)| filter.holds(row)))
                .map(|row| row.map(|(at, row)| (row.date, row.id, at)))
                .collect::<Option<Vec<_>>>()
        })?;
        let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else {
            base.give_up();
            let path = base.layout.parts(Table::Vouchers.name());
            return Err(StoreError::Part { path, why: "a row is no voucher".to_owned() });
        };
        let mut entries: Vec<_> = found.into_iter().flatten().collect();
        let touched: Arc<[VoucherId]> = self.state().vouchers.keys().copied().collect();
        for (place, touched) in (base.rows(Table::Vouchers)..).zip(self.state().vouchers.values()) {
            if filter.holds(&touched.row) {
                entries.push((touched.row.date, touched.row.id, place));
            }
        }
        entries.sort_unstable_by(|a, b| b.cmp(a));
        let order = entries.into_iter().map(|(_, _, place)| place).collect();
        Ok(VoucherRows { view: self.clone(), order, touched })
    }

    /// The vouchers of a filter, all at once.
    pub fn vouchers(&self, filter: &VoucherFilter) -> Result<Vec<VoucherRow>, StoreError> {
        let rows = self.voucher_rows(filter)?;
        // In the order of the files first, so that each row group is read once.
        let mut places: Vec<(usize, u32)> = rows.order.iter().copied().enumerate().collect();
        places.sort_unstable_by_key(|(_, place)| *place);
        let mut found = Vec::with_capacity(places.len());
        for (at, place) in places {
            found.push((at, rows.row(place)?));
        }
        found.sort_unstable_by_key(|(at, _)| *at);
        Ok(found.into_iter().map(|(_, row)| row).collect())
    }
}

impl VoucherRows {
    /// Number of vouchers.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The rows of a window; what lies outside the list is left out.
    pub fn window(&self, range: Range<usize>) -> Result<Vec<VoucherRow>, StoreError> {
        let end = range.end.min(self.order.len());
        let start = range.start.min(end);
        self.order[start..end].iter().map(|place| self.row(*place)).collect()
    }

    pub(super) fn places(&self) -> &[u32] {
        &self.order
    }

    pub(super) fn row(&self, place: u32) -> Result<VoucherRow, StoreError> {
        let state = self.view.state();
        match place.checked_sub(state.base.rows(Table::Vouchers)) {
            Some(touched) => {
                let id = self.touched[usize::try_from(touched).expect("rows fit")];
                Ok((*state.vouchers[&id].row).clone())
            }
            None => {
                let (columns, row) = state.base.group(Table::Vouchers, place)?;
                voucher_row_from(&columns, row).ok_or_else(|| {
                    let part = &state.base.parts(Table::Vouchers)[state.base.file_of(Table::Vouchers, place)];
                    state.base.bad(part, "a row is no voucher")
                })
            }
        }
    }
}
