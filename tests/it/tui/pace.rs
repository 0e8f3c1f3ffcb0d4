//! The pace of frames.

use std::time::{Duration, Instant};

use santun::tui::run::Pace;

#[test]
fn single_keys_are_answered_at_once_and_a_flood_is_thirty_frames_a_second() {
    let start = Instant::now();
    let mut pace = Pace::new(start);
    let mut now = start;
    assert_eq!(pace.wait(now), Duration::ZERO);
    pace.drawn(now);
    assert_eq!(pace.wait(now), Duration::ZERO, "a key right after a progress frame does not wait");
    let mut n_frames = 0;
    while now < start + Duration::from_secs(2) {
        now += pace.wait(now).max(Duration::from_micros(500));
        pace.drawn(now);
        n_frames += 1;
    }
    assert!((58..=66).contains(&n_frames), "{n_frames} frames in two seconds of flood");
}
