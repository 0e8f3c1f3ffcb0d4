//! The real loop in a real pseudo-terminal: the test program starts itself as the child.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use portable_pty::CommandBuilder;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use rustix::process::Signal;
use santun::tui::effect::{Answer, Draft, Task};
use santun::tui::jobs::{JobContext, Trouble};
use santun::tui::keymap::{Action, Context};
use santun::tui::run::{Program, run};
use santun::tui::screen::{Look, Screen, Taken, Wishes};
use santun::tui::terminal::TerminalSettings;

use super::desk::{Claims, app_with, settings, tabs};
use super::pty::{Session, send, wait_until_stopped};

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

fn start() -> Session {
    let mut command = CommandBuilder::new(std::env::current_exe().expect("this program"));
    command.args(ARGUMENTS);
    spawn(command)
}

/// Under a shell with job control: a program whose parent cannot continue it is not stopped by ctrl-z. The shell says
/// when the program has stopped, does what it is told, and brings it back.
fn start_under_shell(meanwhile: &str) -> Session {
    let program = std::env::current_exe().expect("this program");
    let mut command = CommandBuilder::new("/bin/sh");
    let arguments = ARGUMENTS.join(" ");
    let script = format!("set -m; '{}' {arguments}; echo BERHENTI; {meanwhile} fg", program.display());
    command.args(["-c", &script]);
    spawn(command)
}

fn spawn(mut command: CommandBuilder) -> Session {
    command.env(CHILD, "run");
    // A trace scrolls the message away on a machine that asks for one.
    command.env("RUST_BACKTRACE", "0");
    command.env("TERM", "xterm-256color");
    let session = Session::spawn(command);
    session.wait_for("▌ K26-000000");
    session
}

/// What the last will wrote.
fn saved_drafts(pid: u32) -> String {
    let path = std::env::temp_dir().join(format!("santun-tui-drafts-{pid}"));
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let _ = std::fs::remove_file(path);
    text
}

#[test]
fn keys_move_and_q_ends_with_a_clean_terminal() {
    let mut session = start();
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
    let mut session = start();
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
        let mut session = start();
        let pid = session.pid();
        session.press(b"aZubaidah");
        session.wait_for("Zubaidah");
        session.signal(signal);
        let (status, took) = session.end();
        assert_eq!(status.exit_code(), code, "{status:?}");
        assert!(took <= Duration::from_secs(2), "took {took:?}");
        session.assert_clean();
        let drafts = saved_drafts(pid);
        assert!(drafts.contains("Zubaidah"), "the half-typed field is in the draft: {drafts:?}");
    }
}

#[test]
fn a_paste_over_a_slow_line_is_text_in_a_filter_and_in_a_form() {
    let mut session = start();
    for (keys, field) in [("/", "semen"), ("\x1ba", "Zubaidah")] {
        session.press(keys.as_bytes());
        std::thread::sleep(Duration::from_millis(60));
        for byte in format!("\x1b[200~{field}\n\x1b[201~").bytes() {
            session.press(&[byte]);
            std::thread::sleep(Duration::from_millis(1));
        }
        session.wait_for(field);
    }
    session.press(b"\x1b");
    session.wait_for("▌ K26-");
    session.press(b"q");
    assert!(session.end().0.success());
}

#[test]
fn a_closed_terminal_ends_the_program() {
    let mut session = start();
    let pid = session.pid();
    session.press(b"aZubaidah");
    session.wait_for("Zubaidah");
    session.close_terminal();
    let (_, took) = session.end();
    assert!(took <= Duration::from_secs(2), "took {took:?}");
    let drafts = saved_drafts(pid);
    assert!(drafts.contains("Zubaidah"), "the half-typed field is in the draft: {drafts:?}");
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_and_a_form_goes_on_in_the_new_size() {
    let mut session = start_under_shell("read enter;");
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
    assert!(saved_drafts(program).contains("Zubaidah Binti"));
}

#[test]
fn a_stop_that_nobody_can_catch_leaves_the_popup_and_comes_back() {
    let mut session = start_under_shell("");
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
    let mut session = start();
    session.press(b"\x1a");
    session.signal(Signal::TSTP);
    session.press(b"j");
    session.wait_for("▌ K26-000001");
    session.press(b"q");
    assert!(session.end().0.success());
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_continues() {
    let mut session = start_under_shell("");
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
    let mut session = start();
    session.resize(30, 100);
    session.wait_until("the thirtieth row", |screen| {
        screen.rows(0, 100).nth(29).is_some_and(|row| row.contains("enter buka"))
    });
    session.press(b"q");
    session.end();
}

#[test]
fn a_panic_while_drawing_gives_the_terminal_back_before_it_speaks() {
    let mut session = start();
    session.press(b"\x1bOS");
    let (status, _) = session.end();
    assert!(!status.success());
    session.assert_clean();
    session.wait_for("a planted bug in drawing");
}

#[test]
fn a_panic_in_a_job_is_a_box_and_nothing_else() {
    let mut session = start();
    session.press(b"jjjjjjjjjjjjj\r");
    session.wait_for("with K26-000013");
    session.press(b"\r");
    session.press(b"q");
    let (status, _) = session.end();
    assert!(status.success());
    session.assert_clean();
}
