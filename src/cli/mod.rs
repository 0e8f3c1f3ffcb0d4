//! Floor 5. The command line: [`args`] is what was typed, [`session`] what it means, `commands/<one>.rs` does it, and
//! [`exit`] says how it went. Knows no rule of the business and draws no screen.

pub mod args;
pub mod aside;
mod ask;
mod commands;
pub mod exit;
mod help;
mod lists;
mod output;
mod parse;
mod plain;
mod progress;
mod reference;
mod session;
mod wrong;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Instant;

pub use help::wordless;
pub use reference::commands_markdown;
pub use session::{Front, Screen};

use crate::base::safe;
use crate::cli::args::{Args, Command};
use crate::cli::exit::Exit;
use crate::cli::output::Output;
use crate::cli::parse::{Parsed, parse};
use crate::cli::session::Session;
use crate::desk::techlog;
use crate::intake::read::xlsx;

/// Reads the command line, does what it says, and answers how it went. `front` is the screen, which this floor does not
/// know.
pub fn run(arguments: &[OsString], front: &'static Front) -> ExitCode {
    match parse(arguments) {
        // The reading process answers by a code of its own.
        Ok(Parsed { args: Args { command: Some(Command::ReadXlsx { file }), .. }, .. }) => {
            ExitCode::from(xlsx::child_main(&file, &mut std::io::stdout().lock()))
        }
        Ok(parsed) => command(parsed, front).into(),
        Err(exit) => exit.into(),
    }
}

fn command(parsed: Parsed, front: &'static Front) -> Exit {
    let since = Instant::now();
    let session = match Session::new(&parsed.args, front) {
        Ok(session) => session,
        Err(error) => {
            aside::line(&format!("santun: {}", safe::terminal_lines(&error.to_string())));
            return error.exit();
        }
    };
    techlog::begin(&session.config, &parsed.name);
    let mut output = Output::stdout(&session.config);
    let exit = match commands::run(&session, parsed.args.command, &mut output) {
        Ok(exit) => match output.finish() {
            Ok(()) => session.exit(exit),
            Err(error) => session.complain(&error),
        },
        Err(error) => session.complain(&error),
    };
    techlog::ended(exit.number(), since);
    exit
}
