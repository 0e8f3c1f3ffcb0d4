//! The terminal's own state: taken over once, given back exactly once, whoever comes first: the end of the program, a
//! panic, a signal or a suspension. `ratatui::restore()` gives back neither the cursor nor bracketed paste.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread::{self, ThreadId};
use std::time::Duration;

use rustix::process::{Signal, getpgid, getpgrp, getpid, getppid, getsid};

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
    /// Whether the mouse is listened to. While it is, the terminal's own selecting needs the shift key.
    pub mouse: Mouse,
}

/// Whether the mouse is listened to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// It belongs to the terminal: selecting and copying work as everywhere.
    #[default]
    Off,
    /// Buttons and wheel come to us.
    On,
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
            mouse: Mouse::Off,
        }
    }
}

/// What is written when the screen is taken over: alternate screen, bracketed paste, no cursor, the title kept and set,
/// and the mouse if it is wanted.
pub fn enter_sequence(title: &str, mouse: Mouse) -> String {
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    let mouse = match mouse {
        Mouse::Off => "",
        Mouse::On => "\x1b[?1000h\x1b[?1006h",
    };
    format!("\x1b[22;0t\x1b]0;{title}\x07\x1b[?1049h\x1b[?2004h{mouse}\x1b[?25l\x1b[0m\x1b[2J")
}

/// What is written when it is given back. A frame may have been cut off, so synchronized output is closed first.
pub fn leave_sequence() -> &'static str {
    "\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?1049l\x1b[?25h\x1b[23;0t"
}

/// The terminal is not ours, and may become so.
const FREE: u8 = 0;
/// The terminal is ours.
const OURS: u8 = 1;
/// The process ends: the terminal was given back and is never taken again.
const CLOSED: u8 = 2;

/// Gives the terminal back, once. Cheap to clone and safe from any thread.
///
/// Standard output's lock is what keeps the order: who writes takes it first and looks then whose the terminal is, so
/// that no frame follows what gives it back.
#[derive(Clone, Debug)]
pub struct Restore {
    state: Arc<AtomicU8>,
}

impl Restore {
    /// Gives the terminal back if it is ours; does nothing otherwise. Errors are swallowed: the terminal may be gone.
    pub fn now(&self) {
        if self.state.compare_exchange(OURS, FREE, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            give_back();
        }
    }

    /// Gives the terminal back, and nobody takes it again: the process is about to end on another thread.
    pub fn for_good(&self) {
        if self.state.swap(CLOSED, Ordering::SeqCst) == OURS {
            give_back();
        }
    }

    fn is_ours(&self) -> bool {
        self.state.load(Ordering::SeqCst) == OURS
    }
}

fn give_back() {
    let mut out = io::stdout().lock();
    let _ = out.write_all(leave_sequence().as_bytes());
    let _ = out.flush();
    let _ = crossterm::terminal::disable_raw_mode();
}

/// The way to the terminal: what is written while it is not ours goes nowhere. The next frame is whole anyway.
#[derive(Clone, Debug)]
pub struct OurTerminal {
    restore: Restore,
}

impl Write for OurTerminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.restore.is_ours() {
            out.write_all(bytes)?;
            out.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Who stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The whole process group, as ctrl-z does in a shell: under `cargo run` the shell waits for cargo, not for us.
    Group,
    /// This process alone: someone sent it the signal.
    Alone,
}

/// The terminal while it is ours. Dropping it gives it back.
#[derive(Debug)]
pub struct TerminalGuard {
    restore: Restore,
    title: String,
    mouse: Mouse,
}

impl TerminalGuard {
    /// Takes the terminal over.
    pub fn enter(title: &str, mouse: Mouse) -> io::Result<Self> {
        let guard = TerminalGuard {
            restore: Restore { state: Arc::new(AtomicU8::new(FREE)) },
            title: title.to_owned(),
            mouse,
        };
        guard.take()?;
        Ok(guard)
    }

    /// The handle that gives the terminal back from elsewhere.
    pub fn restore(&self) -> Restore {
        self.restore.clone()
    }

    /// Where frames are written.
    pub fn out(&self) -> OurTerminal {
        OurTerminal { restore: self.restore() }
    }

    /// Gives the terminal back and stops. Nothing is drawn until [`TerminalGuard::resume`], which the signal that lets
    /// the process go on leads to. Where nobody could continue us, we do not stop.
    pub fn suspend(&self, stop: Stop) -> io::Result<()> {
        if !has_someone_to_continue_us() {
            return Ok(());
        }
        self.restore.now();
        // STOP and not TSTP, which is caught: the terminal is given back by now, and STOP stops whatever we do. This
        // thread may run on for a moment, until one of our threads has taken the signal.
        match stop {
            Stop::Group => rustix::process::kill_current_process_group(Signal::STOP)?,
            Stop::Alone => rustix::process::kill_process(getpid(), Signal::STOP)?,
        }
        Ok(())
    }

    /// Takes the terminal over again after a stop.
    ///
    /// Started in the background by a shell, this stops once more until the person brings us to the foreground: the
    /// kernel sees to that (TTOU), and our own handlers leave it alone.
    pub fn resume(&self) -> io::Result<()> {
        // Stopped by a signal that nobody can catch: the shell has its own modes on the terminal that was ours.
        self.restore.now();
        self.take()
    }

    fn take(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.restore.state.compare_exchange(FREE, OURS, Ordering::SeqCst, Ordering::SeqCst).is_err() {
            return Ok(());
        }
        crossterm::terminal::enable_raw_mode()?;
        out.write_all(enter_sequence(&self.title, self.mouse).as_bytes())?;
        out.flush()
    }
}

/// Whether a shell with job control waits for us: only it can continue us. The kernel lets TSTP pass by in a process
/// group that has none; STOP would stop us for ever there.
fn has_someone_to_continue_us() -> bool {
    let (group, Ok(session)) = (getpgrp(), getsid(None)) else { return false };
    // The group of the session's first process: nobody outside the group is in the session with it.
    if group == session {
        return false;
    }
    // A parent in our own group is a program that was started with us; the shell stands above it.
    let Some(parent) = getppid() else { return false };
    let is_beside_us = getpgid(Some(parent)) == Ok(group);
    is_beside_us || getsid(Some(parent)) == Ok(session)
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
                super::crash::remember_panic(info);
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
