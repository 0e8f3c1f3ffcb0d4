//! The books: what part payments, returns, voids and late papers post; when a case closes and opens again; and that
//! payable is determined less paid, whatever the desk does.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use santun::domain::{
    ClaimBasics, ClaimCommand, ClaimId, ClaimNo, CloseReason, Component, LineNo, Outcome, PaymentNo,
    PaymentState, Period, Posting, PostingKind, ProcessState, Refusal, Rupiah, VoucherCommand, VoucherId,
    VoucherState,
};

use crate::support::MODEL_SEQUENCES;

use super::fixtures::{Desk, basics, line, office};
use super::months;
use super::table::rows;

const FILED: Date = date(2026, 9, 10);
const PAPER: Date = date(2026, 10, 5);

fn rupiah(amount: i64) -> Rupiah {
    Rupiah::new(amount)
}

/// A desk with one filed, recovered case whose lines of these amounts are determined and on one voucher with this tax.
fn vouchered(amounts: &[i64], pph: i64) -> (Desk, ClaimId, VoucherId) {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    desk.claim(id, &ClaimCommand::File { date: FILED }).expect("filed");
    let sembuh = ClaimCommand::SetOutcome { outcome: Outcome::Sembuh, date: FILED };
    desk.claim(id, &sembuh).expect("an outcome");
    for (place, amount) in amounts.iter().enumerate() {
        let no = LineNo::new(u16::try_from(place).expect("few") + 1);
        desk.claim(id, &ClaimCommand::AddLine(Box::new(line(Component::Medical, *amount)))).expect("a line");
        determine(&mut desk, id, no, *amount, PAPER).expect("determined");
    }
    let lines: Vec<(ClaimId, LineNo)> = desk.claims[&id].lines.iter().map(|line| (id, line.no)).collect();
    let voucher = desk.raise(&lines, pph, PAPER).expect("a voucher");
    (desk, id, voucher)
}

fn determine(desk: &mut Desk, id: ClaimId, line: LineNo, amount: i64, date: Date) -> Result<(), Refusal> {
    let command = ClaimCommand::Determine { line, amount: rupiah(amount), date, number: String::new() };
    desk.claim(id, &command)
}

fn pay(amount: i64, reference: &str) -> VoucherCommand {
    VoucherCommand::Pay { date: PAPER, amount: rupiah(amount), reference: reference.to_owned() }
}

fn come_back(no: u16) -> VoucherCommand {
    VoucherCommand::ReturnPayment {
        payment: PaymentNo::new(no),
        date: PAPER,
        reason: "rekening tutup".to_owned(),
    }
}

fn void() -> VoucherCommand {
    VoucherCommand::Void { date: PAPER, reason: "salah penerima".to_owned() }
}

/// `kind line amount` of the postings behind a place.
fn said(postings: &[Posting]) -> String {
    let one = |posting: &Posting| {
        let line = posting.line.map_or(String::new(), |line| format!("{line}"));
        format!("{:?}{line}={}", posting.kind, posting.amount.get())
    };
    postings.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// lines | tax | steps | what the last step posts
const STEPS: &str = "
    100     | 0  | pay 100                  | PaymentMade=100 LinePaid1=100 CaseClosed=100
    100     | 5  | pay 95                   | PaymentMade=95 LinePaid1=100 CaseClosed=100
    100     | 5  | pay 50                   | PaymentMade=50 LinePaid1=50
    100     | 5  | pay 50, pay 45           | PaymentMade=45 LinePaid1=50 CaseClosed=100
    60 40   | 0  | pay 70                   | PaymentMade=70 LinePaid1=60 LinePaid2=10
    60 40   | 0  | pay 70, pay 30           | PaymentMade=30 LinePaid2=30 CaseClosed=100
    60 40   | 10 | pay 50, pay 40           | PaymentMade=40 LinePaid1=10 LinePaid2=40 CaseClosed=100
    100     | 5  | pay 95, back 1           | PaymentReturned=95 LineUnpaid1=100 CaseRestored=100
    100     | 5  | pay 50, pay 45, back 2   | PaymentReturned=45 LineUnpaid1=50 CaseRestored=100
    100     | 5  | pay 50, pay 45, back 1   | PaymentReturned=50 LineUnpaid1=55 CaseRestored=100
    60 40   | 0  | pay 70, back 1           | PaymentReturned=70 LineUnpaid1=60 LineUnpaid2=10
    100     | 5  | pay 95, back 1, pay 95   | PaymentMade=95 LinePaid1=100 CaseClosed=100
    60 40   | 0  | void                     | VoucherVoided=100 LineReleased1=60 LineReleased2=40
    100     | 0  | pay 100, back 1, void    | VoucherVoided=100 LineReleased1=100";

#[test]
fn what_payments_returns_and_voids_post() {
    for [lines, tax, steps, expected] in rows::<4>(STEPS) {
        let amounts: Vec<i64> = lines.split(' ').map(|amount| amount.parse().expect("an amount")).collect();
        let (mut desk, id, voucher) = vouchered(&amounts, tax.parse().expect("a tax"));
        let mut before = 0;
        for (place, step) in steps.split(", ").enumerate() {
            before = desk.postings.len();
            desk.voucher(voucher, &voucher_step(step, place))
                .unwrap_or_else(|refusal| panic!("{steps}: {refusal}"));
        }
        assert_eq!(said(&desk.postings[before..]), expected, "{lines} {tax} {steps}");
        check(&desk);
        let owed = desk.claims[&id].sums().waiting();
        assert_eq!(owed.is_zero(), !desk.claims[&id].is_open(), "{steps}");
    }
}

/// lines | tax | steps | paid by the claims list | waits for payment
const PARTS: &str = "
    100   | 0 | pay 40                 | 40  | 60
    100   | 5 | pay 50                 | 50  | 50
    100   | 5 | pay 50, pay 45         | 100 | 0
    60 40 | 0 | pay 70                 | 70  | 30
    60 40 | 0 | pay 60                 | 60  | 40
    60 40 | 0 | pay 70, back 1         | 0   | 100
    60 40 | 0 | pay 70, pay 30, back 2 | 70  | 30
    100   | 5 | pay 50, pay 45, back 1 | 45  | 55";

/// A part payment was nothing to the claims list and money to the report.
#[test]
fn a_part_payment_is_the_same_in_the_claims_list_and_the_report() {
    for [lines, tax, steps, paid, waits] in rows::<5>(PARTS) {
        let amounts: Vec<i64> = lines.split(' ').map(|amount| amount.parse().expect("an amount")).collect();
        let (mut desk, id, voucher) = vouchered(&amounts, tax.parse().expect("a tax"));
        for (place, text) in steps.split(", ").enumerate() {
            desk.voucher(voucher, &voucher_step(text, place)).expect(text);
        }
        let sums = desk.claims[&id].sums();
        let said = (sums.paid.get().to_string(), sums.waiting_payment.get().to_string());
        assert_eq!(said, (paid, waits), "{lines} {tax} {steps}");
        let report = months::report(&desk, Period::of(PAPER));
        assert_eq!(report.tie_out.timing.payment.amount, sums.waiting_payment, "{steps}");
        assert_eq!(report.payable.end, sums.waiting(), "{steps}");
    }
}

fn voucher_step(text: &str, place: usize) -> VoucherCommand {
    match text.split_once(' ') {
        Some(("pay", amount)) => pay(amount.parse().expect("an amount"), &format!("T{place}")),
        Some(("back", no)) => come_back(no.parse().expect("a number")),
        _ => void(),
    }
}

#[test]
fn what_is_refused_of_a_voucher() {
    let (mut desk, _, voucher) = vouchered(&[100], 0);
    let code = |result: Result<(), Refusal>| result.expect_err("refused").code;
    assert_eq!(code(desk.voucher(voucher, &pay(101, ""))), "payment-amount");
    assert_eq!(code(desk.voucher(voucher, &pay(0, ""))), "payment-amount");
    assert_eq!(code(desk.voucher(voucher, &come_back(1))), "payment-unknown");
    desk.voucher(voucher, &pay(40, "T1")).expect("a part");
    assert_eq!(code(desk.voucher(voucher, &void())), "voucher-paid");
    assert_eq!(code(desk.voucher(voucher, &pay(40, "T1"))), "payment-twice");
    desk.voucher(voucher, &come_back(1)).expect("came back");
    assert_eq!(code(desk.voucher(voucher, &come_back(1))), "payment-returned");
    desk.voucher(voucher, &void()).expect("void");
    assert_eq!(code(desk.voucher(voucher, &pay(100, ""))), "voucher-void");
}

#[test]
fn a_case_closes_when_its_outcome_is_final_and_nothing_waits() {
    let (mut desk, id, voucher) = vouchered(&[100], 0);
    let state = |desk: &Desk| desk.claims[&id].state();
    let outcome = |outcome| ClaimCommand::SetOutcome { outcome, date: PAPER };
    desk.claim(id, &outcome(Outcome::Berobat)).expect("still treated");
    desk.voucher(voucher, &pay(100, "")).expect("paid");
    assert_eq!(state(&desk), ProcessState::Determined, "a payment alone never closes");
    desk.claim(id, &outcome(Outcome::Sembuh)).expect("recovered");
    assert_eq!(state(&desk), ProcessState::Closed);
    desk.claim(id, &outcome(Outcome::Berobat)).expect("a relapse");
    assert_eq!(state(&desk), ProcessState::Determined);
    desk.claim(id, &outcome(Outcome::CacatFungsi)).expect("a disability");
    assert_eq!(state(&desk), ProcessState::Closed);
    desk.claim(id, &ClaimCommand::AddLine(Box::new(line(Component::PartialFunctional, 7)))).expect("a line");
    assert_eq!(state(&desk), ProcessState::Filed, "something must be determined");
    determine(&mut desk, id, LineNo::new(2), 7, PAPER).expect("determined");
    let second = desk.raise(&[(id, LineNo::new(2))], 0, PAPER).expect("a voucher");
    desk.voucher(second, &pay(7, "")).expect("paid");
    assert_eq!(state(&desk), ProcessState::Closed);
    desk.voucher(second, &come_back(1)).expect("came back");
    assert_eq!(state(&desk), ProcessState::Determined, "owed again");
    check(&desk);
}

#[test]
fn ended_cases_take_nothing_and_owe_nothing() {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    desk.claim(id, &ClaimCommand::File { date: FILED }).expect("filed");
    desk.claim(id, &ClaimCommand::AddLine(Box::new(line(Component::Medical, 100)))).expect("a line");
    determine(&mut desk, id, LineNo::new(1), 100, PAPER).expect("determined");
    let before = desk.postings.len();
    let reason = CloseReason::NotWorkRelated;
    desk.claim(id, &ClaimCommand::Reject { date: PAPER, reason, note: String::new() }).expect("rejected");
    assert_eq!(said(&desk.postings[before..]), "Corrected1=-100 CaseRejected=100");
    assert_eq!(desk.payable(), Rupiah::ZERO);
    let again = ClaimCommand::AddLine(Box::new(line(Component::Medical, 100)));
    assert_eq!(desk.claim(id, &again).expect_err("over").code, "claim-ended");
    check(&desk);
}

#[test]
fn posting_month_is_that_of_the_paper_or_the_first_open_one() {
    // Books are open from September 2026; today is 2026-10-30.
    let table = "
        2026-10-05 | 2026-10
        2026-10-30 | 2026-10
        2026-09-01 | 2026-09
        2026-08-31 | 2026-09
        2019-01-01 | 2026-09
        2026-10-31 | date-in-future";
    for [paper, expected] in rows::<2>(table) {
        let paper: Date = paper.parse().expect("a date");
        let month = office().posting_month(paper, date(2026, 10, 30));
        assert_eq!(month.map_or_else(|refusal| refusal.code.to_owned(), |month| month.to_string()), expected);
    }
}

#[test]
fn a_late_paper_is_posted_in_the_open_month_and_keeps_its_date() {
    let mut desk = Desk::new();
    let old = ClaimBasics { event_date: date(2026, 3, 2), reported_date: Some(date(2026, 3, 3)), ..basics() };
    let id = desk.register(old).expect("registered");
    let posting = &desk.postings[0];
    assert_eq!((posting.month.to_string().as_str(), posting.date), ("2026-09", date(2026, 3, 3)));
    assert_eq!(desk.claims[&id].registered, Period::new(2026, 9).expect("a month"));
}

#[test]
fn a_correction_posts_the_difference() {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    desk.claim(id, &ClaimCommand::File { date: FILED }).expect("filed");
    desk.claim(id, &ClaimCommand::AddLine(Box::new(line(Component::Medical, 100)))).expect("a line");
    determine(&mut desk, id, LineNo::new(1), 100, FILED).expect("determined");
    determine(&mut desk, id, LineNo::new(1), 80, PAPER).expect("corrected");
    let tail = &desk.postings[desk.postings.len() - 1];
    assert_eq!(
        (tail.kind, tail.amount, tail.month),
        (PostingKind::Corrected, rupiah(-20), Period::of(PAPER))
    );
    assert_eq!(desk.payable(), rupiah(80));
}

/// What must hold after every step: the books, the claims and the vouchers tell the same sums.
fn check(desk: &Desk) {
    let determined: Rupiah = desk.claims.values().map(|claim| claim.sums().determined).sum();
    let settled: Rupiah = desk
        .vouchers
        .values()
        .filter(|voucher| voucher.state != VoucherState::Void)
        .map(|voucher| if voucher.paid() >= voucher.net { voucher.gross } else { voucher.paid() })
        .sum();
    assert_eq!(desk.payable(), determined - settled, "payable = determined − paid");
    let cash: Rupiah = desk.vouchers.values().map(|voucher| voucher.paid()).sum();
    assert_eq!(desk.sum(PostingKind::PaymentMade) - desk.sum(PostingKind::PaymentReturned), cash);
    for claim in desk.claims.values() {
        let sums = claim.sums();
        let posted = |kind| desk.sum_of(claim.id, kind);
        let settled = posted(PostingKind::LinePaid) - posted(PostingKind::LineUnpaid);
        assert_eq!(sums.paid, settled, "the claims list and the report: {}", claim.basics.claim_no);
        assert_eq!(sums.determined, sums.paid + sums.waiting(), "{}", claim.basics.claim_no);
    }
    for voucher in desk.vouchers.values() {
        assert_eq!(voucher.gross - voucher.pph + voucher.rounding, voucher.net);
        assert!(voucher.paid() <= voucher.net && voucher.paid() >= Rupiah::ZERO);
        let is_paid = voucher.state == VoucherState::Paid;
        assert_eq!(is_paid, voucher.paid() == voucher.net, "{} {:?}", voucher.code, voucher.state);
    }
    let opened = desk.count(PostingKind::CaseRegistered) + desk.count(PostingKind::CaseRestored);
    let ended = [PostingKind::CaseClosed, PostingKind::CaseRejected, PostingKind::CaseCancelled];
    let ended: usize = ended.iter().map(|kind| desk.count(*kind)).sum();
    let open = desk.claims.values().filter(|claim| claim.is_open()).count();
    assert_eq!(opened - ended, open, "open cases = registered + restored − ended");
    let mut series: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (key, number) in desk.vouchers.values().filter_map(|voucher| voucher.series.as_ref()) {
        series.entry(key.as_str()).or_default().push(*number);
    }
    for (key, mut numbers) in series {
        numbers.sort_unstable();
        let expected: Vec<u32> = (1..).take(numbers.len()).collect();
        assert_eq!(numbers, expected, "{key} without a gap or a twin");
    }
}

/// Days of the three open months, as papers may bear them.
const DAYS: [Date; 7] = [
    FILED,
    date(2026, 9, 28),
    PAPER,
    date(2026, 10, 20),
    date(2026, 11, 3),
    date(2026, 11, 20),
    date(2026, 11, 28),
];

/// What is tried, with which claim or voucher, which line, which amount, on which day.
type Step = (u8, u8, u8, i64, usize);

/// One thing a clerk may try; what the rules refuse changes nothing.
fn try_step(desk: &mut Desk, step: Step) {
    let (what, claim, line_no, amount, day) = step;
    let date = DAYS[day];
    let id = ClaimId::new(u64::from(claim) + 1);
    let voucher = VoucherId::new(u64::from(claim) + 1);
    let no = LineNo::new(u16::from(line_no) + 1);
    let outcome = Outcome::ALL[usize::from(line_no) % Outcome::ALL.len()];
    let knows_claim = desk.claims.contains_key(&id);
    let knows_voucher = desk.vouchers.contains_key(&voucher);
    let reason = CloseReason::Mistake;
    let note = String::new();
    let pay = |amount: Rupiah| VoucherCommand::Pay { date, amount, reference: String::new() };
    // Whether it went through does not matter here: the check afterwards must hold either way.
    let _ = match what {
        0 => {
            let claim_no = ClaimNo::given(2026, u32::try_from(desk.claims.len()).expect("few"));
            let reported_date = (line_no > 0).then_some(date);
            desk.register(ClaimBasics { claim_no, reported_date, ..basics() }).map(|_| ())
        }
        1 if knows_claim => desk.claim(id, &ClaimCommand::File { date }),
        2 if knows_claim => {
            desk.claim(id, &ClaimCommand::AddLine(Box::new(line(Component::Medical, amount + 1))))
        }
        3 | 4 if knows_claim => determine(desk, id, no, amount, date),
        5 | 6 if knows_claim => desk.raise(&[(id, no)], amount / 20, date).map(|_| ()),
        7 if knows_claim => desk.raise(&[(id, LineNo::new(1)), (id, LineNo::new(2))], 0, date).map(|_| ()),
        8 if knows_voucher => desk.voucher(voucher, &pay(rupiah(amount))),
        9 | 10 if knows_voucher => desk.voucher(voucher, &pay(desk.vouchers[&voucher].unpaid())),
        11 if knows_voucher => {
            let (payment, reason) = (PaymentNo::new(u16::from(line_no) + 1), "rekening tutup".to_owned());
            desk.voucher(voucher, &VoucherCommand::ReturnPayment { payment, date, reason })
        }
        12 if knows_voucher => {
            desk.voucher(voucher, &VoucherCommand::Void { date, reason: "salah penerima".to_owned() })
        }
        13 | 14 if knows_claim => desk.claim(id, &ClaimCommand::SetOutcome { outcome, date }),
        15 if knows_claim => desk.claim(id, &ClaimCommand::Return { date, note: "kurang".to_owned() }),
        16 if knows_claim => desk.claim(id, &ClaimCommand::Reject { date, reason, note }),
        17 if knows_claim => desk.claim(id, &ClaimCommand::Cancel { date, reason, note }),
        _ => Ok(()),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(MODEL_SEQUENCES))]
    /// Papers are dated over three open months and come in any order: the sums hold after every step, and at the end
    /// every month's report holds by itself.
    #[test]
    fn payable_is_determined_less_paid_whatever_the_desk_does(
        steps in proptest::collection::vec((0_u8..18, 0_u8..3, 0_u8..3, 0_i64..200, 0..DAYS.len()), 1..80)
    ) {
        let mut desk = Desk { today: months::TODAY, ..Desk::new() };
        for first in [(0, 0, 1, 0, 0), (1, 0, 0, 0, 0), (2, 0, 0, 99, 0), (3, 0, 0, 90, 0), (5, 0, 0, 0, 1)] {
            try_step(&mut desk, first);
        }
        for step in steps {
            let before = desk.clone();
            try_step(&mut desk, step);
            check(&desk);
            for (id, claim) in &before.claims {
                prop_assert!(desk.claims[id].revision >= claim.revision);
            }
        }
        months::check_months(&desk);
    }
}

#[test]
fn a_returned_transfer_keeps_its_place() {
    let (mut desk, _, voucher) = vouchered(&[100], 0);
    desk.voucher(voucher, &pay(100, "T1")).expect("paid");
    desk.voucher(voucher, &come_back(1)).expect("came back");
    desk.voucher(voucher, &pay(100, "T1")).expect("the same reference may go again once it came back");
    let states: Vec<PaymentState> = desk.vouchers[&voucher].payments.iter().map(|p| p.state).collect();
    assert_eq!(states, [PaymentState::Returned, PaymentState::Paid]);
    let numbers: Vec<u16> = desk.vouchers[&voucher].payments.iter().map(|p| p.no.get()).collect();
    assert_eq!(numbers, [1, 2]);
}
