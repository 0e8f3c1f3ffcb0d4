//! `santun voucher queue`: what waits for a voucher, by payee, as the voucher desk shows it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::base::calendar::slashed;
use crate::cli::args::{Format, QueueArgs};
use crate::cli::commands::voucher_list::reader_of;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::cells::{self, Reader};
use crate::desk::{Bundle, WaitingLine};
use crate::domain::code::PayeeKind;
use crate::domain::query::fold;

/// A bundle in JSON: what one voucher can pay.
#[derive(Debug, Serialize)]
struct BundleJson {
    programme: &'static str,
    payee_kind: &'static str,
    payee: String,
    bank: String,
    account: String,
    total: i64,
    oldest: Option<String>,
    due: Option<String>,
    lines: Vec<LineJson>,
}

#[derive(Debug, Serialize)]
struct LineJson {
    claim_no: String,
    line: u16,
    component: &'static str,
    amount: i64,
    complete: Option<String>,
    due: Option<String>,
}

/// Lists the bundles, or with `--lines` their lines.
pub fn run(session: &Session, args: &QueueArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let mut bundles = desk.queue(&AtomicBool::new(false))?.bundles().to_vec();
    let wanted: Vec<String> = args.words.iter().map(|word| fold(word)).collect();
    bundles.retain(|bundle| {
        let text = fold(&searched(bundle));
        wanted.iter().all(|word| text.contains(word))
    });
    let reader = reader_of(session, args.format, args.unmask, bundles.len())?;
    if args.format == Format::Json {
        out.json(&bundles.iter().map(|bundle| json(bundle, reader)).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let list = match args.lines {
        true => lines(session, &bundles, reader),
        false => table(session, &bundles, reader),
    };
    out.list(&list, args.format)?;
    if args.format == Format::Table {
        let total: crate::domain::Rupiah = bundles.iter().map(|bundle| bundle.total).sum();
        let sum = [("n", bundles.len().into()), ("total", total.grouped().into())];
        out.line(&session.say("cli-queue-sum", &sum))?;
    }
    Ok(Exit::Done)
}

fn searched(bundle: &Bundle) -> String {
    let claims = bundle.lines.iter().map(|line| format!("{} {}", line.claim_no, line.worker));
    format!("{} {} {}", bundle.payee.name, bundle.programme, claims.collect::<Vec<_>>().join(" "))
}

fn due(bundle: &Bundle) -> Option<jiff::civil::Date> {
    bundle.lines.iter().filter_map(|line| line.due).min()
}

fn account(bundle: &Bundle, reader: Reader) -> String {
    cells::account(bundle.payee.account.as_ref().map_or("", |account| account.as_str()), reader)
}

fn payee(bundle: &Bundle, reader: Reader) -> String {
    cells::payee(bundle.payee.kind, &bundle.payee.name, reader)
}

fn table(session: &Session, bundles: &[Arc<Bundle>], reader: Reader) -> List {
    let keys = ["payee", "total", "lines", "oldest", "due", "programme", "account", "claims"];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-queue-{key}")));
    let mut list = List::new(headings).right([1, 2]).whole([3, 4]);
    for bundle in bundles {
        let mut claims: Vec<&str> = bundle.lines.iter().map(|line| line.claim_no.as_str()).collect();
        claims.dedup();
        list.push(vec![
            payee(bundle, reader),
            bundle.total.grouped(),
            bundle.lines.len().to_string(),
            bundle.oldest().map_or_else(String::new, slashed),
            due(bundle).map_or_else(String::new, slashed),
            bundle.programme.code().to_owned(),
            account(bundle, reader),
            claims.join(" "),
        ]);
    }
    list
}

fn lines(session: &Session, bundles: &[Arc<Bundle>], reader: Reader) -> List {
    let keys = ["payee", "claim", "worker", "component", "amount", "due"];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-queue-{key}")));
    let mut list = List::new(headings).right([4]).whole([1, 5]);
    for bundle in bundles {
        for line in &bundle.lines {
            list.push(vec![
                payee(bundle, reader),
                line.claim_no.clone(),
                // Every worker is a person.
                cells::payee(PayeeKind::Participant, &line.worker, reader),
                session.words.text(&line.component.key()),
                line.amount.grouped(),
                line.due.map_or_else(String::new, slashed),
            ]);
        }
    }
    list
}

fn json(bundle: &Bundle, reader: Reader) -> BundleJson {
    let line = |line: &WaitingLine| LineJson {
        claim_no: line.claim_no.clone(),
        line: line.line.get(),
        component: line.component.code(),
        amount: line.amount.get(),
        complete: line.complete.map(|date| date.to_string()),
        due: line.due.map(|date| date.to_string()),
    };
    BundleJson {
        programme: bundle.programme.code(),
        payee_kind: bundle.payee.kind.code(),
        payee: payee(bundle, reader),
        bank: bundle.payee.bank.clone(),
        account: account(bundle, reader),
        total: bundle.total.get(),
        oldest: bundle.oldest().map(|date| date.to_string()),
        due: due(bundle).map(|date| date.to_string()),
        lines: bundle.lines.iter().map(line).collect(),
    }
}
