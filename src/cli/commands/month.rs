//! `santun month …`: closes months, opens them again, checks what was closed.

use serde::Serialize;

use crate::base::calendar::slashed;
use crate::cli::args::{Format, MonthCloseArgs, MonthCommand, MonthReopenArgs};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::months::{ClosePlan, MonthLine, SealCheck};
use crate::desk::sentence_of_refusal;
use crate::domain::decide::Passable;
use crate::domain::{MonthDeed, MonthStep};
use crate::store::SealState;

/// Does what was asked.
pub fn run(session: &Session, command: MonthCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        MonthCommand::List(args) => list(session, args.format, out),
        MonthCommand::Close(args) => close(session, &args, out),
        MonthCommand::Reopen(args) => reopen(session, &args, out),
        MonthCommand::Verify(args) => verify(session, args.format, out),
    }
}

/// A month in JSON.
#[derive(Debug, Serialize)]
struct MonthJson {
    month: String,
    state: &'static str,
    postings: u64,
    closed: Option<String>,
    closed_by: Option<String>,
    note: Option<String>,
    digest: Option<String>,
    seal: Option<&'static str>,
    times_reopened: usize,
    history: Vec<DeedJson>,
}

/// Something done to a month, in JSON.
#[derive(Debug, Serialize)]
struct DeedJson {
    what: &'static str,
    date: String,
    by: String,
    reason: Option<String>,
}

fn list(session: &Session, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let months = session.desk_to_read()?.months()?;
    if format == Format::Json {
        out.json(&months.iter().map(month_json).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let keys = ["month", "state", "postings", "closed-on", "by", "seal", "reopened-on"];
    let headings = keys.iter().map(|key| session.words.text(&format!("months-{key}")));
    let mut list = List::new(headings).right([2]).whole([0, 1]);
    for line in &months {
        let closed = line.closed.as_ref();
        let seal = line.seal.map_or_else(String::new, |seal| said_of_seal(session, seal));
        list.push(vec![
            line.month.to_string(),
            session.words.text(&format!("months-state-{}", state(line))),
            line.postings.to_string(),
            closed.map_or_else(String::new, |deed| slashed(deed.date)),
            closed.map_or_else(String::new, |deed| deed.by.clone()),
            seal,
            reopened(line),
        ]);
    }
    out.list(&list, format)?;
    Ok(Exit::Done)
}

/// Who opened it again, and when: it stays visible for ever.
fn reopened(line: &MonthLine) -> String {
    let opened = line.deeds.iter().filter(|deed| deed.step == MonthStep::Reopened);
    let said: Vec<String> = opened.map(|deed| format!("{} {}", slashed(deed.date), deed.by)).collect();
    said.join(", ")
}

fn state(line: &MonthLine) -> &'static str {
    match (&line.closed, &line.asked) {
        (None, _) => "open",
        (Some(_), None) => "closed",
        (Some(_), Some(_)) => "asked",
    }
}

fn month_json(line: &MonthLine) -> MonthJson {
    let closing = line.closed.as_ref().map(|deed| &deed.step);
    let (note, digest) = match closing {
        Some(MonthStep::Closed { note, books, .. }) => {
            (Some(note.clone()).filter(|note| !note.is_empty()), Some(books.digest.clone()))
        }
        _ => (None, None),
    };
    MonthJson {
        month: line.month.to_string(),
        state: state(line),
        postings: line.postings,
        closed: line.closed.as_ref().map(|deed| deed.date.to_string()),
        closed_by: line.closed.as_ref().map(|deed| deed.by.clone()),
        note,
        digest,
        seal: line.seal.map(code_of_seal),
        times_reopened: line.deeds.iter().filter(|deed| deed.step == MonthStep::Reopened).count(),
        history: line.deeds.iter().map(deed_json).collect(),
    }
}

fn deed_json(deed: &MonthDeed) -> DeedJson {
    let (what, reason) = match &deed.step {
        MonthStep::Closed { note, .. } => ("closed", note),
        MonthStep::ReopenAsked { reason } => ("reopen-asked", reason),
        MonthStep::Reopened => ("reopened", &String::new()),
    };
    let reason = Some(reason.clone()).filter(|reason| !reason.is_empty());
    DeedJson { what, date: deed.date.to_string(), by: deed.by.clone(), reason }
}

fn code_of_seal(seal: SealState) -> &'static str {
    match seal {
        SealState::Whole => "whole",
        SealState::Missing => "missing",
        SealState::Differs => "differs",
    }
}

fn said_of_seal(session: &Session, seal: SealState) -> String {
    session.words.text(&format!("months-seal-{}", code_of_seal(seal)))
}

fn close(session: &Session, args: &MonthCloseArgs, out: &mut Output) -> Result<Exit, CliError> {
    let month = ask::period(session, &args.period)?;
    if !args.yes {
        let plan = session.desk_to_read()?.month_plan(month)?;
        show(session, &plan, out)?;
        let key = if plan.hindrances.is_empty() { "months-close-ready" } else { "months-close-not-ready" };
        out.line(&session.say(key, &[("period", month.to_string().into())]))?;
        return Ok(if plan.hindrances.is_empty() { Exit::Done } else { Exit::Refused });
    }
    let desk = session.desk()?;
    let plan = desk.month_plan(month)?;
    show(session, &plan, out)?;
    let closed = desk.close_month(&plan, &args.note)?;
    let next = month.plus(1).to_string();
    let said = [("period", month.to_string().into()), ("next", next.into())];
    out.line(&session.say("months-closed", &said))?;
    if let Some(trouble) = closed.seal_trouble {
        out.line(&session.words.text("months-seal-later"))?;
        session.complain(&CliError::Desk(trouble));
    }
    Ok(Exit::Done)
}

/// What stands in the month's books, and each hindrance with its number.
fn show(session: &Session, plan: &ClosePlan, out: &mut Output) -> Result<(), CliError> {
    let words = &session.words;
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let args = [
        ("period", plan.month.to_string().into()),
        ("postings", number(plan.books.postings).into()),
        ("digest", plan.books.digest.as_str().into()),
    ];
    out.line(&session.say("months-plan", &args))?;
    for range in &plan.books.ranges {
        let args = [
            ("series", range.series.as_str().into()),
            ("first", range.first.to_string().into()),
            ("last", range.last.to_string().into()),
            ("n", number(u64::from(range.count)).into()),
        ];
        out.line(&format!("  {}", session.say("months-plan-series", &args)))?;
    }
    for (place, hindrance) in (1..).zip(&plan.hindrances) {
        let how = match hindrance.passable {
            Passable::No => "months-hindrance-first",
            Passable::WithNote => "months-hindrance-note",
        };
        let said = sentence_of_refusal(&hindrance.refusal, words);
        out.line(&format!("  {place}. {said} {}", words.text(how)))?;
    }
    Ok(())
}

fn reopen(session: &Session, args: &MonthReopenArgs, out: &mut Output) -> Result<Exit, CliError> {
    let month = ask::period(session, &args.period)?;
    let desk = session.desk()?;
    let key = match (&args.reason, args.approve) {
        (Some(reason), _) => {
            desk.ask_reopening(month, reason)?;
            "months-reopen-asked"
        }
        (None, true) => {
            desk.reopen_month(month)?;
            "months-reopened"
        }
        (None, false) => return Err(session.usage("months-reopen-how", &[])),
    };
    out.line(&session.say(key, &[("period", month.to_string().into())]))?;
    Ok(Exit::Done)
}

/// A seal in JSON.
#[derive(Debug, Serialize)]
struct CheckJson {
    seal: String,
    month: String,
    file: &'static str,
    books: Option<&'static str>,
}

fn verify(session: &Session, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let checks = session.desk_to_read()?.verify_months()?;
    if format == Format::Json {
        let json = |check: &SealCheck| CheckJson {
            seal: check.seal.name.clone(),
            month: check.seal.month.to_string(),
            file: code_of_seal(check.file),
            books: check.books.map(code_of_seal),
        };
        out.json(&checks.iter().map(json).collect::<Vec<_>>())?;
    } else {
        let keys = ["seal", "file", "books"];
        let mut list = List::new(keys.iter().map(|key| session.words.text(&format!("months-{key}"))));
        for check in &checks {
            let books = match check.books {
                None => session.words.text("months-books-reopened"),
                Some(SealState::Differs) => session.words.text("months-books-differ"),
                Some(_) => session.words.text("months-books-same"),
            };
            list.push(vec![check.seal.name.clone(), said_of_seal(session, check.file), books]);
        }
        out.list(&list, format)?;
    }
    let differs =
        |check: &SealCheck| check.file == SealState::Differs || check.books == Some(SealState::Differs);
    Ok(match () {
        () if checks.iter().any(differs) => Exit::Store,
        () if checks.iter().any(|check| check.file == SealState::Missing) => Exit::Refused,
        () => Exit::Done,
    })
}
