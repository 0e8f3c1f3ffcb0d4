//! Bulk imports, compaction and the base: whatever lies where, the store says the same.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use jiff::civil::date;
use santun::domain::posting::{Posting, of_claim_event, of_voucher_event};
use santun::domain::query::{Expr, Field};
use santun::domain::{Claim, ClaimId, Event, Period, Voucher, VoucherEvent, VoucherId};
use santun::store::codec::{claim_to_json, voucher_to_json};
use santun::store::{
    Batch, Depth, Direction, ImportError, Moved, Sort, Store, StoreError, View, VoucherFilter, fsck,
};
use tempfile::TempDir;

use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

const TODAY: jiff::civil::Date = date(2026, 10, 30);

fn last() -> Period {
    Period::new(2199, 12).unwrap()
}

fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    (dir, store)
}

/// Adds a claim with its history, and a voucher over it, to a batch.
fn add(dice: &mut Dice, batch: &mut Batch, prefix: &str) -> Result<(), StoreError> {
    let office = office();
    let id = batch.next_claim_id();
    let mut events = birth(dice, id);
    if let Event::Claim(_, santun::domain::ClaimEvent::Registered { basics, .. }) = &mut events[0] {
        basics.claim_no = santun::domain::ClaimNo::parse(&format!("{prefix}-{id}")).unwrap();
    }
    let mut claim: Option<Claim> = None;
    for event in &events {
        let Event::Claim(_, event) = event else { unreachable!() };
        let before = claim.clone();
        match &mut claim {
            Some(claim) => claim.apply(event),
            None => claim = Claim::born(id, event),
        }
        for posting in of_claim_event(before.as_ref(), claim.as_ref().unwrap(), event) {
            batch.posting(&posting)?;
        }
    }
    let mut claim = claim.unwrap();
    if dice.below(2) == 0 {
        let Event::Voucher(_, raised) = raise(dice, batch.next_voucher_id(), &claim) else { unreachable!() };
        let voucher = Voucher::born(&raised).unwrap();
        for posting in of_voucher_event(&office, None, &voucher, &raised, &|_| Some(&claim)) {
            batch.posting(&posting)?;
        }
        claim.apply_voucher(&voucher, &raised);
        batch.voucher(&voucher)?;
    }
    batch.claim(&claim)
}

pub(super) fn import(store: &Store, dice: &mut Dice, name: &str, n: u64) -> u64 {
    let done = store.import(&key(name), &clerk(), morning(), |_, batch| {
        (0..n).try_for_each(|_| add(dice, batch, name))?;
        batch.company(&dice.company())?;
        batch.facility(&dice.facility())
    });
    done.unwrap().counts.claims
}

/// Everything a view says, so that two can be compared.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    claims: BTreeMap<u64, String>,
    vouchers: BTreeMap<u64, String>,
    postings: Vec<String>,
    rows: Vec<String>,
    registers: Vec<String>,
    sums: String,
    nexts: (ClaimId, VoucherId),
}

pub(super) fn said(view: &View) -> Said {
    let mut claims = BTreeMap::new();
    view.for_each_claim(&mut |claim| assert!(claims.insert(claim.id.get(), claim_to_json(claim)).is_none()))
        .unwrap();
    let mut vouchers = BTreeMap::new();
    for row in view.vouchers(&VoucherFilter::default()).unwrap() {
        let voucher = view.voucher(row.id).unwrap().unwrap();
        assert_eq!((voucher.gross, voucher.state), (row.gross, row.state));
        assert_eq!(view.voucher_by_code(&row.code).unwrap(), Some(row.id));
        assert!(vouchers.insert(row.id.get(), voucher_to_json(&voucher)).is_none());
    }
    let mut postings = Vec::new();
    view.for_each_posting(last(), &mut |posting: &Posting| postings.push(format!("{posting:?}"))).unwrap();
    postings.sort();
    let sort = Sort { column: Field::Worker, direction: Direction::Ascending };
    let rows = view.select(&Expr::All, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).unwrap();
    let rows = rows.window(0..rows.len()).unwrap();
    for row in &rows {
        assert_eq!(view.claim_by_no(&row.claim_no).unwrap(), Some(row.id));
        assert_eq!(claim_to_json(&view.claim(row.id).unwrap().unwrap()), claims[&row.id.get()]);
    }
    let mut registers: Vec<String> =
        view.companies().unwrap().iter().map(|company| format!("{company:?}")).collect();
    registers.extend(view.facilities().unwrap().iter().map(|facility| format!("{facility:?}")));
    let totals = view.totals(&Expr::All, TODAY, &AtomicBool::new(false)).unwrap();
    assert_eq!(totals.count, view.n_claims());
    Said {
        claims,
        vouchers,
        postings,
        rows: rows.iter().map(|row| format!("{row:?}")).collect(),
        registers,
        sums: format!("{:?} {:?} {totals:?}", view.month_sums(), view.all_series()),
        nexts: (view.next_claim_id(), view.next_voucher_id()),
    }
}

/// What the store says without its MANIFEST: the truth alone.
fn truth(dir: &TempDir) -> Said {
    let (manifest, aside) = (dir.path().join("s/MANIFEST"), dir.path().join("aside"));
    let is_there = manifest.exists();
    if is_there {
        std::fs::rename(&manifest, &aside).unwrap();
    }
    let said = said(&Store::open_read_only(&dir.path().join("s")).unwrap().view());
    if is_there {
        std::fs::rename(&aside, &manifest).unwrap();
    }
    said
}

fn assert_sound(dir: &TempDir) {
    let found =
        fsck(&dir.path().join("s"), Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    let bad: Vec<_> = found.problems.iter().filter(|problem| !problem.code.starts_with("S3")).collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert!(found.is_sound());
}

fn touch(store: &Store, dice: &mut Dice, name: &str) {
    let view = store.view();
    let rows = view.select(&Expr::All, Sort::default(), TODAY, &AtomicBool::new(false), &|_, _| {}).unwrap();
    let place = usize::try_from(dice.below(rows.len() as u64)).unwrap();
    let id = rows.ids(place..place + 1).unwrap()[0];
    let claim = view.claim(id).unwrap().unwrap();
    let events = match dice.below(4) {
        0 => birth(dice, view.next_claim_id()),
        1 if claim.sums().waiting_voucher.get() > 0 => vec![raise(dice, view.next_voucher_id(), &claim)],
        2 => match view.vouchers(&VoucherFilter::default()).unwrap().first() {
            Some(row) => {
                let payment = dice.payment(7, row.net);
                let posted = dice.month();
                vec![Event::Voucher(row.id, VoucherEvent::Paid { payment, posted })]
            }
            None => vec![Event::Company(dice.company())],
        },
        _ => match dice.event(9) {
            Event::Claim(_, event) => vec![Event::Claim(id, event), Event::Facility(dice.facility())],
            _ => unreachable!(),
        },
    };
    store.commit(&key(name), &clerk(), morning(), |_| Ok(events)).unwrap();
}

#[test]
fn an_import_says_what_it_was_given() {
    let (dir, store) = store();
    let mut dice = Dice(21);
    assert_eq!(import(&store, &mut dice, "satu", 50), 50);
    assert!(dir.path().join("s/MANIFEST").exists(), "an empty overlay is covered at once");
    let now = said(&store.view());
    assert_eq!(now.claims.len(), 50);
    assert_eq!(now, truth(&dir));
    assert_eq!(now, said(&Store::open(&dir.path().join("s")).unwrap().view()));
    assert_sound(&dir);
}

#[test]
fn base_and_overlay_say_what_the_truth_says_whenever_it_is_compacted() {
    let (dir, store) = store();
    let other = Store::open(&dir.path().join("s")).unwrap();
    let mut dice = Dice(22);
    import(&store, &mut dice, "satu", 30);
    for turn in 0..24 {
        touch(&store, &mut dice, &format!("t{turn}"));
        match turn {
            5 | 11 | 12 | 20 => {
                let done = store.compact(&clerk(), morning()).unwrap();
                assert_eq!(done.moved, Moved::Yes);
                assert_eq!(store.view().overlay_size(), 0);
            }
            8 => {
                import(&other, &mut dice, "dua", 20);
                store.refresh().unwrap();
            }
            _ => {}
        }
        if turn % 4 == 0 {
            assert_eq!(said(&store.view()), truth(&dir), "turn {turn}");
        }
    }
    let wanted = truth(&dir);
    assert_eq!(said(&store.view()), wanted);
    other.refresh().unwrap();
    assert_eq!(said(&other.view()), wanted, "an older base with a longer overlay");
    assert_eq!(said(&Store::open(&dir.path().join("s")).unwrap().view()), wanted);
    assert_sound(&dir);
}

#[test]
fn the_same_import_is_done_once_and_an_interrupted_one_leaves_nothing() {
    let (dir, store) = store();
    let mut dice = Dice(23);
    let stopped = store.import(&key("satu"), &clerk(), morning(), |_, batch| {
        add(&mut dice, batch, "satu").unwrap();
        Err("the clerk said no")
    });
    assert!(matches!(stopped, Err(ImportError::Stopped("the clerk said no"))));
    assert_eq!(store.view().n_claims(), 0);
    import(&store, &mut dice, "satu", 5);
    let again =
        store.import(&key("satu"), &clerk(), morning(), |_, _| -> Result<(), StoreError> { panic!("again") });
    assert!(again.unwrap().repeated);
    assert_eq!(store.view().n_claims(), 5);
    assert_sound(&dir);
}

#[test]
fn an_import_that_was_overtaken_is_refused() {
    let (dir, store) = store();
    let other = Store::open(&dir.path().join("s")).unwrap();
    let mut dice = Dice(24);
    let answer = store.import(&key("satu"), &clerk(), morning(), |_, batch| {
        let first = batch.next_claim_id();
        let mut events = birth(&mut Dice(1), other.view().next_claim_id());
        if let Event::Claim(_, santun::domain::ClaimEvent::Registered { basics, .. }) = &mut events[0] {
            basics.claim_no = santun::domain::ClaimNo::parse(&format!("X-{}", first.get() + 1)).unwrap();
        }
        other.commit(&key("fast"), &clerk(), morning(), |_| Ok(events)).unwrap();
        add(&mut dice, batch, "X")
    });
    assert!(matches!(answer, Err(ImportError::Taken(_))), "{answer:?}");
    assert_eq!(store.view().n_claims(), 1);
}

#[test]
fn months_are_read_no_further_than_asked() {
    let (_dir, store) = store();
    let mut dice = Dice(25);
    import(&store, &mut dice, "satu", 40);
    touch(&store, &mut dice, "t");
    let view = store.view();
    let month = Period::new(2024, 12).unwrap();
    let (mut some, mut all) = (0, 0);
    view.for_each_posting(month, &mut |posting| {
        assert!(posting.month <= month);
        some += 1;
    })
    .unwrap();
    view.for_each_posting(last(), &mut |posting| all += usize::from(posting.month <= month)).unwrap();
    assert_eq!(some, all);
    assert!(some > 10);
}

#[test]
fn holidays_move_the_clocks_of_the_base_when_it_is_compacted() {
    let (dir, store) = store();
    let mut dice = Dice(26);
    import(&store, &mut dice, "satu", 60);
    let mut changed = office();
    let mut day = date(2023, 1, 2);
    while day < date(2028, 1, 1) {
        changed.holidays.push(day);
        day = day.saturating_add(jiff::Span::new().days(7));
    }
    let event = santun::domain::OfficeEvent::Configured(Box::new(changed.clone()));
    store.commit(&key("o"), &clerk(), morning(), |_| Ok(vec![Event::Office(event)])).unwrap();
    store.compact(&clerk(), morning()).unwrap();
    let mut view_claims = Vec::new();
    store.view().for_each_claim(&mut |claim| view_claims.push(claim.clone())).unwrap();
    let mut rows = BTreeMap::new();
    let never = AtomicBool::new(false);
    store
        .view()
        .for_each_row(&Expr::All, TODAY, &never, &|_, _| {}, &mut |row| {
            rows.insert(row.id, row.due);
        })
        .unwrap();
    for claim in view_claims {
        assert_eq!(rows[&claim.id], santun::domain::clock::next_due(&claim, &changed));
    }
    assert_sound(&dir);
}
