//! Four eyes: who prepares may not approve, by the system's ids and not by a name; and who typed an account does not
//! change it alone once it is determined.

use jiff::civil::date;
use santun::domain::command::NewLine;
use santun::domain::office::Approval;
use santun::domain::{
    AccountNo, ClaimCommand, ClaimId, LineNo, Payee, PersonId, Refusal, Rupiah, VoucherCommand,
};

use super::fixtures::{Desk, basics, stmb};
use super::table::rows;

const PAPER: jiff::civil::Date = date(2026, 10, 5);

/// Two persons as `uid/loginuid`, `-` for a login id that the system does not know; same or two.
const PERSONS: &str = "
    1001/1001 | 1001/1001 | same
    1001/1001 | 1002/1002 | two
    1001/1001 | 0/1001    | same
    1001/1001 | 1001/1002 | same
    1001/-    | 1001/1001 | same
    1001/-    | 1002/-    | two
    1001/-    | 1002/1001 | two
    1001/-    | 1001/-    | same";

fn person(text: &str) -> PersonId {
    let (uid, loginuid) = text.split_once('/').expect("two ids");
    PersonId { uid: uid.parse().expect("a number"), loginuid: loginuid.parse().ok() }
}

#[test]
fn persons_are_told_apart_by_what_the_system_knows() {
    for [one, other, expected] in rows::<3>(PERSONS) {
        let said = if person(&one).is_same(person(&other)) { "same" } else { "two" };
        assert_eq!(said, expected, "{one} {other}");
        assert_eq!(person(&one).is_same(person(&other)), person(&other).is_same(person(&one)));
    }
}

/// A desk with four eyes and a determined line.
fn desk() -> (Desk, ClaimId) {
    let mut desk = Desk::new();
    desk.office.approval = Approval::FourEyes;
    let id = desk.register(basics()).expect("registered");
    let steps = [
        ClaimCommand::File { date: date(2026, 10, 1) },
        ClaimCommand::AddLine(Box::new(stmb(date(2026, 9, 2), date(2026, 9, 30), 100))),
        ClaimCommand::Determine {
            line: LineNo::new(1),
            amount: Rupiah::new(100),
            date: PAPER,
            number: String::new(),
        },
    ];
    for step in &steps {
        desk.claim(id, step).unwrap_or_else(|refusal| panic!("{step:?}: {refusal}"));
    }
    (desk, id)
}

fn code(answer: Result<(), Refusal>) -> &'static str {
    answer.expect_err("refused").code
}

#[test]
fn who_prepares_may_not_approve_under_any_name() {
    let (mut desk, id) = desk();
    let voucher = desk.raise(&[(id, LineNo::new(1))], 0, PAPER).expect("a voucher");
    let pay = VoucherCommand::Pay { date: PAPER, amount: Rupiah::new(100), reference: String::new() };
    assert_eq!(code(desk.voucher(voucher, &pay)), "voucher-not-approved");
    let (clerk, second) = (desk.clerk, desk.second);
    // The names differ all the while: sari prepared, rini asks.
    for same in [clerk, PersonId { uid: 0, ..clerk }, PersonId { loginuid: None, ..clerk }] {
        desk.second = same;
        assert_eq!(code(desk.voucher(voucher, &VoucherCommand::Approve)), "four-eyes", "{same:?}");
    }
    desk.second = second;
    desk.voucher(voucher, &VoucherCommand::Approve).expect("another person");
    desk.voucher(voucher, &pay).expect("approved");
}

#[test]
fn an_account_that_is_determined_is_changed_by_a_second_person() {
    let (mut desk, id) = desk();
    let change = |account: &str, bank: &str| {
        let line = stmb(date(2026, 9, 2), date(2026, 9, 30), 100);
        let account = AccountNo::parse(account).ok();
        let payee = Payee { account, bank: bank.to_owned(), ..line.payee };
        ClaimCommand::AmendLine { line: LineNo::new(1), new: Box::new(NewLine { payee, ..line }) }
    };
    let (clerk, second) = (desk.clerk, desk.second);
    assert_eq!(code(desk.claim(id, &change("7766554433", "BRI"))), "account-second-person");
    assert_eq!(code(desk.claim(id, &change("1234567890", "MANDIRI"))), "account-second-person");
    desk.clerk = second;
    desk.claim(id, &change("7766554433", "BRI")).expect("another person");
    // Now it is theirs, and the first one is the second.
    assert_eq!(code(desk.claim(id, &change("1234567890", "BRI"))), "account-second-person");
    desk.clerk = clerk;
    desk.claim(id, &change("1234567890", "BRI")).expect("another person");
    desk.office.approval = Approval::NotNeeded;
    desk.claim(id, &change("7766554433", "BRI")).expect("one person may, where one is enough");
}

#[test]
fn an_account_that_is_not_determined_is_corrected_by_whoever_typed_it() {
    let mut desk = Desk::new();
    desk.office.approval = Approval::FourEyes;
    let id = desk.register(basics()).expect("registered");
    let line = stmb(date(2026, 9, 2), date(2026, 9, 30), 100);
    desk.claim(id, &ClaimCommand::AddLine(Box::new(line.clone()))).expect("a line");
    let payee = Payee { account: AccountNo::parse("7766554433").ok(), ..line.payee };
    let new = Box::new(NewLine { payee, ..stmb(date(2026, 9, 2), date(2026, 9, 30), 100) });
    desk.claim(id, &ClaimCommand::AmendLine { line: LineNo::new(1), new }).expect("a slip of the pen");
}

#[test]
fn the_setting_is_read_in_both_languages() {
    for text in ["four-eyes", "Four Eyes", "empat mata", "empat_mata"] {
        assert_eq!(Approval::parse(text), Some(Approval::FourEyes), "{text}");
    }
    for approval in Approval::ALL {
        assert_eq!(Approval::parse(approval.code()), Some(approval));
    }
    assert_eq!(Approval::parse("ya"), None);
}
