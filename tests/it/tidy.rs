//! Keeps the floors.
