//! Tests of `desk`.

pub mod books;
mod conflicts;
mod duplicates;
mod kept;
mod tidy;
mod today;
mod undo;
