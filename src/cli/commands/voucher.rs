//! `santun voucher …`: issue, record, pay, void, look, print.

use std::fmt::Write;

use serde::Serialize;

use crate::base::safe;
use crate::cli::args::{
    CodeArgs, Format, IssueArgs, LastArgs, PaperFormat, PayArgs, PrintArgs, RecordArgs, ReturnArgs, VoidArgs,
    VoucherCommand as Typed, VoucherListArgs, VoucherShowArgs,
};
use crate::cli::ask;
use crate::cli::commands::report::{Over, To, deliver};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{Desk, IssueWish, Lookalike, Proposal, withheld_text};
use crate::domain::code::{PaymentState, VoucherKind, VoucherState};
use crate::domain::command::{RaiseVoucher, SeenLine, SeenVoucher};
use crate::domain::voucher::{Payment, check_holds, readings};
use crate::domain::{
    BenefitLine, Claim, LineNo, Origin, PaymentNo, Refusal, Rupiah, Voucher, VoucherCommand,
};
use crate::store::{VoucherFilter, VoucherRow};

/// Does what was asked of vouchers.
pub fn run(session: &Session, command: Typed, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        Typed::Issue(args) => issue(session, &args, out),
        Typed::Record(args) => record(session, &args, out),
        Typed::Approve(args) => one(session, &args.code, out, |_, _| Ok(VoucherCommand::Approve)),
        Typed::Pay(args) => pay(session, &args, out),
        Typed::Return(args) => give_back(session, &args, out),
        Typed::Void(args) => void(session, &args, out),
        Typed::Queue(args) => super::voucher_queue::run(session, &args, out),
        Typed::Last(args) => last(session, &args, out),
        Typed::List(args) => list(session, &args, out),
        Typed::Show(args) => show(session, &args, out),
        Typed::Check(args) => check(session, &args, out),
        Typed::Print(args) => print(session, &args, out),
    }
}

fn issue(session: &Session, args: &IssueArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let claim = desk.find_claim(&args.claim_no)?;
    let only = args.line.iter().map(|no| desk.line_no(&claim, *no)).collect::<Result<Vec<LineNo>, _>>()?;
    let date = ask::date_or_today(args.date.as_deref(), &desk)?;
    let pph = args.pph.as_deref().map(ask::amount).transpose()?;
    let wish = IssueWish { claims: vec![claim.id], only, date, pph };
    for proposal in desk.proposals(&wish)? {
        if args.dry_run {
            preview(&claim, &proposal, out)?;
        }
        if let (None, Some(tax)) = (pph, desk.withheld(&proposal.lines, date)?) {
            let net = proposal.gross() - tax.amount;
            eprintln!("{}", safe::terminal(&withheld_text(&tax, net, &session.words)));
        }
        warn(session, &desk.before_raising(&proposal.lines, date)?);
    }
    if args.dry_run {
        return Ok(Exit::Done);
    }
    desk.issue(&wish, &mut |issued| {
        // Each code is shown as soon as it is safe, whatever happens to the next.
        out.line(&issued.code)?;
        out.finish()
    })?;
    Ok(Exit::Done)
}

/// What one voucher would pay.
fn preview(claim: &Claim, proposal: &Proposal, out: &mut Output) -> Result<(), CliError> {
    out.page(&format!("{}  {}", proposal.payee.shown(), proposal.gross().grouped()))?;
    for line in &proposal.lines {
        out.page(&format!("  {} {}  {}", claim.basics.claim_no, line.line, line.amount.grouped()))?;
    }
    Ok(())
}

/// What is worth a look is said beside the answer, as on the screen.
fn warn(session: &Session, found: &[Lookalike]) {
    for found in found {
        eprintln!("santun: {}", safe::terminal(&found.sentence(&session.words)));
    }
}

fn record(session: &Session, args: &RecordArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let claim = desk.find_claim(&args.claim_no)?;
    let named = args.line.iter().map(|no| desk.line_no(&claim, *no)).collect::<Result<Vec<LineNo>, _>>()?;
    let wanted = |line: &&BenefitLine| {
        if named.is_empty() { line.waits_for_voucher() } else { named.contains(&line.no) }
    };
    let lines: Vec<SeenLine> =
        claim.lines.iter().filter(wanted).map(|line| SeenLine::of(&claim, line)).collect();
    let date = ask::date_or_today(args.date.as_deref(), &desk)?;
    warn(session, &desk.before_raising(&lines, date)?);
    let rule = desk.withheld(&lines, date)?.map_or(Rupiah::ZERO, |tax| tax.amount);
    let pph = args.pph.as_deref().map_or(Ok(rule), ask::amount)?;
    let wish = RaiseVoucher {
        kind: VoucherKind::Recorded,
        code: args.code.clone(),
        date,
        lines,
        pph,
        rounding: ask::amount(&args.rounding)?,
        description: String::new(),
    };
    let raised = desk.raise(&desk.new_key(), &wish)?;
    out.line(&raised.code)?;
    Ok(Exit::Done)
}

/// Runs one command and says where the voucher stands now.
fn one(
    session: &Session,
    code: &str,
    out: &mut Output,
    command: impl FnOnce(&Desk, &Voucher) -> Result<VoucherCommand, CliError>,
) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let voucher = desk.find_voucher(code)?;
    let command = command(&desk, &voucher)?;
    let after = desk.voucher(&desk.new_key(), voucher.id, SeenVoucher::of(&voucher), &command)?;
    let args = [
        ("code", after.code.as_str().into()),
        ("state", session.words.text(&after.state.key()).into()),
        ("unpaid", after.unpaid().grouped().into()),
    ];
    out.line(&session.say("cli-voucher-now", &args))?;
    Ok(Exit::Done)
}

fn pay(session: &Session, args: &PayArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.code, out, |desk, voucher| {
        let amount = args.amount.as_deref().map(ask::amount).transpose()?.unwrap_or_else(|| voucher.unpaid());
        let date = ask::date_or_today(args.date.as_deref(), desk)?;
        warn(session, &desk.before_paying(voucher)?);
        Ok(VoucherCommand::Pay { date, amount, reference: args.reference.clone() })
    })
}

fn give_back(session: &Session, args: &ReturnArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.code, out, |desk, voucher| {
        let last = voucher.payments.last().map(|payment| payment.no);
        let unknown = || Refusal::new("payment-unknown").with("code", &voucher.code).with("payment", 1);
        let payment = args.payment.map(PaymentNo::new).or(last).ok_or_else(unknown)?;
        let date = ask::date_or_today(args.date.as_deref(), desk)?;
        Ok(VoucherCommand::ReturnPayment { payment, date, reason: args.reason.clone() })
    })
}

fn void(session: &Session, args: &VoidArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.code, out, |desk, _| {
        let date = ask::date_or_today(args.date.as_deref(), desk)?;
        Ok(VoucherCommand::Void { date, reason: args.reason.clone() })
    })
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
    /// The account shows its last four digits, as everything that leaves the desk.
    fn of(listed: VoucherJson, voucher: &Voucher) -> WholeJson {
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
            account: safe::mask_tail_ascii(account, 4),
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

fn json(row: &VoucherRow) -> VoucherJson {
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
        payee: row.payee.clone(),
        gross: row.gross.get(),
        pph: row.pph.get(),
        rounding: row.rounding.get(),
        net: row.net.get(),
        void,
    }
}

fn list(session: &Session, args: &VoucherListArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let period = args.period.as_deref().map(|text| ask::period(session, text)).transpose()?;
    let state = args
        .status
        .as_deref()
        .map(|text| ask::code("voucher-state", text, VoucherState::parse))
        .transpose()?;
    let posted = period.map(|month| (month, month));
    let filter = VoucherFilter { posted, states: state.into_iter().collect(), ..VoucherFilter::default() };
    listed(session, &desk.vouchers(&filter, args.limit)?, args.format, out)
}

/// What this desk issued or recorded last: what a clerk looks for who has lost the paper with the code.
fn last(session: &Session, args: &LastArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let filter = VoucherFilter { origin: Some(Origin::Desk), ..VoucherFilter::default() };
    listed(session, &desk.vouchers(&filter, Some(args.limit))?, args.format, out)
}

fn listed(
    session: &Session,
    rows: &[VoucherRow],
    format: Format,
    out: &mut Output,
) -> Result<Exit, CliError> {
    match format {
        Format::Json => out.json(&rows.iter().map(json).collect::<Vec<_>>())?,
        Format::Csv => out.list(&csv(rows), format)?,
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
fn csv(rows: &[VoucherRow]) -> List {
    let heads = [
        "code", "kind", "series", "seq", "period", "date", "status", "claims", "payee", "gross", "pph",
        "rounding", "net",
    ];
    let mut list = List::new(heads.map(str::to_owned));
    for row in rows {
        let row = json(row);
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
    show(session, &VoucherShowArgs { code: code.to_owned(), format: Format::Table }, out)
}

fn show(session: &Session, args: &VoucherShowArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let voucher = desk.find_voucher(&args.code)?;
    if args.format == Format::Json {
        let filter = VoucherFilter { text: voucher.code.as_str().to_owned(), ..VoucherFilter::default() };
        let rows = desk.vouchers(&filter, None)?;
        let listed = rows.iter().find(|row| row.id == voucher.id).map(json);
        out.json(&listed.map(|listed| WholeJson::of(listed, &voucher)))?;
        return Ok(Exit::Done);
    }
    out.page(&desk.voucher_text(&voucher, &session.words)?)?;
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

/// Whether a typed code is right: in the store, or by its check characters.
fn check(session: &Session, args: &CodeArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let code = args.code.trim();
    if let Some(voucher) = readings(code).iter().find_map(|reading| desk.find_voucher(reading).ok()) {
        let args = [
            ("code", voucher.code.as_str().into()),
            ("payee", voucher.payee.name.as_str().into()),
            ("net", voucher.net.grouped().into()),
        ];
        out.line(&session.say("cli-code-known", &args))?;
        return Ok(Exit::Done);
    }
    let code_shown = safe::terminal(code).into_owned();
    if check_holds(code) {
        out.line(&session.say("cli-code-unknown", &[("code", code_shown.into())]))?;
    } else {
        out.line(&session.say("cli-code-wrong", &[("code", code_shown.into())]))?;
    }
    Ok(Exit::Refused)
}

fn print(session: &Session, args: &PrintArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let voucher = desk.find_voucher(&args.code)?;
    let words = &session.words;
    let text = match (args.format, args.receipt) {
        (PaperFormat::Text, false) => desk.voucher_text(&voucher, words)?,
        (PaperFormat::Text, true) => desk.receipt_text(&voucher, words),
        (PaperFormat::Html, false) => desk.voucher_html(&voucher, words)?,
        (PaperFormat::Html, true) => desk.receipt_html(&voucher, words),
        (PaperFormat::Csv | PaperFormat::Json, _) => return Err(session.usage("cli-paper-format", &[])),
    };
    let to = To { format: args.format, path: args.out.as_deref(), over: Over::of(args.force) };
    deliver(session, text.as_bytes(), to, out)
}
