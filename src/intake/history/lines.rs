//! One row of a benefits file.

use jiff::civil::Date;

use crate::domain::benefit::DateSpan;
use crate::domain::claim::{Claim, StateEntry};
use crate::domain::code::{Component, Origin, PayeeKind, ProcessState};
use crate::domain::command::NewLine;
use crate::domain::decide::{check_line, check_paper_date};
use crate::domain::event::ClaimEvent;
use crate::domain::id::{ClaimId, LineNo};
use crate::domain::identity::{AccountNo, Npwp};
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::domain::period::Period;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::intake::fields::Field;
use crate::intake::history::{HistoryClaim, HistoryDetermination, HistoryLine, Numbering};
use crate::intake::table::{Faults, Row};

/// The line of a row; `None` when the row is refused, and `faults` says why. Its vouchers are added by the caller.
pub(super) fn read(row: &Row<'_>, no: LineNo, faults: &mut Faults) -> Option<HistoryLine> {
    if let Some(problem) = row.width_problem() {
        faults.add(problem);
        return None;
    }
    let component = faults.take(row.coded(Field::Component, Component::parse, Component::LIST)).flatten();
    let payee_kind = faults.take(row.coded(Field::PayeeKind, PayeeKind::parse, PayeeKind::LIST)).flatten();
    let span = faults.take(span(row)).flatten();
    let payee = payee(row, payee_kind.unwrap_or(PayeeKind::Participant), faults);
    let asked = faults.take(row.amount(Field::Asked)).flatten();
    let determination = faults.take(determination(row)).flatten();
    let filed_date = faults.take(row.date(Field::FiledDate)).flatten();
    let complete_date = faults.take(row.date(Field::CompleteDate)).flatten();
    let receipt = row.text(Field::Receipt, faults);
    if component.is_none() && !faults.refuse() {
        let refusal = Refusal::new("field-empty").with("field", Field::Component.name());
        faults.add(Problem::refused(refusal, row.spot(Field::Component, "")));
    }
    if faults.refuse() {
        return None;
    }
    // A sheet without a column of what was asked asked for what was determined.
    let asked = asked.or(determination.as_ref().map(|determination| determination.amount));
    let numbering = if row.raw(Field::Line).is_empty() { Numbering::Given } else { Numbering::Told };
    Some(HistoryLine {
        no,
        numbering,
        new: NewLine {
            component: component?,
            span,
            payee: payee?,
            receipt,
            asked: asked.unwrap_or(Rupiah::ZERO),
        },
        determination,
        filed_date,
        complete_date,
        links: Vec::new(),
        row: row.number(),
    })
}

fn span(row: &Row<'_>) -> Result<Option<DateSpan>, Problem> {
    match (row.date(Field::From)?, row.date(Field::To)?) {
        (Some(from), Some(to)) => DateSpan::new(from, to)
            .map(Some)
            .ok_or_else(|| row.problem("span-backwards", Field::To, "").with("from", from).with("to", to)),
        (None, None) => Ok(None),
        _ => Err(row.problem("span-half", Field::From, "")),
    }
}

/// The payee in a row of lines or vouchers.
pub(super) fn payee(row: &Row<'_>, kind: PayeeKind, faults: &mut Faults) -> Option<Payee> {
    let account = faults.take(row.parsed(Field::Account, AccountNo::parse)).flatten();
    let tax_number = faults.take(row.parsed(Field::TaxNumber, Npwp::parse)).flatten();
    let name = row.text(Field::Payee, faults);
    let bank = row.text(Field::Bank, faults);
    (!faults.refuse()).then_some(Payee { kind, name, bank, account, tax_number })
}

/// Amount and date go together: without its date a determination has no month.
fn determination(row: &Row<'_>) -> Result<Option<HistoryDetermination>, Problem> {
    let (amount, date) = (row.amount(Field::Determined)?, row.date(Field::DeterminedDate)?);
    match (amount, date) {
        (Some(amount), Some(date)) => {
            let number = row.raw(Field::DeterminedNo);
            if number.chars().count() > 60 || number.chars().any(char::is_control) {
                let refusal = Refusal::new("text-malformed").with("field", Field::DeterminedNo.name());
                return Err(Problem::refused(refusal, row.spot(Field::DeterminedNo, "")));
            }
            Ok(Some(HistoryDetermination { amount, date, number: number.to_owned() }))
        }
        (Some(amount), None) if !amount.is_zero() => {
            Err(row.problem("determined-undated", Field::DeterminedDate, "").with("amount", amount))
        }
        (None, Some(_)) => Err(row.problem("determined-amountless", Field::Determined, "")),
        _ => Ok(None),
    }
}

/// The claim as far as the rules of lines need it; lines are added as they are found good.
pub(super) fn shell(claim: &HistoryClaim) -> Claim {
    let born = ClaimEvent::Registered {
        basics: Box::new(claim.basics.clone()),
        state: StateEntry {
            state: ProcessState::StageOne,
            date: claim.registered,
            posted: Period::of(claim.registered),
            reason: None,
            note: String::new(),
        },
        origin: Origin::History,
        restores: None,
        despite_duplicate: String::new(),
    };
    Claim::born(ClaimId::new(0), &born).expect("a registration makes a claim")
}

/// The checks of a form: against the claim and the lines before it.
pub(super) fn check(
    row: &Row<'_>,
    claim: &HistoryClaim,
    shell: &Claim,
    line: &HistoryLine,
    today: Date,
    faults: &mut Faults,
) {
    let key = format!("{}/{}", claim.basics.claim_no, line.no);
    if let Err(refusal) = check_line(shell, &line.new, None, today) {
        faults.add(Problem::refused(refusal, row.spot(Field::Component, &key)));
    }
    let Some(determination) = &line.determination else { return };
    if determination.amount < Rupiah::ZERO || determination.amount > Rupiah::LIMIT {
        let refusal = Refusal::new("amount-out-of-range").with("field", "determined");
        let refusal = refusal.with("amount", determination.amount);
        faults.add(Problem::refused(refusal, row.spot(Field::Determined, &key)));
    }
    let Some(filed) = claim.filed_day() else {
        let refusal = Refusal::new("not-filed").with("claim_no", &claim.basics.claim_no);
        faults.add(Problem::refused(refusal, row.spot(Field::DeterminedDate, &key)));
        return;
    };
    if let Err(refusal) =
        check_paper_date("determined_date", determination.date, ("filed_date", filed), today)
    {
        faults.add(Problem::refused(refusal, row.spot(Field::DeterminedDate, &key)));
    }
}
