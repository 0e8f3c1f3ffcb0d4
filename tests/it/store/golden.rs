//! Stores of released formats, kept as they were written: each must open for ever and say what its summary says.
//!
//! `SANTUN_WRITE_GOLDEN=1` makes the one of the format of today when it is not there, and never writes over one: a store of
//! an old format cannot be made again.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use santun::domain::{Claim, Event, Period, VoucherEvent};
use santun::store::{Depth, Gravity, Moment, Store, StoreError, fsck};

use super::make::{Dice, clerk, key, office};
use super::view::{birth, raise};

const SHELF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/stores");

fn at(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

/// A store with everything that the format knows: sealed segments of two years and a last one, a record whose personal
/// fields are erased, a batch, parts, and an overlay.
fn make(root: &Path) {
    make_before(root, erase_first);
}

/// The same with a year that two people have erased: claims of journal and batch, and the payee of a voucher.
fn make_erased(root: &Path) {
    make_before(root, |_| {});
    let store = Store::open(root).expect("opened");
    let mut claims: Vec<u64> = Vec::new();
    store.view().for_each_claim(&mut |claim| claims.push(claim.id.get())).expect("readable");
    claims.sort_unstable();
    let vouchers = store.view().vouchers(&santun::store::VoucherFilter::default()).expect("readable");
    let vouchers: Vec<u64> = vouchers.iter().map(|row| row.id.get()).collect();
    super::erase::approve(&store, &[claims[0], claims[1], claims[4]], &vouchers);
    let fourth = at("2026-10-30T09:30:00.000+07:00");
    let done = store.carry_on_erasure(&clerk(), fourth).expect("carried out");
    assert!(matches!(done, santun::store::Erased::Done { .. }), "{done:?}");
}

fn make_before(root: &Path, meddle: fn(&Path)) {
    let mut dice = Dice(2024);
    let (first, second) = (at("2024-11-04T08:30:00.000+07:00"), at("2025-03-03T09:00:00.000+07:00"));
    let store = Store::create(root, &office(), &clerk(), &first).expect("made");
    let mut register = |store: &Store, name: &str, moment| {
        let born = |view: &santun::store::View| Ok(birth(&mut dice, view.next_claim_id()));
        store.commit(&key(name), &clerk(), moment, born).expect("registered");
    };
    register(&store, "one", first);
    register(&store, "two", first);
    register(&store, "three", second);
    drop(store);
    meddle(&root.join("journal/2024/000000000001.jsonl"));
    let store = Store::open(root).expect("opened");
    let mut dice = Dice(2025);
    let imported = store.import(&key("import"), &clerk(), second, |_, batch| {
        for _ in 0..3 {
            let id = batch.next_claim_id();
            let Some(Event::Claim(_, born)) = birth(&mut dice, id).into_iter().next() else { unreachable!() };
            batch.claim(&Claim::born(id, &born).expect("born"))?;
        }
        Ok::<_, StoreError>(())
    });
    imported.expect("imported");
    let claim = store.view().claim_by_no("J-00001").expect("readable").expect("there");
    let claim = store.view().claim(claim).expect("readable").expect("there");
    let raised = |view: &santun::store::View| Ok(vec![raise(&mut dice, view.next_voucher_id(), &claim)]);
    store.commit(&key("raise"), &clerk(), second, raised).expect("raised");
    store.compact(&clerk(), second).expect("compacted");
    let third = at("2026-10-30T09:00:00.000+07:00");
    let ids = store.view().vouchers(&santun::store::VoucherFilter::default()).expect("readable");
    let id = ids.iter().map(|row| row.id).next().expect("a voucher");
    let voucher = store.view().voucher(id).expect("readable").expect("there");
    let (payment, posted) = (dice.payment(1, voucher.net), Period::new(2026, 10).expect("a month"));
    let paid = Event::Voucher(voucher.id, VoucherEvent::Paid { payment, posted });
    store.commit(&key("pay"), &clerk(), third, |_| Ok(vec![paid])).expect("paid");
    store.compact(&clerk(), third).expect("compacted");
    let born = |view: &santun::store::View| Ok(birth(&mut dice, view.next_claim_id()));
    store.commit(&key("late"), &clerk(), third, born).expect("registered");
}

/// Takes the personal fields of the first record that has some, as their legal time being over does.
fn erase_first(path: &Path) {
    let text = std::fs::read_to_string(path).expect("the journal");
    let line = text.lines().find(|line| line.contains(r#","pii":{"salt":"#)).expect("personal fields");
    let (before, rest) = line.split_once(r#","pii":"#).expect("personal fields");
    let (pii, rest) = rest.split_once(r#","h":""#).expect("a hash");
    let digest = santun::store::record::Hash::of(pii.as_bytes());
    let covered = format!(r#"{before},"pii":{{"erased":"{digest}"}},"h":"{}""#, &rest[..64]);
    let erased = format!("{covered},\"c\":\"{:08x}\"}}", crc32c::crc32c(covered.as_bytes()));
    std::fs::write(path, text.replace(line, &erased)).expect("written");
}

/// What a store says of itself.
fn summary(store: &Store) -> String {
    let view = store.view();
    let mut text = String::new();
    let head = view.head();
    writeln!(text, "records {}, {}", head.seq, head.hash).expect("text");
    let mut claims = Vec::new();
    view.for_each_claim(&mut |claim| {
        let (basics, sums) = (&claim.basics, claim.sums());
        claims.push(format!(
            "claim {} r{} {:?} asked {} determined {} paid {}",
            basics.claim_no.as_str(),
            claim.revision,
            basics.worker.name,
            sums.asked.get(),
            sums.determined.get(),
            sums.paid.get()
        ));
    })
    .expect("readable");
    claims.sort();
    claims.iter().for_each(|line| writeln!(text, "{line}").expect("text"));
    for row in view.vouchers(&santun::store::VoucherFilter::default()).expect("readable") {
        writeln!(text, "voucher {} {:?} net {} paid {}", row.code, row.state, row.net.get(), row.paid.get())
            .expect("text");
    }
    for ((month, programme, kind), sum) in view.month_sums() {
        let amount = sum.amount.get();
        writeln!(text, "{month} {programme:?} {kind:?} {} times, {amount}", sum.count).expect("text");
    }
    text
}

pub(super) fn copy_tree(from: &Path, to: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(to).expect("a folder");
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o750)).expect("ours");
    for item in std::fs::read_dir(from).expect("a folder") {
        let item = item.expect("a name");
        let target = to.join(item.file_name());
        if item.path().is_dir() {
            copy_tree(&item.path(), &target);
        } else if item.file_name() != "reserve.bin" {
            std::fs::write(&target, std::fs::read(item.path()).expect("readable")).expect("written");
            std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).expect("ours");
        }
    }
}

fn worst(root: &Path) -> Vec<String> {
    let found = fsck(root, Depth::Full, &mut |_, _| ControlFlow::Continue(())).expect("looked at");
    let wrong = found.problems.iter().filter(|problem| problem.gravity != Gravity::Note);
    // The record of `v1` that is erased is older than the line by which two people decide it.
    let wrong = wrong.filter(|problem| (problem.code, problem.place.as_str()) != ("S119", "journal:2"));
    wrong.map(|problem| format!("{} {}", problem.code, problem.place)).collect()
}

/// Makes a store in a folder.
type Make = fn(&Path);

/// What is on the shelf of today's format, and how it is made.
const OF_TODAY: [(&str, Make); 2] = [("v1", make), ("v1-erased", make_erased)];

/// Makes the stores of today's format when they are asked for and missing.
fn shelf() -> Vec<PathBuf> {
    assert_eq!(santun::store::format::FORMAT_VERSION, 1, "a new format needs stores of its own");
    for (name, make) in OF_TODAY {
        let today = Path::new(SHELF).join(name);
        if std::env::var_os("SANTUN_WRITE_GOLDEN").is_some() && !today.exists() {
            let dir = tempfile::tempdir().expect("a folder");
            let root = dir.path().join("s");
            make(&root);
            copy_tree(&root, &today.join("store"));
            let store = Store::open_read_only(&root).expect("readable");
            std::fs::write(today.join("summary.txt"), summary(&store)).expect("written");
        }
        assert!(today.exists(), "{name} is not on the shelf: SANTUN_WRITE_GOLDEN=1 makes it");
    }
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(SHELF).expect("the shelf").map(|item| item.expect("a name").path()).collect();
    found.sort();
    found
}

#[test]
fn every_released_format_opens_and_says_what_it_said() {
    for golden in shelf() {
        let expected = std::fs::read_to_string(golden.join("summary.txt")).expect("a summary");
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("s");
        copy_tree(&golden.join("store"), &root);
        assert_eq!(summary(&Store::open_read_only(&root).expect("readable")), expected, "{golden:?}");
        assert_eq!(worst(&root), Vec::<String>::new(), "{golden:?}");
        // Without its caches it is read from its truth alone.
        let bare = dir.path().join("bare");
        copy_tree(&golden.join("store"), &bare);
        std::fs::remove_dir_all(bare.join("parts")).expect("parts");
        std::fs::remove_file(bare.join("MANIFEST")).expect("a MANIFEST");
        assert_eq!(summary(&Store::open_read_only(&bare).expect("readable")), expected, "{golden:?}");
        // Work goes on in it.
        for root in [root, bare] {
            let store = Store::open(&root).expect("opened");
            let moment = at("2026-10-30T10:00:00.000+07:00");
            let born = |view: &santun::store::View| Ok(birth(&mut Dice(9), view.next_claim_id()));
            store.commit(&key("today"), &clerk(), moment, born).expect("registered");
            store.compact(&clerk(), moment).expect("compacted");
            assert_eq!(store.view().n_claims(), 8);
            assert_eq!(worst(&root), Vec::<String>::new(), "{golden:?}");
        }
    }
}

/// S119: an erased record that no two people decided, such as that one.
#[test]
fn an_erased_record_that_nobody_decided_is_damage() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, expected) in [("v1", vec!["journal:2"]), ("v1-erased", Vec::new())] {
        let root = dir.path().join(name);
        copy_tree(&Path::new(SHELF).join(name).join("store"), &root);
        let found = fsck(&root, Depth::Full, &mut |_, _| ControlFlow::Continue(())).expect("looked at");
        let unasked = found.problems.iter().filter(|problem| problem.code == "S119");
        assert_eq!(unasked.map(|problem| problem.place.as_str()).collect::<Vec<_>>(), expected, "{name}");
        assert!(found.problems.iter().any(|problem| problem.code == "S303"), "{name} has erased records");
    }
}

#[test]
fn what_is_on_the_shelf_has_all_that_the_format_knows() {
    let golden = Path::new(SHELF).join("v1/store");
    let names = |folder: &str| -> Vec<String> {
        let items = std::fs::read_dir(golden.join(folder)).expect("a folder");
        items.map(|item| item.expect("a name").file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("journal/2024"), ["000000000001.jsonl.zst"]);
    assert!(names("journal/2025").iter().all(|name| name.ends_with(".jsonl.zst")));
    assert!(names("journal/2026").iter().all(|name| name.ends_with(".jsonl")));
    assert!(!names("batches/claims").is_empty() && !names("parts/claims").is_empty());
    let lines = std::fs::read(golden.join("journal/2024/000000000001.jsonl.zst")).expect("a segment");
    let lines = String::from_utf8(zstd::stream::decode_all(&*lines).expect("zstd")).expect("text");
    assert!(lines.contains(r#""pii":{"erased":""#) && lines.contains(r#""pii":{"salt":""#));
}

/// P11: bytes of a record, live and sealed.
#[test]
fn a_record_is_small_live_and_smaller_sealed() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("s");
    let first = at("2025-03-03T09:00:00.000+07:00");
    let store = Store::create(&root, &office(), &clerk(), &first).expect("made");
    let mut dice = Dice(11);
    for _ in 0..400 {
        let name = format!("{:016x}-{:016x}", dice.roll(), dice.roll());
        let born = |view: &santun::store::View| Ok(birth(&mut dice, view.next_claim_id()));
        store.commit(&key(&name), &clerk(), first, born).expect("registered");
    }
    let n_records = store.view().head().seq;
    let bytes = |name: &str| std::fs::metadata(root.join("journal/2025").join(name)).expect("there").len();
    let live = bytes("000000000001.jsonl") / n_records;
    let next = at("2026-01-05T09:00:00.000+07:00");
    let born = |view: &santun::store::View| Ok(birth(&mut dice, view.next_claim_id()));
    store.commit(&key("next"), &clerk(), next, born).expect("registered");
    assert_eq!(store.compact(&clerk(), next).expect("compacted").sealed, 1);
    let sealed = bytes("000000000001.jsonl.zst") / n_records;
    println!("{n_records} records: {live} bytes each live, {sealed} sealed");
    assert!(live <= 1_000 && sealed <= 160, "{live} bytes live, {sealed} sealed");
}
