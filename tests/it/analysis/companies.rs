//! Rising companies and what marks those at the top, against the slow definitions and planted effects.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::analysis::rates::{
    Basis, By, RankOptions, Traits, TwoSpans, Urn, Warning, at_least, corrected, lifts, npps_of,
    rank_companies, rules, size_band, trends,
};
use santun::analysis::{CompanyYear, Which};

/// k, n, chance, P(X ≥ k): scipy 1.17.1, `binom.sf(k - 1, n, p)`, and by hand where it is a short fraction.
#[test]
fn binomial_tails_are_those_of_the_definition() {
    for (k, n, chance, expected) in [
        (0, 10, 0.3, 1.0),
        (11, 10, 0.3, 0.0),
        (10, 10, 0.5, 1.0 / 1024.0),
        (5, 10, 0.5, 638.0 / 1024.0),
        (1, 3, 0.25, 1.0 - 27.0 / 64.0),
        (2, 2, 0.1, 0.01),
        (3, 5, 0.0, 0.0),
        (3, 5, 1.0, 1.0),
    ] {
        let found = at_least(k, n, chance);
        assert!((found - expected).abs() <= 1e-12, "P(X ≥ {k}), n = {n}, p = {chance}: {found}");
    }
    // Against the sum of exact terms built up by multiplication.
    for n in [7_u64, 40] {
        for chance in [0.05, 0.37, 0.8] {
            let mut terms = vec![(1.0_f64 - chance).powi(i32::try_from(n).expect("small"))];
            for x in 1..=n {
                let last = terms[terms.len() - 1];
                terms.push(last * (n - x + 1) as f64 / x as f64 * chance / (1.0 - chance));
            }
            for k in 0..=n {
                let slow: f64 = terms[usize::try_from(k).expect("small")..].iter().sum();
                assert!((at_least(k, n, chance) - slow).abs() < 1e-12, "{k} of {n} at {chance}");
            }
        }
    }
}

fn spans(npp: usize, recent: u64, before: u64) -> TwoSpans {
    TwoSpans {
        npp: format!("AA{npp:06}"),
        company: format!("PT {npp}"),
        recent,
        recent_exposure: 50.0,
        before,
        before_exposure: 100.0,
    }
}

#[test]
fn a_rise_is_found_among_many_and_a_season_is_none() {
    // All double in the last months: nobody rises against the others.
    let season: Vec<TwoSpans> = (0..60).map(|npp| spans(npp, 10, 10)).collect();
    assert!(
        trends(season.clone())
            .iter()
            .all(|trend| trend.warning.is_none() && (trend.expected - 10.0).abs() < 1e-9)
    );
    let mut one = season;
    one[17] = spans(17, 30, 10);
    let found = trends(one);
    assert_eq!((found[0].spans.npp.as_str(), found[0].warning), ("AA000017", Some(Warning::Sure)));
    assert!(found[1..].iter().all(|trend| trend.warning.is_none()));
    assert!(found.windows(2).all(|pair| pair[0].q <= pair[1].q && pair[0].p <= pair[1].p));
    // The first one's q is its p times the number tested.
    assert!((found[0].q - found[0].p * 60.0).abs() < 1e-15);
}

#[test]
fn without_a_rise_hardly_anybody_is_named() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(2);
    let mut draw =
        |mean: f64| (0..1_000).filter(|_| random.gen_range(0.0..1.0) < mean / 1_000.0).count() as u64;
    let companies: Vec<TwoSpans> = (0..400).map(|npp| spans(npp, draw(4.0), draw(8.0))).collect();
    let found = trends(companies);
    assert!(found.iter().filter(|trend| trend.warning == Some(Warning::Sure)).count() <= 1);
    assert!(found.iter().filter(|trend| trend.warning.is_some()).count() <= 8, "one in a hundred of 400");
    assert!(trends(Vec::new()).is_empty());
    let none = TwoSpans { before_exposure: 0.0, ..spans(1, 3, 0) };
    assert!(trends(vec![none]).is_empty(), "no worker-years before: no trend");
}

/// Claims without workers stand in one span alone: they are no rate of all.
#[test]
fn claims_without_worker_years_are_in_no_rate_of_all() {
    let companies: Vec<TwoSpans> = (0..40).map(|npp| spans(npp, 5, 10)).collect();
    let expected = |more: &[TwoSpans]| trends([&companies, more].concat())[0].expected;
    for (recent, recent_exposure, before, before_exposure) in
        [(900, 0.0, 0, 0.0), (0, 0.0, 900, 0.0), (900, 0.0, 900, 100.0), (900, 50.0, 900, 0.0)]
    {
        let without = TwoSpans { recent, recent_exposure, before, before_exposure, ..spans(99, 0, 0) };
        assert_eq!(expected(std::slice::from_ref(&without)), expected(&[]), "{without:?}");
    }
    assert!((expected(&[]) - 5.0).abs() < 1e-9);
}

/// Hits, drawn, all, marked, P(X ≥ hits): sums of whole binomials, as fractions.
#[test]
fn blind_draws_are_those_of_the_definition() {
    for (hits, drawn, all, marked, expected) in [
        (0, 3, 10, 5, 1.0),
        (3, 3, 10, 5, 1.0 / 12.0),
        (2, 3, 10, 5, 0.5),
        (4, 3, 10, 5, 0.0),
        (5, 9, 20, 8, 0.204_929_745_177_422_52),
        (7, 7, 7, 7, 1.0),
        (30, 120, 2_000, 200, 7.260_653_776_172_052e-7),
        (40, 120, 2_000, 200, 2.985_837_275_644_007e-13),
        (60, 3_000, 100_000, 900, 1.354_816_442_580_422e-8),
    ] {
        let found = Urn { all, marked }.at_least(hits, drawn);
        assert!((found - expected).abs() <= 1e-9 * expected, "{hits} of {drawn}, {marked} in {all}: {found}");
    }
    // Against all terms, built up by multiplication from the least.
    let urn = Urn { all: 60, marked: 25 };
    for drawn in [0_u64, 1, 10, 40, 60] {
        let choose = |n: u64, k: u64| (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product::<f64>();
        let term =
            |x: u64| if x > 25 || drawn - x > 35 { 0.0 } else { choose(25, x) * choose(35, drawn - x) };
        for hits in 0..=drawn {
            let slow = (hits..=drawn).map(term).sum::<f64>() / choose(60, drawn);
            assert!((urn.at_least(hits, drawn) - slow).abs() < 1e-10, "{hits} of {drawn}");
        }
    }
}

/// Rows of three columns and whether each is marked.
fn traits(columns: &[&'static str], rows: &[(Vec<&str>, bool)]) -> Traits {
    let mut traits = Traits::new(columns);
    rows.iter().for_each(|(values, is_marked)| traits.push(values, *is_marked));
    traits
}

/// Rows of which `hot` with `night` is marked, all but one in ten, and one in forty of the others.
fn planted() -> Vec<(Vec<&'static str>, bool)> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(8);
    let mut pick = |from: &[&'static str]| from[random.gen_range(0..from.len())];
    let row = |number: u32| {
        let row =
            vec![pick(&["hot", "sharp", "fall", ""]), pick(&["day", "night"]), pick(&["hand", "eye", "leg"])];
        let is_planted = row[0] == "hot" && row[1] == "night" && !number.is_multiple_of(10);
        let is_marked = is_planted || number.is_multiple_of(40);
        (row, is_marked)
    };
    (0..2_000).map(row).collect()
}

const COLUMNS: [&str; 3] = ["source", "time", "part"];

#[test]
fn the_planted_rule_comes_first_and_alone() {
    let rows = planted();
    let traits = traits(&COLUMNS, &rows);
    let found = rules(&traits);
    assert_eq!(found[0].conditions, [("source", "hot".to_owned()), ("time", "night".to_owned())]);
    assert!(found[0].share > 0.85 && found[0].lift > 4.0);
    assert_eq!(found.len(), 1, "{found:?}");
    let holds = |(row, _): &&(Vec<&str>, bool)| row[0] == "hot" && row[1] == "night";
    assert_eq!(found[0].support, rows.iter().filter(holds).count() as u64);
    let lifts = lifts(&traits);
    let named: Vec<(&str, &str)> = lifts.iter().map(|lift| (lift.column, lift.value.as_str())).collect();
    assert_eq!(named, [("source", "hot"), ("time", "night")]);
}

#[test]
fn nothing_is_made_of_noise_or_of_few_rows() {
    let marked_as = |is_marked: fn(usize) -> bool| {
        let rows = planted().into_iter().enumerate();
        let rows: Vec<_> = rows.map(|(number, (row, _))| (row, is_marked(number))).collect();
        traits(&COLUMNS, &rows)
    };
    let few: Vec<(Vec<&str>, bool)> =
        (0..29).map(|number| (vec!["hot", "day", "eye"], number < 20)).collect();
    let nothing = [
        marked_as(|number| number % 7 == 0),
        marked_as(|_| true),
        marked_as(|_| false),
        traits(&COLUMNS, &few),
        Traits::new(&COLUMNS),
    ];
    for (place, none) in nothing.iter().enumerate() {
        assert!(
            rules(none).is_empty() && lifts(none).is_empty(),
            "{place}: {:?} {:?}",
            rules(none),
            lifts(none)
        );
    }
}

/// Six columns of fifty values each that mean nothing: of three hundred, some look frequent by chance; one is.
#[test]
fn of_many_values_those_of_chance_are_not_listed() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(4);
    let values: Vec<String> = (0..50).map(|number| format!("v{number:02}")).collect();
    let rows: Vec<(Vec<&str>, bool)> = (0..6_000)
        .map(|number| {
            let is_marked = number % 8 == 0;
            let mut row: Vec<&str> = (0..6).map(|_| values[random.gen_range(0..50)].as_str()).collect();
            if is_marked && number % 32 == 0 {
                row[3] = "v07";
            }
            (row, is_marked)
        })
        .collect();
    let traits = traits(&["a", "b", "c", "d", "e", "f"], &rows);
    let named: Vec<(&str, String)> =
        lifts(&traits).into_iter().map(|lift| (lift.column, lift.value)).collect();
    assert_eq!(named, [("d", "v07".to_owned())]);
    let found: Vec<_> = rules(&traits).into_iter().map(|rule| rule.conditions).collect();
    assert_eq!(found, [[("d", "v07".to_owned())]]);
}

fn year(npp: &str, group: Option<&str>, business: &str, exposure: f64, claims: u32) -> CompanyYear {
    CompanyYear {
        npp: npp.to_owned(),
        company: npp.to_owned(),
        group: group.map(str::to_owned),
        risk_group: Some("II".to_owned()),
        business_group: Some(business.to_owned()),
        exposure,
        claims,
        events: claims,
        ..CompanyYear::default()
    }
}

#[test]
fn expected_claims_are_those_of_the_group() {
    let years = [
        year("A", None, "3", 100.0, 10),
        year("B", Some("G"), "3", 300.0, 10),
        year("C", Some("G"), "6", 200.0, 2),
        year("D", None, "6", 200.0, 6),
    ];
    let expected = |basis| {
        let mut rows: Vec<(String, f64)> =
            rank_companies(&years, RankOptions { basis, ..RankOptions::default() })
                .rows
                .into_iter()
                .map(|row| (row.npp, row.expected))
                .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows.into_iter().map(|(_, expected)| (expected * 1_000.0).round() / 1_000.0).collect::<Vec<_>>()
    };
    // One risk group: 28 claims on 800 worker-years. Business group 3: 20 on 400; 6: 8 on 400.
    assert_eq!(expected(Basis::WorkerYears), [3.5, 10.5, 7.0, 7.0]);
    assert_eq!(expected(Basis::ExpectedByRiskGroup), [3.5, 10.5, 7.0, 7.0]);
    assert_eq!(expected(Basis::ExpectedByBusinessGroup), [5.0, 15.0, 4.0, 4.0]);
    // The weight of a company's own number is counted in what it is measured against.
    for (basis, key) in [
        (Basis::WorkerYears, "analysis-note-half-credibility"),
        (Basis::ExpectedByRiskGroup, "analysis-note-half-credibility-expected"),
        (Basis::ExpectedByBusinessGroup, "analysis-note-half-credibility-expected"),
    ] {
        let apart = [year("E", None, "3", 100.0, 60), year("F", None, "6", 100.0, 60)];
        let options = RankOptions { basis, which: Which::All, ..RankOptions::default() };
        let ranking = rank_companies(&[&years[..], &apart].concat(), options);
        assert_eq!(ranking.notes[0].key, key, "{basis:?}");
    }
    let grouped = rank_companies(&years, RankOptions { by: By::Group, ..RankOptions::default() });
    let group = grouped.rows.iter().find(|row| row.company == "G").expect("two NPPs, one line");
    assert_eq!((group.exposure, group.claims), (500.0, 12));
}

/// A small company may stand between two that are sure.
#[test]
fn the_top_is_made_of_those_that_are_sure() {
    let mut years: Vec<CompanyYear> =
        (0..30).map(|number| year(&format!("A{number:02}"), None, "3", 1_000.0, 4 + number)).collect();
    years.extend(
        [(0, 62), (1, 55), (2, 40)].map(|(number, n)| year(&format!("B{number}"), None, "3", 1_000.0, n)),
    );
    years.push(year("C", None, "3", 5.0, 3));
    let ranking = rank_companies(&years, RankOptions { which: Which::All, ..RankOptions::default() });
    let sure: Vec<&str> = ranking.rows.iter().filter(|row| row.sure).map(|row| row.npp.as_str()).collect();
    let small = ranking.rows.iter().position(|row| row.npp == "C").expect("ranked");
    assert!(!ranking.rows[small].sure && ranking.rows[small + 1..].iter().any(|row| row.sure));
    let top = |n| ranking.top(n).iter().map(|row| row.npp.as_str()).collect::<Vec<_>>();
    assert_eq!(top(None), sure);
    let first: Vec<&str> = ranking.rows[..=small].iter().map(|row| row.npp.as_str()).collect();
    assert_eq!(top(Some(small + 1)), first);
}

/// A line of a group stands for all its companies; a company that is called like a group is none of them.
#[test]
fn the_companies_behind_a_line_are_all_of_its_group() {
    let mut years = vec![
        year("A", None, "3", 100.0, 10),
        year("B", Some("G"), "3", 300.0, 60),
        year("C", Some("G"), "6", 200.0, 2),
        year("D", None, "6", 200.0, 6),
        year("E", Some("H"), "6", 200.0, 6),
    ];
    years[3].company = "G".to_owned();
    for (by, company, expected) in [
        (By::Npp, "B", &["B"][..]),
        (By::Group, "G", &["B", "C"]),
        (By::Group, "H", &["E"]),
        (By::Group, "A", &["A"]),
    ] {
        let options = RankOptions { by, which: Which::All, ..RankOptions::default() };
        let ranking = rank_companies(&years, options);
        let is_line = |row: &&santun::analysis::rates::RankRow| row.company == company && row.npp != "D";
        let lines: Vec<_> = ranking.rows.iter().filter(is_line).collect();
        assert_eq!(npps_of(&lines, &years).into_iter().collect::<Vec<_>>(), expected, "{company}");
    }
}

#[test]
fn sizes_are_workers_however_long_the_span() {
    for (worker_years, n_months, band) in [
        (49.9, 12, "<50"),
        (50.0, 12, "50-249"),
        (4.1, 1, "<50"),
        (5.0, 1, "50-249"),
        (20.0, 1, "50-249"),
        (21.0, 1, "250-999"),
        (90.0, 24, "<50"),
        (500.0, 24, "250-999"),
        (250.0, 3, ">=1000"),
        (0.0, 0, "<50"),
    ] {
        assert_eq!(size_band(worker_years, n_months), band, "{worker_years} in {n_months} months");
    }
}

/// R 4.x: p.adjust(p, "BH").
#[test]
fn chances_of_many_tests_are_corrected_as_r_does() {
    let cases: [(&[f64], &[f64]); 4] = [
        (&[], &[]),
        (&[0.2], &[0.2]),
        (&[0.01, 0.04, 0.03, 0.005], &[0.02, 0.04, 0.04, 0.02]),
        (&[0.9, 0.5, 0.5, 1.0, 0.001], &[1.0, 0.833_333_333_333_333_3, 0.833_333_333_333_333_3, 1.0, 0.005]),
    ];
    for (chances, wanted) in cases {
        let found = corrected(chances);
        let is_near = |(found, wanted): (&f64, &f64)| (found - wanted).abs() < 1e-12;
        assert!(found.len() == wanted.len() && found.iter().zip(wanted).all(is_near), "{found:?}");
    }
}
