//! Completions and manual pages: whole, in both languages, and taken by the programs they are for.

use std::path::Path;
use std::process::Command;

use crate::support::Frozen;

/// Whether a program of this name can be run here.
fn is_there(program: &str) -> bool {
    ["/usr/bin", "/bin"].iter().any(|folder| Path::new(folder).join(program).exists())
}

#[test]
fn completions_are_taken_by_the_shell() {
    let frozen = Frozen::new();
    for (shell, flag) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        for lang in ["id", "en"] {
            let script = frozen.run(&["--lang", lang, "completions", shell]).ok();
            for word in ["claims", "voucher", "queue", "where", "completions"] {
                assert!(script.contains(word), "{shell} {lang}: {word}");
            }
            assert!(!script.contains("read-xlsx"), "{shell} {lang}: nobody types that");
            let path = frozen.path(&format!("santun.{shell}"));
            std::fs::write(&path, script).expect("the home is writable");
            if is_there(shell) {
                let taken = Command::new(shell).arg(flag).arg(&path).output().expect("the shell runs");
                assert!(taken.status.success() && taken.stderr.is_empty(), "{shell} {lang}: {taken:?}");
            }
        }
    }
    assert!(is_there("bash"), "one shell at least has tried");
    assert!(frozen.run(&["completions", "tcsh"]).fails(2).contains("bash, zsh, fish"));
}

#[test]
fn bash_completes_a_command_and_a_flag() {
    let frozen = Frozen::new();
    let script = frozen.run(&["completions", "bash"]).ok();
    let path = frozen.path("santun.bash");
    std::fs::write(&path, script).expect("the home is writable");
    let complete = |words: &str, last: usize| {
        let ask = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={last}; \
             _santun santun \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\"",
            path.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &ask]).output().expect("bash runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert_eq!(complete("santun vouc", 1), "voucher");
    assert_eq!(complete("santun voucher que", 2), "queue");
    assert_eq!(complete("santun claims --whe", 2), "--where");
}

#[test]
fn every_command_has_a_manual_page() {
    let frozen = Frozen::new();
    assert!(frozen.run(&["man", "--out", "nirgends"]).fails(2).contains("nirgends"));
    for (lang, name, about) in [("id", "NAMA", "Daftar klaim"), ("en", "NAME", "List claims")] {
        let folder = frozen.path(lang);
        std::fs::create_dir(&folder).expect("the home is writable");
        frozen.run(&["--lang", lang, "man", "--out", folder.to_str().expect("plain")]).ok();
        let page = std::fs::read_to_string(folder.join("santun-claims.1")).expect("it was written");
        assert!(page.contains(&format!(".SH \"{name}\"")) && page.contains(about), "{page}");
        let reference = santun::cli::commands_markdown(&santun::words::Words::new(santun::words::Lang::En));
        let commands = reference.lines().filter_map(|line| line.strip_prefix("## santun "));
        let mut n_pages = 0;
        for command in commands {
            let file = folder.join(format!("santun-{}.1", command.replace(' ', "-")));
            let text =
                std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert!(text.contains(".TH") && text.len() > 200, "{command}");
            n_pages += 1;
        }
        assert!(n_pages > 40);
        if is_there("mandoc") || is_there("groff") {
            let shown =
                Command::new("man").arg("-l").arg(folder.join("santun-claims.1")).output().expect("man runs");
            assert!(String::from_utf8_lossy(&shown.stdout).contains("--where"), "{shown:?}");
        }
    }
}
