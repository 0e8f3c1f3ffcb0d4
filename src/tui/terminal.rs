//! The terminal's own state: taken over once, given back exactly once, whoever comes first: the end of the program, a
//! panic, a signal or a suspension. `ratatui::restore()` gives back neither the cursor nor bracketed paste.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};
use std::time::Duration;

use super::theme::{Glyphs, ThemeName};

/// What the desk read from the environment and the config about the terminal; nothing here reads either.
#[derive(Clone, Debug)]
pub struct TerminalSettings {
    /// The colours; the caller chooses [`ThemeName::Mono`] where `NO_COLOR` is set.
    pub theme: ThemeName,
    /// Unicode or ASCII marks.
    pub glyphs: Glyphs,
    /// How long a lone Esc waits for the rest of a sequence: 25 ms, under SSH 100 ms.
    pub escape_wait: Duration,
    /// The window's title.
    pub title: String,
}

impl TerminalSettings {
    /// The wait for the rest of a sequence on this machine's own terminal.
    pub const LOCAL_ESCAPE_WAIT: Duration = Duration::from_millis(25);
    /// The wait for the rest of a sequence under SSH.
    pub const SSH_ESCAPE_WAIT: Duration = Duration::from_millis(100);
}

impl Default for TerminalSettings {
    fn default() -> Self {
        TerminalSettings {
            theme: ThemeName::Dark,
            glyphs: Glyphs::Unicode,
            escape_wait: Self::LOCAL_ESCAPE_WAIT,
            title: "santun".to_owned(),
        }
    }
}

/// What is written when the screen is taken over: alternate screen, bracketed paste, no cursor, the title kept and set.
pub fn enter_sequence(title: &str) -> String {
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    format!("\x1b[22;0t\x1b]0;{title}\x07\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[0m\x1b[2J")
}

/// What is written when it is given back. A frame may have been cut off, so synchronized output is closed first.
pub fn leave_sequence() -> &'static str {
    "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[23;0t"
}

/// Gives the terminal back, once. Cheap to clone and safe from any thread.
#[derive(Clone, Debug)]
pub struct Restore {
    is_ours: Arc<AtomicBool>,
}

impl Restore {
    /// Gives the terminal back if it is ours; does nothing otherwise. Errors are swallowed: the terminal may be gone.
    pub fn now(&self) {
        if self.is_ours.swap(false, Ordering::SeqCst) {
            let mut out = io::stdout();
            let _ = out.write_all(leave_sequence().as_bytes());
            let _ = out.flush();
            let _ = crossterm::terminal::disable_raw_mode();
        }
    }
}

/// A stop takes effect well within this time.
const UNTIL_STOPPED: Duration = Duration::from_millis(200);

/// The terminal while it is ours. Dropping it gives it back.
#[derive(Debug)]
pub struct TerminalGuard {
    restore: Restore,
    title: String,
}

impl TerminalGuard {
    /// Takes the terminal over.
    pub fn enter(title: &str) -> io::Result<Self> {
        let guard = TerminalGuard {
            restore: Restore { is_ours: Arc::new(AtomicBool::new(false)) },
            title: title.to_owned(),
        };
        guard.take()?;
        Ok(guard)
    }

    /// The handle that gives the terminal back from elsewhere.
    pub fn restore(&self) -> Restore {
        self.restore.clone()
    }

    /// Stops the program as ctrl-z does in a shell, and takes the terminal over again when it goes on.
    ///
    /// The whole process group stops: under `cargo run` the shell waits for cargo, not for us.
    pub fn suspend(&self) -> io::Result<()> {
        self.restore.now();
        rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
        // Any of our threads may be the one that takes the signal and stops us all. Until then this one would run on
        // and take the terminal from the shell; asleep, it wakes only after the stop. Where nobody could continue
        // us (no shell with job control) nothing stops us, and the screen comes back by itself.
        std::thread::sleep(UNTIL_STOPPED);
        self.take()
    }

    /// Takes the terminal over again after someone else stopped and continued us.
    pub fn resume(&self) -> io::Result<()> {
        self.take()
    }

    fn take(&self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        self.restore.is_ours.store(true, Ordering::SeqCst);
        let mut out = io::stdout();
        out.write_all(enter_sequence(&self.title).as_bytes())?;
        out.flush()
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        self.restore.now();
    }
}

/// The terminal's width and height in cells; asks the kernel, never the terminal.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// While it lives, a panic of the drawing thread gives the terminal back before its message is printed, and a panic of
/// any other thread prints nothing: its job turns it into an error message.
pub struct PanicPolicy {
    previous: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>,
}

impl PanicPolicy {
    /// Puts the policy in place for the calling thread.
    pub fn install(restore: Restore) -> Self {
        let drawing: ThreadId = thread::current().id();
        let previous: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(panic::take_hook());
        let inner = Arc::clone(&previous);
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == drawing {
                restore.now();
                inner(info);
            } else {
                super::jobs::remember_panic(info);
            }
        }));
        PanicPolicy { previous }
    }
}

impl Drop for PanicPolicy {
    fn drop(&mut self) {
        // A hook cannot be changed while this thread panics; the process is about to end then anyway.
        if !thread::panicking() {
            let previous = Arc::clone(&self.previous);
            panic::set_hook(Box::new(move |info| previous(info)));
        }
    }
}
