//! A voucher's papers as events, folded into the voucher and into its claims.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::claim::Claim;
use crate::domain::code::{Origin, PaymentState, Programme, VoucherState};
use crate::domain::event::VoucherEvent;
use crate::domain::id::{ClaimId, PaymentNo, VoucherId};
use crate::domain::period::Period;
use crate::domain::posting::{Posting, of_voucher_event};
use crate::domain::voucher::{CodeParts, Payment, SeriesKey, VoidMark, Voucher, VoucherLine};
use crate::intake::assemble::claim::{ClaimSteps, Standing};
use crate::intake::assemble::{AssembledVoucher, Assembler, programme_in};
use crate::intake::history::{HistoryClaim, HistoryVoucher, Hold};

/// Months after its date in whose series a code may stand: late entries go on in the series of an open month.
const N_LATE_MONTHS: i32 = 3;

/// Something that happened to a voucher.
struct Step {
    date: Date,
    event: VoucherEvent,
    seen: Seen,
}

/// Whether a transfer shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// A paper of its own shows it.
    OnPaper,
    /// Only the status says so: the lines are settled, no money is posted.
    BySayingSo,
}

impl Assembler<'_> {
    /// The voucher at this place as its paper says it was raised, approved where the paper says so, with what else the
    /// files say of it. Its id is still to be given.
    pub fn paper(&mut self, place: usize) -> (Voucher, HistoryVoucher) {
        let source = self.reader.voucher(place);
        let told = source.lines.first().map(|line| self.reader.claim(line.claim).basics.programme);
        let mut paper = self.raised(VoucherId::new(0), &source, told);
        if let Some(by) = approved_by(&source) {
            paper.approved_by = by;
            paper.state = VoucherState::Approved;
        }
        (paper, source)
    }

    /// The voucher at this place.
    ///
    /// # Panics
    /// If it has no id.
    pub fn voucher(&mut self, place: usize) -> AssembledVoucher {
        let source = self.reader.voucher(place);
        let id = self.ids.vouchers[place].expect("a voucher of this import");
        let mut claims: BTreeMap<usize, HistoryClaim> = BTreeMap::new();
        for line in &source.lines {
            claims.entry(line.claim).or_insert_with(|| self.reader.claim(line.claim));
        }
        let told = source.lines.first().map(|line| claims[&line.claim].basics.programme);
        let raised = self.raised(id, &source, told);
        let steps: Vec<(ClaimId, ClaimSteps)> = claims
            .iter()
            .map(|(place, claim)| (self.ids.claims[*place], ClaimSteps::new(claim, self.office, self.months)))
            .collect();
        let mut standing: BTreeMap<ClaimId, Standing<'_>> =
            steps.iter().map(|(id, steps)| (*id, steps.begin(*id))).collect();
        let mut postings: Vec<Posting> = Vec::new();
        let voucher = self.walk(&source, raised, |before, after, step| {
            standing.values_mut().for_each(|claim| claim.go_to(step.date));
            let claim_of = |id: ClaimId| standing.get(&id).map(|standing| &standing.claim);
            let mut found = of_voucher_event(self.office, before, after, &step.event, &claim_of);
            if step.seen == Seen::BySayingSo {
                // The first posting is the transfer that nobody saw.
                found.remove(0);
            }
            postings.append(&mut found);
        });
        AssembledVoucher { voucher, postings }
    }

    /// Folds the vouchers that a claim's lines name into the claim, in the order of what happened.
    pub(super) fn fold_vouchers(&mut self, place: usize, source: &HistoryClaim, claim: &mut Claim) {
        let links = source.lines.iter().flat_map(|line| &line.links);
        let mut vouchers: Vec<(usize, VoucherId)> = links
            .filter_map(|link| link.voucher)
            .filter_map(|voucher| Some((voucher, self.ids.vouchers[voucher]?)))
            .collect();
        vouchers.sort_unstable();
        vouchers.dedup();
        let mut happened: Vec<(Date, Voucher, VoucherEvent)> = Vec::new();
        for (voucher, id) in vouchers {
            let source_voucher = self.reader.voucher_of(voucher, place);
            let raised = self.raised(id, &source_voucher, Some(source.basics.programme));
            self.walk(&source_voucher, raised, |_, after, step| {
                happened.push((step.date, after.clone(), step.event.clone()));
            });
        }
        happened.sort_by_key(|(date, ..)| *date);
        for (_, after, event) in happened {
            claim.apply_voucher(&after, &event);
        }
    }

    /// The voucher as it was proposed.
    fn raised(&self, id: VoucherId, source: &HistoryVoucher, of_lines: Option<Programme>) -> Voucher {
        let programme = source
            .programme
            .or(of_lines)
            .or_else(|| programme_in(source.code.as_str()))
            .or_else(|| self.office.programmes.first().copied())
            .unwrap_or(Programme::Jkk);
        let lines = source.lines.iter().map(|line| VoucherLine {
            claim: self.ids.claims[line.claim],
            claim_no: line.claim_no.clone(),
            line: line.line,
            amount: line.amount,
        });
        let by = if source.prepared_by.is_empty() { Origin::History.code() } else { &source.prepared_by };
        Voucher {
            id,
            revision: 1,
            code: source.code.clone(),
            external_code: source.external_code.clone(),
            kind: source.kind,
            origin: Origin::History,
            series: self.series(source, programme),
            programme,
            date: source.date,
            posted: self.months.month(self.office, source.date),
            state: VoucherState::Proposed,
            payee: source.payee.clone(),
            lines: lines.collect(),
            gross: source.gross,
            pph: source.pph,
            rounding: source.rounding,
            net: source.net,
            description: source.description.clone(),
            prepared_by: by.to_owned(),
            prepared_id: None,
            approved_by: String::new(),
            payments: Vec::new(),
            void: None,
        }
    }

    /// The series and number of a code in exactly our shape: issued here once, or reserved by being copied.
    fn series(&self, source: &HistoryVoucher, programme: Programme) -> Option<(SeriesKey, u32)> {
        (0..=N_LATE_MONTHS).find_map(|late| {
            let posted = Period::of(source.date).plus(late);
            let (office, date, payee) = (&self.office.code, source.date, &source.payee);
            let parts = CodeParts { programme, office, posted, date, payee };
            let number = self.office.template.number_in(&parts, &source.code)?;
            Some((self.office.template.series(&parts), number))
        })
    }

    /// Lets everything happen to a voucher, and tells `seen` of each event with the voucher before and after it.
    fn walk(
        &self,
        source: &HistoryVoucher,
        raised: Voucher,
        mut seen: impl FnMut(Option<&Voucher>, &Voucher, &Step),
    ) -> Voucher {
        let event = VoucherEvent::Raised(Box::new(raised.clone()));
        seen(None, &raised, &Step { date: raised.date, event, seen: Seen::OnPaper });
        let mut voucher = raised;
        for step in self.steps(source) {
            let before = voucher.clone();
            voucher.apply(&step.event);
            if matches!(step.event, VoucherEvent::Voided(_)) {
                // Lines that the papers still show on it do not leave.
                let mut leaving = voucher.clone();
                let mut holds = source.lines.iter().map(|line| line.hold);
                leaving.lines.retain(|_| holds.next() == Some(Hold::Released));
                seen(Some(&before), &leaving, &step);
            } else {
                seen(Some(&before), &voucher, &step);
            }
            if step.seen == Seen::BySayingSo {
                // The transfer nobody saw is no record.
                voucher.payments.pop();
            }
        }
        voucher
    }

    /// What happened after it was proposed, by date.
    fn steps(&self, source: &HistoryVoucher) -> Vec<Step> {
        let month = |date| self.months.month(self.office, date);
        let mut steps: Vec<Step> = Vec::new();
        let mut push = |date: Date, event| steps.push(Step { date, event, seen: Seen::OnPaper });
        if let Some(by) = approved_by(source) {
            push(source.date, VoucherEvent::Approved { by });
        }
        for (place, paid) in source.payments.iter().enumerate() {
            let no = payment_no(place);
            let payment = Payment {
                no,
                date: paid.date,
                amount: paid.amount,
                reference: paid.reference.clone(),
                state: PaymentState::Paid,
                returned_date: None,
            };
            push(paid.date, VoucherEvent::Paid { payment, posted: month(paid.date) });
            if let Some(date) = paid.returned {
                let reason = paid.reason.clone();
                push(date, VoucherEvent::PaymentReturned { payment: no, date, reason, posted: month(date) });
            }
        }
        if let Some((date, reason)) = &source.void {
            let mark = VoidMark { date: *date, reason: reason.clone(), posted: month(*date) };
            push(*date, VoucherEvent::Voided(mark));
        }
        steps.sort_by_key(|step| step.date);
        steps.extend(self.by_saying_so(source));
        steps
    }

    /// The settlement that only the status tells of.
    fn by_saying_so(&self, source: &HistoryVoucher) -> Option<Step> {
        let amount = source.settled_unseen();
        if amount.is_zero() {
            return None;
        }
        let date = source.payments.iter().map(|paid| paid.date).max().unwrap_or(source.date);
        let payment = Payment {
            no: payment_no(source.payments.len()),
            date,
            amount,
            reference: String::new(),
            state: PaymentState::Paid,
            returned_date: None,
        };
        let posted = self.months.month(self.office, date);
        Some(Step { date, event: VoucherEvent::Paid { payment, posted }, seen: Seen::BySayingSo })
    }
}

/// Who approved it, as far as the paper says that anybody did.
fn approved_by(source: &HistoryVoucher) -> Option<String> {
    let is_approved =
        matches!(source.status, VoucherState::Approved | VoucherState::Paid | VoucherState::Returned);
    if source.approved_by.is_empty() {
        is_approved.then(|| Origin::History.code().to_owned())
    } else {
        Some(source.approved_by.clone())
    }
}

/// The number of the payment at this place.
fn payment_no(place: usize) -> PaymentNo {
    PaymentNo::new(u16::try_from(place + 1).unwrap_or(u16::MAX))
}
