//! Parse, run, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    santun::cli::run()
}
