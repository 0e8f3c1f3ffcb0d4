//! From events to the report: whatever a desk does through the rules of the domain, its books tie out, and what the
//! report says waits is what the cases themselves say.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use santun::domain::claim::{ClaimBasics, StateEntry, Worker};
use santun::domain::code::{
    Component, Origin, PayeeKind, PaymentState, ProcessState, Programme, Segment, VoucherKind, VoucherState,
};
use santun::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use santun::domain::posting::{Posting, of_claim_event, of_voucher_event};
use santun::domain::voucher::{Payment, VoidMark};
use santun::domain::{
    AccountNo, BenefitLine, Claim, ClaimEvent, ClaimNo, Identity, Office, Payee, Period, Rupiah, Voucher,
    VoucherCode, VoucherEvent, VoucherLine,
};
use santun::report::monthly::{MonthlyReport, Remainder};

use super::table::{office, report};

/// A claim for the printed papers and for the books.
pub fn basics(claim_no: &str) -> ClaimBasics {
    ClaimBasics {
        claim_no: ClaimNo::parse(claim_no).unwrap(),
        programme: Programme::Jkk,
        segment: Segment::Pu,
        case_kind: None,
        worker: Worker {
            name: "Siti Aminah".to_owned(),
            identity: Identity::Missing,
            kpj: None,
            birth_date: None,
            sex: None,
        },
        company: None,
        wage: None,
        event_date: date(2026, 7, 1),
        event_time: None,
        reported_date: Some(date(2026, 7, 2)),
        reported_time: None,
        place: None,
        accident_type: None,
        source: None,
        body_part: None,
        icd10: None,
        facility: String::new(),
        days_off: None,
        notes: String::new(),
    }
}

/// A payee with an account.
pub fn payee() -> Payee {
    Payee {
        kind: PayeeKind::Participant,
        name: "Siti Aminah".to_owned(),
        bank: "BRI".to_owned(),
        account: Some(AccountNo::parse("0123456789012").unwrap()),
        tax_number: None,
    }
}

/// A small desk that writes events and postings.
struct Books {
    office: Office,
    day: Date,
    claims: BTreeMap<ClaimId, Claim>,
    vouchers: BTreeMap<VoucherId, Voucher>,
    postings: Vec<Posting>,
}

/// What the desk does next; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Register,
    Determine { claim: usize, amount: i64 },
    Correct { line: usize, amount: i64 },
    Raise { claim: usize, pph: i64, rounding: i64 },
    Pay { voucher: usize, percent: i64 },
    Return { voucher: usize },
    Void { voucher: usize },
    NextMonth,
}

fn step() -> impl Strategy<Value = Step> {
    let pick = 0_usize..8;
    prop_oneof![
        2 => Just(Step::Register),
        4 => (pick.clone(), 1_i64..5_000_000).prop_map(|(claim, amount)| Step::Determine { claim, amount }),
        1 => (pick.clone(), 1_i64..5_000_000).prop_map(|(line, amount)| Step::Correct { line, amount }),
        4 => (pick.clone(), 0_i64..2, -1_i64..2)
            .prop_map(|(claim, pph, rounding)| Step::Raise { claim, pph, rounding }),
        4 => (pick.clone(), prop_oneof![Just(100_i64), 1_i64..100])
            .prop_map(|(voucher, percent)| Step::Pay { voucher, percent }),
        2 => pick.clone().prop_map(|voucher| Step::Return { voucher }),
        1 => pick.prop_map(|voucher| Step::Void { voucher }),
        1 => Just(Step::NextMonth),
    ]
}

impl Books {
    fn new() -> Books {
        let mut office = office();
        office.first_open = "2026-08".parse().unwrap();
        Books {
            office,
            day: date(2026, 8, 3),
            claims: BTreeMap::new(),
            vouchers: BTreeMap::new(),
            postings: Vec::new(),
        }
    }

    fn month(&self) -> Period {
        Period::of(self.day)
    }

    fn tell_claim(&mut self, id: ClaimId, event: &ClaimEvent) {
        let before = self.claims.get(&id).cloned();
        let after = match &before {
            None => Claim::born(id, event).unwrap(),
            Some(claim) => {
                let mut after = claim.clone();
                after.apply(event);
                after
            }
        };
        self.postings.extend(of_claim_event(before.as_ref(), &after, event));
        self.claims.insert(id, after);
    }

    fn tell_voucher(&mut self, id: VoucherId, event: &VoucherEvent) {
        let before = self.vouchers.get(&id).cloned();
        let after = match &before {
            None => Voucher::born(event).unwrap(),
            Some(voucher) => {
                let mut after = voucher.clone();
                after.apply(event);
                after
            }
        };
        let claims = self.claims.clone();
        let claim_of = |id: ClaimId| claims.get(&id);
        self.postings.extend(of_voucher_event(&self.office, before.as_ref(), &after, event, &claim_of));
        for claim in after.claims() {
            self.claims.get_mut(&claim).unwrap().apply_voucher(&after, event);
        }
        self.vouchers.insert(id, after);
    }

    fn nth_claim(&self, nth: usize) -> Option<ClaimId> {
        (!self.claims.is_empty()).then(|| *self.claims.keys().nth(nth % self.claims.len()).unwrap())
    }

    fn nth_voucher(&self, nth: usize, fits: impl Fn(&Voucher) -> bool) -> Option<Voucher> {
        let fitting: Vec<&Voucher> = self.vouchers.values().filter(|voucher| fits(voucher)).collect();
        (!fitting.is_empty()).then(|| fitting[nth % fitting.len()].clone())
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Register => self.register(),
            Step::Determine { claim, amount } => self.determine(claim, amount),
            Step::Correct { line, amount } => self.correct(line, amount),
            Step::Raise { claim, pph, rounding } => self.raise(claim, pph, rounding),
            Step::Pay { voucher, percent } => self.pay(voucher, percent),
            Step::Return { voucher } => self.send_back(voucher),
            Step::Void { voucher } => {
                let empty = |voucher: &Voucher| voucher.state.is_live() && voucher.paid().is_zero();
                let Some(voucher) = self.nth_voucher(voucher, empty) else { return };
                let mark = VoidMark { date: self.day, reason: "salah".to_owned(), posted: self.month() };
                self.tell_voucher(voucher.id, &VoucherEvent::Voided(mark));
            }
            Step::NextMonth => self.day = self.month().plus(1).first_day(),
        }
    }

    fn register(&mut self) {
        let id = ClaimId::new(u64::try_from(self.claims.len()).unwrap() + 1);
        let state = StateEntry {
            state: ProcessState::Filed,
            date: self.day,
            posted: self.month(),
            reason: None,
            note: String::new(),
        };
        let event = ClaimEvent::Registered {
            basics: Box::new(basics(&format!("K26-{id}"))),
            state,
            origin: Origin::Desk,
            restores: None,
            despite_duplicate: String::new(),
        };
        self.tell_claim(id, &event);
    }

    fn determine(&mut self, claim: usize, amount: i64) {
        let Some(id) = self.nth_claim(claim) else { return };
        let no = LineNo::new(u16::try_from(self.claims[&id].lines.len()).unwrap() + 1);
        let line = BenefitLine {
            no,
            component: Component::Medical,
            span: None,
            payee: payee(),
            account_by: None,
            receipt: String::new(),
            asked: Rupiah::new(amount),
            complete_date: None,
            determination: None,
            voucher: None,
            free_since: None,
        };
        self.tell_claim(id, &ClaimEvent::LineAdded { line: Box::new(line), booked: None });
        self.tell_claim(id, &determined(no, amount, self.day));
    }

    fn correct(&mut self, line: usize, amount: i64) {
        let free: Vec<(ClaimId, LineNo)> = self
            .claims
            .values()
            .flat_map(|claim| {
                claim.lines.iter().filter(|line| line.voucher.is_none()).map(|l| (claim.id, l.no))
            })
            .collect();
        if !free.is_empty() {
            let (claim, no) = free[line % free.len()];
            self.tell_claim(claim, &determined(no, amount, self.day));
        }
    }

    fn raise(&mut self, claim: usize, pph: i64, rounding: i64) {
        let Some(first) = self.nth_claim(claim) else { return };
        // Two neighbouring cases on one voucher, as with a hospital's bills.
        let both = self.claims.values().filter(|claim| claim.id >= first).take(2);
        let lines: Vec<VoucherLine> = both
            .flat_map(|claim| {
                claim.lines.iter().filter(|line| line.waits_for_voucher()).map(|line| VoucherLine {
                    claim: claim.id,
                    claim_no: claim.basics.claim_no.as_str().to_owned(),
                    line: line.no,
                    amount: line.determined(),
                })
            })
            .collect();
        if lines.is_empty() {
            return;
        }
        let id = VoucherId::new(u64::try_from(self.vouchers.len()).unwrap() + 1);
        let gross: Rupiah = lines.iter().map(|line| line.amount).sum();
        // Rounding takes away at most what the tax leaves, so that a part between net and gross cannot arise.
        let (pph, rounding) = (Rupiah::new(pph.min(gross.get())), Rupiah::new(rounding.min(pph)));
        let voucher = voucher(id, lines, (gross, pph, rounding), self.day);
        self.tell_voucher(id, &VoucherEvent::Raised(Box::new(voucher)));
    }

    fn pay(&mut self, voucher: usize, percent: i64) {
        let owed = |voucher: &Voucher| voucher.unpaid() > Rupiah::ZERO;
        let Some(voucher) = self.nth_voucher(voucher, owed) else { return };
        let amount = voucher.unpaid().times_ratio(percent, 100).unwrap().max(Rupiah::new(1));
        let payment = Payment {
            no: PaymentNo::new(u16::try_from(voucher.payments.len()).unwrap() + 1),
            date: self.day,
            amount,
            reference: String::new(),
            state: PaymentState::Paid,
            returned_date: None,
        };
        self.tell_voucher(voucher.id, &VoucherEvent::Paid { payment, posted: self.month() });
    }

    fn send_back(&mut self, voucher: usize) {
        let sent = |voucher: &Voucher| voucher.paid() > Rupiah::ZERO;
        let Some(voucher) = self.nth_voucher(voucher, sent) else { return };
        let last = voucher.payments.iter().rfind(|payment| payment.state == PaymentState::Paid).unwrap();
        let event = VoucherEvent::PaymentReturned {
            payment: last.no,
            date: self.day,
            reason: "rekening ditutup".to_owned(),
            posted: self.month(),
        };
        self.tell_voucher(voucher.id, &event);
    }
}

fn determined(line: LineNo, amount: i64, day: Date) -> ClaimEvent {
    ClaimEvent::LineDetermined {
        line,
        amount: Rupiah::new(amount),
        date: day,
        number: String::new(),
        posted: Period::of(day),
    }
}

/// A proposed voucher; `money` is gross, tax and rounding.
pub fn voucher(
    id: VoucherId,
    lines: Vec<VoucherLine>,
    money: (Rupiah, Rupiah, Rupiah),
    day: Date,
) -> Voucher {
    let (gross, pph, rounding) = money;
    Voucher {
        id,
        revision: 1,
        code: VoucherCode::parse(&format!("JKK-J03-2610-{:05}", id.get())).unwrap(),
        external_code: String::new(),
        kind: VoucherKind::Issued,
        origin: Origin::Desk,
        series: None,
        programme: Programme::Jkk,
        date: day,
        posted: Period::of(day),
        state: VoucherState::Proposed,
        payee: payee(),
        lines,
        gross,
        pph,
        rounding,
        net: gross - pph + rounding,
        description: String::new(),
        prepared_by: "rina".to_owned(),
        prepared_id: None,
        approved_by: String::new(),
        payments: Vec::new(),
        void: None,
    }
}

fn ties_out(report: &MonthlyReport) {
    let tie = &report.tie_out;
    assert_eq!(tie.unmatched, []);
    assert_eq!((tie.difference, tie.remainder), (Rupiah::ZERO, Remainder::default()));
    assert_eq!(tie.timing.voucher.amount + tie.timing.payment.amount, report.payable.end);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_desk_does_ties_out(steps in proptest::collection::vec(step(), 1..60)) {
        let mut books = Books::new();
        books.take(&Step::Register);
        steps.iter().for_each(|step| books.take(step));
        for back in 0..3 {
            let month = books.month().plus(-back);
            ties_out(&report(&month.to_string(), &books.postings));
        }
        let report = report(&books.month().to_string(), &books.postings);
        let waiting: Rupiah = books.claims.values().map(|claim| claim.sums().waiting_voucher).sum();
        prop_assert_eq!(report.tie_out.timing.voucher.amount, waiting);
        prop_assert_eq!(report.cases.open_end, i64::try_from(books.claims.len()).unwrap());
        let cash: Rupiah = books.vouchers.values().map(Voucher::paid).sum();
        prop_assert_eq!(report.tie_out.cash, cash);
    }
}
