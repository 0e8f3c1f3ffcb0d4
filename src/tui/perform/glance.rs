//! The few lines about the claim under the cursor: what happened, what is missing or late, what it costs, what it looks
//! like.

use crate::base::calendar::{days_between, slashed};
use crate::domain::clock::{Clock, ClockKind, ClockMark, Runs, clocks, stage_one_mark};
use crate::domain::{Claim, Component, DocumentKind, Outcome, document};
use crate::tui::effect::Answer;
use crate::tui::jobs::Trouble;
use crate::tui::page::Line;
use crate::tui::theme::{Glyphs, Tone};
use crate::words::Value;

use super::Bench;

/// In a greater store namesakes are looked for when a claim is opened, not at every step of the cursor.
const MOST_LOOKED_THROUGH: u64 = 200_000;

/// The lines.
pub fn glance(bench: &Bench, claim_no: &str) -> Result<Answer, Trouble> {
    let claim = bench.desk.find_claim(claim_no).map_err(|error| bench.trouble(error))?;
    let mut lines = vec![Line::text(&happened(bench, &claim)), standing(bench, &claim), money(bench, &claim)];
    lines.push(alike(bench, &claim)?);
    Ok(Answer::Glance { claim_no: claim_no.to_owned(), lines })
}

/// What happened, where, and who treats.
pub fn happened(bench: &Bench, claim: &Claim) -> String {
    let basics = &claim.basics;
    let words = &bench.words;
    let hour = basics.event_time.map(|time| format!("{:02}.{:02}", time.hour(), time.minute()));
    let parts: Vec<String> = [
        basics.body_part.map(|value| words.text(&value.key())),
        basics.accident_type.map(|value| words.text(&value.key())),
        basics.source.map(|value| words.text(&value.key())),
        basics.place.map(|value| words.text(&value.key())),
        hour,
        Some(basics.facility.clone()),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect();
    match (parts.is_empty(), basics.notes.trim()) {
        (false, _) => parts.join(bench.dot()),
        (true, "") => words.text("panes-claims-nothing-said"),
        (true, notes) => notes.to_owned(),
    }
}

/// Reported in time, papers, treatment.
fn standing(bench: &Bench, claim: &Claim) -> Line {
    let words = &bench.words;
    let (reported, tone) = report_text(bench, claim);
    let required = document::required(claim);
    let missing = document::missing(claim);
    // A case that is over misses nothing, yet only what came is counted as there.
    let is_there = |kind: &&DocumentKind| claim.document(**kind).is_some();
    let there = match document::is_stated_complete(claim) {
        true => required.len(),
        false => required.iter().filter(is_there).count(),
    };
    let counts = [
        ("n", Value::Int(i64::try_from(there).unwrap_or(i64::MAX))),
        ("of", Value::Int(i64::try_from(required.len()).unwrap_or(i64::MAX))),
    ];
    let mut line = Line::toned(&format!("{reported}   "), tone);
    // The list of papers is the longest and comes last: a narrow screen cuts there.
    if claim.is_open() && claim.outcome() == Some(Outcome::Berobat) {
        let days = days_between(claim.basics.event_date, bench.desk.today());
        let args = [("days", Value::Int(days))];
        let tone = if days > 180 { Tone::Warn } else { Tone::Plain };
        line = line.then(&format!("{}   ", words.format("panes-claims-treatment", &args)), tone);
    }
    line = line.then(&words.format("panes-claims-papers", &counts), Tone::Plain);
    if there == required.len() {
        line = line.then(&format!(" {}", bench.tick()), Tone::Good);
    } else if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|kind| bench.paper(*kind)).collect();
        let args = [("papers", Value::Text(names.join(", ")))];
        line = line.then(&format!(": {}", words.format("panes-claims-missing", &args)), Tone::Warn);
    }
    line
}

/// How the stage I report met its 2 × 24 hours.
fn report_text(bench: &Bench, claim: &Claim) -> (String, Tone) {
    let words = &bench.words;
    let Some(reported) = claim.basics.reported_date else {
        return (words.text("panes-claims-not-reported"), Tone::Warn);
    };
    let args = [("days", Value::Int(days_between(claim.basics.event_date, reported)))];
    let text = words.format("panes-claims-reported", &args);
    match stage_one_mark(&claim.basics) {
        ClockMark::InTime => (format!("{text} {}", bench.tick()), Tone::Good),
        ClockMark::Late(_) => (text, Tone::Bad),
        ClockMark::CannotTell => (format!("{text} ?"), Tone::Warn),
        ClockMark::None => (text, Tone::Plain),
    }
}

/// What it costs, and the next instalment.
fn money(bench: &Bench, claim: &Claim) -> Line {
    let words = &bench.words;
    let sums = claim.sums();
    let args = [
        ("determined", Value::Text(sums.determined.grouped())),
        ("waiting", Value::Text(sums.waiting().grouped())),
    ];
    let mut line = Line::text(&words.format("panes-claims-sums", &args));
    let stmb: crate::domain::Rupiah = claim
        .lines
        .iter()
        .filter(|line| line.component == Component::Stmb)
        .map(crate::domain::BenefitLine::determined)
        .sum();
    if !stmb.is_zero() {
        line = line.then(&format!("{}STMB {}", bench.dot(), stmb.grouped()), Tone::Plain);
    }
    if let Some((clock, due)) = next(bench, claim, ClockKind::NextStmb) {
        let args = [("date", Value::Text(due))];
        let text = format!("{}{}", bench.dot(), words.format("panes-claims-next-stmb", &args));
        line = line.then(&text, clock_tone(&clock));
    }
    if let Some((clock, due)) = next(bench, claim, ClockKind::Payment) {
        let args = [("date", Value::Text(due))];
        let text = format!("{}{}", bench.dot(), words.format("panes-claims-pay-by", &args));
        line = line.then(&text, clock_tone(&clock));
    }
    line
}

fn next(bench: &Bench, claim: &Claim, kind: ClockKind) -> Option<(Clock, String)> {
    let all = clocks(claim, bench.desk.view().office(), bench.desk.today());
    let clock = all.into_iter().find(|clock| clock.kind == kind && clock.runs == Runs::Running)?;
    let due = clock.due?;
    Some((clock, slashed(due)))
}

/// The tone of a clock: red when late.
pub fn clock_tone(clock: &Clock) -> Tone {
    match (clock.runs, clock.mark) {
        (_, ClockMark::Late(_)) => Tone::Bad,
        (Runs::NotYet, _) => Tone::Dim,
        (_, ClockMark::CannotTell) => Tone::Warn,
        (Runs::Done, _) => Tone::Good,
        (Runs::Running, _) => Tone::Plain,
    }
}

/// Cases that look like this one, the strongest by name.
fn alike(bench: &Bench, claim: &Claim) -> Result<Line, Trouble> {
    let words = &bench.words;
    let note = Line::toned(claim.basics.notes.trim(), Tone::Dim);
    if bench.desk.view().n_claims() > MOST_LOOKED_THROUGH {
        return Ok(note);
    }
    let similar = bench.desk.similar(&claim.basics, Some(claim.id)).map_err(|error| bench.trouble(error))?;
    let Some(first) = similar.first() else { return Ok(note) };
    let args = [
        ("n", Value::Int(i64::try_from(similar.len()).unwrap_or(i64::MAX))),
        ("no", Value::Text(first.claim_no.clone())),
        ("score", Value::Int(i64::from(first.finding.score))),
    ];
    Ok(Line::toned(&words.format("panes-claims-similar", &args), Tone::Warn))
}

impl Bench {
    /// Between two things said in one line.
    pub fn dot(&self) -> &'static str {
        match self.glyphs {
            Glyphs::Unicode => " · ",
            Glyphs::Ascii => " - ",
        }
    }

    /// From one to the other.
    pub fn arrow(&self) -> &'static str {
        match self.glyphs {
            Glyphs::Unicode => "→",
            Glyphs::Ascii => "->",
        }
    }

    /// In order, there.
    pub fn tick(&self) -> &'static str {
        match self.glyphs {
            Glyphs::Unicode => "✓",
            Glyphs::Ascii => "x",
        }
    }
}
