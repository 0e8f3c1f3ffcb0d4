//! What is added up as records come: sums by posting month, series, the next numbers. Kept in the MANIFEST, so that
//! nothing is scanned when a store is opened; made anew from the truth when it is missing.

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::domain::claim::Claim;
use crate::domain::code::{Origin, Programme, VoucherKind};
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::domain::voucher::{SeriesKey, SeriesState, Voucher};

/// Postings of one month, programme and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthSum {
    /// How many.
    pub count: u64,
    /// Their amounts.
    pub amount: Rupiah,
}

/// Month, programme and kind of posting.
pub type MonthKey = (Period, Programme, PostingKind);

/// What is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) months: OrdMap<MonthKey, MonthSum>,
    pub(crate) series: OrdMap<SeriesKey, SeriesState>,
    /// Highest number of the numbers we gave, by two-digit year.
    pub(crate) serials: OrdMap<i16, u32>,
    pub(crate) next_claim: u64,
    pub(crate) next_voucher: u64,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            months: OrdMap::new(),
            series: OrdMap::new(),
            serials: OrdMap::new(),
            next_claim: 1,
            next_voucher: 1,
        }
    }
}

impl Tally {
    /// A claim is there, with its number.
    pub(crate) fn claim(&mut self, claim: &Claim) {
        self.next_claim = self.next_claim.max(claim.id.get().saturating_add(1));
        if let Some((year, serial)) = given_number(claim.basics.claim_no.as_str()) {
            let known = self.serials.get(&year).copied().unwrap_or(0);
            self.serials.insert(year, known.max(serial));
        }
    }

    /// A voucher is there, with its number. Recorded codes in our shape, and history, reserve theirs: the holes below
    /// are "before santun".
    pub(crate) fn voucher(&mut self, voucher: &Voucher) {
        self.next_voucher = self.next_voucher.max(voucher.id.get().saturating_add(1));
        let Some((series, number)) = &voucher.series else { return };
        let mut state = self.series.get(series).cloned().unwrap_or_default();
        state.last = state.last.max(*number);
        if voucher.kind == VoucherKind::Recorded || voucher.origin == Origin::History {
            state.before = state.before.max(*number);
        } else {
            state.last_date = state.last_date.max(Some(voucher.date));
        }
        self.series.insert(series.clone(), state);
    }

    /// A series was told where to start.
    pub(crate) fn series_started(&mut self, series: &SeriesKey, next: u32) {
        let mut state = self.series.get(series).cloned().unwrap_or_default();
        state.last = state.last.max(next.saturating_sub(1));
        state.before = state.before.max(next.saturating_sub(1));
        self.series.insert(series.clone(), state);
    }

    /// A posting was made.
    pub(crate) fn posting(&mut self, posting: &Posting) {
        let key = (posting.month, posting.by.programme, posting.kind);
        self.add(key, MonthSum { count: 1, amount: posting.amount });
    }

    fn add(&mut self, key: MonthKey, more: MonthSum) {
        let known = self.months.get(&key).copied().unwrap_or_default();
        let sum = MonthSum { count: known.count + more.count, amount: known.amount + more.amount };
        self.months.insert(key, sum);
    }

    /// Everything of a batch.
    pub(crate) fn merge(&mut self, other: &Tally) {
        other.months.iter().for_each(|(key, sum)| self.add(*key, *sum));
        for (series, more) in &other.series {
            let known = self.series.get(series).cloned().unwrap_or_default();
            let merged = SeriesState {
                last: known.last.max(more.last),
                last_date: known.last_date.max(more.last_date),
                before: known.before.max(more.before),
            };
            self.series.insert(series.clone(), merged);
        }
        for (year, serial) in &other.serials {
            let known = self.serials.get(year).copied().unwrap_or(0);
            self.serials.insert(*year, known.max(*serial));
        }
        self.next_claim = self.next_claim.max(other.next_claim);
        self.next_voucher = self.next_voucher.max(other.next_voucher);
    }
}

/// Year and number of a claim number that we gave: `K26-000412`.
fn given_number(text: &str) -> Option<(i16, u32)> {
    let (year, serial) = text.strip_prefix('K')?.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 2 || !(6..=9).contains(&serial.len()) || !digits(year) || !digits(serial) {
        return None;
    }
    Some((year.parse().ok()?, serial.parse().ok()?))
}

/// The tally in files.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TallyShape {
    next_claim: u64,
    next_voucher: u64,
    /// Month as `YYYYMM`, programme, kind of posting, count, rupiah.
    months: Vec<(u32, u8, u8, u64, i64)>,
    /// Series, highest number, latest date, numbers before santun.
    series: Vec<(String, u32, Option<String>, u32)>,
    serials: Vec<(i16, u32)>,
}

/// More postings, or rupiah, than any month has had: whoever wrote it made it up. A few of them can be added.
const MOST: u64 = 1 << 60;

impl TallyShape {
    pub(crate) fn of(tally: &Tally) -> TallyShape {
        let month = |((period, programme, kind), sum): (&MonthKey, &MonthSum)| {
            (period.number(), programme.index(), kind.index(), sum.count, sum.amount.get())
        };
        let series = |(key, state): (&SeriesKey, &SeriesState)| {
            let date = state.last_date.map(|date| date.to_string());
            (key.as_str().to_owned(), state.last, date, state.before)
        };
        TallyShape {
            next_claim: tally.next_claim,
            next_voucher: tally.next_voucher,
            months: tally.months.iter().map(month).collect(),
            series: tally.series.iter().map(series).collect(),
            serials: tally.serials.iter().map(|(year, serial)| (*year, *serial)).collect(),
        }
    }

    /// The tally, unless a number in it means nothing.
    pub(crate) fn tally(self) -> Option<Tally> {
        let mut tally =
            Tally { next_claim: self.next_claim, next_voucher: self.next_voucher, ..Tally::default() };
        for (month, programme, kind, count, amount) in self.months {
            let key = (
                Period::from_number(month)?,
                Programme::from_index(programme)?,
                PostingKind::from_index(kind)?,
            );
            if count > MOST || amount.unsigned_abs() > MOST {
                return None;
            }
            tally.months.insert(key, MonthSum { count, amount: Rupiah::new(amount) });
        }
        for (series, last, date, before) in self.series {
            let last_date = match date {
                None => None,
                Some(date) => Some(date.parse().ok()?),
            };
            tally.series.insert(SeriesKey::from_text(&series), SeriesState { last, last_date, before });
        }
        tally.serials = self.serials.into_iter().collect();
        Some(tally)
    }
}
