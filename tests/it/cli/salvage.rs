//! A new store of what can still be read of a damaged one: what is missing is named, what is there is the same.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::branch::{Office, text};

fn worked() -> Office {
    let office = Office::working();
    for claim in office.waiting_claims().iter().take(4) {
        office.run(&["voucher", "issue", claim]).ok();
    }
    office
}

fn journal(office: &Office) -> PathBuf {
    office.store.join("journal/2026/000000000001.jsonl")
}

/// Every file below a folder with its bytes.
fn bytes_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            all.extend(bytes_below(&path));
        } else {
            let bytes = fs::read(&path).expect("readable");
            all.push((path, bytes));
        }
    }
    all.sort();
    all
}

/// Salvages into `new`; what was said in JSON, and by the exit code. The damaged store stays as it is, the new one is sound.
fn salvage(office: &Office, new: &str, code: i32) -> (Value, String) {
    let before = bytes_below(&office.store);
    let new = text(&office.frozen.path(new));
    let output = office.run(&["fsck", "--salvage", &new, "--format", "json"]);
    assert_eq!(output.code, code, "{output:?}");
    assert!(bytes_below(&office.store) == before, "the damaged store was changed");
    let said: Value =
        serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let found = office.run(&["--store", &new, "fsck", "--full"]);
    assert_eq!(found.code, 0, "{found:?} {said:#}");
    assert!(Path::new(&new).join("SALVAGE.txt").exists());
    let log = office.run(&["--store", &new, "log", "--op", "store.salvaged"]).ok();
    assert!(log.contains("store.salvaged"), "{log}");
    (said, new)
}

fn of(office: &Office, store: &str, arguments: &[&str]) -> Value {
    let said = office.run(&[&["--store", store], arguments, &["--format", "json"]].concat()).ok();
    serde_json::from_str(&said).expect("JSON")
}

#[test]
fn of_a_sound_store_nothing_is_lost() {
    let office = worked();
    let (said, new) = salvage(&office, "new", 0);
    assert!(said["ok"] == true && said["read"] == said["taken"], "{said:#}");
    let (now, before) = (of(&office, &new, &["report", "2026-10"]), office.json(&["report", "2026-10"]));
    assert_eq!((&now["seal"], &now["totals"]), (&before["seal"], &before["totals"]));
    for list in [&["claims"][..], &["voucher", "list"]] {
        assert_eq!(of(&office, &new, list), office.json(list), "{list:?}");
    }
    let claim = office.waiting_claims().remove(0);
    assert_eq!(of(&office, &new, &["claim", "show", &claim]), office.json(&["claim", "show", &claim]));
    office.run(&["--store", &new, "voucher", "issue", &claim]).ok();
}

#[test]
fn wrong_places_are_wrong_usage() {
    let office = worked();
    let inside = text(&office.store.join("parts/new"));
    assert_eq!(office.run(&["fsck", "--salvage", &inside]).code, 2);
    let taken = text(&office.frozen.path("taken"));
    fs::create_dir_all(&taken).expect("ours");
    fs::write(Path::new(&taken).join("x"), "x").expect("ours");
    assert_eq!(office.run(&["fsck", "--salvage", &taken]).code, 2);
    let none = office.frozen.path("none");
    fs::create_dir_all(&none).expect("ours");
    let new = text(&office.frozen.path("new"));
    assert_eq!(office.run(&["--store", &text(&none), "fsck", "--salvage", &new]).code, 3);
    assert!(!Path::new(&new).join("FORMAT").exists());
}

#[test]
fn an_edited_amount_loses_its_transaction_and_what_stands_on_it() {
    let office = worked();
    let path = journal(&office);
    let mut bytes = fs::read(&path).expect("a journal");
    let all = String::from_utf8(bytes.clone()).expect("text");
    let line = all.lines().position(|line| line.contains("\"voucher.raised\"")).expect("a voucher");
    let start: usize = all.lines().take(line).map(|line| line.len() + 1).sum();
    let at = start + all[start..].find("\"gross\":").expect("an amount") + "\"gross\":".len();
    bytes[at] = if bytes[at] == b'9' { b'8' } else { b'9' };
    fs::write(&path, bytes).expect("ours");
    let (said, new) = salvage(&office, "new", 1);
    assert_eq!(said["gaps"].as_array().map(Vec::len), Some(1), "{said:#}");
    assert_eq!(said["gaps"][0]["bytes"][0].as_u64(), Some(start as u64), "{said:#}");
    assert!(!said["gaps"][0]["claims"].as_array().expect("a list").is_empty(), "{said:#}");
    assert_eq!(of(&office, &new, &["voucher", "list"]).as_array().map(Vec::len), {
        let sound = Office::looking().json(&["voucher", "list"]);
        sound.as_array().map(|list| list.len() + 3)
    });
    // The lost number is told and not given again.
    let lost = said["numbers"].as_array().expect("a list");
    assert_eq!(lost.len(), 1, "{said:#}");
    let claim = Office::looking().waiting_claims().pop().expect("some wait");
    let code = office.run(&["--store", &new, "voucher", "issue", &claim]).ok();
    let number = format!("-{:05}-", lost[0][1].as_u64().expect("a number"));
    assert!(!code.contains(&number), "{code} {number}");
    assert_eq!(office.run(&["--store", &new, "fsck", "--full"]).code, 0);
}

#[test]
fn behind_a_cut_in_the_middle_the_rest_is_kept() {
    let office = worked();
    let path = journal(&office);
    let bytes = fs::read(&path).expect("a journal");
    let feeds: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at).collect();
    // From inside one line to inside another, near the end.
    let (from, to) = (feeds[feeds.len() - 6] + 40, feeds[feeds.len() - 4] + 40);
    fs::write(&path, [&bytes[..from], &bytes[to..]].concat()).expect("ours");
    let (said, _) = salvage(&office, "new", 1);
    let records = &said["gaps"][0]["records"];
    let n = records[1].as_u64().expect("a number") - records[0].as_u64().expect("a number") + 1;
    assert_eq!(n, 3, "{said:#}");
    let left_out = said["left_out"].as_array().expect("a list");
    assert!(left_out.iter().all(|left| left["why"] == "incomplete" || left["why"] == "misfit"), "{said:#}");
}

#[test]
fn a_batch_that_is_gone_loses_only_itself() {
    let office = worked();
    let batch =
        fs::read_dir(office.store.join("batches/claim_detail")).expect("a folder").next().expect("one");
    let batch = batch.expect("readable").path();
    fs::remove_file(&batch).expect("ours");
    let (said, new) = salvage(&office, "new", 1);
    let lost = said["lost_files"].as_array().expect("a list");
    assert!(
        lost.len() == 1 && lost[0]["reason"] == "missing" && lost[0]["rows"].as_u64() > Some(0),
        "{said:#}"
    );
    assert!(!of(&office, &new, &["claims"]).as_array().expect("a list").is_empty());
    // Narrow rows are made of their documents.
    let office = worked();
    let narrow = fs::read_dir(office.store.join("batches/claims")).expect("a folder").next().expect("one");
    fs::remove_file(narrow.expect("readable").path()).expect("ours");
    let (said, new) = salvage(&office, "new", 0);
    assert_eq!(said["ok"], true);
    assert_eq!(of(&office, &new, &["claims"]).as_array().map(Vec::len), Some(180));
}

#[test]
fn a_journal_without_its_first_segment_keeps_office_and_batches_by_manifest() {
    let office = worked();
    let claim = office.waiting_claims().remove(0);
    office.run_on("2027-01-05", &["voucher", "issue", &claim]);
    assert!(office.store.join("journal/2027").exists(), "a new year has a new segment");
    fs::remove_dir_all(office.store.join("journal/2026")).expect("ours");
    let (said, new) = salvage(&office, "new", 1);
    assert!(said["office_from_manifest"] == true && said["gaps"][0]["records"][0] == 1, "{said:#}");
    assert_eq!(of(&office, &new, &["claims"]).as_array().map(Vec::len), Some(180));
}

#[test]
fn a_sealed_segment_with_a_flipped_byte_loses_a_frame_or_nothing() {
    let office = worked();
    let claim = office.waiting_claims().remove(0);
    office.run_on("2027-01-05", &["voucher", "issue", &claim]);
    office.run_on("2027-01-05", &["store", "compact", "--yes"]).ok();
    let sealed = office.store.join("journal/2026/000000000001.jsonl.zst");
    let whole = fs::read(&sealed).expect("sealed by the compaction");
    let write = |bytes: &[u8]| {
        fs::remove_file(&sealed).expect("ours");
        fs::write(&sealed, bytes).expect("ours");
    };
    // In the seek table: every frame is still there.
    let mut bytes = whole.clone();
    let at = bytes.len() - 12;
    bytes[at] ^= 0x10;
    write(&bytes);
    let (said, _) = salvage(&office, "index", 0);
    assert_eq!(said["ok"], true, "{said:#}");
    // In the one frame: its records are gone and named.
    let mut bytes = whole.clone();
    bytes[whole.len() / 2] ^= 0x10;
    write(&bytes);
    let (said, _) = salvage(&office, "frame", 1);
    assert_eq!(said["gaps"][0]["records"][0], 1, "{said:#}");
    assert_eq!(said["gaps"][0]["file"], "journal/2026/000000000001.jsonl.zst");
}
