//! A small believable branch: its CSV files and the store made of them, once for the whole test program.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::{Frozen, Output};

/// The folder of files and the store; nobody writes to either.
pub struct Branch {
    /// Folder of the six CSV files.
    pub files: PathBuf,
    /// The store that holds them.
    pub store: PathBuf,
    /// Kept sums that lay there right after the import.
    pub n_sums: usize,
}

/// 120 work accidents and 60 claims of the other programmes.
pub fn branch() -> &'static Branch {
    static BRANCH: OnceLock<Branch> = OnceLock::new();
    BRANCH.get_or_init(|| {
        let folder = own_folder();
        let mut branch = Branch { files: folder.join("files"), store: folder.join("store"), n_sums: 0 };
        let office = Office::on(branch.store.clone());
        let files = text(&branch.files);
        let sizes = ["sample", "--jkk", "120", "--others", "60", "--seed", "7", "--out", &files];
        office.run(&sizes).ok();
        office.make();
        let said = office.run(&["import", &files]).ok();
        assert!(said.contains("baru 180 ") && said.contains("ditolak 0"), "{said}");
        branch.n_sums = std::fs::read_dir(branch.store.join("parts/sums")).map_or(0, Iterator::count);
        branch
    })
}

/// A home and a store: a desk to run commands at.
pub struct Office {
    /// The home, the clock and the rest of the environment.
    pub frozen: Frozen,
    /// The store's folder.
    pub store: PathBuf,
}

impl Office {
    /// At the shared store, for commands that only look.
    pub fn looking() -> Office {
        Office::on(branch().store.clone())
    }

    /// At a copy of the shared store.
    pub fn working() -> Office {
        let office = Office::unmade();
        copy_folder(&branch().store, &office.store);
        office
    }

    /// At a new store without a claim.
    pub fn empty() -> Office {
        let office = Office::unmade();
        office.make();
        office
    }

    /// With no store yet.
    pub fn unmade() -> Office {
        let frozen = Frozen::new();
        let store = frozen.path("store");
        Office { frozen: frozen.with("SANTUN_STORE", &text(&store)), store }
    }

    fn on(store: PathBuf) -> Office {
        Office { frozen: Frozen::new().with("SANTUN_STORE", &text(&store)), store }
    }

    fn make(&self) {
        let answers = ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both"];
        self.run(&[&answers[..], &["--first-open", "2026-10"]].concat()).ok();
    }

    /// Runs a command on the day of every test.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.frozen.run(arguments)
    }

    /// Runs a command on another day.
    pub fn run_on(&self, day: &str, arguments: &[&str]) -> Output {
        let output = self.frozen.command(arguments).env("SANTUN_TODAY", day).output();
        let output = output.expect("the binary was built with the tests");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What a command says in JSON.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let text = self.run(&[arguments, &["--format", "json"]].concat()).ok();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Writes a file into the home, and where it is.
    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.frozen.path(name);
        fs::write(&path, content).expect("the home is writable");
        text(&path)
    }

    /// Numbers of claims with determined lines that wait for a voucher.
    pub fn waiting_claims(&self) -> Vec<String> {
        let claims = self.json(&["claims", "--where", "menunggu_voucher > 0", "--sort", "due"]);
        let claims = claims.as_array().expect("an array");
        claims.iter().map(|claim| claim["claim_no"].as_str().expect("a text").to_owned()).collect()
    }
}

/// A path as the command line takes it.
pub fn text(path: &Path) -> String {
    path.to_str().expect("test paths are plain").to_owned()
}

/// Copies a folder and all below it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable place");
    for entry in fs::read_dir(from).expect("a readable folder") {
        let entry = entry.expect("a readable folder");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a readable folder").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a readable file");
        }
    }
}

/// A folder of this run. A static is never dropped, so the next run clears away what dead ones left.
fn own_folder() -> PathBuf {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-branch");
    fs::create_dir_all(&all).expect("the build folder is writable");
    for entry in fs::read_dir(&all).expect("a readable folder").flatten() {
        let pid = entry.file_name().to_string_lossy().into_owned();
        if !Path::new("/proc").join(pid).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let own = all.join(std::process::id().to_string());
    fs::create_dir_all(&own).expect("the build folder is writable");
    own
}
