//! Charts into an SVG file.

use std::path::Path;

use crate::cli::commands::report::Over;
use crate::cli::exit::CliError;
use crate::cli::session::Session;
use crate::desk::{is_there, write_file};
use crate::report::chart::Chart;
use crate::report::render::chart::{Size, charts_svg};

/// Writes the picture; a file that is there stays unless it may be replaced.
pub fn write(session: &Session, path: &Path, over: Over, charts: &[Chart]) -> Result<(), CliError> {
    if path == Path::new("-") {
        return Err(session.usage("cli-no-dash", &[]));
    }
    if over == Over::Keep && is_there(path) {
        return Err(session.usage("cli-file-there", &[("path", path.display().to_string().into())]));
    }
    let svg = charts_svg(charts, Size::default(), &session.words);
    Ok(write_file(path, svg.as_bytes())?)
}
