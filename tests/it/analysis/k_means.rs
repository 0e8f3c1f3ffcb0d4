//! k-means against scikit-learn's numbers, linfa's engine, and its own promises.

use super::data::{blobs, corners, iris, noise, standardised};
use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, Axis, array, concatenate};
use santun::analysis::instructions::Instructions;
use santun::analysis::k_means::{KMeans, KMeansError, KMeansInit, KMeansParamsError, linfa_k_means};
use santun::analysis::watch::Watch;
use std::sync::atomic::{AtomicBool, Ordering};

fn from_rows(data: &Array2<f64>, rows: &[usize]) -> KMeans {
    let init = KMeansInit::Given(data.select(Axis(0), rows));
    KMeans::params(rows.len()).tolerance(0.0).init_method(init).fit(&DatasetBase::from(data.clone())).unwrap()
}

/// Expected inertia and sorted sizes: scikit-learn 1.9.1, `KMeans(init=X[rows], n_init=1, tol=0)`.
#[test]
fn from_given_centres_the_inertia_is_that_of_scikit_learn() {
    let raw = iris();
    let standard = standardised(iris());
    type Case<'a> = (&'a Array2<f64>, &'a [usize], f64, &'a [u32]);
    let cases: [Case<'_>; 10] = [
        (&raw, &[0, 50, 100], 78.851441426146, &[38, 50, 62]),
        (&raw, &[0, 149], 152.3479517603579, &[53, 97]),
        (&raw, &[0, 40, 80, 120], 71.44947102078251, &[22, 28, 39, 61]),
        (&raw, &[0, 30, 60, 90, 120], 49.849814510523345, &[22, 27, 28, 32, 41]),
        (&raw, &[0, 1, 2], 78.85566582597731, &[39, 50, 61]),
        (&standard, &[0, 50, 100], 140.0327527742865, &[44, 50, 56]),
        (&standard, &[0, 149], 222.36170496502302, &[50, 100]),
        (&standard, &[0, 40, 80, 120], 114.35376317214958, &[25, 25, 49, 51]),
        (&standard, &[0, 30, 60, 90, 120], 91.0473614427471, &[21, 25, 25, 34, 45]),
        (&standard, &[0, 1, 2], 140.0327527742865, &[44, 50, 56]),
    ];
    for (data, rows, inertia, sizes) in cases {
        let model = from_rows(data, rows);
        assert!((model.cost() - inertia).abs() < 1e-6, "{rows:?}: {} {inertia}", model.cost());
        let mut found = model.cluster_weights().to_vec();
        found.sort_by(f64::total_cmp);
        assert_eq!(found, sizes.iter().map(|&size| f64::from(size)).collect::<Vec<_>>(), "{rows:?}");
    }
}

/// scikit-learn 1.9.1 on the same rows, `KMeans(init=X[:k], n_init=1, tol=0, max_iter=1000)`, weights `row % 4`. More rows
/// than are compared exactly in every restart, and not a multiple of a block's.
#[test]
fn many_rows_end_where_those_of_scikit_learn_end() {
    for (n_rows, k, weighs, inertia) in [
        (70_001, 4, false, 34367.47287787964),
        (70_001, 3, true, 53339.22452821598),
        (3_001, 9, false, 1027.7142746142613),
    ] {
        let data = corners(n_rows);
        let n = data.nrows();
        let weights: Array1<f32> =
            if weighs { (0..n).map(|row| (row % 4) as f32).collect() } else { Array1::zeros(0) };
        let init = KMeansInit::Given(data.slice(ndarray::s![..k, ..]).to_owned());
        let params = KMeans::params(k).tolerance(0.0).max_n_iterations(1000).init_method(init);
        let model = params.fit(&DatasetBase::from(data).with_weights(weights)).unwrap();
        assert!((model.cost() - inertia).abs() < 1e-6, "{n_rows} rows, k {k}: {} {inertia}", model.cost());
    }
}

/// Fast passes count in 24 bits: a row far away must not take them from the others.
#[test]
fn one_row_far_away_does_not_blur_the_others() {
    let near = corners(2_001) * 1e-3;
    let mut far = near.clone();
    far.row_mut(0).fill(1e9);
    let from = |data: &Array2<f64>, rows: &[usize]| {
        let init = KMeansInit::Given(data.select(Axis(0), rows));
        let params = KMeans::params(rows.len()).tolerance(0.0).max_n_iterations(1).init_method(init);
        params.fit(&DatasetBase::from(data.clone())).unwrap()
    };
    let alone = from(&near.slice(ndarray::s![1.., ..]).to_owned(), &[0, 1, 2, 3]);
    let both = from(&far, &[1, 2, 3, 4, 0]);
    assert_eq!(both.labels().iter().skip(1).collect::<Vec<_>>(), alone.labels().iter().collect::<Vec<_>>());
    assert!((both.cost() - alone.cost()).abs() < 1e-9 * alone.cost(), "{} {}", both.cost(), alone.cost());
}

/// Squares of these would leave the range of the fast passes' numbers.
#[test]
fn any_scale_gives_the_same_groups() {
    let data = corners(500);
    let labels = |scale: f64| {
        let params = KMeans::params(4).n_runs(3).seed(5);
        params.fit(&DatasetBase::from(&data * scale)).unwrap().labels().to_vec()
    };
    for exponent in [-400, -60, 60, 400] {
        assert_eq!(labels(2.0_f64.powi(exponent)), labels(1.0), "2^{exponent}");
    }
}

/// scikit-learn with `sample_weight = row % 4`.
#[test]
fn weights_weigh_as_in_scikit_learn() {
    let data = iris();
    let weights: Array1<f32> = (0..150_u8).map(|row| f32::from(row % 4)).collect();
    let init = KMeansInit::Given(data.select(Axis(0), &[0, 50, 100]));
    let dataset = DatasetBase::from(data).with_weights(weights);
    let model = KMeans::params(3).tolerance(0.0).init_method(init).fit(&dataset).unwrap();
    assert!((model.cost() - 115.88594303109375).abs() < 1e-6, "{}", model.cost());
}

#[test]
fn a_row_of_weight_two_is_the_row_twice() {
    let data = noise(60, 3, 9);
    let init = KMeansInit::Given(data.select(Axis(0), &[0, 1, 2, 3]));
    let params = KMeans::params(4).tolerance(0.0).init_method(init);
    let once = DatasetBase::from(data.clone()).with_weights(Array1::from_elem(60, 2.0));
    let twice = DatasetBase::from(concatenate![Axis(0), data, data]);
    let (once, twice) = (params.fit(&once).unwrap(), params.fit(&twice).unwrap());
    assert!((once.cost() - twice.cost()).abs() < 1e-9);
    assert_eq!(once.cluster_weights(), twice.cluster_weights());
}

/// Numbers in bands: many rows, few different ones. Rows that bring weights are taken one by one. From the same start both
/// end in the same place; by lot they may end elsewhere, but not worse.
#[test]
fn equal_rows_together_end_where_single_rows_end() {
    for (fineness, k) in [(2.0, 4), (4.0, 3)] {
        let data = corners(70_001).mapv(|value| (value * fineness).floor());
        let single = DatasetBase::from(data.clone()).with_weights(Array1::ones(data.nrows()));
        let init = KMeansInit::Given(data.slice(ndarray::s![..k, ..]).to_owned());
        let by_lot = KMeans::params(k).n_runs(2);
        for (params, most) in [(by_lot.clone().tolerance(0.0).init_method(init), 1.0 + 1e-9), (by_lot, 1.01)]
        {
            let together = params.fit(&DatasetBase::from(data.clone())).unwrap();
            assert_whole(&together, &data);
            let ratio = together.cost() / params.fit(&single).unwrap().cost();
            assert!((1.0 / most..=most).contains(&ratio), "fineness {fineness}, k {k}: {ratio}");
        }
    }
}

#[test]
fn iris_in_three_is_the_known_best() {
    for seed in 0..5 {
        let model = KMeans::params(3).seed(seed).fit(&DatasetBase::from(iris())).unwrap();
        assert!((model.cost() - 78.8514).abs() < 1e-4, "seed {seed}: {}", model.cost());
    }
}

/// What a model says of itself, found again the slow way.
fn assert_whole(model: &KMeans, data: &Array2<f64>) {
    let mut cost = 0.0;
    let mut sizes = vec![0.0; model.centroids().nrows()];
    for (row, &label) in data.rows().into_iter().zip(model.labels()) {
        let distances: Vec<f64> =
            model.centroids().rows().into_iter().map(|c| (&c - &row).mapv(|x| x * x).sum()).collect();
        let nearest = distances.iter().copied().fold(f64::INFINITY, f64::min);
        assert_eq!(distances.iter().position(|&d| d == nearest), Some(label), "stale label");
        cost += nearest;
        sizes[label] += 1.0;
    }
    assert!((model.cost() - cost).abs() <= 1e-12 * cost.max(1.0), "stale cost {} {cost}", model.cost());
    assert_eq!(model.cluster_weights().to_vec(), sizes, "counts of another restart");
    assert_eq!(&model.predict(data), model.labels());
}

#[test]
fn labels_cost_and_counts_belong_to_the_returned_centres() {
    for seed in 0..3 {
        let data = noise(150, 3, seed);
        for (tolerance, max_n_iterations) in [(0.0, 300), (1e-4, 300), (0.5, 300), (0.0, 1), (0.0, 2)] {
            let model = KMeans::params(6)
                .seed(seed)
                .n_runs(3)
                .tolerance(tolerance)
                .max_n_iterations(max_n_iterations)
                .fit(&DatasetBase::from(data.clone()))
                .unwrap();
            assert_whole(&model, &data);
            assert_whole(&linfa_model(&data, 6, seed), &data);
        }
    }
}

fn linfa_model(data: &Array2<f64>, k: usize, seed: u64) -> KMeans {
    let params = KMeans::params(k).seed(seed).n_runs(4).check().unwrap();
    linfa_k_means(&params, &DatasetBase::from(data.clone())).unwrap()
}

#[test]
fn linfa_agrees() {
    let same = |data: Array2<f64>, k: usize| {
        let params = KMeans::params(k).n_runs(20).tolerance(0.0).check().unwrap();
        let dataset = DatasetBase::from(data);
        let (ours, theirs) = (params.fit(&dataset).unwrap(), linfa_k_means(&params, &dataset).unwrap());
        assert!(
            (ours.cost() - theirs.cost()).abs() < 1e-6 * ours.cost(),
            "k {k}: ours {}, linfa's {}",
            ours.cost(),
            theirs.cost()
        );
    };
    same(iris(), 2);
    same(iris(), 3);
    same(standardised(iris()), 2);
    same(blobs(400, 5, 4.0, 1), 5);
}

#[test]
fn the_same_bits_on_any_threads_and_instructions() {
    for (n_rows, weighs) in [(9_000, false), (9_001, true), (66_000, false)] {
        let data = noise(n_rows, 4, 3);
        let weights: Array1<f32> = if weighs {
            (0..n_rows).map(|row| 1.0 + (row % 7) as f32 / 10.0).collect()
        } else {
            Array1::zeros(0)
        };
        let dataset = DatasetBase::from(data).with_weights(weights);
        let params = KMeans::params(5).n_runs(2).max_n_iterations(6).seed(7);
        let one = params.clone().n_threads(1).fit(&dataset).unwrap();
        for n_threads in [1, 2, 3, 4] {
            for instructions in [Instructions::Plain, Instructions::Widest] {
                let params = params.clone().n_threads(n_threads).instructions(instructions);
                let other = params.fit(&dataset).unwrap();
                assert_eq!(one, other, "{n_threads} threads, {instructions:?}");
                assert_eq!(one.cost().to_bits(), other.cost().to_bits());
            }
        }
    }
}

#[test]
fn a_restart_does_not_depend_on_how_many_follow() {
    let data = DatasetBase::from(noise(500, 2, 11));
    let few = KMeans::params(7).n_runs(4).fit(&data).unwrap();
    let more = KMeans::params(7).n_runs(12).fit(&data).unwrap();
    assert!(more.cost() <= few.cost());
    if more.best_run() < 4 {
        assert_eq!(few, more);
    }
    let again = KMeans::params(7).n_runs(12).fit(&data).unwrap();
    assert_eq!(more, again);
}

#[test]
fn an_empty_cluster_takes_the_row_of_largest_cost_and_says_so() {
    let data = array![[0.0], [1.0], [10.0], [11.0], [50.0]];
    let init = KMeansInit::Given(array![[0.0], [10.0], [1000.0]]);
    let model = KMeans::params(3).tolerance(0.0).init_method(init).fit(&DatasetBase::from(data)).unwrap();
    assert_eq!(model.n_reseeded(), 1);
    assert_eq!(model.labels().to_vec(), [0, 0, 1, 1, 2]);
    assert_eq!(model.cost(), 1.0);
}

#[test]
fn fewer_different_rows_than_clusters_give_fewer_centres() {
    let data = array![[1.0, 2.0], [1.0, 2.0], [3.0, 4.0], [1.0, 2.0]];
    let model = KMeans::params(4).fit(&DatasetBase::from(data)).unwrap();
    assert_eq!(model.centroids().nrows(), 2);
    assert_eq!(model.cost(), 0.0);
}

#[test]
fn a_tie_goes_to_the_lowest_cluster() {
    let init = KMeansInit::Given(array![[0.0], [2.0]]);
    let data = array![[1.0], [0.0], [2.0], [-1.0], [3.0]];
    let model =
        KMeans::params(2).init_method(init).max_n_iterations(1).fit(&DatasetBase::from(data)).unwrap();
    assert_eq!(model.centroids(), &array![[0.0], [2.5]], "the row in the middle went to cluster 0");
}

#[test]
fn what_cannot_be_used_is_refused() {
    let bad = |params: santun::analysis::k_means::KMeansParams| params.check().unwrap_err();
    assert_eq!(bad(KMeans::params(0)), KMeansParamsError::NClusters);
    assert_eq!(bad(KMeans::params(1).n_runs(0)), KMeansParamsError::NRuns);
    assert_eq!(bad(KMeans::params(1).tolerance(-1.0)), KMeansParamsError::Tolerance);
    assert_eq!(bad(KMeans::params(1).tolerance(f64::NAN)), KMeansParamsError::Tolerance);
    assert_eq!(bad(KMeans::params(1).max_n_iterations(0)), KMeansParamsError::MaxIterations);
    assert_eq!(
        bad(KMeans::params(2).init_method(KMeansInit::Given(array![[0.0]]))),
        KMeansParamsError::GivenCentres
    );
    let refuse = |data: Array2<f64>, weights: Array1<f32>| {
        KMeans::params(1).fit(&DatasetBase::from(data).with_weights(weights)).unwrap_err()
    };
    let none = Array1::zeros(0);
    assert!(matches!(refuse(Array2::zeros((0, 3)), none.clone()), KMeansError::Empty));
    assert!(matches!(refuse(Array2::zeros((3, 0)), none.clone()), KMeansError::Empty));
    let hole = array![[0.0, 1.0], [2.0, f64::NAN]];
    assert!(matches!(refuse(hole, none.clone()), KMeansError::Value { row: 1, column: 1 }));
    assert!(matches!(refuse(array![[1e200]], none), KMeansError::Value { row: 0, column: 0 }));
    assert!(matches!(refuse(array![[0.0], [1.0]], array![1.0]), KMeansError::Weights));
    assert!(matches!(refuse(array![[0.0], [1.0]], array![1.0, -1.0]), KMeansError::Weights));
    assert!(matches!(refuse(array![[0.0], [1.0]], array![0.0, 0.0]), KMeansError::Empty));
}

#[test]
fn the_flag_stops_a_run() {
    let flag = AtomicBool::new(false);
    let steps = AtomicBool::new(false);
    let listen = |_| {
        steps.store(true, Ordering::Relaxed);
        flag.store(true, Ordering::Relaxed);
    };
    let params = KMeans::params(3).check().unwrap();
    let stopped = params.fit_watched(&DatasetBase::from(iris()), Watch::new(&flag, &listen));
    assert!(matches!(stopped, Err(KMeansError::Cancelled(_))));
    assert!(steps.load(Ordering::Relaxed), "the listener heard the first step");
}
