//! Parts = truth: what the cached tables say against what batches and events say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::store::codec::claim_from_json;
use crate::store::error::StoreError;
use crate::store::manifest::Manifest;
use crate::store::parts::{Alarm, Base, Scan};
use crate::store::tables::{ClaimRow, Columns, Keyed, Sum128, Table, claim_cells};
use crate::store::view::View;

use super::{Fsck, LISTED_MAX, Look, Trouble};

impl Look<'_> {
    /// Parts = truth: sums of row hashes, then the rows that differ.
    pub(super) fn compare(
        &self,
        manifest: &Manifest,
        truth: &View,
        found: &mut Fsck,
    ) -> Result<(), StoreError> {
        let keyed = Keyed::of_store(&self.format.store_id);
        let base = Base::new(Arc::clone(self.disk), self.layout.clone(), keyed, &manifest.files, Alarm::Told);
        let cached = View::of_manifest(manifest.clone(), base);
        for table in [Table::ClaimDetail, Table::Vouchers] {
            let (truth, cached) = (hashes(truth, table)?, hashes(&cached, table)?);
            let mut differing: BTreeSet<u64> = BTreeSet::new();
            differing
                .extend(truth.iter().filter(|(id, hash)| cached.get(id) != Some(hash)).map(|(id, _)| *id));
            differing.extend(cached.keys().filter(|id| !truth.contains_key(id)));
            differs(table, differing, found);
        }
        let mut sums = [Sum128::default(); 2];
        for (sum, view) in sums.iter_mut().zip([truth, &cached]) {
            *sum = posted_sum(view)?;
        }
        if sums[0] != sums[1] {
            found.add(Trouble::Differs.at("posted", vec![("count", "1".to_owned())]));
        }
        let companies = truth.companies()? == cached.companies()?;
        let facilities = truth.facilities()? == cached.facilities()?;
        for (table, is_same) in [(Table::Companies, companies), (Table::Facilities, facilities)] {
            if !is_same {
                found.add(Trouble::Differs.at(table.name(), vec![("count", "1".to_owned())]));
            }
        }
        if truth.state().tally != cached.state().tally || truth.office() != cached.office() {
            found.add(Trouble::Differs.at("MANIFEST", vec![("count", "1".to_owned())]));
        }
        narrow(&cached, found)
    }
}

fn differs(table: Table, ids: BTreeSet<u64>, found: &mut Fsck) {
    let count = ids.len();
    for id in ids.into_iter().take(LISTED_MAX) {
        let args = vec![("count", count.to_string())];
        found.add(Trouble::Differs.at(format!("{}:{id}", table.name()), args));
    }
}

/// The hash of every document by its id: base rows that are not hidden, then the overlay.
fn hashes(view: &View, table: Table) -> Result<BTreeMap<u64, u128>, StoreError> {
    let state = view.state();
    let hidden = if table == Table::Vouchers { view.hidden_vouchers() } else { view.hidden_claims() };
    let all: Vec<usize> = (0..table.columns().len()).collect();
    let id = table.place("id");
    let mut hashes = BTreeMap::new();
    Scan::new(&state.base, table, all).each(|start, columns| {
        for (at, row) in (start..).zip(0..columns.rows()) {
            if hidden.binary_search(&at).is_err() {
                hashes.insert(columns.ids(id)[row], columns.row_hash(row));
            }
        }
    })?;
    let columns = view.overlay_columns(table);
    for row in 0..columns.rows() {
        hashes.insert(columns.ids(id)[row], columns.row_hash(row));
    }
    Ok(hashes)
}

fn posted_sum(view: &View) -> Result<Sum128, StoreError> {
    let all: Vec<usize> = (0..Table::Posted.columns().len()).collect();
    let sums = Scan::new(&view.state().base, Table::Posted, all).map(|_, columns| columns.sum())?;
    let mut sum = view.overlay_columns(Table::Posted).sum();
    sums.into_iter().for_each(|more| sum.add(more.0));
    Ok(sum)
}

/// Narrow rows say what their documents say; the due date only where the holidays are those of today.
fn narrow(view: &View, found: &mut Fsck) -> Result<(), StoreError> {
    let base = &view.state().base;
    let due = Table::Claims.place("due");
    let doc = Table::ClaimDetail.place("doc");
    for (narrow, detail) in base.parts(Table::Claims).iter().zip(base.parts(Table::ClaimDetail)) {
        let (rows, docs) = (base.whole(narrow)?, base.whole(detail)?);
        let mut again = Columns::new(Table::Claims);
        for row in 0..rows.rows() {
            let claim = claim_from_json(docs.texts(doc).get(row)).map_err(|error| base.bad(detail, error))?;
            let mut fresh = ClaimRow::of(&claim, view.office(), &base.keyed);
            // A due date of the desk's holidays of another day is stale, not wrong.
            fresh.due = rows.date(due, row);
            claim_cells(&fresh, &base.keyed, &mut again);
        }
        if rows.sum() != again.sum() {
            let count = (0..rows.rows()).filter(|row| rows.row_hash(*row) != again.row_hash(*row)).count();
            found.add(Trouble::Differs.at(narrow.entry.path.clone(), vec![("count", count.to_string())]));
        }
    }
    Ok(())
}
