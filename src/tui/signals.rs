//! Signals, on a thread of their own. HUP, TERM, INT and QUIT save the drafts, give the terminal back and end the
//! process within a deadline, without waiting for the input thread, the drawing thread or a job. TSTP and CONT are told
//! to the drawing thread, which alone takes the terminal. TTIN and TTOU are left to the kernel: in the background we stop
//! when we touch the terminal, as every program does.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::terminal::Restore;

/// The process is gone this long after HUP, TERM or a lost terminal, even if saving or the terminal hangs.
pub const DEADLINE: Duration = Duration::from_millis(1_500);

/// What the drawing thread hears of signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noticed {
    /// The window changed its size.
    Resized,
    /// Someone asks us to stop: the terminal is to be given back first.
    StopAsked,
    /// The process goes on after a stop: the terminal is to be taken over again.
    Continued,
}

/// Ends the process cleanly from any thread.
#[derive(Clone)]
pub struct LastWill {
    restore: Restore,
    is_begun: Arc<AtomicBool>,
    save_drafts: Arc<dyn Fn() + Send + Sync>,
}

impl LastWill {
    /// `save_drafts` writes what has been typed and not yet written; it must not need the drawing thread.
    pub fn new(restore: Restore, save_drafts: Arc<dyn Fn() + Send + Sync>) -> Self {
        LastWill { restore, is_begun: Arc::default(), save_drafts }
    }

    /// Saves, restores and ends the process with `code`; at the deadline it ends whatever hangs.
    ///
    /// A hang-up and the lost terminal come together on two threads: the second one waits for the end.
    pub fn execute(&self, code: i32) -> ! {
        if self.is_begun.swap(true, Ordering::SeqCst) {
            thread::sleep(DEADLINE);
            process::exit(code);
        }
        thread::spawn(move || {
            thread::sleep(DEADLINE);
            process::exit(code);
        });
        // Drafts first: a hung terminal may swallow the rest of the time.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (self.save_drafts)()));
        tracing::warn!(code, "screen ended from outside");
        self.restore.for_good();
        process::exit(code)
    }
}

/// Starts the thread. Exit codes follow the shells: 128 + the signal's number.
pub fn watch(will: LastWill, notice: impl Fn(Noticed) + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => notice(Noticed::Resized),
                SIGTSTP => notice(Noticed::StopAsked),
                SIGCONT => notice(Noticed::Continued),
                ending => will.execute(128 + ending),
            }
        }
    })?;
    Ok(())
}
