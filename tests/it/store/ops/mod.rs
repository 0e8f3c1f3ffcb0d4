//! Every operation of a store under power cuts at every moment and under faults at every call. An operation is a store
//! that is made ready, a step, and what may be there afterwards; the harness does the rest. `reliability` runs it in
//! large, here it is run in small.

mod copies;
mod list;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::{Disk, read_whole};
use santun::store::fsck::{fsck_on, repair_on};
use santun::store::{Depth, Mode, Moved, Repaired, Store, StoreError};

use super::desk::moment;
use super::disks::{CrashModel, Fault, Faulty, MemDisk, Mutant, Persistence, Step, Twist, twisted};
use super::make::{clerk, morning};
use super::together::{ROOT, register};

pub use list::OPERATIONS;

/// What must be there of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// It was acknowledged: all of it.
    All,
    /// It was refused: nothing of it.
    Nothing,
    /// Nobody was told: all of it or nothing.
    Either,
}

/// How a store stands before somebody may work at it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It is opened and worked at.
    Open,
    /// It has to be repaired first.
    Repair,
    /// There may be none yet: then it is made.
    Make,
    /// There may be none: nothing can be opened then, and nobody takes it for a store.
    WholeOrNone,
}

/// One operation.
pub struct Operation {
    pub name: &'static str,
    /// Makes the store ready on an empty disk; all of that is durable.
    pub prepare: fn(&Arc<dyn Disk>),
    /// Does it; Ok acknowledges it.
    pub run: fn(&Arc<dyn Disk>) -> Result<(), StoreError>,
    /// Claims that are there before.
    pub before: &'static [&'static str],
    /// Claims that it brings, all or none.
    pub brings: &'static [&'static str],
    /// What may be there when it says no.
    pub refused: Expect,
    /// What the next one does first.
    pub start: Start,
    /// What else must hold.
    pub more: More,
}

/// What else must hold of a store, on its disk.
pub type More = fn(&Arc<dyn Disk>, &Store, Expect) -> Result<(), String>;

/// Nothing else.
pub fn no_more(_: &Arc<dyn Disk>, _: &Store, _: Expect) -> Result<(), String> {
    Ok(())
}

/// The operation of a name.
pub fn named(name: &str) -> &'static Operation {
    OPERATIONS.iter().find(|operation| operation.name == name).unwrap_or_else(|| panic!("no “{name}”"))
}

/// Opens a store for work, as a desk does before it looks what was left undone.
pub fn open_unsettled(disk: &Arc<dyn Disk>) -> Result<Store, StoreError> {
    Store::open_on(Arc::clone(disk), Path::new(ROOT), Mode::Write)
}

/// Opens a store for work, as a desk does.
pub fn open(disk: &Arc<dyn Disk>) -> Result<Store, StoreError> {
    let store = open_unsettled(disk)?;
    let _ = store.settle(&clerk(), morning());
    Ok(store)
}

fn told<T, E: std::fmt::Display>(what: &str, answer: Result<T, E>) -> Result<T, String> {
    answer.map_err(|error| format!("{what}: {error}"))
}

fn repair(disk: &Arc<dyn Disk>) -> Result<(), String> {
    let forward = &mut |_, _| ControlFlow::Continue(());
    match told("repair", repair_on(disk, Path::new(ROOT), &clerk(), morning(), forward))? {
        Repaired::Yes => Ok(()),
        Repaired::No => {
            let found = told("fsck", fsck_on(disk, Path::new(ROOT), Depth::Full, forward))?;
            Err(format!("repair: {:?}", found.problems))
        }
    }
}

fn is_poisoned(disk: &Arc<dyn Disk>) -> bool {
    read_whole(&**disk, &Path::new(ROOT).join("lock/POISON")).is_ok()
}

fn look(image: &MemDisk) -> Result<(), String> {
    let disk: Arc<dyn Disk> = Arc::new(image.clone());
    let found = fsck_on(&disk, Path::new(ROOT), Depth::Full, &mut |_, _| ControlFlow::Continue(()));
    let found = told("fsck", found)?;
    if found.is_sound() { Ok(()) } else { Err(format!("fsck: {:?}", found.problems)) }
}

/// Goes on with what is left as the next clerk would, and says what is wrong.
pub fn examine(
    disk: &Arc<dyn Disk>,
    image: &MemDisk,
    of: &Operation,
    expect: Expect,
    start: Start,
) -> Result<(), String> {
    let store = match start {
        Start::Open => told("open", open(disk))?,
        Start::Repair => {
            repair(disk)?;
            told("open", open(disk))?
        }
        Start::Make => {
            if let Err(StoreError::Poisoned(_)) = open(disk) {
                // What fsck says of a store without its office is not asked: it takes POISON away.
                let _ = repair(disk);
            }
            match open(disk) {
                Err(StoreError::NotAStore(_)) if expect != Expect::All => {
                    (of.run)(disk).map_err(|error| format!("made again: {error}"))?;
                    told("open", open(disk))?
                }
                opened => told("open", opened)?,
            }
        }
        Start::WholeOrNone => match open(disk) {
            Err(StoreError::NotAStore(_)) if expect != Expect::All => return Ok(()),
            Err(StoreError::Poisoned(_)) => {
                repair(disk)?;
                told("open", open(disk))?
            }
            // It can be read all the same, and says so to whoever wants to write.
            Ok(_) if is_poisoned(disk) => {
                repair(disk)?;
                told("open", open(disk))?
            }
            opened => told("open", opened)?,
        },
    };
    holds(disk, &store, of, expect, &[])?;
    told("commit", register(&store, "Z-1"))?;
    holds(disk, &store, of, expect, &["Z-1"])?;
    look(image)?;
    let compacted = told("compact", store.compact(&clerk(), moment(20_000)))?;
    if compacted.moved != Moved::Yes {
        return Err("no new base".into());
    }
    holds(disk, &told("open", open(disk))?, of, expect, &["Z-1"])?;
    look(image)
}

/// What must be there is, nothing else is, nothing twice.
fn holds(
    disk: &Arc<dyn Disk>,
    store: &Store,
    of: &Operation,
    expect: Expect,
    later: &[&str],
) -> Result<(), String> {
    let view = store.view();
    let mut there: Vec<String> = Vec::new();
    let each = &mut |claim: &santun::domain::Claim| there.push(claim.basics.claim_no.as_str().to_owned());
    told("read", view.for_each_claim(each))?;
    let mut left: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    if left.len() != there.len() || view.n_claims() != there.len() as u64 {
        return Err(format!("{} counted: {there:?}", view.n_claims()));
    }
    if let Some(lost) = of.before.iter().chain(later).find(|number| !left.remove(**number)) {
        return Err(format!("{lost} is lost: {there:?}"));
    }
    let n_brought = of.brings.iter().filter(|number| left.remove(**number)).count();
    let is_right = match expect {
        Expect::All => n_brought == of.brings.len(),
        Expect::Nothing => n_brought == 0,
        Expect::Either => n_brought == 0 || n_brought == of.brings.len(),
    };
    if !is_right || !left.is_empty() {
        return Err(format!("{expect:?} of {:?}: {there:?}", of.brings));
    }
    (of.more)(disk, store, expect)
}

/// A store that is ready for an operation.
fn ready(of: &Operation) -> MemDisk {
    let memory = MemDisk::new();
    (of.prepare)(&(Arc::new(memory.clone()) as Arc<dyn Disk>));
    memory
}

/// The disk as the program uses it, or as a mutant of it does.
fn used(mutant: Option<Mutant>, memory: &MemDisk, fresh_mark: &[u8]) -> Arc<dyn Disk> {
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    mutant.map_or(Arc::clone(&plain), |mutant| mutant.disk(plain, fresh_mark))
}

/// Cuts the power at every `stride`-th moment of an operation, so many times each; answers how many states were examined.
pub fn crash(
    of: &Operation,
    (stride, per_moment): (usize, usize),
    seed: u64,
    mutant: Option<Mutant>,
) -> Result<usize, String> {
    let memory = ready(of);
    let fresh_mark = memory.snapshot_bytes("/s/lock/committed");
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    (of.run)(&used(mutant, &memory, &fresh_mark)).map_err(|error| format!("{}: {error}", of.name))?;
    memory.acknowledge(1);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut n_states = 0;
    for (at, step) in memory.steps().iter().enumerate() {
        model.apply(step);
        let expect = if model.n_acknowledged == 1 { Expect::All } else { Expect::Either };
        let n = if model.is_durable() { 1 } else { per_moment };
        let n = if at % stride == 0 { n } else { 0 };
        for _ in 0..n {
            n_states += 1;
            let image = model.crash(&mut rng);
            examine(&used(mutant, &image, &fresh_mark), &image, of, expect, of.start)
                .map_err(|wrong| format!("{} after step {at} {}: {wrong}", of.name, short(step)))?;
        }
    }
    Ok(n_states)
}

/// A step without its bytes.
fn short(step: &Step) -> String {
    format!("{step:?}").chars().take(120).collect()
}

/// Lets one call of an operation fail, or all from it on, and then, too, cuts the power; answers whether a call was
/// there to fail.
fn fault(of: &Operation, ready: &MemDisk, what: Fault, at: usize, how: Persistence) -> Result<bool, String> {
    let memory = ready.copy();
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    let twist = Arc::new(Faulty::new(what, at, how).forgetting(&memory));
    let disk = twisted(Arc::new(memory.clone()), Arc::clone(&twist) as Arc<dyn Twist>);
    let expect = match (of.run)(&disk) {
        Ok(()) => Expect::All,
        Err(StoreError::SyncFailed(_)) => Expect::Either,
        Err(_) => of.refused,
    };
    if twist.n_calls() <= at {
        return Ok(false);
    }
    memory.steps().iter().for_each(|step| model.apply(step));
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(at as u64);
    // A power cut after every second fault: each of the two is a whole look at a store.
    let cut = at.is_multiple_of(2).then(|| (" and a power cut", model.crash(&mut rng)));
    for (then, image) in std::iter::once(("", memory.copy())).chain(cut) {
        let disk: Arc<dyn Disk> = Arc::new(image.clone());
        let start = if of.start == Start::Open { Start::Repair } else { of.start };
        examine(&disk, &image, of, expect, start)
            .map_err(|wrong| format!("{}: {what:?} {how:?} at call {at}{then}: {wrong}", of.name))?;
    }
    Ok(true)
}

/// Lets every `stride`-th call of an operation fail, from the call `first` on; answers how many faults were made.
pub fn sweep(
    of: &Operation,
    what: Fault,
    how: Persistence,
    first: usize,
    stride: usize,
) -> Result<usize, String> {
    let ready = ready(of);
    let (mut at, mut n_faults) = (first, 0);
    while fault(of, &ready, what, at, how)? {
        n_faults += 1;
        at += stride;
    }
    Ok(n_faults)
}

#[test]
fn operations_survive_power_cuts() {
    for of in OPERATIONS {
        let n = crash(of, (5, 1), 7, None).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert!(n > 0, "{}: no state", of.name);
    }
}

#[test]
fn an_init_is_gone_on_with_after_any_fault() {
    let init = OPERATIONS.iter().find(|of| of.start == Start::Make).expect("it is one of them");
    for what in [Fault::Errno(28), Fault::Sync] {
        let n = sweep(init, what, Persistence::Once, 0, 1).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert!(n > 5, "only {n} faults");
    }
}

#[test]
fn operations_survive_faults() {
    for of in OPERATIONS {
        for (what, how, stride) in
            [(Fault::Errno(28), Persistence::Always, 97), (Fault::Sync, Persistence::Once, 23)]
        {
            sweep(of, what, how, 0, stride).unwrap_or_else(|wrong| panic!("{wrong}"));
        }
    }
}
