//! Days, months, years and durations as people write them, in both languages.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::base::calendar::{days_between, month_by_name};

/// Years a date may lie in.
const YEARS: std::ops::Range<i16> = 1900..2200;
/// The largest number before a unit.
const NUMBER_MAX: i64 = 999_999_999;
/// Months that the calendar can take without leaving it: more is all the same.
const CALENDAR_MONTHS: i64 = 100_000;

/// One day: `01/10/2026`, `1-10-2026`, `2026-10-01`, `1 Oktober 2026`. The day stands before the month, as on forms.
pub fn parse_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts[..] else { return None };
    if let Some(month) = month_by_name(month) {
        return day(year(last)?, month, short(first)?);
    }
    let month = short(month)?;
    if first.len() == 4 {
        day(year(first)?, month, short(last)?)
    } else {
        day(year(last)?, month, short(first)?)
    }
}

/// A closed range of days: a day, a month (`10/2026`, `2026-10`, `Okt 2026`), a year, `a..b`, or a word that depends
/// on today (`bulan ini`, `last month`, `hari ini`).
pub fn parse_dates(text: &str, today: Date) -> Option<(Date, Date)> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (parse_dates(from, today)?.0, parse_dates(to, today)?.1);
        return (from <= to).then_some((from, to));
    }
    if let Some(day) = parse_day(text) {
        return Some((day, day));
    }
    if let Some(first) = parse_month(text) {
        return Some((first, first.last_of_month()));
    }
    if let Some(year) = year(text) {
        return Some((date(year, 1, 1), date(year, 12, 31)));
    }
    relative(text, today)
}

/// First day of a month.
fn parse_month(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, last] = parts[..] else { return None };
    if let Some(month) = month_by_name(first) {
        return day(year(last)?, month, 1);
    }
    if first.len() == 4 { day(year(first)?, short(last)?, 1) } else { day(year(last)?, short(first)?, 1) }
}

/// Words that mean a range around today.
fn relative(text: &str, today: Date) -> Option<(Date, Date)> {
    let word = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let moved = |span: Span| today.saturating_add(span);
    let one_day = |day: Date| Some((day, day));
    let month = |day: Date| Some((day.first_of_month(), day.last_of_month()));
    let year = |day: Date| Some((date(day.year(), 1, 1), date(day.year(), 12, 31)));
    match word.as_str() {
        "hari ini" | "today" => one_day(today),
        "kemarin" | "yesterday" => one_day(moved(Span::new().days(-1))),
        "besok" | "tomorrow" => one_day(moved(Span::new().days(1))),
        "minggu ini" | "this week" => {
            let back = i64::from(today.weekday().to_monday_zero_offset());
            let monday = moved(Span::new().days(-back));
            Some((monday, monday.saturating_add(Span::new().days(6))))
        }
        "bulan ini" | "this month" => month(today),
        "bulan lalu" | "last month" => month(today.first_of_month().saturating_add(Span::new().months(-1))),
        "bulan depan" | "next month" => month(today.first_of_month().saturating_add(Span::new().months(1))),
        "tahun ini" | "this year" => year(today),
        "tahun lalu" | "last year" => year(moved(Span::new().years(-1))),
        _ => None,
    }
}

/// A length of time as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duration {
    /// Days.
    Days(i64),
    /// Calendar months.
    Months(i64),
}

impl Duration {
    /// `6 bln`, `6 months`, `3 hari`, `2 minggu`, `1 tahun`, also without the blank.
    pub fn parse(text: &str) -> Option<Duration> {
        let text = text.trim();
        let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = text[..unit_at].parse().ok().filter(|number| *number <= NUMBER_MAX)?;
        match text[unit_at..].trim().trim_end_matches('.').to_lowercase().as_str() {
            "h" | "hr" | "hari" | "d" | "day" | "days" => Some(Duration::Days(number)),
            "mg" | "mgg" | "minggu" | "week" | "weeks" => Some(Duration::Days(number * 7)),
            "bl" | "bln" | "bulan" | "mo" | "month" | "months" => Some(Duration::Months(number)),
            "th" | "thn" | "tahun" | "y" | "yr" | "year" | "years" => Some(Duration::Months(number * 12)),
            _ => None,
        }
    }

    /// As a span of the calendar.
    pub fn span(self) -> Span {
        match self {
            Duration::Days(days) => Span::new().days(days.min(CALENDAR_MONTHS * 30)),
            Duration::Months(months) => Span::new().months(months.min(CALENDAR_MONTHS)),
        }
    }

    /// Days by the calendar up to `today`.
    pub fn days_before(self, today: Date) -> i64 {
        match self {
            Duration::Days(days) => days,
            Duration::Months(_) => days_between(today.saturating_sub(self.span()), today),
        }
    }

    /// Days where no calendar helps: a month is 30 of them.
    pub fn plain_days(self) -> i64 {
        match self {
            Duration::Days(days) => days,
            Duration::Months(months) => months * 30,
        }
    }
}

fn year(text: &str) -> Option<i16> {
    let year = (text.len() == 4).then(|| text.parse().ok())??;
    YEARS.contains(&year).then_some(year)
}

fn short(text: &str) -> Option<i8> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_short.then(|| text.parse().ok())?
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}
