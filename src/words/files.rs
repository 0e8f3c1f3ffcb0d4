//! The list of sentence files: the one place that names them. A new module adds its stem here and two files.

use super::Lang;

/// One file of sentences in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// File name without folder and ending.
    pub stem: &'static str,
    id: &'static str,
    en: &'static str,
}

impl Source {
    /// The file's text in one language.
    #[must_use]
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Id => self.id,
            Lang::En => self.en,
        }
    }
}

macro_rules! sources {
    ($($stem:literal),* $(,)?) => {
        &[$(Source {
            stem: $stem,
            id: include_str!(concat!("../../locales/id/", $stem, ".ftl")),
            en: include_str!(concat!("../../locales/en/", $stem, ".ftl")),
        }),*]
    };
}

/// Every file of sentences.
pub const FILES: &[Source] = sources![
    "words",
    "domain",
    "store",
    "intake",
    "report",
    "analysis",
    "sample",
    "desk",
    "cli",
    "tui",
    "forms",
    "tui_panes",
    "demo",
    "query",
    "filter",
    "rule",
    "undo",
    "panes_claims",
    "panes_work",
    "tui_ground",
    "config",
    "cli_help",
    "lists",
    "place",
    "months",
    "care",
    "totals",
    "salvage",
    "group",
    "consensus",
    "compare",
    "erasure",
    "chart",
    "course",
    "charts",
    "levers",
    "rank",
    "newcomer",
    "insight",
];
