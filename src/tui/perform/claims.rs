//! The claims list: its order, its windows, and the neighbours of a claim in it.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::base::safe;
use crate::desk::cells::{self, Reader};
use crate::domain::code::{Outcome, ProcessState, ReviewMark};
use crate::domain::query::{self, Field, QueryError};
use crate::domain::{ClaimId, Rupiah};
use crate::store::{ClaimRow, Direction, KeptTotals, Rows, Sort, StoreError, Totals};
use crate::tui::effect::{Answer, ListName, Step};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::{Glyphs, Tone};
use crate::words::Value;

use super::lists::{Listed, Wanted};
use super::{Bench, ListAsk};

/// The order that was made last, for windows and neighbours, and to be patched by what has changed since.
#[derive(Default)]
pub struct Held {
    rows: Mutex<Option<HeldRows>>,
    /// What the list added up to when it was asked last.
    totals: Mutex<Option<KeptTotals>>,
}

#[derive(Clone)]
struct HeldRows {
    filter: String,
    today: Date,
    rows: Rows,
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, Option<HeldRows>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rows(&self) -> Option<Rows> {
        self.lock().as_ref().map(|held| held.rows.clone())
    }
}

/// Filters and sorts. The same question again only patches the order by what has changed.
pub fn list(bench: &Bench, ask: &ListAsk, context: &JobContext) -> Result<Answer, Trouble> {
    let today = bench.desk.today();
    let expr = match query::parse(&ask.filter, today) {
        Ok(expr) => expr,
        Err(error) => return Ok(filter_refused(bench, &ask.filter, &error)),
    };
    let sort = sort_of(ask);
    let view = bench.desk.view();
    let before = bench.claims.lock().clone();
    let same =
        before.filter(|held| held.filter == ask.filter && held.today == today && held.rows.sort() == sort);
    let cancel = context.cancel_flag();
    let rows = match same {
        Some(held) => held.rows.patch(&view, cancel),
        None => view.select(&expr, sort, today, cancel, &|_, _| {}),
    };
    let rows = rows.map_err(|error| bench.store_trouble(error))?;
    context.check()?;
    let (kept, near) = match &ask.keep {
        Some(claim_no) => places(bench, &rows, claim_no).map_err(|error| bench.store_trouble(error))?,
        None => (None, None),
    };
    let answer =
        Answer::Listed { list: ListName::Claims, n_rows: count(rows.len()), of: view.n_claims(), kept, near };
    *bench.claims.lock() = Some(HeldRows { filter: ask.filter.clone(), today, rows });
    Ok(answer)
}

/// What the present order adds up to; nothing before there is one.
pub fn totals(bench: &Bench, context: &JobContext) -> Result<Option<Totals>, Trouble> {
    let Some(rows) = bench.claims.rows() else { return Ok(None) };
    let held = || bench.claims.totals.lock().unwrap_or_else(PoisonError::into_inner);
    let before = held().clone();
    let kept = rows.kept_totals(before.as_ref(), context.cancel_flag());
    let kept = kept.map_err(|error| bench.store_trouble(error))?;
    let totals = kept.totals().first().copied();
    *held() = Some(kept);
    Ok(totals)
}

/// What these claims add up to.
pub fn totals_of(bench: &Bench, claim_nos: &[String], context: &JobContext) -> Result<Totals, Trouble> {
    let view = bench.desk.view();
    let mut ids = Vec::with_capacity(claim_nos.len());
    for claim_no in claim_nos {
        context.check()?;
        ids.extend(view.claim_by_no(claim_no).map_err(|error| bench.store_trouble(error))?);
    }
    view.totals_of(&ids).map_err(|error| bench.store_trouble(error))
}

/// Some rows of the present order.
pub fn window(bench: &Bench, from: u64, n_rows: u16) -> Result<Answer, Trouble> {
    let start = usize::try_from(from).unwrap_or(usize::MAX);
    let found = match bench.claims.rows() {
        Some(rows) => rows
            .window(start..start.saturating_add(usize::from(n_rows)))
            .map_err(|error| bench.store_trouble(error))?,
        None => Vec::new(),
    };
    let rows = found.iter().map(|row| row_of(bench, row)).collect();
    Ok(Answer::Window { list: ListName::Claims, from, rows })
}

/// The claim before or after one. One that has left the list since (it was determined, closed) has its successor in its
/// place.
pub fn beside(bench: &Bench, key: &str, number: u64, step: Step) -> Result<Answer, Trouble> {
    let found = neighbour(bench, key, number, step).map_err(|error| bench.store_trouble(error))?;
    Ok(Answer::Beside { list: ListName::Claims, of: key.to_owned(), found })
}

fn neighbour(bench: &Bench, key: &str, number: u64, step: Step) -> Result<Option<(String, u64)>, StoreError> {
    let Some(rows) = bench.claims.rows() else { return Ok(None) };
    let target = match (position(bench, &rows, key)?, step) {
        (Some(place), Step::Next) => place.checked_add(1),
        (Some(place), Step::Previous) => place.checked_sub(1),
        (None, Step::Next) => Some(number),
        (None, Step::Previous) => number.checked_sub(1),
    };
    let Some(place) = target.and_then(|place| usize::try_from(place).ok()) else { return Ok(None) };
    let window = rows.window(place..place.saturating_add(1))?;
    Ok(window.first().map(|row| (row.claim_no.clone(), count(place))))
}

/// The list as it was ordered last.
pub struct Shown<'a> {
    bench: &'a Bench,
    rows: Option<Rows>,
}

impl<'a> Shown<'a> {
    /// As the bench holds it.
    pub fn of(bench: &'a Bench) -> Self {
        Shown { bench, rows: bench.claims.rows() }
    }

    fn records(&self, wanted: &Wanted<'_>) -> Result<Vec<ClaimRow>, StoreError> {
        match (wanted, &self.rows) {
            (Wanted::Range(range), Some(rows)) => rows.window(range.clone()),
            (Wanted::Range(_), None) => Ok(Vec::new()),
            (Wanted::Keys(keys), _) => {
                let view = self.bench.desk.view();
                let mut found = Vec::with_capacity(keys.len());
                for key in *keys {
                    if let Some(id) = view.claim_by_no(key)? {
                        found.extend(view.claim_row(id)?);
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
        Ok(self.records(&Wanted::Range(range))?.into_iter().map(|row| row.claim_no).collect())
    }

    fn places(&self, keys: &[String]) -> Result<Vec<Option<usize>>, StoreError> {
        let Some(rows) = &self.rows else { return Ok(vec![None; keys.len()]) };
        let view = self.bench.desk.view();
        let ids = keys.iter().map(|key| view.claim_by_no(key)).collect::<Result<Vec<_>, _>>()?;
        let known: Vec<ClaimId> = ids.iter().flatten().copied().collect();
        let mut found = rows.positions_of(&known)?.into_iter();
        Ok(ids.iter().map(|id| id.and_then(|_| found.next().flatten())).collect())
    }

    fn rows(&self, keys: &[String]) -> Result<Vec<Row>, StoreError> {
        let mut records = self.records(&Wanted::Keys(keys))?;
        records.iter_mut().for_each(|row| row.worker = safe::initials(&row.worker));
        Ok(records.iter().map(|row| row_of(self.bench, row)).collect())
    }

    fn heads(&self, columns: &[String]) -> Vec<String> {
        let lang = self.bench.words.lang();
        fields(columns).map(|field| cells::heading(field, lang, Reader::Outside)).collect()
    }

    fn cells(&self, wanted: &Wanted<'_>, columns: &[String]) -> Result<Vec<Vec<String>>, StoreError> {
        let (today, words) = (self.bench.desk.today(), &self.bench.words);
        let line = |row: &ClaimRow| {
            fields(columns).map(|field| cells::cell(row, field, today, Reader::Outside, words)).collect()
        };
        Ok(self.records(wanted)?.iter().map(line).collect())
    }
}

/// The columns' ids are names of the filter language.
fn fields(columns: &[String]) -> impl Iterator<Item = Field> {
    columns.iter().filter_map(|id| Field::parse(id))
}

/// Where a claim stands, or where it would stand if the filter let it through.
fn places(bench: &Bench, rows: &Rows, claim_no: &str) -> Result<(Option<u64>, Option<u64>), StoreError> {
    let Some(id) = bench.desk.view().claim_by_no(claim_no)? else { return Ok((None, None)) };
    let kept = rows.position_of(id)?;
    let near = if kept.is_none() { rows.position_near(id)? } else { None };
    Ok((kept.map(count), near.map(count)))
}

fn position(bench: &Bench, rows: &Rows, claim_no: &str) -> Result<Option<u64>, StoreError> {
    let id: Option<ClaimId> = bench.desk.view().claim_by_no(claim_no)?;
    let place = id.map(|id| rows.position_of(id)).transpose()?.flatten();
    Ok(place.map(count))
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}

fn sort_of(ask: &ListAsk) -> Sort {
    let asked = ask.sort.as_ref().and_then(|(id, order)| Some((Field::parse(id)?, *order)));
    asked.map_or_else(Sort::default, |(column, order)| Sort {
        column,
        direction: match order {
            Order::Ascending => Direction::Ascending,
            Order::Descending => Direction::Descending,
        },
    })
}

fn filter_refused(bench: &Bench, filter: &str, error: &QueryError) -> Answer {
    let column = error.column(filter);
    let args = [("found", Value::Text(error.found.clone())), ("column", Value::Text(column.to_string()))];
    let sentence = bench.words.format(&error.key(), &args);
    // The nearest word comes first: on a narrow screen the end of the sentence is cut.
    let text = match &error.nearest {
        Some(nearest) => {
            let nearest = [("nearest", Value::Text(nearest.clone()))];
            format!("{} {sentence}", bench.words.format("query-nearest", &nearest))
        }
        None => sentence,
    };
    let at = u16::try_from(column.saturating_sub(1)).unwrap_or(u16::MAX);
    Answer::FilterRefused { list: ListName::Claims, at, text }
}

/// A row in the order of the pane's columns.
fn row_of(bench: &Bench, row: &ClaimRow) -> Row {
    let words = &bench.words;
    let today = bench.desk.today();
    let cells = vec![
        Cell::new(&row.claim_no),
        if row.is_erased() { Cell::new(&words.text("erased-person")) } else { Cell::new(&row.worker) },
        Cell::new(&row.company),
        Cell::new(&slashed(row.event_date)),
        outcome_cell(bench, row),
        Cell::toned(&words.text(&row.status.key()), status_tone(row.status)),
        money(row.waiting_voucher + row.waiting_payment, bench.glyphs),
        due_cell(row, today),
        papers_cell(row.papers_missing),
        review_cell(bench, row.review),
        Cell::new(&row.facility),
        money(row.determined, bench.glyphs),
        money(row.paid, bench.glyphs),
        Cell::new(&row.reported_date.map_or_else(String::new, slashed)),
        Cell::new(&row.vouchers),
        money(row.asked, bench.glyphs),
        Cell::new(row.programme.code()),
    ];
    Row { key: row.claim_no.clone(), cells }
}

fn outcome_cell(bench: &Bench, row: &ClaimRow) -> Cell {
    let Some(outcome) = row.outcome else { return Cell::default() };
    // What is the usual case has to be readable in the narrowest column.
    let said = match outcome {
        Outcome::Berobat => bench.words.text("insight-outcome-berobat"),
        other => bench.words.text(&other.key()),
    };
    let text = format!("{} {}", bench.outcome_mark(outcome), said);
    Cell::toned(&text, if outcome.is_final() { Tone::Plain } else { Tone::Warn })
}

fn status_tone(status: ProcessState) -> Tone {
    match status {
        ProcessState::Closed => Tone::Good,
        ProcessState::Rejected | ProcessState::Cancelled => Tone::Dim,
        ProcessState::Returned => Tone::Warn,
        _ => Tone::Plain,
    }
}

/// Nothing is a dash, so that what there is stands out.
fn money(amount: Rupiah, glyphs: Glyphs) -> Cell {
    if amount.is_zero() {
        let dash = if glyphs == Glyphs::Unicode { "–" } else { "-" };
        return Cell::toned(dash, Tone::Dim);
    }
    Cell::new(&amount.grouped())
}

/// Red and with a mark when it has passed, so that it is told without colours, too; yellow within three days. Where nothing
/// is owed the day is that of a further step, the next STMB say, and no payment is late.
fn due_cell(row: &ClaimRow, today: Date) -> Cell {
    let Some(due) = row.due else { return Cell::default() };
    if row.waiting().is_zero() {
        return Cell::toned(&slashed(due), Tone::Dim);
    }
    let tone = match crate::base::calendar::days_between(today, due) {
        ..=-1 => Tone::Bad,
        0..=3 => Tone::Warn,
        _ => Tone::Plain,
    };
    match tone {
        // As wide as the others: a list of eighty columns has room for no more.
        Tone::Bad => Cell::toned(&format!("! {}", due.strftime("%d/%m/%y")), tone),
        _ => Cell::toned(&slashed(due), tone),
    }
}

fn papers_cell(n_missing: u8) -> Cell {
    if n_missing == 0 { Cell::default() } else { Cell::toned(&n_missing.to_string(), Tone::Warn) }
}

fn review_cell(bench: &Bench, mark: Option<ReviewMark>) -> Cell {
    let Some(mark) = mark else { return Cell::default() };
    let tone = if mark == ReviewMark::Checked { Tone::Good } else { Tone::Warn };
    Cell::toned(&bench.words.text(&mark.key()), tone)
}
