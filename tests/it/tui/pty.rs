//! A program in a real pseudo-terminal, with an emulator that shows what a person would see.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};

/// A program and its terminal.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    pub master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    pub screen: Arc<Mutex<vt100::Parser>>,
    pub raw: Arc<Mutex<Vec<u8>>>,
    reader: Option<JoinHandle<()>>,
    is_closing: Arc<AtomicBool>,
}

impl Session {
    /// Starts a program in a terminal of 80×24.
    pub fn spawn(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
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
        Session { child, master, keyboard, screen, raw, reader, is_closing }
    }

    pub fn contents(&self) -> String {
        self.screen.lock().expect("one reader").screen().contents()
    }

    pub fn wait_until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !is_so(self.screen.lock().expect("one reader").screen()) {
            assert!(start.elapsed() < Duration::from_secs(30), "{what} never came:\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    pub fn press(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().expect("the terminal is open");
        keyboard.write_all(bytes).expect("the child listens");
        keyboard.flush().expect("the child listens");
    }

    /// Closes the terminal's window, as a dropped line does: all our ends of it.
    pub fn close_terminal(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        // One more character, so that the reader wakes, sees the flag and lets go of its end.
        self.press(b"x");
        self.reader.take().expect("closed once").join().expect("the reader ends");
        self.keyboard = None;
        self.master = None;
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a running child")
    }

    /// The program that the shell started.
    pub fn program_under_shell(&self) -> u32 {
        let shell = self.pid();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children"));
        children.expect("the kernel tells").trim().parse().expect("one child")
    }

    pub fn signal(&self, signal: Signal) {
        send(self.pid(), signal);
    }

    pub fn resize(&self, rows: u16, cols: u16) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.screen.lock().expect("one reader").screen_mut().set_size(rows, cols);
        self.master.as_ref().expect("open").resize(size).expect("the terminal is open");
    }

    /// Waits for the end; how long it took.
    pub fn end(&mut self) -> (portable_pty::ExitStatus, Duration) {
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

    pub fn assert_clean(&self) {
        self.wait_until("a clean terminal", |screen| {
            let is_plain = screen.fgcolor() == vt100::Color::Default && !screen.bold() && !screen.inverse();
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor() && is_plain
        });
    }
}

pub fn send(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).expect("a small number")).expect("not 0");
    rustix::process::kill_process(pid, signal).expect("the child is ours");
}

/// Waits until the kernel says that the process is stopped.
pub fn wait_until_stopped(pid: u32) {
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
