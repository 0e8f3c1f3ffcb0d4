//! A case comes in several submissions: each has its own completeness and payment clock, and what it asks counts when it
//! was asked, whether the lines were typed before the application or after.

use jiff::civil::{Date, date};
use santun::domain::clock::{ClockKind, clocks};
use santun::domain::{ClaimCommand, Component, PostingKind, Rupiah};

use super::fixtures::{Desk, TODAY, basics, line};
use super::script::{after, step};
use super::table::rows;

/// steps | completeness of the lines | of the case | last day to pay
const COMPLETE: &str = "
    file 09-10, line 1, complete 09-14                                                                         | 09-14       | 09-14 | 09-23
    file 09-10, complete 09-14, line 1                                                                         | 09-14       | 09-14 | 09-23
    file 09-10, complete 09-14, line 1, determine 1 09-15, line 2                                              | 09-14 09-14 | 09-14 | 09-23
    file 09-10, complete 09-14, line 1, determine 1 09-15, voucher 1 09-16, line 2                             | 09-14 -     | -     | 09-23
    file 09-10, complete 09-14, line 1, determine 1 09-15, voucher 1 09-16, pay 1 09-17, line 2                | 09-14 -     | -     | -
    file 09-10, complete 09-14, line 1, determine 1 09-15, voucher 1 09-16, pay 1 09-17, line 2, complete 10-12 | 09-14 10-12 | 10-12 | 10-21
    file 09-10, complete 09-14, line 1, determine 1 09-15, voucher 1 09-16, line 2, complete 10-12, line 3     | 09-14 10-12 10-12 | 10-12 | 09-23
    file 09-10, complete 09-14, line 1, complete 09-15                                                         | 09-15       | 09-15 | 09-24
    file 09-10, line 1, determine 1 09-15, voucher 1 09-16, complete 09-14                                     | 09-14       | 09-14 | 09-23
    file 09-10, line 1, papers 09-14                                                                           | 09-14       | 09-14 | 09-23
    file 09-10, papers 09-14, line 1                                                                           | -           | -     | -
    file 09-10, line 1, papers 09-14, untick KK3                                                               | -           | -     | -
    file 09-10, line 1, papers 09-14, determine 1 09-15, voucher 1 09-16, line 2, paper KK3 10-12              | 09-14 10-12 | 10-12 | 09-23
    file 09-10, line 1, papers 09-14, determine 1 09-15, voucher 1 09-16, line 2, paper KK3 09-14              | refused nothing-changed
    file 09-10, line 1, complete 09-14, return 09-15                                                           | -           | -     | -
    file 09-10, line 1, complete 09-14, return 09-15, complete 09-16                                           | refused not-filed
    file 09-10, line 1, papers 09-14, return 09-15, file 09-20                                                 | 09-20       | 09-20 | 09-29
    file 09-10, complete 09-14, line 1, determine 1 09-15, voucher 1 09-16, line 2, complete 09-13             | refused date-before";

#[test]
fn each_submission_has_its_own_completeness() {
    let said = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.strftime("%m-%d").to_string());
    let mut seen = 0;
    for row in COMPLETE.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        seen += 1;
        if let Some(code) = cells[1].strip_prefix("refused ") {
            let (steps, last) = cells[0].rsplit_once(", ").expect("two steps");
            let (mut desk, id) = after(steps);
            assert_eq!(step(&mut desk, id, last).expect_err(row).code, code, "{row}");
            continue;
        }
        let (desk, id) = after(cells[0]);
        let claim = &desk.claims[&id];
        let lines: Vec<String> = claim.lines.iter().map(|line| said(line.complete_date)).collect();
        let payment = clocks(claim, &desk.office, TODAY)
            .into_iter()
            .find(|clock| clock.kind == ClockKind::Payment)
            .expect("always listed");
        let found = [lines.join(" "), said(claim.complete_date), said(payment.due)];
        assert_eq!(found.as_slice(), &cells[1..], "{row}");
    }
    assert_eq!(seen, 18);
}

/// The bug: the second instalment was late by all the days since the first one's papers.
#[test]
fn a_second_instalment_is_not_late_by_the_first_ones_papers() {
    let first = "file 09-10, complete 09-14, line 1, determine 1 09-15, voucher 1 09-16, pay 1 09-17";
    let second = "line 2, complete 10-12, determine 2 10-13, voucher 2 10-14, pay 2 10-22";
    let (desk, _) = after(&format!("{first}, {second}"));
    let marks: Vec<String> = desk
        .postings
        .iter()
        .filter(|posting| posting.kind == PostingKind::LinePaid)
        .map(|posting| format!("{:?}", posting.clock))
        .collect();
    assert_eq!(marks, ["InTime", "Late(1)"]);
}

/// steps | what counts as asked, with its month
const ASKED: &str = "
    line 5, line 7, file 09-10                                                  | Filed 09 12
    file 09-10, line 5, line 7                                                  | Filed 09 0, LineFiled 09 5, LineFiled 09 7
    line 5, file 09-10, line 7                                                  | Filed 09 5, LineFiled 09 7
    line 5, asks 1 9, file 09-10                                                | Filed 09 9
    line 5, file 09-10, asks 1 9                                                | Filed 09 5, AskedCorrected 10 4
    line 5, file 09-10, asks 1 2                                                | Filed 09 5, AskedCorrected 10 -3
    line 5, file 09-10, return 09-12, file 09-20                                | Filed 09 5
    line 5, file 09-10, return 09-12, line 7, file 10-20                        | Filed 09 5, LineFiled 09 7
    line 5, file 09-10, determine 1 09-15, voucher 1 09-16, line 7              | Filed 09 5, LineFiled 10 7";

#[test]
fn what_is_asked_counts_once_whenever_it_is_typed() {
    let kinds = [PostingKind::Filed, PostingKind::LineFiled, PostingKind::AskedCorrected];
    for [steps, expected] in rows::<2>(ASKED) {
        let (desk, id) = after(&steps);
        let asked: Vec<_> = desk.postings.iter().filter(|posting| kinds.contains(&posting.kind)).collect();
        let said: Vec<String> = asked
            .iter()
            .map(|posting| {
                format!("{:?} {:02} {}", posting.kind, posting.month.month(), posting.amount.get())
            })
            .collect();
        assert_eq!(said.join(", "), expected, "{steps}");
        let sum: Rupiah = asked.iter().map(|posting| posting.amount).sum();
        assert_eq!(sum, desk.claims[&id].sums().asked, "{steps}");
    }
}

/// Outside JKK a case files itself before any line is typed: *Diajukan* used to stay at nothing.
#[test]
fn a_programme_without_stages_counts_what_it_asks() {
    let mut desk = Desk::new();
    let jht = santun::domain::ClaimBasics {
        programme: santun::domain::Programme::Jht,
        case_kind: None,
        event_date: date(2026, 9, 1),
        ..basics()
    };
    let id = desk.register(jht).expect("registered");
    desk.claim(id, &ClaimCommand::AddLine(Box::new(line(Component::OldAge, 900)))).expect("a line");
    assert_eq!(desk.sum(PostingKind::Filed) + desk.sum(PostingKind::LineFiled), Rupiah::new(900));
}
