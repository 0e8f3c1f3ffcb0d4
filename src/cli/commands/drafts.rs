//! `santun drafts …`: half-typed forms of this person that were left behind, as the screen offers them.

use serde::Serialize;

use crate::cli::args::{DraftsCommand, Format};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::Desk;
use crate::desk::drafts::LeftForm;

/// A draft in JSON.
#[derive(Debug, Serialize)]
struct DraftJson {
    id: String,
    form: String,
    at: String,
    fields: usize,
}

/// Does what was asked of drafts.
pub fn run(session: &Session, command: DraftsCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        DraftsCommand::List(args) => list(session, args.format, out),
        DraftsCommand::Show { id } => show(session, &id, out),
        DraftsCommand::Drop { id } => {
            let desk = session.desk()?;
            let draft = find(session, &desk, &id)?;
            desk.drop_form(&draft.id)?;
            out.line(&session.say("cli-draft-dropped", &[("id", draft.id.into())]))?;
            Ok(Exit::Done)
        }
    }
}

fn list(session: &Session, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let drafts = desk.left_forms()?;
    if format == Format::Json {
        let json = |draft: LeftForm| DraftJson {
            fields: draft.kept.values.len(),
            id: draft.id,
            form: draft.kept.form,
            at: draft.kept.at,
        };
        out.json(&drafts.into_iter().map(json).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    if drafts.is_empty() && format == Format::Table {
        out.line(&session.words.text("cli-draft-none"))?;
        return Ok(Exit::Done);
    }
    let keys = ["id", "form", "at", "fields"];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-draft-{key}")));
    let mut list = List::new(headings).right([3]).whole([0]);
    for LeftForm { id, kept } in drafts {
        list.push(vec![id, kept.form, kept.at, kept.values.len().to_string()]);
    }
    out.list(&list, format)?;
    Ok(Exit::Done)
}

/// What was typed, field by field, as the form shows it.
fn show(session: &Session, id: &str, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let draft = find(session, &desk, id)?;
    let mut list =
        List::new(["cli-draft-field", "cli-draft-value"].map(|key| session.words.text(key))).whole([0]);
    for (name, value) in draft.kept.values {
        let key = format!("field-{}", name.replace('_', "-"));
        let label = if session.words.has(&key) { session.words.text(&key) } else { name };
        list.push(vec![label, value]);
    }
    out.facts(&list)?;
    Ok(Exit::Done)
}

/// The draft of this name, or the only one whose name ends so.
fn find(session: &Session, desk: &Desk, id: &str) -> Result<LeftForm, CliError> {
    let mut found: Vec<LeftForm> = desk.left_forms()?.into_iter().filter(|draft| draft.id == id).collect();
    found.pop().ok_or_else(|| session.usage("cli-draft-unknown", &[("id", id.into())]))
}
