//! Sealed segments: the same lines, at every moment, whatever is cut off, fails or is flipped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::{Disk, Sharing};
use santun::store::error::{Standing, StoreError};
use santun::store::ledger::{Committed, Ledger, Mode, Tuning};
use santun::store::record::Transaction;
use santun::store::verify::{Code, Depth, Gravity, verify};

use super::crash::{ROOT, journal_files, unfound_flips, verify_all};
use super::desk::{commit, commit_at, keys, moment, new_store, open, read_all, settle};
use super::disks::{Call, CrashModel, Deed, Fault, Faulty, MemDisk, Persistence, Twist, twisted};

/// Segments of a few lines, frames of one or two.
const SMALL: Tuning = Tuning {
    segment_max_bytes: 1300,
    free_min_bytes: 0,
    patience: std::time::Duration::from_secs(5),
    seal_frame_bytes: 900,
};

fn handle(disk: &Arc<dyn Disk>) -> Ledger {
    open(disk, Path::new(ROOT)).with_tuning(SMALL)
}

/// A store with some finished segments, none sealed, and what is in it.
fn finished() -> (MemDisk, Arc<dyn Disk>, Vec<Transaction>) {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&disk, Path::new(ROOT)).with_tuning(SMALL);
    for idx in 0..8 {
        commit(&mut ledger, &format!("k{idx}"), 1 + idx % 2).expect("committed");
    }
    let all = read_all(&disk, Path::new(ROOT));
    (memory, disk, all)
}

/// A store with sealed segments and a last one.
pub fn sealed_store() -> MemDisk {
    let (memory, disk, _) = finished();
    handle(&disk).seal().expect("sealed");
    memory
}

fn codes(disk: &dyn Disk) -> Vec<Code> {
    let mut codes: Vec<Code> =
        verify_all(disk).expect("readable").findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

#[test]
fn the_same_lines_are_read_from_sealed_segments() {
    let (memory, disk, all) = finished();
    let plain: Vec<Vec<u8>> = journal_files(&memory).iter().map(|path| memory.bytes(path)).collect();
    let middle = {
        let mut ledger = handle(&disk);
        ledger.catch_up().expect("readable");
        ledger.known_keys().nth(3).expect("a key")
    };
    let before = handle(&disk);
    let n_sealed = before.seal().expect("sealed");
    let files = journal_files(&memory);
    assert!(n_sealed >= 2 && files.len() == n_sealed + 1, "{files:?}");
    let (last, sealed) = files.split_last().expect("segments");
    assert!(last.ends_with(".jsonl") && sealed.iter().all(|path| path.ends_with(".jsonl.zst")), "{files:?}");
    for (path, lines) in sealed.iter().zip(&plain) {
        // What `zstdcat` gives: every frame, and nothing of index and table.
        let unpacked = zstd::stream::decode_all(&*memory.bytes(path)).expect("zstd");
        assert_eq!(&unpacked, lines, "{path}");
    }
    assert_eq!(read_all(&disk, Path::new(ROOT)), all);
    assert_eq!(codes(&*disk), []);
    // A key is answered from the middle of a sealed segment, and work goes on.
    let mut ledger = handle(&disk);
    ledger.remember([middle.clone()]);
    let stored = ledger.stored(&middle.key, moment(1)).expect("readable").expect("remembered");
    assert_eq!(stored, all[3]);
    assert!(matches!(commit(&mut ledger, "k3", 1), Ok(Committed::Repeated(_))));
    commit(&mut ledger, "more", 3).expect("committed");
    assert_eq!(read_all(&disk, Path::new(ROOT)).len(), all.len() + 1);
    assert_eq!(before.seal().expect("nothing to do"), 0);
}

#[test]
fn a_checkpoint_inside_a_sealed_segment_is_still_one() {
    let (_, disk, all) = finished();
    let mut reader = Ledger::open(Arc::clone(&disk), Path::new(ROOT), Mode::Read).expect("a store");
    let mut writer = handle(&disk);
    writer.catch_up().expect("readable");
    // Places of transactions are ends of those before them.
    let places: Vec<_> = writer.known_keys().map(|known| known.place).collect();
    reader.catch_up().expect("readable");
    writer.seal().expect("sealed");
    for (idx, place) in places.iter().enumerate().skip(1) {
        let cursor = santun::store::journal::Cursor { position: place.position, head: all[idx - 1].head() };
        let mut ledger = Ledger::open_at(Arc::clone(&disk), Path::new(ROOT), Mode::Read, cursor)
            .unwrap_or_else(|error| panic!("{idx}: {error}"));
        assert_eq!(ledger.catch_up().expect("readable"), all[idx..], "{idx}");
    }
    commit(&mut writer, "more", 1).expect("committed");
    assert_eq!(keys(&reader.catch_up().expect("readable")), ["more"]);
}

#[test]
fn a_year_that_is_over_is_sealed_and_the_last_segment_never() {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&disk, Path::new(ROOT));
    commit(&mut ledger, "a", 1).expect("committed");
    assert_eq!(ledger.seal().expect("nothing to do"), 0);
    commit_at(&mut ledger, "b", 1, moment(70 * 86_400)).expect("committed");
    assert_eq!(ledger.seal().expect("sealed"), 1);
    assert_eq!(
        journal_files(&memory),
        ["/store/journal/2026/000000000001.jsonl.zst", "/store/journal/2027/000000000002.jsonl"]
    );
    assert_eq!(keys(&read_all(&disk, Path::new(ROOT))), ["a", "b"]);
}

#[test]
fn a_flip_of_any_byte_of_a_sealed_segment_is_found() {
    let unfound = unfound_flips(&sealed_store(), |at| vec![u8::try_from(at % 8).expect("small")]);
    assert_eq!(unfound, []);
}

#[test]
fn a_sealed_segment_that_is_damaged_stops_readers_and_writers() {
    let (memory, disk, all) = finished();
    handle(&disk).seal().expect("sealed");
    let files = journal_files(&memory);
    let whole = memory.bytes(&files[1]);
    for at in [0, whole.len() / 2, whole.len() - 1] {
        let image = memory.copy();
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        image.put(&files[1], bytes);
        let disk: Arc<dyn Disk> = Arc::new(image.clone());
        let mut ledger = handle(&disk);
        let read = ledger.catch_up().expect("what stands before it");
        assert!(read.len() < all.len() && all.starts_with(&read) && !read.is_empty(), "{at}");
        assert!(matches!(ledger.standing(), Standing::Damaged(_)), "{at}");
        assert!(commit(&mut handle(&disk), "more", 1).is_err(), "{at}");
        assert!(image.paths().iter().any(|path| path.ends_with("lock/POISON")), "{at}");
        let found = codes(&*disk);
        assert!(found.contains(&Code::Sealed), "{at}: {found:?}");
    }
    // Without what follows it, the end of the journal is not its end.
    let image = memory.copy();
    image.unlink(Path::new(files.last().expect("segments"))).expect("there");
    let disk: Arc<dyn Disk> = Arc::new(image);
    assert!(commit(&mut handle(&disk), "more", 1).is_err());
    assert!(verify_all(&*disk).expect("readable").is_damaged());
}

#[test]
fn both_forms_at_once_are_no_damage_unless_they_differ() {
    let (memory, disk, all) = finished();
    let first = journal_files(&memory)[0].clone();
    let plain = memory.bytes(&first);
    handle(&disk).seal().expect("sealed");
    disk.create(Path::new(&first), Sharing::Group).expect("new").write_at(0, &plain).expect("written");
    assert_eq!(read_all(&disk, Path::new(ROOT)), all);
    assert_eq!(codes(&*disk), [Code::PlainTwin]);
    assert_eq!(handle(&disk).seal().expect("taken away"), 1);
    assert_eq!(codes(&*disk), []);

    let other = String::from_utf8(plain).expect("text").replace("1250000", "9250000").into_bytes();
    disk.create(Path::new(&first), Sharing::Group).expect("new").write_at(0, &other).expect("written");
    assert_eq!(codes(&*disk), [Code::Twins]);
    assert_eq!(Code::Twins.gravity(), Gravity::Truth);
    assert_eq!(handle(&disk).seal().expect("left alone"), 0);
    assert_eq!(memory.bytes(&first), other, "nobody knows which of the two somebody needs");
    assert_eq!(read_all(&disk, Path::new(ROOT)), all);
}

#[test]
fn what_does_not_hold_is_not_sealed() {
    let (memory, disk, _) = finished();
    let first = journal_files(&memory)[0].clone();
    let mut bytes = memory.bytes(&first);
    let at = bytes.windows(7).position(|part| part == b"1250000").expect("an amount");
    bytes[at] = b'9';
    memory.put(&first, bytes.clone());
    assert!(matches!(handle(&disk).seal(), Err(StoreError::Damaged(_))));
    assert_eq!(memory.bytes(&first), bytes);
    assert!(!memory.paths().iter().any(|path| path.to_string_lossy().contains(".zst")), "nothing is left");
}

/// After a crash or a failing disk: everything there, and sealing finishes what it began.
fn examine(image: &MemDisk, all: &[Transaction]) -> Result<(), String> {
    let disk: Arc<dyn Disk> = Arc::new(image.clone());
    let found = verify(&*disk, Path::new(ROOT), Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(()))
        .map_err(|error| error.to_string())?;
    let allowed = [Code::PlainTwin, Code::Stranger, Code::Unpublished];
    if let Some(finding) = found.findings.iter().find(|finding| !allowed.contains(&finding.code)) {
        return Err(format!("{finding:?}"));
    }
    let mut ledger = handle(&disk);
    settle(&mut ledger).map_err(|error| format!("settle: {error}"))?;
    if ledger.catch_up().map_err(|error| error.to_string())? != all {
        return Err("other transactions".to_owned());
    }
    ledger.seal().map_err(|error| format!("seal: {error}"))?;
    let files = journal_files(image);
    let is_plain = |path: &&String| path.ends_with(".jsonl");
    if files.iter().filter(is_plain).count() != 1 {
        return Err(format!("not all sealed: {files:?}"));
    }
    if read_all(&disk, Path::new(ROOT)) != all {
        return Err("other transactions, once sealed".to_owned());
    }
    commit(&mut ledger, "afterwards", 1).map(drop).map_err(|error| format!("commit: {error}"))
}

#[test]
fn a_power_cut_at_any_moment_of_sealing_loses_nothing() {
    let (memory, disk, all) = finished();
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    handle(&disk).seal().expect("sealed");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
    let mut n_states = 0;
    for (at, step) in memory.steps().iter().enumerate() {
        model.apply(step);
        for _ in 0..if model.is_durable() { 1 } else { 12 } {
            n_states += 1;
            examine(&model.crash(&mut rng), &all)
                .unwrap_or_else(|wrong| panic!("step {at} {step:?}: {wrong}"));
        }
    }
    assert!(n_states > 150, "only {n_states} states");
}

#[test]
fn a_fault_at_any_call_of_sealing_loses_nothing() {
    let mut n_faults = 0;
    for fault in [Fault::Errno(28), Fault::Errno(5), Fault::Short] {
        for persistence in [Persistence::Once, Persistence::Always] {
            for at in 0.. {
                let (memory, plain, all) = finished();
                let faulty = Arc::new(Faulty::new(fault, at, persistence));
                let disk = twisted(plain, faulty.clone());
                let sealed = Ledger::open(disk, Path::new(ROOT), Mode::Write)
                    .and_then(|ledger| ledger.with_tuning(SMALL).seal());
                if faulty.n_calls() <= at {
                    assert!(sealed.is_ok());
                    break;
                }
                n_faults += 1;
                examine(&memory, &all)
                    .unwrap_or_else(|wrong| panic!("{fault:?} {persistence:?} at {at}: {wrong}"));
            }
        }
    }
    assert!(n_faults > 60, "only {n_faults} faults");
}

/// A listing that has neither form of one segment, as one has that began before the sealed form had its name and ended
/// after the plain one had gone.
#[derive(Debug)]
struct BadMoment {
    memory: MemDisk,
    segment: PathBuf,
    /// Listings until that one.
    n_good: AtomicIsize,
}

impl BadMoment {
    fn after(n_good: isize, memory: &MemDisk, segment: &Path) -> Arc<Self> {
        let (memory, segment) = (memory.clone(), segment.to_path_buf());
        Arc::new(BadMoment { memory, segment, n_good: AtomicIsize::new(n_good) })
    }
}

impl Twist for BadMoment {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        let aside = self.segment.with_extension("aside");
        if call == Call::List && Some(path) == self.segment.parent() {
            match self.n_good.fetch_sub(1, Ordering::Relaxed) {
                0 => self.memory.rename(&self.segment, &aside).expect("there"),
                -1 => self.memory.rename(&aside, &self.segment).expect("there"),
                _ => {}
            }
        }
        Deed::Pass
    }
}

#[test]
fn a_listing_at_a_bad_moment_is_no_damage() {
    for place in 0..3 {
        let (memory, _, all) = finished();
        let segment = PathBuf::from(journal_files(&memory)[place].clone());
        let moment = BadMoment::after(0, &memory, &segment);
        let disk = twisted(Arc::new(memory), moment);
        let mut reader = Ledger::open(disk, Path::new(ROOT), Mode::Read).expect("a store");
        assert_eq!(reader.catch_up().expect("readable"), all, "segment {place}");
        assert_eq!(*reader.standing(), Standing::Sound, "segment {place}");
    }
}

#[test]
fn a_key_is_answered_again_at_a_bad_moment() {
    for n_good in 0..4 {
        let (memory, _, all) = finished();
        let segment = PathBuf::from(journal_files(&memory)[0].clone());
        let moment = BadMoment::after(isize::MAX, &memory, &segment);
        let twist = Arc::clone(&moment) as Arc<dyn Twist>;
        let mut ledger = handle(&twisted(Arc::new(memory), twist));
        ledger.catch_up().expect("readable");
        moment.n_good.store(n_good, Ordering::Relaxed);
        let again = commit(&mut ledger, "k0", 1).expect("it was done");
        assert_eq!(again, Committed::Repeated(all[0].clone()), "listing {n_good}");
    }
}

#[test]
fn desks_work_on_while_segments_are_sealed() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("store");
    let disk: Arc<dyn Disk> = Arc::new(santun::store::disk::RealDisk::new());
    drop(new_store(&disk, &root));
    let n_each = 40;
    std::thread::scope(|scope| {
        for clerk in 0..2 {
            let mut ledger = open(&disk, &root).with_tuning(SMALL);
            scope.spawn(move || {
                for idx in 0..n_each {
                    commit(&mut ledger, &format!("c{clerk}.{idx}"), 1).expect("committed");
                }
            });
        }
        let (sealer, reader) = (open(&disk, &root).with_tuning(SMALL), (Arc::clone(&disk), root.clone()));
        scope.spawn(move || {
            let mut n_sealed = 0;
            while n_sealed < 10 {
                n_sealed += sealer.seal().expect("sealed");
            }
        });
        scope.spawn(move || {
            let mut n_seen = 0;
            while n_seen < 2 * n_each {
                let all = read_all(&reader.0, &reader.1);
                assert!(all.len() >= n_seen, "{} after {n_seen}", all.len());
                n_seen = all.len();
            }
        });
    });
    assert_eq!(read_all(&disk, &root).len(), 2 * n_each);
    super::crash::examine_real(&*disk, &root).expect("sound");
}
