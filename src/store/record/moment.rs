//! A point in time as the journal writes it: milliseconds, with the office's offset.

use std::fmt;

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

/// A point in time with the offset of the office's zone, such as `2026-10-30T09:15:00.250+07:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    timestamp: Timestamp,
    offset: Offset,
}

impl Moment {
    /// The moment, cut to milliseconds and the offset to minutes, as the journal keeps them.
    pub fn new(timestamp: Timestamp, offset: Offset) -> Self {
        let ms = timestamp.as_nanosecond().div_euclid(1_000_000);
        let timestamp = i64::try_from(ms)
            .ok()
            .and_then(|ms| Timestamp::from_millisecond(ms).ok())
            .expect("a timestamp cut to milliseconds is a timestamp");
        let offset =
            Offset::from_seconds(offset.seconds() / 60 * 60).expect("an offset cut to minutes is one");
        Self { timestamp, offset }
    }

    /// The point in time.
    pub fn timestamp(self) -> Timestamp {
        self.timestamp
    }

    /// The office's offset from UTC then.
    pub fn offset(self) -> Offset {
        self.offset
    }

    /// The office's calendar and clock then.
    pub fn civil(self) -> civil::DateTime {
        self.offset.to_datetime(self.timestamp)
    }

    /// Reads exactly what [`fmt::Display`] writes. By hand, since it is done for every line of a journal.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: &[u8; 29] = text.as_bytes().try_into().ok()?;
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (19, b'.'), (26, b':')];
        if marks.iter().any(|(at, mark)| bytes[*at] != *mark) {
            return None;
        }
        let two = |at| number(&bytes[at..at + 2]).and_then(|n| i8::try_from(n).ok());
        let nanosecond = i32::from(number(&bytes[20..23])?) * 1_000_000;
        let (year, month, day) = (number(&bytes[..4])?, two(5)?, two(8)?);
        let local = civil::DateTime::new(year, month, day, two(11)?, two(14)?, two(17)?, nanosecond).ok()?;
        let minutes = two(27).filter(|minutes| *minutes < 60)?;
        let seconds = i32::from(two(24)?) * 3600 + i32::from(minutes) * 60;
        let seconds = match bytes[23] {
            b'+' => seconds,
            b'-' if seconds > 0 => -seconds,
            _ => return None,
        };
        let offset = Offset::from_seconds(seconds).ok()?;
        Some(Self { timestamp: offset.to_timestamp(local).ok()?, offset })
    }
}

/// The value of up to four decimal digits.
fn number(digits: &[u8]) -> Option<i16> {
    digits
        .iter()
        .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i16::from(digit - b'0')))
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.civil();
        let minutes = self.offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        write!(f, "{:04}-{:02}-{:02}T", local.year(), local.month(), local.day())?;
        write!(
            f,
            "{:02}:{:02}:{:02}.{:03}",
            local.hour(),
            local.minute(),
            local.second(),
            local.millisecond()
        )?;
        write!(f, "{sign}{hours:02}:{minutes:02}")
    }
}
