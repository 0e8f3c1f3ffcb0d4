//! Floor 0. Safe text, amounts in words, calendar helpers, ordered work on several cores.
//!
//! Knows std, jiff and the width of characters; must not know a business word, a disk, a clock or a language file.

pub mod calendar;
pub mod ordered;
pub mod safe;
pub mod terbilang;
