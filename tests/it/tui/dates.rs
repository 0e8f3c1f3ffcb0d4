//! Dates as people type them.

use jiff::civil::date;
use santun::tui::forms::normalise_date;
use santun::words::Words;

#[test]
fn short_dates() {
    let table = "
        3/4         03/04/2026
        31/12       31/12/2025
        030426      03/04/2026
        0304        03/04/2026
        03042026    03/04/2026
        3-4-26      03/04/2026
        3.4.1969    03/04/1969
        3/4/69      03/04/1969
        2026-04-03  03/04/2026
        29/02/2024  29/02/2024
        .           30/10/2026
        -1          29/10/2026
        -30         30/09/2026
        29/02/2026  !
        32/1        !
        1/13        !
        1/2/3/4     !
        1/2/026     !
        kemarin     !
        -           !
        12345       !
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (typed, expected) = line.split_once(char::is_whitespace).expect("two columns");
        let got = normalise_date(typed, date(2026, 10, 30), &Words::default());
        match expected.trim() {
            "!" => assert!(got.is_err(), "{typed} gives {got:?}"),
            expected => assert_eq!(got.as_deref(), Ok(expected), "{typed}"),
        }
    }
}
