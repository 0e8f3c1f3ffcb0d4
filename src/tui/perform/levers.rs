//! Recommendations on the screen: what was found, a line each, and the cases of one, each a key away.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::analysis::levers::{Lever, LeverKind, Levers};
use crate::base::calendar::slashed;
use crate::base::safe;
use crate::desk::{Months, finding, lever_filter, write_file};
use crate::domain::query::Tongue;
use crate::report::render::recommendations_html;
use crate::store::Head;
use crate::tui::effect::{Answer, Subject};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::paint::wrap;
use crate::tui::theme::Tone;
use crate::words::Words;

use super::Bench;
use super::work::shown_path;

/// Columns of a sentence: what fits a screen of 80 beside the cursor.
const COLUMNS: u16 = 75;
/// Cases shown of one; their count and sum are of all.
const MOST_CASES: usize = 1_000;

/// What was found last: as long as books and day are the same, so is it.
#[derive(Default)]
pub struct Held(Mutex<Option<(Head, Date, Arc<Levers>)>>);

/// The page: all that was found, or one of it by its code.
pub fn page(bench: &Bench, code: &str, context: &JobContext) -> Result<Answer, Trouble> {
    let levers = levers(bench, context)?;
    let found = LeverKind::parse(code).and_then(|kind| levers.of(kind));
    let page = match found {
        Some(lever) => one(bench, lever),
        None => all(&levers, &bench.words),
    };
    Ok(Answer::Page { subject: Subject::Levers(code.to_owned()), page })
}

/// Writes the page for the branch head as HTML, the same as `santun recommendations --format html`.
pub fn write(bench: &Bench, path: &str, context: &JobContext) -> Result<Answer, Trouble> {
    let months = Months::last_twelve(bench.desk.today());
    let page = bench.desk.recommendations(months, context.cancel_flag());
    let page = page.map_err(|error| bench.trouble(error))?;
    context.check()?;
    let text = recommendations_html(&page, &bench.words);
    write_file(Path::new(path), text.as_bytes()).map_err(|error| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
}

fn levers(bench: &Bench, context: &JobContext) -> Result<Arc<Levers>, Trouble> {
    let (head, today) = (bench.desk.view().head(), bench.desk.today());
    if let Some((at, day, found)) = bench.levers.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref()
        && *at == head
        && *day == today
    {
        return Ok(Arc::clone(found));
    }
    let made = bench.desk.levers(Months::last_twelve(today), MOST_CASES, context.cancel_flag());
    let made = Arc::new(made.map_err(|error| bench.trouble(error))?);
    context.check()?;
    let mut held = bench.levers.0.lock().unwrap_or_else(PoisonError::into_inner);
    *held = Some((head, today, Arc::clone(&made)));
    Ok(made)
}

fn all(levers: &Levers, words: &Words) -> Page {
    let span = levers.span;
    let head = [
        ("from", slashed(span.from).into()),
        ("to", slashed(span.to).into()),
        ("today", slashed(span.today).into()),
        ("cases", levers.n_cases.into()),
        ("events", levers.n_events.into()),
    ];
    let mut lines = said(&words.format("levers-head", &head));
    lines.extend(said(&words.text("levers-signal")));
    lines.extend(said(&words.text("recommend-overlap")));
    lines.push(Line::text(""));
    lines.push(Line::section(&words.text("recommend-summary")));
    for lever in levers.levers.iter().filter(|lever| lever.n_cases > 0) {
        let title = finding(lever, 0).title(words);
        let n = lever.n_cases;
        let line = format!("{} {n:>7} {:>20}", safe::fit(&title, 45), lever.amount.grouped());
        lines.push(Line::text(&line).leading_to(format!("lever {}", lever.kind.code())));
    }
    if levers.levers.iter().all(|lever| lever.n_cases == 0) {
        lines.push(Line::text(&words.text("levers-nothing")));
    }
    lines.extend(said(&words.text("levers-months")));
    Page { title: words.text("recommend-title"), lines }
}

fn one(bench: &Bench, lever: &Lever) -> Page {
    let words = &bench.words;
    let found = finding(lever, 0);
    let mut lines = said(&found.finding(words));
    lines.extend(said(&words.format("levers-rule", &[("rule", found.rule(words).into())])));
    found.basis(words).iter().for_each(|line| lines.extend(said(line)));
    if found.untold > 0 {
        lines.extend(said(&words.format("levers-untold", &[("untold", found.untold.into())])));
    }
    lines.extend(said(&words.format("levers-advice", &[("advice", found.advice(words).into())])));
    let tongue = match words.lang() {
        crate::words::Lang::Id => Tongue::Indonesian,
        crate::words::Lang::En => Tongue::English,
    };
    if let Some(filter) = lever_filter(lever.kind, bench.desk.today(), tongue) {
        let text = words.format("levers-filter", &[("filter", filter.as_str().into())]);
        lines.push(Line::toned(&text, Tone::Accent).leading_to(format!("filter {filter}")));
    }
    if !found.who.is_empty() {
        lines.push(Line::section(&words.text("levers-who")));
    }
    for who in &found.who {
        let name = if who.name.is_empty() { &who.key } else { &who.name };
        let numbers =
            format!("{:>9} {:>15} {:>16}", who.cases_said(), who.index_said(words), who.amount.grouped());
        let line = Line::text(&format!("{} {numbers}", safe::fit(&safe::terminal(name), 32)));
        // A registration number leads to the company's claims; a facility or a masked number has none.
        let leads = who.of.is_some() || who.key != who.name && !who.name.is_empty();
        lines.push(if leads { line.leading_to(format!("npp {}", who.key)) } else { line });
    }
    lines.push(Line::section(&format!("{} · {}", words.text("levers-cases"), found.measure(words))));
    for hit in &lever.cases {
        let place = if hit.company.is_empty() { &hit.facility } else { &hit.company };
        let what = safe::terminal(&hit.claim_no);
        let line = format!(
            "{} {} {} {:>6} {:>15}",
            slashed(hit.event),
            safe::fit(&what, 16),
            safe::fit(&safe::terminal(place), 24),
            hit.measure,
            hit.amount.grouped()
        );
        lines.push(Line::text(&line).leading_to(format!("claim {}", hit.claim_no)));
    }
    let n = lever.cases.len();
    if u64::try_from(n).is_ok_and(|n| n < lever.n_cases) {
        let args = [("shown", n.into()), ("cases", lever.n_cases.into())];
        lines.push(Line::text(&words.format("levers-shown", &args)));
    }
    Page { title: found.title(words), lines }
}

/// A sentence over as many lines as it takes.
fn said(text: &str) -> Vec<Line> {
    wrap(text, COLUMNS).iter().map(|line| Line::text(line)).collect()
}
