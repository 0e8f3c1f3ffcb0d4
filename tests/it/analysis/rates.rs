//! Rates against published figures, definitions worked the slow way, and degenerate companies.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::analysis::CompanyYear;
use santun::analysis::rates::special::{gamma_lower, gamma_quantile, gamma_upper, ln_gamma, poisson_at_most};
use santun::analysis::rates::{
    Basis, By, GammaPrior, RankOptions, Ranking, Which, buhlmann_straub, funnel_limits, overdispersion,
    rank_companies, shrunk_shares, wilson,
};

/// Expected values: scipy 1.17.1 (`gammaln`, `gammainc`, `gammaincc`, `gamma.ppf`).
#[test]
fn special_functions_are_those_of_scipy() {
    for (x, expected) in [
        (0.01, 4.599479878042022),
        (0.5, 0.5723649429247),
        (1.0, 0.0),
        (2.0, 0.0),
        (3.7, 1.428072326665388),
        (20.0, 39.339884187199495),
        (171.5, 709.1431630309283),
        (10000.0, 82099.71749644238),
        (10000000.0, 151180949.36947393),
    ] {
        assert!((ln_gamma(x) - expected).abs() <= 1e-13 * f64::abs(expected).max(1.0), "ln_gamma({x})");
    }
    for (a, x, lower, upper) in [
        (0.1, 0.01, 0.6626212599544796, 0.3373787400455204),
        (0.5, 2.0, 0.9544997361036415, 0.04550026389635857),
        (1.0, 1.0, 0.6321205588285577, 0.36787944117144245),
        (3.0, 10.0, 0.9972306042844884, 0.0027693957155115775),
        (10.0, 3.0, 0.0011024881301154815, 0.9988975118698845),
        (25.5, 25.0, 0.48664176745088317, 0.5133582325491168),
        (100.0, 140.0, 0.9998389428252874, 0.00016105717471255715),
        (1000.0, 950.0, 0.055054686230738045, 0.9449453137692619),
    ] {
        assert!((gamma_lower(a, x) - lower).abs() <= 1e-11 * f64::max(lower, 1e-3), "P({a}, {x})");
        assert!(
            (gamma_upper(a, x) - upper).abs() <= 1e-9 * upper,
            "Q({a}, {x}) {} {upper}",
            gamma_upper(a, x)
        );
    }
    for (a, p, quantile) in [
        (0.2, 0.025, 6.372539920029766e-09),
        (0.2, 0.975, 1.511102975988578),
        (1.0, 0.5, 0.6931471805599455),
        (2.5, 0.05, 0.5727381130308846),
        (10.0, 0.025, 4.7953886961324335),
        (10.0, 0.975, 17.084803451419166),
        (500.0, 0.975, 544.7654563874568),
        (20000.5, 0.025, 19724.26413585403),
    ] {
        let found = gamma_quantile(a, p);
        assert!((found - quantile).abs() <= 1e-10 * quantile, "quantile({a}, {p}): {found} {quantile}");
    }
}

#[test]
fn poisson_probabilities_add_up() {
    let mean: f64 = 3.7;
    let (mut term, mut sum) = ((-mean).exp(), 0.0);
    for y in 0..20_u32 {
        sum += term;
        assert!((poisson_at_most(u64::from(y), mean) - sum).abs() < 1e-14, "{y}");
        term *= mean / f64::from(y + 1);
    }
}

/// Hachemeister (1975): mean bodily injury claims and claim counts of five states in twelve quarters.
#[test]
fn buhlmann_straub_on_hachemeister() {
    let ratios = "1738 1642 1794 2051 2079 2234 2032 2035 2115 2262 2267 2517
        1364 1408 1597 1444 1342 1675 1470 1448 1464 1831 1612 1471
        1759 1685 1479 1763 1674 2103 1502 1622 1828 2155 2233 2059
        1223 1146 1010 1257 1426 1532 1953 1123 1343 1243 1762 1306
        1456 1499 1609 1741 1482 1572 1606 1735 1607 1573 1613 1690";
    let weights = "7861 9251 8706 8575 7917 8263 9456 8003 7365 7832 7849 9077
        1622 1742 1523 1515 1622 1602 1964 1515 1527 1748 1654 1861
        1147 1357 1329 1204 998 1077 1277 1218 896 1003 1108 1121
        407 396 348 341 315 328 352 331 287 384 321 342
        2902 3172 3046 3068 2693 2910 3275 2697 2663 3017 3242 3425";
    let line = |text: &str| text.split_whitespace().map(|x| x.parse::<f64>().unwrap()).collect::<Vec<_>>();
    let groups: Vec<Vec<(f64, f64)>> = ratios
        .lines()
        .zip(weights.lines())
        .map(|(ratios, weights)| line(ratios).into_iter().zip(line(weights)).collect())
        .collect();
    let fit = buhlmann_straub(&groups).unwrap();
    assert!((fit.within - 139_120_025.926).abs() < 1e-3, "{}", fit.within);
    assert!((fit.between - 89_638.726).abs() < 1e-3, "{}", fit.between);
    assert!((fit.collective - 1683.713).abs() < 1e-3, "{}", fit.collective);
    for (z, expected) in fit.z.iter().zip([0.984740, 0.927635, 0.898475, 0.727909, 0.958791]) {
        assert!((z - expected).abs() < 1e-6, "{z} {expected}");
    }
    assert_eq!(fit.z.len(), 5);
    assert!(buhlmann_straub(&groups[..1]).is_none(), "one group has nothing to compare");
}

fn poisson(mean: f64, random: &mut impl Rng) -> u32 {
    let (limit, mut product, mut n) = ((-mean).exp(), random.gen_range(0.0..1.0), 0);
    while product > limit {
        product *= random.gen_range(0.0..1.0);
        n += 1;
    }
    n
}

/// Companies with gamma rates of shape 2 and mean 0.02, most of them small.
fn branch(n: usize, seed: u64) -> Vec<(CompanyYear, f64)> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..n)
        .map(|at| {
            let share: f64 = random.gen_range(0.0..1.0);
            let exposure = 5.0 / (1.0 - 0.998 * share);
            let (u, v): (f64, f64) = (random.gen_range(1e-12..1.0), random.gen_range(1e-12..1.0));
            let rate = 0.01 * (-(u.ln()) - v.ln());
            let claims = poisson(rate * exposure, &mut random);
            let npp = format!("N{at:06}");
            let company = CompanyYear { npp, exposure, claims, events: claims, ..CompanyYear::default() };
            (company, rate)
        })
        .collect()
}

#[test]
fn the_fit_is_the_highest_point_of_the_likelihood() {
    let data: Vec<(u64, f64)> =
        branch(3000, 1).iter().map(|(c, _)| (u64::from(c.claims), c.exposure)).collect();
    let GammaPrior::Spread { shape, rate } = GammaPrior::fit(&data) else { panic!("rates differ") };
    // The negative binomial likelihood as it stands in textbooks.
    let likelihood = |a: f64, b: f64| -> f64 {
        data.iter()
            .map(|&(y, e)| {
                let y = y as f64;
                ln_gamma(a + y) - ln_gamma(a) + a * (b / (b + e)).ln() + y * (e / (b + e)).ln()
            })
            .sum()
    };
    let top = likelihood(shape, rate);
    for (a, b) in [(1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.02, 1.02), (0.98, 0.98)] {
        assert!(likelihood(shape * a, rate * b) < top, "shape × {a}, rate × {b}");
    }
    assert!((shape / rate - 0.02).abs() < 0.003 && (1.2..3.5).contains(&shape), "{shape} {rate}");
}

/// The point of it all: the first fifty by raw rate are mostly tiny and lucky; those by the best estimate are not.
#[test]
fn the_best_estimate_finds_truly_bad_companies_where_the_raw_rate_does_not() {
    let truth = branch(3000, 7);
    let companies: Vec<CompanyYear> = truth.iter().map(|(company, _)| company.clone()).collect();
    let ranking = rank_companies(&companies, RankOptions { which: Which::All, ..RankOptions::default() });
    let true_rate = |npp: &str| truth.iter().find(|(company, _)| company.npp == npp).unwrap().1;
    let truly_bad = |npps: Vec<&str>| npps.into_iter().filter(|npp| true_rate(npp) > 0.04).count();
    let best = truly_bad(ranking.rows[..50].iter().map(|row| row.npp.as_str()).collect());
    let mut raw: Vec<_> = ranking.rows.iter().collect();
    raw.sort_by(|a, b| b.raw_rate.total_cmp(&a.raw_rate));
    let raw = truly_bad(raw[..50].iter().map(|row| row.npp.as_str()).collect());
    assert!(
        best > raw + 5 && best >= 30,
        "truly bad among the first 50: best estimate {best}, raw rate {raw}"
    );
    let covered =
        ranking.rows.iter().filter(|row| (row.low..=row.high).contains(&true_rate(&row.npp))).count();
    assert!((0.93..0.97).contains(&(covered as f64 / 3000.0)), "{covered} of 3000 intervals hold the truth");
}

#[test]
fn the_posterior_is_the_gamma_of_the_textbook() {
    let prior = GammaPrior::Spread { shape: 2.0, rate: 100.0 };
    let posterior = prior.posterior(8, 300.0);
    assert_eq!(posterior.mean(), 10.0 / 400.0);
    assert_eq!(posterior.z(), 0.75);
    // Credibility: Z·raw + (1 − Z)·mean of all.
    assert!((posterior.mean() - (0.75 * 8.0 / 300.0 + 0.25 * 0.02)).abs() < 1e-15);
    assert!((posterior.above(posterior.quantile(0.9)) - 0.1).abs() < 1e-12);
    assert!((posterior.at_most(posterior.quantile(0.05)) - 0.05).abs() < 1e-12);
}

fn company(npp: &str, exposure: f64, claims: u32) -> CompanyYear {
    CompanyYear {
        npp: npp.into(),
        company: format!("PT {npp}"),
        exposure,
        claims,
        events: claims,
        ..CompanyYear::default()
    }
}

fn rank(companies: &[CompanyYear]) -> Ranking {
    rank_companies(companies, RankOptions { which: Which::All, ..RankOptions::default() })
}

#[test]
fn degenerate_branches_are_ranked_too() {
    let equal: Vec<CompanyYear> =
        (1..=20).map(|n| company(&format!("{n:02}"), 100.0 * f64::from(n), 2 * n)).collect();
    let equal = rank(&equal);
    assert!(matches!(equal.prior, GammaPrior::OneRate { .. }));
    assert!(equal.rows.iter().all(|row| (row.rate - 0.02).abs() < 1e-15 && row.z == 0.0 && !row.sure));
    assert_eq!(equal.notes[0].key, "analysis-note-one-rate");

    let alone = rank(&[company("A", 50.0, 4)]);
    assert_eq!((alone.rows.len(), alone.rows[0].rate), (1, 0.08));
    assert!(alone.rows[0].low < 0.08 && 0.08 < alone.rows[0].high);

    let quiet = rank(&[company("A", 50.0, 0), company("B", 10.0, 0)]);
    assert!(quiet.rows.iter().all(|row| row.rate == 0.0 && row.high > 0.0 && row.above_double == 0.0));

    let nobody = rank(&[]);
    assert!(nobody.rows.is_empty() && nobody.apart.is_empty() && nobody.overall == 0.0);

    let apart = rank(&[company("A", 0.0, 9), company("B", 100.0, 1), company("C", 0.0, 12)]);
    assert_eq!(apart.rows.len(), 1);
    assert_eq!(
        apart.apart.iter().map(|c| (c.npp.as_str(), c.claims)).collect::<Vec<_>>(),
        [("C", 12), ("A", 9)]
    );

    let crowded = rank(&[company("A", 3.0, 9), company("B", 1000.0, 3), company("C", 900.0, 2)]);
    assert_eq!(crowded.rows[0].npp, "A");
    assert!(crowded.notes.iter().any(|note| note.key == "analysis-note-more-claims-than-workers"));
    assert!(crowded.rows[0].sure && crowded.rows[0].above_double > 0.99);
}

#[test]
fn lines_of_one_company_are_added_up_and_traffic_is_told_apart() {
    let year = |npp: &str, group: &str, claims: u32, claims_traffic: u32| CompanyYear {
        group: Some(group.into()),
        claims_traffic,
        events_traffic: claims_traffic,
        ..company(npp, 100.0, claims)
    };
    let data = [
        year("A1", "Induk", 9, 1),
        year("A1", "Induk", 7, 1),
        year("A2", "Induk", 0, 0),
        year("B", "Lain", 8, 8),
    ];
    let ranking = rank_companies(&data, RankOptions::default());
    let line = |ranking: &Ranking| {
        ranking.rows.iter().map(|row| (row.npp.clone(), row.exposure, row.claims)).collect::<Vec<_>>()
    };
    assert_eq!(line(&ranking), [("A1".into(), 200.0, 14), ("A2".into(), 100.0, 0), ("B".into(), 100.0, 0)]);
    let traffic = rank_companies(&data, RankOptions { which: Which::Traffic, ..RankOptions::default() });
    assert_eq!(traffic.rows[0].npp, "B");
    assert_eq!(ranking.rows[0].rates, traffic.rows.iter().find(|row| row.npp == "A1").unwrap().rates);
    let groups = rank_companies(&data, RankOptions { by: By::Group, ..RankOptions::default() });
    assert_eq!(line(&groups), [("A1".into(), 300.0, 14), ("B".into(), 100.0, 0)]);
    assert_eq!(groups.rows[0].company, "Induk");
}

#[test]
fn against_what_the_risk_group_lets_expect_the_rate_is_an_index() {
    let of = |npp: &str, group: &str, claims| CompanyYear {
        risk_group: Some(group.into()),
        ..company(npp, 100.0, claims)
    };
    let data = [of("A", "I", 1), of("B", "I", 3), of("C", "V", 10), of("D", "V", 30)];
    let options =
        RankOptions { which: Which::All, basis: Basis::ExpectedByRiskGroup, ..RankOptions::default() };
    let ranking = rank_companies(&data, options);
    let raw = |npp: &str| ranking.rows.iter().find(|row| row.npp == npp).unwrap().raw_rate;
    assert!((ranking.overall - 1.0).abs() < 1e-15);
    for (npp, index) in [("A", 0.5), ("B", 1.5), ("C", 0.5), ("D", 1.5)] {
        assert!((raw(npp) - index).abs() < 1e-15, "{npp}");
    }
}

/// scipy: `poisson.ppf` and the share of the last count that is needed.
#[test]
fn funnel_limits_hold_what_they_promise() {
    for mean in [0.3_f64, 1.0, 4.2, 20.0, 250.0] {
        for level in [0.95, 0.998] {
            let limits = funnel_limits(mean, level, 1.0);
            let tail = (1.0 - level) / 2.0;
            let (first, last) = (limits.low.ceil() as u64, limits.high.ceil() as u64);
            assert!(poisson_at_most(last, mean) >= 1.0 - tail, "mean {mean}, level {level}");
            assert!(last == 0 || poisson_at_most(last - 1, mean) < 1.0 - tail, "mean {mean}, level {level}");
            assert!(first == 0 || poisson_at_most(first - 1, mean) < tail, "mean {mean}, level {level}");
            let wide = funnel_limits(mean, level, 4.0);
            assert!((wide.high - mean - 2.0 * (limits.high - mean)).abs() < 1e-9, "φ = 4 doubles the width");
        }
    }
    assert_eq!(funnel_limits(0.0, 0.95, 1.0).high, 0.0);
    let by_chance: Vec<(u64, f64)> = {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
        (0..500).map(|_| (u64::from(poisson(5.0, &mut random)), 100.0)).collect()
    };
    assert!(overdispersion(&by_chance, 0.05) < 1.15);
    let doubled: Vec<(u64, f64)> = by_chance.iter().map(|&(y, e)| (4 * y, e)).collect();
    assert!(overdispersion(&doubled, 0.2) > 2.0);
}

/// Wilson 1927; the figures are those of statsmodels' `proportion_confint(method="wilson")`.
#[test]
fn shares_of_few_cases_are_pulled_to_the_share_of_all() {
    for (hits, cases, low, high) in
        [(0, 10, 0.0, 0.277_532_800), (3, 10, 0.107_791_267, 0.603_221_853), (10, 10, 0.722_467_201, 1.0)]
    {
        let found = wilson(hits, cases).unwrap();
        assert!(
            (found.low - low).abs() < 1e-8 && (found.high - high).abs() < 1e-8,
            "{hits}/{cases}: {found:?}"
        );
    }
    assert_eq!(wilson(0, 0), None);
    let groups = [(90, 100), (10, 100), (1, 1), (0, 0), (50, 100), (20, 100), (80, 100)];
    let shrunk = shrunk_shares(&groups);
    let all = 251.0 / 501.0;
    assert!((0.8..0.9).contains(&shrunk[0]) && (0.1..0.2).contains(&shrunk[1]), "{shrunk:?}");
    assert!(shrunk[2] < 0.75, "one case of one says little: {}", shrunk[2]);
    assert_eq!(shrunk[3], all);
    assert_eq!(shrunk_shares(&[(5, 10), (5, 10)]), [0.5, 0.5]);
    assert_eq!(shrunk_shares(&[(10, 10), (3, 3)]), [1.0, 1.0]);
}
