//! The promises in large: run in release by `.ci/run`, left out of a debug run.

mod crash;
mod desk;
mod follow;
mod kill;
mod ops;
mod speed;
