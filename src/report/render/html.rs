//! HTML: one file each, style inside, no script, nothing fetched; prints on A4. Every text from outside is escaped by
//! the template and made harmless before.

use askama::Template;

use crate::base::calendar::Names;
use crate::base::safe;
use crate::report::monthly::MonthlyReport;
use crate::report::paper::{Receipt, VoucherPaper, labels};
use crate::report::render::head::{Head, signatures};
use crate::report::section::{CellValue, Line, Weight, note, sections};
use crate::words::Words;

#[derive(Template)]
#[template(path = "monthly.html")]
struct MonthlyPage {
    lang: &'static str,
    title: String,
    marks: Vec<String>,
    lines: Vec<String>,
    sections: Vec<HtmlSection>,
    nothing: String,
    notes_title: String,
    notes: Vec<String>,
    signers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "voucher.html")]
struct VoucherPage {
    lang: &'static str,
    title: String,
    marks: Vec<String>,
    agency: String,
    code: String,
    head: Vec<(String, String)>,
    attachments_title: String,
    line_title: String,
    amount_title: String,
    rows: Vec<HtmlRow>,
    amount: String,
    in_words_title: String,
    in_words: String,
    signers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    lang: &'static str,
    title: String,
    marks: Vec<String>,
    head: Vec<(String, String)>,
    place_and_date: String,
    amount: String,
    stamp: String,
    received: String,
    signed_by: String,
}

struct HtmlSection {
    id: &'static str,
    title: String,
    columns: Vec<String>,
    rows: Vec<HtmlRow>,
}

struct HtmlRow {
    label: String,
    cells: Vec<HtmlCell>,
    is_total: bool,
}

struct HtmlCell {
    text: String,
    is_words: bool,
}

/// The monthly report.
pub fn monthly_html(report: &MonthlyReport, words: &Words) -> String {
    let head = Head::of(report, words);
    let sections = sections(report, words).into_iter().map(|section| HtmlSection {
        id: section.id.code(),
        title: section.title,
        columns: section.columns,
        rows: section.lines.iter().map(|line| row(line, words)).collect(),
    });
    write(&MonthlyPage {
        lang: words.lang().code(),
        title: head.title,
        marks: head.marks,
        lines: head.lines,
        sections: sections.collect(),
        nothing: words.text("report-nothing"),
        notes_title: words.text("report-notes"),
        notes: report.notes.iter().map(|said| safe_text(&note(said, words))).collect(),
        signers: signatures(report, words),
    })
}

/// The voucher.
pub fn voucher_html(paper: &VoucherPaper, words: &Words) -> String {
    let amount_row = |label: String, amount: String, is_total| HtmlRow {
        label: safe_text(&label),
        cells: vec![HtmlCell { text: amount, is_words: false }],
        is_total,
    };
    let lines = paper
        .lines
        .iter()
        .map(|line| amount_row(labels::attachment(line, words), line.amount.grouped(), false));
    let sums = labels::sums(paper, words)
        .into_iter()
        .enumerate()
        .map(|(idx, (label, amount, ruled))| amount_row(label, amount.grouped(), ruled || idx == 0));
    write(&VoucherPage {
        lang: words.lang().code(),
        title: words.text("paper-voucher-title"),
        marks: labels::marks(&paper.marks, words),
        agency: safe_text(&format!("{} · {}", words.text("paper-agency"), paper.office_line())),
        code: safe_text(&paper.code),
        head: safe_pairs(labels::voucher_head(paper, words)),
        attachments_title: words.text("paper-attachments"),
        line_title: format!("{} · {}", words.text("paper-claim-line"), words.text("paper-what")),
        amount_title: words.text("paper-amount"),
        rows: lines.chain(sums).collect(),
        amount: paper.net.on_paper(),
        in_words_title: words.text("paper-in-words"),
        in_words: labels::in_words(paper.net, words),
        signers: safe_pairs(labels::voucher_signatures(paper, words)),
    })
}

/// The receipt (*kuitansi*).
pub fn receipt_html(receipt: &Receipt, words: &Words) -> String {
    let names = Names::of(words.lang().code());
    let place = [("place", labels::PLACE.into()), ("date", names.long(receipt.date).into())];
    write(&ReceiptPage {
        lang: words.lang().code(),
        title: words.text("paper-receipt-title"),
        marks: labels::marks(&receipt.marks, words),
        head: safe_pairs(labels::receipt_head(receipt, words)),
        place_and_date: words.format("paper-place-and-date", &place),
        amount: receipt.amount.on_paper(),
        stamp: if receipt.wants_stamp() { words.text("paper-stamp") } else { String::new() },
        received: words.text("paper-received"),
        signed_by: safe_text(&receipt.signed_by),
    })
}

fn row(line: &Line, words: &Words) -> HtmlRow {
    let cell = |cell: &crate::report::section::Cell| HtmlCell {
        text: safe_text(&cell.shown(words)),
        is_words: matches!(cell.value, CellValue::Text(_)),
    };
    HtmlRow {
        label: safe_text(&line.label),
        cells: line.cells.iter().map(cell).collect(),
        is_total: line.weight == Weight::Total,
    }
}

fn safe_text(text: &str) -> String {
    safe::terminal(text).into_owned()
}

fn safe_pairs(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.into_iter().map(|(name, value)| (safe_text(&name), safe_text(&value))).collect()
}

fn write(page: &impl Template) -> String {
    let mut html = page.render().expect("a template writes to memory");
    html.push('\n');
    html
}
