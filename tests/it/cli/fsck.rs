//! The store's own check: a flipped byte is named by its place, a torn tail heals, the base can be made anew.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::branch::Office;

/// A store with a few vouchers issued one by one, and its journal.
fn worked() -> (Office, PathBuf, Vec<String>) {
    let office = Office::working();
    let mut codes = Vec::new();
    for claim in office.waiting_claims().iter().take(3) {
        codes.extend(office.run(&["voucher", "issue", claim]).ok().lines().map(str::to_owned));
    }
    let journal = office.store.join("journal/2026/000000000001.jsonl");
    (office, journal, codes)
}

#[test]
fn a_flipped_byte_is_named_by_its_place() {
    let (office, journal, _) = worked();
    let whole = fs::read(&journal).expect("the journal");
    let starts: Vec<usize> = std::iter::once(0)
        .chain(whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
        .filter(|start| *start < whole.len())
        .collect();
    assert!(starts.len() > 5, "{} lines", starts.len());
    let line_of = |at: usize| *starts.iter().rfind(|start| **start <= at).expect("a line");
    let last = *starts.last().expect("lines");
    let places =
        [0, 40, starts[1] + 3, starts[2] + 200, whole.len() / 2, last + 1, last + 300, whole.len() - 2];
    for at in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x01;
        write(&journal, &bytes);
        let output = office.run(&["fsck", "--format", "json"]);
        assert_eq!(output.code, 3, "byte {at}: {output:?}");
        let found: serde_json::Value = serde_json::from_str(&output.stdout)
            .unwrap_or_else(|error| panic!("byte {at}: {error}: {output:?}"));
        assert_eq!(found["ok"], false);
        let place = format!("journal/2026/000000000001.jsonl:{}", line_of(at));
        let places: Vec<&str> = found["problems"]
            .as_array()
            .expect("an array")
            .iter()
            .filter_map(|p| p["place"].as_str())
            .collect();
        assert!(places.contains(&place.as_str()), "byte {at}: {place} is not in {places:?}");
        assert!(office.run(&["fsck"]).stdout.contains(&place));
    }
    write(&journal, &whole);
    assert!(office.store.join("lock/POISON").exists(), "who writes is stopped until somebody has looked");
    assert_eq!(office.run(&["fsck", "--repair"]).code, 0);
    assert_eq!(office.json(&["fsck", "--full"])["ok"], true, "mended, it is sound again");
}

/// What is read of a damaged store is said to be only a part, on standard error and by the exit code.
#[test]
fn a_reader_of_a_damaged_store_says_so() {
    let (office, journal, _) = worked();
    assert_eq!(office.run(&["claims"]).code, 0);
    let mut bytes = fs::read(&journal).expect("the journal");
    let last = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("lines") + 1;
    bytes[last + 300] ^= 0x01;
    write(&journal, &bytes);
    for command in [&["claims"][..], &["today"], &["report", "2026-10"], &["voucher", "list"]] {
        let output = office.run(command);
        assert_eq!(output.code, 3, "{command:?}: {output:?}");
        assert!(output.stderr.contains("santun fsck"), "{command:?}: {output:?}");
        assert!(!output.stdout.is_empty(), "{command:?}: what can be read is shown");
    }
}

/// What is not found in a damaged store may lie in the part that cannot be read: the damage is what is said, and 3 goes
/// before 1.
#[test]
fn what_is_not_found_in_a_damaged_store_is_not_said_to_be_absent() {
    let (office, journal, codes) = worked();
    let claim = office.waiting_claims().remove(0);
    let mut bytes = fs::read(&journal).expect("the journal");
    // The line of the first voucher: it and all that follows is not read any more.
    let feeds = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    let third_last = feeds.rev().nth(3).expect("lines") + 1;
    bytes[third_last + 300] ^= 0x01;
    write(&journal, &bytes);
    for (command, is_reading) in [
        (&["claim", "document", claim.as_str(), "KK2"][..], false),
        (&["claim", "close", "TIDAK-ADA", "--note", "x"], false),
        (&["voucher", "issue", &claim], false),
        (&["voucher", "pay", &codes[0]], false),
        (&["undo", "--dry-run", "3"], false),
        (&["claim", "show", "TIDAK-ADA"], true),
        (&["voucher", "show", &codes[0]], true),
        (&["voucher", "check", &codes[0]], true),
    ] {
        let output = office.run(command);
        assert_eq!(output.code, 3, "{command:?}: {output:?}");
        assert!(output.stderr.contains("santun fsck"), "{command:?}: {output:?}");
        let absent = output.stderr.contains("tidak ada di penyimpanan ini");
        assert!(is_reading || !absent, "{command:?}: {output:?}");
    }
}

#[test]
fn half_a_line_at_the_end_heals_with_the_next_commit() {
    let (office, journal, codes) = worked();
    let whole = fs::read(&journal).expect("the journal");
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("lines") + 1;
    // The longest wants the line's last bracket: all of a line but its line feed would be known as another one's.
    for length in [1, 20, whole.len() - last - 2] {
        let mut file = OpenOptions::new().append(true).open(&journal).expect("the journal");
        file.write_all(&whole[last..last + length]).expect("written");
        drop(file);
        assert_eq!(office.run(&["fsck"]).code, 1, "{length} bytes of a torn line: something to mend");
        let listed = office.run(&["voucher", "list"]).ok();
        codes.iter().for_each(|code| assert!(listed.contains(code), "{code}"));
        let claim = office.waiting_claims().remove(0);
        let new = office.run(&["voucher", "issue", &claim]).ok();
        let fsck = office.json(&["fsck", "--full"]);
        assert_eq!(fsck["ok"], true, "{length}: {fsck:#}");
        let listed = office.run(&["voucher", "list"]).ok();
        codes
            .iter()
            .map(String::as_str)
            .chain(new.lines())
            .for_each(|code| assert!(listed.contains(code), "{code}"));
    }
}

#[test]
fn an_acknowledged_line_that_was_cut_off_is_not_healed_away() {
    let (office, journal, _) = worked();
    let whole = fs::read(&journal).expect("the journal");
    for cut in [1, 100, 600] {
        write(&journal, &whole[..whole.len() - cut]);
        let output = office.run(&["fsck"]);
        assert_eq!(output.code, 3, "{cut}: {output:?}");
        let claim = Office::looking().waiting_claims().pop().expect("some wait");
        assert_eq!(office.run(&["voucher", "issue", &claim]).code, 3, "nothing is written behind a hole");
    }
    write(&journal, &whole);
    let marked = office.run(&["fsck"]);
    assert!(
        marked.code == 1 && marked.stdout.contains("POISON"),
        "read-only until someone looked: {marked:?}"
    );
    assert_eq!(office.run(&["fsck", "--repair"]).code, 0);
    office.run(&["voucher", "issue", &office.waiting_claims()[0]]).ok();
}

#[test]
fn repair_makes_a_lost_manifest_anew() {
    let (office, _, codes) = worked();
    let before = office.run(&["report", "2026-10", "--format", "json"]).ok();
    let claims = office.run(&["claims", "--format", "json"]).ok();
    fs::remove_file(office.store.join("MANIFEST")).expect("there was one");
    let repaired = office.run(&["fsck", "--repair"]);
    assert_eq!(repaired.code, 0, "{repaired:?}");
    assert!(office.store.join("MANIFEST").exists());
    assert_eq!(office.json(&["fsck", "--full"])["ok"], true);
    assert_eq!(office.run(&["report", "2026-10", "--format", "json"]).ok(), before);
    assert_eq!(office.run(&["claims", "--format", "json"]).ok(), claims);
    let listed = office.run(&["voucher", "list"]).ok();
    codes.iter().for_each(|code| assert!(listed.contains(code), "{code}"));
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("the store is ours");
}

#[test]
fn a_store_is_compacted_by_a_command_of_its_own() {
    let (office, _, codes) = worked();
    let before = office.json(&["report", "2026-10"]);
    let manifest = || fs::read(office.store.join("MANIFEST")).expect("a MANIFEST");
    let old = manifest();
    // What was done today could no longer be undone: that is said first.
    let asked = office.run(&["store", "compact"]);
    assert_eq!((asked.code, asked.stdout.contains("--yes")), (1, true), "{asked:?}");
    assert_eq!(manifest(), old);
    assert!(office.run(&["undo"]).ok().contains("voucher"));
    let said = office.run(&["store", "compact", "--yes"]).ok();
    assert!(said.starts_with("Penyimpanan sudah dirapikan"), "{said}");
    assert_ne!(manifest(), old);
    assert_eq!(office.json(&["report", "2026-10"]), before);
    assert!(office.run(&["voucher", "show", &codes[0]]).code == 0);
    assert_eq!(office.json(&["fsck", "--full"])["ok"], true);
    // Somebody else is at it.
    let lock = fs::File::options().write(true).open(office.store.join("lock/compact.lock")).expect("a lock");
    lock.lock().expect("locked");
    assert_eq!(office.run(&["store", "compact", "--yes"]).code, 1);
    drop(lock);
    fs::write(office.store.join("lock/POISON"), "a test\n").expect("written");
    let old = manifest();
    assert_eq!(office.run(&["store", "compact", "--yes"]).code, 3);
    assert_eq!(manifest(), old);
}

#[test]
fn what_is_damaged_is_said_in_the_persons_language() {
    let (office, journal, _) = worked();
    let mut bytes = fs::read(&journal).expect("the journal");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x01;
    write(&journal, &bytes);
    let said = office.run(&["fsck"]).stdout;
    assert!(said.contains("angka pemeriksa salah") && !said.contains("checksum"), "{said}");
    let said = office.run(&["--lang", "en", "fsck"]).stdout;
    assert!(said.contains("the checksum is wrong"), "{said}");
    // A batch that is gone, too.
    let (office, _, _) = worked();
    let folder = office.store.join("batches/claims");
    let file = fs::read_dir(folder).expect("batches").next().expect("one").expect("readable").path();
    fs::remove_file(file).expect("ours");
    let found = office.run(&["fsck"]);
    assert!(found.code == 3 && found.stdout.contains("hilang atau rusak (tidak ada)"), "{found:?}");
    let repaired = office.run(&["fsck", "--repair"]);
    assert!(repaired.code == 3 && repaired.stdout.starts_with("Tidak ada yang diperbaiki"), "{repaired:?}");
}
