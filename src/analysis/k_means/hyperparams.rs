//! Parameters of k-means, unchecked and checked, in the manner of linfa.

use super::errors::KMeansParamsError;
use crate::analysis::instructions::Instructions;
use linfa::ParamGuard;
use ndarray::Array2;

/// Two bytes name a cluster.
const MOST_CLUSTERS: usize = 65_000;

/// Where the centres of a restart begin.
#[derive(Clone, Debug, PartialEq)]
pub enum KMeansInit {
    /// Greedy k-means++ with `2 + ln k` trials a centre.
    GreedyPlusPlus,
    /// Given centres, one row each; there is then only one run.
    Given(Array2<f64>),
}

/// Checked parameters of k-means.
#[derive(Clone, Debug, PartialEq)]
pub struct KMeansValidParams {
    n_clusters: usize,
    n_runs: usize,
    tolerance: f64,
    max_n_iterations: usize,
    init: KMeansInit,
    seed: u64,
    n_threads: usize,
    instructions: Instructions,
}

/// Parameters of k-means before they are checked; see [`KMeansParams::new`] for the defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct KMeansParams(KMeansValidParams);

impl KMeansParams {
    /// Ten greedy k-means++ restarts, tolerance 1e-4 of the mean column variance, 300 iterations, seed 0, one
    /// thread.
    pub fn new(n_clusters: usize) -> Self {
        Self(KMeansValidParams {
            n_clusters,
            n_runs: 10,
            tolerance: 1e-4,
            max_n_iterations: 300,
            init: KMeansInit::GreedyPlusPlus,
            seed: 0,
            n_threads: 1,
            instructions: Instructions::Widest,
        })
    }

    /// How many restarts; the lowest cost wins, the earliest among equals.
    pub fn n_runs(mut self, n_runs: usize) -> Self {
        self.0.n_runs = n_runs;
        self
    }

    /// A restart ends when the squared shift of all centres is at most this share of the mean column variance.
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// A restart ends after this many iterations in any case.
    pub fn max_n_iterations(mut self, max_n_iterations: usize) -> Self {
        self.0.max_n_iterations = max_n_iterations;
        self
    }

    /// Where restarts begin.
    pub fn init_method(mut self, init: KMeansInit) -> Self {
        self.0.init = init;
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

    /// Instructions to use; the result does not depend on it.
    pub fn instructions(mut self, instructions: Instructions) -> Self {
        self.0.instructions = instructions;
        self
    }
}

impl ParamGuard for KMeansParams {
    type Checked = KMeansValidParams;
    type Error = KMeansParamsError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let given = &self.0;
        if given.n_clusters == 0 || given.n_clusters > MOST_CLUSTERS {
            Err(KMeansParamsError::NClusters)
        } else if given.n_runs == 0 {
            Err(KMeansParamsError::NRuns)
        } else if !(given.tolerance >= 0.0 && given.tolerance.is_finite()) {
            Err(KMeansParamsError::Tolerance)
        } else if given.max_n_iterations == 0 {
            Err(KMeansParamsError::MaxIterations)
        } else if matches!(&given.init, KMeansInit::Given(centres) if centres.nrows() != given.n_clusters) {
            Err(KMeansParamsError::GivenCentres)
        } else {
            Ok(given)
        }
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl KMeansValidParams {
    /// How many clusters are wanted.
    pub fn n_clusters(&self) -> usize {
        self.n_clusters
    }

    /// How many restarts are made: one when the centres are given.
    pub fn n_runs(&self) -> usize {
        match self.init {
            KMeansInit::GreedyPlusPlus => self.n_runs,
            KMeansInit::Given(_) => 1,
        }
    }

    /// The squared shift that ends a restart, as a share of the mean column variance.
    pub fn tolerance(&self) -> f64 {
        self.tolerance
    }

    /// The most iterations of one restart.
    pub fn max_n_iterations(&self) -> usize {
        self.max_n_iterations
    }

    /// Where restarts begin.
    pub fn init_method(&self) -> &KMeansInit {
        &self.init
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Threads to use.
    pub fn n_threads(&self) -> usize {
        self.n_threads
    }

    /// Instructions to use.
    pub fn instructions(&self) -> Instructions {
        self.instructions
    }
}
