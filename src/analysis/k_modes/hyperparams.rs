//! Parameters of k-modes, unchecked and checked, in the manner of linfa.

use super::errors::KModesParamsError;
use linfa::ParamGuard;
use ndarray::Array2;

/// Where the modes of a restart begin.
#[derive(Clone, Debug, PartialEq)]
pub enum KModesInit {
    /// The first run starts as Cao, Liang and Bai (2009) have it, without chance; the others draw rows by their
    /// distance, greedily with `2 + ln k` trials a mode (k-means++ for the matching dissimilarity).
    CaoThenDraws,
    /// Given modes, one row each; there is then only one run.
    Given(Array2<u8>),
}

/// Whether equal rows are looked at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EqualRows {
    /// As one row of their number, where it pays and no row has a weight of its own. The answer is the same, to the bit.
    #[default]
    Together,
    /// One by one.
    Apart,
}

/// Checked parameters of k-modes.
#[derive(Clone, Debug, PartialEq)]
pub struct KModesValidParams {
    n_clusters: usize,
    n_runs: usize,
    max_n_iterations: usize,
    init: KModesInit,
    equal_rows: EqualRows,
    seed: u64,
    n_threads: usize,
}

/// Parameters of k-modes before they are checked; see [`KModesParams::new`] for the defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct KModesParams(KModesValidParams);

impl KModesParams {
    /// Ten runs (the first one Cao's), 100 iterations, seed 0, one thread.
    pub fn new(n_clusters: usize) -> Self {
        Self(KModesValidParams {
            n_clusters,
            n_runs: 10,
            max_n_iterations: 100,
            init: KModesInit::CaoThenDraws,
            equal_rows: EqualRows::Together,
            seed: 0,
            n_threads: 1,
        })
    }

    /// How many restarts; the lowest cost wins, the earliest among equals.
    pub fn n_runs(mut self, n_runs: usize) -> Self {
        self.0.n_runs = n_runs;
        self
    }

    /// A restart ends after this many iterations in any case.
    pub fn max_n_iterations(mut self, max_n_iterations: usize) -> Self {
        self.0.max_n_iterations = max_n_iterations;
        self
    }

    /// Where restarts begin.
    pub fn init_method(mut self, init: KModesInit) -> Self {
        self.0.init = init;
        self
    }

    /// Whether equal rows are looked at once.
    pub fn equal_rows(mut self, equal_rows: EqualRows) -> Self {
        self.0.equal_rows = equal_rows;
        self
    }

    /// The seed; restart r uses the r-th far jump of the generator it starts.
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }

    /// Threads to use; the result does not depend on it.
    pub fn n_threads(mut self, n_threads: usize) -> Self {
        self.0.n_threads = n_threads.max(1);
        self
    }
}

impl ParamGuard for KModesParams {
    type Checked = KModesValidParams;
    type Error = KModesParamsError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let given = &self.0;
        if given.n_clusters == 0 {
            Err(KModesParamsError::NClusters)
        } else if given.n_runs == 0 {
            Err(KModesParamsError::NRuns)
        } else if given.max_n_iterations == 0 {
            Err(KModesParamsError::MaxIterations)
        } else if matches!(&given.init, KModesInit::Given(modes) if modes.nrows() != given.n_clusters) {
            Err(KModesParamsError::GivenModes)
        } else {
            Ok(given)
        }
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl KModesValidParams {
    /// How many clusters are wanted.
    pub fn n_clusters(&self) -> usize {
        self.n_clusters
    }

    /// How many restarts are made: one when the modes are given.
    pub fn n_runs(&self) -> usize {
        match self.init {
            KModesInit::CaoThenDraws => self.n_runs,
            KModesInit::Given(_) => 1,
        }
    }

    /// The most iterations of one restart.
    pub fn max_n_iterations(&self) -> usize {
        self.max_n_iterations
    }

    /// Where restarts begin.
    pub fn init_method(&self) -> &KModesInit {
        &self.init
    }

    /// Whether equal rows are looked at once.
    pub fn equal_rows(&self) -> EqualRows {
        self.equal_rows
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Threads to use.
    pub fn n_threads(&self) -> usize {
        self.n_threads
    }
}
