//! Row weights as linfa's data sets carry them.

/// Weights that are not as many as the rows, or negative, or not finite.
pub(crate) struct BadWeights;

/// The weights as f64; `None` when the data set has none.
pub(crate) fn row_weights(weights: Option<&[f32]>, n_rows: usize) -> Result<Option<Vec<f64>>, BadWeights> {
    let Some(weights) = weights else { return Ok(None) };
    let usable = |weight: &f32| *weight >= 0.0 && weight.is_finite();
    if weights.len() != n_rows || !weights.iter().all(usable) {
        return Err(BadWeights);
    }
    Ok(Some(weights.iter().map(|&weight| f64::from(weight)).collect()))
}
