//! Parse, run, exit. The one place that joins the command line and the screen, which do not know each other.

use std::process::ExitCode;

use santun::cli::exit::CliError;
use santun::desk::{Config, Desk};
use santun::tui::{self, ScreenError};
use santun::words::Words;

/// The import and the report make and drop tens of millions of small values; the system's allocator costs a quarter of
/// their time. See docs/decisions.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    santun::cli::run(screen)
}

fn screen(desk: Desk, config: &Config, words: &Words) -> Result<(), CliError> {
    tui::start(desk, config, words).map_err(|error| match error {
        ScreenError::Desk(error) => CliError::Desk(error),
        ScreenError::Terminal(error) => CliError::Output(error),
    })
}
