//! `santun rank companies`: which companies claim most, and how sure that is.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::analysis::rates::{Basis, By, RankRow, Which};
use crate::analysis::{RankOptions, Ranking, rank_companies};
use crate::cli::args::{Format, RankArgs, RankBasis, RankBy, RankCommand};
use crate::cli::commands::report::Over;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::progress;
use crate::cli::session::Session;
use crate::desk::Reading;
use crate::desk::charts::funnel_chart;
use crate::words::decimal;

/// Columns that a narrow terminal does without, the least wanted first: as counted, credibility, expected, exposure, index.
const LEAST_WANTED: [usize; 5] = [6, 10, 4, 2, 5];

#[derive(Debug, Serialize)]
struct RankJson {
    npp: String,
    company: String,
    exposure: f64,
    claims: u64,
    events: u64,
    expected: f64,
    index: f64,
    raw_rate: f64,
    rate: f64,
    z: f64,
    low: f64,
    high: f64,
    above_double: f64,
    sure: bool,
    mean_cost: Option<i64>,
}

/// Ranks.
pub fn run(session: &Session, command: RankCommand, out: &mut Output) -> Result<Exit, CliError> {
    let RankCommand::Companies(args) = command;
    let desk = session.desk_to_read()?;
    let months = super::levers::months(session, &desk, args.from.as_deref(), args.to.as_deref())?;
    let cancel = AtomicBool::new(false);
    if args.warnings {
        return super::rank_more::warnings(session, &desk, months.to, &args, out);
    }
    let companies = progress::told(session, |hear| desk.company_years(months, Reading::new(&cancel, hear)))?;
    let ranking = rank_companies(&companies, options(session, &args)?);
    if args.profile {
        let found = desk.top_profile(months, &companies, &ranking, args.limit, &cancel)?;
        return super::rank_more::profile(session, &found, args.format, out);
    }
    if args.apart {
        return super::rank_more::apart(session, &ranking, &args, out);
    }
    if let Some(path) = &args.svg {
        super::svg::write(session, path, Over::of(args.force), &[funnel_chart(&ranking, &session.words)])?;
    }
    let shown = shown(&args, ranking.rows.len());
    if args.format == Format::Json {
        out.json(&ranking.rows[..shown].iter().map(json).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    if args.format == Format::Csv {
        out.list(&csv(&ranking, shown), Format::Csv)?;
        return Ok(Exit::Done);
    }
    let list = list(session, &ranking, shown);
    let head = [("from", months.from.to_string().into()), ("to", months.to.to_string().into())];
    let key = match ranking.options.basis {
        Basis::WorkerYears => "cli-rank-head",
        Basis::ExpectedByRiskGroup | Basis::ExpectedByBusinessGroup => "rank-head-index",
    };
    out.line(&session.say(key, &head))?;
    list_that_fits(session, &list, out)?;
    for note in &ranking.notes {
        out.line(&note.sentence(&session.words))?;
    }
    Ok(Exit::Done)
}

fn options(session: &Session, args: &RankArgs) -> Result<RankOptions, CliError> {
    let by = match args.by {
        RankBy::Npp => By::Npp,
        RankBy::Group => By::Group,
    };
    let basis = match args.basis {
        RankBasis::WorkerYears => Basis::WorkerYears,
        RankBasis::RiskGroup => Basis::ExpectedByRiskGroup,
        RankBasis::BusinessGroup => Basis::ExpectedByBusinessGroup,
    };
    Ok(RankOptions { which: which(session, args)?, by, basis })
}

/// Which accidents count.
pub fn which(session: &Session, args: &RankArgs) -> Result<Which, CliError> {
    match args.which.as_str() {
        "without-traffic" | "tanpa-lalu-lintas" => Ok(Which::WithoutTraffic),
        "all" | "semua" => Ok(Which::All),
        "traffic" | "lalu-lintas" => Ok(Which::Traffic),
        other => Err(session.usage("cli-bad-which", &[("text", other.into())])),
    }
}

/// How many of these lines are shown.
pub fn shown(args: &RankArgs, n: usize) -> usize {
    args.limit.unwrap_or(usize::MAX).min(n)
}

fn json(row: &RankRow) -> RankJson {
    RankJson {
        npp: row.npp.clone(),
        company: row.company.clone(),
        exposure: row.exposure,
        claims: row.claims,
        events: row.events,
        expected: row.expected,
        index: row.index,
        raw_rate: row.raw_rate,
        rate: row.rate,
        z: row.z,
        low: row.low,
        high: row.high,
        above_double: row.above_double,
        sure: row.sure,
        mean_cost: row.mean_cost_rupiah,
    }
}

fn list(session: &Session, ranking: &Ranking, shown: usize) -> List {
    let keys = [
        "npp", "company", "exposure", "claims", "expected", "index", "raw", "rate", "low", "high", "z",
        "sure",
    ];
    let headings = keys.iter().map(|key| session.words.text(&format!("cli-rank-{key}")));
    let mut list = List::new(headings).right(2..11).whole([0]).names([1]).spare(LEAST_WANTED);
    let lang = session.words.lang();
    // An index is a number around 1; a rate is told of a thousand workers.
    let per_thousand = |rate: f64| match ranking.options.basis {
        Basis::WorkerYears => decimal(rate * 1000.0, 1, lang),
        Basis::ExpectedByRiskGroup | Basis::ExpectedByBusinessGroup => decimal(rate, 2, lang),
    };
    for row in &ranking.rows[..shown] {
        let sure = if row.sure { "●".to_owned() } else { String::new() };
        list.push(vec![
            row.npp.clone(),
            row.company.clone(),
            decimal(row.exposure, 1, lang),
            row.claims.to_string(),
            decimal(row.expected, 1, lang),
            decimal(row.index, 2, lang),
            per_thousand(row.raw_rate),
            per_thousand(row.rate),
            per_thousand(row.low),
            per_thousand(row.high),
            decimal(row.z, 2, lang),
            sure,
        ]);
    }
    list
}

/// A list, and which of its columns had no room.
pub fn list_that_fits(session: &Session, list: &List, out: &mut Output) -> Result<(), CliError> {
    out.list(list, Format::Table)?;
    let left_out = out.left_out(list).join(", ");
    if left_out.is_empty() {
        return Ok(());
    }
    out.line(&session.say("rank-left-out", &[("columns", left_out.into())]))
}

/// For programs: the names of the JSON, rates a worker-year.
fn csv(ranking: &Ranking, shown: usize) -> List {
    let heads = [
        "npp", "company", "exposure", "claims", "events", "expected", "index", "raw_rate", "rate", "z",
        "low", "high", "sure",
    ];
    let mut list = List::new(heads.map(str::to_owned));
    for row in &ranking.rows[..shown] {
        list.push(vec![
            row.npp.clone(),
            row.company.clone(),
            row.exposure.to_string(),
            row.claims.to_string(),
            row.events.to_string(),
            row.expected.to_string(),
            row.index.to_string(),
            row.raw_rate.to_string(),
            row.rate.to_string(),
            row.z.to_string(),
            row.low.to_string(),
            row.high.to_string(),
            row.sure.to_string(),
        ]);
    }
    list
}
