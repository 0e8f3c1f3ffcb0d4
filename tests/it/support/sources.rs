//! The program's own source files, and a reader that tells code from comments and from string literals.

use std::fs;
use std::path::{Path, PathBuf};

/// A file's path from the repository's root, with `/`, and its text.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// A Rust file taken apart.
pub struct Lexed {
    /// The code with comments and the insides of strings blanked; line breaks stay where they were.
    pub code: String,
    /// The insides of string literals as written, each with its place in `code`.
    pub literals: Vec<(usize, String)>,
}

/// Every `.rs` file below `src`, sorted by path.
pub fn rust_sources() -> Vec<Source> {
    let found = files_below(&root().join("src"));
    let found: Vec<Source> =
        found.into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs")).map(read).collect();
    assert!(found.len() > 10, "the source folder was not found");
    found
}

/// Every text file of the repository that git would keep, sorted by path: no build output, no hidden folders but
/// `.ci`.
pub fn repository_texts() -> Vec<Source> {
    let mut found: Vec<Source> = Vec::new();
    for entry in sorted(&root()) {
        let name = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name == "target" || (name.starts_with('.') && name != ".ci" && name != ".gitignore") {
            continue;
        }
        let paths = if entry.is_dir() { files_below(&entry) } else { vec![entry] };
        found.extend(paths.into_iter().filter(|path| is_text(path)).map(read));
    }
    found
}

/// The repository's root: where cargo runs the tests, so that a moved checkout or a copied test program still finds it.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in sorted(folder) {
        if entry.is_dir() {
            found.extend(files_below(&entry));
        } else {
            found.push(entry);
        }
    }
    found
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths
}

fn is_text(path: &Path) -> bool {
    let endings =
        ["rs", "md", "toml", "ftl", "html", "txt", "json", "py", "sh", "svg", "yml", "lock", "snap"];
    match path.extension().and_then(|ending| ending.to_str()) {
        Some(ending) => endings.contains(&ending),
        None => true,
    }
}

fn read(path: PathBuf) -> Source {
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let relative =
        path.strip_prefix(root()).expect("found below the root").to_string_lossy().replace('\\', "/");
    Source { path: relative, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// Takes a Rust file apart. Knows comments (nested too), strings, raw strings and characters: all this needs.
pub fn lex(text: &str) -> Lexed {
    let chars: Vec<char> = text.chars().collect();
    let mut lexed = Lexed { code: String::with_capacity(text.len()), literals: Vec::new() };
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let length = match rest {
            ['/', '/', ..] => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => comment_length(rest),
            ['"', ..] => string_length(rest),
            ['r', '"' | '#', ..] if !ends_in_word(&lexed.code) => raw_length(rest).unwrap_or(0),
            ['\'', '\\', ..] => rest.iter().skip(3).position(|c| *c == '\'').map_or(1, |found| found + 4),
            ['\'', _, '\'', ..] => 3,
            _ => 0,
        };
        if length == 0 {
            lexed.code.push(rest[0]);
            at += 1;
            continue;
        }
        let taken: String = rest[..length].iter().collect();
        if let Some(inside) = inside_of(&taken) {
            lexed.code.push('"');
            lexed.literals.push((lexed.code.len() - 1, inside.to_owned()));
            lexed.code.extend(taken.chars().filter(|c| *c == '\n'));
            lexed.code.push('"');
        } else {
            lexed.code.push(' ');
            lexed.code.extend(taken.chars().filter(|c| *c == '\n'));
        }
        at += length;
    }
    lexed
}

fn inside_of(taken: &str) -> Option<&str> {
    let body = taken.strip_prefix('r').unwrap_or(taken).trim_matches('#');
    body.strip_prefix('"').map(|inside| inside.strip_suffix('"').unwrap_or(inside))
}

fn ends_in_word(code: &str) -> bool {
    code.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !code.ends_with('b')
}

fn comment_length(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string_length(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_length(rest: &[char]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return None;
    }
    let closing: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body: String = rest[2 + hashes..].iter().collect();
    let end = body.find(&closing)?;
    Some(2 + hashes + body[..end].chars().count() + closing.len())
}

#[test]
fn code_comments_and_literals_are_told_apart() {
    let text = "let a = \"x // y\"; // \"no\"\n/* /* b */ \"c\" */ let d = r#\"e \"f\" g\"#; let h = '\"'; let i: &'static str = \"\\\"j\";";
    let lexed = lex(text);
    let literals: Vec<&str> = lexed.literals.iter().map(|(_, literal)| literal.as_str()).collect();
    assert_eq!(literals, ["x // y", "e \"f\" g", "\\\"j"]);
    assert_eq!(lexed.code, "let a = \"\";  \n  let d = \"\"; let h =  ; let i: &'static str = \"\";");
    for (place, _) in &lexed.literals {
        assert_eq!(&lexed.code[*place..=*place], "\"");
    }
}
