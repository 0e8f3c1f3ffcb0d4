//! A clustering in words: for the command line, and the names the screen uses for groups.

use std::fmt::Write;

use crate::analysis::clustering::{Clustering, Method};
use crate::analysis::features::{FEATURES, Feature};
use crate::analysis::prepare::Transform;
use crate::analysis::quality::Verdict;
use crate::analysis::summary::{CentreValue, ClusterSummary, Trait};
use crate::analysis::table::Unit;
use crate::domain::code;
use crate::words::{Words, decimal, percent};

/// The whole result, 80 to 100 columns: what it rests on, then group by group.
pub fn clustering_text(found: &Clustering, words: &Words) -> String {
    let mut text = String::new();
    let mut line = |sentence: &str| writeln!(text, "{sentence}").expect("a string takes all text");
    if let Some(sentence) = verdict_sentence(found, words) {
        line(&sentence);
    }
    line(&head(found, words));
    for note in notes(found, words) {
        line(&note);
    }
    for cluster in &found.clusters {
        line("");
        line(&cluster_head(cluster, words));
        for detail in details(found.method, cluster, words) {
            line(&format!("    {detail}"));
        }
    }
    line("");
    line(&words.text("cluster-no-cause"));
    text
}

/// What goes first when there are no clear groups.
pub fn verdict_sentence(found: &Clustering, words: &Words) -> Option<String> {
    match found.verdict {
        Some(Verdict::GapPrefersOne | Verdict::NothingStable) => Some(words.text("cluster-no-groups")),
        Some(Verdict::Groups) | None => None,
    }
}

/// Method, k, seed, cost and scores on one line.
pub fn head(found: &Clustering, words: &Words) -> String {
    let stability =
        found.scores.stability.map_or_else(|| "–".to_owned(), |score| decimal(score, 2, words.lang()));
    words.format(
        "cluster-head",
        &[
            ("method", found.method.name().into()),
            ("k", found.k.into()),
            ("rows", found.rows.into()),
            ("seed", found.seed.to_string().into()),
            ("cost", plain(found.cost, words).into()),
            ("silhouette", decimal(found.scores.silhouette, 2, words.lang()).into()),
            ("stability", stability.into()),
        ],
    )
}

/// What must be known to read it, a line each.
pub fn notes(found: &Clustering, words: &Words) -> Vec<String> {
    found.notes.iter().map(|note| format!("· {}", note.sentence(words))).collect()
}

/// Number, size, shares and name of a group on one line.
pub fn cluster_head(cluster: &ClusterSummary, words: &Words) -> String {
    let money = cluster.money_share.map_or_else(|| "–".to_owned(), |money| share(money, words));
    words.format(
        "cluster-line",
        &[
            ("id", cluster.id.into()),
            ("size", cluster.size.into()),
            ("share", share(cluster.share, words).into()),
            ("money", money.into()),
            ("name", name_of(cluster, words).into()),
        ],
    )
}

/// A group's name from its strongest traits.
pub fn name_of(cluster: &ClusterSummary, words: &Words) -> String {
    named(cluster, words, &|name| feature_name(name, words))
}

/// The same for a narrow column: the features that make up most names have short ones too.
pub fn short_name_of(cluster: &ClusterSummary, words: &Words) -> String {
    let short = |name: &str| SHORT_NAMES.iter().find(|(feature, _)| *feature == name);
    named(cluster, words, &|name| {
        short(name).map_or_else(|| feature_name(name, words), |(_, key)| words.text(key))
    })
}

const SHORT_NAMES: [(&str, &str); 8] = [
    ("days_to_report", "insight-short-report"),
    ("days_to_complete", "insight-short-complete"),
    ("days_to_pay", "insight-short-pay"),
    ("days_off", "insight-short-off"),
    ("rate_without_traffic", "insight-short-rate"),
    ("rate_traffic", "insight-short-traffic"),
    ("recovered_share", "insight-short-recovered"),
    ("mean_days_off", "insight-short-off"),
];

fn named(cluster: &ClusterSummary, words: &Words, feature: &dyn Fn(&str) -> String) -> String {
    let said = |part: &Trait| match part {
        Trait::Category { name, label, .. } => said_value(name, label, words),
        Trait::High { name, .. } => format!("{} ↑", feature(name)),
        Trait::Low { name, .. } => format!("{} ↓", feature(name)),
    };
    if cluster.name.is_empty() {
        return words.text("cluster-unremarkable");
    }
    cluster.name.iter().map(said).collect::<Vec<_>>().join(" · ")
}

/// A group that bootstrap samples find again by less than this share is not to be trusted (Hennig 2007).
const LEAST_OVERLAP: f64 = 0.6;

/// What a group is like, a line each: centre, shares, typical numbers, examples.
pub fn details(method: Method, cluster: &ClusterSummary, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    if method != Method::KMeans {
        let modes: Vec<String> = cluster
            .categories
            .iter()
            .map(|category| {
                let lift = category
                    .lift
                    .map_or(String::new(), |lift| format!(" ×{}", decimal(lift, 1, words.lang())));
                let value = said_value(&category.name, &category.dominant, words);
                format!(
                    "{}: {value} {}{lift}",
                    feature_name(&category.name, words),
                    share(category.share, words)
                )
            })
            .collect();
        lines.extend(modes);
    }
    if method != Method::KModes {
        for (name, value) in &cluster.centre.0 {
            // Of a column that tells gaps, the centre is the share of gaps, not a value of what its name says.
            if let CentreValue::Number { value, missing } = value
                && *missing != Transform::IsMissing
            {
                let unit = cluster.numbers.iter().find(|number| number.name == *name).map(|n| n.unit);
                let (name, value) = measured(name, *value, unit.unwrap_or(Unit::Plain), words);
                lines.push(words.format("cluster-centre", &[("name", name.into()), ("value", value.into())]));
            }
        }
    }
    for number in &cluster.numbers {
        let said = |value| measured(&number.name, value, number.unit, words).1;
        lines.push(words.format(
            "cluster-number",
            &[
                ("name", measured(&number.name, number.mean, number.unit, words).0.into()),
                ("mean", said(number.mean).into()),
                ("median", said(number.median).into()),
                ("p90", said(number.p90).into()),
                ("difference", signed(number.difference, words).into()),
            ],
        ));
    }
    if let (Some(recovered), Some(treated)) = (&cluster.recovered, &cluster.under_treatment) {
        let args = [
            ("recovered", share(recovered.share, words).into()),
            ("treated", share(treated.share, words).into()),
        ];
        lines.push(words.format("cluster-course", &args));
    }
    if let Some(overlap) = cluster.stability {
        let key = if overlap < LEAST_OVERLAP { "cluster-overlap-low" } else { "cluster-overlap" };
        lines.push(words.format(key, &[("share", share(overlap, words).into())]));
    }
    if !cluster.representatives.is_empty() {
        lines.push(words.format("cluster-examples", &[("rows", cluster.representatives.join(", ").into())]));
    }
    lines
}

fn feature(name: &str) -> Option<&'static Feature> {
    FEATURES.iter().find(|feature| feature.name == name)
}

/// A column's name: a feature's words, or as the file says.
pub fn feature_name(name: &str, words: &Words) -> String {
    feature(name).map_or_else(|| name.to_owned(), |feature| words.text(feature.key))
}

/// A value in the person's words, where its column is one of our lists.
pub fn said_value(name: &str, label: &str, words: &Words) -> String {
    let key = match name {
        "kind" => code::AccidentType::parse(label).map(|value| value.key()),
        "source" => code::Source::parse(label).map(|value| value.key()),
        "body_part" => code::BodyPart::parse(label).map(|value| value.key()),
        "place" => code::Place::parse(label).map(|value| value.key()),
        "time_band" => code::TimeBand::parse(label).map(|value| value.key()),
        "segment" => code::Segment::parse(label).map(|value| value.key()),
        "outcome" => code::Outcome::parse(label).map(|value| value.key()),
        "risk_group" => code::RiskGroup::parse(label).map(|value| value.key()),
        _ => None,
    };
    key.map_or_else(|| label.to_owned(), |key| words.text(&key))
}

/// A column's name and a value of it as people read them: a claim rate is told of a thousand workers, as everywhere.
fn measured(name: &str, value: f64, unit: Unit, words: &Words) -> (String, String) {
    let name = feature_name(name, words);
    match unit {
        Unit::PerWorkerYear => {
            let name = words.format("cluster-per-thousand", &[("name", name.into())]);
            (name, decimal(value * 1_000.0, 1, words.lang()))
        }
        Unit::Plain | Unit::Days | Unit::Rupiah | Unit::Share => (name, plain(value, words)),
    }
}

/// A share of one as people read it: `12 %`.
pub fn share(share: f64, words: &Words) -> String {
    percent(share, 0, words.lang())
}

/// A number as people read it: whole and with dots when large, two decimals when small.
fn plain(number: f64, words: &Words) -> String {
    if number.abs() < 100.0 {
        return decimal(number, 2, words.lang());
    }
    format!("{number:.0}").parse().map_or_else(|_| format!("{number:.0}"), |whole| words.number(whole))
}

/// A difference with its sign.
fn signed(number: f64, words: &Words) -> String {
    let sign = if number < 0.0 { "" } else { "+" };
    format!("{sign}{}", decimal(number, 2, words.lang()))
}
