//! `santun store erase`: the personal data of whole years, proposed by one person, approved by another, carried out.

use serde::Serialize;

use crate::cli::args::{EraseArgs, Format};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::erasure::ErasePlan;
use crate::desk::sentence_of_refusal;
use crate::domain::{ErasureDeed, ErasureStep};
use crate::store::Erased;

/// Something that was done about a year, in JSON.
#[derive(Debug, Serialize)]
struct DeedJson {
    year: i16,
    what: &'static str,
    date: String,
    by: String,
    reason: Option<String>,
    claims: Option<u64>,
    records: Option<u64>,
    documents: Option<u64>,
}

/// Lists, shows, proposes, approves.
pub fn run(session: &Session, args: &EraseArgs, out: &mut Output) -> Result<Exit, CliError> {
    let Some(year) = args.year else { return list(session, args.format, out) };
    match (&args.reason, args.approve) {
        (None, false) => look(session, year, out),
        (Some(reason), _) => {
            let desk = session.desk()?;
            let plan = desk.erase_plan(year)?;
            show(session, &plan, out)?;
            desk.ask_erasure(&plan, reason)?;
            out.line(&session.say("erase-asked", &[("year", text(year))]))?;
            Ok(Exit::Done)
        }
        (None, true) => approve(session, year, out),
    }
}

fn text(year: i16) -> crate::words::Value {
    year.to_string().into()
}

fn look(session: &Session, year: i16, out: &mut Output) -> Result<Exit, CliError> {
    let plan = session.desk_to_read()?.erase_plan(year)?;
    show(session, &plan, out)?;
    let key = if plan.hindrances.is_empty() { "erase-ready" } else { "erase-not-ready" };
    out.line(&session.say(key, &[("year", text(year))]))?;
    Ok(if plan.hindrances.is_empty() { Exit::Done } else { Exit::Refused })
}

fn approve(session: &Session, year: i16, out: &mut Output) -> Result<Exit, CliError> {
    let desk = session.desk()?;
    let erased = if desk.is_erasing(year) {
        desk.carry_on_erasure()?
    } else if desk.erasures().last().is_some_and(|last| last.year == year && last.is_finished()) {
        // Opening the store for work has just carried on what was interrupted.
        Erased::Nothing
    } else {
        let plan = desk.erase_plan(year)?;
        show(session, &plan, out)?;
        desk.approve_erasure(&plan)?
    };
    match erased {
        Erased::Busy => {
            out.line(&session.words.text("erase-busy"))?;
            Ok(Exit::Refused)
        }
        Erased::Nothing => {
            out.line(&session.say("erase-was-done", &[("year", text(year))]))?;
            Ok(Exit::Done)
        }
        Erased::Done { year, records, documents } => {
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
            let args = [("year", text(year)), ("records", number(records)), ("documents", number(documents))];
            out.line(&session.say("erase-done", &args))?;
            Ok(Exit::Done)
        }
    }
}

/// What belongs to the year, and each hindrance with its number.
fn show(session: &Session, plan: &ErasePlan, out: &mut Output) -> Result<(), CliError> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    let args = [
        ("year", text(plan.year)),
        ("claims", number(plan.found.claims.count())),
        ("vouchers", number(plan.found.vouchers.count())),
    ];
    out.line(&session.say("erase-plan", &args))?;
    for (place, refusal) in (1..).zip(&plan.hindrances) {
        out.line(&format!("  {place}. {}", sentence_of_refusal(refusal, &session.words)))?;
    }
    Ok(())
}

fn list(session: &Session, format: Format, out: &mut Output) -> Result<Exit, CliError> {
    let deeds = session.desk_to_read()?.erasures();
    if format == Format::Json {
        out.json(&deeds.iter().map(json).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let keys = ["year", "what", "date", "by", "claims", "reason"];
    let headings = keys.iter().map(|key| session.words.text(&format!("erase-{key}")));
    let mut list = List::new(headings).right([4]).whole([0, 1]);
    for deed in &deeds {
        let json = json(deed);
        list.push(vec![
            json.year.to_string(),
            session.words.text(&format!("erase-what-{}", json.what)),
            json.date,
            json.by,
            json.claims.map_or_else(String::new, |n| n.to_string()),
            json.reason.unwrap_or_default(),
        ]);
    }
    out.list(&list, format)?;
    Ok(Exit::Done)
}

fn json(deed: &ErasureDeed) -> DeedJson {
    let mut json = DeedJson {
        year: deed.year,
        what: "asked",
        date: deed.date.to_string(),
        by: deed.by.clone(),
        reason: None,
        claims: None,
        records: None,
        documents: None,
    };
    match &deed.step {
        ErasureStep::Asked { reason } => json.reason = Some(reason.clone()),
        ErasureStep::Approved { claims, .. } => (json.what, json.claims) = ("approved", Some(claims.count())),
        ErasureStep::Finished { records, documents } => {
            json.what = "finished";
            (json.records, json.documents) = (Some(*records), Some(*documents));
        }
    }
    json
}
