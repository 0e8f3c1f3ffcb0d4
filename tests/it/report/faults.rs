//! Each fault planted once: the posting pattern, and the record that must be listed.

use santun::domain::Rupiah;
use santun::report::monthly::Fault;

use super::table::{postings, report};

/// A sound line on a paid voucher, into which the faults are planted.
const SOUND: &str = "
2026-09 2026-09-01 case-registered c=1
2026-09 2026-09-02 determined c=1 l=1 rp=1000
2026-09 2026-09-03 voucher-raised v=1 rp=1000 pph=50
2026-09 2026-09-03 line-vouchered c=1 l=1 v=1 rp=1000
2026-09 2026-09-04 payment-made v=1 p=1 rp=950
2026-09 2026-09-04 line-paid c=1 l=1 v=1 p=1 rp=1000
";

/// The listed records as `kind ref amount codes`.
#[track_caller]
fn check(planted: &str, expected: &[&str]) {
    let report = report("2026-09", &postings(planted));
    let listed: Vec<String> = report
        .tie_out
        .unmatched
        .iter()
        .map(|record| {
            let codes = record.vouchers.join("+");
            let line =
                format!("{} {} {} {codes}", record.fault.code(), record.reference, record.amount.get());
            line.trim_end().to_owned()
        })
        .collect();
    assert_eq!(listed, expected);
    let difference: Rupiah = report.tie_out.unmatched.iter().map(|record| record.amount).sum();
    assert_eq!(report.tie_out.difference, difference);
    let moved = report.tie_out.unmatched.iter().map(|record| record.moves.benefits_vouchers).sum();
    assert_eq!(report.tie_out.remainder.benefits_vouchers, moved);
    let moved = report.tie_out.unmatched.iter().map(|record| record.moves.payments_cash).sum();
    assert_eq!(report.tie_out.remainder.payments_cash, moved);
}

#[track_caller]
fn plant(more: &str, expected: &[&str]) {
    check(&format!("{SOUND}{more}"), expected);
}

#[test]
fn sound_books_list_nothing() {
    check(SOUND, &[]);
    // Parts, and a void whose money came back first.
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=700
         2026-09 2026-09-05 voucher-raised v=2 rp=700
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=700
         2026-09 2026-09-06 payment-made v=2 p=1 rp=300
         2026-09 2026-09-06 line-paid c=1 l=2 v=2 p=1 rp=300",
        &[],
    );
    plant(
        "2026-09 2026-09-05 payment-returned v=1 p=1 rp=950
         2026-09 2026-09-05 line-unpaid c=1 l=1 v=1 p=1 rp=1000
         2026-09 2026-09-06 voucher-voided v=1 rp=1000 pph=50
         2026-09 2026-09-06 line-released c=1 l=1 v=1 rp=1000",
        &[],
    );
    // A void from a file has no lines to release.
    plant("2026-09 2026-09-05 voucher-raised v=2 rp=9\n2026-09 2026-09-06 voucher-voided v=2 rp=9", &[]);
}

#[test]
fn voucher_without_a_line() {
    plant("2026-09 2026-09-05 voucher-raised v=2 rp=700", &["voucher_without_line V-2 700"]);
    // Also when it was paid: one record, not two.
    plant(
        "2026-09 2026-09-05 voucher-raised v=2 rp=700
         2026-09 2026-09-05 payment-made v=2 p=1 rp=700",
        &["voucher_without_line V-2 700"],
    );
}

#[test]
fn line_on_two_vouchers() {
    plant(
        "2026-09 2026-09-05 voucher-raised v=2 rp=1000
         2026-09 2026-09-05 line-vouchered c=1 l=1 v=2 rp=1000",
        &["line_on_two_vouchers K-1/1 1000 V-1+V-2"],
    );
}

#[test]
fn line_on_an_unknown_voucher() {
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=700
         2026-09 2026-09-05 line-vouchered c=1 l=2 code=X-9 rp=700",
        &["line_on_unknown_voucher K-1/2 700 X-9"],
    );
    // An id that was never raised is as unknown as a code.
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=700
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=9 code=X-9 rp=700",
        &["line_on_unknown_voucher K-1/2 700 X-9"],
    );
}

#[test]
fn line_on_a_void_voucher() {
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=700
         2026-09 2026-09-05 voucher-raised v=2 rp=700
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=700
         2026-09 2026-09-06 voucher-voided v=2 rp=700",
        &["line_on_void_voucher K-1/2 700 V-2"],
    );
}

#[test]
fn line_not_determined() {
    plant(
        "2026-09 2026-09-05 voucher-raised v=2 rp=700
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=700",
        &["line_not_determined K-1/2 700 V-2"],
    );
    // A claim that is not there at all, known by its number only.
    plant(
        "2026-09 2026-09-05 voucher-raised v=2 rp=700
         2026-09 2026-09-05 line-vouchered no=HILANG l=1 v=2 rp=700",
        &["line_not_determined HILANG/1 700 V-2"],
    );
}

#[test]
fn line_amount_differs() {
    plant("2026-09 2026-09-05 corrected c=1 l=1 rp=-100", &["line_amount_differs K-1/1 100 V-1"]);
}

#[test]
fn voucher_sum_differs() {
    // Paid by its own net: only the sum is wrong.
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=700
         2026-09 2026-09-05 voucher-raised v=2 rp=750
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=700
         2026-09 2026-09-06 payment-made v=2 p=1 rp=750
         2026-09 2026-09-06 line-paid c=1 l=2 v=2 p=1 rp=700",
        &["voucher_sum_differs V-2 50"],
    );
}

#[test]
fn voucher_sum_below_its_lines_pays_its_own_net() {
    // What the lines hold above the gross is still owed; the money that went is right.
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=800
         2026-09 2026-09-05 voucher-raised v=2 rp=700 pph=10
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=800
         2026-09 2026-09-06 payment-made v=2 p=1 rp=690
         2026-09 2026-09-06 line-paid c=1 l=2 v=2 p=1 rp=700",
        &["voucher_sum_differs V-2 100"],
    );
}

#[test]
fn payment_twice() {
    plant("2026-09 2026-09-05 payment-made v=1 p=2 rp=950", &["payment_twice V-1 950"]);
}

#[test]
fn payment_differs_from_the_net() {
    let sound = |from, to| SOUND.replace(from, to);
    check(&sound("p=1 rp=950", "p=1 rp=1000"), &["payment_differs V-1 50"]);
    check(&sound("p=1 rp=950", "p=1 rp=900"), &["payment_differs V-1 50"]);
}

#[test]
fn settled_without_a_payment() {
    let without = SOUND.replace("2026-09 2026-09-04 payment-made v=1 p=1 rp=950\n", "");
    check(&without, &["paid_without_payment V-1 950"]);
}

#[test]
fn payment_without_a_voucher() {
    plant("2026-09 2026-09-05 payment-made code=X-9 p=1 rp=400", &["payment_without_voucher X-9 400"]);
}

#[test]
fn void_but_paid() {
    // As a file tells it: the line's voucher is void, its money has gone.
    plant("2026-09 2026-09-06 voucher-voided v=1 rp=1000 pph=50", &["void_but_paid V-1 1000"]);
    // The line has moved on: only the money is left.
    plant(
        "2026-09 2026-09-05 voucher-raised v=2 rp=400
         2026-09 2026-09-05 payment-made v=2 p=1 rp=400
         2026-09 2026-09-06 voucher-voided v=2 rp=400",
        &["void_but_paid V-2 400"],
    );
}

#[test]
fn voucher_net_differs() {
    let raised = |net: i64, cash: i64| {
        format!(
            "2026-09 2026-09-05 determined c=1 l=2 rp=700
             2026-09 2026-09-05 voucher-raised v=2 rp=700 pph=35 rounding=1 net={net}
             2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=700
             2026-09 2026-09-06 payment-made v=2 p=1 rp={cash}
             2026-09 2026-09-06 line-paid c=1 l=2 v=2 p=1 rp=700"
        )
    };
    // Paid as computed: the books are whole, the paper is not.
    plant(&raised(600, 666), &["voucher_net_differs V-2 66"]);
    // Paid as written: one fault, listed once.
    plant(&raised(600, 600), &["voucher_net_differs V-2 66"]);
    // Paid as neither.
    plant(&raised(600, 650), &["voucher_net_differs V-2 66", "payment_differs V-2 16"]);
    // Not paid yet: it is listed before the money goes.
    plant(
        "2026-09 2026-09-05 determined c=1 l=2 rp=700
         2026-09 2026-09-05 voucher-raised v=2 rp=700 net=650
         2026-09 2026-09-05 line-vouchered c=1 l=2 v=2 rp=700",
        &["voucher_net_differs V-2 50"],
    );
}

#[test]
fn every_fault_has_been_planted_above() {
    let tests = include_str!("faults.rs");
    for fault in Fault::ALL {
        assert!(tests.contains(&format!("\"{} ", fault.code())), "{} is not planted", fault.code());
    }
}
