//! A list of vouchers as a newer view has it.

use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::domain::id::VoucherId;
use crate::store::error::StoreError;
use crate::store::rows::{MOST_PATCHED, Put, spliced};
use crate::store::tables::{Columns, Table};
use crate::store::view::View;

use super::{Entry, VoucherRows, VoucherSort, entry_of, touched_columns, touched_entries};

impl VoucherRows {
    /// The list as a newer view has it: what was touched since is taken out and put back where it belongs now. A view on
    /// another base, or one that touched much, makes the list again.
    pub fn patch(&self, newer: &View, cancel: &AtomicBool) -> Result<VoucherRows, StoreError> {
        let changed = newer.vouchers_changed_since(&self.view).filter(|ids| ids.len() <= MOST_PATCHED);
        let Some(changed) = changed else { return newer.voucher_list(&self.filter, self.sort, cancel) };
        if changed.is_empty() {
            return Ok(VoucherRows { view: newer.clone(), ..self.clone() });
        }
        let column = self.sort.column;
        if self.sort == VoucherSort::default() {
            self.patched(newer, &changed, |_, _| ())
        } else if column.is_text() {
            self.patched(newer, &changed, |columns, row| column.text(columns, row))
        } else {
            self.patched(newer, &changed, |columns, row| column.number(columns, row))
        }
    }

    fn patched<Key: Ord>(
        &self,
        newer: &View,
        changed: &[VoucherId],
        key: impl Fn(&Columns, usize) -> Key,
    ) -> Result<VoucherRows, StoreError> {
        let n_base = newer.state().base.rows(Table::Vouchers);
        let gone = changed.iter().flat_map(|id| {
            let touched = self.touched_place(*id);
            touched.or_else(|| newer.state().vouchers[id].base)
        });
        let mut order = spliced(&self.order, gone.collect(), &[]);
        let mut touched: Vec<VoucherId> = self.touched.to_vec();
        touched.extend(changed.iter().filter(|id| !self.touched.contains(id)));
        let mut patched = VoucherRows {
            view: newer.clone(),
            touched: touched.into(),
            order: Arc::new(Vec::new()),
            ..self.clone()
        };
        let mut entries = touched_entries(newer, changed, n_base, &self.filter, &key);
        entries.sort_unstable_by(|one, other| one.compare(other, self.sort.direction));
        let mut puts = Vec::with_capacity(entries.len());
        for entry in &entries {
            let place = patched.touched_place(VoucherId::new(entry.id)).expect("it was just added");
            let from = puts.last().map_or(0, |put: &Put| put.at);
            puts.push(Put { at: patched.insertion(&order, from, entry, &key)?, place });
        }
        if !puts.is_empty() {
            order = spliced(&order, Vec::new(), &puts);
        }
        patched.order = Arc::new(order);
        Ok(patched)
    }

    /// The place of a touched voucher.
    pub(super) fn touched_place(&self, id: VoucherId) -> Option<u32> {
        let n_base = self.view.state().base.rows(Table::Vouchers);
        let touched = self.touched.iter().position(|other| *other == id)?;
        u32::try_from(touched).ok().map(|touched| n_base + touched)
    }

    /// Where an entry belongs, by halving; not before `from`.
    pub(super) fn insertion<Key: Ord>(
        &self,
        order: &[u32],
        from: usize,
        entry: &Entry<Key>,
        key: &impl Fn(&Columns, usize) -> Key,
    ) -> Result<usize, StoreError> {
        let (mut low, mut high) = (from, order.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let other = self.entry(order[middle], key)?;
            if other.compare(entry, self.sort.direction) == Ordering::Less {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// A row of the list with its key, read from the columns that the key is made of.
    fn entry<Key>(
        &self,
        place: u32,
        key: &impl Fn(&Columns, usize) -> Key,
    ) -> Result<Entry<Key>, StoreError> {
        let state = self.view.state();
        match place.checked_sub(state.base.rows(Table::Vouchers)) {
            Some(touched) => {
                let id = self.touched[usize::try_from(touched).expect("rows fit")];
                Ok(entry_of(&touched_columns(&self.view, &[id]), 0, place, key))
            }
            None => {
                let wanted = self.sort.column.columns();
                let (columns, row) = state.base.group_of(Table::Vouchers, &wanted, place)?;
                Ok(entry_of(&columns, row, place, key))
            }
        }
    }

    /// Where a voucher would stand in the list if the filter let it through: the position of its next neighbour.
    pub fn position_near(&self, id: VoucherId) -> Result<Option<usize>, StoreError> {
        let column = self.sort.column;
        if self.sort == VoucherSort::default() {
            self.near(id, |_, _| ())
        } else if column.is_text() {
            self.near(id, |columns, row| column.text(columns, row))
        } else {
            self.near(id, |columns, row| column.number(columns, row))
        }
    }

    fn near<Key: Ord>(
        &self,
        id: VoucherId,
        key: impl Fn(&Columns, usize) -> Key,
    ) -> Result<Option<usize>, StoreError> {
        let Some(place) = self.place_of(id)? else { return Ok(None) };
        let entry = self.entry(place, &key)?;
        Ok(Some(self.insertion(&self.order, 0, &entry, &key)?))
    }
}
