//! How good a clustering is, and which k: silhouette, cost curve, gap, bootstrap stability.
//!
//! Never trust one index: they are shown side by side.

mod agreement;
mod choose;
mod matrix;
mod sample;
mod silhouette;

pub use agreement::adjusted_rand_index;
pub use choose::{
    ChoiceLimits, KChoice, KRow, STABLE, Stability, Verdict, choose_k, gap_prefers_one, stability,
};
pub use matrix::{Fitted, Matrix};
pub(crate) use sample::counting_rows;
pub use silhouette::{silhouettes_matching, silhouettes_mixed, silhouettes_squared};
