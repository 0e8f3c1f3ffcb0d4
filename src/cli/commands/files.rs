//! `santun sample`, `import`, `inspect`: files out and in.

use crate::cli::args::{ImportArgs, InspectArgs, SampleArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{
    ChangedRecord, Counts, ImportDone, ImportWish, Mode, Told, inspect_file, program_path,
    sentence_of_refusal,
};
use crate::domain::Zone;
use crate::intake::compare::Update;
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
    let (files, rejects) = (args.files.clone(), args.rejects.clone());
    let wish = ImportWish { files, said: args.writing.said(), mode, rejects };
    let done = session.desk()?.import(&wish, &program_path()?, &session.words)?;
    for problem in &done.problems {
        // The code stands behind the sentence: it is what documents and scripts go by.
        out.line(&format!("{} ({})", say::line(problem, &session.words), problem.code))?;
    }
    for change in &done.changes {
        tell(session, change, out)?;
    }
    for path in &done.rejects {
        out.line(&session.say("cli-written", &[("path", path.display().to_string().into())]))?;
    }
    sums(session, &done, mode, out)?;
    let is_refused = done.refused > 0 || done.changes.iter().any(|record| !record.refusals.is_empty());
    Ok(if is_refused { Exit::Refused } else { Exit::Done })
}

/// How many of each kind, and whether anything waits to be written; the claims come last.
fn sums(session: &Session, done: &ImportDone, mode: Mode, out: &mut Output) -> Result<(), CliError> {
    let of = |counts: Counts| {
        [("new", counts.new.into()), ("same", counts.same.into()), ("changed", counts.changed.into())]
    };
    if mode == Mode::DryRun {
        out.line(&session.say("cli-import-dry-run", &[]))?;
    } else if done.unwritten > 0 {
        out.line(&session.say("cli-import-unwritten", &[("count", done.unwritten.into())]))?;
    }
    if done.registers.new + done.registers.changed > 0 {
        out.line(&session.say("cli-import-registers", &of(done.registers)))?;
    }
    if done.vouchers != Counts::default() {
        out.line(&session.say("cli-import-vouchers", &of(done.vouchers)))?;
    }
    if let (Some(first), Some(last)) = (done.touched.first(), done.touched.last()) {
        let months = if first == last { first.to_string() } else { format!("{first} … {last}") };
        let args = [("n", done.touched.len().into()), ("months", months.into())];
        out.line(&session.say("cli-import-touched", &args))?;
    }
    let [new, same, changed] = of(done.claims);
    let rest = [("refused", done.refused.into()), ("missing", done.missing.into())];
    let args: Vec<_> = [new, same, changed].into_iter().chain(rest).collect();
    out.line(&session.say("cli-import-sum", &args))?;
    Ok(())
}

/// What a file says differently of a known record: old → new, or why it is left alone; and why a rule refused it.
fn tell(session: &Session, changed: &ChangedRecord, out: &mut Output) -> Result<(), CliError> {
    let name = &changed.name;
    for Told { field, old, new, update } in &changed.changes {
        let held = match update {
            Update::Taken => {
                out.line(&format!("~ {name} {field}: {old} → {new}"))?;
                continue;
            }
            Update::OnVoucher => "cli-import-held-on-voucher",
            Update::AnotherLine => "cli-import-held-another-line",
            Update::ByHand => "cli-import-held-by-hand",
        };
        out.line(&format!("= {name} {field}: {old} → {new} ({})", session.say(held, &[])))?;
    }
    for refusal in &changed.refusals {
        out.line(&format!("! {name} {}", sentence_of_refusal(refusal, &session.words)))?;
    }
    Ok(())
}

/// Looks at a sheet and writes nothing.
pub fn inspect(session: &Session, args: &InspectArgs, out: &mut Output) -> Result<Exit, CliError> {
    let today = session.config.clock.today(Zone::Wib);
    match inspect_file(&args.file, &program_path()?, args.writing.said(), today) {
        Ok(inspection) => {
            out.page(&render(&inspection, &session.words, usize::from(session.config.columns)))?;
            Ok(Exit::Done)
        }
        Err(problem) => {
            out.line(&say::line(&problem, &session.words))?;
            Ok(Exit::Refused)
        }
    }
}
