//! `santun levers`: where spending could be looked at again, and the cases of one lever.

use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::analysis::levers::{Lever, LeverGroup, LeverHit, LeverKind, Levers};
use crate::base::calendar::{iso, slashed};
use crate::cli::args::{Format, LeversArgs};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{Desk, Months, finding, lever_filter};
use crate::domain::query::Tongue;
use crate::report::recommendations::Recommendation;
use crate::words::{Lang, Words};

/// Finds.
pub fn run(session: &Session, args: &LeversArgs, out: &mut Output) -> Result<Exit, CliError> {
    let kind = args.lever.as_deref().map(|text| kind(session, text)).transpose()?;
    let desk = session.desk_to_read()?;
    let months = months(session, &desk, args.from.as_deref(), args.to.as_deref())?;
    // Without a lever only counts and sums are told; 0 asks for every case.
    let most = match (kind, args.limit) {
        (None, _) => 0,
        (Some(_), 0) => usize::MAX,
        (Some(_), limit) => limit,
    };
    let found = desk.levers(months, most, &AtomicBool::new(false))?;
    let lever = kind.and_then(|kind| found.of(kind));
    match (lever, args.format) {
        (None, Format::Json) => out.json(&all_json(&found, &session.words))?,
        (None, Format::Csv) => out.list(&all_csv(&found), Format::Csv)?,
        (None, Format::Table) => all(session, &found, out)?,
        (Some(lever), Format::Json) => out.json(&one_json(lever, &session.words))?,
        (Some(lever), Format::Csv) => out.list(&cases_csv(lever), Format::Csv)?,
        (Some(lever), Format::Table) => one(session, &desk, lever, out)?,
    }
    Ok(Exit::Done)
}

/// The span of months that was typed, or the last twelve complete ones.
pub fn months(
    session: &Session,
    desk: &Desk,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Months, CliError> {
    let mut months = Months::last_twelve(desk.today());
    if let Some(text) = to {
        months.to = ask::period(session, text)?;
        months.from = months.to.plus(-11);
    }
    if let Some(text) = from {
        months.from = ask::period(session, text)?;
    }
    Ok(months)
}

fn kind(session: &Session, text: &str) -> Result<LeverKind, CliError> {
    LeverKind::parse(text).ok_or_else(|| {
        let choices: Vec<&str> = LeverKind::ALL.iter().map(|kind| own_name(*kind, &session.words)).collect();
        session.usage("levers-unknown", &[("text", text.into()), ("choices", choices.join(", ").into())])
    })
}

/// The lever's name in the person's language.
fn own_name(kind: LeverKind, words: &Words) -> &'static str {
    match words.lang() {
        Lang::Id => kind.alias(),
        Lang::En => kind.code(),
    }
}

fn all(session: &Session, found: &Levers, out: &mut Output) -> Result<(), CliError> {
    let words = &session.words;
    let span = found.span;
    let head = [
        ("from", slashed(span.from).into()),
        ("to", slashed(span.to).into()),
        ("today", slashed(span.today).into()),
        ("cases", found.n_cases.into()),
        ("events", found.n_events.into()),
    ];
    out.line(&session.say("levers-head", &head))?;
    let headings = ["code", "what", "cases", "amount"].map(|key| words.text(&format!("levers-{key}")));
    let mut list = List::new(headings).right(2..4).whole([0]);
    for lever in found.levers.iter().filter(|lever| lever.n_cases > 0) {
        list.push(vec![
            own_name(lever.kind, words).to_owned(),
            finding(lever, 0).title(words),
            lever.n_cases.to_string(),
            lever.amount.grouped(),
        ]);
    }
    if found.levers.iter().all(|lever| lever.n_cases == 0) {
        out.line(&words.text("levers-nothing"))?;
    } else {
        out.list(&list, Format::Table)?;
        out.line(&words.text("levers-drill"))?;
    }
    out.line(&words.text("levers-months"))?;
    out.line(&words.text("levers-signal"))
}

fn one(session: &Session, desk: &Desk, lever: &Lever, out: &mut Output) -> Result<(), CliError> {
    let words = &session.words;
    let found = finding(lever, 0);
    out.line(&found.title(words))?;
    out.line(&found.finding(words))?;
    out.line(&session.say("levers-rule", &[("rule", found.rule(words).into())]))?;
    for line in found.basis(words) {
        out.line(&line)?;
    }
    out.line(&session.say("levers-advice", &[("advice", found.advice(words).into())]))?;
    if lever.untold > 0 {
        out.line(&session.say("levers-untold", &[("untold", lever.untold.into())]))?;
    }
    let tongue = match words.lang() {
        Lang::Id => Tongue::Indonesian,
        Lang::En => Tongue::English,
    };
    if let Some(filter) = lever_filter(lever.kind, desk.today(), tongue) {
        out.line(&session.say("levers-filter", &[("filter", filter.into())]))?;
    }
    if !found.who.is_empty() {
        out.line("")?;
        out.list(&groups(&found, words), Format::Table)?;
    }
    let n_shown = lever.cases.len();
    if n_shown > 0 {
        out.line("")?;
        out.list(&cases(lever, words), Format::Table)?;
        if u64::try_from(n_shown).is_ok_and(|n| n < lever.n_cases) {
            let args = [("shown", n_shown.into()), ("cases", lever.n_cases.into())];
            out.line(&session.say("levers-shown", &args))?;
        }
    }
    out.line("")?;
    out.line(&words.text("levers-signal"))
}

fn groups(found: &Recommendation, words: &Words) -> List {
    let mut headings =
        ["who-name", "who-key", "cases"].map(|key| words.text(&format!("levers-{key}"))).to_vec();
    headings.extend([found.index_head(words), words.text("levers-amount")]);
    let mut list = List::new(headings).right(2..5).whole([1]);
    for who in &found.who {
        let key = if who.key == who.name { String::new() } else { who.key.clone() };
        list.push(vec![who.name.clone(), key, who.cases_said(), who.index_said(words), who.amount.grouped()]);
    }
    list
}

fn cases(lever: &Lever, words: &Words) -> List {
    let mut headings =
        ["claim", "event", "company", "facility"].map(|key| words.text(&format!("levers-{key}"))).to_vec();
    headings.push(finding(lever, 0).measure(words));
    headings.push(words.text("levers-amount"));
    let mut list = List::new(headings).right(4..6).whole([0, 1]);
    for hit in &lever.cases {
        list.push(vec![
            hit.claim_no.clone(),
            slashed(hit.event),
            hit.company.clone(),
            hit.facility.clone(),
            hit.measure.to_string(),
            hit.amount.grouped(),
        ]);
    }
    list
}

/// For programs: every lever, also those that found nothing.
fn all_csv(found: &Levers) -> List {
    let heads = ["lever", "cases", "rupiah", "cannot_tell"];
    let mut list = List::new(heads.map(str::to_owned));
    for lever in &found.levers {
        list.push(vec![
            lever.kind.code().to_owned(),
            lever.n_cases.to_string(),
            lever.amount.get().to_string(),
            lever.untold.to_string(),
        ]);
    }
    list
}

fn cases_csv(lever: &Lever) -> List {
    let heads = ["claim_no", "event_date", "company", "facility", "measure", "rupiah"];
    let mut list = List::new(heads.map(str::to_owned));
    for hit in &lever.cases {
        list.push(vec![
            hit.claim_no.clone(),
            iso(hit.event),
            hit.company.clone(),
            hit.facility.clone(),
            hit.measure.to_string(),
            hit.amount.get().to_string(),
        ]);
    }
    list
}

fn all_json(found: &Levers, words: &Words) -> Value {
    json!({
        "from": iso(found.span.from),
        "to": iso(found.span.to),
        "today": iso(found.span.today),
        "cases": found.n_cases,
        "events": found.n_events,
        "levers": found.levers.iter().map(|lever| one_json(lever, words)).collect::<Vec<_>>(),
    })
}

/// A lever with the cases that are kept of it.
fn one_json(lever: &Lever, words: &Words) -> Value {
    let found = finding(lever, 0);
    let rules: Vec<Value> = lever
        .rules
        .iter()
        .map(|used| json!({ "id": used.id, "from": iso(used.from), "source": used.source, "verified": used.mark.is_verified() }))
        .collect();
    let mut value = json!({
        "lever": lever.kind.code(),
        "title": found.title(words),
        "cases": lever.n_cases,
        "rupiah": lever.amount.get(),
        "cannot_tell": lever.untold,
        "rule": found.rule(words),
        "rules": rules,
        "advice": found.advice(words),
        "groups": lever.groups.iter().map(group_json).collect::<Vec<_>>(),
    });
    if !lever.cases.is_empty() {
        value["hits"] = lever.cases.iter().map(hit_json).collect();
    }
    value
}

fn group_json(group: &LeverGroup) -> Value {
    json!({
        "key": group.key,
        "name": group.name,
        "cases": group.n_cases,
        "of": group.of,
        "index": group.index,
        "low": group.low,
        "rupiah": group.amount.get(),
    })
}

fn hit_json(hit: &LeverHit) -> Value {
    json!({
        "claim_no": hit.claim_no,
        "event_date": iso(hit.event),
        "company": hit.company,
        "facility": hit.facility,
        "measure": hit.measure,
        "rupiah": hit.amount.get(),
    })
}
