//! Which k is recommended on planted groups, and on none.

use super::data::{blobs, noise};
use ndarray::Array2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::analysis::quality::{ChoiceLimits, Matrix, Verdict, choose_k, stability};
use santun::analysis::{ClusterError, Stage, Watch};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const LIMITS: ChoiceLimits =
    ChoiceLimits { most_clusters: 6, most_rows: 240, n_bootstraps: 8, n_references: 6, n_runs: 4 };

/// Of so few rows and fits that many tables can be looked at.
const FEW: ChoiceLimits =
    ChoiceLimits { most_clusters: 5, most_rows: 240, n_bootstraps: 8, n_references: 8, n_runs: 3 };

fn planted_codes(n_rows: usize, k: u8, seed: u64) -> Array2<u8> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    Array2::from_shape_fn((n_rows, 8), |(row, _)| {
        if random.gen_bool(0.85) { u8::try_from(row).unwrap_or_default() % k } else { random.gen_range(0..k) }
    })
}

#[test]
fn planted_blobs_are_found() {
    for k in [2, 3, 4] {
        let choice =
            choose_k(&Matrix::Numbers(blobs(240, k, 4.0, 5)), None, LIMITS, 1, Watch::silent()).unwrap();
        assert_eq!((choice.k, choice.verdict), (k, Verdict::Groups), "{:#?}", choice.rows);
        let costs: Vec<f64> = choice.rows.iter().map(|row| row.cost).collect();
        assert!(costs.windows(2).all(|pair| pair[1] <= pair[0]), "the cost curve falls: {costs:?}");
        assert_eq!(choice.rows[0].stability, None);
    }
}

#[test]
fn planted_categories_are_found() {
    let choice =
        choose_k(&Matrix::Codes(planted_codes(240, 3, 2)), None, LIMITS, 1, Watch::silent()).unwrap();
    assert_eq!((choice.k, choice.gap_k, choice.verdict), (3, 3, Verdict::Groups), "{:#?}", choice.rows);
}

/// Rows around centres, drawn from a normal distribution with these deviations along the columns.
fn clouds(centres: &[[f64; 2]], deviations: [f64; 2], seed: u64) -> Matrix {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    Matrix::Numbers(Array2::from_shape_fn((240, 2), |(row, column)| {
        let normal: f64 = (0..12).map(|_| random.gen_range(0.0..1.0)).sum::<f64>() - 6.0;
        centres[row % centres.len()][column] + deviations[column] * normal
    }))
}

/// What the gap and the stability rule misjudge when each looks at the next k alone.
#[test]
fn clouds_are_counted_wherever_they_lie() {
    type Clouds<'a> = (&'a [[f64; 2]], [f64; 2], usize, &'a [Verdict]);
    let cases: [Clouds; 5] = [
        // In a row: two groups are worse than one.
        (&[[0.0, 0.0], [10.0, -10.0], [20.0, -20.0]], [1.0, 1.0], 3, &[Verdict::Groups]),
        (&[[0.0, 0.0], [12.0, 0.0], [24.0, 0.0], [36.0, 0.0]], [1.0, 1.0], 4, &[Verdict::Groups]),
        // Long ones: each cut in two is nearly as stable, and nearer to its centres; the gap is of two minds.
        (&[[-1.0, 0.0], [1.0, 0.0]], [0.1, 1.0], 2, &[Verdict::Groups, Verdict::GapPrefersOne]),
        (&[[-2.0, 0.0], [2.0, 0.0]], [0.1, 1.0], 2, &[Verdict::Groups]),
        (&[[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]], [1.0, 1.0], 4, &[Verdict::Groups]),
    ];
    for (number, (centres, deviations, k, verdicts)) in cases.into_iter().enumerate() {
        for seed in 0..2 {
            let found = choose_k(&clouds(centres, deviations, seed), None, FEW, 1, Watch::silent()).unwrap();
            let is_right = found.k == k && verdicts.contains(&found.verdict);
            assert!(is_right, "row {number}, seed {seed}: {found:#?}");
        }
    }
}

/// A long cloud, an even field and skewed ones, over several draws: what is called groups there is a false alarm.
#[test]
fn little_is_called_groups_where_there_are_none() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(77);
    let mut alarms = Vec::new();
    for draw in 0..4 {
        let field = Array2::from_shape_fn((240, 2), |_| random.gen_range(0.0..1.0_f64));
        let skewed = Array2::from_shape_fn((240, 2), |_| -random.gen_range(0.001..1.0_f64).ln());
        let half = Array2::from_shape_fn((240, 2), |(_, column)| {
            let even = random.gen_range(0.001..1.0_f64);
            if column == 0 { even * 3.0 } else { -even.ln() }
        });
        for (what, matrix) in [
            ("half skewed", Matrix::Numbers(half)),
            ("long", clouds(&[[0.0, 0.0]], [1.0, 0.2], 100 + draw)),
            ("even", Matrix::Numbers(field)),
            ("skewed", Matrix::Numbers(skewed)),
        ] {
            let found = choose_k(&matrix, None, FEW, draw, Watch::silent()).unwrap();
            if found.verdict == Verdict::Groups {
                alarms.push((what, draw, found));
            }
        }
    }
    assert!(alarms.len() <= 1, "{} of 16: {alarms:#?}", alarms.len());
}

#[test]
fn noise_has_no_clear_groups() {
    let numbers = choose_k(&Matrix::Numbers(noise(240, 3, 8)), None, LIMITS, 1, Watch::silent()).unwrap();
    assert_ne!(numbers.verdict, Verdict::Groups, "{:#?}", numbers.rows);
    let codes = super::data::codes(240, 6, 3, 8);
    let codes = choose_k(&Matrix::Codes(codes), None, LIMITS, 1, Watch::silent()).unwrap();
    assert_ne!(codes.verdict, Verdict::Groups, "{:#?}", codes.rows);
}

#[test]
fn a_large_table_is_sampled_and_the_choice_is_the_same_again() {
    let data = Matrix::Numbers(blobs(2000, 3, 5.0, 4));
    let once = choose_k(&data, None, LIMITS, 9, Watch::silent()).unwrap();
    assert_eq!((once.n_rows, once.k), (240, 3));
    assert_eq!(once, choose_k(&data, None, LIMITS, 9, Watch::silent()).unwrap());
}

#[test]
fn every_part_tells_its_progress_and_can_be_stopped() {
    let data = Matrix::Numbers(blobs(60, 2, 4.0, 1));
    for stage in [Stage::Curve, Stage::Gap, Stage::Stability] {
        let flag = AtomicBool::new(false);
        let heard = Mutex::new(Vec::new());
        let listen = |progress: santun::analysis::Progress| {
            assert!(progress.done < progress.total);
            heard.lock().unwrap().push(progress.stage);
            flag.store(progress.stage == stage, Ordering::Relaxed);
        };
        let stopped = choose_k(&data, None, LIMITS, 1, Watch::new(&flag, &listen));
        assert!(matches!(stopped, Err(ClusterError::Cancelled(_))), "{stage:?}");
        assert_eq!(heard.lock().unwrap().last(), Some(&stage), "nothing is told after the stop");
    }
}

#[test]
fn each_group_says_how_well_it_is_found_again() {
    // Three blobs, the third cut in two at random: the sound ones are found again, the halves are not.
    let data = Matrix::Numbers(blobs(240, 3, 5.0, 5));
    let fitted = data.fit(3, None, 1, 4, Watch::silent()).unwrap();
    let sound = stability(&data, None, &fitted.labels, LIMITS, 1, Watch::silent()).unwrap();
    assert!(sound.agreement > 0.95 && sound.overlaps.iter().all(|overlap| *overlap > 0.9), "{sound:?}");
    let halved: Vec<usize> = fitted
        .labels
        .iter()
        .enumerate()
        .map(|(row, &label)| if label == 2 && row % 2 == 0 { 3 } else { label })
        .collect();
    let cut = stability(&data, None, &halved, LIMITS, 1, Watch::silent()).unwrap();
    assert_eq!(cut.overlaps.len(), 4);
    assert!(cut.overlaps[0].max(cut.overlaps[1]) > 0.9, "{cut:?}");
    assert!(cut.overlaps[2] < 0.75 && cut.overlaps[3] < 0.75, "{cut:?}");
    assert!(cut.agreement < sound.agreement, "{cut:?}");
}
