//! `santun backup`, `restore` and `anchor`: the copy of the truth, a store made of it, and the head to be kept elsewhere.

use serde::Serialize;

use crate::cli::args::{AnchorArgs, BackupArgs, Format, RestoreArgs};
use crate::cli::aside;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{DeskError, read_anchors, restore_store};
use crate::words::Value;

/// A backup in JSON.
#[derive(Debug, Serialize)]
struct BackupJson {
    path: String,
    seq: u64,
    head: String,
    files: usize,
    bytes: u64,
    copied: usize,
    copied_bytes: u64,
    noted: bool,
}

/// A restored store in JSON.
#[derive(Debug, Serialize)]
struct RestoreJson {
    path: String,
    seq: u64,
    head: String,
    made: String,
    files: usize,
    bytes: u64,
}

/// Copies the truth. A backup that could not be noted in the journal is a backup all the same: exit 1.
pub fn back_up(session: &Session, args: &BackupArgs, out: &mut Output) -> Result<Exit, CliError> {
    let backup = session.desk_as_it_is()?.back_up(&args.into)?;
    let done = &backup.done;
    if args.format == Format::Json {
        out.json(&BackupJson {
            path: done.home.display().to_string(),
            seq: done.head.seq,
            head: done.head.hash.to_string(),
            files: done.files,
            bytes: done.bytes,
            copied: done.copied,
            copied_bytes: done.copied_bytes,
            noted: backup.unnoted.is_none(),
        })?;
    } else {
        let figures = [
            ("path", done.home.display().to_string().into()),
            ("seq", done.head.seq.to_string().into()),
            ("files", figure(done.files as u64)),
            ("size", size(done.bytes)),
            ("copied", figure(done.copied as u64)),
            ("copied_size", size(done.copied_bytes)),
        ];
        out.line(&session.say("care-backed-up", &figures))?;
        out.line(&format!("{} {}", done.head.seq, done.head.hash))?;
    }
    match backup.unnoted {
        None => Ok(Exit::Done),
        Some(error) => {
            out.finish()?;
            let reason = DeskError::Store(error).sentence(&session.words);
            let said = session.say("care-unnoted", &[("reason", reason.as_str().into())]);
            aside::line(&format!("santun: {said}"));
            Ok(Exit::Refused)
        }
    }
}

/// Makes a store of a backup.
pub fn restore(session: &Session, args: &RestoreArgs, out: &mut Output) -> Result<Exit, CliError> {
    let anchors = args.anchor.as_deref().map_or(Ok(Vec::new()), read_anchors)?;
    let restored = restore_store(&args.backup, &args.into, &anchors, &session.config.clock)?;
    if args.format == Format::Json {
        out.json(&RestoreJson {
            path: args.into.display().to_string(),
            seq: restored.head.seq,
            head: restored.head.hash.to_string(),
            made: restored.at,
            files: restored.files,
            bytes: restored.bytes,
        })?;
        return Ok(Exit::Done);
    }
    let figures = [
        ("path", args.into.display().to_string().into()),
        ("seq", restored.head.seq.to_string().into()),
        ("made", restored.at.as_str().into()),
        ("files", figure(restored.files as u64)),
        ("size", size(restored.bytes)),
    ];
    out.line(&session.say("care-restored", &figures))?;
    if args.anchor.is_some() {
        out.line(&session.say("care-anchors-hold", &[("n", figure(anchors.len() as u64))]))?;
    }
    Ok(Exit::Done)
}

/// Prints the head, or adds it to a file.
pub fn anchor(session: &Session, args: &AnchorArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let line = match &args.append {
        Some(path) => desk.append_anchor(path)?,
        None => desk.anchor()?,
    };
    out.line(&line)?;
    Ok(Exit::Done)
}

fn figure(n: u64) -> Value {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

/// A length in megabytes, rounded up: nothing is never said of something.
fn size(bytes: u64) -> Value {
    figure(bytes.div_ceil(1_000_000))
}
