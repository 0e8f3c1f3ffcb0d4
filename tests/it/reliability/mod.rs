//! The promises in large: run in release by `.ci/run`, left out of a debug run.

mod crash;
mod desk;
mod engines;
mod follow;
mod input;
mod kill;
mod ops;
mod planted;
mod power;
mod size;
mod speed;
