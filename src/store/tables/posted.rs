//! Postings as rows.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::code::*;
use crate::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::posting::{Dimensions, Posting, PostingKind};

use super::NO_CODE;
use super::claims::{mark_byte, mark_of};
use super::columns::{Cell, Columns};
use super::spec::Table;

macro_rules! byte {
    ($value:expr) => {
        Cell::U8($value.map_or(NO_CODE, |value| value.index()))
    };
}

/// Adds a posting.
pub(crate) fn posting_cells(posting: &Posting, columns: &mut Columns) {
    let (clock, clock_days) = mark_byte(posting.clock);
    let by = &posting.by;
    columns.push(&[
        Cell::U8(posting.kind.index()),
        Cell::U32(posting.month.number()),
        Cell::Date(Some(posting.date)),
        Cell::U64(posting.claim.map_or(0, ClaimId::get)),
        Cell::U16(posting.line.map_or(0, LineNo::get)),
        Cell::U64(posting.voucher.map_or(0, VoucherId::get)),
        Cell::U16(posting.payment.map_or(0, PaymentNo::get)),
        Cell::I64(posting.amount.get()),
        Cell::I64(posting.pph.get()),
        Cell::I64(posting.rounding.get()),
        Cell::I64(posting.net.get()),
        Cell::U8(clock),
        Cell::U16(clock_days),
        Cell::U8(posting.origin.index()),
        Cell::U8(by.programme.index()),
        byte!(by.segment),
        byte!(by.component),
        byte!(by.place),
        byte!(by.outcome),
        Cell::Date(by.event_date),
        Cell::Text(&by.claim_no),
        Cell::Text(&by.code),
        Cell::Text(&by.npp),
        Cell::Text(&by.company),
        Cell::Text(&by.facility),
        Cell::Text(&by.payee),
        byte!(by.payee_kind),
    ]);
}

/// Texts that come again and again are kept once.
#[derive(Default)]
struct Shared(HashMap<String, Arc<str>>);

impl Shared {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = text.into();
        self.0.insert(text.to_owned(), Arc::clone(&shared));
        shared
    }
}

/// The text of the row before: postings of one case or voucher often follow each other.
struct Last(Arc<str>);

impl Last {
    fn get(&mut self, text: &str) -> Arc<str> {
        if &*self.0 != text {
            self.0 = text.into();
        }
        Arc::clone(&self.0)
    }
}

/// Whether the names that a posting is reported by (company, facility, payee) are read with it. They are most of its
/// bytes and of the time it takes, and only the month that is being reported shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Read.
    Read,
    /// Left out: they are empty.
    LeftOut,
}

impl Names {
    /// The columns to be read.
    pub(crate) fn columns(self) -> Vec<usize> {
        let all = 0..Table::Posted.columns().len();
        all.filter(|column| self == Names::Read || !NAMES.contains(column)).collect()
    }
}

/// Places of `npp`, `company`, `facility` and `payee`.
const NAMES: std::ops::RangeInclusive<usize> = 22..=25;

/// The postings of these rows; none where a row is no posting: the part is damaged.
pub(crate) fn postings_from(columns: &Columns, names: Names) -> Option<Vec<Posting>> {
    postings_of(columns, names, 0..columns.rows())
}

/// The postings of some of the rows.
pub(crate) fn postings_of(
    columns: &Columns,
    names: Names,
    rows: impl Iterator<Item = usize>,
) -> Option<Vec<Posting>> {
    let mut reader = RowReader {
        columns,
        names,
        shared: Default::default(),
        claim_no: Last("".into()),
        code: Last("".into()),
        empty: "".into(),
    };
    rows.map(|row| reader.posting(row)).collect()
}

struct RowReader<'a> {
    columns: &'a Columns,
    names: Names,
    shared: [Shared; 4],
    claim_no: Last,
    code: Last,
    empty: Arc<str>,
}

impl RowReader<'_> {
    /// One of the four names.
    fn name(&mut self, place: usize, row: usize) -> Arc<str> {
        match self.names {
            Names::LeftOut => Arc::clone(&self.empty),
            Names::Read => self.shared[place].get(self.columns.texts(NAMES.start() + place).get(row)),
        }
    }

    fn posting(&mut self, row: usize) -> Option<Posting> {
        let columns = self.columns;
        let byte = |column: usize| columns.bytes_of(column)[row];
        let text = |column: usize| columns.texts(column).get(row);
        let id = |column: usize| Some(columns.ids(column)[row]).filter(|id| *id > 0);
        let no = |column: usize| Some(columns.shorts(column)[row]).filter(|no| *no > 0);
        let money = |column: usize| Rupiah::new(columns.numbers(column)[row]);
        Some(Posting {
            kind: PostingKind::from_index(byte(0))?,
            month: Period::from_number(columns.words(1)[row])?,
            date: columns.date(2, row)?,
            claim: id(3).map(ClaimId::new),
            line: no(4).map(LineNo::new),
            voucher: id(5).map(VoucherId::new),
            payment: no(6).map(PaymentNo::new),
            amount: money(7),
            pph: money(8),
            rounding: money(9),
            net: money(10),
            clock: mark_of(byte(11), columns.shorts(12)[row]),
            origin: Origin::from_index(byte(13))?,
            by: Dimensions {
                programme: Programme::from_index(byte(14))?,
                segment: Segment::from_index(byte(15)),
                component: Component::from_index(byte(16)),
                place: Place::from_index(byte(17)),
                outcome: Outcome::from_index(byte(18)),
                event_date: columns.date(19, row),
                claim_no: self.claim_no.get(text(20)),
                code: self.code.get(text(21)),
                npp: self.name(0, row),
                company: self.name(1, row),
                facility: self.name(2, row),
                payee: self.name(3, row),
                payee_kind: PayeeKind::from_index(byte(26)),
            },
        })
    }
}
