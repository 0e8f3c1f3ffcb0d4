//! The cases that a lever finds, one by one: all are counted and summed up, the dearest alone are kept with their names, so
//! that millions of cases need no more memory than a few.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::kinds::LeverKind;
use super::{LeverGroup, LeverHit};
use crate::domain::Rupiah;

/// Room beyond the cases that are kept, so that they are not sorted for each that comes.
const ROOM: usize = 1_024;

/// What a lever found so far.
#[derive(Debug)]
pub(super) struct Hits {
    most: usize,
    whose: Whose,
    pub(super) n_cases: u64,
    pub(super) amount: Rupiah,
    kept: Vec<LeverHit>,
    /// Cases and rupiah by the name they gather at.
    gathered: BTreeMap<String, (u64, Rupiah)>,
}

/// Whose a lever's cases are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Company,
    Facility,
}

impl Whose {
    fn of(kind: LeverKind) -> Whose {
        match kind {
            LeverKind::NonPartner
            | LeverKind::FacilityCost
            | LeverKind::Treatment6
            | LeverKind::Treatment12
            | LeverKind::Treatment24 => Whose::Facility,
            _ => Whose::Company,
        }
    }
}

impl Hits {
    /// None yet; so many are kept at most.
    pub(super) fn new(kind: LeverKind, most: usize) -> Hits {
        Hits {
            most,
            whose: Whose::of(kind),
            n_cases: 0,
            amount: Rupiah::ZERO,
            kept: Vec::new(),
            gathered: BTreeMap::new(),
        }
    }

    /// One more case.
    pub(super) fn push(&mut self, hit: LeverHit) {
        self.n_cases += 1;
        self.amount += hit.amount;
        let name = match self.whose {
            Whose::Company => &hit.company,
            Whose::Facility => &hit.facility,
        };
        if let Some((n_cases, amount)) = self.gathered.get_mut(name) {
            *n_cases += 1;
            *amount += hit.amount;
        } else if !name.is_empty() {
            self.gathered.insert(name.clone(), (1, hit.amount));
        }
        self.kept.push(hit);
        if self.kept.len() >= self.most.saturating_add(ROOM).max(self.most.saturating_mul(2)) {
            self.kept.select_nth_unstable_by(self.most, dearest_first);
            self.kept.truncate(self.most);
        }
    }

    /// The cases that are kept, the dearest first, and where all of them gather, by money and then by number.
    pub(super) fn finish(mut self) -> (Vec<LeverHit>, Vec<LeverGroup>) {
        self.kept.sort_unstable_by(dearest_first);
        self.kept.truncate(self.most);
        self.kept.shrink_to_fit();
        let group = |(name, (n_cases, amount)): (String, (u64, Rupiah))| LeverGroup {
            key: name.clone(),
            name,
            n_cases,
            of: None,
            index: None,
            low: None,
            amount,
        };
        let mut groups: Vec<LeverGroup> = self.gathered.into_iter().map(group).collect();
        groups.sort_by(|a, b| {
            b.amount.cmp(&a.amount).then(b.n_cases.cmp(&a.n_cases)).then_with(|| a.key.cmp(&b.key))
        });
        (self.kept, groups)
    }
}

/// By money, then by measure, then by number.
fn dearest_first(a: &LeverHit, b: &LeverHit) -> Ordering {
    b.amount.cmp(&a.amount).then(b.measure.cmp(&a.measure)).then_with(|| a.claim_no.cmp(&b.claim_no))
}
