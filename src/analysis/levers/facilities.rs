//! Facilities and companies against their peers for the same diagnosis and outcome; and the facilities that stand out.

use super::builder::{Closed, Kept, LeverBuilder};
use super::companies::stands_out;
use super::kinds::LeverKind;
use super::peers::{AgainstPeers, PeerCase, against_peers, strata};
use super::{LeverGroup, LeverHit, above_usual};
use crate::domain::Rupiah;

/// Facilities and companies against their peers.
pub(super) struct Compared {
    pub(super) facilities: Vec<Option<AgainstPeers>>,
    pub(super) companies: Vec<Option<AgainstPeers>>,
}

/// Rounds in which what the one side explains is taken off the other: a dear hospital must not make the company that
/// sends its workers there look severe, nor the other way round.
const ROUNDS: usize = 3;

/// Compares the closed cases of the span.
pub(super) fn compare(found: &LeverBuilder) -> Compared {
    let mut facilities: Vec<Option<AgainstPeers>> = vec![None; found.facilities.len()];
    let mut companies: Vec<Option<AgainstPeers>> = vec![None; found.companies.len()];
    for _ in 0..ROUNDS {
        let of_care = cases(found, |case| (case.care, case.facility, case.company), &companies);
        facilities = against_peers(&of_care, found.facilities.len());
        let of_severity = cases(found, |case| (case.severity, case.company, case.facility), &facilities);
        companies = against_peers(&of_severity, found.companies.len());
    }
    Compared { facilities, companies }
}

/// The cases with a cost, whose, and with the part of the other side taken off.
fn cases(
    found: &LeverBuilder,
    of: impl Fn(&Kept) -> (Option<Rupiah>, usize, usize),
    others: &[Option<AgainstPeers>],
) -> Vec<PeerCase> {
    let case = |case: &Kept| {
        let (cost, who, other) = of(case);
        let cost = cost.filter(|cost| *cost > Rupiah::ZERO)?;
        let explained = others[other].map_or(0.0, |other| other.index.ln());
        let ln_cost = (cost.get() as f64).ln() - explained;
        (who != 0).then_some(PeerCase { who, strata: strata(case.diagnosis, case.outcome), ln_cost })
    };
    found.kept.iter().filter_map(case).collect()
}

/// The facilities that stand out, and their cases of the span: who has none there has nothing to look at.
pub(super) fn find(found: &mut LeverBuilder, peers: &Compared) {
    let mut groups = Vec::new();
    for (who, against) in peers.facilities.iter().enumerate() {
        let Some(against) = against.filter(|against| stands_out(against.index, against.low)) else {
            continue;
        };
        let own = found.kept.iter().filter(|case| case.facility == who && case.closed == Closed::InSpan);
        let with_cost = own.filter_map(|case| Some((case, case.care.filter(|care| !care.is_zero())?)));
        let hits: Vec<LeverHit> = with_cost
            .map(|(case, care)| {
                let above = above_usual(care, against.index);
                found.hit_of(case, above, super::whole(against.index * 100.0))
            })
            .collect();
        if hits.is_empty() {
            continue;
        }
        groups.push(LeverGroup {
            key: found.facilities.key(who).to_owned(),
            name: found.facilities.name(who).to_owned(),
            n_cases: u64::try_from(hits.len()).expect("memory is smaller than 2^64"),
            of: None,
            index: Some(against.index),
            low: Some(against.low),
            amount: hits.iter().map(|hit| hit.amount).sum(),
        });
        for hit in hits {
            found.lever(LeverKind::FacilityCost).hits.push(hit);
        }
    }
    groups.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.key.cmp(&b.key)));
    found.lever(LeverKind::FacilityCost).groups = groups;
}
