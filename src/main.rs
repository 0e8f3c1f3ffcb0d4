//! Parse, run, exit. The one place that joins the command line and the screen, which do not know each other.

use std::ffi::OsString;
use std::process::ExitCode;

use santun::cli::exit::CliError;
use santun::cli::{Front, aside};
use santun::desk::{Config, Desk};
use santun::tui::{self, ScreenError};
use santun::words::Words;

/// The import and the report make and drop tens of millions of small values; the system's allocator costs a quarter of
/// their time. See docs/decisions.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the command line needs of the screen.
static FRONT: Front = Front { open: screen, key_faults: tui::key_faults, keys: tui::key_rows, width };

fn main() -> ExitCode {
    // Before any other thread begins: none of them may have the group's rights.
    if let Err(error) = santun::store::disk::hold_group() {
        aside::line(&format!("santun: {error}"));
        return ExitCode::from(3);
    }
    let arguments: Vec<OsString> = std::env::args_os().collect();
    santun::cli::run(&arguments, &FRONT)
}

fn width() -> Option<u16> {
    tui::terminal::size().ok().map(|(columns, _)| columns)
}

fn screen(desk: Desk, config: &Config, words: &Words) -> Result<(), CliError> {
    tui::start(desk, config, words).map_err(|error| match error {
        ScreenError::Desk(error) => CliError::Desk(error),
        ScreenError::Terminal(error) => CliError::Output(error),
    })
}
