//! `santun undo`: what one did last today, what taking it back would do, and doing it.

use serde::Serialize;

use crate::cli::args::{Format, UndoArgs};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::sentence_of_refusal;
use crate::desk::undo::{Deed, Standing, UndoPlan};

/// An action in JSON. Whose it is stays out: what leaves the desk names nobody.
#[derive(Debug, Serialize)]
struct DeedJson {
    id: u64,
    at: String,
    what: String,
    on: String,
    standing: &'static str,
    why: Option<String>,
}

/// Lists, shows or does.
pub fn run(session: &Session, args: &UndoArgs, out: &mut Output) -> Result<Exit, CliError> {
    let Some(id) = args.id else { return list(session, args.format, out) };
    if !args.yes {
        let deed = session.desk_to_read()?.deed(id, &session.words)?;
        show(session, &deed, open(&deed)?, out)?;
        if !args.dry_run {
            return Err(session.usage("cli-undo-needs-yes", &[]));
        }
        out.line(&session.say("cli-undo-dry", &[("id", id.to_string().into())]))?;
        return Ok(Exit::Done);
    }
    let desk = session.desk()?;
    let deed = desk.deed(id, &session.words)?;
    let plan = open(&deed)?;
    show(session, &deed, plan, out)?;
    desk.undo(plan)?;
    let args = [("what", deed.what.as_str().into()), ("on", deed.on.as_str().into())];
    out.line(&session.say("cli-undo-done", &args))?;
    Ok(Exit::Done)
}

/// The way back, or the refusal that there is none.
fn open(deed: &Deed) -> Result<&UndoPlan, CliError> {
    match &deed.standing {
        Standing::Open(plan) => Ok(plan),
        Standing::Stays(refusal) => Err(refusal.clone().into()),
        Standing::Undone(_) => Err(crate::domain::Refusal::new("nothing-changed").into()),
    }
}

fn show(session: &Session, deed: &Deed, plan: &UndoPlan, out: &mut Output) -> Result<(), CliError> {
    let title = session.say("panes-undo-confirm-title", &[("what", deed.what.as_str().into())]);
    out.line(&format!("{title} · {} {}", deed.on, deed.whose))?;
    for change in &plan.changes {
        let args = [
            ("label", change.label.as_str().into()),
            ("from", change.from.as_str().into()),
            ("to", change.to.as_str().into()),
        ];
        out.line(&format!("  {}", session.say("panes-undo-change", &args)))?;
    }
    for note in &plan.notes {
        out.line(&format!("  {note}"))?;
    }
    Ok(())
}

fn standing(session: &Session, deed: &Deed) -> (&'static str, String, Option<String>) {
    let words = &session.words;
    match &deed.standing {
        Standing::Open(_) => ("open", words.text("panes-undo-open"), None),
        Standing::Undone(at) => {
            let at = format!("{:02}:{:02}", at.hour(), at.minute());
            ("undone", words.format("panes-undo-undone", &[("at", at.into())]), None)
        }
        Standing::Stays(refusal) => {
            let why = sentence_of_refusal(refusal, words);
            ("stays", words.format("cli-undo-stays", &[("why", why.as_str().into())]), Some(why))
        }
    }
}

fn list(session: &Session, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let deeds = session.desk_to_read()?.deeds(&session.words)?;
    if format == Format::Json {
        let deeds: Vec<DeedJson> = deeds
            .deeds
            .iter()
            .map(|deed| {
                let (standing, _, why) = standing(session, deed);
                let (what, on) = (deed.what.clone(), deed.on.clone());
                DeedJson { id: deed.seq, at: deed.at.to_string(), what, on, standing, why }
            })
            .collect();
        out.json(&deeds)?;
        return Ok(Exit::Done);
    }
    let keys = ["id", "at", "what", "on", "standing"];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-undo-{key}")));
    let mut list = List::new(headings).right([0]).whole([0, 1, 3]);
    for deed in &deeds.deeds {
        let (id, at) = (deed.seq.to_string(), deed.clock());
        list.push(vec![id, at, deed.what.clone(), deed.on.clone(), standing(session, deed).1]);
    }
    out.list(&list, format)?;
    if let Some(at) = deeds.swallowed.filter(|_| format == Format::Table) {
        let at = format!("{:02}:{:02}", at.hour(), at.minute());
        out.line(&session.say("panes-undo-swallowed", &[("at", at.into())]))?;
    }
    Ok(Exit::Done)
}
