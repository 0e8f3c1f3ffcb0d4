//! What the program is built from may be given away: every crate's licence is on the list of `deny.toml`.

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::sources::root;

#[test]
fn every_crate_has_a_licence_on_the_list() {
    let allowed = allowed_licences();
    let refused: Vec<String> = crates()
        .into_iter()
        .filter(|(_, licence)| !is_allowed(licence, &allowed))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(refused.is_empty(), "not on the list in deny.toml:\n{}", refused.join("\n"));
}

#[test]
fn the_screen_and_the_numbers_come_in_one_version() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is committed");
    for name in ["ratatui", "crossterm", "polars", "ndarray", "linfa", "jiff"] {
        let n_versions = lock.matches(&format!("\nname = \"{name}\"\n")).count();
        assert_eq!(n_versions, 1, "{name}: two versions do not share their types");
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed: BTreeSet<String> =
        ["MIT", "MPL-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    let table = [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("MPL-2.0+", true),
        ("MIT / GPL-3.0", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("MIT AND (MPL-2.0 OR GPL-3.0)", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("(GPL-3.0 OR MIT) AND MPL-2.0", true),
        ("", false),
    ];
    for (expression, expected) in table {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression:?}");
    }
}

/// The `allow` list of `deny.toml`, which `cargo deny` reads too.
fn allowed_licences() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is committed");
    let settings: toml::Table = text.parse().expect("deny.toml is TOML");
    let list = settings["licenses"]["allow"].as_array().expect("a list of licences");
    list.iter().map(|licence| licence.as_str().expect("a licence is a text").to_owned()).collect()
}

/// Name and licence of every crate that is built on this platform, ours aside.
fn crates() -> Vec<(String, String)> {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &platform])
        .current_dir(root())
        .output()
        .expect("cargo runs the tests and can be run by them");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    assert!(packages.len() > 100, "the list of crates is not whole");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let others = packages.iter().filter(|package| package["name"] != "santun");
    others.map(|package| (text(&package["name"]), text(&package["license"]))).collect()
}

/// Whether an SPDX expression can be met from the list. `OR` binds weaker than `AND`, brackets group.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace('/', " OR ");
    let expression = expression.trim();
    if let Some((left, right)) = split_outside(expression, " OR ") {
        return is_allowed(&left, allowed) || is_allowed(&right, allowed);
    }
    if let Some((left, right)) = split_outside(expression, " AND ") {
        return is_allowed(&left, allowed) && is_allowed(&right, allowed);
    }
    match expression.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) => is_allowed(inside, allowed),
        // "or any later version" is met by the version on the list.
        None => allowed.contains(expression.trim_end_matches('+')),
    }
}

/// Splits at the first separator that is not inside brackets.
fn split_outside(expression: &str, separator: &str) -> Option<(String, String)> {
    let is_outside = |place: usize| {
        let before = &expression[..place];
        before.matches('(').count() == before.matches(')').count()
    };
    let (place, _) = expression.match_indices(separator).find(|(place, _)| is_outside(*place))?;
    Some((expression[..place].to_owned(), expression[place + separator.len()..].to_owned()))
}
