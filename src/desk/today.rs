//! *Hari ini*: what is due, late or incomplete, each a named filter with its count and its rupiah.

use std::sync::atomic::AtomicBool;

use jiff::Span;
use jiff::civil::Date;

use crate::base::calendar::{slashed, working_days_after};
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::clock::{PAYMENT_WORKING_DAYS, holidays};
use crate::domain::query;
use crate::domain::{Office, Rupiah};
use crate::store::{KeptTotals, Totals};

/// One item of the line: a named filter on a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TodayItem {
    /// The key of its words.
    pub key: &'static str,
    /// Its filter, in Indonesian. `{late}` stands for the last day of completeness whose payment is late today, `{soon}`
    /// for that whose payment is due within three days.
    template: &'static str,
    /// Which sum stands beside the count.
    pub sum: TodaySum,
}

/// Which sum stands beside a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TodaySum {
    /// Determined and not paid.
    Waiting,
    /// Determined, on no voucher.
    WaitingVoucher,
    /// What was asked.
    Asked,
}

/// The items in the order of their digits, from 1.
pub const TODAY_ITEMS: &[TodayItem] = &[
    TodayItem {
        key: "today-due",
        template: "terbuka dan menunggu > 0 dan menunggu_sejak > {late} dan menunggu_sejak <= {soon}",
        sum: TodaySum::Waiting,
    },
    TodayItem {
        key: "today-late",
        template: "terbuka dan menunggu > 0 dan menunggu_sejak <= {late}",
        sum: TodaySum::Waiting,
    },
    TodayItem { key: "today-papers", template: "terbuka dan berkas_kurang > 0", sum: TodaySum::Asked },
    TodayItem { key: "today-voucher", template: "siap_voucher > 0", sum: TodaySum::WaitingVoucher },
    TodayItem {
        key: "today-treatment",
        template: "terbuka dan kondisi = berobat dan umur > 6 bln",
        sum: TodaySum::Waiting,
    },
];

impl TodayItem {
    /// Its filter on an office's day, in Indonesian, as the filter line shows it. It asks since when money waits, from
    /// which the payment clock runs, and not for the nearest clock of a case, which may be another.
    pub fn filter(&self, office: &Office, today: Date) -> String {
        let yesterday = today.saturating_sub(Span::new().days(1));
        let soon = today.saturating_add(Span::new().days(3));
        let on = |due| slashed(complete_to_pay_by(office, due));
        self.template.replace("{late}", &on(yesterday)).replace("{soon}", &on(soon))
    }
}

/// The last day on which a bundle may have been complete for its payment to be due by `due`.
fn complete_to_pay_by(office: &Office, due: Date) -> Date {
    let holidays = holidays(office);
    let mut day = due;
    while working_days_after(day, PAYMENT_WORKING_DAYS, &holidays) > due {
        let Ok(before) = day.yesterday() else { break };
        day = before;
    }
    day
}

/// An item as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TodayLine {
    /// Which item.
    pub item: TodayItem,
    /// Cases.
    pub count: u64,
    /// Rupiah.
    pub amount: Rupiah,
}

/// Every item with its count and sum, kept for the next time.
#[derive(Debug, Clone)]
pub struct TodayCount {
    kept: KeptTotals,
    lines: Vec<TodayLine>,
}

impl TodayCount {
    /// The items in their order.
    pub fn lines(&self) -> &[TodayLine] {
        &self.lines
    }
}

impl Desk {
    /// Every item with its count and sum.
    pub fn today_lines(&self, cancel: &AtomicBool) -> Result<Vec<TodayLine>, DeskError> {
        Ok(self.today_count(None, cancel)?.lines)
    }

    /// The same; from an earlier count only what was touched since is looked at.
    pub fn today_count(
        &self,
        earlier: Option<&TodayCount>,
        cancel: &AtomicBool,
    ) -> Result<TodayCount, DeskError> {
        let (view, today) = (self.view(), self.today());
        let parse = |item: &TodayItem| {
            query::parse(&item.filter(view.office(), today), today).expect("our own filters are well formed")
        };
        let filters: Vec<_> = TODAY_ITEMS.iter().map(parse).collect();
        let kept = KeptTotals::of(&view, &filters, today, earlier.map(|earlier| &earlier.kept), cancel)?;
        let line = |(item, totals): (&TodayItem, &Totals)| {
            let amount = match item.sum {
                TodaySum::Waiting => totals.waiting_voucher + totals.waiting_payment,
                TodaySum::WaitingVoucher => totals.waiting_voucher,
                TodaySum::Asked => totals.asked,
            };
            TodayLine { item: *item, count: totals.count, amount }
        };
        let lines = TODAY_ITEMS.iter().zip(kept.totals()).map(line).collect();
        Ok(TodayCount { kept, lines })
    }
}
