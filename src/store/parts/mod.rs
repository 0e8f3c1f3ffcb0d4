//! The base: Parquet files in manifest order, read row group by row group, checked before polars sees their bytes.
//! Immutable. Ids and keys are looked up in sidecars, so that memory does not grow with the number of rows.

mod about;
mod beside;
mod cache;
mod files;
mod keys;
mod locate;
mod scan;
mod sparse;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use crate::domain::claim::Claim;
use crate::domain::company::Company;
use crate::domain::facility::Facility;
use crate::domain::voucher::Voucher;

use super::codec::{CodecError, claim_from_json, company_from_json, facility_from_json, voucher_from_json};
use super::disk::{Disk, read_whole};
use super::error::StoreError;
use super::format::Layout;
use super::lock::put_poison;
use super::manifest::{FileEntry, Manifest, Source};
use super::tables::{Columns, Keyed, Table, decode, narrow, row_group};

pub(crate) use beside::Kind as SidecarKind;
pub(crate) use files::put_file;
pub(crate) use locate::AHEAD;
pub(crate) use scan::Scan;

use cache::Cache;

/// One file of the base.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) entry: FileEntry,
    pub(crate) path: PathBuf,
    /// Whether its checksum was found right by this process.
    checked: AtomicBool,
    /// What its sidecar of keys says of itself, once it was read.
    keys: OnceLock<keys::Directory>,
    /// Where its groups of rows lie, once some of them were asked for.
    groups: OnceLock<sparse::Groups>,
}

/// The files of one table, and the row at which each begins.
#[derive(Debug, Default)]
struct Files {
    parts: Vec<Arc<Part>>,
    starts: Vec<u32>,
    rows: u32,
    /// How often a file was asked for an id.
    n_asked: AtomicUsize,
    /// Which file each id lies in, once that is worth it.
    locator: OnceLock<locate::Locator>,
}

/// The files that make the base of a view.
#[derive(Debug)]
pub(crate) struct Base {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) layout: Layout,
    pub(crate) keyed: Keyed,
    files: BTreeMap<Table, Files>,
    cache: Mutex<Cache>,
    /// Sidecars that could not be written down.
    made: Mutex<beside::Made>,
    /// Whether what look-ups need of every file is read.
    warm: AtomicBool,
    companies: OnceLock<BTreeMap<String, Arc<Company>>>,
    facilities: OnceLock<BTreeMap<String, Arc<Facility>>>,
    /// What a long tail is about to be folded into.
    claims_ahead: Mutex<locate::Ahead<Claim>>,
    vouchers_ahead: Mutex<locate::Ahead<Voucher>>,
    /// What is done when a batch is found damaged.
    alarm: Alarm,
    /// What was found wrong first: the next refresh makes the view anew.
    broken: OnceLock<Broken>,
}

/// What is done when a batch, which is truth, is found missing or damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alarm {
    /// POISON is put in place, as for the journal.
    Poison,
    /// It is only told: to whoever may change nothing on the disk.
    Told,
}

/// Why a view cannot stay as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Broken {
    /// What came after it could not be folded.
    Fold,
    /// A part, by its name from the store's folder on: it is gone, or not what was written.
    Part(String),
    /// A batch, and what is wrong with it. Nothing can be made anew from it.
    Batch(String),
}

/// Which look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum KeyKind {
    ClaimNo,
    Identity,
    Kpj,
    Account,
    Code,
}

/// Fills a cell once; a failure is not kept.
fn once<Value>(
    cell: &OnceLock<Value>,
    make: impl FnOnce() -> Result<Value, StoreError>,
) -> Result<&Value, StoreError> {
    if cell.get().is_none() {
        let made = make()?;
        // Another thread may have been faster; either value says the same.
        let _ = cell.set(made);
    }
    Ok(cell.get().expect("it was just filled"))
}

impl Base {
    /// A base of these files, in their order.
    pub(crate) fn new(
        disk: Arc<dyn Disk>,
        layout: Layout,
        keyed: Keyed,
        entries: &[FileEntry],
        alarm: Alarm,
    ) -> Base {
        let mut base = Base {
            disk,
            layout,
            keyed,
            files: Table::ALL.iter().map(|table| (*table, Files::default())).collect(),
            cache: Mutex::new(Cache::default()),
            made: Mutex::new(beside::Made::default()),
            warm: AtomicBool::new(false),
            companies: OnceLock::new(),
            facilities: OnceLock::new(),
            claims_ahead: Mutex::default(),
            vouchers_ahead: Mutex::default(),
            alarm,
            broken: OnceLock::new(),
        };
        entries.iter().for_each(|entry| base.add(entry));
        base
    }

    fn add(&mut self, entry: &FileEntry) {
        let path = self.layout.root().join(&entry.path);
        let part = Part {
            entry: entry.clone(),
            path,
            checked: AtomicBool::new(false),
            keys: OnceLock::new(),
            groups: OnceLock::new(),
        };
        self.add_part(entry.table, Arc::new(part));
    }

    fn add_part(&mut self, table: Table, part: Arc<Part>) {
        let files = self.files.get_mut(&table).expect("every table has its list");
        files.starts.push(files.rows);
        files.rows += part.entry.rows;
        files.parts.push(part);
    }

    /// The same base with more files behind: rows keep their places.
    pub(crate) fn with(&self, entries: &[FileEntry]) -> Base {
        let (disk, layout, keyed) = (Arc::clone(&self.disk), self.layout.clone(), self.keyed.clone());
        let mut more = Base::new(disk, layout, keyed, &[], self.alarm);
        for (table, files) in &self.files {
            files.parts.iter().for_each(|part| more.add_part(*table, Arc::clone(part)));
        }
        entries.iter().for_each(|entry| more.add(entry));
        more
    }

    /// The same base with other files in the place of some: rows keep their places.
    pub(crate) fn mapped(&self, of: &dyn Fn(&FileEntry) -> FileEntry) -> Base {
        let (disk, layout, keyed) = (Arc::clone(&self.disk), self.layout.clone(), self.keyed.clone());
        let mut base = Base::new(disk, layout, keyed, &[], self.alarm);
        for (table, files) in &self.files {
            for part in &files.parts {
                match of(&part.entry) {
                    entry if entry == part.entry => base.add_part(*table, Arc::clone(part)),
                    entry => base.add(&entry),
                }
            }
        }
        base
    }

    /// Rows of a table.
    pub(crate) fn rows(&self, table: Table) -> u32 {
        self.files[&table].rows
    }

    /// The files of a table.
    pub(crate) fn parts(&self, table: Table) -> &[Arc<Part>] {
        &self.files[&table].parts
    }

    /// The row at which a file begins.
    pub(crate) fn start(&self, table: Table, file: usize) -> u32 {
        self.files[&table].starts[file]
    }

    /// The file a row lies in.
    pub(crate) fn file_of(&self, table: Table, row: u32) -> usize {
        // The last file that begins at or before the row; empty files begin where the next one does.
        self.files[&table].starts.partition_point(|start| *start <= row) - 1
    }

    /// What was found wrong, if anything was.
    pub(crate) fn broken(&self) -> Option<&Broken> {
        self.broken.get()
    }

    /// Who is told of a damaged batch.
    pub(crate) fn alarm(&self) -> Alarm {
        self.alarm
    }

    /// Whether look-ups have been read.
    pub(crate) fn is_warm(&self) -> bool {
        self.warm.load(Ordering::Relaxed)
    }

    fn set_warm(&self) {
        self.warm.store(true, Ordering::Relaxed);
    }

    /// What stands on this base could not be read on: the next refresh reads everything again.
    pub(crate) fn give_up(&self) {
        let _ = self.broken.set(Broken::Fold);
    }

    /// A file is wrong, for a reason that the words have under `value-damage-…` where it is one of the usual ones:
    /// remembers it, raises the alarm if it is truth, and makes the error.
    pub(crate) fn bad(&self, part: &Part, why: impl std::fmt::Display) -> StoreError {
        let why = why.to_string();
        let broken = match part.entry.source() {
            Source::Part => Broken::Part(part.entry.path.clone()),
            Source::Batch => Broken::Batch(format!("{}: {why}", part.entry.path)),
        };
        if let (Broken::Batch(reason), Alarm::Poison) = (&broken, self.alarm) {
            // If even that fails, the error is still told, and whoever reads the batch next meets the same.
            let _ = put_poison(&*self.disk, &self.layout, reason);
        }
        let _ = self.broken.set(broken);
        StoreError::Part { path: part.path.clone(), why }
    }

    /// A file could not be read. That a batch is not there is damage; that the disk could not give it now is not, yet.
    fn unread(&self, part: &Part, error: std::io::Error) -> StoreError {
        match part.entry.source() {
            // Replaced by one without personal data: the next refresh finds that.
            Source::Batch if self.is_replaced(part, &error) => {
                let _ = self.broken.set(Broken::Part(part.entry.path.clone()));
                StoreError::Part { path: part.path.clone(), why: "missing".to_owned() }
            }
            Source::Batch if error.kind() != std::io::ErrorKind::NotFound => {
                StoreError::Io { doing: "read", path: part.path.clone(), source: error }
            }
            _ if error.kind() == std::io::ErrorKind::NotFound => self.bad(part, "missing"),
            _ => self.bad(part, error),
        }
    }

    fn is_replaced(&self, part: &Part, error: &std::io::Error) -> bool {
        error.kind() == std::io::ErrorKind::NotFound
            && Manifest::read(&*self.disk, &self.layout)
                .is_some_and(|manifest| manifest.replaced.contains_key(&part.entry.path))
    }

    /// The bytes of a file, its checksum found right; those of a small one are kept for the next call.
    pub(crate) fn read(&self, part: &Part) -> Result<Arc<Vec<u8>>, StoreError> {
        if let Some(bytes) = self.cache.lock().expect("no reader panics").bytes(&part.path) {
            return Ok(bytes);
        }
        let bytes = read_whole(&*self.disk, &part.path).map_err(|error| self.unread(part, error))?;
        if !part.checked.load(Ordering::Relaxed) {
            let found = crc32c::crc32c(&bytes);
            if bytes.len() as u64 != part.entry.bytes || found != part.entry.crc32c {
                return Err(self.bad(part, "digest"));
            }
            part.checked.store(true, Ordering::Relaxed);
        }
        let bytes = Arc::new(bytes);
        if part.entry.bytes <= sparse::SMALL {
            self.cache.lock().expect("no reader panics").keep_bytes(&part.path, &bytes);
        }
        Ok(bytes)
    }

    /// Every column and row of a file.
    pub(crate) fn whole(&self, part: &Part) -> Result<Columns, StoreError> {
        let all: Vec<usize> = (0..part.entry.table.columns().len()).collect();
        self.columns(part, &all, 0, usize::MAX / 2)
    }

    /// Some columns of a file, some rows.
    pub(crate) fn columns(
        &self,
        part: &Part,
        wanted: &[usize],
        start: usize,
        len: usize,
    ) -> Result<Columns, StoreError> {
        let bytes = self.bytes_of_rows(part, start, len)?;
        let columns = decode(&bytes, &self.keyed, part.entry.table, wanted, start, len)
            .map_err(|error| self.bad(part, error))?;
        let there = usize::try_from(part.entry.rows).expect("rows fit").saturating_sub(start).min(len);
        if columns.rows() != there {
            return Err(self.bad(part, "rows"));
        }
        Ok(columns)
    }

    /// The row group that holds a row: its columns but documents and what is reckoned, and the row's place in it. Kept for
    /// the next call.
    pub(crate) fn group(&self, table: Table, row: u32) -> Result<(Arc<Columns>, usize), StoreError> {
        let wanted = match table {
            Table::Claims | Table::Vouchers => narrow(table),
            _ => (0..table.columns().len()).collect(),
        };
        self.group_of(table, &wanted, row)
    }

    /// The row group that holds a row, some columns of it.
    pub(crate) fn group_of(
        &self,
        table: Table,
        wanted: &[usize],
        row: u32,
    ) -> Result<(Arc<Columns>, usize), StoreError> {
        let file = self.file_of(table, row);
        let part = &self.files[&table].parts[file];
        let place = usize::try_from(row - self.start(table, file)).expect("rows fit");
        let size = row_group(table);
        let group = place / size;
        let key = (part.path.clone(), group, wanted.to_vec());
        if let Some(columns) = self.cache.lock().expect("no reader panics").group(&key) {
            return Ok((columns, place % size));
        }
        let columns = Arc::new(self.columns(part, wanted, group * size, size)?);
        self.cache.lock().expect("no reader panics").keep_group(key, &columns);
        Ok((columns, place % size))
    }

    /// A document and its text column's place.
    fn document<Value>(
        &self,
        table: Table,
        row: u32,
        read: impl FnOnce(&str) -> Result<Value, CodecError>,
    ) -> Result<Value, StoreError> {
        let doc = table.place("doc");
        let (columns, place) = self.group_of(table, &[doc], row)?;
        read(columns.texts(doc).get(place)).map_err(|error| {
            let part = &self.files[&table].parts[self.file_of(table, row)];
            self.bad(part, error)
        })
    }

    /// The claim in a row of `claims`.
    pub(crate) fn claim(&self, row: u32) -> Result<Claim, StoreError> {
        self.document(Table::ClaimDetail, row, claim_from_json)
    }

    /// The voucher in a row of `vouchers`.
    pub(crate) fn voucher(&self, row: u32) -> Result<Voucher, StoreError> {
        self.document(Table::Vouchers, row, voucher_from_json)
    }

    /// A claim that was read ahead, and its row.
    pub(crate) fn claim_ahead(&self, id: u64) -> Option<(u32, Arc<Claim>)> {
        self.claims_ahead.lock().expect("no reader panics").get(id)
    }

    /// A voucher that was read ahead, and its row.
    pub(crate) fn voucher_ahead(&self, id: u64) -> Option<(u32, Arc<Voucher>)> {
        self.vouchers_ahead.lock().expect("no reader panics").get(id)
    }

    /// Every company of the base by its registration number.
    pub(crate) fn companies(&self) -> Result<&BTreeMap<String, Arc<Company>>, StoreError> {
        once(&self.companies, || self.documents(Table::Companies, company_from_json))
    }

    /// Every facility of the base by its key.
    pub(crate) fn facilities(&self) -> Result<&BTreeMap<String, Arc<Facility>>, StoreError> {
        once(&self.facilities, || self.documents(Table::Facilities, facility_from_json))
    }

    /// All documents of a small table; of one key in several files the last one counts.
    fn documents<Value>(
        &self,
        table: Table,
        read: impl Fn(&str) -> Result<Value, CodecError>,
    ) -> Result<BTreeMap<String, Arc<Value>>, StoreError> {
        let mut all = BTreeMap::new();
        for part in self.parts(table) {
            let columns = self.columns(part, &[0, 1], 0, usize::MAX / 2)?;
            for (key, doc) in columns.texts(0).iter().zip(columns.texts(1).iter()) {
                let value = read(doc).map_err(|error| self.bad(part, error))?;
                all.insert(key.to_owned(), Arc::new(value));
            }
        }
        Ok(all)
    }
}
