//! The course of cases group by group: what is read off the curves, how long the open ones have been open, what the
//! closed ones cost.

use super::curve::Curve;
use super::gray::gray_test;
use super::incidence::{incidence, survival};
use super::log_rank::log_rank_test;
use super::risk::{Case, RiskTable};
use crate::analysis::rates::Test;

/// The ways a case ends, in the order of the curves: recovered, disabled, dead.
pub const N_CAUSES: usize = 3;
/// Months after which an open case counts as long open.
pub const LONG_MONTHS: [i32; 3] = [6, 12, 24];

/// One case with what is told of it beside its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its days.
    pub case: Case,
    /// Whole months since the event, of a case that has not ended.
    pub open_months: Option<i32>,
    /// What it cost in rupiah, of a case that is closed.
    pub cost: Option<i64>,
}

/// What closed cases cost, in rupiah.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Closed cases.
    pub n_cases: usize,
    /// Mean.
    pub mean: i64,
    /// Half cost at most this.
    pub median: i64,
    /// Nine tenths cost at most this.
    pub p90: i64,
}

/// The course of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupCourse {
    /// Cases, those that are never seen not counted.
    pub n_cases: usize,
    /// Ended, by cause.
    pub n_ended: [usize; N_CAUSES],
    /// Ended before they were under observation, and therefore left out.
    pub n_unseen: usize,
    /// Not ended.
    pub n_open: usize,
    /// Of these, for at least as many months as [`LONG_MONTHS`] says.
    pub n_long: [usize; 3],
    /// The share ended by each cause.
    pub incidence: Vec<Curve>,
    /// The share still under treatment.
    pub survival: Curve,
    /// The day after which nobody was under observation until other cases came: the curves end there.
    pub gap: Option<i32>,
    /// What closed cases cost, by cause.
    pub costs: [Option<Cost>; N_CAUSES],
}

/// Whether groups differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tests {
    /// By each cause, where the others compete (Gray 1988).
    pub gray: [Option<Test>; N_CAUSES],
    /// In the end by any cause.
    pub log_rank: Option<Test>,
}

impl GroupCourse {
    /// The course of these cases.
    pub fn of(followed: &[Followed]) -> GroupCourse {
        let cases: Vec<Case> = followed.iter().map(|followed| followed.case).collect();
        let table = RiskTable::of(&cases, N_CAUSES);
        let seen = || followed.iter().filter(|followed| followed.case.is_seen());
        let ended = |cause: usize| seen().filter(move |followed| followed.case.cause == Some(cause));
        let open = || seen().filter(|followed| followed.case.cause.is_none());
        let is_long =
            |followed: &&Followed, months: i32| followed.open_months.is_some_and(|open| open >= months);
        let costs = |cause| cost(ended(cause).filter_map(|followed| followed.cost).collect());
        let incidence = incidence(&table);
        GroupCourse {
            n_cases: table.n_cases,
            n_ended: [0, 1, 2].map(|cause| ended(cause).count()),
            n_unseen: table.n_unseen,
            n_open: open().count(),
            n_long: LONG_MONTHS.map(|months| open().filter(|followed| is_long(followed, months)).count()),
            incidence,
            survival: survival(&table),
            gap: table.gap,
            costs: [0, 1, 2].map(costs),
        }
    }
}

/// The tests between groups `0..n_groups`.
pub fn tests(followed: &[Followed], n_groups: usize) -> Tests {
    let cases: Vec<Case> = followed.iter().map(|followed| followed.case).collect();
    Tests {
        gray: [0, 1, 2].map(|cause| gray_test(&cases, n_groups, cause)),
        log_rank: log_rank_test(&cases, n_groups),
    }
}

/// Mean, median and P90 in whole rupiah; quantiles interpolate between neighbours, halves are rounded away from zero.
pub fn cost(mut costs: Vec<i64>) -> Option<Cost> {
    costs.sort_unstable();
    let n_cases = i128::try_from(costs.len()).ok().filter(|n| *n > 0)?;
    let sum: i128 = costs.iter().map(|cost| i128::from(*cost)).sum();
    let quantile = |tenths: usize| {
        let at = (costs.len() - 1) * tenths;
        let (low, high) = (costs[at / 10], costs[(at / 10 + 1).min(costs.len() - 1)]);
        let parts = i128::try_from(at % 10).expect("a digit");
        rounded(i128::from(low) * (10 - parts) + i128::from(high) * parts, 10)
    };
    Some(Cost { n_cases: costs.len(), mean: rounded(sum, n_cases), median: quantile(5), p90: quantile(9) })
}

fn rounded(sum: i128, by: i128) -> i64 {
    let half = if sum < 0 { -by } else { by };
    i64::try_from((2 * sum + half) / (2 * by)).expect("between the smallest and the largest")
}
