//! The report as sections of lines and cells, in the reader's language: what every renderer and the screen show. The
//! numbers keep their way to their records.

mod books;
mod groups;
mod tables;

use crate::base::calendar::slashed;
use crate::domain::money::Rupiah;
use crate::report::monthly::{Drill, MonthlyReport, Note};
use crate::words::Words;

pub use tables::kind_code;

/// A section, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionId {
    /// Cases.
    Cases,
    /// Rupiah owed.
    Payable,
    /// The regulator's statuses.
    Regulator,
    /// Outcomes, new and standing.
    Outcomes,
    /// Age of open cases.
    Ages,
    /// By programme.
    Programmes,
    /// By component.
    Components,
    /// By company.
    Companies,
    /// By facility.
    Facilities,
    /// By kind of participant.
    Segments,
    /// By place.
    Places,
    /// The voucher register.
    Vouchers,
    /// Line ↔ voucher ↔ payment.
    TieOut,
    /// Records that do not fit.
    Unmatched,
    /// Clocks.
    Clocks,
    /// Late entries.
    Late,
    /// Against other months.
    Comparison,
}

impl SectionId {
    /// Every section in order.
    pub const ALL: &'static [SectionId] = &[
        SectionId::Cases,
        SectionId::Payable,
        SectionId::Regulator,
        SectionId::Outcomes,
        SectionId::Ages,
        SectionId::Programmes,
        SectionId::Components,
        SectionId::Companies,
        SectionId::Facilities,
        SectionId::Segments,
        SectionId::Places,
        SectionId::Vouchers,
        SectionId::TieOut,
        SectionId::Unmatched,
        SectionId::Clocks,
        SectionId::Late,
        SectionId::Comparison,
    ];

    /// The name in CSV, in anchors and in the words' keys.
    pub const fn code(self) -> &'static str {
        match self {
            SectionId::Cases => "cases",
            SectionId::Payable => "payable",
            SectionId::Regulator => "regulator",
            SectionId::Outcomes => "outcomes",
            SectionId::Ages => "ages",
            SectionId::Programmes => "programmes",
            SectionId::Components => "components",
            SectionId::Companies => "companies",
            SectionId::Facilities => "facilities",
            SectionId::Segments => "segments",
            SectionId::Places => "places",
            SectionId::Vouchers => "vouchers",
            SectionId::TieOut => "tie-out",
            SectionId::Unmatched => "unmatched",
            SectionId::Clocks => "clocks",
            SectionId::Late => "late",
            SectionId::Comparison => "comparison",
        }
    }
}

/// A section with its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which.
    pub id: SectionId,
    /// Its title.
    pub title: String,
    /// Heads of the cells; the label has none.
    pub columns: Vec<String>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about. May hold text from outside: make it safe where it is shown.
    pub label: String,
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// A sum stands out.
    pub weight: Weight,
}

/// How a line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As the others.
    Plain,
    /// A sum or an end.
    Total,
}

/// A number or a word, and the way to its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What stands there.
    pub value: CellValue,
    /// Where its records are.
    pub drill: Drill,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// A count.
    Count(i64),
    /// Rupiah.
    Amount(Rupiah),
    /// Text, perhaps from outside.
    Text(String),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A count with its records.
    pub fn count(count: i64, drill: Drill) -> Cell {
        Cell { value: CellValue::Count(count), drill }
    }

    /// Rupiah with their records.
    pub fn amount(amount: Rupiah, drill: Drill) -> Cell {
        Cell { value: CellValue::Amount(amount), drill }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { value: CellValue::Text(text.into()), drill: Drill::None }
    }

    /// Nothing.
    pub fn empty() -> Cell {
        Cell { value: CellValue::Empty, drill: Drill::None }
    }

    /// The cell as people read it: `1.234`, `18.000.000`.
    pub fn shown(&self, words: &Words) -> String {
        match &self.value {
            CellValue::Count(count) => words.number(*count),
            CellValue::Amount(amount) => amount.grouped(),
            CellValue::Text(text) => text.clone(),
            CellValue::Empty => String::new(),
        }
    }
}

impl Line {
    /// A plain line.
    pub fn new(label: impl Into<String>, cells: Vec<Cell>) -> Line {
        Line { label: label.into(), cells, weight: Weight::Plain }
    }

    /// A line that stands out.
    pub fn total(label: impl Into<String>, cells: Vec<Cell>) -> Line {
        Line { label: label.into(), cells, weight: Weight::Total }
    }
}

/// The sections of a report, in order; one without lines says so by having none.
pub fn sections(report: &MonthlyReport, words: &Words) -> Vec<Section> {
    SectionId::ALL.iter().map(|id| section(*id, report, words)).collect()
}

/// One section.
pub fn section(id: SectionId, report: &MonthlyReport, words: &Words) -> Section {
    let (columns, lines) = match id {
        SectionId::Cases => books::cases(report, words),
        SectionId::Payable => books::payable(report, words),
        SectionId::Regulator => tables::regulator(report, words),
        SectionId::Outcomes => tables::outcomes(report, words),
        SectionId::Ages => tables::ages(report, words),
        SectionId::Programmes => groups::programmes(report, words),
        SectionId::Components => groups::components(report, words),
        SectionId::Companies => groups::companies(report, words),
        SectionId::Facilities => groups::facilities(report, words),
        SectionId::Segments => groups::segments(report, words),
        SectionId::Places => groups::places(report, words),
        SectionId::Vouchers => books::vouchers(report, words),
        SectionId::TieOut => books::tie_out(report, words),
        SectionId::Unmatched => books::unmatched(report, words),
        SectionId::Clocks => tables::clocks(report, words),
        SectionId::Late => tables::late(report, words),
        SectionId::Comparison => tables::comparison(report, words),
    };
    let columns = columns.iter().map(|key| words.text(&format!("report-column-{key}"))).collect();
    Section { id, title: words.text(&format!("report-section-{}", id.code())), columns, lines }
}

/// A note in the reader's language. May hold text from outside.
pub fn note(note: &Note, words: &Words) -> String {
    match note {
        Note::RowsNotAdded => words.text("report-note-rows-not-added"),
        Note::GrossBasis => words.text("report-note-gross-basis"),
        Note::Provisional => words.text("report-note-provisional"),
        Note::LateEntries(count) => words.format("report-note-late-entries", &[("count", (*count).into())]),
        Note::History(count) => words.format("report-note-history", &[("count", (*count).into())]),
        Note::Gaps(count) => words.format("report-note-gaps", &[("count", (*count).into())]),
        Note::Unmatched(count) => words.format("report-note-unmatched", &[("count", (*count).into())]),
        Note::Closed { date, by } => {
            let args = [("date", slashed(*date).into()), ("by", by.as_str().into())];
            words.format("report-note-closed", &args)
        }
        Note::Explained(said) => words.format("report-note-explained", &[("note", said.as_str().into())]),
        Note::Reopened { date, asked_by, opened_by, reason } => {
            let args = [
                ("date", slashed(*date).into()),
                ("asked", asked_by.as_str().into()),
                ("opened", opened_by.as_str().into()),
                ("reason", reason.as_str().into()),
            ];
            words.format("report-note-reopened", &args)
        }
        Note::Said(said) => said.clone(),
    }
}

/// Column keys and lines of a section.
type Table = (&'static [&'static str], Vec<Line>);

/// The words of a closed list's value; its code where the words are missing.
fn said(words: &Words, key: &str, code: &str) -> String {
    if words.has(key) { words.text(key) } else { code.to_owned() }
}

/// A count of the report as a cell's number.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
