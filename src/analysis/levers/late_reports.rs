//! Companies whose stage I reports come late more often than the others'.

use super::LeverGroup;
use super::builder::{LeverBuilder, Occurred};
use super::kinds::LeverKind;
use crate::analysis::rates::{shrunk_shares, wilson};
use crate::domain::Rupiah;
use crate::domain::clock::ClockMark;

/// Late reports a company needs to be named.
const LEAST_LATE: u64 = 3;

/// What one company reported.
#[derive(Clone, Copy, Default)]
struct Reports {
    late: u64,
    told: u64,
    amount: Rupiah,
}

/// Names the companies whose share of late reports is surely above that of all.
pub(super) fn find(found: &mut LeverBuilder) {
    let mut reports = vec![Reports::default(); found.companies.len()];
    for case in found.kept.iter().filter(|case| case.in_span == Occurred::InSpan) {
        let of = &mut reports[case.company];
        match case.stage_one {
            ClockMark::Late(_) => {
                of.late += 1;
                of.told += 1;
                of.amount += case.determined;
            }
            ClockMark::InTime => of.told += 1,
            ClockMark::None | ClockMark::CannotTell => {}
        }
    }
    let counts: Vec<(u64, u64)> = reports.iter().map(|of| (of.late, of.told)).collect();
    let (late, told) = counts.iter().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    if late == 0 {
        return;
    }
    let all = late as f64 / told as f64;
    let shares = shrunk_shares(&counts);
    let mut groups = Vec::new();
    for (company, of) in reports.iter().enumerate().skip(1).filter(|(_, of)| of.late >= LEAST_LATE) {
        if wilson(of.late, of.told).is_none_or(|share| share.low <= all) {
            continue;
        }
        groups.push(LeverGroup {
            key: found.companies.key(company).to_owned(),
            name: found.companies.name(company).to_owned(),
            n_cases: of.late,
            of: Some(of.told),
            index: Some(shares[company]),
            low: None,
            amount: of.amount,
        });
    }
    let share = |group: &LeverGroup| group.index.unwrap_or(0.0);
    groups.sort_by(|a, b| share(b).total_cmp(&share(a)).then_with(|| a.key.cmp(&b.key)));
    found.lever(LeverKind::LateReport).groups = groups;
}
