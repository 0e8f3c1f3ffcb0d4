//! The table as `docs/config.md`.

use std::fmt::Write as _;

use super::table::{Kind, SETTINGS, Spec, Usual};
use crate::words::Words;

/// A file as a person would write it.
const EXAMPLE: &str = r#"theme = "light"
columns = 120

[keys]
void = ["ctrl-v"]
export = []"#;

/// The page of settings in both languages; a test keeps `docs/config.md` equal to it.
pub fn config_markdown(indonesian: &Words, english: &Words) -> String {
    let mut page = String::from(
        "# Settings\n\n<!-- Generated from src/desk/config/table.rs; `UPDATE_DOCS=1 cargo test --test it config_page` \
         writes it anew. -->\n",
    );
    for words in [indonesian, english] {
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n",
            words.text("config-page-title"),
            words.text("config-page-head")
        );
        let heads = ["name", "use", "values", "usual", "variable", "flag"];
        let heads: Vec<String> =
            heads.iter().map(|head| words.text(&format!("config-page-{head}"))).collect();
        let _ = writeln!(page, "| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
        for spec in SETTINGS {
            let _ = writeln!(page, "{}", row(spec, words));
        }
        let _ = writeln!(
            page,
            "| `keys.…` | {} | {} | | | |",
            words.text("setting-keys"),
            words.text("config-page-keys")
        );
        let _ = write!(page, "\n```toml\n{}\n```\n\n{}\n", EXAMPLE, words.text("config-page-rest"));
    }
    page
}

fn row(spec: &Spec, words: &Words) -> String {
    let values = match spec.kind {
        Kind::Path => words.text("config-page-path"),
        Kind::Number { least, most } => format!("{least}–{most}"),
        Kind::Choice(_) | Kind::Switch => {
            spec.values().iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
        }
    };
    let (Usual::Text(usual) | Usual::Folder(usual)) = spec.usual;
    let flag = spec.flag.map(|flag| format!("`--{flag}`")).unwrap_or_default();
    format!(
        "| `{}` | {} | {values} | `{usual}` | `{}` | {flag} |",
        spec.name,
        words.text(&spec.words_key()),
        spec.variable
    )
}
