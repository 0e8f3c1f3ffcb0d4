//! Levers: each on cases made for it, sums worked by hand; comparisons against the slow definition.

use jiff::civil::{Date, date};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::analysis::levers::{
    Diagnoses, LeverBuilder, LeverCase, LeverKind, LeverLine, LeverSpan, Levers, Partner, PeerCase,
    against_peers, strata, usual_costs,
};
use santun::analysis::{CompanyYear, RankOptions, Which, rank_companies, rates};
use santun::domain::claim::Wage;
use santun::domain::clock::ClockMark;
use santun::domain::{Component, DateSpan, Outcome, ProcessState, Rupiah, WageUnit};

const TODAY: Date = date(2026, 10, 30);

fn span() -> LeverSpan {
    LeverSpan {
        from: date(2025, 10, 1),
        to: date(2026, 9, 30),
        compared_from: date(2024, 10, 1),
        today: TODAY,
        stmb_divisor: 30,
    }
}

/// A case in time, recovered and closed, at a partner, without a line.
fn case(claim_no: &str) -> LeverCase {
    LeverCase {
        claim_no: claim_no.to_owned(),
        person: claim_no.to_owned(),
        npp: "AA000001".to_owned(),
        company: "PT Satu".to_owned(),
        facility: "RS Satu".to_owned(),
        partner: Partner::Yes,
        diagnosis: "S62.3".to_owned(),
        outcome: Some(Outcome::Sembuh),
        state: ProcessState::Closed,
        event: date(2026, 1, 10),
        ended: Some(date(2026, 3, 1)),
        filed: Some(date(2026, 2, 1)),
        stage_one: ClockMark::InTime,
        wage: Some(Wage { amount: Rupiah::new(6_000_000), unit: WageUnit::Month }),
        lines: Vec::new(),
    }
}

/// A line that was determined and paid in time.
fn line(component: Component, amount: i64) -> LeverLine {
    LeverLine {
        component,
        span: None,
        asked: Rupiah::new(amount),
        determined: Rupiah::new(amount),
        determined_on: Some(date(2026, 2, 10)),
        paid: Rupiah::new(amount),
        paid_on: Some(date(2026, 2, 12)),
        payment: ClockMark::InTime,
    }
}

fn found(cases: &[LeverCase], companies: &[CompanyYear]) -> Levers {
    found_most(cases, companies, usize::MAX)
}

fn found_most(cases: &[LeverCase], companies: &[CompanyYear], most: usize) -> Levers {
    let mut builder = LeverBuilder::new(span(), most);
    cases.iter().for_each(|case| builder.add(case));
    let basis = rates::Basis::ExpectedByRiskGroup;
    builder.finish(&rank_companies(
        companies,
        RankOptions { which: Which::All, basis, ..RankOptions::default() },
    ))
}

/// Each lever that found something: code, claims, rupiah, what cannot be told.
fn said(found: &Levers) -> Vec<String> {
    let lever = |lever: &santun::analysis::levers::Lever| {
        let claims: Vec<&str> = lever.cases.iter().map(|hit| hit.claim_no.as_str()).collect();
        format!("{} {} {} {}", lever.kind.code(), claims.join(","), lever.amount.get(), lever.untold)
    };
    found.levers.iter().filter(|l| !l.cases.is_empty() || l.untold > 0).map(lever).collect()
}

#[test]
fn a_case_in_order_moves_no_lever() {
    let mut plain = case("a");
    plain.lines.push(line(Component::Medical, 5_000_000));
    assert_eq!(said(&found(&[plain], &[])), Vec::<String>::new());
    assert_eq!(said(&found(&[], &[])), Vec::<String>::new());
}

/// What is wrong with the case, and what is found.
#[test]
fn each_lever_finds_its_case() {
    let treated = |days: i64, change: fn(&mut LeverCase)| {
        let mut case = case("a");
        (case.outcome, case.state, case.ended) = (Some(Outcome::Berobat), ProcessState::Treatment, None);
        case.event = TODAY.saturating_sub(jiff::Span::new().days(days));
        case.lines.push(line(Component::Medical, 1_000));
        change(&mut case);
        case
    };
    let changed = |change: fn(&mut LeverCase)| {
        let mut case = case("a");
        case.lines.push(line(Component::Medical, 1_000_000));
        change(&mut case);
        case
    };
    let rows: Vec<(LeverCase, &[&str])> = vec![
        (changed(|case| case.stage_one = ClockMark::Late(3)), &["late-report a 1000000 0"]),
        (changed(|case| case.stage_one = ClockMark::CannotTell), &["late-report  0 1"]),
        (changed(|case| (case.stage_one, case.event) = (ClockMark::Late(3), date(2025, 9, 30))), &[]),
        (changed(|case| (case.stage_one, case.state) = (ClockMark::Late(3), ProcessState::Rejected)), &[]),
        (changed(|case| case.partner = Partner::No), &["non-partner a 1000000 0"]),
        (changed(|case| case.partner = Partner::Unknown), &["non-partner  0 1"]),
        (changed(|case| (case.partner, case.lines[0].component) = (Partner::No, Component::Stmb)), &[]),
        // 1 % of a million for each of 4 days.
        (changed(|case| case.lines[0].payment = ClockMark::Late(4)), &["late-payment a 40000 0"]),
        (
            changed(|case| {
                (case.lines[0].payment, case.lines[0].paid_on) = (ClockMark::Late(4), Some(date(2025, 9, 30)))
            }),
            &[],
        ),
        (treated(183, |_| ()), &[]),
        (treated(184, |_| ()), &["treatment-6 a 1000 0"]),
        (treated(365, |_| ()), &["treatment-6 a 1000 0"]),
        (treated(366, |_| ()), &["treatment-12 a 1000 0"]),
        (treated(731, |_| ()), &["treatment-24 a 1000 0"]),
        (treated(731, |case| case.outcome = Some(Outcome::Sembuh)), &[]),
        // Two lines that cannot be told are one case.
        (
            changed(|case| {
                case.lines[0].payment = ClockMark::CannotTell;
                case.lines.push(case.lines[0]);
            }),
            &["late-payment  0 1"],
        ),
        // One line is late and the other cannot be told: the case is found, and counted once.
        (
            changed(|case| {
                case.lines[0].payment = ClockMark::CannotTell;
                case.lines.push(LeverLine { payment: ClockMark::Late(4), ..case.lines[0] });
            }),
            &["late-payment a 40000 0"],
        ),
        (
            treated(40, |case| {
                (case.lines[0].paid_on, case.lines[0].paid) = (None, Rupiah::new(400));
                case.lines[0].payment = ClockMark::CannotTell;
                case.lines.push(case.lines[0]);
            }),
            &["late-waiting  0 1"],
        ),
        // 400 of 1,000 were paid: 1 % of 600 for 10 days.
        (
            treated(40, |case| {
                case.lines[0].paid_on = None;
                case.lines[0].paid = Rupiah::new(400);
                case.lines[0].payment = ClockMark::Late(10);
            }),
            &["late-waiting a 60 0"],
        ),
        (treated(5 * 365 - 300, |case| (case.filed, case.outcome) = (None, None)), &[]),
        (treated(5 * 365 - 100, |case| (case.filed, case.outcome) = (None, None)), &["near-limit a 1000 0"]),
        (treated(5 * 365 + 100, |case| (case.filed, case.outcome) = (None, None)), &["near-limit a 1000 0"]),
        (treated(5 * 365 - 100, |case| case.outcome = None), &[]),
    ];
    for (number, (case, expected)) in rows.iter().enumerate() {
        assert_eq!(said(&found(std::slice::from_ref(case), &[])), *expected, "row {number}");
    }
}

#[test]
fn stmb_past_its_months_is_paid_by_the_rule_of_the_day_of_the_event() {
    let mut long = case("a");
    long.event = date(2024, 11, 1);
    let stmb = |from: Date, days: i32, determined: Date| LeverLine {
        span: DateSpan::new(from, from.saturating_add(jiff::Span::new().days(i64::from(days) - 1))),
        determined_on: Some(determined),
        ..line(Component::Stmb, 1)
    };
    // 300 days, then 100: 40 of them lie beyond 12 × 30, at half of 6,000,000 ÷ 30 = 100,000 a day.
    long.lines =
        vec![stmb(date(2025, 9, 1), 100, date(2026, 1, 5)), stmb(date(2024, 11, 2), 300, date(2025, 9, 2))];
    assert_eq!(said(&found(&[long.clone()], &[])), ["long-stmb a 4000000 0"]);
    // What was determined before the span is not counted again.
    long.lines[0].determined_on = Some(date(2025, 9, 30));
    assert_eq!(said(&found(&[long.clone()], &[])), Vec::<String>::new());
    // Without a wage its money cannot be told: it is counted once, apart.
    long.lines[0].determined_on = Some(date(2026, 1, 5));
    long.wage = None;
    assert_eq!(said(&found(&[long], &[])), ["long-stmb  0 1"]);
}

#[test]
fn three_events_in_any_twelve_months_are_one_worker_again() {
    let of = |claim_no: &str, person: &str, event: Date| {
        let mut case = case(claim_no);
        (case.person, case.event) = (person.to_owned(), event);
        case.lines.push(line(Component::Medical, 10));
        case
    };
    let cases = [
        of("a1", "3273000101010001", date(2025, 10, 2)),
        of("a2", "3273000101010001", date(2026, 3, 2)),
        of("a3", "3273000101010001", date(2026, 9, 2)),
        of("b1", "b", date(2026, 3, 2)),
        of("b2", "b", date(2026, 4, 2)),
        of("c1", "", date(2026, 3, 2)),
        of("c2", "", date(2026, 3, 3)),
        of("c3", "", date(2026, 3, 4)),
    ];
    let found = found(&cases, &[]);
    assert_eq!(said(&found), ["repeat-worker a1,a2,a3 30 0"]);
    let group = &found.of(LeverKind::RepeatWorker).expect("there").groups[0];
    assert!(
        group.name.is_empty() && group.key.ends_with("0001") && !group.key.contains("3273"),
        "{}",
        group.key
    );
}

#[test]
fn the_order_of_cases_changes_nothing() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    let mut cases: Vec<LeverCase> = (0..400)
        .map(|number| {
            let mut case = case(&format!("K{number:04}"));
            case.facility = format!("RS {}", number % 7);
            case.npp = format!("AA00000{}", number % 9);
            let cost: i64 = random.gen_range(60_000..9_000_000);
            case.lines.push(line(Component::Medical, cost));
            if number % 5 == 0 {
                case.stage_one = ClockMark::Late(2);
            }
            case
        })
        .collect();
    let one = found(&cases, &[]);
    cases.reverse();
    let other = found(&cases, &[]);
    assert_eq!(one, other);
}

/// The definition: each case against the mean of the others' of its stratum, by a loop over all pairs.
#[test]
fn costs_against_peers_are_those_of_the_definition() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
    let cases: Vec<PeerCase> = (0..600)
        .map(|_| {
            let who = random.gen_range(0..6);
            let fine = random.gen_range(0..40);
            PeerCase { who, strata: [Some(fine), Some(fine % 3)], ln_cost: random.gen_range(10.0..16.0) }
        })
        .collect();
    let usual = |case: &PeerCase, level: usize| {
        let others = cases
            .iter()
            .filter(|other| other.who != case.who && other.strata[level] == case.strata[level])
            .map(|other| other.ln_cost);
        let costs: Vec<f64> = others.collect();
        (costs.len() >= 8).then(|| costs.iter().sum::<f64>() / costs.len() as f64)
    };
    let groups: Vec<Vec<(f64, f64)>> = (0..6)
        .map(|who| {
            let own = cases.iter().filter(|case| case.who == who);
            own.map(|case| {
                (case.ln_cost - usual(case, 0).or_else(|| usual(case, 1)).expect("600 cases"), 1.0)
            })
            .collect()
        })
        .collect();
    let fit = rates::buhlmann_straub(&groups).expect("six groups");
    for (who, found) in against_peers(&cases, 6).into_iter().enumerate() {
        let found = found.expect("each has cases");
        let mean = groups[who].iter().map(|(value, _)| value).sum::<f64>() / groups[who].len() as f64;
        assert!((found.raw - mean.exp()).abs() < 1e-9 * mean.exp());
        assert!((found.index - (fit.z[who] * mean).exp()).abs() < 1e-9);
        assert!(found.low <= found.index && (found.z - fit.z[who]).abs() < 1e-12);
    }
}

#[test]
fn a_dear_facility_is_found_and_an_equal_one_is_not() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    let mut cases = |times: f64| -> Vec<PeerCase> {
        (0..900)
            .map(|number| {
                let who = number % 6;
                let noise: f64 = (0..12).map(|_| random.gen_range(0.0..1.0)).sum::<f64>() - 6.0;
                let dear = if who == 2 { f64::ln(times) } else { 0.0 };
                let stratum = u32::try_from(number / 6 % 5).expect("small");
                PeerCase {
                    who,
                    strata: [Some(stratum), Some(0)],
                    ln_cost: 14.0 + f64::from(stratum) + noise + dear,
                }
            })
            .collect()
    };
    let dear = against_peers(&cases(2.5), 6);
    let index: Vec<f64> = dear.iter().map(|found| found.expect("cases").index).collect();
    assert!((2.0..3.0).contains(&index[2]), "{index:?}");
    assert!(index.iter().enumerate().all(|(who, index)| who == 2 || *index < 1.2), "{index:?}");
    let equal = against_peers(&cases(1.0), 6);
    assert!(equal.iter().all(|found| (0.85..1.15).contains(&found.expect("cases").index)));
    // Equal costs, one facility, no case: nobody stands out, nothing is no number.
    let same = vec![PeerCase { who: 0, strata: [Some(0), Some(0)], ln_cost: 14.0 }; 30];
    assert!(against_peers(&same, 1)[0].is_none());
    let mut two = same.clone();
    two.iter_mut().skip(15).for_each(|case| case.who = 1);
    assert!(against_peers(&two, 2).iter().all(|found| found.is_some_and(|found| found.index == 1.0)));
    assert!(against_peers(&[], 0).is_empty());
}

/// Puts a case to one of six.
type Place = fn(&mut LeverCase, usize);

/// Cases of six facilities or companies, of which the third costs three times the others; closed on a day each.
fn with_a_dear_one(closed: impl Fn(usize) -> Date, place: Place) -> Vec<LeverCase> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(21);
    (0..600)
        .map(|number| {
            let mut case = case(&format!("K{number:04}"));
            place(&mut case, number % 6);
            case.event = date(2024, 10, 10);
            case.ended = Some(closed(number));
            let noise: f64 = random.gen_range(0.7..1.4);
            let times = if number % 6 == 2 { 3.0 } else { 1.0 };
            let cost: i64 = format!("{:.0}", 1_000_000.0 * noise * times).parse().expect("a number");
            case.lines.push(line(Component::Medical, cost));
            case
        })
        .collect()
}

/// Two years are compared; the money, the number and the list are those of the span alone.
#[test]
fn who_stands_out_counts_the_cases_of_the_span() {
    let (earlier, within) = (date(2025, 3, 1), date(2026, 3, 1));
    let facility = |case: &mut LeverCase, who: usize| case.facility = format!("RS {who}");
    let company = |case: &mut LeverCase, who: usize| {
        (case.npp, case.company) = (format!("AA00000{who}"), format!("PT {who}"));
        case.facility = String::new();
    };
    let rows: [(LeverKind, Place); 2] =
        [(LeverKind::FacilityCost, facility), (LeverKind::SevereCompany, company)];
    for (kind, place) in rows {
        let both = found(&with_a_dear_one(|n| if n < 300 { earlier } else { within }, place), &[]);
        let lever = both.of(kind).expect("there");
        assert_eq!((lever.groups.len(), lever.cases.len()), (1, 50), "{kind:?}");
        assert_eq!(lever.groups[0].n_cases, 50, "{kind:?}");
        assert_eq!(lever.groups[0].amount, lever.amount, "{kind:?}");
        // All of its cases were closed before the span: there is nothing to look at.
        let before = found(&with_a_dear_one(|n| if n % 6 == 2 { earlier } else { within }, place), &[]);
        let lever = before.of(kind).expect("there");
        assert_eq!((lever.groups.len(), lever.cases.len()), (0, 0), "{kind:?}");
    }
}

/// The cost of one more case is that of the span: what the year before cost is not money of the span.
#[test]
fn a_frequent_company_is_reckoned_with_the_costs_of_the_span() {
    let year = |number: u32, claims: u32| CompanyYear {
        npp: format!("AA{number:06}"),
        company: format!("PT {number}"),
        risk_group: Some("II".to_owned()),
        exposure: 500.0,
        claims,
        events: claims,
        ..CompanyYear::default()
    };
    let companies: Vec<CompanyYear> = (0..40).map(|n| year(n, if n == 1 { 60 } else { 5 })).collect();
    let mut within = case("a");
    within.lines.push(line(Component::Medical, 1_000_000));
    let mut earlier = LeverCase { event: date(2024, 11, 1), ended: Some(date(2025, 2, 1)), ..case("b") };
    earlier.lines.push(line(Component::Medical, 9_000_000));
    let found = found(&[within, earlier], &companies);
    let lever = found.of(LeverKind::FrequentCompany).expect("there");
    let index = lever.groups[0].index.expect("an index");
    let expected = 1_000_000.0 * (1.0 - 1.0 / index);
    assert!((lever.amount.get() as f64 - expected).abs() < 100.0, "{} for {expected}", lever.amount.get());
}

/// Diagnoses of a case and of the others of its outcome, and the others' cost it is held against.
#[test]
fn cases_without_a_diagnosis_are_not_alike_for_that() {
    let mut diagnoses = Diagnoses::default();
    let mut peers = |icd10: &str, who: usize, ln_cost: f64| PeerCase {
        who,
        strata: strata(diagnoses.number(icd10), Some(Outcome::Sembuh)),
        ln_cost,
    };
    // Twenty of a broken hand at 10, twenty of unknown diagnosis at 12; all of the outcome: 11.
    let mut cases: Vec<PeerCase> = (0..20).map(|_| peers("S62.3", 1, 10.0)).collect();
    cases.extend((0..20).map(|_| peers("", 2, 12.0)));
    cases.extend([peers("S62", 3, 0.0), peers("", 3, 0.0), peers("T30", 3, 0.0)]);
    let usual = usual_costs(&cases);
    assert_eq!(usual[40..], [Some(10.0), Some(11.0), Some(11.0)]);
}

/// What the builder counts is what the ranking needs, so that the books are read once.
#[test]
fn claims_are_counted_by_company_while_they_pass() {
    let changed = |claim_no: &str, change: fn(&mut LeverCase)| {
        let mut case = case(claim_no);
        change(&mut case);
        case
    };
    let mut builder = LeverBuilder::new(span(), usize::MAX);
    for case in [
        changed("a", |_| ()),
        changed("b", |case| case.state = ProcessState::Treatment),
        changed("c", |case| case.npp = "AA000002".to_owned()),
        changed("d", |case| case.npp = String::new()),
        changed("e", |case| case.event = date(2025, 9, 30)),
        changed("f", |case| case.state = ProcessState::Rejected),
        changed("g", |case| case.state = ProcessState::Cancelled),
    ] {
        builder.add(&case);
    }
    let claims: Vec<(&str, u32)> = builder.claims_by_company().into_iter().collect();
    assert_eq!(claims, [("AA000001", 2), ("AA000002", 1)]);
}

/// What each of some companies reported, late and in all, beside forty others with one late report of five; who is named.
#[test]
fn late_reporters_are_those_whom_the_others_do_not_explain() {
    type Branch<'a> = (&'a [(&'a str, u32, u32)], &'a [&'a str]);
    let rows: [Branch; 5] = [
        (&[], &[]),
        (&[("M", 5, 5)], &["M"]),
        // Two reports are too few, whatever they say.
        (&[("M", 2, 2)], &[]),
        (&[("M", 3, 5)], &[]),
        (&[("M", 3, 5), ("N", 9, 10), ("O", 0, 9)], &["N"]),
    ];
    for (number, (companies, expected)) in rows.iter().enumerate() {
        let others: Vec<String> = (0..40).map(|other| format!("other {other}")).collect();
        let others = others.iter().map(|other| (other.as_str(), 1, 5));
        let mut cases = Vec::new();
        for (company, late, told) in others.chain(companies.iter().copied()) {
            for report in 0..told {
                let mut case = case(&format!("{company} {report}"));
                (case.npp, case.company) = (company.to_owned(), company.to_owned());
                case.stage_one = if report < late { ClockMark::Late(3) } else { ClockMark::InTime };
                cases.push(case);
            }
        }
        let found = found(&cases, &[]);
        let lever =
            found.levers.iter().find(|lever| lever.kind == LeverKind::LateReport).expect("every kind");
        let named: Vec<&str> = lever.groups.iter().map(|group| group.key.as_str()).collect();
        assert_eq!(named, *expected, "row {number}");
        let late: u32 = 40 + companies.iter().map(|of| of.1).sum::<u32>();
        assert_eq!(lever.cases.len(), late as usize, "every late case is listed, row {number}");
    }
}

/// A branch has millions: what is kept of a lever's cases are the dearest, and counts, sums and groups are those of all.
#[test]
fn the_dearest_cases_are_kept_and_all_are_counted() {
    let cases: Vec<LeverCase> = (0..6_000_i64)
        .map(|number| {
            let mut case = case(&format!("K{number}"));
            // Ten amounts, two companies: most cases are told apart by their days late or their number alone.
            case.company = format!("PT {}", number % 2);
            case.stage_one = ClockMark::Late(u16::try_from(number % 7 + 1).expect("small"));
            case.lines = vec![line(Component::Medical, number * 37 % 10 * 1_000)];
            case
        })
        .collect();
    let all = found(&cases, &[]);
    for most in [0, 1, 10, 2_000, 5_999, 6_000, 7_000] {
        let few = found_most(&cases, &[], most);
        assert_eq!((few.n_cases, few.n_events), (all.n_cases, all.n_events));
        for (few, all) in few.levers.iter().zip(&all.levers) {
            let expected = santun::analysis::levers::Lever {
                cases: all.cases.iter().take(most).cloned().collect(),
                ..all.clone()
            };
            assert_eq!(*few, expected, "{most} of {:?}", all.kind);
        }
    }
    let late = all.of(LeverKind::LateReport).expect("every kind");
    assert_eq!((late.n_cases, late.cases.len()), (6_000, 6_000));
}
