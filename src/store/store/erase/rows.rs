//! Rows without the personal data of what is erased: files of batches and parts made anew, their facts proven to be the
//! same before anything names the new file.

use crate::domain::erasure::Ids;
use crate::domain::office::Office;
use crate::store::codec::{CodecError, claim_from_json, claim_to_json, voucher_from_json};
use crate::store::error::StoreError;
use crate::store::manifest::{FileEntry, Source};
use crate::store::parts::{Alarm, Base, Part, put_file};
use crate::store::tables::{
    Cell, ClaimRow, Columns, Names, Table, claim_cells, posting_cells, postings_from, voucher_cells,
};
use crate::store::view::without_person;

use super::super::Store;

/// Columns of `claims` that belong to a person.
const OF_PERSON: [&str; 8] =
    ["worker", "identity", "identity_key", "kpj", "kpj_key", "birth_date", "icd10", "accounts"];
/// Columns of `vouchers` that belong to a payee.
const OF_PAYEE: [&str; 5] = ["payee", "bank", "account_tail", "account_key", "doc"];

/// What is erased, and where.
pub(in crate::store::store) struct Without<'a> {
    pub(in crate::store::store) store: &'a Store,
    pub(in crate::store::store) claims: &'a Ids,
    pub(in crate::store::store) vouchers: &'a Ids,
    /// The office: rows of claims are made by its clocks.
    pub(in crate::store::store) office: &'a Office,
}

impl Without<'_> {
    /// Makes anew those of some files that hold what is erased, and puts the new ones in their place in the list; answers
    /// the old ones with the new.
    pub(in crate::store::store) fn in_files(
        &self,
        files: &mut [FileEntry],
        source: Source,
    ) -> Result<Vec<(FileEntry, FileEntry)>, StoreError> {
        let state = self.store.view();
        let (disk, layout) = (state.state().base.disk.clone(), state.state().base.layout.clone());
        let keyed = state.state().base.keyed.clone();
        let base = Base::new(disk, layout, keyed, files, Alarm::Told);
        let mut made: Vec<(FileEntry, FileEntry)> = Vec::new();
        for (narrow, detail) in base.parts(Table::Claims).iter().zip(base.parts(Table::ClaimDetail)) {
            if let Some((rows, docs)) = self.claims(&base, narrow, detail)? {
                made.push((narrow.entry.clone(), self.put(&base, narrow, &rows, source)?));
                made.push((detail.entry.clone(), self.put(&base, detail, &docs, source)?));
            }
        }
        for part in base.parts(Table::Vouchers) {
            if let Some(rows) = self.vouchers(&base, part)? {
                made.push((part.entry.clone(), self.put(&base, part, &rows, source)?));
            }
        }
        for part in base.parts(Table::Posted) {
            if let Some(rows) = self.posted(&base, part)? {
                made.push((part.entry.clone(), self.put(&base, part, &rows, source)?));
            }
        }
        for file in files.iter_mut() {
            if let Some((_, new)) = made.iter().find(|(old, _)| old.path == file.path) {
                *file = new.clone();
            }
        }
        Ok(made)
    }

    /// Both files of some claims; none when nothing in them is erased, or was before.
    fn claims(
        &self,
        base: &Base,
        narrow: &Part,
        detail: &Part,
    ) -> Result<Option<(Columns, Columns)>, StoreError> {
        let ids = base.columns(detail, &[Table::ClaimDetail.place("id")], 0, usize::MAX / 2)?;
        if !ids.ids(0).iter().any(|id| self.claims.has(*id)) {
            return Ok(None);
        }
        let (old_rows, old_docs) = (base.whole(narrow)?, base.whole(detail)?);
        let due = Table::Claims.place("due");
        let docs = old_docs.texts(Table::ClaimDetail.place("doc"));
        let (mut rows, mut details) = (Columns::new(Table::Claims), Columns::new(Table::ClaimDetail));
        let mut is_changed = false;
        for row in 0..old_rows.rows() {
            let claim = claim_from_json(docs.get(row)).map_err(|error| base.bad(detail, error))?;
            if !self.claims.has(claim.id.get()) || claim.is_erased() {
                rows.push_row(&old_rows, row);
                details.push_row(&old_docs, row);
                continue;
            }
            is_changed = true;
            let bare = claim.without_person();
            let mut fresh = ClaimRow::of(&bare, self.office, &base.keyed);
            // Its clock runs by the holidays of the day on which the row was made.
            fresh.due = old_rows.date(due, row);
            claim_cells(&fresh, &base.keyed, &mut rows);
            let doc = claim_to_json(&bare);
            details.push(&[Cell::U64(bare.id.get()), Cell::Text(&doc)]);
        }
        if !is_changed {
            return Ok(None);
        }
        prove(base, narrow, (&old_rows, &rows), &OF_PERSON)?;
        prove(base, detail, (&old_docs, &details), &["doc"])?;
        Ok(Some((rows, details)))
    }

    fn vouchers(&self, base: &Base, part: &Part) -> Result<Option<Columns>, StoreError> {
        let old = base.whole(part)?;
        let docs = old.texts(Table::Vouchers.place("doc"));
        let mut rows = Columns::new(Table::Vouchers);
        let mut is_changed = false;
        for row in 0..old.rows() {
            let bare = bare_voucher(docs.get(row), self.vouchers).map_err(|error| base.bad(part, error))?;
            match bare {
                Some(voucher) => {
                    is_changed = true;
                    voucher_cells(&voucher, &base.keyed, &mut rows);
                }
                None => rows.push_row(&old, row),
            }
        }
        if !is_changed {
            return Ok(None);
        }
        prove(base, part, (&old, &rows), &OF_PAYEE)?;
        Ok(Some(rows))
    }

    fn posted(&self, base: &Base, part: &Part) -> Result<Option<Columns>, StoreError> {
        let old = base.whole(part)?;
        let postings =
            postings_from(&old, Names::Read).ok_or_else(|| base.bad(part, "a row is no posting"))?;
        let mut rows = Columns::new(Table::Posted);
        let mut is_changed = false;
        for (row, posting) in postings.iter().enumerate() {
            match without_person(posting, self.claims, self.vouchers) {
                Some(bare) => {
                    is_changed = true;
                    posting_cells(&bare, &mut rows);
                }
                None => rows.push_row(&old, row),
            }
        }
        if !is_changed {
            return Ok(None);
        }
        prove(base, part, (&old, &rows), &["payee"])?;
        Ok(Some(rows))
    }

    /// Writes a file, reads it back, and proves that it says what it should.
    fn put(&self, base: &Base, old: &Part, rows: &Columns, source: Source) -> Result<FileEntry, StoreError> {
        let number = number_of(&old.entry.path);
        let entry = put_file(&*base.disk, &base.layout, source, old.entry.month, number, rows)?;
        let (disk, layout, keyed) = (base.disk.clone(), base.layout.clone(), base.keyed.clone());
        let written = Base::new(disk, layout, keyed, std::slice::from_ref(&entry), Alarm::Told);
        let part = &written.parts(entry.table)[0];
        if written.whole(part)?.sum() != rows.sum() {
            return Err(StoreError::Part { path: part.path.clone(), why: "rows".to_owned() });
        }
        Ok(entry)
    }
}

/// The voucher without its payee, when it is meant and still has one who is a person.
fn bare_voucher(doc: &str, meant: &Ids) -> Result<Option<crate::domain::voucher::Voucher>, CodecError> {
    let voucher = voucher_from_json(doc)?;
    let bare = voucher.without_person();
    Ok(Some(bare).filter(|bare| meant.has(bare.id.get()) && *bare != voucher))
}

/// Whether all columns but those of a person are what they were.
fn prove(base: &Base, part: &Part, of: (&Columns, &Columns), personal: &[&str]) -> Result<(), StoreError> {
    let (old, new) = of;
    let facts =
        old.table().columns().iter().enumerate().filter(|(_, column)| !personal.contains(&column.name));
    for (place, column) in facts {
        if old.data(place) != new.data(place) {
            let why = format!("{} would change", column.name);
            return Err(StoreError::Part { path: base.layout.root().join(&part.entry.path), why });
        }
    }
    Ok(())
}

/// The number in a file's name.
fn number_of(path: &str) -> u32 {
    path.rsplit('/').next().and_then(|name| name.split('.').nth(1)).and_then(|n| n.parse().ok()).unwrap_or(0)
}
