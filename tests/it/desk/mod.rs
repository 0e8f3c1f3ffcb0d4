//! Tests of `desk`.

mod conflicts;
