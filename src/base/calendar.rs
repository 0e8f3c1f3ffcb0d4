//! Working days, public holidays, hour limits, and how a date is written.
//!
//! All dates are civil ones in the office's zone; nothing here asks a clock. Past the calendar's end (year 9999) the
//! functions stay at the last day instead of failing.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// Public holidays, sorted and each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    all: Vec<Date>,
    /// Only those that take a working day away: counting must not subtract a holiday on a Sunday twice.
    on_weekdays: Vec<Date>,
}

impl Holidays {
    /// From dates in any order; repeated ones count once.
    #[must_use]
    pub fn new(dates: impl IntoIterator<Item = Date>) -> Self {
        let mut all: Vec<Date> = dates.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        let on_weekdays = all.iter().copied().filter(|date| !is_weekend(*date)).collect();
        Self { all, on_weekdays }
    }

    /// Whether this date is a public holiday, weekend or not.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.all.binary_search(&date).is_ok()
    }

    /// The dates in order.
    #[must_use]
    pub fn dates(&self) -> &[Date] {
        &self.all
    }

    /// Holidays from Monday to Friday after `from` and up to `to`.
    fn weekdays_within(&self, from: Date, to: Date) -> usize {
        let before = |limit: Date| self.on_weekdays.partition_point(|date| *date <= limit);
        before(to).saturating_sub(before(from))
    }
}

/// Saturday or Sunday.
#[must_use]
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Neither weekend nor public holiday.
#[must_use]
pub fn is_working_day(date: Date, holidays: &Holidays) -> bool {
    !is_weekend(date) && !holidays.contains(date)
}

/// The `n`-th working day after `date`, which itself does not count; `n` = 0 gives `date`.
#[must_use]
pub fn working_days_after(date: Date, n: u32, holidays: &Holidays) -> Date {
    let mut day = date;
    let mut left = n;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return Date::MAX };
        day = next;
        if is_working_day(day, holidays) {
            left -= 1;
        }
    }
    day
}

/// Working days after `from` up to and including `to`; negative when `to` lies before `from`.
#[must_use]
pub fn working_days_between(from: Date, to: Date, holidays: &Holidays) -> i64 {
    if to < from {
        return -working_days_between(to, from, holidays);
    }
    let weekdays = weekdays_until(to) - weekdays_until(from);
    let taken = i64::try_from(holidays.weekdays_within(from, to)).expect("a list of dates is short");
    weekdays - taken
}

/// Days from `from` to `to`, negative when it lies before.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    days_since_epoch(to) - days_since_epoch(from)
}

/// The moment `hours` after another, on the civil clock: 48 is the "2 × 24 hours" of the report forms.
#[must_use]
pub fn hours_after(moment: DateTime, hours: u32) -> DateTime {
    moment.checked_add(i64::from(hours).hours()).unwrap_or(DateTime::MAX)
}

/// Whether `then` came within `hours` after `start`, the last second included.
#[must_use]
pub fn within_hours(start: DateTime, then: DateTime, hours: u32) -> bool {
    then <= hours_after(start, hours)
}

/// `22/11/2026`, as forms have it.
#[must_use]
pub fn slashed(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `2026-11-22`, as files and JSON have it.
#[must_use]
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// Names of months and weekdays in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Names {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    weekdays: [&'static str; 7],
}

/// Names in Indonesian.
pub static INDONESIAN: Names = Names {
    months: [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    weekdays: ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
};

/// Names in English.
pub static ENGLISH: Names = Names {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

impl Names {
    /// By language code (`id`, `en`); any other code is Indonesian.
    #[must_use]
    pub fn of(language_code: &str) -> &'static Self {
        if language_code == "en" { &ENGLISH } else { &INDONESIAN }
    }

    /// `Oktober`; the month is 1–12, anything else is empty.
    #[must_use]
    pub fn month(&self, month: i8) -> &'static str {
        pick(&self.months, month)
    }

    /// `Okt`; the month is 1–12, anything else is empty.
    #[must_use]
    pub fn short_month(&self, month: i8) -> &'static str {
        pick(&self.short_months, month)
    }

    /// `Jumat`.
    #[must_use]
    pub fn weekday(&self, date: Date) -> &'static str {
        pick(&self.weekdays, date.weekday().to_monday_one_offset())
    }

    /// `22 November 2026`.
    #[must_use]
    pub fn long(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), self.month(date.month()), date.year())
    }

    /// `Oktober 2026`.
    #[must_use]
    pub fn month_and_year(&self, year: i16, month: i8) -> String {
        format!("{} {year}", self.month(month))
    }
}

/// The month a name or its short form stands for, in either language, whatever the case: `okt` and `October` are 10.
#[must_use]
pub fn month_by_name(name: &str) -> Option<i8> {
    (1..=12).find(|month| {
        [&INDONESIAN, &ENGLISH].iter().any(|names| {
            names.month(*month).eq_ignore_ascii_case(name)
                || names.short_month(*month).eq_ignore_ascii_case(name)
        })
    })
}

fn pick<const N: usize>(names: &[&'static str; N], from_one: i8) -> &'static str {
    usize::try_from(from_one).ok().and_then(|number| names.get(number.wrapping_sub(1))).copied().unwrap_or("")
}

fn days_since_epoch(date: Date) -> i64 {
    let midnight = date.to_datetime(jiff::civil::Time::midnight());
    midnight.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_hours() / 24
}

/// Weekdays from some fixed Monday up to and including `date`; only differences of it mean anything.
fn weekdays_until(date: Date) -> i64 {
    // 1969-12-29 was the Monday of the epoch's week, three days before it.
    let from_monday = days_since_epoch(date) + 3;
    from_monday.div_euclid(7) * 5 + (from_monday.rem_euclid(7) + 1).min(5)
}
