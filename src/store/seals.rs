//! The seals of closed months: what stood in a month's books when it was closed, as a file anyone can read, sign and check.
//!
//! The closing is a record of the journal and holds the same figures, so that a seal is never the only witness: one that is
//! missing is made again, byte for byte, and one that differs is told. The digest is taken over the month's posted lines:
//! each line as the text of [`line_of`], its SHA-256, all of these in ascending order, and the SHA-256 of them together.
//! Names of persons are in no line, so that a seal holds when personal data is erased after its legal time.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::domain::month::{
    KindSum, MonthBooks, MonthDeed, MonthStanding, MonthStep, VoucherRange, closings, standing,
};
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::domain::voucher::SeriesKey;

use super::codec::BooksShape;
use super::disk::{Disk, Sharing, ensure_dir, read_whole, replace_file};
use super::error::{Doing, StoreError};
use super::format::Layout;
use super::record::{Hash, harden};
use super::view::View;
use super::vouchers::VoucherFilter;

/// A posted line as the seal's digest takes it: fields apart by a tab and a line feed at the end; months as `YYYY-MM`,
/// dates as `YYYY-MM-DD`, numbers in decimal, codes by their names, nothing where there is nothing. In a text a tab, line
/// feed or carriage return counts as a blank.
pub fn line_of(posting: &Posting) -> String {
    let by = &posting.by;
    let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
    let text = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let fields = [
        posting.kind.code().to_owned(),
        posting.month.to_string(),
        posting.date.to_string(),
        number(posting.claim.map(|id| id.get())),
        number(posting.line.map(|no| u64::from(no.get()))),
        number(posting.voucher.map(|id| id.get())),
        number(posting.payment.map(|no| u64::from(no.get()))),
        posting.amount.get().to_string(),
        posting.pph.get().to_string(),
        posting.rounding.get().to_string(),
        posting.net.get().to_string(),
        by.programme.code().to_owned(),
        by.segment.map_or("", |segment| segment.code()).to_owned(),
        by.component.map_or("", |component| component.code()).to_owned(),
        by.place.map_or("", |place| place.code()).to_owned(),
        by.outcome.map_or("", |outcome| outcome.code()).to_owned(),
        by.event_date.map_or_else(String::new, |date| date.to_string()),
        text(&by.claim_no),
        text(&by.code),
        text(&by.npp),
        text(&by.facility),
    ];
    let mut line = fields.join("\t");
    line.push('\n');
    line
}

/// What stands in the books of a month.
pub fn books_of(view: &View, month: Period) -> Result<MonthBooks, StoreError> {
    let mut hashes: Vec<[u8; 32]> = Vec::new();
    let mut sums: BTreeMap<PostingKind, KindSum> = BTreeMap::new();
    view.for_each_posting_of(month, &mut |posting| {
        hashes.push(Sha256::digest(line_of(posting).as_bytes()).into());
        let zero = KindSum { kind: posting.kind, count: 0, amount: crate::domain::Rupiah::ZERO };
        let sum = sums.entry(posting.kind).or_insert(zero);
        sum.count += 1;
        sum.amount += posting.amount;
    })?;
    hashes.sort_unstable();
    let mut digest = Sha256::new();
    hashes.iter().for_each(|hash| digest.update(hash));
    let filter = VoucherFilter { posted: Some((month, month)), ..VoucherFilter::default() };
    let mut ranges: BTreeMap<SeriesKey, VoucherRange> = BTreeMap::new();
    let mut unnumbered = 0;
    for row in view.vouchers(&filter)? {
        let Some((series, number)) = &row.series else {
            unnumbered += 1;
            continue;
        };
        let fresh = || VoucherRange { series: series.clone(), first: *number, last: *number, count: 0 };
        let range = ranges.entry(series.clone()).or_insert_with(fresh);
        (range.first, range.last) = (range.first.min(*number), range.last.max(*number));
        range.count += 1;
    }
    Ok(MonthBooks {
        postings: hashes.len() as u64,
        sums: sums.into_values().collect(),
        ranges: ranges.into_values().collect(),
        unnumbered,
        digest: Hash(digest.finalize().into()).to_string(),
    })
}

/// A seal as it stands in its file.
#[derive(Serialize)]
struct SealShape<'a> {
    santun: &'static str,
    version: u32,
    store_id: &'a str,
    month: String,
    closing: usize,
    closed: String,
    by: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    after: MarkShape<'a>,
    books: BooksShape,
}

#[derive(Serialize)]
struct MarkShape<'a> {
    seq: u64,
    hash: &'a str,
}

/// A seal: its name in `seals/` and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The month.
    pub month: Period,
    /// Its name in `seals/`: `2026-10.json`, and `2026-10.2.json` for the second closing of a month that was opened again.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The seal of every closing, oldest first; `store_id` is the store's.
pub fn seals_of(deeds: &[MonthDeed], store_id: &str) -> Vec<Seal> {
    closings(deeds).filter_map(|(count, deed)| seal(deed, count, store_id)).collect()
}

fn seal(deed: &MonthDeed, count: usize, store_id: &str) -> Option<Seal> {
    let MonthStep::Closed { note, books, after } = &deed.step else { return None };
    let shape = SealShape {
        santun: "seal",
        version: 1,
        store_id,
        month: deed.month.to_string(),
        closing: count,
        closed: deed.date.to_string(),
        by: &deed.by,
        note,
        after: MarkShape { seq: after.seq, hash: &after.hash },
        books: BooksShape::of(books),
    };
    let pretty = serde_json::to_string_pretty(&shape).expect("a seal has text keys only");
    let text: String = pretty.lines().map(|line| format!("{}\n", harden(line))).collect();
    let name = match count {
        1 => format!("{}.json", deed.month),
        count => format!("{}.{count}.json", deed.month),
    };
    Some(Seal { month: deed.month, name, bytes: text.into_bytes() })
}

/// How a seal was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealState {
    /// It says what the journal says.
    Whole,
    /// It is not there.
    Missing,
    /// It says something else.
    Differs,
}

/// Looks at a seal's file.
pub fn look(disk: &dyn Disk, layout: &Layout, seal: &Seal) -> Result<SealState, StoreError> {
    let path = layout.seal(&seal.name);
    match read_whole(disk, &path) {
        Ok(bytes) if bytes == seal.bytes => Ok(SealState::Whole),
        Ok(_) => Ok(SealState::Differs),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(SealState::Missing),
        read => read.doing("read", &path).map(|_| SealState::Differs),
    }
}

/// Writes the seals that are missing; how many. One that differs is left as it is, for somebody has to look at it.
pub fn put_missing(disk: &dyn Disk, layout: &Layout, seals: &[Seal]) -> Result<usize, StoreError> {
    let mut n_made = 0;
    for seal in seals {
        if look(disk, layout, seal)? == SealState::Missing {
            ensure_dir(disk, &layout.seals(), Sharing::Group).doing("make", &layout.seals())?;
            let path = layout.seal(&seal.name);
            replace_file(disk, &path, &seal.bytes, Sharing::Group).doing("write", &path)?;
            disk.make_read_only(&path).doing("protect", &path)?;
            n_made += 1;
        }
    }
    Ok(n_made)
}

/// Months that are closed and whose books are not any more what was sealed.
pub fn changed_months(view: &View) -> Result<Vec<Period>, StoreError> {
    let mut changed = Vec::new();
    for deed in current_closings(view) {
        let MonthStep::Closed { books, .. } = &deed.step else { continue };
        if books_of(view, deed.month)? != **books {
            changed.push(deed.month);
        }
    }
    Ok(changed)
}

/// The closings that hold now: not those of months that were opened again.
pub fn current_closings(view: &View) -> impl Iterator<Item = &MonthDeed> {
    let deeds = view.month_deeds();
    deeds.iter().filter(move |deed| {
        matches!(standing(view.office(), deeds, deed.month), MonthStanding::Closed(last) if std::ptr::eq(last, *deed))
    })
}
