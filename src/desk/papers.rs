//! Papers: the monthly report as a value, vouchers, receipts, and a claim's sheet for the screen and the command line.

use std::sync::Arc;

use jiff::civil::Date;

use crate::desk::Desk;
use crate::desk::claims::claim_of;
use crate::desk::error::DeskError;
use crate::domain::{Claim, ClaimId, Office, Origin, Period, Refusal, Voucher};
use crate::report::monthly::{BookStatus, MonthlyHead, Note, SeriesGap};
use crate::report::{MonthlyReport, Receipt, VoucherPaper, render};
use crate::store::{SeriesNumbers, VoucherFilter};
use crate::words::Words;

impl Desk {
    /// The report of a month, from its postings and those before.
    pub fn monthly(&self, period: Period) -> Result<MonthlyReport, DeskError> {
        let view = self.view();
        let office = view.office().clone();
        let last = Period::of(self.today()).max(office.first_open);
        if period > last {
            return Err(Refusal::new("month-to-come").with("period", period).with("last", last).into());
        }
        let head = MonthlyHead::new(&office, period, self.today()).with_gaps(self.gaps(period)?);
        let mut report = head.report(&*self.month_sums(&view, period)?);
        let of_month = self.month_notes(&view, period);
        // Whoever prints a month must know whether it can still change: what nobody closed here is sealed by nobody.
        if period < office.first_open && !of_month.iter().any(|note| matches!(note, Note::Closed { .. })) {
            report.status = BookStatus::History;
        }
        report.notes.extend(of_month);
        Ok(report)
    }

    /// The oldest open month, or the current one where that lies before it.
    pub fn month_to_report(&self) -> Period {
        self.view().office().first_open.min(Period::of(self.today()))
    }

    /// Numbers missing in the series of a month's vouchers. A series may outlive a month, so its earlier vouchers count,
    /// and only those: what comes later changes no printed month.
    fn gaps(&self, period: Period) -> Result<Vec<SeriesGap>, DeskError> {
        let view = self.view();
        let month = VoucherFilter { posted: Some((period, period)), ..VoucherFilter::default() };
        let mut gaps = Vec::new();
        for (series, given) in view.voucher_numbers(&month)? {
            let mut given = Given(given);
            let before = view.series(&series).before;
            if given.missing(before).is_empty() {
                continue;
            }
            // The month alone does not explain them: its earlier months may.
            let earlier = Period::new(1900, 1).zip(Some(period.plus(-1)));
            let filter =
                VoucherFilter { posted: earlier, series: Some(series.clone()), ..VoucherFilter::default() };
            view.voucher_numbers(&filter)?.into_values().for_each(|numbers| given.add(numbers));
            let missing = given.missing(before);
            if !missing.is_empty() {
                gaps.push(SeriesGap { series: series.as_str().to_owned(), missing });
            }
        }
        Ok(gaps)
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

/// The numbers of a series up to the end of a month.
struct Given(SeriesNumbers);

impl Given {
    fn add(&mut self, mut more: SeriesNumbers) {
        self.0.issued.append(&mut more.issued);
        self.0.copied.append(&mut more.copied);
    }

    /// The highest number of "before santun" as it stood then: the highest that was copied, what lay below the first
    /// issued one, and all of today's once numbers above it were issued.
    fn before(&self, today: u32) -> u32 {
        let copied = self.0.copied.last().copied().unwrap_or(0);
        let below = self.0.issued.first().map_or(0, |first| first - 1);
        let passed = if self.0.issued.last().is_some_and(|last| *last > today) { today } else { 0 };
        copied.max(passed).max(if below <= today { below } else { 0 })
    }

    fn missing(&self, before_today: u32) -> Vec<u32> {
        let last = self.0.issued.last().copied().unwrap_or(0);
        (self.before(before_today).saturating_add(1)..=last)
            .filter(|number| !self.0.issued.contains(number) && !self.0.copied.contains(number))
            .collect()
    }
}

fn receipt(voucher: &Voucher, office: &Office) -> Receipt {
    Receipt::of(voucher, office)
}

/// Whether a paper date lies before the month an entry is posted in (*susulan*).
pub fn is_late_entry(date: Date, posted: Period, origin: Origin) -> bool {
    origin == Origin::Desk && Period::of(date) < posted
}
