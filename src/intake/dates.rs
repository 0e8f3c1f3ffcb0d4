//! Dates as sheets write them. A slash date has two readings until the whole column has spoken.

use jiff::civil::{Date, Time};

/// How a column writes its dates with numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateDialect {
    /// `31/12/2026`, as on Indonesian forms.
    DayFirst,
    /// `12/31/2026`, as American spreadsheets do.
    MonthFirst,
    /// `2026/12/31`: nothing else is a date written in numbers.
    YearFirst,
}

impl DateDialect {
    /// The code in options: `dmy`, `mdy`, `ymd`.
    pub const fn code(self) -> &'static str {
        match self {
            DateDialect::DayFirst => "dmy",
            DateDialect::MonthFirst => "mdy",
            DateDialect::YearFirst => "ymd",
        }
    }

    /// The dialect of a code.
    pub fn parse(text: &str) -> Option<DateDialect> {
        match text.trim().to_lowercase().as_str() {
            "dmy" | "dd/mm/yyyy" => Some(DateDialect::DayFirst),
            "mdy" | "mm/dd/yyyy" => Some(DateDialect::MonthFirst),
            "ymd" | "yyyy-mm-dd" => Some(DateDialect::YearFirst),
            _ => None,
        }
    }
}

/// What a cell says before its column has spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateCell {
    /// One reading: ISO, a month in words, or the same both ways.
    Clear(Date),
    /// Numbers only, and only day first is a date.
    OnlyDayFirst(Date),
    /// Numbers only, and only month first is a date.
    OnlyMonthFirst(Date),
    /// Two readings: day first, month first.
    Either(Date, Date),
    /// No date.
    Malformed,
}

/// What a cell says. A time of day behind the date is taken off.
pub fn read_date(text: &str) -> DateCell {
    let text = without_time(text.trim());
    if let Some(date) = iso(text) {
        return DateCell::Clear(date);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return DateCell::Malformed };
    if let Some(date) = in_words(first, second, third) {
        return DateCell::Clear(date);
    }
    let (Some(a), Some(b), Some(year)) = (small(first), small(second), full_year(third)) else {
        return match (full_year(first), small(second), small(third)) {
            (Some(year), Some(month), Some(day)) => {
                day_of(year, month, day).map_or(DateCell::Malformed, DateCell::Clear)
            }
            _ => DateCell::Malformed,
        };
    };
    match (day_of(year, b, a), day_of(year, a, b)) {
        (Some(day_first), Some(month_first)) if day_first == month_first => DateCell::Clear(day_first),
        (Some(day_first), Some(month_first)) => DateCell::Either(day_first, month_first),
        (Some(date), None) => DateCell::OnlyDayFirst(date),
        (None, Some(date)) => DateCell::OnlyMonthFirst(date),
        (None, None) => DateCell::Malformed,
    }
}

/// An hour: `14:05`, `14.05`, `14:05:30`, `1405`.
pub fn read_time(text: &str) -> Option<Time> {
    let text = text.trim();
    let text =
        text.strip_suffix("WIB").or(text.strip_suffix("WITA")).or(text.strip_suffix("WIT")).unwrap_or(text);
    let parts: Vec<&str> = text.trim().split([':', '.']).collect();
    let number = |part: &str| -> Option<i8> {
        let is_short = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_short { part.parse().ok() } else { None }
    };
    match parts[..] {
        [hour, minute] if minute.len() == 2 => Time::new(number(hour)?, number(minute)?, 0, 0).ok(),
        [hour, minute, second] => Time::new(number(hour)?, number(minute)?, number(second)?, 0).ok(),
        [all] if all.len() == 4 && all.is_ascii() => {
            Time::new(number(&all[..2])?, number(&all[2..])?, 0, 0).ok()
        }
        _ => None,
    }
}

/// `2026-12-31` and nothing else; the shape nearly every cell has, so it is looked at first and by bytes.
fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<i16> {
        bytes[from..to].iter().try_fold(0_i16, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0'))
        })
    };
    let (month, day) = (i8::try_from(number(5, 7)?).ok()?, i8::try_from(number(8, 10)?).ok()?);
    Date::new(number(0, 4)?, month, day).ok()
}

/// The date before an hour: `2026-12-31 00:00:00`, `2026-12-31T10:00`.
fn without_time(text: &str) -> &str {
    match text.find(':') {
        Some(colon) => {
            let head = &text[..colon];
            head.rfind(['T', ' ']).map_or(text, |end| text[..end].trim_end_matches([' ', ',']))
        }
        None => text,
    }
}

/// A day or month in one or two digits.
fn small(text: &str) -> Option<i8> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_short { text.parse().ok() } else { None }
}

/// A year in four digits. Two digits are refused: a birth date of `03/04/05` has too many readings.
fn full_year(text: &str) -> Option<i16> {
    let is_long = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_long { text.parse().ok() } else { None }
}

fn day_of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// Months by their first letters in both languages; long names begin with one of these.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("feb", 2),
    ("peb", 2),
    ("mar", 3),
    ("apr", 4),
    ("mei", 5),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("agu", 8),
    ("ags", 8),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("nop", 11),
    ("des", 12),
    ("dec", 12),
];

/// `5 Oktober 2026`, `05-Oct-2026`, `October 5, 2026`.
fn in_words(first: &str, second: &str, third: &str) -> Option<Date> {
    let month = |text: &str| {
        let lower = text.to_lowercase();
        let is_word = lower.len() >= 3 && lower.chars().all(char::is_alphabetic);
        MONTHS.iter().find(|(name, _)| is_word && lower.starts_with(name)).map(|(_, month)| *month)
    };
    let year = full_year(third)?;
    if let (Some(day), Some(month)) = (small(first), month(second)) {
        return day_of(year, month, day);
    }
    day_of(year, month(first)?, small(second)?)
}
