//! Prepared rows of numbers, of codes or of both, and what the checks ask of them whichever they are: k clusters, silhouettes,
//! and rows without groups to hold them against.

use super::silhouette::{silhouettes_matching, silhouettes_mixed, silhouettes_squared};
use crate::analysis::clustering::ClusterError;
use crate::analysis::k_means::KMeans;
use crate::analysis::k_modes::KModes;
use crate::analysis::k_prototypes::{Gamma, KPrototypes, Mixed};
use crate::analysis::watch::Watch;
use linfa::{DatasetBase, ParamGuard};
use ndarray::{Array1, Array2, Axis};
use rand::Rng;

/// Prepared rows.
#[derive(Clone, Debug)]
pub enum Matrix {
    /// For k-means.
    Numbers(Array2<f64>),
    /// For k-modes.
    Codes(Array2<u8>),
    /// For k-prototypes.
    Mixed {
        /// Numbers.
        numbers: Array2<f64>,
        /// Codes of the same rows.
        codes: Array2<u8>,
        /// What one code that differs counts.
        gamma: f64,
    },
}

/// Labels and cost of one fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Cluster of each row.
    pub labels: Vec<usize>,
    /// The cost of these labels' centres.
    pub cost: f64,
    /// Clusters found.
    pub n_clusters: usize,
}

impl Matrix {
    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        match self {
            Self::Numbers(values) => values.nrows(),
            Self::Codes(codes) => codes.nrows(),
            Self::Mixed { numbers, .. } => numbers.nrows(),
        }
    }

    /// Some of the rows.
    pub fn select(&self, rows: &[usize]) -> Self {
        match self {
            Self::Numbers(values) => Self::Numbers(values.select(Axis(0), rows)),
            Self::Codes(codes) => Self::Codes(codes.select(Axis(0), rows)),
            Self::Mixed { numbers, codes, gamma } => Self::Mixed {
                numbers: numbers.select(Axis(0), rows),
                codes: codes.select(Axis(0), rows),
                gamma: *gamma,
            },
        }
    }

    /// Fits k clusters by our own engines.
    ///
    /// # Errors
    /// What the engine refuses, or a stop.
    pub fn fit(
        &self,
        k: usize,
        weights: Option<&[f32]>,
        seed: u64,
        n_runs: usize,
        watch: Watch<'_>,
    ) -> Result<Fitted, ClusterError> {
        let weights: Array1<f32> = weights.map(|weights| weights.to_vec()).unwrap_or_default().into();
        match self {
            Self::Numbers(values) => {
                let dataset = DatasetBase::from(values.view()).with_weights(weights);
                let params = KMeans::params(k).seed(seed).n_runs(n_runs).check()?;
                let model = params.fit_watched(&dataset, watch)?;
                let n_clusters = model.centroids().nrows();
                Ok(Fitted { labels: model.labels().to_vec(), cost: model.cost(), n_clusters })
            }
            Self::Codes(codes) => {
                let dataset = DatasetBase::from(codes.view()).with_weights(weights);
                let params = KModes::params(k).seed(seed).n_runs(n_runs).check()?;
                let model = params.fit_watched(&dataset, watch)?;
                let n_clusters = model.modes().nrows();
                Ok(Fitted { labels: model.labels().to_vec(), cost: model.cost(), n_clusters })
            }
            Self::Mixed { numbers, codes, gamma } => {
                let records = Mixed { numbers: numbers.view(), codes: codes.view() };
                let dataset = DatasetBase::new(records, ()).with_weights(weights);
                let params = KPrototypes::params(k).gamma(Gamma::Given(*gamma)).seed(seed).n_runs(n_runs);
                let model = params.check()?.fit_watched(&dataset, watch)?;
                let n_clusters = model.means().nrows();
                Ok(Fitted { labels: model.labels().to_vec(), cost: model.cost(), n_clusters })
            }
        }
    }

    /// The silhouette of each row.
    pub fn silhouettes(&self, labels: &[usize]) -> Vec<f64> {
        match self {
            Self::Numbers(values) => silhouettes_squared(values, labels),
            Self::Codes(codes) => silhouettes_matching(codes, labels),
            Self::Mixed { numbers, codes, gamma } => silhouettes_mixed(numbers, codes, *gamma, labels),
        }
    }

    /// As many rows without groups: numbers uniform over the box along the principal axes (Tibshirani, Walther
    /// and Hastie 2001), codes drawn for each column by itself with the frequencies they have.
    pub fn reference(&self, random: &mut impl Rng) -> Self {
        match self {
            Self::Numbers(values) => Self::Numbers(uniform_box(values, random)),
            Self::Codes(codes) => Self::Codes(column_by_column(codes, random)),
            Self::Mixed { numbers, codes, gamma } => Self::Mixed {
                numbers: uniform_box(numbers, random),
                codes: column_by_column(codes, random),
                gamma: *gamma,
            },
        }
    }
}

fn column_by_column(codes: &Array2<u8>, random: &mut impl Rng) -> Array2<u8> {
    let n_rows = codes.nrows();
    Array2::from_shape_fn(codes.raw_dim(), |(_, column)| codes[(random.gen_range(0..n_rows), column)])
}

fn uniform_box(values: &Array2<f64>, random: &mut impl Rng) -> Array2<f64> {
    let mean = values.mean_axis(Axis(0)).expect("there are rows");
    let centred = values - &mean;
    let axes = principal_axes(&(centred.t().dot(&centred) / values.nrows() as f64));
    let turned = centred.dot(&axes);
    let ranges: Vec<(f64, f64)> = turned
        .columns()
        .into_iter()
        .map(|column| {
            column
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
        })
        .collect();
    let drawn = Array2::from_shape_fn(values.raw_dim(), |(_, axis)| {
        let (low, high) = ranges[axis];
        low + (high - low) * random.gen_range(0.0..1.0)
    });
    drawn.dot(&axes.t()) + &mean
}

/// Eigenvectors, one a column, of a symmetric matrix, by Jacobi's rotations.
fn principal_axes(covariance: &Array2<f64>) -> Array2<f64> {
    let n = covariance.nrows();
    let mut matrix = covariance.clone();
    let mut axes = Array2::eye(n);
    for _sweep in 0..60 {
        let mut rest = 0.0;
        for p in 0..n {
            for q in p + 1..n {
                rest += matrix[(p, q)].powi(2);
                if matrix[(p, q)] != 0.0 {
                    rotate(&mut matrix, &mut axes, p, q);
                }
            }
        }
        if rest <= f64::MIN_POSITIVE {
            break;
        }
    }
    axes
}

fn rotate(matrix: &mut Array2<f64>, axes: &mut Array2<f64>, p: usize, q: usize) {
    let theta = (matrix[(q, q)] - matrix[(p, p)]) / (2.0 * matrix[(p, q)]);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let tangent = sign / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for i in 0..matrix.nrows() {
        let (x, y) = (matrix[(i, p)], matrix[(i, q)]);
        matrix[(i, p)] = cosine * x - sine * y;
        matrix[(i, q)] = sine * x + cosine * y;
    }
    for i in 0..matrix.nrows() {
        let (x, y) = (matrix[(p, i)], matrix[(q, i)]);
        matrix[(p, i)] = cosine * x - sine * y;
        matrix[(q, i)] = sine * x + cosine * y;
        let (x, y) = (axes[(i, p)], axes[(i, q)]);
        axes[(i, p)] = cosine * x - sine * y;
        axes[(i, q)] = sine * x + cosine * y;
    }
}
