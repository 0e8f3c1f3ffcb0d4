//! Floor 5. The command line: [`args`] is what was typed, [`session`] what it means, `commands/<one>.rs` does it, and
//! [`exit`] says how it went. Knows no rule of the business and draws no screen.

pub mod args;
mod ask;
mod commands;
pub mod exit;
mod lists;
mod output;
mod reference;
mod session;

use std::process::ExitCode;

use clap::Parser;

pub use reference::commands_markdown;
pub use session::{Front, Screen};

use crate::base::safe;
use crate::cli::args::{Args, Command};
use crate::cli::exit::Exit;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::intake::read::xlsx;

/// Reads the command line, does what it says, and answers how it went. `front` is the screen, which this floor does not
/// know.
pub fn run(front: &'static Front) -> ExitCode {
    match Args::try_parse() {
        // The reading process answers by a code of its own.
        Ok(Args { command: Some(Command::ReadXlsx { file }), .. }) => {
            ExitCode::from(xlsx::child_main(&file, &mut std::io::stdout().lock()))
        }
        parsed => command(parsed, front).into(),
    }
}

fn command(parsed: Result<Args, clap::Error>, front: &'static Front) -> Exit {
    let args = match parsed {
        Ok(args) => args,
        Err(error) => {
            if error.use_stderr() {
                // What was typed is repeated in the message, and may have been pasted from anywhere.
                eprint!("{}", safe::terminal_lines(&error.render().to_string()));
                return Exit::Usage;
            }
            // A closed pipe is not worth a word here: the exit code says it all.
            let _closed = error.print();
            return Exit::Done;
        }
    };
    let session = match Session::new(&args, front) {
        Ok(session) => session,
        Err(error) => {
            eprintln!("santun: {}", safe::terminal_lines(&error.to_string()));
            return error.exit();
        }
    };
    let mut output = Output::stdout(&session.config);
    match commands::run(&session, args.command, &mut output) {
        Ok(exit) => match output.finish() {
            Ok(()) => session.exit(exit),
            Err(error) => session.complain(&error),
        },
        Err(error) => session.complain(&error),
    }
}
