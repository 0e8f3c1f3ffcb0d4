//! Tests of `base`: text tables, one line a case.

mod calendar;
mod safe;
mod terbilang;
