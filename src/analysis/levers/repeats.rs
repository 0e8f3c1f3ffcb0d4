//! The same worker with several work accidents within twelve months.

use std::collections::BTreeMap;

use jiff::Span;

use super::LeverGroup;
use super::builder::{Kept, LeverBuilder, Occurred};
use super::kinds::{LeverKind, REPEATS};
use crate::base::safe;
use crate::domain::Rupiah;

/// Finds them: every case of a worker that stands with others in twelve months.
pub(super) fn find(found: &mut LeverBuilder) {
    let mut persons: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, case) in found.kept.iter().enumerate() {
        if case.in_span == Occurred::InSpan && case.person != 0 {
            persons.entry(case.person).or_default().push(place);
        }
    }
    let least = usize::try_from(REPEATS).expect("a small number");
    let mut groups = Vec::new();
    for (person, places) in persons.into_iter().filter(|(_, places)| places.len() >= least) {
        let mut cases: Vec<&Kept> = places.iter().map(|place| &found.kept[*place]).collect();
        cases.sort_by(|a, b| a.event.cmp(&b.event).then_with(|| a.claim_no.cmp(&b.claim_no)));
        let mut is_found = vec![false; cases.len()];
        for first in 0..=cases.len() - least {
            let end = cases[first].event.saturating_add(Span::new().months(12));
            let n = cases[first..].iter().take_while(|case| case.event < end).count();
            if n >= least {
                is_found[first..first + n].fill(true);
            }
        }
        let those: Vec<&Kept> =
            cases.iter().zip(&is_found).filter(|(_, is)| **is).map(|(case, _)| *case).collect();
        if those.is_empty() {
            continue;
        }
        let n_cases = u64::try_from(those.len()).expect("few");
        let hits: Vec<_> = those
            .iter()
            .map(|case| found.hit_of(case, case.determined, i64::try_from(those.len()).unwrap_or(i64::MAX)))
            .collect();
        groups.push(LeverGroup {
            key: safe::mask_tail(found.persons.key(person), 4),
            name: String::new(),
            n_cases,
            of: None,
            index: None,
            low: None,
            amount: hits.iter().map(|hit| hit.amount).sum::<Rupiah>(),
        });
        for hit in hits {
            found.lever(LeverKind::RepeatWorker).hits.push(hit);
        }
    }
    groups.sort_by(|a, b| {
        b.n_cases.cmp(&a.n_cases).then(b.amount.cmp(&a.amount)).then_with(|| a.key.cmp(&b.key))
    });
    found.lever(LeverKind::RepeatWorker).groups = groups;
}
