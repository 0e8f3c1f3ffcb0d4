//! Closing a month and opening it again: what must be done first, what a note passes, and who may.

use jiff::civil::Date;
use santun::domain::decide::{
    Findings, MonthFacts, Passable, ask_reopening, close_month, hindrances, reopen_month,
};
use santun::domain::month::{BookMark, MonthBooks, MonthDeed, asked_to_reopen, closings, reopenings};
use santun::domain::office::{Approval, Office};
use santun::domain::{Period, PersonId, Refusal, Rupiah};

use super::table::rows;

fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// A desk whose books begin in October 2026.
struct Books {
    office: Office,
    deeds: Vec<MonthDeed>,
}

impl Books {
    fn new() -> Books {
        Books { office: Office::new("J03", "Contoh", month("2026-10")).unwrap(), deeds: Vec::new() }
    }

    fn facts(&self, of: &str, today: &str, uid: u32) -> MonthFacts<'_> {
        let who = PersonId { uid, loginuid: None };
        MonthFacts {
            office: &self.office,
            deeds: &self.deeds,
            today: day(today),
            month: month(of),
            by: if uid == 1 { "rina" } else { "budi" },
            who,
        }
    }

    fn take(&mut self, deed: Result<MonthDeed, Refusal>) -> Result<(), &'static str> {
        let deed = deed.map_err(|refusal| refusal.code)?;
        deed.apply(&mut self.office);
        self.deeds.push(deed);
        Ok(())
    }

    /// `close 2026-10 2026-11-02`, `ask 2026-10 1`, `open 2026-10 2`: what it was refused for, or nothing.
    fn step(&mut self, text: &str) -> Result<(), &'static str> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let deed = match words.as_slice() {
            ["close", of, today] => {
                let found = Findings::default();
                close_month(&self.facts(of, today, 1), &found, "", books(), mark())
            }
            ["ask", of, uid] => {
                ask_reopening(&self.facts(of, "2027-02-01", uid.parse().unwrap()), "salah bulan")
            }
            ["mute", of] => ask_reopening(&self.facts(of, "2027-02-01", 1), "  "),
            ["open", of, uid] => reopen_month(&self.facts(of, "2027-02-01", uid.parse().unwrap())),
            other => panic!("{other:?}"),
        };
        self.take(deed)
    }
}

fn books() -> MonthBooks {
    MonthBooks { postings: 0, sums: Vec::new(), ranges: Vec::new(), unnumbered: 0, digest: "00".repeat(32) }
}

fn mark() -> BookMark {
    BookMark { seq: 1, hash: "11".repeat(32) }
}

/// steps | the last one's refusal, or the first open month after it
const STORY: &str = "
    close 2026-10 2026-11-01                                                                            | 2026-11
    close 2026-10 2026-10-31                                                                            | month-not-over
    close 2026-11 2026-12-01                                                                            | month-earlier-open
    close 2026-09 2026-11-01                                                                            | month-closed
    close 2026-10 2026-11-01, close 2026-10 2026-11-01                                                  | month-closed
    close 2026-10 2026-11-01, close 2026-11 2026-12-01                                                  | 2026-12
    ask 2026-10 1                                                                                       | month-is-open
    ask 2026-09 1                                                                                       | month-before-books
    close 2026-10 2026-11-01, open 2026-10 2                                                            | month-reopen-not-asked
    close 2026-10 2026-11-01, mute 2026-10                                                              | reason-missing
    close 2026-10 2026-11-01, ask 2026-10 1                                                             | 2026-11
    close 2026-10 2026-11-01, ask 2026-10 1, open 2026-10 1                                             | month-two-people
    close 2026-10 2026-11-01, ask 2026-10 1, open 2026-10 2                                             | 2026-10
    close 2026-10 2026-11-01, ask 2026-10 1, ask 2026-10 2                                              | month-reopen-asked
    close 2026-10 2026-11-01, ask 2026-10 1, open 2026-10 2, open 2026-10 2                             | month-is-open
    close 2026-10 2026-11-01, ask 2026-10 1, open 2026-10 2, close 2026-10 2026-11-02, open 2026-10 2   | month-reopen-not-asked
    close 2026-10 2026-11-01, ask 2026-10 1, close 2026-11 2026-12-01, open 2026-10 2                   | month-later-closed
    close 2026-10 2026-11-01, ask 2026-10 1, close 2026-11 2026-12-01, ask 2026-11 1, open 2026-11 2, open 2026-10 2 | month-reopen-not-asked";

#[test]
fn months_are_closed_in_order_and_opened_by_two() {
    for [steps, expected] in rows::<2>(STORY) {
        let mut books = Books::new();
        let steps: Vec<&str> = steps.split(", ").collect();
        let (last, before) = steps.split_last().expect("a step");
        for step in before {
            assert_eq!(books.step(step), Ok(()), "{step} of {steps:?}");
        }
        let found = match books.step(last) {
            Ok(()) => books.office.first_open.to_string(),
            Err(code) => code.to_owned(),
        };
        assert_eq!(found, expected, "{steps:?}");
        assert_eq!(books.office.begun, month("2026-10"));
    }
}

/// proposed vouchers | unmatched | difference | gaps | eyes | hindrances: those with a star are passed by a note
const HINDRANCES: &str = "
    0 | 0 | 0  | 0 | four | -
    2 | 0 | 0  | 0 | four | month-vouchers-proposed
    2 | 0 | 0  | 0 | two  | -
    0 | 3 | 10 | 0 | two  | month-tie-out*
    0 | 0 | 10 | 0 | two  | month-tie-out*
    0 | 0 | 0  | 4 | two  | month-gaps*
    1 | 1 | 10 | 4 | four | month-vouchers-proposed month-tie-out* month-gaps*";

#[test]
fn differences_are_explained_and_proposals_approved_first() {
    for [proposed, unmatched, difference, gaps, eyes, expected] in rows::<6>(HINDRANCES) {
        let mut desk = Books::new();
        desk.office.approval = if eyes == "four" { Approval::FourEyes } else { Approval::NotNeeded };
        let found = Findings {
            proposed: (0..proposed.parse().unwrap()).map(|no: u32| format!("V-{no}")).collect(),
            unmatched: unmatched.parse().unwrap(),
            difference: Rupiah::new(difference.parse().unwrap()),
            gaps: gaps.parse().unwrap(),
        };
        let facts = desk.facts("2026-10", "2026-11-02", 1);
        let all = hindrances(&facts, &found);
        let star = |passable| if passable == Passable::WithNote { "*" } else { "" };
        let said: Vec<String> =
            all.iter().map(|one| format!("{}{}", one.refusal.code, star(one.passable))).collect();
        assert_eq!(if said.is_empty() { "-".to_owned() } else { said.join(" ") }, expected);
        let close = |note| close_month(&facts, &found, note, books(), mark());
        let is_free = all.is_empty();
        assert_eq!(close("").is_ok(), is_free, "{expected}: without a note");
        let is_passed = all.iter().all(|one| one.passable == Passable::WithNote);
        assert_eq!(close("selisih karena retur bank").is_ok(), is_passed, "{expected}: with a note");
        assert_eq!(close("   ").is_ok(), is_free, "{expected}: a blank explains nothing");
    }
}

#[test]
fn what_was_done_to_months_is_never_forgotten() {
    let mut books = Books::new();
    for step in [
        "close 2026-10 2026-11-01",
        "ask 2026-10 1",
        "open 2026-10 2",
        "close 2026-10 2026-11-03",
        "close 2026-11 2026-12-01",
        "ask 2026-11 2",
    ] {
        assert_eq!(books.step(step), Ok(()), "{step}");
    }
    let counts: Vec<(usize, String)> =
        closings(&books.deeds).map(|(count, deed)| (count, deed.month.to_string())).collect();
    let expected = [(1, "2026-10"), (2, "2026-10"), (1, "2026-11")];
    assert_eq!(counts, expected.map(|(count, month)| (count, month.to_owned())));
    let opened: Vec<(&str, &str)> =
        reopenings(&books.deeds).map(|(asked, opened)| (asked.by.as_str(), opened.by.as_str())).collect();
    assert_eq!(opened, [("rina", "budi")]);
    assert!(asked_to_reopen(&books.deeds, month("2026-10")).is_none());
    assert_eq!(asked_to_reopen(&books.deeds, month("2026-11")).map(|deed| deed.by.as_str()), Some("budi"));
}
