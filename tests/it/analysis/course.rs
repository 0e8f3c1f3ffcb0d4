//! Incidence, survival and their tests, against R (survival 3.5-3, cmprsk 2.2-11), scikit-survival 0.28 and a naive twin.

use proptest::prelude::*;
use santun::analysis::course::{Case, Curve, RiskTable, Step, gray_test, incidence, log_rank_test, survival};
use santun::analysis::rates::{Interval, Test};

/// A reference: the day, the value, its bounds.
type Known = (i32, f64, f64, f64);

/// Kyle's 241 patients: sex, age group, days, cause (1 the disease, 2 death; 0 neither yet).
fn mgus() -> Vec<[i32; 4]> {
    let rows = include_str!("../../data/analysis/mgus.csv").lines().map(|line| {
        let cells: Vec<i32> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        [cells[1], cells[2], cells[3], cells[4]]
    });
    rows.collect()
}

enum By {
    Sex,
    Age,
}

fn cases(by: &By, time: impl Fn(i32) -> i32) -> Vec<Case> {
    let case = |row: [i32; 4]| Case {
        entry: None,
        exit: time(row[2]),
        cause: usize::try_from(row[3]).unwrap().checked_sub(1),
        group: usize::try_from(match by {
            By::Sex => row[0],
            By::Age => row[1],
        })
        .unwrap(),
    };
    mgus().into_iter().map(case).collect()
}

fn in_days() -> Vec<Case> {
    cases(&By::Sex, |days| days)
}

/// Whole years: nearly every end is tied with others.
fn in_years(by: &By) -> Vec<Case> {
    cases(by, |days| (f64::from(days) / 365.25).floor() as i32)
}

/// The same patients seen only after a day of their own.
fn seen_late() -> Vec<Case> {
    let late = |(idx, case): (usize, Case)| {
        let entry = i32::try_from(37 * (idx + 1) % 2_000).unwrap();
        Case { entry: Some(entry), ..case }
    };
    in_days().into_iter().enumerate().map(late).collect()
}

#[track_caller]
fn close(found: f64, known: f64) {
    assert!((found - known).abs() <= 1e-12 * known.abs().max(1.0), "{found} is not {known}");
}

#[track_caller]
fn curve_is(curve: &Curve, known: &[Known]) {
    for (day, value, low, high) in known {
        let found = curve.at(*day).expect("known on this day").interval();
        close(found.share, *value);
        close(found.low, *low);
        close(found.high, *high);
    }
}

#[track_caller]
fn test_is(test: Option<Test>, statistic: f64, degrees: usize, p: f64) {
    let test = test.expect("there is a test");
    assert!((test.statistic - statistic).abs() <= 1e-11 * statistic, "{test:?}, not {statistic}");
    assert_eq!(test.degrees, degrees);
    assert!((test.p - p).abs() <= 1e-11, "{test:?}, not {p}");
}

#[test]
fn kaplan_and_meier_as_in_r() {
    let curve = survival(&RiskTable::of(&in_days(), 2));
    curve_is(
        &curve,
        &[
            (1_000, 0.8672199170124484, 0.8174937385061144, 0.9041892054607427),
            (5_000, 0.4356846473029057, 0.3724339804053699, 0.4971373597263976),
            (10_000, 0.1203319502074693, 0.08308321786249308, 0.1649293372727894),
        ],
    );
    close(curve.at(5_000).unwrap().variance.sqrt(), 0.03194026682487466);
    assert_eq!((curve.median(), curve.median_bounds()), (Some(4_228), (Some(3_560), Some(4_961))));
}

#[test]
fn aalen_and_johansen_as_in_scikit_survival_and_r() {
    let curves = incidence(&RiskTable::of(&in_days(), 2));
    curve_is(
        &curves[0],
        &[
            (1_000, 0.012448132780082992, 0.0034547428115405702, 0.03356582513005805),
            (5_000, 0.1908713692946061, 0.14404800041312119, 0.24278337400228883),
            (10_000, 0.24896265560166023, 0.1963274271000591, 0.30495622774229186),
        ],
    );
    curve_is(
        &curves[1],
        &[
            (1_000, 0.12033195020746887, 0.08308321786249274, 0.1649293372727888),
            (5_000, 0.3734439834024896, 0.31258472277051835, 0.43417481015168297),
            (10_000, 0.630705394190871, 0.5664339050260361, 0.6881412350610329),
        ],
    );
}

#[test]
fn tied_ends_as_in_scikit_survival_and_r() {
    let table = RiskTable::of(&in_years(&By::Sex), 2);
    let curves = incidence(&table);
    curve_is(
        &curves[0],
        &[
            (0, 0.004149377593360996, 0.00039569841459905153, 0.021501443619598035),
            (5, 0.05809128630705395, 0.033294635639325325, 0.09253372736033326),
            (20, 0.23236514522821583, 0.18123832809623402, 0.28733594652956346),
        ],
    );
    let known = [
        (0, 0.9377593360995851, 0.8988821322673146, 0.9620027649157809),
        (5, 0.7344398340248964, 0.6738709986030039, 0.7855701181894715),
        (20, 0.2406639004149378, 0.1887688155340807, 0.2961593731821184),
    ];
    curve_is(&survival(&table), &known);
}

#[test]
fn late_entries_as_in_r() {
    let late = seen_late();
    let table = RiskTable::of(&late, 2);
    assert_eq!((table.n_cases, table.n_unseen), (211, 30));
    let curves = incidence(&table);
    for (day, one, two) in LATE {
        close(curves[0].at(day).unwrap().value, one);
        close(curves[1].at(day).unwrap().value, two);
    }
    curve_is(&survival(&table), &LATE_SURVIVAL);
    test_is(log_rank_test(&late, 2), LATE_LOG_RANK, 1, LATE_LOG_RANK_P);
}

#[test]
fn log_rank_as_in_r() {
    test_is(log_rank_test(&in_days(), 2), 4.960101600194266, 1, 0.02593868328777338);
    test_is(log_rank_test(&cases(&By::Age, |days| days), 4), 65.55410987877545, 3, 3.819167204710538e-14);
    let tied = log_rank_test(&in_years(&By::Age), 4).unwrap();
    close(tied.statistic, 64.28075087929948);
}

#[test]
fn gray_as_in_r() {
    let by_age = cases(&By::Age, |days| days);
    test_is(gray_test(&in_days(), 2, 0), 1.833497226786744, 1, 0.17571502840491093);
    test_is(gray_test(&in_days(), 2, 1), 4.791114894032373, 1, 0.02860690431481661);
    test_is(gray_test(&by_age, 4, 0), 12.02651709444475, 3, 0.007292873947868928);
    test_is(gray_test(&by_age, 4, 1), 84.07740655710214, 3, 0.0);
}

#[test]
fn gray_with_ties_as_in_r() {
    let (by_sex, by_age) = (in_years(&By::Sex), in_years(&By::Age));
    test_is(gray_test(&by_sex, 2, 0), 1.895_209_294_862_76, 1, 0.168_615_533_039_439_1);
    test_is(gray_test(&by_sex, 2, 1), 4.923374966167946, 1, 0.02649570972784698);
    test_is(gray_test(&by_age, 4, 0), 12.91150003286495, 3, 0.004831953377910758);
    test_is(gray_test(&by_age, 4, 1), 87.425_293_703_782_8, 3, 0.0);
}

#[test]
fn an_empty_group_changes_no_test() {
    let moved: Vec<Case> = in_days().into_iter().map(|case| Case { group: case.group * 2, ..case }).collect();
    assert_eq!(gray_test(&moved, 4, 0), gray_test(&in_days(), 2, 0));
    assert_eq!(log_rank_test(&moved, 4), log_rank_test(&in_days(), 2));
}

fn case(exit: i32, cause: Option<usize>) -> Case {
    Case { entry: None, exit, cause, group: 0 }
}

#[test]
fn what_hardly_is_a_curve() {
    let none = RiskTable::of(&[], 3);
    assert!(incidence(&none).is_empty());
    assert_eq!(survival(&none).at(0), None);
    assert_eq!(gray_test(&[], 2, 0), None);
    assert_eq!(log_rank_test(&[], 2), None);

    // None ended: nothing has come, and nothing is known beyond the last day.
    let open = RiskTable::of(&[case(5, None), case(9, None)], 2);
    let curve = &incidence(&open)[0];
    assert_eq!(curve.at(9).map(|step| step.value), Some(0.0));
    assert_eq!((curve.at(10), survival(&open).median()), (None, None));
    assert_eq!(log_rank_test(&[case(5, None), Case { group: 1, ..case(9, None) }], 2), None);

    // All ended on the day of the event.
    let at_once = RiskTable::of(&[case(0, Some(0)), case(0, Some(0)), case(0, Some(1)), case(0, None)], 2);
    assert_eq!(incidence(&at_once)[0].at(0).unwrap().value, 0.5);
    assert_eq!(survival(&at_once).at(0).unwrap().value, 0.25);

    // One case, ended: its curve is complete and stays known.
    let one = RiskTable::of(&[case(7, Some(1))], 2);
    let curves = incidence(&one);
    let whole = Step { day: 7, value: 1.0, variance: 0.0 };
    assert_eq!((curves[1].at(7), curves[1].at(400)), (Some(whole), Some(whole)));
    assert_eq!(curves[0].at(400).map(|step| step.value), Some(0.0));
    assert_eq!(survival(&one).median(), Some(7));

    // It ended when it began to be observed: it tells nothing.
    let unseen = RiskTable::of(&[Case { entry: Some(7), ..case(7, Some(0)) }], 2);
    assert_eq!((unseen.n_cases, unseen.n_unseen, unseen.steps.len()), (0, 1, 0));
}

#[test]
fn day_zero_counts_for_who_is_seen_from_the_start_only() {
    let table = RiskTable::of(&[case(0, Some(0)), Case { entry: Some(0), ..case(3, Some(0)) }], 1);
    let at_risk: Vec<f64> = table.steps.iter().map(|step| step.at_risk).collect();
    assert_eq!(at_risk, [1.0, 1.0]);
}

/// Who is at risk, counted case by case.
fn naive(cases: &[Case], day: i32) -> (f64, [f64; 3]) {
    let seen =
        |case: &&Case| case.entry.is_none_or(|entry| entry < day) && case.exit >= day && case.is_seen();
    let at_risk = cases.iter().filter(seen).count() as f64;
    let mut ended = [0.0; 3];
    for case in cases.iter().filter(|case| case.is_seen() && case.exit == day) {
        if let Some(cause) = case.cause {
            ended[cause] += 1.0;
        }
    }
    (at_risk, ended)
}

fn some_cases() -> impl Strategy<Value = Vec<Case>> {
    let case = (
        prop::option::weighted(0.3, 0..20_i32),
        0..25_i32,
        prop::option::weighted(0.7, 0..3_usize),
        0..3_usize,
    )
        .prop_map(|(entry, exit, cause, group)| Case { entry, exit, cause, group });
    prop::collection::vec(case, 0..40)
}

/// Cases as `entry-exit:cause`, `…-exit` observed from the event, `?` not ended; what is known of the share remaining.
const GAPS: &str = "
 cases                    | gap  | shares by day
 -3:0 5-9:0               | 3    | 0 1, 2 1, 3 -, 9 -, 20 -
 -3:0 -3:0 2-9:0          | -    | 2 1, 3 0.333, 9 0, 20 0
 -3:0 3-9:0               | 3    | 2 1, 3 -
 -3:0 -4:? 6-9:0          | 4    | 2 1, 3 0.5, 4 0.5, 5 -, 9 -
 -3:0 -3:? 6-9:0          | 3    | 2 1, 3 0.5, 4 -
 -0:0 1-9:0               | 0    | 0 -, 9 -
 4-9:0 5-9:?              | -    | 0 -, 4 -, 5 1, 9 0.5
 -3:0 -9:0 5-9:0          | -    | 3 0.5, 9 0, 20 0
";

/// Nobody is observed for a while, and then others are: a curve ends there, and says not that none remained.
#[test]
fn a_curve_ends_where_observation_breaks_off() {
    for line in GAPS.lines().filter(|line| !line.is_empty()).skip(1) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let number = |text: &str| (!matches!(text, "" | "-" | "?")).then(|| text.parse::<i32>().unwrap());
        let of = |text: &str| {
            let (entry, rest) = text.split_once('-').unwrap();
            let (exit, cause) = rest.split_once(':').unwrap();
            let cause = number(cause).map(|cause| usize::try_from(cause).unwrap());
            Case { entry: number(entry), exit: exit.parse().unwrap(), cause, group: 0 }
        };
        let cases: Vec<Case> = cells[0].split_whitespace().map(of).collect();
        let table = RiskTable::of(&cases, 2);
        assert_eq!(table.gap, number(cells[1]), "{line}");
        for known in cells[2].split(", ") {
            let (day, share) = known.split_once(' ').unwrap();
            let day = number(day).unwrap();
            let remaining = survival(&table).at(day).map(|step| step.value);
            let ended = incidence(&table)[0].at(day).map(|step| 1.0 - step.value);
            let share: Option<f64> = (share != "-").then(|| share.parse().unwrap());
            for found in [remaining, ended] {
                assert_eq!(found.is_some(), share.is_some(), "{line}: day {day}");
                assert!(
                    found.zip(share).is_none_or(|(found, share)| (found - share).abs() < 1e-3),
                    "{line}: {found:?}"
                );
            }
        }
        if table.gap.is_some() {
            assert!(
                !survival(&table).is_complete
                    && survival(&table).median().is_none_or(|day| Some(day) <= table.gap)
            );
            // Gray's test needs what the curve does not know; the log-rank test compares day by day whoever is there.
            let beside = (1..10).map(|exit| Case { group: 1, ..case(exit, Some(0)) });
            let groups: Vec<Case> = cases.iter().copied().chain(beside).collect();
            assert_eq!(gray_test(&groups, 2, 0), None, "{line}");
            assert!(log_rank_test(&groups, 2).is_some(), "{line}");
        }
    }
}

proptest! {
    #[test]
    fn the_table_is_what_counting_gives(cases in some_cases()) {
        for step in RiskTable::of(&cases, 3).steps {
            let (at_risk, ended) = naive(&cases, step.day);
            prop_assert_eq!(step.at_risk, at_risk);
            prop_assert_eq!(step.ended, ended.to_vec());
        }
    }

    /// What has come by each cause and what remains make one, every day; the variance is the sum it is defined as.
    #[test]
    fn the_parts_make_one(cases in some_cases()) {
        let table = RiskTable::of(&cases, 3);
        let (curves, remaining) = (incidence(&table), survival(&table));
        let (known, last_day) = table.known();
        for curve in curves.iter().chain([&remaining]).filter(|_| table.gap.is_some()) {
            let beyond = last_day.map_or(0, |day| day + 1);
            prop_assert!(curve.at(beyond).is_none() && !curve.is_complete, "{curve:?}");
        }
        for step in known {
            let come: f64 = curves.iter().map(|curve| curve.at(step.day).unwrap().value).sum();
            prop_assert!((come + remaining.at(step.day).unwrap().value - 1.0).abs() < 1e-12);
            for (cause, curve) in curves.iter().enumerate() {
                let (value, variance) = by_definition(&table, cause, step.day);
                let found = curve.at(step.day).unwrap();
                prop_assert!((found.value - value).abs() < 1e-12, "{found:?} {value}");
                prop_assert!((found.variance - variance).abs() < 1e-12, "{found:?} {variance}");
                let Interval { share, low, high } = found.interval();
                prop_assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high));
            }
        }
    }

    /// The order of the cases is no part of any answer, to the bit.
    #[test]
    fn order_does_not_matter(cases in some_cases()) {
        let mut turned = cases.clone();
        turned.reverse();
        prop_assert_eq!(RiskTable::of(&cases, 3), RiskTable::of(&turned, 3));
        prop_assert_eq!(gray_test(&cases, 3, 1), gray_test(&turned, 3, 1));
        prop_assert_eq!(log_rank_test(&cases, 3), log_rank_test(&turned, 3));
        for test in [gray_test(&cases, 3, 0), log_rank_test(&cases, 3)].into_iter().flatten() {
            prop_assert!(test.statistic >= 0.0 && (0.0..=1.0).contains(&test.p), "{test:?}");
        }
    }
}

/// F and its variance on a day, each sum written out.
fn by_definition(table: &RiskTable, cause: usize, until: i32) -> (f64, f64) {
    let mut rows = Vec::new();
    let (mut remaining, mut value) = (1.0, 0.0);
    for step in table.steps.iter().filter(|step| step.day <= until && step.all_ended() > 0.0) {
        value += remaining * step.ended[cause] / step.at_risk;
        rows.push((step.at_risk, step.all_ended(), step.ended[cause], remaining, value));
        remaining *= (step.at_risk - step.all_ended()) / step.at_risk;
    }
    let term = |&(n, all, own, remaining, then): &(f64, f64, f64, f64, f64)| {
        let later: f64 = value - then;
        let greenwood = if n > all { later.powi(2) * all / (n * (n - all)) } else { 0.0 };
        greenwood + remaining * remaining * own * (n - own) / n.powi(3)
            - 2.0 * later * remaining * own / (n * n)
    };
    (value, rows.iter().map(term).sum::<f64>().max(0.0))
}

const LATE: [(i32, f64, f64); 3] = [
    (1_000, 0.0, 0.1055938685397411),
    (5_000, 0.1819258304581969, 0.3718029309770564),
    (10_000, 0.2414286622668297, 0.6353154718438588),
];

const LATE_SURVIVAL: [Known; 3] = [
    (1_000, 0.8944061314602588, 0.7714605398987704, 0.9531375800742551),
    (5_000, 0.4462712385647465, 0.370656481879697, 0.5189723476584461),
    (10_000, 0.123255865889311, 0.0840252379674345, 0.1703974424559759),
];

const LATE_LOG_RANK: f64 = 3.115367823408077;
const LATE_LOG_RANK_P: f64 = 0.07755696613840111;
