//! The sums that the monthly report is made of: read where they were kept, brought up to date with what came since, and
//! kept for the next time. Only when nothing was kept, or it does not fit, are the books read from their first day.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::{Period, Posting};
use crate::report::monthly::{MonthSums, SumsBuilder};
use crate::store::{BooksKey, StoreError, View};

/// Months whose sums are made together when the books are read from their first day: the last ones, which people look at.
const N_MONTHS: usize = 3;

/// The sums of a base that were last looked at.
#[derive(Debug, Default)]
pub(super) struct LastSums(std::sync::Mutex<Option<(BooksKey, Arc<MonthSums>)>>);

impl LastSums {
    fn get(&self, key: &BooksKey) -> Option<Arc<MonthSums>> {
        let last = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        last.as_ref().filter(|(of, _)| of == key).map(|(_, sums)| Arc::clone(sums))
    }

    fn set(&self, key: BooksKey, sums: &Arc<MonthSums>) {
        let mut last = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *last = Some((key, Arc::clone(sums)));
    }
}

impl Desk {
    /// The sums of a month's books as a view shows them.
    pub(super) fn month_sums(&self, view: &View, period: Period) -> Result<Arc<MonthSums>, DeskError> {
        let old = self.old_sums(view, period)?;
        let news = view.news(period);
        if news.is_empty() {
            return Ok(old);
        }
        let mut look = |asked: &_| view.old_postings_about(asked, period);
        match old.with::<StoreError>(&news, &mut look)? {
            Some(sums) => Ok(Arc::new(sums)),
            // What was kept cannot be of these books, whatever its name says.
            None => {
                tracing::warn!("kept sums do not fit their books; the books are read anew");
                let mut builder = SumsBuilder::new(period);
                view.for_each_posting_named(period, period, &mut |posting: &Posting| builder.add(posting))?;
                Ok(Arc::new(builder.finish()))
            }
        }
    }

    /// The sums of the base's books.
    fn old_sums(&self, view: &View, period: Period) -> Result<Arc<MonthSums>, DeskError> {
        let key = view.old_books(period);
        if key.postings == 0 {
            return Ok(Arc::new(SumsBuilder::new(period).finish()));
        }
        if let Some(sums) = self.sums.get(&key) {
            return Ok(sums);
        }
        let kept = self.store.kept_sums(&key).and_then(|bytes| MonthSums::from_bytes(&bytes, period));
        let sums = match kept {
            Some(sums) => Arc::new(sums),
            None => self.added_up(view, period)?,
        };
        self.sums.set(key, &sums);
        Ok(sums)
    }

    /// Reads the books of the base from their first day, and keeps the sums of the month and of the last ones.
    fn added_up(&self, view: &View, period: Period) -> Result<Arc<MonthSums>, DeskError> {
        let months = view.old_months();
        let mut wanted: BTreeSet<Period> = months.iter().rev().take(N_MONTHS).copied().collect();
        wanted.retain(|month| *month <= period);
        wanted.insert(period);
        let mut builder = SumsBuilder::new(months.first().copied().unwrap_or(period).min(period));
        let first_named = *wanted.first().expect("it holds the month itself");
        view.for_each_old_posting(first_named, period, &mut |posting: &Posting| {
            while builder.period() < posting.month {
                if wanted.contains(&builder.period()) {
                    self.keep(view.old_books(builder.period()), &builder.sums());
                }
                builder.go_on();
            }
            builder.add(posting);
        })?;
        while builder.period() < period {
            if wanted.contains(&builder.period()) {
                self.keep(view.old_books(builder.period()), &builder.sums());
            }
            builder.go_on();
        }
        let sums = builder.finish();
        self.keep(view.old_books(period), &sums);
        Ok(Arc::new(sums))
    }

    /// Keeps sums; that it cannot be done costs time and nothing else.
    fn keep(&self, key: BooksKey, sums: &MonthSums) {
        match self.store.keep_sums(&key, &sums.to_bytes()) {
            Ok(()) | Err(StoreError::ReadOnlyHandle) => {}
            Err(_) => tracing::warn!("sums of a month could not be kept"),
        }
    }

    /// Brings what was kept of the base up to a view, under the name that its books will have once they are the base.
    pub(super) fn carry_sums(&self, view: &View) -> Result<(), DeskError> {
        let news = view.news(Period::LAST);
        let Some(first) = news.iter().map(|posting| posting.month).min() else { return Ok(()) };
        let mut months: BTreeSet<Period> = view.old_months().into_iter().collect();
        months.extend(news.iter().map(|posting| posting.month));
        for month in months.range(first..) {
            if self.store.kept_sums(&view.old_books(*month)).is_some() {
                let sums = self.month_sums(view, *month)?;
                self.keep(view.books(*month), &sums);
            }
        }
        Ok(())
    }

    /// Makes the sums of the last month and keeps them, so that its report need not read all books.
    pub fn keep_month(&self) -> Result<(), DeskError> {
        let view = self.view();
        let last = view.old_months().last().copied().unwrap_or_else(|| self.month_to_report());
        self.month_sums(&view, self.month_to_report().max(last)).map(|_| ())
    }
}
