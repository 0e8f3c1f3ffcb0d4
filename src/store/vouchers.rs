//! The register of vouchers as a list: those that a filter lets through, in an order, read window by window. It is made of
//! a few narrow columns and belongs to the view it was made of; a newer view patches it.

mod filter;
mod find;
mod numbers;
mod order;
mod patch;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::domain::id::VoucherId;

use super::error::StoreError;
use super::parts::Scan;
use super::tables::{Columns, Table, VoucherRow, voucher_row_cells, voucher_row_from};
use super::view::View;

pub use filter::VoucherFilter;
pub use numbers::SeriesNumbers;
pub use order::{VoucherColumn, VoucherSort};

use order::{Entry, newness};

/// An ordered list of vouchers.
#[derive(Debug, Clone)]
pub struct VoucherRows {
    view: View,
    filter: Arc<VoucherFilter>,
    sort: VoucherSort,
    /// Places: below the base's number of rows a row of the base, above it an entry of `touched`.
    order: Arc<Vec<u32>>,
    touched: Arc<[VoucherId]>,
}

impl View {
    /// The vouchers of a filter, newest date first, read window by window.
    pub fn voucher_rows(&self, filter: &VoucherFilter) -> Result<VoucherRows, StoreError> {
        self.voucher_list(filter, VoucherSort::default(), &AtomicBool::new(false))
    }

    /// The vouchers of a filter in an order. `cancel` is looked at between files.
    pub fn voucher_list(
        &self,
        filter: &VoucherFilter,
        sort: VoucherSort,
        cancel: &AtomicBool,
    ) -> Result<VoucherRows, StoreError> {
        let asked = Asked { view: self, filter, sort, cancel };
        let touched: Arc<[VoucherId]> = self.state().vouchers.keys().copied().collect();
        // A list of millions is mostly wanted newest first, which needs no key of its own.
        let column = sort.column;
        let order = if sort == VoucherSort::default() {
            asked.order(&touched, |_, _| ())
        } else if column.is_text() {
            asked.order(&touched, |columns, row| column.text(columns, row))
        } else {
            asked.order(&touched, |columns, row| column.number(columns, row))
        };
        let (order, filter) = (Arc::new(order?), Arc::new(filter.clone()));
        Ok(VoucherRows { view: self.clone(), filter, sort, order, touched })
    }

    /// The vouchers of a filter, all at once.
    pub fn vouchers(&self, filter: &VoucherFilter) -> Result<Vec<VoucherRow>, StoreError> {
        let rows = self.voucher_rows(filter)?;
        rows.window(0..rows.len())
    }
}

/// A list to be made.
struct Asked<'a> {
    view: &'a View,
    filter: &'a VoucherFilter,
    sort: VoucherSort,
    cancel: &'a AtomicBool,
}

impl Asked<'_> {
    /// The places in their order.
    fn order<Key: Ord + Send>(
        &self,
        touched: &[VoucherId],
        key: impl Fn(&Columns, usize) -> Key + Sync,
    ) -> Result<Vec<u32>, StoreError> {
        let base = &self.view.state().base;
        let hidden = self.view.hidden_vouchers();
        let mut wanted = self.filter.columns();
        wanted.extend(self.sort.column.columns());
        let may_hold = |month: u32| self.filter.may_be_in(month);
        let scan = Scan::new(base, Table::Vouchers, wanted).cancel(self.cancel).months(&may_hold);
        let found = scan.map(|start, columns| {
            let holds = self.filter.compile(columns);
            let rows = (start..).zip(0..columns.rows());
            let kept = rows.filter(|(at, row)| holds(*row) && hidden.binary_search(at).is_err());
            kept.map(|(at, row)| entry_of(columns, row, at, &key)).collect::<Vec<Entry<Key>>>()
        })?;
        let mut entries = Vec::with_capacity(found.iter().map(Vec::len).sum::<usize>() + touched.len());
        found.into_iter().for_each(|of_file| entries.extend(of_file));
        entries.extend(touched_entries(self.view, touched, base.rows(Table::Vouchers), self.filter, &key));
        entries.sort_unstable_by(|one, other| one.compare(other, self.sort.direction));
        Ok(entries.into_iter().map(|entry| entry.place).collect())
    }
}

fn entry_of<Key>(
    columns: &Columns,
    row: usize,
    place: u32,
    key: &impl Fn(&Columns, usize) -> Key,
) -> Entry<Key> {
    let (day, id) = newness(columns, row);
    Entry { key: key(columns, row), day, id, place }
}

/// The rows of some touched vouchers as columns, without their documents.
pub(super) fn touched_columns(view: &View, ids: &[VoucherId]) -> Columns {
    let mut columns = Columns::new(Table::Vouchers);
    ids.iter().for_each(|id| voucher_row_cells(&view.state().vouchers[id].row, [0; 2], "", &mut columns));
    columns
}

/// Entries for the touched vouchers that a filter lets through; their places begin at `first`.
fn touched_entries<Key>(
    view: &View,
    ids: &[VoucherId],
    first: u32,
    filter: &VoucherFilter,
    key: &impl Fn(&Columns, usize) -> Key,
) -> Vec<Entry<Key>> {
    let columns = touched_columns(view, ids);
    let holds = filter.compile(&columns);
    let rows = (first..).zip(0..ids.len()).filter(|(_, row)| holds(*row));
    rows.map(|(place, row)| entry_of(&columns, row, place, key)).collect()
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

    /// The order it is in.
    pub fn sort(&self) -> VoucherSort {
        self.sort
    }

    /// The rows of a window; what lies outside the list is left out. They are read in the order of the files, so that
    /// each row group is read once.
    pub fn window(&self, range: Range<usize>) -> Result<Vec<VoucherRow>, StoreError> {
        let end = range.end.min(self.order.len());
        let start = range.start.min(end);
        let mut places: Vec<(u32, usize)> = self.order[start..end].iter().copied().zip(0..).collect();
        places.sort_unstable();
        let mut rows: Vec<(usize, VoucherRow)> = Vec::with_capacity(places.len());
        for (place, at) in places {
            rows.push((at, self.row(place)?));
        }
        rows.sort_unstable_by_key(|(at, _)| *at);
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    pub(super) fn view(&self) -> &View {
        &self.view
    }

    pub(super) fn filter(&self) -> &VoucherFilter {
        &self.filter
    }

    fn row(&self, place: u32) -> Result<VoucherRow, StoreError> {
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
