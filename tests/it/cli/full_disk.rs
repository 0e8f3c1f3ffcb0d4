//! The disk fills up in the middle of a day's work: a clerk reads what happened and what to do, nothing is half there,
//! what is in hand is brought to its end, and when there is room again work goes on.

use super::branch::{Office, branch, copy_folder, text};
use crate::support::{Frozen, SmallDisk};

/// A desk whose store lies on a small disk.
fn desk() -> Option<(Office, SmallDisk)> {
    let disk = SmallDisk::new(32).map_err(|why| println!("skipped: {why}")).ok()?;
    let store = disk.path().join("store");
    copy_folder(&branch().store, &store);
    let frozen = Frozen::new().with("SANTUN_STORE", &text(&store)).with("SANTUN_LANG", "en");
    Some((Office { frozen, store }, disk))
}

/// What must not move: the books' last record.
fn head(office: &Office) -> String {
    office.json(&["fsck", "--full"])["head"].to_string()
}

fn ballast(office: &Office) -> String {
    office.json(&["store", "status"])["ballast"].as_str().expect("a word").to_owned()
}

#[test]
fn a_full_disk_refuses_new_work_and_lets_the_old_be_finished() {
    let Some((office, disk)) = desk() else { return };
    let waiting = office.waiting_claims();
    let [first, second, third, ..] = &waiting[..] else { panic!("three claims wait: {waiting:?}") };
    let code = |said: String| said.lines().next().expect("a code").to_owned();
    let issued = [first, second].map(|claim| code(office.run(&["voucher", "issue", claim]).ok()));
    assert_eq!(ballast(&office), "kept");
    disk.fill(100_000);
    let before = head(&office);
    let said = office.run(&["voucher", "issue", third]).fails(3);
    assert!(said.contains("The disk is full") && said.contains("Make room"), "{said}");
    assert_eq!(head(&office), before, "nothing of it is there");
    assert_eq!(ballast(&office), "kept", "new work does not eat it up");
    // Not a block is left for this one.
    disk.free();
    disk.fill(0);
    office.run(&["voucher", "void", &issued[0], "--reason", "salah rekening"]).ok();
    assert_ne!(head(&office), before, "it is there");
    assert_eq!(ballast(&office), "missing", "it was used for what it is for");
    let problems = office.json(&["fsck"])["problems"].clone();
    let has = |code: &str| problems.as_array().expect("an array").iter().any(|p| p["code"] == code);
    assert!(has("S305"), "{problems}");
    let said = office.run(&["voucher", "issue", third]).fails(3);
    assert!(said.contains("The disk is full"), "the ballast is not for new work: {said}");
    office.run(&["voucher", "pay", &issued[1]]).ok();
    disk.free();
    let third_code = code(office.run(&["voucher", "issue", third]).ok());
    assert_eq!(ballast(&office), "kept", "made again");
    office.run(&["fsck", "--full"]).ok();
    let numbers = [&issued[0], &issued[1], &third_code].map(|code| serial(code));
    assert_eq!([numbers[0], numbers[0] + 1, numbers[0] + 2], numbers, "no number was skipped or given twice");
}

/// The number in a voucher's code: its longest run of digits but the year's.
fn serial(code: &str) -> u64 {
    let mut runs = code.split(|letter: char| !letter.is_ascii_digit()).filter(|run| run.len() >= 5);
    runs.next_back().and_then(|run| run.parse().ok()).unwrap_or_else(|| panic!("a code: {code}"))
}

/// The disk is full before anybody has seen that it fills: the write itself fails.
#[test]
fn an_import_on_a_disk_that_fills_leaves_nothing() {
    let Some((office, disk)) = desk() else { return };
    let files = office.frozen.path("more");
    office.run(&["sample", "--jkk", "2000", "--others", "500", "--seed", "9", "--out", &text(&files)]).ok();
    let claims = || office.json(&["claims", "--limit", "10000"]).as_array().expect("an array").len();
    let before = claims();
    disk.fill(5 << 20);
    let output = office.run(&["import", &text(&files)]);
    assert_ne!(output.code, 0, "{output:?}");
    assert_eq!(claims(), before, "nothing of it is there: {output:?}");
    disk.free();
    office.run(&["fsck", "--full"]).ok();
    let said = office.run(&["import", &text(&files)]);
    assert!(said.code == 0 || said.code == 1, "{said:?}");
    assert!(claims() > before, "with room it is taken in");
}
