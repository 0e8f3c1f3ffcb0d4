//! The adjusted Rand index: how far two ways to group the same rows agree, chance taken away.

use std::collections::BTreeMap;

/// 1 when both group alike, about 0 when they agree no more than by chance (it can be below).
///
/// # Panics
/// When the two are not labels of the same rows.
pub fn adjusted_rand_index(a: &[usize], b: &[usize]) -> f64 {
    assert_eq!(a.len(), b.len(), "labels of the same rows");
    let mut cells: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<usize, u64>, BTreeMap<usize, u64>) = Default::default();
    for (&x, &y) in a.iter().zip(b) {
        *cells.entry((x, y)).or_default() += 1;
        *rows.entry(x).or_default() += 1;
        *columns.entry(y).or_default() += 1;
    }
    let pairs = |n: &u64| *n as f64 * (*n as f64 - 1.0) / 2.0;
    let together: f64 = cells.values().map(pairs).sum();
    let (in_a, in_b): (f64, f64) = (rows.values().map(pairs).sum(), columns.values().map(pairs).sum());
    let all = pairs(&(a.len() as u64));
    let by_chance = if all > 0.0 { in_a * in_b / all } else { 0.0 };
    let most = 0.5 * (in_a + in_b);
    // Both put every row alone, or all rows together: they agree.
    if most == by_chance { 1.0 } else { (together - by_chance) / (most - by_chance) }
}
