//! Huang's k-prototypes in batches, with restarts.

use super::errors::KPrototypesError;
use super::hyperparams::{Gamma, KPrototypesInit, KPrototypesParams, KPrototypesValidParams};
use super::init::greedy_draws;
use super::kernel::{Blocks, Prototypes, Rows};
use super::restart::Restart;
use crate::analysis::k_modes::kernel::Rows as Codes;
use crate::analysis::restarts::{best_of, hands, randoms};
use crate::analysis::watch::{Cancelled, Stage, Watch};
use crate::analysis::weights::{BadWeights, row_weights};
use linfa::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayView2};
use std::borrow::Cow;

/// Beyond this a square or a sum of squares could overflow.
const LARGEST_VALUE: f64 = 1e150;

/// Rows of numbers and categories, as a linfa data set carries them.
#[derive(Clone, Copy, Debug)]
pub struct Mixed<'a> {
    /// Numbers, one row each.
    pub numbers: ArrayView2<'a, f64>,
    /// Codes of the same rows.
    pub codes: ArrayView2<'a, u8>,
}

/// k-prototypes fitted to data. Labels, weights and cost are those of the prototypes beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct KPrototypes {
    means: Array2<f64>,
    modes: Array2<u8>,
    labels: Array1<usize>,
    cluster_weights: Array1<f64>,
    gamma: f64,
    cost: f64,
    cost_of_numbers: f64,
    n_iterations: usize,
    best_run: usize,
    n_reseeded: usize,
}

impl Records for Mixed<'_> {
    type Elem = f64;

    fn nsamples(&self) -> usize {
        self.numbers.nrows()
    }

    fn nfeatures(&self) -> usize {
        self.numbers.ncols() + self.codes.ncols()
    }
}

impl KPrototypes {
    /// Parameters for k clusters.
    pub fn params(n_clusters: usize) -> KPrototypesParams {
        KPrototypesParams::new(n_clusters)
    }

    /// The numbers of the prototypes, one a row. Fewer than asked when the data has fewer different rows.
    pub fn means(&self) -> &Array2<f64> {
        &self.means
    }

    /// The categories of the prototypes.
    pub fn modes(&self) -> &Array2<u8> {
        &self.modes
    }

    /// The nearest prototype of each row of the data.
    pub fn labels(&self) -> &Array1<usize> {
        &self.labels
    }

    /// Weight of each cluster: its number of rows when the data has no weights.
    pub fn cluster_weights(&self) -> &Array1<f64> {
        &self.cluster_weights
    }

    /// What one category that differs counted.
    pub fn gamma(&self) -> f64 {
        self.gamma
    }

    /// Weighted sum of squared distances and of γ for each category that differs.
    pub fn cost(&self) -> f64 {
        self.cost
    }

    /// The part of the cost that the numbers make.
    pub fn cost_of_numbers(&self) -> f64 {
        self.cost_of_numbers
    }

    /// Iterations of the run that won.
    pub fn n_iterations(&self) -> usize {
        self.n_iterations
    }

    /// Which run won, from 0.
    pub fn best_run(&self) -> usize {
        self.best_run
    }

    /// How often, in the run that won, a cluster ran empty and took the row of largest cost.
    pub fn n_reseeded(&self) -> usize {
        self.n_reseeded
    }

    fn from_restart(restart: Restart, best_run: usize, rows: Rows<'_>) -> Self {
        let shaped = "whole rows";
        let k = restart.prototypes.means.len() / rows.n_numbers;
        Self {
            means: Array2::from_shape_vec((k, rows.n_numbers), restart.prototypes.means).expect(shaped),
            modes: Array2::from_shape_vec((k, rows.codes.n_columns), restart.prototypes.modes).expect(shaped),
            labels: restart.labels.into_iter().map(|label| label as usize).collect(),
            cluster_weights: restart.found.counts.weights.into(),
            gamma: rows.gamma,
            cost: restart.found.cost.whole(),
            cost_of_numbers: restart.found.cost.numbers,
            n_iterations: restart.n_iterations,
            best_run,
            n_reseeded: restart.n_reseeded,
        }
    }
}

impl KPrototypesValidParams {
    /// Fits as [`Fit::fit`] does, under a watch that can stop it between iterations.
    ///
    /// # Errors
    /// Data that cannot be used, or a run that was stopped.
    pub fn fit_watched<T>(
        &self,
        dataset: &DatasetBase<Mixed<'_>, T>,
        watch: Watch<'_>,
    ) -> Result<KPrototypes, KPrototypesError> {
        let ready = Ready::new(dataset, self.init_method())?;
        let (beside, n_threads) = hands(self.n_runs(), self.n_threads());
        let rows = ready.rows(self.gamma(), n_threads);
        let randoms = randoms(self.seed(), self.n_runs());
        let make = |run: usize| -> Result<Restart, Cancelled> {
            watch.step(Stage::Fit, run, self.n_runs())?;
            let start = match self.init_method() {
                KPrototypesInit::GreedyDraws => {
                    greedy_draws(rows, self.n_clusters(), &mut randoms[run].clone())
                }
                KPrototypesInit::Given(means, modes) => Prototypes {
                    means: means.iter().copied().collect(),
                    modes: modes.iter().copied().collect(),
                },
            };
            Restart::begin(rows, start).iterate(rows, self.max_n_iterations(), watch)
        };
        let best = best_of(self.n_runs(), beside, make, |restart| restart.found.cost.whole())?;
        let (run, restart) = best.expect("there is at least one run");
        Ok(KPrototypes::from_restart(restart, run, rows))
    }
}

impl<T> Fit<Mixed<'_>, T, KPrototypesError> for KPrototypesValidParams {
    type Object = KPrototypes;

    fn fit(&self, dataset: &DatasetBase<Mixed<'_>, T>) -> Result<KPrototypes, KPrototypesError> {
        self.fit_watched(dataset, Watch::silent())
    }
}

impl PredictInplace<Mixed<'_>, Array1<usize>> for KPrototypes {
    fn predict_inplace(&self, rows: &Mixed<'_>, labels: &mut Array1<usize>) {
        assert_eq!(rows.numbers.ncols(), self.means.ncols(), "as many numbers as the model has");
        assert_eq!(rows.codes.ncols(), self.modes.ncols(), "as many categories as the model has");
        assert_eq!(rows.nsamples(), labels.len(), "as many labels as rows");
        let (numbers, codes) = (laid_out(rows.numbers), laid_out(rows.codes));
        let codes = Codes::new(&codes, rows.codes.ncols(), None, 1);
        let rows = Rows { numbers: &numbers, n_numbers: rows.numbers.ncols(), codes, gamma: self.gamma };
        let (means, modes) = (self.means.iter().copied().collect(), self.modes.iter().copied().collect());
        let blocks = Blocks::new(rows, &Prototypes { means, modes });
        for (row, label) in labels.iter_mut().enumerate() {
            *label = blocks.nearest(rows.numbers(row), rows.codes.row(row)).0 as usize;
        }
    }

    fn default_target(&self, rows: &Mixed<'_>) -> Array1<usize> {
        Array1::zeros(rows.nsamples())
    }
}

fn laid_out<N: Clone>(values: ArrayView2<'_, N>) -> Cow<'_, [N]> {
    values.to_slice().map_or_else(|| Cow::Owned(values.iter().cloned().collect()), Cow::Borrowed)
}

/// Data checked and laid out row after row: borrowed where it lies so already.
struct Ready<'a> {
    numbers: Cow<'a, [f64]>,
    codes: Cow<'a, [u8]>,
    n_numbers: usize,
    n_columns: usize,
    weights: Option<Vec<f64>>,
}

impl<'a> Ready<'a> {
    fn new<T>(dataset: &DatasetBase<Mixed<'a>, T>, init: &KPrototypesInit) -> Result<Self, KPrototypesError> {
        let Mixed { numbers, codes } = *dataset.records();
        if numbers.ncols() == 0 || codes.ncols() == 0 {
            return Err(KPrototypesError::OneKind);
        }
        if numbers.nrows() != codes.nrows() {
            return Err(KPrototypesError::Shape);
        }
        if matches!(init, KPrototypesInit::Given(means, modes)
            if means.ncols() != numbers.ncols() || modes.ncols() != codes.ncols())
        {
            return Err(KPrototypesError::Shape);
        }
        if codes.ncols() > usize::from(u8::MAX) {
            return Err(KPrototypesError::TooManyColumns);
        }
        let usable = |value: &f64| value.abs() <= LARGEST_VALUE;
        if let Some(((row, column), _)) = numbers.indexed_iter().find(|(_, value)| !usable(value)) {
            return Err(KPrototypesError::Value { row, column });
        }
        let weights = row_weights(dataset.weights(), numbers.nrows())
            .map_err(|BadWeights| KPrototypesError::Weights)?;
        let no_weight = weights.as_ref().is_some_and(|weights| weights.iter().all(|&weight| weight == 0.0));
        if numbers.nrows() == 0 || no_weight {
            return Err(KPrototypesError::Empty);
        }
        let (n_numbers, n_columns) = (numbers.ncols(), codes.ncols());
        Ok(Self { numbers: laid_out(numbers), codes: laid_out(codes), n_numbers, n_columns, weights })
    }

    fn rows(&self, gamma: Gamma, n_threads: usize) -> Rows<'_> {
        let codes = Codes::new(&self.codes, self.n_columns, self.weights.as_deref(), n_threads);
        let rows = Rows { numbers: &self.numbers, n_numbers: self.n_numbers, codes, gamma: 1.0 };
        let gamma = match gamma {
            Gamma::Given(gamma) => gamma,
            Gamma::Balanced => balanced(rows),
        };
        Rows { gamma, ..rows }
    }
}

/// The γ at which numbers and categories have the same say ([`Gamma::Balanced`]).
pub(crate) fn balanced_gamma(data: Mixed<'_>, weights: Option<&[f64]>) -> f64 {
    let (numbers, codes) = (laid_out(data.numbers), laid_out(data.codes));
    let codes = Codes::new(&codes, data.codes.ncols(), weights, 1);
    balanced(Rows { numbers: &numbers, n_numbers: data.numbers.ncols(), codes, gamma: 1.0 })
}

/// Mean variance of the numbers over the mean of 1 − Σp² of the categories; 1 where either part is the same everywhere.
fn balanced(rows: Rows<'_>) -> f64 {
    let mut counts = vec![0.0; rows.codes.n_places()];
    let mut total = 0.0;
    let mut means = vec![0.0; rows.n_numbers];
    for row in 0..rows.len() {
        let weight = rows.weight(row);
        total += weight;
        means.iter_mut().zip(rows.numbers(row)).for_each(|(mean, x)| *mean += weight * x);
        for (column, &code) in rows.codes.row(row).iter().enumerate() {
            counts[rows.codes.place(column, code)] += weight;
        }
    }
    means.iter_mut().for_each(|mean| *mean /= total);
    let squares = |row: usize| -> f64 {
        rows.numbers(row).iter().zip(&means).map(|(x, mean)| (x - mean).powi(2)).sum()
    };
    let spread: f64 = (0..rows.len()).map(|row| rows.weight(row) * squares(row)).sum();
    let variance = spread / total / rows.n_numbers as f64;
    let same: f64 = counts.iter().map(|count| (count / total).powi(2)).sum();
    let differ = 1.0 - same / rows.codes.n_columns as f64;
    if variance > 0.0 && differ > 0.0 { variance / differ } else { 1.0 }
}
