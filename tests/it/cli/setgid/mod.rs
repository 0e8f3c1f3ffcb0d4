//! The program installed setgid, for real: two clerks work in a store that neither can open with a tool of their own, and
//! one thread alone has the group. Needs root, to make up users and a group.

mod alone;
mod refused;
mod together;

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::StatVfsMountFlags;
use tempfile::TempDir;

use super::branch::text;
use crate::support::{Output, SmallDisk};

pub const GROUP: u32 = 54_321;
pub const CLERKS: [u32; 2] = [54_322, 54_323];
/// The first user behind root of nearly every Linux: one whom the machine knows by name.
pub const NAMED: u32 = 1;

/// The program as an administrator installs it, and the folder for the store.
pub struct Installed {
    pub dir: TempDir,
    pub store: PathBuf,
}

impl Installed {
    /// Where that cannot be, why.
    pub fn new() -> Result<Self, String> {
        Self::on(None)
    }

    /// The same with the store's folder on a disk of its own.
    pub fn on(disk: Option<&SmallDisk>) -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root makes up users".into());
        }
        if rustix::thread::no_new_privs().unwrap_or(false) {
            return Err("setgid means nothing to what this session starts (no_new_privs)".into());
        }
        let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
        let facts = rustix::fs::statvfs(dir.path()).map_err(|error| error.to_string())?;
        if facts.f_flag.contains(StatVfsMountFlags::NOSUID) {
            return Err("temporary files lie where setgid means nothing".into());
        }
        let store = disk.map_or_else(|| dir.path().to_path_buf(), SmallDisk::path).join("store");
        let here = Self { dir, store };
        mode(here.dir.path(), 0o755);
        let program = here.path("santun");
        fs::copy(env!("CARGO_BIN_EXE_santun"), &program).map_err(|error| error.to_string())?;
        chown(&program, Some(0), Some(GROUP)).map_err(|error| error.to_string())?;
        mode(&program, 0o2755);
        fs::create_dir(here.store()).map_err(|error| error.to_string())?;
        chown(here.store(), Some(0), Some(GROUP)).map_err(|error| error.to_string())?;
        mode(&here.store(), 0o2770);
        for uid in CLERKS.into_iter().chain([NAMED]) {
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
    pub fn with_claims(n_claims: usize) -> Result<(Self, Vec<String>), String> {
        let here = Self::new()?;
        let numbers = here.fill(n_claims);
        Ok((here, numbers))
    }

    /// Makes the store, with so many claims that wait for a voucher; their numbers.
    pub fn fill(&self, n_claims: usize) -> Vec<String> {
        let here = self;
        let [siti, _] = CLERKS;
        let month = jiff::Zoned::now().strftime("%Y-%m").to_string();
        let init = ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both", "--first-open"];
        here.run(siti, &[&init[..], &[&month]].concat()).ok();
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
        here.run(siti, &["import", &files[0], &files[1]]).ok();
        numbers
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn home(&self, uid: u32) -> PathBuf {
        self.path(&format!("home-{uid}"))
    }

    pub fn store(&self) -> PathBuf {
        self.store.clone()
    }

    /// A program as a clerk starts it: with their uid, a group of their own, and no other.
    pub fn command(&self, program: &Path, uid: u32, arguments: &[&str]) -> Command {
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

    /// Runs the installed program as a clerk.
    pub fn run(&self, uid: u32, arguments: &[&str]) -> Output {
        output(&mut self.command(&self.path("santun"), uid, arguments))
    }

    pub fn json(&self, uid: u32, arguments: &[&str]) -> serde_json::Value {
        let said = self.run(uid, &[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    }
}

/// The login name of a uid, as the machine's list of users has it.
pub fn name_of(uid: u32) -> Option<String> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let mut fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let found = fields.find(|fields| fields.get(2) == Some(&uid.to_string().as_str()))?;
    Some(found[0].to_owned())
}

pub fn output(command: &mut Command) -> Output {
    let output = command.output().expect("started");
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub fn mode(path: &Path, bits: u32) {
    fs::set_permissions(path, Permissions::from_mode(bits)).expect("root may");
}

/// Every name below a folder.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).expect("root may look").flatten() {
        if item.file_type().expect("a kind").is_dir() {
            found.extend(below(&item.path()));
        }
        found.push(item.path());
    }
    found
}
