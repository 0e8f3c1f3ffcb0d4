//! Work cut into chunks that depend on the number of rows alone, never on the number of threads.
//!
//! Each chunk gives its own partial result and the partial results come back in the order of the rows, so a
//! sum over them has the same bits on one thread or on many.

use std::thread;

/// Chunks are never shorter than this, so that small data stays on one thread.
const SHORTEST_CHUNK: usize = 4096;

/// Nor are there ever more than this many: each one carries its own sums.
const MOST_CHUNKS: usize = 64;

/// Calls `work` with the first row and the items of each chunk, and returns the answers in row order.
pub(crate) fn map_chunks<S: Send, T: Send>(
    items: &mut [S],
    n_threads: usize,
    work: impl Fn(usize, &mut [S]) -> T + Sync,
) -> Vec<T> {
    map_chunks_of(items, Unit { items: 1, rows: 1 }, n_threads, work)
}

/// What must stay together: so many items that belong to so many rows.
#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) items: usize,
    pub(crate) rows: usize,
}

/// Calls `work` with the number of the first unit and the items of each chunk, which are whole units, and returns
/// the answers in row order.
pub(crate) fn map_chunks_of<S: Send, T: Send>(
    items: &mut [S],
    unit: Unit,
    n_threads: usize,
    work: impl Fn(usize, &mut [S]) -> T + Sync,
) -> Vec<T> {
    let n_units = items.len() / unit.items;
    let length = SHORTEST_CHUNK.div_ceil(unit.rows).max(n_units.div_ceil(MOST_CHUNKS));
    let chunks = items.chunks_mut(length * unit.items).enumerate().map(|(at, chunk)| (at * length, chunk));
    if n_threads <= 1 || chunks.len() <= 1 {
        return chunks.map(|(first, chunk)| work(first, chunk)).collect();
    }
    let mut answers: Vec<Option<T>> = (0..chunks.len()).map(|_| None).collect();
    let mut hands: Vec<Vec<_>> = (0..n_threads).map(|_| Vec::new()).collect();
    for (at, (chunk, answer)) in chunks.zip(answers.iter_mut()).enumerate() {
        hands[at % n_threads].push((chunk, answer));
    }
    thread::scope(|scope| {
        for hand in hands {
            let work = &work;
            scope.spawn(move || {
                for ((first, chunk), answer) in hand {
                    *answer = Some(work(first, chunk));
                }
            });
        }
    });
    answers.into_iter().map(|answer| answer.expect("every chunk was dealt to a hand")).collect()
}

/// Adds the sums of one chunk to those of others.
pub(crate) fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// Draws the row at which the running sum of masses passes `share` (0 ≤ share < 1) of the whole.
///
/// Rows without mass are never drawn; `None` when no row has any.
pub(crate) fn draw_by_mass(masses: &[f64], share: f64) -> Option<usize> {
    let total: f64 = masses.iter().sum();
    if !(total > 0.0 && total.is_finite()) {
        return None;
    }
    let goal = share * total;
    let mut passed = 0.0;
    let mut last = None;
    for (row, &mass) in masses.iter().enumerate() {
        if mass > 0.0 {
            passed += mass;
            last = Some(row);
            if passed > goal {
                return last;
            }
        }
    }
    last
}

/// Leaves the rows of largest cost, the lowest row first among equals, in that order.
pub(crate) fn keep_largest(costs: &mut Vec<(f64, usize)>, n_kept: usize) {
    let order = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if costs.len() > n_kept {
        costs.select_nth_unstable_by(n_kept, order);
        costs.truncate(n_kept);
    }
    costs.sort_by(order);
}
