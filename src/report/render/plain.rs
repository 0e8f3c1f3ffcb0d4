//! The report for screen readers and scripts: one fact a line, every number with the name of its line and column.

use crate::base::safe;
use crate::report::monthly::MonthlyReport;
use crate::report::render::head::Head;
use crate::report::section::{note, sections};
use crate::words::Words;

/// The monthly report, `label, column: value`.
pub fn monthly_plain(report: &MonthlyReport, words: &Words) -> String {
    let mut text = String::new();
    let mut say = |line: &str| {
        text.push_str(safe::terminal(line).trim());
        text.push('\n');
    };
    let head = Head::of(report, words);
    say(&head.title);
    head.marks.iter().chain(&head.lines).for_each(|line| say(line));
    for section in sections(report, words) {
        say("");
        say(&section.title);
        if section.lines.is_empty() {
            say(&words.text("report-nothing"));
        }
        for line in &section.lines {
            for (cell, column) in line.cells.iter().zip(&section.columns) {
                let shown = cell.shown(words);
                let name = if column.is_empty() { String::new() } else { format!(", {column}") };
                if !shown.is_empty() {
                    say(&format!("{}{name}: {shown}", line.label.trim()));
                }
            }
        }
    }
    say("");
    say(&words.text("report-notes"));
    report.notes.iter().for_each(|said| say(&note(said, words)));
    text
}
