//! Levers on the small branch: the cases are those of the list under the same filter, sums are those of the cases, and
//! nothing personal leaves.

use std::collections::BTreeSet;

use serde_json::Value;

use super::branch::{Office, branch};
use super::csv_files::Files;

fn claims_of(value: &Value) -> BTreeSet<String> {
    let claims = value.as_array().expect("an array").iter();
    claims.map(|claim| claim["claim_no"].as_str().expect("a text").to_owned()).collect()
}

/// Lever and the filter that must list the same cases.
const SAME: &[(&str, &str)] = &[
    (
        "treatment-6",
        "program = jkk dan terbuka dan kondisi = berobat dan umur_berobat > 6 bln dan umur_berobat <= 12 bln",
    ),
    (
        "treatment-12",
        "program = jkk dan terbuka dan kondisi = berobat dan umur_berobat > 12 bln dan umur_berobat <= 24 bln",
    ),
    ("berobat-24", "program = jkk dan terbuka dan kondisi = berobat dan umur_berobat > 24 bln"),
    (
        "telat-lapor",
        "program = jkk dan lapor = terlambat dan kejadian >= 01/10/2025 dan kejadian <= 30/09/2026 dan status != ditolak dan status != batal",
    ),
];

#[test]
fn cases_are_those_of_the_list_under_the_same_filter() {
    let office = Office::looking();
    let mut n = 0;
    for (lever, filter) in SAME {
        let found = office.json(&["levers", "--lever", lever, "--limit", "0"]);
        let listed = office.json(&["claims", "--where", filter]);
        let hits = if found["hits"].is_null() { BTreeSet::new() } else { claims_of(&found["hits"]) };
        assert_eq!(hits, claims_of(&listed), "{lever}");
        n += hits.len();
    }
    assert!(n > 20, "{n} cases compare little");
}

#[test]
fn every_sum_is_that_of_its_cases_and_every_lever_has_its_sentences() {
    let office = Office::looking();
    let all = office.json(&["levers"]);
    let levers = all["levers"].as_array().expect("an array");
    assert_eq!(levers.len(), 14);
    for lever in levers {
        let name = lever["lever"].as_str().expect("a text");
        let one = office.json(&["levers", "--lever", name, "--limit", "0"]);
        let hits = one["hits"].as_array().cloned().unwrap_or_default();
        let sum: i64 = hits.iter().map(|hit| hit["rupiah"].as_i64().expect("whole rupiah")).sum();
        assert_eq!(
            (Some(sum), one["cases"].as_u64()),
            (lever["rupiah"].as_i64(), lever["cases"].as_u64()),
            "{name}"
        );
        for language in ["id", "en"] {
            let text = office.run(&["--lang", language, "levers", "--lever", name]).ok();
            assert!(!text.contains("lever-") && !text.contains(['{', '}']), "{text}");
        }
    }
}

/// What leaves the desk names claims, companies and facilities, and no person.
#[test]
fn no_lever_names_a_person() {
    let office = Office::looking();
    let files = Files::read(&branch().files);
    let mut said = String::new();
    for lever in office.json(&["levers"])["levers"].as_array().expect("an array") {
        let name = lever["lever"].as_str().expect("a text");
        for format in ["table", "csv", "json"] {
            said += &office.run(&["levers", "--lever", name, "--limit", "0", "--format", format]).ok();
        }
    }
    for row in &files.claims.rows {
        for column in ["worker", "id_no", "kpj"] {
            let cell = files.claims.cell(row, column);
            assert!(cell.is_empty() || !said.contains(cell), "{column} {cell}");
        }
    }
    assert!(said.contains("RS ") && said.contains("PT "));
}

/// The small branch's list as it is printed: a changed number is seen here first.
#[test]
fn the_list_is_as_printed() {
    let text = Office::looking().run(&["levers"]).ok();
    insta::assert_snapshot!(text);
}

#[test]
fn an_unknown_lever_names_the_known_ones() {
    let output = Office::looking().run(&["levers", "--lever", "tuas"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("berobat-24") && output.stderr.contains("tuas"), "{}", output.stderr);
}

/// The page says of each finding what the list of levers says, and names no person.
#[test]
fn the_page_of_recommendations_agrees_with_the_levers() {
    let office = Office::looking();
    let levers = office.json(&["levers"]);
    let page = office.json(&["recommendations"]);
    let findings = page["findings"].as_array().expect("an array");
    let found = levers["levers"].as_array().expect("an array");
    let with_cases: Vec<&Value> = found.iter().filter(|lever| lever["cases"] != 0).collect();
    assert_eq!(findings.len(), with_cases.len());
    for (finding, lever) in findings.iter().zip(with_cases) {
        assert_eq!(finding["finding"], lever["lever"]);
        assert_eq!((&finding["cases"], &finding["rupiah"]), (&lever["cases"], &lever["rupiah"]));
    }
    let files = Files::read(&branch().files);
    for format in ["text", "html", "csv", "json"] {
        let said = office.run(&["rekomendasi", "--format", format]).ok();
        for row in &files.claims.rows {
            for column in ["worker", "id_no", "kpj"] {
                let cell = files.claims.cell(row, column);
                assert!(cell.is_empty() || !said.contains(cell), "{format}: {column} {cell}");
            }
        }
    }
}

#[test]
fn a_sample_is_drawn_again_by_its_seed() {
    let office = Office::looking();
    for by in ["value", "selisih", "acak"] {
        let draw = |seed: &str| {
            office.run(&["review", "--by", by, "--size", "12", "--seed", seed, "--format", "csv"]).ok()
        };
        let one = draw("7");
        assert_eq!(one, draw("7"), "{by}");
        assert_ne!(one, draw("8"), "{by}");
        assert_eq!(one.lines().count(), 13, "{one}");
        assert!(one.lines().skip(1).all(|line| line.ends_with(",7")), "{one}");
    }
    assert!(office.run(&["uji-petik", "--seed", "7"]).ok().contains("benih 7"));
    let some = office.json(&["review", "--where", "kondisi = sembuh", "--size", "1000"]);
    let listed = office.json(&[
        "claims",
        "--where",
        "kondisi = sembuh dan ditetapkan > 0 dan status != ditolak dan status != batal",
    ]);
    assert_eq!(claims_of(&some["cases"]), claims_of(&listed));
}

#[test]
fn companies_beyond_the_ranking() {
    let office = Office::looking();
    let ranking = office.json(&["rank", "companies", "--which", "all"]);
    let rows = ranking.as_array().expect("an array");
    let total = |key: &str| rows.iter().filter_map(|row| row[key].as_f64()).sum::<f64>();
    assert!((total("expected") - total("claims")).abs() < 1e-6, "what all expect is what all have");
    let apart = office.json(&["rank", "companies", "--which", "all", "--apart"]);
    let claims: u64 =
        apart.as_array().expect("an array").iter().filter_map(|row| row["claims"].as_u64()).sum();
    let filter = "program = jkk dan kejadian >= 01/10/2025 dan kejadian <= 30/09/2026 dan npp != kosong dan status != ditolak dan status != batal";
    let listed = office.json(&["claims", "--where", filter]);
    assert_eq!(total("claims") as usize + usize::try_from(claims).expect("few"), claims_of(&listed).len());
    let grouped = office.json(&["rank", "companies", "--by", "group", "--which", "all"]);
    assert!(grouped.as_array().expect("an array").len() <= rows.len());
    for arguments in [
        &["--warnings"][..],
        &["--profile"],
        &["--profile", "--limit", "10"],
        &["--apart"],
        &["--basis", "business-group"],
    ] {
        for format in ["table", "csv", "json"] {
            let all = [&["rank", "companies", "--format", format], arguments].concat();
            let text = office.run(&all).ok();
            assert!(!text.contains("rank-") && !text.is_empty(), "{all:?}: {text}");
        }
    }
    let top = office.json(&["rank", "companies", "--profile", "--limit", "10"]);
    assert_eq!(top["top"].as_array().map(Vec::len), Some(10));
}

fn sum(rows: &Value, key: &str) -> u64 {
    rows.as_array().expect("an array").iter().filter_map(|row| row[key].as_u64()).sum()
}

/// The profile is of the claims that the ranking counts, and of all companies behind its lines.
#[test]
fn a_profile_is_of_what_the_ranking_counts() {
    let office = Office::looking();
    for which in ["without-traffic", "all", "traffic"] {
        for by in ["npp", "group"] {
            let options = ["rank", "companies", "--which", which, "--by", by];
            let top = office.json(&[&options[..], &["--limit", "15"]].concat());
            let all = office.json(&options);
            let apart = office.json(&[&options[..], &["--apart"]].concat());
            let found = office.json(&[&options[..], &["--limit", "15", "--profile"]].concat());
            assert_eq!(found["claims"].as_u64(), Some(sum(&top, "claims")), "{options:?}");
            let counted = sum(&all, "claims") + sum(&apart, "claims");
            assert_eq!(found["all_claims"].as_u64(), Some(counted), "{options:?}");
        }
    }
}

#[test]
fn every_list_of_companies_obeys_its_limit() {
    let office = Office::looking();
    for option in [&[][..], &["--apart"], &["--warnings", "--to", "2026-06"]] {
        let all = [&["rank", "companies", "--which", "all"], option].concat();
        let n = |limit: &[&str]| office.json(&[&all[..], limit].concat()).as_array().expect("an array").len();
        assert_eq!((n(&["--limit", "1"]), n(&["--limit", "0"])), (n(&[]).min(1), 0), "{option:?}");
    }
    assert_ne!(office.json(&["rank", "companies", "--apart"]), Value::Array(Vec::new()));
}

/// A line for each company on a terminal of 80 columns, none of them broken; what has no room is named.
#[test]
fn the_ranking_fits_a_narrow_terminal() {
    let office = Office::looking();
    let rows = office.json(&["rank", "companies"]);
    let npps: BTreeSet<&str> =
        rows.as_array().expect("an array").iter().map(|row| row["npp"].as_str().expect("a text")).collect();
    for (language, columns, left_out) in
        [("id", "80", true), ("en", "80", true), ("id", "72", true), ("id", "200", false)]
    {
        let arguments = ["--lang", language, "rank", "companies"];
        let output = office.frozen.command(&arguments).env("COLUMNS", columns).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("text");
        let table: Vec<&str> = text.lines().skip(1).take(npps.len() + 1).collect();
        let limit: usize = columns.parse().expect("a number");
        assert!(table.iter().all(|line| line.chars().count() <= limit), "{text}");
        let first = |line: &&str| line.split_whitespace().next().is_some_and(|npp| npps.contains(npp));
        assert!(table[1..].iter().all(first), "{text}");
        assert_eq!(text.contains("--format csv"), left_out, "{text}");
        assert_eq!(text.contains('…'), left_out, "{text}");
    }
}
