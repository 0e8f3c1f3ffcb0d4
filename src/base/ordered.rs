//! Work on several cores whose results come in order, so that what is made of them does not depend on the pace of the
//! threads.

use std::sync::mpsc::sync_channel;

/// Threads at most: a clerk shares the server with others.
const MAX_THREADS: usize = 4;
/// Results of one thread that wait to be taken.
const N_WAITING: usize = 2;

/// Makes something of each number below `n`, on a thread for each core, and gives the results to `take` in the order of
/// the numbers, on this thread. `start` makes what each thread keeps between its pieces. Only a few results wait at a
/// time, and the first error stops everything.
pub fn in_order<State, Made: Send, Error: Send>(
    n: usize,
    start: impl Fn() -> State + Sync,
    make: impl Fn(&mut State, usize) -> Result<Made, Error> + Sync,
    mut take: impl FnMut(Made) -> Result<(), Error>,
) -> Result<(), Error> {
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS).min(n);
    if n_threads <= 1 {
        let mut state = start();
        return (0..n).try_for_each(|place| take(make(&mut state, place)?));
    }
    let (start, make) = (&start, &make);
    std::thread::scope(|scope| {
        let receivers: Vec<_> = (0..n_threads)
            .map(|first| {
                let (sender, receiver) = sync_channel(N_WAITING);
                scope.spawn(move || {
                    let mut state = start();
                    for place in (first..n).step_by(n_threads) {
                        let made = make(&mut state, place);
                        let failed = made.is_err();
                        // Nobody takes them any more: another piece has failed, or the taker has.
                        if sender.send(made).is_err() || failed {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for place in 0..n {
            // A thread that ends without its piece has panicked, and the scope goes on with the panic.
            let Ok(made) = receivers[place % n_threads].recv() else { return Ok(()) };
            take(made?)?;
        }
        Ok(())
    })
}
