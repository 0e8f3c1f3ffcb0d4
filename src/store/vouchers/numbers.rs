//! The numbers of the vouchers of a filter by series, read from a few narrow columns: a month may have hundreds of
//! thousands of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::code::{Origin, VoucherKind};
use crate::domain::voucher::SeriesKey;
use crate::store::error::StoreError;
use crate::store::parts::Scan;
use crate::store::tables::{Columns, Table};
use crate::store::view::View;

use super::{VoucherFilter, touched_columns};

/// The numbers of a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesNumbers {
    /// Issued at this desk.
    pub issued: BTreeSet<u32>,
    /// Copied from paper or history.
    pub copied: BTreeSet<u32>,
}

/// Numbers as they are found, by series: issued and copied ones.
type Found = BTreeMap<String, [Vec<u32>; 2]>;

impl View {
    /// The numbers of the vouchers that a filter lets through; those without a series are left out.
    pub fn voucher_numbers(
        &self,
        filter: &VoucherFilter,
    ) -> Result<BTreeMap<SeriesKey, SeriesNumbers>, StoreError> {
        let hidden = self.hidden_vouchers();
        let mut wanted = filter.columns();
        wanted.extend(["series", "number", "kind", "origin"].map(|name| Table::Vouchers.place(name)));
        let may_hold = |month: u32| filter.may_be_in(month);
        let scan = Scan::new(&self.state().base, Table::Vouchers, wanted).months(&may_hold);
        let mut all = scan.map(|start, columns| found_in(columns, filter, start, &hidden))?;
        let touched: Vec<_> = self.state().vouchers.keys().copied().collect();
        all.push(found_in(&touched_columns(self, &touched), filter, 0, &[]));
        let mut numbers: BTreeMap<SeriesKey, SeriesNumbers> = BTreeMap::new();
        for (series, [issued, copied]) in all.into_iter().flatten() {
            let of_series = numbers.entry(SeriesKey::from_text(&series)).or_default();
            of_series.issued.append(&mut issued.into_iter().collect());
            of_series.copied.append(&mut copied.into_iter().collect());
        }
        Ok(numbers)
    }
}

fn found_in(columns: &Columns, filter: &VoucherFilter, start: u32, hidden: &[u32]) -> Found {
    let at = |name: &str| Table::Vouchers.place(name);
    let holds = filter.compile(columns);
    let (series, numbers) = (columns.texts(at("series")), columns.words(at("number")));
    let (kinds, origins) = (columns.bytes_of(at("kind")), columns.bytes_of(at("origin")));
    let mut found = Found::new();
    for (place, row) in (start..).zip(0..columns.rows()) {
        if numbers[row] == 0 || !holds(row) || hidden.binary_search(&place).is_ok() {
            continue;
        }
        let is_issued = kinds[row] == VoucherKind::Issued.index() && origins[row] == Origin::Desk.index();
        if !found.contains_key(series.get(row)) {
            found.insert(series.get(row).to_owned(), [Vec::new(), Vec::new()]);
        }
        let of_series = found.get_mut(series.get(row)).expect("it was just put there");
        of_series[usize::from(!is_issued)].push(numbers[row]);
    }
    found
}
