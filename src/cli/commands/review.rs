//! `santun review`: a sample of cases to look at by hand.

use std::sync::atomic::AtomicBool;

use serde_json::json;

use crate::analysis::sampling::DrawBy;
use crate::base::calendar::{iso, slashed};
use crate::cli::args::{Format, ReviewArgs};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{ReviewSample, review_filter};
use crate::domain::Rupiah;
use crate::words::decimal;

/// Draws.
pub fn run(session: &Session, args: &ReviewArgs, out: &mut Output) -> Result<Exit, CliError> {
    let by = DrawBy::parse(&args.by)
        .ok_or_else(|| session.usage("review-unknown", &[("text", args.by.as_str().into())]))?;
    let desk = session.desk_to_read()?;
    let text = if args.filter.is_empty() { review_filter(desk.today()) } else { args.filter.clone() };
    let filter = ask::filter(session, &text, desk.today())?;
    let found = desk.review_sample(&filter, by, args.size, args.seed, &AtomicBool::new(false))?;
    match args.format {
        Format::Json => out.json(&to_json(&found))?,
        Format::Csv => out.list(&csv(&found), Format::Csv)?,
        Format::Table => {
            let filter = ask::own_words(session, &text, desk.today());
            table(session, &found, &filter, out)?;
        }
    }
    Ok(Exit::Done)
}

fn table(session: &Session, found: &ReviewSample, filter: &str, out: &mut Output) -> Result<(), CliError> {
    let (words, sample) = (&session.words, &found.sample);
    let head = [
        ("drawn", sample.drawn.len().into()),
        ("units", sample.n_units.into()),
        ("by", words.text(&format!("review-by-{}", sample.by.code())).into()),
        ("seed", sample.seed.to_string().into()),
    ];
    out.line(&session.say("review-head", &head))?;
    out.line(&session.say("levers-filter", &[("filter", filter.into())]))?;
    if sample.n_left > 0 {
        out.line(&session.say("review-left", &[("left", sample.n_left.into())]))?;
    }
    let mut headings = ["claim", "event", "company", "facility", "amount"]
        .map(|key| words.text(&format!("levers-{key}")))
        .to_vec();
    headings.extend(["usual", "chance"].map(|key| words.text(&format!("review-{key}"))));
    let mut list = List::new(headings).right(4..7).whole([0, 1]);
    for (drawn, about) in sample.drawn.iter().zip(&found.about) {
        let usual = drawn.unit.usual_rupiah.map_or_else(String::new, |usual| Rupiah::new(usual).grouped());
        list.push(vec![
            drawn.unit.claim_no.clone(),
            slashed(about.event),
            about.company.clone(),
            about.facility.clone(),
            Rupiah::new(drawn.unit.rupiah).grouped(),
            usual,
            decimal(drawn.chance, 4, words.lang()),
        ]);
    }
    out.list(&list, Format::Table)
}

/// For spreadsheets: with the seed in every row, so that a row alone says how it was drawn.
fn csv(found: &ReviewSample) -> List {
    let heads =
        ["claim_no", "event_date", "company", "facility", "rupiah", "usual_rupiah", "chance", "by", "seed"];
    let mut list = List::new(heads.map(str::to_owned));
    for (drawn, about) in found.sample.drawn.iter().zip(&found.about) {
        list.push(vec![
            drawn.unit.claim_no.clone(),
            iso(about.event),
            about.company.clone(),
            about.facility.clone(),
            drawn.unit.rupiah.to_string(),
            drawn.unit.usual_rupiah.map_or_else(String::new, |usual| usual.to_string()),
            drawn.chance.to_string(),
            found.sample.by.code().to_owned(),
            found.sample.seed.to_string(),
        ]);
    }
    list
}

fn to_json(found: &ReviewSample) -> serde_json::Value {
    let sample = &found.sample;
    let cases = sample.drawn.iter().zip(&found.about).map(|(drawn, about)| {
        json!({
            "claim_no": drawn.unit.claim_no,
            "event_date": iso(about.event),
            "company": about.company,
            "facility": about.facility,
            "rupiah": drawn.unit.rupiah,
            "usual_rupiah": drawn.unit.usual_rupiah,
            "chance": drawn.chance,
        })
    });
    json!({
        "by": sample.by.code(),
        "seed": sample.seed,
        "units": sample.n_units,
        "without_chance": sample.n_left,
        "cases": cases.collect::<Vec<_>>(),
    })
}
