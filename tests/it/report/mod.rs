//! Tests of `report`.

mod branch;
mod charts;
mod faults;
mod golden;
mod imported;
mod month;
mod papers;
mod pipeline;
mod properties;
mod recommendations;
mod sums;
mod table;
