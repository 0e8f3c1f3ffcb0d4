//! A setting that cannot be read: where it stands, what is wrong with it, and what may have been meant.

use std::path::PathBuf;

use crate::words::{Value, Words};

/// Where a setting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File {
        /// Which.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Character of the line, from 1.
        column: usize,
    },
    /// In the environment.
    Variable(&'static str),
}

impl Place {
    /// The place without its folders: `config.toml:3`.
    pub fn short(&self) -> String {
        match self {
            Place::File { path, line, .. } => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                format!("{}:{line}", name.to_string_lossy())
            }
            Place::Variable(name) => (*name).to_owned(),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::File { path, line, column } => write!(f, "{}:{line}:{column}", path.display()),
            Place::Variable(name) => f.write_str(name),
        }
    }
}

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {key}")]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// The key of its sentence.
    pub key: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
    /// What may have been meant.
    pub nearest: Option<String>,
}

impl Fault {
    /// A fault without arguments.
    pub fn new(place: Place, key: &'static str) -> Fault {
        Fault { place, key, args: Vec::new(), nearest: None }
    }

    /// With an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Fault {
        self.args.push((name, value.into()));
        self
    }

    /// With what may have been meant.
    #[must_use]
    pub fn meant(mut self, nearest: Option<String>) -> Fault {
        self.nearest = nearest;
        self
    }

    /// The sentence, with its place in front and the nearest right word behind.
    pub fn sentence(&self, words: &Words) -> String {
        let args: Vec<(&str, Value)> =
            self.args.iter().map(|(name, value)| (*name, Value::from(value.as_str()))).collect();
        let sentence = format!("{}: {}", self.place, words.format(self.key, &args));
        match &self.nearest {
            Some(nearest) => {
                let meant = words.format("config-nearest", &[("nearest", nearest.as_str().into())]);
                format!("{sentence} {meant}")
            }
            None => sentence,
        }
    }
}

/// The right word that lies nearest to a wrong one, if one is near enough to have been meant: a third of its letters
/// may differ, and at least two.
pub fn nearest<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wrong = wrong.to_lowercase();
    let allowed = (wrong.chars().count() / 3).max(2);
    right
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&wrong, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, word)| word.to_owned())
}
