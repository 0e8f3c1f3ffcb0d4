//! k-means: our own engine on linfa's traits, and linfa's as the second opinion.
//!
//! The files follow `linfa-clustering`: parameters, algorithm, starts, errors. Labels and cost of a model
//! always belong to the centres it returns.

mod algorithm;
mod blocks;
mod errors;
mod hyperparams;
mod init;
pub(crate) mod kernel;
mod restart;
mod second_opinion;
mod together;

pub use algorithm::KMeans;
pub use errors::{KMeansError, KMeansParamsError};
pub use hyperparams::{KMeansInit, KMeansParams, KMeansValidParams};
pub(crate) use init::n_trials;
pub use second_opinion::linfa_k_means;
