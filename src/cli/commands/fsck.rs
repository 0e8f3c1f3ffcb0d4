//! `santun fsck`: is the store sound, and if not, where.

use std::ops::ControlFlow;

use serde::Serialize;

use crate::cli::args::{Format, FsckArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{repair_store, sentence_of_finding};
use crate::store::fsck::{Fsck, FsckProblem, Repaired, fsck};
use crate::store::verify::{Depth, Gravity};

/// The stable JSON shape.
#[derive(Debug, Serialize)]
struct FsckJson {
    ok: bool,
    events: u64,
    head: String,
    problems: Vec<ProblemJson>,
}

#[derive(Debug, Serialize)]
struct ProblemJson {
    code: String,
    place: String,
    text: String,
}

/// Checks the store.
pub fn run(session: &Session, args: &FsckArgs, out: &mut Output) -> Result<Exit, CliError> {
    let depth = if args.full { Depth::Full } else { Depth::Quick };
    if args.repair {
        let repaired = repair_store(&session.config.store, &session.config.clock)?;
        if repaired == Repaired::No && args.format != Format::Json {
            out.line(&session.words.text("cli-fsck-not-repaired"))?;
        }
    }
    let found = fsck(&session.config.store, depth, &mut |_, _| ControlFlow::Continue(()))?;
    if args.format == Format::Json {
        out.json(&FsckJson {
            ok: found.is_sound(),
            events: found.events,
            head: found.head.hash.to_string(),
            problems: found.problems.iter().map(|problem| json(session, problem)).collect(),
        })?;
    } else {
        for problem in &found.problems {
            let problem = json(session, problem);
            out.page(&format!("{}  {}  {}", problem.code, problem.place, problem.text))?;
        }
        let events = i64::try_from(found.events).unwrap_or(i64::MAX);
        let args = [("events", events.into()), ("head", found.head.hash.to_string().into())];
        let sentence = if found.is_sound() {
            session.say("cli-fsck-sound", &args)
        } else {
            session.say("cli-fsck-problems", &args)
        };
        out.line(&sentence)?;
    }
    Ok(exit(&found))
}

fn json(session: &Session, problem: &FsckProblem) -> ProblemJson {
    ProblemJson {
        code: problem.code.to_owned(),
        place: problem.place.clone(),
        text: sentence_of_finding(problem, &session.words),
    }
}

/// Sound 0, also with notes; something to mend 1; the truth damaged 3.
fn exit(found: &Fsck) -> Exit {
    match found.worst {
        None | Some(Gravity::Note) => Exit::Done,
        Some(Gravity::Mend) => Exit::Refused,
        Some(Gravity::Truth) => Exit::Store,
    }
}
