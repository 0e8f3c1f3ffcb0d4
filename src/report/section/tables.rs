//! The sections that count: the regulator's statuses, outcomes, ages, clocks, late entries, the comparison.

use crate::domain::code::Outcome;
use crate::domain::posting::PostingKind;
use crate::report::monthly::{
    AgeBand, ClockTest, Drill, FILED_KINDS, LateRow, MonthlyReport, Narrow, OutcomeRow, Quantity,
};
use crate::report::section::{Cell, Line, Table, number, said};
use crate::words::Words;

/// Cases that still ask for work, in the language of filters.
const OPEN: &str = "terbuka";

pub(super) fn regulator(report: &MonthlyReport, words: &Words) -> Table {
    let kinds: [&[PostingKind]; 4] =
        [FILED_KINDS, &[PostingKind::Determined], &[PostingKind::LinePaid], &[PostingKind::CaseRejected]];
    let lines = report.regulator.iter().zip(kinds).map(|(row, kinds)| {
        let records = || Drill::postings(report.period, kinds, Narrow::All);
        let label = said(words, &row.status.key(), row.status.code());
        Line::new(label, vec![Cell::count(number(row.count), records()), Cell::amount(row.amount, records())])
    });
    (&["cases", "rupiah"], lines.collect())
}

pub(super) fn outcomes(report: &MonthlyReport, words: &Words) -> Table {
    let line = |row: &OutcomeRow| {
        let label = match row.outcome {
            Some(outcome) => said(words, &outcome.key(), outcome.code()),
            None => words.text("report-row-no-outcome"),
        };
        let new = Drill::postings(report.period, &[PostingKind::OutcomeSet], Narrow::Outcome(row.outcome));
        let standing = match row.outcome {
            Some(outcome) => Drill::Claims(format!("kondisi = {} dan {OPEN}", outcome.code())),
            None => Drill::Claims(format!("kondisi = kosong dan program = JKK dan {OPEN}")),
        };
        let new = if row.outcome.is_some() { Cell::count(number(row.new), new) } else { Cell::empty() };
        Line::new(label, vec![new, Cell::count(number(row.standing), standing)])
    };
    let mut lines: Vec<Line> = report.outcomes.iter().map(line).collect();
    let sum =
        |of: fn(&OutcomeRow) -> u64| Cell::count(number(report.outcomes.iter().map(of).sum()), Drill::None);
    lines.push(Line::total(words.text("report-row-all"), vec![sum(|row| row.new), sum(|row| row.standing)]));
    let scholarships = Cell::count(number(report.scholarships), Drill::None);
    lines.push(Line::new(words.text("report-row-scholarships"), vec![scholarships, Cell::empty()]));
    (&["new", "standing"], lines)
}

/// The age of a band in the language of filters; none where the event date is missing.
fn age_filter(band: AgeBand) -> Option<&'static str> {
    match band {
        AgeBand::UnderOne => Some("umur < 1 bln"),
        AgeBand::OneToSix => Some("umur >= 1 bln dan umur <= 6 bln"),
        AgeBand::SixToTwelve => Some("umur > 6 bln dan umur <= 12 bln"),
        AgeBand::TwelveToTwentyFour => Some("umur > 12 bln dan umur <= 24 bln"),
        AgeBand::OverTwentyFour => Some("umur > 24 bln"),
        AgeBand::Unknown => None,
    }
}

pub(super) fn ages(report: &MonthlyReport, words: &Words) -> Table {
    let shown = report.ages.iter().filter(|row| row.band != AgeBand::Unknown || row.open > 0);
    let mut lines: Vec<Line> = shown
        .map(|row| {
            let claims = |more: &str| match age_filter(row.band) {
                Some(age) => Drill::Claims(format!("{age} dan {OPEN}{more}")),
                None => Drill::None,
            };
            let treated = format!(" dan kondisi = {}", Outcome::Berobat.code());
            let cells = vec![
                Cell::count(number(row.open), claims("")),
                Cell::count(number(row.under_treatment), claims(&treated)),
            ];
            Line::new(words.text(&format!("report-age-{}", row.band.code())), cells)
        })
        .collect();
    let open = report.ages.iter().map(|row| row.open).sum();
    let treated = report.ages.iter().map(|row| row.under_treatment).sum();
    let sums = [open, treated].map(|sum| Cell::count(number(sum), Drill::None));
    lines.push(Line::total(words.text("report-row-all"), sums.into()));
    (&["open-end", "under-treatment"], lines)
}

pub(super) fn clocks(report: &MonthlyReport, words: &Words) -> Table {
    let kinds: [&[PostingKind]; 2] =
        [&[PostingKind::CaseRegistered, PostingKind::StageOneReported], &[PostingKind::LinePaid]];
    let lines = report.clocks.iter().zip(kinds).map(|(row, kinds)| {
        let records = |test| Drill::postings(report.period, kinds, Narrow::Clock(test));
        let cells = vec![
            Cell::count(number(row.in_time), records(ClockTest::InTime)),
            Cell::count(number(row.late), records(ClockTest::Late)),
            Cell::count(number(row.cannot_tell), records(ClockTest::CannotTell)),
            Cell::count(number(row.late_days), Drill::None),
            Cell::amount(row.cost, Drill::None),
        ];
        Line::new(said(words, row.clock.key(), row.clock.key()), cells)
    });
    (&["in-time", "late", "cannot-tell", "late-days", "cost"], lines.collect())
}

pub(super) fn late(report: &MonthlyReport, words: &Words) -> Table {
    let line = |row: &LateRow| {
        let records = || Drill::postings(report.period, &[row.kind], Narrow::LateEntry);
        let label = words.text(&format!("report-kind-{}", kind_code(row.kind)));
        Line::new(label, vec![Cell::count(number(row.count), records()), Cell::amount(row.amount, records())])
    };
    (&["count", "rupiah"], report.late_entries.iter().map(line).collect())
}

/// The name of a kind of posting, in JSON, CSV and the words' keys.
pub fn kind_code(kind: PostingKind) -> &'static str {
    kind.code()
}

pub(super) fn comparison(report: &MonthlyReport, words: &Words) -> Table {
    let cell = |quantity: Quantity| match quantity {
        Quantity::Count(count) => Cell::count(count, Drill::None),
        Quantity::Amount(amount) => Cell::amount(amount, Drill::None),
    };
    let lines = report.comparison.iter().map(|row| {
        let label = words.text(&format!("report-measure-{}", row.measure.code()));
        let spans = [row.this_month, row.last_month, row.same_month_last_year, row.year_to_date];
        Line::new(label, spans.map(cell).into())
    });
    (&["this-month", "last-month", "last-year", "year-to-date"], lines.collect())
}
