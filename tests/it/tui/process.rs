//! The real loop in a real pseudo-terminal: the test program starts itself as the child.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use rustix::process::{Pid, Signal};
use santun::tui::effect::{Answer, Draft, Task};
use santun::tui::jobs::{JobContext, Trouble};
use santun::tui::keymap::{Action, Context};
use santun::tui::run::{Program, run};
use santun::tui::screen::{Look, Screen, Taken, Wishes};
use santun::tui::terminal::TerminalSettings;

use super::desk::{Claims, app_with, settings, tabs};

const CHILD: &str = "SANTUN_TEST_TUI_CHILD";

const ARGUMENTS: [&str; 4] = ["--exact", "tui::process::child", "--nocapture", "--test-threads=1"];

/// Not a test: the program inside the pseudo-terminal. It runs only when a test below starts it.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let drafts = std::env::temp_dir().join(format!("santun-tui-drafts-{}", std::process::id()));
    let claims = Mutex::new(Claims::new(2400));
    let perform = move |task: Task, _: &JobContext| -> Result<Answer, Trouble> {
        // Drafts never reach the disk by themselves here, so that only the last will can write them.
        if matches!(task, Task::SaveDraft(_)) {
            std::thread::sleep(Duration::from_secs(3600));
        }
        claims.lock().unwrap_or_else(std::sync::PoisonError::into_inner).perform(task)
    };
    let mut tabs = tabs();
    tabs[3] = Box::new(Broken);
    let program = Program {
        settings: TerminalSettings::default(),
        app: app_with(settings(), tabs),
        perform: Arc::new(perform),
        save_drafts: Arc::new(move |pending: &[Draft]| {
            let text: Vec<String> = pending.iter().map(|draft| format!("{:?}", draft.values)).collect();
            std::fs::write(&drafts, text.join("\n")).expect("a temporary file");
        }),
        follow: None,
        speak: Box::new(|_, _| unreachable!("the child speaks one language")),
    };
    run(program).expect("the loop ends well");
    println!("SELESAI");
}

/// The fourth tab of the child: drawing it panics.
struct Broken;

impl Screen for Broken {
    fn context(&self) -> Context {
        Context::Cluster
    }
    fn start(&mut self, _wishes: &mut Wishes<'_>) {}
    fn lay(&mut self, _area: Rect, _wishes: &mut Wishes<'_>) {}
    fn act(&mut self, _action: Action, _wishes: &mut Wishes<'_>) -> Taken {
        Taken::No
    }
    fn view(&self, _area: Rect, _buffer: &mut Buffer, _look: &Look<'_>) -> Option<Position> {
        panic!("a planted bug in drawing")
    }
}

/// The child and its terminal.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    reader: Option<JoinHandle<()>>,
    is_closing: Arc<AtomicBool>,
}

impl Session {
    fn start() -> Self {
        let mut command = CommandBuilder::new(std::env::current_exe().expect("this program"));
        command.args(ARGUMENTS);
        Self::spawn(command)
    }

    /// Under a shell with job control: a program whose parent cannot continue it is not stopped by ctrl-z. The shell
    /// says when the program has stopped, does what it is told, and brings it back.
    fn start_under_shell(meanwhile: &str) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut command = CommandBuilder::new("/bin/sh");
        let script =
            format!("set -m; '{}' {}; echo BERHENTI; {meanwhile} fg", program.display(), ARGUMENTS.join(" "));
        command.args(["-c", &script]);
        Self::spawn(command)
    }

    fn spawn(mut command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        command.env(CHILD, "run");
        // A trace scrolls the message away on a machine that asks for one.
        command.env("RUST_BACKTRACE", "0");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the child starts");
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let is_closing = Arc::new(AtomicBool::new(false));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (seen, kept, closing) = (Arc::clone(&screen), Arc::clone(&raw), Arc::clone(&is_closing));
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n) = reader.read(&mut bytes) {
                if n == 0 || closing.load(Ordering::SeqCst) {
                    return;
                }
                seen.lock().expect("one reader").process(&bytes[..n]);
                kept.lock().expect("one reader").extend_from_slice(&bytes[..n]);
            }
        });
        let keyboard = Some(pair.master.take_writer().expect("a writer"));
        let (master, reader) = (Some(pair.master), Some(reader));
        let session = Session { child, master, keyboard, screen, raw, reader, is_closing };
        session.wait_for("▌ K26-000000");
        session
    }

    fn contents(&self) -> String {
        self.screen.lock().expect("one reader").screen().contents()
    }

    fn wait_until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !is_so(self.screen.lock().expect("one reader").screen()) {
            assert!(start.elapsed() < Duration::from_secs(30), "{what} never came:\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    fn press(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().expect("the terminal is open");
        keyboard.write_all(bytes).expect("the child listens");
        keyboard.flush().expect("the child listens");
    }

    /// Closes the terminal's window, as a dropped line does: all our ends of it.
    fn close_terminal(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        // One more character, so that the reader wakes, sees the flag and lets go of its end.
        self.press(b"x");
        self.reader.take().expect("closed once").join().expect("the reader ends");
        self.keyboard = None;
        self.master = None;
    }

    fn pid(&self) -> u32 {
        self.child.process_id().expect("a running child")
    }

    /// The program that the shell started.
    fn program_under_shell(&self) -> u32 {
        let shell = self.pid();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
        children.expect("the kernel tells").trim().parse().expect("one child")
    }

    fn signal(&self, signal: Signal) {
        send(self.pid(), signal);
    }

    fn resize(&self, rows: u16, cols: u16) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.screen.lock().expect("one reader").screen_mut().set_size(rows, cols);
        self.master.as_ref().expect("open").resize(size).expect("the terminal is open");
    }

    /// Waits for the end; how long it took.
    fn end(&mut self) -> (portable_pty::ExitStatus, Duration) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the child is ours") {
                return (status, start.elapsed());
            }
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "the child does not end:\n{}",
                self.contents()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn assert_clean(&self) {
        self.wait_until("a clean terminal", |screen| {
            let is_plain = screen.fgcolor() == vt100::Color::Default && !screen.bold() && !screen.inverse();
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor() && is_plain
        });
    }

    fn saved_drafts(&self, pid: u32) -> String {
        let path = std::env::temp_dir().join(format!("santun-tui-drafts-{pid}"));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let _ = std::fs::remove_file(path);
        text
    }
}

fn send(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).expect("a small number")).expect("not 0");
    rustix::process::kill_process(pid, signal).expect("the child is ours");
}

/// Waits until the kernel says that the process is stopped.
fn wait_until_stopped(pid: u32) {
    let start = Instant::now();
    let is_stopped = || {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process lives");
        stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('T'))
    };
    while !is_stopped() {
        assert!(start.elapsed() < Duration::from_secs(20), "process {pid} does not stop");
        std::thread::sleep(Duration::from_millis(5));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn keys_move_and_q_ends_with_a_clean_terminal() {
    let mut session = Session::start();
    assert!(session.screen.lock().expect("one reader").screen().alternate_screen());
    session.press(b"\x1b");
    session.press(b"[B");
    session.wait_for("▌ K26-000001");
    session.press(b"q");
    let (status, _) = session.end();
    assert!(status.success(), "{status:?}");
    session.assert_clean();
    session.wait_for("SELESAI");
}

#[test]
fn an_idle_screen_sends_nothing() {
    let mut session = Session::start();
    session.press(b"j");
    session.wait_for("▌ K26-000001");
    std::thread::sleep(Duration::from_millis(150));
    let before = session.raw.lock().expect("one reader").len();
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!(session.raw.lock().expect("one reader").len(), before);
}

#[test]
fn ending_signals_save_the_drafts_and_end_in_time() {
    for (signal, code) in [(Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)] {
        let mut session = Session::start();
        let pid = session.pid();
        session.press(b"aZubaidah");
        session.wait_for("Zubaidah");
        session.signal(signal);
        let (status, took) = session.end();
        assert_eq!(status.exit_code(), code, "{status:?}");
        assert!(took <= Duration::from_secs(2), "took {took:?}");
        session.assert_clean();
        let drafts = session.saved_drafts(pid);
        assert!(drafts.contains("Zubaidah"), "the half-typed field is in the draft: {drafts:?}");
    }
}

#[test]
fn a_closed_terminal_ends_the_program() {
    let mut session = Session::start();
    let pid = session.pid();
    session.press(b"aZubaidah");
    session.wait_for("Zubaidah");
    session.close_terminal();
    let (_, took) = session.end();
    assert!(took <= Duration::from_secs(2), "took {took:?}");
    let drafts = session.saved_drafts(pid);
    assert!(drafts.contains("Zubaidah"), "the half-typed field is in the draft: {drafts:?}");
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_and_a_form_goes_on_in_the_new_size() {
    let mut session = Session::start_under_shell("read enter;");
    session.press(b"aZubaidah");
    session.wait_for("Zubaidah");
    let program = session.program_under_shell();
    send(program, Signal::TSTP);
    wait_until_stopped(program);
    session.wait_for("BERHENTI");
    session.assert_clean();
    session.resize(30, 100);
    // In the background it may not have the terminal: it stops again, and nothing is written.
    session.raw.lock().expect("one reader").clear();
    send(program, Signal::CONT);
    std::thread::sleep(Duration::from_millis(100));
    wait_until_stopped(program);
    assert_eq!(String::from_utf8_lossy(&session.raw.lock().expect("one reader")), "");
    session.press(b"\n");
    session.wait_until("the form again", |screen| {
        let last = screen.rows(0, 100).nth(29).unwrap_or_default();
        screen.alternate_screen() && screen.contents().contains("Zubaidah") && last.contains("ctrl-s")
    });
    session.press(b" Binti");
    session.wait_for("Zubaidah Binti");
    send(program, Signal::TERM);
    let (_, took) = session.end();
    assert!(took <= Duration::from_secs(2), "took {took:?}");
    session.assert_clean();
    assert!(session.saved_drafts(program).contains("Zubaidah Binti"));
}

#[test]
fn a_stop_that_nobody_can_catch_leaves_the_popup_and_comes_back() {
    let mut session = Session::start_under_shell("");
    session.press(b"?");
    session.wait_for("Bantuan");
    let program = session.program_under_shell();
    session.raw.lock().expect("one reader").clear();
    send(program, Signal::STOP);
    let raw = Arc::clone(&session.raw);
    session.wait_until("the popup again", |screen| {
        let raw = String::from_utf8_lossy(&raw.lock().expect("one reader")).into_owned();
        let is_back = raw.split_once("BERHENTI").is_some_and(|(_, after)| after.contains("\x1b[?1049h"));
        is_back && screen.contents().contains("Bantuan")
    });
    // The keyboard is ours again: no key waits for a line's end.
    session.press(b"\x1b");
    session.wait_until("no popup", |screen| !screen.contents().contains("Bantuan"));
    session.press(b"q");
    session.end();
    session.assert_clean();
}

#[test]
fn a_stop_that_nobody_could_end_is_none() {
    let mut session = Session::start();
    session.press(b"\x1a");
    session.signal(Signal::TSTP);
    session.press(b"j");
    session.wait_for("▌ K26-000001");
    session.press(b"q");
    assert!(session.end().0.success());
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_continues() {
    let mut session = Session::start_under_shell("");
    session.press(b"j");
    session.wait_for("▌ K26-000001");
    session.raw.lock().expect("one reader").clear();
    session.press(b"\x1a");
    // The shell sees us stopped, says so and continues us at once.
    let raw = Arc::clone(&session.raw);
    session.wait_until("the screen again", |screen| {
        let raw = String::from_utf8_lossy(&raw.lock().expect("one reader")).into_owned();
        let is_back = raw.split_once("BERHENTI").is_some_and(|(_, after)| after.contains("\x1b[?1049h"));
        is_back && screen.contents().contains("▌ K26-000001")
    });
    let place = |raw: &str, what: &str| raw.find(what).unwrap_or_else(|| panic!("no {what:?} in {raw:?}"));
    let raw = String::from_utf8_lossy(&session.raw.lock().expect("one reader")).into_owned();
    let given_back = place(&raw, santun::tui::terminal::leave_sequence());
    let said = place(&raw, "BERHENTI");
    let taken = place(&raw, "\x1b[?1049h");
    assert!(given_back < said && said < taken, "{raw:?}");
    session.press(b"q");
    session.end();
    session.assert_clean();
}

#[test]
fn a_new_size_is_drawn() {
    let mut session = Session::start();
    session.resize(30, 100);
    session.wait_until("the thirtieth row", |screen| {
        screen.rows(0, 100).nth(29).is_some_and(|row| row.contains("enter buka"))
    });
    session.press(b"q");
    session.end();
}

#[test]
fn a_panic_while_drawing_gives_the_terminal_back_before_it_speaks() {
    let mut session = Session::start();
    session.press(b"\x1bOS");
    let (status, _) = session.end();
    assert!(!status.success());
    session.assert_clean();
    session.wait_for("a planted bug in drawing");
}

#[test]
fn a_panic_in_a_job_is_a_box_and_nothing_else() {
    let mut session = Session::start();
    session.press(b"jjjjjjjjjjjjj\r");
    session.wait_for("with K26-000013");
    session.press(b"\r");
    session.press(b"q");
    let (status, _) = session.end();
    assert!(status.success());
    session.assert_clean();
}
