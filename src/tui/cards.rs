//! What the screens of vouchers, report and clusters get in one piece: a page with all that the next key needs.

use std::sync::Arc;

use jiff::civil::Date;

use super::effect::{ChartAsk, OrderSlip, Seen};
use super::keymap::Action;
use super::page::{Line, Page};
use super::table::Row;
use crate::report::chart::Chart;

/// A voucher as its screen needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoucherCard {
    /// Its code.
    pub code: String,
    /// What is seen of it: what is asked of it rests on that.
    pub seen: Seen,
    /// The desk's day.
    pub today: Date,
    /// Everything about it. The links of its lines are `claim ` and the number.
    pub page: Page,
    /// What is still to be sent, grouped.
    pub unpaid: String,
    /// Transfers that may have come back: number and label, the last first.
    pub payments: Vec<(String, String)>,
    /// Actions that are not possible now, and why.
    pub cannot: Vec<(Action, String)>,
}

/// What a person did last, as the page of undo needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeedsCard {
    /// A line each, the newest first. Its link is `deed ` and the number.
    pub page: Page,
    /// What is behind the lines.
    pub deeds: Vec<DeedCard>,
}

/// One thing done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeedCard {
    /// Its line's link.
    pub link: String,
    /// What taking it back will do, and the command that does it; or why it cannot be done.
    pub way: Result<(Page, OrderSlip), String>,
}

/// A month's report as its screen needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportCard {
    /// The month, `2026-10`.
    pub period: String,
    /// Its head and its sections.
    pub page: Page,
    /// For each line of the page, the ways from its numbers to their records.
    pub ways: Vec<Vec<Way>>,
    /// The months to choose from, newest first: `2026-10` and its name.
    pub months: Vec<(String, String)>,
}

/// What is about to be done to a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthCard {
    /// The month, `2026-10`.
    pub period: String,
    /// What stands there, and what stands in the way.
    pub page: Page,
    /// The command; none: it cannot be given now.
    pub slip: Option<OrderSlip>,
    /// The question that must be answered first: what explains the differences, why it is to be opened.
    pub question: Option<String>,
    /// The verb of the answer.
    pub yes: String,
}

/// A way from a number to its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What the number is: its column and itself.
    pub label: String,
    /// Where it leads.
    pub to: Goal,
}

/// Where a number leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The claims of this filter.
    Filter(String),
    /// The claim of this number.
    Claim(String),
    /// The voucher of this code.
    Voucher(String),
    /// The entries of the books behind it: section, line and cell in the report.
    Postings([usize; 3]),
}

/// Clusters as their screen needs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterCard {
    /// The parameters of the run: name and value.
    pub asked: Vec<(String, String)>,
    /// What goes above the table: the verdict first, where there are no clear groups.
    pub head: Vec<Line>,
    /// A row for each group; its key is the number.
    pub rows: Vec<Row>,
}

/// Charts as their screen needs them.
#[derive(Clone, Debug)]
pub struct ChartCard {
    /// What was asked for.
    pub asked: ChartAsk,
    /// What is drawn.
    pub charts: Arc<[Chart]>,
    /// How many variants there are.
    pub n_variants: usize,
}

/// Charts hold numbers that may be no numbers; a card is another one when it was made anew.
impl PartialEq for ChartCard {
    fn eq(&self, other: &ChartCard) -> bool {
        self.asked == other.asked
            && self.n_variants == other.n_variants
            && Arc::ptr_eq(&self.charts, &other.charts)
    }
}

impl Eq for ChartCard {}
