//! `santun sample`, `import`, `inspect`: files out and in.

use crate::cli::args::{ImportArgs, InspectArgs, SampleArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{ChangedClaim, ImportWish, Mode, inspect_file, program_path, sentence_of_refusal};
use crate::domain::Zone;
use crate::intake::inspect::render;
use crate::intake::say;
use crate::sample::{Mix, Planted, SampleOptions, write_folder};

/// Writes a believable branch.
pub fn sample(session: &Session, args: &SampleArgs, out: &mut Output) -> Result<Exit, CliError> {
    let mix = match (args.jkk, args.others) {
        (Some(jkk), Some(others)) => Mix::Explicit { jkk, others },
        _ if args.claims == 3_600 => SampleOptions::COMMITTED.mix,
        _ => Mix::Branch { claims: args.claims },
    };
    let planted = if args.plain { Planted::Plain } else { Planted::Yes };
    let options = SampleOptions { mix, seed: args.seed, planted };
    let names = ["claims", "benefits", "vouchers", "payments", "companies", "facilities"];
    let there = names.iter().map(|name| args.out.join(format!("{name}.csv"))).find(|path| path.exists());
    if let (Some(path), false) = (there, args.force) {
        return Err(session.usage("cli-file-exists", &[("path", path.display().to_string().into())]));
    }
    write_folder(&args.out, &options).map_err(|error| crate::desk::DeskError::File {
        path: error.path.display().to_string(),
        reason: error.source.to_string(),
    })?;
    let path = args.out.display().to_string();
    out.line(&session.say("cli-written", &[("path", path.into())]))?;
    Ok(Exit::Done)
}

/// Takes files in.
pub fn import(session: &Session, args: &ImportArgs, out: &mut Output) -> Result<Exit, CliError> {
    let mode = match (args.dry_run, args.update) {
        (true, _) => Mode::DryRun,
        (false, true) => Mode::Update,
        (false, false) => Mode::OnlyNew,
    };
    let wish = ImportWish { files: args.files.clone(), mode, rejects: args.rejects.clone() };
    let done = session.desk()?.import(&wish, &program_path()?, &session.words)?;
    for problem in &done.problems {
        // The code stands behind the sentence: it is what documents and scripts go by.
        out.line(&format!("{} ({})", say::line(problem, &session.words), problem.code))?;
    }
    for change in &done.changes {
        tell(session, change, out)?;
    }
    let args = [
        ("new", done.new.into()),
        ("same", done.same.into()),
        ("changed", done.changed.into()),
        ("refused", done.refused.into()),
        ("missing", done.missing.into()),
    ];
    out.line(&session.say("cli-import-sum", &args))?;
    Ok(if done.refused > 0 { Exit::Refused } else { Exit::Done })
}

/// What a file says differently of a known claim: old → new, and why it could not be applied.
fn tell(session: &Session, changed: &ChangedClaim, out: &mut Output) -> Result<(), CliError> {
    for (field, old, new) in &changed.changes {
        out.line(&format!("~ {} {field}: {old} → {new}", changed.claim_no))?;
    }
    if let Some(refusal) = &changed.refusal {
        out.line(&format!("! {} {}", changed.claim_no, sentence_of_refusal(refusal, &session.words)))?;
    }
    Ok(())
}

/// Looks at a sheet and writes nothing.
pub fn inspect(session: &Session, args: &InspectArgs, out: &mut Output) -> Result<Exit, CliError> {
    let today = session.config.clock.today(Zone::Wib);
    match inspect_file(&args.file, &program_path()?, today) {
        Ok(inspection) => {
            out.text(&render(&inspection, &session.words, usize::from(session.config.columns)))?;
            Ok(Exit::Done)
        }
        Err(problem) => {
            out.line(&say::line(&problem, &session.words))?;
            Ok(Exit::Refused)
        }
    }
}
