//! Which file an id lies in. Files of one month hold ids from all over, so that a look-up by id would ask every file; once
//! that has been paid for as often as it costs to read all ids, they are read, and two bytes an id are kept. Also reads many
//! documents at once, in the order in which they lie: folding a long tail would else read a row group for each record.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::base::ordered::in_order;
use crate::store::error::StoreError;
use crate::store::tables::{Table, row_group};

use super::Base;

/// Ids of a page: ids are given in long runs, so that most pages are full or not there.
const PAGE: usize = 4_096;
/// Documents that are read beforehand at a time.
pub(crate) const AHEAD: usize = 2_048;

/// The file of each id of a table.
#[derive(Debug, Default)]
pub(super) struct Locator {
    /// The number of the file and one; 0 where there is no such id.
    pages: BTreeMap<u64, Box<[u16; PAGE]>>,
}

/// Page of an id, and its place there.
fn page_of(id: u64) -> (u64, usize) {
    (id / PAGE as u64, usize::try_from(id % PAGE as u64).expect("a page is short"))
}

impl Locator {
    fn file(&self, id: u64) -> Option<usize> {
        let (page, place) = page_of(id);
        let file = self.pages.get(&page)?[place];
        usize::from(file).checked_sub(1)
    }

    fn set(&mut self, id: u64, file: u16) {
        let (page, place) = page_of(id);
        let files = self.pages.entry(page).or_insert_with(|| Box::new([0; PAGE]));
        // As with a look-up from file to file, the first one that has it counts.
        if files[place] == 0 {
            files[place] = file + 1;
        }
    }
}

/// Documents of the base that are wanted soon: of each id its row and what stands there.
#[derive(Debug)]
pub(super) struct Ahead<Value>(BTreeMap<u64, (u32, Arc<Value>)>);

impl<Value> Default for Ahead<Value> {
    fn default() -> Self {
        Ahead(BTreeMap::new())
    }
}

impl<Value> Ahead<Value> {
    pub(super) fn get(&self, id: u64) -> Option<(u32, Arc<Value>)> {
        self.0.get(&id).map(|(row, value)| (*row, Arc::clone(value)))
    }
}

impl Base {
    /// The files that may hold an id, in their order: all of them, or one, once it is known which.
    pub(super) fn candidates(&self, table: Table, id: u64) -> Result<std::ops::Range<usize>, StoreError> {
        let n_files = self.parts(table).len();
        let files = &self.files[&table];
        if files.locator.get().is_none()
            && files.n_asked.load(Ordering::Relaxed) > 2 * n_files
            && u16::try_from(n_files + 1).is_ok()
        {
            self.locate(table)?;
        }
        Ok(match files.locator.get().map(|locator| locator.file(id)) {
            None => 0..n_files,
            Some(None) => 0..0,
            Some(Some(file)) => file..file + 1,
        })
    }

    /// Counts a file that was asked for an id.
    pub(super) fn asked(&self, table: Table) {
        self.files[&table].n_asked.fetch_add(1, Ordering::Relaxed);
    }

    /// Reads which file each id lies in.
    fn locate(&self, table: Table) -> Result<(), StoreError> {
        let mut locator = Locator::default();
        let mut file = 0;
        let read = |_: &mut (), file: usize| self.all_ids(table, file);
        in_order(
            self.parts(table).len(),
            || (),
            read,
            |ids| {
                ids.into_iter().for_each(|id| locator.set(id, file));
                file += 1;
                Ok(())
            },
        )?;
        // Another thread may have been faster; either says the same.
        let _ = self.files[&table].locator.set(locator);
        Ok(())
    }

    /// Where these ids lie that are there.
    fn rows_of(&self, table: Table, ids: &[u64]) -> Result<Vec<(u32, u64)>, StoreError> {
        let n_files = self.parts(table).len();
        if ids.len() > AHEAD / 16 {
            // So many questions are worth it at once.
            self.files[&table].n_asked.fetch_add(2 * n_files + 1, Ordering::Relaxed);
        }
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.row_of(table, *id)?.map(|row| (row, *id)));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Reads these documents, row group by row group on all cores; `table` has the ids, `documents` the documents in the
    /// same order.
    fn read_ahead<Value: Send + Sync>(
        &self,
        table: Table,
        documents: Table,
        ids: &[u64],
        read: impl Fn(&Base, u32) -> Result<Value, StoreError> + Sync,
    ) -> Result<Ahead<Value>, StoreError> {
        let rows = self.rows_of(table, ids)?;
        let group_of = |row: u32| {
            let file = self.file_of(table, row);
            let place = usize::try_from(row - self.start(table, file)).expect("rows fit");
            (file, place / row_group(documents))
        };
        let groups: Vec<&[(u32, u64)]> = rows.chunk_by(|a, b| group_of(a.0) == group_of(b.0)).collect();
        let mut ahead = BTreeMap::new();
        in_order(
            groups.len(),
            || (),
            |_: &mut (), group: usize| {
                let values =
                    groups[group].iter().map(|(row, id)| Ok((*id, (*row, Arc::new(read(self, *row)?)))));
                values.collect::<Result<Vec<_>, StoreError>>()
            },
            |values| {
                ahead.extend(values);
                Ok(())
            },
        )?;
        Ok(Ahead(ahead))
    }

    /// Reads claims that are wanted soon; those of the last time are let go.
    pub(crate) fn claims_ahead(&self, ids: &[u64]) -> Result<(), StoreError> {
        let read = if ids.is_empty() {
            Ahead::default()
        } else {
            self.read_ahead(Table::Claims, Table::ClaimDetail, ids, Base::claim)?
        };
        *self.claims_ahead.lock().expect("no reader panics") = read;
        Ok(())
    }

    /// Reads vouchers that are wanted soon; those of the last time are let go. Gives the claims on them.
    pub(crate) fn vouchers_ahead(&self, ids: &[u64]) -> Result<Vec<u64>, StoreError> {
        let read = if ids.is_empty() {
            Ahead::default()
        } else {
            self.read_ahead(Table::Vouchers, Table::Vouchers, ids, Base::voucher)?
        };
        let claims = read.0.values().flat_map(|(_, voucher)| voucher.claims()).map(|id| id.get()).collect();
        *self.vouchers_ahead.lock().expect("no reader panics") = read;
        Ok(claims)
    }
}
