//! One row of a vouchers file, one row of a payments file.

use jiff::civil::Date;

use crate::domain::code::{PayeeKind, PaymentState, Programme, VoucherKind, VoucherState};
use crate::domain::identity::EARLIEST;
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::domain::voucher::VoucherCode;
use crate::intake::fields::Field;
use crate::intake::history::lines::payee;
use crate::intake::history::{HistoryPayment, HistoryVoucher};
use crate::intake::table::{Faults, Row};

/// The code in a row of vouchers.
pub(super) fn code(row: &Row<'_>, field: Field) -> Result<VoucherCode, Problem> {
    row.ruled(field, VoucherCode::parse(row.raw(field)))
}

/// The voucher of a row, without lines and payments; `None` when the row is refused, and `faults` says why.
pub(super) fn read(row: &Row<'_>, today: Date, faults: &mut Faults) -> Option<HistoryVoucher> {
    if let Some(problem) = row.width_problem() {
        faults.add(problem);
        return None;
    }
    let code = faults.take(code(row, Field::Code));
    let key = code.as_ref().map_or("", VoucherCode::as_str);
    let date = faults.take(paper_date(row, Field::Date, today, key)).flatten();
    let kind = faults.take(row.coded(Field::Kind, VoucherKind::parse, VoucherKind::LIST)).flatten();
    let status = faults.take(row.coded(Field::Status, VoucherState::parse, VoucherState::LIST)).flatten();
    let programme = faults.take(row.coded(Field::Programme, Programme::parse, Programme::LIST)).flatten();
    let payee_kind = faults.take(row.coded(Field::PayeeKind, PayeeKind::parse, PayeeKind::LIST)).flatten();
    let payee = payee(row, payee_kind.unwrap_or(PayeeKind::Participant), faults);
    let gross = faults.take(amount(row, Field::Gross, key)).flatten();
    let pph = faults.take(amount(row, Field::Pph, key)).flatten().unwrap_or(Rupiah::ZERO);
    let rounding = faults.take(amount(row, Field::Rounding, key)).flatten().unwrap_or(Rupiah::ZERO);
    let net = faults.take(amount(row, Field::Net, key)).flatten();
    let void = void(row, status, date, today, key, faults);
    for (field, is_there) in [(Field::Date, date.is_some()), (Field::Gross, gross.is_some())] {
        if !is_there && !faults.refuse() {
            let refusal = Refusal::new("field-empty").with("field", field.name());
            faults.add(Problem::refused(refusal, row.spot(field, key)));
        }
    }
    if faults.refuse() {
        return None;
    }
    let gross = gross?;
    let payee: Payee = payee?;
    Some(HistoryVoucher {
        code: code?,
        kind: kind.unwrap_or(VoucherKind::Recorded),
        date: date?,
        payee_told: payee_kind.is_some(),
        programme,
        gross,
        pph,
        rounding,
        net: net.unwrap_or(gross - pph + rounding),
        status: status.unwrap_or(if void.is_some() { VoucherState::Void } else { VoucherState::Proposed }),
        void,
        description: row.text(Field::Description, faults),
        external_code: row.text(Field::ExternalCode, faults),
        prepared_by: row.text(Field::PreparedBy, faults),
        approved_by: row.text(Field::ApprovedBy, faults),
        lines: Vec::new(),
        payments: Vec::new(),
        payee,
        file: row.file().clone(),
        row: row.number(),
    })
}

/// A date on a paper of the desk: not in the future, not before there was such a desk.
fn paper_date(row: &Row<'_>, field: Field, today: Date, key: &str) -> Result<Option<Date>, Problem> {
    let Some(date) = row.date(field)? else { return Ok(None) };
    if date > today {
        let refusal = Refusal::new("date-in-future").with("field", field.name()).with("date", date);
        return Err(Problem::refused(refusal.with("today", today), row.spot(field, key)));
    }
    if date < EARLIEST {
        let refusal = Refusal::new("date-before").with("field", field.name()).with("date", date);
        let refusal = refusal.with("what", "earliest").with("after", EARLIEST);
        return Err(Problem::refused(refusal, row.spot(field, key)));
    }
    Ok(Some(date))
}

/// An amount no branch exceeds, of either sign: what does not add up is told later, by its record.
fn amount(row: &Row<'_>, field: Field, key: &str) -> Result<Option<Rupiah>, Problem> {
    let Some(amount) = row.amount(field)? else { return Ok(None) };
    if amount.abs() > Rupiah::LIMIT || (amount < Rupiah::ZERO && field != Field::Rounding) {
        let refusal = Refusal::new("amount-out-of-range").with("field", field.name()).with("amount", amount);
        return Err(Problem::refused(refusal, row.spot(field, key)));
    }
    Ok(Some(amount))
}

/// The void mark of a voucher whose status says void, or that has a date of its void.
fn void(
    row: &Row<'_>,
    status: Option<VoucherState>,
    date: Option<Date>,
    today: Date,
    key: &str,
    faults: &mut Faults,
) -> Option<(Date, String)> {
    let told = faults.take(paper_date(row, Field::VoidDate, today, key)).flatten();
    let reason = row.text(Field::VoidReason, faults);
    match (status, told) {
        (Some(VoucherState::Void), None) => {
            let date = date?;
            let problem = Problem::warning("void-undated", row.spot(Field::VoidDate, key));
            faults.add(problem.with("code", key).with("date", date));
            Some((date, reason))
        }
        (Some(VoucherState::Void) | None, Some(told)) => Some((told, reason)),
        (Some(status), Some(_)) => {
            let problem = Problem::warning("void-date-live", row.spot(Field::VoidDate, key));
            faults.add(problem.with("code", key).with("status", status));
            None
        }
        (None, None) => None,
        (Some(_), None) => None,
    }
}

/// The payment of a row with the code it names; `None` when the row is refused, and `faults` says why.
pub(super) fn read_payment(
    row: &Row<'_>,
    today: Date,
    faults: &mut Faults,
) -> Option<(VoucherCode, HistoryPayment)> {
    if let Some(problem) = row.width_problem() {
        faults.add(problem);
        return None;
    }
    let code = faults.take(code(row, Field::Voucher));
    let key = code.as_ref().map_or("", VoucherCode::as_str);
    let date = faults.take(paper_date(row, Field::Date, today, key)).flatten();
    let amount = faults.take(amount(row, Field::Amount, key)).flatten();
    let state = faults.take(row.coded(Field::Status, PaymentState::parse, PaymentState::LIST)).flatten();
    let returned = faults.take(paper_date(row, Field::ReturnedDate, today, key)).flatten();
    let reference = row.text(Field::Reference, faults);
    for (field, is_there) in [(Field::Date, date.is_some()), (Field::Amount, amount.is_some())] {
        if !is_there && !faults.refuse() {
            let refusal = Refusal::new("field-empty").with("field", field.name());
            faults.add(Problem::refused(refusal, row.spot(field, key)));
        }
    }
    if faults.refuse() {
        return None;
    }
    let date = date?;
    let is_returned = state == Some(PaymentState::Returned) || (state.is_none() && returned.is_some());
    let returned = is_returned.then(|| returned.unwrap_or(date).max(date));
    let reason = row.text(Field::ReturnReason, faults);
    let payment = HistoryPayment { date, amount: amount?, reference, returned, reason, row: row.number() };
    Some((code?, payment))
}
