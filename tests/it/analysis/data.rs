//! The reference data sets, and small made-up ones.

use ndarray::Array2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A data set of `tests/data/analysis`, row after row.
pub fn reference<N: Clone + std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> Array2<N> {
    let rows: Vec<Vec<N>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let n_columns = rows[0].len();
    Array2::from_shape_vec((rows.len(), n_columns), rows.concat()).unwrap()
}

pub fn iris() -> Array2<f64> {
    reference(include_str!("../../data/analysis/iris.csv"))
}

pub fn soybean() -> Array2<u8> {
    reference(include_str!("../../data/analysis/soybean_small.csv"))
}

pub fn votes() -> Array2<u8> {
    reference(include_str!("../../data/analysis/votes.csv"))
}

pub fn breast_cancer() -> Array2<u8> {
    reference(include_str!("../../data/analysis/breast_cancer.csv"))
}

/// Columns with mean 0 and population deviation 1.
pub fn standardised(mut values: Array2<f64>) -> Array2<f64> {
    for mut column in values.columns_mut() {
        let mean = column.mean().unwrap();
        let deviation = column.std(0.0);
        column.mapv_inplace(|value| (value - mean) / deviation);
    }
    values
}

/// Uniform numbers in 0..1.
pub fn noise(n_rows: usize, n_columns: usize, seed: u64) -> Array2<f64> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    Array2::from_shape_fn((n_rows, n_columns), |_| random.gen_range(0.0..1.0))
}

/// Uniform codes below `n_codes`.
pub fn codes(n_rows: usize, n_columns: usize, n_codes: u8, seed: u64) -> Array2<u8> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    Array2::from_shape_fn((n_rows, n_columns), |_| random.gen_range(0..n_codes))
}

/// Round blobs of equal size around points `distance` apart on the diagonal; row i is of blob i mod k.
pub fn blobs(n_rows: usize, k: usize, distance: f64, seed: u64) -> Array2<f64> {
    let mut values = noise(n_rows, 2, seed);
    for (row, mut point) in values.rows_mut().into_iter().enumerate() {
        let blob = row % k;
        point[0] += distance * blob as f64;
        point[1] += distance * (blob % 2) as f64;
    }
    values
}

/// Numbers that any language makes alike: around four corners, in `n_rows` rows of three.
pub fn corners(n_rows: i64) -> Array2<f64> {
    let steps = [1.5, -0.7, 0.9];
    Array2::from_shape_fn((usize::try_from(n_rows).unwrap(), 3), |(row, column)| {
        let (i, j) = (row as i64, column as i64);
        let noise = ((i * (7919 + 1000 * j) + 13 * j) % 1009) as f64 / 1009.0;
        let more = ((i * i + j * i) % 613) as f64 / 613.0;
        let corner = if i % 4 == j + 1 { 0.0 } else { (i % 4) as f64 * steps[column] };
        noise + more + corner
    })
}

/// Codes of the same kind: six of ten by the row's corner, the others by a formula.
pub fn corner_codes(n_rows: usize) -> Array2<u8> {
    Array2::from_shape_fn((n_rows, 4), |(i, j)| {
        let code = if (i * 7 + j * 3) % 5 < 3 { i % 4 } else { (i * i + j) % 4 };
        u8::try_from(code).unwrap()
    })
}
