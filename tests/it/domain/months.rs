//! The books by month: papers come late and out of order, and yet every month's report must hold by itself.

use jiff::civil::{Date, date};
use santun::domain::{ClaimCommand, LineNo, Period, PostingKind, Rupiah};
use santun::report::monthly::{MonthlyBuilder, MonthlyReport, Remainder};

use super::fixtures::{Desk, basics};
use super::script::{after_on, step};
use super::table::rows;

/// September, October and November 2026 are open.
pub const TODAY: Date = date(2026, 11, 28);

/// steps | the last one's postings with their months, or its refusal
const LATE: &str = "
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, pay 1 11-05, outcome SEMBUH 10-20                        | OutcomeSet 10, CaseClosed 11
    file 09-10, outcome SEMBUH 11-20, line 100, determine 1 10-05, voucher 1 10-06, pay 1 10-07                        | PaymentMade 10, LinePaid 10, CaseClosed 11
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, pay 1 11-05, outcome SEMBUH 10-20, outcome BEROBAT 10-25 | OutcomeSet 10, CaseRestored 11
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, pay 1 10-07, outcome SEMBUH 11-05, back 1 1 10-20        | PaymentReturned 10, LineUnpaid 10, CaseRestored 11
    file 11-03, reject 10-20                                                                                           | date-before
    file 09-10, line 100, determine 1 11-05, reject 10-20                                                              | date-before
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, void 1 11-03, reject 10-20                               | date-before
    file 09-10, line 100, determine 1 10-05, reject 10-20                                                              | Corrected 10, CaseRejected 10
    file 09-10, line 100, determine 1 10-05, determine 1 80 09-20                                                      | date-before
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, void 1 11-03, determine 1 80 10-20                       | date-before
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, void 1 11-03, voucher 1 10-20                            | date-before
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, void 1 11-03, voucher 1 11-03                            | VoucherRaised 11, LineVouchered 11
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, pay 1 10-10, back 1 1 11-03, pay 1 10-20                 | date-before
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, pay 1 10-10, back 1 1 11-03, void 1 10-20                | date-before
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, part 1 50 11-05, part 1 50 10-10                         | PaymentMade 11, LinePaid 11
    file 09-10, line 100, determine 1 10-05, voucher 1 10-06, part 1 50 10-10, part 1 50 11-05, back 1 1 10-20         | PaymentReturned 11, LineUnpaid 11";

#[test]
fn late_papers_stand_where_the_books_allow() {
    for [steps, expected] in rows::<2>(LATE) {
        let (before, last) = steps.rsplit_once(", ").expect("several steps");
        let (mut desk, id) = after_on(TODAY, before);
        let n_before = desk.postings.len();
        let found = match step(&mut desk, id, last) {
            Err(refusal) => refusal.code.to_owned(),
            Ok(()) => {
                let new = desk.postings[n_before..].iter();
                let said: Vec<String> =
                    new.map(|posting| format!("{:?} {:02}", posting.kind, posting.month.month())).collect();
                said.join(", ")
            }
        };
        assert_eq!(found, expected, "{steps}");
        check_months(&desk);
    }
}

/// The letter's number used to be lost when it came after the amount.
#[test]
fn the_number_of_a_letter_can_come_later() {
    let (mut desk, id) = after_on(TODAY, "file 09-10, line 100, determine 1 10-05");
    let numbered = ClaimCommand::Determine {
        line: LineNo::new(1),
        amount: Rupiah::new(100),
        date: date(2026, 10, 5),
        number: "S-1/2026".to_owned(),
    };
    desk.claim(id, &numbered).expect("a number");
    assert_eq!(desk.sum(PostingKind::Corrected), Rupiah::ZERO);
    let letter = desk.claims[&id].lines[0].determination.clone().expect("determined");
    assert_eq!(letter.number, "S-1/2026");
    assert_eq!(desk.claim(id, &numbered).expect_err("nothing new").code, "nothing-changed");
}

/// A case that was rejected in November was open twice in October once it came back.
#[test]
fn what_is_restored_comes_back_no_earlier_than_it_went() {
    let (mut desk, id) = after_on(TODAY, "file 09-10, reject 11-05");
    let again = desk.restore(basics(), id).expect("it was rejected");
    let back = desk.postings.last().expect("posted");
    assert_eq!((back.kind, back.month.month()), (PostingKind::CaseRestored, 11));
    check_months(&desk);
    assert_eq!(desk.restore(basics(), again).expect_err("still open").code, "claim-not-ended");
}

/// What must hold of every month's report, whatever came late.
pub fn check_months(desk: &Desk) {
    let months = [9, 10, 11].map(|month| Period::new(2026, month).expect("a month"));
    let reports = months.map(|month| report(desk, month));
    for (month, report) in months.iter().zip(&reports) {
        let (cases, payable) = (&report.cases, &report.payable);
        assert!(cases.open_start >= 0 && cases.open_end >= 0, "{month}: {cases:?}");
        assert!(payable.start >= Rupiah::ZERO && payable.end >= Rupiah::ZERO, "{month}: {payable:?}");
        assert_eq!(report.tie_out.unmatched, [], "{month}");
        assert_eq!(report.tie_out.remainder, Remainder::default(), "{month}");
        for id in desk.claims.keys() {
            let net: i64 = desk
                .postings
                .iter()
                .filter(|posting| posting.claim == Some(*id) && posting.month <= *month)
                .map(|posting| opens(posting.kind))
                .sum();
            assert!((0..=1).contains(&net), "{month}: case {id} is open {net} times");
        }
    }
    for pair in reports.windows(2) {
        assert_eq!(pair[0].cases.open_end, pair[1].cases.open_start);
        assert_eq!(pair[0].payable.end, pair[1].payable.start);
    }
    assert_eq!(reports[2].payable.end, desk.payable(), "all postings stand in these months");
}

/// A month's report.
pub fn report(desk: &Desk, month: Period) -> MonthlyReport {
    let mut builder = MonthlyBuilder::new(&desk.office, month, TODAY);
    desk.postings.iter().for_each(|posting| builder.add(posting));
    builder.finish()
}

/// By how much a posting changes the number of open cases.
fn opens(kind: PostingKind) -> i64 {
    match kind {
        PostingKind::CaseRegistered | PostingKind::CaseRestored => 1,
        PostingKind::CaseClosed | PostingKind::CaseRejected | PostingKind::CaseCancelled => -1,
        _ => 0,
    }
}
