//! Following (P8): what one clerk commits another sees within half a second, by inotify and by polling, and never before it
//! is durable. The second clerk is a process of its own: the test program takes its role.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use santun::store::disk::{Disk, RealDisk};
use santun::store::{Mode, Store};
use tempfile::TempDir;

use super::disks::{Call, Deed, Twist, twisted};
use super::make::{Dice, clerk, key, morning, office};
use super::view::birth;

const ROOT: &str = "SANTUN_TEST_CLERK_ROOT";

fn store() -> (TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("s");
    Store::create(&root, &office(), &clerk(), &morning()).unwrap();
    (dir, root)
}

fn commit(store: &Store, name: &str) -> u64 {
    let mut dice = Dice(name.len() as u64);
    let birth = |view: &santun::store::View| Ok(birth(&mut dice, view.next_claim_id()));
    store.commit(&key(name), &clerk(), morning(), birth).unwrap();
    store.view().head().seq
}

/// Commits once for each line it is given, and says the head as soon as the commit is acknowledged.
#[test]
#[ignore = "not a test: the role of the other clerk, taken by a process of the tests below"]
fn the_role_of_the_other_clerk() {
    let Ok(root) = std::env::var(ROOT) else { return };
    let store = Store::open(Path::new(&root)).expect("the store opens");
    for (n, line) in std::io::stdin().lines().enumerate() {
        line.expect("a line");
        println!("HEAD {}", commit(&store, &format!("other-{n}")));
    }
}

struct Other {
    child: Child,
    keyboard: Option<ChildStdin>,
    says: BufReader<ChildStdout>,
}

impl Other {
    fn start(root: &Path) -> Other {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["--ignored", "--exact", "store::follow::the_role_of_the_other_clerk", "--nocapture"]);
        command.env(ROOT, root).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("started");
        let keyboard = child.stdin.take();
        let says = BufReader::new(child.stdout.take().expect("piped"));
        Other { child, keyboard, says }
    }

    /// Has it commit once; its head, and when it said so.
    fn commits(&mut self) -> (u64, Instant) {
        let keyboard = self.keyboard.as_mut().expect("still open");
        keyboard.write_all(b"go\n").expect("it listens");
        keyboard.flush().expect("it listens");
        let mut line = String::new();
        while !line.starts_with("HEAD ") {
            line.clear();
            assert!(self.says.read_line(&mut line).expect("it speaks") > 0, "it ended");
        }
        let said = Instant::now();
        (line["HEAD ".len()..].trim().parse().expect("a number"), said)
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        self.keyboard.take();
        self.child.wait().expect("it ends when nothing more is asked");
    }
}

/// A clerk who follows: each head seen, and when.
fn follows(disk: Arc<dyn Disk>, root: &Path) -> (santun::store::Following, Receiver<(u64, Instant)>) {
    let store = Arc::new(Store::open_on(disk, root, Mode::Read).expect("the store opens"));
    let (sender, receiver) = channel();
    let follower = Arc::clone(&store);
    let told = move || {
        if follower.refresh().expect("what was committed can be read") {
            let _ = sender.send((follower.view().head().seq, Instant::now()));
        }
    };
    (store.follow(told).expect("a thread can be made"), receiver)
}

/// How long after the acknowledgement each of `n` commits of another process was seen, shortest first.
pub fn delays(disk: Arc<dyn Disk>, n: usize) -> Vec<Duration> {
    let (_dir, root) = store();
    let mut other = Other::start(&root);
    let (following, seen) = follows(disk, &root);
    // The first one waits for the other's start.
    let mut delays = Vec::new();
    for turn in 0..=n {
        let (head, said) = other.commits();
        let at = loop {
            let (seq, at) = seen.recv_timeout(Duration::from_secs(20)).expect("it is seen at last");
            if seq >= head {
                break at;
            }
        };
        if turn > 0 {
            delays.push(at.saturating_duration_since(said));
        }
    }
    drop(following);
    delays.sort_unstable();
    delays
}

/// A disk that can tell nobody of a change.
#[derive(Debug)]
pub struct NoWatch;

impl Twist for NoWatch {
    fn decide(&self, _call: Call, _path: &Path) -> Deed {
        Deed::Pass
    }

    fn watches(&self) -> bool {
        false
    }
}

#[test]
fn another_process_is_seen_within_half_a_second() {
    let by_notice = delays(Arc::new(RealDisk::new()), 8);
    // The slowest is left out: other tests run beside this one. In release none is.
    assert!(by_notice[6] <= Duration::from_millis(500), "{by_notice:?}");
    let by_looking = delays(twisted(Arc::new(RealDisk::new()), Arc::new(NoWatch)), 8);
    assert!(by_looking[6] <= Duration::from_millis(500), "{by_looking:?}");
    assert!(by_looking[7] > by_notice[0], "looking four times a second is slower: {by_looking:?}");
}

/// How a journal is brought to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syncing {
    /// Slowly.
    Slow,
    /// The mutant: it says at once that it is done, and is done later.
    SaysItIsDone,
}

/// A disk whose journal takes long to be durable; it knows when it is.
#[derive(Debug)]
struct SlowDisk {
    syncing: Syncing,
    is_durable: Arc<AtomicBool>,
    since: Mutex<Option<std::thread::JoinHandle<()>>>,
}

const LONG: Duration = Duration::from_millis(400);

impl Twist for SlowDisk {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        if !call.is_sync() || path.extension().is_none_or(|extension| extension != "jsonl") {
            return Deed::Pass;
        }
        let is_durable = Arc::clone(&self.is_durable);
        let sync = move || {
            std::thread::sleep(LONG);
            is_durable.store(true, Ordering::SeqCst);
        };
        match self.syncing {
            Syncing::Slow => {
                sync();
                Deed::Pass
            }
            Syncing::SaysItIsDone => {
                *self.since.lock().unwrap() = Some(std::thread::spawn(sync));
                Deed::Skip
            }
        }
    }
}

/// Whether a reader that looks without pause saw a commit before it was durable.
fn seen_too_early(syncing: Syncing) -> bool {
    let (_dir, root) = store();
    let is_durable = Arc::new(AtomicBool::new(false));
    let slow = Arc::new(SlowDisk { syncing, is_durable: Arc::clone(&is_durable), since: Mutex::default() });
    let writer = Store::open_on(twisted(Arc::new(RealDisk::new()), slow), &root, Mode::Write).unwrap();
    let reader = Store::open_read_only(&root).unwrap();
    let before = reader.view().head().seq;
    is_durable.store(false, Ordering::SeqCst);
    std::thread::scope(|scope| {
        let committing = scope.spawn(|| commit(&writer, "slow"));
        loop {
            reader.refresh().unwrap();
            let fresh = Store::open_read_only(&root).unwrap().view().head().seq;
            // Looked at after the reading: what was seen must be durable by now.
            let is_durable = is_durable.load(Ordering::SeqCst);
            if reader.view().head().seq > before || fresh > before {
                committing.join().unwrap();
                return !is_durable;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    })
}

#[test]
fn nothing_is_seen_before_it_is_durable() {
    assert!(!seen_too_early(Syncing::Slow), "the journal was not on the disk yet");
    assert!(seen_too_early(Syncing::SaysItIsDone), "the mutant is caught");
}
