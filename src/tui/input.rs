//! The input thread: reads the terminal's bytes and sends keys.
//!
//! It reads the descriptor itself. crossterm 0.29's reader spins at full speed when the terminal goes away and takes a
//! lone Esc at the end of a read for the key; here a vanished terminal is one message and the end of the thread.

use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::decode::{Decoder, Heard};

/// Why the input thread ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The terminal is gone: the line dropped or its window was closed.
    Lost,
    /// Nobody listens any more.
    Unheard,
}

/// Reads `terminal` and tells each input until the terminal is gone or `tell` says that nobody listens.
///
/// Nobody ever waits for this thread: it may sit in a read for ever, and the process ends without it.
pub fn listen(terminal: impl AsFd, escape_wait: Duration, tell: impl Fn(Heard) -> bool) -> End {
    let mut decoder = Decoder::new(escape_wait);
    let mut bytes = [0_u8; 4096];
    loop {
        let inputs = match read(&terminal, decoder.patience(), &mut bytes) {
            Read::Bytes(n_bytes) => decoder.feed(&bytes[..n_bytes]),
            Read::Silence => decoder.expire(),
            Read::Again => continue,
            Read::Lost => return End::Lost,
        };
        for input in inputs {
            if !tell(input) {
                return End::Unheard;
            }
        }
    }
}

enum Read {
    Bytes(usize),
    Silence,
    Again,
    Lost,
}

fn read(terminal: &impl AsFd, patience: Option<Duration>, bytes: &mut [u8]) -> Read {
    let mut waiting = [PollFd::new(terminal, PollFlags::IN)];
    let timeout = patience.map(|wait| Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    });
    match poll(&mut waiting, timeout.as_ref()) {
        Ok(0) => return Read::Silence,
        Ok(_) => {}
        Err(Errno::INTR) => return Read::Again,
        Err(_) => return Read::Lost,
    }
    if !waiting[0].revents().contains(PollFlags::IN) {
        return Read::Lost;
    }
    match rustix::io::read(terminal, bytes) {
        Ok(0) => Read::Lost,
        Ok(n_bytes) => Read::Bytes(n_bytes),
        Err(Errno::INTR | Errno::AGAIN) => Read::Again,
        Err(_) => Read::Lost,
    }
}
