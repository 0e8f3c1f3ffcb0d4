//! A store as the desk sees it: commands, views, two handles, drafts, look-ups.

use santun::domain::refusal::Refusal;
use santun::domain::{
    Claim, ClaimEvent, ClaimId, Event, LineNo, Rupiah, VoucherEvent, VoucherId, VoucherLine, VoucherState,
};
use santun::store::{CommitError, Store, StoreError, VoucherFilter};
use tempfile::TempDir;

use super::make::{Dice, clerk, key, morning, office};

fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    (dir, store)
}

/// A claim with two determined lines, as events.
pub fn birth(dice: &mut Dice, id: ClaimId) -> Vec<Event> {
    let mut basics = dice.basics(id.get());
    basics.claim_no = santun::domain::ClaimNo::parse(&format!("J-{:05}", id.get())).unwrap();
    let mut events = vec![ClaimEvent::Registered {
        basics: Box::new(basics),
        state: dice.state(santun::domain::ProcessState::StageOne),
        origin: santun::domain::Origin::Desk,
        restores: None,
        despite_duplicate: String::new(),
    }];
    for no in 1..=2 {
        let mut line = dice.line(no);
        line.determination = None;
        events.push(ClaimEvent::LineAdded { line: Box::new(line), booked: None });
        let letter = dice.determination();
        events.push(ClaimEvent::LineDetermined {
            line: LineNo::new(no),
            amount: letter.amount + Rupiah::new(1),
            date: letter.date,
            number: letter.number,
            posted: letter.posted,
        });
    }
    events.into_iter().map(|event| Event::Claim(id, event)).collect()
}

/// A voucher over all lines of a claim that wait.
pub fn raise(dice: &mut Dice, id: VoucherId, claim: &Claim) -> Event {
    let lines = claim.lines.iter().filter(|line| line.waits_for_voucher());
    let lines: Vec<VoucherLine> = lines
        .map(|line| VoucherLine {
            claim: claim.id,
            claim_no: claim.basics.claim_no.as_str().to_owned(),
            line: line.no,
            amount: line.determined(),
        })
        .collect();
    Event::Voucher(id, VoucherEvent::Raised(Box::new(dice.voucher(id.get(), lines))))
}

fn commit(store: &Store, name: &str, make: impl FnOnce(&santun::store::View) -> Vec<Event>) -> Vec<Event> {
    store.commit(&key(name), &clerk(), morning(), |view| Ok(make(view))).unwrap().events
}

#[test]
fn a_claim_lives_through_voucher_payment_and_reopening() {
    let (dir, store) = store();
    let mut dice = Dice(1);
    commit(&store, "a", |view| birth(&mut dice, view.next_claim_id()));
    let id = store.view().claim_by_no("j 00001").unwrap().unwrap();
    let before = store.view().claim(id).unwrap().unwrap();
    commit(&store, "b", |view| {
        vec![raise(&mut dice, view.next_voucher_id(), &view.claim(id).unwrap().unwrap())]
    });
    let voucher = store.view().voucher(VoucherId::new(1)).unwrap().unwrap();
    let on_voucher = store.view().claim(id).unwrap().unwrap();
    assert_eq!(on_voucher.sums().waiting_payment, voucher.gross);
    assert!(on_voucher.revision > before.revision);
    let payment = dice.payment(1, voucher.net);
    let posted = dice.month();
    commit(&store, "c", |_| vec![Event::Voucher(voucher.id, VoucherEvent::Paid { payment, posted })]);

    let again = Store::open(&dir.path().join("s")).unwrap();
    for store in [&store, &again] {
        let view = store.view();
        assert_eq!(view.voucher(voucher.id).unwrap().unwrap().state, VoucherState::Paid);
        assert_eq!(view.claim(id).unwrap().unwrap().sums().paid, voucher.gross);
        assert_eq!(view.voucher_by_code(voucher.code.as_str()).unwrap(), Some(voucher.id));
        assert!(view.code_taken(&voucher.code.normalised(), voucher.posted.year()).unwrap());
        assert!(!view.code_taken(&voucher.code.normalised(), voucher.posted.year() + 1).unwrap());
        let mut posted = 0;
        let last = santun::domain::Period::new(2199, 12).unwrap();
        view.for_each_posting(last, &mut |_| posted += 1).unwrap();
        let counted: u64 = view.month_sums().values().map(|sum| sum.count).sum();
        assert_eq!(posted, counted);
        // Registered, two determined, raised with two lines, paid with two lines.
        assert_eq!(posted, 9);
        let rows = view.vouchers(&VoucherFilter::default()).unwrap();
        assert_eq!(rows.iter().map(|row| row.paid).collect::<Vec<_>>(), [voucher.net]);
    }
    assert_eq!(store.view().head(), again.view().head());
}

#[test]
fn a_refusal_writes_nothing_and_an_empty_answer_neither() {
    let (_dir, store) = store();
    let head = store.view().head();
    let refused = store.commit(&key("a"), &clerk(), morning(), |_| Err(Refusal::new("no-way")));
    assert!(matches!(refused, Err(CommitError::Refused(refusal)) if refusal.code == "no-way"));
    let empty = store.commit(&key("a"), &clerk(), morning(), |_| Ok(Vec::new())).unwrap();
    assert_eq!((empty.events.len(), empty.view.head()), (0, head));
    store.refresh().unwrap();
    assert_eq!(store.view().head(), head);
}

#[test]
fn what_cannot_be_folded_is_not_written() {
    let (_dir, store) = store();
    let head = store.view().head();
    let lost = Event::Claim(ClaimId::new(99), ClaimEvent::Completed { date: None, lines: Vec::new() });
    let answer = store.commit(&key("a"), &clerk(), morning(), |_| Ok(vec![lost]));
    assert!(matches!(answer, Err(CommitError::Store(StoreError::Undecodable { .. }))), "{answer:?}");
    store.refresh().unwrap();
    assert_eq!(store.view().head(), head);
}

#[test]
fn the_same_key_is_done_once() {
    let (dir, store) = store();
    let mut dice = Dice(2);
    let first = commit(&store, "same", |view| birth(&mut dice, view.next_claim_id()));
    let other = Store::open(&dir.path().join("s")).unwrap();
    let again = other.commit(&key("same"), &clerk(), morning(), |_| panic!("asked again")).unwrap();
    assert!(again.repeated);
    assert_eq!(again.events, first);
    assert_eq!(other.view().n_claims(), 1);
}

#[test]
fn two_handles_see_each_other_and_number_without_gaps() {
    let (dir, one) = store();
    let two = Store::open(&dir.path().join("s")).unwrap();
    let mut dice = Dice(4);
    for turn in 0..10 {
        let store = if turn % 2 == 0 { &one } else { &two };
        commit(store, &format!("t{turn}"), |view| birth(&mut dice, view.next_claim_id()));
    }
    assert!(one.refresh().unwrap());
    assert!(!one.refresh().unwrap());
    assert_eq!(one.view().n_claims(), 10);
    assert_eq!(two.view().n_claims(), 10);
    assert_eq!(one.view().next_claim_id(), ClaimId::new(11));
    let mut log = Vec::new();
    one.log(&mut |entry| log.push((entry.record.seq, entry.record.op.clone()))).unwrap();
    assert_eq!(log.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), (1..=51).collect::<Vec<_>>());
    assert_eq!(log[0].1, "office.configured");
}

#[test]
fn a_follower_hears_of_others() {
    let (dir, one) = store();
    let two = Store::open(&dir.path().join("s")).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let following = two.follow(move || sender.send(()).unwrap_or_default()).unwrap();
    let mut dice = Dice(5);
    commit(&one, "a", |view| birth(&mut dice, view.next_claim_id()));
    receiver.recv_timeout(std::time::Duration::from_secs(5)).unwrap();
    assert!(two.refresh().unwrap());
    drop(following);
}

#[test]
fn look_ups_by_person_follow_amendments() {
    let (_dir, store) = store();
    let mut dice = Dice(6);
    commit(&store, "a", |view| birth(&mut dice, view.next_claim_id()));
    let id = ClaimId::new(1);
    let old = store.view().claim(id).unwrap().unwrap();
    let mut basics = old.basics.clone();
    basics.claim_no = santun::domain::ClaimNo::parse("LAIN-7").unwrap();
    basics.worker.kpj = Some(santun::domain::Kpj::parse("99999999999").unwrap());
    basics.worker.identity = santun::domain::Identity::Passport("Z 123-4".to_owned());
    commit(&store, "b", |_| {
        vec![Event::Claim(id, ClaimEvent::Amended { basics: Box::new(basics), booked: None })]
    });
    let view = store.view();
    assert_eq!(view.claim_by_no("lain7").unwrap(), Some(id));
    assert_eq!(view.claim_by_no(old.basics.claim_no.as_str()).unwrap(), None);
    assert_eq!(view.claims_by_kpj("99999999999").unwrap(), [id]);
    assert_eq!(view.claims_by_identity("z1234").unwrap(), [id]);
    assert_eq!(view.claim_by_no("--").unwrap(), None);
    let account = old.lines.iter().find_map(|line| line.payee.account.clone());
    let account = account.unwrap_or_else(|| santun::domain::AccountNo::parse("11111").unwrap());
    let has = old.lines.iter().any(|line| line.payee.account.as_ref() == Some(&account));
    assert_eq!(!view.claims_by_account(&account).unwrap().is_empty(), has);
}

#[test]
fn given_numbers_count_by_year() {
    let (_dir, store) = store();
    let mut dice = Dice(7);
    assert_eq!(store.view().next_claim_no(2026).as_str(), "K26-000001");
    let mut events = birth(&mut dice, ClaimId::new(1));
    if let Event::Claim(_, ClaimEvent::Registered { basics, .. }) = &mut events[0] {
        basics.claim_no = santun::domain::ClaimNo::given(2026, 411);
    }
    commit(&store, "a", |_| events);
    assert_eq!(store.view().next_claim_no(2026).as_str(), "K26-000412");
    assert_eq!(store.view().next_claim_no(2027).as_str(), "K27-000001");
}

#[test]
fn drafts_belong_to_one_user() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, store) = store();
    assert!(store.load_drafts(7).unwrap().is_empty());
    store.save_draft(7, "klaim-baru", "nama = Siti").unwrap();
    store.save_draft(7, "klaim-baru", "nama = Siti A").unwrap();
    let drafts = store.load_drafts(7).unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].name.as_str(), drafts[0].text.as_str()), ("klaim-baru", "nama = Siti A"));
    assert!(store.load_drafts(8).unwrap().is_empty());
    let file = dir.path().join("s/drafts/7/klaim-baru.draft");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(store.save_draft(7, "../x", "").is_err());
    store.delete_draft(7, "klaim-baru").unwrap();
    store.delete_draft(7, "klaim-baru").unwrap();
    assert!(store.load_drafts(7).unwrap().is_empty());
}

#[test]
fn a_reader_writes_nothing() {
    let (dir, _store) = store();
    let reader = Store::open_read_only(&dir.path().join("s")).unwrap();
    let answer = reader.commit(&key("a"), &clerk(), morning(), |_| Ok(Vec::new()));
    assert!(matches!(answer, Err(CommitError::Store(StoreError::ReadOnlyHandle))));
}
