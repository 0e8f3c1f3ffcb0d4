//! The charts of the last run, of the ranking, and of the course of cases.

use std::path::Path;
use std::sync::Arc;

use crate::desk::charts::{
    choice_charts, course_chart, funnel_chart, n_pairs, profile_charts, scatter_chart,
};
use crate::desk::course::{CourseBy, CourseReport, CourseWish};
use crate::desk::course_text::{gaps, head};
use crate::desk::{Reading, write_file};
use crate::domain::query;
use crate::report::chart::Chart;
use crate::report::render::chart::{Size, charts_svg};
use crate::tui::cards::ChartCard;
use crate::tui::effect::{Answer, ChartAsk, ChartKind};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::perform::Bench;
use crate::tui::perform::work::shown_path;

use super::told::told;
use super::{companies, last_run, refused};

/// Days that the chart of the course shows.
const HORIZON: i32 = 730;
/// Facilities, companies and the like that are compared.
const MOST_GROUPS: usize = 6;

/// Makes the chart.
pub fn card(bench: &Bench, asked: ChartAsk, context: &JobContext) -> Result<Answer, Trouble> {
    let (charts, n_variants) = made(bench, &asked, context)?;
    let card = ChartCard { asked, charts: charts.into(), n_variants };
    *bench.clusters.chart() = Some(card.clone());
    Ok(Answer::Chart(Box::new(card)))
}

/// Writes the chart as SVG: the one that is seen, not one of what the books have become since.
pub fn write(bench: &Bench, asked: &ChartAsk, path: &str, context: &JobContext) -> Result<Answer, Trouble> {
    let seen = bench
        .clusters
        .chart()
        .as_ref()
        .filter(|card| card.asked == *asked)
        .map(|card| Arc::clone(&card.charts));
    let charts = match seen {
        Some(charts) => charts,
        None => made(bench, asked, context)?.0.into(),
    };
    let svg = charts_svg(&charts, Size::default(), &bench.words);
    write_file(Path::new(path), svg.as_bytes()).map_err(|error| bench.trouble(error))?;
    Ok(Answer::Exported { file: shown_path(path) })
}

/// The charts, and how many variants there are.
fn made(bench: &Bench, asked: &ChartAsk, context: &JobContext) -> Result<(Vec<Chart>, usize), Trouble> {
    let words = &bench.words;
    match asked.kind {
        ChartKind::Choice => {
            let charts = choice_charts(&last_run(bench)?.found, words);
            if charts.is_empty() { Err(nothing(bench, "charts-no-choice")) } else { Ok((charts, 1)) }
        }
        ChartKind::Scatter => {
            let run = last_run(bench)?;
            let n_variants = 1 + n_pairs(&run.scatter);
            let chart = scatter_chart(&run.found, &run.scatter, asked.variant.checked_sub(1), words);
            Ok((vec![chart], n_variants))
        }
        ChartKind::Profile => {
            let run = last_run(bench)?;
            let n_groups = run.found.clusters.len();
            let cluster = run.found.clusters.get(asked.variant.min(n_groups.saturating_sub(1)));
            let cluster = cluster.ok_or_else(|| nothing(bench, "panes-work-no-run"))?;
            Ok((profile_charts(&run.found, cluster, words), n_groups))
        }
        ChartKind::Funnel => {
            let choices = companies::CHOICES;
            let ranking = companies::ranking(bench, choices[asked.variant % choices.len()], context)?;
            let mut chart = funnel_chart(&ranking, words);
            let which = words.text(
                ["panes-work-rank-without", "panes-work-rank-all", "panes-work-rank-traffic"]
                    [asked.variant % 3],
            );
            chart.title = which;
            Ok((vec![chart], choices.len()))
        }
        ChartKind::Course => {
            let report = course(bench, asked, context)?;
            let mut chart = course_chart(&report, 0, HORIZON, words);
            if gaps(&report, words).is_none() {
                chart.note = head(&report, words);
            }
            Ok((vec![chart], 1 + CourseBy::ALL.len()))
        }
    }
}

fn course(bench: &Bench, asked: &ChartAsk, context: &JobContext) -> Result<CourseReport, Trouble> {
    let filter = query::parse(&asked.filter, bench.desk.today())
        .map_err(|error| Trouble::Refused { text: refused(bench, &asked.filter, &error), field: None })?;
    let by = asked.variant.checked_sub(1).and_then(|place| CourseBy::ALL.get(place)).copied();
    let wish = CourseWish { by, most_groups: MOST_GROUPS, ..CourseWish::default() };
    let cancel = context.cancel_flag();
    let report = told(context, |hear| bench.desk.course(&filter, wish, Reading::new(cancel, hear)));
    let report = report.map_err(|error| bench.trouble(error))?;
    context.check()?;
    Ok(report)
}

fn nothing(bench: &Bench, key: &str) -> Trouble {
    Trouble::Refused { text: bench.words.text(key), field: None }
}
