//! `santun fsck`: is the store sound, and if not, where.

use serde::Serialize;

use crate::cli::args::{Format, FsckArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{DeskError, check_store, read_anchors, repair_store, sentence_of_finding};
use crate::store::fsck::{Fsck, FsckProblem, Marked, Repaired};
use crate::store::verify::{Depth, Gravity};

/// The stable JSON shape. `head` is null where nothing could be read.
#[derive(Debug, Serialize)]
struct FsckJson {
    ok: bool,
    events: u64,
    head: Option<String>,
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
    if let Some(into) = &args.salvage {
        return super::salvage::run(session, into, args.format, out);
    }
    let depth = if args.full { Depth::Full } else { Depth::Quick };
    match look(session, args, depth, out) {
        Err(CliError::Desk(error)) if args.format == Format::Json => {
            // A program that reads the answer gets one also where there is nothing to look at.
            let problem = ProblemJson {
                code: error.code().to_owned(),
                place: String::new(),
                text: error.sentence(&session.words),
            };
            out.json(&FsckJson { ok: false, events: 0, head: None, problems: vec![problem] })?;
            Ok(CliError::Desk(error).exit())
        }
        looked => looked,
    }
}

fn look(session: &Session, args: &FsckArgs, depth: Depth, out: &mut Output) -> Result<Exit, CliError> {
    let anchors = args.anchor.as_deref().map_or(Ok(Vec::new()), read_anchors)?;
    if args.repair {
        let repaired = repair_store(&session.config.store, &session.config.clock)?;
        if repaired == Repaired::No && args.format != Format::Json {
            out.line(&session.words.text("cli-fsck-not-repaired"))?;
        }
    }
    let (found, marked) = check_store(&session.config.store, depth, &anchors)?;
    let head = (found.head.seq > 0).then(|| found.head.hash.to_string());
    if args.format == Format::Json {
        out.json(&FsckJson {
            ok: found.is_sound(),
            events: found.events,
            head,
            problems: found.problems.iter().map(|problem| json(session, problem)).collect(),
        })?;
        return Ok(exit(&found));
    }
    for problem in &found.problems {
        let problem = json(session, problem);
        out.page(&format!("{}  {}  {}", problem.code, problem.place, problem.text))?;
    }
    let events = i64::try_from(found.events).unwrap_or(i64::MAX);
    let said = [("events", events.into()), ("head", head.unwrap_or_else(|| "-".to_owned()).into())];
    let sentence = if found.is_sound() { "cli-fsck-sound" } else { "cli-fsck-problems" };
    out.line(&session.say(sentence, &said))?;
    let codes: Vec<&str> = found.problems.iter().map(|problem| problem.code).collect();
    if args.anchor.is_some() && !codes.iter().any(|code| matches!(*code, "S120" | "S121" | "S122" | "S217")) {
        let n = i64::try_from(anchors.len()).unwrap_or(i64::MAX);
        out.line(&session.say("care-anchors-hold", &[("n", n.into())]))?;
    }
    match marked {
        Marked::NotNeeded | Marked::Before => {}
        Marked::Now => out.line(&session.words.text("care-marked"))?,
        Marked::Failed(error) => {
            let reason = DeskError::Store(error).sentence(&session.words);
            out.line(&session.say("care-unmarked", &[("reason", reason.as_str().into())]))?;
        }
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
