//! `santun recommendations`: the page for the branch head.

use std::sync::atomic::AtomicBool;

use super::levers::months;
use super::report::{Over, To, deliver};
use crate::cli::args::{PaperFormat, RecommendArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::report::render;

/// Prints it.
pub fn run(session: &Session, args: &RecommendArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let months = months(session, &desk, args.from.as_deref(), args.to.as_deref())?;
    let page = desk.recommendations(months, &AtomicBool::new(false))?;
    let text = match args.format {
        PaperFormat::Text => render::recommendations_text(&page, &session.words),
        PaperFormat::Html => render::recommendations_html(&page, &session.words),
        PaperFormat::Csv => render::recommendations_csv(&page),
        PaperFormat::Json => render::recommendations_json(&page),
    };
    let to = To { format: args.format, path: args.out.as_deref(), over: Over::of(args.force) };
    deliver(session, text.as_bytes(), to, out)
}
