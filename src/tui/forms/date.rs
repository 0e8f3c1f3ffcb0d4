//! Dates as people type them into a form.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::base::calendar::slashed;
use crate::words::Words;

/// `3/4`, `3-4-26`, `030426`, `03.04.2026`, `2026-04-03`, `-3` (days ago) and `.` (today) become `03/04/2026`.
pub fn normalise_date(typed: &str, today: Date, words: &Words) -> Result<String, String> {
    read(typed.trim(), today).map(slashed).ok_or_else(|| words.text("tui-form-bad-date"))
}

/// The same for the day of something that has happened: it does not lie ahead.
pub fn past_date(typed: &str, today: Date, words: &Words) -> Result<String, String> {
    match read(typed.trim(), today) {
        Some(date) if date > today => {
            let args = [("date", slashed(date).into()), ("today", slashed(today).into())];
            Err(words.format("tui-form-date-ahead", &args))
        }
        _ => normalise_date(typed, today, words),
    }
}

/// The first day does not lie after the last one; an empty or unreadable day is not compared.
pub fn is_backwards(from: &str, to: &str, today: Date) -> bool {
    matches!((read(from.trim(), today), read(to.trim(), today)), (Some(from), Some(to)) if from > to)
}

fn read(typed: &str, today: Date) -> Option<Date> {
    if typed == "." {
        return Some(today);
    }
    if let Some(days) = typed.strip_prefix('-').and_then(|days| days.parse::<u16>().ok()) {
        return today.checked_sub(i64::from(days).days()).ok();
    }
    if typed.bytes().all(|byte| byte.is_ascii_digit()) && matches!(typed.len(), 4 | 6 | 8) {
        let year = (typed.len() > 4).then(|| &typed[4..]);
        return from_parts(&typed[..2], &typed[2..4], year, today);
    }
    let parts: Vec<&str> = typed.split(['/', '-', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => from_parts(day, month, Some(year), today),
        [day, month, year] => from_parts(day, month, Some(year), today),
        [day, month] => from_parts(day, month, None, today),
        _ => None,
    }
}

fn from_parts(day: &str, month: &str, year: Option<&str>, today: Date) -> Option<Date> {
    let (day, month): (i8, i8) = (day.parse().ok()?, month.parse().ok()?);
    match year {
        Some(text) if text.len() == 4 => Date::new(text.parse().ok()?, month, day).ok(),
        Some(text) if text.len() == 2 => {
            // Nobody's birth date lies ahead: two digits mean the latest such year up to this one.
            let two_digits: i16 = text.parse().ok()?;
            let year = today.year() - today.year() % 100 + two_digits;
            Date::new(if year > today.year() { year - 100 } else { year }, month, day).ok()
        }
        Some(_) => None,
        None => {
            // Papers lie behind us: without a year, the latest such day up to today.
            let this_year = Date::new(today.year(), month, day).ok().filter(|date| *date <= today);
            this_year.or_else(|| Date::new(today.year() - 1, month, day).ok())
        }
    }
}
