//! What holds for any postings whatever: the sums roll forward, the remainders are explained by the listed records,
//! the order does not matter, each number's records are the ones it names.

use proptest::prelude::*;
use santun::domain::clock::ClockMark;
use santun::domain::code::{Component, Origin, Outcome, Place, Programme, Segment};
use santun::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use santun::domain::posting::{Dimensions, Posting, PostingKind};
use santun::domain::{Period, Rupiah};
use santun::report::monthly::{Drill, MonthlyReport, PostingFilter, Remainder};
use santun::report::render;
use santun::report::section::{CellValue, Section, SectionId, sections};
use santun::words::{Lang, Words};

use super::month::books;
use super::table::report;

fn dimensions() -> impl Strategy<Value = Dimensions> {
    let one = |values: &'static [&'static str]| proptest::sample::select(values);
    (
        proptest::sample::select(Programme::ALL),
        proptest::option::of(proptest::sample::select(Segment::ALL)),
        proptest::option::of(proptest::sample::select(Component::ALL)),
        proptest::option::of(proptest::sample::select(Place::ALL)),
        proptest::option::of(proptest::sample::select(Outcome::ALL)),
        proptest::option::of(-900_i64..0),
        one(&["", "AB12345", "CD12345", "EF12345"]),
        one(&["", "RS Satu", "RS Dua"]),
    )
        .prop_map(|(programme, segment, component, place, outcome, age, npp, facility)| Dimensions {
            programme,
            segment,
            component,
            place,
            outcome,
            event_date: age
                .map(|days| jiff::civil::date(2026, 9, 30).saturating_add(jiff::Span::new().days(days))),
            claim_no: "".into(),
            code: "".into(),
            npp: npp.into(),
            company: format!("PT {npp}").into(),
            facility: facility.into(),
            payee: "".into(),
            payee_kind: None,
        })
}

fn clock() -> impl Strategy<Value = ClockMark> {
    prop_oneof![
        Just(ClockMark::None),
        Just(ClockMark::InTime),
        Just(ClockMark::CannotTell),
        (1_u16..40).prop_map(ClockMark::Late),
    ]
}

/// Any posting over a handful of cases, lines and vouchers, so that they meet in every way.
pub fn posting() -> impl Strategy<Value = Posting> {
    (
        (proptest::sample::select(PostingKind::ALL), -2_i32..=1, 0_i64..45, clock(), any::<bool>()),
        (proptest::option::weighted(0.9, 1_u64..5), 1_u16..4, proptest::option::weighted(0.9, 1_u64..4)),
        (proptest::sample::select(&[100_i64, 200, 300, -100][..]), 0_i64..3, -1_i64..2),
        dimensions(),
    )
        .prop_map(
            |((kind, step, day, clock, is_history), (claim, line, voucher), (rp, pph, rounding), by)| {
                let month: Period = "2026-09".parse::<Period>().unwrap().plus(step);
                let mut by = by;
                by.claim_no = format!("K-{}", claim.unwrap_or(9)).into();
                by.code = format!("V-{}", voucher.unwrap_or(9)).into();
                Posting {
                    kind,
                    month,
                    date: month.first_day().saturating_add(jiff::Span::new().days(day - 10)),
                    claim: claim.map(ClaimId::new),
                    line: Some(LineNo::new(line)),
                    voucher: voucher.map(VoucherId::new),
                    payment: Some(PaymentNo::new(1)),
                    amount: Rupiah::new(rp),
                    pph: Rupiah::new(pph),
                    rounding: Rupiah::new(rounding),
                    net: Rupiah::new(rp - pph + rounding + if day % 5 == 0 { 50 } else { 0 }),
                    clock,
                    origin: if is_history { Origin::History } else { Origin::Desk },
                    by,
                }
            },
        )
}

fn rolls_forward(report: &MonthlyReport) {
    let cases = &report.cases;
    let end = cases.open_start + cases.registered + cases.restored
        - cases.closed_paid
        - cases.rejected
        - cases.cancelled;
    assert_eq!(end, cases.open_end);
    let payable = &report.payable;
    let end = payable.start + payable.determined + payable.corrected - payable.paid + payable.returned;
    assert_eq!(end, payable.end);
}

fn remainders_are_explained(report: &MonthlyReport) {
    let tie = &report.tie_out;
    let moved = tie.unmatched.iter().fold(Remainder::default(), |sum, record| Remainder {
        benefits_vouchers: sum.benefits_vouchers + record.moves.benefits_vouchers,
        vouchers_payments: sum.vouchers_payments + record.moves.vouchers_payments,
        payments_cash: sum.payments_cash + record.moves.payments_cash,
    });
    assert_eq!(moved, tie.remainder, "{:#?}", tie.unmatched);
    assert_eq!(tie.unmatched.iter().map(|record| record.amount).sum::<Rupiah>(), tie.difference);
    assert!(tie.unmatched.iter().all(|record| record.amount >= Rupiah::ZERO));
    assert!(tie.waiting.iter().all(|record| record.amount > Rupiah::ZERO));
}

/// Every number that names postings is their sum or their count.
fn numbers_are_their_records(sections: &[Section], postings: &[Posting]) -> usize {
    let mut n_checked = 0;
    for section in sections {
        let is_distinct = matches!(section.id, SectionId::Regulator | SectionId::Outcomes);
        for line in &section.lines {
            for cell in &line.cells {
                let Drill::Postings(filter) = &cell.drill else { continue };
                let found = || postings.iter().filter(|posting| filter.matches(posting));
                match cell.value {
                    CellValue::Amount(amount) => {
                        assert_eq!(found().map(|posting| posting.amount).sum::<Rupiah>(), amount, "{line:?}");
                    }
                    CellValue::Count(count) if !is_distinct => {
                        assert_eq!(i64::try_from(found().count()).unwrap(), count, "{line:?}");
                    }
                    _ => continue,
                }
                n_checked += 1;
            }
        }
    }
    n_checked
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_postings_whatever(postings in proptest::collection::vec(posting(), 0..60)) {
        let report = report("2026-09", &postings);
        rolls_forward(&report);
        remainders_are_explained(&report);
        let sections = sections(&report, &Words::new(Lang::Id));
        assert!(numbers_are_their_records(&sections, &postings) > 20);
    }

    #[test]
    fn the_order_does_not_matter(
        (postings, shuffled) in proptest::collection::vec(posting(), 0..40)
            .prop_flat_map(|postings| (Just(postings.clone()), Just(postings).prop_shuffle()))
    ) {
        let (one, other) = (report("2026-09", &postings), report("2026-09", &shuffled));
        assert_eq!(render::monthly_json(&one), render::monthly_json(&other));
        assert_eq!(one, other);
    }
}

#[test]
fn the_hand_made_books_hold_too() {
    for period in ["2026-08", "2026-09", "2026-10"] {
        let report = report(period, &books());
        rolls_forward(&report);
        remainders_are_explained(&report);
        let sections = sections(&report, &Words::new(Lang::En));
        assert_eq!(sections.iter().map(|section| section.id).collect::<Vec<_>>(), SectionId::ALL);
        for line in sections.iter().flat_map(|section| section.lines.iter().map(move |line| (section, line)))
        {
            assert_eq!(line.0.columns.len(), line.1.cells.len(), "{:?}", line.0.id);
        }
        assert!(numbers_are_their_records(&sections, &books()) > 40);
    }
}

#[test]
fn every_filter_on_claims_is_one_the_desk_understands() {
    let today = jiff::civil::date(2026, 10, 30);
    let mut n_filters = 0;
    for section in sections(&report("2026-09", &books()), &Words::new(Lang::Id)) {
        for cell in section.lines.iter().flat_map(|line| &line.cells) {
            if let Drill::Claims(filter) = &cell.drill {
                let parsed = santun::domain::query::parse(filter, today);
                assert!(parsed.is_ok(), "{filter}: {parsed:?}");
                n_filters += 1;
            }
        }
    }
    assert!(n_filters > 15, "{n_filters}");
}

#[test]
fn a_filter_lets_through_only_its_month_and_kind() {
    let filter = PostingFilter {
        period: "2026-09".parse().unwrap(),
        kinds: vec![PostingKind::Determined],
        narrow: santun::report::monthly::Narrow::Component(Some(Component::Medical)),
    };
    let found: Vec<Posting> = books().into_iter().filter(|posting| filter.matches(posting)).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].amount, Rupiah::new(8_500_000));
}

#[test]
fn ids_far_apart_cost_nothing_and_are_told_apart() {
    let mut postings = books();
    for posting in &mut postings {
        if posting.claim == Some(ClaimId::new(3)) {
            posting.claim = Some(ClaimId::new(u64::MAX - 3));
        }
        if posting.voucher == Some(VoucherId::new(4)) {
            posting.voucher = Some(VoucherId::new(1 << 60));
        }
    }
    assert_eq!(report("2026-09", &postings), report("2026-09", &books()));
}
