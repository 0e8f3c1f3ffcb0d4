//! Claim rates of companies: how often, how sure, and against what is usual.
//!
//! Raw rates put tiny companies on top. Here the number of claims is Poisson with a rate that is itself
//! gamma-distributed over the companies; a company's estimate is the mean of its posterior.

mod chi_square;
mod credibility;
mod discovery;
mod funnel;
mod poisson_gamma;
mod profile;
mod ranking;
mod shares;
pub mod special;
mod top;
mod trends;
mod urn;

pub use chi_square::Test;
pub use credibility::{BuhlmannStraub, buhlmann_straub};
pub use discovery::{FALSE_SHARE, corrected};
pub use funnel::{FunnelLimits, funnel_limits, overdispersion};
pub use poisson_gamma::{GammaPrior, Posterior};
pub use profile::{Lift, Rule, Traits, lifts, rules};
pub use ranking::{Apart, Basis, By, RankOptions, RankRow, Ranking, Which, rank_companies};
pub(crate) use shares::NORMAL_95;
pub use shares::{Interval, shrunk_shares, wilson};
pub use top::{npps_of, size_band};
pub use trends::{Trend, TwoSpans, Warning, at_least, mid_p_at_least, trends};
pub use urn::Urn;
