//! The one test program: every linked test binary costs seconds, so there is exactly one.

mod analysis;
mod base;
mod cli;
mod desk;
mod domain;
mod intake;
mod reliability;
mod report;
mod sample;
mod store;
mod support;
mod tidy;
mod tui;
mod words;
