//! The frozen environment: clock, seed, width, home. And the program's own source, for tests that read it.

#![allow(dead_code, unused_imports, reason = "each test module takes what it needs")]

pub mod frozen;
pub mod small_disk;
pub mod sources;

pub use frozen::{Frozen, Output, run, temp};
pub use small_disk::SmallDisk;

/// Sequences that a model is tried with: as many as are promised in a release run, fewer while working.
pub const MODEL_SEQUENCES: u32 = if cfg!(debug_assertions) { 400 } else { 10_000 };
