//! What a cluster is like, told so that a clerk can check it: sizes, typical numbers, what is more frequent
//! than elsewhere, and three real rows.
//!
//! Money is described but never names a cluster.

use super::cases::{Course, Prepared};
use super::prepare::{Label, Transform, present_sorted, quantile};
use super::rates::{Interval, wilson};
use super::table::{CategoryColumn, MISSING, NumberColumn, Role, Unit};

/// One value of a centre.
#[derive(Clone, Debug, PartialEq)]
pub enum CentreValue {
    /// The middle of a number, in its own units.
    Number {
        /// The value; for a column that tells missing values, their share.
        value: f64,
        /// How the column was prepared.
        missing: Transform,
    },
    /// The most frequent category.
    Category(Label),
}

/// A mean or mode: a value for each column that entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre(
    /// Column name and value.
    pub Vec<(String, CentreValue)>,
);

/// One number in a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberProfile {
    /// Column name.
    pub name: String,
    /// Whether it entered the clustering.
    pub role: Role,
    /// What a step means.
    pub unit: Unit,
    /// Rows that have the value.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// The value nine of ten rows stay below.
    pub p90: f64,
    /// (mean here − mean of all) / population deviation of all.
    pub difference: f64,
}

/// One category in a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryProfile {
    /// Column name.
    pub name: String,
    /// Whether it entered the clustering.
    pub role: Role,
    /// The most frequent value.
    pub dominant: String,
    /// Rows with it.
    pub n: usize,
    /// Their share of the rows whose value is known.
    pub share: f64,
    /// How many times as frequent as among all rows.
    pub ratio: f64,
    /// The same, as it may be told; none under thirty cases.
    pub lift: Option<f64>,
}

/// What a cluster's name is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Trait {
    /// A value that is more frequent than elsewhere.
    Category {
        /// Column name.
        name: String,
        /// The value.
        label: String,
        /// How many times as frequent.
        lift: f64,
    },
    /// A number above that of the others.
    High {
        /// Column name.
        name: String,
        /// The standardised difference.
        difference: f64,
    },
    /// A number below that of the others.
    Low {
        /// Column name.
        name: String,
        /// The standardised difference.
        difference: f64,
    },
}

/// One cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterSummary {
    /// Its number, from 1, the largest first.
    pub id: usize,
    /// Rows.
    pub size: usize,
    /// Share of all rows.
    pub share: f64,
    /// Share of the weight, when rows do not count alike.
    pub weight_share: Option<f64>,
    /// Share of the money, when the table knows it.
    pub money_share: Option<f64>,
    /// Mean or mode.
    pub centre: Centre,
    /// The two or three strongest traits; none when nothing stands out.
    pub name: Vec<Trait>,
    /// Every number, whether it entered or not.
    pub numbers: Vec<NumberProfile>,
    /// Every category, whether it entered or not.
    pub categories: Vec<CategoryProfile>,
    /// Claims per worker-year against all, 100 as all; companies only.
    pub frequency_index: Option<f64>,
    /// Mean cost of a case against all, 100 as all; finished cases only.
    pub severity_index: Option<f64>,
    /// Share of the cases that recovered.
    pub recovered: Option<Interval>,
    /// Share of the cases under treatment.
    pub under_treatment: Option<Interval>,
    /// Ids of up to three rows nearest to the centre.
    pub representatives: Vec<String>,
    /// Mean silhouette of its rows.
    pub silhouette: f64,
    /// How well bootstrap samples find it again ([`Stability`](super::quality::Stability)); none without full checks.
    pub stability: Option<f64>,
}

/// What the clusters are described from.
pub(super) struct Description<'a> {
    pub(super) prepared: &'a Prepared,
    /// Cluster of each row, from 0, in the order of the summaries.
    pub(super) labels: &'a [usize],
    /// Distance of each row from its centre.
    pub(super) distances: &'a [f64],
    /// Mean silhouette of each cluster.
    pub(super) silhouettes: &'a [f64],
    /// How well bootstrap samples find each cluster again.
    pub(super) overlaps: &'a [Option<f64>],
}

/// A lift is told only of at least this many cases, or rare values would top the list.
const LEAST_CASES: usize = 30;

/// A value that entered the clustering names a small group from so many rows on: what it is made of, no finding.
const LEAST_ALIKE: usize = 5;

/// A trait names a cluster only from this strength on: ln of the lift, or the standardised difference.
const LEAST_STRENGTH: f64 = 0.25;

/// Nor does a value that fewer than this share of its rows have, however rare it is elsewhere.
const LEAST_SHARE: f64 = 0.2;

const MOST_TRAITS: usize = 3;
const MOST_REPRESENTATIVES: usize = 3;

/// Describes each cluster; `centres` in the order of the labels.
pub(super) fn summarise(description: &Description<'_>, centres: Vec<Centre>) -> Vec<ClusterSummary> {
    let mut members = vec![Vec::new(); centres.len()];
    for (row, &label) in description.labels.iter().enumerate() {
        members[label].push(row);
    }
    centres
        .into_iter()
        .zip(&members)
        .enumerate()
        .map(|(at, (centre, rows))| summary(description, at + 1, centre, rows))
        .collect()
}

fn summary(description: &Description<'_>, id: usize, centre: Centre, rows: &[usize]) -> ClusterSummary {
    let table = &description.prepared.table;
    let numbers: Vec<NumberProfile> =
        table.numbers().iter().filter_map(|column| number_profile(column, rows)).collect();
    let categories: Vec<CategoryProfile> =
        table.categories().iter().filter_map(|column| category_profile(column, rows)).collect();
    let share_of = |values: &[f64]| {
        let all: f64 = values.iter().sum();
        (all > 0.0).then(|| rows.iter().map(|&row| values[row]).sum::<f64>() / all)
    };
    let money = table.money().map(|money| money.iter().map(|&rupiah| rupiah as f64).collect::<Vec<_>>());
    let course = |wanted: Course| {
        let known = rows.iter().filter_map(|&row| description.prepared.courses.get(row).copied().flatten());
        let (mut hits, mut all) = (0, 0);
        for course in known {
            all += 1;
            hits += u64::from(course == wanted);
        }
        wilson(hits, all)
    };
    ClusterSummary {
        id,
        size: rows.len(),
        share: rows.len() as f64 / table.n_rows() as f64,
        weight_share: table.weights().and_then(share_of),
        money_share: money.as_deref().and_then(share_of),
        centre,
        name: name(&numbers, &categories),
        frequency_index: index(description, rows, Unit::PerWorkerYear),
        severity_index: index(description, rows, Unit::Rupiah),
        numbers,
        categories,
        recovered: course(Course::Recovered),
        under_treatment: course(Course::UnderTreatment),
        representatives: representatives(description, rows),
        silhouette: description.silhouettes[id - 1],
        stability: description.overlaps.get(id - 1).copied().flatten(),
    }
}

fn number_profile(column: &NumberColumn, rows: &[usize]) -> Option<NumberProfile> {
    let here = present_sorted(rows.iter().map(|&row| column.values[row]));
    if here.is_empty() {
        return None;
    }
    let mean = here.iter().sum::<f64>() / here.len() as f64;
    let (mean_all, deviation) = moments(&column.values);
    Some(NumberProfile {
        name: column.name.clone(),
        role: column.role,
        unit: column.unit,
        n: here.len(),
        mean,
        median: quantile(&here, 0.5),
        p90: quantile(&here, 0.9),
        difference: if deviation > 0.0 { (mean - mean_all) / deviation } else { 0.0 },
    })
}

/// Mean and population deviation of the values that are there. Reckoned from the first of them: equal values must have
/// no deviation at all, where the sum of many of them would be rounded.
fn moments(values: &[f64]) -> (f64, f64) {
    let present = || values.iter().filter(|value| !value.is_nan());
    let Some(&first) = present().next() else { return (f64::NAN, f64::NAN) };
    let n = present().count() as f64;
    let shift = present().map(|value| value - first).sum::<f64>() / n;
    (first + shift, (present().map(|value| (value - first - shift).powi(2)).sum::<f64>() / n).sqrt())
}

fn category_profile(column: &CategoryColumn, rows: &[usize]) -> Option<CategoryProfile> {
    let count = |codes: &mut dyn Iterator<Item = u32>| {
        let mut counts = vec![0_usize; column.labels.len()];
        codes.filter(|&code| code != MISSING).for_each(|code| counts[code as usize] += 1);
        counts
    };
    let here = count(&mut rows.iter().map(|&row| column.codes[row]));
    let all = count(&mut column.codes.iter().copied());
    let n_known: usize = here.iter().sum();
    let mut dominant = 0;
    for label in 1..here.len() {
        if here[label] > here[dominant] {
            dominant = label;
        }
    }
    let n = *here.get(dominant)?;
    if n == 0 {
        return None;
    }
    let share = n as f64 / n_known as f64;
    let share_of_all = all[dominant] as f64 / all.iter().sum::<usize>() as f64;
    Some(CategoryProfile {
        name: column.name.clone(),
        role: column.role,
        dominant: column.labels[dominant].clone(),
        n,
        share,
        ratio: share / share_of_all,
        lift: (n >= LEAST_CASES).then_some(share / share_of_all),
    })
}

/// The strongest traits of what entered the clustering, then of what did not, each the strongest first and in
/// the order of the columns among equals. Money never takes part. What did not enter names no cluster by itself: the groups
/// were not made by it.
fn name(numbers: &[NumberProfile], categories: &[CategoryProfile]) -> Vec<Trait> {
    let typical = categories.iter().filter(|profile| profile.share >= LEAST_SHARE);
    let of_categories = typical.filter_map(|profile| {
        let is_enough = profile.lift.is_some() || (profile.role == Role::Feature && profile.n >= LEAST_ALIKE);
        let lift = is_enough.then_some(profile.ratio)?;
        let found = Trait::Category { name: profile.name.clone(), label: profile.dominant.clone(), lift };
        Some((profile.role, lift.ln(), found))
    });
    let of_numbers = numbers.iter().filter(|profile| profile.unit != Unit::Rupiah).map(|profile| {
        let (name, difference) = (profile.name.clone(), profile.difference);
        let found =
            if difference > 0.0 { Trait::High { name, difference } } else { Trait::Low { name, difference } };
        (profile.role, difference.abs(), found)
    });
    let mut traits: Vec<(Role, f64, Trait)> =
        of_categories.chain(of_numbers).filter(|(_, strength, _)| *strength >= LEAST_STRENGTH).collect();
    let later = |role: Role| role != Role::Feature;
    traits.sort_by(|a, b| later(a.0).cmp(&later(b.0)).then(b.1.total_cmp(&a.1)));
    if traits.first().is_none_or(|(role, ..)| later(*role)) {
        return Vec::new();
    }
    traits.into_iter().take(MOST_TRAITS).map(|(.., found)| found).collect()
}

/// The mean of the columns of a unit in the cluster, 100 being that of all rows; by weight where there is one.
fn index(description: &Description<'_>, rows: &[usize], unit: Unit) -> Option<f64> {
    let table = &description.prepared.table;
    let mean = |rows: &mut dyn Iterator<Item = usize>| {
        let (mut sum, mut weights) = (0.0, 0.0);
        for row in rows {
            let values = table.numbers().iter().filter(|column| column.unit == unit);
            let value: f64 = values.map(|column| column.values[row]).sum();
            if !value.is_nan() {
                let weight = table.weights().map_or(1.0, |weights| weights[row]);
                sum += weight * value;
                weights += weight;
            }
        }
        (weights > 0.0).then(|| sum / weights)
    };
    if !table.numbers().iter().any(|column| column.unit == unit) {
        return None;
    }
    let all = mean(&mut (0..table.n_rows()))?;
    let here = mean(&mut rows.iter().copied())?;
    (all > 0.0).then(|| 100.0 * here / all)
}

/// The rows nearest to the centre, the first rows among equals.
fn representatives(description: &Description<'_>, rows: &[usize]) -> Vec<String> {
    let mut near: Vec<usize> = rows.to_vec();
    near.sort_by(|&a, &b| description.distances[a].total_cmp(&description.distances[b]).then(a.cmp(&b)));
    let ids = description.prepared.table.ids();
    near.into_iter().take(MOST_REPRESENTATIVES).map(|row| ids[row].clone()).collect()
}
