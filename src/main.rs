//! Parse, run, exit. The one place that joins the command line and the screen, which do not know each other.

use std::process::ExitCode;

use santun::cli::exit::CliError;
use santun::desk::{Config, Desk};
use santun::tui::{self, ScreenError};
use santun::words::Words;

fn main() -> ExitCode {
    santun::cli::run(screen)
}

fn screen(desk: Desk, config: &Config, words: &Words) -> Result<(), CliError> {
    tui::start(desk, config, words).map_err(|error| match error {
        ScreenError::Desk(error) => CliError::Desk(error),
        ScreenError::Terminal(error) => CliError::Output(error),
    })
}
