//! How a column is written is decided from the column.

use jiff::civil::{date, time};
use santun::domain::amount::NumberDialect;
use santun::intake::dates::{DateCell, DateDialect, read_date, read_time};
use santun::intake::dialect::{DateEvidence, DateMode, NumberEvidence, NumberMode};

#[test]
fn dates_by_themselves() {
    let clear = |year, month, day| DateCell::Clear(date(year, month, day));
    let table: &[(&str, DateCell)] = &[
        ("2026-10-05", clear(2026, 10, 5)),
        ("2026/10/05", clear(2026, 10, 5)),
        ("2026-10-05 00:00:00", clear(2026, 10, 5)),
        ("2026-10-05T14:30:00", clear(2026, 10, 5)),
        ("05/05/2026", clear(2026, 5, 5)),
        ("31/12/2026", DateCell::OnlyDayFirst(date(2026, 12, 31))),
        ("31-12-2026 08:00", DateCell::OnlyDayFirst(date(2026, 12, 31))),
        ("12/31/2026", DateCell::OnlyMonthFirst(date(2026, 12, 31))),
        ("3.4.2026", DateCell::Either(date(2026, 4, 3), date(2026, 3, 4))),
        ("5 Oktober 2026", clear(2026, 10, 5)),
        ("05-Okt-2026", clear(2026, 10, 5)),
        ("October 5, 2026", clear(2026, 10, 5)),
        ("17 Agustus 1945", clear(1945, 8, 17)),
        ("31/02/2026", DateCell::Malformed),
        ("03/04/26", DateCell::Malformed),
        ("46300", DateCell::Malformed),
        ("besok", DateCell::Malformed),
        ("2026-13-01", DateCell::Malformed),
        ("１/２/2026", DateCell::Malformed),
    ];
    for (text, expected) in table {
        assert_eq!(read_date(text), *expected, "{text}");
    }
}

#[test]
fn hours() {
    let table: &[(&str, Option<jiff::civil::Time>)] = &[
        ("14:05", Some(time(14, 5, 0, 0))),
        ("7.30", Some(time(7, 30, 0, 0))),
        ("14:05:30", Some(time(14, 5, 30, 0))),
        ("1405", Some(time(14, 5, 0, 0))),
        ("14:05 WIB", Some(time(14, 5, 0, 0))),
        ("24:00", None),
        ("7", None),
        ("siang", None),
    ];
    for (text, expected) in table {
        assert_eq!(read_time(text), *expected, "{text}");
    }
}

#[test]
fn amounts_by_their_column() {
    use NumberDialect::{EnglishCommas, IndonesianDots, Plain};
    let table: &[(&[&str], NumberMode)] = &[
        (&["1000", "250000", ""], NumberMode::In(Plain)),
        (&["1.250.000", "333.333"], NumberMode::In(IndonesianDots)),
        (&["1,250,000", "333,333"], NumberMode::In(EnglishCommas)),
        (&["1.250.000,00"], NumberMode::In(IndonesianDots)),
        (&["1,250,000.00", "12"], NumberMode::In(EnglishCommas)),
        (&["Rp1.250.000", "Rp 12.000,00", "-"], NumberMode::In(IndonesianDots)),
        (&["1.000"], NumberMode::Unclear),
        (&["1.000", "1.234.567"], NumberMode::In(IndonesianDots)),
        (&["1,234,567", "1.234.567"], NumberMode::Unclear),
        (&["abc", "1.234.567"], NumberMode::In(IndonesianDots)),
    ];
    for (cells, expected) in table {
        let mut evidence = NumberEvidence::default();
        cells.iter().for_each(|cell| evidence.see(cell));
        assert_eq!(evidence.verdict(), *expected, "{cells:?}");
    }
}

#[test]
fn an_unclear_column_reads_only_what_is_clear() {
    let table: &[(&str, Result<i64, &str>)] = &[
        ("1500", Ok(1500)),
        ("1.234.567", Ok(1_234_567)),
        ("1,234,567", Ok(1_234_567)),
        ("1.000", Err("amount-ambiguous")),
        ("x", Err("amount-malformed")),
    ];
    for (cell, expected) in table {
        let read = NumberMode::Unclear.read(cell);
        assert_eq!(read.map(|amount| amount.get()).map_err(|refusal| refusal.code), *expected, "{cell}");
    }
}

#[test]
fn dates_by_their_column() {
    let table: &[(&[&str], Option<DateDialect>, u64)] = &[
        (&["2026-01-02", "03/04/2026"], None, 1),
        (&["03/04/2026", "13/04/2026"], Some(DateDialect::DayFirst), 1),
        (&["03/04/2026", "04/13/2026"], Some(DateDialect::MonthFirst), 1),
        (&["13/04/2026", "04/13/2026"], None, 0),
    ];
    for (cells, dialect, n_either) in table {
        let mut evidence = DateEvidence::default();
        cells.iter().for_each(|cell| evidence.see(cell));
        assert_eq!((evidence.shown(), evidence.n_either()), (*dialect, *n_either), "{cells:?}");
    }
    assert_eq!(DateMode::In(DateDialect::DayFirst).read("03/04/2026"), Ok(date(2026, 4, 3)));
    assert_eq!(DateMode::In(DateDialect::MonthFirst).read("03/04/2026"), Ok(date(2026, 3, 4)));
    assert!(DateMode::Unclear.read("03/04/2026").is_err());
    assert_eq!(DateMode::Unclear.read("13/04/2026"), Ok(date(2026, 4, 13)));
}
