//! `santun undo`: the list, what would happen, and doing it.

use super::two::waiting;

/// The number of the newest action.
fn newest(office: &super::branch::Office) -> (String, serde_json::Value) {
    let list = office.json(&["undo"]);
    let first = list[0].clone();
    (first["id"].to_string(), first)
}

#[test]
fn an_amendment_of_an_imported_claim_goes_back_to_what_the_file_said() {
    let (office, claims) = waiting(2);
    let show = || office.run(&["claim", "show", &claims[1]]).ok();
    assert!(office.run(&["undo"]).ok().contains("tindakan"));
    office.run(&["claim", "amend", &claims[1], "--notes", "alamat baru"]).ok();
    let (id, deed) = newest(&office);
    assert_eq!((deed["on"].as_str(), deed["standing"].as_str()), (Some("K-2"), Some("open")));
    // Only looking, and forgetting to say yes, change nothing.
    let said = office.run(&["undo", &id, "--dry-run"]).ok();
    assert!(said.contains("alamat baru") && said.contains("(kosong)"), "{said}");
    office.run(&["undo", &id]).fails(2);
    assert!(show().contains("alamat baru"));
    let said = office.run(&["undo", &id, "--yes"]).ok();
    assert!(said.contains("Diurungkan"), "{said}");
    assert!(!show().contains("alamat baru"));
    // Done once; the undo itself is now the newest and can be taken back.
    office.run(&["undo", &id, "--yes"]).fails(1);
    let (id, _) = newest(&office);
    office.run(&["undo", &id, "--yes"]).ok();
    assert!(show().contains("alamat baru"));
    office.run(&["undo", "999999", "--yes"]).fails(1);
}

#[test]
fn a_voucher_is_voided_and_keeps_its_number() {
    let (office, claims) = waiting(1);
    let code = office.run(&["voucher", "issue", &claims[0]]).ok();
    let (id, _) = newest(&office);
    let said = office.run(&["undo", &id, "--yes"]).ok();
    assert!(said.contains(code.trim()) && said.contains("tetap terpakai"), "{said}");
    let again = office.run(&["voucher", "issue", &claims[0]]).ok();
    assert_ne!(again, code);
    let list = office.json(&["undo"]);
    let standings: Vec<&str> =
        list.as_array().expect("a list").iter().filter_map(|d| d["standing"].as_str()).collect();
    assert_eq!(standings, ["open", "stays", "undone"]);
    assert!(list[1]["why"].as_str().is_some_and(|why| why.contains("sudah mati")), "{list}");
}

#[test]
fn a_mark_is_taken_away_by_a_flag() {
    let (office, claims) = waiting(1);
    office.run(&["claim", "check", &claims[0]]).ok();
    office.run(&["claim", "check", &claims[0], "--clear"]).ok();
    office.run(&["claim", "check", &claims[0], "--clear"]).fails(1);
}
