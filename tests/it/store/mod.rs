//! Tests of `store`.

pub mod crash;
pub mod desk;
pub mod disks;
pub mod kill;
pub mod make;

mod batch;
mod codec;
mod disk;
mod filter;
mod format;
mod fsck;
mod journal;
mod journal_model;
mod record;
mod recover;
mod together;
mod verify;
mod view;
