//! `santun store status`: its figures are those of the files, and who writes is said while they write. What the command
//! line says of a store in a wrong place.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::branch::Office;

/// Bytes of every file of a folder, as the system says.
fn bytes_below(folder: &Path) -> u64 {
    let items = fs::read_dir(folder).expect("a folder").map(|item| item.expect("a name"));
    let size = |item: fs::DirEntry| match item.file_type().expect("a kind").is_dir() {
        true => bytes_below(&item.path()),
        false => item.metadata().expect("facts").len(),
    };
    items.map(size).sum()
}

#[test]
fn the_figures_are_those_of_the_files() {
    let office = Office::working();
    let status = office.json(&["store", "status"]);
    let of_kind = |kind: &str| {
        let sizes = status["sizes"].as_array().expect("an array");
        sizes
            .iter()
            .find(|size| size["kind"] == kind)
            .map_or(0, |size| size["bytes"].as_u64().expect("bytes"))
    };
    assert_eq!(of_kind("journal"), bytes_below(&office.store.join("journal")));
    assert_eq!(of_kind("batches"), bytes_below(&office.store.join("batches")));
    assert_eq!(of_kind("other"), 0, "every file of a store is known: {status}");
    assert_eq!(status["total_bytes"], bytes_below(&office.store));
    let found = office.json(&["fsck"]);
    assert_eq!((&status["seq"], &status["hash"]), (&found["events"], &found["head"]));
    assert_eq!(status["sound"], true);
    assert!(status["free_bytes"].as_u64().expect("bytes") > 0);
    assert!(status["compacted"].as_str().expect("an import compacts").starts_with("20"));
    let people = office.run(&["store", "status"]).ok();
    let plain = office.run(&["--plain", "store", "status"]).ok();
    for text in [&people, &plain] {
        assert!(text.contains(status["hash"].as_str().expect("a hash")), "{text}");
    }
    assert!(plain.contains("Penulis: tidak ada; terakhir "), "{plain}");
}

#[test]
fn the_last_backup_is_said() {
    let office = Office::working();
    let head = office.json(&["store", "status"]);
    assert_eq!(head["last_backup"], serde_json::Value::Null);
    assert!(office.run(&["--plain", "store", "status"]).ok().contains("Cadangan terakhir: belum pernah"));
    let into = office.frozen.path("backup");
    office.run(&["backup", into.to_str().expect("plain")]).ok();
    let last = office.json(&["store", "status"])["last_backup"].clone();
    assert_eq!((&last["seq"], &last["hash"]), (&head["seq"], &head["hash"]));
    assert!(last["files"].as_u64() > Some(3) && last["bytes"].as_u64() > Some(0), "{last}");
    let said = office.run(&["--plain", "store", "status"]).ok();
    let at = last["at"].as_str().expect("a time");
    assert!(at.starts_with("2026-10-30T09:00:00"), "{at}");
    assert!(said.contains("Cadangan terakhir: 2026-10-30 09:00:00, sampai catatan "), "{said}");
}

#[test]
fn who_writes_is_said_while_they_write() {
    let office = Office::working();
    let lock = File::options().read(true).write(true).open(office.store.join("lock/writer.lock"));
    let lock = lock.expect("a lock file");
    assert_eq!(office.json(&["store", "status"])["writer"]["state"], "free");
    lock.lock().expect("nobody holds it");
    assert_eq!(office.json(&["store", "status"])["writer"]["state"], "held");
    lock.unlock().expect("ours");
    assert_eq!(office.json(&["store", "status"])["writer"]["state"], "free", "looking holds nothing");
}

#[test]
fn a_damaged_store_says_so_in_its_status() {
    let office = Office::working();
    fs::write(office.store.join("lock/POISON"), "by hand\n").expect("writable");
    let output = office.run(&["store", "status", "--format", "json"]);
    assert_eq!(output.code, 3, "{output:?}");
    let status: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
    assert_eq!(status["sound"], false);
    assert!(status["standing"].as_str().expect("a sentence").contains("by hand"), "{status}");
}

#[test]
fn a_store_that_everybody_may_write_is_refused_with_the_remedy() {
    let office = Office::working();
    fs::set_permissions(&office.store, fs::Permissions::from_mode(0o777)).expect("ours");
    for command in [&["claims"][..], &["today"], &["store", "compact"], &["--trust-owner", "claims"]] {
        let said = office.run(command).fails(3);
        assert!(said.contains("chmod o-w"), "{command:?}: {said}");
    }
    fs::set_permissions(&office.store, fs::Permissions::from_mode(0o750)).expect("ours");
    office.run(&["claims"]).ok();
}
