//! Employers: a company can have several registrations, each with risk group and headcount by month.

use crate::domain::code::{RiskGroup, Segment};
use crate::domain::identity::Npp;
use crate::domain::period::Period;

/// An employer's registration as the desk knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Registration number: the key.
    pub npp: Npp,
    /// Name.
    pub name: String,
    /// Under which several registrations are taken as one company; empty when it stands alone.
    pub group: String,
    /// The regulator's business group (1–9), apart from the risk group; 0 unknown.
    pub business_group: u8,
    /// KBLI code with its version, such as `2020:10391`; empty unknown.
    pub kbli: String,
    /// Kind of participants.
    pub segment: Segment,
    /// What was valid when, oldest first, not overlapping.
    pub registrations: Vec<Registration>,
}

/// Risk group and headcount from a month to a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// First month.
    pub from: Period,
    /// Last month, or still valid.
    pub to: Option<Period>,
    /// JKK risk group.
    pub risk_group: RiskGroup,
    /// Active workers (persons) in each of these months.
    pub workers: u32,
}

impl Company {
    /// What was valid in a month.
    pub fn at(&self, month: Period) -> Option<&Registration> {
        self.registrations
            .iter()
            .rev()
            .find(|entry| entry.from <= month && entry.to.is_none_or(|to| month <= to))
    }

    /// Worker-months between two months, both counted.
    pub fn worker_months(&self, from: Period, to: Period) -> u64 {
        let months = to.since(from);
        (0..=months.max(-1))
            .filter_map(|step| self.at(from.plus(step)))
            .map(|entry| u64::from(entry.workers))
            .sum()
    }
}

/// The company as it stood on a claim's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanySnapshot {
    /// Registration number.
    pub npp: Npp,
    /// Name as the paper says.
    pub name: String,
    /// Risk group on the day, where known.
    pub risk_group: Option<RiskGroup>,
}
