//! The small real desk with more to pay: three payees wait, one of them late, one without an account.

use jiff::civil::date;
use santun::desk::Desk;
use santun::domain::code::{Component, PayeeKind};
use santun::domain::command::NewLine;
use santun::domain::{AccountNo, ClaimCommand, DateSpan, LineNo, Payee, Rupiah, document};
use tempfile::TempDir;

use super::real::{clock, store};

/// What each line is: claim, component, payee's kind, payee, account, amount, day of October determined.
const LINES: [(&str, Component, PayeeKind, &str, &str, i64, i8); 5] = [
    ("K26-000101", Component::Medical, PayeeKind::Facility, "RS Contoh Sehat", "0099887766", 12_400_000, 8),
    ("K26-000103", Component::Medical, PayeeKind::Facility, "RS Contoh Sehat", "0099887766", 3_150_000, 9),
    ("K26-000101", Component::Stmb, PayeeKind::Company, "PT Contoh Semen", "1450099887700", 28_800_000, 8),
    ("K26-000107", Component::Stmb, PayeeKind::Participant, "Agus Contoh", "", 9_600_000, 14),
    ("K26-000105", Component::Medical, PayeeKind::Facility, "RS Contoh Medika", "0011223344", 1_750_000, 28),
];

/// The store, with five more lines that are determined and wait.
pub fn store_to_pay() -> TempDir {
    let folder = store();
    let desk = Desk::open(&folder.path().join("store"), clock()).expect("the store opens");
    for (claim_no, day) in [("K26-000103", 5), ("K26-000105", 27)] {
        do_it(&desk, claim_no, ClaimCommand::File { date: date(2026, 10, day) });
    }
    for (claim_no, component, kind, name, account, amount, day) in LINES {
        let new = NewLine {
            component,
            span: (component == Component::Stmb)
                .then(|| DateSpan::new(date(2026, 6, 1), date(2026, 9, 30)).expect("the days are in order")),
            payee: Payee {
                kind,
                name: name.to_owned(),
                bank: "BRI".to_owned(),
                account: AccountNo::parse(account).ok(),
                tax_number: None,
            },
            receipt: String::new(),
            asked: Rupiah::new(amount),
        };
        do_it(&desk, claim_no, ClaimCommand::AddLine(Box::new(new)));
        let claim = desk.find_claim(claim_no).expect("the claim is there");
        let line = LineNo::new(u16::try_from(claim.lines.len()).expect("few lines"));
        let (amount, number) = (Rupiah::new(amount), String::new());
        do_it(&desk, claim_no, ClaimCommand::Determine { line, amount, date: date(2026, 10, day), number });
    }
    // This bundle has been complete for too long.
    let claim = desk.find_claim("K26-000101").expect("the claim is there");
    for kind in document::missing(&claim) {
        let received = date(2026, 10, 6);
        let command = ClaimCommand::ReceiveDocument { kind, received, archive: String::new() };
        do_it(&desk, "K26-000101", command);
    }
    folder
}

fn do_it(desk: &Desk, claim_no: &str, command: ClaimCommand) {
    let id = desk.find_claim(claim_no).expect("the claim is there").id;
    desk.claim(&desk.new_key(), id, None, &command)
        .unwrap_or_else(|error| panic!("{claim_no} {command:?}: {error}"));
}
