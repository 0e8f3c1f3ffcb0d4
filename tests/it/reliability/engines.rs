//! Another engine's totals are ours: DuckDB and pyarrow read batches, parts and a published mart of a real store and give
//! what `santun report` and `santun claims --sum` say, to the rupiah. Needs a Python that has both; says so where there is
//! none. The one in `$SANTUN_PYTHON` is asked first.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::sources::root;

/// A Python with both engines.
fn python() -> Option<String> {
    let own = std::env::var("SANTUN_PYTHON").ok();
    let known = own.into_iter().chain(["python3".to_owned()]);
    known.into_iter().find(|python| {
        let asked = Command::new(python).args(["-c", "import duckdb, pyarrow"]).output();
        asked.is_ok_and(|output| output.status.success())
    })
}

fn santun(home: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_santun"));
    command.env("HOME", home).env("SANTUN_TODAY", "2026-10-30").arg("--store").arg(home.join("s"));
    let output = command.args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// What the engines found in a month.
fn engines(python: &str, home: &Path, mart: &Path, period: &str) -> Value {
    let script = root().join("tests/engines/totals.py");
    let mut command = Command::new(python);
    let output = command.arg(script).arg(home.join("s")).arg(mart).arg(period).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    parsed(&String::from_utf8(output.stdout).expect("text"))
}

/// The same from `santun report`.
fn ours(report: &Value) -> Value {
    let of = |section: &str, key: &str| report[section][key].as_i64().expect("a number");
    json!({
        "registered": of("cases", "registered"),
        "determined": of("payable", "determined"),
        "corrected": of("payable", "corrected"),
        "raised": of("vouchers", "gross"),
        "paid": of("payable", "paid"),
        "returned": of("payable", "returned"),
    })
}

#[track_caller]
fn check(python: &str, home: &Path, mart: &Path) {
    let sums = parsed(&santun(home, &["claims", "--sum", "--format", "json"]));
    let sums: Vec<Value> =
        ["count", "asked", "determined", "paid"].iter().map(|key| sums[*key].clone()).collect();
    for period in ["2026-08", "2026-09", "2026-10"] {
        let found = engines(python, home, mart, period);
        let report = ours(&parsed(&santun(home, &["report", period, "--format", "json"])));
        for engine in ["duckdb", "pyarrow", "duckdb_mart", "pyarrow_mart"] {
            for (key, sum) in report.as_object().expect("an object") {
                // Cases are counted, the others are rupiah.
                let at = usize::from(key != "registered");
                assert_eq!(found[engine][key][at], *sum, "{engine} {period} {key}");
            }
        }
        assert!(report["determined"].as_i64().is_some_and(|sum| sum > 0), "there is something to add up");
        assert_eq!(found["claims"], Value::from(sums.clone()), "the base");
        assert_eq!(found["claims_mart"], Value::from(sums.clone()), "the mart");
    }
}

#[test]
fn another_engine_gives_our_totals() {
    let Some(python) = python() else {
        println!("skipped: no python3 with duckdb and pyarrow (pip install duckdb pyarrow; SANTUN_PYTHON)");
        return;
    };
    let dir = tempfile::tempdir().expect("a folder");
    let home = dir.path();
    let (csv, mart) = (home.join("csv"), home.join("mart"));
    santun(home, &["sample", "--claims", "300", "--out", csv.to_str().expect("a path")]);
    let init = "init --office J03 --name Contoh --zone WIB --vouchers both --first-open 2026-10";
    santun(home, &init.split(' ').collect::<Vec<_>>());
    santun(home, &["import", csv.to_str().expect("a path")]);
    // Batches alone.
    santun(home, &["publish", mart.to_str().expect("a path")]);
    check(&python, home, &mart);
    // Batches and parts: some claims were touched since, and lie in parts.
    let claims = parsed(&santun(home, &["claims", "--where", "terbuka", "--format", "json", "--limit", "4"]));
    for claim in claims.as_array().expect("a list") {
        let no = claim["claim_no"].as_str().expect("a number");
        santun(home, &["claim", "amend", no, "--facility", "RS Pindahan"]);
    }
    santun(home, &["publish", mart.to_str().expect("a path")]);
    santun(home, &["store", "compact", "--yes"]);
    assert!(home.join("s/parts/claims").is_dir(), "there are parts");
    check(&python, home, &mart);
    hides_persons(&python, home, &mart);
}

/// Nothing of a person stands in a masked mart; one that is asked for whole has it, and the journal says so.
#[track_caller]
fn hides_persons(python: &str, home: &Path, mart: &Path) {
    let look = "import sys, glob, pyarrow.parquet as pq\n\
                for name in sorted(glob.glob(sys.argv[1] + '/**/*.parquet', recursive=True)):\n\
                \x20   table = pq.ParquetFile(name).read()\n\
                \x20   print(' '.join(table.column_names))\n\
                \x20   for row in table.to_pylist(): print(row.get('worker'), row.get('identity'), row.get('payee'))";
    let read = |mart: &Path| {
        let output = Command::new(python).args(["-c", look]).arg(mart).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let mut sheet = csv::Reader::from_path(home.join("csv/claims.csv")).expect("a sheet");
    let place = sheet.headers().expect("heads").iter().position(|head| head == "worker").expect("a column");
    let names: Vec<String> = sheet
        .records()
        .map(|record| record.expect("a row")[place].to_owned())
        .filter(|name| name.contains(' '))
        .collect();
    assert!(names.len() > 100, "workers have names");
    let masked = read(mart);
    assert!(names.iter().all(|name| !masked.contains(name.as_str())));
    assert!(!masked.contains("icd10") && !masked.contains("birth_date") && !masked.contains(" doc"));
    let whole = home.join("whole");
    santun(home, &["publish", "--unmask", whole.to_str().expect("a path")]);
    let told = read(&whole);
    assert!(names.iter().all(|name| told.contains(name.as_str())));
    assert!(santun(home, &["log"]).contains("office.exported"));
}
