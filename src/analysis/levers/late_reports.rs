//! Companies whose stage I reports come late more often than the others'.

use super::LeverGroup;
use super::builder::{LeverBuilder, Occurred};
use super::kinds::LeverKind;
use crate::analysis::rates::{FALSE_SHARE, corrected, mid_p_at_least, shrunk_shares};
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

/// Names the companies with more late reports than the others' share explains, by an exact test, corrected for how many
/// companies are tested. Those with fewer reports than it takes to be named are not tested: a test that nothing could
/// pass would only take from the others.
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
    // What is known of one company does not count among the others it is held against.
    let chance = |of: &Reports| {
        let (others_late, others_told) = (late - of.late, told - of.told);
        let others = if others_told == 0 { 1.0 } else { others_late as f64 / others_told as f64 };
        mid_p_at_least(of.late, of.told, others)
    };
    let tested: Vec<usize> =
        (1..reports.len()).filter(|&company| reports[company].told >= LEAST_LATE).collect();
    let chances: Vec<f64> = tested.iter().map(|&company| chance(&reports[company])).collect();
    let shares = shrunk_shares(&counts);
    let mut groups = Vec::new();
    for (&company, q) in tested.iter().zip(corrected(&chances)) {
        let of = &reports[company];
        if of.late < LEAST_LATE || q > FALSE_SHARE {
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
