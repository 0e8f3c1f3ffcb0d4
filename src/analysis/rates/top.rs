//! The top of a ranking: its lines, and the companies behind them.

use std::collections::BTreeSet;

use super::ranking::{RankRow, Ranking};
use crate::analysis::cases::CompanyYear;

/// Lines at the top that are described at most.
const MOST_TOP: usize = 20;

impl Ranking {
    /// The first `n` lines; without a number those that are surely above the rate of all, the twenty best at most. A small
    /// company may stand among them without being sure.
    pub fn top(&self, n: Option<usize>) -> Vec<&RankRow> {
        let those = self.rows.iter().filter(|row| n.is_some() || row.sure);
        those.take(n.unwrap_or(MOST_TOP)).collect()
    }
}

/// The registration numbers behind some lines: a line of a group stands for all of its companies.
pub fn npps_of<'a>(lines: &[&RankRow], companies: &'a [CompanyYear]) -> BTreeSet<&'a str> {
    let groups: BTreeSet<&str> = lines.iter().filter_map(|line| line.group.as_deref()).collect();
    let npps: BTreeSet<&str> =
        lines.iter().filter(|line| line.group.is_none()).map(|line| line.npp.as_str()).collect();
    let is_meant = |company: &&CompanyYear| {
        npps.contains(company.npp.as_str())
            || company.group.as_deref().is_some_and(|group| groups.contains(group))
    };
    companies.iter().filter(is_meant).map(|company| company.npp.as_str()).collect()
}

/// Workers of a company on average, in bands, from its worker-years over so many months.
pub fn size_band(worker_years: f64, n_months: u32) -> &'static str {
    match worker_years * 12.0 / f64::from(n_months.max(1)) {
        workers if workers < 50.0 => "<50",
        workers if workers < 250.0 => "50-249",
        workers if workers < 1_000.0 => "250-999",
        _ => ">=1000",
    }
}
