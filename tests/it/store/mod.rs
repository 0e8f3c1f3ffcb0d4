//! Tests of `store`.

pub mod crash;
pub mod desk;
pub mod disks;
pub mod flips;
pub mod follow;
pub mod kill;
pub mod make;
pub mod model;
pub mod mutants;
pub mod mutate;
pub mod ops;
pub mod together;
pub mod whole;

mod backup;
mod batch;
mod below;
mod codec;
mod disk;
mod filter;
mod format;
mod fsck;
mod golden;
mod journal;
mod journal_model;
mod kept;
mod months;
mod packed;
mod patched;
mod place;
mod record;
mod recover;
pub mod sealed;
mod sidecar;
mod verify;
mod version;
pub mod view;
