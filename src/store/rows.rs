//! A list: the rows that a filter lets through, in an order, read window by window. It belongs to the view it was made
//! of; a newer view patches it.

mod find;
mod order;
mod patch;

pub(crate) use find::positions;
pub(crate) use patch::{MOST_PATCHED, Put, spliced};

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::domain::id::ClaimId;
use crate::domain::query::{Expr, Field};

use super::error::StoreError;
use super::filter::{Place, columns_of, compile, fold_into, place_of};
use super::parts::Scan;
use super::sums::Totals;
use super::tables::{ClaimRow, Columns, Table, claim_cells, claim_column, day_number, row_from};
use super::view::View;

use order::{Gathered, Run, merged};

/// Upwards or downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
    /// Days by how near they are: from ninety days back on, earliest first; what has passed longer ago comes after them,
    /// the latest first. What nobody has looked at for years does not stand before what is due now.
    Nearest,
}

/// So many days back a day still counts as near.
const NEAR_DAYS: i64 = 90;
/// Further than any day number lies from another.
const FAR: i64 = 1 << 40;

/// The order of a list. Empty values come last either way; of equal ones the older claim comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub column: Field,
    /// Which way.
    pub direction: Direction,
}

impl Default for Sort {
    /// By nearest due date.
    fn default() -> Sort {
        Sort { column: Field::Due, direction: Direction::Nearest }
    }
}

/// Tells how many of how many files are done; called from several threads.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// By what a row is ordered: the value, then the id.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SortKey {
    Number(Option<i64>),
    Text(String),
}

impl SortKey {
    fn is_empty(&self) -> bool {
        match self {
            SortKey::Number(number) => number.is_none(),
            SortKey::Text(text) => text.is_empty(),
        }
    }

    fn compare(&self, other: &SortKey, direction: Direction) -> Ordering {
        let by_value = match (self, other) {
            (SortKey::Number(a), SortKey::Number(b)) => a.cmp(b),
            (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
            _ => unreachable!("one column has one kind of key"),
        };
        self.is_empty().cmp(&other.is_empty()).then(match direction {
            Direction::Ascending | Direction::Nearest => by_value,
            Direction::Descending => by_value.reverse(),
        })
    }
}

/// A row of the list: its key, its claim, its place.
struct Entry {
    key: SortKey,
    id: u64,
    place: u32,
}

impl Entry {
    fn compare(&self, other: &Entry, direction: Direction) -> Ordering {
        self.key.compare(&other.key, direction).then(self.id.cmp(&other.id))
    }
}

/// An ordered list of claims.
#[derive(Debug, Clone)]
pub struct Rows {
    view: View,
    expr: Arc<Expr>,
    sort: Sort,
    today: Date,
    /// Places: below the base's number of rows a row of the base, above it an entry of `touched`.
    order: Arc<Vec<u32>>,
    touched: Arc<[ClaimId]>,
}

impl View {
    /// The claims that a filter lets through, in an order. `cancel` is looked at between files.
    pub fn select(
        &self,
        expr: &Expr,
        sort: Sort,
        today: Date,
        cancel: &AtomicBool,
        progress: Progress<'_>,
    ) -> Result<Rows, StoreError> {
        let touched: Arc<[ClaimId]> = self.state().claims.keys().copied().collect();
        let mut runs = self.runs(expr, sort, today, cancel, progress)?;
        let mut gathered = Gathered::new(sort.direction);
        let n_base = self.state().base.rows(Table::Claims);
        for entry in touched_entries(self, &touched, n_base, expr, sort, today) {
            gathered.push(entry.key, entry.id, entry.place);
        }
        runs.push(gathered.run());
        let order = merged(runs).into();
        Ok(Rows { view: self.clone(), expr: Arc::new(expr.clone()), sort, today, order, touched })
    }

    /// The rows of the base, those of each file sorted.
    fn runs(
        &self,
        expr: &Expr,
        sort: Sort,
        today: Date,
        cancel: &AtomicBool,
        progress: Progress<'_>,
    ) -> Result<Vec<Run>, StoreError> {
        let hidden = self.hidden_claims();
        let place = place_of(sort.column);
        let mut wanted = columns_of(expr);
        wanted.extend(place.columns());
        wanted.push(claim_column("id"));
        let scan = Scan::new(&self.state().base, Table::Claims, wanted).cancel(cancel).progress(progress);
        scan.map(|start, columns| {
            let holds = compile(expr, columns, today);
            let ids = columns.ids(claim_column("id"));
            let mut gathered = Gathered::new(sort.direction);
            for (at, row) in (start..).zip(0..columns.rows()) {
                if holds(row) && hidden.binary_search(&at).is_err() {
                    gathered.push(key_of(place, columns, row, today, sort.direction), ids[row], at);
                }
            }
            gathered.run()
        })
    }

    /// Gives every claim's row that a filter lets through, file by file, what was touched last: for exports and the
    /// analysis, which need all rows and no order.
    pub fn for_each_row(
        &self,
        expr: &Expr,
        today: Date,
        cancel: &AtomicBool,
        progress: Progress<'_>,
        f: &mut dyn FnMut(ClaimRow),
    ) -> Result<(), StoreError> {
        let hidden = self.hidden_claims();
        let base = &self.state().base;
        let all: Vec<usize> = (0..Table::Claims.columns().len()).collect();
        let mut is_whole = true;
        Scan::new(base, Table::Claims, all).cancel(cancel).progress(progress).each(|start, columns| {
            let holds = compile(expr, columns, today);
            for (at, row) in (start..).zip(0..columns.rows()) {
                if holds(row) && hidden.binary_search(&at).is_err() {
                    match row_from(columns, row) {
                        Some(row) => f(row),
                        None => is_whole = false,
                    }
                }
            }
        })?;
        if !is_whole {
            base.give_up();
            let path = base.layout.parts(Table::Claims.name());
            return Err(StoreError::Part { path, why: "a row is no claim".to_owned() });
        }
        let touched: Vec<ClaimId> = self.state().claims.keys().copied().collect();
        let columns = touched_columns(self, &touched);
        let holds = compile(expr, &columns, today);
        for (row, id) in touched.iter().enumerate().filter(|(row, _)| holds(*row)) {
            debug_assert_eq!(columns.ids(claim_column("id"))[row], id.get());
            f((*self.state().claims[id].row).clone());
        }
        Ok(())
    }
}

/// The rows of some touched claims as columns.
pub(super) fn touched_columns(view: &View, ids: &[ClaimId]) -> Columns {
    let state = view.state();
    let mut columns = Columns::new(Table::Claims);
    for id in ids {
        claim_cells(&state.claims[id].row, &state.base.keyed, &mut columns);
    }
    columns
}

/// Entries for the touched claims that a filter lets through; their places begin at `n_base`.
fn touched_entries(
    view: &View,
    ids: &[ClaimId],
    n_base: u32,
    expr: &Expr,
    sort: Sort,
    today: Date,
) -> Vec<Entry> {
    let columns = touched_columns(view, ids);
    let holds = compile(expr, &columns, today);
    let place = place_of(sort.column);
    (0..ids.len())
        .filter(|row| holds(*row))
        .map(|row| Entry {
            key: key_of(place, &columns, row, today, sort.direction),
            id: ids[row].get(),
            place: n_base + u32::try_from(row).expect("an overlay has few rows"),
        })
        .collect()
}

/// The day itself while it is near, else a number behind all near ones that grows into the past.
fn nearness(day: i64, today: i64) -> i64 {
    let first_near = today - NEAR_DAYS;
    if day >= first_near { day } else { FAR + (first_near - day) }
}

fn key_of(place: Place, columns: &Columns, row: usize, today: Date, direction: Direction) -> SortKey {
    match place {
        Place::Text(column) | Place::Lines(column) => {
            let mut folded = String::new();
            fold_into(columns.texts(column).get(row), &mut folded);
            SortKey::Text(folded)
        }
        _ => {
            let today = i64::from(day_number(today));
            let number = place.number(columns, row, today);
            SortKey::Number(match direction {
                Direction::Nearest => number.map(|day| nearness(day, today)),
                _ => number,
            })
        }
    }
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The view it was made of.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The order it is in.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The filter that lets its rows through.
    pub(super) fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The day it was made for.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// What all its rows add up to.
    pub fn totals(&self, cancel: &AtomicBool) -> Result<Totals, StoreError> {
        self.view.totals(&self.expr, self.today, cancel)
    }

    /// The rows of a window; what lies outside the list is left out. A page that is scattered over many row groups is
    /// read by two threads, each group by one of them.
    pub fn window(&self, range: Range<usize>) -> Result<Vec<ClaimRow>, StoreError> {
        let end = range.end.min(self.order.len());
        let start = range.start.min(end);
        let mut places: Vec<(usize, u32)> = self.order[start..end].iter().copied().enumerate().collect();
        places.sort_unstable_by_key(|(_, place)| *place);
        let (one, two) = places.split_at(places.len() / 2);
        let read = |places: &[(usize, u32)]| {
            places
                .iter()
                .map(|(at, place)| Ok((*at, self.row(*place)?)))
                .collect::<Result<Vec<_>, StoreError>>()
        };
        let (one, two) = std::thread::scope(|scope| {
            let other = scope.spawn(|| read(one));
            let two = read(two);
            (other.join().expect("reading does not panic"), two)
        });
        let mut rows = one?;
        rows.extend(two?);
        rows.sort_unstable_by_key(|(at, _)| *at);
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    /// The ids of a window.
    pub fn ids(&self, range: Range<usize>) -> Result<Vec<ClaimId>, StoreError> {
        let end = range.end.min(self.order.len());
        let start = range.start.min(end);
        let order = &self.order[start..end];
        let n_base = self.n_base();
        let of_base: Vec<u32> = order.iter().copied().filter(|place| *place < n_base).collect();
        let mut ids = self.view.state().base.ids_of(Table::Claims, &of_base)?.into_iter();
        let id = |place: &u32| match place.checked_sub(n_base) {
            Some(touched) => self.touched[usize::try_from(touched).expect("rows fit")],
            None => ClaimId::new(ids.next().expect("one id a row of the base")),
        };
        Ok(order.iter().map(id).collect())
    }

    fn n_base(&self) -> u32 {
        self.view.state().base.rows(Table::Claims)
    }

    fn row(&self, place: u32) -> Result<ClaimRow, StoreError> {
        let state = self.view.state();
        match place.checked_sub(self.n_base()) {
            Some(touched) => {
                let id = self.touched[usize::try_from(touched).expect("rows fit")];
                Ok((*state.claims[&id].row).clone())
            }
            None => {
                let (columns, row) = state.base.group(Table::Claims, place)?;
                row_from(&columns, row).ok_or_else(|| {
                    let part = &state.base.parts(Table::Claims)[state.base.file_of(Table::Claims, place)];
                    state.base.bad(part, "a row is no claim")
                })
            }
        }
    }

    /// The place of a claim in a view's numbering.
    fn place_of(&self, id: ClaimId) -> Result<Option<u32>, StoreError> {
        match self.touched_place(id) {
            Some(place) => Ok(Some(place)),
            None => self.view.claim_row_in_base(id),
        }
    }
}
