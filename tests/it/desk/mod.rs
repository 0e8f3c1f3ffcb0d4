//! Tests of `desk`.

mod books;
mod conflicts;
mod duplicates;
mod kept;
mod tidy;
mod today;
mod undo;
