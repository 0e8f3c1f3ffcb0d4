//! Many tests at once: of those that are named, how many are named by chance.

/// Of what is named, so many are named by chance at most, on average.
pub const FALSE_SHARE: f64 = 0.10;

/// The chances of many tests, corrected for how many they are (Benjamini and Hochberg 1995): naming those up to a share
/// names no larger share of them by chance, on average. In the order given.
pub fn corrected(chances: &[f64]) -> Vec<f64> {
    let n = chances.len() as f64;
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&a, &b| chances[a].total_cmp(&chances[b]));
    let mut corrected = vec![1.0; chances.len()];
    let mut least = 1.0_f64;
    for (place, &test) in order.iter().enumerate().rev() {
        least = least.min(chances[test] * n / (place as f64 + 1.0));
        corrected[test] = least;
    }
    corrected
}
