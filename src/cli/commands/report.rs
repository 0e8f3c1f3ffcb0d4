//! `santun report`: the month on paper.

use std::path::Path;

use crate::cli::args::{PaperFormat, ReportArgs};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::{Output, Terminal};
use crate::cli::session::Session;
use crate::desk::write_file;
use crate::report::render;

/// Prints the report of a month.
pub fn run(session: &Session, args: &ReportArgs, out: &mut Output) -> Result<Exit, CliError> {
    let period = ask::period(session, &args.period)?;
    let desk = session.desk_to_read()?;
    let report = desk.monthly(period)?;
    let words = &session.words;
    let text = match args.format {
        PaperFormat::Text => render::monthly_text(&report, words),
        PaperFormat::Html => render::monthly_html(&report, words),
        PaperFormat::Csv => render::monthly_csv(&report, words),
        PaperFormat::Json => render::monthly_json(&report),
    };
    deliver(session, text.as_bytes(), args.format, args.out.as_deref(), out)
}

/// A paper goes to a file or to standard output; plain text is made harmless on its way to a terminal.
pub fn deliver(
    session: &Session,
    bytes: &[u8],
    format: PaperFormat,
    path: Option<&Path>,
    out: &mut Output,
) -> Result<Exit, CliError> {
    if let Some(path) = path {
        write_file(path, bytes)?;
        out.line(&session.say("cli-written", &[("path", path.display().to_string().into())]))?;
        return Ok(Exit::Done);
    }
    match (format, out.terminal()) {
        (PaperFormat::Text, _) | (_, Terminal::Yes) => out.text(&String::from_utf8_lossy(bytes))?,
        (_, Terminal::No) => out.bytes(bytes)?,
    }
    Ok(Exit::Done)
}
