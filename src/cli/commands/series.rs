//! `santun series …`: where the numbers stand.

use serde::Serialize;

use crate::cli::args::{Format, FormatArgs, SeriesCommand};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::domain::voucher::SeriesKey;

#[derive(Debug, Serialize)]
struct SeriesJson {
    series: String,
    last: u32,
    before: u32,
    last_date: Option<String>,
}

/// Does what was asked of series.
pub fn run(session: &Session, command: SeriesCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        SeriesCommand::Start { series, next } => {
            let desk = session.desk()?;
            let key = SeriesKey::from_text(&series.trim().to_uppercase());
            let state = desk.start_series(&key, next)?;
            let args = [("series", key.as_str().into()), ("next", (state.last + 1).to_string().into())];
            out.line(&session.say("cli-series-now", &args))?;
            Ok(Exit::Done)
        }
        SeriesCommand::List(args) => list(session, &args, out),
    }
}

fn list(session: &Session, args: &FormatArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let all = desk.view().all_series();
    if args.format == Format::Json {
        let series: Vec<SeriesJson> = all
            .iter()
            .map(|(key, state)| SeriesJson {
                series: key.as_str().to_owned(),
                last: state.last,
                before: state.before,
                last_date: state.last_date.map(|date| date.to_string()),
            })
            .collect();
        out.json(&series)?;
        return Ok(Exit::Done);
    }
    let keys = ["cli-series-series", "cli-series-last", "cli-series-date"];
    let mut list = List::new(keys.iter().map(|key| session.words.text(key))).right([1]);
    for (key, state) in &all {
        let date = state.last_date.map_or(String::new(), |date| date.to_string());
        list.push(vec![key.as_str().to_owned(), state.last.to_string(), date]);
    }
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}
