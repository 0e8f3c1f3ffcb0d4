//! Disks for tests: one in memory that knows written from synced, and twists of any disk: failing, lying, dribbling.

#![allow(dead_code, reason = "each test module takes what it needs")]

mod crash;
mod memory;
mod mutant;
mod twist;

pub use crash::CrashModel;
pub use memory::{MemDisk, Step};
pub use mutant::Mutant;
pub use twist::{Call, Deed, Dribble, Fault, Faulty, Interpose, Persistence, Recording, Twist, twisted};
