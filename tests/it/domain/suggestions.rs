//! What a line would come to by the rules, shown beside what is asked.

use jiff::civil::date;
use santun::domain::claim::Wage;
use santun::domain::rule::{stmb_days_before, suggest};
use santun::domain::{ClaimBasics, ClaimCommand, Component, Programme, Rupiah, WageUnit};

use super::fixtures::{Desk, basics, line, stmb};

fn with_wage(amount: i64, unit: WageUnit) -> ClaimBasics {
    ClaimBasics { wage: Some(Wage { amount: Rupiah::new(amount), unit }), ..basics() }
}

#[test]
fn stmb_goes_on_where_the_last_instalment_ended() {
    let mut desk = Desk::new();
    desk.today = date(2027, 12, 31);
    let id = desk.register(with_wage(200_000, WageUnit::Day)).expect("registered");
    let add = |line| ClaimCommand::AddLine(Box::new(line));
    desk.claim(id, &add(stmb(date(2026, 9, 1), date(2027, 8, 16), 1))).expect("350 days");
    desk.claim(id, &add(stmb(date(2027, 8, 17), date(2027, 9, 5), 1))).expect("20 days");
    let claim = &desk.claims[&id];
    let amount = |place: usize| {
        suggest(claim, &claim.lines[place], &desk.office).expect("a rule").expect("a sum").amount.get()
    };
    assert_eq!(stmb_days_before(claim, date(2027, 8, 17)), 350);
    assert_eq!((amount(0), amount(1)), (58_333_333, 2_500_000));
}

#[test]
fn what_the_rules_can_say() {
    // programme, component, asked → suggestion; U = Rp5,000,000
    let table = [
        (Programme::Jkk, Component::Death, 1, Some(240_000_000)),
        (Programme::Jkk, Component::TotalDisability, 1, Some(280_000_000)),
        (Programme::Jkk, Component::Funeral, 1, Some(10_000_000)),
        (Programme::Jkk, Component::Periodic, 1, Some(12_000_000)),
        (Programme::Jkk, Component::Glasses, 1_500_000, Some(1_000_000)),
        (Programme::Jkk, Component::Dentures, 400_000, Some(400_000)),
        (Programme::Jkk, Component::Medical, 9_000_000, None),
        (Programme::Jkk, Component::PartialAnatomical, 9_000_000, None),
        (Programme::Jkm, Component::Death, 1, Some(20_000_000)),
        (Programme::Jkm, Component::Funeral, 1, Some(10_000_000)),
        (Programme::Jht, Component::OldAge, 9_000_000, None),
    ];
    for (programme, component, asked, expected) in table {
        let mut desk = Desk::new();
        let mut form = with_wage(5_000_000, WageUnit::Month);
        if programme != Programme::Jkk {
            (form.programme, form.case_kind) = (programme, None);
        }
        let id = desk.register(form).expect("registered");
        desk.claim(id, &ClaimCommand::AddLine(Box::new(line(component, asked)))).expect("a line");
        let claim = &desk.claims[&id];
        let found = suggest(claim, &claim.lines[0], &desk.office).expect("a rule");
        assert_eq!(found.map(|sum| sum.amount.get()), expected, "{programme} {component}");
    }
}

#[test]
fn without_a_wage_nothing_is_reckoned() {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    let line = stmb(date(2026, 9, 1), date(2026, 9, 30), 1);
    desk.claim(id, &ClaimCommand::AddLine(Box::new(line))).expect("a line");
    let claim = &desk.claims[&id];
    assert_eq!(suggest(claim, &claim.lines[0], &desk.office).expect_err("no wage").code, "wage-missing");
}
