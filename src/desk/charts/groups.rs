//! A clustering as charts: the curves that choose k, the rows as points, the profile of a group.

use crate::analysis::clustering::Clustering;
use crate::analysis::quality::{KRow, STABLE};
use crate::analysis::scatter::Scatter;
use crate::analysis::summary::ClusterSummary;
use crate::analysis::table::Role;
use crate::desk::cluster_text::{feature_name, name_of, said_value};
use crate::report::chart::{Across, Axis, Bounds, Chart, Draw, Hue, Point, Rule, Series, Unit};
use crate::words::{Words, decimal};

/// Groups with a look of their own.
const MOST_LOOKS: usize = 12;

/// Cost, silhouette, gap and stability by k; nothing when k was not chosen.
pub fn choice_charts(found: &Clustering, words: &Words) -> Vec<Chart> {
    let Some(choice) = &found.choice else { return Vec::new() };
    let curve = |key: &str, of: &dyn Fn(&KRow) -> Option<f64>, error: &dyn Fn(&KRow) -> f64| {
        let value = |row: &KRow| Some((row.k as f64, of(row)?, error(row)));
        let values: Vec<(f64, f64, f64)> = choice.rows.iter().filter_map(value).collect();
        let points = values.iter().map(|(k, value, _)| Point::at(*k, *value)).collect();
        let mut series = Series::new(String::new(), Draw::Line, Hue::Own(0), points);
        let bounds = values.iter().filter(|(_, _, error)| *error > 0.0);
        series.band = bounds
            .map(|(k, value, error)| Bounds { x: *k, low: value - error, high: value + error })
            .collect();
        Chart {
            title: words.text(&format!("charts-k-{key}")),
            note: words.text(&format!("charts-k-{key}-note")),
            x: Axis::new("k".to_owned(), Unit::Count),
            y: Axis::default(),
            series: vec![series],
            rules: vec![Rule { axis: Across::X, at: found.k as f64, label: words.text("charts-k-chosen") }],
        }
    };
    let none = |_: &KRow| 0.0;
    let mut stability = curve("stability", &|row| row.stability, &none);
    stability.rules.push(Rule { axis: Across::Y, at: STABLE, label: decimal(STABLE, 1, words.lang()) });
    stability.y.to = Some(1.0);
    vec![
        curve("cost", &|row| Some(row.cost), &none),
        curve("silhouette", &|row| row.silhouette, &none),
        curve("gap", &|row| Some(row.gap), &|row| row.gap_error),
        stability,
    ]
}

/// How many pairs of two numbers a scatter can show, beside the components.
pub fn n_pairs(scatter: &Scatter) -> usize {
    scatter.numbers.len() * scatter.numbers.len().saturating_sub(1) / 2
}

/// The rows as points: by their components, or by the `pair`-th pair of their numbers.
pub fn scatter_chart(found: &Clustering, scatter: &Scatter, pair: Option<usize>, words: &Words) -> Chart {
    let chosen = pair.and_then(|pair| pair_of(scatter.numbers.len(), pair));
    let (x, y) = match chosen {
        Some((one, other)) => {
            let axis = |idx: usize| Axis::new(feature_name(&scatter.numbers[idx].0, words), Unit::Number);
            (axis(one), axis(other))
        }
        None => {
            let axis = |key: &str, idx: usize| {
                let share = format!("{:.0}", scatter.explained[idx] * 100.0);
                Axis::new(words.format(key, &[("share", share.into())]), Unit::Number)
            };
            (axis("charts-component-1", 0), axis("charts-component-2", 1))
        }
    };
    let place = |row: usize| match chosen {
        Some((one, other)) => (scatter.numbers[one].1[row], scatter.numbers[other].1[row]),
        None => (scatter.places[row][0], scatter.places[row][1]),
    };
    let series = found.clusters.iter().map(|cluster| {
        let own = (0..scatter.labels.len()).filter(|row| scatter.labels[*row] == cluster.id);
        let point =
            |row: usize| Point { label: Some(scatter.ids[row].clone()), x: place(row).0, y: place(row).1 };
        let hue = if cluster.id <= MOST_LOOKS { Hue::Own(cluster.id - 1) } else { Hue::Quiet };
        Series::new(cluster.id.to_string(), Draw::Points, hue, own.map(point).collect())
    });
    let args = [
        ("shown", scatter.labels.len().into()),
        ("rows", scatter.n_rows.into()),
        ("seed", found.seed.to_string().into()),
    ];
    Chart {
        title: words.text("charts-scatter"),
        note: words.format("charts-scatter-note", &args),
        x,
        y,
        series: series.collect(),
        rules: Vec::new(),
    }
}

/// What a group is like against all: its numbers by their deviation, its most frequent values by their share.
pub fn profile_charts(found: &Clustering, cluster: &ClusterSummary, words: &Words) -> Vec<Chart> {
    let args = [
        ("id", cluster.id.into()),
        ("of", found.clusters.len().into()),
        ("name", name_of(cluster, words).into()),
    ];
    let title = words.format("charts-profile", &args);
    let entered = |role: Role| if role == Role::Feature { "" } else { " ·" };
    let mut charts = Vec::new();
    if !cluster.numbers.is_empty() {
        let names = cluster.numbers.iter().map(|n| feature_name(&n.name, words) + entered(n.role)).collect();
        let lengths: Vec<f64> = cluster.numbers.iter().map(|number| number.difference).collect();
        charts.push(Chart {
            title: title.clone(),
            note: words.text("charts-profile-numbers"),
            x: Axis::new(words.text("charts-deviations"), Unit::Number),
            y: Axis::of_names(names),
            series: vec![Series::bars(String::new(), Hue::Own(0), &lengths)],
            rules: Vec::new(),
        });
    }
    if !cluster.categories.is_empty() {
        let named = |category: &crate::analysis::summary::CategoryProfile| {
            let value = said_value(&category.name, &category.dominant, words);
            format!("{}: {value}{}", feature_name(&category.name, words), entered(category.role))
        };
        let here: Vec<f64> = cluster.categories.iter().map(|category| category.share).collect();
        let all = cluster
            .categories
            .iter()
            .map(|category| category.lift.map_or(f64::NAN, |lift| category.share / lift));
        charts.push(Chart {
            title,
            note: words.text("charts-profile-categories"),
            x: Axis { to: Some(1.0), ..Axis::new(words.text("charts-share"), Unit::Share).from_zero() },
            y: Axis::of_names(cluster.categories.iter().map(named).collect()),
            series: vec![
                Series::bars(words.text("charts-here"), Hue::Own(0), &here),
                Series::bars(words.text("charts-all"), Hue::Quiet, &all.collect::<Vec<_>>()),
            ],
            rules: Vec::new(),
        });
    }
    charts
}

/// The two numbers of a pair, in the order 0-1, 0-2, 1-2, 0-3 and so on.
fn pair_of(n_numbers: usize, pair: usize) -> Option<(usize, usize)> {
    let pairs = (1..n_numbers).flat_map(|other| (0..other).map(move |one| (one, other)));
    pairs.into_iter().nth(pair)
}
