//! Tests of `store`.

pub mod desk;

mod journal;
