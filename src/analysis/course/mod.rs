//! How cases go on: recovered, disabled or dead, and how long treatment lasts.
//!
//! Death and disability compete with recovery, so the share recovered is a cumulative incidence (Aalen & Johansen 1978)
//! and not one minus Kaplan and Meier's curve, which would count the dead as still to recover. Cases under treatment are
//! censored at the report date; a case that came under observation late counts from that day only (left truncation).
//! Plain tables in days; sums run in the order of the days, so that the same cases give the same bits.

mod curve;
mod gray;
mod groups;
mod incidence;
mod log_rank;
mod risk;
mod test;

pub use curve::{Curve, Step};
pub use gray::gray_test;
pub use groups::{Cost, Followed, GroupCourse, LONG_MONTHS, N_CAUSES, Tests, cost, tests};
pub use incidence::{incidence, survival};
pub use log_rank::log_rank_test;
pub use risk::{Case, RiskStep, RiskTable, side_by_side};
