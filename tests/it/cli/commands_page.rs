//! `docs/commands.md` is what the program says of itself. `UPDATE_DOCS=1` writes it anew.

use crate::support::sources::root;

#[test]
fn the_page_of_commands_is_up_to_date() {
    let page = santun::cli::commands_markdown();
    let path = root().join("docs/commands.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("the repository is writable");
    }
    let written = std::fs::read_to_string(&path).expect("docs/commands.md is in the repository");
    assert!(
        written == page,
        "docs/commands.md is old: UPDATE_DOCS=1 cargo test --test it cli::commands_page"
    );
}

#[test]
fn the_page_names_every_command_of_the_help() {
    let page = santun::cli::commands_markdown();
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
