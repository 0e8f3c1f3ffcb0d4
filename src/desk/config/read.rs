//! The four sources of a setting, the nearest first: flag, environment, file, what is usual.

use std::collections::BTreeMap;

use super::fault::{Fault, Place, nearest};
use super::file::{self, File};
use super::places::Places;
use super::table::{Kind, SETTINGS, Spec, Usual};
use super::{Flags, KeySetting, Origin, Setting};

/// A variable of the environment; an empty one is none.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What flags and file say, and what was chosen so far.
pub struct Sources<'a> {
    flags: &'a Flags,
    file: File,
    settings: Vec<Setting>,
    faults: Vec<Fault>,
    is_console: bool,
}

impl<'a> Sources<'a> {
    /// Reads the file.
    pub fn new(flags: &'a Flags, places: &Places) -> Sources<'a> {
        let mut file = places.file.as_deref().map(file::read).unwrap_or_default();
        let faults = std::mem::take(&mut file.faults);
        let is_console = variable("TERM").as_deref() == Some("linux");
        Sources { flags, file, settings: Vec::new(), faults, is_console }
    }

    /// The value of a setting. `folder` is what the system names where the table says only which folder it is.
    pub fn choose(&mut self, name: &str, folder: &str) -> String {
        let spec =
            SETTINGS.iter().find(|spec| spec.name == name).expect("every setting read is in the table");
        let usual = match (spec.usual, spec.name) {
            // The Linux console has sixteen colours, and no picture of half our signs.
            (_, "theme") if self.is_console => "ansi16",
            (_, "ascii") if self.is_console => "true",
            (Usual::Text(text), _) => text,
            (Usual::Folder(_), _) => folder,
        };
        let (value, origin) = self
            .of_flag(spec)
            .or_else(|| self.of_variable(spec))
            .or_else(|| self.of_file(spec))
            .unwrap_or_else(|| (usual.to_owned(), Origin::Usual));
        self.settings.push(Setting { name: spec.name.to_owned(), value: value.clone(), origin });
        value
    }

    fn of_flag(&self, spec: &Spec) -> Option<(String, Origin)> {
        let text = match spec.name {
            "store" => self.flags.store.as_ref().map(|path| path.display().to_string()),
            "lang" => self.flags.lang.map(|lang| lang.code().to_owned()),
            "plain" => self.flags.plain.then(|| "true".to_owned()),
            _ => None,
        };
        Some((text?, Origin::Flag(spec.flag?)))
    }

    fn of_variable(&mut self, spec: &Spec) -> Option<(String, Origin)> {
        let text = variable(spec.variable)?;
        let place = Place::Variable(spec.variable);
        match check(spec, &text, place) {
            Ok(value) => Some((value, Origin::Variable(spec.variable))),
            Err(fault) => {
                if spec.variable.starts_with("SANTUN_") {
                    self.faults.push(fault);
                }
                None
            }
        }
    }

    fn of_file(&mut self, spec: &Spec) -> Option<(String, Origin)> {
        let (text, place) = self.file.values.remove(spec.name)?;
        let origin = match &place {
            Place::File { path, line, .. } => Origin::File { path: path.clone(), line: *line },
            Place::Variable(name) => Origin::Variable(name),
        };
        match check(spec, &text, place) {
            Ok(value) => Some((value, origin)),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    /// The keys, every setting in the table's order with the keys behind, and what could not be read.
    pub fn finish(mut self) -> (BTreeMap<String, KeySetting>, Vec<Setting>, Vec<Fault>) {
        // What a nearer source decided is still read, so that a slip in the file is found today and not later.
        for spec in SETTINGS {
            let _ = self.of_file(spec);
        }
        for (action, setting) in &self.file.keys {
            let origin = match &setting.place {
                Place::File { path, line, .. } => Origin::File { path: path.clone(), line: *line },
                Place::Variable(name) => Origin::Variable(name),
            };
            let value = setting.keys.join(" ");
            self.settings.push(Setting { name: format!("keys.{action}"), value, origin });
        }
        (self.file.keys, self.settings, self.faults)
    }
}

/// Whether a text is a value of the setting, and how it is written there.
fn check(spec: &Spec, text: &str, place: Place) -> Result<String, Fault> {
    let wrong = |key| Fault::new(place.clone(), key).with("name", spec.name).with("text", text);
    match spec.kind {
        Kind::Path => Ok(text.to_owned()),
        Kind::Choice(values) => {
            // The environment says languages as `id_ID.UTF-8`.
            let lower = text.to_lowercase();
            let bare = if spec.name == "lang" { lower.split(['_', '-', '.', '@']).next() } else { None };
            let typed = bare.unwrap_or(&lower);
            values.iter().find(|value| **value == typed).map(|value| (*value).to_owned()).ok_or_else(|| {
                let fault = wrong("config-no-choice").with("values", values.join(", "));
                fault.meant(nearest(text, values.iter().copied()))
            })
        }
        Kind::Switch => match text.to_lowercase().as_str() {
            "true" | "1" | "ya" | "yes" | "on" => Ok("true".to_owned()),
            "false" | "0" | "tidak" | "no" | "off" => Ok("false".to_owned()),
            _ => Err(wrong("config-no-switch")),
        },
        Kind::Number { least, most } => {
            let number = text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number));
            let outside = || {
                wrong("config-out-of-bounds").with("least", least.to_string()).with("most", most.to_string())
            };
            number.map(|number| number.to_string()).ok_or_else(outside)
        }
    }
}
