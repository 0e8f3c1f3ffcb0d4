//! The program itself on a real store in a real pseudo-terminal: what it leaves behind, and that it sleeps.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use tempfile::TempDir;

use super::pty::{Session, send, wait_until_stopped};
use super::real::{clock, store};
use crate::support::Frozen;

/// The first claim of the list under the cursor.
const READY: &str = "▌ K26-000103";

/// A desk: a home, a store, and the program on it.
struct Desk {
    home: Frozen,
    store: TempDir,
}

impl Desk {
    fn new() -> Self {
        Desk { home: Frozen::new(), store: store() }
    }

    fn start(&self) -> Session {
        self.begin(CommandBuilder::new(env!("CARGO_BIN_EXE_santun")))
    }

    /// Under a shell that brings it back when it has stopped.
    fn start_under_shell(&self) -> Session {
        let mut command = CommandBuilder::new("/bin/sh");
        let program = env!("CARGO_BIN_EXE_santun");
        command.args(["-c", &format!("set -m; '{program}'; echo BERHENTI; read enter; fg")]);
        self.begin(command)
    }

    fn begin(&self, mut command: CommandBuilder) -> Session {
        command.env_clear();
        command.cwd(self.home.home());
        for (name, value) in self.home.environment() {
            command.env(name, value);
        }
        command.env("SANTUN_STORE", self.store.path().join("store"));
        let session = Session::spawn(command);
        session.wait_for(READY);
        session
    }
}

/// Types half a claim.
fn type_half_a_claim(session: &mut Session) {
    session.press(b"a");
    session.wait_for("Klaim baru");
    session.press(b"K26-000777");
    session.wait_for("K26-000777");
}

/// The draft that was left is offered by the next start.
fn assert_offered(desk: &Desk) {
    let mut session = desk.start();
    session.press(b"a");
    session.wait_for("lanjutkan draf");
    session.press(b"y");
    session.wait_until("the form as it was left", |screen| {
        let contents = screen.contents();
        contents.contains("K26-000777") && !contents.contains("lanjutkan draf")
    });
    session.press(b"\x1b");
    session.wait_for(READY);
    session.press(b"q");
    session.end();
}

#[test]
fn what_ends_the_program_leaves_a_clean_terminal_and_a_draft() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let desk = Desk::new();
        let mut session = desk.start();
        type_half_a_claim(&mut session);
        session.signal(signal);
        let (status, took) = session.end();
        assert!(!status.success() && took <= Duration::from_secs(2), "{signal:?}: {status:?} after {took:?}");
        session.assert_clean();
        assert_offered(&desk);
    }
}

#[test]
fn a_closed_terminal_leaves_a_draft_and_nothing_that_spins() {
    let desk = Desk::new();
    let mut session = desk.start();
    type_half_a_claim(&mut session);
    let pid = session.pid();
    session.close_terminal();
    let (_, took) = session.end();
    assert!(took <= Duration::from_secs(2), "took {took:?}");
    assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists());
    assert_offered(&desk);
}

#[test]
fn a_killed_program_leaves_its_drafts() {
    let desk = Desk::new();
    let mut session = desk.start();
    type_half_a_claim(&mut session);
    // A field that is left is on disk at once.
    session.press(b"\t");
    std::thread::sleep(Duration::from_millis(500));
    session.signal(Signal::KILL);
    session.end();
    assert_offered(&desk);
}

#[test]
fn a_stop_over_a_popup_and_back_in_another_size() {
    let desk = Desk::new();
    let mut session = desk.start_under_shell();
    session.press(b"?");
    session.wait_for("Bantuan");
    let program = session.program_under_shell();
    session.press(b"\x1a");
    wait_until_stopped(program);
    session.wait_for("BERHENTI");
    session.assert_clean();
    session.resize(30, 100);
    session.press(b"\n");
    session.wait_until("the popup again", |screen| {
        screen.alternate_screen() && screen.contents().contains("Bantuan")
    });
    session.press(b"\x1b");
    session.wait_for(READY);
    send(program, Signal::TERM);
    let (_, took) = session.end();
    assert!(took <= Duration::from_secs(2), "took {took:?}");
    session.assert_clean();
}

/// How often each thread has gone to sleep by itself, by its number and name.
#[cfg(target_os = "linux")]
fn naps(pid: u32) -> BTreeMap<(u32, String), u64> {
    let mut naps = BTreeMap::new();
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process lives").flatten() {
        // A thread may end between the two looks.
        let Ok(status) = std::fs::read_to_string(task.path().join("status")) else { continue };
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.expect("the kernel tells").trim().to_owned()
        };
        let tid: u32 = task.file_name().to_string_lossy().parse().expect("a number");
        let n_naps = field("voluntary_ctxt_switches:").parse().expect("a number");
        naps.insert((tid, field("Name:")), n_naps);
    }
    naps
}

/// Waits until the threads, but for the follower's look at the watermark, sleep and none comes or goes.
#[cfg(target_os = "linux")]
fn settled(pid: u32) -> BTreeMap<(u32, String), u64> {
    let start = Instant::now();
    let quiet = || {
        let mut naps = naps(pid);
        naps.retain(|(_, name), _| name != "follow");
        naps
    };
    let mut before = quiet();
    loop {
        std::thread::sleep(Duration::from_millis(700));
        let now = quiet();
        if now == before {
            return now;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "it never sleeps: {before:?} {now:?}");
        before = now;
    }
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_screen_wakes_nobody() {
    let desk = Desk::new();
    let mut session = desk.start();
    session.press(b"j");
    session.wait_for("▌ K26-000101");
    let pid = session.pid();
    let before = settled(pid);
    let written = session.raw.lock().expect("one reader").len();
    std::thread::sleep(Duration::from_secs(5));
    let mut after = naps(pid);
    after.retain(|(_, name), _| name != "follow");
    assert_eq!(before, after, "a thread woke");
    assert_eq!(session.raw.lock().expect("one reader").len(), written, "bytes were written");
    let names: Vec<&str> = after.keys().map(|(_, name)| name.as_str()).collect();
    for name in ["input", "signals", "refresh", "followed"] {
        assert!(names.contains(&name), "no thread {name:?} in {names:?}");
    }
}

/// Two processes: this one commits, the program shows it. What is measured goes from the acknowledgement to the drawn
/// screen; the cursor stays on its row.
#[test]
fn what_another_process_commits_stands_on_the_screen_within_half_a_second() {
    let desk = Desk::new();
    let mut session = desk.start();
    session.wait_for("7 dari 7");
    let other = santun::desk::Desk::open(&desk.store.path().join("store"), clock()).expect("the store opens");
    let mut delays = Vec::new();
    for n in 0..4 {
        let event = format!("0{}/04/2020", 1 + n);
        super::claims_pane::register(&other, &format!("K20-00000{n}"), &event);
        let said = Instant::now();
        session.wait_for(&format!("{} dari {}", 8 + n, 8 + n));
        delays.push(said.elapsed());
        session.wait_for(READY);
    }
    session.press(b"q");
    session.end();
    delays.sort_unstable();
    // The slowest is left out: other tests run beside this one.
    assert!(delays[2] <= Duration::from_millis(500), "{delays:?}");
}
