//! Tests of `desk`.

mod conflicts;
mod duplicates;
mod kept;
mod tidy;
mod today;
mod undo;
