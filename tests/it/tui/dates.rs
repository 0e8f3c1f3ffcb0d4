//! Dates as people type them.

use jiff::civil::date;
use santun::tui::forms::{Said, normalise_date, say_date, say_past_date};
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
        +3          02/11/2026
        + 1         31/10/2026
        hari ini    30/10/2026
        TODAY       30/10/2026
        kemarin     29/10/2026
        yesterday   29/10/2026
        kemarin dulu 28/10/2026
        besok       31/10/2026
        tomorrow    31/10/2026
        lusa        01/11/2026
        jumat       30/10/2026
        kamis       29/10/2026
        saturday    24/10/2026
        29/02/2026  !
        32/1        !
        1/13        !
        1/2/3/4     !
        1/2/026     !
        kemari      !
        -           !
        +           !
        +x          !
        12345       !
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (typed, expected) = line.rsplit_once(char::is_whitespace).expect("two columns");
        let typed = typed.trim();
        let got = normalise_date(typed, date(2026, 10, 30), &Words::default());
        match expected.trim() {
            "!" => assert!(got.is_err(), "{typed} gives {got:?}"),
            expected => assert_eq!(got.as_deref(), Ok(expected), "{typed}"),
        }
    }
}

/// What is said while it is typed: `=` the day in full, `?` nothing yet, `!` that it is none.
#[test]
fn a_date_is_judged_while_it_is_typed() {
    let table = "
        3           ?
        3/          ?
        3/4         = 3 April 2026, Jumat
        3/4/2       ?
        3/4/20      = 3 April 2020, Jumat
        3/4/202     ?
        3/4/2026    = 3 April 2026, Jumat
        03042026    = 3 April 2026, Jumat
        030         ?
        03042       ?
        2026-04-    ?
        2026-04-0   ?
        2026-04-03  = 3 April 2026, Jumat
        hari        ?
        kem         ?
        sel         ?
        besok       = 31 Oktober 2026, Sabtu
        +           ?
        +3          = 2 November 2026, Senin
        -1          = 29 Oktober 2026, Kamis
        32/         !
        3/13        !
        29/02/2026  !
        2026-13     !
        kapan       !
        3/4/2026/   !
        12345678    !
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (typed, expected) = line.split_once(char::is_whitespace).expect("two columns");
        let said = match say_date(typed, date(2026, 10, 30), &Words::default()) {
            None => "?".to_owned(),
            Some(Said::Note(day)) => format!("= {day}"),
            Some(Said::Wrong(_)) => "!".to_owned(),
        };
        assert_eq!(said, expected.trim(), "{typed}");
    }
    let ahead = say_past_date("+1", date(2026, 10, 30), &Words::default());
    assert!(matches!(ahead, Some(Said::Wrong(text)) if text.contains("belum terjadi")));
}
