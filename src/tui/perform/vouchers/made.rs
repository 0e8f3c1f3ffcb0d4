//! The vouchers made: newest first, found by words, state, kind or month.

use std::ops::Range;
use std::sync::Arc;

use crate::base::calendar::slashed;
use crate::base::safe;
use crate::domain::code::{Origin, VoucherKind, VoucherState};
use crate::domain::query::fold;
use crate::domain::{Period, Rupiah, VoucherId};
use crate::store::{Head, StoreError, VoucherFilter, VoucherRow, VoucherRows, VoucherTotals};
use crate::tui::effect::{Answer, ListName};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::perform::lists::{Listed, Wanted, near, places_in};
use crate::tui::perform::{Bench, ListAsk};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::{Glyphs, Tone};

use super::payee_outside;

/// So many codes the clerk gets back by one key: the first ten are seen, the others by scrolling.
const LAST_CODES: usize = 200;

/// The list as it was made last.
#[derive(Clone)]
pub struct HeldMade {
    head: Head,
    filter: String,
    sort: Option<(String, Order)>,
    rows: Rows,
}

#[derive(Clone)]
enum Rows {
    /// Newest first, read window by window.
    Newest(VoucherRows),
    /// In another order, all of them.
    Sorted(Arc<Vec<VoucherRow>>),
}

impl Rows {
    fn len(&self) -> usize {
        match self {
            Rows::Newest(rows) => rows.len(),
            Rows::Sorted(rows) => rows.len(),
        }
    }

    fn window(&self, from: usize, n_rows: usize) -> Result<Vec<VoucherRow>, StoreError> {
        let end = from.saturating_add(n_rows).min(self.len());
        let start = from.min(end);
        match self {
            Rows::Newest(rows) => rows.window(start..end),
            Rows::Sorted(rows) => Ok(rows[start..end].to_vec()),
        }
    }

    /// Where vouchers stand, each at the place of its code.
    fn places(&self, bench: &Bench, codes: &[String]) -> Result<Vec<Option<usize>>, StoreError> {
        match self {
            Rows::Sorted(rows) => Ok(places_in(&codes_of(rows), codes)),
            Rows::Newest(rows) => {
                let ids = codes.iter().map(|code| id_of(bench, code)).collect::<Result<Vec<_>, _>>()?;
                let known: Vec<VoucherId> = ids.iter().flatten().copied().collect();
                let mut found = rows.positions_of(&known)?.into_iter();
                Ok(ids.iter().map(|id| id.and_then(|_| found.next().flatten())).collect())
            }
        }
    }

    /// Where a voucher would stand if the filter let it through.
    fn near(&self, bench: &Bench, before: Option<&Rows>, code: &str) -> Result<Option<usize>, StoreError> {
        match (self, before) {
            (Rows::Newest(rows), _) => match id_of(bench, code)? {
                Some(id) => rows.position_near(id),
                None => Ok(None),
            },
            (Rows::Sorted(now), Some(Rows::Sorted(before))) => {
                Ok(near(&codes_of(before), &codes_of(now), code))
            }
            (Rows::Sorted(_), _) => Ok(None),
        }
    }
}

fn codes_of(rows: &[VoucherRow]) -> Vec<String> {
    rows.iter().map(|row| row.code.clone()).collect()
}

fn id_of(bench: &Bench, code: &str) -> Result<Option<VoucherId>, StoreError> {
    Ok(bench.desk.view().vouchers_by_code(code)?.first().map(|voucher| voucher.id))
}

/// Filters and sorts.
pub fn list(bench: &Bench, ask: &ListAsk, context: &JobContext) -> Result<Answer, Trouble> {
    let view = bench.desk.view();
    let head = view.head();
    let before = bench.vouchers.made().clone();
    let is_same = |held: &&HeldMade| held.head == head && held.filter == ask.filter && held.sort == ask.sort;
    let rows = match before.as_ref().filter(is_same) {
        Some(held) => held.rows.clone(),
        None => {
            let filter = filter_of(&ask.filter);
            let rows = match &ask.sort {
                None => view.voucher_rows(&filter).map(Rows::Newest),
                Some((column, order)) => {
                    view.vouchers(&filter).map(|rows| Rows::Sorted(Arc::new(sorted(rows, column, *order))))
                }
            };
            rows.map_err(|error| bench.store_trouble(error))?
        }
    };
    context.check()?;
    let (mut kept, mut near) = (None, None);
    if let Some(code) = &ask.keep {
        let fail = |error| bench.store_trouble(error);
        kept = rows.places(bench, std::slice::from_ref(code)).map_err(fail)?.first().copied().flatten();
        if kept.is_none() {
            near = rows.near(bench, before.as_ref().map(|held| &held.rows), code).map_err(fail)?;
        }
    }
    let answer = Answer::Listed {
        list: ListName::Vouchers,
        n_rows: count(rows.len()),
        of: view.n_vouchers(),
        kept: kept.map(count),
        near: near.map(count),
    };
    *bench.vouchers.made() =
        Some(HeldMade { head, filter: ask.filter.clone(), sort: ask.sort.clone(), rows });
    Ok(answer)
}

/// Some rows of the list as it was made.
pub fn window(bench: &Bench, from: u64, n_rows: u16) -> Result<Answer, Trouble> {
    let start = usize::try_from(from).unwrap_or(usize::MAX);
    let held = bench.vouchers.made().clone();
    let found = match held {
        Some(held) => {
            held.rows.window(start, usize::from(n_rows)).map_err(|error| bench.store_trouble(error))?
        }
        None => Vec::new(),
    };
    let rows = found.iter().map(|row| row_of(bench, row)).collect();
    Ok(Answer::Window { list: ListName::Vouchers, from, rows })
}

/// What the list as it was made adds up to; nothing before there is one.
pub fn totals(bench: &Bench, context: &JobContext) -> Result<Option<VoucherTotals>, Trouble> {
    let Some(held) = bench.vouchers.made().clone() else { return Ok(None) };
    let totals = match held.rows {
        Rows::Newest(rows) => rows.totals(context.cancel_flag()),
        Rows::Sorted(rows) => Ok(VoucherTotals::of(rows.iter())),
    };
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

fn sorted(mut rows: Vec<VoucherRow>, column: &str, order: Order) -> Vec<VoucherRow> {
    match column {
        "payee" => rows.sort_by_key(|row| fold(&row.payee)),
        "net" => rows.sort_by_key(|row| row.net),
        "gross" => rows.sort_by_key(|row| row.gross),
        "unpaid" => rows.sort_by_key(unpaid),
        "state" => rows.sort_by_key(|row| row.state.code()),
        "kind" => rows.sort_by_key(|row| row.kind.code()),
        "date" => rows.sort_by_key(|row| row.date),
        "claims" => rows.sort_by(|one, other| one.claim_nos.cmp(&other.claim_nos)),
        "account" => {
            rows.sort_by(|one, other| {
                (&one.bank, &one.account_tail).cmp(&(&other.bank, &other.account_tail))
            });
        }
        "void" => rows.sort_by_key(|row| fold(&row.void_reason)),
        _ => rows.sort_by(|one, other| one.code.cmp(&other.code)),
    }
    if order == Order::Descending {
        rows.reverse();
    }
    rows
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
    rows: Option<Rows>,
}

impl<'a> Shown<'a> {
    /// As the bench holds it.
    pub fn of(bench: &'a Bench) -> Self {
        Shown { bench, rows: bench.vouchers.made().as_ref().map(|held| held.rows.clone()) }
    }

    fn records(&self, wanted: &Wanted<'_>) -> Result<Vec<VoucherRow>, StoreError> {
        match (wanted, &self.rows) {
            (Wanted::Range(range), Some(rows)) => rows.window(range.start, range.len()),
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
        self.rows.as_ref().map_or(0, Rows::len)
    }

    fn keys(&self, range: Range<usize>) -> Result<Vec<String>, StoreError> {
        Ok(codes_of(&self.records(&Wanted::Range(range))?))
    }

    fn places(&self, keys: &[String]) -> Result<Vec<Option<usize>>, StoreError> {
        match &self.rows {
            Some(rows) => rows.places(self.bench, keys),
            None => Ok(vec![None; keys.len()]),
        }
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
