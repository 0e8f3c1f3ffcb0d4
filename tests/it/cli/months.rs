//! Closing the books on the command line: refused with its reasons, then final, sealed and checked; opened again by two.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::branch::Office;
use super::two::fill;

/// The first day after October.
const AFTER: &str = "2026-11-02";

fn close(office: &Office, month: &str, more: &[&str]) -> crate::support::Output {
    office.run_on(AFTER, &[&["month", "close", month, "--yes"], more].concat())
}

fn json_on(office: &Office, day: &str, arguments: &[&str]) -> serde_json::Value {
    let text = office.run_on(day, &[arguments, &["--format", "json"]].concat()).ok();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A store with two claims, of which one is paid in October.
fn worked() -> (Office, Vec<String>) {
    let office = Office::empty();
    let claims = fill(&office, 2);
    let code = office.run(&["voucher", "issue", &claims[0]]).ok().trim().to_owned();
    office.run(&["voucher", "pay", &code, "--date", "30/10/2026"]).ok();
    (office, claims)
}

#[test]
fn a_closed_month_is_final_and_later_papers_go_into_the_next() {
    let (office, claims) = worked();
    assert!(close(&office, "2026-11", &[]).fails(1).contains("2026-10 masih terbuka"));
    assert!(office.run(&["month", "close", "2026-10", "--yes"]).fails(1).contains("belum berakhir"));
    let asked = office.run_on(AFTER, &["month", "close", "2026-10"]).ok();
    assert!(asked.contains("Siap ditutup") && asked.contains("1–1 (1 voucher)"), "{asked}");
    let before = json_on(&office, AFTER, &["report", "2026-10"]);
    assert_eq!(before["status"], "provisional");

    assert!(close(&office, "2026-10", &[]).ok().contains("disegel"));
    let after = json_on(&office, AFTER, &["report", "2026-10"]);
    assert_eq!(after["status"], "closed");
    let text = office.run_on(AFTER, &["report", "2026-10"]).ok();
    assert!(!text.contains("SEMENTARA") && text.contains("Ditutup 02/11/2026"), "{text}");
    assert_eq!(after["payable"], before["payable"]);

    // A voucher whose paper is of October is late now.
    let late = office.run_on(AFTER, &["voucher", "issue", &claims[1], "--date", "29/10/2026"]).ok();
    let again = json_on(&office, AFTER, &["report", "2026-10"]);
    assert_eq!(again, after, "nothing is posted in a closed month");
    let next = json_on(&office, AFTER, &["report", "2026-11"]);
    assert_eq!((&next["status"], &next["vouchers"]["count"]), (&"provisional".into(), &1.into()), "{late}");
    assert!(office.run_on(AFTER, &["month", "verify"]).ok().contains("sama dengan segel"));
    assert_eq!(json_on(&office, AFTER, &["fsck", "--full"])["ok"], true);
    assert!(close(&office, "2026-10", &[]).fails(1).contains("sudah ditutup"));
}

#[test]
fn a_seal_says_what_stood_there_and_is_made_again() {
    let (office, _) = worked();
    close(&office, "2026-10", &[]).ok();
    let path = office.store.join("seals/2026-10.json");
    let mode = fs::metadata(&path).expect("the seal is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o440);
    let bytes = fs::read(&path).expect("readable");
    let seal: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let paid = seal["books"]["sums"].as_array().unwrap().iter().find(|sum| sum["kind"] == "line-paid");
    assert_eq!(paid.unwrap()["amount"], 250_000);
    assert_eq!(seal["books"]["vouchers"][0]["last"], 1);
    let log = office.json(&["log", "--limit", "1"]);
    assert_eq!(log[0]["op"], "office.month_closed");
    assert_eq!(log[0]["seq"].as_u64(), seal["after"]["seq"].as_u64().map(|seq| seq + 1));

    let codes = |depth: &[&str]| -> Vec<String> {
        let said = office.run_on(AFTER, &[&["fsck", "--format", "json"], depth].concat()).stdout;
        let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        let problems = said["problems"].as_array().unwrap();
        let codes = problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned());
        // Whether the login uid is known depends on the machine.
        codes.filter(|code| !code.starts_with("S30")).collect()
    };
    fs::remove_file(&path).expect("removable");
    assert_eq!(codes(&[]), ["S215"]);
    office.run_on(AFTER, &["month", "verify"]).fails(1);
    office.run_on(AFTER, &["fsck", "--repair"]).ok();
    assert_eq!(fs::read(&path).expect("made again"), bytes, "to the byte");

    for place in [0, bytes.len() / 2, bytes.len() - 2] {
        let mut wrong = bytes.clone();
        wrong[place] ^= 1;
        fs::remove_file(&path).expect("removable");
        fs::write(&path, &wrong).expect("writable");
        assert_eq!(codes(&[]), ["S115"], "byte {place}");
        office.run_on(AFTER, &["month", "verify"]).fails(3);
    }
}

#[test]
fn what_one_person_asks_another_one_opens() {
    let (office, _) = worked();
    close(&office, "2026-10", &[]).ok();
    let reopen = |more: &[&str]| office.run_on(AFTER, &[&["month", "reopen", "2026-10"], more].concat());
    reopen(&[]).fails(2);
    assert!(reopen(&["--approve"]).fails(1).contains("Belum ada yang meminta"));
    reopen(&["--reason", "voucher salah bulan"]).ok();
    assert!(reopen(&["--approve"]).fails(1).contains("harus orang lain"));
    let months = json_on(&office, AFTER, &["month", "list"]);
    assert_eq!((&months[0]["state"], &months[1]["state"]), (&"asked".into(), &"open".into()));
    assert_eq!(json_on(&office, AFTER, &["report", "2026-10"])["status"], "closed");
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can be two people");
        return;
    }
    // The second person: another user id, to whom the store's files belong meanwhile.
    let give = |uid: u32| {
        let mut chown = std::process::Command::new("chown");
        chown.args(["-R", &uid.to_string()]).arg(office.frozen.home());
        assert!(chown.status().expect("chown is there").success());
    };
    let mut second = office.frozen.command_as(4711, &["month", "reopen", "2026-10", "--approve"]);
    give(4711);
    let second = second.env("SANTUN_TODAY", AFTER).output().expect("everybody may run a copy");
    give(0);
    assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
    let months = json_on(&office, AFTER, &["month", "list"]);
    assert_eq!((&months[0]["state"], &months[0]["times_reopened"]), (&"open".into(), &1.into()));
    let fsck = json_on(&office, AFTER, &["fsck", "--full"]);
    assert_eq!(fsck["ok"], true);
    let problems = fsck["problems"].as_array().expect("an array");
    assert!(problems.iter().any(|problem| problem["code"] == "S313"), "{fsck:#}");
    let report = office.run_on(AFTER, &["report", "2026-10"]).ok();
    assert!(report.contains("SEMENTARA") && report.contains("dibuka kembali 02/11/2026"), "{report}");
    // Closed a second time, it has a second seal beside the first.
    close(&office, "2026-10", &[]).ok();
    assert!(office.store.join("seals/2026-10.2.json").exists());
    let said = office.run_on(AFTER, &["month", "verify"]).ok();
    assert!(said.contains("(dibuka kembali)") && said.contains("sama dengan segel"), "{said}");
    // All of it is still there when it comes from parts and MANIFEST.
    office.run_on(AFTER, &["store", "compact", "--yes"]).ok();
    let compacted = json_on(&office, AFTER, &["month", "list"]);
    assert_eq!((&compacted[0]["state"], &compacted[0]["times_reopened"]), (&"closed".into(), &1.into()));
    office.run_on(AFTER, &["month", "verify"]).ok();
}

/// What a file brings for a month that was closed here is late; history before these books keeps its months.
#[test]
fn an_import_never_goes_into_a_closed_month() {
    let (office, _) = worked();
    close(&office, "2026-10", &[]).ok();
    let sealed = json_on(&office, AFTER, &["report", "2026-10"]);
    let claims = office.file(
        "more.csv",
        "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status\n\
         L-1,JKK,PU,KK,Sari,A1234567,PT Semen,2026-10-01,2026-10-02,2026-10-20,2026-10-21,BEROBAT,2026-10-02,DIAJUKAN\n",
    );
    office.run_on(AFTER, &["import", &claims]).ok();
    assert_eq!(json_on(&office, AFTER, &["report", "2026-10"]), sealed);
    let next = json_on(&office, AFTER, &["report", "2026-11"]);
    assert_eq!(next["cases"]["registered"], 1, "{}", next["cases"]);
    office.run_on(AFTER, &["month", "verify"]).ok();
}

/// Any older view: what the report, the lists and a claim said after a record, they say again.
#[test]
fn older_books_are_shown_as_they_stood() {
    let (office, claims) = worked();
    let head =
        |office: &Office| office.json(&["log", "--limit", "1"])[0]["seq"].as_u64().unwrap().to_string();
    let shown = |office: &Office, more: &[&str]| -> Vec<String> {
        let claim = ["claim", "show", &claims[1]];
        let all: [&[&str]; 5] =
            [&["report", "2026-10"], &["claims"], &["voucher", "list"], &["today"], &claim];
        all.iter().map(|command| office.run(&[command, more].concat()).ok()).collect()
    };
    let (then, before) = (head(&office), shown(&office, &[]));
    office.run(&["voucher", "issue", &claims[1]]).ok();
    let (later, between) = (head(&office), shown(&office, &[]));
    assert_ne!(before, between);
    for compacted in [false, true] {
        if compacted {
            office.run(&["store", "compact", "--yes"]).ok();
        }
        assert_eq!(shown(&office, &["--as-of", &then]), before, "compacted: {compacted}");
        assert_eq!(shown(&office, &["--as-of", &later]), between, "compacted: {compacted}");
    }
    let told = office.run(&["report", "2026-10", "--as-of", &then]);
    assert!(told.stderr.contains(&format!("sesudah catatan {then}")), "{}", told.stderr);
    assert!(office.run(&["report", "2026-10", "--as-of", "999999"]).fails(1).contains("tidak ada"));
    assert!(office.run(&["voucher", "issue", &claims[1], "--as-of", &then]).fails(1).contains("hanya dapat"));
    office.run(&["fsck", "--as-of", &then]).fails(2);
    assert_eq!(head(&office), later, "looking writes nothing");
}
