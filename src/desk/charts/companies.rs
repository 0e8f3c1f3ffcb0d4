//! The ranking of companies as a funnel plot (Spiegelhalter 2005): rates by exposure, with what chance alone would do.

use crate::analysis::Ranking;
use crate::analysis::rates::RankRow;
use crate::report::chart::{Across, Axis, Chart, Draw, Hue, Point, Rule, Series, Unit};
use crate::words::{Words, percent};

/// Companies drawn at most; those that are surely above the rest always are.
const MOST_POINTS: usize = 2_000;
/// Places at which the limits are drawn at most.
const MOST_PLACES: usize = 200;
/// Rates are shown by this many workers.
const WORKERS: f64 = 1_000.0;

/// The funnel.
pub fn funnel_chart(ranking: &Ranking, words: &Words) -> Chart {
    let mut rows: Vec<&RankRow> = ranking.rows.iter().filter(|row| row.exposure > 0.0).collect();
    rows.sort_by(|one, other| one.exposure.total_cmp(&other.exposure).then_with(|| one.npp.cmp(&other.npp)));
    let limits = |name: &str, hue: Hue, of: fn(&RankRow) -> f64| {
        let every = rows.len().div_ceil(MOST_PLACES).max(1);
        let points = rows.iter().step_by(every).chain(rows.last());
        let points = points.map(|row| Point::at(row.exposure, of(row) * WORKERS)).collect();
        Series::new(name.to_owned(), Draw::Line, hue, points)
    };
    let point = |row: &&RankRow| Point {
        x: row.exposure,
        y: row.raw_rate * WORKERS,
        label: Some(row.company.clone()),
    };
    let (sure, others): (Vec<&RankRow>, Vec<&RankRow>) = rows.iter().partition(|row| row.sure);
    let every = others.len().div_ceil(MOST_POINTS).max(1);
    Chart {
        title: words.text("charts-funnel"),
        note: words.text("charts-funnel-note"),
        x: Axis::new(words.text("charts-exposure"), Unit::Number).log(),
        y: Axis {
            to: top(&rows, ranking.overall),
            ..Axis::new(words.text("charts-rate"), Unit::Number).from_zero()
        },
        series: vec![
            limits(&percent(0.95, 0, words.lang()), Hue::Quiet, |row| row.funnel_95.high),
            limits("", Hue::Quiet, |row| row.funnel_95.low),
            limits(&percent(0.998, 1, words.lang()), Hue::Faint, |row| row.funnel_998.high),
            limits("", Hue::Faint, |row| row.funnel_998.low),
            Series::new(
                words.text("charts-company"),
                Draw::Points,
                Hue::Own(0),
                others.iter().step_by(every).map(point).collect(),
            ),
            Series::new(
                words.text("charts-sure"),
                Draw::Points,
                Hue::Alarm,
                sure.iter().map(point).collect(),
            ),
        ],
        rules: vec![Rule {
            axis: Across::Y,
            at: ranking.overall * WORKERS,
            label: words.text("charts-overall"),
        }],
    }
}

/// The highest rate that has room: a handful of companies with half a worker would press all others flat. What is higher
/// stands at the edge.
fn top(rows: &[&RankRow], overall: f64) -> Option<f64> {
    let mut rates: Vec<f64> = rows.iter().map(|row| row.raw_rate).collect();
    rates.sort_by(f64::total_cmp);
    let most = *rates.get(rates.len().saturating_sub(1) * 49 / 50)?;
    let sure = rows.iter().filter(|row| row.sure).map(|row| row.raw_rate);
    let top = sure.fold(most, f64::max).max(overall * 2.0).min(overall * 20.0);
    (top > 0.0).then_some(top * 1.05 * WORKERS)
}
