//! What can be wrong with k-modes parameters or data.

use crate::analysis::watch::Cancelled;
use thiserror::Error;

/// A parameter that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KModesParamsError {
    /// k = 0.
    #[error("n_clusters cannot be 0")]
    NClusters,
    /// No restart at all.
    #[error("n_runs cannot be 0")]
    NRuns,
    /// Not a single step.
    #[error("max_n_iterations cannot be 0")]
    MaxIterations,
    /// Given modes are not k.
    #[error("the given modes are not n_clusters")]
    GivenModes,
}

/// Why k-modes gave no model.
#[derive(Debug, Error)]
pub enum KModesError {
    /// The parameters were refused.
    #[error("invalid parameter: {0}")]
    InvalidParams(#[from] KModesParamsError),
    /// No rows, no columns, or no row with weight.
    #[error("there is nothing to cluster")]
    Empty,
    /// More columns than one byte can count.
    #[error("k-modes takes at most 255 columns")]
    TooManyColumns,
    /// Weights are missing for some rows, negative, or not numbers.
    #[error("weights must be as many as the rows, finite and not negative")]
    Weights,
    /// Given modes have another number of columns than the data.
    #[error("the given modes have another number of columns")]
    Columns,
    /// The run was stopped.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// linfa's data types refused.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}
