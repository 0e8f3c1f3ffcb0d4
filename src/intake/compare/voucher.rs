//! A known voucher against what the files say of it: its amounts stand, money that has moved since is taken over.

use crate::domain::code::{PaymentState, VoucherState};
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
        note(field, old, new, Update::ByHand);
    }
    let mut commands = Vec::new();
    payments(existing, &incoming.payments, &incoming.file, &mut changes, &mut commands);
    if let (None, Some((date, reason))) = (&existing.void, &incoming.void) {
        changes.push(taken(Field::VoidDate, date.to_string()));
        let reason = if reason.is_empty() { incoming.file.to_string() } else { reason.clone() };
        commands.push(VoucherCommand::Void { date: *date, reason });
    }
    let is_settled = existing.state == VoucherState::Paid || !commands.is_empty();
    if incoming.status == VoucherState::Paid && !is_settled {
        let (old, new) = (existing.state.to_string(), incoming.status.to_string());
        changes.push(Change { line: None, field: Field::Status, old, new, update: Update::ByHand });
    }
    VoucherDifference { difference: Difference::of(changes), commands }
}

/// Compares a known voucher with the transfers of a file that has nothing else of it.
pub fn compare_payments(existing: &Voucher, said: &[HistoryPayment], file: &str) -> VoucherDifference {
    let (mut changes, mut commands) = (Vec::new(), Vec::new());
    payments(existing, said, file, &mut changes, &mut commands);
    VoucherDifference { difference: Difference::of(changes), commands }
}

/// A change that is taken over, of something that was not there.
fn taken(field: Field, new: String) -> Change {
    Change { line: None, field, old: String::new(), new, update: Update::Taken }
}

/// Transfers that went or came back since.
fn payments(
    existing: &Voucher,
    said: &[HistoryPayment],
    file: &str,
    changes: &mut Vec<Change>,
    commands: &mut Vec<VoucherCommand>,
) {
    let mut known: Vec<&Payment> = existing.payments.iter().collect();
    let mut next = existing.payments.iter().map(|payment| payment.no.get()).max().unwrap_or(0);
    for paid in said {
        let place = known.iter().position(|payment| is_same(payment, paid));
        let no = match place.map(|place| known.remove(place)) {
            Some(payment) if payment.state == PaymentState::Returned => continue,
            Some(payment) => payment.no,
            None => {
                next = next.saturating_add(1);
                changes.push(taken(Field::Amount, format!("{} {}", paid.date, paid.amount)));
                commands.push(VoucherCommand::Pay {
                    date: paid.date,
                    amount: paid.amount,
                    reference: paid.reference.clone(),
                });
                crate::domain::id::PaymentNo::new(next)
            }
        };
        if let Some(date) = paid.returned {
            changes.push(taken(Field::ReturnedDate, date.to_string()));
            let reason = if paid.reason.is_empty() { file.to_owned() } else { paid.reason.clone() };
            commands.push(VoucherCommand::ReturnPayment { payment: no, date, reason });
        }
    }
}

/// Whether both are one transfer: date and amount, and the reference where both have one.
fn is_same(known: &Payment, said: &HistoryPayment) -> bool {
    let same_reference =
        known.reference.is_empty() || said.reference.is_empty() || known.reference == said.reference;
    known.date == said.date && known.amount == said.amount && same_reference
}
