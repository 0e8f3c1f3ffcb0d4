//! CSV for spreadsheets: each section with its own head, numbers as plain digits, no cell a formula.

use crate::base::safe;
use crate::report::monthly::{MonthlyReport, WaitingFor};
use crate::report::section::{Cell, CellValue, note, sections};
use crate::words::Words;

/// The monthly report: the first column names the section, so that rows can be filtered. What waits is listed one by
/// one at the end.
pub fn monthly_csv(report: &MonthlyReport, words: &Words) -> String {
    let mut table = Table::default();
    let period = report.period.to_string();
    let as_of = report.as_of.to_string();
    let sample = match report.office.kind {
        crate::domain::office::StoreKind::Sample => words.text("report-mark-sample"),
        crate::domain::office::StoreKind::Real => String::new(),
    };
    table.row([
        "report",
        &report.office.code,
        &report.office.name,
        &period,
        &as_of,
        report.status.code(),
        &sample,
    ]);
    for section in sections(report, words) {
        let heads = section.columns.iter().map(String::as_str);
        table.row([section.id.code(), section.title.as_str()].into_iter().chain(heads));
        for line in &section.lines {
            let cells: Vec<String> = line.cells.iter().map(plain).collect();
            let cells = cells.iter().map(String::as_str);
            table.row([section.id.code(), line.label.trim_start()].into_iter().chain(cells));
        }
    }
    for record in &report.tie_out.waiting {
        let what = match record.waits_for {
            WaitingFor::Voucher => "waiting_voucher",
            WaitingFor::Payment => "waiting_payment",
        };
        table.row([what, &record.reference, &record.amount.get().to_string()]);
    }
    for said in &report.notes {
        table.row(["notes", &note(said, words)]);
    }
    table.finish()
}

/// A cell without grouping: a spreadsheet must read it as a number in every setting.
fn plain(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Count(count) => count.to_string(),
        CellValue::Amount(amount) => amount.get().to_string(),
        CellValue::Text(text) => text.clone(),
        CellValue::Empty => String::new(),
    }
}

/// Rows of safe cells.
pub(super) struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Default for Table {
    fn default() -> Table {
        Table { writer: csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()) }
    }
}

impl Table {
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let cells = cells.into_iter().map(|cell| safe::csv_cell(&safe::terminal(cell)).into_owned());
        self.writer.write_record(cells).expect("a vector takes every row");
    }

    pub(super) fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("a vector takes every row");
        String::from_utf8(bytes).expect("only text was written")
    }
}
