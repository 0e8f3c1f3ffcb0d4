//! Floor 1. The business: pure values and rules. No disk, no clock, no serde, no float for money, no polars.
