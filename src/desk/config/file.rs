//! `config.toml` as entries with their places. A line that is no TOML is one fault; the lines that are stay readable.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::KeySetting;
use super::fault::{Fault, Place, nearest};
use super::table::{Kind, SETTINGS, Spec};

/// What the file says.
#[derive(Debug, Default)]
pub struct File {
    /// Values by the setting's name, as text, with their places.
    pub values: BTreeMap<&'static str, (String, Place)>,
    /// Keys by the action's name.
    pub keys: BTreeMap<String, KeySetting>,
    /// What could not be read.
    pub faults: Vec<Fault>,
}

/// Reads the file; one that is not there says nothing.
pub fn read(path: &Path) -> File {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(path, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => File::default(),
        Err(error) => {
            let place = Place::File { path: path.to_owned(), line: 1, column: 1 };
            let fault = Fault::new(place, "config-unreadable").with("reason", error.to_string());
            File { faults: vec![fault], ..File::default() }
        }
    }
}

/// Reads a text as the file would be read.
fn parse(path: &Path, text: &str) -> File {
    let source = Source { path: path.to_owned(), text };
    let mut file = File::default();
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let place = source.place(&error.span().unwrap_or(0..0));
        let reason = error.message().lines().next().unwrap_or_default().to_owned();
        file.faults.push(Fault::new(place, "config-no-toml").with("reason", reason));
    }
    for (name, value) in table.get_ref() {
        let here = source.place(&name.span());
        let name: &str = name.get_ref();
        if name == "keys" {
            keys(&source, value.get_ref(), here, &mut file);
            continue;
        }
        let Some(spec) = SETTINGS.iter().find(|spec| spec.name == name) else {
            let known = SETTINGS.iter().map(|spec| spec.name).chain(["keys"]);
            let fault = Fault::new(here, "config-unknown").with("name", name);
            file.faults.push(fault.meant(nearest(name, known)));
            continue;
        };
        let there = source.place(&value.span());
        match as_text(spec, value.get_ref()) {
            Some(text) => {
                file.values.insert(spec.name, (text, there));
            }
            None => file.faults.push(wrong_type(spec, there)),
        }
    }
    file
}

/// The table `keys`: action = list of keys.
fn keys(source: &Source<'_>, value: &DeValue<'_>, place: Place, file: &mut File) {
    let DeValue::Table(table) = value else {
        file.faults.push(Fault::new(place, "config-keys-no-list").with("name", "keys"));
        return;
    };
    for (action, value) in table {
        let place = source.place(&action.span());
        let action: &str = action.get_ref();
        let texts: Option<Vec<String>> = match value.get_ref() {
            DeValue::Array(keys) => {
                keys.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect()
            }
            _ => None,
        };
        match texts {
            Some(keys) => {
                file.keys.insert(action.to_owned(), KeySetting { keys, place });
            }
            None => {
                let name = format!("keys.{action}");
                file.faults.push(Fault::new(place, "config-keys-no-list").with("name", name));
            }
        }
    }
}

/// A value as the text that a variable would have, if it has the setting's type.
fn as_text(spec: &Spec, value: &DeValue<'_>) -> Option<String> {
    match (spec.kind, value) {
        (Kind::Path | Kind::Choice(_), DeValue::String(text)) => Some(text.to_string()),
        (Kind::Switch, DeValue::Boolean(on)) => Some(on.to_string()),
        (Kind::Number { .. }, DeValue::Integer(number)) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

/// A value of another type than the setting's.
fn wrong_type(spec: &Spec, place: Place) -> Fault {
    let key = match spec.kind {
        Kind::Path | Kind::Choice(_) => "config-no-text",
        Kind::Switch => "config-no-switch",
        Kind::Number { .. } => "config-no-number",
    };
    Fault::new(place, key).with("name", spec.name)
}

/// A file while it is read.
struct Source<'a> {
    path: PathBuf,
    text: &'a str,
}

impl Source<'_> {
    /// Line and character of a byte.
    fn place(&self, span: &Range<usize>) -> Place {
        let start = (0..=span.start.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at));
        let before = &self.text[..start.unwrap_or(0)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place::File { path: self.path.clone(), line, column }
    }
}
