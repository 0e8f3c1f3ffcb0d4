//! The sentence files against each other and against the source that asks for sentences.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use santun::words::{FILES, Lang};

use crate::support::sources::{lex, root, rust_sources};

/// Beginnings of keys that the program puts together (`refusal-` and the refusal's code): nobody can see in the
/// source which of them are used. A literal such as `"problem-{code}"` allows its beginning by itself; these are the
/// ones built in another way. `words-` is the vocabulary that every module may take from.
const DYNAMIC: &[&str] =
    &["refusal-", "problem-", "field-", "value-", "command-", "clock-", "words-", "setting-", "cli-help-"];

/// A key and the names of its arguments.
type Keys = BTreeMap<String, BTreeSet<String>>;

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    for source in FILES {
        let (indonesian, english) = (keys(source.text(Lang::Id)), keys(source.text(Lang::En)));
        for (key, arguments) in &indonesian {
            let other =
                english.get(key).unwrap_or_else(|| panic!("{}.ftl: {key} is not in English", source.stem));
            assert_eq!(arguments, other, "{}.ftl: arguments of {key}", source.stem);
        }
        for key in english.keys() {
            assert!(indonesian.contains_key(key), "{}.ftl: {key} is not in Indonesian", source.stem);
        }
    }
}

#[test]
fn every_file_is_whole() {
    for source in FILES {
        for lang in Lang::ALL {
            if let Err((_, errors)) = FluentResource::try_new(source.text(lang).to_owned()) {
                panic!("locales/{}/{}.ftl: {errors:?}", lang.code(), source.stem);
            }
        }
    }
}

#[test]
fn no_key_is_in_two_places() {
    for lang in Lang::ALL {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for source in FILES {
            for key in key_lines(source.text(lang)) {
                if let Some(before) = seen.insert(key.clone(), source.stem) {
                    panic!("{key} is in {before}.ftl and again in {}.ftl ({})", source.stem, lang.code());
                }
            }
        }
    }
}

#[test]
fn every_file_on_disk_is_built_in() {
    for lang in Lang::ALL {
        let folder = root().join("locales").join(lang.code());
        let mut on_disk: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of the language")
            .map(|entry| entry.expect("a readable folder").path())
            .map(|path| path.file_stem().expect("a file name").to_string_lossy().into_owned())
            .collect();
        on_disk.sort();
        let mut built_in: Vec<&str> = FILES.iter().map(|source| source.stem).collect();
        built_in.sort_unstable();
        assert_eq!(on_disk, built_in);
    }
}

#[test]
fn what_the_source_asks_for_is_there() {
    let known = all_keys();
    let missing: Vec<String> = rust_sources()
        .iter()
        .flat_map(|source| asked(&source.text).into_iter().map(move |key| (key, &source.path)))
        .filter(|(key, _)| !known.contains(key))
        .map(|(key, path)| format!("{path}: {key}"))
        .collect();
    assert!(missing.is_empty(), "keys without a sentence:\n{}", missing.join("\n"));
}

#[test]
fn every_sentence_is_used() {
    let (mut literals, mut beginnings) = (BTreeSet::new(), BTreeSet::new());
    for source in rust_sources() {
        for (_, literal) in lex(&source.text).literals {
            if let Some((beginning, _)) = literal.split_once('{')
                && beginning.ends_with('-')
                && is_key(beginning)
            {
                beginnings.insert(beginning.to_owned());
            }
            literals.insert(literal);
        }
    }
    beginnings.extend(DYNAMIC.iter().map(|beginning| (*beginning).to_owned()));
    let unused: Vec<String> = all_keys()
        .into_iter()
        .filter(|key| !literals.contains(key) && !beginnings.iter().any(|start| key.starts_with(start)))
        .filter(|key| !referred_to(key))
        .collect();
    assert!(unused.is_empty(), "sentences nobody says:\n{}", unused.join("\n"));
}

#[test]
fn the_reader_of_keys_reads() {
    let text = "# comment\na-b = x { $one } y\n    { $two ->\n        [one] { $three }\n       *[other] z\n    }\n    .attr = no\nc = d\n-term = e\n";
    let read = keys(text);
    assert_eq!(read.keys().collect::<Vec<_>>(), ["a-b", "c"]);
    assert_eq!(read["a-b"].iter().collect::<Vec<_>>(), ["one", "three", "two"]);
    assert!(read["c"].is_empty());
    let source = "w.text(\"a-b\"); w.format(\n    \"c-d\", &[]); date.format(\"%Y\"); // w.text(\"e-f\")\nw.text(&key); text(\"x y\")";
    assert_eq!(asked(source), ["a-b", "c-d"]);
}

fn all_keys() -> BTreeSet<String> {
    FILES.iter().flat_map(|source| key_lines(source.text(Lang::Id))).collect()
}

fn referred_to(key: &str) -> bool {
    FILES.iter().any(|source| source.text(Lang::Id).contains(&format!("{{ {key} }}")))
}

/// Keys given as literals to `.text(…)` and `.format(…)`.
fn asked(text: &str) -> Vec<String> {
    let lexed = lex(text);
    let calls = [".text(", ".format("];
    let is_call = |place: usize| calls.iter().any(|call| lexed.code[..place].trim_end().ends_with(call));
    let found = lexed.literals.iter().filter(|(place, literal)| is_key(literal) && is_call(*place));
    found.map(|(_, literal)| literal.clone()).collect()
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn key_lines(text: &str) -> Vec<String> {
    text.lines().filter_map(key_of).map(str::to_owned).collect()
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    line.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(key.trim_end())
}

fn keys(text: &str) -> Keys {
    let mut found = Keys::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if let Some(key) = key_of(line) {
            current = Some(key.to_owned());
            found.insert(key.to_owned(), BTreeSet::new());
        } else if !line.starts_with([' ', '}']) && !line.is_empty() {
            current = None;
        }
        let Some(arguments) = current.as_ref().and_then(|key| found.get_mut(key)) else { continue };
        for piece in line.split('$').skip(1) {
            let end = piece
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
                .unwrap_or(piece.len());
            arguments.insert(piece[..end].to_owned());
        }
    }
    found
}
