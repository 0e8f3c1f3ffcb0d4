//! Benefit rules: every vector of the specification, the steps, the dates at which a rule changes, and docs/rules.md.

use jiff::civil::{Date, date};
use santun::domain::rule::{
    Aid, Calculation, DISABILITIES, Degree, Disability, Hand, Mark, OldAgePart, Quantity, SchoolLevel, Side,
    StmbFacts, Transport, accident_death, aid, contribution, death_package, funeral, job_loss_cash,
    late_payment, life_package, monthly_wage, needs_review, old_age_part, old_age_tax, partial_anatomical,
    partial_functional, pension, periodic, scholarship, stmb, total_disability, total_package, transport,
};
use santun::domain::{BasisPoints, Refusal, RiskGroup, Rupiah, WageUnit, claim::Wage, document, rule};
use santun::words::{Lang, Words};

use super::table::rows;

/// The last day of PP 44/2015 and the first of PP 82/2019.
const OLD: Date = date(2019, 12, 1);
const NEW: Date = date(2019, 12, 2);
const U: Rupiah = Rupiah::new(5_000_000);

fn rupiah(text: &str) -> Rupiah {
    Rupiah::new(text.replace([',', '.'], "").parse().unwrap_or_else(|_| panic!("{text} is no amount")))
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn sum<T>(package: &[(T, Calculation)]) -> Rupiah {
    package.iter().map(|(_, calculation)| calculation.amount).sum()
}

fn facts(monthly_wage: Rupiah, days_before: i64, days: i64, event: Date, divisor: u16) -> StmbFacts {
    StmbFacts { monthly_wage, days_before, days, event, divisor }
}

/// case | monthly wage | what | result, since PP 82/2019
const VECTORS: &str = "
    death             | 5,000,000  |            | 240,000,000
    death package     | 5,000,000  |            | 262,000,000
    death             | 300,000    |            | 20,000,000
    death package     | 300,000    |            | 42,000,000
    total             | 5,000,000  |            | 280,000,000
    total package     | 5,000,000  |            | 292,000,000
    anatomical        | 5,000,000  | thumb      | 60,000,000
    anatomical        | 5,000,000  | 450 bp     | 18,000,000
    functional        | 5,000,000  | 4000 bp of arm-from-shoulder | 64,000,000
    stmb              | 5,000,000  | 200 days   | 33,333,333
    life package      | 5,000,000  |            | 42,000,000
    pension           | 60,000,000 | 180 months | 750,000";

/// A degree in basis points, or the right side of a row of the table for a right-handed worker.
fn degree(text: &str) -> BasisPoints {
    match text.strip_suffix(" bp") {
        Some(points) => BasisPoints::new(points.parse().expect("basis points")),
        None => {
            let row = Disability::by_id(text).expect("in the table");
            row.on_side(Side::Right, Hand::Right).expect("has sides")
        }
    }
}

#[test]
fn the_vectors_of_the_specification() {
    let amount = |result: Result<Calculation, Refusal>| result.expect("a known rule").amount;
    for [case, wage, what, expected] in rows::<4>(VECTORS) {
        let wage = rupiah(&wage);
        let count = || number(what.split(' ').next().expect("a number"));
        let found = match case.as_str() {
            "death" => amount(accident_death(wage, NEW)),
            "death package" => sum(&death_package(wage, NEW).expect("known")),
            "total" => amount(total_disability(wage, NEW)),
            "total package" => sum(&total_package(wage, NEW).expect("known")),
            "anatomical" => amount(partial_anatomical(wage, degree(&what), NEW)),
            "functional" => {
                let (lost, whole) = what.split_once(" of ").expect("a part of a whole");
                amount(partial_functional(wage, degree(lost), degree(whole), NEW))
            }
            "stmb" => amount(stmb(facts(wage, 0, count(), NEW, 30))),
            "life package" => sum(&life_package(NEW).expect("known")),
            "pension" => amount(pension(wage, count(), NEW)),
            other => panic!("{other} is no case"),
        };
        assert_eq!(found, rupiah(&expected), "{case} {wage} {what}");
    }
}

/// event | days before | days | divisor | lines as days×percent=amount
const STMB: &str = "
    2019-12-02 | 0   | 30  | 30 | 30×100=5000000
    2019-12-02 | 0   | 200 | 30 | 200×100=33333333
    2019-12-02 | 0   | 360 | 30 | 360×100=60000000
    2019-12-02 | 0   | 361 | 30 | 360×100=60000000 1×50=83333
    2019-12-02 | 350 | 20  | 30 | 10×100=1666667 10×50=833333
    2019-12-02 | 360 | 30  | 30 | 30×50=2500000
    2019-12-02 | 0   | 1   | 25 | 1×100=200000
    2019-12-02 | 0   | 301 | 25 | 300×100=60000000 1×50=100000
    2019-12-01 | 0   | 180 | 30 | 180×100=30000000
    2019-12-01 | 0   | 400 | 30 | 180×100=30000000 180×75=22500000 40×50=3333333
    2019-12-01 | 170 | 20  | 30 | 10×100=1666667 10×75=1250000
    2015-07-01 | 360 | 30  | 30 | 30×50=2500000";

#[test]
fn stmb_by_month_steps() {
    for [event, before, days, divisor, lines] in rows::<5>(STMB) {
        let event: Date = event.parse().expect("a date");
        let divisor = u16::try_from(number(&divisor)).expect("small");
        let result = stmb(facts(U, number(&before), number(&days), event, divisor)).expect("known");
        let said: Vec<String> = result
            .steps
            .iter()
            .map(|step| {
                let arg = |name| step.args.iter().find(|(arg, _)| *arg == name).expect("named").1;
                let Quantity::Percent(share) = arg("percent") else { panic!("a percentage") };
                format!("{}×{}={}", arg("days"), share.get() / 100, step.amount.get())
            })
            .collect();
        assert_eq!(said.join(" "), lines, "{event} {before}+{days}");
        assert_eq!(
            result.amount,
            result.steps.iter().map(|step| step.amount).sum(),
            "{event} {before}+{days}"
        );
        assert_eq!(result.mark(), Mark::TwoSources);
    }
    for (days, divisor) in [(0, 30), (-1, 30), (30, 0)] {
        assert_eq!(stmb(facts(U, 0, days, NEW, divisor)).expect_err("nonsense").code, "stmb-days");
    }
    assert_eq!(stmb(facts(U, 0, 1, date(2015, 6, 30), 30)).expect_err("too old").code, "rule-unknown");
}

#[test]
fn sums_change_on_the_day_the_regulation_changed() {
    let by_day = |rule: fn(Date) -> Result<Calculation, Refusal>| {
        let on = |day| rule(day).expect("known");
        (on(OLD).amount.get(), on(OLD).is_verified(), on(NEW).amount.get(), on(NEW).is_verified())
    };
    assert_eq!(by_day(funeral), (3_000_000, false, 10_000_000, true));
    assert_eq!(by_day(periodic), (4_800_000, false, 12_000_000, true));
    let least = |day| accident_death(Rupiah::new(1), day).expect("known").amount.get();
    assert_eq!((least(OLD), least(NEW)), (16_200_000, 20_000_000));
    assert_eq!(sum(&life_package(OLD).expect("known")), rupiah("24,000,000"));
    assert_eq!(accident_death(U, date(2015, 6, 30)).expect_err("too old").code, "rule-unknown");
}

#[test]
fn transport_keeps_a_cap_for_each_way() {
    // land + sea + air asked → paid, since PP 82/2019
    let table = "
        5000000 | 0       | 0        | 5000000
        5000001 | 0       | 0        | 5000000
        0       | 2500000 | 0        | 2000000
        0       | 0       | 12000000 | 10000000
        6000000 | 3000000 | 11000000 | 17000000
        300000  | 0       | 0        | 300000";
    for [land, sea, air, paid] in rows::<4>(table) {
        let ways = [Transport::Land, Transport::Sea, Transport::Air];
        let asked: Vec<_> = ways.into_iter().zip([rupiah(&land), rupiah(&sea), rupiah(&air)]).collect();
        assert_eq!(transport(&asked, NEW).expect("known").amount, rupiah(&paid), "{asked:?}");
    }
    let twice = [(Transport::Land, rupiah("3000000")), (Transport::Land, rupiah("3000000"))];
    assert_eq!(transport(&twice, NEW).expect("known").amount, rupiah("5000000"));
    assert_eq!(transport(&twice, OLD).expect("known").amount, rupiah("1000000"));
}

#[test]
fn aids_up_to_their_cap() {
    let table = "
        HomeCare   | 15000000 | 0        | 15000000
        HomeCare   | 15000000 | 12000000 | 8000000
        HomeCare   | 15000000 | 21000000 | 0
        Dentures   | 6000000  | 0        | 5000000
        HearingAid | 2500000  | 0        | 2500000
        Glasses    | 1200000  | 0        | 1000000
        Prosthesis | 10000000 | 0        | 14000000";
    for [what, asked, used, paid] in rows::<4>(table) {
        let kinds = [Aid::HomeCare, Aid::Dentures, Aid::HearingAid, Aid::Glasses, Aid::Prosthesis];
        let kind = kinds.into_iter().find(|kind| format!("{kind:?}") == what).expect("an aid");
        let result = aid(kind, rupiah(&asked), rupiah(&used), NEW).expect("known");
        assert_eq!(result.amount, rupiah(&paid), "{what} {asked} {used}");
        assert!(!result.is_verified(), "{what}");
    }
}

#[test]
fn scholarship_of_one_child() {
    let levels = [
        (SchoolLevel::Primary, 8),
        (SchoolLevel::JuniorHigh, 3),
        (SchoolLevel::SeniorHigh, 3),
        (SchoolLevel::Higher, 5),
    ];
    let all: Rupiah =
        levels.iter().map(|(level, years)| scholarship(*level, *years, NEW).expect("known").amount).sum();
    assert_eq!(all, rupiah("87,000,000"));
    for (level, years) in levels {
        assert_eq!(scholarship(level, years + 1, NEW).expect_err("too long").code, "scholarship-years");
        assert_eq!(scholarship(level, 0, NEW).expect_err("none").code, "scholarship-years");
    }
}

#[test]
fn contributions_are_never_charged_twice() {
    // group | wage | gross | to job loss | net
    let table = "
        I   | 10000000 | 24000  | 14000 | 10000
        II  | 10000000 | 54000  | 14000 | 40000
        III | 10000000 | 89000  | 14000 | 75000
        IV  | 10000000 | 127000 | 14000 | 113000
        V   | 10000000 | 174000 | 14000 | 160000
        I   | 4999999  | 12000  | 7000  | 5000";
    for [group, wage, gross, job_loss, net] in rows::<5>(table) {
        let group = RiskGroup::parse(&group).expect("a group");
        let month = date(2026, 10, 1);
        let result = contribution(group, rupiah(&wage), month).expect("known");
        assert_eq!(
            (result.gross, result.job_loss, result.net),
            (rupiah(&gross), rupiah(&job_loss), rupiah(&net)),
            "{group}"
        );
        assert_eq!(result.gross, result.job_loss + result.net);
    }
    let before = contribution(RiskGroup::VeryLow, rupiah("10000000"), date(2021, 1, 1)).expect("known");
    assert_eq!((before.gross, before.job_loss), (rupiah("24000"), Rupiah::ZERO));
}

#[test]
fn job_loss_cash_by_month() {
    // layoff | wage | month | paid
    let table = "
        2025-02-06 | 4000000 | 1 | 1800000
        2025-02-06 | 4000000 | 3 | 1800000
        2025-02-06 | 4000000 | 4 | 1000000
        2025-02-07 | 4000000 | 1 | 2400000
        2025-02-07 | 4000000 | 6 | 2400000
        2025-02-07 | 9000000 | 1 | 3000000";
    for [layoff, wage, month, paid] in rows::<4>(table) {
        let month = u8::try_from(number(&month)).expect("small");
        let layoff: Date = layoff.parse().expect("a date");
        assert_eq!(
            job_loss_cash(rupiah(&wage), month, layoff).expect("known").amount,
            rupiah(&paid),
            "{layoff}"
        );
    }
    for month in [0, 7] {
        assert_eq!(job_loss_cash(U, month, date(2026, 1, 1)).expect_err("outside").code, "job-loss-month");
    }
}

#[test]
fn old_age_tax_and_parts() {
    for (balance, tax) in [(50_000_000, 0), (50_000_001, 0), (50_000_010, 1), (60_000_000, 500_000), (0, 0)] {
        let result = old_age_tax(Rupiah::new(balance), date(2026, 10, 1)).expect("known");
        assert_eq!(result.amount.get(), tax, "{balance}");
        assert_eq!(result.mark(), Mark::OneSource);
    }
    let part = |what| old_age_part(what, rupiah("100,000,000"), NEW).expect("known").amount;
    assert_eq!(part(OldAgePart::Retirement), rupiah("10,000,000"));
    assert_eq!(part(OldAgePart::House), rupiah("30,000,000"));
    assert_eq!(pension(U, 179, NEW).expect_err("too short").code, "pension-lump-sum");
}

#[test]
fn late_payment_costs_one_percent_a_day() {
    for (amount, days, cost) in [(1_000_000, 1, 10_000), (1_000_000, 10, 100_000), (150, 1, 2), (149, 1, 1)] {
        let result = late_payment(Rupiah::new(amount), days, NEW).expect("known");
        assert_eq!(result.amount.get(), cost, "{amount} {days}");
    }
}

#[test]
fn the_monthly_wage() {
    for (unit, expected, mark) in [
        (WageUnit::Month, 200_000, Mark::TwoSources),
        (WageUnit::Day, 5_000_000, Mark::OneSource),
        (WageUnit::Piece, 200_000, Mark::Unverified),
        (WageUnit::Declared, 200_000, Mark::TwoSources),
    ] {
        let result = monthly_wage(Wage { amount: Rupiah::new(200_000), unit }, NEW).expect("known");
        assert_eq!((result.amount.get(), result.mark()), (expected, mark), "{unit}");
    }
}

/// row | side | hand | degree in basis points
const DEGREES: &str = "
    arm-from-shoulder | Right | Right | 4000
    arm-from-shoulder | Left  | Right | 3500
    arm-from-shoulder | Right | Left  | 3500
    arm-from-shoulder | Left  | Left  | 4000
    arm-from-elbow    | Right | Right | 3500
    hand-from-wrist   | Left  | Right | 2800
    thumb             | Left  | Left  | 1500
    thumb             | Left  | Right | 1200
    index-finger      | Right | Right | 900
    index-first-joint | Right | Right | 450
    index-first-joint | Left  | Right | 350
    other-first-joint | Left  | Right | 150
    one-eye           | Left  | Right | 3500
    both-eyes         | Left  | Right | 7000
    big-toe           | Right | Left  | 500";

#[test]
fn degrees_by_side_and_hand() {
    for [id, side, hand, degree] in rows::<4>(DEGREES) {
        let side = if side == "Left" { Side::Left } else { Side::Right };
        let hand = if hand == "Left" { Hand::Left } else { Hand::Right };
        let row = Disability::by_id(&id).unwrap_or_else(|| panic!("{id} is not in the table"));
        assert_eq!(
            row.on_side(side, hand).map(|points| i64::from(points.get())),
            Ok(number(&degree)),
            "{id}"
        );
    }
}

#[test]
fn what_the_table_does_not_say_is_asked() {
    let row = |id| Disability::by_id(id).expect("in the table");
    assert_eq!(row("thumb").fixed().expect_err("sides").code, "disability-side-needed");
    assert_eq!(row("scalp").fixed().expect_err("a range").code, "disability-doctor-needed");
    assert_eq!(
        row("scalp").on_side(Side::Left, Hand::Left).expect_err("a range").code,
        "disability-doctor-needed"
    );
    for (id, number, expected) in [
        ("scalp", 1000, Some(1000)),
        ("scalp", 3000, Some(3000)),
        ("scalp", 999, None),
        ("scalp", 3001, None),
        ("hearing-loss-both-10-db", 3, Some(1800)),
        ("hearing-loss-one-10-db", 3, Some(900)),
        ("field-of-vision-10-percent", 10, Some(7000)),
        ("field-of-vision-10-percent", 11, None),
        ("field-of-vision-10-percent", 0, None),
        ("one-eye", 5, None),
    ] {
        assert_eq!(row(id).by_doctor(number).ok().map(BasisPoints::get), expected, "{id} {number}");
    }
    let percent = BasisPoints::percent;
    assert!(!needs_review(&[percent(40), percent(30)]));
    assert!(needs_review(&[percent(40), percent(30), BasisPoints::new(1)]));
}

#[test]
fn no_row_is_worth_more_than_total_disability() {
    for row in DISABILITIES {
        let most = match row.degree {
            Degree::Fixed(points) | Degree::PerStep(points) => points,
            Degree::Sided(right, left) => {
                assert!(right > left, "{}", row.id);
                right
            }
            Degree::Range(least, most) => {
                assert!(least < most, "{}", row.id);
                most
            }
        };
        assert!((1..=7000).contains(&most), "{}", row.id);
    }
}

#[test]
fn every_rule_and_row_has_words() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for row in DISABILITIES {
            assert!(words.has(&row.key()), "{}", row.key());
        }
        let ids = rule::document();
        let ids = ids.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
        for line in ids.take_while(|line| line.starts_with('|')) {
            let id = line.split('|').nth(1).expect("a cell").trim();
            assert!(words.has(&format!("rule-{id}")), "{id}");
        }
        for calculation in [stmb(facts(U, 0, 1, NEW, 30)), funeral(NEW), accident_death(Rupiah::new(1), NEW)]
        {
            for step in calculation.expect("known").steps {
                assert!(words.has(step.key), "{}", step.key);
            }
        }
        for mark in [Mark::Law, Mark::TwoSources, Mark::OneSource, Mark::Unverified] {
            assert!(words.has(mark.key()), "{mark:?}");
        }
    }
}

#[test]
fn quantities_as_people_read_them() {
    let percent = |points| Quantity::Percent(BasisPoints::new(points)).to_string();
    assert_eq!([percent(450), percent(7000), percent(14), percent(10)], ["4,5 %", "70 %", "0,14 %", "0,1 %"]);
    assert_eq!(Quantity::Money(U).to_string(), "5.000.000");
}

/// What is more than the number of a regulation has words: the page for the branch head is no place for another language.
#[test]
fn every_source_is_a_number_or_has_words() {
    let document = rule::document();
    let rules = document.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        (cells.len() == 9).then(|| cells[6].to_owned())
    });
    let sources: Vec<String> =
        rules.filter(|source| source != "source" && !source.starts_with("---")).collect();
    assert!(sources.len() > 30, "{sources:?}");
    let words = Words::new(Lang::Id);
    for source in sources {
        let is_number = |name: &str| {
            name.split_once(' ').is_some_and(|(kind, number)| {
                ["PP", "UU"].contains(&kind)
                    && number.chars().all(|sign| sign.is_ascii_digit() || sign == '/')
            })
        };
        match rule::source_key(&source) {
            Some(key) => assert_ne!(words.text(key), source, "{source}"),
            None => assert!(is_number(&source), "{source}"),
        }
    }
}

#[test]
fn the_document_says_what_the_code_says() {
    let written = include_str!("../../../docs/rules.md");
    let expected = rule::document();
    if written != expected {
        let place = concat!(env!("CARGO_TARGET_TMPDIR"), "/rules.md");
        std::fs::write(place, expected).expect("the folder of test files is writable");
        panic!("docs/rules.md is not what the rules say: copy {place} over it");
    }
    assert!(document::NEEDS.iter().any(|need| !need.mark.is_verified()), "unverified needs are marked");
}
