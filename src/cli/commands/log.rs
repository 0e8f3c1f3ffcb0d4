//! `santun log`: what happened, by whom, when. Personal fields are not shown.

use jiff::civil::{DateTime, Time};
use serde::Serialize;

use crate::cli::args::{Format, LogArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{Desk, entry};
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

/// What is asked of a record.
struct Wanted {
    names: Option<Vec<String>>,
    by: Option<String>,
    op: Option<String>,
    from: Option<DateTime>,
    to: Option<DateTime>,
}

impl Wanted {
    fn of(session: &Session, desk: &Desk, args: &LogArgs) -> Result<Wanted, CliError> {
        let moment = |text: &Option<String>, end: Time| {
            text.as_deref().map(|text| moment_of(session, desk, text, end)).transpose()
        };
        Ok(Wanted {
            names: args.reference.as_deref().map(|text| desk.references_of(text)),
            by: args.by.clone(),
            op: args.op.clone(),
            from: moment(&args.from, Time::midnight())?,
            to: moment(&args.to, Time::MAX)?,
        })
    }

    fn takes(&self, entry: &LogEntry<'_>) -> bool {
        let at = entry.at.civil();
        let op = entry.record.op.as_str();
        let is_op = |wanted: &String| {
            op == wanted || op.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        let is_by = |by: &String| entry.by.user == *by || entry.by.uid.to_string() == *by;
        self.names.as_ref().is_none_or(|names| names.contains(&entry.record.reference))
            && self.by.as_ref().is_none_or(is_by)
            && self.op.as_ref().is_none_or(is_op)
            && self.from.is_none_or(|from| at >= from)
            && self.to.is_none_or(|to| at <= to)
    }
}

/// A day, meaning its beginning or end, or a moment; both in the office's time.
fn moment_of(session: &Session, desk: &Desk, text: &str, time: Time) -> Result<DateTime, CliError> {
    if let Ok(date) = entry::date(text, desk.today()) {
        return Ok(date.to_datetime(time));
    }
    let moment = text.trim().replace(' ', "T").parse::<DateTime>();
    moment.map_err(|_| session.usage("care-log-moment", &[("text", text.into())]))
}

/// Shows the end of the journal.
pub fn run(session: &Session, args: &LogArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let wanted = Wanted::of(session, &desk, args)?;
    let mut entries: std::collections::VecDeque<EntryJson> = std::collections::VecDeque::new();
    desk.store().log(&mut |entry: &LogEntry<'_>| {
        if wanted.takes(entry) {
            entries.push_back(of(entry));
            if entries.len() > args.limit {
                entries.pop_front();
            }
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
