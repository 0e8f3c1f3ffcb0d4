//! Every bit of the small files that everything hangs on: each flip is found, or the file is not believed. The journal's
//! own bits are flipped in `crash`, those of batches and parts in `whole`.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use santun::store::disk::Disk;
use santun::store::fsck::fsck_on;
use santun::store::{Depth, Mode, Store};

use super::crash::{journal_files, verify_all};
use super::disks::MemDisk;
use super::ops;
use super::sealed::sealed_store;
use super::together::{ROOT, register};

/// A store with parts, a batch and nothing behind them, so that a believed MANIFEST leaves no overlay.
fn bare() -> MemDisk {
    let memory = MemDisk::new();
    let of = ops::named("a compaction");
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    (of.prepare)(&disk);
    (of.run)(&disk).expect("compacted");
    memory
}

/// Flips bits of a file and counts the flips after which `is_found` says no.
fn unfound(
    memory: &MemDisk,
    path: &str,
    stride: usize,
    is_found: impl Fn(&Arc<dyn Disk>) -> bool,
) -> (usize, Vec<usize>) {
    let whole = memory.bytes(path);
    let (mut n_flips, mut unfound) = (0, Vec::new());
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let bits = (0..whole.len() * 8).filter(|bit| is_read(path, bit / 8)).step_by(stride);
    for bit in bits {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        memory.put(path, flipped);
        n_flips += 1;
        if !is_found(&disk) {
            unfound.push(bit);
        }
    }
    memory.put(path, whole);
    (n_flips, unfound)
}

fn fsck_finds(disk: &Arc<dyn Disk>) -> bool {
    let found = fsck_on(disk, Path::new(ROOT), Depth::Quick, &mut |_, _| ControlFlow::Continue(()));
    !found.is_ok_and(|found| found.is_sound())
}

/// A MANIFEST that is not believed leaves everything to be read from the journal.
fn is_not_believed(disk: &Arc<dyn Disk>) -> bool {
    let store = Store::open_on(Arc::clone(disk), Path::new(ROOT), Mode::Read).expect("the truth is whole");
    store.view().overlay_size() > 0
}

/// Flips every `stride`-th bit of MANIFEST; answers how many, and those after which it is still believed.
pub fn of_manifest(stride: usize) -> (usize, Vec<usize>) {
    let memory = bare();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    assert!(!is_not_believed(&disk), "a whole one is believed");
    unfound(&memory, "/s/MANIFEST", stride, is_not_believed)
}

/// Flips every `stride`-th bit of both slots of the watermark.
pub fn of_watermark(stride: usize) -> (usize, Vec<usize>) {
    unfound(&bare(), "/s/lock/committed", stride, fsck_finds)
}

/// What lies behind the slots of the watermark is NULs that nobody reads.
fn is_read(path: &str, byte: usize) -> bool {
    !path.ends_with("committed") || byte % 4096 < 64
}

/// Flips every `stride`-th bit of every sealed segment of a journal.
pub fn of_sealed(stride: usize) -> (usize, Vec<usize>) {
    let memory = sealed_store();
    let sealed = journal_files(&memory).into_iter().filter(|path| path.ends_with(".zst"));
    let (mut n_all, mut all) = (0, Vec::new());
    for path in sealed {
        let finds = |disk: &Arc<dyn Disk>| !verify_all(&**disk).is_ok_and(|found| !found.is_damaged());
        let (n, bits) = unfound(&memory, &path, stride, finds);
        n_all += n;
        all.extend(bits);
    }
    assert!(n_all > 0, "something is sealed");
    (n_all, all)
}

/// Flips every `stride`-th bit of the seal of a closed month.
pub fn of_seal(stride: usize) -> (usize, Vec<usize>) {
    let memory = MemDisk::new();
    let of = ops::named("closing a month");
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    (of.prepare)(&disk);
    (of.run)(&disk).expect("closed");
    let seals = memory.paths().into_iter().map(|path| path.display().to_string());
    let seals: Vec<String> = seals.filter(|path| path.starts_with("/s/seals/")).collect();
    unfound(&memory, &seals[0], stride, fsck_finds)
}

/// Flips every `stride`-th bit of every batch and part.
pub fn of_base(stride: usize) -> (usize, Vec<usize>) {
    let memory = bare();
    let manifest = String::from_utf8(memory.bytes("/s/MANIFEST")).expect("text");
    let (named, _) = manifest.split_once("\"retired\":").expect("what was replaced comes behind what counts");
    let files = memory.paths().into_iter().map(|path| path.display().to_string());
    let is_named = |path: &String| path.strip_prefix("/s/").is_some_and(|path| named.contains(path));
    let (mut n_all, mut all) = (0, Vec::new());
    for path in files.filter(|path| path.ends_with(".parquet")).filter(is_named) {
        let (n, bits) = unfound(&memory, &path, stride, fsck_finds);
        n_all += n;
        all.extend(bits);
    }
    assert!(n_all > 0, "there are batches and parts");
    (n_all, all)
}

/// Flips every `stride`-th bit of every sidecar: fsck names it, and look-ups say what they said before.
pub fn of_sidecars(stride: usize) -> (usize, Vec<usize>) {
    let memory = bare();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    // The first look-ups make those that are missing.
    register(&ops::open(&disk).expect("a store"), "Z-1").expect("registered");
    let sidecars = memory.paths().into_iter().map(|path| path.display().to_string());
    let manifest = String::from_utf8(memory.bytes("/s/MANIFEST")).expect("text");
    let (named, _) = manifest.split_once("\"retired\":").expect("what was replaced comes behind what counts");
    let sidecars = sidecars.filter(|path| {
        let of = path.rsplit('/').next().and_then(|name| name.split('.').next()).expect("a name");
        path.starts_with("/s/parts/") && !path.ends_with(".parquet") && named.contains(of)
    });
    let (mut n_all, mut all) = (0, Vec::new());
    for path in sidecars {
        let (n, bits) = unfound(&memory, &path, stride, fsck_finds);
        n_all += n;
        all.extend(bits);
    }
    assert!(n_all > 0, "there are sidecars");
    (n_all, all)
}

#[test]
fn a_flip_in_sealed_segments_seals_and_sidecars_is_found() {
    for (n, unfound) in [of_sealed(89), of_seal(487), of_sidecars(4_001)] {
        assert_eq!(unfound, [] as [usize; 0], "of {n}");
    }
}

#[test]
fn a_flip_in_manifest_or_watermark_is_found() {
    let (n, unfound) = of_manifest(997);
    assert_eq!(unfound, [] as [usize; 0], "of {n}");
    let (n, unfound) = of_watermark(97);
    assert_eq!(unfound, [] as [usize; 0], "of {n}");
}
