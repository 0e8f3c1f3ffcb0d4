//! Stores of other versions of the format.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use santun::store::disk::{Disk, RealDisk};
use santun::store::error::{CommitError, StoreError};
use santun::store::format::FORMAT_VERSION;
use santun::store::ledger::{Ledger, Mode};
use santun::store::record::{Head, Line, parse_line};
use santun::store::{Depth, Store, fsck};

use super::desk::{commit, new_store, read_all};
use super::make::{Dice, clerk, key, morning, office};
use super::view::birth;

/// The example of docs/format.md.
const DOCUMENT: &str = include_str!("../../../docs/format.md");

fn set_versions(root: &Path, version: u64, min_reader: u64, min_writer: u64) {
    let text = std::fs::read_to_string(root.join("FORMAT")).expect("there");
    let mut format: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    format["version"] = version.into();
    format["min_reader"] = min_reader.into();
    format["min_writer"] = min_writer.into();
    std::fs::write(root.join("FORMAT"), format.to_string()).expect("written");
}

#[test]
fn the_documents_example_is_a_journal() {
    let store_id = "0192f3a4-7b1c-7d2e-8f90-123456789abc";
    let mut head = Head::genesis(store_id);
    for line in DOCUMENT.lines().filter(|line| line.starts_with("{\"v\":")) {
        match parse_line(line.as_bytes()).expect("a line") {
            Line::Header(header) => {
                assert_eq!((header.store_id.as_str(), header.after), (store_id, head.hash));
            }
            Line::Record(raw) => {
                assert!(raw.follows(&head.hash), "{line}");
                head = Head { seq: raw.seq, hash: raw.hash };
            }
            Line::Newer(version) => panic!("version {version}"),
        }
    }
    assert_eq!(head.seq, 2);
}

#[test]
fn an_older_store_is_read_and_becomes_ours_with_the_next_commit() {
    let dir = tempfile::tempdir().expect("a folder");
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    commit(&mut ledger, "a", 1).expect("committed");
    set_versions(&root, 0, 0, 0);
    let old = std::fs::read_to_string(root.join("FORMAT")).expect("there");
    let reader = Ledger::open(Arc::clone(&disk), &root, Mode::Read).expect("readable");
    assert_eq!(read_all(&disk, &root).len(), 1);
    assert_eq!(std::fs::read_to_string(root.join("FORMAT")).expect("there"), old, "reading changes nothing");
    commit(&mut ledger, "b", 1).expect("committed");
    let format = Ledger::open(Arc::clone(&disk), &root, Mode::Read).expect("readable").format().clone();
    assert_eq!([format.version, format.min_reader, format.min_writer], [FORMAT_VERSION; 3]);
    assert_eq!(format.store_id, reader.format().store_id);
}

#[test]
fn what_a_newer_program_allows_is_left_as_it_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    let root = dir.path().join("store");
    let mut ledger = new_store(&disk, &root);
    // A later program that changed nothing an older writer could spoil.
    set_versions(&root, FORMAT_VERSION + 1, FORMAT_VERSION, FORMAT_VERSION);
    let theirs = std::fs::read_to_string(root.join("FORMAT")).expect("there");
    commit(&mut ledger, "a", 1).expect("committed");
    assert_eq!(std::fs::read_to_string(root.join("FORMAT")).expect("there"), theirs);
    set_versions(&root, FORMAT_VERSION + 1, FORMAT_VERSION, FORMAT_VERSION + 1);
    assert!(matches!(
        commit(&mut ledger, "b", 1),
        Err(CommitError::Store(StoreError::Newer(version))) if version == FORMAT_VERSION + 1
    ));
    assert_eq!(read_all(&disk, &root).len(), 1);
}

#[test]
fn a_store_that_a_newer_program_must_write_is_read_and_says_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("s");
    let store = Store::create(&root, &office(), &clerk(), &morning()).expect("made");
    store
        .commit(&key("a"), &clerk(), morning(), |view| Ok(birth(&mut Dice(5), view.next_claim_id())))
        .expect("done");
    set_versions(&root, FORMAT_VERSION + 1, FORMAT_VERSION, FORMAT_VERSION + 1);
    let refused = |store: &Store| {
        let again = store.commit(&key("b"), &clerk(), morning(), |_| panic!("decided in vain"));
        assert!(matches!(again, Err(CommitError::Store(StoreError::Newer(v))) if v == FORMAT_VERSION + 1));
        assert!(matches!(store.compact(&clerk(), morning()), Err(StoreError::Newer(_))));
        // What the command line says on standard error and the screen in its first line.
        assert_eq!(store.standing().error().map(|error| error.code()), Some("store-newer"));
    };
    // The desk that was open when the newer program came.
    refused(&store);
    store.refresh().expect("readable");
    refused(&store);
    for store in [Store::open(&root).expect("readable"), Store::open_read_only(&root).expect("readable")] {
        assert_eq!(store.standing().error().map(|error| error.code()), Some("store-newer"));
        assert_eq!(store.view().n_claims(), 1);
    }
    refused(&Store::open(&root).expect("readable"));
    let found = fsck(&root, Depth::Quick, &mut |_, _| ControlFlow::Continue(())).expect("readable");
    let codes: Vec<&str> = found.problems.iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"S314") && found.is_sound(), "{codes:?}");
    set_versions(&root, FORMAT_VERSION + 2, FORMAT_VERSION + 2, FORMAT_VERSION + 2);
    assert!(matches!(Store::open_read_only(&root), Err(StoreError::Newer(v)) if v == FORMAT_VERSION + 2));
}
