//! What the desk adds to a form while it is typed: who a company is, cases that look alike, who is paid and where, and
//! what the rules would come to.

use jiff::Span;
use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::desk::form::Typed;
use crate::desk::{DeskError, PayeeWish, Similar, entry, usual_kind};
use crate::domain::code::{Component, Outcome, PayeeKind, ProcessState};
use crate::domain::decide::advice;
use crate::domain::duplicate::Band;
use crate::domain::query::fold;
use crate::domain::rule::suggest;
use crate::domain::{
    AccountNo, BenefitLine, Claim, ClaimBasics, ClaimCommand, ClaimEvent, ClaimId, DateSpan, LineNo, Npp,
    Payee, Rupiah, parse_amount,
};
use crate::tui::effect::{Answer, OrderSlip};
use crate::tui::jobs::Trouble;
use crate::tui::page::Line;
use crate::tui::panes::step_form::NEW_LINE;
use crate::tui::theme::Tone;
use crate::words::Value;

use super::Bench;
use super::card::{line_values, wrapped};

/// Values and notes for a form.
#[derive(Default)]
struct Advice {
    values: Vec<(String, String)>,
    notes: Vec<Line>,
    offer: Option<String>,
}

/// The advice on a form as it stands.
pub fn advise(bench: &Bench, form: String, slip: &OrderSlip) -> Result<Answer, Trouble> {
    let found = match slip.what.as_str() {
        "claim-add" | "claim-amend" => of_claim(bench, slip),
        "claim-determine" => of_line(bench, slip),
        "claim-outcome" => of_outcome(bench, slip),
        _ => Ok(Advice::default()),
    };
    let Advice { values, notes, offer } = found.map_err(|error| bench.trouble(error))?;
    Ok(Answer::Advice { form, values, notes, offer })
}

/// The form's text by field.
pub fn typed(slip: &OrderSlip) -> Typed {
    let mut typed = Typed::new();
    for (name, text) in &slip.values {
        typed.set(name, text.clone());
    }
    typed
}

/// Whether the case is at its end once this outcome stands: it closes by itself, and that is said before.
fn of_outcome(bench: &Bench, slip: &OrderSlip) -> Result<Advice, DeskError> {
    let (Some(claim_no), Some(outcome)) = (slip.subjects.first(), Outcome::parse(slip.value("outcome")))
    else {
        return Ok(Advice::default());
    };
    let claim = bench.desk.find_claim(claim_no)?;
    let date = entry::date(slip.value("date"), bench.desk.today()).unwrap_or_else(|_| bench.desk.today());
    let closes = |event: &ClaimEvent| matches!(event, ClaimEvent::StateSet(entry) if entry.state == ProcessState::Closed);
    let notes = match bench.desk.preview(claim.id, &ClaimCommand::SetOutcome { outcome, date }) {
        Ok(events) if events.iter().any(closes) => {
            vec![Line::toned(&bench.words.text("outcome-closes"), Tone::Warn)]
        }
        _ => Vec::new(),
    };
    Ok(Advice { notes, ..Advice::default() })
}

fn of_claim(bench: &Bench, slip: &OrderSlip) -> Result<Advice, DeskError> {
    let values = company(bench, slip)?;
    let except = match slip.subjects.first() {
        Some(claim_no) => Some(bench.desk.find_claim(claim_no)?.id),
        None => None,
    };
    let mut notes = Vec::new();
    if let Some(basics) = as_far_as_typed(bench, typed(slip)) {
        notes.extend(alike(bench, &basics, except)?);
        if !slip.value("id_no").is_empty() {
            notes.extend(advice(&basics).iter().map(|key| Line::toned(&bench.words.text(key), Tone::Dim)));
        }
    }
    Ok(Advice { values, notes, offer: None })
}

/// The company's name by its number, or its number by a name that only one has.
fn company(bench: &Bench, slip: &OrderSlip) -> Result<Vec<(String, String)>, DeskError> {
    let view = bench.desk.view();
    if let Ok(npp) = Npp::parse(slip.value("npp")) {
        let found = view.company(&npp)?;
        return Ok(found.map(|company| ("company".to_owned(), company.name.clone())).into_iter().collect());
    }
    let name = fold(slip.value("company"));
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let companies = view.companies()?;
    let mut named = companies.iter().filter(|company| fold(&company.name) == name);
    Ok(match (named.next(), named.next()) {
        (Some(only), None) => vec![("npp".to_owned(), only.npp.as_str().to_owned())],
        _ => Vec::new(),
    })
}

/// The claim as far as it can be read: what cannot is left out. Nothing without a date of the event.
fn as_far_as_typed(bench: &Bench, mut typed: Typed) -> Option<ClaimBasics> {
    const FIELDS_THAT_MAY_FAIL: usize = 26;
    let (today, given) = (bench.desk.today(), bench.desk.next_claim_no());
    for _ in 0..FIELDS_THAT_MAY_FAIL {
        match typed.claim(today, &given) {
            Ok(basics) => return Some(basics),
            Err(refused) if refused.field == "event_date" => return None,
            Err(refused) if refused.field == "worker" => typed.set("worker", "-"),
            // A company without its number is no company yet.
            Err(refused) if refused.field == "company" => typed.set("npp", ""),
            Err(refused) => typed.set(refused.field, ""),
        }
    }
    None
}

fn alike(bench: &Bench, basics: &ClaimBasics, except: Option<ClaimId>) -> Result<Vec<Line>, DeskError> {
    Ok(named(bench, &bench.desk.similar(basics, except)?))
}

/// Other persons who are paid to the account that stands in the form.
fn sharing(bench: &Bench, claim: &Claim, payee: &Payee, slip: &OrderSlip) -> Result<Vec<Line>, DeskError> {
    let typed = account(slip.value("account")).ok().flatten();
    let payee = Payee { account: typed.or_else(|| payee.account.clone()), ..payee.clone() };
    Ok(named(bench, &bench.desk.sharing(claim, &payee)?))
}

fn named(bench: &Bench, cases: &[Similar]) -> Vec<Line> {
    let mut lines = Vec::new();
    for case in cases {
        let why: Vec<String> = case.finding.why.iter().map(|why| bench.words.text(why.key())).collect();
        let tone = if case.finding.band == Band::Hard { Tone::Bad } else { Tone::Warn };
        let head = Line::toned(&format!("{} ", case.claim_no), tone).then_personal(&case.worker, tone);
        let head = head.then(&format!("  ({})", case.finding.score), Tone::Dim);
        lines.push(head.leading_to(format!("claim {}", case.claim_no)));
        lines.extend(wrapped(&why.join("; "), Tone::Plain));
    }
    lines
}

/// A line's payee with the account the desk knows, the next days of STMB, and what the rules come to.
fn of_line(bench: &Bench, slip: &OrderSlip) -> Result<Advice, DeskError> {
    let Some(claim_no) = slip.subjects.first() else {
        return Ok(Advice::default());
    };
    let claim = bench.desk.find_claim(claim_no)?;
    let line = slip.value("line").parse::<u16>().ok().and_then(|no| claim.line(LineNo::new(no)));
    if let Some(line) = line {
        let mut notes = sharing(bench, &claim, &line.payee, slip)?;
        let (reckoned, offer) = reckoned(bench, &claim, line);
        notes.extend(reckoned);
        return Ok(Advice { values: line_values(line), notes, offer });
    }
    let Some(component) = Component::parse(slip.value("component")) else {
        return Ok(Advice::default());
    };
    let payee = payee(bench, &claim, component, slip);
    let span = next_span(bench, &claim, component, slip);
    let mut values = payee_values(&payee);
    if let (NEW_LINE, Some(span)) = (slip.value("line"), span) {
        values.push(("from".to_owned(), slashed(span.from)));
        values.push(("to".to_owned(), slashed(span.to)));
    }
    let asked = parse_amount(slip.value("asked")).unwrap_or(Rupiah::ZERO);
    let line = BenefitLine {
        no: LineNo::new(u16::MAX),
        component,
        span,
        payee,
        account_by: None,
        receipt: String::new(),
        asked,
        complete_date: None,
        determination: None,
        voucher: None,
        free_since: None,
    };
    let mut notes = sharing(bench, &claim, &line.payee, slip)?;
    notes.extend(unknown_payee(bench, &line.payee, slip)?);
    let (reckoned, offer) = reckoned(bench, &claim, &line);
    notes.extend(reckoned);
    Ok(Advice { values, notes, offer })
}

/// A payee that cannot be paid as it stands: a facility nobody knows, an account that is not there.
fn unknown_payee(bench: &Bench, payee: &Payee, slip: &OrderSlip) -> Result<Vec<Line>, DeskError> {
    let name = slip.value("payee").trim();
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let mut keys = Vec::new();
    if payee.kind == PayeeKind::Facility && bench.desk.view().facility(name)?.is_none() {
        keys.push("panes-claims-facility-unknown");
    }
    if payee.account.is_none() && slip.value("account").trim().is_empty() {
        keys.push("panes-claims-payee-no-account");
    }
    Ok(keys.into_iter().map(|key| Line::toned(&format!("! {}", bench.words.text(key)), Tone::Warn)).collect())
}

fn payee_values(payee: &Payee) -> Vec<(String, String)> {
    let account = payee.account.as_ref().map_or_else(String::new, |account| account.as_str().to_owned());
    let values = [
        ("payee_kind", payee.kind.code().to_owned()),
        ("payee", payee.name.clone()),
        ("bank", payee.bank.clone()),
        ("account", account),
    ];
    values.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

/// A kind other than the usual one was chosen by the clerk; a name stands only together with its kind.
fn payee(bench: &Bench, claim: &Claim, component: Component, slip: &OrderSlip) -> Payee {
    let kind = PayeeKind::parse(slip.value("payee_kind")).unwrap_or_else(|| usual_kind(component));
    let usual =
        bench.desk.payee_for(claim, component, PayeeWish { kind: Some(kind), ..PayeeWish::default() });
    let name = slip.value("payee");
    let is_of_other_kind = PayeeKind::ALL.iter().any(|other| {
        *other != kind && {
            let wish = PayeeWish { kind: Some(*other), ..PayeeWish::default() };
            bench.desk.payee_for(claim, component, wish).name == name
        }
    });
    if name.is_empty() || name == usual.name || is_of_other_kind {
        return usual;
    }
    let wish = PayeeWish { kind: Some(kind), name: Some(name.to_owned()), ..PayeeWish::default() };
    bench.desk.payee_for(claim, component, wish)
}

/// The days as typed; for STMB else the half-year after the days that were paid, not beyond today.
fn next_span(bench: &Bench, claim: &Claim, component: Component, slip: &OrderSlip) -> Option<DateSpan> {
    let today = bench.desk.today();
    let day = |name: &str| entry::date(slip.value(name), today).ok();
    if let (Some(from), Some(to)) = (day("from"), day("to")) {
        return DateSpan::new(from, to);
    }
    if component != Component::Stmb {
        return None;
    }
    let spans =
        claim.lines.iter().filter(|line| line.component == Component::Stmb).filter_map(|line| line.span);
    let after = spans.map(|span| span.to).max().unwrap_or(claim.basics.event_date);
    let from = day("from").or_else(|| after.tomorrow().ok())?;
    let half_year: Date = from.checked_add(Span::new().months(6)).ok()?.yesterday().ok()?;
    DateSpan::new(from, day("to").unwrap_or_else(|| half_year.min(today)))
}

/// What the rules would come to, with the steps, and the amount itself: shown beside the field and offered on a key,
/// never put in its place.
fn reckoned(bench: &Bench, claim: &Claim, line: &BenefitLine) -> (Vec<Line>, Option<String>) {
    let view = bench.desk.view();
    let Ok(Some(calculation)) = suggest(claim, line, view.office()) else { return (Vec::new(), None) };
    let args = [("amount", Value::Text(calculation.amount.grouped()))];
    let mut notes = vec![Line::toned(&bench.words.format("panes-claims-reckoned", &args), Tone::Accent)];
    for step in &calculation.steps {
        let said: Vec<(&str, Value)> =
            step.args.iter().map(|(name, value)| (*name, Value::Text(value.to_string()))).collect();
        let text = format!("{} = {}", bench.words.format(step.key, &said), step.amount.grouped());
        notes.push(Line::toned(&text, Tone::Dim));
    }
    (notes, Some(calculation.amount.grouped()))
}

/// An account as typed; empty is none.
pub fn account(text: &str) -> Result<Option<AccountNo>, crate::domain::Refusal> {
    entry::optional(text, AccountNo::parse)
}
