//! Silhouettes, exact and in linear time.
//!
//! For these dissimilarities the sum of the distances from a row to all members of a cluster needs only the
//! cluster's counts and sums: squared Euclid `n·|x − mean|² + within`, Hamming `n·m − Σ_j count_j[x_j]`, and for rows of both
//! the one plus γ times the other. Numbers use squared distances, which makes the values larger than those of plain distances.

use crate::analysis::chunks::map_chunks;
use ndarray::Array2;

/// Rows are looked at on so many threads; each row's value is its own, so the number changes nothing.
const THREADS: usize = 2;

/// The silhouette of each row by squared Euclidean distance. Rows alone in their cluster have 0.
///
/// # Panics
/// When there are not as many labels as rows.
pub fn silhouettes_squared(values: &Array2<f64>, labels: &[usize]) -> Vec<f64> {
    let squares = Squares::new(values, labels);
    silhouettes(labels, |row, sums| squares.add(row, 1.0, sums))
}

/// The silhouette of each row by the number of values that differ. Rows alone in their cluster have 0.
///
/// # Panics
/// When there are not as many labels as rows.
pub fn silhouettes_matching(codes: &Array2<u8>, labels: &[usize]) -> Vec<f64> {
    let matches = Matches::new(codes, labels);
    silhouettes(labels, |row, sums| matches.add(row, 1.0, sums))
}

/// The silhouette of each row by squared distance of its numbers and γ for each code that differs.
///
/// # Panics
/// When there are not as many labels as rows.
pub fn silhouettes_mixed(values: &Array2<f64>, codes: &Array2<u8>, gamma: f64, labels: &[usize]) -> Vec<f64> {
    let (squares, matches) = (Squares::new(values, labels), Matches::new(codes, labels));
    silhouettes(labels, |row, sums| {
        squares.add(row, 1.0, sums);
        matches.add(row, gamma, sums);
    })
}

/// Rows of the clusters.
fn sizes(n_rows: usize, labels: &[usize]) -> Vec<f64> {
    assert_eq!(n_rows, labels.len(), "one label a row");
    let mut sizes = vec![0.0; labels.iter().max().map_or(0, |largest| largest + 1)];
    labels.iter().for_each(|&label| sizes[label] += 1.0);
    sizes
}

/// Means of the clusters, and the sums of squared distances of their rows to them.
struct Squares {
    /// Row after row, seen from the first one.
    values: Vec<f64>,
    n_columns: usize,
    means: Vec<f64>,
    within: Vec<f64>,
    sizes: Vec<f64>,
}

impl Squares {
    fn new(values: &Array2<f64>, labels: &[usize]) -> Self {
        let sizes = sizes(values.nrows(), labels);
        let n_columns = values.ncols();
        // Seen from one of the rows: numbers far from zero would lose their last digits in sums, and the difference of two near
        // ones is exact (Sterbenz, Floating-Point Computation, 1974).
        let origin = values.rows().into_iter().next().map(|row| row.to_vec()).unwrap_or_default();
        let from_origin = values.rows().into_iter().flat_map(|row| row.into_iter().zip(&origin));
        let values: Vec<f64> = from_origin.map(|(value, origin)| value - origin).collect();
        let mut means = vec![0.0; sizes.len() * n_columns];
        let rows = || values.chunks_exact(n_columns.max(1)).zip(labels);
        for (row, &label) in rows() {
            let sums = &mut means[label * n_columns..][..n_columns];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        for (cluster, &size) in sizes.iter().enumerate() {
            means[cluster * n_columns..][..n_columns].iter_mut().for_each(|mean| *mean /= size.max(1.0));
        }
        let mut within = vec![0.0; sizes.len()];
        for (row, &label) in rows() {
            within[label] += square(row, &means[label * n_columns..][..n_columns]);
        }
        Self { values, n_columns, means, within, sizes }
    }

    /// Adds the sum of the distances from a row to all rows of each cluster.
    fn add(&self, row: usize, factor: f64, sums: &mut [f64]) {
        let row = &self.values[row * self.n_columns..][..self.n_columns];
        for (cluster, sum) in sums.iter_mut().enumerate() {
            let mean = &self.means[cluster * self.n_columns..][..self.n_columns];
            *sum += factor * (self.sizes[cluster] * square(row, mean) + self.within[cluster]);
        }
    }
}

fn square(row: &[f64], mean: &[f64]) -> f64 {
    row.iter().zip(mean).map(|(x, mean)| (x - mean) * (x - mean)).sum()
}

/// How often each code of each column occurs in the clusters.
struct Matches {
    /// Row after row.
    codes: Vec<u8>,
    n_columns: usize,
    n_codes: usize,
    /// Cluster by cluster side by side, so that a row reads one line a column.
    counts: Vec<f64>,
    sizes: Vec<f64>,
}

impl Matches {
    fn new(codes: &Array2<u8>, labels: &[usize]) -> Self {
        let sizes = sizes(codes.nrows(), labels);
        let n_columns = codes.ncols();
        let n_codes = codes.iter().max().map_or(1, |&largest| usize::from(largest) + 1);
        let mut counts = vec![0.0; n_columns * n_codes * sizes.len()];
        let codes: Vec<u8> = codes.iter().copied().collect();
        for (row, &label) in codes.chunks_exact(n_columns.max(1)).zip(labels) {
            for (column, &code) in row.iter().enumerate() {
                counts[(column * n_codes + usize::from(code)) * sizes.len() + label] += 1.0;
            }
        }
        Self { codes, n_columns, n_codes, counts, sizes }
    }

    /// Adds the sum of the distances from a row to all rows of each cluster, times a factor.
    fn add(&self, row: usize, factor: f64, sums: &mut [f64]) {
        let columns = self.n_columns as f64;
        sums.iter_mut().zip(&self.sizes).for_each(|(sum, size)| *sum += factor * (size * columns));
        for (column, &code) in self.codes[row * self.n_columns..][..self.n_columns].iter().enumerate() {
            let counts = &self.counts[(column * self.n_codes + usize::from(code)) * self.sizes.len()..];
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum -= factor * count);
        }
    }
}

/// (b − a) / max(a, b): a the mean distance to the other rows of its cluster, b that to the nearest other one.
/// `add` adds to each cluster's sum the distances from a row to all its rows.
fn silhouettes(labels: &[usize], add: impl Fn(usize, &mut [f64]) + Sync) -> Vec<f64> {
    let sizes = sizes(labels.len(), labels);
    let mut values = vec![0.0; labels.len()];
    map_chunks(&mut values, THREADS, |first, values| {
        let mut sums = vec![0.0; sizes.len()];
        for (at, value) in values.iter_mut().enumerate() {
            sums.fill(0.0);
            add(first + at, &mut sums);
            *value = silhouette(labels[first + at], &sizes, &sums);
        }
    });
    values
}

fn silhouette(own: usize, sizes: &[f64], sums: &[f64]) -> f64 {
    if sizes[own] <= 1.0 {
        return 0.0;
    }
    let inside = sums[own] / (sizes[own] - 1.0);
    let mut outside = f64::INFINITY;
    for (cluster, (sum, &size)) in sums.iter().zip(sizes).enumerate() {
        if cluster != own && size > 0.0 {
            outside = outside.min(sum / size);
        }
    }
    let larger = inside.max(outside);
    if outside.is_infinite() || larger <= 0.0 { 0.0 } else { (outside - inside) / larger }
}
