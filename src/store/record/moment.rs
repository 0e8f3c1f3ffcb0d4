//! A point in time as the journal writes it: milliseconds, with the office's offset.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::Offset;

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
    pub fn civil(self) -> jiff::civil::DateTime {
        self.offset.to_datetime(self.timestamp)
    }

    /// Reads exactly what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 29 || !text.is_ascii() {
            return None;
        }
        let two = |at: usize| text[at..at + 2].parse::<i32>().ok();
        let sign = match bytes[23] {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let seconds = sign * (two(24)? * 3600 + two(27)? * 60);
        let moment = Self::new(text.parse().ok()?, Offset::from_seconds(seconds).ok()?);
        (moment.to_string() == text).then_some(moment)
    }
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
