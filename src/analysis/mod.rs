//! Floor 3. Which claims belong together, which companies claim most, and how sure the answer is.
//!
//! Pure computing on plain tables: this folder knows neither the store nor the desk, has no clock and no
//! randomness but the seeds it is given, and gives the same bits on one thread or many. What it must not do is
//! explain: clusters describe, they prove no cause. docs/analysis.md defines every number for readers.

pub mod cases;
mod chunks;
mod cluster;
pub mod clustering;
pub mod compare;
pub mod consensus;
pub mod course;
mod equal;
pub mod features;
mod fitting;
pub mod input;
pub mod instructions;
pub mod k_means;
pub mod k_modes;
pub mod k_prototypes;
pub mod levers;
pub mod notes;
pub mod prepare;
pub mod quality;
pub mod rates;
mod restarts;
pub mod sampling;
pub mod scatter;
pub mod summary;
pub mod table;
mod title;
pub mod watch;
mod weights;

pub use cases::{ClaimCase, CompanyYear, Course, Prepared, claim_table, company_table};
pub use cluster::cluster;
pub use clustering::{
    Checks, ClusterError, Clustering, Engine, Groups, Method, Parts, Request, Scores, SecondOpinion,
};
pub use notes::{Argument, Note};
pub use rates::{RankOptions, Ranking, Which, rank_companies};
pub use watch::{Progress, Stage, Watch};
