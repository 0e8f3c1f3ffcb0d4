//! `santun store …`: care for the store's files.

use crate::cli::args::StoreCommand;
use crate::cli::commands::{store_erase, store_status};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::Tidied;

/// Does what was asked of the store. Not done because somebody else is at it: 1; a store that may not be written: 3.
pub fn run(session: &Session, command: StoreCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        StoreCommand::Compact(args) => compact(session, args.yes, out),
        StoreCommand::Status(args) => store_status::run(session, &args, out),
        StoreCommand::Erase(args) => store_erase::run(session, &args, out),
    }
}

fn compact(session: &Session, is_meant: bool, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let n_steps = if is_meant { 0 } else { desk.steps_of_today()? };
    if n_steps > 0 {
        out.line(&session.say("cli-compact-ends-undo", &[("n", n_steps.into())]))?;
        return Ok(Exit::Refused);
    }
    let tidied = desk.compact()?;
    let Tidied::Done(compacted) = tidied else {
        out.line(&session.words.text("cli-store-busy"))?;
        return Ok(Exit::Refused);
    };
    desk.keep_month()?;
    let figure = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).into();
    let args = [("written", figure(compacted.written)), ("swept", figure(compacted.swept))];
    out.line(&session.say("cli-store-compacted", &args))?;
    Ok(Exit::Done)
}
