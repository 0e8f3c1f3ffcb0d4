//! The table as `docs/keys.md`.

use std::fmt::Write as _;

use super::{Context, Keymap, TABLE};
use crate::words::Words;

/// The page of keys in both languages; a test keeps `docs/keys.md` equal to it.
pub fn keys_markdown(indonesian: &Words, english: &Words) -> String {
    let keymap = Keymap::default();
    let mut page = String::from(
        "# Keys\n\n<!-- Generated from src/tui/keymap/table.rs; \
         `UPDATE_DOCS=1 cargo test --test it keys_page` writes it anew. -->\n\n\
         The name in the last column gives an action other keys in the config file, e.g. \
         `keys.void = [\"ctrl-v\"]`.\n",
    );
    for context in Context::ALL {
        let title = [indonesian.text(context.words_key()), english.text(context.words_key())];
        let _ = write!(
            page,
            "\n## {} · {}\n\n| key | guna | use | name |\n|---|---|---|---|\n",
            title[0], title[1]
        );
        for row in TABLE.iter().filter(|row| row.context == context) {
            let keys = keymap.keys_text(context, row.action);
            let keys: Vec<String> = keys.split(' ').map(|key| format!("`{key}`")).collect();
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                keys.join(" "),
                indonesian.text(row.action.words_key()),
                english.text(row.action.words_key()),
                row.action.name()
            );
        }
    }
    page
}
