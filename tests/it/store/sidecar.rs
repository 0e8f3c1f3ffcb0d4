//! Sidecars: every damage is found, and whatever became of them, a look-up says what the documents say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use santun::domain::identity::AccountNo;
use santun::domain::{ClaimId, Event, VoucherId};
use santun::store::disk::{Disk, RealDisk};
use santun::store::sidecar::{Label, Sidecar, Wrong, put};
use santun::store::{Batch, Depth, Store, StoreError, View, VoucherFilter, fsck, repair};
use tempfile::TempDir;

use super::disks::MemDisk;
use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

const LABEL: Label<'static> = Label { kind: "keys", version: 1, of: "0123456789abcdef" };

fn content(len: usize) -> Vec<u8> {
    let mut dice = Dice(len as u64);
    (0..len).map(|_| u8::try_from(dice.below(256)).unwrap()).collect()
}

#[test]
fn any_range_comes_back_at_every_length_around_a_block() {
    let (disk, path) = (MemDisk::new(), Path::new("/keys/a.keys"));
    let mut dice = Dice(7);
    for len in [0, 1, 4_091, 4_092, 4_093, 8_183, 8_184, 8_185, 20_000] {
        let content = content(len);
        put(&disk, path, LABEL, &content).unwrap();
        let sidecar = Sidecar::open(&disk, path, LABEL).unwrap();
        assert_eq!(sidecar.len(), len as u64);
        assert_eq!(sidecar.whole().unwrap(), content);
        for _ in 0..50 {
            let from = dice.below(len as u64 + 1);
            let n = dice.below(len as u64 + 1 - from);
            let wanted = &content[usize::try_from(from).unwrap()..usize::try_from(from + n).unwrap()];
            assert_eq!(sidecar.read(from, n).unwrap(), wanted, "{len}: {from}+{n}");
            assert_eq!(Sidecar::of(content.clone().into()).read(from, n).unwrap(), wanted);
        }
        assert!(matches!(sidecar.read(len as u64, 1), Err(Wrong::Damaged)), "{len}: behind the end");
    }
}

#[test]
fn every_single_bit_every_length_and_every_other_label_is_found() {
    let (disk, path) = (MemDisk::new(), Path::new("/keys/a.keys"));
    let whole = content(4_300);
    put(&disk, path, LABEL, &whole).unwrap();
    let name = path.to_str().unwrap();
    let bytes = disk.bytes(name);
    let says = |label: Label<'_>| Sidecar::open(&disk, path, label).and_then(|sidecar| sidecar.whole());
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        disk.put(name, flipped);
        assert!(matches!(says(LABEL), Err(Wrong::Damaged)), "bit {bit}");
    }
    for len in (0..bytes.len()).chain([bytes.len() + 1, 8_192, 12_288]) {
        let mut cut = bytes.clone();
        cut.resize(len, 0);
        disk.put(name, cut);
        assert!(matches!(says(LABEL), Err(Wrong::Damaged)), "{len} bytes");
    }
    disk.put(name, bytes);
    let others = [
        Label { kind: "sums", ..LABEL },
        Label { version: 2, ..LABEL },
        Label { of: "1123456789abcdef", ..LABEL },
    ];
    assert!(others.iter().all(|label| matches!(says(*label), Err(Wrong::Damaged))));
    assert_eq!(says(LABEL).unwrap(), whole);
    assert!(matches!(Sidecar::open(&disk, Path::new("/keys/b.keys"), LABEL), Err(Wrong::Missing)));
}

#[test]
fn a_block_of_another_place_is_not_taken() {
    let (disk, path) = (MemDisk::new(), Path::new("/keys/a.keys"));
    put(&disk, path, LABEL, &content(3 * 4_092)).unwrap();
    let mut bytes = disk.bytes("/keys/a.keys");
    let (first, second) = bytes.split_at_mut(4_096);
    first.swap_with_slice(&mut second[..4_096]);
    disk.put("/keys/a.keys", bytes);
    assert!(matches!(Sidecar::open(&disk, path, LABEL).unwrap().read(5, 10), Err(Wrong::Damaged)));
}

/// Adds claims, some with vouchers, to a batch: their ids and months lie across each other.
fn add(dice: &mut Dice, batch: &mut Batch) -> Result<(), StoreError> {
    let id = batch.next_claim_id();
    let mut claim: Option<santun::domain::Claim> = None;
    for event in birth(dice, id) {
        let Event::Claim(_, event) = event else { unreachable!() };
        match &mut claim {
            Some(claim) => claim.apply(&event),
            None => claim = santun::domain::Claim::born(id, &event),
        }
    }
    let mut claim = claim.unwrap();
    if dice.below(2) == 0 {
        let Event::Voucher(_, raised) = raise(dice, batch.next_voucher_id(), &claim) else { unreachable!() };
        let voucher = santun::domain::Voucher::born(&raised).unwrap();
        claim.apply_voucher(&voucher, &raised);
        batch.voucher(&voucher)?;
    }
    batch.claim(&claim)
}

/// A store with two imports, a compaction over both (so that ids of a file no longer ascend) and an overlay.
fn full(seed: u64) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("s");
    let store = Store::create(&root, &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(seed);
    for turn in 0..3 {
        let events = birth(&mut dice, store.view().next_claim_id());
        store.commit(&key(&format!("a{turn}")), &clerk(), morning(), |_| Ok(events)).unwrap();
        let import = store.import(&key(&format!("i{turn}")), &clerk(), morning(), |_, batch| {
            (0..60).try_for_each(|_| add(&mut dice, batch))
        });
        import.unwrap();
        let events = birth(&mut dice, store.view().next_claim_id());
        store.commit(&key(&format!("b{turn}")), &clerk(), morning(), |_| Ok(events)).unwrap();
        store.compact(&clerk(), morning()).unwrap();
    }
    let view = store.view();
    let claim = view.claim(ClaimId::new(1)).unwrap().unwrap();
    let event = raise(&mut dice, view.next_voucher_id(), &claim);
    store.commit(&key("v"), &clerk(), morning(), |_| Ok(vec![event])).unwrap();
    (dir, root)
}

/// Look-ups as the documents have them, against those of the view.
fn look_everything_up(view: &View) {
    let (mut numbers, mut persons, mut kpjs, mut accounts) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut all = BTreeSet::new();
    view.for_each_claim(&mut |claim| {
        let worker = &claim.basics.worker;
        all.insert(claim.id);
        numbers.insert(claim.basics.claim_no.as_str().to_owned(), claim.id);
        persons.entry(worker.identity.number().to_owned()).or_insert_with(BTreeSet::new).insert(claim.id);
        if let Some(kpj) = &worker.kpj {
            kpjs.entry(kpj.as_str().to_owned()).or_insert_with(BTreeSet::new).insert(claim.id);
        }
        for account in claim.lines.iter().filter_map(|line| line.payee.account.clone()) {
            accounts.entry(account).or_insert_with(BTreeSet::new).insert(claim.id);
        }
    })
    .unwrap();
    let ids = |found: Vec<ClaimId>| found.into_iter().collect::<BTreeSet<_>>();
    for id in &all {
        assert_eq!(view.claim(*id).unwrap().unwrap().id, *id);
    }
    let behind = all.iter().next_back().unwrap().get();
    for id in (1..200).chain([behind + 1, behind + 1_000_000]).map(ClaimId::new) {
        assert_eq!(view.claim(id).unwrap().is_some(), all.contains(&id), "{id}");
    }
    for (number, id) in &numbers {
        assert_eq!(view.claim_by_no(number).unwrap(), Some(*id), "{number}");
        assert_eq!(view.claim_by_no(&format!("{number}9")).unwrap(), None);
    }
    persons.remove("");
    persons.iter().for_each(|(person, of)| assert_eq!(&ids(view.claims_by_identity(person).unwrap()), of));
    kpjs.iter().for_each(|(kpj, of)| assert_eq!(&ids(view.claims_by_kpj(kpj).unwrap()), of));
    let by_account = |account: &AccountNo| ids(view.claims_by_account(account).unwrap());
    accounts.iter().for_each(|(account, of)| assert_eq!(&by_account(account), of));
    for row in view.vouchers(&VoucherFilter::default()).unwrap() {
        assert_eq!(view.voucher(row.id).unwrap().unwrap().id, row.id);
        assert!(view.vouchers_by_code(&row.code).unwrap().iter().any(|voucher| voucher.id == row.id));
    }
    assert_eq!(view.voucher(VoucherId::new(behind * 1_000)).unwrap(), None);
    let rows = view
        .select(
            &santun::domain::query::Expr::All,
            santun::store::Sort::default(),
            jiff::civil::date(2026, 10, 30),
            &std::sync::atomic::AtomicBool::new(false),
            &|_, _| {},
        )
        .unwrap();
    let shown: Vec<ClaimId> = rows.window(0..rows.len()).unwrap().iter().map(|row| row.id).collect();
    assert_eq!(rows.ids(0..rows.len()).unwrap(), shown);
    assert_eq!(rows.ids(3..7).unwrap(), shown[3..7]);
}

fn sidecars(root: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(root.join("parts/keys")).map(|items| {
        let mut paths: Vec<PathBuf> = items.map(|item| item.unwrap().path()).collect();
        paths.sort();
        paths
    });
    listed.unwrap_or_default()
}

fn codes(root: &Path, depth: Depth) -> Vec<&'static str> {
    let found = fsck(root, depth, &mut |_, _| ControlFlow::Continue(())).unwrap();
    let mut codes: Vec<_> = found.problems.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn lookups_say_what_the_documents_say_whatever_became_of_the_sidecars() {
    let (_dir, root) = full(71);
    let there = sidecars(&root);
    assert!(there.len() > 6, "written with their files: {there:?}");
    look_everything_up(&Store::open(&root).unwrap().view());
    // Gone: a reader makes them in memory and changes nothing, a writer makes them again.
    std::fs::remove_dir_all(root.join("parts/keys")).unwrap();
    look_everything_up(&Store::open_read_only(&root).unwrap().view());
    assert_eq!(sidecars(&root), Vec::<PathBuf>::new());
    assert_eq!(codes(&root, Depth::Full), Vec::<&str>::new(), "a missing one is no finding");
    look_everything_up(&Store::open(&root).unwrap().view());
    let again = sidecars(&root);
    assert!(!again.is_empty() && again.iter().all(|path| there.contains(path)));
    // Damaged: never believed, made anew.
    for (place, path) in again.iter().enumerate() {
        let mut bytes = std::fs::read(path).unwrap();
        let at = place * 131 % bytes.len();
        bytes[at] ^= 16;
        std::fs::write(path, bytes).unwrap();
    }
    assert_eq!(codes(&root, Depth::Quick), ["S214"]);
    assert_eq!(codes(&root, Depth::Full), ["S214"]);
    look_everything_up(&Store::open_read_only(&root).unwrap().view());
    look_everything_up(&Store::open(&root).unwrap().view());
    assert_eq!(codes(&root, Depth::Full), Vec::<&str>::new());
}

#[test]
fn a_sidecar_that_says_something_else_is_found_in_full_and_mended() {
    let (_dir, root) = full(72);
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    // The program's own checksums, over other content: only the file itself can tell.
    let named = std::fs::read_to_string(root.join("MANIFEST")).unwrap();
    let sha256_of = |path: &PathBuf| {
        let digits = path.file_stem().unwrap().to_str().unwrap();
        let at = named.find(&format!("\"sha256\":\"{digits}"))? + 10;
        Some((path.clone(), named[at..at + 64].to_owned()))
    };
    let (path, sha256) = sidecars(&root).iter().find_map(sha256_of).expect("MANIFEST names its file");
    let path = &path;
    let label = Label { of: &sha256, ..LABEL };
    let mut content = Sidecar::open(&*disk, path, label).unwrap().whole().unwrap();
    let last = content.len() - 1;
    content[last] ^= 1;
    put(&*disk, path, label, &content).unwrap();
    assert_eq!(codes(&root, Depth::Quick), Vec::<&str>::new());
    assert_eq!(codes(&root, Depth::Full), ["S214"]);
    let mended = repair(&root, &clerk(), morning(), &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(mended, santun::store::Repaired::Yes);
    assert!(!codes(&root, Depth::Full).contains(&"S214"));
    look_everything_up(&Store::open(&root).unwrap().view());
}

#[test]
fn sidecars_of_files_that_nobody_names_are_swept_after_a_day() {
    let (_dir, root) = full(73);
    let store = Store::open(&root).unwrap();
    let named = sidecars(&root);
    let strangers = ["0123456789abcdef.keys", ".0123456789abcdef.keys.77.1.new"]
        .map(|name| root.join("parts/keys").join(name));
    strangers.iter().for_each(|path| std::fs::write(path, b"x").unwrap());
    assert_eq!(codes(&root, Depth::Quick), ["S311"]);
    store.compact(&clerk(), morning()).unwrap();
    assert!(strangers.iter().all(|path| path.exists()), "somebody may be about to name their file");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in named.iter().chain(&strangers) {
        std::fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    }
    store.compact(&clerk(), morning()).unwrap();
    assert!(strangers.iter().all(|path| !path.exists()));
    look_everything_up(&store.view());
}
