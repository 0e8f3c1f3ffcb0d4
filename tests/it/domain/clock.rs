//! Clocks: the three answers of the stage I report, seven working days, the nearest day due; holidays.

use jiff::civil::{Date, Time, date};
use santun::base::calendar::is_weekend;
use santun::domain::clock::{ClockKind, ClockMark, Runs, clocks, next_due, payment_mark, stage_one_mark};
use santun::domain::code::Segment;
use santun::domain::{
    ClaimBasics, ClaimCommand, Component, LineNo, Outcome, Programme, Rupiah, VoucherCommand, holidays,
};

use super::fixtures::{Desk, TODAY, basics, line, office, stmb};
use super::table::rows;

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("{text} is no date"))
}

fn time(text: &str) -> Option<Time> {
    (text != "-").then(|| format!("{text}:00").parse().expect("a time"))
}

fn said(mark: ClockMark) -> String {
    match mark {
        ClockMark::None => "none".to_owned(),
        ClockMark::InTime => "in time".to_owned(),
        ClockMark::Late(days) => format!("late {days}"),
        ClockMark::CannotTell => "cannot tell".to_owned(),
    }
}

#[test]
fn stage_one_has_three_answers() {
    // event date, hour | reported date, hour | answer
    let table = "
        2026-09-01 | 08:00 | 2026-09-01 | 09:00 | in time
        2026-09-01 | 08:00 | 2026-09-03 | 08:00 | in time
        2026-09-01 | 08:00 | 2026-09-03 | 08:01 | late 1
        2026-09-01 | 08:00 | 2026-09-04 | 08:00 | late 1
        2026-09-01 | 08:00 | 2026-09-04 | 08:01 | late 2
        2026-09-01 | -     | 2026-09-01 | -     | in time
        2026-09-01 | -     | 2026-09-02 | 23:59 | in time
        2026-09-01 | -     | 2026-09-03 | -     | cannot tell
        2026-09-01 | 08:00 | 2026-09-03 | -     | cannot tell
        2026-09-01 | -     | 2026-09-03 | 00:00 | cannot tell
        2026-09-01 | -     | 2026-09-04 | -     | late 1
        2026-09-01 | -     | 2026-09-30 | -     | late 27
        2026-09-01 | 08:00 | -          | -     | cannot tell
        2026-02-27 | 23:00 | 2026-03-01 | 23:00 | in time";
    for [event_date, event_time, reported_date, reported_time, answer] in rows::<5>(table) {
        let basics = ClaimBasics {
            event_date: day(&event_date),
            event_time: time(&event_time),
            reported_date: (reported_date != "-").then(|| day(&reported_date)),
            reported_time: time(&reported_time),
            ..basics()
        };
        assert_eq!(
            said(stage_one_mark(&basics)),
            answer,
            "{event_date} {event_time} {reported_date} {reported_time}"
        );
    }
    let other = ClaimBasics { programme: Programme::Jht, ..basics() };
    assert_eq!(stage_one_mark(&other), ClockMark::None);
}

#[test]
fn payment_has_seven_working_days() {
    // Holidays: Friday 25 December 2026 and Monday 17 August 2026.
    let table = "
        2026-10-01 | 2026-10-12 | in time
        2026-10-01 | 2026-10-13 | late 1
        2026-10-01 | 2026-10-16 | late 4
        2026-10-01 | 2026-10-19 | late 5
        2026-10-02 | 2026-10-13 | in time
        2026-10-03 | 2026-10-13 | in time
        2026-10-04 | 2026-10-14 | late 1
        2026-08-10 | 2026-08-20 | in time
        2026-08-10 | 2026-08-21 | late 1
        2026-12-18 | 2026-12-30 | in time
        2026-12-18 | 2026-12-31 | late 1
        -          | 2026-12-31 | cannot tell";
    let mut office = office();
    office.holidays = vec![date(2026, 8, 17), date(2026, 12, 25)];
    for [complete, paid, answer] in rows::<3>(table) {
        let complete = (complete != "-").then(|| day(&complete));
        assert_eq!(said(payment_mark(complete, day(&paid), &office)), answer, "{complete:?} {paid}");
    }
}

/// A case that is filed and whose bundle was complete on the day.
fn filed(desk: &mut Desk, complete: Option<Date>) -> santun::domain::ClaimId {
    let id = desk.register(basics()).expect("registered");
    desk.claim(id, &ClaimCommand::File { date: date(2026, 9, 10) }).expect("filed");
    if let Some(date) = complete {
        desk.claim(id, &ClaimCommand::Complete { date }).expect("complete");
    }
    id
}

#[test]
fn the_nearest_day_due() {
    let mut desk = Desk::new();
    let unreported = desk.register(ClaimBasics { reported_date: None, ..basics() }).expect("registered");
    assert_eq!(next_due(&desk.claims[&unreported], &desk.office), Some(date(2026, 9, 3)));
    let reported = desk.register(basics()).expect("registered");
    assert_eq!(next_due(&desk.claims[&reported], &desk.office), Some(date(2026, 10, 2)));
    let complete = filed(&mut desk, Some(date(2026, 10, 1)));
    assert_eq!(next_due(&desk.claims[&complete], &desk.office), Some(date(2026, 10, 12)));
    let outcome = ClaimCommand::SetOutcome { outcome: Outcome::Berobat, date: date(2026, 9, 10) };
    let treated = filed(&mut desk, None);
    desk.claim(treated, &outcome).expect("under treatment");
    assert_eq!(next_due(&desk.claims[&treated], &desk.office), Some(date(2027, 3, 1)));
    let instalment = Box::new(stmb(date(2026, 9, 1), date(2026, 9, 30), 100));
    desk.claim(treated, &ClaimCommand::AddLine(instalment)).expect("a line");
    assert_eq!(next_due(&desk.claims[&treated], &desk.office), Some(date(2027, 3, 30)));
    let independent = ClaimBasics { segment: Segment::Bpu, company: None, ..basics() };
    let independent = desk.register(independent).expect("registered");
    desk.claim(independent, &ClaimCommand::File { date: date(2026, 9, 10) }).expect("filed");
    desk.claim(independent, &outcome).expect("under treatment");
    assert_eq!(next_due(&desk.claims[&independent], &desk.office), Some(date(2026, 10, 1)));
}

/// Once stage II is in, the five years have been kept: they used to be shown as due, long past for old cases.
#[test]
fn lapse_is_not_due_once_the_case_is_filed() {
    let mut desk = Desk::new();
    let id = filed(&mut desk, None);
    assert_eq!(next_due(&desk.claims[&id], &desk.office), None);
    let lapse = clocks(&desk.claims[&id], &desk.office, TODAY)
        .into_iter()
        .find(|clock| clock.kind == ClockKind::Lapse);
    assert_eq!(lapse.map(|clock| clock.runs), Some(Runs::Done));
}

#[test]
fn an_incomplete_bundle_has_no_running_clock() {
    let mut desk = Desk::new();
    let id = filed(&mut desk, None);
    let payment = |desk: &Desk| {
        let all = clocks(&desk.claims[&id], &desk.office, TODAY);
        all.into_iter().find(|clock| clock.kind == ClockKind::Payment).expect("always listed")
    };
    assert_eq!((payment(&desk).runs, payment(&desk).due), (Runs::NotYet, None));
    desk.claim(id, &ClaimCommand::Complete { date: date(2026, 10, 1) }).expect("complete");
    assert_eq!((payment(&desk).runs, payment(&desk).mark), (Runs::Running, ClockMark::Late(14)));
    let new = Box::new(line(Component::Medical, 1_000));
    desk.claim(id, &ClaimCommand::AddLine(new)).expect("a line");
    let determine = ClaimCommand::Determine {
        line: LineNo::new(1),
        amount: Rupiah::new(1_000),
        date: date(2026, 10, 5),
        number: String::new(),
    };
    desk.claim(id, &determine).expect("determined");
    let voucher = desk.raise(&[(id, LineNo::new(1))], 0, date(2026, 10, 6)).expect("a voucher");
    assert_eq!(payment(&desk).runs, Runs::Running);
    let pay = VoucherCommand::Pay {
        date: date(2026, 10, 12),
        amount: Rupiah::new(1_000),
        reference: String::new(),
    };
    desk.voucher(voucher, &pay).expect("paid");
    assert_eq!(payment(&desk).runs, Runs::Done);
}

#[test]
fn holidays_are_in_order_and_in_their_year() {
    for year in holidays::YEARS {
        assert!(year.days.windows(2).all(|pair| pair[0] < pair[1]), "{}", year.year);
        assert!(year.days.iter().all(|day| day.year() == year.year), "{}", year.year);
        for (month, of_month) in [(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)] {
            assert!(year.days.contains(&date(year.year, month, of_month)), "{} {month}", year.year);
        }
    }
    assert_eq!(holidays::all().len(), holidays::YEARS.iter().map(|year| year.days.len()).sum::<usize>());
    assert!(holidays::all().iter().any(|day| is_weekend(*day)), "weekends are kept as they are");
}
