//! The real binary in an environment where nothing moves: the same bytes on every machine and on every day.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The day every test lives in: a working day at the end of an open month, and the demo's day.
pub const TODAY: &str = "2026-10-30";

/// Columns of the test's terminal.
pub const COLUMNS: &str = "100";

/// What a run of the program gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Exit code; a signal's death is -1.
    pub code: i32,
    /// Standard output, as text.
    pub stdout: String,
    /// Standard error, as text.
    pub stderr: String,
}

impl Output {
    /// The output of a run that must have gone well.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "exit code\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self.stdout
    }

    /// Standard error of a run that must have ended with this code.
    #[track_caller]
    pub fn fails(self, code: i32) -> String {
        assert_eq!(self.code, code, "exit code\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self.stderr
    }
}

/// A home of its own for a run of the program, gone when dropped.
pub struct Frozen {
    home: TempDir,
    variables: Vec<(String, String)>,
}

impl Frozen {
    /// A fresh, empty home on [`TODAY`].
    pub fn new() -> Self {
        Self { home: temp(), variables: Vec::new() }
    }

    /// The same with one variable more, or another value for one already set.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A path inside the home folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The program, ready to be started; for tests that need pipes or several at once.
    pub fn command<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_santun"));
        command.args(arguments).current_dir(self.home.path()).env_clear();
        command.envs(self.environment());
        command
    }

    /// The same for another user, to whom the home folder was given: a copy that lies in it, since the build folder may
    /// stand where only its owner may look.
    pub fn command_as<Argument: AsRef<OsStr>>(&self, uid: u32, arguments: &[Argument]) -> Command {
        let program = self.path("santun");
        std::fs::copy(env!("CARGO_BIN_EXE_santun"), &program).expect("the home folder is writable");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.home.path()).env_clear();
        command.envs(self.environment());
        std::os::unix::process::CommandExt::uid(&mut command, uid);
        command
    }

    /// Every variable the program sees, and no other.
    pub fn environment(&self) -> Vec<(String, String)> {
        let home = self.home.path().to_string_lossy().into_owned();
        let mut all: Vec<(String, String)> = [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "/.config"),
            ("XDG_DATA_HOME", "/.local/share"),
            ("XDG_STATE_HOME", "/.local/state"),
            ("XDG_CACHE_HOME", "/.cache"),
            ("XDG_RUNTIME_DIR", "/run"),
        ]
        .iter()
        .map(|(name, below)| ((*name).to_owned(), format!("{home}{below}")))
        .collect();
        let fixed = [
            ("PATH", "/usr/bin:/bin"),
            ("TZ", "Asia/Jakarta"),
            ("LANG", "C.UTF-8"),
            ("TERM", "xterm-256color"),
            ("COLUMNS", COLUMNS),
            ("NO_COLOR", "1"),
            ("USER", "penguji"),
            ("LOGNAME", "penguji"),
            ("POLARS_MAX_THREADS", "1"),
            ("SANTUN_TODAY", TODAY),
            ("SANTUN_SEED", "1"),
        ];
        all.extend(fixed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        all.extend(self.variables.iter().cloned());
        all
    }

    /// Runs the program to its end, with nothing on standard input.
    pub fn run<Argument: AsRef<OsStr>>(&self, arguments: &[Argument]) -> Output {
        self.run_with_input(arguments, "")
    }

    /// Runs the program to its end with this text on standard input.
    pub fn run_with_input<Argument: AsRef<OsStr>>(&self, arguments: &[Argument], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary was built with the tests");
        let mut pipe = child.stdin.take().expect("a pipe was asked for");
        // A program that does not read its input closes the pipe: that is its right.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        let output = child.wait_with_output().expect("the program can be waited for");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// One run in a fresh home.
pub fn run<Argument: AsRef<OsStr>>(arguments: &[Argument]) -> Output {
    Frozen::new().run(arguments)
}

/// An empty folder that goes away when dropped.
pub fn temp() -> TempDir {
    tempfile::Builder::new().prefix("santun-test-").tempdir().expect("the temporary folder is writable")
}
