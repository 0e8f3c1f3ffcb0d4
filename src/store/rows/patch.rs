//! A list as a newer view has it: what was touched since is taken out and put back where it belongs now. An order of
//! millions is not made again for one claim; beside one copy of it, only a few rows are read.

use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::domain::id::ClaimId;
use crate::store::error::StoreError;
use crate::store::filter::place_of;
use crate::store::tables::{Table, claim_column};
use crate::store::view::View;

use super::find::places_found;
use super::{Entry, Rows, key_of, touched_columns, touched_entries};

/// Of more rows than these the list is made again: each one is put back by reading about twenty others.
pub(crate) const MOST_PATCHED: usize = 64;

/// A place to be put into an order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Put {
    /// Before what now stands at this position.
    pub(crate) at: usize,
    /// What is put there.
    pub(crate) place: u32,
}

/// An order without some places, or with some more, those in the order of their positions.
pub(crate) fn spliced(order: &[u32], gone: Vec<u32>, puts: &[Put]) -> Vec<u32> {
    let mut spliced = Vec::with_capacity(order.len() + puts.len());
    let mut from = 0;
    for position in places_found(order, gone) {
        spliced.extend_from_slice(&order[from..position]);
        from = position + 1;
    }
    for put in puts {
        spliced.extend_from_slice(&order[from..put.at]);
        spliced.push(put.place);
        from = put.at;
    }
    spliced.extend_from_slice(&order[from..]);
    spliced
}

impl Rows {
    /// The list as a newer view has it. A view on another base, or one that touched much, makes the list again.
    pub fn patch(&self, newer: &View, cancel: &AtomicBool) -> Result<Rows, StoreError> {
        let changed = newer.claims_changed_since(&self.view).filter(|ids| ids.len() <= MOST_PATCHED);
        let Some(changed) = changed else {
            return newer.select(&self.expr, self.sort, self.today, cancel, &|_, _| {});
        };
        if changed.is_empty() {
            return Ok(Rows { view: newer.clone(), ..self.clone() });
        }
        let gone = changed.iter().flat_map(|id| {
            let touched = self.touched_place(*id);
            touched.or_else(|| newer.state().claims[id].base)
        });
        let order = spliced(&self.order, gone.collect(), &[]);
        let mut touched: Vec<ClaimId> = self.touched.to_vec();
        touched.extend(changed.iter().filter(|id| !self.touched.contains(id)));
        let patched = Rows {
            view: newer.clone(),
            touched: touched.into(),
            order: Arc::new(Vec::new()),
            ..self.clone()
        };
        let mut entries = touched_entries(newer, &changed, 0, &self.expr, self.sort, self.today);
        entries.sort_unstable_by(|one, other| one.compare(other, self.sort.direction));
        let mut puts = Vec::with_capacity(entries.len());
        for entry in &entries {
            let place = patched.touched_place(ClaimId::new(entry.id)).expect("it was just added");
            let from = puts.last().map_or(0, |put: &Put| put.at);
            puts.push(Put { at: patched.insertion(&order, from, entry)?, place });
        }
        let order = if puts.is_empty() { order } else { spliced(&order, Vec::new(), &puts) };
        Ok(Rows { order: Arc::new(order), ..patched })
    }

    /// The place of a touched claim.
    pub(super) fn touched_place(&self, id: ClaimId) -> Option<u32> {
        let touched = self.touched.iter().position(|other| *other == id)?;
        u32::try_from(touched).ok().map(|touched| self.n_base() + touched)
    }

    /// Where an entry belongs, by halving; not before `from`.
    pub(super) fn insertion(&self, order: &[u32], from: usize, entry: &Entry) -> Result<usize, StoreError> {
        let (mut low, mut high) = (from, order.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let other = self.entry(order[middle])?;
            if other.compare(entry, self.sort.direction) == Ordering::Less {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// A row of the list with its key, read from the columns that the key is made of.
    pub(super) fn entry(&self, place: u32) -> Result<Entry, StoreError> {
        let state = self.view.state();
        let of = place_of(self.sort.column);
        let key = |columns: &_, row| key_of(of, columns, row, self.today, self.sort.direction);
        match place.checked_sub(self.n_base()) {
            Some(touched) => {
                let id = self.touched[usize::try_from(touched).expect("rows fit")];
                let columns = touched_columns(&self.view, &[id]);
                Ok(Entry { key: key(&columns, 0), id: id.get(), place })
            }
            None => {
                let mut wanted = of.columns();
                wanted.push(claim_column("id"));
                let (columns, row) = state.base.group_of(Table::Claims, &wanted, place)?;
                Ok(Entry { key: key(&columns, row), id: columns.ids(claim_column("id"))[row], place })
            }
        }
    }
}
