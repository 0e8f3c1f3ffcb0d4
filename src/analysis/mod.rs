//! Floor 3. Which claims belong together, which companies claim most, and how sure the answer is.
//!
//! Pure computing on plain tables: this folder knows neither the store nor the desk, has no clock and no
//! randomness but the seeds it is given, and gives the same bits on one thread or many. What it must not do is
//! explain: clusters describe, they prove no cause. docs/analysis.md defines every number for readers.

mod chunks;
pub mod k_means;
pub mod k_modes;
pub mod watch;
mod weights;
