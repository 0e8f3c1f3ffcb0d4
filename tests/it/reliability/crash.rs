//! Promises P3, P4 and P5 in large: crash states, faults at every call, flips of every bit.

use crate::store::crash::{
    Marks, a_day, a_day_with_a_fault, crash_everywhere, cut_at_every_byte, three_segments, unfound_flips,
};
use crate::store::disks::{Fault, Persistence};
use crate::store::sealed::sealed_store;
use crate::store::whole::{a_whole_day_with_a_fault, crash_a_whole_day, unfound_flips_of_the_base};

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn fifty_thousand_crash_states_recover_to_a_prefix_with_everything_acknowledged() {
    let mut n_states = 0;
    for (round, n_commits) in [6, 12, 18, 24].into_iter().cycle().enumerate() {
        let seed = round as u64;
        n_states += crash_everywhere(&a_day(n_commits, None), 60, seed).expect("recovered");
        if n_states >= 50_000 {
            break;
        }
    }
    println!("{n_states} crash states");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn faults_at_every_call_of_every_kind() {
    const ERRNOS: [i32; 8] = [1, 4, 5, 13, 24, 28, 30, 122]; // EPERM EINTR EIO EACCES EMFILE ENOSPC EROFS EDQUOT
    let faults = ERRNOS.map(Fault::Errno).into_iter().chain([Fault::Short]);
    for fault in faults {
        for persistence in [Persistence::Once, Persistence::Always] {
            let mut at = 0;
            while a_day_with_a_fault(fault, at, persistence).expect("no false acknowledgement") {
                at += 1;
            }
            assert!(at > 50, "only {at} calls");
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_flip_of_any_bit_of_the_journal_is_found() {
    assert_eq!(unfound_flips(&three_segments(), |_| (0..8).collect()), []);
    assert_eq!(unfound_flips(&sealed_store(), |_| (0..8).collect()), []);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_journal_cut_at_every_byte_under_every_watermark() {
    let n_states = cut_at_every_byte(&[1, 2, 3, 1, 2, 3, 1, 2], Marks::All, None).expect("as it should be");
    println!("{n_states} cuts");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn imports_and_compactions_recover_from_a_power_cut_at_any_moment() {
    let n_states: usize = (0..3).map(|seed| crash_a_whole_day(1, 2, seed).expect("recovered")).sum();
    println!("{n_states} crash states of a whole store");
    assert!(n_states > 900);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn faults_during_imports_and_compactions() {
    let faults = [5, 28, 30].map(Fault::Errno).into_iter().chain([Fault::Short]);
    for (turn, fault) in faults.enumerate() {
        for persistence in [Persistence::Once, Persistence::Always] {
            let mut at = turn;
            while a_whole_day_with_a_fault(fault, at, persistence)
                .unwrap_or_else(|wrong| panic!("{fault:?} {persistence:?} at call {at}: {wrong}"))
            {
                at += 29;
            }
            assert!(at > 500, "only {at} calls");
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_flip_of_batches_parts_and_manifest_is_found() {
    let (n_flips, unfound) = unfound_flips_of_the_base(23);
    println!("{n_flips} flips");
    assert_eq!(unfound, []);
    assert!(n_flips > 2_000, "only {n_flips}");
}
