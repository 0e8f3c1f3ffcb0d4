//! Rising companies and what marks those at the top, against the slow definitions and planted effects.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::analysis::CompanyYear;
use santun::analysis::rates::{
    Basis, By, RankOptions, Traits, TwoSpans, Warning, at_least, corrected, lifts, rank_companies, rules,
    trends,
};

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

/// Rows of two columns of which `hot` with `night` is marked.
fn planted() -> Traits {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(8);
    let mut pick = |from: &[&str]| from[random.gen_range(0..from.len())].to_owned();
    let mut rows = Vec::new();
    let mut is_marked = Vec::new();
    for number in 0..2_000 {
        let row =
            vec![pick(&["hot", "sharp", "fall", ""]), pick(&["day", "night"]), pick(&["hand", "eye", "leg"])];
        is_marked.push((row[0] == "hot" && row[1] == "night" && number % 10 != 0) || number % 40 == 0);
        rows.push(row);
    }
    Traits { columns: vec!["source", "time", "part"], rows, is_marked }
}

#[test]
fn the_planted_rule_comes_first_and_alone() {
    let traits = planted();
    let found = rules(&traits);
    assert_eq!(found[0].conditions, [("source", "hot".to_owned()), ("time", "night".to_owned())]);
    assert!(found[0].share > 0.85 && found[0].lift > 4.0);
    assert_eq!(found.len(), 1, "{found:?}");
    let holds = |row: &&Vec<String>| row[0] == "hot" && row[1] == "night";
    assert_eq!(found[0].support, traits.rows.iter().filter(holds).count() as u64);
    let lifts = lifts(&traits);
    let named: Vec<(&str, &str)> = lifts.iter().map(|lift| (lift.column, lift.value.as_str())).collect();
    assert_eq!(named, [("source", "hot"), ("time", "night")]);
}

#[test]
fn nothing_is_made_of_noise_or_of_few_rows() {
    let mut traits = planted();
    traits.is_marked = (0..2_000).map(|number| number % 7 == 0).collect();
    assert!(
        rules(&traits).len() <= 1 && lifts(&traits).len() <= 1,
        "{:?} {:?}",
        rules(&traits),
        lifts(&traits)
    );
    let few = Traits {
        columns: vec!["source"],
        rows: vec![vec!["hot".to_owned()]; 29],
        is_marked: (0..29).map(|number| number < 20).collect(),
    };
    assert!(rules(&few).is_empty() && lifts(&few).is_empty());
    for marked in [true, false] {
        let all = Traits { is_marked: vec![marked; 2_000], ..planted() };
        assert!(rules(&all).is_empty() && lifts(&all).is_empty());
    }
    let nothing = Traits { columns: vec!["source"], rows: Vec::new(), is_marked: Vec::new() };
    assert!(rules(&nothing).is_empty() && lifts(&nothing).is_empty());
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
    let grouped = rank_companies(&years, RankOptions { by: By::Group, ..RankOptions::default() });
    let group = grouped.rows.iter().find(|row| row.company == "G").expect("two NPPs, one line");
    assert_eq!((group.exposure, group.claims), (500.0, 12));
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
