//! `santun log`: what happened, by whom, when. Personal fields are not shown.

use serde::Serialize;

use crate::cli::args::{Format, LogArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::store::LogEntry;

/// A record of the journal in JSON.
#[derive(Debug, Clone, Serialize)]
struct EntryJson {
    seq: u64,
    at: String,
    by: String,
    op: String,
    reference: String,
    data: serde_json::Value,
}

/// Shows the end of the journal.
pub fn run(session: &Session, args: &LogArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let wanted = args.reference.as_deref().map(|text| desk.references_of(text));
    let mut entries: std::collections::VecDeque<EntryJson> = std::collections::VecDeque::new();
    desk.store().log(&mut |entry: &LogEntry<'_>| {
        let named = wanted.as_ref().is_none_or(|names| names.contains(&entry.record.reference));
        if named {
            if entries.len() == args.limit {
                entries.pop_front();
            }
            entries.push_back(of(entry));
        }
    })?;
    if args.format == Format::Json {
        out.json(&entries)?;
        return Ok(Exit::Done);
    }
    let keys = ["cli-log-seq", "cli-log-at", "cli-log-by", "cli-log-op", "cli-log-reference"];
    let mut list = List::new(keys.iter().map(|key| session.words.text(key))).right([0]);
    for entry in entries {
        list.push(vec![entry.seq.to_string(), entry.at, entry.by, entry.op, entry.reference]);
    }
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}

fn of(entry: &LogEntry<'_>) -> EntryJson {
    EntryJson {
        seq: entry.record.seq,
        at: entry.at.to_string(),
        by: entry.by.user.clone(),
        op: entry.record.op.clone(),
        reference: entry.record.reference.clone(),
        data: serde_json::from_str(&entry.record.data).unwrap_or(serde_json::Value::Null),
    }
}
