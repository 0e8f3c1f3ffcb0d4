//! Backup, restore, anchors and the log as a person uses them; damage done by hand is found, named and refused.

use std::fs;
use std::path::PathBuf;

use super::branch::{Office, text};

fn journal(office: &Office) -> PathBuf {
    office.store.join("journal/2026/000000000001.jsonl")
}

fn worked() -> Office {
    let office = Office::working();
    for claim in office.waiting_claims().iter().take(2) {
        office.run(&["voucher", "issue", claim]).ok();
    }
    office
}

/// Flips a digit of an amount in a line that is no JSON error afterwards, as an editor would.
fn edit_amount(office: &Office) -> usize {
    let path = journal(office);
    let text = fs::read_to_string(&path).expect("a journal");
    let line = text.lines().position(|line| line.contains("\"voucher.raised\"")).expect("a voucher");
    let start: usize = text.lines().take(line).map(|line| line.len() + 1).sum();
    let at = start + text[start..].find("\"gross\":").expect("an amount") + "\"gross\":".len();
    let mut bytes = text.into_bytes();
    bytes[at] = if bytes[at] == b'9' { b'8' } else { b'9' };
    fs::write(&path, bytes).expect("ours");
    start
}

#[test]
fn an_amount_edited_in_the_journal_is_found_named_and_refused() {
    let office = worked();
    let waiting = office.waiting_claims();
    let anchor = office.run(&["anchor"]).ok();
    let start = edit_amount(&office);
    let found = office.run(&["fsck"]);
    assert_eq!(found.code, 3, "{found:?}");
    assert!(found.stdout.contains(&format!("S101  journal/2026/000000000001.jsonl:{start}")), "{found:?}");
    assert!(found.stdout.contains("ditandai hanya boleh dibaca"), "{found:?}");
    assert!(office.store.join("lock/POISON").exists());
    for command in [&["voucher", "issue", &waiting[0]][..], &["store", "compact"], &["anchor"]] {
        assert_eq!(office.run(command).code, 3, "{command:?}");
    }
    let backup = office.run(&["backup", &text(&office.frozen.path("b"))]);
    assert_eq!(backup.code, 3, "{backup:?}");
    assert_eq!(office.run(&["fsck", "--repair"]).code, 3, "nothing is made from it");
    assert_ne!(anchor, "");
}

#[test]
fn a_running_desk_stops_when_fsck_finds_damage_below_its_base() {
    let office = worked();
    office.run(&["store", "compact", "--yes"]).ok();
    let desk = santun::store::Store::open(&office.store).expect("it opens: its base lies behind the damage");
    edit_amount(&office);
    assert!(desk.refresh().is_ok());
    assert_eq!(office.run(&["fsck", "--full"]).code, 3);
    let standing = {
        desk.refresh().expect("what can be read is read");
        desk.standing()
    };
    assert!(matches!(standing, santun::store::error::Standing::Poisoned(_)), "{standing:?}");
}

#[test]
fn parts_that_are_gone_are_rebuilt_and_a_batch_is_not() {
    let office = worked();
    office.run(&["store", "compact", "--yes"]).ok();
    let before = office.json(&["report", "2026-10"]);
    fs::remove_dir_all(office.store.join("parts")).expect("there were some");
    assert_eq!(office.json(&["report", "2026-10"]), before, "read from the truth");
    assert_eq!(office.run(&["fsck"]).code, 1);
    assert_eq!(office.run(&["fsck", "--repair"]).code, 0);
    assert!(office.store.join("parts").exists());
    assert_eq!(office.json(&["report", "2026-10"]), before);
    let batch = fs::read_dir(office.store.join("batches/claims")).expect("a folder").next().expect("one");
    let batch = batch.expect("readable").path();
    let whole = fs::read(&batch).expect("readable");
    fs::remove_file(&batch).expect("ours");
    let found = office.run(&["fsck"]);
    let name = batch.file_name().and_then(|name| name.to_str()).expect("a name");
    assert!(found.code == 3 && found.stdout.contains("S111") && found.stdout.contains(name), "{found:?}");
    assert_eq!(office.run(&["fsck", "--repair"]).code, 3);
    fs::write(&batch, whole).expect("put back");
    assert_eq!(office.run(&["fsck", "--repair"]).code, 0);
    assert_eq!(office.json(&["fsck", "--full"])["ok"], true);
}

#[test]
fn backup_restore_and_anchor_as_a_person_uses_them() {
    let office = worked();
    let (b, anchors) = (text(&office.frozen.path("b")), text(&office.frozen.path("anchors.txt")));
    let line = office.run(&["anchor", "--append", &anchors]).ok();
    assert_eq!(office.run(&["anchor", "--append", &anchors]).ok(), line, "once is enough");
    assert_eq!(fs::read_to_string(&anchors).expect("made").lines().count(), 2);
    let said = office.run(&["backup", &b]).ok();
    assert!(said.starts_with("Cadangan utuh di "), "{said}");
    let report = office.json(&["report", "2026-10"]);
    let again = office.json(&["backup", &b]);
    assert_eq!((again["copied"].as_u64(), again["noted"].as_bool()), (Some(1), Some(true)));
    let new = text(&office.frozen.path("new"));
    let restored = office.run(&["restore", &b, &new, "--anchor", &anchors]).ok();
    assert!(restored.contains("1 jangkar cocok"), "{restored}");
    let of_new = |arguments: &[&str]| office.run(&[&["--store", &new], arguments].concat());
    let now: serde_json::Value =
        serde_json::from_str(&of_new(&["report", "2026-10", "--format", "json"]).ok()).expect("JSON");
    assert_eq!(now["seal"], report["seal"]);
    assert_eq!(now["totals"], report["totals"]);
    assert_eq!(of_new(&["fsck", "--full", "--anchor", &anchors]).code, 0);
    assert!(of_new(&["log", "--op", "store.restored"]).ok().contains("store.restored"));
    // Wrong places, wrong lines.
    assert_eq!(office.run(&["restore", &b, &new]).code, 1, "not over a store");
    assert_eq!(office.run(&["restore", &new, &text(&office.frozen.path("x"))]).code, 1, "no backup");
    assert_eq!(office.run(&["backup", &text(&office.store.join("parts"))]).code, 1);
    let odd = office.file("odd.txt", "# head\n815 4b84\n");
    let said = office.run(&["fsck", "--anchor", &odd]);
    assert!(said.code == 1 && said.stderr.contains("Baris 2"), "{said:?}");
    // An anchor of a longer history.
    let (seq, hash) = line.trim().split_once(' ').expect("two words");
    let beyond =
        office.file("beyond.txt", &format!("{} {hash}\n", seq.parse::<u64>().expect("a number") + 50));
    let said = office.run(&["fsck", "--anchor", &beyond]);
    assert!(said.code == 3 && said.stdout.contains("S121"), "{said:?}");
    assert!(!office.store.join("lock/POISON").exists(), "the file may be the wrong one");
}

#[test]
fn fsck_answers_in_json_whatever_it_meets() {
    let office = worked();
    let path = office.store.join("FORMAT");
    let whole = fs::read_to_string(&path).expect("FORMAT");
    let newer = whole.split("\"min_reader\":").next().expect("a beginning").to_owned()
        + "\"min_reader\":99"
        + &whole[whole.find(",\"min_writer\"").expect("a key")..];
    let cases: [(Option<&str>, &str, i32); 4] =
        [(None, "S122", 3), (Some("{}"), "S122", 3), (Some("garbage"), "S122", 3), (Some(&newer), "S217", 1)];
    for (content, code, exit) in cases {
        match content {
            None => fs::remove_file(&path).expect("there was one"),
            Some(content) => fs::write(&path, content).expect("ours"),
        }
        let output = office.run(&["fsck", "--format", "json"]);
        let found: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
        assert_eq!((found["problems"][0]["code"].as_str(), output.code), (Some(code), exit), "{found}");
        assert!(found["ok"] == false && found["head"].is_null());
        assert_eq!(office.run(&["fsck", "--repair"]).code, exit, "{code}: nothing is made of it");
    }
    fs::write(&path, whole).expect("ours");
    assert_eq!(office.json(&["fsck", "--full"])["ok"], true);
    let output = Office::unmade().run(&["fsck", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
    assert_eq!((found["problems"][0]["code"].as_str(), output.code), (Some("store-none"), 1));
}

#[test]
fn the_log_is_asked_by_person_claim_operation_and_time() {
    let office = worked();
    let code = office.json(&["voucher", "list"])[0]["code"].as_str().expect("a code").to_owned();
    let log = |arguments: &[&str]| {
        let log = office.json(&[&["log", "--limit", "999"], arguments].concat());
        log.as_array().expect("an array").clone()
    };
    let all = log(&[]);
    let by = all.last().expect("records")["by"].as_str().expect("a name").to_owned();
    assert_eq!(log(&["--by", &by]).len(), all.len());
    assert_eq!(log(&["--by", "nobody-else"]).len(), 0);
    let raised = log(&["--op", "voucher.raised"]);
    assert!(!raised.is_empty() && raised.iter().all(|entry| entry["op"] == "voucher.raised"));
    assert_eq!(log(&["--op", "voucher"]).len(), raised.len());
    assert_eq!(log(&["--op", "vouch"]).len(), 0, "a whole word of the operation");
    assert!(log(&[&code]).iter().all(|entry| entry["reference"] == code.as_str()));
    // Everything of these tests happens on 30 October at nine.
    for (from, to, n) in [
        ("2026-10-30", "2026-10-30", all.len()),
        ("30/10/2026", "2026-10-30T09:00", all.len()),
        ("2026-10-30T09:01", "2026-10-30", 0),
        ("2026-10-01", "2026-10-29", 0),
    ] {
        assert_eq!(log(&["--from", from, "--to", to]).len(), n, "{from} {to}");
    }
    let wrong = office.run(&["log", "--from", "kemarin dulu"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("kemarin dulu"), "{wrong:?}");
    assert_eq!(office.json(&["log", "--limit", "1"]).as_array().map(Vec::len), Some(1));
    assert_eq!(office.json(&["log", "--limit", "0"]).as_array().map(Vec::len), Some(0));
    // Names of people are personal fields, which no log shows.
    let store = santun::store::Store::open_read_only(&office.store).expect("it opens");
    let mut names = Vec::new();
    let mut name_of = |claim: &santun::domain::Claim| names.push(claim.basics.worker.name.to_string());
    store.view().for_each_claim(&mut name_of).expect("readable");
    let shown = office.run(&["log", "--limit", "999", "--format", "json"]).stdout;
    assert!(names.len() > 100 && names.iter().all(|name| !shown.contains(name.as_str())));
}
