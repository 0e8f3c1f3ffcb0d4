//! `santun voucher …`: issue, record, pay, void, look, print.

use crate::base::safe;
use crate::cli::args::{
    CodeArgs, IssueArgs, PaperFormat, PayArgs, PrintArgs, RecordArgs, ReturnArgs, VoidArgs,
    VoucherCommand as Typed,
};
use crate::cli::aside;
use crate::cli::ask;
use crate::cli::commands::report::{Over, To, deliver};
use crate::cli::commands::{voucher_list, voucher_queue};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{Desk, IssueWish, Lookalike, Proposal, withheld_text};
use crate::domain::code::VoucherKind;
use crate::domain::command::{RaiseVoucher, SeenLine, SeenVoucher};
use crate::domain::voucher::{check_holds, readings};
use crate::domain::{BenefitLine, Claim, LineNo, PaymentNo, Refusal, Rupiah, Voucher, VoucherCommand};

/// Does what was asked of vouchers.
pub fn run(session: &Session, command: Typed, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        Typed::Issue(args) => issue(session, &args, out),
        Typed::Record(args) => record(session, &args, out),
        Typed::Approve(args) => one(session, &args.code, out, |_, _| Ok(VoucherCommand::Approve)),
        Typed::Pay(args) => pay(session, &args, out),
        Typed::Return(args) => give_back(session, &args, out),
        Typed::Void(args) => void(session, &args, out),
        Typed::Queue(args) => voucher_queue::run(session, &args, out),
        Typed::Last(args) => voucher_list::last(session, &args, out),
        Typed::List(args) => voucher_list::list(session, &args, out),
        Typed::Show(args) => voucher_list::show(session, &args, out),
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
            aside::line(&safe::terminal(&withheld_text(&tax, net, &session.words)));
        }
        for doubt in desk.doubts(&proposal.lines)? {
            aside::line(&format!("santun: {}", safe::terminal(&doubt.sentence(&session.words))));
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
        aside::line(&format!("santun: {}", safe::terminal(&found.sentence(&session.words))));
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
