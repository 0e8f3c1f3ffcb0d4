//! The vouchers made: newest first, found by words, state, kind or month.

use std::ops::Range;

use crate::base::calendar::slashed;
use crate::base::safe;
use crate::domain::code::{Origin, VoucherKind, VoucherState};
use crate::domain::{Period, Rupiah, VoucherId};
use crate::store::{
    Direction, StoreError, VoucherColumn, VoucherFilter, VoucherRow, VoucherRows, VoucherSort, VoucherTotals,
};
use crate::tui::effect::{Answer, ListName};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::perform::lists::{Listed, Wanted};
use crate::tui::perform::{Bench, ListAsk};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::{Glyphs, Tone};

use super::payee_outside;

/// So many codes the clerk gets back by one key: the first ten are seen, the others by scrolling.
const LAST_CODES: usize = 200;

/// The list as it was made last, to be patched by what has changed since.
#[derive(Clone)]
pub struct HeldMade {
    filter: String,
    rows: VoucherRows,
}

fn codes_of(rows: &[VoucherRow]) -> Vec<String> {
    rows.iter().map(|row| row.code.clone()).collect()
}

fn id_of(bench: &Bench, code: &str) -> Result<Option<VoucherId>, StoreError> {
    Ok(bench.desk.view().vouchers_by_code(code)?.first().map(|voucher| voucher.id))
}

/// Filters and sorts. The same question again only patches the order by what has changed.
pub fn list(bench: &Bench, ask: &ListAsk, context: &JobContext) -> Result<Answer, Trouble> {
    let view = bench.desk.view();
    let sort = sort_of(ask);
    let before = bench.vouchers.made().clone();
    let same = before.filter(|held| held.filter == ask.filter && held.rows.sort() == sort);
    let cancel = context.cancel_flag();
    let rows = match same {
        Some(held) => held.rows.patch(&view, cancel),
        None => view.voucher_list(&filter_of(&ask.filter), sort, cancel),
    };
    let rows = rows.map_err(|error| bench.store_trouble(error))?;
    context.check()?;
    let (kept, near) = match &ask.keep {
        Some(code) => place_or_near(bench, &rows, code).map_err(|error| bench.store_trouble(error))?,
        None => (None, None),
    };
    let n_rows = count(rows.len());
    let answer = Answer::Listed { list: ListName::Vouchers, n_rows, of: view.n_vouchers(), kept, near };
    *bench.vouchers.made() = Some(HeldMade { filter: ask.filter.clone(), rows });
    Ok(answer)
}

/// Where a voucher stands, or where it would stand if the filter let it through.
fn place_or_near(
    bench: &Bench,
    rows: &VoucherRows,
    code: &str,
) -> Result<(Option<u64>, Option<u64>), StoreError> {
    let Some(id) = id_of(bench, code)? else { return Ok((None, None)) };
    let kept = rows.positions_of(&[id])?.first().copied().flatten();
    let near = if kept.is_none() { rows.position_near(id)? } else { None };
    Ok((kept.map(count), near.map(count)))
}

/// Some rows of the list as it was made.
pub fn window(bench: &Bench, from: u64, n_rows: u16) -> Result<Answer, Trouble> {
    let start = usize::try_from(from).unwrap_or(usize::MAX);
    let held = bench.vouchers.made().clone();
    let found = match held {
        Some(held) => held
            .rows
            .window(start..start.saturating_add(usize::from(n_rows)))
            .map_err(|error| bench.store_trouble(error))?,
        None => Vec::new(),
    };
    let rows = found.iter().map(|row| row_of(bench, row)).collect();
    Ok(Answer::Window { list: ListName::Vouchers, from, rows })
}

/// What the list as it was made adds up to; nothing before there is one.
pub fn totals(bench: &Bench, context: &JobContext) -> Result<Option<VoucherTotals>, Trouble> {
    let Some(held) = bench.vouchers.made().clone() else { return Ok(None) };
    let totals = held.rows.totals(context.cancel_flag());
    totals.map(Some).map_err(|error| bench.store_trouble(error))
}

/// The codes given or recorded last, with payee, sum and date.
pub fn last_codes(bench: &Bench) -> Result<Answer, Trouble> {
    let filter = VoucherFilter { origin: Some(Origin::Desk), ..VoucherFilter::default() };
    let rows = bench.desk.vouchers(&filter, Some(LAST_CODES)).map_err(|error| bench.trouble(error))?;
    let label = |row: &VoucherRow| {
        format!("{}  {}  {}  {}", slashed(row.date), row.net.grouped(), row.payee, state(bench, row))
    };
    Ok(Answer::LastCodes(rows.iter().map(|row| (row.code.clone(), label(row))).collect()))
}

/// Words that name a state, a kind or a month say so; the others are looked for in code, payee and claim numbers.
fn filter_of(text: &str) -> VoucherFilter {
    let mut filter = VoucherFilter::default();
    let mut searched: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(state) = VoucherState::parse(word) {
            filter.states.push(state);
        } else if let Some(kind) = VoucherKind::parse(word) {
            filter.kind = Some(kind);
        } else if let Ok(month) = word.parse::<Period>() {
            filter.posted = Some((month, month));
        } else {
            searched.push(word);
        }
    }
    filter.text = searched.join(" ");
    filter
}

fn sort_of(ask: &ListAsk) -> VoucherSort {
    let Some((column, order)) = &ask.sort else { return VoucherSort::default() };
    let column = match column.as_str() {
        "payee" => VoucherColumn::Payee,
        "net" => VoucherColumn::Net,
        "gross" => VoucherColumn::Gross,
        "unpaid" => VoucherColumn::Unpaid,
        "state" => VoucherColumn::State,
        "kind" => VoucherColumn::Kind,
        "date" => VoucherColumn::Date,
        "claims" => VoucherColumn::Claims,
        "account" => VoucherColumn::Account,
        "void" => VoucherColumn::Void,
        _ => VoucherColumn::Code,
    };
    let direction = match order {
        Order::Ascending => Direction::Ascending,
        Order::Descending => Direction::Descending,
    };
    VoucherSort { column, direction }
}

fn unpaid(row: &VoucherRow) -> Rupiah {
    if row.state.is_live() { row.net - row.paid } else { Rupiah::ZERO }
}

/// A voucher of which only a part is paid says so: its state is still the one before.
fn state(bench: &Bench, row: &VoucherRow) -> String {
    if row.state.is_live() && row.paid > Rupiah::ZERO && row.paid < row.net {
        return bench.words.text("panes-work-partly");
    }
    bench.words.text(&row.state.key())
}

/// How a state looks.
pub fn tone_of(state: VoucherState) -> Tone {
    match state {
        VoucherState::Paid => Tone::Good,
        VoucherState::Returned => Tone::Bad,
        VoucherState::Void => Tone::Dim,
        VoucherState::Proposed | VoucherState::Approved => Tone::Plain,
    }
}

/// A row in the order of the pane's columns.
fn row_of(bench: &Bench, row: &VoucherRow) -> Row {
    let dash = if bench.glyphs == Glyphs::Unicode { "–" } else { "-" };
    let money = |amount: Rupiah| {
        if amount.is_zero() { Cell::toned(dash, Tone::Dim) } else { Cell::new(&amount.grouped()) }
    };
    let account = if row.account_tail.is_empty() {
        String::new()
    } else {
        safe::terminal(&format!("{} …{}", row.bank, row.account_tail)).into_owned()
    };
    let cells = vec![
        Cell::new(&row.code),
        Cell::new(&slashed(row.date)),
        Cell::toned(&state(bench, row), tone_of(row.state)),
        Cell::new(&row.payee),
        money(row.net),
        money(unpaid(row)),
        Cell::new(&row.claim_nos.join(" ")),
        Cell::new(&bench.words.text(&row.kind.key())),
        Cell::new(&account),
        money(row.gross),
        Cell::new(&row.void_reason),
    ];
    Row { key: row.code.clone(), cells }
}

/// The list as it was made last.
pub struct Shown<'a> {
    bench: &'a Bench,
    rows: Option<VoucherRows>,
}

impl<'a> Shown<'a> {
    /// As the bench holds it.
    pub fn of(bench: &'a Bench) -> Self {
        Shown { bench, rows: bench.vouchers.made().as_ref().map(|held| held.rows.clone()) }
    }

    fn records(&self, wanted: &Wanted<'_>) -> Result<Vec<VoucherRow>, StoreError> {
        match (wanted, &self.rows) {
            (Wanted::Range(range), Some(rows)) => rows.window(range.clone()),
            (Wanted::Range(_), None) => Ok(Vec::new()),
            (Wanted::Keys(codes), _) => {
                let view = self.bench.desk.view();
                let mut found = Vec::with_capacity(codes.len());
                for code in *codes {
                    if let Some(id) = id_of(self.bench, code)? {
                        found.extend(view.voucher_row(id)?);
                    }
                }
                Ok(found)
            }
        }
    }
}

impl Listed for Shown<'_> {
    fn n_rows(&self) -> usize {
        self.rows.as_ref().map_or(0, VoucherRows::len)
    }

    fn keys(&self, range: Range<usize>) -> Result<Vec<String>, StoreError> {
        Ok(codes_of(&self.records(&Wanted::Range(range))?))
    }

    fn places(&self, keys: &[String]) -> Result<Vec<Option<usize>>, StoreError> {
        let Some(rows) = &self.rows else { return Ok(vec![None; keys.len()]) };
        let ids = keys.iter().map(|code| id_of(self.bench, code)).collect::<Result<Vec<_>, _>>()?;
        let known: Vec<VoucherId> = ids.iter().flatten().copied().collect();
        let mut found = rows.positions_of(&known)?.into_iter();
        Ok(ids.iter().map(|id| id.and_then(|_| found.next().flatten())).collect())
    }

    fn rows(&self, keys: &[String]) -> Result<Vec<Row>, StoreError> {
        let mut records = self.records(&Wanted::Keys(keys))?;
        records.iter_mut().for_each(|row| row.payee = payee_outside(row.payee_kind, &row.payee));
        Ok(records.iter().map(|row| row_of(self.bench, row)).collect())
    }

    fn heads(&self, columns: &[String]) -> Vec<String> {
        columns.to_vec()
    }

    fn cells(&self, wanted: &Wanted<'_>, columns: &[String]) -> Result<Vec<Vec<String>>, StoreError> {
        let line = |row: &VoucherRow| columns.iter().map(|id| written(row, id)).collect();
        Ok(self.records(wanted)?.iter().map(line).collect())
    }
}

/// A cell of a written list.
fn written(row: &VoucherRow, column: &str) -> String {
    match column {
        "date" => row.date.to_string(),
        "state" => row.state.code().to_owned(),
        "payee" => payee_outside(row.payee_kind, &row.payee),
        "net" => row.net.get().to_string(),
        "unpaid" => unpaid(row).get().to_string(),
        "claims" => row.claim_nos.join(" "),
        "kind" => row.kind.code().to_owned(),
        "account" if row.account_tail.is_empty() => String::new(),
        "account" => format!("{} ****{}", row.bank, row.account_tail),
        "gross" => row.gross.get().to_string(),
        "void" => row.void_reason.clone(),
        _ => row.code.clone(),
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
