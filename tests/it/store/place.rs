//! Where a store may lie: what is open to everybody, somebody else's or on a network is refused, and nothing else is.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use santun::store::disk::{
    Access, DirItem, Disk, DiskFile, Facts, FileSystem, Held, Locality, RealDisk, Sharing, Trust,
};
use santun::store::{Depth, Mode, Store, StoreError, fsck, repair};
use tempfile::TempDir;

use super::make::{clerk, morning, office};

fn made() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).expect("a store");
    drop(store);
    dir
}

fn opened(disk: RealDisk, dir: &TempDir, mode: Mode) -> Result<(), StoreError> {
    Store::open_on(Arc::new(disk), &dir.path().join("s"), mode).map(drop)
}

/// What is changed, and whether the store is still opened.
const MODES: &str = "
    .                              0750 opened
    .                              0755 opened
    .                              0770 opened
    .                              0752 refused
    .                              1777 opened
    ..                             0777 refused
    ..                             1777 opened
    FORMAT                         0642 refused
    FORMAT                         0644 opened
    store.toml                     0666 refused
    lock                           0757 refused
    lock/writer.lock               0666 refused
    lock/committed                 0642 refused
    journal                        0777 refused
    journal/2026                   0777 refused
    quarantine                     0777 refused
";

#[test]
fn what_everybody_may_write_is_not_believed() {
    let dir = made();
    let root = dir.path().join("s");
    for line in MODES.trim().lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, mode, expected] = words[..] else { panic!("three words: {line}") };
        let path = root.join(name);
        let before = fs::metadata(&path).expect("there").permissions();
        let mode = u32::from_str_radix(mode, 8).expect("a mode");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("ours");
        for purpose in [Mode::Read, Mode::Write] {
            match opened(RealDisk::new(), &dir, purpose) {
                Ok(()) => assert_eq!(expected, "opened", "{line}"),
                Err(StoreError::OpenToAll(named)) => {
                    assert_eq!(expected, "refused", "{line}");
                    let is_it = named.canonicalize().expect("there") == path.canonicalize().expect("there");
                    assert!(is_it, "{line}: it names {}", named.display());
                }
                Err(other) => panic!("{line}: {other}"),
            }
        }
        fs::set_permissions(&path, before).expect("ours");
    }
    opened(RealDisk::new(), &dir, Mode::Write).expect("as it was");
}

#[test]
fn fsck_names_what_everybody_may_write() {
    let dir = made();
    let root = dir.path().join("s");
    let open_ones = || -> Vec<String> {
        let found = fsck(&root, Depth::Quick, &mut |_, _| ControlFlow::Continue(())).expect("looked");
        found.problems.into_iter().filter(|p| p.code == "S208").map(|p| p.place).collect()
    };
    assert_eq!(open_ones(), [""; 0]);
    for (name, mode) in [("quarantine", 0o757), ("journal/2026/000000000001.jsonl", 0o666)] {
        fs::set_permissions(root.join(name), fs::Permissions::from_mode(mode)).expect("ours");
    }
    assert_eq!(open_ones(), ["journal/2026/000000000001.jsonl", "quarantine"]);
    let refused = repair(&root, &clerk(), morning(), &mut |_, _| ControlFlow::Continue(()));
    assert!(
        matches!(refused, Err(StoreError::OpenToAll(_))),
        "nothing is made anew of what is nobody's word"
    );
}

#[test]
fn a_new_store_is_not_made_where_everybody_may_write() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).expect("ours");
    for below in ["s", "deep/er/s"] {
        let root = dir.path().join(below);
        let refused = Store::create(&root, &office(), &clerk(), &morning()).expect_err("refused");
        assert!(matches!(refused, StoreError::OpenToAll(_)), "{refused}");
        assert!(!root.exists(), "nothing is left behind");
    }
}

#[test]
fn what_belongs_to_somebody_else_is_only_read() {
    let dir = made();
    if let Err(error) = chown(dir.path().join("s"), Some(54_321), None) {
        println!("skipped: only root gives files away: {error}");
        return;
    }
    let refused = opened(RealDisk::new(), &dir, Mode::Write).expect_err("not ours");
    assert!(matches!(refused, StoreError::ForeignOwner { uid: 54_321, .. }), "{refused}");
    opened(RealDisk::new(), &dir, Mode::Read).expect("an auditor looks");
    opened(RealDisk::trusting(Trust::default().owner()), &dir, Mode::Write).expect("it is meant so");
    let still = opened(RealDisk::trusting(Trust::default().network()), &dir, Mode::Write);
    assert!(matches!(still, Err(StoreError::ForeignOwner { .. })), "another flag is another trust");
}

#[test]
fn a_network_is_refused_before_anything_is_made() {
    let dir = made();
    let abroad: Arc<dyn Disk> = Arc::new(Abroad(RealDisk::new()));
    for mode in [Mode::Read, Mode::Write] {
        let refused = Store::open_on(Arc::clone(&abroad), &dir.path().join("s"), mode).expect_err("refused");
        assert!(matches!(refused, StoreError::NetworkFileSystem(_)), "{refused}");
    }
    let root = dir.path().join("t/u");
    let refused = Store::create_on(abroad, &root, &office(), &clerk(), &morning()).expect_err("refused");
    assert!(matches!(refused, StoreError::NetworkFileSystem(_)), "{refused}");
    assert!(!dir.path().join("t").exists(), "nothing is left behind");
}

/// A real disk that says it is on a network.
#[derive(Debug)]
struct Abroad(RealDisk);

impl Disk for Abroad {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        self.0.open(path, access)
    }

    fn create(&self, path: &Path, sharing: Sharing) -> io::Result<Box<dyn DiskFile>> {
        self.0.create(path, sharing)
    }

    fn make_dir(&self, path: &Path, sharing: Sharing) -> io::Result<()> {
        self.0.make_dir(path, sharing)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        self.0.unlink(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.0.sync_dir(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>> {
        self.0.list(dir)
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
        self.0.lock(path, patience)
    }

    fn file_system(&self, dir: &Path) -> io::Result<FileSystem> {
        Ok(FileSystem { locality: Locality::Network, ..self.0.file_system(dir)? })
    }

    fn facts(&self, path: &Path) -> io::Result<Option<Facts>> {
        self.0.facts(path)
    }

    fn make_read_only(&self, path: &Path) -> io::Result<()> {
        self.0.make_read_only(path)
    }
}
