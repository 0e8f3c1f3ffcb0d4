//! `santun claims`: the list, its filter, its columns.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::cli::args::{ClaimsArgs, Format};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::cells::{self, Reader};
use crate::domain::query::Field;
use crate::store::ClaimRow;

/// A claim in JSON: stable since version 0.1.
#[derive(Debug, Serialize)]
struct ClaimJson {
    claim_no: String,
    programme: &'static str,
    status: &'static str,
    regulator_status: Option<&'static str>,
    outcome: Option<&'static str>,
    event_date: String,
    reported_date: Option<String>,
    npp: String,
    company: String,
    asked: i64,
    determined: i64,
    paid: i64,
    waiting: i64,
    vouchers: Vec<String>,
}

impl ClaimJson {
    fn of(row: &ClaimRow) -> ClaimJson {
        ClaimJson {
            claim_no: row.claim_no.clone(),
            programme: row.programme.code(),
            status: row.status.code(),
            regulator_status: row.regulator_status().map(|status| status.code()),
            outcome: row.outcome.map(|outcome| outcome.code()),
            event_date: row.event_date.to_string(),
            reported_date: row.reported_date.map(|date| date.to_string()),
            npp: row.npp.clone(),
            company: row.company.clone(),
            asked: row.asked.get(),
            determined: row.determined.get(),
            paid: row.paid.get(),
            waiting: row.waiting().get(),
            vouchers: row.voucher_codes.clone(),
        }
    }
}

/// Lists claims.
pub fn run(session: &Session, args: &ClaimsArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let today = desk.today();
    let filter = ask::filter(session, &args.filter, today)?;
    let sort = ask::sort(session, args.sort.as_deref())?;
    let columns: Vec<_> = if args.columns.is_empty() {
        cells::USUAL.to_vec()
    } else {
        args.columns.iter().map(|name| ask::field(session, name)).collect::<Result<_, _>>()?
    };
    let rows = desk.view().select(&filter, sort, today, &AtomicBool::new(false), &|_, _| {})?;
    let shown = args.limit.map_or(rows.len(), |limit| limit.min(rows.len()));
    if args.unmask {
        session.desk()?.note_export("claims", shown)?;
    }
    if args.format == Format::Json {
        let found: Vec<ClaimJson> = rows.window(0..shown)?.iter().map(ClaimJson::of).collect();
        out.json(&found)?;
        return Ok(Exit::Done);
    }
    let reader = match (args.format, args.unmask) {
        (Format::Table, _) => Reader::Person,
        (_, true) => Reader::OutsideWhole,
        (_, false) => Reader::Outside,
    };
    let numbers =
        columns.iter().enumerate().filter(|(_, field)| cells::is_number(**field)).map(|(place, _)| place);
    let headings = columns.iter().map(|field| cells::heading(*field, session.words.lang(), reader));
    let whole =
        columns.iter().enumerate().filter(|(_, field)| **field == Field::ClaimNo).map(|(place, _)| place);
    let mut list = List::new(headings).right(numbers).whole(whole);
    for row in rows.window(0..shown)? {
        list.push(
            columns.iter().map(|field| cells::cell(&row, *field, today, reader, &session.words)).collect(),
        );
    }
    out.list(&list, args.format)?;
    if args.format == Format::Csv {
        return Ok(Exit::Done);
    }
    let total = [("shown", shown.into()), ("total", rows.len().into())];
    out.line(&session.say("cli-claims-shown", &total))?;
    Ok(Exit::Done)
}
