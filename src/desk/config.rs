//! Settings of the person, not of the office: read once from flags, the environment and `config.toml`, then passed as
//! values. Nothing else in the program reads the environment.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use serde::Deserialize;

use crate::desk::clock::Clock;
use crate::words::Lang;

/// Where a setting came from, for `config show`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// `flag`, `environment`, `file` or `default`.
    pub origin: &'static str,
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
    /// Whether this is an SSH session, where keys may arrive in pieces.
    pub ssh: bool,
    /// The clock.
    pub clock: Clock,
    /// Width for text output when it is not a terminal.
    pub columns: u16,
    /// Where each came from.
    pub settings: Vec<Setting>,
}

/// A setting that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ConfigError {
    /// File or variable.
    pub place: String,
    /// What is wrong with it.
    pub reason: String,
}

/// The file `config.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    store: Option<PathBuf>,
    lang: Option<String>,
    theme: Option<String>,
    ascii: Option<bool>,
}

impl Config {
    /// Reads flags over environment over file over defaults.
    pub fn read(store_flag: Option<&Path>, lang_flag: Option<Lang>) -> Result<Config, ConfigError> {
        let dirs = ProjectDirs::from("id", "", "santun");
        let data = dirs.as_ref().map_or_else(|| PathBuf::from(".santun"), |dirs| dirs.data_dir().to_owned());
        let state = dirs
            .as_ref()
            .and_then(|dirs| dirs.state_dir().map(Path::to_owned))
            .unwrap_or_else(|| data.clone());
        let file_path = dirs.as_ref().map(|dirs| dirs.config_dir().join("config.toml"));
        let file = read_file(file_path.as_deref())?;
        let mut settings = Vec::new();
        let mut choose =
            |name, flag: Option<String>, variable: &str, file: Option<String>, default: String| {
                let (value, origin) = match (flag, variable_text(variable), file) {
                    (Some(value), _, _) => (value, "flag"),
                    (None, Some(value), _) => (value, "environment"),
                    (None, None, Some(value)) => (value, "file"),
                    (None, None, None) => (default, "default"),
                };
                settings.push(Setting { name, value: value.clone(), origin });
                value
            };
        let path_text = |path: &Path| path.display().to_string();
        let store = choose(
            "store",
            store_flag.map(path_text),
            "SANTUN_STORE",
            file.store.as_deref().map(path_text),
            path_text(&data.join("store")),
        );
        let lang_text = choose(
            "lang",
            lang_flag.map(|lang| lang.code().to_owned()),
            "SANTUN_LANG",
            file.lang,
            "id".to_owned(),
        );
        let theme = choose("theme", None, "SANTUN_THEME", file.theme, "dark".to_owned());
        let ascii =
            choose("ascii", None, "SANTUN_ASCII", file.ascii.map(|on| on.to_string()), "false".to_owned());
        let clock = frozen()?;
        Ok(Config {
            store: PathBuf::from(store),
            demo_store: state.join("demo"),
            lang: lang_text.parse().map_err(|_| ConfigError {
                place: "lang".to_owned(),
                reason: format!("{lang_text}: id | en"),
            })?,
            theme,
            ascii: matches!(ascii.as_str(), "true" | "1"),
            no_color: variable_text("NO_COLOR").is_some(),
            ssh: variable_text("SSH_CONNECTION").is_some() || variable_text("SSH_TTY").is_some(),
            clock,
            columns: variable_text("COLUMNS").and_then(|text| text.parse().ok()).unwrap_or(100),
            settings,
        })
    }
}

/// The clock of tests and demonstrations, or the machine's.
fn frozen() -> Result<Clock, ConfigError> {
    let (now, today) = (variable_text("SANTUN_NOW"), variable_text("SANTUN_TODAY"));
    if now.is_none() && today.is_none() {
        return Ok(Clock::System);
    }
    Clock::from_text(now.as_deref(), today.as_deref()).ok_or_else(|| ConfigError {
        place: "SANTUN_NOW, SANTUN_TODAY".to_owned(),
        reason: "2026-10-30T09:00 | 2026-10-30".to_owned(),
    })
}

fn variable_text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn read_file(path: Option<&Path>) -> Result<File, ConfigError> {
    let Some(path) = path else { return Ok(File::default()) };
    let fail = |reason: String| ConfigError { place: path.display().to_string(), reason };
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| fail(error.message().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(File::default()),
        Err(error) => Err(fail(error.to_string())),
    }
}
