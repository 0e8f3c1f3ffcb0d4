//! The page of recommendations: the levers that found something, with who stands out and the dearest cases.

use std::sync::atomic::AtomicBool;

use crate::analysis::levers::{Lever, LeverBasis};
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::insight::Months;
use crate::report::monthly::OfficeHead;
use crate::report::recommendations::{Evidence, Ground, Recommendation, Recommendations, Who};

/// Companies, facilities or persons shown of a finding.
const MOST_WHO: usize = 10;
/// Cases shown of a finding as evidence.
const MOST_CASES: usize = 10;

impl Desk {
    /// The page over some months, as of today.
    pub fn recommendations(&self, months: Months, cancel: &AtomicBool) -> Result<Recommendations, DeskError> {
        let found = self.levers(months, MOST_CASES, cancel)?;
        let office = self.office();
        let with_cases = found.levers.iter().filter(|lever| lever.n_cases > 0);
        Ok(Recommendations {
            office: OfficeHead {
                code: office.code.clone(),
                name: office.name.clone(),
                kind: office.kind,
                signers: office.signers,
            },
            from: found.span.from,
            to: found.span.to,
            as_of: found.span.today,
            n_cases: found.n_cases,
            n_events: found.n_events,
            items: with_cases.map(|lever| finding(lever, MOST_CASES)).collect(),
        })
    }
}

/// A lever as a finding with at most so many cases.
pub fn finding(lever: &Lever, n_cases: usize) -> Recommendation {
    Recommendation {
        code: lever.kind.code(),
        limit: lever.kind.limit(),
        ground: match lever.kind.basis() {
            LeverBasis::Regulation => Ground::Regulation,
            LeverBasis::Ours => Ground::Ours,
        },
        n_cases: lever.n_cases,
        amount: lever.amount,
        rules: lever.rules.clone(),
        untold: lever.untold,
        who: lever
            .groups
            .iter()
            .take(MOST_WHO)
            .map(|group| Who {
                key: group.key.clone(),
                name: group.name.clone(),
                n_cases: group.n_cases,
                of: group.of,
                index: group.index,
                low: group.low,
                amount: group.amount,
            })
            .collect(),
        cases: lever
            .cases
            .iter()
            .take(n_cases)
            .map(|hit| Evidence {
                claim_no: hit.claim_no.clone(),
                event: hit.event,
                company: hit.company.clone(),
                facility: hit.facility.clone(),
                measure: hit.measure,
                amount: hit.amount,
            })
            .collect(),
    }
}
