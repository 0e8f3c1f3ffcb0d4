//! `santun report`: the month on paper.

use std::path::Path;

use crate::cli::args::{PaperFormat, ReportArgs};
use crate::cli::ask;
use crate::cli::commands::report_cells;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::{Output, Terminal};
use crate::cli::session::Session;
use crate::desk::config::Layout;
use crate::desk::{is_there, write_file};
use crate::report::render;

/// Prints the report of a month.
pub fn run(session: &Session, args: &ReportArgs, out: &mut Output) -> Result<Exit, CliError> {
    let period = ask::period(session, &args.period)?;
    let desk = session.desk_to_read()?;
    let report = desk.monthly(period)?;
    if args.cells {
        return report_cells::all(session, &report, args, out);
    }
    if args.cell.is_some() {
        return report_cells::one(session, &desk, &report, args, out);
    }
    let words = &session.words;
    let text = match args.format {
        PaperFormat::Text if out.layout() == Layout::Plain => render::monthly_plain(&report, words),
        PaperFormat::Text => render::monthly_text(&report, words),
        PaperFormat::Html => render::monthly_html(&report, words),
        PaperFormat::Csv => render::monthly_csv(&report, words),
        PaperFormat::Json => render::monthly_json(&report),
    };
    let to = To { format: args.format, path: args.out.as_deref(), over: Over::of(args.force) };
    deliver(session, text.as_bytes(), to, out)
}

/// Where a paper goes, and as what.
pub struct To<'a> {
    /// As what.
    pub format: PaperFormat,
    /// To this file; none: to standard output.
    pub path: Option<&'a Path>,
    /// What becomes of a file that is there.
    pub over: Over,
}

/// What becomes of a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It stays, and the command says so.
    Keep,
    /// It is replaced.
    Replace,
}

impl Over {
    /// As `--force` says.
    pub fn of(force: bool) -> Over {
        if force { Over::Replace } else { Over::Keep }
    }
}

/// A paper goes to a file or to standard output; plain text is made harmless on its way to a terminal.
pub fn deliver(session: &Session, bytes: &[u8], to: To<'_>, out: &mut Output) -> Result<Exit, CliError> {
    if let Some(path) = to.path.filter(|path| *path != Path::new("-")) {
        if to.over == Over::Keep && is_there(path) {
            return Err(session.usage("cli-file-there", &[("path", path.display().to_string().into())]));
        }
        write_file(path, bytes)?;
        out.line(&session.say("cli-written", &[("path", path.display().to_string().into())]))?;
        return Ok(Exit::Done);
    }
    match (to.format, out.terminal()) {
        (PaperFormat::Text, _) => out.page(&String::from_utf8_lossy(bytes))?,
        (_, Terminal::Yes) => out.text(&String::from_utf8_lossy(bytes))?,
        (_, Terminal::No) => out.bytes(bytes)?,
    }
    Ok(Exit::Done)
}
