//! The overlay as a file: what has gathered since the base, folded, so that a handle that opens need not fold it again. Folding
//! one event reads the documents it touches, each out of another place of the base; reading all of them back from one file
//! takes a fraction of a second. A cache: it names the base it stands on and the record it stands behind, and what does not fit
//! is passed over.
//!
//! The file is a sidecar of the whole base: a head in JSON behind its length (8 bytes, little-endian), then the overlay's rows
//! of `claims`, `claim_detail`, `posted` and `vouchers` as Parquet.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::base::ordered::in_order;
use crate::domain::claim::Claim;
use crate::domain::facility::Facility;
use crate::store::codec::{
    claim_from_json, company_from_json, company_to_json, facility_from_json, facility_to_json,
    office_from_json, office_to_json, voucher_from_json,
};
use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::format::Layout;
use crate::store::journal::{Cursor, Position};
use crate::store::ledger::KnownKey;
use crate::store::manifest::{
    KeyShape, MonthShape, erasure_of, key_from, key_shape, month_of, shape_of_erasure, shape_of_month,
};
use crate::store::record::{Hash, Head};
use crate::store::sidecar::{Label, Sidecar, put};
use crate::store::tables::{
    Columns, Names, Packing, Table, decode, encode, postings_from, row_from, voucher_row_from,
};
use crate::store::totals::TallyShape;

use super::{State, TouchedClaim, TouchedVoucher, View};

/// The version of the file's content.
const VERSION: u32 = 1;
/// The tables whose rows are kept, in their order in the file.
const TABLES: [Table; 4] = [Table::Claims, Table::ClaimDetail, Table::Posted, Table::Vouchers];
/// Documents that one thread reads at a time.
const PIECE: usize = 512;

#[derive(Debug, Serialize, Deserialize)]
struct KeptHead {
    seq: u64,
    head: String,
    segment: u64,
    offset: u64,
    n_events: u64,
    office: Box<RawValue>,
    tally: TallyShape,
    /// What was done to months, those of the base too.
    months: Vec<MonthShape>,
    /// What was done about the personal data of years, so too.
    #[serde(default)]
    erasures: Vec<MonthShape>,
    /// Idempotency keys since the base.
    keys: Vec<KeyShape>,
    /// The row of the base that each claim hides, in the order of the ids; so with vouchers.
    claims: Vec<Option<u32>>,
    vouchers: Vec<Option<u32>>,
    companies: Vec<String>,
    facilities: Vec<String>,
    /// Bytes of each table's rows.
    tables: Vec<u64>,
}

/// An overlay that was read back.
pub(crate) struct Kept {
    pub(crate) view: View,
    pub(crate) cursor: Cursor,
    pub(crate) keys: Vec<KnownKey>,
}

fn path(layout: &Layout) -> PathBuf {
    layout.parts("overlay").join("latest.overlay")
}

/// The base by its last record and its files: an overlay's rows are numbered by them.
fn base_of(state: &State) -> String {
    let mut crc = 0;
    for table in Table::ALL {
        for part in state.base.parts(*table) {
            crc = crc32c::crc32c_append(crc, part.entry.path.as_bytes());
        }
    }
    format!("{} {} {crc:08x}", state.covered.head.seq, state.covered.head.hash)
}

fn label(of: &str) -> Label<'_> {
    Label { kind: "overlay", version: VERSION, of }
}

impl View {
    /// Keeps the overlay, for whoever opens the store next. None may be kept when files came behind the MANIFEST's: their rows
    /// are numbered by no MANIFEST.
    pub(crate) fn keep(&self, known: Vec<KnownKey>) -> Result<(), StoreError> {
        // Every field is named, so that whoever adds one must say here what becomes of it.
        let State {
            base,
            covered,
            cursor,
            office,
            tally,
            months,
            erasures,
            replaced: _,
            base_below: _,
            base_holidays: _,
            batches: _,
            base_files,
            claims,
            vouchers,
            companies,
            facilities,
            postings: _,
            keys: _,
            n_events,
        } = self.state();
        let n_files: usize = Table::ALL.iter().map(|table| base.parts(*table).len()).sum();
        let Some(office) = office else { return Ok(()) };
        if covered.head.seq == 0 || n_files != base_files.len() {
            return Ok(());
        }
        let file = path(&base.layout);
        let wrong = |why: String| StoreError::Part { path: path(&base.layout), why };
        let mut rows = Vec::new();
        for table in TABLES {
            rows.push(
                encode(&self.overlay_columns(table), Packing::Passing)
                    .map_err(|error| wrong(error.to_string()))?,
            );
        }
        let is_since = |known: &KnownKey| (covered.head.seq + 1..=cursor.head.seq).contains(&known.place.seq);
        let head = KeptHead {
            seq: cursor.head.seq,
            head: cursor.head.hash.to_string(),
            segment: cursor.position.segment,
            offset: cursor.position.offset,
            n_events: *n_events,
            office: RawValue::from_string(office_to_json(office)).expect("an office is JSON"),
            tally: TallyShape::of(tally),
            months: months.iter().map(shape_of_month).collect(),
            erasures: erasures.iter().map(shape_of_erasure).collect(),
            keys: known.iter().filter(|known| is_since(known)).map(key_shape).collect(),
            claims: claims.values().map(|touched| touched.base).collect(),
            vouchers: vouchers.values().map(|touched| touched.base).collect(),
            companies: companies.values().map(|company| company_to_json(company)).collect(),
            facilities: facilities.values().map(|facility| facility_to_json(facility)).collect(),
            tables: rows.iter().map(|bytes| bytes.len() as u64).collect(),
        };
        let head = serde_json::to_vec(&head).expect("text keys only");
        let mut content = (head.len() as u64).to_le_bytes().to_vec();
        content.extend(head);
        rows.into_iter().for_each(|bytes| content.extend(bytes));
        let placed = put(&*base.disk, &file, label(&base_of(self.state())), &content);
        placed.map_err(|source| StoreError::Io { doing: "write", path: file, source })
    }

    /// The overlay that was kept on this base, if there is one.
    pub(crate) fn kept(&self, disk: &dyn Disk, layout: &Layout) -> Option<Kept> {
        let of = base_of(self.state());
        let content = Sidecar::open(disk, &path(layout), label(&of)).ok()?.whole().ok()?;
        let len: [u8; 8] = content.get(..8)?.try_into().ok()?;
        let end = usize::try_from(u64::from_le_bytes(len)).ok()?.checked_add(8)?;
        let head: KeptHead = serde_json::from_slice(content.get(8..end)?).ok()?;
        let hash = Hash::from_hex(head.head.as_bytes())?;
        let position = Position { segment: head.segment, offset: head.offset };
        let cursor = Cursor { position, head: Head { seq: head.seq, hash } };
        let mut state = self.state().clone();
        let keys = head.keys.into_iter().map(key_from).collect::<Option<Vec<_>>>()?;
        let tables = tables_of(&content[end..], &head.tables)?;
        let keyed = &self.state().base.keyed;
        // Table by table, so that the rows of one are gone before those of the next are there.
        let rows = |table: Table| {
            let all: Vec<usize> = (0..table.columns().len()).collect();
            decode(tables.get(&table)?, keyed, table, &all, 0, usize::MAX / 2).ok()
        };
        state.cursor = cursor;
        state.n_events = head.n_events;
        state.office = Some(Arc::new(office_from_json(head.office.get()).ok()?));
        state.tally = head.tally.tally()?;
        state.months = Arc::new(head.months.iter().map(month_of).collect::<Option<_>>()?);
        state.erasures = Arc::new(head.erasures.iter().map(erasure_of).collect::<Option<_>>()?);
        for doc in &head.companies {
            let company = company_from_json(doc).ok()?;
            state.companies.insert(company.npp.as_str().to_owned(), Arc::new(company));
        }
        for doc in &head.facilities {
            let facility = facility_from_json(doc).ok()?;
            state.facilities.insert(Facility::key_of(&facility.name), Arc::new(facility));
        }
        state.take_claims(&rows(Table::Claims)?, &rows(Table::ClaimDetail)?, &head.claims)?;
        state.postings =
            postings_from(&rows(Table::Posted)?, Names::Read)?.into_iter().map(Arc::new).collect();
        state.take_vouchers(&rows(Table::Vouchers)?, &head.vouchers)?;
        Some(Kept { view: View::from_state(state), cursor, keys })
    }
}

/// The bytes of each table's rows.
fn tables_of<'a>(mut bytes: &'a [u8], lens: &[u64]) -> Option<BTreeMap<Table, &'a [u8]>> {
    let mut tables = BTreeMap::new();
    for (table, len) in TABLES.into_iter().zip(lens) {
        let (rows, rest) = bytes.split_at_checked(usize::try_from(*len).ok()?)?;
        tables.insert(table, rows);
        bytes = rest;
    }
    (bytes.is_empty() && tables.len() == TABLES.len()).then_some(tables)
}

impl State {
    fn take_claims(&mut self, rows: &Columns, details: &Columns, bases: &[Option<u32>]) -> Option<()> {
        let docs = details.texts(Table::ClaimDetail.place("doc"));
        if rows.rows() != bases.len() || details.rows() != bases.len() {
            return None;
        }
        let read = |_: &mut (), piece: usize| -> Result<Vec<Claim>, ()> {
            let places = piece * PIECE..bases.len().min((piece + 1) * PIECE);
            places.map(|row| claim_from_json(docs.get(row)).map_err(drop)).collect()
        };
        let mut claims = Vec::with_capacity(bases.len());
        let take = |read| {
            claims.extend::<Vec<Claim>>(read);
            Ok(())
        };
        in_order(bases.len().div_ceil(PIECE), || (), read, take).ok()?;
        for ((place, claim), base) in claims.into_iter().enumerate().zip(bases) {
            let row = Arc::new(row_from(rows, place).filter(|row| row.id == claim.id)?);
            let id = claim.id;
            for (kind, key) in self.claim_keys(&row) {
                self.keys.insert((kind, key, id.get()));
            }
            self.claims.insert(id, TouchedClaim { claim: Arc::new(claim), row, base: *base });
        }
        Some(())
    }

    fn take_vouchers(&mut self, rows: &Columns, bases: &[Option<u32>]) -> Option<()> {
        let docs = rows.texts(Table::Vouchers.place("doc"));
        if rows.rows() != bases.len() {
            return None;
        }
        for (place, base) in bases.iter().enumerate() {
            let voucher = voucher_from_json(docs.get(place)).ok()?;
            let row = Arc::new(voucher_row_from(rows, place).filter(|row| row.id == voucher.id)?);
            let id = voucher.id;
            self.keys.insert(self.code_key(&voucher));
            self.vouchers.insert(id, TouchedVoucher { voucher: Arc::new(voucher), row, base: *base });
        }
        Some(())
    }
}
