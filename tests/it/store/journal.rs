//! Open, commit, catch up.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use santun::store::disk::{Disk, RealDisk};
use santun::store::error::{CommitError, Standing, StoreError};
use santun::store::ledger::{Committed, Ledger, Mode, Tuning, create};
use santun::store::record::{BadEntry, Entry, Personal, Stamp};

use super::desk::{commit, commit_at, entry, key, keys, moment, new_store, open, read_all, siti};

fn real() -> (tempfile::TempDir, Arc<dyn Disk>) {
    (tempfile::tempdir().expect("a folder"), Arc::new(RealDisk::new()))
}

#[test]
fn what_is_committed_is_read_back_by_another_handle() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    let mut other = Ledger::open(Arc::clone(&disk), &root, Mode::Read).expect("a store");
    assert!(other.catch_up().expect("readable").is_empty());

    let first = commit(&mut ledger, "a", 1).expect("committed");
    let second = commit(&mut ledger, "b", 3).expect("committed");
    assert_eq!(first.transaction().head().seq, 1);
    assert_eq!(second.transaction().first_seq(), 2);
    assert_eq!(ledger.head().seq, 4);

    let seen = other.catch_up().expect("readable");
    assert_eq!(seen, vec![first.transaction().clone(), second.transaction().clone()]);
    assert_eq!(other.standing(), &Standing::Sound);
    assert_eq!(other.cursor(), ledger.cursor());
    assert_eq!(seen[1].records[2].pii, Personal::Fields(r#"{"name":"Budi 3"}"#.into()));
    assert!(other.catch_up().expect("readable").is_empty());
}

#[test]
fn every_transaction_is_handed_over_once() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let (mut one, mut two) = (new_store(&disk, &root), open(&disk, &root));
    commit(&mut one, "a", 1).expect("committed");
    commit(&mut one, "b", 1).expect("committed");
    let (by, key_c) = (siti(), key("c"));
    let stamp = Stamp { key: &key_c, by: &by, at: moment(0), secret: [1; 32] };
    let mut news = Vec::new();
    let done = two.commit(&stamp, |caught_up| {
        news = keys(caught_up);
        Ok::<_, ()>(vec![entry(9)])
    });
    assert!(matches!(done, Ok(Committed::Fresh(_))));
    assert_eq!(news, ["a", "b"]);
    assert_eq!(keys(&two.catch_up().expect("readable")), ["c"]);
    // "a" was handed over to the closure of "b".
    assert_eq!(keys(&one.catch_up().expect("readable")), ["b", "c"]);
}

#[test]
fn a_long_journal_is_read_one_by_one() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    commit(&mut ledger, "a", 1).expect("committed");
    commit(&mut ledger, "b", 2).expect("committed");
    let mut names = Vec::new();
    // "b" is pending here, since its own closure could not get it; a fresh handle reads both.
    ledger.catch_up_each(|t| names.push(t.key.as_str().to_owned())).expect("readable");
    let mut fresh = Ledger::open(Arc::clone(&disk), &root, Mode::Read).expect("a store");
    fresh.catch_up_each(|t| names.push(t.key.as_str().to_owned())).expect("readable");
    assert_eq!(names, ["b", "a", "b"]);
    assert_eq!(fresh.cursor(), ledger.cursor());
    assert!(fresh.catch_up().expect("readable").is_empty());
}

#[test]
fn a_refusal_writes_nothing() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    commit(&mut ledger, "a", 1).expect("committed");
    let before = ledger.cursor();
    let (by, key_b) = (siti(), key("b"));
    let stamp = Stamp { key: &key_b, by: &by, at: moment(0), secret: [1; 32] };
    let refused = ledger.commit(&stamp, |_| Err::<Vec<Entry>, _>("the month is closed"));
    assert!(matches!(refused, Err(CommitError::Refused("the month is closed"))));
    assert_eq!(ledger.cursor(), before);
    assert_eq!(keys(&read_all(&disk, &root)), ["a"]);
}

#[test]
fn the_same_key_gives_the_stored_transaction() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let (mut one, mut two) = (new_store(&disk, &root), open(&disk, &root));
    let first = commit(&mut one, "a", 2).expect("committed").transaction().clone();
    commit(&mut one, "b", 1).expect("committed");
    for ledger in [&mut one, &mut two] {
        assert_eq!(commit(ledger, "a", 5).expect("stored"), Committed::Repeated(first.clone()));
    }
    assert_eq!(keys(&read_all(&disk, &root)), ["a", "b"]);
    assert_eq!(keys(&two.catch_up().expect("readable")), ["a", "b"]);
}

#[test]
fn a_key_is_remembered_for_thirty_days() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    let day = 86_400;
    commit_at(&mut ledger, "a", 1, moment(0)).expect("committed");
    let later = commit_at(&mut ledger, "a", 1, moment(30 * day)).expect("stored");
    assert!(matches!(later, Committed::Repeated(_)));
    let much_later = commit_at(&mut ledger, "a", 1, moment(30 * day + 1)).expect("committed");
    assert!(matches!(much_later, Committed::Fresh(_)));
    assert_eq!(ledger.known_keys().count(), 1);
}

#[test]
fn a_checkpoint_opens_behind_it_with_its_keys() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    commit(&mut ledger, "a", 2).expect("committed");
    let (checkpoint, known) = (ledger.cursor(), ledger.known_keys().collect::<Vec<_>>());
    commit(&mut ledger, "b", 1).expect("committed");

    let mut later = Ledger::open_at(Arc::clone(&disk), &root, Mode::Write, checkpoint).expect("fits");
    later.remember(known);
    assert_eq!(keys(&later.catch_up().expect("readable")), ["b"]);
    assert!(matches!(commit(&mut later, "a", 1), Ok(Committed::Repeated(t)) if t.records.len() == 2));

    for change in [(1, 0), (0, 1)] {
        let mut wrong = checkpoint;
        wrong.head.seq += change.0;
        wrong.position.offset += change.1;
        let opened = Ledger::open_at(Arc::clone(&disk), &root, Mode::Write, wrong);
        assert!(matches!(opened, Err(StoreError::CheckpointMismatch)), "{change:?}");
    }
}

#[test]
fn segments_follow_each_other_by_size_and_year() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let small = Tuning { segment_max_bytes: 1500, ..Tuning::default() };
    let mut ledger = new_store(&disk, &root).with_tuning(small);
    for n in 0..9 {
        commit(&mut ledger, &format!("k{n}"), 1).expect("committed");
    }
    commit_at(&mut ledger, "new-year", 1, moment(80 * 86_400)).expect("committed");
    let names = |year: &str| -> Vec<String> {
        let items = disk.list(&root.join("journal").join(year)).expect("a year's folder");
        items.into_iter().map(|item| item.name).collect()
    };
    assert_eq!(names("2026")[0], "000000000001.jsonl");
    assert!(names("2026").len() >= 3, "{:?}", names("2026"));
    assert_eq!(names("2027"), ["000000000010.jsonl"]);
    let all = read_all(&disk, &root);
    assert_eq!(all.len(), 10);
    assert_eq!(all[9].first_seq(), 10);
    // A handle from before all of it reads over every border, and so does one that starts at a border.
    let mut at_border =
        Ledger::open_at(Arc::clone(&disk), &root, Mode::Write, ledger.cursor()).expect("fits");
    assert_eq!(keys(&at_border.catch_up().expect("readable")), Vec::<String>::new());
    commit(&mut at_border, "last", 1).expect("committed");
    assert_eq!(keys(&ledger.catch_up().expect("readable")).last().map(String::as_str), Some("last"));
}

#[test]
fn what_cannot_be_a_line_is_refused() {
    let (dir, disk) = real();
    let mut ledger = new_store(&disk, &dir.path().join("store"));
    let bad = |op: &str, data: &str, pii: &str| Entry {
        op: op.into(),
        reference: "K26-1".into(),
        data: data.into(),
        pii: pii.into(),
    };
    let cases = [
        (vec![], BadEntry::Empty),
        (vec![bad("", "{}", "")], BadEntry::Op),
        (vec![bad("a\"b", "{}", "")], BadEntry::Op),
        (vec![bad("a.b", "", "")], BadEntry::Data),
        (vec![bad("a.b", "[]", "")], BadEntry::Data),
        (vec![bad("a.b", "{} ", "")], BadEntry::Data),
        (vec![bad("a.b", "{\"a\":\n1}", "")], BadEntry::Data),
        (vec![bad("a.b", "{}},{\"a\":{}", "")], BadEntry::Data),
        (vec![bad("a.b", "{}", "\"x\"")], BadEntry::Pii),
        (vec![entry(1), bad("a.b", "{}", "{")], BadEntry::Pii),
    ];
    for (entries, expected) in cases {
        let (by, key) = (siti(), key("x"));
        let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [1; 32] };
        match ledger.commit(&stamp, |_| Ok::<_, ()>(entries.clone())) {
            Err(CommitError::Store(StoreError::BadEntry(found))) => {
                assert_eq!(found, expected, "{entries:?}")
            }
            other => panic!("{entries:?} gave {other:?}"),
        }
    }
    assert_eq!(ledger.head().seq, 0);
}

#[test]
fn a_handle_for_reading_does_not_commit() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    drop(new_store(&disk, &root));
    let mut reader = Ledger::open(Arc::clone(&disk), &root, Mode::Read).expect("a store");
    assert!(matches!(commit(&mut reader, "a", 1), Err(CommitError::Store(StoreError::ReadOnlyHandle))));
}

#[test]
fn a_store_is_never_written_over() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    assert!(matches!(Ledger::open(Arc::clone(&disk), &root, Mode::Read), Err(StoreError::NotAStore(_))));
    let mut ledger = new_store(&disk, &root);
    let again = || create(&*disk, &root, "another", moment(0));
    assert!(matches!(again(), Err(StoreError::AlreadyAStore(_))));
    // What an interrupted `create` left can be completed; a journal with records is never taken for that.
    std::fs::remove_file(root.join("FORMAT")).expect("removed");
    again().expect("completed");
    drop(ledger);
    ledger = open(&disk, &root);
    commit(&mut ledger, "a", 1).expect("committed");
    std::fs::remove_file(root.join("FORMAT")).expect("removed");
    assert!(matches!(again(), Err(StoreError::AlreadyAStore(_))));
}

#[test]
fn files_are_0640_and_folders_0750() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    commit(&mut ledger, "a", 1).expect("committed");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o7777;
    let mut n_files = 0;
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        assert_eq!(mode(&folder), 0o750, "{folder:?}");
        for item in std::fs::read_dir(&folder).expect("a folder") {
            let path = item.expect("a name").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                n_files += 1;
                assert_eq!(mode(&path), 0o640, "{path:?}");
            }
        }
    }
    assert_eq!(n_files, 5, "FORMAT, writer.lock, committed, one segment, reserve.bin");
}

#[test]
fn a_newer_format_is_refused_politely() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    let format = std::fs::read_to_string(root.join("FORMAT")).expect("there");
    let write = |from: &str, to: &str| {
        std::fs::write(root.join("FORMAT"), format.replace(from, to)).expect("written")
    };
    write(r#""min_writer":1"#, r#""min_writer":2"#);
    assert!(matches!(commit(&mut ledger, "a", 1), Err(CommitError::Store(StoreError::Newer(2)))));
    assert!(read_all(&disk, &root).is_empty());
    write(r#""min_reader":1"#, r#""min_reader":2"#);
    assert!(matches!(Ledger::open(Arc::clone(&disk), &root, Mode::Read), Err(StoreError::Newer(2))));
    write("santun-store", "other-store");
    assert!(matches!(Ledger::open(Arc::clone(&disk), &root, Mode::Read), Err(StoreError::BadFormat(_))));
    write("0192f000", "0192f001");
    assert!(matches!(commit(&mut ledger, "a", 1), Err(CommitError::Store(StoreError::AnotherStore))));
}

#[test]
fn a_busy_lock_is_given_up_and_names_its_holder() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let patience = std::time::Duration::from_millis(80);
    let mut ledger = new_store(&disk, &root).with_tuning(Tuning { patience, ..Tuning::default() });
    let mut other = open(&disk, &root);
    let (by, key_a) = (siti(), key("a"));
    let stamp = Stamp { key: &key_a, by: &by, at: moment(0), secret: [1; 32] };
    other
        .commit(&stamp, |_| {
            match commit(&mut ledger, "b", 1) {
                Err(CommitError::Store(StoreError::Busy { holder })) => {
                    let pid = std::process::id();
                    assert_eq!(holder, format!("siti · pid {pid} · 2026-10-30T09:00:00.250+07:00"));
                }
                other => panic!("{other:?}"),
            }
            Ok::<_, ()>(vec![entry(1)])
        })
        .expect("committed");
    // The lock that came too late was released.
    commit(&mut ledger, "b", 1).expect("committed");
    assert_eq!(keys(&read_all(&disk, &root)), ["a", "b"]);
}

#[test]
fn a_follower_hears_of_a_commit() {
    let (dir, disk) = real();
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    let (sender, receiver) = crossbeam_channel::unbounded();
    let follower =
        santun::store::follow::Follower::start(Arc::clone(&disk), &root, sender).expect("followed");
    let patience = std::time::Duration::from_secs(5);
    assert_eq!(receiver.recv_timeout(patience).expect("told").seq, 0);
    commit(&mut ledger, "a", 2).expect("committed");
    assert_eq!(receiver.recv_timeout(patience).expect("told").seq, 2);
    drop(follower);
    assert!(receiver.recv_timeout(patience).is_err());
}

#[test]
fn every_trouble_has_a_sentence_in_both_languages() {
    use santun::store::verify::Code;
    for lang in ["id", "en"] {
        let path = format!("{}/locales/{lang}/store.ftl", env!("CARGO_MANIFEST_DIR"));
        let sentences = std::fs::read_to_string(path).expect("there");
        for code in Code::ALL {
            assert!(sentences.contains(&format!("\n{} = ", code.sentence())), "{lang}: {code:?}");
        }
        let mut ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.is_sorted());
        ids.dedup();
        assert_eq!(ids.len(), Code::ALL.len());
    }
}
