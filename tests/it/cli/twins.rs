//! What a pane shows, a command prints: the table of docs/panduan.md, run row by row, and plain.

use super::branch::Office;
use crate::support::sources::root;

/// Pane and command of each row of the table.
fn rows() -> Vec<(String, String)> {
    let page =
        std::fs::read_to_string(root().join("docs/panduan.md")).expect("the guide is in the repository");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.split('|').map(str::trim);
        let (pane, command) = (cells.next()?, cells.next()?);
        let command = command.strip_prefix("`santun ")?.strip_suffix('`')?;
        Some((pane.to_owned(), command.to_owned()))
    };
    page.lines().filter_map(row).collect()
}

/// A desk that has issued a voucher, the claim of it, a claim that waits, and the code.
fn desk() -> (Office, String, String) {
    let office = Office::working();
    let waiting = office.waiting_claims();
    let [first, second, ..] = &waiting[..] else { panic!("two claims wait") };
    let code = office.run(&["voucher", "issue", first]).ok().lines().next().expect("a code").to_owned();
    (office, second.clone(), code)
}

#[test]
fn every_pane_has_a_command_that_prints_it() {
    let (office, claim, code) = desk();
    let rows = rows();
    assert!(rows.len() > 20, "the table is there");
    for (pane, command) in &rows {
        let command = command.replace("KLAIM", &claim).replace("VOUCHER", &code);
        let arguments: Vec<&str> = command.split(' ').collect();
        let columns = office.run(&arguments).ok();
        // No draft was left behind; that is said in both.
        assert!(!columns.trim().is_empty(), "{pane}: {command}");
        let plain = office.run(&[&["--plain"][..], &arguments].concat()).ok();
        assert!(!plain.trim().is_empty(), "{pane}: {command}");
        for line in plain.lines() {
            let drawn = line.chars().any(|letter| matches!(letter, '\u{2500}'..='\u{259f}' | '\u{1b}'));
            assert!(!drawn && !line.contains("  ") && line.trim() == line, "{pane}: {command}: {line:?}");
        }
    }
}

#[test]
fn plain_output_names_every_value() {
    let (office, _, code) = desk();
    let said = office.run(&["--plain", "voucher", "list", "--limit", "1"]).ok();
    assert!(said.contains(&format!("kode: {code}\n")) && said.contains("\nbersih: "), "{said}");
    let said = office.run(&["--plain", "report", "2026-10"]).ok();
    assert!(said.lines().any(|line| line.starts_with("(+) Terdaftar, jumlah: ")), "{said}");
    let said = office.run(&["--plain", "voucher", "show", &code]).ok();
    assert!(said.lines().any(|line| line.ends_with(&code) && line.contains(": ")), "{said}");
    // For programs nothing changes.
    for format in ["csv", "json"] {
        let arguments = ["claims", "--limit", "2", "--format", format];
        assert_eq!(office.run(&[&["--plain"][..], &arguments].concat()), office.run(&arguments));
    }
}

#[test]
fn the_queue_is_what_the_vouchers_pay() {
    let office = Office::working();
    let bundles = office.json(&["voucher", "queue"]);
    let bundles = bundles.as_array().expect("an array").clone();
    assert!(!bundles.is_empty());
    let claims = office.json(&["claims", "--where", "menunggu_voucher > 0"]);
    let mut in_queue: Vec<String> = Vec::new();
    for bundle in &bundles {
        let lines = bundle["lines"].as_array().expect("lines");
        let sum: i64 = lines.iter().map(|line| line["amount"].as_i64().expect("an amount")).sum();
        assert_eq!(bundle["total"].as_i64(), Some(sum), "{bundle}");
        in_queue.extend(lines.iter().map(|line| line["claim_no"].as_str().expect("a number").to_owned()));
    }
    in_queue.sort();
    in_queue.dedup();
    let mut waiting: Vec<&str> = claims
        .as_array()
        .expect("an array")
        .iter()
        .map(|claim| claim["claim_no"].as_str().expect("a text"))
        .collect();
    waiting.sort_unstable();
    assert_eq!(in_queue, waiting);
    // A word narrows it; the lines of a claim are those of the claim.
    let one = office.run(&["voucher", "queue", "--lines", waiting[0], "--format", "csv"]).ok();
    assert!(one.lines().count() > 1 && one.lines().skip(1).all(|line| line.contains(waiting[0])), "{one}");
    // What leaves the desk has no whole account and no name of a worker.
    let csv = office.run(&["voucher", "queue", "--format", "csv"]).ok();
    assert!(csv.contains("****"), "{csv}");
}

#[test]
fn the_records_behind_a_number_add_up_to_it() {
    let office = Office::looking();
    let cells = office.json(&["report", "2026-10", "--cells"]);
    let cells = cells.as_array().expect("an array").clone();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let mut n_checked = 0;
    for cell in cells.iter().filter(|cell| text(&cell["behind"]).contains("--cell")).take(12) {
        let address = text(&cell["cell"]);
        let found = office.json(&["report", "2026-10", "--cell", &address]);
        let found = found.as_array().expect("an array").clone();
        let sum: i64 = found.iter().map(|entry| entry["amount"].as_i64().expect("an amount")).sum();
        let digits: String = text(&cell["value"]).chars().filter(char::is_ascii_digit).collect();
        let value: i64 = digits.parse().expect("a number");
        // A number of cases counts a case once, however many of its lines moved.
        let cases: std::collections::BTreeSet<String> =
            found.iter().map(|entry| text(&entry["claim_no"]) + &text(&entry["voucher"])).collect();
        let claims: std::collections::BTreeSet<String> =
            found.iter().map(|entry| text(&entry["claim_no"])).collect();
        let counts = [found.len(), cases.len(), claims.len()].map(|n| i64::try_from(n).expect("a few"));
        assert!(value == sum.abs() || counts.contains(&value), "{cell}: {counts:?} entries of {sum}");
        n_checked += 1;
    }
    assert_eq!(n_checked, 12);
    assert!(office.run(&["report", "2026-10", "--cell", "nowhere/1/1"]).fails(2).contains("--cells"));
}

#[test]
fn today_prints_its_filters_in_the_language_and_both_mean_the_same() {
    let office = Office::looking();
    let filters = |lang: &str| -> Vec<String> {
        let csv = office.run(&["--lang", lang, "today", "--format", "csv"]).ok();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        reader.records().map(|row| row.expect("a row")[3].to_owned()).collect()
    };
    let (indonesian, english) = (filters("id"), filters("en"));
    assert_eq!(indonesian.len(), english.len());
    for (one, other) in indonesian.iter().zip(&english) {
        assert!(one != other && !other.contains(" dan "), "{one} | {other}");
        let rows = |filter: &str| office.run(&["claims", "--where", filter, "--format", "json"]).ok();
        assert_eq!(rows(one), rows(other));
    }
}

#[test]
fn a_file_is_replaced_only_when_asked() {
    let (office, _, code) = desk();
    let path = office.file("kertas.txt", "jangan hilang");
    for command in [vec!["voucher", "print", &code], vec!["report", "2026-10"]] {
        let arguments = [&command[..], &["--out", &path]].concat();
        std::fs::write(&path, "jangan hilang").expect("the home is writable");
        assert!(office.run(&arguments).fails(2).contains("--force"), "{command:?}");
        assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "jangan hilang");
        office.run(&[&arguments[..], &["--force"]].concat()).ok();
        assert_ne!(std::fs::read_to_string(&path).expect("it is there"), "jangan hilang");
    }
}

#[test]
fn a_draft_that_was_left_is_listed_shown_and_thrown_away() {
    use santun::desk::drafts::KeptForm;
    let office = Office::working();
    let store = santun::store::Store::open(&office.store).expect("the store opens");
    let kept = KeptForm {
        form: "claim-add".to_owned(),
        at: "29/10/2026 16.40".to_owned(),
        values: vec![("worker".to_owned(), "Siti \\ Aminah\nSari".to_owned())],
        stood: vec![("worker".to_owned(), "Siti = Aminah".to_owned())],
        seen: Some(12),
    };
    assert_eq!(KeptForm::from_text(&kept.to_text()), Some(kept.clone()));
    let uid = santun::desk::current_actor().uid;
    let sitting = store.begin_sitting(uid, "abcdef").expect("a name");
    store.save_draft(uid, "claim-add_abcdef_0001", &kept.to_text()).expect("it is kept");
    store.save_draft(uid, "screen", "screen\n@now\n").expect("it is kept");
    assert!(office.run(&["drafts", "list"]).ok().contains("Tidak ada"), "somebody is typing in it");
    drop(sitting);
    let listed = office.json(&["drafts", "list"]);
    assert_eq!(listed.as_array().expect("an array").len(), 1, "{listed}");
    assert_eq!(listed[0]["id"], "claim-add_abcdef_0001");
    let shown = office.run(&["--plain", "drafts", "show", "claim-add_abcdef_0001"]).ok();
    assert!(shown.contains("pekerja: Siti \\ Aminah"), "{shown}");
    office.run(&["drafts", "drop", "nobody"]).fails(2);
    office.run(&["drafts", "drop", "claim-add_abcdef_0001"]).ok();
    assert!(office.run(&["drafts", "list"]).ok().contains("Tidak ada"));
}

#[test]
fn a_narrow_terminal_breaks_no_amount_date_or_code() {
    let office = Office::looking();
    let run = |columns: &str, arguments: &[&str]| {
        let output = office.frozen.command(arguments).env("COLUMNS", columns).output().expect("it runs");
        String::from_utf8(output.stdout).expect("text")
    };
    for command in
        [&["claims", "--limit", "20"][..], &["voucher", "queue"], &["voucher", "list", "--limit", "20"]]
    {
        // At a thousand columns nothing is broken.
        let wide = run("1000", command);
        let is_piece = |word: &&str| word.chars().filter(char::is_ascii_digit).count() >= 4;
        let pieces: Vec<&str> = wide.split_whitespace().filter(is_piece).collect();
        assert!(pieces.len() > 10, "{wide}");
        for columns in ["60", "80"] {
            let narrow = run(columns, command);
            let words: Vec<&str> = narrow.split_whitespace().collect();
            let broken: Vec<&&str> = pieces.iter().filter(|piece| !words.contains(piece)).collect();
            assert!(broken.is_empty(), "{columns}: {broken:?} in\n{narrow}");
        }
    }
}
