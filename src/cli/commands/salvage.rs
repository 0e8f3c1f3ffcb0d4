//! `santun fsck --salvage`: a new store of what can still be read, and the report of what cannot.

use std::path::Path;

use serde::Serialize;

use crate::cli::args::Format;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{DeskError, salvage_store, write_salvage_report};
use crate::store::salvage::{Gap, LeftOut, LostFile, Salvaged};
use crate::store::{BackupFault, StoreError};
use crate::words::Value;

/// The stable JSON shape.
#[derive(Debug, Serialize)]
struct SalvageJson<'a> {
    ok: bool,
    from: String,
    into: String,
    old_store: &'a str,
    old_seq: u64,
    old_head: String,
    new_store: &'a str,
    new_seq: u64,
    new_head: String,
    read: u64,
    taken: u64,
    left_out_records: u64,
    files: usize,
    documents: usize,
    office_from_manifest: bool,
    gaps: Vec<GapJson<'a>>,
    left_out: Vec<LeftJson<'a>>,
    lost_files: Vec<FileJson<'a>>,
    lost_documents: Vec<FileJson<'a>>,
    numbers: &'a [(String, u32)],
    fsck: &'a [(String, String)],
}

#[derive(Debug, Serialize)]
struct GapJson<'a> {
    file: &'a str,
    bytes: Option<(u64, u64)>,
    records: Option<(u64, u64)>,
    claims: &'a [String],
}

#[derive(Debug, Serialize)]
struct LeftJson<'a> {
    records: (u64, u64),
    ops: &'a [String],
    claims: &'a [String],
    why: &'a str,
    detail: &'a str,
}

#[derive(Debug, Serialize)]
struct FileJson<'a> {
    path: &'a str,
    rows: u32,
    reason: &'a str,
}

/// Salvages the session's store into a new folder: 0 nothing was lost, 1 something was, 3 there was nothing to salvage.
pub fn run(session: &Session, into: &Path, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let from = &session.config.store;
    let done = match salvage_store(from, into, &session.config.clock) {
        Err(DeskError::Store(StoreError::Backup { path, fault })) => {
            let key = match fault {
                BackupFault::Taken => "salvage-taken",
                BackupFault::Inside => "salvage-inside",
                _ => return Err(StoreError::Backup { path, fault }.into()),
            };
            let path = path.display().to_string();
            return Err(CliError::Usage(session.say(key, &[("path", path.into())])));
        }
        done => done?,
    };
    let Some(done) = done else {
        let path = from.display().to_string();
        let said = session.say("salvage-nothing", &[("path", path.as_str().into())]);
        match format {
            Format::Json => {
                let problem = serde_json::json!({"ok": false, "from": path, "new_store": null, "text": said});
                out.json(&problem)?;
            }
            _ => out.line(&said)?,
        }
        return Ok(Exit::Store);
    };
    let text = report(session, into, &done);
    write_salvage_report(into, &text)?;
    if format == Format::Json {
        out.json(&json(from, into, &done))?;
    } else {
        out.page(&text)?;
    }
    Ok(if done.is_whole() { Exit::Done } else { Exit::Refused })
}

fn json<'a>(from: &Path, into: &Path, done: &'a Salvaged) -> SalvageJson<'a> {
    let file = |lost: &'a LostFile| FileJson { path: &lost.path, rows: lost.rows, reason: &lost.reason };
    SalvageJson {
        ok: done.is_whole(),
        from: from.display().to_string(),
        into: into.display().to_string(),
        old_store: &done.old_id,
        old_seq: done.old_head.seq,
        old_head: done.old_head.hash.to_string(),
        new_store: &done.new_id,
        new_seq: done.new_head.seq,
        new_head: done.new_head.hash.to_string(),
        read: done.read,
        taken: done.taken,
        left_out_records: done.n_left_out(),
        files: done.files,
        documents: done.documents,
        office_from_manifest: done.office_from_manifest,
        gaps: done
            .gaps
            .iter()
            .map(|gap| GapJson {
                file: &gap.file,
                bytes: gap.bytes,
                records: gap.records,
                claims: &gap.claims,
            })
            .collect(),
        left_out: done
            .left_out
            .iter()
            .map(|left| LeftJson {
                records: left.records,
                ops: &left.ops,
                claims: &left.claims,
                why: left.why.name(),
                detail: left.why.detail(),
            })
            .collect(),
        lost_files: done.lost_files.iter().map(file).collect(),
        lost_documents: done.lost_documents.iter().map(file).collect(),
        numbers: &done.numbers,
        fsck: &done.unsound,
    }
}

/// The report for people, line by line.
fn report(session: &Session, into: &Path, done: &Salvaged) -> String {
    let figure = |n: u64| -> Value { i64::try_from(n).unwrap_or(i64::MAX).into() };
    let (from, path) = (session.config.store.display().to_string(), into.display().to_string());
    let at = session.config.clock.moment(crate::domain::Zone::Wib).to_string();
    let head = [("from", from.into()), ("path", path.into()), ("at", at.into())];
    let figures = [
        ("taken", figure(done.taken)),
        ("read", figure(done.read)),
        ("files", figure(done.files as u64)),
        ("documents", figure(done.documents as u64)),
        ("id", done.new_id.as_str().into()),
    ];
    let sentence = if done.is_whole() { "salvage-whole" } else { "salvage-partly" };
    let mut lines = vec![session.say("salvage-head", &head), session.say(sentence, &figures)];
    lines.extend(done.gaps.iter().map(|gap| gap_line(session, gap)));
    lines.extend(done.left_out.iter().map(|left| left_line(session, left)));
    lines.extend(done.lost_files.iter().map(|lost| file_line(session, "salvage-file", lost)));
    lines.extend(done.lost_documents.iter().map(|lost| file_line(session, "salvage-document", lost)));
    lines.extend(done.numbers.iter().map(|(series, number)| {
        let said = [("series", series.as_str().into()), ("number", number.to_string().into())];
        session.say("salvage-number", &said)
    }));
    if done.office_from_manifest {
        lines.push(session.words.text("salvage-office"));
    }
    lines.extend(done.unsound.iter().map(|(code, place)| {
        let said = [("code", code.as_str().into()), ("place", place.as_str().into())];
        session.say("salvage-unsound", &said)
    }));
    lines.push(session.words.text("salvage-next"));
    let lines = lines.iter().map(|line| crate::base::safe::terminal(line).into_owned());
    lines.map(|line| line + "\n").collect()
}

fn gap_line(session: &Session, gap: &Gap) -> String {
    let number = |n: Option<u64>| -> Value { n.map_or(String::new(), |n| n.to_string()).into() };
    let claims =
        if gap.claims.is_empty() { session.words.text("salvage-unknown") } else { gap.claims.join(", ") };
    let said = [
        ("from", number(gap.records.map(|records| records.0))),
        ("to", number(gap.records.map(|records| records.1))),
        ("file", gap.file.as_str().into()),
        ("start", number(gap.bytes.map(|bytes| bytes.0))),
        ("end", number(gap.bytes.map(|bytes| bytes.1))),
        ("claims", claims.into()),
    ];
    let sentence = match (gap.bytes, gap.records) {
        (Some(_), Some(_)) => "salvage-gap",
        (None, _) => "salvage-gap-file",
        (Some(_), None) => "salvage-gap-bytes",
    };
    session.say(sentence, &said)
}

fn left_line(session: &Session, left: &LeftOut) -> String {
    let why = format!("salvage-why-{}", left.why.name());
    let why = session.say(&why, &[("reason", left.why.detail().into())]);
    let said = [
        ("from", left.records.0.to_string().into()),
        ("to", left.records.1.to_string().into()),
        ("ops", left.ops.join(", ").into()),
        ("claims", left.claims.join(", ").into()),
        ("why", why.into()),
    ];
    session.say("salvage-left", &said)
}

fn file_line(session: &Session, sentence: &str, lost: &LostFile) -> String {
    let why = match lost.reason.as_str() {
        "missing" => session.words.text("salvage-missing"),
        "digest" | "rows" => session.words.text("salvage-digest"),
        other => other.to_owned(),
    };
    let said =
        [("file", lost.path.as_str().into()), ("rows", lost.rows.to_string().into()), ("why", why.into())];
    session.say(sentence, &said)
}
