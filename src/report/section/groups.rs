//! The sections by programme, component, company, facility, segment and place.

use std::sync::Arc;

use crate::domain::posting::PostingKind;
use crate::report::monthly::{Drill, GroupRow, MonthlyReport, Narrow, RankedRow, Ranking, Sums};
use crate::report::section::{Cell, Line, Table, Weight, number, said};
use crate::words::Words;

/// Cells of a group: registered, determined, paid.
fn cells(report: &MonthlyReport, sums: &Sums, narrow: Option<Narrow>) -> Vec<Cell> {
    let records = |kind| match &narrow {
        Some(narrow) => Drill::postings(report.period, &[kind], narrow.clone()),
        None => Drill::None,
    };
    vec![
        Cell::count(number(sums.registered), records(PostingKind::CaseRegistered)),
        Cell::amount(sums.determined, records(PostingKind::Determined)),
        Cell::amount(sums.paid, records(PostingKind::LinePaid)),
    ]
}

/// The month's flows of all groups together.
fn all(report: &MonthlyReport, words: &Words) -> Line {
    let sums = Sums {
        registered: u64::try_from(report.cases.registered).unwrap_or_default(),
        determined: report.payable.determined,
        paid: report.payable.paid,
        ..Sums::default()
    };
    let cells = cells(report, &sums, Some(Narrow::All));
    Line { label: words.text("report-row-all"), cells, weight: Weight::Total }
}

pub(super) fn programmes(report: &MonthlyReport, words: &Words) -> Table {
    let mut lines: Vec<Line> = Vec::new();
    for row in &report.programmes {
        let programme = row.programme;
        let open = Cell::count(
            number(row.open_end),
            Drill::Claims(format!("terbuka dan program = {}", programme.code())),
        );
        let mut cells = cells(report, &row.sums, Some(Narrow::Programme(programme)));
        cells.insert(0, open);
        lines.push(Line::new(said(words, &programme.key(), programme.code()), cells));
    }
    let mut total = all(report, words);
    total.cells.insert(0, Cell::count(report.cases.open_end, Drill::Claims("terbuka".to_owned())));
    lines.push(total);
    (&["open-end", "registered", "determined", "paid"], lines)
}

pub(super) fn components(report: &MonthlyReport, words: &Words) -> Table {
    let mut lines: Vec<Line> = Vec::new();
    let mut n_lines = 0;
    for row in &report.components {
        let label = label(words, row.key.map(|component| (component.key(), component.code())));
        let narrow = Narrow::Component(row.key);
        let mut cells = cells(report, &row.sums, Some(narrow.clone()));
        let determined = Drill::postings(report.period, &[PostingKind::Determined], narrow);
        cells[0] = Cell::count(number(row.sums.lines), determined);
        n_lines += row.sums.lines;
        lines.push(Line::new(label, cells));
    }
    let mut total = all(report, words);
    total.cells[0] = Cell::count(number(n_lines), Drill::None);
    lines.push(total);
    (&["lines", "determined", "paid"], lines)
}

pub(super) fn segments(report: &MonthlyReport, words: &Words) -> Table {
    let label =
        |row: &GroupRow<_>| label(words, row.key.map(|k: crate::domain::code::Segment| (k.key(), k.code())));
    let line =
        |row: &GroupRow<_>| Line::new(label(row), cells(report, &row.sums, Some(Narrow::Segment(row.key))));
    (
        &["registered", "determined", "paid"],
        report.segments.iter().map(line).chain([all(report, words)]).collect(),
    )
}

pub(super) fn places(report: &MonthlyReport, words: &Words) -> Table {
    let label =
        |row: &GroupRow<_>| label(words, row.key.map(|k: crate::domain::code::Place| (k.key(), k.code())));
    let line =
        |row: &GroupRow<_>| Line::new(label(row), cells(report, &row.sums, Some(Narrow::Place(row.key))));
    (
        &["registered", "determined", "paid"],
        report.places.iter().map(line).chain([all(report, words)]).collect(),
    )
}

pub(super) fn companies(report: &MonthlyReport, words: &Words) -> Table {
    let label = |row: &RankedRow| format!("{} ({})", row.name, row.key);
    ranking(report, words, &report.companies, Narrow::Npp, &label, "report-row-no-company")
}

pub(super) fn facilities(report: &MonthlyReport, words: &Words) -> Table {
    let label = |row: &RankedRow| row.name.to_string();
    ranking(report, words, &report.facilities, Narrow::Facility, &label, "report-row-no-facility")
}

fn ranking(
    report: &MonthlyReport,
    words: &Words,
    ranking: &Ranking,
    narrow: fn(Arc<str>) -> Narrow,
    label: &dyn Fn(&RankedRow) -> String,
    without: &str,
) -> Table {
    let named = ranking.named.iter();
    let mut lines: Vec<Line> = named
        .map(|row| Line::new(label(row), cells(report, &row.sums, Some(narrow(Arc::clone(&row.key))))))
        .collect();
    if ranking.n_rest > 0 {
        let label = words.format("report-row-rest", &[("count", ranking.n_rest.into())]);
        lines.push(Line::new(label, cells(report, &ranking.rest, None)));
    }
    if let Some(sums) = &ranking.without {
        lines.push(Line::new(words.text(without), cells(report, sums, Some(narrow("".into())))));
    }
    lines.push(all(report, words));
    (&["registered", "determined", "paid"], lines)
}

fn label(words: &Words, value: Option<(String, &str)>) -> String {
    match value {
        Some((key, code)) => said(words, &key, code),
        None => words.text("report-row-not-stated"),
    }
}
