//! The report of a month as a page, the ways from its numbers to their records, and its files.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::base::calendar::{Names, slashed};
use crate::base::safe;
use crate::desk::{DeskError, write_file};
use crate::domain::Period;
use crate::domain::posting::Posting;
use crate::report::monthly::{BookStatus, Drill, PostingFilter};
use crate::report::section::{CellValue, Section, Weight, note, sections};
use crate::report::{MonthlyReport, render};
use crate::store::Head;
use crate::tui::cards::{Goal, ReportCard, Way};
use crate::tui::effect::{Answer, Subject};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::paint::wrap;
use crate::tui::theme::Tone;
use crate::words::{Value, Words};

use super::Bench;
use super::work::shown_path;

/// Columns of a section's table: what fits a screen of 80 beside the cursor.
const COLUMNS: usize = 75;
/// Columns of a note beside its dash.
const WRAPPED: u16 = 73;
/// A label narrower than this stands on a line of its own.
const LEAST_LABEL: usize = 22;
/// Months to choose from.
const MOST_MONTHS: i32 = 36;
/// Entries shown of one number; their count and sum are of all.
const MOST_POSTINGS: usize = 1_000;

/// The report that was made last: as long as books, month and day are the same, so is it.
#[derive(Default)]
pub struct Held(Mutex<Option<HeldReport>>);

struct HeldReport {
    head: Head,
    today: Date,
    report: Arc<MonthlyReport>,
}

/// The page of a month; an empty text is the oldest open one.
pub fn page(bench: &Bench, asked: &str, context: &JobContext) -> Result<Answer, Trouble> {
    let period = asked.parse().unwrap_or_else(|_| bench.desk.month_to_report());
    let report = report(bench, period, context)?;
    let words = &bench.words;
    let (mut lines, mut ways) = (head(&report, words), Vec::new());
    for (idx, section) in sections(&report, words).iter().enumerate() {
        ways.resize(lines.len(), Vec::new());
        table(section, idx, words, &mut lines, &mut ways);
    }
    lines.push(Line::section(&words.text("report-notes")));
    for said in &report.notes {
        // What goes on stands below its own beginning.
        let wrapped = wrap(&note(said, words), WRAPPED);
        let line = |(place, text): (usize, String)| {
            Line::text(&format!("{} {text}", if place == 0 { "-" } else { " " }))
        };
        lines.extend(wrapped.into_iter().enumerate().map(line));
    }
    ways.resize(lines.len(), Vec::new());
    let name = month_name(period, words);
    let title = match report.status {
        BookStatus::Provisional => {
            format!("{name} · {}", words.text("report-mark-provisional"))
        }
        BookStatus::Closed | BookStatus::History => name,
    };
    Ok(Answer::Report(Box::new(ReportCard {
        period: period.to_string(),
        page: Page { title, lines },
        ways,
        months: months(bench, words),
    })))
}

/// The entries of the books behind a number.
pub fn postings(
    bench: &Bench,
    period: String,
    place: [usize; 3],
    context: &JobContext,
) -> Result<Answer, Trouble> {
    let month = period.parse().unwrap_or_else(|_| bench.desk.month_to_report());
    let report = report(bench, month, context)?;
    let words = &bench.words;
    let all = sections(&report, words);
    let line = all.get(place[0]).and_then(|section| section.lines.get(place[1]));
    let cell = line.and_then(|line| line.cells.get(place[2]));
    let filter = match cell.map(|cell| &cell.drill) {
        Some(Drill::Postings(filter)) => filter.clone(),
        _ => PostingFilter { period: month, kinds: Vec::new(), narrow: crate::report::monthly::Narrow::All },
    };
    let (mut found, mut n_found) = (Vec::new(), 0_usize);
    bench
        .desk
        .view()
        .for_each_posting_of(filter.period, &mut |posting| {
            if filter.matches(posting) {
                n_found += 1;
                if n_found <= MOST_POSTINGS {
                    found.push((posting.date, posting_line(posting)));
                }
            }
        })
        .map_err(|error| bench.store_trouble(error))?;
    context.check()?;
    // By their day; those of one day as the books have them.
    found.sort_by_key(|(day, _)| *day);
    let mut lines: Vec<Line> = found.into_iter().map(|(_, line)| line).collect();
    if n_found > lines.len() {
        let args = [("n", Value::from(n_found - lines.len()))];
        lines.push(Line::toned(&words.format("panes-work-more-entries", &args), Tone::Dim));
    }
    let label = line.map_or("", |line| line.label.as_str());
    let shown = cell.map_or_else(String::new, |cell| cell.shown(words));
    let section = all.get(place[0]).map_or("", |section| section.title.as_str());
    let args = [
        ("n", Value::from(n_found)),
        ("what", format!("{section}: {label}").into()),
        ("amount", shown.into()),
    ];
    let title = words.format("panes-work-postings-title", &args);
    Ok(Answer::Page { subject: Subject::Postings(period, place), page: Page { title, lines } })
}

/// Writes the report of a month.
pub fn write(bench: &Bench, period: &str, format: &str, path: &str) -> Result<Answer, Trouble> {
    let month = period.parse().unwrap_or_else(|_| bench.desk.month_to_report());
    let report = report(bench, month, &JobContext::alone())?;
    let words = &bench.words;
    let text = match format {
        "html" => render::monthly_html(&report, words),
        "csv" => render::monthly_csv(&report, words),
        "json" => render::monthly_json(&report),
        _ => render::monthly_text(&report, words),
    };
    write_file(Path::new(path), text.as_bytes()).map_err(|error: DeskError| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
}

fn report(bench: &Bench, period: Period, context: &JobContext) -> Result<Arc<MonthlyReport>, Trouble> {
    let (head, today) = (bench.desk.view().head(), bench.desk.today());
    {
        let held = bench.report.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held.as_ref()
            && held.head == head
            && held.today == today
            && held.report.period == period
        {
            return Ok(Arc::clone(&held.report));
        }
    }
    let made = Arc::new(bench.desk.monthly(period).map_err(|error| bench.trouble(error))?);
    context.check()?;
    let mut held = bench.report.0.lock().unwrap_or_else(PoisonError::into_inner);
    *held = Some(HeldReport { head, today, report: Arc::clone(&made) });
    Ok(made)
}

fn month_name(period: Period, words: &Words) -> String {
    Names::of(words.lang().code()).month_and_year(period.year(), period.month())
}

/// The newest month first; those whose books are open say so.
fn months(bench: &Bench, words: &Words) -> Vec<(String, String)> {
    let office = bench.desk.office();
    let newest = Period::of(bench.desk.today()).max(office.first_open);
    (0..MOST_MONTHS)
        .map(|back| {
            let month = newest.plus(-back);
            let name = month_name(month, words);
            let label = if office.is_open(month) {
                format!("{name} ({})", words.text("panes-work-month-open"))
            } else {
                name
            };
            (month.to_string(), label)
        })
        .collect()
}

fn head(report: &MonthlyReport, words: &Words) -> Vec<Line> {
    let names = Names::of(words.lang().code());
    let office = format!("{} {}", report.office.code, report.office.name);
    let as_of = words.format("report-as-of", &[("date", names.long(report.as_of).into())]);
    let (status, tone) = match report.status {
        BookStatus::Provisional => ("report-status-provisional", Tone::Warn),
        BookStatus::Closed => ("report-status-closed", Tone::Good),
        BookStatus::History => ("report-status-history", Tone::Dim),
    };
    vec![
        Line::toned(&office, Tone::Heading).then(&format!("  {as_of}"), Tone::Dim),
        Line::toned(&words.text(status), tone),
    ]
}

/// A section's lines, labels to the left, cells to the right under their heads.
fn table(section: &Section, idx: usize, words: &Words, lines: &mut Vec<Line>, ways: &mut Vec<Vec<Way>>) {
    lines.push(Line::section(&section.title));
    if section.lines.is_empty() {
        lines.push(Line::toned(&words.text("report-nothing"), Tone::Dim));
        return;
    }
    let shown: Vec<Vec<String>> = section
        .lines
        .iter()
        .map(|line| line.cells.iter().map(|cell| safe::terminal(&cell.shown(words)).into_owned()).collect())
        .collect();
    let widths: Vec<usize> = section
        .columns
        .iter()
        .enumerate()
        .map(|(column, head)| {
            let cells = shown.iter().filter_map(|row| row.get(column)).map(|cell| safe::width(cell));
            cells.chain([safe::width(head)]).max().unwrap_or(0)
        })
        .collect();
    let taken: usize = widths.iter().map(|width| width + 2).sum();
    let room = COLUMNS.saturating_sub(taken);
    let longest = section.lines.iter().map(|line| safe::width(&line.label)).max().unwrap_or(0);
    let is_stacked = room < LEAST_LABEL.min(longest);
    let in_columns = |cells: &[String]| -> String {
        cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("  {}", safe::fit_right(cell, *width)))
            .collect()
    };
    if section.columns.iter().any(|column| !column.is_empty()) {
        lines.push(Line::toned(&format!("{}{}", " ".repeat(room), in_columns(&section.columns)), Tone::Dim));
    }
    for (line_idx, line) in section.lines.iter().enumerate() {
        let tone = if line.weight == Weight::Total { Tone::Heading } else { Tone::Plain };
        let cells = in_columns(&shown[line_idx]);
        if is_stacked {
            lines.push(Line::toned(&line.label, tone));
        }
        let label = if is_stacked { String::new() } else { safe::terminal(&line.label).into_owned() };
        let found = ways_of(section, idx, line_idx, words);
        let mut said = Line::toned(&format!("{}{cells}", safe::fit(&label, room)), tone);
        if !found.is_empty() {
            said = said.leading_to("ways".to_owned());
        }
        ways.resize(lines.len(), Vec::new());
        lines.push(said);
        ways.push(found);
    }
}

/// The ways from one line's numbers; a number that is nothing has no records.
fn ways_of(section: &Section, idx: usize, line_idx: usize, words: &Words) -> Vec<Way> {
    let line = &section.lines[line_idx];
    let way = |(cell_idx, cell): (usize, &crate::report::section::Cell)| {
        let is_nothing = match &cell.value {
            CellValue::Count(count) => *count == 0,
            CellValue::Amount(amount) => amount.is_zero(),
            CellValue::Text(_) | CellValue::Empty => false,
        };
        let to = match &cell.drill {
            Drill::None => return None,
            Drill::Postings(_) if is_nothing => return None,
            Drill::Postings(_) => Goal::Postings([idx, line_idx, cell_idx]),
            Drill::Claims(_) if is_nothing => return None,
            Drill::Claims(filter) => Goal::Filter(filter.clone()),
            Drill::Claim(claim_no) => Goal::Claim(claim_no.to_string()),
            Drill::Voucher(code) => Goal::Voucher(code.to_string()),
        };
        let column = section.columns.get(cell_idx).map_or("", String::as_str);
        Some(Way { label: format!("{column} {}", cell.shown(words)).trim().to_owned(), to })
    };
    line.cells.iter().enumerate().filter_map(way).collect()
}

/// Date, claim or voucher, who, and the sum; Enter leads to the record.
fn posting_line(posting: &Posting) -> Line {
    let by = &posting.by;
    let (what, link) = if by.claim_no.is_empty() {
        (by.code.as_ref(), format!("voucher {}", by.code))
    } else {
        (by.claim_no.as_ref(), format!("claim {}", by.claim_no))
    };
    let who = if by.payee.is_empty() { &by.company } else { &by.payee };
    let amount = if posting.amount.is_zero() { String::new() } else { posting.amount.grouped() };
    Line::text(&format!("{} {} ", slashed(posting.date), safe::fit(&safe::terminal(what), 22)))
        .then_personal(&safe::fit(&safe::terminal(who), 24), Tone::Plain)
        .then(&format!(" {amount:>14}"), Tone::Plain)
        .leading_to(link)
}
