//! The rules, each with its reason, a planted breach that it must find and an innocent twin that it must leave.

use super::{File, Finding, Rule, Scope, words};

/// Modules and the floor each stands on.
const FLOORS: &[(&str, u8)] = &[
    ("base", 0),
    ("words", 0),
    ("domain", 1),
    ("store", 2),
    ("intake", 3),
    ("report", 3),
    ("analysis", 3),
    ("exchange", 3),
    ("sample", 3),
    ("desk", 4),
    ("cli", 5),
    ("tui", 5),
];

/// Heavy or far-reaching crates, and the only modules that may name each.
const HOMES: &[(&str, &[&str])] = &[
    ("polars", &["store", "intake", "exchange"]),
    ("linfa", &["analysis"]),
    ("linfa_clustering", &["analysis"]),
    ("ndarray", &["analysis"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("tui_input", &["tui"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("directories", &["desk"]),
    ("toml", &["desk", "store"]),
    ("tracing_appender", &["desk"]),
    ("tracing_subscriber", &["desk"]),
    ("comfy_table", &["cli"]),
    ("askama", &["report"]),
    ("calamine", &["intake"]),
    ("fluent_bundle", &["words"]),
    ("unic_langid", &["words"]),
    ("chrono", &[]),
];

/// Where files are touched: the store's disk, the readers of files coming in, the writers of files going out, the
/// settings. Everything else gets bytes and gives bytes.
const FILE_PLACES: &[&str] =
    &["src/store/disk", "src/intake/read", "src/sample/write", "src/desk/", "src/cli/files"];

/// Where the world outside may be asked for its time, its settings and its dice.
const WORLD_PLACES: &[&str] = &["src/desk/", "src/main.rs"];

/// Where something may be printed: the two ends that talk to a person.
const TALKING_PLACES: &[&str] = &["src/cli/", "src/tui/", "src/main.rs"];

const FILES: &[&str] = &["std::fs", "fs::", "File::open", "File::create", "File::options", "OpenOptions"];

const CLOCKS: &[&str] =
    &["SystemTime::now", "Zoned::now", "Timestamp::now", "TimeZone::system", "Utc::now", "Local::now"];

const ENVIRONMENT: &[&str] = &[
    "std::env",
    "env::var",
    "env::var_os",
    "env::vars",
    "env::current_dir",
    "env::temp_dir",
    "env::args",
    "env::args_os",
];

const DICE: &[&str] =
    &["thread_rng", "from_entropy", "rand::random", "OsRng", "getrandom", "now_v7", "new_v4", "RandomState"];

const CASTS: &[&str] = &[
    "as i64", "as i128", "as u64", "as u128", "as i32", "as u32", "as usize", "as isize", "as u16", "as u8",
    "as i16", "as i8",
];

const HASHED: &[&str] = &["HashMap", "HashSet", "FxHashMap", "AHashMap", "PlHashMap"];

const TALK: &[&str] =
    &["println!", "print!", "eprintln!", "eprint!", "io::stdout", "io::stderr", "io::stdin", "process::exit"];

macro_rules! rules {
    ($($name:ident: $reason:literal, $scope:ident, $check:expr,
        breach $bad_path:literal $bad:expr, innocent $good_path:literal $good:expr;)*) => {
        /// Every rule of the house.
        pub const RULES: &[Rule] =
            &[$(Rule { name: stringify!($name), reason: $reason, scope: Scope::$scope, check: $check }),*];

        mod planted {
            use super::*;
            $(#[test]
            fn $name() {
                let check: fn(&File) -> Vec<Finding> = $check;
                assert!(!check(&File::planted($bad_path, $bad)).is_empty(), "the breach was not seen");
                let found: Vec<String> =
                    check(&File::planted($good_path, $good)).into_iter().map(|finding| finding.what).collect();
                assert!(found.is_empty(), "the innocent was accused: {found:?}");
            })*
        }
    };
}

rules! {
    imports_point_down:
        "a floor that knows the one above cannot be understood, tested or replaced alone",
        Program, |file| imports(file, |own, other| other > own),
        breach "src/domain/claim.rs" "use crate::{base::safe, store::View};",
        innocent "src/store/view.rs" "use crate::domain::Claim; // crate::desk\n";
    neighbours_are_strangers:
        "modules of one floor are joined by the floor above, or each becomes part of the other",
        Program, |file| imports(file, |own, other| other == own),
        breach "src/report/html.rs" "fn f() { crate::analysis::rank(); }",
        innocent "src/report/html.rs" "use crate::report::monthly; use crate::domain::{Rupiah, Period};";
    super_does_not_climb_out:
        "a way around the floors is still a way around",
        Program, climbs_out,
        breach "src/domain/claim.rs" "use super::super::store;",
        innocent "src/store/disk/real.rs" "use super::super::journal;";
    heavy_names_stay_home:
        "a crate named in one place can be replaced in one place, and the rest builds and tests without it",
        Program, heavy_names,
        breach "src/report/monthly.rs" "fn f(frame: &polars::prelude::DataFrame) {}",
        innocent "src/store/rows.rs" "use polars::prelude::*; // ratatui\n";
    serde_knows_no_business_type:
        "a format on disk that follows a renamed field is a format nobody decided",
        Program, |file| inside(file, &["src/domain", "src/base", "src/words"], &["serde", "Serialize", "Deserialize"]),
        breach "src/domain/money.rs" "#[derive(Clone, Serialize)] pub struct Rupiah(i64);",
        innocent "src/store/rows.rs" "#[derive(Serialize)] struct Line;";
    files_are_touched_at_the_edge:
        "what takes bytes and gives bytes can be tested without a disk and crashed with a fake one",
        Program, |file| outside(file, FILE_PLACES, FILES),
        breach "src/report/monthly.rs" "use std::fs; fn f() { fs::write(a, b); }",
        innocent "src/store/disk/real.rs" "use std::fs::File;";
    the_clock_is_asked_in_one_place:
        "a report printed twice is the same only if nothing below asks the time",
        Program, |file| outside(file, WORLD_PLACES, CLOCKS),
        breach "src/domain/clock.rs" "fn today() -> Date { jiff::Zoned::now().date() }",
        innocent "src/tui/run.rs" "let start = Instant::now(); // SystemTime::now\n";
    the_environment_is_read_in_one_place:
        "settings are read once and passed as values; a hidden variable is a hidden argument",
        Program, |file| outside(file, WORLD_PLACES, ENVIRONMENT),
        breach "src/tui/theme.rs" "let plain = std::env::var_os(\"NO_COLOR\").is_some();",
        innocent "src/cli/args/mod.rs" "let version = env!(\"CARGO_PKG_VERSION\");";
    dice_have_a_seed:
        "a cluster or a sample that nobody can make again proves nothing",
        Program, |file| outside(file, WORLD_PLACES, DICE),
        breach "src/analysis/init.rs" "let mut dice = rand::thread_rng();",
        innocent "src/sample/dice.rs" "let dice = Xoshiro256Plus::seed_from_u64(seed);";
    money_is_whole:
        "a float loses rupiah, and nobody finds them again",
        Program, |file| inside(file, &["src/domain/", "src/store/"], &["f64", "f32"]),
        breach "src/domain/money.rs" "pub fn share(self) -> f64 { 0.5 }",
        innocent "src/analysis/rates.rs" "pub fn share() -> f64 { 0.5 }";
    money_is_not_cast:
        "`as` cuts off silently what does not fit",
        Program, casts,
        breach "src/domain/money.rs" "let rupiah = (amount / 100) as i64;",
        innocent "src/domain/money.rs" "let rupiah = i64::try_from(amount); use a as b; let byte = self as u8;";
    every_file_says_what_it_is:
        "the first line tells the reader whether this is the file",
        Program, headless,
        breach "src/store/rows.rs" "// rows\nuse a::b;",
        innocent "src/store/rows.rs" "//! Rows.\nuse a::b;";
    output_has_an_order:
        "the same month must print to the same bytes; a hash map has another order every time",
        Program, |file| inside(file, &["src/report/", "src/cli/", "src/tui/", "src/exchange/"], HASHED),
        breach "src/report/monthly.rs" "use std::collections::{BTreeMap, HashMap};",
        innocent "src/report/monthly.rs" "use std::collections::BTreeMap;";
    nothing_is_left_for_later:
        "a hole that compiles is found by the clerk",
        Program, |file| words(file, &["todo!", "unimplemented!", "dbg!"]),
        breach "src/store/rows.rs" "fn f() { todo!() }",
        innocent "src/store/rows.rs" "// todo!()\nfn f() { panic!(\"dbg!\") }";
    panics_say_why:
        "an unwrap that fails tells a person nothing; expect states what was believed",
        Program, |file| words(file, &[".unwrap()", ".unwrap_err()"]),
        breach "src/store/rows.rs" "let a = b.unwrap();",
        innocent "src/store/rows.rs" "let a = b.expect(\"sorted above\").unwrap_or_default();";
    tests_are_run:
        "`cargo test` builds no tests of the library: one that stands in src is never run, and looks as if it were",
        Program, |file| words(file, &["cfg(test)", "#[test]"]),
        breach "src/store/rows.rs" "#[cfg(test)]\nmod tests {}",
        innocent "src/store/rows.rs" "// #[cfg(test)]\n#[cfg(unix)]\nfn f() {}";
    only_the_ends_talk:
        "a library that prints cannot be used under a screen",
        Program, |file| outside(file, TALKING_PLACES, TALK),
        breach "src/store/fsck.rs" "fn f() { eprintln!(\"broken\"); }",
        innocent "src/cli/commands/fsck.rs" "fn f() { println!(\"ok\"); }";
    no_path_of_one_machine:
        "what is true on one machine only is false on the clerk's",
        Repository, machine_paths,
        breach "docs/format.md" concat!("see /wo", "rk/main"),
        innocent "docs/format.md" "the network/ folder";
    tests_can_fail:
        "a bare matches! computes an answer and throws it away",
        Repository, bare_matches,
        breach "tests/it/x.rs" "fn f() {\n    matches!(a, Some(_));\n}",
        innocent "tests/it/x.rs" "fn f() {\n    assert!(matches!(a, Some(_)));\n}";
}

/// The words, unless the file is in one of the places where they belong.
fn outside(file: &File, places: &[&str], searched: &[&str]) -> Vec<Finding> {
    if file.is_in(places) {
        return Vec::new();
    }
    let mut found = words(file, searched);
    found.iter_mut().for_each(|finding| finding.what.push_str(&format!(" (only in {})", places.join(", "))));
    found
}

/// The words, if the file is in one of the places where they have no business.
fn inside(file: &File, places: &[&str], searched: &[&str]) -> Vec<Finding> {
    if file.is_in(places) { words(file, searched) } else { Vec::new() }
}

/// `self as u8` stays: it is how an enum says its own number, and cannot cut anything off.
fn casts(file: &File) -> Vec<Finding> {
    let mut found = inside(file, &["src/domain/", "src/base/"], CASTS);
    found.retain(|finding| !file.code()[..finding.place].ends_with("self "));
    found
}

fn headless(file: &File) -> Vec<Finding> {
    let has_head = file.text.starts_with("//!");
    if has_head { Vec::new() } else { vec![Finding { place: 0, what: "no //! at the head".to_owned() }] }
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Modules of other floors that a file names through `crate::` or `santun::`, where `forbidden(own, other)` says so.
fn imports(file: &File, forbidden: fn(u8, u8) -> bool) -> Vec<Finding> {
    let Some(own) = file.module() else { return Vec::new() };
    let own_floor = floor(own).unwrap_or_else(|| panic!("{own} has no floor: give it one in FLOORS"));
    let mut found = words(file, &["crate::", "santun::"]);
    found.retain(|finding| !file.code()[..finding.place].ends_with('$'));
    let mut breaches = Vec::new();
    for Finding { place, what } in found {
        for name in names_after(&file.code()[place + what.len()..]) {
            if name != own && floor(&name).is_some_and(|other| forbidden(own_floor, other)) {
                breaches.push(Finding { place, what: format!("crate::{name}") });
            }
        }
    }
    breaches
}

/// First names of a path or of a group, `a`, `b` of `{a::x, b::{c, d}}`.
fn names_after(code: &str) -> Vec<String> {
    let is_name = |c: &char| c.is_alphanumeric() || *c == '_';
    let Some(group) = code.strip_prefix('{') else { return vec![code.chars().take_while(is_name).collect()] };
    let (mut names, mut depth, mut current) = (Vec::new(), 1_usize, String::new());
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && character == ',') {
            names.push(current.trim().chars().take_while(is_name).collect());
            current.clear();
        } else {
            current.push(character);
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// A chain of `super::` that ends above the file's own first-level module.
fn climbs_out(file: &File) -> Vec<Finding> {
    let Some(below) = file.path.strip_prefix("src/") else { return Vec::new() };
    let depth = below.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count();
    let mut found = words(file, &["super::"]);
    found.retain(|finding| {
        let code = file.code();
        let is_first = !code[..finding.place].ends_with("super::");
        let n_steps =
            code[finding.place..].split("super::").skip(1).take_while(|rest| rest.is_empty()).count() + 1;
        is_first && n_steps >= depth
    });
    found
}

fn heavy_names(file: &File) -> Vec<Finding> {
    let module = file.module().unwrap_or("main");
    let away = HOMES.iter().filter(|(_, homes)| !homes.contains(&module));
    away.flat_map(|(name, _)| words(file, &[name])).collect()
}

fn machine_paths(file: &File) -> Vec<Finding> {
    let paths = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
    let found = paths.iter().filter(|path| file.text.contains(**path));
    found.map(|path| Finding { place: 0, what: (*path).to_owned() }).collect()
}

fn bare_matches(file: &File) -> Vec<Finding> {
    let code = file.code();
    let mut found = words(file, &["matches!("]);
    found.retain(|finding| {
        let before = code[..finding.place].trim_end();
        let is_statement = before.ends_with([';', '{', '}']);
        let closing = code[finding.place..].find(");").unwrap_or(usize::MAX);
        let line_end = code[finding.place..].find('\n').unwrap_or(code.len());
        is_statement && closing < line_end
    });
    found
}
