//! What can be wrong with k-prototypes parameters or data.

use crate::analysis::watch::Cancelled;
use thiserror::Error;

/// A parameter that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KPrototypesParamsError {
    /// k = 0.
    #[error("n_clusters cannot be 0")]
    NClusters,
    /// No restart at all.
    #[error("n_runs cannot be 0")]
    NRuns,
    /// Not a single step.
    #[error("max_n_iterations cannot be 0")]
    MaxIterations,
    /// Negative, infinite or not a number. Zero is fine: categories then say nothing.
    #[error("gamma must be 0 or more")]
    Gamma,
    /// Given prototypes are not k.
    #[error("the given prototypes are not n_clusters")]
    GivenPrototypes,
}

/// Why k-prototypes gave no model.
#[derive(Debug, Error)]
pub enum KPrototypesError {
    /// The parameters were refused.
    #[error("invalid parameter: {0}")]
    InvalidParams(#[from] KPrototypesParamsError),
    /// No rows, or no row with weight.
    #[error("there is nothing to cluster")]
    Empty,
    /// Numbers or categories are missing: k-means or k-modes is the method then.
    #[error("k-prototypes needs columns of numbers and of categories")]
    OneKind,
    /// More categories than one byte can count.
    #[error("k-prototypes takes at most 255 columns of categories")]
    TooManyColumns,
    /// The two parts, or given prototypes, do not fit each other.
    #[error("numbers, categories and prototypes must have the same rows and columns")]
    Shape,
    /// Not a number, or beyond 1e150.
    #[error("row {row}, column {column} is not a number that can be squared")]
    Value {
        /// Row, from 0.
        row: usize,
        /// Column of the numbers, from 0.
        column: usize,
    },
    /// Weights are missing for some rows, negative, or not numbers.
    #[error("weights must be as many as the rows, finite and not negative")]
    Weights,
    /// The run was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// linfa's data types refused.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}
