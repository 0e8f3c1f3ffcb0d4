//! `docs/commands.md` and `docs/perintah.md` are what the program says of itself. `UPDATE_DOCS=1` writes it anew.

use santun::cli::commands_markdown;
use santun::words::{Lang, Words};

use crate::support::sources::root;

#[test]
fn the_pages_of_commands_are_up_to_date() {
    for (lang, name) in [(Lang::En, "docs/commands.md"), (Lang::Id, "docs/perintah.md")] {
        let page = commands_markdown(&Words::new(lang));
        let path = root().join(name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &page).expect("the repository is writable");
        }
        let written = std::fs::read_to_string(&path).expect("the page is in the repository");
        assert!(written == page, "{name} is old: UPDATE_DOCS=1 cargo test --test it cli::commands_page");
    }
}

#[test]
fn the_page_names_every_command_of_the_help() {
    let page = commands_markdown(&Words::new(Lang::En));
    for command in
        ["claim determine", "voucher issue", "series start", "rank companies", "config show", "fsck"]
    {
        assert!(page.contains(&format!("\n## santun {command}\n")), "{command}");
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = crate::support::run(&words).ok();
        let flags = help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 3);
        for flag in flags.map(|word| word.trim_end_matches([',', ']', '.', ')'])) {
            assert!(
                flag == "--help" || page.contains(&format!("`{flag}")),
                "{command}: {flag} is not on the page"
            );
        }
    }
    assert!(!page.contains("__read-xlsx"));
}

#[test]
fn every_command_and_argument_has_its_words() {
    for lang in santun::words::Lang::ALL {
        let missing = santun::cli::wordless(&santun::words::Words::new(lang));
        assert!(missing.is_empty(), "locales/{}/cli_help.ftl lacks:\n{}", lang.code(), missing.join("\n"));
    }
}
