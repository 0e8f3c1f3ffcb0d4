//! Settings of the person, not of the office: read once from flags, the environment and `config.toml`, then passed as
//! values. Nothing else in the program reads the environment.
//!
//! [`table`] lists the settings; reading, `config show`, `config check` and `docs/config.md` all come from it. What
//! cannot be read is a [`Fault`] with its place; the good part is read all the same, because a slip in a file must not
//! keep a clerk from the screen. Whether a fault stops a command is for the command line to say.

mod fault;
mod file;
mod page;
mod places;
mod read;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::desk::clock::Clock;
use crate::store::disk::held_group;
use crate::words::Lang;

pub use fault::{Fault, Place, nearest};
pub use page::config_markdown;
pub use table::{Kind, SETTINGS, Spec, Usual};

use places::Places;
use read::{Sources, variable};

/// What was typed in front of all commands.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--store`.
    pub store: Option<PathBuf>,
    /// `--lang`.
    pub lang: Option<Lang>,
    /// `--plain`.
    pub plain: bool,
}

/// Where a setting came from, for `config show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A line of `config.toml`.
    File {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
    },
    /// What it is when nobody says anything.
    Usual,
}

impl Origin {
    /// `flag`, `environment`, `file` or `default`: stable, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Origin::Flag(_) => "flag",
            Origin::Variable(_) => "environment",
            Origin::File { .. } => "file",
            Origin::Usual => "default",
        }
    }

    /// Where exactly: the flag, the variable, file and line; nothing for what is usual.
    pub fn place(&self) -> String {
        match self {
            Origin::Flag(name) => format!("--{name}"),
            Origin::Variable(name) => (*name).to_owned(),
            Origin::File { path, line } => format!("{}:{line}", path.display()),
            Origin::Usual => String::new(),
        }
    }
}

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// How the row under the cursor is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorStyle {
    /// The whole row stands out.
    Row,
    /// Only a mark in front of it: a move costs a few bytes, for a very slow line.
    Marker,
}

/// What the mouse is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal's own: marking and copying text.
    Terminal,
    /// The program's.
    Program,
}

/// How output is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In columns, as wide as the terminal.
    Columns,
    /// One fact a line, without boxes and colours: for screen readers and scripts.
    Plain,
}

/// How much goes into the technical log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What went wrong.
    Error,
    /// Also what is odd.
    Warn,
    /// Also what was done.
    Info,
    /// Everything.
    Debug,
}

/// The keys an action is given, and where that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetting {
    /// Texts of keys; none switches the action off.
    pub keys: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// Everything read at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The store's folder.
    pub store: PathBuf,
    /// The folder of the demonstration's kept store.
    pub demo_store: PathBuf,
    /// Language of everything a person sees.
    pub lang: Lang,
    /// Name of the colour theme.
    pub theme: String,
    /// Whether boxes and marks are drawn in ASCII.
    pub ascii: bool,
    /// Whether the person asked for no colour (`NO_COLOR`).
    pub no_color: bool,
    /// Whether the terminal says of itself that it cannot place a cursor (`TERM=dumb`).
    pub is_dumb: bool,
    /// How the row under the cursor is shown.
    pub cursor: CursorStyle,
    /// What the mouse is for.
    pub mouse: Mouse,
    /// Whether this is an SSH session, where keys may arrive in pieces.
    pub ssh: bool,
    /// The clock.
    pub clock: Clock,
    /// How text output is laid out.
    pub layout: Layout,
    /// Width for text output.
    pub columns: u16,
    /// How much goes into the technical log.
    pub log: LogLevel,
    /// The folder of the technical log.
    pub log_folder: PathBuf,
    /// The file of settings, whether it is there or not; none where the system says no home.
    pub file: Option<PathBuf>,
    /// Other keys for some actions, by the action's name.
    pub keys: BTreeMap<String, KeySetting>,
    /// Where each setting came from, in the table's order, then the keys.
    pub settings: Vec<Setting>,
    /// What could not be read; for each of these the usual value is in force.
    pub faults: Vec<Fault>,
}

impl Config {
    /// Reads flags over environment over file over what is usual. Only a clock that cannot be read is an error: it would
    /// write wrong dates into the books.
    pub fn read(flags: &Flags) -> Result<Config, Fault> {
        let clock = frozen()?;
        let places = Places::find();
        let mut sources = Sources::new(flags, &places);
        let taken = |text: &str, on: &str| text == on;
        let store = sources.choose("store", &places.store);
        let lang = sources.choose("lang", "");
        let theme = sources.choose("theme", "");
        let ascii = taken(&sources.choose("ascii", ""), "true");
        let cursor = match sources.choose("cursor", "").as_str() {
            "marker" => CursorStyle::Marker,
            _ => CursorStyle::Row,
        };
        let mouse = match sources.choose("mouse", "").as_str() {
            "true" => Mouse::Program,
            _ => Mouse::Terminal,
        };
        let layout = match sources.choose("plain", "").as_str() {
            "true" => Layout::Plain,
            _ => Layout::Columns,
        };
        let columns = sources.choose("columns", "").parse().unwrap_or(100);
        let log = log_level(&sources.choose("log", ""));
        let (keys, settings, faults) = sources.finish();
        Ok(Config {
            store: PathBuf::from(store),
            demo_store: places.state.join("demo"),
            lang: lang.parse().unwrap_or_default(),
            theme,
            ascii,
            no_color: variable("NO_COLOR").is_some(),
            cursor,
            mouse,
            is_dumb: variable("TERM").as_deref() == Some("dumb"),
            ssh: variable("SSH_CONNECTION").is_some() || variable("SSH_TTY").is_some(),
            clock,
            layout,
            columns,
            log,
            log_folder: places.state.join("log"),
            file: places.file,
            keys,
            settings,
            faults,
        })
    }

    /// Other keys for some actions, as the keymap takes them: action name → texts of keys.
    pub fn key_changes(&self) -> BTreeMap<String, Vec<String>> {
        self.keys.iter().map(|(action, setting)| (action.clone(), setting.keys.clone())).collect()
    }

    /// Whether nobody said anything about a setting.
    pub fn is_usual(&self, name: &str) -> bool {
        self.settings.iter().any(|setting| setting.name == name && setting.origin == Origin::Usual)
    }

    /// The file of settings as text, for a message.
    pub fn file_text(&self) -> String {
        self.file
            .as_deref()
            .map_or_else(|| "config.toml".to_owned(), |path: &Path| path.display().to_string())
    }
}

fn log_level(text: &str) -> LogLevel {
    match text {
        "off" => LogLevel::Off,
        "error" => LogLevel::Error,
        "warn" => LogLevel::Warn,
        "debug" => LogLevel::Debug,
        _ => LogLevel::Info,
    }
}

/// The clock of tests and demonstrations, or the machine's.
fn frozen() -> Result<Clock, Fault> {
    let (now, today) = (variable("SANTUN_NOW"), variable("SANTUN_TODAY"));
    if now.is_none() && today.is_none() {
        return Ok(Clock::System);
    }
    let name = if now.is_some() { "SANTUN_NOW" } else { "SANTUN_TODAY" };
    // Who may only write through this program may not choose the times it writes.
    if held_group().is_some() {
        return Err(Fault::new(Place::Variable(name), "group-clock"));
    }
    Clock::from_text(now.as_deref(), today.as_deref())
        .ok_or_else(|| Fault::new(Place::Variable(name), "config-bad-clock"))
}
