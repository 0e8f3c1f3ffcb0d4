//! Floor 2. Journal, commit, recovery, parts, views. Knows no business rule.
//!
//! The lower half, in order: [`disk`] the one door · [`record`] one line · [`journal`] the files and the walk over them ·
//! [`watermark`] how far it is acknowledged · [`lock`] one writer at a time · [`recover`] what a crash leaves ·
//! [`ledger`] open, catch up, commit · [`follow`] hear of others' commits · [`verify`] look at everything.

pub mod disk;
pub mod error;
pub mod follow;
pub mod format;
pub mod journal;
pub mod ledger;
pub mod lock;
pub mod record;
pub mod recover;
pub mod verify;
pub mod watermark;
