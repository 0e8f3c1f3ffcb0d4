//! Files come in: good rows go in, bad ones are listed by their place, known ones are compared and never blanked.

use super::branch::{Office, branch, text};

const HEADS: &str =
    "claim_no,programme,segment,case_kind,worker,id_kind,id_no,npp,company,event_date,reported_date,status";

const ROWS: &str = "
    K-1,JKK,PU,KK,Andi,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-2,XYZ,PU,KK,Budi,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-3,JKK,PU,KK,Cici,,,A1234567,PT A,2026-13-01,2026-08-02,TAHAP_I
    K-4,JKK,PU,KK,Dedi,,,A1234567,PT A,2026-12-24,2026-12-25,TAHAP_I
    K-5,JKK,PU,KK,Edi,NIK,123,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    ,JKK,PU,KK,Feri,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-7,JKK,PU,KK,,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-8,JKK,PU,KK,Gina,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I,x,y
    K-1,JKK,PU,KK,Andi Lain,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-9,JKK,PU,KK,Hani,,,A1234567,PT A,2026-08-03,2026-08-04,TAHAP_I";

/// Where each bad row is listed, and under which code.
const LISTED: &str = "
    klaim.csv:3 programme value-unknown
    klaim.csv:4 event_date date-malformed
    klaim.csv:5 claim_no event-date-out-of-range
    klaim.csv:6 id_no nik-shape
    klaim.csv:7 claim_no claim-no-shape
    klaim.csv:8 worker field-empty
    klaim.csv:9 - row-width
    klaim.csv:10 claim_no claim-twice";

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn file_of(heads: &str, table: &str) -> String {
    std::iter::once(heads).chain(rows(table)).map(|line| format!("{line}\n")).collect()
}

/// `file:row column code` of each listed problem.
fn listed(output: &str) -> Vec<String> {
    let line = |line: &str| {
        let (place, rest) = line.split_once(": ")?;
        let code = rest.rsplit_once(" (")?.1.strip_suffix(')')?;
        let mut words = place.split(' ');
        let (at, column) = (words.next()?, words.next().unwrap_or("-"));
        at.contains(".csv:").then(|| format!("{at} {column} {code}"))
    };
    output.lines().filter_map(line).collect()
}

fn sum(output: &str) -> &str {
    output.lines().last().expect("the last line is the sum")
}

#[test]
fn bad_rows_are_listed_and_written_and_good_ones_go_in() {
    let office = Office::empty();
    let file = office.file("klaim.csv", &file_of(HEADS, ROWS));
    let rejects = text(&office.frozen.path("ditolak.csv"));
    let output = office.run(&["import", &file, "--rejects", &rejects]);
    assert_eq!(output.code, 1, "{}", output.stderr);
    assert_eq!(listed(&output.stdout), rows(LISTED).collect::<Vec<_>>(), "{}", output.stdout);
    assert_eq!(
        sum(&output.stdout),
        "klaim: baru 2 · sama 0 · berubah 0 · baris ditolak 8 · tidak ada di berkas 0"
    );
    let known = office.json(&["claims"]);
    let numbers: Vec<&str> =
        known.as_array().expect("an array").iter().filter_map(|claim| claim["claim_no"].as_str()).collect();
    assert_eq!(numbers, ["K-1", "K-9"]);

    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&rejects).expect("written");
    let heads: Vec<String> = reader.headers().expect("a heading").iter().map(str::to_owned).collect();
    assert_eq!(heads.join(","), format!("{HEADS},_file,_row,_reason"));
    let rejected: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let wanted: Vec<&str> =
        rows(ROWS).enumerate().filter(|(at, _)| ![0, 9].contains(at)).map(|(_, row)| row).collect();
    assert_eq!(rejected.len(), wanted.len());
    for (place, (row, wanted)) in rejected.iter().zip(wanted).enumerate() {
        let (own, behind) = (row.len() - 3, row.len() - 2);
        assert_eq!(row.iter().take(own).collect::<Vec<_>>().join(","), wanted);
        assert_eq!(&row[behind], (place + 3).to_string(), "the row as a spreadsheet counts");
        assert!(row[behind + 1].ends_with('.'), "a reason in a sentence: {row:?}");
    }
}

#[test]
fn a_second_import_of_a_whole_branch_changes_nothing() {
    let office = Office::working();
    let before = office.json(&["fsck"])["head"].clone();
    let output = office.run(&["import", &text(&branch().files)]);
    assert_eq!(output.code, 0, "{}", output.stdout);
    let claims = "klaim: baru 0 · sama 180 · berubah 0 · baris ditolak 0 · tidak ada di berkas 0\n";
    assert!(output.stdout.starts_with("voucher: baru 0 · sama "), "{}", output.stdout);
    assert!(output.stdout.ends_with(claims) && output.stdout.lines().count() == 2, "{}", output.stdout);
    let report = office.run(&["report", "2026-10", "--format", "json"]).ok();
    assert_eq!(report, Office::looking().run(&["report", "2026-10", "--format", "json"]).ok());
    assert_eq!(office.run(&["claims"]).ok(), Office::looking().run(&["claims"]).ok());
    assert_eq!(office.json(&["fsck"])["head"], before, "nothing is written, of master data neither");
}

const FIRST: &str = "
    K-1,JKK,PU,KK,Andi,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-2,JKK,PU,KK,Budi,,,A1234567,PT A,2026-08-05,2026-08-06,TAHAP_I
    K-3,JKK,PU,KK,Cici,,,A1234567,PT A,2026-08-07,2026-08-08,TAHAP_I";

/// One name mended, one company blanked, one claim left out, one new.
const SECOND: &str = "
    K-1,JKK,PU,KK,Andi Pratama,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I
    K-2,JKK,PU,KK,Budi,,,A1234567,PT A,2026-08-05,,TAHAP_I
    K-4,JKK,PU,KK,Dedi,,,A1234567,PT A,2026-08-09,2026-08-10,TAHAP_I";

#[test]
fn a_changed_cell_is_shown_and_applied_only_when_asked_and_blank_never_wins() {
    let office = Office::empty();
    let first = office.file("klaim.csv", &file_of(HEADS, FIRST));
    assert_eq!(
        sum(&office.run(&["import", &first]).ok()),
        "klaim: baru 3 · sama 0 · berubah 0 · baris ditolak 0 · tidak ada di berkas 0"
    );
    let second = office.file("lagi.csv", &file_of(HEADS, SECOND));
    let worker = || office.json(&["claim", "show", "K-1", "--unmask"])["worker"].clone();
    let reported = || office.json(&["claim", "show", "K-2"])["reported_date"].clone();
    let change = "~ K-1 worker: Andi → Andi Pratama";

    let head = office.json(&["fsck"])["head"].clone();
    let dry = office.run(&["import", &second, "--dry-run", "--update"]).ok();
    assert!(dry.lines().any(|line| line == change), "{dry}");
    assert_eq!(sum(&dry), "klaim: baru 1 · sama 1 · berubah 1 · baris ditolak 0 · tidak ada di berkas 1");
    assert_eq!(office.json(&["fsck"])["head"], head, "a dry run writes nothing");

    let shown = office.run(&["import", &second]).ok();
    assert!(shown.lines().any(|line| line == change), "{shown}");
    assert_eq!(sum(&shown), "klaim: baru 1 · sama 1 · berubah 1 · baris ditolak 0 · tidak ada di berkas 1");
    assert_eq!((worker(), reported()), ("Andi".into(), "2026-08-06".into()));

    let applied = office.run(&["import", &second, "--update"]).ok();
    assert!(applied.lines().any(|line| line == change), "{applied}");
    assert_eq!((worker(), reported()), ("Andi Pratama".into(), "2026-08-06".into()));
    let again = office.run(&["import", &second, "--update"]).ok();
    assert_eq!(sum(&again), "klaim: baru 0 · sama 3 · berubah 0 · baris ditolak 0 · tidak ada di berkas 1");
}

#[test]
fn a_file_that_is_no_table_is_a_problem_and_takes_no_other_with_it() {
    let office = Office::empty();
    let good = office.file("klaim.csv", &file_of(HEADS, FIRST));
    let bad = office.file("gambar.csv", "\u{89}PNG\r\n\u{1a}\n\0\0\0\rIHDR");
    let output = office.run(&["import", &bad, &good]);
    assert_eq!(output.code, 1, "{}", output.stdout);
    assert!(output.stdout.starts_with("gambar.csv"), "{}", output.stdout);
    assert!(sum(&output.stdout).starts_with("klaim: baru 3 "), "{}", output.stdout);
}

#[test]
fn a_folder_without_a_table_is_no_import() {
    let office = Office::empty();
    let folder = office.frozen.path("kosong");
    std::fs::create_dir(&folder).expect("a folder");
    let said = office.run(&["import", &text(&folder)]).fails(1);
    assert!(said.contains("tidak ada berkas CSV atau XLSX"), "{said}");
}

/// What is wrong with a cell is said so that it can be found: the letter, the day, the column in the person's words.
#[test]
fn a_message_names_what_is_wrong() {
    let office = Office::empty();
    let heads = format!("{HEADS},filed_date");
    let rows = "
        =1+1,JKK,PU,KK,Andi,,,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I,
        K-2,JKK,PU,KK,Budi,NIK,327301660782000X,A1234567,PT A,2026-08-01,2026-08-02,TAHAP_I,
        K-3,JKK,PU,KK,Cici,,,A1234567,PT A,2026-08-05,2026-08-06,DIAJUKAN,2026-08-04";
    let file = office.file("klaim.csv", &file_of(&heads, rows));
    let said = office.run(&["import", &file]).stdout;
    for part in [
        "klaim.csv:2 claim_no: \"=1+1\" tampak seperti rumus",
        "X bukan angka",
        "diajukan (KK2) 04/08/2026 mendahului dilaporkan (KK1) 06/08/2026",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
