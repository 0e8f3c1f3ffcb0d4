//! Two handles on one store, as two programs have them: imports at once, bases that are replaced, batches that go bad.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use santun::domain::{Claim, ClaimEvent, ClaimId, ClaimNo, Event};
use santun::store::disk::{Disk, Sharing, replace_file};
use santun::store::error::Standing;
use santun::store::fsck::repair_on;
use santun::store::{
    Batch, CommitError, ImportError, Imported, Mode, Moved, Repaired, Store, StoreError, View,
};

use super::desk::moment;
use super::disks::{Call, Deed, MemDisk, Recording, Twist, twisted};
use super::make::{Dice, clerk, key, morning, office};
use super::view::birth;

/// Where the store lies on a disk in memory.
pub const ROOT: &str = "/s";

fn store() -> (MemDisk, Store) {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let store = Store::create_on(disk, Path::new(ROOT), &office(), &clerk(), &morning()).unwrap();
    (memory, store)
}

fn open(memory: &MemDisk, mode: Mode) -> Result<Store, StoreError> {
    Store::open_on(Arc::new(memory.clone()), Path::new(ROOT), mode)
}

/// The birth of a claim with a number of our choice.
pub fn numbered(id: ClaimId, number: &str) -> Vec<Event> {
    let mut events = birth(&mut Dice(id.get()), id);
    if let Event::Claim(_, ClaimEvent::Registered { basics, .. }) = &mut events[0] {
        basics.claim_no = ClaimNo::parse(number).unwrap();
    }
    events
}

fn put(batch: &mut Batch, number: &str) -> Result<(), StoreError> {
    let id = batch.next_claim_id();
    let Some(Event::Claim(_, born)) = numbered(id, number).into_iter().next() else { unreachable!() };
    batch.claim(&Claim::born(id, &born).unwrap())
}

/// Imports claims with these numbers.
pub fn import(store: &Store, name: &str, numbers: &[&str]) -> Result<Imported, ImportError<StoreError>> {
    store.import(&key(name), &clerk(), morning(), |_, batch| {
        numbers.iter().try_for_each(|number| put(batch, number))
    })
}

/// Registers one claim, with two determined lines.
pub fn register(store: &Store, number: &str) -> Result<View, CommitError<santun::domain::Refusal>> {
    let done =
        store.commit(&key(number), &clerk(), morning(), |view| Ok(numbered(view.next_claim_id(), number)));
    done.map(|done| done.view)
}

/// A power cut may take the watermark back; what was acknowledged stands behind it.
#[test]
fn who_only_looks_sees_what_stands_behind_an_old_watermark() {
    const MARK: &str = "/s/lock/committed";
    let (memory, writer) = store();
    let old = memory.bytes(MARK);
    register(&writer, "A-1").unwrap();
    import(&writer, "dua", &["B-1", "B-2"]).unwrap();
    let head = writer.view().head();
    drop(writer);
    memory.put(MARK, old.clone());
    let files = memory.paths();
    let claims = || open(&memory, Mode::Read).unwrap().view().n_claims();
    let reader = open(&memory, Mode::Read).unwrap();
    assert_eq!((reader.view().n_claims(), reader.view().head()), (3, head));
    assert_eq!((memory.bytes(MARK), memory.paths()), (old, files), "who looks changes nothing");
    let held = memory.try_lock(Path::new("/s/lock/writer.lock")).unwrap();
    assert!(held.is_some());
    assert_eq!(claims(), 0, "it is the writer's to publish");
    drop(held);
    // The next one who works goes on from there, and the reader with him.
    register(&open(&memory, Mode::Write).unwrap(), "A-2").unwrap();
    reader.refresh().unwrap();
    assert_eq!((reader.view().n_claims(), claims()), (4, 4));
}

#[test]
fn two_imports_at_once_never_bring_a_claim_twice() {
    let (memory, store) = store();
    let other = open(&memory, Mode::Write).unwrap();
    let answer = store.import(&key("satu"), &clerk(), morning(), |_, batch| {
        put(batch, "A-1")?;
        import(&other, "dua", &["B-1", "a 1", "B-2"]).expect("it was first");
        put(batch, "A-2")
    });
    assert!(matches!(&answer, Err(ImportError::Taken(number)) if number == "a 1"), "{answer:?}");
    store.refresh().unwrap();
    assert_eq!(store.view().n_claims(), 3);
    // What they do not have in common is no hindrance.
    import(&store, "tiga", &["A-2"]).unwrap();
    assert_eq!(store.view().n_claims(), 4);
}

#[test]
fn an_import_that_ends_while_the_lock_is_awaited_is_seen_under_it() {
    let (memory, store) = store();
    drop(store);
    // The other import names its files right before this one takes the writer's lock for its own line.
    let other = open(&memory, Mode::Write).unwrap();
    let at_the_lock = Arc::new(AtTheLock {
        n_left: 2.into(),
        run: Box::new(move || drop(import(&other, "dua", &["A-1"]))),
    });
    let disk = twisted(Arc::new(memory.clone()), at_the_lock as Arc<dyn Twist>);
    let store = Store::open_on(disk, Path::new(ROOT), Mode::Write).unwrap();
    let answer = import(&store, "satu", &["A-1"]);
    assert!(matches!(&answer, Err(ImportError::Taken(number)) if number == "A-1"), "{answer:?}");
    assert_eq!(open(&memory, Mode::Read).unwrap().view().n_claims(), 1);
}

/// Runs something before the n-th lock of the writer.
struct AtTheLock {
    n_left: AtomicUsize,
    run: Box<dyn Fn() + Send + Sync>,
}

impl std::fmt::Debug for AtTheLock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AtTheLock")
    }
}

impl Twist for AtTheLock {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        let is_ours = call == Call::Lock && path.ends_with("writer.lock");
        if is_ours && self.n_left.fetch_sub(1, Ordering::SeqCst) == 1 {
            (self.run)();
        }
        Deed::Pass
    }
}

#[test]
fn a_claim_that_was_typed_and_compacted_while_a_batch_was_filled_is_seen() {
    let (memory, store) = store();
    let other = open(&memory, Mode::Write).unwrap();
    import(&store, "nol", &["Z-1"]).unwrap();
    other.refresh().unwrap();
    // Read once, so that this handle has a base that is then replaced.
    store.compact(&clerk(), morning()).unwrap();
    let answer = store.import(&key("satu"), &clerk(), morning(), |_, batch| {
        register(&other, "A-1").unwrap();
        assert_eq!(other.compact(&clerk(), morning()).unwrap().moved, Moved::Yes);
        put(batch, "A-1")
    });
    assert!(matches!(&answer, Err(ImportError::Taken(number)) if number == "A-1"), "{answer:?}");
}

#[test]
fn a_batch_that_goes_bad_stops_every_commit_until_it_is_put_back() {
    for table in ["claims", "claim_detail"] {
        damaged_batch(table, &|memory, file| {
            let mut bytes = memory.bytes(file);
            bytes[40] ^= 1;
            memory.put(file, bytes);
        });
        damaged_batch(table, &|memory, file| memory.unlink(Path::new(file)).unwrap());
    }
}

fn damaged_batch(table: &str, damage: &dyn Fn(&MemDisk, &str)) {
    let (memory, store) = store();
    import(&store, "satu", &["A-1", "A-2"]).unwrap();
    register(&store, "A-3").unwrap();
    let folder = format!("/s/batches/{table}");
    let file = memory.paths().into_iter().find(|path| path.starts_with(&folder)).unwrap();
    let whole = memory.bytes(file.to_str().unwrap());
    damage(&memory, file.to_str().unwrap());
    let is_poisoned = || memory.paths().contains(&PathBuf::from("/s/lock/POISON"));
    // Who may change nothing on the disk is told, and no more.
    let reader = open(&memory, Mode::Read).unwrap();
    assert!(reads(&reader.view()).is_err());
    assert!(matches!(reader.standing(), Standing::BadBatch(_)));
    assert!(!is_poisoned());
    // Who may, puts POISON in place, and from then on nobody commits, imports or compacts.
    let desk = open(&memory, Mode::Write).unwrap();
    assert!(reads(&desk.view()).is_err());
    assert!(is_poisoned());
    assert!(matches!(desk.standing(), Standing::BadBatch(_)));
    for desk in [desk.refresh().map(|_| &desk).unwrap(), &open(&memory, Mode::Write).unwrap()] {
        assert!(matches!(register(desk, "A-4"), Err(CommitError::Store(StoreError::Poisoned(_)))));
        let imported = import(desk, "dua", &["A-4"]);
        assert!(matches!(imported, Err(ImportError::Store(StoreError::Poisoned(_)))), "{imported:?}");
        assert!(desk.compact(&clerk(), morning()).is_err());
    }
    assert_eq!(mend(&memory), Repaired::No);
    assert!(is_poisoned());
    // Put back from a backup, and fsck has looked.
    let _ = memory.unlink(&file);
    replace_file(&memory, &file, &whole, Sharing::Group).unwrap();
    assert_eq!(mend(&memory), Repaired::Yes);
    register(&desk, "A-4").expect("the same handle goes on");
    assert_eq!((desk.standing(), desk.view().n_claims()), (Standing::Sound, 4));
}

/// Reads look-ups, narrow rows and documents.
fn reads(view: &View) -> Result<u64, StoreError> {
    view.warm()?;
    let all = santun::domain::query::Expr::All;
    view.totals(&all, jiff::civil::date(2026, 10, 30), &std::sync::atomic::AtomicBool::new(false))?;
    let mut n = 0;
    view.for_each_claim(&mut |_| n += 1)?;
    Ok(n)
}

#[test]
fn a_disk_that_cannot_give_a_batch_now_is_not_taken_for_damage() {
    let (memory, store) = store();
    import(&store, "satu", &["A-1", "A-2"]).unwrap();
    let disk = twisted(Arc::new(memory.clone()), Arc::new(NotNow) as Arc<dyn Twist>);
    let desk = Store::open_on(disk, Path::new(ROOT), Mode::Write).unwrap();
    assert!(matches!(reads(&desk.view()), Err(StoreError::Io { .. })));
    assert!(!memory.paths().contains(&PathBuf::from("/s/lock/POISON")));
    assert_eq!(desk.standing(), Standing::Sound);
}

/// No batch can be opened: too many files are open.
#[derive(Debug)]
struct NotNow;

impl Twist for NotNow {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        let is_batch = call == Call::Open && path.starts_with("/s/batches");
        if is_batch { Deed::Fail(std::io::Error::from_raw_os_error(24)) } else { Deed::Pass }
    }
}

#[test]
fn parts_that_are_gone_after_their_hour_are_found_again_in_the_manifest() {
    let (memory, other) = store();
    register(&other, "A-1").unwrap();
    other.compact(&clerk(), moment(0)).unwrap();
    let store = open(&memory, Mode::Write).unwrap();
    let before = memory.paths();
    register(&other, "A-2").unwrap();
    other.compact(&clerk(), moment(60)).unwrap();
    register(&other, "A-3").unwrap();
    other.compact(&clerk(), moment(60 + 3_700)).unwrap();
    let gone =
        before.iter().filter(|path| path.starts_with("/s/parts/claims") && !memory.paths().contains(path));
    assert_eq!(gone.count(), 1, "its hour is over");
    assert!(matches!(reads(&store.view()), Err(StoreError::Part { .. })));
    store.refresh().unwrap();
    assert_eq!(reads(&store.view()).unwrap(), 3);
    assert_eq!(store.view().overlay_size(), 0, "it reads the new base, not the whole journal");
    assert!(!store.wants_compaction());
}

#[test]
fn a_handle_moves_to_the_new_base_while_the_old_one_is_still_there() {
    let (memory, other) = store();
    register(&other, "A-1").unwrap();
    other.compact(&clerk(), moment(0)).unwrap();
    let store = open(&memory, Mode::Write).unwrap();
    register(&other, "A-2").unwrap();
    other.compact(&clerk(), moment(60)).unwrap();
    register(&other, "A-3").unwrap();
    store.refresh().unwrap();
    assert_eq!((store.view().n_claims(), store.view().overlay_size()), (3, 3 * 2 - 1));
}

#[test]
fn a_part_that_is_wrong_is_left_for_the_truth_until_a_new_base_is_made() {
    let (memory, store) = store();
    register(&store, "A-1").unwrap();
    store.compact(&clerk(), morning()).unwrap();
    let part = memory.paths().into_iter().find(|path| path.starts_with("/s/parts/claims")).unwrap();
    let mut bytes = memory.bytes(part.to_str().unwrap());
    bytes[40] ^= 1;
    memory.put(part.to_str().unwrap(), bytes);
    let store = open(&memory, Mode::Write).unwrap();
    assert!(reads(&store.view()).is_err());
    for _ in 0..2 {
        store.refresh().unwrap();
        assert_eq!(reads(&store.view()).unwrap(), 1);
    }
    assert!(store.wants_compaction(), "others would meet the same part");
    store.compact(&clerk(), morning()).unwrap();
    assert!(!store.wants_compaction());
    assert_eq!(reads(&open(&memory, Mode::Read).unwrap().view()).unwrap(), 1);
}

/// Commits whenever a part is made.
#[derive(Debug, Default)]
struct Meanwhile {
    store: OnceLock<Arc<Store>>,
    n_done: AtomicUsize,
}

impl Twist for Meanwhile {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        if call == Call::Create && path.starts_with("/s/parts") {
            let n = self.n_done.fetch_add(1, Ordering::SeqCst);
            register(self.store.get().unwrap(), &format!("M-{n}")).expect("nobody is in its way");
        }
        Deed::Pass
    }
}

#[test]
fn commits_of_every_handle_go_on_while_parts_are_written() {
    let (memory, other) = store();
    register(&other, "A-1").unwrap();
    let twist = Arc::new(Meanwhile::default());
    let disk = twisted(Arc::new(memory.clone()), Arc::clone(&twist) as Arc<dyn Twist>);
    let store = Arc::new(Store::open_on(disk, Path::new(ROOT), Mode::Write).unwrap());
    twist.store.set(Arc::clone(&store)).unwrap();
    assert_eq!(store.compact(&clerk(), morning()).unwrap().moved, Moved::Yes);
    let n_meanwhile = u64::try_from(twist.n_done.load(Ordering::SeqCst)).unwrap();
    assert!(n_meanwhile >= 3, "{n_meanwhile}");
    assert_eq!(store.view().overlay_size(), 5 * n_meanwhile, "what came meanwhile lies in the overlay");
    for desk in [&*store, &open(&memory, Mode::Read).unwrap()] {
        assert_eq!(reads(&desk.view()).unwrap(), 1 + n_meanwhile);
    }
}

#[test]
fn what_look_ups_need_is_read_before_the_writers_lock() {
    let (memory, store) = store();
    import(&store, "satu", &["A-1", "A-2"]).unwrap();
    let recording = Arc::new(Recording::default());
    let disk = twisted(Arc::new(memory.clone()), Arc::clone(&recording) as Arc<dyn Twist>);
    let store = Store::open_on(disk, Path::new(ROOT), Mode::Write).unwrap();
    recording.take();
    let done = store.commit(&key("x"), &clerk(), morning(), |view| {
        assert!(view.claim_by_no("A-3").unwrap().is_none());
        assert!(!view.code_taken("A3", 2026).unwrap());
        Ok(numbered(view.next_claim_id(), "A-3"))
    });
    done.unwrap();
    let calls = recording.take();
    let lock = calls.iter().position(|(call, _)| *call == Call::Lock).expect("a commit takes the lock");
    let is_base =
        |(_, path): &&(Call, PathBuf)| path.starts_with("/s/batches") || path.starts_with("/s/parts");
    assert!(calls[..lock].iter().any(|call| is_base(&call)), "it was read before");
    // A look-up that finds nothing reads a few kilobytes of sidecars and no file of the base.
    let is_file = |call: &&(Call, PathBuf)| is_base(call) && !call.1.starts_with("/s/parts/keys");
    assert_eq!(calls[lock..].iter().filter(is_file).count(), 0, "everybody would wait for it");
    let n_read = calls[lock..]
        .iter()
        .filter(|(call, path)| *call == Call::ReadAt && path.starts_with("/s/parts"))
        .count();
    assert!(n_read <= 2, "one read a file and question: {n_read}");
}

fn mend(memory: &MemDisk) -> Repaired {
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let forward = &mut |_, _| std::ops::ControlFlow::Continue(());
    repair_on(&disk, Path::new(ROOT), &clerk(), morning(), forward).unwrap()
}
