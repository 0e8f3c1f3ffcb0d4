//! `santun today`: what is due, late or incomplete, with rupiah.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::cli::args::{Format, FormatArgs};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;

#[derive(Debug, Serialize)]
struct ItemJson {
    item: &'static str,
    count: u64,
    amount: i64,
    filter: String,
}

/// Lists the items of the day.
pub fn run(session: &Session, args: &FormatArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let (office, today) = (desk.office(), desk.today());
    let lines = desk.today_lines(&AtomicBool::new(false))?;
    if args.format == Format::Json {
        let items: Vec<ItemJson> = lines
            .iter()
            .map(|line| ItemJson {
                item: line.item.key,
                count: line.count,
                amount: line.amount.get(),
                filter: line.item.filter(&office, today),
            })
            .collect();
        out.json(&items)?;
        return Ok(Exit::Done);
    }
    let keys = ["cli-today-item", "cli-today-count", "cli-today-amount", "cli-today-filter"];
    let mut list = List::new(keys.iter().map(|key| session.words.text(key))).right([1, 2]);
    for line in &lines {
        list.push(vec![
            session.words.text(line.item.key),
            session.words.number(i64::try_from(line.count).unwrap_or(i64::MAX)),
            line.amount.grouped(),
            ask::own_words(session, &line.item.filter(&office, today), today),
        ]);
    }
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}
