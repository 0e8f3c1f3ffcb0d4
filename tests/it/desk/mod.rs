//! Tests of `desk`.

mod conflicts;
mod kept;
mod today;
