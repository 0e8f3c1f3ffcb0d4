//! The consensus of two ways to group claims, in words.

use crate::analysis::consensus::{Consensus, Meeting};
use crate::analysis::{Clustering, summary::ClusterSummary};
use crate::desk::cluster_text::{head, name_of, notes, verdict_sentence};
use crate::words::{Words, decimal};

/// Below this, the groups of one way say next to nothing about those of the other.
const HARDLY: f64 = 0.1;
/// From this on, they are largely the same.
const LARGELY: f64 = 0.4;

/// Two ways to group the same claims, and how they agree.
#[derive(Clone, Debug)]
pub struct TwoWays {
    /// By how the case runs: k-means.
    pub course: Clustering,
    /// By what happened: k-modes.
    pub circumstances: Clustering,
    /// How they agree.
    pub consensus: Consensus,
}

impl TwoWays {
    /// What both rest on and how far they agree, a line each.
    pub fn lines(&self, words: &Words) -> Vec<String> {
        let counts = [
            ("rows", self.consensus.rows.into()),
            ("left", self.consensus.left_out.into()),
            ("agreement", decimal(self.consensus.agreement, 2, words.lang()).into()),
        ];
        let mut lines = vec![words.format("consensus-head", &counts)];
        lines.push(words.text(match self.consensus.agreement {
            agreement if agreement < HARDLY => "consensus-hardly",
            agreement if agreement < LARGELY => "consensus-partly",
            _ => "consensus-largely",
        }));
        for found in [&self.course, &self.circumstances] {
            lines.push(head(found, words));
            lines.extend(verdict_sentence(found, words).map(|sentence| format!("  {sentence}")));
            lines.extend(notes(found, words).into_iter().map(|note| format!("  {note}")));
        }
        let agreed = [("agreed", self.consensus.agreed_rows().into()), ("rows", self.consensus.rows.into())];
        lines.push(words.format("consensus-agreed", &agreed));
        lines
    }

    /// The headings of the table of pairs.
    pub fn headings(words: &Words) -> [String; 6] {
        ["course", "circumstances", "rows", "expected", "lift", "mark"]
            .map(|key| words.text(&format!("consensus-{key}")))
    }

    /// The pairs of groups, those most beyond chance first.
    pub fn rows(&self, words: &Words) -> Vec<Vec<String>> {
        let mut meetings: Vec<&Meeting> = self.consensus.meetings.iter().collect();
        meetings.sort_by(|a, b| {
            b.residual.total_cmp(&a.residual).then((a.first, a.second).cmp(&(b.first, b.second)))
        });
        let named = |found: &Clustering, id: usize| {
            let name = |cluster: &ClusterSummary| format!("{id} {}", name_of(cluster, words));
            found.clusters.iter().find(|cluster| cluster.id == id).map_or_else(|| id.to_string(), name)
        };
        let row = |meeting: &&Meeting| {
            vec![
                named(&self.course, meeting.first),
                named(&self.circumstances, meeting.second),
                meeting.rows.to_string(),
                decimal(meeting.expected, 1, words.lang()),
                decimal(meeting.lift(), 2, words.lang()),
                if meeting.is_agreed() { "●".to_owned() } else { String::new() },
            ]
        };
        meetings.iter().map(row).collect()
    }
}
