//! Floor 0. Safe text, amounts in words, calendar helpers. Knows std and jiff only, no business words.
