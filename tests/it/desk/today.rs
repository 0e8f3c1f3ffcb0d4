//! *Hari ini*: what is due and what is late, by the payment clock and no other.

use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};
use santun::desk::{Clock, Desk};
use santun::domain::code::{Component, PayeeKind};
use santun::domain::command::NewLine;
use santun::domain::{AccountNo, ClaimCommand, LineNo, Payee, Rupiah};

use crate::tui::real::{clock, store};

/// Counts and rupiah of an item on a day.
fn item(folder: &std::path::Path, day: Date, key: &str) -> (u64, i64) {
    let desk = Desk::open(folder, Clock::Frozen(day.at(9, 0, 0, 0))).expect("the store opens");
    let lines = desk.today_lines(&AtomicBool::new(false)).expect("the items can be counted");
    let line = lines.iter().find(|line| line.item.key == key).expect("the item is there");
    (line.count, line.amount.get())
}

/// A case whose STMB clock had passed used to count as a late payment, with its rupiah.
#[test]
fn a_passed_stmb_clock_is_no_late_payment() {
    let folder = store();
    let path = folder.path().join("store");
    let desk = Desk::open(&path, clock()).expect("the store opens");
    let claim = desk.find_claim("K26-000107").expect("the claim is there");
    let line = NewLine {
        component: Component::Medical,
        span: None,
        payee: Payee {
            kind: PayeeKind::Facility,
            name: "RS Contoh Sehat".to_owned(),
            bank: "BRI".to_owned(),
            account: AccountNo::parse("0099887766").ok(),
            tax_number: None,
        },
        receipt: String::new(),
        asked: Rupiah::new(7_000_000),
    };
    let commands = [
        ClaimCommand::AddLine(Box::new(line)),
        ClaimCommand::Determine {
            line: LineNo::new(1),
            amount: Rupiah::new(7_000_000),
            date: date(2026, 10, 29),
            number: String::new(),
        },
        ClaimCommand::Complete { date: date(2026, 10, 30) },
    ];
    desk.claim_all(&desk.new_key(), claim.id, None, &commands).expect("it is determined");
    // Complete on Friday 30 October: seven working days end on 10 November. The next STMB was due on 5 November.
    for (day, due, late) in [
        (date(2026, 11, 6), (0, 0), (0, 0)),
        (date(2026, 11, 7), (1, 7_000_000), (0, 0)),
        (date(2026, 11, 10), (1, 7_000_000), (0, 0)),
        (date(2026, 11, 11), (0, 0), (1, 7_000_000)),
    ] {
        assert_eq!((item(&path, day, "today-due"), item(&path, day, "today-late")), (due, late), "{day}");
    }
}
