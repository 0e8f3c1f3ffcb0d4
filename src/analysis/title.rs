//! Names of groups for people, made of their traits.

use super::features::label;
use super::summary::{ClusterSummary, Trait};
use crate::words::{Words, decimal};

impl Trait {
    /// The trait in words: `Tempat kejadian TRAFFIC (4,0×)`, `Hari tidak bekerja tinggi`.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Category { name, label: value, lift } => words.format(
                "analysis-trait-category",
                &[
                    ("feature", label(name, words).into()),
                    ("value", value.into()),
                    ("lift", decimal(*lift, 1, words.lang()).into()),
                ],
            ),
            Self::High { name, .. } => {
                words.format("analysis-trait-high", &[("feature", label(name, words).into())])
            }
            Self::Low { name, .. } => {
                words.format("analysis-trait-low", &[("feature", label(name, words).into())])
            }
        }
    }
}

impl ClusterSummary {
    /// The group's name in words; its number when nothing stands out. Values of a file's columns are text from
    /// outside.
    pub fn title(&self, words: &Words) -> String {
        if self.name.is_empty() {
            return words.format("analysis-trait-none", &[("id", self.id.into())]);
        }
        self.name.iter().map(|part| part.text(words)).collect::<Vec<_>>().join(" · ")
    }
}
