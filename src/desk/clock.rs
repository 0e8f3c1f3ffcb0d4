//! The desk's clock: the only wall clock of the program, and the only source of chance. It can be frozen, for the
//! demonstration (where today is 30 October 2026) and for tests.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::domain::Zone;
use crate::store::{IdempotencyKey, Moment};

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Frozen at this office time.
    Frozen(DateTime),
}

impl Clock {
    /// The demonstration's today: a working day in an open month.
    pub fn demo() -> Clock {
        Clock::Frozen(jiff::civil::date(2026, 10, 30).at(9, 0, 0, 0))
    }

    /// From `SANTUN_NOW` (`2026-10-30T09:00`) or `SANTUN_TODAY` (`2026-10-30`) as given; none when neither is readable.
    pub fn from_text(now: Option<&str>, today: Option<&str>) -> Option<Clock> {
        if let Some(moment) = now.and_then(|text| text.parse::<DateTime>().ok()) {
            return Some(Clock::Frozen(moment));
        }
        let date = today.and_then(|text| text.parse::<Date>().ok())?;
        Some(Clock::Frozen(date.at(9, 0, 0, 0)))
    }

    /// Date and hour in the office's zone.
    pub fn now(&self, zone: Zone) -> DateTime {
        match self {
            Clock::System => offset(zone).to_datetime(Timestamp::now()),
            Clock::Frozen(moment) => *moment,
        }
    }

    /// The date in the office's zone.
    pub fn today(&self, zone: Zone) -> Date {
        self.now(zone).date()
    }

    /// The moment as the journal writes it.
    pub fn moment(&self, zone: Zone) -> Moment {
        let offset = offset(zone);
        let timestamp = match self {
            Clock::System => Timestamp::now(),
            Clock::Frozen(moment) => {
                offset.to_timestamp(*moment).expect("a frozen clock stands in this century")
            }
        };
        Moment::new(timestamp, offset)
    }
}

/// Indonesia has three zones and no summer time.
fn offset(zone: Zone) -> Offset {
    Offset::from_hours(zone.offset_hours()).expect("the three zones are whole hours")
}

/// Seconds since 1970, as the disk's clock has them, as date and time at the office.
pub fn clock_text(unix_seconds: i64, zone: Zone) -> String {
    let at = Timestamp::from_second(unix_seconds).map(|at| offset(zone).to_datetime(at));
    at.map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// A new key: time-ordered and unique.
pub fn new_key() -> IdempotencyKey {
    IdempotencyKey::new(uuid::Uuid::now_v7().to_string()).expect("a UUID has the form of a key")
}
