//! One table gives the keys, the help, the hint line and `docs/keys.md`; a config file may give an action other keys.

mod config;
mod markdown;
mod table;

use std::collections::BTreeMap;

use super::key::{Key, UnknownKey};

pub use config::{key_faults, key_rows};
pub use markdown::keys_markdown;
pub use table::{Action, Binding, TABLE};

/// Where a key is pressed. A key is looked up in the place itself, then in [`Context::Global`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in a popup.
    Global,
    /// A list.
    List,
    /// One record: a claim's detail.
    Detail,
    /// A form.
    Form,
    /// A form beside what another clerk changed.
    Compare,
    /// The voucher desk.
    Voucher,
    /// The report.
    Report,
    /// The clusters.
    Cluster,
    /// A popup.
    Popup,
}

impl Context {
    /// All places, in the order of the help.
    pub const ALL: [Context; 9] = [
        Context::Global,
        Context::List,
        Context::Detail,
        Context::Form,
        Context::Compare,
        Context::Voucher,
        Context::Report,
        Context::Cluster,
        Context::Popup,
    ];

    /// The key of its name in the words.
    pub fn words_key(self) -> &'static str {
        match self {
            Context::Global => "tui-context-global",
            Context::List => "tui-context-list",
            Context::Detail => "tui-context-detail",
            Context::Form => "tui-context-form",
            Context::Compare => "forms-context-compare",
            Context::Voucher => "tui-context-voucher",
            Context::Report => "tui-context-report",
            Context::Cluster => "tui-context-cluster",
            Context::Popup => "tui-context-popup",
        }
    }
}

/// What the config file says about keys that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No action of that name.
    #[error("no action is called `{0}`; docs/keys.md lists them")]
    UnknownAction(String),
    /// No key of that name.
    #[error("{action}: {source}")]
    UnknownKey {
        /// The action it was meant for.
        action: String,
        /// The key's text.
        source: UnknownKey,
    },
    /// One key for two actions in one place.
    #[error("`{key}` is given to both `{first}` and `{second}`")]
    Twice {
        /// The key's text.
        key: String,
        /// One action.
        first: String,
        /// The other.
        second: String,
    },
}

/// The keys in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    actions: BTreeMap<(Context, Key), Action>,
    keys: BTreeMap<(Context, Action), Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&BTreeMap::new()).expect("the table names real keys, each once; a test reads it whole")
    }
}

impl Keymap {
    /// The table's keys, with other keys for some actions: action name → texts of keys.
    pub fn with(changes: &BTreeMap<String, Vec<String>>) -> Result<Self, KeymapError> {
        if let Some(name) = changes.keys().find(|name| !TABLE.iter().any(|row| row.action.name() == *name)) {
            return Err(KeymapError::UnknownAction(name.clone()));
        }
        let mut keymap = Keymap { actions: BTreeMap::new(), keys: BTreeMap::new() };
        for row in TABLE {
            let texts: Vec<&str> = match changes.get(row.action.name()) {
                Some(changed) => changed.iter().map(String::as_str).collect(),
                None => row.keys.to_vec(),
            };
            keymap.bind(row, &texts)?;
        }
        Ok(keymap)
    }

    fn bind(&mut self, row: &Binding, texts: &[&str]) -> Result<(), KeymapError> {
        for text in texts {
            let key: Key = text
                .parse()
                .map_err(|source| KeymapError::UnknownKey { action: row.action.name().to_owned(), source })?;
            if let Some(other) = self.actions.insert((row.context, key), row.action) {
                return Err(KeymapError::Twice {
                    key: (*text).to_owned(),
                    first: other.name().to_owned(),
                    second: row.action.name().to_owned(),
                });
            }
            self.keys.entry((row.context, row.action)).or_default().push(key);
        }
        Ok(())
    }

    /// What a key does in a place.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        let own = self.actions.get(&(context, key));
        let everywhere = || self.actions.get(&(Context::Global, key)).filter(|_| context != Context::Popup);
        own.or_else(everywhere).copied()
    }

    /// The first key of an action in a place or everywhere, for hints and for "not now, press …".
    pub fn key(&self, context: Context, action: Action) -> Option<Key> {
        let keys = self.keys.get(&(context, action)).or_else(|| self.keys.get(&(Context::Global, action)));
        keys.and_then(|keys| keys.first().copied())
    }

    /// All keys of an action in exactly this place, as text: `j down`.
    pub fn keys_text(&self, context: Context, action: Action) -> String {
        let keys = self.keys.get(&(context, action)).map(Vec::as_slice).unwrap_or_default();
        keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The hints of a place, most important first: an action and its first key.
    pub fn hints(&self, context: Context) -> Vec<(Key, Action)> {
        let mut rows: Vec<&Binding> = TABLE
            .iter()
            .filter(|row| row.hint > 0)
            .filter(|row| {
                row.context == context || (row.context == Context::Global && context != Context::Popup)
            })
            .collect();
        rows.sort_by_key(|row| (row.context == Context::Global, row.hint));
        rows.iter().filter_map(|row| Some((self.key(row.context, row.action)?, row.action))).collect()
    }
}
