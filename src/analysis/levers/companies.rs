//! Companies of high frequency, of high severity, or of both.

use std::collections::BTreeMap;

use super::builder::{Closed, Kept, LeverBuilder, Occurred};
use super::facilities::Compared;
use super::kinds::LeverKind;
use super::{LeverGroup, above_usual, whole};
use crate::analysis::rates::{RankRow, Ranking};
use crate::domain::Rupiah;

/// Times the usual, in percent, from which somebody stands out.
pub(super) const STANDS_OUT_PERCENT: i64 = 150;

/// Whether somebody is far enough from the usual, and surely above it.
pub(super) fn stands_out(index: f64, low: f64) -> bool {
    index * 100.0 >= STANDS_OUT_PERCENT as f64 && low > 1.0
}

/// Finds them. A company of both stands under both alone.
pub(super) fn find(found: &mut LeverBuilder, ranking: &Ranking, peers: &Compared) {
    let overall = ranking.overall;
    let index = |rate: f64| if overall > 0.0 { rate / overall } else { 0.0 };
    let frequent: BTreeMap<&str, &RankRow> = ranking
        .rows
        .iter()
        .filter(|row| row.sure && stands_out(index(row.rate), index(row.low_5)))
        .map(|row| (row.npp.as_str(), row))
        .collect();
    let mean_cost = mean_cost(&found.kept);
    let mut by_company: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, case) in found.kept.iter().enumerate().filter(|(_, case)| case.company != 0) {
        by_company.entry(case.company).or_default().push(place);
    }
    for (company, places) in by_company {
        let often = frequent.get(found.companies.key(company)).copied();
        let severe = peers.companies[company].filter(|against| stands_out(against.index, against.low));
        let kind = match (often, severe) {
            (Some(_), Some(_)) => LeverKind::FrequentAndSevere,
            (Some(_), None) => LeverKind::FrequentCompany,
            (None, Some(_)) => LeverKind::SevereCompany,
            (None, None) => continue,
        };
        let (mut amount, mut n_cases) = (Rupiah::ZERO, 0);
        for place in places {
            let case = &found.kept[place];
            let beyond_count = match (often, case.in_span) {
                (Some(row), Occurred::InSpan) => above_usual(mean_cost, index(row.rate)),
                _ => Rupiah::ZERO,
            };
            let cost = case.severity.filter(|_| case.closed == Closed::InSpan);
            let beyond_cost = match (severe, cost) {
                (Some(against), Some(cost)) => above_usual(cost, against.index),
                _ => Rupiah::ZERO,
            };
            let is_meant =
                (often.is_some() && case.in_span == Occurred::InSpan) || (severe.is_some() && cost.is_some());
            if !is_meant {
                continue;
            }
            n_cases += 1;
            amount += beyond_count + beyond_cost;
            let times = often.map_or_else(|| severe.map_or(1.0, |s| s.index), |row| index(row.rate));
            let hit = found.hit_of(case, beyond_count + beyond_cost, whole(times * 100.0));
            found.lever(kind).hits.push(hit);
        }
        // The years are compared by what was closed in both; who has nothing in the span has nothing to look at.
        if n_cases == 0 {
            continue;
        }
        let (times, low) = match (often, severe) {
            (Some(row), _) => (index(row.rate), index(row.low_5)),
            (None, Some(against)) => (against.index, against.low),
            (None, None) => continue,
        };
        let group = LeverGroup {
            key: found.companies.key(company).to_owned(),
            name: found.companies.name(company).to_owned(),
            n_cases,
            of: None,
            index: Some(times),
            low: Some(low),
            amount,
        };
        found.lever(kind).groups.push(group);
    }
    for kind in [LeverKind::FrequentCompany, LeverKind::SevereCompany, LeverKind::FrequentAndSevere] {
        let groups = &mut found.lever(kind).groups;
        groups.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.key.cmp(&b.key)));
    }
}

/// Care and STMB of a case closed in the span, on average, whole rupiah.
fn mean_cost(kept: &[Kept]) -> Rupiah {
    let closed = kept.iter().filter(|case| case.closed == Closed::InSpan);
    let costs: Vec<Rupiah> = closed.filter_map(|case| case.severity).collect();
    let total: Rupiah = costs.iter().copied().sum();
    let count = i64::try_from(costs.len()).unwrap_or(i64::MAX);
    total.times_ratio(1, count.max(1)).unwrap_or(Rupiah::ZERO)
}
