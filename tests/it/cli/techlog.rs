//! The technical log: it tells what was done, and nothing of what is in the books.

use std::collections::BTreeSet;
use std::path::Path;

use super::branch::{Office, branch};
use crate::support::Frozen;

/// Everything in the log of this home.
fn log_of(frozen: &Frozen) -> String {
    let folder = frozen.path(".local/state/santun/log");
    let files = std::fs::read_dir(&folder).map(Iterator::flatten).into_iter().flatten();
    files.map(|entry| std::fs::read_to_string(entry.path()).expect("the log is text")).collect()
}

/// Whole cells of the named columns of a branch's files.
fn cells(folder: &Path, file: &str, columns: &[&str]) -> BTreeSet<String> {
    let mut reader = csv::Reader::from_path(folder.join(file)).expect("the branch has its files");
    let heads = reader.headers().expect("a head").clone();
    let places: Vec<usize> =
        columns.iter().map(|name| heads.iter().position(|head| head == *name).expect(name)).collect();
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.flat_map(|row| places.iter().map(|place| row[*place].to_owned()).collect::<Vec<_>>())
        .filter(|cell| cell.chars().count() > 4)
        .collect()
}

#[test]
fn a_day_leaves_no_personal_data_in_the_log() {
    let office = Office::working();
    let frozen =
        Frozen::new().with("SANTUN_LOG", "debug").with("SANTUN_STORE", office.store.to_str().expect("plain"));
    let run = |arguments: &[&str]| frozen.run(arguments);
    let waiting = office.waiting_claims();
    let claim = waiting.first().expect("somebody waits").as_str();
    // A day: look, register, be refused, issue, pay, a wrong name, a file that is not there.
    run(&["claims", "--where", "pekerja ~ bayu"]).ok();
    run(&["claim", "show", claim]).ok();
    let person = ["--worker", "Zulaikha Rahasiawati", "--id-no", "3175091208900007", "--kpj", "12345678901"];
    let case = ["--npp", "JJ001234", "--company", "PT Rahasia Utama", "--event-date", "2026-10-28"];
    let hurt = ["--icd10", "S62.6", "--notes", "jari putus \u{1b}]0;x\u{7}\u{202e}", "--programme", "JKK"];
    let added = run(&[&["claim", "add"][..], &person, &case, &hurt].concat());
    assert!(added.code < 3, "{added:?}");
    run(&["claim", "add", "--worker", "Zulaikha Rahasiawati", "--id-no", "31750"]).fails(2);
    run(&["claim", "outcome", "Zulaikha Rahasiawati", "sembuh"]).fails(1);
    let codes = run(&["voucher", "issue", claim]).ok();
    let code = codes.lines().next().expect("a code");
    run(&["voucher", "pay", code, "--reference", "TRF Rahasia 99887766"]).ok();
    assert!(run(&["voucher", "pay", code]).code > 0);
    run(&["import", "/rahasia/Zulaikha.csv"]).fails(1);
    run(&["report", "2026-10"]).ok();
    run(&["demo"]).ok();

    let log = log_of(&frozen);
    for said in
        ["begins", "ends", "store opened", "committed", "voucher.raised", "voucher.paid", "claim-unknown"]
    {
        assert!(log.contains(said), "{said} is not in the log:\n{log}");
    }
    assert!(log.chars().all(|c| c == '\n' || !c.is_control()), "{log:?}");
    let files = &branch().files;
    let personal = cells(files, "claims.csv", &["worker", "id_no", "kpj", "company", "npp"]);
    let payees = cells(files, "benefits.csv", &["payee", "account"]);
    let typed =
        ["Zulaikha", "Rahasia", "3175091208900007", "12345678901", "JJ001234", "S62", "jari", "99887766"];
    assert!(personal.len() > 100 && payees.len() > 50, "there is somebody to look for");
    for text in personal.iter().chain(&payees).map(String::as_str).chain(typed) {
        assert!(!log.contains(text), "{text} is in the log:\n{log}");
    }
}

#[test]
fn the_level_chooses_and_a_log_that_cannot_be_written_stops_nothing() {
    let office = Office::empty();
    office.run(&["claims"]).ok();
    assert!(log_of(&office.frozen).contains("store opened"));
    for (level, is_there) in [("off", false), ("error", false), ("warn", false), ("info", true)] {
        let frozen = Frozen::new()
            .with("SANTUN_LOG", level)
            .with("SANTUN_STORE", office.store.to_str().expect("plain"));
        frozen.run(&["claims"]).ok();
        assert_eq!(!log_of(&frozen).is_empty(), is_there, "{level}");
    }
    let blocked = Frozen::new().with("SANTUN_STORE", office.store.to_str().expect("plain"));
    std::fs::create_dir_all(blocked.path(".local/state/santun")).expect("the home is writable");
    std::fs::write(blocked.path(".local/state/santun/log"), "in the way").expect("the home is writable");
    let run = blocked.run(&["claims"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
}

#[test]
fn the_log_is_one_persons() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::empty();
    let folder = office.frozen.path(".local/state/santun/log");
    let mode = std::fs::metadata(&folder).expect("it was made").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}
