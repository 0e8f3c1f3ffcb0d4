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
    let length = SHORTEST_CHUNK.max(items.len().div_ceil(MOST_CHUNKS));
    let chunks = items.chunks_mut(length).enumerate().map(|(at, chunk)| (at * length, chunk));
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
