//! Promise P1: eight writers, at least five hundred kills, nothing acknowledged lost, no number skipped or given twice.

use std::time::Duration;

use crate::store::kill::{Mutant, Plan, kill_writers};

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn five_hundred_kills_of_eight_writers() {
    let longest = Duration::from_secs(300);
    let plan = Plan { n_writers: 8, n_kills: 500, seed: 20_261_030, mutant: Mutant::None, longest };
    let shown = kill_writers(plan).expect("nothing lost");
    println!("{shown:?}");
    assert!(shown.n_kills >= 500, "the machine was too slow: {shown:?}");
    assert!(shown.n_acknowledged >= 500, "{shown:?}");
    assert!(shown.n_healed > 0, "no kill ever tore a line, so nothing was tested: {shown:?}");
}
