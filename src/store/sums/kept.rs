//! Totals of several filters, counted in one walk and kept: a newer view on the same base only looks at what was touched
//! since.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::domain::id::ClaimId;
use crate::domain::query::Expr;
use crate::store::error::StoreError;
use crate::store::filter::{columns_of, compile};
use crate::store::parts::Scan;
use crate::store::rows::{Rows, touched_columns};
use crate::store::tables::{Columns, Table};
use crate::store::view::View;

use super::{Totals, money};

/// When more was touched than this, everything is counted again: each one costs a row group of the base.
const MOST_KEPT: usize = 512;

/// What several filters let through, each added up, as one view has it.
#[derive(Debug, Clone)]
pub struct KeptTotals {
    view: View,
    today: Date,
    exprs: Arc<[Expr]>,
    totals: Vec<Totals>,
}

impl KeptTotals {
    /// The totals of a view, filter by filter; from `older` where that asks the same of the same base.
    pub fn of(
        view: &View,
        exprs: &[Expr],
        today: Date,
        older: Option<&KeptTotals>,
        cancel: &AtomicBool,
    ) -> Result<KeptTotals, StoreError> {
        let same = older.filter(|older| older.today == today && *older.exprs == *exprs);
        let changed = same.and_then(|older| Some((older, view.claims_changed_since(&older.view)?)));
        if let Some((older, changed)) = changed.filter(|(_, changed)| changed.len() <= MOST_KEPT) {
            return older.patched(view, &changed, cancel);
        }
        let hidden = view.hidden_claims();
        let scan = Scan::new(&view.state().base, Table::Claims, wanted(exprs)).cancel(cancel);
        let found = scan.map(|start, columns| added_up(exprs, today, columns, start, &hidden))?;
        let touched: Vec<ClaimId> = view.state().claims.keys().copied().collect();
        let mut totals = added_up(exprs, today, &touched_columns(view, &touched), 0, &[]);
        for of_file in found {
            totals.iter_mut().zip(of_file).for_each(|(all, more)| *all = all.and(more));
        }
        Ok(KeptTotals { view: view.clone(), today, exprs: exprs.into(), totals })
    }

    /// One for each filter, in their order.
    pub fn totals(&self) -> &[Totals] {
        &self.totals
    }

    /// What was touched since is taken out as it was and added as it is.
    fn patched(
        &self,
        newer: &View,
        changed: &[ClaimId],
        cancel: &AtomicBool,
    ) -> Result<KeptTotals, StoreError> {
        let state = newer.state();
        let now = added_up(&self.exprs, self.today, &touched_columns(newer, changed), 0, &[]);
        let was_touched = |id: &&ClaimId| self.view.state().claims.contains_key(id);
        let (touched, rest): (Vec<ClaimId>, Vec<ClaimId>) = changed.iter().partition(was_touched);
        let mut before =
            vec![added_up(&self.exprs, self.today, &touched_columns(&self.view, &touched), 0, &[])];
        let mut places: Vec<u32> = rest.iter().filter_map(|id| state.claims[id].base).collect();
        places.sort_unstable();
        let wanted = wanted(&self.exprs);
        for place in places {
            if cancel.load(Ordering::Relaxed) {
                return Err(StoreError::Cancelled);
            }
            let (columns, row) = state.base.group_of(Table::Claims, &wanted, place)?;
            let of_row = |expr| {
                let mut totals = Totals::default();
                if compile(expr, &columns, self.today)(row) {
                    totals.add_row(&columns, row);
                }
                totals
            };
            before.push(self.exprs.iter().map(of_row).collect());
        }
        let mut totals = self.totals.clone();
        totals.iter_mut().zip(now).for_each(|(all, more)| *all = all.and(more));
        for gone in before {
            totals.iter_mut().zip(gone).for_each(|(all, gone)| *all = all.without(gone));
        }
        Ok(KeptTotals { view: newer.clone(), totals, ..self.clone() })
    }
}

impl Rows {
    /// What all its rows add up to, kept for the next view of the same list.
    pub fn kept_totals(
        &self,
        older: Option<&KeptTotals>,
        cancel: &AtomicBool,
    ) -> Result<KeptTotals, StoreError> {
        KeptTotals::of(self.view(), std::slice::from_ref(self.expr()), self.today(), older, cancel)
    }
}

/// The columns that are needed, in the order in which a scan gives them.
fn wanted(exprs: &[Expr]) -> Vec<usize> {
    let mut wanted: Vec<usize> = exprs.iter().flat_map(columns_of).chain(money()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The rows of these columns but the hidden ones, added up filter by filter.
fn added_up(exprs: &[Expr], today: Date, columns: &Columns, start: u32, hidden: &[u32]) -> Vec<Totals> {
    let sum = |expr| {
        let holds = compile(expr, columns, today);
        let mut totals = Totals::default();
        for (at, row) in (start..).zip(0..columns.rows()) {
            if holds(row) && hidden.binary_search(&at).is_err() {
                totals.add_row(columns, row);
            }
        }
        totals
    };
    exprs.iter().map(sum).collect()
}
