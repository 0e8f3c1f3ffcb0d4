//! `santun store status`: the store's files at a glance.

use serde::Serialize;

use crate::cli::args::{Format, FormatArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{DeskError, clock_text};
use crate::domain::Zone;
use crate::store::{Ballast, Entrance, Kind, LockState, Size, Status};
use crate::words::Lang;

/// The stable JSON shape.
#[derive(Debug, Serialize)]
struct StatusJson {
    folder: String,
    store_id: String,
    version: u64,
    min_reader: u64,
    min_writer: u64,
    sound: bool,
    standing: String,
    seq: u64,
    hash: String,
    covered_seq: u64,
    overlay: u64,
    compacted: Option<String>,
    last_backup: Option<BackupJson>,
    manifest_whole: bool,
    sealed_months: Vec<String>,
    writer: WriterJson,
    free_bytes: u64,
    ballast: &'static str,
    entry: &'static str,
    gid: Option<u32>,
    sizes: Vec<SizeJson>,
    total_bytes: u64,
}

#[derive(Debug, Serialize)]
struct WriterJson {
    state: &'static str,
    note: String,
}

#[derive(Debug, Serialize)]
struct BackupJson {
    at: String,
    seq: u64,
    hash: String,
    files: usize,
    bytes: u64,
}

#[derive(Debug, Serialize)]
struct SizeJson {
    kind: &'static str,
    files: u64,
    bytes: u64,
}

/// Shows it.
pub fn run(session: &Session, args: &FormatArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let status = desk.store().status()?;
    let zone = desk.office().zone;
    if args.format == Format::Json {
        out.json(&json(session, &status, zone))?;
        return Ok(Exit::Done);
    }
    let list = facts(session, &status, zone);
    match args.format {
        Format::Csv => out.list(&list, Format::Csv)?,
        _ => out.facts(&list)?,
    }
    Ok(Exit::Done)
}

fn facts(session: &Session, status: &Status, zone: Zone) -> List {
    let say = |key: &str| session.words.text(key);
    let number = |n: u64| session.words.number(i64::try_from(n).unwrap_or(i64::MAX));
    let format = [
        ("version", number(status.format.version).into()),
        ("reader", number(status.format.min_reader).into()),
        ("writer", number(status.format.min_writer).into()),
    ];
    let covered = [("seq", number(status.covered_seq).into()), ("overlay", number(status.overlay).into())];
    let mut list = List::new([say("status-name"), say("status-value")]);
    let mut push = |name: String, value: String| list.push(vec![name, value]);
    push(say("status-folder"), session.config.store.display().to_string());
    push(say("status-id"), status.format.store_id.clone());
    push(say("status-format"), session.say("status-format-value", &format));
    push(say("status-standing"), standing(session, status));
    push(say("status-head"), number(status.head.seq));
    push(say("status-hash"), status.head.hash.to_string());
    push(say("status-covered"), session.say("status-covered-value", &covered));
    push(say("status-compacted"), compacted(session, status, zone));
    push(say("status-backup"), backup(session, status));
    push(say("status-sealed"), sealed(session, status));
    push(say("status-lock"), writer(session, &status.lock));
    push(say("status-free"), size_text(session, status.free_bytes));
    push(say("status-ballast"), say(&format!("status-ballast-{}", ballast(status.ballast))));
    let (who, gid) = entry(status.entry);
    let gid = gid.map_or_else(String::new, |gid| gid.to_string());
    push(say("status-entry"), session.say(&format!("status-entry-{who}"), &[("gid", gid.into())]));
    for kind in Kind::ALL {
        if let Some(size) = status.sizes.get(kind) {
            push(say(&format!("status-kind-{}", kind.name())), sized(session, *size));
        }
    }
    push(say("status-total"), sized(session, total(status)));
    list
}

fn json(session: &Session, status: &Status, zone: Zone) -> StatusJson {
    let (state, note) = match &status.lock {
        LockState::Free(note) => ("free", note),
        LockState::Held(note) => ("held", note),
        LockState::Unknown(note) => ("unknown", note),
    };
    let sizes = Kind::ALL.iter().filter_map(|kind| {
        let size = status.sizes.get(kind)?;
        Some(SizeJson { kind: kind.name(), files: size.files, bytes: size.bytes })
    });
    StatusJson {
        folder: session.config.store.display().to_string(),
        store_id: status.format.store_id.clone(),
        version: status.format.version,
        min_reader: status.format.min_reader,
        min_writer: status.format.min_writer,
        sound: status.standing.error().is_none(),
        standing: standing(session, status),
        seq: status.head.seq,
        hash: status.head.hash.to_string(),
        covered_seq: status.covered_seq,
        overlay: status.overlay,
        compacted: status.compacted_unix.map(|seconds| clock_text(seconds, zone)),
        last_backup: status.last_backup.clone().map(|last| BackupJson {
            at: last.at,
            seq: last.seq,
            hash: last.head,
            files: last.files,
            bytes: last.bytes,
        }),
        manifest_whole: status.has_manifest,
        sealed_months: status.sealed_months.clone(),
        writer: WriterJson { state, note: note.clone() },
        free_bytes: status.free_bytes,
        ballast: ballast(status.ballast),
        entry: entry(status.entry).0,
        gid: entry(status.entry).1,
        sizes: sizes.collect(),
        total_bytes: total(status).bytes,
    }
}

/// Who gets in, as a word, and the group that says so.
fn entry(entry: Entrance) -> (&'static str, Option<u32>) {
    match entry {
        Entrance::Owner => ("owner", None),
        Entrance::Group(gid) => ("group", Some(gid)),
        Entrance::Program(gid) => ("program", Some(gid)),
    }
}

fn standing(session: &Session, status: &Status) -> String {
    match status.standing.error() {
        None => session.words.text("status-standing-sound"),
        Some(error) => DeskError::Store(error).sentence(&session.words),
    }
}

fn compacted(session: &Session, status: &Status, zone: Zone) -> String {
    match status.compacted_unix {
        None => session.words.text("status-compacted-never"),
        Some(_) if !status.has_manifest => session.words.text("status-manifest-bad"),
        Some(seconds) => clock_text(seconds, zone),
    }
}

fn backup(session: &Session, status: &Status) -> String {
    let Some(last) = &status.last_backup else { return session.words.text("status-backup-never") };
    let seq = session.words.number(i64::try_from(last.seq).unwrap_or(i64::MAX));
    let at = last.at.get(..19).unwrap_or(&last.at).replace('T', " ");
    session.say("status-backup-value", &[("at", at.into()), ("seq", seq.into())])
}

fn sealed(session: &Session, status: &Status) -> String {
    if status.sealed_months.is_empty() {
        session.words.text("status-none")
    } else {
        status.sealed_months.join(", ")
    }
}

fn writer(session: &Session, lock: &LockState) -> String {
    let (key, note) = match lock {
        LockState::Free(note) => ("status-lock-free", note),
        LockState::Held(note) => ("status-lock-held", note),
        LockState::Unknown(note) => ("status-lock-unknown", note),
    };
    session.say(key, &[("holder", note.as_str().into())])
}

fn ballast(ballast: Ballast) -> &'static str {
    match ballast {
        Ballast::Kept => "kept",
        Ballast::Missing => "missing",
        Ballast::Impossible => "impossible",
    }
}

fn total(status: &Status) -> Size {
    let add = |sum: Size, more: &Size| Size { files: sum.files + more.files, bytes: sum.bytes + more.bytes };
    status.sizes.values().fold(Size::default(), add)
}

fn sized(session: &Session, size: Size) -> String {
    let files = session.words.number(i64::try_from(size.files).unwrap_or(i64::MAX));
    let bytes = size_text(session, size.bytes);
    session.say("status-size", &[("files", files.into()), ("bytes", bytes.into())])
}

/// Bytes in the unit that leaves few digits; one digit behind the comma, cut off and not rounded up.
fn size_text(session: &Session, bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut unit = 0;
    let mut below = 0;
    let mut whole = bytes;
    while whole >= 1024 && unit + 1 < UNITS.len() {
        below = whole % 1024 * 10 / 1024;
        whole /= 1024;
        unit += 1;
    }
    let whole = session.words.number(i64::try_from(whole).unwrap_or(i64::MAX));
    let mark = match session.words.lang() {
        Lang::Id => ',',
        Lang::En => '.',
    };
    if unit == 0 { format!("{whole} B") } else { format!("{whole}{mark}{below} {}", UNITS[unit]) }
}
