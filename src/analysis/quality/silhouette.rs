//! Silhouettes, exact and in linear time.
//!
//! For these dissimilarities the sum of the distances from a row to all members of a cluster needs only the
//! cluster's counts and sums: squared Euclid `n·|x − mean|² + within`, Hamming `n·m − Σ_j count_j[x_j]`.
//! Numbers use squared distances, which makes the values larger than those of plain distances.

use ndarray::Array2;

/// The silhouette of each row by squared Euclidean distance. Rows alone in their cluster have 0.
///
/// # Panics
/// When there are not as many labels as rows.
pub fn silhouettes_squared(values: &Array2<f64>, labels: &[usize]) -> Vec<f64> {
    let n_clusters = check(values.nrows(), labels);
    let sizes = sizes(labels, n_clusters);
    let mut means = Array2::<f64>::zeros((n_clusters, values.ncols()));
    // Seen from one of the rows: numbers far from zero would lose their last digits in sums, and the difference of two near
    // ones is exact (Sterbenz, Floating-Point Computation, 1974).
    let origin = values.rows().into_iter().next().map(|row| row.to_owned()).unwrap_or_default();
    for (row, &label) in values.rows().into_iter().zip(labels) {
        let mut mean = means.row_mut(label);
        mean += &(&row - &origin);
    }
    for (mut mean, &size) in means.rows_mut().into_iter().zip(&sizes) {
        mean /= size.max(1.0);
    }
    let square = |row: usize, cluster: usize| -> f64 {
        let row = values.row(row);
        row.iter()
            .zip(&origin)
            .zip(means.row(cluster))
            .map(|((x, from), mean)| (x - from - mean).powi(2))
            .sum()
    };
    let mut within = vec![0.0; n_clusters];
    for (row, &label) in labels.iter().enumerate() {
        within[label] += square(row, label);
    }
    silhouettes(labels, &sizes, |row, cluster| sizes[cluster] * square(row, cluster) + within[cluster])
}

/// The silhouette of each row by the number of values that differ. Rows alone in their cluster have 0.
///
/// # Panics
/// When there are not as many labels as rows.
pub fn silhouettes_matching(codes: &Array2<u8>, labels: &[usize]) -> Vec<f64> {
    let n_clusters = check(codes.nrows(), labels);
    let sizes = sizes(labels, n_clusters);
    let n_codes = codes.iter().max().map_or(1, |&largest| usize::from(largest) + 1);
    let n_places = codes.ncols() * n_codes;
    let mut counts = vec![0.0; n_clusters * n_places];
    for (row, &label) in codes.rows().into_iter().zip(labels) {
        for (column, &code) in row.iter().enumerate() {
            counts[label * n_places + column * n_codes + usize::from(code)] += 1.0;
        }
    }
    silhouettes(labels, &sizes, |row, cluster| {
        let counts = &counts[cluster * n_places..][..n_places];
        let row = codes.row(row);
        let same: f64 =
            row.iter().enumerate().map(|(column, &code)| counts[column * n_codes + usize::from(code)]).sum();
        sizes[cluster] * codes.ncols() as f64 - same
    })
}

fn check(n_rows: usize, labels: &[usize]) -> usize {
    assert_eq!(n_rows, labels.len(), "one label a row");
    labels.iter().max().map_or(0, |largest| largest + 1)
}

fn sizes(labels: &[usize], n_clusters: usize) -> Vec<f64> {
    let mut sizes = vec![0.0; n_clusters];
    labels.iter().for_each(|&label| sizes[label] += 1.0);
    sizes
}

/// (b − a) / max(a, b): a the mean distance to the other rows of its cluster, b that to the nearest other one.
/// `to_cluster` sums the distances from a row to all rows of a cluster.
fn silhouettes(labels: &[usize], sizes: &[f64], to_cluster: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let value = |(row, &own): (usize, &usize)| {
        if sizes[own] <= 1.0 {
            return 0.0;
        }
        let inside = to_cluster(row, own) / (sizes[own] - 1.0);
        let others = (0..sizes.len()).filter(|&cluster| cluster != own && sizes[cluster] > 0.0);
        let outside =
            others.map(|cluster| to_cluster(row, cluster) / sizes[cluster]).fold(f64::INFINITY, f64::min);
        let larger = inside.max(outside);
        if outside.is_infinite() || larger <= 0.0 { 0.0 } else { (outside - inside) / larger }
    };
    labels.iter().enumerate().map(value).collect()
}
