//! Floor 3. Files in: readers, mapping, checks → commands and problems.
