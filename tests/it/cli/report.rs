//! The monthly report against an independent recount, against planted faults, and against time.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::branch::{Office, branch, copy_folder, text};
use super::csv_files::Files;
use super::recount::{of_report, recount};

#[test]
fn months_equal_a_recount_of_the_files() {
    let office = Office::looking();
    agree(&office, &branch().files, &["2025-03", "2026-08", "2026-09", "2026-10"]);
}

#[test]
fn a_branch_that_came_in_whole_has_its_last_months_sums_at_once() {
    assert!(branch().n_sums >= 3, "the last three months: {}", branch().n_sums);
}

/// Every total of these months as the files say; nothing is left over.
pub fn agree(office: &Office, files: &Path, months: &[&str]) {
    let files = Files::read(files);
    for month in months {
        let report = office.json(&["report", month]);
        assert_eq!(of_report(&report), recount(&files, month), "{month}");
        let tie = &report["tie_out"];
        assert_eq!(
            (&tie["difference"], &tie["unmatched"]),
            (&0.into(), &Value::Array(Vec::new())),
            "{month}"
        );
    }
    let sums: i64 = months.iter().map(|month| recount(&files, month)["payable.determined"]).sum();
    assert!(sums > 0, "empty months compare nothing");
}

/// A voucher with nothing odd about it: paid by one transfer, one line, no tax, no rounding.
fn plain_vouchers(files: &Files) -> Vec<(String, usize, usize, usize)> {
    let (vouchers, benefits, payments) = (&files.vouchers, &files.benefits, &files.payments);
    let void_lines: String = vouchers.rows.iter().map(|row| vouchers.cell(row, "void_lines")).collect();
    let plain = |place: &usize| {
        let row = &vouchers.rows[*place];
        vouchers.cell(row, "status") == "DIBAYAR"
            && vouchers.number(row, "pph") == 0
            && vouchers.number(row, "rounding") == 0
            && vouchers.number(row, "gross") > 10_000
    };
    (0..vouchers.rows.len())
        .filter(plain)
        .filter_map(|place| {
            let code = vouchers.cell(&vouchers.rows[place], "code").to_owned();
            let (lines, transfers) = (benefits.all("voucher", &code), payments.all("voucher", &code));
            let ([line], [payment]) = (lines.as_slice(), transfers.as_slice()) else { return None };
            let (line, payment) = (*line, *payment);
            (!void_lines.contains(benefits.cell(&benefits.rows[line], "claim_no")))
                .then_some((code, place, line, payment))
        })
        .collect()
}

/// Plants ten faults, each on vouchers of its own; the records that must be listed.
fn plant(files: &mut Files) -> BTreeSet<(&'static str, String)> {
    let plain = plain_vouchers(files);
    assert!(plain.len() > 12, "{} plain vouchers", plain.len());
    let mut expected = BTreeSet::new();
    let mut list = |kind, reference: &str| assert!(expected.insert((kind, reference.to_owned())));
    let line_of = |files: &Files, line: usize| {
        let row = &files.benefits.rows[line];
        format!("{}/{}", files.benefits.cell(row, "claim_no"), files.benefits.cell(row, "line"))
    };
    let more = |files: &Files, place: usize, head: &str, by: i64| {
        (files.vouchers.number(&files.vouchers.rows[place], head) + by).to_string()
    };

    // 1. A voucher without a line.
    let mut row = files.vouchers.rows[plain[0].1].clone();
    row[0] = "KOSONG-1".to_owned();
    files.vouchers.rows.push(row);
    let empty = files.vouchers.only("code", "KOSONG-1");
    files.vouchers.set(empty, "status", "DISETUJUI");
    list("voucher_without_line", "KOSONG-1");

    // 2. A line on two vouchers: the second one's sum no longer fits either.
    let mut row = files.benefits.rows[plain[1].2].clone();
    row[files.benefits.place("voucher")] = plain[2].0.clone();
    files.benefits.rows.push(row);
    list("line_on_two_vouchers", &line_of(files, plain[1].2));
    list("voucher_sum_differs", &plain[2].0);

    // 3. A payment twice.
    let mut row = files.payments.rows[plain[3].3].clone();
    row[files.payments.place("reference")] = "TRF-LAGI".to_owned();
    files.payments.rows.push(row);
    list("payment_twice", &plain[3].0);

    // 4. A payment that is not the net.
    files.payments.set(plain[4].3, "amount", &more(files, plain[4].1, "net", -1_000));
    list("payment_differs", &plain[4].0);

    // 5. Void, but paid.
    files.vouchers.set(plain[5].1, "status", "BATAL");
    files.vouchers.set(plain[5].1, "void_date", "2026-10-05");
    files.vouchers.set(plain[5].1, "void_reason", "salah");
    list("void_but_paid", &plain[5].0);

    // 6. A line that names an unknown voucher; its own voucher is left without one.
    files.benefits.set(plain[6].2, "voucher", "HILANG-6");
    list("line_on_unknown_voucher", &line_of(files, plain[6].2));
    list("voucher_without_line", &plain[6].0);

    // 7. A payment for an unknown voucher; its own voucher says paid and has none.
    files.payments.set(plain[7].3, "voucher", "HILANG-7");
    list("payment_without_voucher", "HILANG-7");
    list("paid_without_payment", &plain[7].0);

    // 8. The gross is not the sum of the lines.
    files.vouchers.set(plain[8].1, "gross", &more(files, plain[8].1, "gross", 50));
    files.vouchers.set(plain[8].1, "net", &more(files, plain[8].1, "net", 50));
    files.payments.set(plain[8].3, "amount", &more(files, plain[8].1, "net", 0));
    list("voucher_sum_differs", &plain[8].0);

    // 9. The net is not gross less tax plus rounding; the bank sent what the paper says of one, what it should of another.
    files.vouchers.set(plain[9].1, "net", &more(files, plain[9].1, "net", -500));
    files.payments.set(plain[9].3, "amount", &more(files, plain[9].1, "net", 0));
    list("voucher_net_differs", &plain[9].0);
    files.vouchers.set(plain[11].1, "net", &more(files, plain[11].1, "net", 500));
    list("voucher_net_differs", &plain[11].0);

    // 10. Paid by its status, without a payment.
    let gone = files.payments.only("voucher", &plain[10].0);
    files.payments.rows.remove(gone);
    list("paid_without_payment", &plain[10].0);
    expected
}

#[test]
fn ten_planted_faults_are_listed_by_their_records() {
    let office = Office::empty();
    let folder = office.frozen.path("files");
    copy_folder(&branch().files, &folder);
    let mut files = Files::read(&folder);
    let expected = plant(&mut files);
    files.write(&folder);
    let said = office.run(&["import", &text(&folder)]).ok();
    assert!(said.contains("ditolak 0"), "faults of the papers are told, not refused: {said}");
    for warning in ["voucher-net", "voucher-gross", "line-voucher-unknown", "payment-voucher-unknown"] {
        assert!(said.contains(&format!("({warning})")), "{warning} is not told: {said}");
    }
    let report = office.json(&["report", "2026-10"]);
    let tie = &report["tie_out"];
    let listed: BTreeSet<(&str, String)> = tie["unmatched"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|record| {
            let part = |key: &str| record[key].as_str().expect("a text");
            (part("kind"), part("ref").to_owned())
        })
        .collect();
    assert_eq!(listed, expected);
    assert_ne!(tie["difference"], 0);
}

const FORMATS: [&str; 4] = ["text", "json", "html", "csv"];

fn printed(office: &Office, day: &str, period: &str) -> Vec<String> {
    FORMATS.map(|format| office.run_on(day, &["report", period, "--format", format]).ok()).to_vec()
}

fn number(report: &Value, part: &str, key: &str) -> i64 {
    report[part][key].as_i64().expect("an integer")
}

#[test]
fn september_stays_the_same_to_the_byte_after_work_in_november() {
    let (office, day) = (Office::working(), "2026-11-05");
    let before = printed(&office, "2026-10-30", "2026-09");
    let november = office.run_on(day, &["report", "2026-11", "--format", "json"]).ok();
    let claims = office.waiting_claims();
    let does = |arguments: &[&str]| office.run_on(day, arguments).ok();
    let codes = does(&["voucher", "issue", &claims[0]]);
    let code = codes.lines().next().expect("a code");
    does(&["voucher", "pay", code, "--reference", "TRF-1"]);
    let bill =
        ["--component", "perawatan", "--amount", "1,5jt", "--payee-kind", "faskes", "--payee", "RS Contoh"];
    does(&[&["claim", "determine", &claims[1]], &bill[..]].concat());
    does(&["claim", "outcome", &claims[2], "sembuh"]);
    does(&["claim", "amend", &claims[3], "--facility", "RS Pindahan"]);
    let after = printed(&office, day, "2026-09");
    for ((format, before), after) in FORMATS.iter().zip(&before).zip(&after) {
        assert_eq!(before, after, "{format}");
    }
    let later: Value = serde_json::from_str(&does(&["report", "2026-11", "--format", "json"])).expect("JSON");
    let november: Value = serde_json::from_str(&november).expect("JSON");
    assert_ne!(later, november, "the work shows in its own month");
    assert_eq!(
        number(&later, "payable", "determined") - number(&november, "payable", "determined"),
        1_500_000
    );
    assert_eq!(later["tie_out"]["difference"], 0);
}

#[test]
fn what_is_issued_and_paid_today_shows_in_this_month() {
    let office = Office::working();
    let before = office.json(&["report", "2026-10"]);
    let september = office.run(&["report", "2026-09", "--format", "json"]).ok();
    let claim = office.waiting_claims().remove(0);
    let codes = office.run(&["voucher", "issue", &claim]).ok();
    let (mut gross, mut count) = (0, 0);
    for code in codes.lines() {
        gross += office.json(&["voucher", "show", code])["gross"].as_i64().expect("an integer");
        count += 1;
        office.run(&["voucher", "pay", code]).ok();
    }
    assert!(gross > 0);
    let after = office.json(&["report", "2026-10"]);
    let more = |part: &str, key: &str| number(&after, part, key) - number(&before, part, key);
    assert_eq!((more("vouchers", "count"), more("vouchers", "gross")), (count, gross));
    assert_eq!((more("payable", "paid"), more("payable", "end")), (gross, -gross));
    assert_eq!(after["tie_out"]["difference"], 0);
    assert_eq!(office.run(&["report", "2026-09", "--format", "json"]).ok(), september);
}
