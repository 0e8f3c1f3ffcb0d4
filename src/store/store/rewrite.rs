//! The parts of a new base: files with touched rows are written anew, the others stay as they are.

use std::collections::BTreeMap;

use crate::domain::claim::Claim;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::office::Office;
use crate::store::codec::{claim_from_json, claim_to_json, company_to_json, facility_to_json};
use crate::store::error::StoreError;
use crate::store::manifest::{FileEntry, Source};
use crate::store::parts::{Base, Part, put_file};
use crate::store::tables::{
    Cell, ClaimRow, Columns, FILE_ROWS, Table, claim_cells, posting_cells, voucher_cells,
};
use crate::store::view::View;

use super::Store;

/// Writes the parts of a new base.
pub(super) struct Rewriter<'a> {
    store: &'a Store,
    view: &'a View,
    pub(super) written: usize,
    /// The last number given to a file of a table and month.
    numbers: BTreeMap<(Table, u32), u32>,
}

/// What a file becomes: rows replaced, rows added.
#[derive(Debug)]
struct Change<Id> {
    replaced: BTreeMap<usize, Id>,
    added: Vec<Id>,
}

impl<Id> Default for Change<Id> {
    fn default() -> Self {
        Change { replaced: BTreeMap::new(), added: Vec::new() }
    }
}

impl<'a> Rewriter<'a> {
    /// For a view of a store.
    pub(super) fn new(store: &'a Store, view: &'a View) -> Rewriter<'a> {
        Rewriter { store, view, written: 0, numbers: BTreeMap::new() }
    }

    fn base(&self) -> &Base {
        &self.view.state().base
    }

    /// The files of the new base: those that nothing touched as they are, the others written anew.
    pub(super) fn files(&mut self) -> Result<Vec<FileEntry>, StoreError> {
        let mut files = Vec::new();
        let (claims, details) = self.claims()?;
        files.extend(claims);
        files.extend(details);
        files.extend(self.posted()?);
        files.extend(self.vouchers()?);
        files.extend(self.companies()?);
        files.extend(self.facilities()?);
        Ok(files)
    }

    fn put(&mut self, month: u32, columns: &Columns) -> Result<FileEntry, StoreError> {
        let table = columns.table();
        let parts = self.base().parts(table).len();
        let number = self.numbers.entry((table, month)).or_insert_with(|| u32::try_from(parts).unwrap_or(0));
        *number += 1;
        self.written += 1;
        let (disk, layout) = (&*self.store.disk, &self.store.layout);
        put_file(disk, layout, Source::Part, month, *number, columns)
    }

    /// The last part of a month with room for more rows.
    fn room(&self, table: Table, month: u32, more: usize) -> Option<usize> {
        let fits = |part: &Part| {
            part.entry.month == month
                && part.entry.source() == Source::Part
                && usize::try_from(part.entry.rows).expect("rows fit") + more <= FILE_ROWS
        };
        self.base().parts(table).iter().rposition(|part| fits(part))
    }

    /// Sorts touched ids to the files they change, and new ones to a file with room; what finds none, by month.
    fn sort_out<Id: Copy>(
        &self,
        table: Table,
        touched: impl Iterator<Item = (Id, Option<u32>, u32)>,
    ) -> (BTreeMap<usize, Change<Id>>, BTreeMap<u32, Vec<Id>>) {
        let mut changes: BTreeMap<usize, Change<Id>> = BTreeMap::new();
        let mut new: BTreeMap<u32, Vec<Id>> = BTreeMap::new();
        for (id, base, month) in touched {
            match base {
                Some(row) => {
                    let file = self.base().file_of(table, row);
                    let place = usize::try_from(row - self.base().start(table, file)).expect("rows fit");
                    changes.entry(file).or_default().replaced.insert(place, id);
                }
                None => new.entry(month).or_default().push(id),
            }
        }
        let months: Vec<u32> = new.keys().copied().collect();
        for month in months {
            if let Some(file) = self.room(table, month, new[&month].len()) {
                let added = new.remove(&month).expect("it was just there");
                changes.entry(file).or_default().added = added;
            }
        }
        (changes, new)
    }

    /// Both tables of claims, file by file in one order.
    fn claims(&mut self) -> Result<(Vec<FileEntry>, Vec<FileEntry>), StoreError> {
        let state = self.view.state();
        let touched = state.claims.iter();
        let touched = touched.map(|(id, touched)| (*id, touched.base, touched.row.registered.number()));
        let (changes, new) = self.sort_out(Table::Claims, touched);
        // The clocks depend on the holidays: when those were changed, every row is made again from its document.
        let renew = state.base_holidays != self.view.office().holidays;
        let (mut claims, mut details) = (Vec::new(), Vec::new());
        for file in 0..self.base().parts(Table::Claims).len() {
            let month = self.base().parts(Table::Claims)[file].entry.month;
            let change = changes.get(&file);
            if change.is_none() && !renew {
                claims.push(self.base().parts(Table::Claims)[file].entry.clone());
                details.push(self.base().parts(Table::ClaimDetail)[file].entry.clone());
                continue;
            }
            let nothing = Change::default();
            let (narrow, detail) = self.changed_claims(file, change.unwrap_or(&nothing), renew)?;
            claims.push(self.put(month, &narrow)?);
            details.push(self.put(month, &detail)?);
        }
        for (month, ids) in new {
            for ids in ids.chunks(FILE_ROWS) {
                let (mut narrow, mut detail) =
                    (Columns::new(Table::Claims), Columns::new(Table::ClaimDetail));
                ids.iter().for_each(|id| self.push_claim(*id, &mut narrow, &mut detail));
                claims.push(self.put(month, &narrow)?);
                details.push(self.put(month, &detail)?);
            }
        }
        Ok((claims, details))
    }

    fn push_claim(&self, id: ClaimId, narrow: &mut Columns, detail: &mut Columns) {
        let touched = &self.view.state().claims[&id];
        self.push_as(&touched.claim, &touched.row, narrow, detail);
    }

    fn push_as(&self, claim: &Claim, row: &ClaimRow, narrow: &mut Columns, detail: &mut Columns) {
        claim_cells(row, &self.base().keyed, narrow);
        let doc = claim_to_json(claim);
        detail.push(&[Cell::U64(claim.id.get()), Cell::Text(&doc)]);
    }

    fn changed_claims(
        &self,
        file: usize,
        change: &Change<ClaimId>,
        renew: bool,
    ) -> Result<(Columns, Columns), StoreError> {
        let base = self.base();
        let (narrow_part, detail_part) =
            (&base.parts(Table::Claims)[file], &base.parts(Table::ClaimDetail)[file]);
        let old_narrow = base.whole(narrow_part)?;
        let old_detail = base.whole(detail_part)?;
        let office: &Office = self.view.office();
        let doc = Table::ClaimDetail.place("doc");
        let (mut narrow, mut detail) = (Columns::new(Table::Claims), Columns::new(Table::ClaimDetail));
        for row in 0..old_narrow.rows() {
            if let Some(id) = change.replaced.get(&row) {
                self.push_claim(*id, &mut narrow, &mut detail);
            } else if renew {
                let claim = claim_from_json(old_detail.texts(doc).get(row))
                    .map_err(|error| base.bad(detail_part, error))?;
                self.push_as(&claim, &ClaimRow::of(&claim, office, &base.keyed), &mut narrow, &mut detail);
            } else {
                narrow.push_row(&old_narrow, row);
                detail.push_row(&old_detail, row);
            }
        }
        change.added.iter().for_each(|id| self.push_claim(*id, &mut narrow, &mut detail));
        Ok((narrow, detail))
    }

    fn posted(&mut self) -> Result<Vec<FileEntry>, StoreError> {
        let mut by_month: BTreeMap<u32, Columns> = BTreeMap::new();
        for posting in &self.view.state().postings {
            let columns =
                by_month.entry(posting.month.number()).or_insert_with(|| Columns::new(Table::Posted));
            posting_cells(posting, columns);
        }
        let mut files: Vec<FileEntry> =
            self.base().parts(Table::Posted).iter().map(|part| part.entry.clone()).collect();
        for (month, more) in by_month {
            if let Some(file) = self.room(Table::Posted, month, more.rows()) {
                let mut columns = self.base().whole(&self.base().parts(Table::Posted)[file])?;
                (0..more.rows()).for_each(|row| columns.push_row(&more, row));
                files[file] = self.put(month, &columns)?;
                continue;
            }
            for start in (0..more.rows()).step_by(FILE_ROWS) {
                let mut columns = Columns::new(Table::Posted);
                (start..more.rows().min(start + FILE_ROWS)).for_each(|row| columns.push_row(&more, row));
                files.push(self.put(month, &columns)?);
            }
        }
        Ok(files)
    }

    fn vouchers(&mut self) -> Result<Vec<FileEntry>, StoreError> {
        let touched = self.view.state().vouchers.iter();
        let touched = touched.map(|(id, touched)| (*id, touched.base, touched.row.posted.number()));
        let (changes, new) = self.sort_out(Table::Vouchers, touched);
        let mut files = Vec::new();
        for file in 0..self.base().parts(Table::Vouchers).len() {
            let entry = self.base().parts(Table::Vouchers)[file].entry.clone();
            let Some(change) = changes.get(&file) else {
                files.push(entry);
                continue;
            };
            let old = self.base().whole(&self.base().parts(Table::Vouchers)[file])?;
            let mut columns = Columns::new(Table::Vouchers);
            for row in 0..old.rows() {
                match change.replaced.get(&row) {
                    Some(id) => self.push_voucher(*id, &mut columns),
                    None => columns.push_row(&old, row),
                }
            }
            change.added.iter().for_each(|id| self.push_voucher(*id, &mut columns));
            files.push(self.put(entry.month, &columns)?);
        }
        for (month, ids) in new {
            for ids in ids.chunks(FILE_ROWS) {
                let mut columns = Columns::new(Table::Vouchers);
                ids.iter().for_each(|id| self.push_voucher(*id, &mut columns));
                files.push(self.put(month, &columns)?);
            }
        }
        Ok(files)
    }

    fn push_voucher(&self, id: VoucherId, columns: &mut Columns) {
        voucher_cells(&self.view.state().vouchers[&id].voucher, &self.base().keyed, columns);
    }

    /// Small tables are written whole when something in them was touched.
    fn companies(&mut self) -> Result<Vec<FileEntry>, StoreError> {
        let table = Table::Companies;
        if self.view.state().companies.is_empty() {
            return Ok(self.base().parts(table).iter().map(|part| part.entry.clone()).collect());
        }
        let mut columns = Columns::new(table);
        for company in self.view.companies()? {
            let doc = company_to_json(&company);
            columns.push(&[Cell::Text(company.npp.as_str()), Cell::Text(&doc)]);
        }
        Ok(vec![self.put(0, &columns)?])
    }

    fn facilities(&mut self) -> Result<Vec<FileEntry>, StoreError> {
        let table = Table::Facilities;
        if self.view.state().facilities.is_empty() {
            return Ok(self.base().parts(table).iter().map(|part| part.entry.clone()).collect());
        }
        let mut columns = Columns::new(table);
        for facility in self.view.facilities()? {
            let doc = facility_to_json(&facility);
            let key = crate::domain::facility::Facility::key_of(&facility.name);
            columns.push(&[Cell::Text(&key), Cell::Text(&doc)]);
        }
        Ok(vec![self.put(0, &columns)?])
    }
}
