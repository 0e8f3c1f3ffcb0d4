//! What the config file says about keys: checked, told with its place, and put in force.

use super::{Context, Keymap, KeymapError, TABLE};
use crate::desk::Config;
use crate::desk::config::{Fault, KeySetting, nearest};
use crate::desk::keys::KeyRow;
use crate::tui::key::Key;

impl Keymap {
    /// The keys in force. One fault among them and all are the table's: half of somebody's keys are nobody's keys.
    pub fn of_config(config: &Config) -> Keymap {
        Keymap::with(&config.key_changes()).unwrap_or_default()
    }
}

/// What is wrong with the keys of the config file.
pub fn key_faults(config: &Config) -> Vec<Fault> {
    let mut faults: Vec<Fault> =
        config.keys.iter().flat_map(|(action, setting)| of_setting(action, setting)).collect();
    if faults.is_empty()
        && let Err(KeymapError::Twice { key, first, second }) = Keymap::with(&config.key_changes())
        && let Some(setting) = config.keys.get(&second).or_else(|| config.keys.get(&first))
    {
        let fault = Fault::new(setting.place.clone(), "config-key-twice");
        faults.push(fault.with("text", key).with("first", first).with("second", second));
    }
    faults
}

fn of_setting(action: &str, setting: &KeySetting) -> Vec<Fault> {
    let at = |key| Fault::new(setting.place.clone(), key).with("name", action);
    if !TABLE.iter().any(|row| row.action.name() == action) {
        return vec![
            at("config-no-action").meant(nearest(action, TABLE.iter().map(|row| row.action.name()))),
        ];
    }
    let unknown = setting.keys.iter().filter(|text| text.parse::<Key>().is_err());
    unknown
        .map(|text| at("config-no-key").with("text", text.as_str()).meant(nearest(text, key_names())))
        .collect()
}

/// Every key that the table knows: what was mistyped is most often one of them.
fn key_names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().flat_map(|row| row.keys.iter().copied())
}

/// Every action with its keys in force, in the order of the help.
pub fn key_rows(config: &Config) -> Vec<KeyRow> {
    let keymap = Keymap::of_config(config);
    let in_place = |context: Context| TABLE.iter().filter(move |row| row.context == context);
    let rows = Context::ALL.into_iter().flat_map(in_place);
    rows.map(|row| KeyRow {
        place: row.context.words_key(),
        keys: keymap.keys_text(row.context, row.action).split_whitespace().map(str::to_owned).collect(),
        action: row.action.words_key(),
        name: row.action.name(),
    })
    .collect()
}
