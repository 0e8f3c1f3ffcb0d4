//! The rules of an existing voucher.

use jiff::civil::Date;

use crate::domain::claim::{Claim, StateEntry};
use crate::domain::code::{PaymentState, ProcessState, VoucherState};
use crate::domain::command::VoucherCommand;
use crate::domain::decide::ending::closing;
use crate::domain::decide::paper::{check_paper_date, check_text};
use crate::domain::event::{ClaimEvent, Event, VoucherEvent};
use crate::domain::id::PaymentNo;
use crate::domain::money::Rupiah;
use crate::domain::office::{Approval, Office};
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;
use crate::domain::voucher::{Payment, VoidMark, Voucher};

/// What the rules need to know for an existing voucher.
pub struct VoucherFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// The desk's today.
    pub today: Date,
    /// The voucher as it stands.
    pub voucher: &'a Voucher,
    /// The claims of its lines, as they stand.
    pub claims: &'a [&'a Claim],
    /// Who asks.
    pub by: &'a str,
    /// The same by the system's ids.
    pub who: PersonId,
}

/// A command to an existing voucher; its claims may close or open again with it.
pub fn voucher(facts: &VoucherFacts<'_>, command: &VoucherCommand) -> Result<Vec<Event>, Refusal> {
    let code = &facts.voucher.code;
    if facts.voucher.state == VoucherState::Void {
        return Err(Refusal::new("voucher-void").with("code", code));
    }
    match command {
        VoucherCommand::Approve => approve(facts).map(|event| vec![wrap(facts, event)]),
        VoucherCommand::Pay { date, amount, reference } => pay(facts, *date, *amount, reference),
        VoucherCommand::ReturnPayment { payment, date, reason } => give_back(facts, *payment, *date, reason),
        VoucherCommand::Void { date, reason } => {
            void(facts, *date, reason).map(|event| vec![wrap(facts, event)])
        }
    }
}

fn wrap(facts: &VoucherFacts<'_>, event: VoucherEvent) -> Event {
    Event::Voucher(facts.voucher.id, event)
}

fn approve(facts: &VoucherFacts<'_>) -> Result<VoucherEvent, Refusal> {
    let voucher = facts.voucher;
    if voucher.state != VoucherState::Proposed {
        return Err(Refusal::new("voucher-not-proposed")
            .with("code", &voucher.code)
            .with("state", voucher.state));
    }
    // By number and not by name: a name can be typed. An imported voucher was prepared by nobody who is here.
    let is_first = voucher.prepared_id.is_some_and(|by| by.is_same(facts.who));
    if facts.office.approval == Approval::FourEyes && is_first {
        return Err(Refusal::new("four-eyes").with("code", &voucher.code).with("by", &voucher.prepared_by));
    }
    Ok(VoucherEvent::Approved { by: facts.by.to_owned() })
}

fn pay(facts: &VoucherFacts<'_>, date: Date, amount: Rupiah, reference: &str) -> Result<Vec<Event>, Refusal> {
    let voucher = facts.voucher;
    let refusal = |code| Refusal::new(code).with("code", &voucher.code);
    if voucher.unpaid() <= Rupiah::ZERO {
        return Err(refusal("voucher-paid"));
    }
    if facts.office.approval == Approval::FourEyes && voucher.approved_by.is_empty() {
        return Err(refusal("voucher-not-approved"));
    }
    if amount <= Rupiah::ZERO || amount > voucher.unpaid() {
        return Err(refusal("payment-amount").with("amount", amount).with("unpaid", voucher.unpaid()));
    }
    // What came back is sent again no earlier.
    let returned = voucher.last_returned().filter(|returned| *returned > voucher.date);
    let after = returned.map_or(("voucher_date", voucher.date), |returned| ("returned_date", returned));
    check_paper_date("date", date, after, facts.today)?;
    check_text("reference", reference, 60)?;
    let reference = reference.trim();
    let twin = |payment: &&Payment| payment.state == PaymentState::Paid && payment.reference == reference;
    if let Some(twin) = voucher.payments.iter().find(twin).filter(|_| !reference.is_empty()) {
        return Err(refusal("payment-twice").with("reference", reference).with("date", twin.date));
    }
    let posted = posting_month(facts, date)?;
    let last = voucher.payments.iter().map(|payment| payment.no.get()).max().unwrap_or(0);
    let payment = Payment {
        no: PaymentNo::new(last + 1),
        date,
        amount,
        reference: reference.to_owned(),
        state: PaymentState::Paid,
        returned_date: None,
    };
    let event = VoucherEvent::Paid { payment, posted };
    let closings = follow(facts, &event, |after| closing(after, facts.office, facts.today));
    Ok(std::iter::once(wrap(facts, event)).chain(closings).collect())
}

fn give_back(
    facts: &VoucherFacts<'_>,
    no: PaymentNo,
    date: Date,
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    let voucher = facts.voucher;
    let refusal = |code| Refusal::new(code).with("code", &voucher.code);
    let payment = voucher
        .payments
        .iter()
        .find(|payment| payment.no == no)
        .ok_or_else(|| refusal("payment-unknown").with("payment", no))?;
    if payment.state == PaymentState::Returned {
        return Err(refusal("payment-returned").with("payment", no));
    }
    check_paper_date("date", date, ("payment_date", payment.date), facts.today)?;
    require_reason(reason)?;
    let posted = posting_month(facts, date)?;
    let event = VoucherEvent::PaymentReturned { payment: no, date, reason: reason.trim().to_owned(), posted };
    let reopened = follow(facts, &event, |after| reopening(after, date, posted));
    Ok(std::iter::once(wrap(facts, event)).chain(reopened).collect())
}

/// The month a transfer or its return is posted in: never before what the voucher posted already, since each part
/// settles what the parts before it left. The paper keeps its date.
fn posting_month(facts: &VoucherFacts<'_>, date: Date) -> Result<Period, Refusal> {
    let by_paper = facts.office.posting_month(date, facts.today)?;
    let latest = facts.voucher.last_date().min(facts.today);
    Ok(by_paper.max(facts.office.posting_month(latest, facts.today)?))
}

/// What follows for the claims once the voucher's event has been folded into them.
fn follow(
    facts: &VoucherFacts<'_>,
    event: &VoucherEvent,
    consequence: impl Fn(&Claim) -> Option<ClaimEvent>,
) -> Vec<Event> {
    let mut voucher = facts.voucher.clone();
    voucher.apply(event);
    facts
        .claims
        .iter()
        .filter_map(|claim| {
            let mut after = (*claim).clone();
            after.apply_voucher(&voucher, event);
            consequence(&after).map(|event| Event::Claim(after.id, event))
        })
        .collect()
}

/// A closed case whose money is owed again is open again.
fn reopening(after: &Claim, date: Date, posted: Period) -> Option<ClaimEvent> {
    if after.state() != ProcessState::Closed || after.sums().waiting().is_zero() {
        return None;
    }
    let (state, posted) = (ProcessState::Determined, posted.max(after.last_state().posted));
    Some(ClaimEvent::StateSet(StateEntry { state, date, posted, reason: None, note: String::new() }))
}

fn void(facts: &VoucherFacts<'_>, date: Date, reason: &str) -> Result<VoucherEvent, Refusal> {
    let voucher = facts.voucher;
    if voucher.paid() > Rupiah::ZERO {
        return Err(Refusal::new("voucher-paid").with("code", &voucher.code));
    }
    check_paper_date("date", date, ("last_step", voucher.last_date()), facts.today)?;
    require_reason(reason)?;
    let posted = facts.office.posting_month(date, facts.today)?;
    Ok(VoucherEvent::Voided(VoidMark { date, reason: reason.trim().to_owned(), posted }))
}

fn require_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::new("reason-missing"));
    }
    check_text("reason", reason, 200)
}
