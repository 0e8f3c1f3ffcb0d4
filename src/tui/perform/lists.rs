//! What is asked of any list as it was ordered last: keys of many rows, how many of some rows it leaves out, rows as they may
//! leave the desk, and the whole of it as a file.

use std::ops::Range;
use std::path::Path;

use crate::base::safe;
use crate::desk::write_file;
use crate::store::StoreError;
use crate::tui::effect::{Answer, KeySpan, ListName};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::list::MOST_MARKED;
use crate::tui::table::Row;

use super::work::shown_path;
use super::{Bench, claims, clusters, vouchers};

/// Rows that are written between two looks at whether the person has had enough.
const PART: usize = 65_536;

/// Which rows of a list.
#[derive(Clone, Debug)]
pub enum Wanted<'a> {
    /// Of its present order.
    Range(Range<usize>),
    /// By their keys, in the list or not.
    Keys(&'a [String]),
}

/// A list as it was ordered last.
pub trait Listed {
    /// Rows in it.
    fn n_rows(&self) -> usize;

    /// The keys of these rows.
    fn keys(&self, range: Range<usize>) -> Result<Vec<String>, StoreError>;

    /// Where rows stand, each at the place of its key; none for one that the filter leaves out.
    fn places(&self, keys: &[String]) -> Result<Vec<Option<usize>>, StoreError>;

    /// Rows as on the screen, but for the names of persons: only first letters.
    fn rows(&self, keys: &[String]) -> Result<Vec<Row>, StoreError>;

    /// The heads of these columns in a file.
    fn heads(&self, columns: &[String]) -> Vec<String>;

    /// The cells of these columns in a file: codes, ISO dates, plain numbers, personal data masked.
    fn cells(&self, wanted: &Wanted<'_>, columns: &[String]) -> Result<Vec<Vec<String>>, StoreError>;
}

fn listed(bench: &Bench, list: ListName) -> Result<Box<dyn Listed + '_>, Trouble> {
    Ok(match list {
        ListName::Claims => Box::new(claims::Shown::of(bench)),
        ListName::Queue => Box::new(vouchers::queue::Shown::of(bench)),
        ListName::Vouchers => Box::new(vouchers::made::Shown::of(bench)),
        ListName::Companies => Box::new(clusters::companies::Shown::of(bench)),
        ListName::Clusters => return Err(bench.unknown("Rows")),
    })
}

/// The keys of a span, for marking.
pub fn keys(bench: &Bench, list: ListName, span: KeySpan) -> Result<Answer, Trouble> {
    let listed = listed(bench, list)?;
    let fail = |error| bench.store_trouble(error);
    let range = match span {
        KeySpan::All => Some(0..listed.n_rows()),
        KeySpan::Between(one, other) => {
            let places = listed.places(&[one, other]).map_err(fail)?;
            match places[..] {
                [Some(one), Some(other)] => Some(one.min(other)..one.max(other) + 1),
                _ => None,
            }
        }
    };
    let range = range.unwrap_or(0..0);
    let n_rows = count(range.len());
    let keys = if n_rows > MOST_MARKED { Vec::new() } else { listed.keys(range).map_err(fail)? };
    Ok(Answer::Keys { list, keys, n_rows })
}

/// How many of these rows the list leaves out.
pub fn outside(bench: &Bench, list: ListName, keys: &[String]) -> Result<Answer, Trouble> {
    let places = listed(bench, list)?.places(keys).map_err(|error| bench.store_trouble(error))?;
    Ok(Answer::Outside { list, n_rows: count(places.iter().filter(|place| place.is_none()).count()) })
}

/// These rows as they may leave the desk.
pub fn rows(bench: &Bench, list: ListName, keys: Vec<String>) -> Result<Answer, Trouble> {
    let listed = listed(bench, list)?;
    let fail = |error| bench.store_trouble(error);
    let keys = in_order(&*listed, keys).map_err(fail)?;
    Ok(Answer::Rows { list, rows: listed.rows(&keys).map_err(fail)? })
}

/// Writes a list as CSV: these columns of all its rows, or of some.
pub fn write(
    bench: &Bench,
    list: ListName,
    columns: &[String],
    only: Vec<String>,
    path: &str,
    context: &JobContext,
) -> Result<Answer, Trouble> {
    let listed = listed(bench, list)?;
    let store = |error| bench.store_trouble(error);
    let csv = |error: csv::Error| Trouble::Failed { text: error.to_string() };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(listed.heads(columns)).map_err(csv)?;
    let mut put = |wanted: &Wanted<'_>| {
        for cells in listed.cells(wanted, columns).map_err(store)? {
            writer.write_record(cells.iter().map(|text| safe::csv_cell(text).into_owned())).map_err(csv)?;
        }
        Ok(())
    };
    if only.is_empty() {
        for start in (0..listed.n_rows()).step_by(PART) {
            context.check()?;
            put(&Wanted::Range(start..(start + PART).min(listed.n_rows())))?;
        }
    } else {
        put(&Wanted::Keys(&in_order(&*listed, only).map_err(store)?))?;
    }
    let text = writer.into_inner().map_err(|error| csv(error.into_error().into()))?;
    write_file(Path::new(path), &text).map_err(|error| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
}

/// Keys in the order of the list, those that it leaves out behind the others.
fn in_order(listed: &dyn Listed, keys: Vec<String>) -> Result<Vec<String>, StoreError> {
    let places = listed.places(&keys)?;
    let mut placed: Vec<(usize, String)> =
        places.into_iter().map(|place| place.unwrap_or(usize::MAX)).zip(keys).collect();
    placed.sort_unstable();
    Ok(placed.into_iter().map(|(_, key)| key).collect())
}

/// Where the neighbour of a row that has left a list stands now: the next of the old list that is in the new one, or the
/// last before it.
pub fn near(before: &[String], now: &[String], key: &str) -> Option<usize> {
    let at = before.iter().position(|other| other == key)?;
    let places = places_in(now, before);
    places[at..].iter().flatten().next().or_else(|| places[..at].iter().rev().flatten().next()).copied()
}

/// Where rows stand in a list that is held as keys, each at the place of its key; the list is gone through once.
pub fn places_in(now: &[String], keys: &[String]) -> Vec<Option<usize>> {
    let mut wanted: Vec<(&str, usize)> = keys.iter().map(String::as_str).zip(0..).collect();
    wanted.sort_unstable();
    let mut found = vec![None; keys.len()];
    for (position, key) in now.iter().enumerate() {
        let first = wanted.partition_point(|(other, _)| *other < key.as_str());
        for (_, at) in wanted[first..].iter().take_while(|(other, _)| other == key) {
            found[*at] = Some(position);
        }
    }
    found
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
