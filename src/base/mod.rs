//! Floor 0. Safe text, amounts in words, calendar helpers.
//!
//! Knows std, jiff and the width of characters; must not know a business word, a disk, a clock or a language file.

pub mod calendar;
pub mod safe;
pub mod terbilang;
