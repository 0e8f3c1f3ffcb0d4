//! What stands at the month's end, added up so that the part of a few records can be taken out and put in again.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::code::{Outcome, Programme};
use crate::report::monthly::cases::Touch;
use crate::report::monthly::tie::Judged;
use crate::report::monthly::{AgeBand, AgeRow, CountAndSum, OutcomeRow};

/// What is said of an open case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpenKey {
    pub(super) programme: Programme,
    pub(super) outcome: Option<Outcome>,
    pub(super) event_date: Option<Date>,
}

/// The states of cases, lines and vouchers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct States {
    /// Cases with a flow in the month, by [`Touch::ALL`].
    pub(super) touched: [i64; 5],
    /// Open cases.
    pub(super) open: BTreeMap<OpenKey, i64>,
    /// Outcomes stated in the month, the last of each JKK case.
    pub(super) stated: BTreeMap<Outcome, i64>,
    /// Lines and vouchers.
    pub(super) judged: Judged,
    /// Voids made in the month: of vouchers raised in it, and of earlier ones.
    pub(super) voids: [CountAndSum; 2],
}

impl States {
    /// Cases with such a flow in the month, each once.
    pub(super) fn touched(&self, touch: Touch) -> u64 {
        let at =
            Touch::ALL.iter().position(|known| *known as u8 == touch as u8).expect("every flow is listed");
        count(self.touched[at])
    }

    /// Open cases of a programme.
    pub(super) fn open_of(&self, programme: Programme) -> u64 {
        count(self.open_where(|key| key.programme == programme))
    }

    /// Outcomes stated in the month, and standing at its end among open JKK cases.
    pub(super) fn outcomes(&self) -> Vec<OutcomeRow> {
        let row = |outcome: Option<Outcome>| OutcomeRow {
            outcome,
            new: count(outcome.and_then(|outcome| self.stated.get(&outcome)).copied().unwrap_or(0)),
            standing: count(self.open_where(|key| key.programme == Programme::Jkk && key.outcome == outcome)),
        };
        Outcome::ALL.iter().map(|outcome| row(Some(*outcome))).chain([row(None)]).collect()
    }

    /// Open cases by months since their event, counted at `as_of`.
    pub(super) fn ages(&self, as_of: Date) -> Vec<AgeRow> {
        let mut rows: Vec<AgeRow> =
            AgeBand::ALL.iter().map(|band| AgeRow { band: *band, open: 0, under_treatment: 0 }).collect();
        for (key, n) in &self.open {
            let band = AgeBand::of(key.event_date, as_of);
            let row = rows.iter_mut().find(|row| row.band == band).expect("every band has a row");
            row.open += count(*n);
            if key.outcome == Some(Outcome::Berobat) {
                row.under_treatment += count(*n);
            }
        }
        rows
    }

    fn open_where(&self, is_one: impl Fn(&OpenKey) -> bool) -> i64 {
        self.open.iter().filter(|(key, _)| is_one(key)).map(|(_, n)| n).sum()
    }

    /// These states with the part of some records taken out and put in anew; none when what is to be taken out is not
    /// there, so that the states are not of the books they are said to be.
    pub(super) fn changed(&self, before: &States, after: &States) -> Option<States> {
        let mut touched = self.touched;
        for (at, n) in touched.iter_mut().enumerate() {
            *n += after.touched[at] - before.touched[at];
        }
        let mut voids = self.voids;
        for (at, sum) in voids.iter_mut().enumerate() {
            sum.count = (sum.count + after.voids[at].count).checked_sub(before.voids[at].count)?;
            sum.amount = sum.amount + after.voids[at].amount - before.voids[at].amount;
        }
        let judged = Judged {
            vouchers: self.judged.vouchers + after.judged.vouchers - before.judged.vouchers,
            expected_cash: self.judged.expected_cash + after.judged.expected_cash
                - before.judged.expected_cash,
            waiting: exchanged(&self.judged.waiting, &before.judged.waiting, &after.judged.waiting)?,
            unmatched: exchanged(&self.judged.unmatched, &before.judged.unmatched, &after.judged.unmatched)?,
        };
        let changed = States {
            touched,
            open: counted_anew(&self.open, &before.open, &after.open),
            stated: counted_anew(&self.stated, &before.stated, &after.stated),
            judged,
            voids,
        };
        let mut counts = changed.touched.iter().chain(changed.open.values()).chain(changed.stated.values());
        counts.all(|n| *n >= 0).then_some(changed)
    }
}

fn counted_anew<K: Ord + Copy>(
    all: &BTreeMap<K, i64>,
    before: &BTreeMap<K, i64>,
    after: &BTreeMap<K, i64>,
) -> BTreeMap<K, i64> {
    let mut counts = all.clone();
    before.iter().for_each(|(key, n)| *counts.entry(*key).or_default() -= n);
    after.iter().for_each(|(key, n)| *counts.entry(*key).or_default() += n);
    counts.retain(|_, n| *n != 0);
    counts
}

/// A sorted list without some of its records, each of which must be there, and with others.
fn exchanged<R: Ord + Clone>(all: &[R], out: &[R], new: &[R]) -> Option<Vec<R>> {
    let (mut out, mut new) = (out.iter().peekable(), new.iter().peekable());
    let mut left = Vec::with_capacity(all.len());
    for record in all {
        if out.next_if(|gone| *gone == record).is_some() {
            continue;
        }
        while let Some(added) = new.next_if(|added| *added <= record) {
            left.push(added.clone());
        }
        left.push(record.clone());
    }
    left.extend(new.cloned());
    out.next().is_none().then_some(left)
}

fn count(n: i64) -> u64 {
    u64::try_from(n).expect("states are only kept where no count is negative")
}
