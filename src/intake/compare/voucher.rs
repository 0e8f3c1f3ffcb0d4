//! A known voucher against what the files say of it: its amounts stand, money that has moved since is taken over.

use crate::domain::code::PaymentState;
use crate::domain::command::VoucherCommand;
use crate::domain::voucher::{Payment, Voucher};
use crate::intake::compare::{Change, Difference, Update};
use crate::intake::fields::Field;
use crate::intake::history::{HistoryPayment, HistoryVoucher};

/// How a known voucher and the files differ, and what takes it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherDifference {
    /// What differs.
    pub difference: Difference,
    /// The commands that take over what may be: transfers, returns, the void.
    pub commands: Vec<VoucherCommand>,
}

/// Compares a known voucher with what the files say of it.
pub fn compare_voucher(existing: &Voucher, incoming: &HistoryVoucher) -> VoucherDifference {
    let mut changes = Vec::new();
    let mut note = |field, old: String, new: String, update| {
        if !new.is_empty() && old != new {
            changes.push(Change { line: None, field, old, new, update });
        }
    };
    let held = [
        (Field::Date, existing.date.to_string(), incoming.date.to_string()),
        (Field::Payee, existing.payee.name.clone(), incoming.payee.name.clone()),
        (Field::Gross, existing.gross.to_string(), incoming.gross.to_string()),
        (Field::Pph, existing.pph.to_string(), incoming.pph.to_string()),
        (Field::Rounding, existing.rounding.to_string(), incoming.rounding.to_string()),
        (Field::Net, existing.net.to_string(), incoming.net.to_string()),
    ];
    for (field, old, new) in held {
        note(field, old, new, Update::OnVoucher);
    }
    let mut commands = Vec::new();
    let mut known: Vec<&Payment> = existing.payments.iter().collect();
    let mut next = existing.payments.iter().map(|payment| payment.no.get()).max().unwrap_or(0);
    for paid in &incoming.payments {
        let place = known.iter().position(|payment| is_same(payment, paid));
        let no = match place.map(|place| known.remove(place)) {
            Some(payment) if payment.state == PaymentState::Returned => continue,
            Some(payment) => payment.no,
            None => {
                next = next.saturating_add(1);
                note(Field::Amount, String::new(), format!("{} {}", paid.date, paid.amount), Update::Taken);
                commands.push(VoucherCommand::Pay {
                    date: paid.date,
                    amount: paid.amount,
                    reference: paid.reference.clone(),
                });
                crate::domain::id::PaymentNo::new(next)
            }
        };
        if let Some(date) = paid.returned {
            note(Field::ReturnedDate, String::new(), date.to_string(), Update::Taken);
            let reason = if paid.reason.is_empty() { incoming.file.to_string() } else { paid.reason.clone() };
            commands.push(VoucherCommand::ReturnPayment { payment: no, date, reason });
        }
    }
    if let (None, Some((date, reason))) = (&existing.void, &incoming.void) {
        note(Field::VoidDate, String::new(), date.to_string(), Update::Taken);
        let reason = if reason.is_empty() { incoming.file.to_string() } else { reason.clone() };
        commands.push(VoucherCommand::Void { date: *date, reason });
    }
    VoucherDifference { difference: Difference::of(changes), commands }
}

/// Whether both are one transfer: date and amount, and the reference where both have one.
fn is_same(known: &Payment, said: &HistoryPayment) -> bool {
    let same_reference =
        known.reference.is_empty() || said.reference.is_empty() || known.reference == said.reference;
    known.date == said.date && known.amount == said.amount && same_reference
}
