//! Power cuts, cut files, flipped bytes, failing and lying disks, in small; `reliability` does the same in large.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::Disk;
use santun::store::error::{CommitError, StoreError};
use santun::store::format::Layout;
use santun::store::ledger::{Committed, Ledger, Mode, Tuning};
use santun::store::record::Transaction;
use santun::store::verify::{Depth, Gravity, Verified, mend, verify};
use santun::store::watermark::read_slots;

use super::desk::{commit, entry, key, keys, moment, new_store, open, read_all, settle, siti};
use super::disks::{
    Call, CrashModel, Deed, Fault, Faulty, Interpose, MemDisk, Mutant, Persistence, Recording, Step, Twist,
    twisted,
};

/// Where the store lies on a disk in memory.
pub const ROOT: &str = "/store";
/// Its first segment.
pub const SEGMENT: &str = "/store/journal/2026/000000000001.jsonl";

/// Verifies all of it.
pub fn verify_all(disk: &dyn Disk) -> Result<Verified, StoreError> {
    verify(disk, Path::new(ROOT), Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(()))
}

/// Says what is wrong with a store anywhere.
pub fn examine_real(disk: &dyn Disk, root: &Path) -> Result<(), String> {
    let found = verify(disk, root, Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(()));
    let found = found.map_err(|e| format!("verify: {e}"))?;
    let worse = found.findings.iter().find(|finding| finding.code.gravity() > Gravity::Note);
    worse.map_or(Ok(()), |finding| Err(format!("{finding:?}")))
}

/// Where the watermark stands.
const MARK: &str = "/store/lock/committed";

/// A day on a disk: what was done to it, and what was committed, in order.
pub struct Day {
    pub start: CrashModel,
    pub steps: Vec<Step>,
    pub committed: Vec<Transaction>,
    mutant: Option<Mutant>,
    fresh_mark: Vec<u8>,
}

impl Day {
    /// The disk as the day's program uses it.
    fn used(&self, disk: Arc<dyn Disk>) -> Arc<dyn Disk> {
        match self.mutant {
            Some(mutant) => mutant.disk(disk, &self.fresh_mark),
            None => disk,
        }
    }
}

/// Commits transactions of different sizes, with a segment so small that it is followed by others.
pub fn a_day(n: usize, mutant: Option<Mutant>) -> Day {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&plain, Path::new(ROOT)));
    let start = CrashModel::durable(&memory.snapshot());
    memory.record();
    let fresh_mark = memory.bytes(MARK);
    let mut day = Day { start, steps: Vec::new(), committed: Vec::new(), mutant, fresh_mark };
    let small = Tuning { segment_max_bytes: 4000, ..Tuning::default() };
    let mut ledger = open(&day.used(plain), Path::new(ROOT)).with_tuning(small);
    for idx in 0..n {
        let lines = [1, 1, 3, 1, 2, 5][idx % 6];
        let done = commit(&mut ledger, &format!("k{idx}"), lines).expect("committed");
        day.committed.push(done.transaction().clone());
        memory.acknowledge(day.committed.len());
    }
    Day { steps: memory.steps(), ..day }
}

/// Opens what a crash left, as the next clerk would, and says what is wrong with it.
pub fn examine(image: &MemDisk, committed: &[Transaction], n_acknowledged: usize) -> Result<(), String> {
    examine_by(&(Arc::new(image.clone()) as Arc<dyn Disk>), image, committed, n_acknowledged)
}

/// The same by a program that uses the disk in its own way.
fn examine_by(
    disk: &Arc<dyn Disk>,
    image: &MemDisk,
    committed: &[Transaction],
    n_acknowledged: usize,
) -> Result<(), String> {
    let root = Path::new(ROOT);
    let mut ledger = Ledger::open(Arc::clone(disk), root, Mode::Write).map_err(|e| format!("open: {e}"))?;
    settle(&mut ledger).map_err(|e| format!("settle: {e}"))?;
    let all = ledger.catch_up().map_err(|e| format!("catch up: {e}"))?;
    let ours: Vec<&Transaction> = all.iter().filter(|t| t.records[0].op != "store.recovered").collect();
    if ours.len() < n_acknowledged {
        return Err(format!("lost: {} of {n_acknowledged} acknowledged", ours.len()));
    }
    if !ours.iter().zip(committed).all(|(found, expected)| **found == *expected)
        || ours.len() > committed.len()
    {
        return Err(format!("not a prefix: {:?}", keys(&all)));
    }
    let fresh = commit(&mut ledger, "afterwards", 2).map_err(|e| format!("commit: {e}"))?;
    if !matches!(fresh, Committed::Fresh(_)) {
        return Err("the next commit is not fresh".into());
    }
    let found = verify_all(image).map_err(|e| format!("verify: {e}"))?;
    match found.findings.iter().find(|finding| finding.code.gravity() > Gravity::Note) {
        Some(finding) => Err(format!("{finding:?}")),
        None if found.end.head != ledger.head() => Err("another end".into()),
        None => Ok(()),
    }
}

/// Crashes at every moment of a day, `per_moment` times each; answers how many states were examined.
pub fn crash_everywhere(day: &Day, per_moment: usize, seed: u64) -> Result<usize, String> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut model = day.start.clone();
    let mut n_states = 0;
    for (at, step) in day.steps.iter().enumerate() {
        model.apply(step);
        let n = if model.is_durable() { 1 } else { per_moment };
        for _ in 0..n {
            n_states += 1;
            let image = model.crash(&mut rng);
            examine_by(&day.used(Arc::new(image.clone())), &image, &day.committed, model.n_acknowledged)
                .map_err(|wrong| format!("after step {at} {step:?}: {wrong}"))?;
        }
    }
    Ok(n_states)
}

#[test]
fn whatever_a_power_cut_leaves_recovers_to_a_prefix_with_everything_acknowledged() {
    let n = crash_everywhere(&a_day(12, None), 10, 1).expect("recovered");
    assert!(n > 200, "only {n} states");
}

/// Crashes once at every moment of a day, and again at every moment of healing what that left; answers how many states
/// were examined.
pub fn crash_while_healing(day: &Day, per_moment: usize, seed: u64) -> Result<usize, String> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut model = day.start.clone();
    let mut n_states = 0;
    for (at, step) in day.steps.iter().enumerate() {
        model.apply(step);
        if model.is_durable() {
            continue;
        }
        let image = model.crash(&mut rng);
        let mut healing = CrashModel::durable(&image.snapshot());
        image.record();
        let disk: Arc<dyn Disk> = Arc::new(image.clone());
        settle(&mut open(&disk, Path::new(ROOT))).map_err(|e| format!("settle: {e}"))?;
        for healed in image.steps() {
            healing.apply(&healed);
            for _ in 0..per_moment {
                n_states += 1;
                examine(&healing.crash(&mut rng), &day.committed, model.n_acknowledged)
                    .map_err(|wrong| format!("after step {at} and {healed:?}: {wrong}"))?;
            }
        }
    }
    Ok(n_states)
}

#[test]
fn a_second_power_cut_while_healing_loses_nothing_either() {
    let n_states = crash_while_healing(&a_day(12, None), 1, 2).expect("recovered");
    assert!(n_states > 100, "only {n_states} states");
}

/// Which watermarks a cut journal is put under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// The newest one that such a file may have, the first one that it may not, and the oldest.
    Telling,
    /// Every one.
    All,
}

/// Cuts a journal of transactions of so many lines at every byte, under watermarks: what the watermark allows recovers,
/// what it does not is refused and not a byte more is taken away. Answers how many states were examined.
pub fn cut_at_every_byte(lines: &[u64], marks: Marks, mutant: Option<Mutant>) -> Result<usize, String> {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&disk, Path::new(ROOT));
    let fresh_mark = memory.bytes(MARK);
    let mut ends = vec![(memory.bytes(SEGMENT).len(), memory.bytes(MARK))];
    let mut committed = Vec::new();
    for (idx, n) in lines.iter().enumerate() {
        let done = commit(&mut ledger, &format!("k{idx}"), *n).expect("committed");
        committed.push(done.transaction().clone());
        ends.push((memory.bytes(SEGMENT).len(), memory.bytes(MARK)));
    }
    let whole = memory.bytes(SEGMENT);
    let mut n_states = 0;
    for cut in 0..=whole.len() {
        let newest = ends.iter().rposition(|(end, _)| *end <= cut);
        let first_wrong = newest.map_or(0, |newest| newest + 1);
        for (n_acknowledged, (end, mark)) in ends.iter().enumerate() {
            let is_telling = [newest.unwrap_or(0), first_wrong, 0].contains(&n_acknowledged);
            if marks == Marks::Telling && !is_telling {
                continue;
            }
            n_states += 1;
            let image = memory.copy();
            image.put(SEGMENT, whole[..cut].to_vec());
            image.put(MARK, mark.clone());
            let plain: Arc<dyn Disk> = Arc::new(image.clone());
            let disk = mutant.map_or(Arc::clone(&plain), |mutant| mutant.disk(plain, &fresh_mark));
            let found = examine_by(&disk, &image, &committed, n_acknowledged);
            let is_refused = found.as_ref().is_err_and(|wrong| wrong.starts_with("settle"));
            let is_right =
                if cut >= *end { found.is_ok() } else { is_refused && image.bytes(SEGMENT) == whole[..cut] };
            if !is_right {
                return Err(format!("cut at {cut}, watermark {n_acknowledged}: {found:?}"));
            }
        }
    }
    Ok(n_states)
}

#[test]
fn a_journal_cut_at_every_byte_opens_to_what_its_watermark_allows() {
    cut_at_every_byte(&[1, 2, 1], Marks::Telling, None).expect("recovered or refused");
}

/// A store with three segments.
pub fn three_segments() -> MemDisk {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let small = Tuning { segment_max_bytes: 1200, ..Tuning::default() };
    let mut ledger = new_store(&disk, Path::new(ROOT)).with_tuning(small);
    for idx in 0..5 {
        commit(&mut ledger, &format!("k{idx}"), 1 + idx % 2).expect("committed");
    }
    assert_eq!(journal_files(&memory).len(), 3);
    assert_eq!(verify_all(&memory).expect("readable").findings, []);
    memory
}

/// The journal's files on a disk.
pub fn journal_files(memory: &MemDisk) -> Vec<String> {
    let paths = memory.paths().into_iter().map(|path| path.display().to_string());
    paths.filter(|path| path.contains("/journal/")).collect()
}

/// Flips bits of every byte of the journal and counts the flips that fsck does not find.
pub fn unfound_flips(memory: &MemDisk, bits_of: impl Fn(usize) -> Vec<u8>) -> Vec<(String, usize, u8)> {
    let mut unfound = Vec::new();
    for path in journal_files(memory) {
        let whole = memory.bytes(&path);
        for at in 0..whole.len() {
            for bit in bits_of(at) {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << bit;
                memory.put(&path, flipped);
                let found = verify_all(memory);
                if !found.is_ok_and(|found| found.is_damaged()) {
                    unfound.push((path.clone(), at, bit));
                }
            }
        }
        memory.put(&path, whole);
    }
    unfound
}

#[test]
fn a_flip_of_any_byte_of_the_journal_is_found() {
    let unfound = unfound_flips(&three_segments(), |at| vec![u8::try_from(at % 8).expect("small")]);
    assert_eq!(unfound, []);
}

#[test]
fn a_missing_or_swapped_segment_is_found() {
    let memory = three_segments();
    let files = journal_files(&memory);
    for (idx, path) in files.iter().enumerate() {
        let image = memory.copy();
        image.unlink(Path::new(path)).expect("there");
        assert!(verify_all(&image).expect("readable").is_damaged(), "without {path}");
        let other = &files[(idx + 1) % files.len()];
        let image = memory.copy();
        image.put(path, memory.bytes(other));
        assert!(verify_all(&image).expect("readable").is_damaged(), "{path} holds {other}");
    }
}

#[test]
fn the_quick_look_finds_damage_of_the_last_segment_and_of_the_borders() {
    let memory = three_segments();
    let quick = |disk: &MemDisk| {
        verify(disk, Path::new(ROOT), Depth::Quick, &mut |_, _| std::ops::ControlFlow::Continue(()))
            .expect("readable")
    };
    assert_eq!(quick(&memory).findings, []);
    let files = journal_files(&memory);
    let flip = |path: &str, at: usize| {
        let image = memory.copy();
        let mut bytes = memory.bytes(path);
        bytes[at] ^= 1;
        image.put(path, bytes);
        quick(&image).is_damaged()
    };
    assert!(flip(&files[2], 300));
    assert!(flip(&files[1], memory.bytes(&files[1]).len() - 30));
}

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// A day with a fault at one call: nothing acknowledged may be missing, nothing refused may be there. Answers whether
/// the fault struck.
pub fn a_day_with_a_fault(fault: Fault, at: usize, persistence: Persistence) -> Result<bool, String> {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&plain, Path::new(ROOT)));
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    let twist = Arc::new(Faulty::new(fault, at, persistence));
    let disk = twisted(Arc::clone(&plain), Arc::clone(&twist) as Arc<dyn Twist>);
    let (mut acknowledged, mut not_saved) = (Vec::new(), Vec::new());
    if let Ok(ledger) = Ledger::open(Arc::clone(&disk), Path::new(ROOT), Mode::Write) {
        let small = Tuning { segment_max_bytes: 900, ..Tuning::default() };
        let mut ledger = ledger.with_tuning(small);
        for idx in 0..4_u64 {
            let name = format!("k{idx}");
            match commit(&mut ledger, &name, 1 + idx % 2) {
                Ok(_) => acknowledged.push(name),
                Err(CommitError::Store(StoreError::SyncFailed(_))) => {}
                Err(_) => not_saved.push(name),
            }
        }
    }
    memory.steps().iter().for_each(|step| model.apply(step));
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(at as u64);
    for image in [memory.copy(), model.crash(&mut rng)] {
        check_after_fault(&image, &acknowledged, &not_saved)?;
    }
    Ok(twist.n_calls() > at)
}

fn check_after_fault(image: &MemDisk, acknowledged: &[String], not_saved: &[String]) -> Result<(), String> {
    let disk: Arc<dyn Disk> = Arc::new(image.clone());
    let mended = mend(&*disk, Path::new(ROOT), &mut |_, _| std::ops::ControlFlow::Continue(()));
    let mended = mended.map_err(|e| format!("mend: {e}"))?;
    if mended.is_damaged() {
        return Err(format!("damaged: {:?}", mended.findings));
    }
    settle(&mut open(&disk, Path::new(ROOT))).map_err(|e| format!("settle: {e}"))?;
    let found = keys(&read_all(&disk, Path::new(ROOT)));
    match acknowledged.iter().find(|name| !found.contains(name)) {
        Some(lost) => return Err(format!("{lost} was acknowledged and is not there: {found:?}")),
        None if found.iter().any(|name| not_saved.contains(name)) => {
            return Err(format!("of {not_saved:?} none should be there: {found:?}"));
        }
        None => {}
    }
    commit(&mut open(&disk, Path::new(ROOT)), "afterwards", 1).map_err(|e| format!("commit: {e}")).map(drop)
}

#[test]
fn a_fault_at_any_call_is_never_answered_with_a_false_acknowledgement() {
    let faults = [
        (Fault::Errno(EIO), Persistence::Once),
        (Fault::Errno(EIO), Persistence::Always),
        (Fault::Errno(ENOSPC), Persistence::Once),
        (Fault::Short, Persistence::Once),
    ];
    for (fault, persistence) in faults {
        let mut at = 0;
        while a_day_with_a_fault(fault, at, persistence)
            .unwrap_or_else(|wrong| panic!("{fault:?} {persistence:?} at call {at}: {wrong}"))
        {
            at += 1;
        }
        assert!(at > 50, "only {at} calls");
    }
}

/// Some calls always fail.
#[derive(Debug)]
struct Failing(&'static [Call]);

impl Twist for Failing {
    fn decide(&self, call: Call, _path: &Path) -> Deed {
        if self.0.contains(&call) { Deed::Fail(std::io::Error::from_raw_os_error(EIO)) } else { Deed::Pass }
    }
}

#[test]
fn after_a_failed_sync_without_poison_the_next_writer_writes_the_bytes_again() {
    // The sync fails and so does POISON. The bytes are still in the kernel's memory, marked clean: the next writer reads
    // them, and a sync alone would not bring them to the disk.
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&plain, Path::new(ROOT)));
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    let failing = twisted(Arc::clone(&plain), Arc::new(Failing(&[Call::SyncData, Call::Create])));
    let answer = commit(&mut open(&failing, Path::new(ROOT)), "a", 1);
    assert!(matches!(answer, Err(CommitError::Store(StoreError::SyncFailed(_)))));
    let n_before = memory.steps().len();
    settle(&mut open(&plain, Path::new(ROOT))).expect("settled");
    let shown = read_all(&plain, Path::new(ROOT));
    assert_eq!(keys(&shown), ["a"]);
    let steps = memory.steps();
    steps[..n_before].iter().for_each(|step| model.apply(step));
    model.forget_unsynced();
    steps[n_before..].iter().for_each(|step| model.apply(step));
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(4);
    for _ in 0..50 {
        examine(&model.crash(&mut rng), &shown, 1).expect("what was shown stays");
    }
}

#[test]
fn a_failed_write_is_taken_back() {
    /// The first append writes a part, the second says that the disk is full.
    #[derive(Debug, Default)]
    struct FillingUp(std::sync::atomic::AtomicUsize);
    impl Twist for FillingUp {
        fn decide(&self, call: Call, _path: &Path) -> Deed {
            match call {
                Call::Append if self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 => {
                    Deed::Short(100)
                }
                Call::Append => Deed::Fail(std::io::Error::from_raw_os_error(ENOSPC)),
                _ => Deed::Pass,
            }
        }
    }
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&plain, Path::new(ROOT)));
    let before = memory.bytes(SEGMENT);
    let full = twisted(plain, Arc::new(FillingUp::default()));
    let answer = commit(&mut open(&full, Path::new(ROOT)), "a", 1);
    assert!(matches!(answer, Err(CommitError::Store(StoreError::DiskFull { .. }))));
    assert_eq!(memory.bytes(SEGMENT), before);
    assert_eq!(verify_all(&memory).expect("readable").findings, []);
}

#[test]
fn a_failed_sync_is_final() {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&plain, Path::new(ROOT)));
    let failing = twisted(Arc::clone(&plain), Arc::new(Failing(&[Call::SyncData])));
    let mut ledger = open(&failing, Path::new(ROOT));
    assert!(matches!(commit(&mut ledger, "a", 1), Err(CommitError::Store(StoreError::SyncFailed(_)))));
    // Also another process, with a disk that is well again, writes nothing until fsck has looked.
    let mut other = open(&plain, Path::new(ROOT));
    assert!(matches!(commit(&mut other, "b", 1), Err(CommitError::Store(StoreError::Poisoned(_)))));
    assert!(read_all(&plain, Path::new(ROOT)).is_empty(), "what is not durable is not shown");
    mend(&*plain, Path::new(ROOT), &mut |_, _| std::ops::ControlFlow::Continue(())).expect("mended");
    commit(&mut other, "b", 1).expect("committed");
    assert_eq!(keys(&read_all(&plain, Path::new(ROOT))), ["a", "b"]);
    assert!(
        matches!(commit(&mut other, "a", 1), Ok(Committed::Repeated(_))),
        "the key tells that it was saved"
    );
}

#[test]
fn a_full_disk_is_told_before_anything_is_written() {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&disk, Path::new(ROOT));
    memory.set_free(1000);
    let before = memory.bytes(SEGMENT);
    let refused = commit(&mut ledger, "a", 1);
    assert!(matches!(refused, Err(CommitError::Store(StoreError::DiskFull { free_bytes: 1000 }))));
    assert_eq!(memory.bytes(SEGMENT), before);
}

#[test]
fn a_commit_is_durable_before_it_is_visible() {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory);
    drop(new_store(&plain, Path::new(ROOT)));
    let recording = Arc::new(Recording::default());
    let disk = twisted(plain, Arc::clone(&recording) as Arc<dyn Twist>);
    let mut ledger = open(&disk, Path::new(ROOT));
    recording.take();
    commit(&mut ledger, "a", 2).expect("committed");
    let segment = PathBuf::from(SEGMENT);
    let watermark = PathBuf::from("/store/lock/committed");
    let writes: Vec<(Call, PathBuf)> = recording
        .take()
        .into_iter()
        .filter(|(call, path)| {
            let writes =
                matches!(call, Call::Append | Call::WriteAt | Call::SyncData | Call::SyncAll | Call::Lock);
            writes && (*path == segment || *path == watermark || *call == Call::Lock)
        })
        .collect();
    let expected = [
        (Call::Lock, PathBuf::from("/store/lock/writer.lock")),
        (Call::Append, segment.clone()),
        (Call::SyncData, segment),
        (Call::WriteAt, watermark),
    ];
    assert_eq!(writes, expected, "one buffer, one sync, then the watermark");
}

#[test]
fn a_lock_that_is_none_is_noticed() {
    // Two writers whose locks are both granted: the second commits at the worst moment of the first.
    for call in [Call::Append, Call::Len] {
        let memory = MemDisk::new();
        let plain: Arc<dyn Disk> = Arc::new(memory.clone());
        drop(new_store(&plain, Path::new(ROOT)));
        let unlocked = Mutant::on(Some(Mutant::NoLock), &plain, Path::new(ROOT));
        let mut second = open(&unlocked, Path::new(ROOT));
        let run = move || drop(commit(&mut second, "second", 1).expect("committed"));
        let interpose = Arc::new(Interpose { call, run: Mutex::new(None) });
        let first_disk = twisted(unlocked, Arc::clone(&interpose) as Arc<dyn Twist>);
        let mut first = open(&first_disk, Path::new(ROOT));
        commit(&mut first, "zero", 1).expect("committed");
        let (by, key) = (siti(), key("first"));
        let stamp = santun::store::record::Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
        let answer = first.commit(&stamp, |_| {
            *interpose.run.lock().expect("free") = Some(Box::new(run));
            Ok::<_, ()>(vec![entry(1)])
        });
        let noticed = matches!(answer, Err(CommitError::Store(StoreError::LockBroken)));
        let found = verify_all(&*plain).expect("readable").is_damaged();
        assert!(noticed || found, "{call:?}: two records have one number and nobody says so");
        assert_eq!(noticed, call == Call::Len, "{call:?}");
    }
}

#[test]
fn a_power_cut_while_a_store_is_made_leaves_none_or_a_whole_one() {
    let memory = MemDisk::new();
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&disk, Path::new(ROOT)));
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
    let (mut n_none, mut n_whole) = (0, 0);
    for step in memory.steps() {
        model.apply(&step);
        for _ in 0..8 {
            let image = model.crash(&mut rng);
            let disk: Arc<dyn Disk> = Arc::new(image.clone());
            match Ledger::open(Arc::clone(&disk), Path::new(ROOT), Mode::Write) {
                Ok(_) => n_whole += 1,
                Err(StoreError::NotAStore(_)) => {
                    n_none += 1;
                    drop(new_store(&disk, Path::new(ROOT)));
                }
                Err(error) => panic!("after {step:?}: {error}"),
            }
            let leftovers = verify_all(&image).expect("readable").findings;
            assert!(
                leftovers.iter().all(|f| f.code.gravity() == Gravity::Note),
                "after {step:?}: {leftovers:?}"
            );
            commit(&mut open(&disk, Path::new(ROOT)), "a", 1).expect("committed");
        }
    }
    assert!(n_none > 0 && n_whole > 0, "{n_none} without a store, {n_whole} with one");
    let last: Arc<dyn Disk> = Arc::new(model.crash(&mut rng));
    assert!(Ledger::open(last, Path::new(ROOT), Mode::Read).is_ok(), "durable when it returns");
}

#[test]
fn no_fault_takes_the_watermark_back() {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&plain, Path::new(ROOT));
    for name in ["a", "b", "c", "d"] {
        commit(&mut ledger, name, 1).expect("committed");
        let layout = Layout::new(Path::new(ROOT));
        let newest = |disk: &dyn Disk| read_slots(disk, &layout).expect("readable").newest().expect("a mark");
        let before = newest(&*plain);
        for at in 0.. {
            let copy: Arc<dyn Disk> = Arc::new(memory.copy());
            let faulty = Arc::new(Faulty::new(Fault::Errno(5), at, Persistence::Once));
            let disk = twisted(Arc::clone(&copy), Arc::clone(&faulty) as Arc<dyn Twist>);
            if let Ok(mut ledger) = Ledger::open(disk, Path::new(ROOT), Mode::Write) {
                let _ = commit(&mut ledger, "x", 1);
            }
            if faulty.n_calls() <= at {
                break;
            }
            assert!(newest(&*copy).position >= before.position, "after {name}: call {at}");
        }
    }
}
