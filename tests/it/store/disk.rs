//! The disk itself: the same behaviour from the real one and from the one in memory that the crash tests believe in,
//! and new files that are either old or new.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::{
    Access, Disk, ItemKind, Locality, RealDisk, Sharing, append_all, ensure_dir, exists, read_full_at,
    read_whole, replace_file, write_all_at,
};

use super::disks::{CrashModel, Dribble, MemDisk, twisted};

/// Runs a check on every disk.
fn on_every_disk(check: impl Fn(&dyn Disk, &Path)) {
    let dir = tempfile::tempdir().expect("a folder");
    check(&RealDisk::new(), dir.path());
    check(&MemDisk::new(), Path::new("/"));
}

#[test]
fn files_are_made_read_appended_cut_and_removed() {
    on_every_disk(|disk, root| {
        let path = root.join("a");
        assert_eq!(disk.open(&path, Access::Read).expect_err("not there").kind(), ErrorKind::NotFound);
        let file = disk.create(&path, Sharing::Group).expect("made");
        write_all_at(&*file, 0, b"hello").expect("written");
        write_all_at(&*file, 7, b"x").expect("written");
        let taken = disk.create(&path, Sharing::Group).expect_err("taken");
        assert_eq!(taken.kind(), ErrorKind::AlreadyExists);
        let end = disk.open(&path, Access::Append).expect("there");
        append_all(&*end, b"yz").expect("appended");
        assert_eq!(read_whole(disk, &path).expect("read"), b"hello\0\0xyz");
        assert_eq!(end.len().expect("measured"), 10);
        let mut two = [0; 2];
        assert_eq!(read_full_at(&*file, 9, &mut two).expect("read"), 1);
        file.set_len(2).expect("cut");
        append_all(&*end, b"!").expect("appended");
        file.sync_data().expect("synced");
        assert_eq!(read_whole(disk, &path).expect("read"), b"he!");
        disk.rename(&path, &root.join("b")).expect("renamed");
        assert!(!exists(disk, &path).expect("looked") && exists(disk, &root.join("b")).expect("looked"));
        disk.unlink(&root.join("b")).expect("removed");
        assert_eq!(disk.unlink(&path).expect_err("gone").kind(), ErrorKind::NotFound);
    });
}

#[test]
fn folders_are_made_with_their_parents_and_listed_in_order() {
    on_every_disk(|disk, root| {
        let deep = root.join("x/y/z");
        assert_eq!(disk.make_dir(&deep, Sharing::Group).expect_err("no parent").kind(), ErrorKind::NotFound);
        ensure_dir(disk, &deep, Sharing::Group).expect("made");
        ensure_dir(disk, &deep, Sharing::Group).expect("there already");
        for name in ["b", "a", "c"] {
            replace_file(disk, &deep.join(name), name.as_bytes(), Sharing::Owner).expect("written");
        }
        let names: Vec<_> =
            disk.list(&deep).expect("listed").into_iter().map(|i| (i.name, i.len, i.kind)).collect();
        let file = |name: &str| (name.to_owned(), 1, ItemKind::File);
        assert_eq!(names, [file("a"), file("b"), file("c")]);
        assert_eq!(disk.list(&root.join("x")).expect("listed")[0].kind, ItemKind::Dir);
        assert_eq!(disk.list(&root.join("no")).expect_err("not there").kind(), ErrorKind::NotFound);
        assert!(!exists(disk, &root.join("no/file")).expect("looked"));
    });
}

#[test]
fn a_lock_is_exclusive_and_released_by_its_drop() {
    on_every_disk(|disk, root| {
        let path = root.join("lock");
        replace_file(disk, &path, b"", Sharing::Group).expect("made");
        let first = disk.lock(&path, Duration::from_secs(5)).expect("no error").expect("free");
        let began = Instant::now();
        assert!(disk.lock(&path, Duration::from_millis(50)).expect("no error").is_none());
        assert!(began.elapsed() >= Duration::from_millis(50));
        drop(first);
        let second = disk.lock(&path, Duration::from_secs(5)).expect("no error");
        assert!(second.is_some(), "also after a waiter that gave up");
    });
}

#[test]
fn a_new_file_is_either_old_or_new_whatever_the_power_does() {
    let path = Path::new("/F");
    let memory = MemDisk::new();
    replace_file(&memory, path, &[b'o'; 3000], Sharing::Group).expect("written");
    let mut model = CrashModel::durable(&memory.snapshot());
    memory.record();
    replace_file(&memory, path, &[b'n'; 2000], Sharing::Group).expect("written");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
    let (mut n_old, mut n_new) = (0, 0);
    for step in memory.steps() {
        model.apply(&step);
        for _ in 0..50 {
            match &*read_whole(&model.crash(&mut rng), path).expect("always there") {
                bytes if bytes == [b'o'; 3000] => n_old += 1,
                bytes if bytes == [b'n'; 2000] => n_new += 1,
                bytes => panic!("torn: {} bytes", bytes.len()),
            }
        }
    }
    assert!(n_old > 0 && n_new > 0, "{n_old} old, {n_new} new");
    let last = model.crash(&mut rng);
    assert_eq!(read_whole(&last, path).expect("there"), [b'n'; 2000], "durable when it returns");
}

#[test]
fn a_disk_that_takes_few_bytes_at_a_time_is_written_whole() {
    let memory = MemDisk::new();
    drop(memory.create(Path::new("/F"), Sharing::Group).expect("made"));
    let slow = twisted(Arc::new(memory.clone()), Arc::new(Dribble { bytes: 7, pause: Duration::ZERO }));
    let file = slow.open(Path::new("/F"), Access::Append).expect("there");
    let bytes: Vec<u8> = (0..=255).collect();
    append_all(&*file, &bytes).expect("written");
    assert_eq!(memory.bytes("/F"), bytes);
}

#[test]
fn the_real_disk_knows_its_room_and_its_kind() {
    let dir = tempfile::tempdir().expect("a folder");
    let facts = RealDisk::new().file_system(dir.path()).expect("looked");
    assert!(facts.free_bytes > 0);
    assert_eq!(facts.locality, Locality::Local);
}
