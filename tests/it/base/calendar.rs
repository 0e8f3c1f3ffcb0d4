//! Working days and dates as they are written.

use jiff::civil::{Date, date, datetime};
use proptest::prelude::*;
use santun::base::calendar::{
    ENGLISH, Holidays, INDONESIAN, Names, days_between, hours_after, is_working_day, iso, month_by_name,
    slashed, within_hours, working_days_after, working_days_between,
};

/// 17 August 2026 is a Monday, 25 December a Friday, 15 August a Saturday.
fn holidays() -> Holidays {
    Holidays::new([date(2026, 12, 25), date(2026, 8, 17), date(2026, 8, 15), date(2026, 8, 17)])
}

#[test]
fn working_days() {
    let table = "
        2026-08-10  0  2026-08-10
        2026-08-10  1  2026-08-11
        2026-08-14  1  2026-08-18
        2026-08-15  1  2026-08-18
        2026-08-16  1  2026-08-18
        2026-08-17  1  2026-08-18
        2026-08-10  7  2026-08-20
        2026-12-24  1  2026-12-28
        2026-12-18  7  2026-12-30
        2026-10-30  1  2026-11-02
        2024-02-28  2  2024-03-01";
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let from: Date = cells[0].parse().expect("a date");
        let n: u32 = cells[1].parse().expect("a number of days");
        let expected: Date = cells[2].parse().expect("a date");
        assert_eq!(working_days_after(from, n, &holidays()), expected, "{line}");
        assert_eq!(working_days_between(from, expected, &holidays()), i64::from(n), "{line}");
    }
}

#[test]
fn the_end_of_the_calendar_is_no_panic() {
    assert_eq!(working_days_after(Date::MAX, 5, &Holidays::default()), Date::MAX);
    assert_eq!(hours_after(Date::MAX.at(23, 0, 0, 0), 48), jiff::civil::DateTime::MAX);
}

#[test]
fn twice_24_hours() {
    let accident = datetime(2026, 10, 1, 10, 20, 0, 0);
    assert_eq!(hours_after(accident, 48), datetime(2026, 10, 3, 10, 20, 0, 0));
    assert!(within_hours(accident, datetime(2026, 10, 3, 10, 20, 0, 0), 48));
    assert!(!within_hours(accident, datetime(2026, 10, 3, 10, 20, 1, 0), 48));
}

#[test]
fn dates_in_writing() {
    let day = date(2026, 11, 2);
    assert_eq!(slashed(day), "02/11/2026");
    assert_eq!(iso(day), "2026-11-02");
    assert_eq!(INDONESIAN.long(date(2026, 8, 22)), "22 Agustus 2026");
    assert_eq!(ENGLISH.long(date(2026, 8, 22)), "22 August 2026");
    assert_eq!(Names::of("id").month_and_year(2026, 10), "Oktober 2026");
    assert_eq!(Names::of("en").month_and_year(2026, 10), "October 2026");
    assert_eq!(INDONESIAN.weekday(date(2026, 10, 30)), "Jumat");
    assert_eq!(ENGLISH.weekday(date(2026, 11, 1)), "Sunday");
    assert_eq!(INDONESIAN.short_month(8), "Agu");
    assert_eq!((INDONESIAN.month(0), INDONESIAN.month(13), INDONESIAN.month(-1)), ("", "", ""));
}

#[test]
fn months_by_name() {
    let table = [
        ("Januari", Some(1)),
        ("january", Some(1)),
        ("MEI", Some(5)),
        ("may", Some(5)),
        ("agu", Some(8)),
        ("Aug", Some(8)),
        ("okt", Some(10)),
        ("Desember", Some(12)),
        ("", None),
        ("bulan", None),
    ];
    for (name, month) in table {
        assert_eq!(month_by_name(name), month, "{name}");
    }
}

proptest! {
    /// The fast count against the one a person makes with a calendar and a pencil.
    #[test]
    fn counting_agrees_with_walking(start in 0_i64..20_000, length in 0_i64..900, marks in proptest::collection::vec(0_i64..900, 0..40)) {
        let day = |n: i64| date(1969, 12, 25).checked_add(jiff::Span::new().days(n)).expect("within the calendar");
        let (from, to) = (day(start), day(start + length));
        let holidays = Holidays::new(marks.iter().map(|n| day(start + n)));
        let mut walked = 0;
        let mut here = from;
        while here < to {
            here = here.tomorrow().expect("within the calendar");
            walked += i64::from(is_working_day(here, &holidays));
        }
        prop_assert_eq!(working_days_between(from, to, &holidays), walked);
        prop_assert_eq!(working_days_between(to, from, &holidays), -walked);
        prop_assert_eq!(days_between(from, to), length);
    }
}
