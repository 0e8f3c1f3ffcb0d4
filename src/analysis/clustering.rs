//! What is asked of a clustering, and its result.

use super::features::TakesNumbers;
use super::k_means::{KMeansError, KMeansParamsError};
use super::k_modes::{KModesError, KModesParamsError};
use super::k_prototypes::{KPrototypesError, KPrototypesParamsError};
use super::notes::Note;
use super::prepare::{Coding, Scale};
use super::quality::{ChoiceLimits, KChoice, Verdict};
use super::summary::ClusterSummary;
use super::watch::Cancelled;
use thiserror::Error;

/// How rows are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Numbers, by squared distance to means.
    KMeans,
    /// Categories, by values that differ from the mode.
    KModes,
    /// Numbers and categories together.
    KPrototypes,
}

/// Whose arithmetic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Ours.
    #[default]
    Own,
    /// `linfa_clustering`'s k-means; it knows no weights, and there is no k-modes.
    Linfa,
}

/// How many groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// This many.
    Fixed(usize),
    /// The recommended number.
    Auto,
}

/// How closely the result is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checks {
    /// Stability, gap and silhouette.
    #[default]
    Full,
    /// Silhouette only.
    Few,
}

/// Whether another program's arithmetic is asked too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondOpinion {
    /// No.
    #[default]
    Skip,
    /// linfa's k-means, with the same k, restarts and seed.
    Ask,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// How rows are grouped.
    pub method: Method,
    /// Whose arithmetic.
    pub engine: Engine,
    /// How many groups.
    pub groups: Groups,
    /// The seed of everything that is drawn.
    pub seed: u64,
    /// Restarts.
    pub n_runs: usize,
    /// How numbers are scaled (k-means).
    pub scale: Scale,
    /// How categories are coded (k-modes).
    pub coding: Coding,
    /// What one category that differs counts (k-prototypes); none: so that numbers and categories have the same say.
    pub gamma: Option<f64>,
    /// How closely the result is looked at.
    pub checks: Checks,
    /// Whether linfa is asked too (k-means).
    pub second_opinion: SecondOpinion,
    /// How much work the choice of k and the checks may take.
    pub limits: ChoiceLimits,
    /// Threads; the result does not depend on it.
    pub n_threads: usize,
}

/// Numbers that judge a clustering.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Mean silhouette of the rows looked at; numbers by squared distance.
    pub silhouette: f64,
    /// Mean adjusted Rand index of bootstrap samples; none without full checks.
    pub stability: Option<f64>,
    /// The cost linfa reached on the same data, when it was asked.
    pub second_cost: Option<f64>,
}

/// How much of the cost numbers and categories make (k-prototypes).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// What one category that differs counted.
    pub gamma: f64,
    /// Share of the cost that the numbers make, from 0 to 1; the categories make the rest.
    pub numbers: f64,
}

/// Groups of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Clustering {
    /// How rows were grouped.
    pub method: Method,
    /// Whose arithmetic.
    pub engine: Engine,
    /// Groups found; fewer than asked when there are fewer different rows.
    pub k: usize,
    /// The seed.
    pub seed: u64,
    /// Restarts made.
    pub runs: usize,
    /// Rows grouped.
    pub rows: usize,
    /// Columns that entered.
    pub columns: Vec<String>,
    /// Sum over the rows (by weight) of squared distance, or of values that differ.
    pub cost: f64,
    /// What numbers and categories make of it; of k-prototypes only.
    pub parts: Option<Parts>,
    /// Iterations of the restart that won.
    pub iterations: usize,
    /// Numbers that judge it.
    pub scores: Scores,
    /// Whether there are groups at all; none without full checks. Anything but [`Verdict::Groups`] goes first.
    pub verdict: Option<Verdict>,
    /// The choice of k, when it was asked for.
    pub choice: Option<KChoice>,
    /// The groups, the largest first.
    pub clusters: Vec<ClusterSummary>,
    /// The id (from 1) of each row's cluster, in the order of the table's rows.
    pub labels: Vec<usize>,
    /// What must be known to read it.
    pub notes: Vec<Note>,
}

/// Why there is no clustering.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// No rows, or no column that varies.
    #[error("there is nothing to cluster")]
    Nothing,
    /// linfa has k-means only.
    #[error("linfa has only k-means")]
    NoSuchEngine,
    /// k-means refused.
    #[error(transparent)]
    KMeans(KMeansError),
    /// k-modes refused.
    #[error(transparent)]
    KModes(KModesError),
    /// k-prototypes refused.
    #[error(transparent)]
    KPrototypes(KPrototypesError),
    /// The run was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl ClusterError {
    /// The key of its sentence, for people.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Nothing => "analysis-error-nothing",
            Self::NoSuchEngine => "analysis-error-engine",
            Self::Cancelled(_) => "analysis-error-cancelled",
            Self::KMeans(KMeansError::InvalidParams(_)) | Self::KModes(KModesError::InvalidParams(_)) => {
                "analysis-error-parameters"
            }
            Self::KPrototypes(KPrototypesError::InvalidParams(KPrototypesParamsError::Gamma)) => {
                "analysis-error-gamma"
            }
            Self::KPrototypes(KPrototypesError::InvalidParams(_)) => "analysis-error-parameters",
            Self::KPrototypes(KPrototypesError::OneKind) => "analysis-error-one-kind",
            Self::KMeans(_) | Self::KModes(_) | Self::KPrototypes(_) => "analysis-error-data",
        }
    }
}

impl From<KMeansError> for ClusterError {
    fn from(error: KMeansError) -> Self {
        match error {
            KMeansError::Cancelled(stop) => Self::Cancelled(stop),
            other => Self::KMeans(other),
        }
    }
}

impl From<KModesError> for ClusterError {
    fn from(error: KModesError) -> Self {
        match error {
            KModesError::Cancelled(stop) => Self::Cancelled(stop),
            other => Self::KModes(other),
        }
    }
}

impl From<KPrototypesError> for ClusterError {
    fn from(error: KPrototypesError) -> Self {
        match error {
            KPrototypesError::Cancelled(stop) => Self::Cancelled(stop),
            other => Self::KPrototypes(other),
        }
    }
}

impl From<KPrototypesParamsError> for ClusterError {
    fn from(error: KPrototypesParamsError) -> Self {
        Self::KPrototypes(error.into())
    }
}

impl From<KMeansParamsError> for ClusterError {
    fn from(error: KMeansParamsError) -> Self {
        Self::KMeans(error.into())
    }
}

impl From<KModesParamsError> for ClusterError {
    fn from(error: KModesParamsError) -> Self {
        Self::KModes(error.into())
    }
}

impl Method {
    /// What the method reads.
    pub fn takes(self) -> TakesNumbers {
        match self {
            Self::KMeans => TakesNumbers::Yes,
            Self::KModes => TakesNumbers::No,
            Self::KPrototypes => TakesNumbers::Both,
        }
    }

    /// The name in JSON and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::KMeans => "kmeans",
            Self::KModes => "kmodes",
            Self::KPrototypes => "kprototypes",
        }
    }
}

impl Request {
    /// Our engine, ten restarts, seed 0, full checks, one thread.
    pub fn new(method: Method, groups: Groups) -> Self {
        Self {
            method,
            engine: Engine::Own,
            groups,
            seed: 0,
            n_runs: 10,
            scale: Scale::Standard,
            coding: Coding::Grouped,
            gamma: None,
            checks: Checks::Full,
            second_opinion: SecondOpinion::Skip,
            limits: ChoiceLimits::default(),
            n_threads: 1,
        }
    }
}
