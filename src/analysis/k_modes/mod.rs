//! k-modes (Huang 1998) on linfa's traits: one byte a value, cost = number of values that differ from the mode.
//!
//! Labels and cost of a model always belong to the modes it returns.

mod algorithm;
mod errors;
mod hyperparams;
mod init;
pub(crate) mod kernel;
mod lot;
mod restart;

pub use algorithm::KModes;
pub use errors::{KModesError, KModesParamsError};
pub use hyperparams::{EqualRows, KModesInit, KModesParams, KModesValidParams};
