//! Floor 4. The use cases; the only wall clock, user and seed.
