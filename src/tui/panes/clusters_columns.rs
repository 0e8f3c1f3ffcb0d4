//! The columns of the groups and of the ranking.

use crate::tui::table::Column;
use crate::words::Words;

/// The groups: how many, how much of the money, how well apart, and what they are like.
pub fn group_columns(words: &Words) -> Vec<Column> {
    let title = |id: &str| words.text(&format!("panes-work-column-{id}"));
    vec![
        Column::number("id", title("id"), 3),
        Column::number("size", title("size"), 7),
        Column::number("share", title("share"), 6),
        Column::number("money", title("money"), 6).rank(2),
        Column::number("silhouette", title("silhouette"), 7).rank(3),
        Column::text("name", title("name"), 30).up_to(70),
    ]
}

/// The companies: the best estimate with its interval before everything else.
pub fn company_columns(words: &Words) -> Vec<Column> {
    let title = |id: &str| words.text(&format!("panes-work-column-{id}"));
    vec![
        Column::text("company", title("company"), 20).up_to(34),
        Column::number("rate", title("rate"), 8),
        Column::number("low", title("interval"), 12),
        Column::text("sure", title("sure"), 5),
        Column::number("z", title("z"), 5).rank(4),
        Column::number("claims", title("n-claims"), 6).rank(1),
        Column::number("exposure", title("exposure"), 8).rank(3),
        Column::number("raw", title("raw"), 8).rank(5),
        Column::text("npp", title("npp"), 10).rank(2),
    ]
}
