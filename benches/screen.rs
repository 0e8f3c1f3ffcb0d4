//! The screen over a made-up branch: from a key to the bytes written while a job runs, and from the start of the program
//! to its first frame and its first claims, in a pseudo-terminal of 80×24.
//!
//! `cargo bench --bench screen`; `SANTUN_BENCH_CLAIMS=1000000` for another size than 10,000 and 100,000 claims.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, unbounded};
use jiff::civil::date;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use santun::desk::{Clock, Desk};
use santun::tui::app::App;
use santun::tui::effect::{Answer, Effect, Msg, Task};
use santun::tui::jobs::{JobContext, Jobs, Report};
use santun::tui::key::Input;
use santun::tui::perform::Bench;
use santun::tui::theme::{Glyphs, ThemeName};
use santun::tui::writer::FrameWriter;
use santun::words::{Lang, Words};

/// The program's own allocator, so that the figures are the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [u64; 2] = [10_000, 100_000];
const PROGRAM: &str = env!("CARGO_BIN_EXE_santun");
const TODAY: &str = "2026-10-30";
/// What is promised: a key is answered within this, ninety-nine times in a hundred.
const KEY_BUDGET: Duration = Duration::from_millis(10);
const SHELL_BUDGET: Duration = Duration::from_millis(50);
const CLAIMS_BUDGET: Duration = Duration::from_millis(300);

fn main() {
    let asked = std::env::var("SANTUN_BENCH_CLAIMS").ok().and_then(|text| text.parse().ok());
    asked.map_or(SIZES.to_vec(), |n_claims| vec![n_claims]).into_iter().for_each(measure);
}

fn measure(n_claims: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = folder.path().join("store");
    let start = Instant::now();
    fill(folder.path(), &store, n_claims);
    println!("{n_claims} claims, made in {:.1} s", start.elapsed().as_secs_f64());
    for run in 1..=3 {
        let (shell, claims) = first_frames(folder.path(), &store);
        println!(
            "  start {run}: shell {shell:.1?} (≤ {SHELL_BUDGET:?}), claims {claims:.1?} (≤ {CLAIMS_BUDGET:?})"
        );
    }
    keys(&store);
}

fn santun(home: &Path, arguments: &[&str]) {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("HOME", home).env("SANTUN_TODAY", TODAY).stdout(Stdio::null());
    assert!(command.status().expect("the program starts").success(), "{arguments:?}");
}

fn fill(home: &Path, store: &Path, n_claims: u64) {
    let (store, files) = (store.to_string_lossy(), home.join("files").to_string_lossy().into_owned());
    santun(home, &["sample", "--claims", &n_claims.to_string(), "--out", &files]);
    let office = ["--office", "J03", "--name", "Contoh", "--zone", "WIB", "--vouchers", "both"];
    santun(home, &[&["init", "--store", &store, "--first-open", "2026-10"], &office[..]].concat());
    santun(home, &["--store", &store, "import", &files]);
}

/// The time to the head of the screen and to the first row under the cursor.
fn first_frames(home: &Path, store: &Path) -> (Duration, Duration) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["--store", &store.to_string_lossy()]);
    command.env("HOME", home);
    command.env("SANTUN_TODAY", TODAY);
    command.env("TERM", "xterm-256color");
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    let mut screen = vt100::Parser::new(24, 80, 0);
    let (mut bytes, mut shell) = ([0; 4096], None);
    let claims = loop {
        let n_bytes = reader.read(&mut bytes).expect("the program writes");
        assert!(n_bytes > 0, "the program ended");
        screen.process(&bytes[..n_bytes]);
        let contents = screen.screen().contents();
        if contents.contains("santun") {
            shell.get_or_insert_with(|| start.elapsed());
        }
        if contents.contains('▌') {
            break start.elapsed();
        }
    };
    // Closing our end hangs the line up.
    child.kill().expect("the program is ours");
    let _ = child.wait();
    (shell.expect("the head comes first"), claims)
}

/// The screen without its threads for keyboard and signals: what the loop does between a key and its bytes.
struct Loop {
    app: App,
    jobs: Jobs<Task, Answer>,
    reports: Receiver<Report<Answer>>,
    writer: FrameWriter<std::io::Sink>,
}

impl Loop {
    fn take(&mut self, msg: Msg) {
        let effects = self.app.update(msg);
        self.do_all(effects);
    }

    fn do_all(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Run { slot, task, delay } = effect {
                self.jobs.submit(slot, task, delay);
            }
        }
    }

    fn hear(&mut self, report: Report<Answer>) {
        if let Some(report) = self.jobs.hear(report) {
            self.take(Msg::Job(report));
        }
    }

    /// One turn of the loop after a key: what has come is taken in, then one frame.
    fn press(&mut self, key: &str) -> Duration {
        let start = Instant::now();
        self.take(Msg::Input(Input::Key(key.parse().expect("a key"))));
        while let Ok(report) = self.reports.try_recv() {
            self.hear(report);
        }
        let mut frame = Buffer::empty(Rect::new(0, 0, 80, 24));
        let cursor = self.app.view(&mut frame);
        self.writer.show(&frame, cursor).expect("a sink takes all");
        start.elapsed()
    }

    fn settle(&mut self, longest: Duration) {
        let start = Instant::now();
        while !self.jobs.is_idle() && start.elapsed() < longest {
            if let Ok(report) = self.reports.recv_timeout(longest) {
                self.hear(report);
            }
        }
    }
}

fn keys(store: &Path) {
    const KEYS: [&str; 12] = ["j", "j", "j", "pgdn", "k", "pgdn", "G", "k", "pgup", "g", "l", "h"];
    let desk = Desk::open(store, Clock::Frozen(date(2026, 10, 30).at(9, 0, 0, 0))).expect("the store opens");
    let bench = Arc::new(Bench::new(desk, Words::new(Lang::Id), Glyphs::Unicode));
    let app = santun::tui::app(&bench, ThemeName::Dark).expect("the screen begins");
    let (sender, reports) = unbounded();
    let tell = Arc::new(move |report| drop(sender.send(report)));
    let jobs = Jobs::new(bench.into_perform(), tell);
    let mut desk = Loop { app, jobs, reports, writer: FrameWriter::new(std::io::sink()) };
    let effects = desk.app.start(80, 24);
    desk.do_all(effects);
    desk.settle(Duration::from_secs(60));
    // A job that reads the whole store, again and again, while the keys are pressed.
    let (perform, is_over) = (bench.into_perform(), Arc::new(AtomicBool::new(false)));
    let over = Arc::clone(&is_over);
    let load = std::thread::spawn(move || {
        let mut n_runs = 0_u32;
        while !over.load(Ordering::Relaxed) {
            assert!(perform(Task::Today, &JobContext::alone()).is_ok(), "the first line is made");
            n_runs += 1;
        }
        n_runs
    });
    let mut took: Vec<Duration> = Vec::new();
    for key in KEYS.iter().cycle().take(2_400) {
        took.push(desk.press(key));
        desk.settle(Duration::from_millis(3));
    }
    is_over.store(true, Ordering::Relaxed);
    let n_runs = load.join().expect("the load ends");
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    let (median, p99, most) = (at(50), at(99), at(100));
    let n_bytes = desk.writer.bytes_written() / 2_400;
    println!(
        "  key → bytes, the store read {n_runs} times meanwhile: median {median:.2?}, p99 {p99:.2?} (≤ {KEY_BUDGET:?}), at most {most:.2?}, {n_bytes} bytes a key"
    );
}
