//! Two periods on the same centres, in words.

use crate::analysis::compare::{Comparison, Moved};
use crate::desk::cluster_text::{head, name_of, notes, verdict_sentence};
use crate::words::{Words, decimal, percent, probability};

/// What the comparison rests on, a line each.
pub fn comparison_lines(found: &Comparison, words: &Words) -> Vec<String> {
    let counts = [("here", found.here.into()), ("there", found.there.into())];
    let mut lines = vec![words.format("compare-head", &counts)];
    lines.extend(verdict_sentence(&found.clustering, words));
    lines.push(head(&found.clustering, words));
    lines.extend(notes(&found.clustering, words));
    lines.extend(found.test.map(|test| {
        let args = [
            ("sum", decimal(test.statistic, 1, words.lang()).into()),
            ("freedom", test.degrees.into()),
            ("chance", probability(test.p, words.lang()).into()),
        ];
        words.format("compare-test", &args)
    }));
    lines.push(words.text("compare-meaning"));
    lines
}

/// The headings of the table of groups.
pub fn comparison_headings(words: &Words) -> [String; 7] {
    ["group", "here", "share-here", "there", "share-there", "difference", "mark"]
        .map(|key| words.text(&format!("compare-{key}")))
}

/// The groups with their shares in both periods.
pub fn comparison_rows(found: &Comparison, words: &Words) -> Vec<Vec<String>> {
    let percent = |share: f64| percent(share, 1, words.lang());
    let signed = |share: f64| {
        format!("{}{}", if share < 0.0 { "" } else { "+" }, decimal(share * 100.0, 1, words.lang()))
    };
    let row = |group: &Moved| {
        let cluster = found.clustering.clusters.iter().find(|cluster| cluster.id == group.id);
        let name = cluster.map_or_else(String::new, |cluster| name_of(cluster, words));
        let difference = &group.difference;
        vec![
            format!("{} {name}", group.id),
            group.here.to_string(),
            percent(group.here as f64 / found.here as f64),
            group.there.to_string(),
            percent(group.there as f64 / found.there as f64),
            format!(
                "{} ({} … {})",
                signed(difference.share),
                signed(difference.low),
                signed(difference.high)
            ),
            if group.is_sure() { "●".to_owned() } else { String::new() },
        ]
    };
    found.groups.iter().map(row).collect()
}
