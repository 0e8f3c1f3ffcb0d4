//! How far a long computation is: one line on the terminal's standard error, written over as it goes and taken away at the
//! end. A file, a pipe and a program that reads along get nothing of it.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::cli::aside;
use crate::cli::session::Session;
use crate::desk::config::Layout;

/// What is done sooner says nothing.
const PATIENCE: Duration = Duration::from_millis(400);

/// Before anything was shown.
const NOTHING: u64 = u64::MAX;

/// Does the work, which says to what it is given how many of how many parts are done.
pub fn told<T>(session: &Session, work: impl FnOnce(&(dyn Fn(u64, u64) + Sync)) -> T) -> T {
    let is_heard = std::io::stderr().is_terminal() && session.config.layout != Layout::Plain;
    let (begin, shown, words) = (Instant::now(), AtomicU64::new(NOTHING), &session.words);
    let result = work(&|done: u64, total: u64| {
        let percent = done.min(total).saturating_mul(100) / total.max(1);
        // Several threads may tell at once: each percent is written by one of them.
        if is_heard && begin.elapsed() >= PATIENCE && shown.swap(percent, Ordering::Relaxed) != percent {
            aside::text(&format!("\r{}\x1b[K", words.format("cli-progress", &[("percent", percent.into())])));
        }
    });
    if shown.load(Ordering::Relaxed) != NOTHING {
        aside::text("\r\x1b[K");
    }
    result
}
