//! What a stage I report brings with it: form KK1 among the papers, and an answer of the clock, also when it comes after
//! the case was registered.

use jiff::civil::Date;
use santun::domain::clock::ClockMark;
use santun::domain::{ClaimBasics, ClaimCommand, DocumentKind, PostingKind, Programme};

use super::fixtures::{Desk, basics};
use super::table::rows;

fn day(text: &str) -> Option<Date> {
    (text != "-").then(|| format!("2026-{text}").parse().unwrap_or_else(|_| panic!("{text} is no day")))
}

/// programme | reported | amended to | ticked by hand | KK1 came on
const FORMS: &str = "
    JKK | 09-02 | -     | -     | 09-02
    JKK | -     | -     | -     | -
    JKK | -     | 09-05 | -     | 09-05
    JKK | 09-02 | 09-03 | -     | 09-03
    JKK | 09-02 | 09-03 | 09-04 | 09-04
    JHT | 09-02 | -     | -     | -";

#[test]
fn a_reported_case_has_its_form() {
    for [programme, reported, amended, ticked, came] in rows::<5>(FORMS) {
        let programme = Programme::parse(&programme).expect("a programme");
        let case_kind = basics().case_kind.filter(|_| programme == Programme::Jkk);
        let typed = ClaimBasics { programme, case_kind, reported_date: day(&reported), ..basics() };
        let mut desk = Desk::new();
        let id = desk.register(typed.clone()).expect("registered");
        if let Some(received) = day(&ticked) {
            let (kind, archive) = (DocumentKind::Kk1, String::new());
            desk.claim(id, &ClaimCommand::ReceiveDocument { kind, received, archive }).expect("ticked");
        }
        if let Some(date) = day(&amended) {
            let later = ClaimBasics { reported_date: Some(date), ..typed };
            desk.claim(id, &ClaimCommand::Amend(Box::new(later))).expect("amended");
        }
        let found = desk.claims[&id].document(DocumentKind::Kk1).map(|form| form.received);
        assert_eq!(found, day(&came), "{programme} {reported} {amended} {ticked}");
    }
}

/// A form that was taken out on purpose is not put back by another amendment.
#[test]
fn a_form_taken_out_stays_out() {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    desk.claim(id, &ClaimCommand::RemoveDocument { kind: DocumentKind::Kk1 }).expect("unticked");
    let later = ClaimBasics { reported_date: day("09-03"), ..basics() };
    desk.claim(id, &ClaimCommand::Amend(Box::new(later))).expect("amended");
    assert_eq!(desk.claims[&id].document(DocumentKind::Kk1), None);
}

/// reported | amended to | what the clock's postings say, with their months; today is 30 October
const CLOCKS: &str = "
    09-02 | -     | CaseRegistered 09 InTime
    09-05 | -     | CaseRegistered 09 Late(2)
    -     | -     | CaseRegistered 10 None
    -     | 09-02 | CaseRegistered 10 None, StageOneReported 10 InTime
    -     | 10-20 | CaseRegistered 10 None, StageOneReported 10 Late(47)
    09-05 | 09-02 | CaseRegistered 09 Late(2)";

/// The answer used to be frozen at registration: a report that came later was never late nor in time.
#[test]
fn a_report_that_comes_later_is_counted_when_it_comes() {
    let kinds = [PostingKind::CaseRegistered, PostingKind::StageOneReported];
    for [reported, amended, expected] in rows::<3>(CLOCKS) {
        let typed = ClaimBasics { reported_date: day(&reported), ..basics() };
        let mut desk = Desk::new();
        let id = desk.register(typed.clone()).expect("registered");
        if let Some(date) = day(&amended) {
            let later = ClaimBasics { reported_date: Some(date), ..typed };
            desk.claim(id, &ClaimCommand::Amend(Box::new(later))).expect("amended");
        }
        let said: Vec<String> = desk
            .postings
            .iter()
            .filter(|posting| kinds.contains(&posting.kind))
            .map(|posting| format!("{:?} {:02} {:?}", posting.kind, posting.month.month(), posting.clock))
            .collect();
        assert_eq!(said.join(", "), expected, "{reported} {amended}");
        let marks = desk.postings.iter().filter(|posting| posting.kind == PostingKind::StageOneReported);
        assert!(marks.map(|posting| posting.clock).all(|mark| mark != ClockMark::None));
    }
}
