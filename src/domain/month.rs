//! A month of the books: closed by one person once it is over, and opened again by two. What was closed is sealed with
//! what stood in it, so that anyone can check later that it still does.

use jiff::civil::Date;

use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::posting::PostingKind;
use crate::domain::voucher::SeriesKey;

/// Postings of one kind in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindSum {
    /// Which kind.
    pub kind: PostingKind,
    /// How many.
    pub count: u64,
    /// Their rupiah, added up.
    pub amount: Rupiah,
}

/// What one series gave in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherRange {
    /// The series.
    pub series: SeriesKey,
    /// Its lowest number in the month.
    pub first: u32,
    /// Its highest.
    pub last: u32,
    /// How many vouchers of the month have a number of it, void ones too.
    pub count: u32,
}

/// What stands in a month's books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthBooks {
    /// Postings.
    pub postings: u64,
    /// By kind, in the order of the list, those that are there.
    pub sums: Vec<KindSum>,
    /// By series, in order.
    pub ranges: Vec<VoucherRange>,
    /// Vouchers of the month whose code is of no series of ours.
    pub unnumbered: u64,
    /// Digest over the canonical posted lines, 64 hexadecimal digits.
    pub digest: String,
}

/// A record of the journal: the one after which a month was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookMark {
    /// Its number.
    pub seq: u64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// What was done to a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MonthStep {
    /// It was closed: nothing is posted in it any more.
    Closed {
        /// What explains the differences that were shown; empty where there were none.
        note: String,
        /// What stood in it.
        books: Box<MonthBooks>,
        /// The record before.
        after: BookMark,
    },
    /// Somebody asks to open it again.
    ReopenAsked {
        /// Why.
        reason: String,
    },
    /// A second person opened it again.
    Reopened,
}

/// Something that was done to a month, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDeed {
    /// Which month.
    pub month: Period,
    /// The desk's day.
    pub date: Date,
    /// Who, by name.
    pub by: String,
    /// Who, by the system's ids.
    pub who: PersonId,
    /// What.
    pub step: MonthStep,
}

impl MonthDeed {
    /// Whether it closed the month.
    pub fn is_closing(&self) -> bool {
        matches!(self.step, MonthStep::Closed { .. })
    }

    /// What the deed does to the office: the first open month moves.
    pub fn apply(&self, office: &mut Office) {
        match self.step {
            MonthStep::Closed { .. } => office.first_open = self.month.plus(1),
            MonthStep::Reopened => office.first_open = self.month,
            MonthStep::ReopenAsked { .. } => {}
        }
    }
}

/// How a month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthStanding<'a> {
    /// Its books are open.
    Open,
    /// It lies before the first month of these books; history may still be posted there.
    Before,
    /// It was closed.
    Closed(&'a MonthDeed),
}

/// How a month stands after what was done; `deeds` are those of all months, oldest first.
pub fn standing<'a>(office: &Office, deeds: &'a [MonthDeed], month: Period) -> MonthStanding<'a> {
    if office.is_open(month) {
        return MonthStanding::Open;
    }
    let closing = deeds.iter().rfind(|deed| deed.month == month && deed.is_closing());
    closing.map_or(MonthStanding::Before, MonthStanding::Closed)
}

/// The wish to open a closed month again that still waits for a second person. Closing any month ends it.
pub fn asked_to_reopen(deeds: &[MonthDeed], month: Period) -> Option<&MonthDeed> {
    let last = deeds.iter().rfind(|deed| deed.month == month || deed.is_closing())?;
    matches!(last.step, MonthStep::ReopenAsked { .. }).then_some(last)
}

/// The closings of all months, oldest first, each with its count among those of its month from 1: a month that was opened
/// again has several.
pub fn closings(deeds: &[MonthDeed]) -> impl Iterator<Item = (usize, &MonthDeed)> {
    deeds.iter().enumerate().filter(|(_, deed)| deed.is_closing()).map(|(place, deed)| {
        let earlier = deeds[..place].iter().filter(|other| other.month == deed.month && other.is_closing());
        (earlier.count() + 1, deed)
    })
}

/// Every time a month was opened again: who asked, and who did it.
pub fn reopenings(deeds: &[MonthDeed]) -> impl Iterator<Item = (&MonthDeed, &MonthDeed)> {
    deeds.iter().enumerate().filter(|(_, deed)| deed.step == MonthStep::Reopened).filter_map(
        |(place, deed)| {
            let asked = |other: &&MonthDeed| {
                other.month == deed.month && matches!(other.step, MonthStep::ReopenAsked { .. })
            };
            Some((deeds[..place].iter().rfind(asked)?, deed))
        },
    )
}
