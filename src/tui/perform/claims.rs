//! The claims list: its order, its windows, and the neighbours of a claim in it.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::desk::{cells, write_file};
use crate::domain::code::{ProcessState, ReviewMark};
use crate::domain::query::{self, Field, QueryError};
use crate::domain::{ClaimId, Rupiah};
use crate::store::{ClaimRow, Direction, Rows, Sort, StoreError};
use crate::tui::effect::{Answer, ListName, Step};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::{Glyphs, Tone};
use crate::words::Value;

use super::work::shown_path;
use super::{Bench, ListAsk};

/// The columns of a written list, whatever the screen has room for.
const EXPORTED: &[Field] = &[
    Field::ClaimNo,
    Field::Programme,
    Field::Worker,
    Field::Npp,
    Field::Company,
    Field::EventDate,
    Field::ReportedDate,
    Field::Outcome,
    Field::Status,
    Field::Asked,
    Field::Determined,
    Field::Paid,
    Field::Waiting,
    Field::Due,
    Field::PapersMissing,
    Field::Voucher,
    Field::Facility,
];

/// The order that was made last, for windows and neighbours, and to be patched by what has changed since.
#[derive(Default)]
pub struct Held(Mutex<Option<HeldRows>>);

#[derive(Clone)]
struct HeldRows {
    filter: String,
    today: Date,
    rows: Rows,
}

impl Held {
    fn lock(&self) -> MutexGuard<'_, Option<HeldRows>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    let kept = match &ask.keep {
        Some(claim_no) => position(bench, &rows, claim_no).map_err(|error| bench.store_trouble(error))?,
        None => None,
    };
    let answer =
        Answer::Listed { list: ListName::Claims, n_rows: count(rows.len()), of: view.n_claims(), kept };
    *bench.claims.lock() = Some(HeldRows { filter: ask.filter.clone(), today, rows });
    Ok(answer)
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

/// Writes the list as it is filtered and sorted now, as `claims --format csv` does: personal data is masked.
pub fn write(bench: &Bench, path: &str) -> Result<Answer, Trouble> {
    let rows = match bench.claims.rows() {
        Some(rows) => rows.window(0..rows.len()).map_err(|error| bench.store_trouble(error))?,
        None => Vec::new(),
    };
    let text = cells::claims_csv(&rows, EXPORTED, bench.desk.today(), &bench.words)
        .map_err(|error| Trouble::Failed { text: error.to_string() })?;
    write_file(Path::new(path), &text).map_err(|error| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
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
        Cell::new(&row.worker),
        Cell::new(&row.company),
        Cell::new(&slashed(row.event_date)),
        outcome_cell(bench, row),
        Cell::toned(&words.text(&row.status.key()), status_tone(row.status)),
        money(row.waiting_voucher + row.waiting_payment, bench.glyphs),
        due_cell(row.due, today),
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
    let text = format!("{} {}", bench.outcome_mark(outcome), bench.words.text(&outcome.key()));
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

/// Red when it has passed, yellow within three days.
fn due_cell(due: Option<Date>, today: Date) -> Cell {
    let Some(due) = due else { return Cell::default() };
    let tone = match crate::base::calendar::days_between(today, due) {
        ..=-1 => Tone::Bad,
        0..=3 => Tone::Warn,
        _ => Tone::Plain,
    };
    Cell::toned(&slashed(due), tone)
}

fn papers_cell(n_missing: u8) -> Cell {
    if n_missing == 0 { Cell::default() } else { Cell::toned(&n_missing.to_string(), Tone::Warn) }
}

fn review_cell(bench: &Bench, mark: Option<ReviewMark>) -> Cell {
    let Some(mark) = mark else { return Cell::default() };
    let tone = if mark == ReviewMark::Checked { Tone::Good } else { Tone::Warn };
    Cell::toned(&bench.words.text(&mark.key()), tone)
}
