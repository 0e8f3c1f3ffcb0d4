//! Promises P3 and P4 for every operation: power cuts at every moment, faults at every call.

use crate::store::disks::{Fault, Persistence};
use crate::store::ops::{OPERATIONS, crash, sweep};

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn every_operation_survives_power_cuts_at_every_moment() {
    let mut n_all = 0;
    for of in OPERATIONS {
        let n = crash(of, (1, 10), 20_261_030, None).unwrap_or_else(|wrong| panic!("{wrong}"));
        println!("{}: {n} states", of.name);
        n_all += n;
    }
    println!("{n_all} crash states of {} operations", OPERATIONS.len());
    assert!(n_all > 5_000, "only {n_all}");
}

/// ENOSPC, EIO, EDQUOT, EINTR, short writes and failed syncs.
const FAULTS: [Fault; 6] =
    [Fault::Errno(28), Fault::Errno(5), Fault::Errno(122), Fault::Errno(4), Fault::Short, Fault::Sync];

/// Every call fails once by one of the faults, and for ever from it on by another; every fault at every call would take
/// half an hour.
const STRIDE: usize = FAULTS.len();

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn every_operation_survives_a_fault_at_each_of_its_calls() {
    let n = sweep_all(|turn| turn % STRIDE, STRIDE);
    assert!(n > 1_500, "only {n}");
}

#[test]
#[ignore = "takes half an hour"]
fn every_operation_survives_every_fault_at_each_of_its_calls() {
    let n = sweep_all(|_| 0, 1);
    assert!(n > 10_000, "only {n}");
}

/// Sweeps every operation with every fault from the call that `first` says for its turn on. One that fails keeps none of the
/// others from being looked at.
fn sweep_all(first: impl Fn(usize) -> usize, stride: usize) -> usize {
    let (mut n_all, mut wrongs) = (0, Vec::new());
    for of in OPERATIONS {
        let mut n_of = 0;
        for (turn, what) in FAULTS.into_iter().enumerate() {
            for (shift, how) in [(0, Persistence::Once), (STRIDE / 2, Persistence::Always)] {
                match sweep(of, what, how, first(turn + shift), stride) {
                    Ok(n) => n_of += n,
                    Err(wrong) => wrongs.push(wrong),
                }
            }
        }
        println!("{}: {n_of} faults", of.name);
        n_all += n_of;
    }
    println!("{n_all} faults in {} operations", OPERATIONS.len());
    assert!(wrongs.is_empty(), "{wrongs:#?}");
    n_all
}
