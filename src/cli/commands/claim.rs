//! `santun claim …`: one claim, step by step.

use crate::cli::args::{
    AddArgs, AmendArgs, CheckArgs, ClaimCommand as Typed, CloseArgs, DatedArgs, DetermineArgs, DocumentArgs,
    EndArgs, Format, NotedArgs, OutcomeArgs, ShowArgs,
};
use crate::cli::aside;
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::form::{FieldRefusal, Typed as Form};
use crate::desk::{Desk, PayeeWish, sentence_of_refusal};
use crate::domain::code::{CloseReason, Component, DocumentKind, Outcome, PayeeKind, ReviewMark};
use crate::domain::command::{NewClaim, NewLine, TakeBack};
use crate::domain::decide::advice;
use crate::domain::{AccountNo, Claim, ClaimCommand, DateSpan, LineNo, Refusal, Rupiah};

/// Does what was asked of one claim.
pub fn run(session: &Session, command: Typed, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        Typed::Show(args) => show(session, &args, out),
        Typed::Add(args) => add(session, &args, out),
        Typed::Amend(args) => amend(session, &args, out),
        Typed::File(args) => file(session, &args, out),
        Typed::Determine(args) => determine(session, &args, out),
        Typed::Document(args) => document(session, &args, out),
        Typed::Outcome(args) => outcome(session, &args, out),
        Typed::Return(args) => give_back(session, &args, out),
        Typed::Close(args) => close(session, &args, out),
        Typed::Reject(args) => {
            end(session, &args, out, |date, reason, note| ClaimCommand::Reject { date, reason, note })
        }
        Typed::Cancel(args) => {
            end(session, &args, out, |date, reason, note| ClaimCommand::Cancel { date, reason, note })
        }
        Typed::Check(args) => check(session, &args, out),
    }
}

/// The claim of a number, for people.
pub fn show_no(session: &Session, claim_no: &str, out: &mut Output) -> Result<Exit, CliError> {
    let args = ShowArgs { claim_no: claim_no.to_owned(), format: Format::Table, unmask: false };
    show(session, &args, out)
}

fn show(session: &Session, args: &ShowArgs, out: &mut Output) -> Result<Exit, CliError> {
    if args.format == Format::Csv {
        return Err(session.usage("cli-claim-show-csv", &[]));
    }
    if args.unmask {
        session.desk()?.note_export("claim", 1)?;
    }
    let desk = session.desk_to_read()?;
    let claim = desk.find_claim(&args.claim_no)?;
    match args.format {
        Format::Json => out.json(&super::claim_json::of(&claim, args.unmask))?,
        Format::Table | Format::Csv => out.page(&desk.claim_sheet(&claim, &session.words)?)?,
    }
    Ok(Exit::Done)
}

/// A field's refusal, with the flag's name in front.
fn refused(session: &Session, error: &FieldRefusal) -> CliError {
    let sentence = sentence_of_refusal(&error.refusal, &session.words);
    CliError::Usage(format!("--{}: {sentence}", error.field.replace('_', "-")))
}

fn add(session: &Session, args: &AddArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let typed = &args.typed.0;
    let basics =
        typed.claim(desk.today(), &desk.next_claim_no()).map_err(|error| refused(session, &error))?;
    let restores = match &args.restores {
        Some(claim_no) => Some(desk.find_claim(claim_no)?.id),
        None => None,
    };
    for key in advice(&basics) {
        aside::line(&session.words.text(key));
    }
    let new = NewClaim {
        basics,
        numbering: typed.numbering(),
        restores,
        despite_duplicate: args.despite_duplicate.clone(),
    };
    let registered = desk.register(&desk.new_key(), &new)?;
    out.line(&registered.claim_no)?;
    Ok(Exit::Done)
}

fn amend(session: &Session, args: &AmendArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let claim = desk.find_claim(&args.which)?;
    let mut form = Form::of_claim(&claim.basics);
    for (name, text) in args.typed.0.iter() {
        form.set(name, text);
    }
    let basics =
        form.claim(desk.today(), &claim.basics.claim_no).map_err(|error| refused(session, &error))?;
    let commands = desk.amendment(&claim, basics, args.despite_duplicate.clone());
    apply(session, &desk, &claim, &commands, out)
}

/// Runs commands on the claim as it was seen, and says where it stands now.
fn apply(
    session: &Session,
    desk: &Desk,
    claim: &Claim,
    commands: &[ClaimCommand],
    out: &mut Output,
) -> Result<Exit, CliError> {
    let after = desk.claim_all(&desk.new_key(), claim.id, Some(claim.revision), commands)?;
    let args = [
        ("claim_no", after.basics.claim_no.as_str().into()),
        ("state", session.words.text(&after.state().key()).into()),
        ("waiting", after.sums().waiting().grouped().into()),
    ];
    out.line(&session.say("cli-claim-now", &args))?;
    Ok(Exit::Done)
}

fn one(
    session: &Session,
    claim_no: &str,
    out: &mut Output,
    command: impl FnOnce(&Desk) -> Result<ClaimCommand, CliError>,
) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let claim = desk.find_claim(claim_no)?;
    let command = command(&desk)?;
    apply(session, &desk, &claim, &[command], out)
}

fn file(session: &Session, args: &DatedArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |desk| {
        Ok(ClaimCommand::File { date: ask::date_or_today(args.date.as_deref(), desk)? })
    })
}

fn document(session: &Session, args: &DocumentArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |desk| {
        let kind = ask::code("document", &args.document, DocumentKind::parse)?;
        if args.remove {
            return Ok(ClaimCommand::RemoveDocument { kind });
        }
        let received = ask::date_or_today(args.date.as_deref(), desk)?;
        Ok(ClaimCommand::ReceiveDocument { kind, received, archive: args.archive.clone() })
    })
}

fn outcome(session: &Session, args: &OutcomeArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |desk| {
        let outcome = ask::code("outcome", &args.outcome, Outcome::parse)?;
        Ok(ClaimCommand::SetOutcome { outcome, date: ask::date_or_today(args.date.as_deref(), desk)? })
    })
}

fn give_back(session: &Session, args: &NotedArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |desk| {
        let date = ask::date_or_today(args.date.as_deref(), desk)?;
        Ok(ClaimCommand::Return { date, note: args.note.clone() })
    })
}

fn close(session: &Session, args: &CloseArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |desk| {
        let date = ask::date_or_today(args.date.as_deref(), desk)?;
        Ok(ClaimCommand::Close { date, note: args.note.clone() })
    })
}

fn end(
    session: &Session,
    args: &EndArgs,
    out: &mut Output,
    command: impl FnOnce(jiff::civil::Date, CloseReason, String) -> ClaimCommand,
) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |desk| {
        let date = ask::date_or_today(args.date.as_deref(), desk)?;
        let reason = ask::code("reason", &args.reason, CloseReason::parse)?;
        Ok(command(date, reason, args.note.clone()))
    })
}

fn check(session: &Session, args: &CheckArgs, out: &mut Output) -> Result<Exit, CliError> {
    one(session, &args.claim_no, out, |_| {
        if args.clear {
            return Ok(ClaimCommand::TakeBack(TakeBack::NoReview));
        }
        Ok(match &args.question {
            Some(question) => ClaimCommand::Review { mark: ReviewMark::Question, note: question.clone() },
            None => ClaimCommand::Review { mark: ReviewMark::Checked, note: String::new() },
        })
    })
}

fn determine(session: &Session, args: &DetermineArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let claim = desk.find_claim(&args.claim_no)?;
    let amount = ask::amount(&args.amount)?;
    let date = ask::date_or_today(args.date.as_deref(), &desk)?;
    let mut commands = Vec::new();
    let line = match args.line {
        Some(no) => desk.line_no(&claim, no)?,
        None => {
            commands.push(ClaimCommand::AddLine(Box::new(new_line(&desk, &claim, args, amount)?)));
            let last = claim.lines.iter().map(|line| line.no.get()).max().unwrap_or(0);
            LineNo::new(last.saturating_add(1))
        }
    };
    commands.push(ClaimCommand::Determine { line, amount, date, number: args.number.clone() });
    apply(session, &desk, &claim, &commands, out)
}

fn new_line(desk: &Desk, claim: &Claim, args: &DetermineArgs, amount: Rupiah) -> Result<NewLine, CliError> {
    let today = desk.today();
    let component = ask::code("component", args.component.as_deref().unwrap_or_default(), Component::parse)?;
    let day = |text: &Option<String>| text.as_deref().map(|text| ask::date(text, today)).transpose();
    let span = match (day(&args.from)?, day(&args.to)?) {
        (Some(from), Some(to)) => {
            let backwards = || Refusal::new("span-backwards").with("from", from).with("to", to);
            Some(DateSpan::new(from, to).ok_or_else(backwards)?)
        }
        (None, None) => None,
        _ => return Err(Refusal::new("span-half").into()),
    };
    let kind =
        args.payee_kind.as_deref().map(|text| ask::code("payee-kind", text, PayeeKind::parse)).transpose()?;
    let account = args.account.as_deref().map(AccountNo::parse).transpose()?;
    let wish = PayeeWish { kind, name: args.payee.clone(), bank: args.bank.clone(), account };
    let asked = args.asked.as_deref().map(ask::amount).transpose()?.unwrap_or(amount);
    let payee = desk.payee_for(claim, component, wish);
    Ok(NewLine { component, span, payee, receipt: args.receipt.clone(), asked })
}
