//! A month of the books.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A calendar month, the unit in which the books are kept (*bulan buku*). Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    months: i32,
}

impl Period {
    /// The last month that can be named: every month lies before it.
    pub const LAST: Period = Period { months: 2199 * 12 + 11 };

    /// The month of `year`; `None` unless `month` is 1–12 and the year 1900–2199.
    pub fn new(year: i16, month: i8) -> Option<Period> {
        ((1..=12).contains(&month) && (1900..2200).contains(&year))
            .then(|| Period { months: i32::from(year) * 12 + i32::from(month) - 1 })
    }

    /// The month in which `date` lies.
    pub fn of(date: Date) -> Period {
        Period { months: i32::from(date.year()) * 12 + i32::from(date.month()) - 1 }
    }

    /// From `YYYYMM` as an integer (the form of the store's columns).
    pub fn from_number(number: u32) -> Option<Period> {
        Period::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?)
    }

    /// `YYYYMM` as an integer.
    pub fn number(self) -> u32 {
        u32::try_from(self.months / 12 * 100 + self.months % 12 + 1).expect("years are positive")
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        i16::try_from(self.months / 12).expect("years are below 2200")
    }

    /// The month of the year, 1–12.
    pub fn month(self) -> i8 {
        i8::try_from(self.months % 12 + 1).expect("months are 1 to 12")
    }

    /// This month moved by `months` (negative: back).
    pub fn plus(self, months: i32) -> Period {
        Period { months: self.months + months }
    }

    /// Months from `earlier` to `self`.
    pub fn since(self, earlier: Period) -> i32 {
        self.months - earlier.months
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        jiff::civil::date(self.year(), self.month(), 1)
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year(), self.month()))
    }
}

/// The text is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a month: {0}")]
pub struct NotAPeriod(pub String);

impl FromStr for Period {
    type Err = NotAPeriod;

    /// `2026-10` or `10/2026`.
    fn from_str(text: &str) -> Result<Period, NotAPeriod> {
        let fail = || NotAPeriod(text.to_owned());
        let trimmed = text.trim();
        let (year, month) = if let Some((year, month)) = trimmed.split_once('-') {
            (year, month)
        } else {
            let (month, year) = trimmed.split_once('/').ok_or_else(fail)?;
            (year, month)
        };
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.is_empty() || month.len() > 2 || !is_number(year) || !is_number(month) {
            return Err(fail());
        }
        Period::new(year.parse().map_err(|_| fail())?, month.parse().map_err(|_| fail())?).ok_or_else(fail)
    }
}
