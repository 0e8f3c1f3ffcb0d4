//! One voucher: its page, what can be done with it now, and what was done.

use std::path::Path;
use std::sync::Arc;

use crate::base::calendar::{Names, slashed};
use crate::base::terbilang::in_words;
use crate::desk::{DeskError, entry, write_file};
use crate::domain::code::{PaymentState, VoucherState};
use crate::domain::command::SeenVoucher;
use crate::domain::office::Approval;
use crate::domain::{Claim, PaymentNo, Refusal, Rupiah, Voucher, VoucherCommand, parse_amount};
use crate::report::paper::labels::description;
use crate::tui::cards::VoucherCard;
use crate::tui::effect::{Answer, OrderSlip, Seen};
use crate::tui::jobs::Trouble;
use crate::tui::keymap::Action;
use crate::tui::page::{Line, Page};
use crate::tui::perform::Bench;
use crate::tui::theme::Tone;
use crate::words::Value;

use super::issue::look_alike;
use super::made::tone_of;
use crate::tui::perform::work::shown_path;

/// The voucher of a code.
pub fn card(bench: &Bench, code: &str) -> Result<Answer, Trouble> {
    let voucher = bench.desk.find_voucher(code).map_err(|error| bench.trouble(error))?;
    let claims = claims(bench, &voucher)?;
    let alike = if voucher.unpaid() > Rupiah::ZERO {
        bench.desk.before_paying(&voucher).map_err(|error| bench.trouble(error))?
    } else {
        Vec::new()
    };
    let mut page = page(bench, &voucher, &claims);
    page.lines.splice(0..0, alike.iter().map(|found| look_alike(bench, found)));
    let mut payments: Vec<(String, String)> = voucher
        .payments
        .iter()
        .filter(|payment| payment.state == PaymentState::Paid)
        .map(|payment| {
            let label =
                format!("{} {} {}", slashed(payment.date), payment.amount.grouped(), payment.reference);
            (payment.no.to_string(), label.trim_end().to_owned())
        })
        .collect();
    payments.reverse();
    Ok(Answer::Voucher(Box::new(VoucherCard {
        code: voucher.code.as_str().to_owned(),
        seen: Seen::Voucher(SeenVoucher::of(&voucher)),
        today: bench.desk.today(),
        page,
        unpaid: voucher.unpaid().grouped(),
        cannot: cannot(bench, &voucher, payments.is_empty()),
        payments,
    })))
}

fn claims(bench: &Bench, voucher: &Voucher) -> Result<Vec<Arc<Claim>>, Trouble> {
    bench.desk.view().claims(&voucher.claims()).map_err(|error| bench.store_trouble(error))
}

/// What is not possible now, with the reason: a key that does nothing and says nothing is a broken key.
fn cannot(bench: &Bench, voucher: &Voucher, nothing_to_return: bool) -> Vec<(Action, String)> {
    let words = &bench.words;
    let mut cannot = Vec::new();
    let mut say = |actions: &[Action], key: &str| {
        cannot.extend(actions.iter().map(|action| (*action, words.text(key))));
    };
    if voucher.state == VoucherState::Void {
        say(&[Action::Pay, Action::Return, Action::Void, Action::Approve], "panes-work-is-void");
        return cannot;
    }
    let four_eyes = bench.desk.office().approval == Approval::FourEyes;
    if voucher.unpaid() <= Rupiah::ZERO {
        say(&[Action::Pay], "panes-work-is-paid");
    } else if four_eyes && voucher.approved_by.is_empty() {
        say(&[Action::Pay], "panes-work-not-approved");
    }
    if voucher.paid() > Rupiah::ZERO {
        say(&[Action::Void], "panes-work-void-paid");
    }
    if nothing_to_return {
        say(&[Action::Return], "panes-work-no-payment");
    }
    if voucher.state != VoucherState::Proposed {
        say(&[Action::Approve], "panes-work-approved-already");
    }
    cannot
}

fn page(bench: &Bench, voucher: &Voucher, claims: &[Arc<Claim>]) -> Page {
    let words = &bench.words;
    let label = |key: &str| format!("{:<18}", words.text(&format!("panes-work-{key}")));
    let row = |key: &str, text: &str| Line::toned(&label(key), Tone::Dim).then(text, Tone::Plain);
    let state = match (voucher.paid(), voucher.net) {
        (paid, net) if voucher.state.is_live() && paid > Rupiah::ZERO && paid < net => {
            let args = [("paid", Value::from(paid.grouped())), ("net", net.grouped().into())];
            words.format("panes-work-partly-paid", &args)
        }
        _ => words.text(&voucher.state.key()),
    };
    let month = Names::of(words.lang().code()).month_and_year(voucher.posted.year(), voucher.posted.month());
    let args = [("date", Value::from(slashed(voucher.date))), ("month", month.into())];
    let when = words.format("panes-work-voucher-when", &args);
    let kind = words.text(&voucher.kind.key());
    let payee = &voucher.payee;
    let who = format!("{} ({})", payee.name, words.text(&payee.kind.key()));
    let account = payee.account.as_ref().map_or("", |account| account.as_str());
    let mut lines = vec![
        Line::toned(&label("state"), Tone::Dim)
            .then(&state, tone_of(voucher.state))
            .then(&format!(" · {kind} · {when}"), Tone::Dim),
        Line::toned(&label("payee"), Tone::Dim).then_personal(&who, Tone::Plain),
        Line::toned(&label("account"), Tone::Dim)
            .then_personal(&format!("{} {account}", payee.bank), Tone::Plain),
        row("gross", &voucher.gross.grouped()),
    ];
    if !voucher.pph.is_zero() {
        lines.push(row("pph", &voucher.pph.grouped()));
    }
    if !voucher.rounding.is_zero() {
        lines.push(row("rounding", &voucher.rounding.grouped()));
    }
    let said = in_words(words.lang().code(), voucher.net.get());
    lines.push(Line::toned(&label("net"), Tone::Dim).then(&voucher.net.grouped(), Tone::Heading));
    lines.push(row("in-words", &format!("{said} rupiah")));
    if voucher.state.is_live() {
        lines.push(row("unpaid", &voucher.unpaid().grouped()));
    }
    let description = description(&voucher.description, words);
    let said = [
        ("prepared", &voucher.prepared_by),
        ("approved", &voucher.approved_by),
        ("external", &voucher.external_code),
        ("description", &description),
    ];
    lines.extend(said.iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| row(key, text)));
    if let Some(void) = &voucher.void {
        let text = format!("{} · {} · {}", slashed(void.date), void.posted, void.reason);
        lines.push(Line::toned(&label("void"), Tone::Dim).then(&text, Tone::Bad));
    }
    lines.push(Line::section(&words.text("panes-work-voucher-lines")));
    lines.extend(voucher.lines.iter().map(|line| {
        let claim = claims.iter().find(|claim| claim.id == line.claim);
        let worker = claim.map_or("", |claim| claim.basics.worker.name.as_str());
        let component = claim
            .and_then(|claim| claim.line(line.line))
            .map_or_else(String::new, |line| words.text(&line.component.key()));
        Line::text(&format!("{:<12} ", line.claim_no))
            .then_personal(worker, Tone::Plain)
            .then(&format!("  {component}  {}", line.amount.grouped()), Tone::Plain)
            .leading_to(format!("claim {}", line.claim_no))
    }));
    if !voucher.payments.is_empty() {
        lines.push(Line::section(&words.text("panes-work-payments")));
        lines.extend(voucher.payments.iter().map(|payment| payment_line(bench, payment)));
    }
    let args = [("code", Value::from(voucher.code.as_str()))];
    Page { title: words.format("panes-work-voucher-title", &args), lines }
}

fn payment_line(bench: &Bench, payment: &crate::domain::voucher::Payment) -> Line {
    let returned = payment.returned_date.map_or_else(String::new, |date| format!(" {}", slashed(date)));
    let tone = if payment.state == PaymentState::Paid { Tone::Good } else { Tone::Bad };
    let state = format!("{}{returned}", bench.words.text(&payment.state.key()));
    let text = format!("{} {} {:>13}  ", payment.no, slashed(payment.date), payment.amount.grouped());
    Line::text(&text).then(&state, tone).then(&format!("  {}", payment.reference), Tone::Dim)
}

/// Pay, return, void, approve.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let after = decide(bench, &slip).map_err(|error| bench.trouble(error))?;
    let args = [
        ("code", after.code.as_str().into()),
        ("state", bench.words.text(&after.state.key()).into()),
        ("unpaid", after.unpaid().grouped().into()),
    ];
    let text = bench.words.format("panes-work-voucher-now", &args);
    Ok(Answer::Committed { slip, codes: Vec::new(), text })
}

fn decide(bench: &Bench, slip: &OrderSlip) -> Result<Arc<Voucher>, DeskError> {
    let voucher = bench.desk.find_voucher(slip.subjects.first().map_or("", String::as_str))?;
    let date = || match slip.value("date") {
        "" => Ok(bench.desk.today()),
        typed => entry::date(typed, bench.desk.today()),
    };
    let command = match slip.what.as_str() {
        "voucher-pay" => {
            let amount = match slip.value("amount") {
                "" => voucher.unpaid(),
                typed => parse_amount(typed)?,
            };
            VoucherCommand::Pay { date: date()?, amount, reference: slip.value("reference").to_owned() }
        }
        "voucher-return" => {
            let no: u16 = entry::number(slip.value("payment"))?;
            let reason = slip.value("note").to_owned();
            VoucherCommand::ReturnPayment { payment: PaymentNo::new(no), date: date()?, reason }
        }
        "voucher-void" => VoucherCommand::Void { date: date()?, reason: slip.value("note").to_owned() },
        "voucher-approve" => VoucherCommand::Approve,
        other => {
            return Err(Refusal::new("code-unknown")
                .with("text", other)
                .with("choices", "pay, return, void")
                .into());
        }
    };
    let seen = match *slip.seen {
        Seen::Voucher(seen) => seen,
        _ => SeenVoucher::of(&voucher),
    };
    bench.desk.voucher(&bench.key_of(slip), voucher.id, seen, &command)
}

/// Voucher and receipt, each as text and as HTML that prints on A4, beside each other.
pub fn print(bench: &Bench, code: &str, base: &str) -> Result<Answer, Trouble> {
    let papers = || -> Result<(), DeskError> {
        let voucher = bench.desk.find_voucher(code)?;
        let words = &bench.words;
        let receipt = words.text("panes-work-file-receipt");
        let files = [
            (format!("{base}.txt"), bench.desk.voucher_text(&voucher, words)?),
            (format!("{base}.html"), bench.desk.voucher_html(&voucher, words)?),
            (format!("{base}-{receipt}.txt"), bench.desk.receipt_text(&voucher, words)),
            (format!("{base}-{receipt}.html"), bench.desk.receipt_html(&voucher, words)),
        ];
        files.iter().try_for_each(|(path, text)| write_file(Path::new(path), text.as_bytes()))
    };
    papers().map_err(|error| bench.trouble(error))?;
    let args = [
        ("base", Value::from(shown_path(base))),
        ("receipt", bench.words.text("panes-work-file-receipt").into()),
    ];
    Ok(Answer::Exported { file: bench.words.format("panes-work-files", &args) })
}
