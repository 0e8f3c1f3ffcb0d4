//! `santun document …`: files attached to claims.

use std::path::Path;

use serde::Serialize;

use crate::base::calendar::slashed;
use crate::cli::args::{DocumentCommand, DocumentListArgs, Format};
use crate::cli::ask;
use crate::cli::commands::claim_json::{self, FileJson};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{is_there, write_file};
use crate::domain::DocumentKind;
use crate::domain::claim::AttachedFile;
use crate::store::documents::Found;

/// Does what was asked.
pub fn run(session: &Session, command: DocumentCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        DocumentCommand::Attach { claim_no, kind, file } => attach(session, &claim_no, &kind, &file, out),
        DocumentCommand::List(args) => list(session, &args, out),
        DocumentCommand::Get { claim_no, file, out: path, force } => {
            if !force && is_there(&path) {
                let args = [("path", path.display().to_string().into())];
                return Err(session.usage("cli-file-there", &args));
            }
            get(session, &claim_no, &file, &path, out)
        }
        DocumentCommand::Verify(args) => verify(session, &args, out),
    }
}

fn attach(
    session: &Session,
    claim_no: &str,
    kind: &str,
    path: &Path,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let kind = ask::code("document", kind, DocumentKind::parse)?;
    let attached = session.desk()?.attach(claim_no, kind, path)?;
    let args = [
        ("name", attached.file.name.as_str().into()),
        ("paper", session.words.text(&kind.key()).into()),
        ("digest", attached.file.sha256.as_str().into()),
    ];
    out.line(&session.say("documents-attached", &args))?;
    if !attached.also_on.is_empty() {
        let args = [("claims", attached.also_on.join(", ").into())];
        out.line(&session.say("documents-also-on", &args))?;
    }
    Ok(Exit::Done)
}

/// A file in JSON, and how it was found.
#[derive(Debug, Serialize)]
struct CheckJson {
    #[serde(flatten)]
    file: FileJson,
    state: &'static str,
}

fn list(session: &Session, args: &DocumentListArgs, out: &mut Output) -> Result<Exit, CliError> {
    let claim = session.desk_to_read()?.find_claim(&args.claim_no)?;
    if args.format == Format::Json {
        let files: Vec<FileJson> = claim.files.iter().map(|file| claim_json::file_of(file, false)).collect();
        out.json(&files)?;
        return Ok(Exit::Done);
    }
    let mut list = headed(session, &[]);
    for (no, file) in (1..).zip(&claim.files) {
        list.push(cells(session, no, file));
    }
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}

fn headed(session: &Session, more: &[&str]) -> List {
    let keys = ["no", "paper", "name", "kib", "date", "digest"];
    let keys = keys.iter().chain(more);
    List::new(keys.map(|key| session.words.text(&format!("documents-{key}")))).right([0, 3])
}

fn cells(session: &Session, no: usize, file: &AttachedFile) -> Vec<String> {
    vec![
        no.to_string(),
        session.words.text(&file.kind.key()),
        file.name.clone(),
        file.bytes.div_ceil(1024).to_string(),
        slashed(file.date),
        file.sha256.chars().take(12).collect(),
    ]
}

fn get(
    session: &Session,
    claim_no: &str,
    named: &str,
    path: &Path,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let claim = desk.find_claim(claim_no)?;
    let file = desk.attached_file(&claim, named)?;
    write_file(path, &desk.file_bytes(&file)?)?;
    out.line(&session.say("cli-written", &[("path", path.display().to_string().into())]))?;
    Ok(Exit::Done)
}

fn verify(session: &Session, args: &DocumentListArgs, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let claim = desk.find_claim(&args.claim_no)?;
    let states: Vec<&str> = claim.files.iter().map(|file| code(&desk.file_state(file))).collect();
    if args.format == Format::Json {
        let json = |(file, state): (&AttachedFile, &&'static str)| CheckJson {
            file: claim_json::file_of(file, false),
            state,
        };
        out.json(&claim.files.iter().zip(&states).map(json).collect::<Vec<_>>())?;
    } else {
        let mut list = headed(session, &["state"]);
        for (no, (file, state)) in (1..).zip(claim.files.iter().zip(&states)) {
            let mut row = cells(session, no, file);
            row.push(session.words.text(&format!("documents-state-{state}")));
            list.push(row);
        }
        out.list(&list, args.format)?;
    }
    Ok(if states.iter().all(|state| *state == "whole") { Exit::Done } else { Exit::Store })
}

fn code(found: &Found) -> &'static str {
    match found {
        Found::Whole(_) => "whole",
        Found::Missing => "missing",
        Found::Damaged => "damaged",
    }
}
