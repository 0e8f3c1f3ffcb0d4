//! The commands of a claim: the slip as it was typed becomes a command once, and the desk decides.

use crate::desk::{DeskError, entry};
use crate::domain::code::{CloseReason, Component, DocumentKind, Outcome, PayeeKind, ReviewMark};
use crate::domain::command::{NewClaim, NewLine, TakeBack};
use crate::domain::{Claim, ClaimCommand, DateSpan, LineNo, Payee, Refusal, Rupiah, parse_amount};
use crate::tui::effect::{Answer, OrderSlip, Seen, ToWrite};
use crate::tui::jobs::Trouble;
use crate::tui::panes::step_form::NEW_LINE;
use crate::words::Value;

use super::advise::{account, typed};
use super::{Bench, order_lines};

/// Does what a slip says.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    if slip.what == "claim-add" {
        return add(bench, slip);
    }
    let claim = claim_of(bench, &slip).map_err(|error| bench.trouble(error))?;
    let after = if order_lines::takes(&slip) {
        order_lines::commit(bench, &claim, &slip)?
    } else {
        let commands = commands(bench, &claim, &slip)?;
        let key = bench.key_of(&slip);
        let seen = match *slip.seen {
            Seen::Claim(revision) => Some(revision),
            _ => None,
        };
        bench.desk.claim_all(&key, claim.id, seen, &commands).map_err(|error| bench.trouble(error))?
    };
    let claim_no = after.basics.claim_no.as_str().to_owned();
    let text = said(bench, &slip, &after);
    Ok(Answer::Committed { slip, codes: vec![claim_no.into()], text })
}

fn claim_of(bench: &Bench, slip: &OrderSlip) -> Result<std::sync::Arc<Claim>, DeskError> {
    let claim_no = slip.subjects.first().map_or("", String::as_str);
    bench.desk.find_claim(claim_no)
}

fn add(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let basics = basics(bench, &slip)?;
    let despite = slip.value("despite_duplicate");
    let new = NewClaim {
        basics,
        numbering: typed(&slip).numbering(),
        restores: None,
        despite_duplicate: (!despite.is_empty()).then(|| despite.to_owned()),
    };
    let key = bench.key_of(&slip);
    let born = bench.desk.register(&key, &new).map_err(|error| bench.trouble(error))?;
    let args = [("no", Value::Text(born.claim_no.clone()))];
    let text = bench.words.format("panes-claims-added", &args);
    let whose = slip.value("worker").to_owned();
    let code = ToWrite { whose, ..ToWrite::from(born.claim_no) };
    Ok(Answer::Committed { slip, codes: vec![code], text })
}

fn basics(bench: &Bench, slip: &OrderSlip) -> Result<crate::domain::ClaimBasics, Trouble> {
    let given = bench.desk.next_claim_no();
    typed(slip).claim(bench.desk.today(), &given).map_err(|refused| match bench.refused(&refused.refusal) {
        Trouble::Refused { text, .. } => Trouble::Refused { text, field: Some(refused.field.to_owned()) },
        other => other,
    })
}

/// The commands of a slip; what cannot be read is refused at its field.
pub(super) fn commands(bench: &Bench, claim: &Claim, slip: &OrderSlip) -> Result<Vec<ClaimCommand>, Trouble> {
    let read = Read { bench, slip };
    let note = slip.value("note").to_owned();
    let command = match slip.what.as_str() {
        "claim-amend" => return amend(bench, claim, slip),
        "claim-determine" => return determine(&read, claim, 0),
        "claim-document" => document(&read)?,
        "claim-outcome" => ClaimCommand::SetOutcome {
            outcome: read.code("outcome", Outcome::LIST, Outcome::parse)?,
            date: read.date("date")?,
        },
        "claim-return" => ClaimCommand::Return { date: read.date("date")?, note },
        "claim-reject" | "claim-cancel" => {
            let date = read.date("date")?;
            let reason = read.code("reason", CloseReason::LIST, CloseReason::parse)?;
            if slip.what == "claim-cancel" || slip.value("how") == "BATAL" {
                ClaimCommand::Cancel { date, reason, note }
            } else {
                ClaimCommand::Reject { date, reason, note }
            }
        }
        "claim-close" => ClaimCommand::Close { date: read.date("date")?, note },
        "claim-review" if slip.value("mark").is_empty() => ClaimCommand::TakeBack(TakeBack::NoReview),
        "claim-review" => {
            ClaimCommand::Review { mark: read.code("mark", ReviewMark::LIST, ReviewMark::parse)?, note }
        }
        other => {
            let args = [("task", Value::Text(other.to_owned()))];
            return Err(Trouble::Failed { text: bench.words.format("panes-claims-no-task", &args) });
        }
    };
    Ok(vec![command])
}

/// The paper a slip is about: a form names it among its subjects, a key as a value.
fn document_of(slip: &OrderSlip) -> Option<DocumentKind> {
    let named = slip.subjects.get(1).map_or_else(|| slip.value("document"), String::as_str);
    DocumentKind::parse(named)
}

/// What the paper said is changed, the case is told apart from the one it looks like, or both.
fn amend(bench: &Bench, claim: &Claim, slip: &OrderSlip) -> Result<Vec<ClaimCommand>, Trouble> {
    let typed = basics(bench, slip)?;
    let reason = slip.value("despite_duplicate").to_owned();
    Ok(bench.desk.amendment(claim, typed, reason))
}

fn document(read: &Read<'_>) -> Result<ClaimCommand, Trouble> {
    let kind = match document_of(read.slip) {
        Some(kind) => kind,
        None => read.code("document", DocumentKind::LIST, DocumentKind::parse)?,
    };
    if read.slip.value("how") == "remove" {
        return Ok(ClaimCommand::RemoveDocument { kind });
    }
    let received = match read.slip.value("received") {
        "" => read.bench.desk.today(),
        _ => read.date("received")?,
    };
    Ok(ClaimCommand::ReceiveDocument { kind, received, archive: read.slip.value("archive").to_owned() })
}

/// A line and its amount as one: the line is added or amended where it differs, and determined where an amount is given.
/// `n_added` lines are added before it by the same command.
pub(super) fn determine(read: &Read<'_>, claim: &Claim, n_added: u16) -> Result<Vec<ClaimCommand>, Trouble> {
    let existing = match read.slip.value("line") {
        "" | NEW_LINE => None,
        no => {
            let no = read.number("line", no)?;
            Some(read.bench.desk.line_no(claim, no).map_err(|error| read.bench.trouble(error))?)
        }
    };
    let new = new_line(read, claim, existing)?;
    let mut commands = Vec::new();
    let line = match existing {
        Some(no) => {
            if claim.line(no).is_none_or(|line| differs(line, &new)) {
                commands.push(ClaimCommand::AmendLine { line: no, new: Box::new(new) });
            }
            no
        }
        None => {
            let last = claim.lines.iter().map(|line| line.no.get()).max().unwrap_or(0);
            commands.push(ClaimCommand::AddLine(Box::new(new)));
            LineNo::new(last.saturating_add(1).saturating_add(n_added))
        }
    };
    if !read.slip.value("amount").is_empty() {
        let amount = read.amount("amount")?;
        let (date, number) = (read.date("date")?, read.slip.value("number").to_owned());
        commands.push(ClaimCommand::Determine { line, amount, date, number });
    }
    Ok(commands)
}

fn differs(line: &crate::domain::BenefitLine, new: &NewLine) -> bool {
    line.component != new.component
        || line.span != new.span
        || line.payee != new.payee
        || line.receipt != new.receipt
        || line.asked != new.asked
}

fn new_line(read: &Read<'_>, claim: &Claim, existing: Option<LineNo>) -> Result<NewLine, Trouble> {
    let slip = read.slip;
    let component = read.code("component", Component::LIST, Component::parse)?;
    let span = match (slip.value("from"), slip.value("to")) {
        ("", "") => None,
        _ => {
            let (from, to) = (read.date("from")?, read.date("to")?);
            let span = DateSpan::new(from, to).ok_or_else(|| {
                let refusal = Refusal::new("date-before").with("field", "to").with("date", to);
                read.bench.refused(&refusal.with("what", "from").with("after", from))
            })?;
            Some(span)
        }
    };
    // An amount determined without one asked: what was asked is what is given.
    let asked = match (slip.value("asked"), slip.value("amount")) {
        ("", "") => Rupiah::ZERO,
        ("", _) => read.amount("amount")?,
        _ => read.amount("asked")?,
    };
    Ok(NewLine {
        component,
        span,
        payee: read.bench.desk.payee_typed(claim, existing, payee(read)?),
        receipt: slip.value("receipt").to_owned(),
        asked,
    })
}

fn payee(read: &Read<'_>) -> Result<Payee, Trouble> {
    let slip = read.slip;
    Ok(Payee {
        kind: read.code("payee_kind", PayeeKind::LIST, PayeeKind::parse)?,
        name: slip.value("payee").to_owned(),
        bank: slip.value("bank").to_owned(),
        account: account(slip.value("account")).map_err(|refusal| read.at("account", &refusal))?,
        tax_number: None,
    })
}

/// Reads the fields of a slip; a refusal stands at its field.
pub(super) struct Read<'a> {
    pub(super) bench: &'a Bench,
    pub(super) slip: &'a OrderSlip,
}

impl Read<'_> {
    fn at(&self, field: &str, refusal: &Refusal) -> Trouble {
        match self.bench.refused(refusal) {
            Trouble::Refused { text, .. } => Trouble::Refused { text, field: Some(field.to_owned()) },
            other => other,
        }
    }

    pub(super) fn date(&self, field: &'static str) -> Result<jiff::civil::Date, Trouble> {
        let today = self.bench.desk.today();
        let read = entry::required(field, self.slip.value(field), |text| entry::date(text, today));
        read.map_err(|refusal| self.at(field, &refusal))
    }

    fn amount(&self, field: &'static str) -> Result<Rupiah, Trouble> {
        parse_amount(self.slip.value(field)).map_err(|refusal| self.at(field, &refusal))
    }

    fn number(&self, field: &str, text: &str) -> Result<u16, Trouble> {
        entry::number(text).map_err(|refusal| self.at(field, &refusal))
    }

    fn code<T>(
        &self,
        field: &'static str,
        list: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Trouble> {
        let read = entry::required(field, self.slip.value(field), |text| entry::code(list, text, parse));
        read.map_err(|refusal| self.at(field, &refusal))
    }
}

/// What was done, in a sentence.
fn said(bench: &Bench, slip: &OrderSlip, after: &Claim) -> String {
    let words = &bench.words;
    let no = ("no", Value::Text(after.basics.claim_no.as_str().to_owned()));
    if slip.what == "claim-document"
        && let Some(kind) = document_of(slip)
    {
        let key = if slip.value("how") == "remove" { "panes-claims-unticked" } else { "panes-claims-ticked" };
        return words.format(key, &[no, ("paper", Value::Text(bench.paper(kind)))]);
    }
    if slip.what == "claim-review" && after.review.is_none() {
        return words.format("panes-claims-mark-gone", &[no]);
    }
    if slip.what == "claim-review"
        && let Some(mark) = ReviewMark::parse(slip.value("mark"))
    {
        let mark = Value::Text(words.text(&mark.key()));
        return words.format("panes-claims-marked", &[no, ("mark", mark)]);
    }
    if order_lines::takes(slip)
        && let Some(text) = order_lines::said(bench, slip, after)
    {
        return text;
    }
    let state = ("state", Value::Text(words.text(&after.state().key())));
    words.format("panes-claims-done", &[no, state])
}
