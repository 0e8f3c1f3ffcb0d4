//! Tests of `report`.

mod faults;
mod golden;
mod imported;
mod month;
mod papers;
mod pipeline;
mod properties;
mod table;
