//! Long work of this subject tells how far it is: it goes on a thread of its own, so that the job's can tell.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::analysis::clustering::{Clustering, Request};
use crate::analysis::{Prepared, Progress, Watch};
use crate::desk::{DeskError, insight};
use crate::tui::jobs::JobContext;

/// How often the work is asked how far it is.
const PACE: Duration = Duration::from_millis(5);

/// Does the work, which says to what it is given how many of how many parts are done.
pub fn told<T: Send>(context: &JobContext, work: impl FnOnce(&(dyn Fn(u64, u64) + Sync)) -> T + Send) -> T {
    let permille = AtomicU64::new(0);
    let hear = |done: u64, total: u64| {
        let part = u128::from(done.min(total)) * 1_000 / u128::from(total.max(1));
        permille.fetch_max(u64::try_from(part).unwrap_or(0), Ordering::Relaxed);
    };
    thread::scope(|scope| {
        let work = scope.spawn(|| work(&hear));
        loop {
            context.progress(permille.load(Ordering::Relaxed), 1_000);
            if work.is_finished() {
                break;
            }
            thread::park_timeout(PACE);
        }
        work.join().unwrap_or_else(|reason| std::panic::resume_unwind(reason))
    })
}

/// Groups the rows.
pub fn grouped(prepared: &Prepared, request: Request, context: &JobContext) -> Result<Clustering, DeskError> {
    let cancel = context.cancel_flag();
    told(context, |hear| {
        let listener = |progress: Progress| hear(progress.permille(), 1_000);
        insight::run(prepared, request, Watch::new(cancel, &listener))
    })
}
