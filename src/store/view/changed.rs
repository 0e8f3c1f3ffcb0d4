//! What differs between two views on one base, and claims read whole in the order in which they lie on disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::base::ordered::in_order;
use crate::domain::claim::Claim;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::query::Expr;
use crate::store::codec::claim_from_json;
use crate::store::error::StoreError;
use crate::store::filter::{columns_of, compile};
use crate::store::parts::Scan;
use crate::store::rows::touched_columns;
use crate::store::tables::Table;

use super::View;

/// Rows of documents that are read at once: several of their row groups, so that a file's bytes are not asked for too often.
const PIECE: usize = 8_192;

impl View {
    /// Whether an older view stands on the same base, so that what differs lies in the overlay alone.
    fn follows(&self, older: &View) -> bool {
        Arc::ptr_eq(&self.state().base, &older.state().base) && self.head().seq >= older.head().seq
    }

    /// The claims that are new or were changed since an older view, in the order of their ids. None when that view
    /// stands on another base: then every row may have moved.
    pub fn claims_changed_since(&self, older: &View) -> Option<Vec<ClaimId>> {
        let before = &older.state().claims;
        let is_changed =
            |id: &ClaimId, row| before.get(id).is_none_or(|touched| !Arc::ptr_eq(&touched.row, row));
        let all = self.state().claims.iter();
        let changed = all.filter(|(id, touched)| is_changed(id, &touched.row)).map(|(id, _)| *id);
        self.follows(older).then(|| changed.collect())
    }

    /// The vouchers that are new or were changed since an older view, as [`View::claims_changed_since`].
    pub fn vouchers_changed_since(&self, older: &View) -> Option<Vec<VoucherId>> {
        let before = &older.state().vouchers;
        let is_changed =
            |id: &VoucherId, row| before.get(id).is_none_or(|touched| !Arc::ptr_eq(&touched.row, row));
        let all = self.state().vouchers.iter();
        let changed = all.filter(|(id, touched)| is_changed(id, &touched.row)).map(|(id, _)| *id);
        self.follows(older).then(|| changed.collect())
    }

    /// Makes something of every claim, whole, that a filter lets through: those of the base in its order, then those
    /// touched since. Each row group of documents is read once and not kept, on a few threads. `cancel` is looked at
    /// between row groups.
    pub fn map_claims<Made: Send>(
        &self,
        expr: &Expr,
        today: Date,
        cancel: &AtomicBool,
        make: impl Fn(&Claim) -> Made + Sync,
        take: &mut dyn FnMut(Made),
    ) -> Result<(), StoreError> {
        let base = &self.state().base;
        let hidden = self.hidden_claims();
        let scan = Scan::new(base, Table::Claims, columns_of(expr)).cancel(cancel);
        let found = scan.map(|start, columns| {
            let holds = compile(expr, columns, today);
            let rows = (start..).zip(0..columns.rows());
            let kept = rows.filter(|(at, row)| holds(*row) && hidden.binary_search(at).is_err());
            kept.map(|(at, _)| at).collect::<Vec<u32>>()
        })?;
        let places: Vec<u32> = found.into_iter().flatten().collect();
        let group_of = |place: u32| {
            let file = base.file_of(Table::ClaimDetail, place);
            let row = usize::try_from(place - base.start(Table::ClaimDetail, file)).expect("rows fit");
            (file, row / PIECE, row % PIECE)
        };
        let is_one_group = |one: &u32, other: &u32| {
            let (one, other) = (group_of(*one), group_of(*other));
            (one.0, one.1) == (other.0, other.1)
        };
        let groups: Vec<&[u32]> = places.chunk_by(is_one_group).collect();
        let doc = Table::ClaimDetail.place("doc");
        let read = |_: &mut (), group: usize| {
            if cancel.load(Ordering::Relaxed) {
                return Err(StoreError::Cancelled);
            }
            let (file, group_no, _) = group_of(groups[group][0]);
            let part = &base.parts(Table::ClaimDetail)[file];
            let columns = base.columns(part, &[doc], group_no * PIECE, PIECE)?;
            let claim = |place: &u32| claim_from_json(columns.texts(doc).get(group_of(*place).2));
            let made = groups[group].iter().map(|place| claim(place).map(|claim| make(&claim)));
            made.collect::<Result<Vec<Made>, _>>().map_err(|error| base.bad(part, error))
        };
        in_order(
            groups.len(),
            || (),
            read,
            |made| {
                made.into_iter().for_each(&mut *take);
                Ok(())
            },
        )?;
        let touched: Vec<ClaimId> = self.state().claims.keys().copied().collect();
        let columns = touched_columns(self, &touched);
        let holds = compile(expr, &columns, today);
        for (_, id) in touched.iter().enumerate().filter(|(row, _)| holds(*row)) {
            take(make(&self.state().claims[id].claim));
        }
        Ok(())
    }
}
