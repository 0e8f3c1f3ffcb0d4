//! The table of settings: the one place that names them. A new setting is a row here, its words `setting-<name>` in
//! both languages, and a line in [`super::Config::read`].

/// What a setting can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A path of the file system.
    Path,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A whole number within bounds, both included.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
}

/// What a setting is when nobody says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// This text.
    Text(&'static str),
    /// A folder that the system names; the text says which, for the page.
    Folder(&'static str),
}

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// Its name in the file; its words are `setting-<name>`.
    pub name: &'static str,
    /// What it can be.
    pub kind: Kind,
    /// What it is when nobody says anything.
    pub usual: Usual,
    /// Its variable in the environment. One that does not begin with `SANTUN_` is everybody's, and what we cannot read
    /// of it is passed over.
    pub variable: &'static str,
    /// Its flag, if it has one.
    pub flag: Option<&'static str>,
}

impl Spec {
    /// The key of its words.
    pub fn words_key(&self) -> String {
        format!("setting-{}", self.name)
    }

    /// What it can be, as a person types it.
    pub fn values(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Choice(values) => values.to_vec(),
            Kind::Switch => vec!["true", "false"],
            Kind::Path | Kind::Number { .. } => Vec::new(),
        }
    }
}

const fn setting(name: &'static str, kind: Kind, usual: &'static str, variable: &'static str) -> Spec {
    Spec { name, kind, usual: Usual::Text(usual), variable, flag: None }
}

const fn with_flag(name: &'static str, kind: Kind, usual: Usual, variable: &'static str) -> Spec {
    Spec { name, kind, usual, variable, flag: Some(name) }
}

/// Every setting, in the order of `config show`.
pub const SETTINGS: &[Spec] = &[
    with_flag("store", Kind::Path, Usual::Folder("~/.local/share/santun/store"), "SANTUN_STORE"),
    with_flag("lang", Kind::Choice(&["id", "en"]), Usual::Text("id"), "SANTUN_LANG"),
    setting("theme", Kind::Choice(&["dark", "light", "ansi16", "mono"]), "dark", "SANTUN_THEME"),
    setting("ascii", Kind::Switch, "false", "SANTUN_ASCII"),
    setting("cursor", Kind::Choice(&["row", "marker"]), "row", "SANTUN_CURSOR"),
    setting("mouse", Kind::Switch, "false", "SANTUN_MOUSE"),
    with_flag("plain", Kind::Switch, Usual::Text("false"), "SANTUN_PLAIN"),
    setting("columns", Kind::Number { least: 40, most: 1000 }, "100", "COLUMNS"),
    setting("log", Kind::Choice(&["off", "error", "warn", "info", "debug"]), "info", "SANTUN_LOG"),
];
