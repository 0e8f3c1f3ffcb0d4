//! The lowest cost over all partitions, for a dozen rows at most.

use super::data::{codes, noise};
use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array2, Axis};
use santun::analysis::k_means::KMeans;
use santun::analysis::k_modes::KModes;

/// Codes of the made-up data are below this.
const MOST_CODES: u8 = 4;

/// Calls `see` with every way to put `n` rows into at most `k` clusters (restricted growth strings).
fn every_partition(n: usize, k: usize, see: &mut impl FnMut(&[usize])) {
    fn grow(labels: &mut Vec<usize>, n: usize, k: usize, see: &mut impl FnMut(&[usize])) {
        if labels.len() == n {
            return see(labels);
        }
        let next = labels.iter().max().map_or(0, |largest| largest + 1);
        for label in 0..=next.min(k - 1) {
            labels.push(label);
            grow(labels, n, k, see);
            labels.pop();
        }
    }
    grow(&mut Vec::new(), n, k, see);
}

fn members(labels: &[usize], cluster: usize) -> Vec<usize> {
    (0..labels.len()).filter(|&row| labels[row] == cluster).collect()
}

fn squares(data: &Array2<f64>, labels: &[usize], k: usize) -> f64 {
    (0..k)
        .map(|cluster| data.select(Axis(0), &members(labels, cluster)))
        .filter(|rows| rows.nrows() > 0)
        .map(|rows| {
            let mean = rows.mean_axis(Axis(0)).unwrap();
            rows.rows().into_iter().map(|row| (&row - &mean).mapv(|x| x * x).sum()).sum::<f64>()
        })
        .sum()
}

fn mismatches(data: &Array2<u8>, labels: &[usize], k: usize) -> usize {
    (0..k)
        .map(|cluster| {
            let rows = data.select(Axis(0), &members(labels, cluster));
            let same = |column: ndarray::ArrayView1<'_, u8>| {
                (0..MOST_CODES).map(|code| column.iter().filter(|&&x| x == code).count()).max().unwrap()
            };
            rows.columns().into_iter().map(|column| column.len() - same(column)).sum::<usize>()
        })
        .sum()
}

#[test]
fn k_means_finds_the_best_partition_of_a_few_rows() {
    for (n, columns, k, seed) in [(8, 2, 2, 1), (9, 1, 3, 2), (9, 3, 3, 3), (9, 2, 4, 4), (12, 2, 2, 5)] {
        let data = noise(n, columns, seed);
        let mut lowest = f64::INFINITY;
        every_partition(n, k, &mut |labels| lowest = lowest.min(squares(&data, labels, k)));
        let model =
            KMeans::params(k).n_runs(100).tolerance(0.0).fit(&DatasetBase::from(data.clone())).unwrap();
        assert!((model.cost() - lowest).abs() < 1e-12, "{n} rows, seed {seed}: {} {lowest}", model.cost());
    }
}

#[test]
fn k_modes_finds_the_best_partition_of_a_few_rows() {
    for (n, columns, n_codes, k, seed) in
        [(7, 3, 3, 2, 1), (8, 4, 2, 3, 2), (8, 5, 4, 2, 3), (10, 6, 3, 2, 4)]
    {
        let data = codes(n, columns, n_codes, seed);
        let mut lowest = usize::MAX;
        every_partition(n, k, &mut |labels| lowest = lowest.min(mismatches(&data, labels, k)));
        let model = KModes::params(k).n_runs(100).fit(&DatasetBase::from(data.clone())).unwrap();
        assert_eq!(model.cost(), lowest as f64, "{n} rows, seed {seed}");
    }
}

#[test]
fn no_engine_goes_below_the_best_partition() {
    for seed in 0..12 {
        let numbers = noise(7, 2, seed);
        let categories = codes(7, 3, 3, seed);
        let mut lowest = (f64::INFINITY, usize::MAX);
        every_partition(7, 3, &mut |labels| {
            lowest.0 = lowest.0.min(squares(&numbers, labels, 3));
            lowest.1 = lowest.1.min(mismatches(&categories, labels, 3));
        });
        let one_run = KMeans::params(3).n_runs(1).seed(seed).fit(&DatasetBase::from(numbers)).unwrap();
        assert!(one_run.cost() >= lowest.0 - 1e-12, "seed {seed}");
        let one_run = KModes::params(3).n_runs(1).seed(seed).fit(&DatasetBase::from(categories)).unwrap();
        assert!(one_run.cost() >= lowest.1 as f64, "seed {seed}");
    }
}
