//! The month's flows by programme, component, company, facility, segment and place; clocks; late entries.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::clock::{ClockKind, ClockMark};
use crate::domain::code::{Component, Origin, Place, Programme, Segment};
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::domain::rule::late_payment;
use crate::report::monthly::{ClockRow, GroupRow, LateRow, RankedRow, Ranking, Sums};

/// Companies and facilities named one by one; the others are one line.
const N_NAMED: usize = 10;

impl Sums {
    fn add(&mut self, posting: &Posting) {
        match posting.kind {
            PostingKind::CaseRegistered => self.registered += 1,
            PostingKind::Determined => {
                self.lines += 1;
                self.determined += posting.amount;
            }
            PostingKind::Corrected => self.corrected += posting.amount,
            PostingKind::LinePaid => self.paid += posting.amount,
            PostingKind::LineUnpaid => self.returned += posting.amount,
            _ => {}
        }
    }

    fn add_all(&mut self, other: &Sums) {
        self.registered += other.registered;
        self.lines += other.lines;
        self.determined += other.determined;
        self.corrected += other.corrected;
        self.paid += other.paid;
        self.returned += other.returned;
    }
}

/// A company or facility with the name of its latest paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub(super) named: Option<(Date, Arc<str>)>,
    pub(super) sums: Sums,
}

/// What the report's own month is grouped by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Groups {
    pub(super) programmes: BTreeMap<Programme, Sums>,
    pub(super) components: BTreeMap<Option<Component>, Sums>,
    pub(super) segments: BTreeMap<Option<Segment>, Sums>,
    pub(super) places: BTreeMap<Option<Place>, Sums>,
    pub(super) companies: BTreeMap<Arc<str>, Named>,
    pub(super) facilities: BTreeMap<Arc<str>, Named>,
    pub(super) stage_one: ClockSums,
    pub(super) payment: ClockSums,
    pub(super) late: BTreeMap<PostingKind, (u64, Rupiah)>,
    pub(super) n_history: u64,
}

/// How one clock was met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ClockSums {
    pub(super) in_time: u64,
    pub(super) late: u64,
    pub(super) cannot_tell: u64,
    pub(super) late_days: u64,
    pub(super) cost: Rupiah,
}

impl ClockSums {
    fn add(&mut self, mark: ClockMark) {
        match mark {
            ClockMark::None => {}
            ClockMark::InTime => self.in_time += 1,
            ClockMark::CannotTell => self.cannot_tell += 1,
            ClockMark::Late(days) => {
                self.late += 1;
                self.late_days += u64::from(days);
            }
        }
    }

    fn row(&self, clock: ClockKind) -> ClockRow {
        ClockRow {
            clock,
            in_time: self.in_time,
            late: self.late,
            cannot_tell: self.cannot_tell,
            late_days: self.late_days,
            cost: self.cost,
        }
    }
}

/// What a late payment costs by the rule of its day: 1 % of the amount for each day late. Before the rule, nothing.
pub fn late_cost(amount: Rupiah, days: u16, paid: Date) -> Rupiah {
    late_payment(amount, days, paid).map_or(Rupiah::ZERO, |cost| cost.amount)
}

/// Whether a posting stands for a whole step; the parts of a voucher or transfer would count it again.
fn is_whole(kind: PostingKind) -> bool {
    !matches!(
        kind,
        PostingKind::LineVouchered
            | PostingKind::LineReleased
            | PostingKind::LinePaid
            | PostingKind::LineUnpaid
    )
}

/// Whether a whole step stands in another month than its paper (*susulan*).
pub fn is_late_entry(posting: &Posting) -> bool {
    is_whole(posting.kind) && Period::of(posting.date) != posting.month
}

impl Groups {
    /// Counts a posting of the report's month.
    pub(super) fn add(&mut self, posting: &Posting) {
        self.group(posting);
        match posting.kind {
            PostingKind::CaseRegistered | PostingKind::StageOneReported => {
                self.stage_one.add(posting.clock);
            }
            PostingKind::LinePaid => {
                self.payment.add(posting.clock);
                if let ClockMark::Late(days) = posting.clock {
                    self.payment.cost += late_cost(posting.amount, days, posting.date);
                }
            }
            _ => {}
        }
        if is_late_entry(posting) {
            let (count, amount) = self.late.entry(posting.kind).or_default();
            *count += 1;
            *amount += posting.amount;
        }
        if is_whole(posting.kind) && posting.origin == Origin::History {
            self.n_history += 1;
        }
    }

    fn group(&mut self, posting: &Posting) {
        use PostingKind as Kind;
        let kind = posting.kind;
        let is_money = matches!(kind, Kind::Determined | Kind::Corrected | Kind::LinePaid | Kind::LineUnpaid);
        if !is_money && kind != Kind::CaseRegistered {
            return;
        }
        let by = &posting.by;
        self.programmes.entry(by.programme).or_default().add(posting);
        self.segments.entry(by.segment).or_default().add(posting);
        self.places.entry(by.place).or_default().add(posting);
        if is_money {
            self.components.entry(by.component).or_default().add(posting);
        }
        for (map, key, name) in
            [(&mut self.companies, &by.npp, &by.company), (&mut self.facilities, &by.facility, &by.facility)]
        {
            let named = map.entry(Arc::clone(key)).or_default();
            named.sums.add(posting);
            let seen = Some((posting.date, Arc::clone(name)));
            if named.named < seen {
                named.named = seen;
            }
        }
    }

    /// By programme.
    pub(super) fn programme(&self, programme: Programme) -> Sums {
        self.programmes.get(&programme).cloned().unwrap_or_default()
    }

    /// By component, in the order of the list, without the idle ones.
    pub(super) fn components(&self) -> Vec<GroupRow<Component>> {
        rows(&self.components)
    }

    /// By kind of participant.
    pub(super) fn segments(&self) -> Vec<GroupRow<Segment>> {
        rows(&self.segments)
    }

    /// By place of the accident.
    pub(super) fn places(&self) -> Vec<GroupRow<Place>> {
        rows(&self.places)
    }

    /// Companies by what was determined.
    pub(super) fn companies(&self) -> Ranking {
        ranking(&self.companies)
    }

    /// Facilities by what was determined.
    pub(super) fn facilities(&self) -> Ranking {
        ranking(&self.facilities)
    }

    /// How the clocks were met.
    pub(super) fn clocks(&self) -> Vec<ClockRow> {
        vec![self.stage_one.row(ClockKind::StageOne), self.payment.row(ClockKind::Payment)]
    }

    /// Late entries by kind.
    pub(super) fn late(&self) -> Vec<LateRow> {
        self.late
            .iter()
            .map(|(kind, (count, amount))| LateRow { kind: *kind, count: *count, amount: *amount })
            .collect()
    }

    /// Steps that came from an imported history.
    pub(super) fn n_history(&self) -> u64 {
        self.n_history
    }
}

fn rows<K: Copy + Ord>(groups: &BTreeMap<Option<K>, Sums>) -> Vec<GroupRow<K>> {
    // What has no value stands last, not first.
    let known = groups.iter().filter(|(key, _)| key.is_some());
    let unknown = groups.iter().filter(|(key, _)| key.is_none());
    known.chain(unknown).map(|(key, sums)| GroupRow { key: *key, sums: sums.clone() }).collect()
}

fn ranking(groups: &BTreeMap<Arc<str>, Named>) -> Ranking {
    let mut ranking = Ranking::default();
    let mut named: Vec<RankedRow> = Vec::new();
    for (key, group) in groups {
        if key.is_empty() {
            ranking.without = Some(group.sums.clone());
            continue;
        }
        let name = group.named.as_ref().map_or_else(|| Arc::clone(key), |(_, name)| Arc::clone(name));
        named.push(RankedRow { key: Arc::clone(key), name, sums: group.sums.clone() });
    }
    let rank =
        |row: &RankedRow| (-row.sums.determined, -row.sums.paid, std::cmp::Reverse(row.sums.registered));
    named.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key)));
    let rest = named.split_off(named.len().min(N_NAMED));
    ranking.named = named;
    ranking.n_rest = u64::try_from(rest.len()).expect("counts fit");
    rest.iter().for_each(|row| ranking.rest.add_all(&row.sums));
    ranking
}
