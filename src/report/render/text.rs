//! Plain text of 80 columns: for a terminal, a screen reader and a line printer.

use crate::base::calendar::Names;
use crate::base::safe;
use crate::report::monthly::MonthlyReport;
use crate::report::paper::{PaperLine, Receipt, VoucherPaper, labels};
use crate::report::render::head::{Head, signatures};
use crate::report::render::page::{COLUMNS, Page, Row, wrap};
use crate::report::section::{Section, Weight, note, sections};
use crate::words::Words;

/// The monthly report.
pub fn monthly_text(report: &MonthlyReport, words: &Words) -> String {
    let mut page = Page::default();
    let head = Head::of(report, words);
    page.headline(&head.title, &head.marks);
    head.lines.iter().for_each(|line| page.line(line));
    for section in sections(report, words) {
        write_section(&mut page, &section, words);
    }
    page.title(&words.text("report-notes"));
    for said in &report.notes {
        page.entry("-", 2, &note(said, words));
    }
    page.title(&words.text("report-signatures"));
    page.signatures(&signatures(report, words));
    page.finish()
}

fn write_section(page: &mut Page, section: &Section, words: &Words) {
    page.title(&section.title);
    if section.lines.is_empty() {
        page.line(&words.text("report-nothing"));
        return;
    }
    let rows: Vec<Row> = section
        .lines
        .iter()
        .enumerate()
        .map(|(line_idx, line)| Row {
            label: line.label.clone(),
            cells: line.cells.iter().map(|cell| cell.shown(words)).collect(),
            ruled: line.weight == Weight::Total && line_idx > 0,
        })
        .collect();
    page.table(&section.columns, &rows);
}

/// Columns of the names on vouchers and receipts.
const HEAD_COLUMNS: usize = 22;

/// The voucher.
pub fn voucher_text(paper: &VoucherPaper, words: &Words) -> String {
    let mut page = Page::default();
    page.ends(&words.text("paper-agency"), &paper.office_line());
    page.headline(&words.text("paper-voucher-title"), &labels::marks(&paper.marks, words));
    for (name, value) in labels::voucher_head(paper, words) {
        entry(&mut page, &name, &value);
    }
    page.title(&words.text("paper-attachments"));
    let rows: Vec<Row> = paper.lines.iter().map(|line| attachment(line, words)).collect();
    page.table(&[words.text("paper-amount")], &rows);
    let sums: Vec<Row> = labels::sums(paper, words)
        .into_iter()
        .map(|(label, amount, ruled)| Row { label, cells: vec![amount.grouped()], ruled })
        .collect();
    page.rule("─");
    page.table(&[String::new()], &sums);
    page.gap();
    entry(&mut page, &words.text("paper-net"), &paper.net.on_paper());
    entry(&mut page, &words.text("paper-in-words"), &labels::in_words(paper.net, words));
    page.gap();
    page.signatures(&labels::voucher_signatures(paper, words));
    page.finish()
}

fn entry(page: &mut Page, name: &str, value: &str) {
    page.entry(&format!("{}: ", safe::fit(&safe::terminal(name), HEAD_COLUMNS)), HEAD_COLUMNS + 2, value);
}

fn attachment(line: &PaperLine, words: &Words) -> Row {
    Row { label: labels::attachment(line, words), cells: vec![line.amount.grouped()], ruled: false }
}

/// The receipt (*kuitansi*).
pub fn receipt_text(receipt: &Receipt, words: &Words) -> String {
    let mut page = Page::default();
    page.headline(&words.text("paper-receipt-title"), &labels::marks(&receipt.marks, words));
    for (name, value) in labels::receipt_head(receipt, words) {
        entry(&mut page, &name, &value);
    }
    page.gap();
    let names = Names::of(words.lang().code());
    let date = names.long(receipt.date);
    let place =
        words.format("paper-place-and-date", &[("place", labels::PLACE.into()), ("date", date.into())]);
    let amount = receipt.amount.on_paper();
    let box_columns = amount.chars().count() + 2;
    page.ends(&format!("┌{}┐", "─".repeat(box_columns)), &place);
    page.line(&format!("│ {amount} │"));
    page.line(&format!("└{}┘", "─".repeat(box_columns)));
    if receipt.wants_stamp() {
        page.line(&words.text("paper-stamp"));
    }
    (0..3).for_each(|_| page.gap());
    for line in wrap(&receipt.signed_by, COLUMNS / 2) {
        page.ends("", &format!("( {line} )"));
    }
    page.finish()
}
