//! Tests of `store`.

pub mod crash;
pub mod desk;
pub mod disks;
pub mod kill;

mod disk;
mod journal;
mod journal_model;
mod record;
mod recover;
mod verify;
