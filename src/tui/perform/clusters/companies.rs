//! Companies by claim rate: the list, and a company in a group's page.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::rates::RankRow;
use crate::analysis::{RankOptions, Ranking, Which};
use crate::desk::{Months, Reading};
use crate::domain::Npp;
use crate::domain::query::fold;
use crate::store::{Head, StoreError};
use crate::tui::effect::{Answer, ListName};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::Line;
use crate::tui::panes::clusters_choice::which_of;
use crate::tui::perform::lists::{Listed, Wanted, near, places_in};
use crate::tui::perform::{Bench, ListAsk};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::Tone;
use crate::words::{Words, decimal};

use super::told::told;

/// The choices in the order of their words in the filter line.
pub(super) const CHOICES: [Which; 3] = [Which::WithoutTraffic, Which::All, Which::Traffic];

/// The ranking as it was made and as it is shown.
#[derive(Default)]
pub struct HeldRanking {
    made: Option<(Head, Date, Which, Arc<Ranking>)>,
    shown: Vec<usize>,
    /// The numbers of the companies that are shown.
    listed: Vec<String>,
}

/// Filters and sorts.
pub fn list(bench: &Bench, ask: &ListAsk, context: &JobContext) -> Result<Answer, Trouble> {
    let mut which = Which::WithoutTraffic;
    let mut wanted = Vec::new();
    for word in ask.filter.split_whitespace() {
        match which_of(word) {
            Some(place) => which = CHOICES[place],
            None => wanted.push(fold(word)),
        }
    }
    let ranking = ranking(bench, which, context)?;
    let fits = |row: &RankRow| {
        let text = fold(&format!("{} {}", row.company, row.npp));
        wanted.iter().all(|word| text.contains(word))
    };
    let mut shown: Vec<usize> = (0..ranking.rows.len()).filter(|idx| fits(&ranking.rows[*idx])).collect();
    if let Some((column, order)) = &ask.sort {
        sort(&mut shown, &ranking.rows, column, *order);
    }
    let now: Vec<String> = shown.iter().map(|idx| ranking.rows[*idx].npp.clone()).collect();
    let mut held = bench.clusters.ranking();
    let kept = ask.keep.as_ref().and_then(|key| now.iter().position(|npp| npp == key));
    let near = ask.keep.as_ref().and_then(|key| near(&held.listed, &now, key));
    let answer = Answer::Listed {
        list: ListName::Companies,
        n_rows: count(shown.len()),
        of: count(ranking.rows.len()),
        kept: kept.map(count),
        near: near.map(count),
    };
    (held.shown, held.listed) = (shown, now);
    Ok(answer)
}

/// Some rows.
pub fn window(bench: &Bench, from: u64, n_rows: u16) -> Result<Answer, Trouble> {
    let start = usize::try_from(from).unwrap_or(usize::MAX);
    let held = bench.clusters.ranking();
    let rows = match &held.made {
        Some((_, _, _, ranking)) => held
            .shown
            .iter()
            .skip(start)
            .take(usize::from(n_rows))
            .filter_map(|idx| ranking.rows.get(*idx))
            .map(|row| row_of(bench, row))
            .collect(),
        None => Vec::new(),
    };
    Ok(Answer::Window { list: ListName::Companies, from, rows })
}

/// The ranking as it is shown.
pub struct Shown<'a> {
    bench: &'a Bench,
    ranking: Option<Arc<Ranking>>,
    shown: Vec<usize>,
    listed: Vec<String>,
}

impl<'a> Shown<'a> {
    /// As the bench holds it.
    pub fn of(bench: &'a Bench) -> Self {
        let held = bench.clusters.ranking();
        let ranking = held.made.as_ref().map(|made| Arc::clone(&made.3));
        Shown { bench, ranking, shown: held.shown.clone(), listed: held.listed.clone() }
    }

    fn records(&self, wanted: &Wanted<'_>) -> Vec<&RankRow> {
        let Some(ranking) = &self.ranking else { return Vec::new() };
        match wanted {
            Wanted::Range(range) => {
                let shown = self.shown.get(range.clone()).unwrap_or_default();
                shown.iter().filter_map(|idx| ranking.rows.get(*idx)).collect()
            }
            Wanted::Keys(keys) => {
                let found = |npp: &String| ranking.rows.iter().find(|row| row.npp == *npp);
                keys.iter().filter_map(found).collect()
            }
        }
    }
}

impl Listed for Shown<'_> {
    fn n_rows(&self) -> usize {
        self.shown.len()
    }

    fn keys(&self, range: Range<usize>) -> Result<Vec<String>, StoreError> {
        Ok(self.listed.get(range).unwrap_or_default().to_vec())
    }

    fn places(&self, keys: &[String]) -> Result<Vec<Option<usize>>, StoreError> {
        Ok(places_in(&self.listed, keys))
    }

    fn rows(&self, keys: &[String]) -> Result<Vec<Row>, StoreError> {
        Ok(self.records(&Wanted::Keys(keys)).into_iter().map(|row| row_of(self.bench, row)).collect())
    }

    /// The interval is two columns in a file.
    fn heads(&self, columns: &[String]) -> Vec<String> {
        let heads = |id: &String| match id.as_str() {
            "low" => vec!["low".to_owned(), "high".to_owned()],
            "raw" => vec!["raw_rate".to_owned()],
            other => vec![other.to_owned()],
        };
        columns.iter().flat_map(heads).collect()
    }

    /// Rates are claims of one worker in a year.
    fn cells(&self, wanted: &Wanted<'_>, columns: &[String]) -> Result<Vec<Vec<String>>, StoreError> {
        let line = |row: &RankRow| columns.iter().flat_map(|id| written(row, id)).collect();
        Ok(self.records(wanted).into_iter().map(line).collect())
    }
}

/// The cells of a column of a written ranking.
fn written(row: &RankRow, column: &str) -> Vec<String> {
    let number = |number: f64| format!("{number:.6}");
    match column {
        "company" => vec![row.company.clone()],
        "rate" => vec![number(row.rate)],
        "low" => vec![number(row.low), number(row.high)],
        "sure" => vec![row.sure.to_string()],
        "z" => vec![number(row.z)],
        "claims" => vec![row.claims.to_string()],
        "exposure" => vec![format!("{:.2}", row.exposure)],
        "raw" => vec![number(row.raw_rate)],
        _ => vec![row.npp.clone()],
    }
}

/// A company in the page of its group.
pub fn member_line(bench: &Bench, npp: &str) -> Line {
    let known = Npp::parse(npp).ok().and_then(|number| bench.desk.view().company(&number).ok().flatten());
    let name = known.map_or_else(String::new, |company| company.name.clone());
    Line::text(&format!("{npp:<12} {name}")).leading_to(format!("npp {npp}"))
}

pub(super) fn ranking(bench: &Bench, which: Which, context: &JobContext) -> Result<Arc<Ranking>, Trouble> {
    let (head, today) = (bench.desk.view().head(), bench.desk.today());
    {
        let held = bench.clusters.ranking();
        if let Some((at, day, of, ranking)) = &held.made
            && *at == head
            && *day == today
            && *of == which
        {
            return Ok(Arc::clone(ranking));
        }
    }
    let options = RankOptions { which, ..RankOptions::default() };
    let cancel = context.cancel_flag();
    let months = Months::last_twelve(today);
    let made = told(context, |hear| bench.desk.rank(months, options, Reading::new(cancel, hear)));
    let made = Arc::new(made.map_err(|error| bench.trouble(error))?);
    context.check()?;
    bench.clusters.ranking().made = Some((head, today, which, Arc::clone(&made)));
    Ok(made)
}

fn sort(shown: &mut [usize], rows: &[RankRow], column: &str, order: Order) {
    match column {
        "company" => shown.sort_by_key(|idx| fold(&rows[*idx].company)),
        "claims" => shown.sort_by_key(|idx| rows[*idx].claims),
        "exposure" => shown.sort_by(|one, other| rows[*one].exposure.total_cmp(&rows[*other].exposure)),
        "raw" => shown.sort_by(|one, other| rows[*one].raw_rate.total_cmp(&rows[*other].raw_rate)),
        "z" => shown.sort_by(|one, other| rows[*one].z.total_cmp(&rows[*other].z)),
        "sure" => shown.sort_by_key(|idx| rows[*idx].sure),
        "npp" => shown.sort_by(|one, other| rows[*one].npp.cmp(&rows[*other].npp)),
        "low" => shown.sort_by(|one, other| rows[*one].low.total_cmp(&rows[*other].low)),
        _ => shown.sort_by(|one, other| rows[*one].rate.total_cmp(&rows[*other].rate)),
    }
    if order == Order::Descending {
        shown.reverse();
    }
}

/// A row in the order of the pane's columns; rates are claims of a thousand workers in a year.
fn row_of(bench: &Bench, row: &RankRow) -> Row {
    let words = &bench.words;
    let mark = if row.sure { bench.glyphs.sure() } else { "" };
    let tone = if row.sure { Tone::Bad } else { Tone::Plain };
    let cells = vec![
        Cell::new(&row.company),
        Cell::toned(&per_thousand(row.rate, words), tone),
        Cell::new(&format!("{}–{}", per_thousand(row.low, words), per_thousand(row.high, words))),
        Cell::toned(mark, Tone::Bad),
        Cell::new(&decimal(row.z, 2, words.lang())),
        Cell::new(&row.claims.to_string()),
        Cell::new(&format!("{:.0}", row.exposure)),
        Cell::new(&per_thousand(row.raw_rate, words)),
        Cell::new(&row.npp),
    ];
    Row { key: row.npp.clone(), cells }
}

fn per_thousand(rate: f64, words: &Words) -> String {
    decimal(rate * 1_000.0, 1, words.lang())
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
