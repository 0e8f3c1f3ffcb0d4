//! Two clerks at one store: one after the other, at once, and each where the other stopped.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::{CLERKS, GROUP, Installed, NAMED, below, mode, name_of};
use crate::cli::branch::text;
use crate::support::SmallDisk;

#[test]
fn two_clerks_share_a_store() {
    let (here, numbers) = match Installed::with_claims(7) {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    let [siti, budi] = CLERKS;
    let issued = here.run(budi, &["voucher", "issue", &numbers[0]]).ok();
    let code = issued.lines().next().expect("a code");
    here.run(siti, &["voucher", "pay", code]).ok();
    // Both at once, for the same claims: each claim gets one voucher.
    let work = |uid: u32| {
        numbers[1..].iter().filter(|no| here.run(uid, &["voucher", "issue", no]).code == 0).count()
    };
    let done = std::thread::scope(|scope| {
        CLERKS.map(|uid| scope.spawn(move || work(uid))).map(|thread| thread.join().expect("ended"))
    });
    assert_eq!(done.iter().sum::<usize>(), numbers.len() - 1, "{done:?}");
    here.run(budi, &["store", "compact", "--yes"]).ok();
    // Whose record it is stands in the journal by the number of the user; what was typed as a name does not count.
    let journal =
        fs::read_dir(here.store().join("journal")).expect("root may").flatten().next().expect("a year");
    let lines: String =
        below(&journal.path()).iter().map(|path| fs::read_to_string(path).expect("plain")).collect();
    for uid in CLERKS {
        assert!(lines.contains(&format!("\"user\":\"uid{uid}\",\"uid\":{uid}")), "{uid}: {lines}");
    }
    assert!(!lines.contains("palsu"));
    if let Some(name) = name_of(NAMED) {
        here.run(NAMED, &["store", "compact", "--yes"]).ok();
        here.run(NAMED, &["backup", &text(&here.home(NAMED))]).ok();
        let logged = here.json(siti, &["log", "--op", "store.backed_up"]);
        assert_eq!(logged[0]["by"], name, "{logged}");
    }
    for uid in CLERKS {
        let found = here.json(uid, &["fsck", "--full"]);
        let codes: Vec<&str> =
            found["problems"].as_array().expect("a list").iter().filter_map(|p| p["code"].as_str()).collect();
        assert!(found["ok"] == true && codes.iter().all(|code| *code == "S304"), "{found:#}");
        let status = here.json(uid, &["store", "status"]);
        assert_eq!((&status["entry"], &status["gid"]), (&"program".into(), &GROUP.into()));
    }
    for path in below(&here.store()) {
        let facts = fs::symlink_metadata(&path).expect("there");
        assert_eq!(facts.gid(), GROUP, "{}", path.display());
        assert_eq!(facts.mode() & 0o007, 0, "{} is open to others", path.display());
    }
}

/// Whatever one clerk's run of the program leaves, another's goes on with: space set aside, a torn tail, parts.
#[test]
fn what_one_clerk_leaves_the_other_goes_on_with() {
    let made = SmallDisk::new(32).and_then(|disk| Ok((Installed::on(Some(&disk))?, disk)));
    let (here, disk) = match made {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    mode(disk.path().parent().expect("it is mounted below"), 0o755);
    let [siti, budi] = CLERKS;
    let numbers = here.fill(5);
    let code = |said: String| said.lines().next().expect("a code").to_owned();
    let issued =
        [(siti, 0), (budi, 1)].map(|(uid, no)| code(here.run(uid, &["voucher", "issue", &numbers[no]]).ok()));
    // Budi gives up what siti's run had set aside, siti gets what budi's sets aside anew.
    disk.fill(0);
    here.run(siti, &["voucher", "issue", &numbers[2]]).fails(3);
    here.run(budi, &["voucher", "void", &issued[0], "--reason", "salah rekening"]).ok();
    assert_eq!(here.json(siti, &["store", "status"])["ballast"], "missing");
    here.run(siti, &["voucher", "pay", &issued[1]]).ok();
    disk.free();
    here.run(budi, &["voucher", "issue", &numbers[2]]).ok();
    assert_eq!(here.json(siti, &["store", "status"])["ballast"], "kept");
    // Siti's power failed in the middle of a line.
    let journal =
        below(&here.store().join("journal")).into_iter().find(|path| path.is_file()).expect("a segment");
    let mut bytes = fs::read(&journal).expect("root may");
    let torn = bytes[bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("lines") + 1..]
        [..40]
        .to_vec();
    bytes.extend(torn);
    fs::write(&journal, bytes).expect("root may");
    here.run(budi, &["voucher", "issue", &numbers[3]]).ok();
    assert_eq!(fs::read_dir(here.store().join("quarantine")).expect("root may").count(), 1);
    fs::remove_file(here.store().join("MANIFEST")).expect("root may");
    fs::remove_dir_all(here.store().join("parts")).expect("root may");
    here.run(siti, &["fsck", "--repair"]).ok();
    here.run(budi, &["voucher", "issue", &numbers[4]]).ok();
    here.run(budi, &["fsck", "--full"]).ok();
    for path in below(&here.store()) {
        assert_eq!(fs::symlink_metadata(&path).expect("there").gid(), GROUP, "{}", path.display());
    }
}
