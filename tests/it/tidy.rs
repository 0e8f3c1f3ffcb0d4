//! Keeps the house tidy: every rule of `ARCHITECTURE.md` that a text scan can see, with its reason.
//!
//! A rule is a function over a file's path and text, so each is tested on a planted breach and on an innocent twin
//! beside it. To add one, write a line in `tidy/rules.rs`.

mod habits;
mod licences;
mod rules;

use crate::support::sources::{Lexed, Source, lex, repository_texts, rust_sources};

/// One file as rules see it.
pub struct File {
    path: String,
    text: String,
    lexed: Lexed,
}

/// A rule, and why it is one.
pub struct Rule {
    name: &'static str,
    reason: &'static str,
    scope: Scope,
    check: fn(&File) -> Vec<Finding>,
}

/// Which files a rule looks at.
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    /// Rust files of the program.
    Program,
    /// Every text file of the repository.
    Repository,
}

/// A breach: where in the file, and what stands there.
pub struct Finding {
    place: usize,
    what: String,
}

impl File {
    fn new(source: Source) -> Self {
        let lexed = if source.path.ends_with(".rs") { lex(&source.text) } else { lex("") };
        Self { path: source.path, text: source.text, lexed }
    }

    /// A file that is nowhere, to try a rule on.
    fn planted(path: &str, text: &str) -> Self {
        Self::new(Source { path: path.to_owned(), text: text.to_owned() })
    }

    /// The code without comments and without the insides of strings.
    fn code(&self) -> &str {
        &self.lexed.code
    }

    /// The module on the first level, `store` of `src/store/disk/real.rs`; none for `main.rs` and `lib.rs`.
    fn module(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/")?;
        let (module, _) =
            below.split_once('/').or_else(|| below.strip_suffix(".rs").map(|stem| (stem, "")))?;
        (!matches!(module, "main" | "lib")).then_some(module)
    }

    /// Whether the path begins with one of these.
    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }

    fn line_of(&self, place: usize) -> usize {
        self.code().get(..place).map_or(1, |before| before.matches('\n').count() + 1)
    }
}

/// Every place of the words in the code, whole words only. A word may be a path or a call, `Zoned::now`, `.unwrap()`.
fn words(file: &File, searched: &[&str]) -> Vec<Finding> {
    let code = file.code();
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut found = Vec::new();
    for word in searched {
        for (place, _) in code.match_indices(word) {
            let glued_before = is_word(word.chars().next()) && is_word(code[..place].chars().next_back());
            let glued_after =
                is_word(word.chars().next_back()) && is_word(code[place + word.len()..].chars().next());
            if !glued_before && !glued_after {
                found.push(Finding { place, what: (*word).to_owned() });
            }
        }
    }
    found
}

fn breaches(rules: &[Rule], scope: Scope, files: &[File]) -> Vec<String> {
    let mut all = Vec::new();
    for rule in rules.iter().filter(|rule| rule.scope == scope) {
        for file in files {
            for finding in (rule.check)(file) {
                let line = file.line_of(finding.place);
                all.push(format!("{}:{line}: {}: {} ({})", file.path, finding.what, rule.name, rule.reason));
            }
        }
    }
    all
}

#[test]
fn the_house_is_tidy() {
    let files: Vec<File> = rust_sources().into_iter().map(File::new).collect();
    let found = breaches(rules::RULES, Scope::Program, &files);
    assert!(found.is_empty(), "{} breaches:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_repository_is_tidy() {
    let files: Vec<File> = repository_texts().into_iter().map(File::new).collect();
    let found = breaches(rules::RULES, Scope::Repository, &files);
    assert!(found.is_empty(), "{} breaches:\n{}", found.len(), found.join("\n"));
}
