//! k-prototypes (Huang 1998): rows of numbers and categories, on linfa's traits.
//!
//! The distance is the squared one of the numbers plus γ for each category that differs. Labels, cost and its parts always
//! belong to the prototypes that are returned.

mod algorithm;
mod errors;
mod hyperparams;
mod init;
mod kernel;
mod restart;

pub(crate) use algorithm::balanced_gamma;
pub use algorithm::{KPrototypes, Mixed};
pub use errors::{KPrototypesError, KPrototypesParamsError};
pub use hyperparams::{Gamma, KPrototypesInit, KPrototypesParams, KPrototypesValidParams};
