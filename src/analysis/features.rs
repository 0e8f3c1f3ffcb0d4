//! The one list of features: what each means, and which of them a preset puts into the clustering.
//!
//! Ids never enter. No preset chosen by default has money in it: "the expensive cluster holds most of the
//! money" would be no finding.

use super::table::{Shape, Unit};
use crate::words::Words;

/// What rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// One row a claim.
    Claim,
    /// One row a company.
    Company,
}

/// When a number is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maturity {
    /// It is known at the report, and stays.
    FromTheStart,
    /// It goes on growing while the case is open: used of closed cases with an event at least twelve months back.
    WhenClosed,
}

/// What a feature is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number {
        /// What a step means.
        unit: Unit,
        /// How it is distributed.
        shape: Shape,
        /// When it is finished.
        maturity: Maturity,
    },
    /// A category.
    Category,
}

/// One feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name in code and JSON.
    pub name: &'static str,
    /// The key of its name for people.
    pub key: &'static str,
    /// What its rows are.
    pub level: Level,
    /// What it is made of.
    pub kind: Kind,
}

/// A choice of features with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name on the command line and in JSON.
    pub name: &'static str,
    /// The key of its name for people.
    pub key: &'static str,
    /// What its rows are.
    pub level: Level,
    /// Names of the features that enter; all others of the level are described only.
    pub features: &'static [&'static str],
}

const DAYS: Kind = Kind::Number { unit: Unit::Days, shape: Shape::Skewed, maturity: Maturity::WhenClosed };
const EARLY_DAYS: Kind =
    Kind::Number { unit: Unit::Days, shape: Shape::Skewed, maturity: Maturity::FromTheStart };
const COST: Kind = Kind::Number { unit: Unit::Rupiah, shape: Shape::Skewed, maturity: Maturity::WhenClosed };
const RATE: Kind =
    Kind::Number { unit: Unit::PerWorkerYear, shape: Shape::Skewed, maturity: Maturity::FromTheStart };
const SHARE: Kind = Kind::Number { unit: Unit::Share, shape: Shape::Even, maturity: Maturity::FromTheStart };

const fn claim(name: &'static str, key: &'static str, kind: Kind) -> Feature {
    Feature { name, key, level: Level::Claim, kind }
}

const fn company(name: &'static str, key: &'static str, kind: Kind) -> Feature {
    Feature { name, key, level: Level::Company, kind }
}

/// Every feature there is, those of claims first.
pub const FEATURES: &[Feature] = &[
    claim("kind", "analysis-feature-kind", Kind::Category),
    claim("source", "analysis-feature-source", Kind::Category),
    claim("body_part", "analysis-feature-body-part", Kind::Category),
    claim("place", "analysis-feature-place", Kind::Category),
    claim("time_band", "analysis-feature-time-band", Kind::Category),
    claim("segment", "analysis-feature-segment", Kind::Category),
    claim("outcome", "analysis-feature-outcome", Kind::Category),
    claim("facility", "analysis-feature-facility", Kind::Category),
    claim("company", "analysis-feature-company", Kind::Category),
    claim("days_to_report", "analysis-feature-days-to-report", EARLY_DAYS),
    claim("days_to_complete", "analysis-feature-days-to-complete", DAYS),
    claim("days_to_pay", "analysis-feature-days-to-pay", DAYS),
    claim("days_off", "analysis-feature-days-off", DAYS),
    claim("cost", "analysis-feature-cost", COST),
    company("risk_group", "analysis-feature-risk-group", Kind::Category),
    company("segment", "analysis-feature-segment", Kind::Category),
    company("rate_without_traffic", "analysis-feature-rate-without-traffic", RATE),
    company("rate_traffic", "analysis-feature-rate-traffic", RATE),
    company("recovered_share", "analysis-feature-recovered-share", SHARE),
    company("mean_days_off", "analysis-feature-mean-days-off", EARLY_DAYS),
    company(
        "mean_cost",
        "analysis-feature-mean-cost",
        Kind::Number { unit: Unit::Rupiah, shape: Shape::Skewed, maturity: Maturity::FromTheStart },
    ),
];

/// Every preset; the first one of a level that fits the method is its default.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "circumstances",
        key: "analysis-preset-circumstances",
        level: Level::Claim,
        features: &["kind", "source", "body_part", "place", "time_band"],
    },
    Preset {
        name: "course",
        key: "analysis-preset-course",
        level: Level::Claim,
        features: &["days_to_report", "days_to_complete", "days_to_pay", "days_off"],
    },
    Preset {
        name: "cost",
        key: "analysis-preset-cost",
        level: Level::Claim,
        features: &["days_to_report", "days_to_complete", "days_to_pay", "days_off", "cost"],
    },
    Preset {
        name: "profile",
        key: "analysis-preset-profile",
        level: Level::Claim,
        features: &["kind", "source", "body_part", "place", "days_to_report", "days_to_complete", "days_off"],
    },
    Preset {
        name: "frequency",
        key: "analysis-preset-frequency",
        level: Level::Company,
        features: &["rate_without_traffic", "rate_traffic", "recovered_share", "mean_days_off"],
    },
    Preset {
        name: "burden",
        key: "analysis-preset-burden",
        level: Level::Company,
        features: &["rate_without_traffic", "rate_traffic", "mean_days_off", "mean_cost"],
    },
];

/// The feature of a level by its name.
pub fn feature(level: Level, name: &str) -> Option<&'static Feature> {
    FEATURES.iter().find(|feature| feature.level == level && feature.name == name)
}

/// The name of a column for people: that of a feature, or the column's own when it is none of ours (which is
/// then text from outside).
pub fn label(name: &str, words: &Words) -> String {
    let feature = FEATURES.iter().find(|feature| feature.name == name);
    feature.map_or_else(|| name.to_owned(), |feature| words.text(feature.key))
}

/// The preset of a level by its name.
pub fn preset(level: Level, name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.level == level && preset.name == name)
}

/// The default: circumstances (categories, for k-modes), course (numbers, for k-means) or profile (both, for k-prototypes)
/// of claims, and the frequency of companies.
pub fn default_preset(level: Level, takes_numbers: TakesNumbers) -> &'static Preset {
    let name = match (level, takes_numbers) {
        (Level::Claim, TakesNumbers::No) => "circumstances",
        (Level::Claim, TakesNumbers::Yes) => "course",
        (Level::Claim, TakesNumbers::Both) => "profile",
        (Level::Company, _) => "frequency",
    };
    preset(level, name).expect("the defaults are in the list")
}

/// Whether a method works on numbers (k-means), on categories (k-modes) or on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakesNumbers {
    /// k-means.
    Yes,
    /// k-modes; numbers enter as bands.
    No,
    /// k-prototypes.
    Both,
}
