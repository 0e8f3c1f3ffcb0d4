//! `santun demo`: at a terminal the screen on a kept sample store; without one, the whole day headless, checked.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::Path;

use crate::cli::args::DemoArgs;
use crate::cli::ask;
use crate::cli::commands::screen;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::demo::{DemoError, build, day};
use crate::desk::{Clock, Desk, DeskError, program_path};
use crate::domain::Zone;
use crate::store::fsck::fsck;
use crate::store::verify::Depth;
use crate::words::Value;

/// Runs the demonstration.
pub fn run(session: &Session, args: &DemoArgs, out: &mut Output) -> Result<Exit, CliError> {
    let program = program_path()?;
    if std::io::stdout().is_terminal() && std::io::stdin().is_terminal() {
        let folder = &session.config.demo_store;
        ready(session, folder, &program, args, out)?;
        return screen::open(session, Desk::open(folder, Clock::demo())?);
    }
    headless(session, &program, out)
}

/// Makes the kept store where there is none, or anew.
fn ready(
    session: &Session,
    folder: &Path,
    program: &Path,
    args: &DemoArgs,
    out: &mut Output,
) -> Result<(), CliError> {
    if args.reset {
        crate::desk::remove_demo(folder)?;
    }
    if folder.join("FORMAT").exists() {
        return Ok(());
    }
    out.line(&session.words.text("demo-making"))?;
    out.finish()?;
    crate::desk::remove_demo(folder)?;
    build(folder, program, &session.words).map_err(|error| told(session, error))
}

/// The day in a temporary folder, step by step.
fn headless(session: &Session, program: &Path, out: &mut Output) -> Result<Exit, CliError> {
    let folder = tempfile::tempdir()?;
    let store = folder.path().join("store");
    out.line(&session.words.text("demo-headless"))?;
    out.finish()?;
    build(&store, program, &session.words).map_err(|error| told(session, error))?;
    let mut lines = Vec::new();
    let today = Clock::demo().today(Zone::Wib);
    day(&store, program, &mut |key, args| {
        let said = args.iter().map(|(name, value)| match value {
            Value::Text(filter) if *name == "filter" => {
                (*name, ask::own_words(session, filter, today).into())
            }
            _ => (*name, value.clone()),
        });
        lines.push(session.say(key, &said.collect::<Vec<_>>()));
    })
    .map_err(|error| told(session, error))?;
    for (step, line) in lines.iter().enumerate() {
        out.line(&format!("{:>2}. {line}", step + 1))?;
    }
    let sound = fsck(&store, Depth::Full, &mut |_, _| ControlFlow::Continue(()))?;
    if !sound.is_sound() {
        return Err(told(session, DemoError::Mismatch(format!("{:?}", sound.problems))));
    }
    out.line(&session.words.text("demo-done"))?;
    Ok(Exit::Done)
}

fn told(session: &Session, error: DemoError) -> CliError {
    match error {
        DemoError::Desk(error) => CliError::Desk(error),
        DemoError::Mismatch(what) => CliError::Desk(DeskError::Analysis {
            key: "demo-mismatch",
            reason: format!("{what} ({})", session.config.lang.code()),
        }),
    }
}
