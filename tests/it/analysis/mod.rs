//! Tests of `analysis`.

mod brute_force;
mod data;
mod k_means;
mod k_modes;
