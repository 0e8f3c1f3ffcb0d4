//! P8: what one process commits another one has read within half a second, every time.

use std::sync::Arc;
use std::time::Duration;

use santun::store::disk::RealDisk;

use crate::store::disks::twisted;
use crate::store::follow::{NoWatch, delays};

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn commits_of_another_process_are_seen_within_half_a_second() {
    let by_notice = delays(Arc::new(RealDisk::new()), 50);
    let by_looking = delays(twisted(Arc::new(RealDisk::new()), Arc::new(NoWatch)), 20);
    println!("P8: by notice, median {:?}, longest {:?} of 50", by_notice[25], by_notice[49]);
    println!(
        "P8: by looking four times a second, median {:?}, longest {:?} of 20",
        by_looking[10], by_looking[19]
    );
    assert!(by_notice[49] <= Duration::from_millis(500), "{by_notice:?}");
    assert!(by_looking[19] <= Duration::from_millis(500), "{by_looking:?}");
}
