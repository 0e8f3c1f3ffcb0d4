//! The technical log (*catatan teknis*): what the program did and how long it took, in a file of the state folder, a
//! file a day, the last fourteen kept. It says codes, counts and durations, never what is in the books: no name, number,
//! amount or diagnosis, because it is what a desk sends when it asks for help.
//!
//! It is not the journal (`santun log`), which is the truth and says who did what. It is written at once, by whoever has
//! something to say: a thread of its own would wake an idle screen. A log that cannot be written is no log, and the
//! work goes on.

use std::os::unix::fs::DirBuilderExt;
use std::panic;
use std::path::Path;
use std::time::Instant;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;

use crate::desk::config::{Config, LogLevel};
use crate::desk::error::DeskError;
use crate::domain::{Event, Refusal};
use crate::store::codec::op_of;
use crate::store::{CommitError, Committed};

/// Files kept.
const DAYS: usize = 14;

/// Begins the log of this process. `command` is the command's name without what was typed behind it.
pub fn begin(config: &Config, command: &str) {
    let level = match config.log {
        LogLevel::Off => return,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let Some(file) = file_of_today(&config.log_folder) else { return };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(file)
        .with_ansi(false)
        .with_target(false)
        .log_internal_errors(false)
        // What another crate has to say may quote what it was given.
        .with_filter(Targets::new().with_target("santun", level));
    // Somebody who logs already, in a test, keeps doing so.
    if tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines)).is_err() {
        return;
    }
    note_panics();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), pid = std::process::id(), command, "begins");
}

/// The folder belongs to this person alone.
fn file_of_today(folder: &Path) -> Option<RollingFileAppender> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).ok()?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("santun")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .ok()
}

/// A panic's place; its reason may quote a name.
fn note_panics() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
        tracing::error!(place, version = env!("CARGO_PKG_VERSION"), "panicked");
        previous(info);
    }));
}

/// How opening a store went.
pub fn opened<T>(how: &str, since: Instant, answer: &Result<T, DeskError>) {
    let ms = ms(since);
    match answer {
        Ok(_) => tracing::info!(how, ms, "store opened"),
        Err(error) => tracing::warn!(how, ms, code = error.code(), "store not opened"),
    }
}

/// How a command to the books went: the kinds of its events, never what is in them.
pub fn committed(since: Instant, answer: &Result<Committed, CommitError<Refusal>>) {
    let ms = ms(since);
    match answer {
        Ok(done) => {
            let ops: Vec<&str> = done.events.iter().map(|event: &Event| op_of(event)).collect();
            tracing::info!(ops = ops.join(","), seq = done.seq, repeated = done.repeated, ms, "committed");
        }
        Err(CommitError::Refused(refusal)) => tracing::info!(code = refusal.code, ms, "refused"),
        Err(CommitError::Store(error)) => tracing::error!(code = error.code(), ms, "not committed"),
    }
}

/// That the screen begins or ends.
pub fn screen(what: &'static str) {
    tracing::info!(what, "screen");
}

/// How the run ended.
pub fn ended(code: u8, since: Instant) {
    tracing::info!(code, ms = ms(since), "ends");
}

/// Why a command stopped, by its code.
pub fn stopped(code: &str) {
    tracing::warn!(code, "stopped");
}

/// Whole milliseconds since then.
fn ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
