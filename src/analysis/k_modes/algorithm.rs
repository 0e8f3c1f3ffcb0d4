//! Huang's iteration in batches, with restarts.

use super::errors::KModesError;
use super::hyperparams::{EqualRows, KModesInit, KModesParams, KModesValidParams};
use super::init::{cao, greedy_draws};
use super::kernel::{ModeBlocks, Rows};
use super::lot::Lot;
use super::restart::Restart;
use crate::analysis::equal::Distinct;
use crate::analysis::restarts::{best_of, hands, randoms};
use crate::analysis::watch::{Stage, Watch};
use crate::analysis::weights::{BadWeights, row_weights};
use linfa::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, Data, Ix2};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::borrow::Cow;

/// k-modes fitted to data. Labels, weights and cost are those of the modes beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct KModes {
    modes: Array2<u8>,
    labels: Array1<usize>,
    cluster_weights: Array1<f64>,
    cost: f64,
    n_iterations: usize,
    best_run: usize,
    n_reseeded: usize,
}

impl KModes {
    /// Parameters for k clusters.
    pub fn params(n_clusters: usize) -> KModesParams {
        KModesParams::new(n_clusters)
    }

    /// One mode a row. Fewer than asked when the data has fewer different rows.
    pub fn modes(&self) -> &Array2<u8> {
        &self.modes
    }

    /// The nearest mode of each row of the data.
    pub fn labels(&self) -> &Array1<usize> {
        &self.labels
    }

    /// Weight of each cluster: its number of rows when the data has no weights.
    pub fn cluster_weights(&self) -> &Array1<f64> {
        &self.cluster_weights
    }

    /// Weighted number of values that differ from the mode of their row.
    pub fn cost(&self) -> f64 {
        self.cost
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

    fn from_restart(restart: Restart, best_run: usize, n_columns: usize) -> Self {
        let n_modes = restart.modes.len() / n_columns;
        Self {
            modes: Array2::from_shape_vec((n_modes, n_columns), restart.modes).expect("whole rows"),
            labels: restart.labels.into_iter().map(|label| label as usize).collect(),
            cluster_weights: restart.counts.weights.into(),
            cost: restart.cost,
            n_iterations: restart.n_iterations,
            best_run,
            n_reseeded: restart.n_reseeded,
        }
    }
}

impl KModesValidParams {
    /// Fits as [`Fit::fit`] does, under a watch that can stop it between iterations.
    ///
    /// # Errors
    /// Data that cannot be used, or a run that was stopped.
    pub fn fit_watched<D: Data<Elem = u8>, T>(
        &self,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
        watch: Watch<'_>,
    ) -> Result<KModes, KModesError> {
        let ready = Ready::new(dataset, self.init_method())?;
        let (beside, n_threads) = hands(self.n_runs(), self.n_threads());
        let rows = ready.rows(n_threads);
        let distinct = match (self.equal_rows(), &ready.weights) {
            (EqualRows::Together, None) => Distinct::of(&ready.codes, ready.n_columns),
            _ => None,
        };
        let merged = distinct.as_ref().map(|distinct| Lot {
            rows: Rows::new(&distinct.values, ready.n_columns, Some(&distinct.weights), n_threads),
            of_row: Some(&distinct.of_row),
        });
        let randoms = randoms(self.seed(), self.n_runs());
        let make = |run: usize| -> Result<Restart, KModesError> {
            watch.step(Stage::Fit, run, self.n_runs())?;
            if let Some(merged) = merged
                && let Some(restart) = self.restart(merged, EqualRows::Together, run, &randoms, watch)?
            {
                return Ok(restart);
            }
            let apart = Lot { rows, of_row: None };
            Ok(self
                .restart(apart, EqualRows::Apart, run, &randoms, watch)?
                .expect("single rows fill every cluster"))
        };
        let best = best_of(self.n_runs(), beside, make, |restart| restart.cost)?;
        let (run, mut restart) = best.expect("there is at least one run");
        if let Some(distinct) = distinct.filter(|_| restart.labels.len() < rows.len()) {
            restart.labels = distinct.of_row.iter().map(|row| restart.labels[*row as usize]).collect();
        }
        Ok(KModes::from_restart(restart, run, rows.n_columns))
    }

    /// One run; nothing when equal rows would have to be told apart.
    fn restart(
        &self,
        lot: Lot<'_>,
        equal_rows: EqualRows,
        run: usize,
        randoms: &[Xoshiro256PlusPlus],
        watch: Watch<'_>,
    ) -> Result<Option<Restart>, KModesError> {
        let modes = match self.init_method() {
            KModesInit::CaoThenDraws if run == 0 => cao(lot.rows, self.n_clusters()),
            KModesInit::CaoThenDraws => greedy_draws(lot, self.n_clusters(), &mut randoms[run].clone()),
            KModesInit::Given(modes) => modes.iter().copied().collect(),
        };
        Restart::begin(lot.rows, modes).iterate(lot.rows, equal_rows, self.max_n_iterations(), watch)
    }
}

impl<D: Data<Elem = u8>, T> Fit<ArrayBase<D, Ix2>, T, KModesError> for KModesValidParams {
    type Object = KModes;

    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<KModes, KModesError> {
        self.fit_watched(dataset, Watch::silent())
    }
}

impl<D: Data<Elem = u8>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for KModes {
    fn predict_inplace(&self, rows: &ArrayBase<D, Ix2>, labels: &mut Array1<usize>) {
        assert_eq!(rows.ncols(), self.modes.ncols(), "as many columns as the model has");
        assert_eq!(rows.nrows(), labels.len(), "as many labels as rows");
        let codes: Vec<u8> = rows.iter().copied().collect();
        let modes: Vec<u8> = self.modes.iter().copied().collect();
        let blocks = ModeBlocks::new(&modes, rows.ncols());
        for (row, label) in labels.iter_mut().enumerate() {
            *label = blocks.nearest(&codes[row * rows.ncols()..][..rows.ncols()]).0 as usize;
        }
    }

    fn default_target(&self, rows: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(rows.nrows())
    }
}

/// Data checked and laid out row after row: borrowed where it lies so already.
struct Ready<'a> {
    codes: Cow<'a, [u8]>,
    n_columns: usize,
    weights: Option<Vec<f64>>,
}

impl<'a> Ready<'a> {
    fn new<D: Data<Elem = u8>, T>(
        dataset: &'a DatasetBase<ArrayBase<D, Ix2>, T>,
        init: &KModesInit,
    ) -> Result<Self, KModesError> {
        let records = dataset.records();
        if records.is_empty() {
            return Err(KModesError::Empty);
        }
        if records.ncols() > usize::from(u8::MAX) {
            return Err(KModesError::TooManyColumns);
        }
        if matches!(init, KModesInit::Given(modes) if modes.ncols() != records.ncols()) {
            return Err(KModesError::Columns);
        }
        let weights =
            row_weights(dataset.weights(), records.nrows()).map_err(|BadWeights| KModesError::Weights)?;
        if weights.as_ref().is_some_and(|weights| weights.iter().all(|&weight| weight == 0.0)) {
            return Err(KModesError::Empty);
        }
        let laid_out = records.as_slice().map(Cow::Borrowed);
        let codes = laid_out.unwrap_or_else(|| Cow::Owned(records.iter().copied().collect()));
        Ok(Self { codes, n_columns: records.ncols(), weights })
    }

    fn rows(&self, n_threads: usize) -> Rows<'_> {
        Rows::new(&self.codes, self.n_columns, self.weights.as_deref(), n_threads)
    }
}
