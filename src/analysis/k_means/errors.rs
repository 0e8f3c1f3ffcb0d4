//! What can be wrong with k-means parameters or data.

use crate::analysis::watch::Cancelled;
use thiserror::Error;

/// A parameter that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KMeansParamsError {
    /// k = 0, or more than two bytes can name.
    #[error("n_clusters must be 1 to 65,000")]
    NClusters,
    /// No restart at all.
    #[error("n_runs cannot be 0")]
    NRuns,
    /// Negative or not a number. Zero is fine: it means "until no row moves".
    #[error("tolerance must be 0 or more")]
    Tolerance,
    /// Not a single step.
    #[error("max_n_iterations cannot be 0")]
    MaxIterations,
    /// Given centres are not k.
    #[error("the given centres are not n_clusters")]
    GivenCentres,
}

/// Why k-means gave no model.
#[derive(Debug, Error)]
pub enum KMeansError {
    /// The parameters were refused.
    #[error("invalid parameter: {0}")]
    InvalidParams(#[from] KMeansParamsError),
    /// No rows, no columns, or no row with weight.
    #[error("there is nothing to cluster")]
    Empty,
    /// A value is not a number, or so large that its square is not one.
    #[error("row {row}, column {column} is not a usable number")]
    Value {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
    },
    /// Weights are missing for some rows, negative, or not numbers.
    #[error("weights must be as many as the rows, finite and not negative")]
    Weights,
    /// Given centres have another number of columns than the data.
    #[error("the given centres have another number of columns")]
    Columns,
    /// The run was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// linfa's own engine gave up.
    #[error("linfa: {0}")]
    SecondOpinion(String),
    /// linfa's data types refused.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}
