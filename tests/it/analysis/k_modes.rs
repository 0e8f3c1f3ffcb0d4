//! k-modes against published costs and its own promises.

use super::data::{breast_cancer, codes, soybean, votes};
use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, Axis, array, concatenate};
use proptest::prelude::*;
use santun::analysis::k_modes::{EqualRows, KModes, KModesError, KModesInit, KModesParamsError};
use santun::analysis::watch::Watch;
use std::sync::atomic::AtomicBool;

#[test]
fn reference_costs_are_reached() {
    for (name, data, k, cost) in [
        ("soybean-small", soybean(), 4, 199.0),
        ("congressional votes", votes(), 2, 1701.0),
        ("breast cancer, Wisconsin", breast_cancer(), 2, 2559.0),
    ] {
        for seed in 0..3 {
            let model =
                KModes::params(k).n_runs(20).seed(seed).fit(&DatasetBase::from(data.clone())).unwrap();
            assert_eq!(model.cost(), cost, "{name}, seed {seed}");
            assert_whole(&model, &data);
        }
    }
}

/// What a model says of itself, found again the slow way.
fn assert_whole(model: &KModes, data: &Array2<u8>) {
    let mut cost = 0;
    let mut sizes = vec![0.0; model.modes().nrows()];
    for (row, &label) in data.rows().into_iter().zip(model.labels()) {
        let distances: Vec<usize> = model
            .modes()
            .rows()
            .into_iter()
            .map(|mode| mode.iter().zip(&row).filter(|(mode, code)| mode != code).count())
            .collect();
        let nearest = distances.iter().min().unwrap();
        assert_eq!(distances.iter().position(|d| d == nearest), Some(label), "stale label");
        cost += nearest;
        sizes[label] += 1.0;
    }
    assert_eq!(model.cost(), cost as f64, "stale cost");
    assert_eq!(model.cluster_weights().to_vec(), sizes, "counts of another run");
    assert_eq!(&model.predict(data), model.labels());
}

#[test]
fn labels_cost_and_counts_belong_to_the_returned_modes() {
    for seed in 0..3 {
        let data = codes(200, 6, 4, seed);
        for max_n_iterations in [1, 2, 100] {
            for k in [1, 2, 8, 9, 17] {
                let params = KModes::params(k).seed(seed).n_runs(3).max_n_iterations(max_n_iterations);
                assert_whole(&params.fit(&DatasetBase::from(data.clone())).unwrap(), &data);
            }
        }
    }
}

#[test]
fn more_iterations_never_cost_more() {
    let data = codes(500, 8, 5, 3);
    let mut last = f64::INFINITY;
    for max_n_iterations in 1..12 {
        let params = KModes::params(6).n_runs(1).max_n_iterations(max_n_iterations);
        let cost = params.fit(&DatasetBase::from(data.clone())).unwrap().cost();
        assert!(cost <= last, "{max_n_iterations} iterations: {cost} after {last}");
        last = cost;
    }
}

#[test]
fn a_row_of_weight_three_is_the_row_three_times() {
    let data = votes();
    let weighed = DatasetBase::from(data.clone()).with_weights(Array1::from_elem(435, 3.0));
    let thrice = DatasetBase::from(concatenate![Axis(0), data, data, data]);
    let init = KModesInit::Given(data.select(Axis(0), &[0, 2, 8]));
    let params = KModes::params(3).init_method(init);
    let (weighed, thrice) = (params.fit(&weighed).unwrap(), params.fit(&thrice).unwrap());
    assert_eq!(weighed.modes(), thrice.modes());
    assert_eq!(weighed.cost(), thrice.cost());
    assert_eq!(weighed.cluster_weights(), thrice.cluster_weights());
}

#[test]
fn a_row_without_weight_pulls_nothing_but_gets_a_label() {
    let data = array![[0, 0], [0, 0], [1, 1], [1, 1], [1, 1], [2, 1]];
    let weights = array![1.0, 1.0, 0.0, 0.0, 0.0, 1.0];
    let model = KModes::params(2).fit(&DatasetBase::from(data.clone()).with_weights(weights)).unwrap();
    assert_eq!(model.cost(), 0.0);
    let last = model.labels()[5];
    assert_eq!(model.modes().row(last).to_vec(), [2, 1]);
    assert_eq!(model.labels()[2], last);
}

/// Worked by hand: the values of row 1 are the most frequent ones (density 9/12), and row 3 is the farthest
/// by density × distance (1/4 × 3 against 5/12 × 1 for row 4).
#[test]
fn cao_starts_where_values_are_frequent_and_then_far_away() {
    let data = array![[0, 0, 0], [0, 0, 0], [0, 0, 1], [1, 1, 2]];
    let params = KModes::params(2).n_runs(1);
    let model = params.fit(&DatasetBase::from(data)).unwrap();
    assert_eq!(model.modes(), &array![[0, 0, 0], [1, 1, 2]]);
}

#[test]
fn ties_go_to_the_smallest_code_and_the_lowest_cluster() {
    let data = array![[3, 1], [3, 2], [5, 1], [5, 2]];
    let one = KModes::params(1).fit(&DatasetBase::from(data)).unwrap();
    assert_eq!(one.modes(), &array![[3, 1]]);
    let init = KModesInit::Given(array![[0, 0], [1, 1]]);
    let two = KModes::params(2).init_method(init).fit(&DatasetBase::from(array![[0, 0], [0, 1], [1, 1]]));
    assert_eq!(two.unwrap().labels().to_vec(), [0, 0, 1]);
}

#[test]
fn the_same_bits_on_one_thread_or_many() {
    let data = codes(9_000, 7, 6, 5);
    let weights: Array1<f32> = (0..9_000_u16).map(|row| 1.0 + f32::from(row % 7) / 10.0).collect();
    let dataset = DatasetBase::from(data).with_weights(weights);
    for n_runs in [1, 2, 5] {
        let params = KModes::params(9).n_runs(n_runs).max_n_iterations(10).seed(7);
        let one = params.clone().n_threads(1).fit(&dataset).unwrap();
        for n_threads in [2, 3, 8] {
            assert_eq!(one, params.clone().n_threads(n_threads).fit(&dataset).unwrap());
        }
    }
}

/// The first of restarts that reach the same cost wins, whichever thread was faster.
#[test]
fn of_equal_restarts_the_earliest_wins() {
    let data = array![[0, 0], [0, 0], [1, 1], [1, 1]];
    for n_threads in [1, 2, 4] {
        let model =
            KModes::params(2).n_runs(9).n_threads(n_threads).fit(&DatasetBase::from(data.clone())).unwrap();
        assert_eq!((model.cost(), model.best_run()), (0.0, 0));
    }
}

/// Rows of few values, so that many are equal; sometimes with given modes, some of which are twins and run empty.
fn repeated() -> impl Strategy<Value = (Array2<u8>, KModesInit, usize)> {
    let shape = (1..60_usize, 1..5_usize, 1..7_usize, 1..4_u8);
    shape.prop_flat_map(|(n_rows, n_columns, k, n_codes)| {
        let rows = proptest::collection::vec(0..n_codes, n_rows * n_columns);
        let modes = proptest::collection::vec(0..n_codes + 1, k * n_columns);
        (rows, proptest::option::of(modes)).prop_map(move |(rows, modes)| {
            let data = Array2::from_shape_vec((n_rows, n_columns), rows).unwrap();
            let given =
                modes.map(|modes| KModesInit::Given(Array2::from_shape_vec((k, n_columns), modes).unwrap()));
            (data, given.unwrap_or(KModesInit::CaoThenDraws), k)
        })
    })
}

proptest! {
    /// Equal rows together give the model that they give one by one, to the bit: modes, labels, weights, cost, the run that
    /// won, and how often a cluster ran empty.
    #[test]
    fn equal_rows_together_change_nothing((data, init, k) in repeated(), seed in 0..50_u64, times in 1..4_usize) {
        let copies: Vec<_> = (0..times).map(|_| data.view()).collect();
        let data = concatenate(Axis(0), &copies).unwrap();
        let params = KModes::params(k).init_method(init).n_runs(4).seed(seed);
        let fit = |equal_rows, n_threads| {
            params.clone().equal_rows(equal_rows).n_threads(n_threads).fit(&DatasetBase::from(data.clone())).unwrap()
        };
        let apart = fit(EqualRows::Apart, 1);
        prop_assert_eq!(&fit(EqualRows::Together, 1), &apart);
        prop_assert_eq!(&fit(EqualRows::Together, 3), &apart);
    }
}

/// As above, where there are more rows than are probed and the lot falls among many blocks of them.
#[test]
fn a_hundred_thousand_rows_of_a_few_thousand_kinds() {
    let kinds = codes(3_000, 5, 6, 8);
    let rows: Vec<usize> = (0..100_000_usize).map(|row| (row * row + row / 7) % 3_000).collect();
    let dataset = DatasetBase::from(kinds.select(Axis(0), &rows));
    let params = KModes::params(6).n_runs(3).seed(5).n_threads(2);
    let together = params.clone().fit(&dataset).unwrap();
    assert_eq!(together, params.equal_rows(EqualRows::Apart).fit(&dataset).unwrap());
}

#[test]
fn an_empty_cluster_takes_the_row_of_largest_cost_and_says_so() {
    let data = array![[0, 0, 0], [0, 0, 0], [1, 1, 0], [7, 7, 7]];
    let init = KModesInit::Given(array![[0, 0, 0], [1, 1, 0], [200, 200, 200]]);
    let model = KModes::params(3).init_method(init).fit(&DatasetBase::from(data)).unwrap();
    assert_eq!(model.n_reseeded(), 1);
    assert_eq!(model.labels().to_vec(), [0, 0, 1, 2]);
    assert_eq!(model.cost(), 0.0);
}

#[test]
fn fewer_different_rows_than_clusters_give_fewer_modes() {
    let model = KModes::params(5).fit(&DatasetBase::from(array![[1, 2], [1, 2], [3, 4]])).unwrap();
    assert_eq!(model.modes().nrows(), 2);
    assert_eq!(model.cost(), 0.0);
}

#[test]
fn what_cannot_be_used_is_refused() {
    let bad = |params: santun::analysis::k_modes::KModesParams| params.check().unwrap_err();
    assert_eq!(bad(KModes::params(0)), KModesParamsError::NClusters);
    assert_eq!(bad(KModes::params(1).n_runs(0)), KModesParamsError::NRuns);
    assert_eq!(bad(KModes::params(1).max_n_iterations(0)), KModesParamsError::MaxIterations);
    assert_eq!(
        bad(KModes::params(2).init_method(KModesInit::Given(array![[0]]))),
        KModesParamsError::GivenModes
    );
    let refuse = |data: Array2<u8>, weights: Array1<f32>| {
        KModes::params(1).fit(&DatasetBase::from(data).with_weights(weights)).unwrap_err()
    };
    let none = Array1::zeros(0);
    assert!(matches!(refuse(Array2::zeros((0, 3)), none.clone()), KModesError::Empty));
    assert!(matches!(refuse(Array2::zeros((2, 256)), none), KModesError::TooManyColumns));
    assert!(matches!(refuse(array![[0], [1]], array![1.0]), KModesError::Weights));
    assert!(matches!(refuse(array![[0], [1]], array![f32::NAN, 1.0]), KModesError::Weights));
    let flag = AtomicBool::new(true);
    let stopped = KModes::params(2)
        .check()
        .unwrap()
        .fit_watched(&DatasetBase::from(votes()), Watch::new(&flag, &|_| ()));
    assert!(matches!(stopped, Err(KModesError::Cancelled(_))));
}

#[test]
fn the_widest_table_that_fits_is_counted_right() {
    let data = codes(40, 255, 200, 1);
    let model = KModes::params(3).n_runs(2).fit(&DatasetBase::from(data.clone())).unwrap();
    assert_whole(&model, &data);
}
