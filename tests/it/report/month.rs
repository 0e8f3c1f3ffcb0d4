//! A month worked out by hand.

use santun::domain::clock::ClockKind;
use santun::domain::code::{Component, Outcome, Programme, RegulatorStatus, Segment};
use santun::domain::posting::{Posting, PostingKind};
use santun::domain::{Period, Rupiah};
use santun::report::monthly::{
    AgeBand, BookStatus, CaseFlow, CountAndSum, Measure, MonthlyReport, PayableFlow, Quantity, Remainder,
    SeriesGap, late_cost,
};
use santun::report::{MonthlyBuilder, render};
use santun::words::{Lang, Words};

use super::table::{office, postings, report};

pub fn books() -> Vec<Posting> {
    postings(include_str!("../../data/reports/books.txt"))
}

fn september() -> MonthlyReport {
    report("2026-09", &books())
}

fn rp(rupiah: i64) -> Rupiah {
    Rupiah::new(rupiah)
}

fn sum(count: u64, rupiah: i64) -> CountAndSum {
    CountAndSum { count, amount: rp(rupiah) }
}

#[test]
fn cases_and_payable_roll_forward() {
    let report = september();
    assert_eq!(report.status, BookStatus::Closed);
    assert_eq!(report.as_of.to_string(), "2026-09-30");
    // Two were open; 3 and 4 came, 2 was rejected.
    let cases = CaseFlow {
        open_start: 2,
        registered: 2,
        restored: 0,
        closed_paid: 0,
        rejected: 1,
        cancelled: 0,
        open_end: 3,
    };
    assert_eq!(report.cases, cases);
    // 8.5 m + 240 m + 12 m + 10 m determined, 1 m corrected down, 252 m paid, 12 m came back.
    let payable = PayableFlow {
        start: rp(0),
        determined: rp(270_500_000),
        corrected: rp(-1_000_000),
        paid: rp(252_000_000),
        returned: rp(12_000_000),
        end: rp(29_500_000),
    };
    assert_eq!(report.payable, payable);
}

#[test]
fn the_regulators_rows_count_distinct_cases() {
    let rows: Vec<(RegulatorStatus, u64, i64)> =
        september().regulator.iter().map(|row| (row.status, row.count, row.amount.get())).collect();
    let expected = [
        (RegulatorStatus::Diajukan, 1, 262_000_000),
        (RegulatorStatus::Ditetapkan, 2, 270_500_000),
        (RegulatorStatus::Dibayarkan, 1, 252_000_000),
        (RegulatorStatus::Ditolak, 1, 3_000_000),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn outcomes_are_new_and_standing() {
    let rows: Vec<(Option<Outcome>, u64, u64)> = september()
        .outcomes
        .iter()
        .map(|row| (row.outcome, row.new, row.standing))
        .filter(|row| row.1 + row.2 > 0)
        .collect();
    // Case 3 went from treatment to death within the month: the last one counts. Case 4 is no JKK case.
    assert_eq!(rows, [(Some(Outcome::Berobat), 0, 1), (Some(Outcome::Meninggal), 1, 1)]);
    let october: Vec<(Option<Outcome>, u64, u64)> = report("2026-10", &books())
        .outcomes
        .iter()
        .map(|row| (row.outcome, row.new, row.standing))
        .filter(|row| row.1 + row.2 > 0)
        .collect();
    assert_eq!(october, [(Some(Outcome::Sembuh), 1, 1), (Some(Outcome::Meninggal), 0, 1)]);
}

#[test]
fn ages_count_from_the_event() {
    let ages: Vec<(AgeBand, u64, u64)> = september()
        .ages
        .iter()
        .filter(|row| row.open > 0)
        .map(|row| (row.band, row.open, row.under_treatment))
        .collect();
    assert_eq!(ages, [(AgeBand::UnderOne, 2, 0), (AgeBand::SixToTwelve, 1, 1)]);
}

#[test]
fn groups_hold_the_months_flows() {
    let report = september();
    let jkk = report.programmes.iter().find(|row| row.programme == Programme::Jkk).unwrap();
    assert_eq!((jkk.open_end, jkk.sums.registered, jkk.sums.paid), (2, 1, rp(252_000_000)));
    assert_eq!(report.programmes.len(), Programme::ALL.len());
    let components: Vec<(Option<Component>, i64, i64)> = report
        .components
        .iter()
        .map(|row| (row.key, row.sums.determined.get() + row.sums.corrected.get(), row.sums.paid.get()))
        .collect();
    let expected = [
        (Some(Component::Medical), 8_500_000, 0),
        (Some(Component::Stmb), 0, 0),
        (Some(Component::Death), 240_000_000, 240_000_000),
        (Some(Component::Funeral), 9_000_000, 0),
        (Some(Component::Periodic), 12_000_000, 12_000_000),
    ];
    assert_eq!(components, expected);
    let companies: Vec<(&str, u64, i64)> = report
        .companies
        .named
        .iter()
        .map(|row| (&*row.name, row.sums.registered, row.sums.determined.get()))
        .collect();
    assert_eq!(companies, [("PT Contoh Semen", 0, 8_500_000), ("CV Contoh Mebel", 1, 0)]);
    assert_eq!(report.companies.without.as_ref().unwrap().determined, rp(262_000_000));
    assert_eq!(report.facilities.named[0].sums.determined, rp(8_500_000));
    let bpu = report.segments.iter().find(|row| row.key == Some(Segment::Bpu)).unwrap();
    assert_eq!(bpu.sums.registered, 1);
}

#[test]
fn the_register_keeps_void_numbers() {
    let register = september().vouchers;
    assert_eq!((register.count, register.gross), (3, rp(521_500_000)));
    assert_eq!((register.pph, register.rounding, register.net), (rp(170_000), rp(500), rp(521_330_500)));
    assert_eq!((register.voided_here, register.void_of_earlier_months), (sum(1, 261_000_000), sum(0, 0)));
    let october = report("2026-10", &books()).vouchers;
    assert_eq!((october.voided_here, october.void_of_earlier_months), (sum(0, 0), sum(1, 252_000_000)));
}

#[test]
fn what_waits_is_found_by_its_record() {
    let tie = september().tie_out;
    assert_eq!(tie.benefits, rp(281_500_000));
    assert_eq!(tie.vouchers, rp(272_500_000));
    assert_eq!(tie.payments, rp(252_000_000));
    assert_eq!(tie.cash, rp(252_000_000));
    assert_eq!(tie.timing.voucher, sum(1, 9_000_000));
    assert_eq!(tie.timing.payment, sum(2, 20_500_000));
    let waiting: Vec<(&str, i64)> =
        tie.waiting.iter().map(|record| (record.reference.as_str(), record.amount.get())).collect();
    assert_eq!(waiting, [("K-3/3", 9_000_000), ("V-1", 12_000_000), ("V-2", 8_500_000)]);
    assert_eq!(tie.unmatched, []);
    assert_eq!((tie.difference, tie.remainder), (rp(0), Remainder::default()));
}

#[test]
fn clocks_late_entries_and_comparison() {
    let report = september();
    let stage_one = &report.clocks[0];
    assert_eq!(stage_one.clock, ClockKind::StageOne);
    assert_eq!((stage_one.in_time, stage_one.late, stage_one.cannot_tell), (1, 0, 1));
    let payment = &report.clocks[1];
    // 2 days on 240 m and on 12 m at 1 % a day.
    assert_eq!((payment.late, payment.late_days, payment.cost), (2, 4, rp(5_040_000)));
    assert_eq!(late_cost(rp(33_333_333), 1, report.as_of), rp(333_333));
    assert_eq!(late_cost(rp(50), 1, report.as_of), rp(1));
    let late: Vec<(PostingKind, u64, i64)> =
        report.late_entries.iter().map(|row| (row.kind, row.count, row.amount.get())).collect();
    assert_eq!(late, [(PostingKind::Determined, 1, 8_500_000)]);
    let row = |measure| report.comparison.iter().find(|row| row.measure == measure).unwrap().clone();
    let determined = row(Measure::Determined);
    assert_eq!(determined.this_month, Quantity::Amount(rp(269_500_000)));
    assert_eq!(determined.last_month, Quantity::Amount(rp(12_000_000)));
    assert_eq!(determined.same_month_last_year, Quantity::Amount(rp(0)));
    assert_eq!(determined.year_to_date, Quantity::Amount(rp(281_500_000)));
    assert_eq!(row(Measure::Registered).year_to_date, Quantity::Count(4));
    assert_eq!(row(Measure::Vouchers).last_month, Quantity::Count(1));
}

#[test]
fn a_later_month_changes_no_byte() {
    let words = Words::new(Lang::Id);
    let until_september: Vec<Posting> =
        books().into_iter().filter(|posting| posting.month <= "2026-09".parse::<Period>().unwrap()).collect();
    assert!(until_september.len() < books().len());
    let (before, after) = (report("2026-09", &until_september), september());
    assert_eq!(render::monthly_text(&before, &words), render::monthly_text(&after, &words));
    assert_eq!(render::monthly_html(&before, &words), render::monthly_html(&after, &words));
    assert_eq!(render::monthly_csv(&before, &words), render::monthly_csv(&after, &words));
    assert_eq!(render::monthly_json(&before), render::monthly_json(&after));
    // Nor does the day on which it is printed.
    let mut builder = MonthlyBuilder::new(&office(), before.period, jiff::civil::date(2027, 3, 1));
    books().iter().for_each(|posting| builder.add(posting));
    assert_eq!(builder.finish(), before);
}

#[test]
fn an_open_month_is_provisional_and_as_of_its_day() {
    let october = report("2026-10", &books());
    assert_eq!(october.status, BookStatus::Provisional);
    assert_eq!(october.as_of.to_string(), "2026-10-30");
    let text = render::monthly_text(&october, &Words::new(Lang::Id));
    assert!(text.contains("*** SEMENTARA ***"), "{text}");
    assert!(!render::monthly_text(&september(), &Words::new(Lang::Id)).contains("SEMENTARA"));
}

#[test]
fn gaps_are_those_of_the_caller() {
    let mut builder =
        MonthlyBuilder::new(&office(), "2026-09".parse().unwrap(), jiff::civil::date(2026, 9, 30))
            .with_gaps(vec![
                SeriesGap { series: "JKK-J03-2609-#".to_owned(), missing: vec![3, 7, 8, 9] },
                SeriesGap { series: "JHT-J03-2609-#".to_owned(), missing: vec![] },
            ])
            .with_note("diperiksa bersama".to_owned());
    books().iter().for_each(|posting| builder.add(posting));
    let report = builder.finish();
    assert_eq!(report.vouchers.gaps.len(), 1);
    let text = render::monthly_text(&report, &Words::new(Lang::Id));
    assert!(text.contains("JKK-J03-2609-#: 3, 7–9"), "{text}");
    assert!(text.contains("4 nomor tidak ada") && text.contains("- diperiksa bersama"), "{text}");
}
