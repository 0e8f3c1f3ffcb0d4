//! *Hari ini*: what is due, late or incomplete, each a named filter with its count and its rupiah.

use std::sync::atomic::AtomicBool;

use jiff::Span;
use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::Rupiah;
use crate::domain::query;

/// One item of the line: a named filter on a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TodayItem {
    /// The key of its words.
    pub key: &'static str,
    /// Its filter, in Indonesian; `{soon}` stands for the day three days from today.
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
        template: "terbuka dan lengkap dan menunggu > 0 dan tempo >= hari ini dan tempo <= {soon}",
        sum: TodaySum::Waiting,
    },
    TodayItem {
        key: "today-late",
        template: "terbuka dan lengkap dan menunggu > 0 dan tempo < hari ini",
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
    /// Its filter on a day, in Indonesian, as the filter line shows it.
    pub fn filter(&self, today: Date) -> String {
        let soon = today.saturating_add(Span::new().days(3));
        self.template.replace("{soon}", &slashed(soon))
    }
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

impl Desk {
    /// Every item with its count and sum.
    pub fn today_lines(&self, cancel: &AtomicBool) -> Result<Vec<TodayLine>, DeskError> {
        let (view, today) = (self.view(), self.today());
        TODAY_ITEMS
            .iter()
            .map(|item| {
                let filter =
                    query::parse(&item.filter(today), today).expect("our own filters are well formed");
                let totals = view.totals(&filter, today, cancel)?;
                let amount = match item.sum {
                    TodaySum::Waiting => totals.waiting_voucher + totals.waiting_payment,
                    TodaySum::WaitingVoucher => totals.waiting_voucher,
                    TodaySum::Asked => totals.asked,
                };
                Ok(TodayLine { item: *item, count: totals.count, amount })
            })
            .collect()
    }
}
