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

/// Gives each posting of these rows to `f`; answers false where a row is none: the part is damaged.
pub(crate) fn postings_from(columns: &Columns, f: &mut dyn FnMut(&Posting)) -> bool {
    let mut shared: [Shared; 4] = Default::default();
    let empty: Arc<str> = "".into();
    for row in 0..columns.rows() {
        let Some(posting) = posting_at(columns, row, &mut shared, &empty) else { return false };
        f(&posting);
    }
    true
}

fn posting_at(
    columns: &Columns,
    row: usize,
    [npps, companies, facilities, payees]: &mut [Shared; 4],
    empty: &Arc<str>,
) -> Option<Posting> {
    let byte = |column: usize| columns.bytes_of(column)[row];
    let text = |column: usize| columns.texts(column).get(row);
    let own = |column: usize| match text(column) {
        "" => Arc::clone(empty),
        text => text.into(),
    };
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
        clock: mark_of(byte(10), columns.shorts(11)[row]),
        origin: Origin::from_index(byte(12))?,
        by: Dimensions {
            programme: Programme::from_index(byte(13))?,
            segment: Segment::from_index(byte(14)),
            component: Component::from_index(byte(15)),
            place: Place::from_index(byte(16)),
            outcome: Outcome::from_index(byte(17)),
            event_date: columns.date(18, row),
            claim_no: own(19),
            code: own(20),
            npp: npps.get(text(21)),
            company: companies.get(text(22)),
            facility: facilities.get(text(23)),
            payee: payees.get(text(24)),
            payee_kind: PayeeKind::from_index(byte(25)),
        },
    })
}
