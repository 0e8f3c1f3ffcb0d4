//! `santun cluster`: groups of claims, of companies, or of any CSV file.

use std::sync::atomic::AtomicBool;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::analysis::clustering::{Clustering, Engine, Groups, Method as Grouping, Request, SecondOpinion};
use crate::analysis::input::{InputChoice, InputError, Missing, has_numbers, table_from_texts};
use crate::analysis::prepare::{Coding, Scale};
use crate::analysis::scatter::scatter;
use crate::analysis::summary::{CentreValue, ClusterSummary};
use crate::analysis::table::TableError;
use crate::analysis::{Prepared, Progress, Watch};
use crate::cli::args::{ChartName, ClusterArgs, EngineName, Format, Method, MissingName, ScaleName, Subject};
use crate::cli::ask;
use crate::cli::commands::report::Over;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::progress;
use crate::cli::session::Session;
use crate::desk::charts::{choice_charts, profile_charts, scatter_chart};
use crate::desk::{Reading, cluster_text, insight, program_path, read_table};
use crate::report::chart::Chart;
use crate::words::Words;

/// Groups what was asked for.
pub fn run(session: &Session, args: &ClusterArgs, out: &mut Output) -> Result<Exit, CliError> {
    let request = request(session, args)?;
    refuse_what_does_not_fit(session, args)?;
    if args.consensus {
        return super::cluster_consensus::run(session, args, request, out);
    }
    if let Some(against) = &args.against {
        return super::cluster_compare::run(session, args, against, request, out);
    }
    let cancel = AtomicBool::new(false);
    let preset = args.preset.as_deref();
    let (request, file) = match &args.input {
        Some(path) => {
            let (method, prepared) = from_file(session, args, path, request.method)?;
            (with_method(request, method), Some(prepared))
        }
        None => (request, None),
    };
    let prepared = match (file, args.subject) {
        (Some(prepared), _) => prepared,
        (None, Some(Subject::Companies)) => {
            session.desk_to_read()?.prepared_companies(preset, request, &cancel)?
        }
        (None, _) => {
            let desk = session.desk_to_read()?;
            let filter = ask::filter(session, &args.filter, desk.today())?;
            progress::told(session, |hear| {
                desk.prepared_claims(&filter, preset, request, Reading::new(&cancel, hear))
            })?
        }
    };
    let found = progress::told(session, |hear| {
        insight::run(&prepared, request, Watch::new(&cancel, &|at: Progress| hear(at.permille(), 1_000)))
    })?;
    if let Some(path) = &args.svg {
        let charts = charts(session, args, &found, &prepared)?;
        super::svg::write(session, path, Over::of(args.force), &charts)?;
    }
    if let Some(id) = args.group {
        return super::cluster_group::run(session, args, &found, prepared.table.ids(), id, out);
    }
    match args.format {
        Format::Json => out.json(&to_json(&found, args.labels, &session.words))?,
        Format::Csv => labels_csv(&found, prepared.table.ids(), args, out)?,
        Format::Table => table(session, &found, out)?,
    }
    Ok(Exit::Done)
}

fn with_method(request: Request, method: Grouping) -> Request {
    let second_opinion =
        if method == Grouping::KMeans { request.second_opinion } else { SecondOpinion::Skip };
    Request { method, second_opinion, ..request }
}

/// Some options are of claims alone: with companies they would be an answer to something else.
fn refuse_what_does_not_fit(session: &Session, args: &ClusterArgs) -> Result<(), CliError> {
    let is_of_companies = args.subject == Some(Subject::Companies);
    let of_claims = [
        ("--consensus", args.consensus),
        ("--against", args.against.is_some()),
        ("--where", !args.filter.is_empty()),
    ];
    if let Some((option, _)) = of_claims.iter().find(|(_, is_given)| is_of_companies && *is_given) {
        return Err(session.usage("cli-claims-only", &[("option", (*option).into())]));
    }
    Ok(())
}

/// Rows that a picture shows at most.
const MOST_POINTS: usize = 2_000;

fn charts(
    session: &Session,
    args: &ClusterArgs,
    found: &Clustering,
    prepared: &Prepared,
) -> Result<Vec<Chart>, CliError> {
    let words = &session.words;
    let own = if args.group.is_some() { ChartName::Profile } else { ChartName::Scatter };
    let charts = match args.chart.unwrap_or(own) {
        ChartName::Scatter => {
            let scatter = scatter(&prepared.table, &found.labels, MOST_POINTS, found.seed);
            vec![scatter_chart(found, &scatter, None, words)]
        }
        ChartName::Choice => choice_charts(found, words),
        ChartName::Profile => {
            let wanted = args.group.unwrap_or(1);
            let cluster = found.clusters.iter().find(|cluster| cluster.id == wanted);
            cluster.map_or_else(Vec::new, |cluster| profile_charts(found, cluster, words))
        }
    };
    if charts.is_empty() {
        return Err(session.usage("charts-none", &[]));
    }
    Ok(charts)
}

fn request(session: &Session, args: &ClusterArgs) -> Result<Request, CliError> {
    let companies = args.subject == Some(Subject::Companies);
    let method = match args.method {
        Some(Method::KMeans) => Grouping::KMeans,
        Some(Method::KModes) => Grouping::KModes,
        Some(Method::KPrototypes) => Grouping::KPrototypes,
        None if companies || args.input.is_some() || args.engine == EngineName::Linfa => Grouping::KMeans,
        None => Grouping::KModes,
    };
    let groups = match args.k.as_str() {
        "auto" => Groups::Auto,
        text => {
            let k = text.parse().ok().filter(|k| (1..=64).contains(k));
            Groups::Fixed(k.ok_or_else(|| session.usage("cli-bad-k", &[("text", text.into())]))?)
        }
    };
    let input = args.input.is_some();
    Ok(Request {
        engine: if args.engine == EngineName::Linfa { Engine::Linfa } else { Engine::Own },
        seed: args.seed,
        n_runs: args.runs.max(1),
        scale: if args.scale == ScaleName::None { Scale::None } else { Scale::Standard },
        coding: if input { Coding::AsIs } else { Coding::Grouped },
        second_opinion: if method == Grouping::KMeans && args.engine == EngineName::Own {
            SecondOpinion::Ask
        } else {
            SecondOpinion::Skip
        },
        gamma: gamma(session, args, method)?,
        n_threads: 2,
        ..Request::new(method, groups)
    })
}

/// γ belongs to k-prototypes alone; elsewhere it would be passed over in silence.
fn gamma(session: &Session, args: &ClusterArgs, method: Grouping) -> Result<Option<f64>, CliError> {
    let Some(text) = &args.gamma else { return Ok(None) };
    let gamma = text.parse().ok().filter(|gamma: &f64| *gamma >= 0.0 && gamma.is_finite());
    match gamma {
        Some(_) if method != Grouping::KPrototypes => Err(session.usage("cli-gamma-method", &[])),
        Some(gamma) => Ok(Some(gamma)),
        None => Err(session.usage("cli-bad-gamma", &[("text", text.into())])),
    }
}

fn from_file(
    session: &Session,
    args: &ClusterArgs,
    path: &std::path::Path,
    method: Grouping,
) -> Result<(Grouping, Prepared), CliError> {
    let (heads, rows) = read_table(path, &program_path()?).map_err(CliError::File)?;
    let choice = InputChoice {
        columns: args.columns.clone(),
        drop: args.drop.clone(),
        log: args.log.clone(),
        missing: match args.missing {
            MissingName::Category => Missing::Category,
            MissingName::Median => Missing::Median,
            MissingName::Drop => Missing::Drop,
        },
    };
    let refused = |error: InputError| unfit(session, &error);
    // What was not said follows from the file: without numbers there are only categories to group.
    let is_free = args.method.is_none() && args.engine == EngineName::Own && !rows.is_empty();
    let method = if is_free && !has_numbers(&heads, &rows, &choice).map_err(refused)? {
        Grouping::KModes
    } else {
        method
    };
    let (table, notes) = table_from_texts(&heads, &rows, &choice, method.takes()).map_err(refused)?;
    Ok((method, Prepared::plain(table, notes)))
}

/// Why a file's columns cannot be grouped.
fn unfit(session: &Session, error: &InputError) -> CliError {
    let (key, args) = match error {
        InputError::UnknownColumn(column) => ("input-no-column", [("column", column.into())]),
        InputError::RaggedRow(row) => ("input-ragged", [("row", (*row).into())]),
        InputError::Table(TableError::Twice(column)) => ("input-twice", [("column", column.into())]),
        InputError::Table(other) => ("cli-bad-input", [("reason", other.to_string().into())]),
    };
    session.usage(key, &args)
}

/// The stable JSON shape of a clustering.
fn to_json(found: &Clustering, labels: bool, words: &Words) -> Value {
    let mut value = json!({
        "method": found.method.name(),
        "k": found.k,
        "seed": found.seed,
        "runs": found.runs,
        "rows": found.rows,
        "columns": found.columns,
        "cost": found.cost,
        "iterations": found.iterations,
        "scores": scores(found),
        "clusters": found.clusters.iter().map(|cluster| cluster_json(found.method, cluster, words)).collect::<Vec<_>>(),
    });
    if labels {
        value["labels"] = json!(found.labels);
    }
    value
}

fn scores(found: &Clustering) -> Value {
    let clear = found.verdict.map(|verdict| verdict == crate::analysis::quality::Verdict::Groups);
    json!({
        "silhouette": found.scores.silhouette,
        "stability": found.scores.stability,
        "second_opinion_cost": found.scores.second_cost,
        "gamma": found.parts.map(|parts| parts.gamma),
        "share_of_numbers": found.parts.map(|parts| parts.numbers),
        "clear_groups": clear,
    })
}

pub fn cluster_json(method: Grouping, cluster: &ClusterSummary, words: &Words) -> Value {
    let mut centre = Map::new();
    for (name, value) in &cluster.centre.0 {
        let value = match value {
            CentreValue::Number { value, .. } => json!(value),
            CentreValue::Category(label) => json!(label.text(words)),
        };
        centre.insert(name.clone(), value);
    }
    let mut value = json!({
        "id": cluster.id,
        "size": cluster.size,
        "share": cluster.share,
        "profile": Profile::of(cluster),
    });
    let key = if method == Grouping::KModes { "mode" } else { "centre" };
    value[key] = Value::Object(centre);
    value
}

#[derive(Debug, Serialize)]
struct Profile {
    money_share: Option<f64>,
    frequency_index: Option<f64>,
    severity_index: Option<f64>,
    recovered: Option<f64>,
    under_treatment: Option<f64>,
    silhouette: f64,
    stability: Option<f64>,
    representatives: Vec<String>,
    numbers: Vec<NumberJson>,
    categories: Vec<CategoryJson>,
}

#[derive(Debug, Serialize)]
struct NumberJson {
    name: String,
    mean: f64,
    median: f64,
    p90: f64,
    difference: f64,
}

#[derive(Debug, Serialize)]
struct CategoryJson {
    name: String,
    dominant: String,
    share: f64,
    lift: Option<f64>,
}

impl Profile {
    fn of(cluster: &ClusterSummary) -> Profile {
        Profile {
            money_share: cluster.money_share,
            frequency_index: cluster.frequency_index,
            severity_index: cluster.severity_index,
            recovered: cluster.recovered.map(|interval| interval.share),
            under_treatment: cluster.under_treatment.map(|interval| interval.share),
            silhouette: cluster.silhouette,
            stability: cluster.stability,
            representatives: cluster.representatives.clone(),
            numbers: cluster
                .numbers
                .iter()
                .map(|number| NumberJson {
                    name: number.name.clone(),
                    mean: number.mean,
                    median: number.median,
                    p90: number.p90,
                    difference: number.difference,
                })
                .collect(),
            categories: cluster
                .categories
                .iter()
                .map(|category| CategoryJson {
                    name: category.name.clone(),
                    dominant: category.dominant.clone(),
                    share: category.share,
                    lift: category.lift,
                })
                .collect(),
        }
    }
}

/// The label of each row, for spreadsheets. Rows of a file have their number in it, also where others were left out.
fn labels_csv(
    found: &Clustering,
    ids: &[String],
    args: &ClusterArgs,
    out: &mut Output,
) -> Result<(), CliError> {
    let mut list = List::new(["row".to_owned(), "cluster".to_owned()]);
    for (row, (label, id)) in found.labels.iter().zip(ids).enumerate() {
        let row = if args.input.is_some() { id.clone() } else { (row + 1).to_string() };
        list.push(vec![row, label.to_string()]);
    }
    out.list(&list, Format::Csv)
}

fn table(session: &Session, found: &Clustering, out: &mut Output) -> Result<(), CliError> {
    let text = cluster_text::clustering_text(found, &session.words);
    out.page(&text)
}
