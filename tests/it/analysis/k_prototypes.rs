//! k-prototypes against another program's costs, against k-means and k-modes, and its own promises.

use super::data::{codes, corner_codes, corners, noise};
use linfa::traits::{Fit, PredictInplace};
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, Array2, array, concatenate, s};
use santun::analysis::Watch;
use santun::analysis::k_means::KMeans;
use santun::analysis::k_modes::KModes;
use santun::analysis::k_prototypes::{
    Gamma, KPrototypes, KPrototypesError, KPrototypesInit, KPrototypesParams, KPrototypesParamsError, Mixed,
};
use santun::analysis::quality::silhouettes_mixed;
use std::sync::atomic::AtomicBool;

fn fit(params: &KPrototypesParams, numbers: &Array2<f64>, codes: &Array2<u8>) -> KPrototypes {
    let records = Mixed { numbers: numbers.view(), codes: codes.view() };
    params.fit(&DatasetBase::new(records, ())).unwrap()
}

/// The lowest cost of 45 runs of kmodes 0.12.2, `KPrototypes(k, gamma=gamma)`, which moves one row at a time.
#[test]
fn the_costs_of_another_program_are_reached() {
    let (numbers, codes) = (corners(300), corner_codes(300));
    for (k, gamma, cost) in [
        (3, 0.7, 555.8751813775372),
        (4, 0.7, 401.86067412291067),
        (4, 2.5, 1050.3149796895866),
        (2, 0.1, 612.1839589886187),
    ] {
        let model = fit(&KPrototypes::params(k).n_runs(20).gamma(Gamma::Given(gamma)), &numbers, &codes);
        assert!((model.cost() - cost).abs() < 1e-6, "k {k}, gamma {gamma}: {} {cost}", model.cost());
        assert_whole(&model, &numbers, &codes);
    }
}

/// NumPy: `X.var(0).mean() / mean(1 - sum(p**2))`.
#[test]
fn gamma_is_the_balance_of_the_two_parts() {
    let model = fit(&KPrototypes::params(2), &corners(300), &corner_codes(300));
    assert!((model.gamma() - 2.562102094116094).abs() < 1e-12, "{}", model.gamma());
    let same = fit(&KPrototypes::params(2), &corners(50), &Array2::from_elem((50, 2), 3));
    assert_eq!(same.gamma(), 1.0, "categories that say nothing have no balance");
}

/// What a model says of itself, found again the slow way.
fn assert_whole(model: &KPrototypes, numbers: &Array2<f64>, codes: &Array2<u8>) {
    let mut parts = [0.0, 0.0];
    let mut sizes = vec![0.0; model.means().nrows()];
    for (row, &label) in model.labels().iter().enumerate() {
        let of = |cluster: usize| {
            let square = (&numbers.row(row) - &model.means().row(cluster)).mapv(|x| x * x).sum();
            let differ =
                codes.row(row).iter().zip(model.modes().row(cluster)).filter(|(a, b)| a != b).count();
            [square, model.gamma() * differ as f64]
        };
        let all: Vec<f64> = (0..sizes.len()).map(|cluster| of(cluster).iter().sum()).collect();
        let nearest = all.iter().copied().fold(f64::INFINITY, f64::min);
        assert_eq!(all.iter().position(|&distance| distance == nearest), Some(label), "stale label");
        parts.iter_mut().zip(of(label)).for_each(|(part, of)| *part += of);
        sizes[label] += 1.0;
    }
    assert!((model.cost() - parts[0] - parts[1]).abs() <= 1e-9, "stale cost {} {parts:?}", model.cost());
    assert!((model.cost_of_numbers() - parts[0]).abs() <= 1e-9, "stale part");
    assert_eq!(model.cluster_weights().to_vec(), sizes, "counts of another run");
    let mut again = Array1::zeros(sizes.len().max(numbers.nrows()));
    model.predict_inplace(&Mixed { numbers: numbers.view(), codes: codes.view() }, &mut again);
    assert_eq!(&again, model.labels());
}

#[test]
fn labels_cost_and_counts_belong_to_the_returned_prototypes() {
    for seed in 0..3 {
        let (numbers, codes) = (noise(150, 3, seed), codes(150, 4, 3, seed));
        for (k, max_n_iterations) in [(1, 100), (3, 1), (8, 2), (9, 100), (17, 100)] {
            let params = KPrototypes::params(k).seed(seed).n_runs(2).max_n_iterations(max_n_iterations);
            assert_whole(&fit(&params, &numbers, &codes), &numbers, &codes);
        }
    }
}

#[test]
fn with_one_part_it_is_k_means_or_k_modes() {
    let (numbers, codes) = (corners(200), corner_codes(200));
    let means = KMeans::params(4).tolerance(0.0).fit(&DatasetBase::from(numbers.clone())).unwrap();
    let free = fit(&KPrototypes::params(4).gamma(Gamma::Given(0.0)), &numbers, &codes);
    assert!((free.cost() - means.cost()).abs() < 1e-9, "{} {}", free.cost(), means.cost());
    let modes = KModes::params(4).n_runs(20).fit(&DatasetBase::from(codes.clone())).unwrap();
    let flat =
        fit(&KPrototypes::params(4).n_runs(20).gamma(Gamma::Given(1.0)), &Array2::zeros((200, 1)), &codes);
    assert_eq!((flat.cost(), flat.cost_of_numbers()), (modes.cost(), 0.0));
}

/// Every way to put eight rows into two or three clusters.
#[test]
fn the_best_partition_of_a_few_rows_is_found() {
    for (n, k, seed) in [(8_usize, 2_usize, 1), (8, 3, 2), (7, 3, 3)] {
        let (numbers, codes) = (noise(n, 2, seed), codes(n, 3, 3, seed));
        let params = KPrototypes::params(k).n_runs(100).gamma(Gamma::Given(0.2));
        let mut lowest = f64::INFINITY;
        for partition in 0..k.pow(u32::try_from(n).unwrap()) {
            let labels: Vec<usize> =
                (0..n).map(|row| partition / k.pow(u32::try_from(row).unwrap()) % k).collect();
            let cost = (0..k).map(|cluster| cost_of(&numbers, &codes, 0.2, &labels, cluster)).sum();
            lowest = lowest.min(cost);
        }
        let model = fit(&params, &numbers, &codes);
        assert!((model.cost() - lowest).abs() < 1e-12, "{n} rows, k {k}: {} {lowest}", model.cost());
    }
}

fn cost_of(numbers: &Array2<f64>, codes: &Array2<u8>, gamma: f64, labels: &[usize], cluster: usize) -> f64 {
    let rows: Vec<usize> = (0..labels.len()).filter(|&row| labels[row] == cluster).collect();
    if rows.is_empty() {
        return 0.0;
    }
    let here = numbers.select(ndarray::Axis(0), &rows);
    let squares = (&here - &here.mean_axis(ndarray::Axis(0)).unwrap()).mapv(|x| x * x).sum();
    let differ = codes.columns().into_iter().map(|column| {
        let most =
            (0..=255).map(|code| rows.iter().filter(|&&row| column[row] == code).count()).max().unwrap();
        rows.len() - most
    });
    squares + gamma * differ.sum::<usize>() as f64
}

#[test]
fn a_row_of_weight_two_is_the_row_twice() {
    let (numbers, codes) = (noise(60, 2, 4), codes(60, 3, 3, 4));
    let init =
        KPrototypesInit::Given(numbers.slice(s![..3, ..]).to_owned(), codes.slice(s![..3, ..]).to_owned());
    let params = KPrototypes::params(3).init_method(init);
    let records = Mixed { numbers: numbers.view(), codes: codes.view() };
    let weighed = DatasetBase::new(records, ()).with_weights(Array1::from_elem(60, 2.0));
    let once = params.fit(&weighed).unwrap();
    let axis = ndarray::Axis(0);
    let twice = fit(&params, &concatenate![axis, numbers, numbers], &concatenate![axis, codes, codes]);
    assert!((once.cost() - twice.cost()).abs() < 1e-9);
    assert_eq!((once.modes(), once.cluster_weights()), (twice.modes(), twice.cluster_weights()));
}

#[test]
fn the_same_bits_on_one_thread_or_many() {
    let (numbers, codes) = (noise(9_000, 3, 3), codes(9_000, 4, 5, 3));
    for n_runs in [1, 2, 5] {
        let params = KPrototypes::params(9).n_runs(n_runs).max_n_iterations(6).seed(7);
        let one = fit(&params, &numbers, &codes);
        for n_threads in [2, 4] {
            assert_eq!(one, fit(&params.clone().n_threads(n_threads), &numbers, &codes));
        }
    }
}

#[test]
fn an_empty_cluster_takes_the_row_of_largest_cost_and_says_so() {
    let (numbers, codes) = (array![[0.0], [0.1], [10.0], [10.1], [50.0]], array![[0], [0], [1], [1], [2]]);
    let init = KPrototypesInit::Given(array![[0.0], [10.0], [1000.0]], array![[0], [1], [9]]);
    let model = fit(&KPrototypes::params(3).init_method(init), &numbers, &codes);
    assert_eq!((model.n_reseeded(), model.labels().to_vec()), (1, vec![0, 0, 1, 1, 2]));
    let few = fit(&KPrototypes::params(4), &array![[1.0], [1.0], [2.0]], &array![[0], [0], [0]]);
    assert_eq!((few.means().nrows(), few.cost()), (2, 0.0));
}

#[test]
fn silhouettes_of_both_parts_are_their_definition() {
    let (numbers, codes) = (noise(40, 2, 8), codes(40, 3, 3, 8));
    let labels: Vec<usize> = (0..40).map(|row| row * row % 3).collect();
    let distance = |a: usize, b: usize| {
        let differ = codes.row(a).iter().zip(codes.row(b)).filter(|(x, y)| x != y).count();
        (&numbers.row(a) - &numbers.row(b)).mapv(|x| x * x).sum() + 0.3 * differ as f64
    };
    for (row, fast) in silhouettes_mixed(&numbers, &codes, 0.3, &labels).into_iter().enumerate() {
        let mean_to = |cluster: usize| {
            let others: Vec<f64> =
                (0..40).filter(|&b| b != row && labels[b] == cluster).map(|b| distance(row, b)).collect();
            (!others.is_empty()).then(|| others.iter().sum::<f64>() / others.len() as f64)
        };
        let inside = mean_to(labels[row]).unwrap();
        let outside = (0..3).filter(|&c| c != labels[row]).filter_map(mean_to).fold(f64::INFINITY, f64::min);
        assert!((fast - (outside - inside) / outside.max(inside)).abs() < 1e-12, "row {row}");
    }
}

#[test]
fn what_cannot_be_used_is_refused() {
    let bad = |params: KPrototypesParams| params.check().unwrap_err();
    assert_eq!(bad(KPrototypes::params(0)), KPrototypesParamsError::NClusters);
    assert_eq!(bad(KPrototypes::params(1).n_runs(0)), KPrototypesParamsError::NRuns);
    assert_eq!(bad(KPrototypes::params(1).max_n_iterations(0)), KPrototypesParamsError::MaxIterations);
    for gamma in [-1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(bad(KPrototypes::params(1).gamma(Gamma::Given(gamma))), KPrototypesParamsError::Gamma);
    }
    let refuse = |numbers: Array2<f64>, codes: Array2<u8>| {
        let records = Mixed { numbers: numbers.view(), codes: codes.view() };
        KPrototypes::params(1).fit(&DatasetBase::new(records, ())).unwrap_err()
    };
    assert!(matches!(refuse(Array2::zeros((0, 1)), Array2::zeros((0, 1))), KPrototypesError::Empty));
    assert!(matches!(refuse(Array2::zeros((2, 0)), Array2::zeros((2, 1))), KPrototypesError::OneKind));
    assert!(matches!(refuse(Array2::zeros((2, 1)), Array2::zeros((2, 0))), KPrototypesError::OneKind));
    assert!(matches!(refuse(Array2::zeros((2, 1)), Array2::zeros((3, 1))), KPrototypesError::Shape));
    assert!(matches!(
        refuse(Array2::zeros((2, 1)), Array2::zeros((2, 256))),
        KPrototypesError::TooManyColumns
    ));
    let hole = refuse(array![[0.0], [f64::NAN]], array![[0], [1]]);
    assert!(matches!(hole, KPrototypesError::Value { row: 1, column: 0 }));
    let (numbers, codes) = (corners(20), corner_codes(20));
    let records = Mixed { numbers: numbers.view(), codes: codes.view() };
    let (flag, params) = (AtomicBool::new(true), KPrototypes::params(2).check().unwrap());
    let stopped = params.fit_watched(&DatasetBase::new(records, ()), Watch::new(&flag, &|_| ()));
    assert!(matches!(stopped, Err(KPrototypesError::Cancelled(_))));
}
