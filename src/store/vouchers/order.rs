//! By what a list of vouchers is ordered.

use std::cmp::Ordering;

use crate::domain::code::{VoucherKind, VoucherState};
use crate::store::filter::fold_into;
use crate::store::rows::Direction;
use crate::store::tables::{Columns, Table};

/// By what vouchers are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VoucherColumn {
    /// Date on the voucher.
    #[default]
    Date,
    /// Code.
    Code,
    /// Name of the payee, case and blanks left aside.
    Payee,
    /// What is transferred.
    Net,
    /// Before tax and rounding.
    Gross,
    /// What is still to be sent.
    Unpaid,
    /// Where it stands, by the state's code.
    State,
    /// Issued or recorded, by the kind's code.
    Kind,
    /// Numbers of its claims.
    Claims,
    /// Bank, then the last digits of the account.
    Account,
    /// Why it was voided, case and blanks left aside.
    Void,
}

/// The order of a list of vouchers. Of equal ones the newer date comes first, then the younger voucher, whichever way the
/// column goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoucherSort {
    /// By what.
    pub column: VoucherColumn,
    /// Which way; [`Direction::Nearest`] is [`Direction::Ascending`] here.
    pub direction: Direction,
}

impl Default for VoucherSort {
    /// Newest first.
    fn default() -> VoucherSort {
        VoucherSort { column: VoucherColumn::Date, direction: Direction::Descending }
    }
}

/// A row of the list: its key, what decides between equal ones, its place. Sixteen bytes beside the key.
#[derive(Debug)]
pub(super) struct Entry<Key> {
    pub(super) key: Key,
    pub(super) day: i32,
    pub(super) id: u64,
    pub(super) place: u32,
}

impl<Key: Ord> Entry<Key> {
    pub(super) fn compare(&self, other: &Entry<Key>, direction: Direction) -> Ordering {
        let by_key = self.key.cmp(&other.key);
        let by_key = if direction == Direction::Descending { by_key.reverse() } else { by_key };
        by_key.then_with(|| (other.day, other.id).cmp(&(self.day, self.id)))
    }
}

impl VoucherColumn {
    /// The columns of the table that its key is made of, beside date and id.
    pub(super) fn columns(self) -> Vec<usize> {
        let names: &[&str] = match self {
            VoucherColumn::Date => &[],
            VoucherColumn::Code => &["code"],
            VoucherColumn::Payee => &["payee"],
            VoucherColumn::Net => &["net"],
            VoucherColumn::Gross => &["gross"],
            VoucherColumn::Unpaid => &["net", "paid", "state"],
            VoucherColumn::State => &["state"],
            VoucherColumn::Kind => &["kind"],
            VoucherColumn::Claims => &["claim_nos"],
            VoucherColumn::Account => &["bank", "account_tail"],
            VoucherColumn::Void => &["void_reason"],
        };
        let names = names.iter().chain(&["id", "date"]);
        names.map(|name| Table::Vouchers.place(name)).collect()
    }

    /// Whether its key is a text; else it is a number.
    pub(super) fn is_text(self) -> bool {
        use VoucherColumn::{Account, Claims, Code, Payee, Void};
        matches!(self, Code | Payee | Claims | Account | Void)
    }

    /// The key of a row as a number: a day, rupiah, or the place of a code among its like.
    pub(super) fn number(self, columns: &Columns, row: usize) -> i64 {
        let money = |name: &str| columns.numbers(Table::Vouchers.place(name))[row];
        let byte = |name: &str| columns.bytes_of(Table::Vouchers.place(name))[row];
        match self {
            VoucherColumn::Date => i64::from(columns.dates(Table::Vouchers.place("date"))[row]),
            VoucherColumn::Net => money("net"),
            VoucherColumn::Gross => money("gross"),
            VoucherColumn::Unpaid => {
                let is_live = VoucherState::from_index(byte("state")).is_some_and(VoucherState::is_live);
                if is_live { money("net") - money("paid") } else { 0 }
            }
            VoucherColumn::State => rank(VoucherState::ALL.iter().map(|state| state.code()), byte("state")),
            VoucherColumn::Kind => rank(VoucherKind::ALL.iter().map(|kind| kind.code()), byte("kind")),
            _ => 0,
        }
    }

    /// The key of a row as a text.
    pub(super) fn text(self, columns: &Columns, row: usize) -> Box<str> {
        let text = |name: &str| columns.texts(Table::Vouchers.place(name)).get(row);
        let folded = |name: &str| {
            let mut folded = String::new();
            fold_into(text(name), &mut folded);
            folded.into()
        };
        match self {
            VoucherColumn::Code => text("code").into(),
            VoucherColumn::Payee => folded("payee"),
            VoucherColumn::Claims => text("claim_nos").into(),
            VoucherColumn::Account => format!("{}\n{}", text("bank"), text("account_tail")).into(),
            VoucherColumn::Void => folded("void_reason"),
            _ => "".into(),
        }
    }
}

/// The place of a code among its like in the order of their letters; what is none of them comes first.
fn rank<'a>(codes: impl Iterator<Item = &'a str>, index: u8) -> i64 {
    let codes: Vec<&str> = codes.collect();
    let Some(own) = codes.get(usize::from(index)) else { return -1 };
    i64::try_from(codes.iter().filter(|code| code < &own).count()).expect("there are few codes")
}

/// Day and id of a row.
pub(super) fn newness(columns: &Columns, row: usize) -> (i32, u64) {
    (columns.dates(Table::Vouchers.place("date"))[row], columns.ids(Table::Vouchers.place("id"))[row])
}
