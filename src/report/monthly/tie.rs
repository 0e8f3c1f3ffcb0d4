//! The tie-out: line ↔ voucher ↔ payment, record by record.
//!
//! What waits is found by looking at each record, never as the remainder of a sum; what does not fit is listed by its
//! record. Each listed record also says by how much it moves each of the three remainders, so that "nothing listed"
//! and "the sums agree" are two statements that check each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::report::monthly::cases::Cases;
use crate::report::monthly::flows::Flows;
use crate::report::monthly::ledger::{Ledger, LineSlot, Link, Standing, VoucherSlot};
use crate::report::monthly::slots::Place;
use crate::report::monthly::{
    CountAndSum, Fault, Remainder, TieOut, Unmatched, Waiting, WaitingFor, WaitingRecord,
};

/// What was found by looking at each record; the sums of all flows are not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Judged {
    /// Gross of the vouchers that are not void.
    pub(super) vouchers: Rupiah,
    /// What should have been sent for what was settled.
    pub(super) expected_cash: Rupiah,
    /// What waits, sorted.
    pub(super) waiting: Vec<WaitingRecord>,
    /// What does not fit, sorted.
    pub(super) unmatched: Vec<Unmatched>,
}

/// Judges every record that is not aside.
pub(super) fn judged(ledger: &Ledger, cases: &Cases) -> Judged {
    let mut judge = Judge::default();
    for (case, line) in ledger.lines() {
        if !cases.at(case).is_aside {
            judge.line(ledger, cases.at(case).claim_no(), line);
        }
    }
    for (place, (voucher, n_lines)) in (0..).zip(ledger.vouchers()) {
        if voucher.is_aside {
            continue;
        }
        match voucher.standing() {
            Standing::Live => judge.live(voucher, n_lines),
            Standing::Void => judge.void(voucher, place),
            Standing::Unknown => judge.unknown(voucher),
        }
    }
    let mut found = judge.found;
    found.unmatched.sort();
    found.waiting.sort();
    found
}

#[derive(Debug, Default)]
struct Judge {
    found: Judged,
    /// What lines on void vouchers leave over whose money has gone: listed once, with the voucher.
    on_paid_voids: BTreeMap<Place, Rupiah>,
}

/// A line's links, sorted by what their vouchers are.
#[derive(Default)]
struct Links {
    /// Sum on live vouchers.
    live_sum: Rupiah,
    /// Codes of the live vouchers that hold the line.
    live: Vec<Arc<str>>,
    /// Void or unknown vouchers that the line says it is on.
    dead: Vec<(Fault, Arc<str>, Rupiah)>,
    /// The void voucher of the highest id, or code, that the line says it is on and whose money has gone.
    paid_void: Option<(u64, Arc<str>, Place)>,
}

impl Links {
    fn of<'a>(ledger: &Ledger, links: impl Iterator<Item = &'a Link>) -> Links {
        let mut found = Links::default();
        for link in links {
            let voucher = ledger.voucher_at(link.voucher);
            let fault = match voucher.standing() {
                Standing::Live => {
                    found.live_sum += link.vouchered;
                    if link.count > 0 {
                        found.live.push(voucher.code());
                    }
                    continue;
                }
                Standing::Void if voucher.has_money() => {
                    if link.count > 0 {
                        let this = (voucher.id, voucher.code(), link.voucher);
                        found.paid_void = found.paid_void.take().max(Some(this));
                    }
                    continue;
                }
                Standing::Void => Fault::LineOnVoidVoucher,
                Standing::Unknown => Fault::LineOnUnknownVoucher,
            };
            if link.count > 0 {
                found.dead.push((fault, voucher.code(), link.vouchered));
            }
        }
        found.live.sort();
        found.dead.sort();
        found
    }
}

impl Judge {
    fn line(&mut self, ledger: &Ledger, claim_no: &str, line: &LineSlot) {
        let links = Links::of(ledger, ledger.links(line));
        let reference = || line_reference(claim_no, line.no);
        let is_held = !links.live.is_empty() || !links.dead.is_empty() || links.paid_void.is_some();
        if !is_held && line.determined > Rupiah::ZERO {
            let amount = line.determined;
            self.found.waiting.push(WaitingRecord {
                waits_for: WaitingFor::Voucher,
                reference: reference(),
                amount,
            });
            // Nothing holds it, so nothing may be on a voucher either.
            self.list(Fault::LineAmountDiffers, reference(), &[], Effects::line(-links.live_sum));
            return;
        }
        // What the line itself leaves over; one listed record carries it.
        let mut rest = Effects::line(line.determined - links.live_sum);
        if is_held && line.n_determined == 0 && line.determined.is_zero() {
            let amount = links.live_sum + links.dead.iter().map(|(_, _, sum)| *sum).sum::<Rupiah>();
            self.note(Fault::LineNotDetermined, reference(), &links.live, amount, rest.take());
        } else if links.live.len() > 1 {
            let over = (links.live_sum - line.determined).abs();
            let amount = if over.is_zero() { links.live_sum } else { over };
            self.note(Fault::LineOnTwoVouchers, reference(), &links.live, amount, rest.take());
        }
        for (fault, code, sum) in &links.dead {
            self.note(*fault, reference(), std::slice::from_ref(code), *sum, rest.take());
        }
        if let Some((_, _, voucher)) = links.paid_void {
            *self.on_paid_voids.entry(voucher).or_default() += rest.take().lines;
        }
        self.list(Fault::LineAmountDiffers, reference(), &links.live, rest);
    }

    fn live(&mut self, voucher: &VoucherSlot, n_lines: u32) {
        self.found.vouchers += voucher.gross;
        let code = voucher.code();
        let reference = || code.to_string();
        let over = voucher.vouchered - voucher.gross;
        // What is to be paid is what its lines add up to; where that is not the gross, the difference is listed.
        let target = voucher.vouchered;
        let waits = if n_lines > 0 { (target - voucher.paid).max(Rupiah::ZERO) } else { Rupiah::ZERO };
        // A transfer settles at most the gross, and no more than the lines hold; lines without rupiah settle nothing,
        // and the money is then judged by the voucher's own net.
        let full = target.min(voucher.gross);
        let is_settled = match full > Rupiah::ZERO {
            true => voucher.paid >= full,
            false => {
                let nets = [voucher.net(), voucher.written_net];
                voucher.paid.is_zero() && nets.contains(&voucher.cash)
            }
        };
        let expected = if is_settled { voucher.net() } else { voucher.paid };
        self.found.expected_cash += expected;
        let mut cash = voucher.cash - expected;
        let net_over = voucher.written_net - voucher.net();
        if !net_over.is_zero() {
            // Money sent as the paper says is the same fault, not another one.
            let moved = if cash == net_over { std::mem::take(&mut cash) } else { Rupiah::ZERO };
            let effects = Effects { cash: moved, ..Effects::default() };
            self.note(Fault::VoucherNetDiffers, reference(), &[], net_over, effects);
        }
        if n_lines == 0 {
            let effects = Effects { lines: over, payments: voucher.gross - voucher.paid, cash };
            self.note(Fault::VoucherWithoutLine, reference(), &[], voucher.gross, effects);
            return;
        }
        if waits > Rupiah::ZERO {
            let record =
                WaitingRecord { waits_for: WaitingFor::Payment, reference: reference(), amount: waits };
            self.found.waiting.push(record);
        }
        self.list(
            Fault::VoucherSumDiffers,
            reference(),
            &[],
            Effects { lines: over, payments: -over, cash: Rupiah::ZERO },
        );
        let fault = if voucher.n_payments == 0 && voucher.paid > Rupiah::ZERO {
            Fault::PaidWithoutPayment
        } else if voucher.n_payments > 1 && cash > Rupiah::ZERO {
            Fault::PaymentTwice
        } else {
            Fault::PaymentDiffers
        };
        let effects = Effects { lines: Rupiah::ZERO, payments: target - waits - voucher.paid, cash };
        self.list(fault, reference(), &[], effects);
    }

    /// A void voucher whose money has gone is one fault, whatever lines still name it.
    fn void(&mut self, voucher: &VoucherSlot, place: Place) {
        let lines = self.on_paid_voids.get(&place).copied().unwrap_or_default();
        let effects = Effects { lines, payments: -voucher.paid, cash: voucher.cash };
        self.list(Fault::VoidButPaid, voucher.code().to_string(), &[], effects);
    }

    fn unknown(&mut self, voucher: &VoucherSlot) {
        let effects = Effects { lines: Rupiah::ZERO, payments: -voucher.paid, cash: voucher.cash };
        let fault = if voucher.n_payments == 0 && voucher.cash.is_zero() {
            Fault::PaidWithoutPayment
        } else {
            Fault::PaymentWithoutVoucher
        };
        self.list(fault, voucher.code().to_string(), &[], effects);
    }

    /// Lists a record if it moves anything; its amount is the largest of its effects.
    fn list(&mut self, fault: Fault, reference: String, vouchers: &[Arc<str>], effects: Effects) {
        let amount = effects.cash.abs().max(effects.payments.abs()).max(effects.lines.abs());
        if !amount.is_zero() {
            self.note(fault, reference, vouchers, amount, effects);
        }
    }

    /// Lists a record.
    fn note(
        &mut self,
        fault: Fault,
        reference: String,
        vouchers: &[Arc<str>],
        amount: Rupiah,
        effects: Effects,
    ) {
        self.found.unmatched.push(Unmatched {
            fault,
            reference,
            vouchers: vouchers.to_vec(),
            amount: amount.abs(),
            moves: Remainder {
                benefits_vouchers: effects.lines,
                vouchers_payments: effects.payments,
                payments_cash: effects.cash,
            },
        });
    }
}

impl Judged {
    /// The tie-out; `flows` are all flows up to the month's end.
    pub(super) fn tie_out(&self, flows: &Flows) -> TieOut {
        let sum = |waits_for: WaitingFor| {
            let found = self.waiting.iter().filter(|record| record.waits_for == waits_for);
            found.fold(CountAndSum::default(), |sum, record| CountAndSum {
                count: sum.count + 1,
                amount: sum.amount + record.amount,
            })
        };
        let (benefits, payments, cash) = (flows.benefits(), flows.settled(), flows.cash());
        let (voucher, payment) = (sum(WaitingFor::Voucher), sum(WaitingFor::Payment));
        TieOut {
            benefits,
            vouchers: self.vouchers,
            payments,
            cash,
            timing: Waiting { voucher, payment },
            waiting: self.waiting.clone(),
            difference: self.unmatched.iter().map(|record| record.amount).sum(),
            unmatched: self.unmatched.clone(),
            remainder: Remainder {
                benefits_vouchers: benefits - voucher.amount - self.vouchers,
                vouchers_payments: self.vouchers - payment.amount - payments,
                payments_cash: cash - self.expected_cash,
            },
        }
    }
}

/// By how much a record moves the three remainders.
#[derive(Debug, Clone, Copy, Default)]
struct Effects {
    lines: Rupiah,
    payments: Rupiah,
    cash: Rupiah,
}

impl Effects {
    fn line(lines: Rupiah) -> Effects {
        Effects { lines, ..Effects::default() }
    }

    fn take(&mut self) -> Effects {
        std::mem::take(self)
    }
}

/// How a line is named: the claim's number, a stroke, the line's number.
fn line_reference(claim_no: &str, no: u16) -> String {
    let claim_no = if claim_no.is_empty() { "?" } else { claim_no };
    format!("{claim_no}/{no}")
}

/// The register's voids: those of vouchers raised in the month, and of earlier ones.
pub(super) fn voids(ledger: &Ledger, period: Period) -> [CountAndSum; 2] {
    let (mut here, mut earlier) = (CountAndSum::default(), CountAndSum::default());
    for (voucher, _) in ledger.vouchers().filter(|(voucher, _)| voucher.n_voided_now > 0 && !voucher.is_aside)
    {
        let sum = if voucher.raised == Some(period) { &mut here } else { &mut earlier };
        sum.count += u64::from(voucher.n_voided_now);
        sum.amount += voucher.voided_now;
    }
    [here, earlier]
}
