//! Which vouchers: the filter, and its compiler over columns. What it means is said by [`VoucherFilter::holds`], plainly
//! and slowly; a property test holds the two together.

use crate::domain::code::{Origin, Programme, VoucherKind, VoucherState};
use crate::domain::identity::normalise_number;
use crate::domain::period::Period;
use crate::domain::query::fold;
use crate::domain::voucher::SeriesKey;
use crate::store::filter::{Holds, Needle};
use crate::store::tables::{Columns, Table, VoucherRow};

/// Which vouchers; everything that is set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoucherFilter {
    /// In code, outer code, payee or claim number; empty: all.
    pub text: String,
    /// Where it stands; empty: anywhere.
    pub states: Vec<VoucherState>,
    /// Issued or recorded.
    pub kind: Option<VoucherKind>,
    /// Typed here or imported.
    pub origin: Option<Origin>,
    /// Programme.
    pub programme: Option<Programme>,
    /// Posted in these months, both counted.
    pub posted: Option<(Period, Period)>,
    /// In this series.
    pub series: Option<SeriesKey>,
}

/// The texts that are searched.
const SEARCHED: [&str; 3] = ["code", "external_code", "payee"];

impl VoucherFilter {
    /// Whether a voucher is one of them.
    pub fn holds(&self, row: &VoucherRow) -> bool {
        (self.states.is_empty() || self.states.contains(&row.state))
            && self.kind.is_none_or(|kind| kind == row.kind)
            && self.origin.is_none_or(|origin| origin == row.origin)
            && self.programme.is_none_or(|programme| programme == row.programme)
            && self.posted.is_none_or(|(from, to)| from <= row.posted && row.posted <= to)
            && self
                .series
                .as_ref()
                .is_none_or(|series| row.series.as_ref().is_some_and(|(key, _)| key == series))
            && self.text_holds(row)
    }

    fn text_holds(&self, row: &VoucherRow) -> bool {
        let (folded, bare) = (fold(&self.text), normalise_number(&self.text));
        let is_in = |text: &str| {
            fold(text).contains(&folded) || (!bare.is_empty() && normalise_number(text).contains(&bare))
        };
        folded.is_empty()
            || is_in(&row.code)
            || is_in(&row.external_code)
            || is_in(&row.payee)
            || row.claim_nos.iter().any(|claim_no| is_in(claim_no))
    }

    /// The columns it needs.
    pub(in crate::store) fn columns(&self) -> Vec<usize> {
        let mut names: Vec<&str> = Vec::new();
        let mut need = |is_set: bool, wanted: &[&'static str]| {
            if is_set {
                names.extend(wanted);
            }
        };
        need(!self.states.is_empty(), &["state"]);
        need(self.kind.is_some(), &["kind"]);
        need(self.origin.is_some(), &["origin"]);
        need(self.programme.is_some(), &["programme"]);
        need(self.posted.is_some(), &["posted"]);
        need(self.series.is_some(), &["series", "number"]);
        let is_searched = !fold(&self.text).is_empty();
        need(is_searched, &SEARCHED);
        need(is_searched, &["claim_nos"]);
        names.into_iter().map(|name| Table::Vouchers.place(name)).collect()
    }

    /// Whether a file of a home month, `YYYYMM`, can hold one of them: a voucher's home is its posting month.
    pub(in crate::store) fn may_be_in(&self, month: u32) -> bool {
        self.posted.is_none_or(|(from, to)| (from.number()..=to.number()).contains(&month))
    }

    /// The test over the rows of `columns`.
    pub(in crate::store) fn compile<'a>(&'a self, columns: &'a Columns) -> Holds<'a> {
        let at = |name: &str| Table::Vouchers.place(name);
        let mut tests: Vec<Holds<'a>> = Vec::new();
        let mut code = |name: &str, wanted: Vec<u8>| {
            if !wanted.is_empty() {
                let values = columns.bytes_of(at(name));
                tests.push(Box::new(move |row| wanted.contains(&values[row])));
            }
        };
        code("state", self.states.iter().map(|state| state.index()).collect());
        code("kind", self.kind.iter().map(|kind| kind.index()).collect());
        code("origin", self.origin.iter().map(|origin| origin.index()).collect());
        code("programme", self.programme.iter().map(|programme| programme.index()).collect());
        if let Some((from, to)) = self.posted {
            let months = columns.words(at("posted"));
            tests.push(Box::new(move |row| (from.number()..=to.number()).contains(&months[row])));
        }
        if let Some(series) = &self.series {
            let (texts, numbers) = (columns.texts(at("series")), columns.words(at("number")));
            tests.push(Box::new(move |row| numbers[row] > 0 && texts.get(row) == series.as_str()));
        }
        if !fold(&self.text).is_empty() {
            let needle = Needle::new(&self.text);
            let texts = SEARCHED.map(|name| columns.texts(at(name)));
            let claim_nos = columns.texts(at("claim_nos"));
            tests.push(Box::new(move |row| {
                texts.iter().any(|texts| needle.is_in(texts.get(row)))
                    || claim_nos.get(row).split('\n').any(|claim_no| needle.is_in(claim_no))
            }));
        }
        Box::new(move |row| tests.iter().all(|test| test(row)))
    }
}
