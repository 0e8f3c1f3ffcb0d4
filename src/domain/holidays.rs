//! Indonesian public holidays by year: the default of an office's editable list. Joint leave (*cuti bersama*) is not
//! in it: every office decides that for itself.

use jiff::civil::{Date, date};

use crate::domain::rule::Mark;

/// The public holidays of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolidayYear {
    /// Which year.
    pub year: i16,
    /// The days, in order; some fall on a weekend.
    pub days: &'static [Date],
    /// Where the list comes from.
    pub source: &'static str,
    /// How sure it is.
    pub mark: Mark,
}

/// Every known public holiday, in order.
pub fn all() -> Vec<Date> {
    YEARS.iter().flat_map(|entry| entry.days.iter().copied()).collect()
}

/// Every known year.
pub const YEARS: &[HolidayYear] = &[
    HolidayYear {
        year: 2024,
        days: DAYS_2024,
        source: "SKB Tiga Menteri 855/2023; general elections 14 February and 27 November by presidential decree",
        mark: Mark::TwoSources,
    },
    HolidayYear { year: 2025, days: DAYS_2025, source: "SKB Tiga Menteri 1017/2024", mark: Mark::TwoSources },
    HolidayYear { year: 2026, days: DAYS_2026, source: "SKB Tiga Menteri 1497/2025", mark: Mark::TwoSources },
    HolidayYear {
        year: 2027,
        days: DAYS_2027,
        source: "computed from the lunar calendars; the joint decree was not read",
        mark: Mark::Unverified,
    },
];

const DAYS_2024: &[Date] = &[
    date(2024, 1, 1),
    date(2024, 2, 8),
    date(2024, 2, 10),
    date(2024, 2, 14),
    date(2024, 3, 11),
    date(2024, 3, 29),
    date(2024, 3, 31),
    date(2024, 4, 10),
    date(2024, 4, 11),
    date(2024, 5, 1),
    date(2024, 5, 9),
    date(2024, 5, 23),
    date(2024, 6, 1),
    date(2024, 6, 17),
    date(2024, 7, 7),
    date(2024, 8, 17),
    date(2024, 9, 16),
    date(2024, 11, 27),
    date(2024, 12, 25),
];

const DAYS_2025: &[Date] = &[
    date(2025, 1, 1),
    date(2025, 1, 27),
    date(2025, 1, 29),
    date(2025, 3, 29),
    date(2025, 3, 31),
    date(2025, 4, 1),
    date(2025, 4, 18),
    date(2025, 4, 20),
    date(2025, 5, 1),
    date(2025, 5, 12),
    date(2025, 5, 29),
    date(2025, 6, 1),
    date(2025, 6, 6),
    date(2025, 6, 27),
    date(2025, 8, 17),
    date(2025, 9, 5),
    date(2025, 12, 25),
];

const DAYS_2026: &[Date] = &[
    date(2026, 1, 1),
    date(2026, 1, 16),
    date(2026, 2, 17),
    date(2026, 3, 19),
    date(2026, 3, 21),
    date(2026, 3, 22),
    date(2026, 4, 3),
    date(2026, 4, 5),
    date(2026, 5, 1),
    date(2026, 5, 14),
    date(2026, 5, 27),
    date(2026, 5, 31),
    date(2026, 6, 1),
    date(2026, 6, 16),
    date(2026, 8, 17),
    date(2026, 8, 25),
    date(2026, 12, 25),
];

const DAYS_2027: &[Date] = &[
    date(2027, 1, 1),
    date(2027, 1, 5),
    date(2027, 2, 6),
    date(2027, 3, 8),
    date(2027, 3, 10),
    date(2027, 3, 11),
    date(2027, 3, 26),
    date(2027, 3, 28),
    date(2027, 5, 1),
    date(2027, 5, 6),
    date(2027, 5, 17),
    date(2027, 5, 20),
    date(2027, 6, 1),
    date(2027, 6, 6),
    date(2027, 8, 15),
    date(2027, 8, 17),
    date(2027, 12, 25),
];
