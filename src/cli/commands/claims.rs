//! `santun claims`: the list, its filter, its columns.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::cli::args::{ClaimsArgs, Format};
use crate::cli::ask;
use crate::cli::commands::filters;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::Desk;
use crate::desk::cells::{self, Reader};
use crate::domain::Rupiah;
use crate::domain::query::{Expr, Field};
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
    let filter = filters::resolve(session, &desk, &args.filter)?;
    let filter = ask::filter(session, &filter, today)?;
    if args.sum {
        return sums(session, &desk, &filter, args.format, out);
    }
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

/// What the claims of a filter add up to, in JSON: stable since version 0.1.
#[derive(Debug, Serialize)]
struct SumsJson {
    count: u64,
    asked: i64,
    determined: i64,
    paid: i64,
    waiting: i64,
    waiting_voucher: i64,
    waiting_payment: i64,
}

/// Count and sums only, as the line below the list on the screen.
fn sums(
    session: &Session,
    desk: &Desk,
    filter: &Expr,
    format: Format,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let totals = desk.view().totals(filter, desk.today(), &AtomicBool::new(false))?;
    if format == Format::Json {
        out.json(&SumsJson {
            count: totals.count,
            asked: totals.asked.get(),
            determined: totals.determined.get(),
            paid: totals.paid.get(),
            waiting: totals.waiting().get(),
            waiting_voucher: totals.waiting_voucher.get(),
            waiting_payment: totals.waiting_payment.get(),
        })?;
        return Ok(Exit::Done);
    }
    let amounts = [
        ("asked", "filter-sum-asked", totals.asked),
        ("determined", "filter-sum-determined", totals.determined),
        ("paid", "filter-sum-paid", totals.paid),
        ("waiting", "filter-sum-waiting", totals.waiting()),
    ];
    let is_person = format == Format::Table;
    let headings = [("count", "filter-sum-count")].into_iter().chain(amounts.map(|(id, key, _)| (id, key)));
    let heading = |(id, key)| if is_person { session.words.text(key) } else { str::to_owned(id) };
    let mut list = List::new(headings.map(heading)).right(0..=amounts.len());
    let amount = |amount: Rupiah| if is_person { amount.grouped() } else { amount.get().to_string() };
    let count = i64::try_from(totals.count).unwrap_or(i64::MAX);
    let count = if is_person { session.words.number(count) } else { count.to_string() };
    list.push([count].into_iter().chain(amounts.map(|(_, _, sum)| amount(sum))).collect());
    out.list(&list, format)?;
    Ok(Exit::Done)
}
