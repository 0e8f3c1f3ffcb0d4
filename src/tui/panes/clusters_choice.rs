//! What the person has chosen for a run: method, number, preset, seed, filter; and which claims a ranking counts.

use crate::analysis::Which;
use crate::analysis::features::PRESETS;
use crate::tui::popups::{Chooser, Item};
use crate::words::{Lang, Value, Words};

/// The tag of the picker of presets.
pub const PRESETS_TAG: &str = "cluster preset";

/// Methods by their names, in the order in which they are turned.
const METHODS: [&str; 3] = ["kmodes", "kmeans", "kprototypes"];

/// More groups than this no desk can look at.
const MOST_GROUPS: u64 = 12;

/// The words that say which claims a ranking counts, as they stand in its filter line, in both languages.
const WHICH: [(&str, [&str; 2]); 3] = [
    ("without", ["tanpa-lalu-lintas", "without-traffic"]),
    ("all", ["semua-klaim", "all-claims"]),
    ("traffic", ["lalu-lintas", "traffic-only"]),
];

/// The place of a filter's word in the order of the choices: without traffic, all, traffic alone.
pub fn which_of(word: &str) -> Option<usize> {
    WHICH.iter().position(|(_, said)| said.contains(&word))
}

/// The choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The seed.
    pub seed: u64,
    /// Which claims; empty: all.
    pub filter: String,
    method: usize,
    groups: Option<u64>,
    /// The preset's place in the list; none: the method's own.
    preset: Option<usize>,
    which: usize,
}

impl Choice {
    /// As the task takes it.
    pub fn asked(&self) -> Vec<(String, String)> {
        let value = |name: &str, value: String| (name.to_owned(), value);
        vec![
            value("method", self.method().to_owned()),
            value("k", self.groups.map_or_else(|| "auto".to_owned(), |k| k.to_string())),
            value("preset", self.preset.map_or_else(String::new, |idx| PRESETS[idx].name.to_owned())),
            value("seed", self.seed.to_string()),
            value("filter", self.filter.clone()),
        ]
    }

    fn method(&self) -> &'static str {
        METHODS[self.method]
    }

    /// The next method, with its own preset.
    pub fn turn_method(&mut self) {
        self.method = (self.method + 1) % METHODS.len();
        self.preset = None;
    }

    /// One group more than there are.
    pub fn more(&mut self, shown: u64) {
        self.groups = Some((self.groups.unwrap_or(shown) + 1).clamp(2, MOST_GROUPS));
    }

    /// One group fewer.
    pub fn fewer(&mut self, shown: u64) {
        self.groups = Some(self.groups.unwrap_or(shown).saturating_sub(1).clamp(2, MOST_GROUPS));
    }

    /// As many as the data speak for.
    pub fn auto(&mut self) {
        self.groups = None;
    }

    /// The picker of presets.
    pub fn presets(&self, words: &Words) -> Chooser {
        let items = PRESETS.iter().map(|preset| Item::pick("", &words.text(preset.key))).collect();
        let title = words.text("panes-work-preset-title");
        Chooser::new(PRESETS_TAG, title, items).starting_at(self.preset.unwrap_or(0))
    }

    /// This preset.
    pub fn pick_preset(&mut self, idx: usize) {
        self.preset = (idx < PRESETS.len()).then_some(idx);
    }

    /// The heading: what was chosen.
    pub fn title(&self, words: &Words) -> String {
        let preset = match self.preset {
            Some(idx) => words.text(PRESETS[idx].key),
            None => words.text("panes-work-preset-own"),
        };
        let groups = self.groups.map_or_else(|| words.text("panes-work-k-auto"), |k| k.to_string());
        let args = [
            ("method", Value::from(words.text(&format!("panes-work-method-{}", self.method())))),
            ("k", groups.into()),
            ("preset", preset.into()),
            ("seed", self.seed.to_string().into()),
        ];
        let title = words.format("panes-work-cluster-choice", &args);
        if self.filter.is_empty() { title } else { format!("{title} · {}", self.filter) }
    }

    /// The next choice of claims: what the ranking's filter line says then.
    pub fn turn_which(&mut self, filter: &str, lang: Lang) -> String {
        let now = filter.split_whitespace().find_map(which_of).unwrap_or(0);
        self.which = (now + 1) % WHICH.len();
        let place = Lang::ALL.iter().position(|known| *known == lang).unwrap_or(0);
        let words = filter.split_whitespace().filter(|word| which_of(word).is_none());
        std::iter::once(WHICH[self.which].1[place]).chain(words).collect::<Vec<_>>().join(" ")
    }

    /// Which claims a ranking with this filter line counts.
    pub fn which(filter: &str) -> Which {
        let place = filter.split_whitespace().find_map(which_of).unwrap_or(0);
        [Which::WithoutTraffic, Which::All, Which::Traffic][place]
    }

    /// The heading of the ranking.
    pub fn which_title(&self, words: &Words) -> String {
        words.text(&format!("panes-work-rank-{}", WHICH[self.which].0))
    }
}
