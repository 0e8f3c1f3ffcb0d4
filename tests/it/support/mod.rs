//! The frozen environment: clock, seed, width, home.
