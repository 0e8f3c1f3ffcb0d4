//! Restarts side by side: each has its own number and its own part of the generator, so that which thread makes it changes
//! nothing.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Threads that make restarts, and threads that each of them may use for its own rows.
pub(crate) fn hands(n_runs: usize, n_threads: usize) -> (usize, usize) {
    let beside = n_threads.min(n_runs).max(1);
    (beside, (n_threads / beside).max(1))
}

/// The generator of each restart: the r-th far jump from the seed.
pub(crate) fn randoms(seed: u64, n_runs: usize) -> Vec<Xoshiro256PlusPlus> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let own = |_| {
        let own = random.clone();
        random.jump();
        own
    };
    (0..n_runs).map(own).collect()
}

/// The restart of lowest cost, the earliest among equals, and its number; nothing of no restarts. Of the others none is kept
/// longer than until its thread has a better one.
pub(crate) fn best_of<R: Send, E: Send>(
    n_runs: usize,
    beside: usize,
    make: impl Fn(usize) -> Result<R, E> + Sync,
    cost: impl Fn(&R) -> f64 + Sync,
) -> Result<Option<(usize, R)>, E> {
    let next = AtomicUsize::new(0);
    let hand = || -> Result<Option<(usize, R)>, E> {
        let mut best: Option<(usize, R)> = None;
        loop {
            let run = next.fetch_add(1, Ordering::Relaxed);
            if run >= n_runs {
                return Ok(best);
            }
            let made = make(run)?;
            if best.as_ref().is_none_or(|(_, best)| cost(&made) < cost(best)) {
                best = Some((run, made));
            }
        }
    };
    let found: Vec<Result<Option<(usize, R)>, E>> = thread::scope(|scope| {
        let others: Vec<_> = (1..beside).map(|_| scope.spawn(hand)).collect();
        let own = hand();
        let joined =
            others.into_iter().map(|other| other.join().unwrap_or_else(|why| std::panic::resume_unwind(why)));
        std::iter::once(own).chain(joined).collect()
    });
    let mut best: Option<(usize, R)> = None;
    for made in found {
        let Some(made) = made? else { continue };
        let is_better = best.as_ref().is_none_or(|best| {
            let order = cost(&made.1).total_cmp(&cost(&best.1));
            order.then(made.0.cmp(&best.0)).is_lt()
        });
        if is_better {
            best = Some(made);
        }
    }
    Ok(best)
}
