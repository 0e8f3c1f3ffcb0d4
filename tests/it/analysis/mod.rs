//! Tests of `analysis`.

mod brute_force;
mod choose;
mod clusters;
mod companies;
mod compare;
mod consensus;
mod course;
mod data;
mod k_means;
mod k_modes;
mod k_prototypes;
mod levers;
mod prepare;
mod rates;
mod sampling;
mod scatter;
mod silhouette;
