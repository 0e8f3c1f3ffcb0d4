//! Promise P2: the power fails while several write. An ext4 and an XFS image are mounted over a loop device and shut down
//! by the ioctl that throws away what was not synced; mounted again, everything acknowledged must be there. Needs root,
//! loop devices, `mkfs` and `xfs_io`; where one is missing the test says "skipped" and why.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::{Disk, RealDisk};
use santun::store::error::{CommitError, StoreError};
use santun::store::ledger::{Committed, Tuning};
use santun::store::record::{Actor, Stamp};
use tempfile::TempDir;

use crate::store::desk::{key, moment, new_store, open};
use crate::store::disks::Mutant;
use crate::store::kill::{Acknowledged, issue, look, number_of};
use crate::support::Frozen;

const ROOT: &str = "SANTUN_TEST_PLUG_ROOT";
const NAME: &str = "SANTUN_TEST_PLUG_NAME";
const MUTANT: &str = "SANTUN_TEST_PLUG_MUTANT";

/// Cuts on each of the two file systems.
const N_CUTS: usize = 20;
/// Cuts during an import on each of the two.
const N_IMPORT_CUTS: usize = 4;

/// A file system that the images hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ext4,
    Xfs,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Ext4 => "ext4",
            Kind::Xfs => "xfs",
        })
    }
}

/// An image, and where it is mounted.
struct Plug {
    dir: TempDir,
}

impl Plug {
    /// Makes and mounts an image, or says why that cannot be done here.
    fn new(kind: Kind) -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root mounts images".into());
        }
        run("xfs_io", &["-V"])?;
        let plug = Self { dir: tempfile::tempdir().map_err(|e| e.to_string())? };
        std::fs::create_dir(plug.mount_point()).map_err(|e| e.to_string())?;
        let image = std::fs::File::create(plug.image()).map_err(|e| e.to_string())?;
        let (bytes, program, options) = match kind {
            Kind::Ext4 => (64 << 20, "mkfs.ext4", ["-q", "-F"]),
            Kind::Xfs => (320 << 20, "mkfs.xfs", ["-q", "-f"]),
        };
        image.set_len(bytes).map_err(|e| e.to_string())?;
        run(program, &[options[0], options[1], text(&plug.image())])?;
        plug.mount()?;
        // A first cut, so that what cannot be pulled is known before anything is tested.
        plug.pull().and_then(|()| plug.unmount()).and_then(|()| plug.mount())?;
        Ok(plug)
    }

    fn image(&self) -> PathBuf {
        self.dir.path().join("image")
    }

    fn mount_point(&self) -> PathBuf {
        self.dir.path().join("mnt")
    }

    fn store(&self) -> PathBuf {
        self.mount_point().join("store")
    }

    fn mount(&self) -> Result<(), String> {
        run("mount", &["-o", "loop", text(&self.image()), text(&self.mount_point())])
    }

    fn unmount(&self) -> Result<(), String> {
        let mut tried = run("umount", &[text(&self.mount_point())]);
        for _ in 0..40 {
            if tried.is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
            tried = run("umount", &[text(&self.mount_point())]);
        }
        tried
    }

    /// Everything that was not synced is gone, and no call on the file system succeeds any more.
    fn pull(&self) -> Result<(), String> {
        run("xfs_io", &["-x", "-c", "shutdown", text(&self.mount_point())])
    }
}

impl Drop for Plug {
    fn drop(&mut self) {
        // Also after a test that failed with writers at work.
        let _ = run("umount", &["-l", text(&self.mount_point())]);
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("test paths are plain")
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("{program} {}: {said}", arguments.join(" ")))
}

#[test]
#[ignore = "not a test: the role of a writer, taken by the processes of the power cut"]
fn the_role_of_a_writer() {
    if let (Ok(root), Ok(name)) = (std::env::var(ROOT), std::env::var(NAME)) {
        write_until_cut(Path::new(&root), &name);
    }
}

/// Issues numbers and says each when it is acknowledged, until the disk is gone.
fn write_until_cut(root: &Path, name: &str) {
    let mut disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    if std::env::var(MUTANT).is_ok() {
        disk = Mutant::NoDataSync.disk(disk, &[]);
    }
    // Segments so small that a cut meets their change, too.
    let mut ledger = open(&disk, root).with_tuning(Tuning { segment_max_bytes: 30_000, ..Tuning::default() });
    let by = Actor { user: name.into(), uid: 1001, loginuid: 1001, tty: String::new() };
    let mut last = 0;
    for n in 0.. {
        let key = key(&format!("{name}-{n}"));
        let stamp = Stamp { key: &key, by: &by, at: moment(n), secret: [3; 32] };
        match issue(&mut ledger, &stamp, &mut last) {
            Ok(Committed::Fresh(transaction)) => {
                println!("ACK {} {} {}", key.as_str(), number_of(&transaction), transaction.first_seq());
            }
            Err(CommitError::Store(StoreError::Busy { .. })) => {}
            _ => return,
        }
    }
}

/// What all writers have said so far.
type Said = Arc<Mutex<Acknowledged>>;

/// A writer's process, and who listens to it.
struct Writer {
    child: Child,
    listener: JoinHandle<()>,
}

impl Writer {
    fn start(root: &Path, name: &str, discipline: Discipline, said: &Said) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["--ignored", "--exact", "reliability::power::the_role_of_a_writer", "--nocapture"]);
        command.env(ROOT, root).env(NAME, name).stdout(Stdio::piped()).stderr(Stdio::null());
        if discipline == Discipline::NoSync {
            command.env(MUTANT, "sync");
        }
        let mut child = command.spawn().expect("started");
        let lines = BufReader::new(child.stdout.take().expect("piped"));
        let said = Arc::clone(said);
        let listener = std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                if let ["ACK", key, number, seq] = line.split(' ').collect::<Vec<_>>()[..] {
                    let pair = (number.parse().expect("a number"), seq.parse().expect("a number"));
                    said.lock().expect("nobody panics").insert(key.to_owned(), pair);
                }
            }
        });
        Self { child, listener }
    }

    /// Its end, which comes by itself once the disk is gone.
    fn end(mut self) {
        let until = Instant::now() + Duration::from_secs(5);
        while self.child.try_wait().expect("asked").is_none() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        self.child.wait().expect("gone");
        self.listener.join().expect("read to its end");
    }
}

/// Whether the writers sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Discipline {
    Syncs,
    NoSync,
}

/// What a run of cuts showed.
#[derive(Debug, Default)]
struct Shown {
    n_cuts: usize,
    n_acknowledged: usize,
    n_healed: usize,
    /// Cuts after which something was gone that was said while the plug was pulled.
    n_late_gone: usize,
}

/// Three writers commit, the plug is pulled, everything is looked at; so many times over.
fn cut(kind: Kind, n_cuts: usize, discipline: Discipline) -> Result<Result<Shown, String>, String> {
    let plug = Plug::new(kind)?;
    let disk: Arc<dyn Disk> = Arc::new(RealDisk::new());
    drop(new_store(&disk, &plug.store()));
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(40);
    let said = Said::default();
    let mut before = Acknowledged::new();
    let mut shown = Shown::default();
    for round in 0..n_cuts {
        let writer = |n| Writer::start(&plug.store(), &format!("r{round}w{n}"), discipline, &said);
        let writers: Vec<Writer> = (0..3).map(writer).collect();
        let until = Instant::now() + Duration::from_secs(10);
        while said.lock().expect("nobody panics").len() == before.len() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_micros(rng.gen_range(0..60_000)));
        // A machine without power says nothing, but these processes outlive their disk, and a sync that runs while it is
        // shut down may be told that all is well: what it waits for is thrown away, and then there is nothing to wait for.
        // So what counts was said before.
        before = said.lock().expect("nobody panics").clone();
        plug.pull()?;
        writers.into_iter().for_each(Writer::end);
        plug.unmount()?;
        plug.mount()?;
        shown.n_cuts += 1;
        match look(&disk, &plug.store(), &before) {
            Err(wrong) => return Ok(Err(format!("cut {round}: {wrong}"))),
            Ok(n_healed) => shown.n_healed = n_healed,
        }
        let late = said.lock().expect("nobody panics").clone();
        shown.n_late_gone += usize::from(look(&disk, &plug.store(), &late).is_err());
        *said.lock().expect("nobody panics") = before.clone();
    }
    shown.n_acknowledged = before.len();
    Ok(Ok(shown))
}

/// Whether a run can be done here; says why not.
fn possible<T>(kind: Kind, tried: Result<T, String>) -> Option<T> {
    tried.map_err(|why| println!("skipped: {kind}: {why}")).ok()
}

fn nothing_acknowledged_is_lost_on(kind: Kind) {
    let Some(shown) = possible(kind, cut(kind, N_CUTS, Discipline::Syncs)) else { return };
    let shown = shown.expect("nothing lost");
    println!("{kind}: {shown:?}");
    assert_eq!(shown.n_cuts, N_CUTS);
    assert!(shown.n_acknowledged > N_CUTS, "too few commits to prove anything: {shown:?}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_power_cut_on_ext4_loses_nothing_acknowledged() {
    nothing_acknowledged_is_lost_on(Kind::Ext4);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_power_cut_on_xfs_loses_nothing_acknowledged() {
    nothing_acknowledged_is_lost_on(Kind::Xfs);
}

/// The control: the same harness must see that a writer without syncs loses what it acknowledged.
#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn the_power_cut_finds_a_writer_that_does_not_sync() {
    for kind in [Kind::Ext4, Kind::Xfs] {
        let Some(shown) = possible(kind, cut(kind, N_CUTS, Discipline::NoSync)) else { continue };
        let wrong = shown.expect_err("nothing was synced, and nothing was lost");
        println!("{kind}, no sync: {wrong}");
    }
}

/// An import that is cut has happened or has not; done again, it ends with everything there once.
fn imports(kind: Kind) -> Result<(), String> {
    let plug = Plug::new(kind)?;
    let desk = Frozen::new().with("SANTUN_STORE", text(&plug.store()));
    let files = desk.path("files");
    desk.run(&["sample", "--jkk", "150", "--others", "50", "--seed", "7", "--out", text(&files)]).ok();
    let answers = ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both"];
    desk.run(&[&answers[..], &["--first-open", "2026-10"]].concat()).ok();
    let import = ["import", text(&files)];
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(41);
    let mut outcomes = Vec::new();
    // How long a whole import takes here, in a store beside it.
    let beside = desk.path("beside");
    let there = ["--store", text(&beside)];
    desk.run(&[&answers[..], &["--first-open", "2026-10"], &there].concat()).ok();
    let began = Instant::now();
    desk.run(&[&import[..], &there].concat()).ok();
    let patience = began.elapsed();
    for round in 0..=N_IMPORT_CUTS {
        let began = Instant::now();
        let mut child = desk.command(&import).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let child = child.as_mut().expect("started");
        // The last one is let to its end: what it says then must be true at once.
        let of_a_whole = if round == N_IMPORT_CUTS { 60.0 } else { rng.gen_range(0.05..0.95) };
        let after = patience.mul_f64(of_a_whole);
        while began.elapsed() < after && child.try_wait().expect("asked").is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        // What was said before the cut counts; a process that outlives its disk may be told anything.
        let said = child.try_wait().expect("asked").and_then(|status| status.code());
        plug.pull()?;
        child.wait().expect("gone");
        plug.unmount()?;
        plug.mount()?;
        let found = desk.run(&["fsck", "--full"]);
        assert_ne!(found.code, 3, "{kind}, cut {round}: {found:?}");
        let n_claims = claims_in(&desk);
        assert!([0, 200].contains(&n_claims), "{kind}, cut {round}: half an import: {n_claims} claims");
        let is_said = said == Some(0);
        assert!(is_said || round < N_IMPORT_CUTS, "{kind}: the last import was let to its end: {said:?}");
        assert!(!is_said || n_claims == 200, "{kind}, cut {round}: it was said to be there: {n_claims}");
        outcomes.push(n_claims);
    }
    desk.run(&import).ok();
    assert_eq!(claims_in(&desk), 200, "done again, everything is there once");
    desk.run(&["fsck", "--full"]).ok();
    println!("{kind}: claims after each cut {outcomes:?}");
    Ok(())
}

fn claims_in(desk: &Frozen) -> usize {
    let said = desk.run(&["claims", "--format", "json", "--limit", "1000"]).ok();
    let claims: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    claims.as_array().expect("an array").len()
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn a_power_cut_during_an_import_leaves_all_of_it_or_nothing() {
    for kind in [Kind::Ext4, Kind::Xfs] {
        possible(kind, imports(kind));
    }
}
