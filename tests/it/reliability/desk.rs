//! A whole branch through the program itself: the demonstration, headless and in a terminal, the committed branch
//! against a recount, and clerks that are killed while they issue.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use crate::cli::branch::{Office, text};
use crate::cli::{report, two};
use crate::desk::books::{committed, every_month_of};
use crate::support::Frozen;
use crate::support::sources::root;

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn the_demo_without_a_terminal_does_a_day_and_checks_itself() {
    let frozen = Frozen::new();
    for (lang, done) in
        [("id", "Hari selesai dan semua angka cocok."), ("en", "The day is done and every number agrees.")]
    {
        let said = frozen.run(&["--lang", lang, "demo"]).ok();
        let last = said.lines().last().expect("it says what it does");
        assert!(last.starts_with(done), "{said}");
        let n_steps = said.lines().filter(|line| line.get(2..4) == Some(". ")).count();
        assert!(n_steps >= 10, "{n_steps} steps: {said}");
    }
    // The technical log is all that stays.
    assert!(!frozen.path(".local/state/santun/demo").exists(), "a headless demo leaves no store behind");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn the_demo_in_a_terminal_shows_its_screen_and_gives_the_terminal_back() {
    let frozen = Frozen::new();
    let mut session = Session::start(&frozen);
    // The first start makes the branch.
    session.wait("CONTOH J03", Duration::from_secs(120));
    session.wait("dari", Duration::from_secs(30));
    session.press(b"\x1bOQ");
    session.wait("Antrean", Duration::from_secs(30));
    session.press(b"\x1bOR");
    session.wait("SEMENTARA", Duration::from_secs(30));
    session.press(b"q");
    session.end();
    assert!(frozen.path(".local/state/santun/demo/FORMAT").exists(), "the demo's store is kept");
    // The second start is at once, on the kept store.
    let mut again = Session::start(&frozen);
    again.wait("CONTOH J03", Duration::from_secs(20));
    again.press(b"q");
    again.end();
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn every_month_of_the_committed_branch_equals_a_recount_of_its_files() {
    let office = Office::empty();
    let files = root().join("sample-data");
    let said = office.run(&["import", &text(&files)]).ok();
    assert!(said.contains("baru 3600 ") || said.contains("baru 3.600 "), "{said}");
    assert!(said.contains("ditolak 0"), "{said}");
    let months: Vec<String> = (2025..=2026)
        .flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}")))
        .filter(|month| month.as_str() <= "2026-10")
        .collect();
    report::agree(&office, Path::new(&files), &months.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn fifty_killed_clerks_lose_nothing_that_was_shown() {
    let (n_killed, n_shown) = two::kills(50, 3, 20_261_030);
    println!("{n_killed} killed, {n_shown} codes shown");
    assert!(n_killed >= 50);
    assert!(n_shown >= 10, "hardly a code was shown, so hardly one could be lost");
}

/// The program in a pseudo-terminal of 24 rows and 80 columns.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    // Closing our end would hang the line up, so it is kept as long as the session.
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Session {
    fn start(frozen: &Frozen) -> Session {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_santun"));
        command.env_clear();
        command.arg("demo");
        command.cwd(frozen.home());
        for (name, value) in frozen.environment() {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("it starts");
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                seen.lock().expect("one reader").process(&bytes[..n]);
            }
        });
        let keyboard = pair.master.take_writer().expect("a writer");
        Session { child, keyboard, screen, _master: pair.master }
    }

    fn contents(&self) -> String {
        self.screen.lock().expect("one reader").screen().contents()
    }

    fn wait(&self, text: &str, longest: Duration) {
        let start = Instant::now();
        while !self.contents().contains(text) {
            assert!(start.elapsed() < longest, "“{text}” never came:\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn press(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).expect("it listens");
        self.keyboard.flush().expect("it listens");
    }

    /// Waits for its end: by itself, with 0, and the terminal as it was.
    fn end(&mut self) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("our child") {
                break status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "it does not end:\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(10));
        };
        assert!(status.success(), "{status:?}\n{}", self.contents());
        let is_clean = || {
            let screen = self.screen.lock().expect("one reader");
            let screen = screen.screen();
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        };
        while !is_clean() {
            assert!(start.elapsed() < Duration::from_secs(25), "the terminal is not given back");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "runs in release")]
fn every_month_before_and_after_work_and_compaction() {
    every_month_of(&committed());
}
