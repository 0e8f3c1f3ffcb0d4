//! Promises P6, P7 and P10, as far as the journal keeps them: fair and fast commits, fast reading. Figures are printed;
//! the gates leave room for a busy machine.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use santun::store::disk::{Disk, RealDisk};
use santun::store::ledger::{Ledger, Mode};
use santun::store::record::{Entry, Stamp};

use crate::store::crash::verify_all;
use crate::store::desk::{commit, entry, key, moment, new_store, open, siti};
use crate::store::disks::MemDisk;

/// How long each commit of one writer took, for so long.
fn writer(disk: &Arc<dyn Disk>, root: &Path, name: usize, pause: Duration, until: Instant) -> Vec<Duration> {
    let mut ledger = open(disk, root);
    let mut took = Vec::new();
    while Instant::now() < until {
        let began = Instant::now();
        commit(&mut ledger, &format!("w{name}-{}", took.len()), 1).expect("committed");
        took.push(began.elapsed());
        std::thread::sleep(pause);
    }
    took
}

fn eight_writers(pause: Duration) {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("store");
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    drop(new_store(&disk, &root));
    let until = Instant::now() + Duration::from_secs(4);
    let runs: Vec<Vec<Duration>> = std::thread::scope(|scope| {
        let start = |name| {
            scope.spawn({
                let (disk, root) = (&disk, &root);
                move || writer(disk, root, name, pause, until)
            })
        };
        let threads: Vec<_> = (0..8).map(start).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let counts: Vec<usize> = runs.iter().map(Vec::len).collect();
    let mut all: Vec<Duration> = runs.into_iter().flatten().collect();
    all.sort();
    let (n, p99) = (all.len(), all[all.len() * 99 / 100]);
    let fewest = *counts.iter().min().expect("eight writers");
    println!("pause {pause:?}: {n} commits, median {:?}, p99 {p99:?}, by writer {counts:?}", all[n / 2]);
    assert!(fewest * 8 * 2 >= n, "a writer starves: {counts:?}");
    assert!(p99 <= Duration::from_millis(400), "p99 {p99:?}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn eight_writers_share_the_lock_fairly() {
    eight_writers(Duration::ZERO);
    eight_writers(Duration::from_millis(50));
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_journal_is_read_and_verified_fast() {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let root = Path::new("/store");
    let mut ledger = new_store(&disk, root);
    let n_events = 200_000;
    for n in 0..n_events / 1000 {
        let (by, key) = (siti(), key(&format!("k{n}")));
        let stamp = Stamp { key: &key, by: &by, at: moment(n), secret: [7; 32] };
        let entries: Vec<Entry> = (0..1000).map(entry).collect();
        ledger.commit(&stamp, |_| Ok::<_, ()>(entries)).expect("committed");
    }
    let began = Instant::now();
    assert_eq!(verify_all(&memory).expect("readable").n_records, n_events);
    let verified = began.elapsed();
    let began = Instant::now();
    let mut reader = Ledger::open(disk, root, Mode::Read).expect("a store");
    let mut n_read = 0;
    reader.catch_up_each(|transaction| n_read += transaction.records.len() as u64).expect("readable");
    let read = began.elapsed();
    assert_eq!(n_read, n_events);
    println!("{n_events} events: verified in {verified:?}, read in {read:?}");
    assert!(verified < Duration::from_secs(4), "{verified:?}");
    assert!(read < Duration::from_secs(4), "{read:?}");
}
