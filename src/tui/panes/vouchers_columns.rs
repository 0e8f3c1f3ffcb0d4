//! The columns of the two lists of the voucher desk; their ids are what the lists are sorted by. The rank says which
//! leave first where it is narrow.

use crate::tui::table::Column;
use crate::words::Words;

/// The queue: whose, how much, and how urgent.
pub fn queue_columns(words: &Words) -> Vec<Column> {
    let title = |id: &str| words.text(&format!("panes-work-column-{id}"));
    vec![
        Column::text("payee", title("payee"), 18).up_to(34).personal(),
        Column::number("total", title("total"), 12),
        Column::number("lines", title("lines"), 5).rank(3),
        Column::text("complete", title("complete"), 10).rank(4),
        Column::text("due", title("due"), 10).rank(2),
        Column::text("mark", title("mark"), 12).rank(1),
        Column::text("programme", title("programme"), 4).rank(5),
        Column::text("account", title("account"), 12).rank(6).personal(),
        Column::text("claims", title("claims"), 16).up_to(36).rank(7),
    ]
}

/// The vouchers made.
pub fn made_columns(words: &Words) -> Vec<Column> {
    let title = |id: &str| words.text(&format!("panes-work-column-{id}"));
    vec![
        Column::text("code", title("code"), 21).up_to(26),
        Column::text("date", title("date"), 10).rank(3),
        Column::text("state", title("state"), 10).rank(1),
        Column::text("payee", title("payee"), 14).up_to(30).rank(2).personal(),
        Column::number("net", title("net"), 12),
        Column::number("unpaid", title("unpaid"), 12).rank(4),
        Column::text("claims", title("claims"), 14).up_to(30).rank(5),
        Column::text("kind", title("kind"), 8).rank(6),
        Column::text("account", title("account"), 14).rank(7).personal(),
        Column::number("gross", title("gross"), 12).rank(8),
        Column::text("void", title("void"), 16).up_to(40).rank(9),
    ]
}
