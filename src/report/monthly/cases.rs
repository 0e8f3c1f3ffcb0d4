//! Cases by id: open or not, the outcome as last stated, and which flows of the month touched them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::code::{Component, Outcome, Programme};
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::domain::subject::has_case;
use crate::report::monthly::slots::{Place, Slots};
use crate::report::monthly::states::OpenKey;

/// Flows that are counted by distinct cases.
#[derive(Debug, Clone, Copy)]
pub(super) enum Touch {
    /// Filed in the month, or a further line of it.
    Filed = 1,
    /// A line was determined.
    Determined = 2,
    /// A line was paid.
    Paid = 4,
    /// The case was rejected.
    Rejected = 8,
    /// A scholarship was determined.
    Scholarship = 16,
}

impl Touch {
    /// Every flow, in the order of its counters.
    pub(super) const ALL: [Touch; 5] =
        [Touch::Filed, Touch::Determined, Touch::Paid, Touch::Rejected, Touch::Scholarship];
}

/// What is kept of a case.
#[derive(Debug, Default)]
pub(super) struct CaseSlot {
    /// Times it was opened less times it was ended: 1 open, 0 ended.
    net: i32,
    /// Bits of [`Touch`].
    touched: u8,
    /// Known only for what it says of others: not counted and not judged.
    pub(super) is_aside: bool,
    latest: Option<Latest>,
    outcome: Option<Stated>,
}

/// What the latest posting says of the case; one that knows the event goes before those that lost their case. Compared
/// as a whole, so that the order of arrival does not matter.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Latest {
    knows_event: bool,
    month: Period,
    date: Date,
    event_date: Option<Date>,
    programme: Programme,
    claim_no: Arc<str>,
}

/// An outcome with its month and date. Of two with the same month and date the final one stands, since the order of
/// arrival must not matter.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stated {
    month: Period,
    date: Date,
    is_final: bool,
    outcome: Outcome,
}

impl CaseSlot {
    /// Number of the claim as printed; empty unknown.
    pub(super) fn claim_no(&self) -> &str {
        self.latest.as_ref().map_or("", |latest| &latest.claim_no)
    }

    fn touch(&mut self, touch: Touch) {
        self.touched |= touch as u8;
    }

    fn see(&mut self, posting: &Posting) {
        let knows_event = posting.by.event_date.is_some();
        let known = self.latest.as_ref().map(|latest| (latest.knows_event, latest.month, latest.date));
        if known > Some((knows_event, posting.month, posting.date)) {
            return;
        }
        let seen = Some(Latest {
            knows_event,
            month: posting.month,
            date: posting.date,
            event_date: posting.by.event_date,
            programme: posting.by.programme,
            claim_no: Arc::clone(&posting.by.claim_no),
        });
        if self.latest < seen {
            self.latest = seen;
        }
    }
}

/// Every case up to the month's end.
#[derive(Debug)]
pub(super) struct Cases {
    period: Period,
    slots: Slots<CaseSlot>,
    /// Cases known only by the number on a paper.
    strays: BTreeMap<Arc<str>, Place>,
}

impl Cases {
    pub(super) fn new(period: Period) -> Cases {
        Cases { period, slots: Slots::default(), strays: BTreeMap::new() }
    }

    /// Folds a posting into its case; the place of the case, or none for postings about a whole voucher or transfer.
    /// `is_aside` is the same for all postings of a case.
    pub(super) fn add(&mut self, posting: &Posting, is_aside: bool) -> Option<Place> {
        use PostingKind as Kind;
        if !has_case(posting.kind) {
            return None;
        }
        let place = match posting.claim {
            Some(claim) => self.slots.place(claim.get()),
            None => self.stray(&posting.by.claim_no),
        };
        let in_month = posting.month == self.period;
        let slot = self.slots.at_mut(place);
        slot.is_aside = is_aside;
        slot.see(posting);
        match posting.kind {
            Kind::CaseRegistered | Kind::CaseRestored => slot.net += 1,
            Kind::CaseClosed | Kind::CaseCancelled => slot.net -= 1,
            Kind::CaseRejected => {
                slot.net -= 1;
                if in_month {
                    slot.touch(Touch::Rejected);
                }
            }
            Kind::OutcomeSet => state_outcome(slot, posting),
            Kind::Filed | Kind::LineFiled if in_month => slot.touch(Touch::Filed),
            Kind::Determined if in_month => {
                slot.touch(Touch::Determined);
                if posting.by.component == Some(Component::Scholarship) {
                    slot.touch(Touch::Scholarship);
                }
            }
            Kind::LinePaid if in_month => slot.touch(Touch::Paid),
            _ => {}
        }
        Some(place)
    }

    /// Goes on to a month of which nothing was added yet.
    pub(super) fn go_on(&mut self, period: Period) {
        self.period = period;
        self.slots.iter_mut().for_each(|slot| slot.touched = 0);
    }

    fn stray(&mut self, claim_no: &Arc<str>) -> Place {
        if let Some(place) = self.strays.get(claim_no) {
            return *place;
        }
        let place = self.slots.push();
        self.strays.insert(Arc::clone(claim_no), place);
        place
    }

    /// The case at a place.
    pub(super) fn at(&self, place: Place) -> &CaseSlot {
        self.slots.at(place)
    }

    /// Cases with such a flow in the month, each once, by [`Touch::ALL`].
    pub(super) fn touched(&self) -> [i64; 5] {
        let mut counts = [0; 5];
        for slot in self.counted().filter(|slot| slot.touched > 0) {
            for (count, touch) in counts.iter_mut().zip(Touch::ALL) {
                *count += i64::from(slot.touched & touch as u8 != 0);
            }
        }
        counts
    }

    /// Open cases, by what is said of them.
    pub(super) fn open(&self) -> BTreeMap<OpenKey, i64> {
        let mut open = BTreeMap::new();
        for slot in self.counted().filter(|slot| slot.net > 0) {
            let latest = slot.latest.as_ref().expect("a case is open by a posting that was seen");
            let key = OpenKey {
                programme: latest.programme,
                outcome: slot.outcome.as_ref().map(|stated| stated.outcome),
                event_date: latest.event_date,
            };
            *open.entry(key).or_default() += 1;
        }
        open
    }

    /// Outcomes stated in the month, the last of each JKK case.
    pub(super) fn stated(&self) -> BTreeMap<Outcome, i64> {
        let mut counts = BTreeMap::new();
        let is_jkk = |slot: &&CaseSlot| slot.latest.as_ref().is_some_and(|l| l.programme == Programme::Jkk);
        for stated in self.counted().filter(is_jkk).filter_map(|slot| slot.outcome.as_ref()) {
            if stated.month == self.period {
                *counts.entry(stated.outcome).or_default() += 1;
            }
        }
        counts
    }

    fn counted(&self) -> impl Iterator<Item = &CaseSlot> {
        self.slots.iter().filter(|slot| !slot.is_aside)
    }
}

fn state_outcome(slot: &mut CaseSlot, posting: &Posting) {
    let Some(outcome) = posting.by.outcome else { return };
    let stated =
        Some(Stated { month: posting.month, date: posting.date, is_final: outcome.is_final(), outcome });
    if slot.outcome < stated {
        slot.outcome = stated;
    }
}
