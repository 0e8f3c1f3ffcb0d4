//! Tests of `desk`.

mod conflicts;
mod kept;
mod tidy;
mod today;
