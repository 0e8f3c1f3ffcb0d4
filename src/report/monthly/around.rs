//! What stands around the books: clocks, late entries, the comparison with other months, notes.

use jiff::civil::Date;

use crate::domain::clock::ClockKind;
use crate::domain::money::Rupiah;
use crate::domain::posting::PostingKind;

/// How one clock was met in the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRow {
    /// Which.
    pub clock: ClockKind,
    /// Kept.
    pub in_time: u64,
    /// Missed.
    pub late: u64,
    /// A date or hour is missing; never counted as late.
    pub cannot_tell: u64,
    /// Days late, added up.
    pub late_days: u64,
    /// What it costs: 1 % of the amount a day, for payments.
    pub cost: Rupiah,
}

/// Late entries of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRow {
    /// Which step.
    pub kind: PostingKind,
    /// How many.
    pub count: u64,
    /// Their rupiah.
    pub amount: Rupiah,
}

/// A measure of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Cases registered.
    Registered,
    /// Cases closed.
    Closed,
    /// Cases rejected or cancelled.
    Dropped,
    /// Rupiah asked by the cases filed.
    Filed,
    /// Rupiah determined, corrections counted.
    Determined,
    /// Rupiah settled.
    Paid,
    /// Rupiah owed again.
    Returned,
    /// Vouchers raised.
    Vouchers,
    /// Their gross.
    VoucherGross,
}

impl Measure {
    /// Every measure, in the order of the table.
    pub const ALL: &'static [Measure] = &[
        Measure::Registered,
        Measure::Closed,
        Measure::Dropped,
        Measure::Filed,
        Measure::Determined,
        Measure::Paid,
        Measure::Returned,
        Measure::Vouchers,
        Measure::VoucherGross,
    ];

    /// The code in JSON and in the words' keys.
    pub const fn code(self) -> &'static str {
        match self {
            Measure::Registered => "registered",
            Measure::Closed => "closed",
            Measure::Dropped => "dropped",
            Measure::Filed => "filed",
            Measure::Determined => "determined",
            Measure::Paid => "paid",
            Measure::Returned => "returned",
            Measure::Vouchers => "vouchers",
            Measure::VoucherGross => "voucher-gross",
        }
    }
}

/// A number of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Counted.
    Count(i64),
    /// Rupiah.
    Amount(Rupiah),
}

/// One measure over four spans of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    /// What.
    pub measure: Measure,
    /// This month.
    pub this_month: Quantity,
    /// The month before.
    pub last_month: Quantity,
    /// The same month a year before.
    pub same_month_last_year: Quantity,
    /// January to this month.
    pub year_to_date: Quantity,
}

/// What the reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The regulator's rows are flows; a case can stand in several, they are not added.
    RowsNotAdded,
    /// Amounts are gross.
    GrossBasis,
    /// The month is open.
    Provisional,
    /// Steps posted in another month than their paper.
    LateEntries(u64),
    /// Steps from an imported history.
    History(u64),
    /// Records that do not fit.
    Unmatched(u64),
    /// Numbers missing in the series.
    Gaps(u64),
    /// The month was closed.
    Closed {
        /// When.
        date: Date,
        /// By whom.
        by: String,
    },
    /// What whoever closed it said of the differences.
    Explained(String),
    /// The closed month was opened again.
    Reopened {
        /// When.
        date: Date,
        /// Who asked.
        asked_by: String,
        /// Who did it.
        opened_by: String,
        /// Why.
        reason: String,
    },
    /// Said by the desk.
    Said(String),
}

impl Note {
    /// Whether the note counts something and there is none of it.
    pub fn is_about_nothing(&self) -> bool {
        matches!(self, Note::LateEntries(0) | Note::History(0) | Note::Unmatched(0) | Note::Gaps(0))
    }
}
