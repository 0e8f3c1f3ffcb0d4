//! Nobody but the program gets into the store, nothing that a person names is opened with the group's rights, and one
//! thread alone has them.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{CLERKS, GROUP, Installed, below, mode, output};
use crate::cli::branch::text;

/// A process's threads: their names, their groups and whether they may gain rights by starting a program.
fn threads_of(pid: u32) -> Vec<(String, Vec<u32>, String)> {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    let of = |status: String| {
        let line = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
            line.trim().to_owned()
        };
        let groups = format!("{} {}", line("Gid:"), line("Groups:"));
        let groups = groups.split_whitespace().filter_map(|gid| gid.parse().ok()).collect();
        (line("Name:"), groups, line("NoNewPrivs:"))
    };
    let statuses = threads.flatten().filter_map(|task| fs::read_to_string(task.path().join("status")).ok());
    statuses.map(of).collect()
}

#[test]
fn only_the_program_opens_the_store_and_only_one_thread_of_it() {
    let (here, numbers) = match Installed::with_claims(1) {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    assert_nobody_else_opens_it(&here);
    assert_files_of_people_are_theirs(&here);
    assert_one_thread_has_the_group(&here, &numbers[0]);
}

/// Without the program's group there is no way in: no tool, and no copy of the program.
fn assert_nobody_else_opens_it(here: &Installed) {
    let plain = here.path("plain");
    fs::copy(env!("CARGO_BIN_EXE_santun"), &plain).expect("root may");
    mode(&plain, 0o755);
    for uid in CLERKS {
        for (tool, name) in
            [("/bin/cat", "FORMAT"), ("/bin/cat", "MANIFEST"), ("/bin/ls", "."), ("/bin/ls", "drafts")]
        {
            let path = text(&here.store().join(name));
            let said = output(&mut here.command(Path::new(tool), uid, &[&path]));
            assert!(said.code != 0 && said.stdout.is_empty(), "{uid} {tool} {name}: {said:?}");
        }
        let said = output(&mut here.command(&plain, uid, &["claims"]));
        assert!(said.code != 0 && said.stdout.is_empty(), "{said:?}");
    }
}

/// What a person names is opened with that person's rights: no file of the group is read or written for them, and a
/// folder of their own that points into the store gets no right of the group.
fn assert_files_of_people_are_theirs(here: &Installed) {
    let [siti, _] = CLERKS;
    let manifest = text(&here.store().join("MANIFEST"));
    let before = fs::read(&manifest).expect("root may");
    let month = jiff::Zoned::now().strftime("%Y-%m").to_string();
    let trap = here.home(siti).join("laporan.html");
    symlink(&manifest, &trap).expect("root may");
    let inside = text(&here.store().join("laporan.html"));
    let store = text(&here.store().join("journal"));
    // Another folder of the group, which is no store.
    let beside = here.path("beside");
    fs::create_dir(&beside).expect("root may");
    chown(&beside, Some(0), Some(GROUP)).expect("root may");
    mode(&beside, 0o2770);
    let out = beside.join("laporan.html");
    let told = [
        here.run(siti, &["report", &month, "--format", "html", "--out", &text(&out)]),
        here.run(siti, &["backup", &text(&beside)]),
        here.run(siti, &["publish", &text(&beside)]),
        here.run(siti, &["report", &month, "--format", "html", "--out", &inside]),
        here.run(siti, &["anchor", "--append", &text(&trap)]),
        here.run(siti, &["backup", &text(&here.store().join("cadangan"))]),
        here.run(siti, &["import", &manifest]),
        here.run(siti, &["import", &text(&trap)]),
        here.run(siti, &["publish", &store]),
    ];
    for said in &told {
        let is_refused = said.stdout.is_empty() || said.stdout.contains("(file-denied)");
        assert!(said.code != 0 && is_refused, "{told:#?}");
    }
    assert_eq!(fs::read(&manifest).expect("root may"), before);
    assert_eq!(below(&beside), [""; 0].map(PathBuf::from));
    assert!(!here.store().join("laporan.html").exists() && !here.store().join("cadangan").exists());
    // A folder of the store is the group's too, but it is no place for another store.
    let quarantine = here.store().join("quarantine");
    let init = ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both", "--first-open", &month];
    let said = here.run(siti, &[&["--store", &text(&quarantine)][..], &init].concat());
    assert!(said.code != 0 && below(&quarantine).is_empty(), "{said:?}");
    here.run(siti, &[&["--store", &text(&beside)][..], &init].concat()).ok();
    let own = here.home(siti).join("own");
    fs::create_dir(&own).expect("root may");
    for name in ["FORMAT", "journal", "lock", "MANIFEST", "batches", "parts"] {
        symlink(here.store().join(name), own.join(name)).expect("root may");
    }
    chown(&own, Some(siti), Some(siti)).expect("root may");
    let said = here.run(siti, &["--store", &text(&own), "claims"]);
    assert!(said.code != 0 && said.stdout.is_empty(), "{said:?}");
    // A link in the store itself, which only root could put there, is not followed.
    let poison = here.store().join("lock/POISON");
    symlink("/etc/hostname", &poison).expect("root may");
    let said = here.run(siti, &["claims"]);
    let secret = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let is_told = !secret.trim().is_empty() && said.stderr.contains(secret.trim());
    assert!(said.code != 0 && !is_told, "{said:?}");
    fs::remove_file(poison).expect("root may");
    here.run(siti, &["claims"]).ok();
}

/// While a commit waits for the lock, its threads are looked at.
fn assert_one_thread_has_the_group(here: &Installed, number: &str) {
    let [siti, _] = CLERKS;
    let lock = File::options().read(true).write(true).open(here.store().join("lock/writer.lock"));
    let lock = lock.expect("root may");
    lock.lock().expect("nobody holds it");
    let program = here.path("santun");
    let mut command = here.command(&program, siti, &["voucher", "issue", number]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
    let until = Instant::now() + Duration::from_secs(5);
    let mut threads: Vec<(String, Vec<u32>, String)> = Vec::new();
    while Instant::now() < until && !threads.iter().any(|(name, ..)| name == "writer-lock") {
        threads = threads_of(child.id());
        std::thread::sleep(Duration::from_millis(5));
    }
    // Nobody of the same user looks into it: what /proc says of it belongs to root.
    let owner = fs::metadata(format!("/proc/{}/environ", child.id())).expect("it waits").uid();
    lock.unlock().expect("ours");
    child.wait().expect("ended");
    let names = |has: bool| -> Vec<&str> {
        let with = threads.iter().filter(|(_, groups, _)| groups.contains(&GROUP) == has);
        with.map(|(name, ..)| name.as_str()).collect()
    };
    assert_eq!(names(true), ["santun-disk"], "{threads:?}");
    assert!(names(false).contains(&"writer-lock") && names(false).len() >= 2, "{threads:?}");
    assert!(threads.iter().all(|(_, _, gains)| gains == "1"), "{threads:?}");
    assert_eq!(owner, 0);
}
