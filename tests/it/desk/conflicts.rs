//! Two clerks at one record: what one confirmed is what is done, or nothing is, and both sides are shown.

use jiff::civil::date;
use santun::desk::{Desk, DeskError, IssueWish};
use santun::domain::code::VoucherKind;
use santun::domain::command::{NewClaim, NewLine, Numbering, RaiseVoucher, SeenVoucher};
use santun::domain::{
    AccountNo, ClaimCommand, Identity, LineNo, Payee, Refusal, Rupiah, Voucher, VoucherCommand,
};
use santun::store::VoucherFilter;

use crate::tui::real::{RealClerk, clock};
use crate::tui::work_desk::store_to_pay;

/// The claim whose first line is the hospital's bill of 12.400.000.
const CLAIM: &str = "K26-000101";

fn desk_of(folder: &tempfile::TempDir) -> Desk {
    Desk::open(&folder.path().join("store"), clock()).expect("the store opens")
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, DeskError>) -> Refusal {
    match answer {
        Err(DeskError::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

/// Another clerk determines the bill anew.
fn redetermine(desk: &Desk, amount: i64) {
    let id = desk.find_claim(CLAIM).expect("the claim is there").id;
    let (amount, number) = (Rupiah::new(amount), "K-2".to_owned());
    let command = ClaimCommand::Determine { line: LineNo::new(1), amount, date: date(2026, 10, 29), number };
    desk.claim(&desk.new_key(), id, None, &command).expect("it can be corrected");
}

/// Another clerk changes the account of the bill.
fn move_account(desk: &Desk, account: &str) {
    let claim = desk.find_claim(CLAIM).expect("the claim is there");
    let line = claim.lines[0].clone();
    let account = AccountNo::parse(account).ok();
    let new = NewLine {
        component: line.component,
        span: line.span,
        payee: Payee { account, ..line.payee },
        receipt: line.receipt,
        asked: line.asked,
    };
    let command = ClaimCommand::AmendLine { line: line.no, new: Box::new(new) };
    desk.claim(&desk.new_key(), claim.id, None, &command).expect("it can be changed");
}

fn n_vouchers(desk: &Desk) -> usize {
    desk.vouchers(&VoucherFilter::default(), None).expect("vouchers can be read").len()
}

#[test]
fn what_was_read_is_issued_or_nothing() {
    let folder = store_to_pay();
    let (mine, other) = (desk_of(&folder), desk_of(&folder));
    let claim = mine.find_claim(CLAIM).expect("the claim is there").id;
    let wish =
        IssueWish { claims: vec![claim], only: vec![LineNo::new(1)], date: date(2026, 10, 30), pph: None };
    let proposals = mine.proposals(&wish).expect("a line waits");
    let raise = || {
        let wish = RaiseVoucher {
            kind: VoucherKind::Issued,
            code: String::new(),
            date: wish.date,
            lines: proposals[0].lines.clone(),
            pph: Rupiah::ZERO,
            rounding: Rupiah::ZERO,
            description: String::new(),
        };
        mine.raise(&mine.new_key(), &wish)
    };
    redetermine(&other, 12_500_000);
    assert_eq!(
        refusal(raise()).to_string(),
        "line-amount-moved claim_no=K26-000101 line=1 seen=12.400.000 now=12.500.000"
    );
    redetermine(&other, 12_400_000);
    move_account(&other, "7766554433");
    assert_eq!(
        refusal(raise()).to_string(),
        "line-payee-moved claim_no=K26-000101 line=1 seen=RS Contoh Sehat, BRI, ****7766 \
         now=RS Contoh Sehat, BRI, ****4433"
    );
    assert_eq!(n_vouchers(&mine), 0);
    move_account(&other, "0099887766");
    raise().expect("it stands again as it was read");
}

#[test]
fn a_confirmed_page_is_issued_or_nothing() {
    let folder = store_to_pay();
    let mut mine = RealClerk::new(folder.path());
    mine.press("f2 / 'sehat' enter v").sees("0099887766").sees("15.550.000");
    redetermine(&desk_of(&folder), 99_000_000);
    mine.press("y").sees("berubah sejak dilihat").sees("12.400.000").sees("99.000.000");
    assert_eq!(n_vouchers(&mine.bench.desk), 0);
}

#[test]
fn a_code_is_recorded_for_the_sum_on_the_screen() {
    let folder = store_to_pay();
    let mut mine = RealClerk::new(folder.path());
    mine.press("f2 / 'sehat' enter r 'RB1003'").sees("15.550.000");
    redetermine(&desk_of(&folder), 99_000_000);
    mine.press("'0030' enter").sees("berubah sejak dilihat");
    assert_eq!(n_vouchers(&mine.bench.desk), 0);
}

/// The voucher over the bill, as one clerk sees it.
fn issued(desk: &Desk) -> std::sync::Arc<Voucher> {
    let claim = desk.find_claim(CLAIM).expect("the claim is there").id;
    let wish =
        IssueWish { claims: vec![claim], only: vec![LineNo::new(1)], date: date(2026, 10, 30), pph: None };
    let issued = desk.issue(&wish, &mut |_| Ok::<(), DeskError>(())).expect("it is issued");
    desk.find_voucher(&issued[0].code).expect("it is there")
}

fn pay(amount: i64) -> VoucherCommand {
    VoucherCommand::Pay { date: date(2026, 10, 30), amount: Rupiah::new(amount), reference: String::new() }
}

#[test]
fn every_step_of_a_voucher_rests_on_what_was_seen() {
    let folder = store_to_pay();
    let (mine, other) = (desk_of(&folder), desk_of(&folder));
    let voucher = issued(&mine);
    let seen = SeenVoucher::of(&voucher);
    other.refresh().expect("the store can be read");
    other.voucher(&other.new_key(), voucher.id, seen, &pay(400_000)).expect("a part is paid");
    let day = date(2026, 10, 30);
    let reason = "salah".to_owned();
    let steps = [
        pay(12_400_000),
        pay(400_000),
        VoucherCommand::Void { date: day, reason: reason.clone() },
        VoucherCommand::Approve,
        VoucherCommand::ReturnPayment { payment: santun::domain::PaymentNo::new(1), date: day, reason },
    ];
    for step in &steps {
        let refusal = refusal(mine.voucher(&mine.new_key(), voucher.id, seen, step));
        assert_eq!(refusal.code, "voucher-moved", "{step:?}");
        let said =
            |name: &str| refusal.args.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
        assert_eq!((said("seen"), said("now")), (Some("12.400.000"), Some("12.000.000")), "{step:?}");
    }
    let now = SeenVoucher::of(&mine.find_voucher(voucher.code.as_str()).expect("it is there"));
    mine.voucher(&mine.new_key(), voucher.id, now, &pay(12_000_000)).expect("the rest is paid");
}

#[test]
fn a_form_of_a_voucher_that_another_clerk_paid_is_refused() {
    let folder = store_to_pay();
    let mut mine = RealClerk::new(folder.path());
    let voucher = issued(&mine.bench.desk);
    mine.press("f2 w b").sees("12.400.000");
    let other = desk_of(&folder);
    other
        .voucher(&other.new_key(), voucher.id, SeenVoucher::of(&voucher), &pay(400_000))
        .expect("a part is paid");
    mine.press("ctrl-x").sees("berubah sejak dilihat").sees("12.000.000");
}

#[test]
fn a_claim_that_moved_says_from_where_to_where() {
    let folder = store_to_pay();
    let (mine, other) = (desk_of(&folder), desk_of(&folder));
    let seen = mine.find_claim(CLAIM).expect("the claim is there");
    redetermine(&other, 99_000_000);
    let command = ClaimCommand::Determine {
        line: LineNo::new(1),
        amount: Rupiah::new(1),
        date: date(2026, 10, 30),
        number: String::new(),
    };
    let refusal = refusal(mine.claim(&mine.new_key(), seen.id, Some(seen.revision), &command));
    assert_eq!(refusal.code, "revision-moved");
    let said =
        |name: &str| refusal.args.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
    assert_eq!(said("seen"), Some(seen.revision.to_string()));
    assert_eq!(said("now"), Some((seen.revision + 1).to_string()));
    assert_eq!(said("determined").as_deref(), Some("127.800.000"));
}

/// Both clerks read the same next number; the second one's was refused as taken.
#[test]
fn a_number_we_give_is_the_next_one_when_it_is_given() {
    let folder = store_to_pay();
    let (mine, other) = (desk_of(&folder), desk_of(&folder));
    let new = |worker: &str, numbering| {
        let mut basics = mine.find_claim(CLAIM).expect("the claim is there").basics.clone();
        basics.claim_no = mine.next_claim_no();
        basics.worker.name = worker.to_owned();
        basics.worker.identity = Identity::Missing;
        basics.worker.kpj = None;
        NewClaim { basics, numbering, restores: None, despite_duplicate: None }
    };
    let (first, second) = (new("Sari Contoh", Numbering::Given), new("Dewi Contoh", Numbering::Given));
    let typed = new("Rini Contoh", Numbering::Paper);
    assert_eq!(first.basics.claim_no, second.basics.claim_no);
    let taken = other.register(&other.new_key(), &first).expect("registered").claim_no;
    assert_eq!(taken, first.basics.claim_no.as_str());
    mine.refresh().expect("the store can be read");
    let given = mine.register(&mine.new_key(), &second).expect("registered").claim_no;
    assert_eq!(given, "K26-000109", "the one after {taken}");
    assert_eq!(refusal(mine.register(&mine.new_key(), &typed)).code, "claim-no-taken");
}
