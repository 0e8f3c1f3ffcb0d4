//! Clusters and the ranking of companies: runs, lists and profiles.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;

use crate::analysis::clustering::{Clustering, Groups, Method, Request, SecondOpinion};
use crate::analysis::features::{Level, PRESETS, Preset, default_preset};
use crate::analysis::scatter::{Scatter, scatter};
use crate::analysis::{Prepared, claim_table, company_table};
use crate::desk::cluster_text::{
    cluster_head, clustering_text, details, head, name_of, share, short_name_of, verdict_sentence,
};
use crate::desk::{DeskError, Months, write_file};
use crate::domain::query;
use crate::tui::cards::{ChartCard, ClusterCard};
use crate::tui::effect::{Answer, ListName, Subject};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::paint::wrap;
use crate::tui::panes::clusters_groups::NO_ROWS;
use crate::tui::table::{Cell, Row};
use crate::tui::theme::Tone;
use crate::words::{Value, Words, decimal};

use super::work::shown_path;
use super::{Bench, lists};

pub mod charts;
pub mod companies;
mod told;

/// Members of a group that its page lists.
const MOST_MEMBERS: usize = 300;
/// Rows that a picture of the groups shows at most: more than that no terminal has dots for.
const MOST_POINTS: usize = 2_000;
/// Columns of the lines above the groups: what fits a screen of 80.
const COLUMNS: u16 = 76;
/// Notes about claims and companies that a run leaves out.
const ROWS_LEFT_OUT: [&str; 2] = ["analysis-note-immature", "analysis-note-no-headcount"];

/// The last run, the last chart and the last ranking.
#[derive(Default)]
pub struct Held {
    run: Mutex<Last>,
    chart: Mutex<Option<ChartCard>>,
    ranking: Mutex<companies::HeldRanking>,
}

/// What came of the last run that was asked for.
#[derive(Clone, Default)]
enum Last {
    /// None was asked for yet.
    #[default]
    None,
    /// Groups.
    Groups(Arc<Run>),
    /// None, and why: the groups of an earlier run are not those of what is asked for now.
    Nothing(String),
}

impl Last {
    /// The groups, or why there are none.
    fn groups(self, words: &Words) -> Result<Arc<Run>, String> {
        match self {
            Last::Groups(run) => Ok(run),
            Last::Nothing(why) => Err(why),
            Last::None => Err(words.text("panes-work-no-run")),
        }
    }
}

/// A run with the names of its rows.
struct Run {
    found: Clustering,
    level: Level,
    ids: Vec<String>,
    /// What a picture shows of it: at most [`MOST_POINTS`] rows.
    scatter: Scatter,
}

impl Held {
    fn run(&self) -> MutexGuard<'_, Last> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn chart(&self) -> MutexGuard<'_, Option<ChartCard>> {
        self.chart.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ranking(&self) -> MutexGuard<'_, companies::HeldRanking> {
        self.ranking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Groups claims or companies by these parameters: `method`, `k`, `preset`, `seed`, `filter`.
pub fn run(bench: &Bench, asked: Vec<(String, String)>, context: &JobContext) -> Result<Answer, Trouble> {
    let value =
        |name: &str| asked.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let method = match value("method") {
        "kmeans" => Method::KMeans,
        "kprototypes" => Method::KPrototypes,
        _ => Method::KModes,
    };
    let groups = value("k").parse().map_or(Groups::Auto, Groups::Fixed);
    let request = Request {
        seed: value("seed").parse().unwrap_or(0),
        n_threads: 2,
        second_opinion: SecondOpinion::Ask,
        ..Request::new(method, groups)
    };
    let preset = preset_of(value("preset"), method);
    let today = bench.desk.today();
    let filter = query::parse(value("filter"), today)
        .map_err(|error| Trouble::Refused { text: refused(bench, value("filter"), &error), field: None })?;
    let prepared = prepared(bench, preset, &filter, today, context).map_err(|error| bench.trouble(error))?;
    let found = told::grouped(&prepared, request, context).map_err(|error| ungrouped(bench, error))?;
    context.check()?;
    let card = card(bench, &found, asked);
    let ids = prepared.table.ids().to_vec();
    let scatter = scatter(&prepared.table, &found.labels, MOST_POINTS, found.seed);
    context.check()?;
    *bench.clusters.run() = Last::Groups(Arc::new(Run { found, level: preset.level, ids, scatter }));
    Ok(Answer::Clusters(Box::new(card)))
}

/// Why there are no groups. Too little to group is said where the groups would stand.
fn ungrouped(bench: &Bench, error: DeskError) -> Trouble {
    match error {
        error @ (DeskError::Analysis { .. } | DeskError::Refused(_)) => {
            let text = error.sentence(&bench.words);
            *bench.clusters.run() = Last::Nothing(text.clone());
            Trouble::Refused { text, field: Some(NO_ROWS.to_owned()) }
        }
        other => bench.trouble(other),
    }
}

fn refused(bench: &Bench, filter: &str, error: &query::QueryError) -> String {
    let args = [
        ("found", Value::Text(error.found.clone())),
        ("nearest", Value::Text(error.nearest.clone().unwrap_or_default())),
        ("column", Value::Text(error.column(filter).to_string())),
    ];
    bench.words.format(&error.key(), &args)
}

fn preset_of(name: &str, method: Method) -> &'static Preset {
    let named = PRESETS.iter().find(|preset| preset.name == name);
    named.unwrap_or_else(|| default_preset(Level::Claim, method.takes()))
}

fn prepared(
    bench: &Bench,
    preset: &'static Preset,
    filter: &query::Expr,
    today: Date,
    context: &JobContext,
) -> Result<Prepared, DeskError> {
    let cancel = context.cancel_flag();
    Ok(match preset.level {
        Level::Claim => claim_table(&bench.desk.cases(filter, cancel)?, preset, today),
        Level::Company => {
            company_table(&bench.desk.company_years(Months::last_twelve(today), cancel)?, preset)
        }
    })
}

fn card(bench: &Bench, found: &Clustering, asked: Vec<(String, String)>) -> ClusterCard {
    let words = &bench.words;
    let mut lines = Vec::new();
    let mut say = |text: &str, tone: Tone| {
        lines.extend(wrap(text, COLUMNS).iter().map(|line| Line::toned(line, tone)));
    };
    if let Some(verdict) = verdict_sentence(found, words) {
        say(&verdict, Tone::Warn);
    }
    say(&head(found, words), Tone::Plain);
    say(&words.text("cluster-no-cause"), Tone::Dim);
    // Why there are fewer rows than claims is said beside their number.
    for note in found.notes.iter().filter(|note| ROWS_LEFT_OUT.contains(&note.key)) {
        say(&note.sentence(words), Tone::Dim);
    }
    let rows = found.clusters.iter().map(|cluster| {
        let silhouette = decimal(cluster.silhouette, 2, words.lang());
        Row {
            key: cluster.id.to_string(),
            cells: vec![
                Cell::new(&cluster.id.to_string()),
                Cell::new(&words.number(i64::try_from(cluster.size).unwrap_or(i64::MAX))),
                Cell::new(&share(cluster.share, words)),
                Cell::new(&cluster.money_share.map_or_else(String::new, |money| share(money, words))),
                Cell::new(&silhouette),
                Cell::new(&short_name_of(cluster, words)),
            ],
        }
    });
    ClusterCard { asked, head: lines, rows: rows.collect() }
}

fn last_run(bench: &Bench) -> Result<Arc<Run>, Trouble> {
    let last = bench.clusters.run().clone();
    last.groups(&bench.words).map_err(|text| Trouble::Refused { text, field: None })
}

/// Writes the last run as text.
pub fn write(bench: &Bench, path: &str) -> Result<Answer, Trouble> {
    let run = last_run(bench)?;
    let text = clustering_text(&run.found, &bench.words);
    write_file(Path::new(path), text.as_bytes()).map_err(|error| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
}

/// Columns of a group's claims in a file: what happened and how far it is, by the names of the list's columns.
const GROUP_COLUMNS: [&str; 9] =
    ["claim_no", "event_date", "npp", "company", "place", "type", "source", "body_part", "outcome"];

/// Writes the members of a group: claims as the list of claims does, companies by number and name.
pub fn write_group(bench: &Bench, id: u32, path: &str, context: &JobContext) -> Result<Answer, Trouble> {
    let run = last_run(bench)?;
    let wanted = usize::try_from(id).unwrap_or(0);
    let members = run.found.labels.iter().zip(&run.ids).filter(|(label, _)| **label == wanted);
    let keys: Vec<String> = members.map(|(_, member)| member.clone()).collect();
    let columns = GROUP_COLUMNS.map(str::to_owned);
    match run.level {
        Level::Claim => lists::write(bench, ListName::Claims, &columns, keys, path, context),
        Level::Company => {
            Err(Trouble::Refused { text: bench.words.text("insight-companies-file"), field: None })
        }
    }
}

/// What a group is like, and its members; Enter on a member leads to its record.
pub fn profile(bench: &Bench, id: u32, context: &JobContext) -> Result<Answer, Trouble> {
    let run = last_run(bench)?;
    let wanted = usize::try_from(id).unwrap_or(0);
    let cluster = run.found.clusters.iter().find(|cluster| cluster.id == wanted);
    let Some(cluster) = cluster else {
        return Err(Trouble::Failed { text: bench.words.text("panes-work-no-run") });
    };
    let words = &bench.words;
    let mut lines = vec![Line::toned(&cluster_head(cluster, words), Tone::Heading)];
    let mut say = |text: &str, tone: Tone| {
        lines.extend(wrap(text, COLUMNS).iter().map(|line| Line::toned(line, tone)));
    };
    for detail in details(run.found.method, cluster, words) {
        say(&detail, Tone::Plain);
    }
    say(&words.text("cluster-no-cause"), Tone::Dim);
    for note in &run.found.notes {
        say(&note.sentence(words), Tone::Dim);
    }
    let args = [("n", Value::from(cluster.size)), ("shown", cluster.size.min(MOST_MEMBERS).into())];
    lines.push(Line::section(&words.format("panes-work-members", &args)));
    let members = run.found.labels.iter().zip(&run.ids).filter(|(label, _)| **label == wanted);
    for (_, member) in members.take(MOST_MEMBERS) {
        context.check()?;
        lines.push(match run.level {
            Level::Claim => claim_line(bench, member),
            Level::Company => companies::member_line(bench, member),
        });
    }
    let args = [("id", Value::from(cluster.id)), ("name", name_of(cluster, words).into())];
    let title = words.format("panes-work-cluster-title", &args);
    Ok(Answer::Page { subject: Subject::Cluster(id), page: Page { title, lines } })
}

fn claim_line(bench: &Bench, claim_no: &str) -> Line {
    let line = Line::text(&format!("{claim_no:<14} "));
    let line = match bench.desk.find_claim(claim_no) {
        Ok(claim) => {
            let outcome =
                claim.outcome().map_or_else(String::new, |outcome| bench.words.text(&outcome.key()));
            let date = crate::base::calendar::slashed(claim.basics.event_date);
            line.then(&format!("{date}  "), Tone::Dim)
                .then_personal(&claim.basics.worker.name, Tone::Plain)
                .then(&format!("  {}  {outcome}", claim.company_name()), Tone::Dim)
        }
        Err(_) => line,
    };
    line.leading_to(format!("claim {claim_no}"))
}
