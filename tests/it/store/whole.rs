//! A day of a whole store on the test disks: imports, commits and compactions; whatever a power cut or a failing disk
//! leaves is opened, and holds all that was acknowledged. `reliability` does the same in large.

use std::path::Path;
use std::sync::Arc;

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::Disk;
use santun::store::fsck::{fsck_on, repair_on};
use santun::store::{CommitError, Depth, ImportError, Mode, Moved, Repaired, Store, StoreError};

use super::desk::moment;
use super::disks::{CrashModel, Fault, Faulty, MemDisk, Persistence, Step, Twist, twisted};
use super::make::{clerk, morning, office};
use super::together::{ROOT, import, register};

/// What is done to the store.
enum Work {
    Import(&'static [&'static str]),
    Register(&'static str),
    /// So many seconds after the day began.
    Compact(u64),
}

/// A day: the second import finds an overlay, the second compaction sweeps what the first one left behind.
const DAY: &[Work] = &[
    Work::Import(&["A-1", "A-2", "A-3"]),
    Work::Register("B-1"),
    Work::Compact(1),
    Work::Register("B-2"),
    Work::Import(&["C-1", "C-2"]),
    Work::Compact(2),
    Work::Register("D-1"),
    Work::Compact(8_000),
    Work::Register("E-1"),
];

/// What became of the claims of a day.
#[derive(Debug, Default, Clone)]
struct Kept {
    /// Told to be on disk, one entry a piece of work.
    acknowledged: Vec<&'static [&'static str]>,
    /// Told not to be.
    refused: Vec<&'static [&'static str]>,
}

/// Works through the day; a refusal stops nothing.
fn work(store: &Store, mut done: impl FnMut(usize)) -> Kept {
    let mut kept = Kept::default();
    for (place, work) in DAY.iter().enumerate() {
        let (numbers, answer): (&'static [&'static str], Result<(), StoreError>) = match work {
            Work::Import(numbers) => {
                let name = format!("import-{place}");
                let answer = import(store, &name, numbers).map(drop).map_err(|error| match error {
                    ImportError::Stopped(error) | ImportError::Store(error) => error,
                    ImportError::Taken(number) => panic!("{number} is taken"),
                    ImportError::Months(month) => panic!("nobody closed {month}"),
                });
                (numbers, answer)
            }
            Work::Register(number) => {
                let answer = register(store, number).map(drop).map_err(|error| match error {
                    CommitError::Store(error) => error,
                    CommitError::Refused(refusal) => panic!("{refusal}"),
                });
                (std::slice::from_ref(number), answer)
            }
            Work::Compact(seconds) => {
                // It promises nothing.
                let _ = store.compact(&clerk(), moment(*seconds));
                continue;
            }
        };
        match answer {
            Ok(()) => kept.acknowledged.push(numbers),
            Err(StoreError::SyncFailed(_)) => {}
            Err(_) => kept.refused.push(numbers),
        }
        done(kept.acknowledged.len());
    }
    kept
}

fn new_store(disk: Arc<dyn Disk>) -> Store {
    Store::create_on(disk, Path::new(ROOT), &office(), &clerk(), &morning()).expect("a new store")
}

/// Opens what is left, as the next clerk would, works on, and says what is wrong.
fn examine(image: &MemDisk, kept: &Kept, n_acknowledged: usize) -> Result<(), String> {
    let disk: Arc<dyn Disk> = Arc::new(image.clone());
    let store =
        Store::open_on(Arc::clone(&disk), Path::new(ROOT), Mode::Write).map_err(|e| format!("open: {e}"))?;
    register(&store, "Z-1").map_err(|e| format!("commit: {e}"))?;
    holds(&store, kept, n_acknowledged)?;
    let compacted = store.compact(&clerk(), moment(20_000)).map_err(|e| format!("compact: {e}"))?;
    if compacted.moved != Moved::Yes {
        return Err("no new base".into());
    }
    holds(&store, kept, n_acknowledged)?;
    let forward = &mut |_, _| std::ops::ControlFlow::Continue(());
    let found = fsck_on(&disk, Path::new(ROOT), Depth::Full, forward).map_err(|e| format!("fsck: {e}"))?;
    if found.is_sound() { Ok(()) } else { Err(format!("{:?}", found.problems)) }
}

/// Everything acknowledged is there, nothing refused is, nothing is there twice, and of an import all or nothing.
fn holds(store: &Store, kept: &Kept, n_acknowledged: usize) -> Result<(), String> {
    let view = store.view();
    let mut there: Vec<String> = Vec::new();
    let each = &mut |claim: &santun::domain::Claim| there.push(claim.basics.claim_no.as_str().to_owned());
    view.for_each_claim(each).map_err(|e| format!("read: {e}"))?;
    there.sort();
    let n_there = there.len();
    there.dedup();
    if there.len() != n_there || view.n_claims() != n_there as u64 {
        return Err(format!("{n_there} claims, {} counted: {there:?}", view.n_claims()));
    }
    let has = |number: &&str| there.iter().any(|there| there == number);
    for numbers in kept.acknowledged.iter().take(n_acknowledged) {
        if !numbers.iter().all(&has) {
            return Err(format!("{numbers:?} was acknowledged; there is only {there:?}"));
        }
    }
    for numbers in
        DAY.iter().filter_map(|work| if let Work::Import(numbers) = work { Some(*numbers) } else { None })
    {
        let n = numbers.iter().copied().filter(|number| has(number)).count();
        if n != 0 && n != numbers.len() {
            return Err(format!("half of {numbers:?}: {there:?}"));
        }
    }
    match kept.refused.iter().find(|numbers| numbers.iter().any(&has)) {
        Some(numbers) => Err(format!("{numbers:?} was refused, and is there: {there:?}")),
        None => Ok(()),
    }
}

/// Cuts the power at moments of a day, every `stride`-th, `per_moment` times each; answers how many states were
/// examined.
pub fn crash_a_whole_day(stride: usize, per_moment: usize, seed: u64) -> Result<usize, String> {
    let memory = MemDisk::new();
    let store = new_store(Arc::new(memory.clone()));
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    let kept = work(&store, |n| memory.acknowledge(n));
    assert!(kept.refused.is_empty() && kept.acknowledged.len() == 6, "{kept:?}");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut n_states = 0;
    for (at, step) in memory.steps().iter().enumerate() {
        model.apply(step);
        let is_chosen = at % stride == usize::try_from(seed).expect("small") % stride;
        if !is_chosen || matches!(step, Step::Acknowledged(_)) {
            continue;
        }
        for _ in 0..per_moment {
            n_states += 1;
            examine(&model.crash(&mut rng), &kept, model.n_acknowledged)
                .map_err(|wrong| format!("after step {at} {}: {wrong}", name_of(step)))?;
        }
    }
    Ok(n_states)
}

/// A step without its bytes.
fn name_of(step: &Step) -> String {
    let text = format!("{step:?}");
    text.chars().take(160).collect()
}

/// A day with a fault at one call; answers whether it struck.
pub fn a_whole_day_with_a_fault(fault: Fault, at: usize, persistence: Persistence) -> Result<bool, String> {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(Arc::clone(&plain)));
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    let twist = Arc::new(Faulty::new(fault, at, persistence));
    let disk = twisted(plain, Arc::clone(&twist) as Arc<dyn Twist>);
    let kept = match Store::open_on(disk, Path::new(ROOT), Mode::Write) {
        Ok(store) => work(&store, |_| {}),
        Err(_) => Kept::default(),
    };
    memory.steps().iter().for_each(|step| model.apply(step));
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(at as u64);
    for image in [memory.copy(), model.crash(&mut rng)] {
        let disk: Arc<dyn Disk> = Arc::new(image.clone());
        let forward = &mut |_, _| std::ops::ControlFlow::Continue(());
        let repaired = repair_on(&disk, Path::new(ROOT), &clerk(), morning(), forward);
        if repaired.map_err(|e| format!("repair: {e}"))? != Repaired::Yes {
            return Err("it cannot be repaired".into());
        }
        examine(&image, &kept, usize::MAX)?;
    }
    Ok(twist.n_calls() > at)
}

/// Flips a bit of every `stride`-th byte of every batch, part and MANIFEST; answers how many flips were made, and those
/// that fsck does not find.
pub fn unfound_flips_of_the_base(stride: usize) -> (usize, Vec<(String, usize)>) {
    let memory = MemDisk::new();
    let store = new_store(Arc::new(memory.clone()));
    work(&store, |_| {});
    drop(store);
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let is_sound = || {
        let forward = &mut |_, _| std::ops::ControlFlow::Continue(());
        fsck_on(&disk, Path::new(ROOT), Depth::Full, forward).is_ok_and(|found| found.is_sound())
    };
    assert!(is_sound());
    let (mut n_flips, mut unfound) = (0, Vec::new());
    let manifest = String::from_utf8(memory.bytes("/s/MANIFEST")).expect("text");
    let (named, _) = manifest.split_once("\"retired\":").expect("what was replaced comes behind what counts");
    for path in memory.paths() {
        let path = path.display().to_string();
        let is_named = path.strip_prefix("/s/").is_some_and(|path| named.contains(path));
        if !is_named && path != "/s/MANIFEST" {
            continue;
        }
        let whole = memory.bytes(&path);
        for at in (n_flips % stride..whole.len()).step_by(stride) {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            memory.put(&path, flipped);
            n_flips += 1;
            if is_sound() {
                unfound.push((path.clone(), at));
            }
        }
        memory.put(&path, whole);
    }
    (n_flips, unfound)
}

#[test]
fn a_flip_in_any_batch_part_or_manifest_is_found() {
    let (n_flips, unfound) = unfound_flips_of_the_base(1_201);
    assert_eq!(unfound, []);
    assert!(n_flips > 30, "only {n_flips}");
}

#[test]
fn whatever_a_power_cut_leaves_of_imports_and_compactions_is_opened_and_whole() {
    let n = crash_a_whole_day(5, 1, 1).expect("recovered");
    assert!(n > 30, "only {n} states");
}

#[test]
fn a_fault_during_imports_and_compactions_is_never_answered_with_a_false_acknowledgement() {
    let faults = [
        (Fault::Errno(5), Persistence::Once, 151),
        (Fault::Errno(28), Persistence::Always, 193),
        (Fault::Short, Persistence::Once, 251),
    ];
    for (fault, persistence, stride) in faults {
        let mut at = stride / 2;
        while a_whole_day_with_a_fault(fault, at, persistence)
            .unwrap_or_else(|wrong| panic!("{fault:?} {persistence:?} at call {at}: {wrong}"))
        {
            at += stride;
        }
        assert!(at > 2 * stride, "only {at} calls");
    }
}
