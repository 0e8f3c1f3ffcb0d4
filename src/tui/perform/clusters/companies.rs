//! Companies by claim rate: the list, and a company in a group's page.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::rates::RankRow;
use crate::analysis::{RankOptions, Ranking, Which};
use crate::base::safe;
use crate::desk::{Months, write_file};
use crate::domain::Npp;
use crate::domain::query::fold;
use crate::store::Head;
use crate::tui::effect::{Answer, ListName};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::Line;
use crate::tui::panes::clusters_choice::which_of;
use crate::tui::perform::{Bench, ListAsk};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::{Glyphs, Tone};
use crate::words::Words;

use super::decimal;
use crate::tui::perform::work::shown_path;

/// The choices in the order of their words in the filter line.
const CHOICES: [Which; 3] = [Which::WithoutTraffic, Which::All, Which::Traffic];

/// The ranking as it was made and as it is shown.
#[derive(Default)]
pub struct HeldRanking {
    made: Option<(Head, Date, Which, Arc<Ranking>)>,
    shown: Vec<usize>,
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
    let kept = ask.keep.as_ref().and_then(|key| shown.iter().position(|idx| ranking.rows[*idx].npp == *key));
    let answer = Answer::Listed {
        list: ListName::Companies,
        n_rows: count(shown.len()),
        of: count(ranking.rows.len()),
        kept: kept.map(count),
    };
    bench.clusters.ranking().shown = shown;
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

/// Writes the ranking as it is shown, as CSV: rates are claims of one worker in a year.
pub fn write(bench: &Bench, path: &str) -> Result<Answer, Trouble> {
    let mut text = String::from("npp,company,exposure,claims,events,raw_rate,rate,z,low,high,sure\n");
    {
        let held = bench.clusters.ranking();
        let rows =
            held.made.iter().flat_map(|made| held.shown.iter().filter_map(|idx| made.3.rows.get(*idx)));
        for row in rows {
            let (npp, company) = (quoted(&row.npp), quoted(&row.company));
            let numbers =
                [row.raw_rate, row.rate, row.z, row.low, row.high].map(|number| format!("{number:.6}"));
            let (exposure, numbers) = (format!("{:.2}", row.exposure), numbers.join(","));
            let (claims, events, sure) = (row.claims, row.events, row.sure);
            text.push_str(&format!("{npp},{company},{exposure},{claims},{events},{numbers},{sure}\n"));
        }
    }
    write_file(Path::new(path), text.as_bytes()).map_err(|error| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
}

/// A cell of a spreadsheet: never a formula, whatever a company calls itself.
fn quoted(text: &str) -> String {
    format!("\"{}\"", safe::csv_cell(text).replace('"', "\"\""))
}

/// A company in the page of its group.
pub fn member_line(bench: &Bench, npp: &str) -> Line {
    let known = Npp::parse(npp).ok().and_then(|number| bench.desk.view().company(&number).ok().flatten());
    let name = known.map_or_else(String::new, |company| company.name.clone());
    Line::text(&format!("{npp:<12} {name}")).leading_to(format!("npp {npp}"))
}

fn ranking(bench: &Bench, which: Which, context: &JobContext) -> Result<Arc<Ranking>, Trouble> {
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
    let made = bench.desk.rank(Months::last_twelve(today), options, context.cancel_flag());
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
        "low" => shown.sort_by(|one, other| rows[*one].low.total_cmp(&rows[*other].low)),
        _ => shown.sort_by(|one, other| rows[*one].rate.total_cmp(&rows[*other].rate)),
    }
    if order == Order::Descending {
        shown.reverse();
    }
}

/// A row in the order of the pane's columns; rates are claims of a hundred workers in a year.
fn row_of(bench: &Bench, row: &RankRow) -> Row {
    let words = &bench.words;
    let mark = match (row.sure, bench.glyphs) {
        (true, Glyphs::Unicode) => "▲",
        (true, Glyphs::Ascii) => "^",
        (false, _) => "",
    };
    let tone = if row.sure { Tone::Bad } else { Tone::Plain };
    let cells = vec![
        Cell::new(&row.company),
        Cell::toned(&hundred(row.rate, words), tone),
        Cell::new(&format!("{}–{}", hundred(row.low, words), hundred(row.high, words))),
        Cell::toned(mark, Tone::Bad),
        Cell::new(&format!("{:.2}", row.z).replace('.', decimal(words))),
        Cell::new(&row.claims.to_string()),
        Cell::new(&format!("{:.0}", row.exposure)),
        Cell::new(&hundred(row.raw_rate, words)),
        Cell::new(&row.npp),
    ];
    Row { key: row.npp.clone(), cells }
}

fn hundred(rate: f64, words: &Words) -> String {
    format!("{:.1}", rate * 100.0).replace('.', decimal(words))
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
