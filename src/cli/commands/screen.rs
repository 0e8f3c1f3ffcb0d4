//! Plain `santun`: the screen on the default store; where there is none, it offers to make
//! one or to try the demo.

use std::io::{BufRead, IsTerminal};

use crate::cli::args::{DemoArgs, InitArgs};
use crate::cli::commands::{demo, init};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{Desk, DeskError, techlog};
use crate::store::StoreError;

/// Opens the screen.
pub fn run(session: &Session, out: &mut Output) -> Result<Exit, CliError> {
    match session.desk_as_it_is() {
        Ok(desk) => open(session, desk),
        Err(DeskError::Store(StoreError::NotAStore(_))) => offer(session, out),
        Err(error) => Err(error.into()),
    }
}

/// The screen on a desk.
pub fn open(session: &Session, desk: Desk) -> Result<Exit, CliError> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(session.usage("cli-no-terminal", &[]));
    }
    if session.config.is_dumb {
        return Err(session.usage("cli-dumb-terminal", &[]));
    }
    techlog::screen("begins");
    let answer = (session.front.open)(desk, &session.config, &session.words);
    techlog::screen("ends");
    answer?;
    Ok(Exit::Done)
}

fn offer(session: &Session, out: &mut Output) -> Result<Exit, CliError> {
    let path = session.config.store.display().to_string();
    out.text(&session.say("cli-no-store", &[("path", path.into())]))?;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Ok(Exit::Refused);
    }
    out.line(&session.words.text("cli-no-store-question"))?;
    out.finish()?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    match typed.trim() {
        "1" => {
            init::run(session, &InitArgs::default(), out)?;
            out.finish()?;
            open(session, session.desk_as_it_is()?)
        }
        "2" => demo::run(session, &DemoArgs { reset: false }, out),
        _ => Ok(Exit::Refused),
    }
}
