//! Silhouettes in linear time against the definition, and the agreement index against pairs.

use super::data::{codes, iris, noise};
use ndarray::{Array2, Axis};
use proptest::prelude::*;
use santun::analysis::quality::{adjusted_rand_index, silhouettes_matching, silhouettes_squared};

/// The definition, over all pairs of rows.
fn naive(n_rows: usize, labels: &[usize], distance: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let n_clusters = labels.iter().max().unwrap() + 1;
    (0..n_rows)
        .map(|row| {
            let mean_to = |cluster: usize| {
                let others: Vec<usize> =
                    (0..n_rows).filter(|&other| other != row && labels[other] == cluster).collect();
                let sum: f64 = others.iter().map(|&other| distance(row, other)).sum();
                (!others.is_empty()).then(|| sum / others.len() as f64)
            };
            let Some(inside) = mean_to(labels[row]) else { return 0.0 };
            let outside = (0..n_clusters).filter(|&c| c != labels[row]).filter_map(mean_to).reduce(f64::min);
            match outside {
                Some(outside) if inside.max(outside) > 0.0 => (outside - inside) / inside.max(outside),
                _ => 0.0,
            }
        })
        .collect()
}

fn squared(values: &Array2<f64>, a: usize, b: usize) -> f64 {
    (&values.row(a) - &values.row(b)).mapv(|x| x * x).sum()
}

fn differ(codes: &Array2<u8>, a: usize, b: usize) -> f64 {
    codes.row(a).iter().zip(codes.row(b)).filter(|(x, y)| x != y).count() as f64
}

fn assert_close(fast: &[f64], slow: &[f64]) {
    assert_eq!(fast.len(), slow.len());
    for (row, (fast, slow)) in fast.iter().zip(slow).enumerate() {
        assert!((fast - slow).abs() < 1e-12, "row {row}: {fast} {slow}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn linear_time_is_the_definition(
        seed in any::<u64>(),
        n_columns in 1_usize..5,
        offset in prop::sample::select(vec![0.0, 1.0, -1000.0]),
        labels in prop::collection::vec(0_usize..5, 2..30),
    ) {
        let n_rows = labels.len();
        let values = noise(n_rows, n_columns, seed) + offset;
        assert_close(&silhouettes_squared(&values, &labels), &naive(n_rows, &labels, |a, b| squared(&values, a, b)));
        let values = codes(n_rows, n_columns, 3, seed);
        assert_close(&silhouettes_matching(&values, &labels), &naive(n_rows, &labels, |a, b| differ(&values, a, b)));
    }

    #[test]
    fn the_agreement_index_is_that_of_pairs(
        pairs in prop::collection::vec((0_usize..4, 0_usize..4), 2..30),
    ) {
        let (a, b): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
        let (mut both, mut in_a, mut in_b, mut all) = (0.0, 0.0, 0.0, 0.0);
        for i in 0..a.len() {
            for j in 0..i {
                let (same_a, same_b) = (a[i] == a[j], b[i] == b[j]);
                both += f64::from(u8::from(same_a && same_b));
                in_a += f64::from(u8::from(same_a));
                in_b += f64::from(u8::from(same_b));
                all += 1.0;
            }
        }
        let chance = in_a * in_b / all;
        let most = (in_a + in_b) / 2.0;
        let expected = if most == chance { 1.0 } else { (both - chance) / (most - chance) };
        prop_assert!((adjusted_rand_index(&a, &b) - expected).abs() < 1e-12);
    }
}

/// scikit-learn 1.9.1, `silhouette_score(metric="sqeuclidean")` for the three clusters of iris from rows 0, 50, 100.
#[test]
fn the_mean_on_iris_is_that_of_scikit_learn() {
    use linfa::DatasetBase;
    use linfa::traits::Fit;
    use santun::analysis::k_means::{KMeans, KMeansInit};
    let data = iris();
    let init = KMeansInit::Given(data.select(Axis(0), &[0, 50, 100]));
    let params = KMeans::params(3).tolerance(0.0).init_method(init);
    let labels = params.fit(&DatasetBase::from(data.clone())).unwrap().labels().to_vec();
    let values = silhouettes_squared(&data, &labels);
    let mean = values.iter().sum::<f64>() / 150.0;
    assert!((mean - 0.7356596054332232).abs() < 1e-12, "{mean}");
}

#[test]
fn the_same_groups_by_other_names_agree_wholly() {
    assert_eq!(adjusted_rand_index(&[0, 0, 1, 1, 2], &[2, 2, 0, 0, 1]), 1.0);
    assert_eq!(adjusted_rand_index(&[0, 0, 0], &[0, 0, 0]), 1.0);
    assert!(adjusted_rand_index(&[0, 0, 1, 1], &[0, 1, 0, 1]) < 0.0);
}

/// Found by chance: numbers a thousand times farther from zero than from each other.
#[test]
fn far_from_zero_it_is_as_exact() {
    let labels = [3, 0, 3, 3, 3, 1, 3, 0, 0, 1, 3, 3, 0, 2, 2];
    for seed in [7_089_425_107_265_153_327, 1, 2, 3] {
        let values = noise(labels.len(), 1, seed) - 1000.0;
        let slow = naive(labels.len(), &labels, |a, b| squared(&values, a, b));
        assert_close(&silhouettes_squared(&values, &labels), &slow);
    }
}
