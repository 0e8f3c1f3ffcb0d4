//! Series of numbers over months: what a report calls a gap, and what a copied code reserves.

use santun::domain::voucher::check_characters;

use super::branch::Office;
use super::two::fill;

/// A desk whose codes have this template, with claims that wait for vouchers.
fn with_template(template: &str, n_claims: usize) -> (Office, Vec<String>) {
    let office = Office::unmade();
    let flags =
        ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both", "--first-open", "2026-10"];
    office.run(&[&flags[..], &["--template", template]].concat()).ok();
    let numbers = fill(&office, n_claims);
    (office, numbers)
}

fn issue(office: &Office, day: &str, claim_no: &str) -> String {
    office.run_on(day, &["voucher", "issue", claim_no]).ok().trim().to_owned()
}

fn vouchers(office: &Office, period: &str) -> serde_json::Value {
    let text = office.run_on("2026-12-31", &["report", period, "--format", "json"]).ok();
    let report: serde_json::Value = serde_json::from_str(&text).expect("a report");
    report["vouchers"].clone()
}

/// November's report used to call all of October's numbers missing.
#[test]
fn a_series_that_outlives_a_month_has_no_gap() {
    let (office, claims) = with_template("{PROG}{SEQ3}{CC}", 6);
    let checked = |body: &str| format!("{body}{}", check_characters(body));
    assert_eq!(issue(&office, "2026-10-15", &claims[0]), checked("JKK001"));
    assert_eq!(issue(&office, "2026-10-16", &claims[1]), checked("JKK002"));
    assert_eq!(issue(&office, "2026-11-05", &claims[2]), checked("JKK003"));
    let [october, november] = ["2026-10", "2026-11"].map(|period| vouchers(&office, period));
    assert_eq!(november["gaps"], serde_json::json!([]));
    assert_eq!(october["gaps"], serde_json::json!([]));
    // A number copied later changes no month that was printed, and what it jumps over is no gap.
    let copied = checked("JKK010");
    office.run_on("2026-12-01", &["voucher", "record", &claims[3], "--code", &copied]).ok();
    assert_eq!(issue(&office, "2026-12-02", &claims[4]), checked("JKK011"));
    assert_eq!(vouchers(&office, "2026-12")["gaps"], serde_json::json!([]));
    assert_eq!([vouchers(&office, "2026-10"), vouchers(&office, "2026-11")], [october, november]);
}

#[test]
fn numbers_before_the_start_are_no_gap_in_any_month() {
    let (office, claims) = with_template("{PROG}{SEQ3}{CC}", 3);
    office.run(&["series", "start", "JKK#", "--next", "50"]).ok();
    issue(&office, "2026-10-15", &claims[0]);
    issue(&office, "2026-11-15", &claims[1]);
    let checked = format!("JKK090{}", check_characters("JKK090"));
    office.run_on("2026-12-01", &["voucher", "record", &claims[2], "--code", &checked]).ok();
    for period in ["2026-10", "2026-11", "2026-12"] {
        assert_eq!(vouchers(&office, period)["gaps"], serde_json::json!([]), "{period}");
    }
}

/// November's number, copied onto a voucher dated in October, used to be given again in November and refused for ever.
#[test]
fn a_copied_code_reserves_its_number_in_its_own_series() {
    let (office, claims) = with_template("{PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC}", 4);
    let body = "JKK-J03-2611-00001-";
    let code = format!("{body}{}", check_characters(body));
    assert_eq!(office.run(&["voucher", "record", &claims[0], "--code", &code]).ok().trim(), code);
    let second = issue(&office, "2026-11-03", &claims[1]);
    assert!(second.starts_with("JKK-J03-2611-00002-"), "{second}");
    // Written by hand, O and I stand where we write 0 and 1.
    let body = "JKK-J03-2611-00010-";
    let code = format!("{body}{}", check_characters(body));
    let hand = format!("{}{}", body.replace('0', "O").replace('1', "i"), check_characters(body));
    assert_eq!(
        office.run_on("2026-11-04", &["voucher", "record", &claims[2], "--code", &hand]).ok().trim(),
        code
    );
    let last = issue(&office, "2026-11-05", &claims[3]);
    assert!(last.starts_with("JKK-J03-2611-00011-"), "{last}");
    let fsck = office.json(&["fsck", "--full"]);
    assert_eq!(fsck["ok"], true, "{fsck:#}");
}
