//! The narrow row of a voucher.

use jiff::civil::Date;

use crate::domain::code::*;
use crate::domain::id::VoucherId;
use crate::domain::identity::AccountNo;
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::voucher::{SeriesKey, Voucher};
use crate::store::codec::voucher_to_json;

use super::NO_CODE;
use super::claims::tail;
use super::columns::{Cell, Columns};
use super::keyed::Keyed;
use super::spec::Table;

/// A voucher in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherRow {
    /// Id.
    pub id: VoucherId,
    /// Events folded, from 1.
    pub revision: u32,
    /// Code on the bundle.
    pub code: String,
    /// Code of the core system beside ours; may be empty.
    pub external_code: String,
    /// Issued or recorded.
    pub kind: VoucherKind,
    /// Typed here or imported.
    pub origin: Origin,
    /// Series and number, where the code has our shape.
    pub series: Option<(SeriesKey, u32)>,
    /// Programme of its lines.
    pub programme: Programme,
    /// Date on the voucher.
    pub date: Date,
    /// Posting month.
    pub posted: Period,
    /// Where it stands.
    pub state: VoucherState,
    /// Kind of the payee.
    pub payee_kind: PayeeKind,
    /// Name of the payee.
    pub payee: String,
    /// Bank; may be empty.
    pub bank: String,
    /// Last four digits of the account; may be empty.
    pub account_tail: String,
    /// Claims on it.
    pub claims: u32,
    /// Their numbers, each once.
    pub claim_nos: Vec<String>,
    /// Lines on it.
    pub lines: u32,
    /// Sum before tax and rounding.
    pub gross: Rupiah,
    /// Tax withheld.
    pub pph: Rupiah,
    /// Rounding, signed.
    pub rounding: Rupiah,
    /// What is transferred.
    pub net: Rupiah,
    /// What has arrived.
    pub paid: Rupiah,
    /// Date of the void.
    pub void_date: Option<Date>,
    /// Posting month of the void.
    pub void_posted: Option<Period>,
    /// Why it was voided; may be empty.
    pub void_reason: String,
}

impl VoucherRow {
    /// The row of a voucher.
    pub(crate) fn of(voucher: &Voucher) -> VoucherRow {
        let account = voucher.payee.account.as_ref().map_or("", AccountNo::as_str);
        let count = |count: usize| u32::try_from(count).expect("a voucher has few lines");
        let mut claim_nos: Vec<String> = voucher.lines.iter().map(|line| line.claim_no.clone()).collect();
        claim_nos.dedup();
        VoucherRow {
            id: voucher.id,
            revision: voucher.revision,
            code: voucher.code.as_str().to_owned(),
            external_code: voucher.external_code.clone(),
            kind: voucher.kind,
            origin: voucher.origin,
            series: voucher.series.clone(),
            programme: voucher.programme,
            date: voucher.date,
            posted: voucher.posted,
            state: voucher.state,
            payee_kind: voucher.payee.kind,
            payee: voucher.payee.name.clone(),
            bank: voucher.payee.bank.clone(),
            account_tail: tail(account),
            claims: count(voucher.claims().len()),
            claim_nos,
            lines: count(voucher.lines.len()),
            gross: voucher.gross,
            pph: voucher.pph,
            rounding: voucher.rounding,
            net: voucher.net,
            paid: voucher.paid(),
            void_date: voucher.void.as_ref().map(|mark| mark.date),
            void_posted: voucher.void.as_ref().map(|mark| mark.posted),
            void_reason: voucher.void.as_ref().map_or(String::new(), |mark| mark.reason.clone()),
        }
    }

    /// What is still to be sent.
    pub fn unpaid(&self) -> Rupiah {
        if self.state.is_live() { self.net - self.paid } else { Rupiah::ZERO }
    }
}

/// Adds a voucher, with its document.
pub(crate) fn voucher_cells(voucher: &Voucher, keyed: &Keyed, columns: &mut Columns) {
    let account = voucher.payee.account.as_ref().map_or("", AccountNo::as_str);
    let keys = [keyed.hash(&voucher.code.normalised()), keyed.hash(account)];
    voucher_row_cells(&VoucherRow::of(voucher), keys, &voucher_to_json(voucher), columns);
}

/// Adds a voucher's row, with the keys of its code and its account, and its document.
pub(crate) fn voucher_row_cells(row: &VoucherRow, keys: [i64; 2], doc: &str, columns: &mut Columns) {
    let (series, number) = row.series.as_ref().map_or(("", 0), |(series, number)| (series.as_str(), *number));
    let claim_nos = row.claim_nos.join("\n");
    columns.push(&[
        Cell::U64(row.id.get()),
        Cell::U32(row.revision),
        Cell::Text(&row.code),
        Cell::I64(keys[0]),
        Cell::Text(&row.external_code),
        Cell::U8(row.kind.index()),
        Cell::U8(row.origin.index()),
        Cell::Text(series),
        Cell::U32(number),
        Cell::U8(row.programme.index()),
        Cell::Date(Some(row.date)),
        Cell::U32(row.posted.number()),
        Cell::U8(row.state.index()),
        Cell::U8(row.payee_kind.index()),
        Cell::Text(&row.payee),
        Cell::Text(&row.bank),
        Cell::Text(&row.account_tail),
        Cell::I64(keys[1]),
        Cell::U32(row.claims),
        Cell::Text(&claim_nos),
        Cell::U32(row.lines),
        Cell::I64(row.gross.get()),
        Cell::I64(row.pph.get()),
        Cell::I64(row.rounding.get()),
        Cell::I64(row.net.get()),
        Cell::I64(row.paid.get()),
        Cell::Date(row.void_date),
        Cell::U32(row.void_posted.map_or(0, Period::number)),
        Cell::Text(&row.void_reason),
        Cell::Text(doc),
    ]);
}

/// The row at a place; all columns but the document were read. None where the part is damaged.
pub(crate) fn voucher_row_from(columns: &Columns, row: usize) -> Option<VoucherRow> {
    let at = |name: &str| Table::Vouchers.place(name);
    let text = |name: &str| columns.texts(at(name)).get(row).to_owned();
    let byte = |name: &str| columns.bytes_of(at(name))[row];
    let word = |name: &str| columns.words(at(name))[row];
    let money = |name: &str| Rupiah::new(columns.numbers(at(name))[row]);
    debug_assert_ne!(byte("state"), NO_CODE);
    let number = word("number");
    Some(VoucherRow {
        id: VoucherId::new(columns.ids(at("id"))[row]),
        revision: word("revision"),
        code: text("code"),
        external_code: text("external_code"),
        kind: VoucherKind::from_index(byte("kind"))?,
        origin: Origin::from_index(byte("origin"))?,
        series: (number > 0).then(|| (SeriesKey::from_text(&text("series")), number)),
        programme: Programme::from_index(byte("programme"))?,
        date: columns.date(at("date"), row)?,
        posted: Period::from_number(word("posted"))?,
        state: VoucherState::from_index(byte("state"))?,
        payee_kind: PayeeKind::from_index(byte("payee_kind"))?,
        payee: text("payee"),
        bank: text("bank"),
        account_tail: text("account_tail"),
        claims: word("claims"),
        claim_nos: text("claim_nos").split('\n').filter(|no| !no.is_empty()).map(str::to_owned).collect(),
        lines: word("lines"),
        gross: money("gross"),
        pph: money("pph"),
        rounding: money("rounding"),
        net: money("net"),
        paid: money("paid"),
        void_date: columns.date(at("void_date"), row),
        void_posted: Period::from_number(word("void_posted")),
        void_reason: text("void_reason"),
    })
}
