//! santun: a claims desk in the terminal, on a local flat-file store.
//!
//! The map of floors. Nothing points up, and neighbours on one floor do not see each other
//! (`tests/it/tidy.rs` keeps it so):
//!
//! | floor | modules |
//! |---|---|
//! | 0 | [`base`] safe text, amounts in words, calendar · [`words`] the two languages |
//! | 1 | [`domain`] the business rules: no disk, no clock, no float |
//! | 2 | [`store`] journal, commit, recovery, parts, views |
//! | 3 | [`intake`] files in · [`report`] papers out · [`analysis`] clusters and rates · [`sample`] the believable branch |
//! | 4 | [`desk`] the use cases, the only place that knows the floor below whole; the wall clock, the user, the seed |
//! | 5 | [`cli`] the command line · [`tui`] the screen |

pub mod analysis;
pub mod base;
pub mod cli;
pub mod desk;
pub mod domain;
pub mod intake;
pub mod report;
pub mod sample;
pub mod store;
pub mod tui;
pub mod words;
