//! The program installed setgid, for real: two clerks work in a store that neither can open with a tool of their own, and
//! one thread alone has the group. Needs root, to make up users and a group.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::StatVfsMountFlags;
use tempfile::TempDir;

use super::branch::text;
use crate::support::Output;

const GROUP: u32 = 54_321;
const CLERKS: [u32; 2] = [54_322, 54_323];

/// The program as an administrator installs it, and the folder for the store.
struct Installed {
    dir: TempDir,
}

impl Installed {
    /// Where that cannot be, why.
    fn new() -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root makes up users".into());
        }
        let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
        let facts = rustix::fs::statvfs(dir.path()).map_err(|error| error.to_string())?;
        if facts.f_flag.contains(StatVfsMountFlags::NOSUID) {
            return Err("temporary files lie where setgid means nothing".into());
        }
        let here = Self { dir };
        mode(here.dir.path(), 0o755);
        for (name, bits) in [("santun", 0o2755), ("plain", 0o755)] {
            let program = here.path(name);
            fs::copy(env!("CARGO_BIN_EXE_santun"), &program).map_err(|error| error.to_string())?;
            chown(&program, Some(0), Some(GROUP)).map_err(|error| error.to_string())?;
            mode(&program, bits);
        }
        fs::create_dir(here.store()).map_err(|error| error.to_string())?;
        chown(here.store(), Some(0), Some(GROUP)).map_err(|error| error.to_string())?;
        mode(&here.store(), 0o2770);
        for uid in CLERKS {
            let home = here.home(uid);
            fs::create_dir(&home).map_err(|error| error.to_string())?;
            chown(&home, Some(uid), Some(uid)).map_err(|error| error.to_string())?;
            mode(&home, 0o700);
        }
        let seen = here.command(Path::new("/bin/true"), CLERKS[0], &[]).status();
        match seen {
            Ok(status) if status.success() => Ok(here),
            other => Err(format!(
                "a made-up user cannot start anything in {}: {other:?}",
                here.dir.path().display()
            )),
        }
    }

    /// The same with a store, and so many claims in it that wait for a voucher; their numbers.
    fn with_claims(n_claims: usize) -> Result<(Self, Vec<String>), String> {
        let here = Self::new()?;
        let [siti, _] = CLERKS;
        let month = jiff::Zoned::now().strftime("%Y-%m").to_string();
        let init = ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both", "--first-open"];
        here.run("santun", siti, &[&init[..], &[&month]].concat()).ok();
        let numbers: Vec<String> = (1..=n_claims).map(|no| format!("K-{no}")).collect();
        let mut claims = "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status\n".to_owned();
        let mut lines =
            "claim_no,line,component,payee_kind,payee,bank,account,asked,determined,determined_date\n"
                .to_owned();
        for number in &numbers {
            claims += &format!(
                "{number},JKK,PU,KK,Pekerja {number},A1234567,PT Semen,2024-08-01,2024-08-02,2024-08-20,2024-08-21,BEROBAT,2024-08-02,DITETAPKAN\n"
            );
            lines +=
                &format!("{number},1,PERAWATAN,FASKES,RS Harapan,BNI,9876543210,250000,250000,2024-09-01\n");
        }
        let files = ["claims.csv", "benefits.csv"].map(|name| text(&here.home(siti).join(name)));
        fs::write(&files[0], claims).expect("root may");
        fs::write(&files[1], lines).expect("root may");
        files.iter().for_each(|file| chown(file, Some(siti), Some(siti)).expect("root may"));
        here.run("santun", siti, &["import", &files[0], &files[1]]).ok();
        Ok((here, numbers))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn home(&self, uid: u32) -> PathBuf {
        self.path(&format!("home-{uid}"))
    }

    fn store(&self) -> PathBuf {
        self.path("store")
    }

    /// A program as a clerk starts it: with their uid, a group of their own, and no other.
    fn command(&self, program: &Path, uid: u32, arguments: &[&str]) -> Command {
        let home = self.home(uid);
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&home).uid(uid).gid(uid).env_clear();
        command
            .env("HOME", &home)
            .env("PATH", "/usr/bin:/bin")
            .env("TZ", "Asia/Jakarta")
            .env("LANG", "C.UTF-8");
        command.env("USER", "palsu").env("LOGNAME", "palsu").env("NO_COLOR", "1");
        command.env("SANTUN_STORE", self.store()).env("POLARS_MAX_THREADS", "1");
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, program: &str, uid: u32, arguments: &[&str]) -> Output {
        output(&mut self.command(&self.path(program), uid, arguments))
    }

    fn json(&self, uid: u32, arguments: &[&str]) -> serde_json::Value {
        let said = self.run("santun", uid, &[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    }
}

fn output(command: &mut Command) -> Output {
    let output = command.output().expect("started");
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn mode(path: &Path, bits: u32) {
    fs::set_permissions(path, Permissions::from_mode(bits)).expect("root may");
}

/// Every name below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).expect("root may look").flatten() {
        if item.file_type().expect("a kind").is_dir() {
            found.extend(below(&item.path()));
        }
        found.push(item.path());
    }
    found
}

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
fn two_clerks_share_a_store_that_only_the_program_can_open() {
    let (here, numbers) = match Installed::with_claims(10) {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    let [siti, budi] = CLERKS;
    let (waiting, numbers) = numbers.split_last().expect("ten");
    let issued = here.run("santun", budi, &["voucher", "issue", &numbers[0]]).ok();
    let code = issued.lines().next().expect("a code");
    here.run("santun", siti, &["voucher", "pay", code]).ok();
    // Both at once, for the same claims: each claim gets one voucher.
    let work = |uid: u32| {
        numbers[1..].iter().filter(|no| here.run("santun", uid, &["voucher", "issue", no]).code == 0).count()
    };
    let done = std::thread::scope(|scope| {
        CLERKS.map(|uid| scope.spawn(move || work(uid))).map(|thread| thread.join().expect("ended"))
    });
    assert_eq!(done.iter().sum::<usize>(), numbers.len() - 1, "{done:?}");
    here.run("santun", budi, &["store", "compact"]).ok();
    // Whose record it is stands in the journal by the number of the user; what was typed as a name does not count.
    let journal =
        fs::read_dir(here.store().join("journal")).expect("root may").flatten().next().expect("a year");
    let lines: String =
        below(&journal.path()).iter().map(|path| fs::read_to_string(path).expect("plain")).collect();
    for uid in CLERKS {
        assert!(lines.contains(&format!("\"user\":\"uid{uid}\",\"uid\":{uid}")), "{uid}: {lines}");
    }
    assert!(!lines.contains("palsu"));
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
    assert_nobody_else_opens_it(&here);
    assert_files_of_people_are_theirs(&here);
    assert_one_thread_has_the_group(&here, waiting);
}

/// Without the program's group there is no way in: no tool, and no copy of the program.
fn assert_nobody_else_opens_it(here: &Installed) {
    for uid in CLERKS {
        for (tool, name) in
            [("/bin/cat", "FORMAT"), ("/bin/cat", "MANIFEST"), ("/bin/ls", "."), ("/bin/ls", "drafts")]
        {
            let path = text(&here.store().join(name));
            let said = output(&mut here.command(Path::new(tool), uid, &[&path]));
            assert!(said.code != 0 && said.stdout.is_empty(), "{uid} {tool} {name}: {said:?}");
        }
        let said = here.run("plain", uid, &["claims"]);
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
        here.run("santun", siti, &["report", &month, "--format", "html", "--out", &text(&out)]),
        here.run("santun", siti, &["backup", &text(&beside)]),
        here.run("santun", siti, &["publish", &text(&beside)]),
        here.run("santun", siti, &["report", &month, "--format", "html", "--out", &inside]),
        here.run("santun", siti, &["anchor", "--append", &text(&trap)]),
        here.run("santun", siti, &["backup", &text(&here.store().join("cadangan"))]),
        here.run("santun", siti, &["import", &manifest]),
        here.run("santun", siti, &["import", &text(&trap)]),
        here.run("santun", siti, &["publish", &store]),
    ];
    for said in &told {
        let is_refused = said.stdout.is_empty() || said.stdout.contains("Permission denied");
        assert!(said.code != 0 && is_refused, "{told:#?}");
    }
    assert_eq!(fs::read(&manifest).expect("root may"), before);
    assert_eq!(below(&beside), [""; 0].map(PathBuf::from));
    assert!(!here.store().join("laporan.html").exists() && !here.store().join("cadangan").exists());
    let own = here.home(siti).join("own");
    fs::create_dir(&own).expect("root may");
    for name in ["FORMAT", "journal", "lock", "MANIFEST", "batches", "parts"] {
        symlink(here.store().join(name), own.join(name)).expect("root may");
    }
    chown(&own, Some(siti), Some(siti)).expect("root may");
    let said = here.run("santun", siti, &["--store", &text(&own), "claims"]);
    assert!(said.code != 0 && said.stdout.is_empty(), "{said:?}");
    // A link in the store itself, which only root could put there, is not followed.
    let poison = here.store().join("lock/POISON");
    symlink("/etc/hostname", &poison).expect("root may");
    let said = here.run("santun", siti, &["claims"]);
    let secret = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let is_told = !secret.trim().is_empty() && said.stderr.contains(secret.trim());
    assert!(said.code != 0 && !is_told, "{said:?}");
    fs::remove_file(poison).expect("root may");
    here.run("santun", siti, &["claims"]).ok();
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

#[test]
fn a_store_that_people_reach_without_the_program_is_not_worked_in() {
    let (here, numbers) = match Installed::with_claims(2) {
        Err(why) => return println!("skipped: {why}"),
        Ok(made) => made,
    };
    let [siti, budi] = CLERKS;
    // Open to others; of a clerk; with a clerk in the group.
    mode(&here.store(), 0o2775);
    let said = here.run("santun", siti, &["voucher", "issue", &numbers[0]]).fails(1);
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
    let said = here.run("santun", siti, &["voucher", "issue", &numbers[0]]).fails(1);
    assert!(said.contains("2770"), "{said}");
    assert_eq!(places(siti, "S307"), ["."]);
    assert_eq!(places(budi, "S307"), [""; 0], "it is hers");
    here.run("santun", budi, &["voucher", "issue", &numbers[0]]).ok();
    chown(here.store(), Some(0), None).expect("root may");
    mode(&here.store(), 0o2770);
    here.run("santun", siti, &["voucher", "issue", &numbers[1]]).ok();
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
