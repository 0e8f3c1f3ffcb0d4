//! A bulk import: new claims, vouchers, postings, companies and facilities go straight into Parquet files, bucketed by
//! home month, and one line of the journal names them all. A batch holds only new keys; what is changed is an event.
//!
//! Memory stays bounded: whoever fills it month by month says which are whole, and their files are written; when the buckets
//! together grow too large all the same, the largest one is. Files that no line names (the import was interrupted) are swept
//! after a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::claim::Claim;
use crate::domain::company::Company;
use crate::domain::facility::Facility;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::identity::normalise_number;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::posting::Posting;
use crate::domain::voucher::Voucher;

use super::codec::{claim_to_json, company_to_json, facility_to_json};
use super::disk::Disk;
use super::error::StoreError;
use super::format::Layout;
use super::manifest::{FileEntry, Source};
use super::parts::put_file;
use super::tables::{
    Cell, ClaimRow, Columns, FILE_ROWS, Keyed, Table, claim_cells, posting_cells, voucher_cells,
};
use super::totals::Tally;

/// About how many bytes of rows wait in memory before the largest bucket is written.
const WAITING_MAX: usize = 40 << 20;

/// Ids set aside for one batch: more than any branch has records.
pub(crate) const IDS_RESERVED: u64 = 1 << 24;

/// A bulk import under way.
#[derive(Debug)]
pub struct Batch {
    disk: Arc<dyn Disk>,
    layout: Layout,
    keyed: Keyed,
    office: Office,
    buckets: BTreeMap<(Table, u32), Columns>,
    waiting: usize,
    /// Files written for a table and month.
    counts: BTreeMap<(Table, u32), u32>,
    files: Vec<FileEntry>,
    tally: Tally,
    first: (u64, u64),
    next: (u64, u64),
    claim_keys: Vec<i64>,
    code_keys: Vec<u64>,
}

/// How much a batch holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BatchCounts {
    /// Claims.
    pub claims: u64,
    /// Vouchers.
    pub vouchers: u64,
    /// Postings.
    pub postings: u64,
    /// Companies and facilities.
    pub registers: u64,
}

impl Batch {
    pub(crate) fn new(
        disk: Arc<dyn Disk>,
        layout: Layout,
        keyed: Keyed,
        office: Office,
        first: (u64, u64),
    ) -> Batch {
        Batch {
            disk,
            layout,
            keyed,
            office,
            buckets: BTreeMap::new(),
            waiting: 0,
            counts: BTreeMap::new(),
            files: Vec::new(),
            tally: Tally::default(),
            first,
            next: first,
            claim_keys: Vec::new(),
            code_keys: Vec::new(),
        }
    }

    /// The id for the next claim; each call gives another.
    ///
    /// # Panics
    /// If one batch has more claims than were set aside for it.
    pub fn next_claim_id(&mut self) -> ClaimId {
        assert!(self.next.0 < self.first.0 + IDS_RESERVED, "one batch has fewer claims");
        self.next.0 += 1;
        ClaimId::new(self.next.0 - 1)
    }

    /// The id for the next voucher; each call gives another.
    ///
    /// # Panics
    /// If one batch has more vouchers than were set aside for it.
    pub fn next_voucher_id(&mut self) -> VoucherId {
        assert!(self.next.1 < self.first.1 + IDS_RESERVED, "one batch has fewer vouchers");
        self.next.1 += 1;
        VoucherId::new(self.next.1 - 1)
    }

    /// Adds a claim, whole, as it stands after its history; its postings are added by themselves.
    pub fn claim(&mut self, claim: &Claim) -> Result<(), StoreError> {
        assert!((self.first.0..self.next.0).contains(&claim.id.get()), "ids come from the batch");
        let month = claim.registered.number();
        let row = ClaimRow::of(claim, &self.office, &self.keyed);
        self.tally.claim(claim);
        self.claim_keys.push(self.keyed.hash(&normalise_number(&row.claim_no)));
        let keyed = self.keyed.clone();
        self.fill(Table::Claims, month, |columns| claim_cells(&row, &keyed, columns));
        let doc = claim_to_json(claim);
        let cells = [Cell::U64(claim.id.get()), Cell::Text(&doc)];
        self.fill(Table::ClaimDetail, month, |columns| columns.push(&cells));
        self.relieve(Table::ClaimDetail, month)
    }

    /// Adds a voucher as it stands after its history.
    pub fn voucher(&mut self, voucher: &Voucher) -> Result<(), StoreError> {
        assert!((self.first.1..self.next.1).contains(&voucher.id.get()), "ids come from the batch");
        let month = voucher.posted.number();
        self.tally.voucher(voucher);
        self.code_keys.push(code_of_year(self.keyed.hash(&voucher.code.normalised()), month));
        let keyed = self.keyed.clone();
        self.fill(Table::Vouchers, month, |columns| voucher_cells(voucher, &keyed, columns));
        self.relieve(Table::Vouchers, month)
    }

    /// Adds a posting.
    pub fn posting(&mut self, posting: &Posting) -> Result<(), StoreError> {
        let month = posting.month.number();
        self.tally.posting(posting);
        self.fill(Table::Posted, month, |columns| posting_cells(posting, columns));
        self.relieve(Table::Posted, month)
    }

    /// Adds a company.
    pub fn company(&mut self, company: &Company) -> Result<(), StoreError> {
        let doc = company_to_json(company);
        let cells = [Cell::Text(company.npp.as_str()), Cell::Text(&doc)];
        self.fill(Table::Companies, 0, |columns| columns.push(&cells));
        self.relieve(Table::Companies, 0)
    }

    /// Adds a facility.
    pub fn facility(&mut self, facility: &Facility) -> Result<(), StoreError> {
        let (key, doc) = (Facility::key_of(&facility.name), facility_to_json(facility));
        let cells = [Cell::Text(&key), Cell::Text(&doc)];
        self.fill(Table::Facilities, 0, |columns| columns.push(&cells));
        self.relieve(Table::Facilities, 0)
    }

    /// What it holds so far.
    pub fn counts(&self) -> BatchCounts {
        let waiting = self.buckets.iter().map(|((table, _), columns)| (*table, columns.rows() as u64));
        let written = self.files.iter().map(|entry| (entry.table, u64::from(entry.rows)));
        let mut counts = BatchCounts::default();
        for (table, rows) in waiting.chain(written) {
            match table {
                Table::Claims => counts.claims += rows,
                Table::Vouchers => counts.vouchers += rows,
                Table::Posted => counts.postings += rows,
                Table::Companies | Table::Facilities => counts.registers += rows,
                Table::ClaimDetail => {}
            }
        }
        counts
    }

    /// No more claims of the months up to this one will come, or hardly any: their files are written.
    pub fn claims_are_whole(&mut self, month: Period) -> Result<(), StoreError> {
        self.flush_until(&[Table::Claims, Table::ClaimDetail], month)
    }

    /// The same of vouchers and postings.
    pub fn books_are_whole(&mut self, month: Period) -> Result<(), StoreError> {
        self.flush_until(&[Table::Posted, Table::Vouchers], month)
    }

    fn flush_until(&mut self, tables: &[Table], month: Period) -> Result<(), StoreError> {
        let whole = self.buckets.keys().filter(|(table, of)| tables.contains(table) && *of <= month.number());
        for (table, of) in whole.copied().collect::<Vec<_>>() {
            self.flush(table, of)?;
        }
        Ok(())
    }

    fn fill(&mut self, table: Table, month: u32, push: impl FnOnce(&mut Columns)) {
        let columns = self.buckets.entry((table, month)).or_insert_with(|| Columns::new(table));
        let before = columns.bytes();
        push(columns);
        self.waiting += columns.bytes() - before;
    }

    /// Writes the bucket that is full, and the largest one while there is too much.
    fn relieve(&mut self, table: Table, month: u32) -> Result<(), StoreError> {
        if self.buckets.get(&(table, month)).is_some_and(|columns| columns.rows() >= FILE_ROWS) {
            self.flush(table, month)?;
        }
        while self.waiting > WAITING_MAX {
            let largest = self.buckets.iter().max_by_key(|(_, columns)| columns.bytes());
            let (table, month) = *largest.expect("what waits lies in a bucket").0;
            self.flush(table, month)?;
        }
        Ok(())
    }

    /// Writes a bucket; of claims both tables, so that their rows stay in one order.
    fn flush(&mut self, table: Table, month: u32) -> Result<(), StoreError> {
        let together: &[Table] = match table {
            Table::Claims | Table::ClaimDetail => &[Table::Claims, Table::ClaimDetail],
            _ => &[table],
        };
        for table in together.iter().copied() {
            let Some(columns) = self.buckets.remove(&(table, month)) else { continue };
            self.waiting -= columns.bytes();
            let count = self.counts.entry((table, month)).or_default();
            *count += 1;
            let entry = put_file(&*self.disk, &self.layout, Source::Batch, month, *count, &columns)?;
            self.files.push(entry);
        }
        Ok(())
    }

    /// Writes what still waits.
    pub(crate) fn finish(mut self) -> Result<Finished, StoreError> {
        let counts = self.counts();
        while let Some((table, month)) = self.buckets.keys().next().copied() {
            self.flush(table, month)?;
        }
        // The two tables of claims lie in the same order; files come in the order of their names.
        self.files.sort_by_key(|entry| (entry.table, entry.month, number_of(&entry.path)));
        self.claim_keys.sort_unstable();
        self.code_keys.sort_unstable();
        Ok(Finished {
            files: self.files,
            tally: self.tally,
            counts,
            claim_keys: self.claim_keys,
            code_keys: self.code_keys,
        })
    }
}

/// The number in a file's name, so that the tenth comes behind the ninth.
fn number_of(path: &str) -> u32 {
    path.rsplit('/').next().and_then(|name| name.split('.').nth(1)).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// A batch whose files are all on the disk.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) files: Vec<FileEntry>,
    pub(crate) tally: Tally,
    pub(crate) counts: BatchCounts,
    claim_keys: Vec<i64>,
    code_keys: Vec<u64>,
}

impl Finished {
    /// Whether it brings a claim number.
    pub(crate) fn has_claim(&self, key: i64) -> bool {
        self.claim_keys.binary_search(&key).is_ok()
    }

    /// Whether it brings a voucher code in the year of a posting month, as `YYYYMM`: another year may have the same code.
    pub(crate) fn has_code(&self, key: i64, month: u32) -> bool {
        self.code_keys.binary_search(&code_of_year(key, month)).is_ok()
    }
}

/// The key of a code and the year of a month in one number: a batch holds a million of them. That two differ and are one number
/// is as unlikely as that two codes have one key.
fn code_of_year(key: i64, month: u32) -> u64 {
    key.cast_unsigned() ^ u64::from(month / 100).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
