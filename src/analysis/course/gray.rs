//! Gray's K-sample test (1988, ρ = 0): whether cases of all groups end by one cause equally often and fast, where other
//! causes compete.
//!
//! Each group's scores compare its ends by the cause with its part of R, the number at risk of the subdistribution:
//! R = Y (1 − F⁻) / S⁻. The variance is that of the scores as integrals over the groups' martingales: a case that ends
//! by the cause adds the weight of its day and, through F and S, a part of all later weights; one that ends by another
//! cause adds only the latter. Ends of one day are corrected as draws without putting back.

use super::risk::{Case, side_by_side};
use super::test::chi_square;
use crate::analysis::rates::Test;

/// What a group is on one day.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    at_risk: f64,
    by_cause: f64,
    by_others: f64,
    /// Still under treatment before and after the day.
    before: f64,
    after: f64,
    /// Ended by the cause before the day.
    ended_before: f64,
}

/// One day over all groups.
struct Day {
    groups: Vec<Group>,
    by_cause: f64,
    /// Σ Y / S⁻: what the pooled incidence divides by.
    weight: f64,
    /// The pooled incidence before and after the day.
    pooled_before: f64,
    pooled_after: f64,
}

impl Group {
    /// Y / S⁻; a group in which nothing is left to happen has no part in what follows.
    fn weight(&self) -> f64 {
        if self.at_risk > 0.0 && self.before > 0.0 { self.at_risk / self.before } else { 0.0 }
    }

    /// R, the number at risk of the subdistribution.
    fn under_risk(&self) -> f64 {
        self.weight() * (1.0 - self.ended_before)
    }
}

/// Compares the end by `cause` between groups `0..n_groups`. Groups without a case count for nothing, and with fewer than
/// two others there is no test. Nor is there one where the observation of a group breaks off before others of it come:
/// F and S, and with them R, are not known beyond that day.
pub fn gray_test(cases: &[Case], n_groups: usize, cause: usize) -> Option<Test> {
    let days = days(cases, n_groups, cause)?;
    let n_groups = days.first()?.groups.len();
    let used = n_groups.checked_sub(1)?;
    let mut scores = vec![0.0; used];
    for day in days.iter().filter(|day| day.by_cause > 0.0) {
        let under_risk: f64 = day.groups.iter().map(Group::under_risk).sum();
        for (score, group) in scores.iter_mut().zip(&day.groups) {
            if under_risk > 0.0 {
                *score += group.by_cause - day.by_cause * group.under_risk() / under_risk;
            }
        }
    }
    chi_square(&scores, &covariance(&days, n_groups))
}

/// The days in order, with the curves before and after each.
fn days(cases: &[Case], n_groups: usize, cause: usize) -> Option<Vec<Day>> {
    let tables = side_by_side(cases, n_groups, |found| usize::from(found != cause), 2);
    if tables.iter().any(|table| table.gap.is_some()) {
        return None;
    }
    let n_days = tables.first()?.steps.len();
    let mut last = vec![Group { after: 1.0, ..Group::default() }; tables.len()];
    let mut pooled = 0.0;
    let mut days = Vec::with_capacity(n_days);
    for idx in 0..n_days {
        let groups: Vec<Group> =
            tables.iter().zip(&last).map(|(table, last)| group(&table.steps[idx], last)).collect();
        let by_cause: f64 = groups.iter().map(|group| group.by_cause).sum();
        let weight: f64 = groups.iter().map(Group::weight).sum();
        let after = if weight > 0.0 { pooled + by_cause / weight } else { pooled };
        last.clone_from(&groups);
        days.push(Day { groups, by_cause, weight, pooled_before: pooled, pooled_after: after });
        pooled = after;
    }
    Some(days)
}

fn group(step: &super::risk::RiskStep, last: &Group) -> Group {
    let before = last.after;
    // What ended on the last day is in the incidence before this one.
    let ended_before = if last.at_risk > 0.0 {
        last.ended_before + last.before * last.by_cause / last.at_risk
    } else {
        last.ended_before
    };
    let ended = step.all_ended();
    let after = if step.at_risk > 0.0 { before * (step.at_risk - ended) / step.at_risk } else { before };
    Group {
        at_risk: step.at_risk,
        by_cause: step.ended[0],
        by_others: step.ended[1],
        before,
        after,
        ended_before,
    }
}

/// The covariance of the scores of all groups but the last. From the last day back, `later[i][j]` is the sum over later
/// days of the weight of score i in group j, by the pooled subdistribution hazard.
fn covariance(days: &[Day], n_groups: usize) -> Vec<Vec<f64>> {
    let used = n_groups - 1;
    let mut covariance = vec![vec![0.0; used]; used];
    let mut later = vec![vec![0.0; n_groups]; used];
    for day in days.iter().rev() {
        for (place, group) in day.groups.iter().enumerate().filter(|(_, group)| group.weight() > 0.0) {
            let remaining = 1.0 - day.pooled_after;
            let own: Vec<f64> = (0..used).map(|score| day.part(score, place)).collect();
            if day.by_cause > 0.0 {
                let part = if group.after > 0.0 { 1.0 - remaining / group.after } else { 1.0 };
                let loads: Vec<f64> =
                    (0..used).map(|score| own[score] + part * later[score][place]).collect();
                let expected = day.weight * group.before;
                let ties =
                    if day.by_cause > 1.0 { 1.0 - (day.by_cause - 1.0) / (expected - 1.0) } else { 1.0 };
                let variance = ties * group.before * day.by_cause / (day.weight * group.at_risk);
                add(&mut covariance, &loads, variance);
            }
            if group.by_others > 0.0 && group.after > 0.0 {
                let part = remaining / group.after;
                let loads: Vec<f64> = (0..used).map(|score| part * later[score][place]).collect();
                let ties = if group.by_others > 1.0 {
                    1.0 - (group.by_others - 1.0) / (group.at_risk - 1.0)
                } else {
                    1.0
                };
                let variance =
                    ties * group.before * group.before * group.by_others / (group.at_risk * group.at_risk);
                add(&mut covariance, &loads, variance);
            }
        }
        day.remember(&mut later);
    }
    covariance
}

impl Day {
    /// The weight of a score in a group, times Y / S⁻ of the group.
    fn part(&self, score: usize, place: usize) -> f64 {
        let (one, other) = (self.groups[score].weight(), self.groups[place].weight());
        if score == place { one * (1.0 - one / self.weight) } else { -one * other / self.weight }
    }

    /// Adds this day to what is later than the days before it.
    fn remember(&self, later: &mut [Vec<f64>]) {
        if self.by_cause <= 0.0 || self.weight <= 0.0 || self.pooled_before >= 1.0 {
            return;
        }
        let hazard = self.by_cause / (self.weight * (1.0 - self.pooled_before));
        for (score, row) in later.iter_mut().enumerate() {
            for (place, sum) in row.iter_mut().enumerate() {
                *sum += hazard * self.part(score, place);
            }
        }
    }
}

fn add(covariance: &mut [Vec<f64>], loads: &[f64], variance: f64) {
    for (row, one) in covariance.iter_mut().zip(loads) {
        for (sum, other) in row.iter_mut().zip(loads) {
            *sum += one * other * variance;
        }
    }
}
