//! `santun filters`: the filters a person keeps by name, as `F` shows them.

use serde::Serialize;

use crate::cli::args::{FiltersCommand, Format};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::Desk;

/// A kept filter in JSON: stable since version 0.1.
#[derive(Debug, Serialize)]
struct FilterJson {
    name: String,
    filter: String,
}

/// Lists, keeps, forgets.
pub fn run(session: &Session, command: FiltersCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        FiltersCommand::List(args) => list(session, args.format, out),
        FiltersCommand::Keep { name, filter } => {
            let desk = session.desk()?;
            // What cannot be read is not kept.
            ask::filter(session, &filter, desk.today())?;
            let kept = desk.keep_filter(&name, &filter)?;
            out.line(&session.say("filter-kept", &[("name", kept.name.into())]))?;
            Ok(Exit::Done)
        }
        FiltersCommand::Drop { name } => {
            if !session.desk()?.drop_filter(&name)? {
                return Err(unknown(session, &name));
            }
            out.line(&session.say("filter-dropped", &[("name", name.into())]))?;
            Ok(Exit::Done)
        }
    }
}

fn list(session: &Session, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let kept = session.desk_to_read()?.kept_filters()?;
    if format == Format::Json {
        let kept: Vec<FilterJson> =
            kept.into_iter().map(|kept| FilterJson { name: kept.name, filter: kept.filter }).collect();
        out.json(&kept)?;
        return Ok(Exit::Done);
    }
    if kept.is_empty() && format == Format::Table {
        out.line(&session.words.text("filter-none-kept"))?;
        return Ok(Exit::Done);
    }
    let headings = match format {
        Format::Csv => ["name", "filter"].map(str::to_owned),
        _ => ["filter-name-heading", "filter-filter-heading"].map(|key| session.words.text(key)),
    };
    let mut list = List::new(headings);
    kept.into_iter().for_each(|kept| list.push(vec![kept.name, kept.filter]));
    out.list(&list, format)?;
    Ok(Exit::Done)
}

/// The filter that was typed; `@name` stands for a kept one.
pub fn resolve(session: &Session, desk: &Desk, typed: &str) -> Result<String, CliError> {
    let Some(name) = typed.trim().strip_prefix('@') else { return Ok(typed.to_owned()) };
    let kept = desk.kept_filter(name)?;
    kept.map(|kept| kept.filter).ok_or_else(|| unknown(session, name))
}

fn unknown(session: &Session, name: &str) -> CliError {
    session.usage("filter-unknown", &[("name", name.into())])
}
