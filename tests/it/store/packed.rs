//! What a file leaves out because its other columns say it: read back the same, found the same, of files of every form.

use std::ops::ControlFlow;
use std::path::Path;

use santun::domain::identity::AccountNo;
use santun::domain::{Claim, ClaimId, Event, Voucher};
use santun::store::salvage::salvage;
use santun::store::{Depth, Gravity, Store, StoreError, fsck};

use super::batch::{import, said};
use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

/// Columns that are reckoned.
const RECKONED: [&str; 5] = ["claim_key", "identity_key", "kpj_key", "code_key", "account_key"];

/// The names of reckoned columns in the files of a folder, and how many files there are. Parquet names its columns in plain
/// letters.
fn named(dir: &Path) -> (Vec<&'static str>, usize) {
    let (mut found, mut n_files) = (Vec::new(), 0);
    for table in ["claims", "vouchers"] {
        for item in std::fs::read_dir(dir.join(table)).into_iter().flatten() {
            let bytes = std::fs::read(item.expect("an item").path()).expect("a file");
            let has = |name: &&str| memchr::memmem::find(&bytes, name.as_bytes()).is_some();
            found.extend(RECKONED.into_iter().filter(has));
            n_files += 1;
        }
    }
    (found, n_files)
}

fn assert_sound(root: &Path) {
    let found = fsck(root, Depth::Full, &mut |_, _| ControlFlow::Continue(())).expect("fsck");
    let wrong = found.problems.iter().filter(|problem| problem.gravity != Gravity::Note);
    // The record of the golden store that is erased is older than the line by which two people decide it.
    let wrong: Vec<_> =
        wrong.filter(|problem| (problem.code, problem.place.as_str()) != ("S119", "journal:2")).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn keys_are_reckoned_when_files_are_read_and_lie_in_none() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("s");
    let store = Store::create(&root, &office(), &clerk(), &morning()).expect("made");
    import(&store, &mut Dice(31), "P", 40);
    let before = said(&store.view());
    drop(store);
    let (found, n_files) = named(&root.join("batches"));
    assert!(found.is_empty(), "{found:?}");
    assert!(n_files >= 2, "claims and vouchers");
    // Without look-up files these are made of the reckoned columns.
    std::fs::remove_dir_all(root.join("parts/keys")).expect("look-ups");
    let view = Store::open(&root).expect("opened").view();
    assert_eq!(said(&view), before);
    for claim in view.claims(&every_claim(&view)).expect("readable") {
        let basics = &claim.basics;
        assert_eq!(view.claim_by_no(basics.claim_no.as_str()).expect("a look-up"), Some(claim.id));
        let identity = basics.worker.identity.number();
        if !identity.is_empty() {
            assert!(view.claims_by_identity(identity).expect("a look-up").contains(&claim.id));
        }
    }
    assert_sound(&root);
}

fn every_claim(view: &santun::store::View) -> Vec<santun::domain::ClaimId> {
    let mut ids = Vec::new();
    view.for_each_claim(&mut |claim| ids.push(claim.id)).expect("readable");
    assert_eq!(ids.len(), 40);
    ids
}

/// Files of the first form have the keys; the shelf keeps such a store, and what it says is tested with the others.
#[test]
fn files_that_have_their_keys_are_still_read() {
    let shelf = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/stores/v1/store"));
    let (found, _) = named(&shelf.join("batches"));
    assert!(found.contains(&"claim_key"), "the shelf's store is of the first form");
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("s");
    super::golden::copy_tree(shelf, &root);
    assert_sound(&root);
    // What a compaction writes is of today's form, beside files of the first.
    let store = Store::open(&root).expect("opened");
    let before = said(&store.view());
    assert!(store.compact(&clerk(), morning()).expect("compacted").written > 0);
    assert_eq!(said(&store.view()), before);
    drop(store);
    assert_sound(&root);
}

/// Documents of vouchers leave out what their columns tell: the file says a payee's name once, and gives the document whole.
#[test]
fn a_voucher_says_its_payee_once_and_comes_back_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("s");
    let store = Store::create(&root, &office(), &clerk(), &morning()).expect("made");
    let mut dice = Dice(5);
    let mut made = Vec::new();
    let names = [
        "Siti \"Ibu\" Aminah",
        "Andi \\ Baso",
        "PT Ümlaut Ñandú",
        "12",
        "1250000",
        "2026-10",
        "Budi\u{200f}Kiri",
    ];
    let imported = store.import(&key("names"), &clerk(), morning(), |_, batch| {
        for name in names {
            let id = batch.next_claim_id();
            let claim = born(&mut dice, id);
            let Event::Voucher(_, event) = raise(&mut dice, batch.next_voucher_id(), &claim) else {
                unreachable!()
            };
            let mut voucher = Voucher::born(&event).expect("raised");
            voucher.payee.name = name.to_owned();
            voucher.payee.account = Some(AccountNo::parse("0012345678").expect("an account"));
            batch.claim(&claim)?;
            batch.voucher(&voucher)?;
            made.push(voucher);
        }
        Ok::<_, StoreError>(())
    });
    imported.expect("imported");
    drop(store);
    let view = Store::open(&root).expect("opened").view();
    for voucher in &made {
        assert_eq!(*view.voucher(voucher.id).expect("readable").expect("there"), *voucher);
    }
    assert_sound(&root);
    // Salvage reads the files without a view, and makes the same of them.
    let after = dir.path().join("t");
    drop(view);
    salvage(&root, &after, &clerk(), morning()).expect("salvaged");
    let view = Store::open(&after).expect("opened").view();
    for voucher in &made {
        assert_eq!(*view.voucher(voucher.id).expect("readable").expect("there"), *voucher);
    }
    assert_sound(&after);
}

fn born(dice: &mut Dice, id: ClaimId) -> Claim {
    let mut claim: Option<Claim> = None;
    for event in birth(dice, id) {
        let Event::Claim(_, event) = event else { unreachable!() };
        match &mut claim {
            Some(claim) => claim.apply(&event),
            None => claim = Claim::born(id, &event),
        }
    }
    claim.expect("it begins with a registration")
}
