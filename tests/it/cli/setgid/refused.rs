//! Where a store of a group is not worked in, and what is not heard from whoever starts the program.

use std::os::unix::fs::chown;

use super::{CLERKS, Installed, mode, output};

#[test]
fn a_store_that_people_reach_without_the_program_is_not_worked_in() {
    let (here, numbers) = match Installed::with_claims(2) {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    let [siti, budi] = CLERKS;
    // Open to others, then of a clerk.
    mode(&here.store(), 0o2775);
    let said = here.run(siti, &["voucher", "issue", &numbers[0]]).fails(1);
    assert!(said.contains("2770"), "{said}");
    let places = |uid: u32, code: &str| -> Vec<String> {
        let found = here.json(uid, &["fsck"]);
        let problems = found["problems"].as_array().expect("a list").iter();
        let named = problems.filter(|problem| problem["code"] == code);
        named.map(|problem| problem["place"].as_str().expect("a text").to_owned()).collect()
    };
    assert_eq!(places(siti, "S307"), ["."]);
    mode(&here.store(), 0o2770);
    chown(here.store(), Some(siti), None).expect("root may");
    mode(&here.store(), 0o2770);
    let said = here.run(siti, &["voucher", "issue", &numbers[0]]).fails(1);
    assert!(said.contains("2770"), "{said}");
    assert_eq!(places(siti, "S307"), ["."]);
    assert_eq!(places(budi, "S307"), [""; 0], "it is hers");
    here.run(budi, &["voucher", "issue", &numbers[0]]).ok();
    chown(here.store(), Some(0), None).expect("root may");
    mode(&here.store(), 0o2770);
    here.run(siti, &["voucher", "issue", &numbers[1]]).ok();
    // What somebody copied in by hand and colleagues cannot work with is named.
    mode(&here.store().join("FORMAT"), 0o600);
    let found = here.json(budi, &["fsck"]);
    mode(&here.store().join("FORMAT"), 0o660);
    assert_ne!(found["ok"], true, "{found}");
    mode(&here.store().join("store.toml"), 0o640);
    assert_eq!(places(budi, "S308"), ["store.toml"]);
}

#[test]
fn the_clock_of_a_program_for_a_group_is_the_machines() {
    let here = match Installed::new() {
        Err(why) => return println!("skipped: {why}"),
        Ok(here) => here,
    };
    let [siti, _] = CLERKS;
    for name in ["SANTUN_TODAY", "SANTUN_NOW"] {
        let said = output(here.command(&here.path("santun"), siti, &["demo"]).env(name, "2026-10-30"));
        assert!(said.code == 2 && said.stderr.contains(name), "{said:?}");
    }
}

/// Where a store may not lie, it may not lie for a group either.
#[test]
fn what_everybody_may_write_is_refused_in_a_store_of_a_group() {
    let (here, numbers) = match Installed::with_claims(1) {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    let [siti, _] = CLERKS;
    for (path, open, closed) in
        [(here.dir.path().to_path_buf(), 0o777, 0o755), (here.store().join("lock/writer.lock"), 0o662, 0o660)]
    {
        mode(&path, open);
        let said = here.run(siti, &["voucher", "issue", &numbers[0]]);
        mode(&path, closed);
        assert!(said.code != 0 && said.stderr.contains("chmod o-w"), "{}: {said:?}", path.display());
    }
    here.run(siti, &["voucher", "issue", &numbers[0]]).ok();
}
