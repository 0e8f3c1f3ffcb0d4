//! What flowed in each month: count and amount by kind of posting. Every roll-forward and comparison is read from here.

use std::collections::BTreeMap;

use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};

/// The kinds that make up *Diajukan*.
pub const FILED_KINDS: &[PostingKind] =
    &[PostingKind::Filed, PostingKind::LineFiled, PostingKind::AskedCorrected];

pub(super) const N_KINDS: usize = PostingKind::ALL.len();

/// The flows of one month, or of several added up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Flows {
    pub(super) counts: [i64; N_KINDS],
    pub(super) amounts: [Rupiah; N_KINDS],
    /// Tax on the vouchers raised.
    pub(super) pph: Rupiah,
    /// Rounding on the vouchers raised.
    pub(super) rounding: Rupiah,
}

impl Flows {
    fn add(&mut self, posting: &Posting) {
        let kind = usize::from(posting.kind.index());
        self.counts[kind] += 1;
        self.amounts[kind] += posting.amount;
        if posting.kind == PostingKind::VoucherRaised {
            self.pph += posting.pph;
            self.rounding += posting.rounding;
        }
    }

    fn add_all(&mut self, other: &Flows) {
        for kind in 0..N_KINDS {
            self.counts[kind] += other.counts[kind];
            self.amounts[kind] += other.amounts[kind];
        }
        self.pph += other.pph;
        self.rounding += other.rounding;
    }

    /// How many of a kind.
    pub(super) fn count(&self, kind: PostingKind) -> i64 {
        self.counts[usize::from(kind.index())]
    }

    /// The rupiah of a kind.
    pub(super) fn amount(&self, kind: PostingKind) -> Rupiah {
        self.amounts[usize::from(kind.index())]
    }

    /// What was asked (*Diajukan*): with the application, and with what came later.
    pub(super) fn filed(&self) -> Rupiah {
        FILED_KINDS.iter().map(|kind| self.amount(*kind)).sum()
    }

    /// By how much these flows changed the number of open cases.
    pub(super) fn open_cases(&self) -> i64 {
        self.count(PostingKind::CaseRegistered) + self.count(PostingKind::CaseRestored)
            - self.count(PostingKind::CaseClosed)
            - self.count(PostingKind::CaseRejected)
            - self.count(PostingKind::CaseCancelled)
    }

    /// What was determined in all, corrections counted.
    pub(super) fn benefits(&self) -> Rupiah {
        self.amount(PostingKind::Determined) + self.amount(PostingKind::Corrected)
    }

    /// What was settled, gross, less what is owed again.
    pub(super) fn settled(&self) -> Rupiah {
        self.amount(PostingKind::LinePaid) - self.amount(PostingKind::LineUnpaid)
    }

    /// Money sent less money that came back.
    pub(super) fn cash(&self) -> Rupiah {
        self.amount(PostingKind::PaymentMade) - self.amount(PostingKind::PaymentReturned)
    }
}

/// Flows by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Months {
    pub(super) months: BTreeMap<Period, Flows>,
}

impl Months {
    /// Counts a posting in its month.
    pub(super) fn add(&mut self, posting: &Posting) {
        self.months.entry(posting.month).or_default().add(posting);
    }

    /// One month's flows.
    pub(super) fn of(&self, month: Period) -> Flows {
        self.months.get(&month).cloned().unwrap_or_default()
    }

    /// All flows from a month to a month, both counted; `None` from the beginning.
    pub(super) fn sum(&self, from: Option<Period>, to: Period) -> Flows {
        let mut sum = Flows::default();
        let months =
            self.months.iter().filter(|(month, _)| **month <= to && from.is_none_or(|f| **month >= f));
        months.for_each(|(_, flows)| sum.add_all(flows));
        sum
    }
}
