//! linfa's own k-means as a second opinion on the arithmetic.
//!
//! Only its centres are taken: its inertia is a mean from before the last update and its counts belong to
//! its last restart, so labels, weights and cost are found anew around the centres. It knows no row weights.

use super::algorithm::KMeans;
use super::errors::KMeansError;
use super::hyperparams::{KMeansInit, KMeansValidParams};
use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{ArrayBase, Data, Ix2};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// linfa's tolerance is an absolute distance; this one is small for standardised columns.
const ABSOLUTE_TOLERANCE: f64 = 1e-9;

/// Fits with `linfa_clustering::KMeans` and the same k, restarts, start and seed.
///
/// # Errors
/// Data that cannot be used, or whatever linfa refuses.
pub fn linfa_k_means<D: Data<Elem = f64>, T>(
    params: &KMeansValidParams,
    dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
) -> Result<KMeans, KMeansError> {
    let records = dataset.records();
    if records.nrows() < params.n_clusters() {
        return Err(KMeansError::SecondOpinion("fewer rows than clusters".into()));
    }
    // linfa panics on squares that overflow, where ours refuses.
    KMeans::check(params.init_method(), dataset)?;
    let init = match params.init_method() {
        KMeansInit::GreedyPlusPlus => linfa_clustering::KMeansInit::KMeansPlusPlus,
        KMeansInit::Given(centres) => linfa_clustering::KMeansInit::Precomputed(centres.clone()),
    };
    let random = Xoshiro256PlusPlus::seed_from_u64(params.seed());
    let model = linfa_clustering::KMeans::params_with_rng(params.n_clusters(), random)
        .n_runs(params.n_runs())
        .max_n_iterations(u64::try_from(params.max_n_iterations()).unwrap_or(u64::MAX))
        .tolerance(ABSOLUTE_TOLERANCE)
        .init_method(init)
        .fit(&DatasetBase::from(records.to_owned()))
        .map_err(|error| KMeansError::SecondOpinion(error.to_string()))?;
    KMeans::around(model.centroids().clone(), dataset)
}
