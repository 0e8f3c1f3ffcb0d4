//! A backup is whole or is not there, what it is restored to is the store, and it never takes a damaged or rewritten
//! store for the one it knows.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use santun::store::backup::{BackedUp, BackupFault, restore};
use santun::store::{Depth, Head, Store, StoreError};

use super::fsck::{codes, files, flip, full, look};
use super::make::{Dice, clerk, key, morning};
use super::view::birth;

fn back_up(dir: &Path, turn: &str) -> Result<BackedUp, StoreError> {
    let store = Store::open(&dir.join("s")).unwrap();
    let made = store.back_up(&dir.join("b"), &key(turn), &clerk(), morning());
    made.map(|(done, noted)| {
        noted.unwrap();
        done
    })
}

fn commit(dir: &Path, turn: &str, seed: u64) {
    let store = Store::open(&dir.join("s")).unwrap();
    let events = birth(&mut Dice(seed), store.view().next_claim_id());
    store.commit(&key(turn), &clerk(), morning(), |_| Ok(events)).unwrap();
}

fn restored(dir: &Path, name: &str, anchors: &[Head]) -> Result<Store, StoreError> {
    restore(&dir.join("b"), &dir.join(name), anchors, &clerk(), morning())?;
    Store::open(&dir.join(name))
}

fn fault<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> BackupFault {
    match answer {
        Err(StoreError::Backup { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

fn claims(store: &Store) -> Vec<String> {
    let mut claims = Vec::new();
    store.view().for_each_claim(&mut |claim| claims.push(format!("{claim:?}"))).unwrap();
    claims.sort();
    claims
}

#[test]
fn what_is_restored_is_the_store() {
    let dir = full();
    let dir = dir.path();
    let before = claims(&Store::open(&dir.join("s")).unwrap());
    let first = back_up(dir, "b1").unwrap();
    assert_eq!(first.copied, first.files, "the first time everything is copied");
    let again = back_up(dir, "b2").unwrap();
    assert_eq!(again.copied, 1, "only the journal has grown, by the note of the first backup");
    assert_eq!(again.head.seq, first.head.seq + 1);
    let store = restored(dir, "r", &[first.head, again.head]).unwrap();
    assert_eq!(claims(&store), before);
    let found =
        santun::store::fsck(&dir.join("r"), Depth::Full, &mut |_, _| std::ops::ControlFlow::Continue(()));
    assert!(found.as_ref().unwrap().is_sound(), "{found:?}");
    let mut ops = Vec::new();
    store.log(&mut |entry| ops.push(entry.record.op.clone())).unwrap();
    assert_eq!(ops[ops.len() - 2..], ["store.backed_up", "store.restored"]);
    let last = Store::open(&dir.join("s")).unwrap().last_backup().unwrap();
    assert_eq!((last.seq, last.head), (again.head.seq, again.head.hash.to_string()));
    // A restored store is worked in like any other.
    let events = birth(&mut Dice(5), store.view().next_claim_id());
    store.commit(&key("on"), &clerk(), morning(), |_| Ok(events)).unwrap();
    assert_eq!(store.view().n_claims(), 14);
}

#[test]
fn nobody_else_can_read_a_backup() {
    let dir = full();
    let home = back_up(dir.path(), "b").unwrap().home;
    let mut todo = vec![home];
    let mut n_files = 0;
    while let Some(path) = todo.pop() {
        let facts = std::fs::metadata(&path).unwrap();
        let mode = facts.permissions().mode() & 0o777;
        if facts.is_dir() {
            assert_eq!(mode, 0o700, "{path:?}");
            todo.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            assert_eq!(mode, 0o600, "{path:?}");
            n_files += 1;
        }
    }
    assert!(n_files > 5);
}

#[test]
fn a_damaged_file_of_a_backup_is_named_and_nothing_is_restored() {
    let dir = full();
    let home = back_up(dir.path(), "b").unwrap().home;
    let mut todo = files_below(&home);
    todo.retain(|path| !path.ends_with("lock"));
    assert!(todo.len() > 5);
    for (turn, path) in todo.iter().enumerate() {
        let whole = std::fs::read(path).unwrap();
        flip(path, 17 + turn * 31);
        let found = fault(restored(dir.path(), "r", &[]));
        assert!(matches!(found, BackupFault::File | BackupFault::List), "{path:?}: {found:?}");
        assert!(!dir.path().join("r/FORMAT").exists());
        std::fs::write(path, whole).unwrap();
    }
    // A file that is damaged in the backup is copied again by the next one.
    flip(todo.iter().find(|path| path.to_string_lossy().contains("batches")).unwrap(), 99);
    assert_eq!(back_up(dir.path(), "again").unwrap().copied, 2, "the batch, and the journal that has grown");
    restored(dir.path(), "r", &[]).unwrap();
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_path_buf()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { todo.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn a_damaged_store_is_not_backed_up_and_the_backup_before_stays() {
    for (folder, place) in [("journal", 900), ("batches", 700)] {
        let dir = full();
        let home = back_up(dir.path(), "b").unwrap().home;
        let before: Vec<_> =
            files_below(&home).into_iter().map(|path| std::fs::read(path).unwrap()).collect();
        flip(&files(dir.path(), folder)[0], place);
        let made = match Store::open(&dir.path().join("s")) {
            Ok(store) => store.back_up(&dir.path().join("b"), &key("c"), &clerk(), morning()),
            Err(error) => Err(error),
        };
        assert!(
            matches!(
                made,
                Err(StoreError::Backup { fault: BackupFault::Source, .. } | StoreError::Damaged(_))
            ),
            "{folder}: {made:?}"
        );
        restored(dir.path(), "r", &[]).unwrap();
        for (path, bytes) in
            files_below(&home).iter().zip(&before).filter(|(path, _)| path.ends_with("BACKUP"))
        {
            assert_eq!(&std::fs::read(path).unwrap(), bytes);
        }
    }
}

#[test]
fn a_rewritten_history_does_not_take_the_place_of_the_one_before() {
    let dir = full();
    let dir = dir.path();
    copy_folder(&dir.join("s"), &dir.join("other"));
    commit(dir, "ours", 7);
    let ours = back_up(dir, "b1").unwrap();
    // The same store, continued otherwise: every line of it is right in itself.
    std::fs::rename(dir.join("s"), dir.join("ours")).unwrap();
    std::fs::rename(dir.join("other"), dir.join("s")).unwrap();
    assert_eq!(fault(back_up(dir, "b2")), BackupFault::Rewritten, "shorter than what was backed up");
    commit(dir, "theirs", 8);
    commit(dir, "theirs2", 9);
    assert_eq!(fault(back_up(dir, "b3")), BackupFault::Rewritten);
    assert_eq!(restored(dir, "r", &[ours.head]).unwrap().view().n_claims(), 14);
    // The anchor tells the same where there is no backup.
    let disk: std::sync::Arc<dyn santun::store::disk::Disk> =
        std::sync::Arc::new(santun::store::disk::RealDisk::new());
    let codes_with = |anchors: &[Head]| {
        let mut progress = |_, _| std::ops::ControlFlow::Continue(());
        let found =
            santun::store::fsck::fsck_with(&disk, &dir.join("s"), Depth::Quick, anchors, &mut progress);
        codes(&found.unwrap())
    };
    assert_eq!(codes_with(&[]), Vec::<&str>::new());
    assert_eq!(codes_with(&[ours.head]), ["S120"]);
    assert_eq!(codes_with(&[Head { seq: 9_999, ..ours.head }]), ["S121"]);
    let wrong = restored(dir, "r2", &[Head { seq: 1, ..ours.head }]);
    assert_eq!(fault(wrong), BackupFault::Anchor);
    assert!(!dir.join("r2").exists());
}

#[test]
fn places_that_are_none_are_refused() {
    let dir = full();
    let dir = dir.path();
    let store = Store::open(&dir.join("s")).unwrap();
    let inside = store.back_up(&dir.join("s/parts"), &key("a"), &clerk(), morning());
    assert_eq!(fault(inside), BackupFault::Inside);
    assert_eq!(fault(restored(dir, "r", &[])), BackupFault::None);
    back_up(dir, "b").unwrap();
    std::fs::create_dir(dir.join("r")).unwrap();
    std::fs::write(dir.join("r/letter"), b"mine").unwrap();
    assert_eq!(fault(restored(dir, "r", &[])), BackupFault::Taken);
    assert_eq!(std::fs::read_dir(dir.join("r")).unwrap().count(), 1);
}

#[test]
fn a_backup_beside_two_writers_is_a_whole_prefix() {
    let dir = full();
    let dir = dir.path();
    let is_over = AtomicBool::new(false);
    let mut heads = Vec::new();
    std::thread::scope(|scope| {
        for writer in 0..2_u64 {
            let is_over = &is_over;
            scope.spawn(move || {
                let store = Store::open(&dir.join("s")).unwrap();
                let mut dice = Dice(100 + writer);
                let mut turn = 0;
                while !is_over.load(Ordering::Relaxed) {
                    turn += 1;
                    store.refresh().unwrap();
                    let key = key(&format!("w{writer}-{turn}"));
                    store
                        .commit(&key, &clerk(), morning(), |view| Ok(birth(&mut dice, view.next_claim_id())))
                        .unwrap();
                }
            });
        }
        for turn in 0..5 {
            heads.push(back_up(dir, &format!("b{turn}")).map(|done| done.head));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let heads: Vec<Head> = heads.into_iter().map(Result::unwrap).collect();
    assert!(heads.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    let store = restored(dir, "r", &heads).unwrap();
    let expected = Store::open(&dir.join("s")).unwrap();
    assert_eq!(store.view().head().seq, heads[4].seq + 1, "the note of the restoring");
    assert!(store.view().n_claims() <= expected.view().n_claims());
    assert!(look(dir, Depth::Full).is_sound());
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let into = to.join(path.file_name().unwrap());
        if path.is_dir() { copy_folder(&path, &into) } else { std::fs::copy(&path, &into).map(drop).unwrap() }
    }
}
