//! Lloyd's algorithm with restarts.

use super::blocks::Packed;
use super::errors::KMeansError;
use super::hyperparams::{KMeansInit, KMeansParams, KMeansValidParams};
use super::init::greedy_plus_plus;
use super::kernel::{CentreBlocks, Rows};
use super::restart::Restart;
use super::together::{Ends, Run, labels_of, lloyd, nowhere};
use crate::analysis::equal::Distinct;
use crate::analysis::instructions::Instructions;
use crate::analysis::watch::{Cancelled, Stage, Watch};
use crate::analysis::weights::{BadWeights, row_weights};
use linfa::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, Data, Ix2};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use std::borrow::Cow;

/// Beyond this a square or a sum of squares could overflow.
const LARGEST_VALUE: f64 = 1e150;

/// Up to so many rows every restart is brought to its end exactly, and not only the one that the fast passes like best.
const EXACT_ROWS: usize = 65_536;

/// Restarts that go on together at most.
const RUNS_AT_ONCE: usize = 16;

/// k-means fitted to data. Labels, weights and cost are those of the centres beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct KMeans {
    centroids: Array2<f64>,
    labels: Array1<usize>,
    cluster_weights: Array1<f64>,
    cost: f64,
    n_iterations: usize,
    best_run: usize,
    n_reseeded: usize,
}

impl KMeans {
    /// Parameters for k clusters.
    pub fn params(n_clusters: usize) -> KMeansParams {
        KMeansParams::new(n_clusters)
    }

    /// One centre a row. Fewer than asked when the data has fewer different rows.
    pub fn centroids(&self) -> &Array2<f64> {
        &self.centroids
    }

    /// The nearest centre of each row of the data.
    pub fn labels(&self) -> &Array1<usize> {
        &self.labels
    }

    /// Weight of each cluster: its number of rows when the data has no weights.
    pub fn cluster_weights(&self) -> &Array1<f64> {
        &self.cluster_weights
    }

    /// Weighted sum of squared distances of the rows to their centres ("inertia").
    pub fn cost(&self) -> f64 {
        self.cost
    }

    /// Iterations of the restart that won.
    pub fn n_iterations(&self) -> usize {
        self.n_iterations
    }

    /// Which restart won, from 0.
    pub fn best_run(&self) -> usize {
        self.best_run
    }

    /// How often, in the restart that won, a cluster ran empty and took the row of largest cost.
    pub fn n_reseeded(&self) -> usize {
        self.n_reseeded
    }

    /// Refuses data that cannot be used.
    pub(super) fn check<D: Data<Elem = f64>, T>(
        init: &KMeansInit,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
    ) -> Result<(), KMeansError> {
        Ready::new(dataset, init).map(|_| ())
    }

    /// The model whose centres are given: labels, weights and cost are found by one pass.
    pub(super) fn around<D: Data<Elem = f64>, T>(
        centroids: Array2<f64>,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
    ) -> Result<Self, KMeansError> {
        let init = KMeansInit::Given(centroids.clone());
        let ready = Ready::new(dataset, &init)?;
        let restart =
            Restart::begin(ready.rows(1, Instructions::Widest), centroids.iter().copied().collect());
        Ok(KMeans::from_restart(restart, 0, centroids.ncols()))
    }

    fn from_restart(restart: Restart, best_run: usize, n_columns: usize) -> Self {
        let n_centres = restart.centres.len() / n_columns;
        Self {
            centroids: Array2::from_shape_vec((n_centres, n_columns), restart.centres).expect("whole rows"),
            labels: restart.labels.into_iter().map(|label| label as usize).collect(),
            cluster_weights: restart.found.weights.into(),
            cost: restart.found.cost,
            n_iterations: restart.n_iterations,
            best_run,
            n_reseeded: restart.n_reseeded,
        }
    }
}

impl KMeansValidParams {
    /// Fits as [`Fit::fit`] does, under a watch that can stop it between iterations.
    ///
    /// # Errors
    /// Data that cannot be used, or a run that was stopped.
    pub fn fit_watched<D: Data<Elem = f64>, T>(
        &self,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
        watch: Watch<'_>,
    ) -> Result<KMeans, KMeansError> {
        let ready = Ready::new(dataset, self.init_method())?;
        let rows = ready.rows(self.n_threads(), self.instructions());
        let Some(distinct) = equal_rows_together(&ready) else {
            let (run, restart) = self.best_restart(rows, watch)?;
            return Ok(KMeans::from_restart(restart, run, rows.n_columns));
        };
        let merged = Rows { values: &distinct.values, weights: Some(&distinct.weights), ..rows };
        let (run, mut restart) = self.best_restart(merged, watch)?;
        restart.labels = distinct.of_row.iter().map(|&row| restart.labels[row as usize]).collect();
        Ok(KMeans::from_restart(restart, run, rows.n_columns))
    }

    /// The restart of lowest cost, the earliest among equals, and its number.
    fn best_restart(&self, rows: Rows<'_>, watch: Watch<'_>) -> Result<(usize, Restart), Cancelled> {
        watch.step(Stage::Fit, 0, self.n_runs())?;
        let packed = Packed::new(rows);
        let exact = Ends {
            shift: self.tolerance() * packed.mean_variance,
            max_n_iterations: self.max_n_iterations(),
        };
        let fast = Ends { shift: packed.squared(exact.shift), max_n_iterations: exact.max_n_iterations - 1 };
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed());
        let mut best: Option<(usize, Restart)> = None;
        let mut fastest: Option<(usize, Run, Vec<u32>)> = None;
        let at_once = runs_at_once(rows).min(self.n_runs());
        for first in (0..self.n_runs()).step_by(at_once) {
            watch.step(Stage::Fit, first, self.n_runs())?;
            let mut runs =
                self.starts(rows, &packed, at_once.min(self.n_runs() - first), &mut random, watch)?;
            let mut places = nowhere(&packed, runs.len());
            lloyd(rows, &packed, &mut runs, &mut places, fast, watch)?;
            let n_runs = runs.len();
            for (at, run) in runs.into_iter().enumerate() {
                let labels = || labels_of(&places, at, n_runs, rows.len());
                if rows.len() <= EXACT_ROWS {
                    let restart = Restart::finish(&run, &packed, labels(), rows, exact, watch)?;
                    if best.as_ref().is_none_or(|(_, best)| restart.found.cost < best.found.cost) {
                        best = Some((first + at, restart));
                    }
                } else if fastest.as_ref().is_none_or(|(_, fastest, _)| run.cost < fastest.cost) {
                    fastest = Some((first + at, run, labels()));
                }
            }
        }
        if let Some((at, run, labels)) = fastest {
            best = Some((at, Restart::finish(&run, &packed, labels, rows, exact, watch)?));
        }
        Ok(best.expect("there is at least one run"))
    }

    fn starts(
        &self,
        rows: Rows<'_>,
        packed: &Packed,
        n_runs: usize,
        random: &mut Xoshiro256PlusPlus,
        watch: Watch<'_>,
    ) -> Result<Vec<Run>, Cancelled> {
        if let KMeansInit::Given(centres) = self.init_method() {
            return Ok(vec![Run::new(
                packed.scaled(&centres.iter().copied().collect::<Vec<f64>>()),
                rows.n_columns,
            )]);
        }
        let mut randoms: Vec<Xoshiro256PlusPlus> = (0..n_runs)
            .map(|_| {
                let own = random.clone();
                random.jump();
                own
            })
            .collect();
        let starts = greedy_plus_plus(rows, packed, self.n_clusters(), &mut randoms, watch)?;
        let centres = |chosen: Vec<usize>| chosen.iter().flat_map(|&row| packed.row(row)).collect();
        Ok(starts.into_iter().map(|chosen| Run::new(centres(chosen), rows.n_columns)).collect())
    }
}

/// The different rows, where there are many rows and few different ones. Equal rows go to the same cluster wherever they
/// lie, and a cluster that ran empty takes all of them: nothing is lost but work.
fn equal_rows_together(ready: &Ready<'_>) -> Option<Distinct<f64>> {
    let is_plain = ready.weights.is_none() && ready.values.len() / ready.n_columns > EXACT_ROWS;
    is_plain.then(|| Distinct::of(&ready.values, ready.n_columns)).flatten()
}

/// Restarts that go on together: what each keeps of a row must not outgrow the data itself.
fn runs_at_once(rows: Rows<'_>) -> usize {
    if rows.len() <= EXACT_ROWS { RUNS_AT_ONCE } else { (rows.n_columns * 3 / 4).clamp(1, RUNS_AT_ONCE) }
}

impl<D: Data<Elem = f64>, T> Fit<ArrayBase<D, Ix2>, T, KMeansError> for KMeansValidParams {
    type Object = KMeans;

    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<KMeans, KMeansError> {
        self.fit_watched(dataset, Watch::silent())
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for KMeans {
    fn predict_inplace(&self, rows: &ArrayBase<D, Ix2>, labels: &mut Array1<usize>) {
        assert_eq!(rows.ncols(), self.centroids.ncols(), "as many columns as the model has");
        assert_eq!(rows.nrows(), labels.len(), "as many labels as rows");
        let centres: Vec<f64> = self.centroids.iter().copied().collect();
        let blocks = CentreBlocks::new(&centres, rows.ncols());
        let standard = rows.as_standard_layout();
        for (row, label) in standard.rows().into_iter().zip(labels.iter_mut()) {
            *label = blocks.nearest(row.as_slice().expect("standard layout")).0 as usize;
        }
    }

    fn default_target(&self, rows: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(rows.nrows())
    }
}

/// Data checked and laid out row after row: borrowed where it lies so already.
struct Ready<'a> {
    values: Cow<'a, [f64]>,
    n_columns: usize,
    weights: Option<Vec<f64>>,
}

impl<'a> Ready<'a> {
    fn new<D: Data<Elem = f64>, T>(
        dataset: &'a DatasetBase<ArrayBase<D, Ix2>, T>,
        init: &KMeansInit,
    ) -> Result<Self, KMeansError> {
        let records = dataset.records();
        if records.is_empty() {
            return Err(KMeansError::Empty);
        }
        if matches!(init, KMeansInit::Given(centres) if centres.ncols() != records.ncols()) {
            return Err(KMeansError::Columns);
        }
        let usable = |value: &f64| value.abs() <= LARGEST_VALUE;
        if let Some(((row, column), _)) = records.indexed_iter().find(|(_, value)| !usable(value)) {
            return Err(KMeansError::Value { row, column });
        }
        let weights =
            row_weights(dataset.weights(), records.nrows()).map_err(|BadWeights| KMeansError::Weights)?;
        if weights.as_ref().is_some_and(|weights| weights.iter().all(|&weight| weight == 0.0)) {
            return Err(KMeansError::Empty);
        }
        let laid_out = records.as_slice().map(Cow::Borrowed);
        let values = laid_out.unwrap_or_else(|| Cow::Owned(records.iter().copied().collect()));
        Ok(Self { values, n_columns: records.ncols(), weights })
    }

    fn rows(&self, n_threads: usize, instructions: Instructions) -> Rows<'_> {
        let weights = self.weights.as_deref();
        Rows { values: &self.values, n_columns: self.n_columns, weights, n_threads, instructions }
    }
}
