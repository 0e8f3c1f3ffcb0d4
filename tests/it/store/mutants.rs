//! Every harness is run against every broken store. What a harness can see it must find; what it cannot see is said
//! here, and then another one finds it.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use santun::store::disk::Disk;
use santun::store::error::{CommitError, StoreError};
use santun::store::ledger::Tuning;
use santun::store::record::Stamp;

use crate::domain::table::rows;

use super::crash::{Marks, ROOT, a_day, crash_everywhere, cut_at_every_byte, examine_real};
use super::desk::{commit, entry, key, keys, moment, new_store, open, read_all, siti};
use super::disks::{Call, Interpose, MemDisk, Mutant, Twist, twisted};
use super::kill::a_few_kills;
use super::ops;

/// What a harness says of a broken store: kills leave what the kernel holds, so no missing sync can be seen by them; a
/// power cut never damages what was synced, so a wrong cut cannot be seen by it; and where one writer works alone no
/// lock is missed. (Of a wrong cut the operations notice that a compaction fits no journal.)
const MATRIX: &str = "
    power cuts of commits    | found | found | blind | found | blind
    power cuts of operations | found | found | blind | found | found
    cuts at every byte       | blind | blind | blind | blind | found
    two writers at once      | blind | blind | found | blind | blind";

fn harness(name: &str, mutant: Option<Mutant>) -> Result<(), String> {
    match name {
        "power cuts of commits" => crash_everywhere(&a_day(12, mutant), 10, 1).map(drop),
        "power cuts of operations" => ["a claim", "a new year"]
            .iter()
            .try_for_each(|name| ops::crash(ops::named(name), (1, 4), 1, mutant).map(drop)),
        "cuts at every byte" => cut_at_every_byte(&[1, 2], Marks::Telling, mutant).map(drop),
        "two writers at once" => two_at_once(mutant),
        other => panic!("no harness “{other}”"),
    }
}

#[test]
fn every_harness_finds_every_mutant_that_it_can_see() {
    for [name, said @ ..] in rows::<6>(MATRIX) {
        harness(&name, None).unwrap_or_else(|wrong| panic!("{name}, the store as it is: {wrong}"));
        for (mutant, said) in Mutant::ALL.into_iter().zip(said) {
            let answer = harness(&name, Some(mutant));
            assert_eq!(answer.is_err(), said == "found", "{name}, {}: {answer:?}", mutant.name());
        }
    }
    for place in 0..Mutant::ALL.len() {
        let is_found = rows::<6>(MATRIX).iter().any(|row| row[place + 1] == "found");
        assert!(is_found, "nobody finds {}", Mutant::ALL[place].name());
    }
}

/// A second writer comes right before the first one's append: it waits, or it breaks the journal.
fn two_at_once(mutant: Option<Mutant>) -> Result<(), String> {
    let memory = MemDisk::new();
    let plain: Arc<dyn Disk> = Arc::new(memory.clone());
    drop(new_store(&plain, Path::new(ROOT)));
    let disk = Mutant::on(mutant, &plain, Path::new(ROOT));
    let short = Tuning { patience: Duration::from_millis(30), ..Tuning::default() };
    let mut second = open(&disk, Path::new(ROOT)).with_tuning(short);
    let done = Arc::new(Mutex::new(Vec::new()));
    let run = {
        let done = Arc::clone(&done);
        move || match commit(&mut second, "second", 1) {
            Ok(_) => done.lock().expect("free").push("second".to_owned()),
            Err(CommitError::Store(StoreError::Busy { .. })) => {}
            Err(error) => panic!("{error}"),
        }
    };
    let interpose = Arc::new(Interpose { call: Call::Append, run: Mutex::new(None) });
    let mut first = open(&twisted(disk, Arc::clone(&interpose) as Arc<dyn Twist>), Path::new(ROOT));
    let (by, key) = (siti(), key("first"));
    let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
    let answer = first.commit(&stamp, |_| {
        *interpose.run.lock().expect("free") = Some(Box::new(run));
        Ok::<_, ()>(vec![entry(1)])
    });
    if answer.is_ok() {
        done.lock().expect("free").push("first".to_owned());
    }
    examine_real(&*plain, Path::new(ROOT))?;
    let (there, done) = (keys(&read_all(&plain, Path::new(ROOT))), done.lock().expect("free"));
    match done.iter().find(|name| !there.contains(name)) {
        Some(name) => Err(format!("{name} is lost: {there:?}")),
        None => Ok(()),
    }
}

#[test]
fn killed_writers_find_a_lock_that_is_always_granted() {
    let wrong = a_few_kills(100, Some(Mutant::NoLock)).expect_err("two writers at once");
    assert!(!wrong.is_empty());
}
