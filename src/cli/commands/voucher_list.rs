//! `santun voucher list`, `last` and `show`: vouchers for people, for spreadsheets and for programs. Names of persons and
//! account numbers leave the desk whole only on demand, which leaves a mark in the journal.

use std::fmt::Write;

use serde::Serialize;

use crate::cli::args::{Format, LastArgs, VoucherListArgs, VoucherShowArgs};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::Desk;
use crate::desk::cells::{self, Reader};
use crate::domain::code::{PaymentState, VoucherKind, VoucherState};
use crate::domain::voucher::Payment;
use crate::domain::{Origin, Voucher};
use crate::store::{VoucherFilter, VoucherRow};

/// The vouchers of a month or a state.
pub fn list(session: &Session, args: &VoucherListArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let period = args.period.as_deref().map(|text| ask::period(session, text)).transpose()?;
    let state = args
        .status
        .as_deref()
        .map(|text| ask::code("voucher-state", text, VoucherState::parse))
        .transpose()?;
    let posted = period.map(|month| (month, month));
    let filter = VoucherFilter { posted, states: state.into_iter().collect(), ..VoucherFilter::default() };
    let rows = desk.vouchers(&filter, args.limit)?;
    listed(session, &rows, (args.format, reader_of(session, args.format, args.unmask, rows.len())?), out)
}

/// What this desk issued or recorded last: what a clerk looks for who has lost the paper with the code.
pub fn last(session: &Session, args: &LastArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let filter = VoucherFilter { origin: Some(Origin::Desk), ..VoucherFilter::default() };
    let rows = desk.vouchers(&filter, Some(args.limit))?;
    listed(session, &rows, (args.format, reader_of(session, args.format, args.unmask, rows.len())?), out)
}

/// For whom a list is written. What leaves the desk whole leaves a mark first.
pub fn reader_of(session: &Session, format: Format, unmask: bool, n: usize) -> Result<Reader, CliError> {
    if unmask {
        session.desk()?.note_export("vouchers", n)?;
    }
    Ok(match (format, unmask) {
        (Format::Table, _) => Reader::Person,
        (_, true) => Reader::OutsideWhole,
        (_, false) => Reader::Outside,
    })
}

fn listed(
    session: &Session,
    rows: &[VoucherRow],
    (format, reader): (Format, Reader),
    out: &mut Output,
) -> Result<Exit, CliError> {
    match format {
        Format::Json => out.json(&rows.iter().map(|row| json(row, reader)).collect::<Vec<_>>())?,
        Format::Csv => out.list(&csv(rows, reader), format)?,
        Format::Table => out.list(&table(session, rows), format)?,
    }
    Ok(Exit::Done)
}

/// For people.
fn table(session: &Session, rows: &[VoucherRow]) -> List {
    let keys = ["code", "date", "state", "payee", "claims", "gross", "net"];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-voucher-{key}")));
    let mut list = List::new(headings).right([4, 5, 6]).whole([0, 1]);
    for row in rows {
        list.push(vec![
            row.code.clone(),
            row.date.to_string(),
            session.words.text(&row.state.key()),
            row.payee.clone(),
            row.claims.to_string(),
            row.gross.grouped(),
            row.net.grouped(),
        ]);
    }
    list
}

/// For programs: the names of the JSON, whole rupiah.
fn csv(rows: &[VoucherRow], reader: Reader) -> List {
    let heads = [
        "code", "kind", "series", "seq", "period", "date", "status", "claims", "payee", "gross", "pph",
        "rounding", "net",
    ];
    let mut list = List::new(heads.map(str::to_owned));
    for row in rows {
        let row = json(row, reader);
        list.push(vec![
            row.code,
            row.kind.to_owned(),
            row.series.unwrap_or_default(),
            row.seq.map_or(String::new(), |seq| seq.to_string()),
            row.period,
            row.date,
            row.status.to_owned(),
            row.claims.join(" "),
            row.payee,
            row.gross.to_string(),
            row.pph.to_string(),
            row.rounding.to_string(),
            row.net.to_string(),
        ]);
    }
    list
}

/// The voucher of a code, for people.
pub fn show_code(session: &Session, code: &str, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let voucher = desk.find_voucher(code)?;
    page(session, &desk, &voucher, out)
}

/// One voucher: its paper and its payments for people, its row for a spreadsheet, all of it for programs.
pub fn show(session: &Session, args: &VoucherShowArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let voucher = desk.find_voucher(&args.code)?;
    let reader = reader_of(session, args.format, args.unmask, 1)?;
    if args.format == Format::Table {
        return page(session, &desk, &voucher, out);
    }
    let filter = VoucherFilter { text: voucher.code.as_str().to_owned(), ..VoucherFilter::default() };
    let mut rows = desk.vouchers(&filter, None)?;
    rows.retain(|row| row.id == voucher.id);
    if args.format == Format::Csv {
        return listed(session, &rows, (args.format, reader), out);
    }
    let whole = rows.first().map(|row| WholeJson::of(json(row, reader), &voucher, reader));
    out.json(&whole)?;
    Ok(Exit::Done)
}

fn page(session: &Session, desk: &Desk, voucher: &Voucher, out: &mut Output) -> Result<Exit, CliError> {
    out.page(&desk.voucher_text(voucher, &session.words)?)?;
    let mut history = String::new();
    for payment in &voucher.payments {
        let args = [
            ("date", payment.date.to_string().into()),
            ("amount", payment.amount.grouped().into()),
            ("reference", payment.reference.as_str().into()),
            ("state", session.words.text(&payment.state.key()).into()),
        ];
        writeln!(history, "{}", session.say("cli-payment-line", &args)).expect("a string takes all text");
    }
    if !history.is_empty() {
        out.page(&history)?;
    }
    Ok(Exit::Done)
}

/// A voucher in JSON: stable since version 0.1.
#[derive(Debug, Serialize)]
struct VoucherJson {
    code: String,
    kind: &'static str,
    series: Option<String>,
    seq: Option<u32>,
    period: String,
    date: String,
    status: &'static str,
    claims: Vec<String>,
    payee: String,
    gross: i64,
    pph: i64,
    rounding: i64,
    net: i64,
    void: Option<VoidJson>,
}

#[derive(Debug, Serialize)]
struct VoidJson {
    date: String,
    period: String,
    reason: String,
}

/// One voucher in JSON: as in the list, with its payee's account and its transfers.
#[derive(Debug, Serialize)]
struct WholeJson {
    #[serde(flatten)]
    listed: VoucherJson,
    bank: String,
    account: String,
    payments: Vec<PaymentJson>,
}

#[derive(Debug, Serialize)]
struct PaymentJson {
    no: u16,
    date: String,
    amount: i64,
    reference: String,
    status: &'static str,
    returned: Option<String>,
}

impl WholeJson {
    fn of(listed: VoucherJson, voucher: &Voucher, reader: Reader) -> WholeJson {
        let account = voucher.payee.account.as_ref().map_or("", |account| account.as_str());
        let payment = |payment: &Payment| PaymentJson {
            no: payment.no.get(),
            date: payment.date.to_string(),
            amount: payment.amount.get(),
            reference: payment.reference.clone(),
            status: if payment.state == PaymentState::Paid { "paid" } else { "returned" },
            returned: payment.returned_date.map(|date| date.to_string()),
        };
        WholeJson {
            listed,
            bank: voucher.payee.bank.clone(),
            account: cells::account(account, reader),
            payments: voucher.payments.iter().map(payment).collect(),
        }
    }
}

/// The states as JSON says them.
fn status(state: VoucherState) -> &'static str {
    match state {
        VoucherState::Proposed => "proposed",
        VoucherState::Approved => "approved",
        VoucherState::Paid => "paid",
        VoucherState::Returned => "returned",
        VoucherState::Void => "void",
    }
}

fn json(row: &VoucherRow, reader: Reader) -> VoucherJson {
    let void = row.void_date.zip(row.void_posted).map(|(date, posted)| VoidJson {
        date: date.to_string(),
        period: posted.to_string(),
        reason: row.void_reason.clone(),
    });
    VoucherJson {
        code: row.code.clone(),
        kind: if row.kind == VoucherKind::Issued { "issued" } else { "recorded" },
        series: row.series.as_ref().map(|(key, _)| key.as_str().to_owned()),
        seq: row.series.as_ref().map(|(_, number)| *number),
        period: row.posted.to_string(),
        date: row.date.to_string(),
        status: status(row.state),
        claims: row.claim_nos.clone(),
        payee: cells::payee(row.payee_kind, &row.payee, reader),
        gross: row.gross.get(),
        pph: row.pph.get(),
        rounding: row.rounding.get(),
        net: row.net.get(),
        void,
    }
}
