//! Samples: different cases, each with its chance, the same in any order; the chances against counting every start.

use proptest::collection::vec;
use proptest::prelude::*;
use santun::analysis::sampling::{DrawBy, Sample, Unit, draw};

fn units(rupiah: &[i64]) -> Vec<Unit> {
    let unit = |(number, rupiah): (usize, &i64)| Unit {
        claim_no: format!("K{number:04}"),
        rupiah: *rupiah,
        usual_rupiah: (number % 3 != 0).then_some(500),
    };
    rupiah.iter().enumerate().map(unit).collect()
}

fn numbers(sample: &Sample) -> Vec<&str> {
    sample.drawn.iter().map(|drawn| drawn.unit.claim_no.as_str()).collect()
}

fn size(unit: &Unit, by: DrawBy) -> i64 {
    match by {
        DrawBy::Value => unit.rupiah.max(0),
        DrawBy::Variance => unit.usual_rupiah.map_or(0, |usual| (unit.rupiah - usual).abs()),
        DrawBy::Random => 1,
    }
}

const WAYS: [DrawBy; 3] = [DrawBy::Value, DrawBy::Variance, DrawBy::Random];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// As many different cases as were asked for, or all that have a chance; their chances add up to the number drawn
    /// when certain ones are among them or none are; in any order the same.
    #[test]
    fn draws_what_it_says(
        rupiah in vec(prop_oneof![Just(0), -5_i64..1_000, 1_i64..2_000_000_000], 0..60),
        n in 0_usize..70,
        seed: u64,
    ) {
        for by in WAYS {
            let all = units(&rupiah);
            let sample = draw(all.clone(), by, n, seed);
            let with_chance: Vec<&Unit> = all.iter().filter(|unit| size(unit, by) > 0).collect();
            prop_assert_eq!(sample.drawn.len(), n.min(with_chance.len()));
            prop_assert_eq!((sample.n_units, sample.n_left), (with_chance.len(), all.len() - with_chance.len()));
            let mut seen = numbers(&sample);
            seen.dedup();
            prop_assert_eq!(seen.len(), sample.drawn.len());
            for drawn in &sample.drawn {
                prop_assert!(size(&drawn.unit, by) > 0 && drawn.chance > 0.0 && drawn.chance <= 1.0);
            }
            // Larger ones never have the smaller chance.
            for (one, other) in sample.drawn.iter().zip(sample.drawn.iter().skip(1)) {
                let larger = size(&one.unit, by).cmp(&size(&other.unit, by));
                let likelier = one.chance.total_cmp(&other.chance);
                prop_assert!(larger == likelier || one.chance == 1.0 || other.chance == 1.0 || by == DrawBy::Random);
            }
            let mut turned = all;
            turned.reverse();
            prop_assert_eq!(&sample, &draw(turned, by, n, seed));
        }
    }

    /// What was drawn, each by one over its chance, estimates the sum of all exactly when sizes are the values.
    #[test]
    fn weighted_by_their_chances_values_add_up_to_all(rupiah in vec(1_i64..1_000_000, 1..50), n in 1_usize..20, seed: u64) {
        let sample = draw(units(&rupiah), DrawBy::Value, n, seed);
        let estimate: f64 = sample.drawn.iter().map(|drawn| drawn.unit.rupiah as f64 / drawn.chance).sum();
        let total: i64 = rupiah.iter().sum();
        prop_assert!((estimate - total as f64).abs() <= 1e-9 * total as f64, "{} {}", estimate, total);
    }
}

/// Over many seeds each case comes as often as its chance says: within four deviations.
#[test]
fn cases_come_as_often_as_their_chance_says() {
    let rupiah = [1_000, 10, 200, 30, 40, 500, 60, 70, 80, 90];
    const N: u64 = 4_000;
    for by in WAYS {
        let mut came = vec![0_u32; rupiah.len()];
        let mut chance = vec![0.0; rupiah.len()];
        for seed in 0..N {
            for drawn in draw(units(&rupiah), by, 4, seed).drawn {
                let number: usize = drawn.unit.claim_no[1..].parse().expect("a number");
                came[number] += 1;
                chance[number] = drawn.chance;
            }
        }
        for (came, chance) in came.iter().zip(&chance) {
            let (expected, spread) = (N as f64 * chance, (N as f64 * chance * (1.0 - chance)).sqrt());
            assert!((f64::from(*came) - expected).abs() <= 4.0 * spread, "{by:?}: {came} for {expected}");
        }
        let all: f64 = chance.iter().sum();
        assert!((all - 4.0).abs() < 1e-9, "{by:?}: chances add up to {all}");
    }
}

#[test]
fn a_case_that_is_most_of_the_money_is_certain() {
    let sample = draw(units(&[1_000_000, 10, 20, 30]), DrawBy::Value, 2, 9);
    assert_eq!((sample.drawn[0].unit.claim_no.as_str(), sample.drawn[0].chance), ("K0000", 1.0));
    assert!(sample.drawn[1].chance < 1.0);
    assert!(draw(Vec::new(), DrawBy::Value, 5, 0).drawn.is_empty());
    assert!(draw(units(&[0, 0]), DrawBy::Value, 5, 0).drawn.is_empty());
}
