//! Dates as people type them into a form.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::field::Said;
use crate::base::calendar::{ENGLISH, INDONESIAN, Names, slashed};
use crate::words::Words;

/// Days by name, as days from today.
const DAYS: &[(&str, i64)] = &[
    (".", 0),
    ("hari ini", 0),
    ("today", 0),
    ("kemarin", -1),
    ("yesterday", -1),
    ("kemarin dulu", -2),
    ("besok", 1),
    ("tomorrow", 1),
    ("lusa", 2),
];

/// `3/4`, `3-4-26`, `030426`, `03.04.2026`, `2026-04-03`, `-3` (days ago), `+3` (days ahead), `.` (today), `kemarin`,
/// `besok`, `senin` (the latest) become `03/04/2026`.
pub fn normalise_date(typed: &str, today: Date, words: &Words) -> Result<String, String> {
    read(typed, today).map(slashed).ok_or_else(|| words.text("tui-form-bad-date"))
}

/// The same for the day of something that has happened: it does not lie ahead.
pub fn past_date(typed: &str, today: Date, words: &Words) -> Result<String, String> {
    match read(typed, today) {
        Some(date) if date > today => Err(ahead(date, today, words)),
        _ => normalise_date(typed, today, words),
    }
}

/// What is said of a date while it is typed: the day in full; or that it can no longer become one.
pub fn say_date(typed: &str, today: Date, words: &Words) -> Option<Said> {
    match read(typed, today) {
        Some(date) => Some(Said::Note(long(date, words))),
        None if may_become_date(typed) => None,
        None => Some(Said::Wrong(words.text("tui-form-bad-date"))),
    }
}

/// The same for a day that does not lie ahead.
pub fn say_past_date(typed: &str, today: Date, words: &Words) -> Option<Said> {
    match read(typed, today) {
        Some(date) if date > today => Some(Said::Wrong(ahead(date, today, words))),
        _ => say_date(typed, today, words),
    }
}

/// The first day does not lie after the last one; an empty or unreadable day is not compared.
pub fn is_backwards(from: &str, to: &str, today: Date) -> bool {
    matches!((read(from, today), read(to, today)), (Some(from), Some(to)) if from > to)
}

/// `22 November 2026, Minggu`.
fn long(date: Date, words: &Words) -> String {
    let names = Names::of(words.lang().code());
    format!("{}, {}", names.long(date), names.weekday(date))
}

fn ahead(date: Date, today: Date, words: &Words) -> String {
    let args = [("date", slashed(date).into()), ("today", slashed(today).into())];
    words.format("tui-form-date-ahead", &args)
}

fn read(typed: &str, today: Date) -> Option<Date> {
    let typed = &typed.trim().to_lowercase();
    if let Some((_, days)) = DAYS.iter().find(|(name, _)| name == typed) {
        return today.checked_add(days.days()).ok();
    }
    if let Some(date) = latest_weekday(|name| name == typed, today) {
        return Some(date);
    }
    let days = |sign: char| typed.strip_prefix(sign).and_then(|days| days.trim().parse::<u16>().ok());
    if let Some(days) = days('-') {
        return today.checked_sub(i64::from(days).days()).ok();
    }
    if let Some(days) = days('+') {
        return today.checked_add(i64::from(days).days()).ok();
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

/// The latest day, today included, whose weekday has a name like this in either language.
fn latest_weekday(is_meant: impl Fn(&str) -> bool, today: Date) -> Option<Date> {
    let week = (0..7_i64).filter_map(|back| today.checked_sub(back.days()).ok());
    let is_named = |names: &Names, date: Date| is_meant(&names.weekday(date).to_lowercase());
    week.into_iter().find(|date| is_named(&INDONESIAN, *date) || is_named(&ENGLISH, *date))
}

/// Whether more letters can still make it a date: nothing is called wrong before it is.
fn may_become_date(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    let is_name = DAYS.iter().any(|(name, _)| name.starts_with(&typed));
    if is_name || latest_weekday(|name| name.starts_with(&typed), Date::ZERO).is_some() {
        return true;
    }
    if let Some(days) = typed.strip_prefix(['-', '+']) {
        return days.len() <= 4 && days.bytes().all(|byte| byte.is_ascii_digit());
    }
    let parts: Vec<&str> = typed.split(['/', '-', '.']).collect();
    let is_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let up_to =
        |part: &str, most: u8| part.len() <= 2 && part.parse().is_ok_and(|n: u8| (1..=most).contains(&n));
    let may = |part: &str, most: u8| part.is_empty() || part == "0" || up_to(part, most);
    parts.iter().all(is_digits)
        && match parts.as_slice() {
            [digits] => {
                digits.len() < 8 && !matches!(digits.len(), 4 | 6)
                    || digits.len() == 4 && !digits.starts_with('0')
            }
            [year, month] if year.len() == 4 => may(month, 12),
            [year, month, day] if year.len() == 4 => up_to(month, 12) && may(day, 31),
            [day, month] => up_to(day, 31) && may(month, 12),
            // A year of three digits becomes one of four.
            [day, month, year] => up_to(day, 31) && up_to(month, 12) && year.len() < 4 && year.len() != 2,
            _ => false,
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
