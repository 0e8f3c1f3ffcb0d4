//! Papers: the monthly report as a value, vouchers, receipts, and a claim's sheet for the screen and the command line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::desk::Desk;
use crate::desk::claims::claim_of;
use crate::desk::error::DeskError;
use crate::domain::voucher::SeriesKey;
use crate::domain::{Claim, ClaimId, Office, Origin, Period, Posting, Voucher};
use crate::report::monthly::SeriesGap;
use crate::report::{MonthlyBuilder, MonthlyReport, Receipt, VoucherPaper, render};
use crate::store::VoucherFilter;
use crate::words::Words;

impl Desk {
    /// The report of a month, from its postings and those before.
    pub fn monthly(&self, period: Period) -> Result<MonthlyReport, DeskError> {
        let view = self.view();
        let office = view.office().clone();
        let mut builder = MonthlyBuilder::new(&office, period, self.today()).with_gaps(self.gaps(period)?);
        // Names are shown of the month itself only.
        view.for_each_posting_named(period, period, &mut |posting: &Posting| builder.add(posting))?;
        Ok(builder.finish())
    }

    /// The oldest open month that has anything in it, else the current one.
    pub fn month_to_report(&self) -> Period {
        self.view().office().first_open.min(Period::of(self.today()))
    }

    /// Numbers missing in the series of a month, among the vouchers issued here. Holes below "before santun" are none.
    fn gaps(&self, period: Period) -> Result<Vec<SeriesGap>, DeskError> {
        let view = self.view();
        let mut given: BTreeMap<SeriesKey, BTreeSet<u32>> = BTreeMap::new();
        let filter = VoucherFilter { posted: Some((period, period)), ..VoucherFilter::default() };
        for row in view.vouchers(&filter)? {
            if let Some((series, number)) = row.series {
                given.entry(series).or_default().insert(number);
            }
        }
        let gap = |(series, numbers): (SeriesKey, BTreeSet<u32>)| {
            let before = view.series(&series).before;
            let last = numbers.last().copied().unwrap_or(before);
            let missing =
                (before.saturating_add(1)..=last).filter(|number| !numbers.contains(number)).collect();
            SeriesGap { series: series.as_str().to_owned(), missing }
        };
        Ok(given.into_iter().map(gap).filter(|gap| !gap.missing.is_empty()).collect())
    }

    /// A voucher as a paper, with the names and components of its claims.
    pub fn voucher_paper(&self, voucher: &Voucher) -> Result<VoucherPaper, DeskError> {
        let view = self.view();
        let claims: Vec<Arc<Claim>> =
            voucher.claims().into_iter().filter_map(|id| claim_of(&view, id).ok()).collect();
        let find = |id: ClaimId| claims.iter().find(|claim| claim.id == id).map(Arc::as_ref);
        Ok(VoucherPaper::of(voucher, view.office(), &find))
    }

    /// A voucher as text of 80 columns.
    pub fn voucher_text(&self, voucher: &Voucher, words: &Words) -> Result<String, DeskError> {
        Ok(render::voucher_text(&self.voucher_paper(voucher)?, words))
    }

    /// A voucher as HTML that prints on A4.
    pub fn voucher_html(&self, voucher: &Voucher, words: &Words) -> Result<String, DeskError> {
        Ok(render::voucher_html(&self.voucher_paper(voucher)?, words))
    }

    /// The receipt as text.
    pub fn receipt_text(&self, voucher: &Voucher, words: &Words) -> String {
        render::receipt_text(&receipt(voucher, &self.office()), words)
    }

    /// The receipt as HTML that prints on A4.
    pub fn receipt_html(&self, voucher: &Voucher, words: &Words) -> String {
        render::receipt_html(&receipt(voucher, &self.office()), words)
    }
}

fn receipt(voucher: &Voucher, office: &Office) -> Receipt {
    Receipt::of(voucher, office)
}

/// Whether a paper date lies before the month an entry is posted in (*susulan*).
pub fn is_late_entry(date: Date, posted: Period, origin: Origin) -> bool {
    origin == Origin::Desk && Period::of(date) < posted
}
