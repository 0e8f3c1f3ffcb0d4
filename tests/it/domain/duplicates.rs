//! Records that may be the same: which band, and why.

use jiff::civil::{Date, date};
use santun::domain::duplicate::{
    Band, CaseKey, Fatal, Live, Savings, VoucherKey, Why, cases_like, compare_cases, compare_vouchers,
    stmb_overlaps, vouchers_like,
};
use santun::domain::{
    ClaimCommand, ClaimEvent, ClaimId, Identity, LineNo, Outcome, PayeeKind, ProcessState, Programme, Rupiah,
    VoucherId,
};
use santun::words::{Lang, Words};

use super::fixtures::{Desk, basics, stmb};
use super::table::rows;

/// A case as a table writes it: `programme person kpj name birth event fatal account state`, `-` for nothing; the state
/// `sebagian` is closed with a part of the savings taken.
fn case(id: Option<u64>, text: &str) -> CaseKey {
    let cells: Vec<&str> = text.split_whitespace().collect();
    let [programme, person, kpj, name, birth, event, fatal, account, state] = cells[..] else {
        panic!("nine words: {text}")
    };
    let some = |word: &str| if word == "-" { String::new() } else { word.to_owned() };
    let list = |word: &str| if word == "-" { Vec::new() } else { vec![word.to_owned()] };
    CaseKey {
        id: id.map(ClaimId::new),
        programme: Programme::parse(programme).expect("a programme"),
        identity: if person == "-" { Identity::Missing } else { Identity::Passport(person.to_owned()) },
        kpj: some(kpj),
        name: some(name),
        birth_date: (birth != "-").then(|| birth.parse().expect("a date")),
        event_date: event.parse().expect("a date"),
        fatal: if fatal == "dead" { Fatal::Yes } else { Fatal::No },
        accounts: list(account),
        state: ProcessState::parse(if state == "sebagian" { "selesai" } else { state }).expect("a state"),
        savings: if state == "sebagian" { Savings::Part } else { Savings::All },
    }
}

/// new | old | reasons
const CASES: &str = "
    jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | SameCase
    jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk A - X - 2026-09-06 - - diajukan                | SameCase
    jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk A - X - 2026-09-04 - - selesai                 | SameCase
    jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk A - X - 2026-09-07 - - diajukan                |
    jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk A 1 X - 2026-09-12 - - diajukan                | KpjNearby
    jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk A 1 X - 2026-09-13 - - diajukan                |
    jkk - 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk - 1 BUDI 2000-01-01 2026-09-05 - - diajukan    | SameCase
    jkk - 1 BUDI - 2026-09-05 - - diajukan          | jkk - 1 BUDI - 2026-09-05 - - diajukan             | KpjNearby
    jkk - - BUDI 2000-01-01 2026-09-05 - - diajukan | jkk - - BUDI 2000-01-01 2026-09-08 - - diajukan    | NameNearby
    jkk - 1 BUDI 2000-01-01 2026-09-05 - - diajukan | jkk - 1 BUDI 2000-01-01 2026-09-08 - - diajukan    | KpjNearby NameNearby
    jkk A - BUDI 2000-01-01 2026-09-05 - - diajukan | jkk B - BUDI 2000-01-01 2026-09-05 - - diajukan    |
    jkk - - - - 2026-09-05 - - diajukan             | jkk - - - - 2026-09-05 - - diajukan                |
    jkk - - BUDI - 2026-09-05 - - diajukan          | jkk - - BUDI - 2026-09-05 - - diajukan             |
    jkk A - - - 2026-09-05 - - diajukan             | jkm A - - - 2026-09-05 - - diajukan                |
    jkk A - - - 2026-09-05 dead - diajukan          | jkm A - - - 2026-12-05 dead - diajukan             | TwoDeaths
    jkm A - - - 2026-09-05 dead - diajukan          | jkk A - - - 2026-08-05 dead - selesai              | TwoDeaths
    jkm A - - - 2026-09-05 dead - diajukan          | jkk A - - - 2026-08-05 - - diajukan                |
    jkm A - - - 2026-09-05 dead - diajukan          | jkm A - - - 2026-09-05 dead - diajukan             | SameCase
    jht A - - - 2026-09-05 - - diajukan             | jht A - - - 2020-01-05 - - selesai                 | FullTwice
    jht A - - - 2026-09-05 - - diajukan             | jht A - - - 2020-01-05 - - diajukan                |
    jht A - - - 2026-09-05 - - diajukan             | jht A - - - 2020-01-05 - - sebagian                |
    jkk A - - - 2026-09-05 - 111 diajukan           | jkk B - - - 2020-01-05 - 111 diajukan              | SharedAccount
    jkk A - - - 2026-09-05 - 111 diajukan           | jkk A - - - 2020-01-05 - 111 diajukan              |
    jkk A - - - 2026-09-05 - 111 diajukan           | jkk B - - - 2020-01-05 - 222 diajukan              |
    jkk A - - - 2026-09-05 - - diajukan             | jkk A - - - 2026-09-05 - - ditolak                 |
    jkk A - - - 2026-09-05 - - diajukan             | jkk A - - - 2026-09-05 - - batal                   |";

#[test]
fn cases_in_three_bands() {
    for [new, old, reasons] in rows::<3>(CASES) {
        let finding = compare_cases(&case(None, &new), &case(Some(7), &old));
        let found = finding.as_ref().map_or(Vec::new(), |finding| finding.why.clone());
        let said: Vec<String> = found.iter().map(|why| format!("{why:?}")).collect();
        assert_eq!(said.join(" "), reasons, "{new} | {old}");
        if let Some(finding) = finding {
            assert_eq!(finding.which, ClaimId::new(7));
            assert_eq!(Some(finding.band), found.iter().map(|why| why.band()).min());
        }
    }
}

#[test]
fn a_case_is_no_duplicate_of_itself() {
    let text = "jkk A 1 BUDI 2000-01-01 2026-09-05 - - diajukan";
    assert_eq!(compare_cases(&case(Some(7), text), &case(Some(7), text)), None);
    assert!(compare_cases(&case(Some(8), text), &case(Some(7), text)).is_some());
}

#[test]
fn the_strongest_comes_first() {
    let new = case(None, "jkk A 1 BUDI 2000-01-01 2026-09-05 - 111 diajukan");
    let old = [
        case(Some(1), "jkk B - X - 2020-01-01 - 111 diajukan"),
        case(Some(2), "jkk - - BUDI 2000-01-01 2026-09-08 - - diajukan"),
        case(Some(3), "jkk - 1 BUDI - 2026-09-08 - - diajukan"),
        case(Some(4), "jkk A - X - 2026-09-05 - - diajukan"),
        case(Some(5), "jkk C 2 Y - 2026-09-05 - - diajukan"),
    ];
    let found: Vec<(u64, Band)> =
        cases_like(&new, &old).iter().map(|finding| (finding.which.get(), finding.band)).collect();
    assert_eq!(found, [(4, Band::Hard), (3, Band::Likely), (2, Band::Possible), (1, Band::Possible)]);
}

/// A voucher as a table writes it: `kind payee account net date lines receipts live`.
fn voucher(id: Option<u64>, text: &str) -> VoucherKey {
    let cells: Vec<&str> = text.split_whitespace().collect();
    let [kind, payee, account, net, day, lines, receipts, live] = cells[..] else {
        panic!("eight words: {text}")
    };
    let numbers = |word: &str| -> Vec<u64> {
        word.split(',')
            .filter(|number| *number != "-")
            .map(|number| number.parse().expect("a number"))
            .collect()
    };
    let day: Date = day.parse().expect("a date");
    VoucherKey {
        id: id.map(VoucherId::new),
        payee_kind: PayeeKind::parse(kind).expect("a kind"),
        payee: payee.to_owned(),
        account: account.to_owned(),
        net: Rupiah::new(net.parse().expect("an amount")),
        date: day,
        lines: numbers(lines).into_iter().map(|line| (ClaimId::new(line), LineNo::new(1))).collect(),
        receipts: if receipts == "-" { Vec::new() } else { vec![receipts.to_owned()] },
        live: if live == "void" { Live::No } else { Live::Yes },
    }
}

/// new | old | reasons
const VOUCHERS: &str = "
    peserta    BUDI 111 500 2026-10-01 1 -  live | peserta    BUDI 111 500 2026-09-01 2 -  live | SamePayment
    peserta    BUDI 111 500 2026-10-01 1 -  live | peserta    BUDI 111 500 2026-08-31 2 -  live |
    peserta    BUDI 111 500 2026-10-01 1 -  live | peserta    BUDI 111 501 2026-10-01 2 -  live |
    peserta    BUDI 111 500 2026-10-01 1 -  live | peserta    BUDI 222 500 2026-10-01 2 -  live |
    perusahaan PT   111 500 2026-10-01 1 -  live | ahli_waris X    111 500 2026-10-02 2 -  live | SamePayment
    peserta    BUDI 111 500 2026-10-01 1 -  live | peserta    BUDI 111 500 2026-10-01 1 -  live | LineTwice SamePayment
    peserta    BUDI 111 500 2026-10-01 1 -  live | peserta    BUDI 111 500 2026-10-01 1 -  void |
    faskes     RS   111 500 2026-10-01 1 -  live | faskes     RS   111 500 2026-10-01 2 -  live |
    faskes     RS   111 500 2026-10-01 1 K1 live | faskes     RS   111 700 2020-10-01 2 K1 live | SameReceipt
    faskes     RS   111 500 2026-10-01 1 K1 live | faskes     RS   111 500 2026-10-01 2 K1 live | SameReceipt SamePayment
    faskes     RS   111 500 2026-10-01 1 K1 live | faskes     RT   222 500 2026-10-01 2 K1 live |
    faskes     RS   111 500 2026-10-01 1 K1 live | faskes     RS   111 500 2026-10-01 2 K2 live |";

#[test]
fn vouchers_that_may_pay_twice() {
    for [new, old, reasons] in rows::<3>(VOUCHERS) {
        let finding = compare_vouchers(&voucher(None, &new), &voucher(Some(3), &old));
        let said: Vec<String> =
            finding.iter().flat_map(|finding| finding.why.iter().map(|why| format!("{why:?}"))).collect();
        assert_eq!(said.join(" "), reasons, "{new} | {old}");
    }
    let same = "peserta BUDI 111 500 2026-10-01 1 - live";
    assert_eq!(compare_vouchers(&voucher(Some(3), same), &voucher(Some(3), same)), None);
    let old = [voucher(Some(1), &same.replace(" 1 - ", " 2 - ")), voucher(Some(2), same)];
    let found: Vec<u64> = vouchers_like(&voucher(None, same), &old).iter().map(|f| f.which.get()).collect();
    assert_eq!(found, [2, 1]);
}

#[test]
fn the_key_of_a_recorded_case() {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    let key = CaseKey::of(&desk.claims[&id]);
    assert_eq!((key.name.as_str(), key.fatal, key.state), ("BUDISANTOSO", Fatal::No, ProcessState::StageOne));
    let died = ClaimCommand::SetOutcome { outcome: Outcome::Meninggal, date: date(2026, 9, 3) };
    desk.claim(id, &died).expect("an outcome");
    assert_eq!(CaseKey::of(&desk.claims[&id]).fatal, Fatal::Yes);
}

#[test]
fn stmb_days_paid_twice() {
    let mut desk = Desk::new();
    let id = desk.register(basics()).expect("registered");
    let add = |line| ClaimCommand::AddLine(Box::new(line));
    desk.claim(id, &add(stmb(date(2026, 9, 1), date(2026, 9, 30), 1))).expect("a line");
    desk.claim(id, &add(stmb(date(2026, 10, 1), date(2026, 10, 20), 1))).expect("a line");
    assert_eq!(stmb_overlaps(&desk.claims[&id]), []);
    let twice = add(stmb(date(2026, 9, 30), date(2026, 10, 1), 1));
    assert_eq!(desk.claim(id, &twice).expect_err("overlaps").code, "stmb-overlaps");
    // History may hold what the rules refuse today.
    let claim = desk.claims.get_mut(&id).expect("registered");
    let mut third = claim.lines[0].clone();
    third.no = LineNo::new(3);
    claim.apply(&ClaimEvent::LineAdded { line: Box::new(third), booked: None });
    assert_eq!(stmb_overlaps(claim), [(LineNo::new(1), LineNo::new(3))]);
}

#[test]
fn every_reason_has_words() {
    let all = [
        Why::SameCase,
        Why::TwoDeaths,
        Why::FullTwice,
        Why::KpjNearby,
        Why::NameNearby,
        Why::SharedAccount,
        Why::LineTwice,
        Why::StmbOverlap,
        Why::SamePayment,
        Why::SameReceipt,
    ];
    for lang in Lang::ALL {
        let words = Words::new(lang);
        assert!(all.iter().all(|why| words.has(why.key())));
    }
}
