//! `santun keys`: the screen's keys as they are in force, with the names that `config.toml` gives other keys by.

use serde::Serialize;

use crate::cli::args::{Format, FormatArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, Serialize)]
struct KeyJson {
    place: String,
    keys: Vec<String>,
    use_: String,
    name: &'static str,
}

/// Lists the keys.
pub fn run(session: &Session, args: &FormatArgs, out: &mut Output) -> Result<Exit, CliError> {
    let rows = (session.front.keys)(&session.config);
    let rows = rows.into_iter().map(|row| KeyJson {
        place: session.words.text(row.place),
        keys: row.keys,
        use_: session.words.text(row.action),
        name: row.name,
    });
    if args.format == Format::Json {
        out.json(&rows.collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let keys = ["cli-keys-place", "cli-keys-keys", "cli-keys-use", "cli-keys-name"];
    let mut list = List::new(keys.iter().map(|key| session.words.text(key))).whole([1, 3]);
    for row in rows {
        list.push(vec![row.place, row.keys.join(" "), row.use_, row.name.to_owned()]);
    }
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}
