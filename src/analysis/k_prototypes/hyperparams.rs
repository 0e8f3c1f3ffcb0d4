//! Parameters of k-prototypes, unchecked and checked, in the manner of linfa.

use super::errors::KPrototypesParamsError;
use linfa::ParamGuard;
use ndarray::Array2;

/// What one category that differs counts, in squared units of the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Gamma {
    /// Such that numbers and categories of the data have the same say: the mean variance of the numbers over the mean of
    /// 1 − Σp² of the categories, which is how often two rows drawn by chance differ in one.
    #[default]
    Balanced,
    /// This much.
    Given(f64),
}

/// Where the prototypes of a restart begin.
#[derive(Clone, Debug, PartialEq)]
pub enum KPrototypesInit {
    /// Rows drawn by their distance, greedily with `2 + ln k` trials a prototype.
    GreedyDraws,
    /// Given means and modes, one row each; there is then only one run.
    Given(Array2<f64>, Array2<u8>),
}

/// Checked parameters of k-prototypes.
#[derive(Clone, Debug, PartialEq)]
pub struct KPrototypesValidParams {
    n_clusters: usize,
    n_runs: usize,
    max_n_iterations: usize,
    gamma: Gamma,
    init: KPrototypesInit,
    seed: u64,
    n_threads: usize,
}

/// Parameters of k-prototypes before they are checked; see [`KPrototypesParams::new`] for the defaults.
#[derive(Clone, Debug, PartialEq)]
pub struct KPrototypesParams(KPrototypesValidParams);

impl KPrototypesParams {
    /// Ten runs, 100 iterations, γ balanced, seed 0, one thread.
    pub fn new(n_clusters: usize) -> Self {
        Self(KPrototypesValidParams {
            n_clusters,
            n_runs: 10,
            max_n_iterations: 100,
            gamma: Gamma::Balanced,
            init: KPrototypesInit::GreedyDraws,
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

    /// What one category that differs counts.
    pub fn gamma(mut self, gamma: Gamma) -> Self {
        self.0.gamma = gamma;
        self
    }

    /// Where restarts begin.
    pub fn init_method(mut self, init: KPrototypesInit) -> Self {
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
}

impl ParamGuard for KPrototypesParams {
    type Checked = KPrototypesValidParams;
    type Error = KPrototypesParamsError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let given = &self.0;
        let fits = |means: &Array2<f64>, modes: &Array2<u8>| {
            means.nrows() == given.n_clusters && modes.nrows() == given.n_clusters
        };
        if given.n_clusters == 0 {
            Err(KPrototypesParamsError::NClusters)
        } else if given.n_runs == 0 {
            Err(KPrototypesParamsError::NRuns)
        } else if given.max_n_iterations == 0 {
            Err(KPrototypesParamsError::MaxIterations)
        } else if matches!(given.gamma, Gamma::Given(gamma) if !(0.0..=1e150).contains(&gamma)) {
            Err(KPrototypesParamsError::Gamma)
        } else if matches!(&given.init, KPrototypesInit::Given(means, modes) if !fits(means, modes)) {
            Err(KPrototypesParamsError::GivenPrototypes)
        } else {
            Ok(given)
        }
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl KPrototypesValidParams {
    /// How many clusters are wanted.
    pub fn n_clusters(&self) -> usize {
        self.n_clusters
    }

    /// How many restarts are made: one when the prototypes are given.
    pub fn n_runs(&self) -> usize {
        match self.init {
            KPrototypesInit::GreedyDraws => self.n_runs,
            KPrototypesInit::Given(..) => 1,
        }
    }

    /// The most iterations of one restart.
    pub fn max_n_iterations(&self) -> usize {
        self.max_n_iterations
    }

    /// What one category that differs counts.
    pub fn gamma(&self) -> Gamma {
        self.gamma
    }

    /// Where restarts begin.
    pub fn init_method(&self) -> &KPrototypesInit {
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
}
