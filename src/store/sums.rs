//! What claims and vouchers add up to: those that a filter lets through, part by part, or some that a person picked.

mod kept;

use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::domain::code::VoucherState;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::query::Expr;

use super::error::StoreError;
use super::filter::{columns_of, compile};
use super::parts::Scan;
use super::rows::touched_columns;
use super::tables::{Columns, Table, VoucherRow, claim_column};
use super::view::View;
use super::vouchers::{VoucherRows, touched_columns as touched_vouchers};

pub use kept::KeptTotals;

/// What some claims add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Rows.
    pub count: u64,
    /// Sum asked.
    pub asked: Rupiah,
    /// Sum determined.
    pub determined: Rupiah,
    /// Sum paid.
    pub paid: Rupiah,
    /// Determined, on no voucher.
    pub waiting_voucher: Rupiah,
    /// On a voucher, not paid.
    pub waiting_payment: Rupiah,
}

/// What some vouchers add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VoucherTotals {
    /// Vouchers, the void ones too.
    pub count: u64,
    /// The void ones among them: their amounts count nothing.
    pub void: u64,
    /// Before tax and rounding.
    pub gross: Rupiah,
    /// Tax withheld.
    pub pph: Rupiah,
    /// What is transferred.
    pub net: Rupiah,
}

impl VoucherTotals {
    /// What these vouchers add up to.
    pub fn of<'a>(rows: impl Iterator<Item = &'a VoucherRow>) -> VoucherTotals {
        let mut totals = VoucherTotals::default();
        rows.for_each(|row| totals.add(row));
        totals
    }

    fn add(&mut self, row: &VoucherRow) {
        self.count += 1;
        if row.state.is_live() {
            self.gross += row.gross;
            self.pph += row.pph;
            self.net += row.net;
        } else {
            self.void += 1;
        }
    }

    /// One row more.
    fn add_row(&mut self, columns: &Columns, row: usize) {
        let at = |name: &str| Table::Vouchers.place(name);
        let money = |name: &str| Rupiah::new(columns.numbers(at(name))[row]);
        self.count += 1;
        let state = VoucherState::from_index(columns.bytes_of(at("state"))[row]);
        if state.is_some_and(VoucherState::is_live) {
            self.gross += money("gross");
            self.pph += money("pph");
            self.net += money("net");
        } else {
            self.void += 1;
        }
    }

    fn and(self, other: VoucherTotals) -> VoucherTotals {
        VoucherTotals {
            count: self.count + other.count,
            void: self.void + other.void,
            gross: self.gross + other.gross,
            pph: self.pph + other.pph,
            net: self.net + other.net,
        }
    }
}

impl Totals {
    /// Determined and not paid.
    pub fn waiting(&self) -> Rupiah {
        self.waiting_voucher + self.waiting_payment
    }

    /// One row more.
    fn add_row(&mut self, columns: &Columns, row: usize) {
        let [asked, determined, paid, waiting_voucher, waiting_payment] =
            money().map(|column| Rupiah::new(columns.numbers(column)[row]));
        self.count += 1;
        self.asked += asked;
        self.determined += determined;
        self.paid += paid;
        self.waiting_voucher += waiting_voucher;
        self.waiting_payment += waiting_payment;
    }

    fn and(self, other: Totals) -> Totals {
        Totals {
            count: self.count + other.count,
            asked: self.asked + other.asked,
            determined: self.determined + other.determined,
            paid: self.paid + other.paid,
            waiting_voucher: self.waiting_voucher + other.waiting_voucher,
            waiting_payment: self.waiting_payment + other.waiting_payment,
        }
    }

    /// Without some that are among them.
    fn without(self, gone: Totals) -> Totals {
        Totals {
            count: self.count - gone.count,
            asked: self.asked - gone.asked,
            determined: self.determined - gone.determined,
            paid: self.paid - gone.paid,
            waiting_voucher: self.waiting_voucher - gone.waiting_voucher,
            waiting_payment: self.waiting_payment - gone.waiting_payment,
        }
    }
}

/// The columns that are added up.
fn money() -> [usize; 5] {
    ["asked", "determined", "paid", "waiting_voucher", "waiting_payment"].map(claim_column)
}

impl View {
    /// What the claims that a filter lets through add up to. `cancel` is looked at between files.
    pub fn totals(&self, expr: &Expr, today: Date, cancel: &AtomicBool) -> Result<Totals, StoreError> {
        let hidden = self.hidden_claims();
        let mut wanted = columns_of(expr);
        wanted.extend(money());
        let add = |start: u32, columns: &Columns, hidden: &[u32]| {
            let holds = compile(expr, columns, today);
            let mut totals = Totals::default();
            for (at, row) in (start..).zip(0..columns.rows()) {
                if holds(row) && hidden.binary_search(&at).is_err() {
                    totals.add_row(columns, row);
                }
            }
            totals
        };
        let scan = Scan::new(&self.state().base, Table::Claims, wanted).cancel(cancel);
        let mut all = scan.map(|start, columns| add(start, columns, &hidden))?;
        let touched: Vec<ClaimId> = self.state().claims.keys().copied().collect();
        all.push(add(0, &touched_columns(self, &touched), &[]));
        Ok(all.into_iter().fold(Totals::default(), Totals::and))
    }

    /// What these claims add up to; one that is not there counts nothing. Each row group is read once.
    pub fn totals_of(&self, ids: &[ClaimId]) -> Result<Totals, StoreError> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let (touched, rest): (Vec<ClaimId>, Vec<ClaimId>) =
            ids.into_iter().partition(|id| self.state().claims.contains_key(id));
        let mut totals = Totals::default();
        let columns = touched_columns(self, &touched);
        (0..touched.len()).for_each(|row| totals.add_row(&columns, row));
        let mut places = Vec::with_capacity(rest.len());
        for id in rest {
            places.extend(self.claim_row_in_base(id)?);
        }
        places.sort_unstable();
        for place in places {
            let (columns, row) = self.state().base.group_of(Table::Claims, &money(), place)?;
            totals.add_row(&columns, row);
        }
        Ok(totals)
    }
}

impl VoucherRows {
    /// What all its vouchers add up to, read file by file.
    pub fn totals(&self, cancel: &AtomicBool) -> Result<VoucherTotals, StoreError> {
        let (view, filter) = (self.view(), self.filter());
        let hidden = view.hidden_vouchers();
        let mut wanted = filter.columns();
        wanted.extend(["state", "gross", "pph", "net"].map(|name| Table::Vouchers.place(name)));
        let add = |start: u32, columns: &Columns, hidden: &[u32]| {
            let holds = filter.compile(columns);
            let mut totals = VoucherTotals::default();
            for (at, row) in (start..).zip(0..columns.rows()) {
                if holds(row) && hidden.binary_search(&at).is_err() {
                    totals.add_row(columns, row);
                }
            }
            totals
        };
        let may_hold = |month: u32| filter.may_be_in(month);
        let scan = Scan::new(&view.state().base, Table::Vouchers, wanted).cancel(cancel).months(&may_hold);
        let mut all = scan.map(|start, columns| add(start, columns, &hidden))?;
        let touched: Vec<VoucherId> = view.state().vouchers.keys().copied().collect();
        all.push(add(0, &touched_vouchers(view, &touched), &[]));
        Ok(all.into_iter().fold(VoucherTotals::default(), VoucherTotals::and))
    }
}
