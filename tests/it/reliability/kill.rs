//! Promise P1: eight writers, at least five hundred kills, nothing acknowledged lost, no number skipped or given twice.

use std::time::Duration;

use crate::store::kill::{Plan, Shown, kill_writers};

fn eight_writers(n_kills: usize, pause: Duration, longest: Duration) -> Shown {
    let plan = Plan { n_writers: 8, n_kills, seed: 20_261_030, mutant: None, pause, longest };
    let shown = kill_writers(plan).expect("nothing lost");
    println!("{shown:?}");
    assert!(shown.n_kills >= n_kills, "the machine was too slow: {shown:?}");
    assert!(shown.n_acknowledged >= n_kills, "{shown:?}");
    assert!(shown.n_healed > 0, "no kill ever tore a line, so nothing was tested: {shown:?}");
    shown
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn five_hundred_kills_of_eight_writers() {
    eight_writers(500, Duration::from_millis(120), Duration::from_secs(300));
}

#[test]
#[ignore = "a quarter of an hour: run by hand, as docs/reliability.md says"]
fn ten_thousand_kills_of_eight_writers() {
    eight_writers(10_000, Duration::from_millis(120), Duration::from_secs(3_000));
}
