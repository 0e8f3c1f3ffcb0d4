//! `santun report --cells` and `--cell`: every number of the report by its address, and the records behind one.

use serde::Serialize;

use crate::base::calendar::slashed;
use crate::cli::args::{Format, PaperFormat, ReportArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::Desk;
use crate::domain::Period;
use crate::domain::posting::Posting;
use crate::report::MonthlyReport;
use crate::report::monthly::Drill;
use crate::report::section::{Cell, sections};

/// One number of the report.
#[derive(Debug, Serialize)]
struct CellJson {
    cell: String,
    section: String,
    line: String,
    column: String,
    value: String,
    behind: String,
}

/// An entry of the books behind a number.
#[derive(Debug, Serialize)]
struct EntryJson {
    date: String,
    kind: &'static str,
    claim_no: String,
    voucher: String,
    amount: i64,
}

/// Every number with its address and what is behind it.
pub fn all(
    session: &Session,
    report: &MonthlyReport,
    args: &ReportArgs,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let mut found = Vec::new();
    for (address, section, line, column, cell) in cells(session, report) {
        let behind = match &cell.drill {
            Drill::None => String::new(),
            Drill::Postings(_) => format!("santun report {} --cell {address}", report.period),
            Drill::Claims(filter) => format!("santun claims --where '{filter}'"),
            Drill::Claim(claim_no) => format!("santun claim show {claim_no}"),
            Drill::Voucher(code) => format!("santun voucher show {code}"),
        };
        let value = cell.shown(&session.words);
        found.push(CellJson { cell: address, section, line, column, value, behind });
    }
    if args.format == PaperFormat::Json {
        out.json(&found)?;
        return Ok(Exit::Done);
    }
    let keys = ["cell", "number", "value", "behind"];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-cell-{key}")));
    let mut list = List::new(headings).right([2]).whole([0, 2]);
    for cell in found {
        let number = named([&cell.section, &cell.line, &cell.column]);
        list.push(vec![cell.cell, number, cell.value, cell.behind]);
    }
    out.list(&list, format(session, args)?)?;
    Ok(Exit::Done)
}

/// The records behind the number at an address.
pub fn one(
    session: &Session,
    desk: &Desk,
    report: &MonthlyReport,
    args: &ReportArgs,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let wanted = args.cell.as_deref().unwrap_or_default();
    let all = cells(session, report);
    let unknown = || session.usage("cli-cell-unknown", &[("cell", wanted.into())]);
    let (_, section, line, column, cell) =
        all.into_iter().find(|(address, ..)| address == wanted).ok_or_else(unknown)?;
    let name = named([&section, &line, &column]);
    match &cell.drill {
        Drill::Postings(filter) => {
            let found = postings(desk, filter.period, &|posting| filter.matches(posting))?;
            if args.format == PaperFormat::Text {
                let head = [
                    ("what", name.into()),
                    ("amount", cell.shown(&session.words).into()),
                    ("n", found.len().into()),
                ];
                out.line(&session.say("cli-cell-head", &head))?;
            }
            entries(session, &found, args, out)
        }
        Drill::None => Err(session.usage("cli-cell-nothing", &[("cell", wanted.into())])),
        Drill::Claims(filter) => {
            out.line(&session.say("cli-cell-filter", &[("filter", filter.as_str().into())]))?;
            Ok(Exit::Done)
        }
        Drill::Claim(no) => super::claim::show_no(session, no, out),
        Drill::Voucher(code) => super::voucher_list::show_code(session, code, out),
    }
}

/// What a number is: section, line, column.
fn named(parts: [&str; 3]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// A cell with its address, its section, its line and its column.
type Named = (String, String, String, String, Cell);

/// Every cell that says something, by its address: section, line and column, counted from 1.
fn cells(session: &Session, report: &MonthlyReport) -> Vec<Named> {
    let mut found = Vec::new();
    for section in sections(report, &session.words) {
        for (line_idx, line) in section.lines.iter().enumerate() {
            for (cell_idx, cell) in line.cells.iter().enumerate() {
                let column = section.columns.get(cell_idx).cloned().unwrap_or_default();
                let address = format!("{}/{}/{}", section.id.code(), line_idx + 1, cell_idx + 1);
                found.push((
                    address,
                    section.title.clone(),
                    line.label.trim().to_owned(),
                    column,
                    cell.clone(),
                ));
            }
        }
    }
    found.retain(|(.., cell)| !cell.shown(&session.words).is_empty());
    found
}

/// What an entry says, kept from the one that is lent.
struct Entry {
    json: EntryJson,
    who: String,
    amount: String,
    day: String,
}

fn postings(desk: &Desk, period: Period, is_one: &dyn Fn(&Posting) -> bool) -> Result<Vec<Entry>, CliError> {
    let mut found = Vec::new();
    desk.view().for_each_posting_of(period, &mut |posting| {
        if is_one(posting) {
            let by = &posting.by;
            found.push(Entry {
                who: if by.payee.is_empty() { by.company.to_string() } else { by.payee.to_string() },
                amount: if posting.amount.is_zero() { String::new() } else { posting.amount.grouped() },
                day: slashed(posting.date),
                json: EntryJson {
                    date: posting.date.to_string(),
                    kind: crate::report::section::kind_code(posting.kind),
                    claim_no: by.claim_no.to_string(),
                    voucher: by.code.to_string(),
                    amount: posting.amount.get(),
                },
            });
        }
    })?;
    // By their day; those of one day as the books have them.
    found.sort_by(|one, other| one.json.date.cmp(&other.json.date));
    Ok(found)
}

fn entries(
    session: &Session,
    found: &[Entry],
    args: &ReportArgs,
    out: &mut Output,
) -> Result<Exit, CliError> {
    match args.format {
        PaperFormat::Json => {
            out.json(&found.iter().map(|entry| &entry.json).collect::<Vec<_>>())?;
            return Ok(Exit::Done);
        }
        PaperFormat::Csv => {
            let mut list = List::new(["date", "kind", "claim_no", "voucher", "amount"].map(str::to_owned));
            for Entry { json, .. } in found {
                let (claim_no, voucher) = (json.claim_no.clone(), json.voucher.clone());
                list.push(vec![
                    json.date.clone(),
                    json.kind.to_owned(),
                    claim_no,
                    voucher,
                    json.amount.to_string(),
                ]);
            }
            out.list(&list, Format::Csv)?;
        }
        _ => {
            let keys = ["date", "claim", "voucher", "who", "amount"];
            let headings = keys.iter().map(|key| session.words.text(&format!("cli-entry-{key}")));
            let mut list = List::new(headings).right([4]).whole([1, 2]);
            for Entry { json, who, amount, day } in found {
                list.push(vec![
                    day.clone(),
                    json.claim_no.clone(),
                    json.voucher.clone(),
                    who.clone(),
                    amount.clone(),
                ]);
            }
            out.list(&list, format(session, args)?)?;
        }
    }
    Ok(Exit::Done)
}

/// A list has no HTML.
fn format(session: &Session, args: &ReportArgs) -> Result<Format, CliError> {
    match args.format {
        PaperFormat::Text => Ok(Format::Table),
        PaperFormat::Csv => Ok(Format::Csv),
        PaperFormat::Json => Ok(Format::Json),
        PaperFormat::Html => Err(session.usage("cli-cells-no-html", &[])),
    }
}
