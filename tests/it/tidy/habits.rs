//! Habits measured over the whole: functions that fit a screen, files that can be read in one sitting.

use super::File;
use crate::support::sources::rust_sources;

/// Lines of a screen, and so of a function.
const SCREEN: usize = 70;

/// A function this long is a mistake, however regular.
const FUNCTION_MAX: usize = 140;

/// Lines of a file that one reads in one sitting.
const SITTING: usize = 400;

#[test]
fn functions_fit_a_screen() {
    let mut all: Vec<(usize, String)> = Vec::new();
    for source in rust_sources() {
        let path = source.path.clone();
        let file = File::new(source);
        all.extend(
            functions(file.code()).into_iter().map(|(name, length)| (length, format!("{path}: {name}"))),
        );
    }
    all.sort();
    let long: Vec<&(usize, String)> = all.iter().filter(|(length, _)| *length > SCREEN).collect();
    assert!(
        long.len() * 50 <= all.len(),
        "more than one function in fifty is longer than a screen: {long:#?}"
    );
    let longest = all.last().expect("there are functions");
    assert!(longest.0 <= FUNCTION_MAX, "{longest:?}");
}

#[test]
fn files_can_be_read_in_one_sitting() {
    let lengths: Vec<(usize, String)> =
        rust_sources().into_iter().map(|source| (source.text.lines().count(), source.path)).collect();
    let long: Vec<&(usize, String)> = lengths.iter().filter(|(length, _)| *length > SITTING).collect();
    assert!(
        long.len() * 10 <= lengths.len(),
        "more than one file in ten is longer than a sitting: {long:#?}"
    );
}

#[test]
fn lengths_of_functions_are_counted() {
    let code = "impl A {\n    fn a(&self) -> u8 {\n        if b { c }\n    }\n\n    fn d();\n}\nfn e() {}\n";
    assert_eq!(functions(code), [("a".to_owned(), 3), ("e".to_owned(), 1)]);
}

/// Names and lengths in lines of the functions that have a body.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (place, _) in code.match_indices("fn ") {
        if code[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[place + 3..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let Some(open) = rest.find(['{', ';']).filter(|at| rest[*at..].starts_with('{')) else { continue };
        let mut depth = 0_usize;
        for (at, character) in rest[open..].char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                found.push((name, rest[..open + at].matches('\n').count() + 1));
                break;
            }
        }
    }
    found
}
