//! Floor 2. Journal, commit, recovery, parts, views. Knows no business rule.
