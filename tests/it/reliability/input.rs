//! Bytes that are not what was written: mutated for a minute, and every single bit of the small files.

use std::time::Duration;

use crate::store::flips::{of_base, of_manifest, of_seal, of_sealed, of_sidecars, of_watermark};
use crate::store::mutate::mutate_for;

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_minute_of_mutated_input() {
    let seed =
        std::env::var("SANTUN_TEST_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_030);
    let tried = mutate_for(seed, Duration::from_secs(60));
    println!("seed {seed}: {tried:?}");
    assert!(tried.lines > 10_000 && tried.tails > 10_000, "{tried:?}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_flip_of_any_bit_of_the_small_files_is_found() {
    type Flips = fn(usize) -> (usize, Vec<usize>);
    let all: [(&str, Flips, usize); 5] = [
        ("MANIFEST", of_manifest, 1),
        ("watermark", of_watermark, 1),
        ("sealed segments", of_sealed, 1),
        ("seal", of_seal, 1),
        ("sidecars", of_sidecars, 61),
    ];
    for (name, flips, stride) in all {
        let (n, unfound) = flips(stride);
        println!("{name}: {n} flips");
        assert_eq!(unfound, [] as [usize; 0], "{name}");
    }
}

#[test]
#[ignore = "takes minutes: run by hand, as docs/reliability.md says"]
fn a_flip_of_any_bit_of_batches_parts_and_sidecars_is_found() {
    for (name, flips) in
        [("sidecars", of_sidecars as fn(usize) -> (usize, Vec<usize>)), ("batches and parts", of_base)]
    {
        let (n, unfound) = flips(1);
        println!("{name}: {n} flips");
        assert_eq!(unfound, [] as [usize; 0], "{name}");
    }
}
