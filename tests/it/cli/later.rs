//! A later file of a desk that keeps its sheets: new lines, vouchers and transfers for what the store knows. Shown, and
//! with `--update` taken over by the rules of a form; the same files again change nothing.

use serde_json::Value;

use super::branch::{Office, branch, text};

const CLAIMS: &str = "
claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status
K-1,JKK,PU,KK,Budi,A1234567,PT Semen,2026-08-01,2026-08-02,2026-08-20,2026-08-21,BEROBAT,2026-08-02,DITETAPKAN
K-2,JKK,PU,KK,Ani,A1234567,PT Semen,2026-08-05,2026-08-06,2026-08-20,2026-08-21,BEROBAT,2026-08-06,DITETAPKAN";
const BENEFITS: &str = "
claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,determined_date,voucher
K-1,1,PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,8000000,7000000,2026-09-01,V-1
K-2,1,PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,4000000,4000000,2026-09-01,V-2";
const VOUCHERS: &str = "
code,kind,date,payee,gross,pph,rounding,net,status,void_date,void_reason
V-1,CATAT,2026-09-05,RS Harapan,7000000,0,0,7000000,DIBAYAR,,
V-2,CATAT,2026-09-05,RS Harapan,4000000,0,0,4000000,DISETUJUI,,";
const PAYMENTS: &str = "
voucher,date,amount,reference,status,returned_date
V-1,2026-09-08,7000000,T1,DIBAYAR,";

/// October: a second line of K-1 with its voucher and its transfer.
const STMB: &str =
    "K-1,2,STMB,2026-08-02,2026-09-30,PERUSAHAAN,PT Semen,BRI,1234567890,5000000,5000000,2026-10-05,V-9";
const STMB_VOUCHER: &str = "V-9,CATAT,2026-10-06,PT Semen,5000000,0,0,5000000,DIBAYAR,,";
const STMB_PAYMENT: &str = "V-9,2026-10-07,5000000,T9,DIBAYAR,";

fn file(office: &Office, name: &str, table: &str, more: &[&str]) -> String {
    let rows = more.iter().map(|row| format!("{row}\n")).collect::<String>();
    office.file(name, &format!("{}\n{rows}", table.trim()))
}

/// The paths of the four files with more rows.
fn files(office: &Office, claims: &str, lines: &[&str], vouchers: &[&str], payments: &[&str]) -> [String; 4] {
    [
        file(office, "klaim.csv", claims, &[]),
        file(office, "manfaat.csv", BENEFITS, lines),
        file(office, "voucher.csv", VOUCHERS, vouchers),
        file(office, "bayar.csv", PAYMENTS, payments),
    ]
}

fn import(office: &Office, files: &[String], flags: &[&str]) -> crate::support::Output {
    let files = files.iter().map(String::as_str);
    let arguments: Vec<&str> = std::iter::once("import").chain(files).chain(flags.iter().copied()).collect();
    office.run(&arguments)
}

/// A desk that has imported September.
fn desk() -> Office {
    let office = Office::empty();
    import(&office, &files(&office, CLAIMS, &[], &[], &[]), &[]).ok();
    office
}

fn head(office: &Office) -> Value {
    office.json(&["fsck"])["head"].clone()
}

/// The last lines: vouchers, claims.
fn sums(said: &str) -> Vec<&str> {
    let mut last: Vec<&str> = said.lines().filter(|line| line.starts_with(['v', 'k'])).collect();
    last.drain(..last.len().saturating_sub(2));
    last
}

#[track_caller]
fn has(said: &str, line: &str) {
    assert!(said.lines().any(|told| told == line), "{line:?} is not in\n{said}");
}

#[track_caller]
fn ties_out(office: &Office) {
    let report = office.json(&["report", "2026-10"]);
    assert_eq!(report["tie_out"]["difference"], 0, "{}", report["tie_out"]);
    assert_eq!(report["tie_out"]["unmatched"], Value::Array(Vec::new()));
    assert!(office.json(&["fsck", "--full"])["ok"].as_bool().expect("a bool"));
}

#[test]
fn the_next_instalment_comes_in_with_its_voucher_and_its_transfer() {
    let office = desk();
    let september = office.run(&["report", "2026-09", "--format", "json"]).ok();
    let before = head(&office);
    let later = files(&office, CLAIMS, &[STMB], &[STMB_VOUCHER], &[STMB_PAYMENT]);

    let shown = import(&office, &later, &[]).ok();
    has(&shown, "~ K-1 2/line:  → STMB PT Semen 5.000.000");
    has(&shown, "~ V-9 voucher:  → K-1/2 5.000.000");
    has(&shown, "2 perubahan belum ditulis. Ulangi dengan --update untuk mengambilnya.");
    assert_eq!(head(&office), before, "only shown");
    let dry = import(&office, &later, &["--update", "--dry-run"]).ok();
    has(&dry, "Percobaan: tidak ada yang ditulis.");
    assert_eq!(head(&office), before, "a dry run");

    let taken = import(&office, &later, &["--update"]).ok();
    let wanted = [
        "voucher: baru 1 · sama 2 · berubah 0",
        "klaim: baru 0 · sama 1 · berubah 1 · baris ditolak 0 · tidak ada di berkas 0",
    ];
    assert_eq!(sums(&taken), wanted);
    let claim = office.json(&["claim", "show", "K-1"]);
    let line = &claim["lines"][1];
    assert_eq!((&line["voucher"], &line["paid_date"]), (&"V-9".into(), &"2026-10-07".into()), "{claim}");
    assert_eq!(office.waiting_claims(), Vec::<String>::new());
    assert_eq!(office.run(&["voucher", "issue", "K-1"]).code, 1, "nothing waits");
    ties_out(&office);
    assert_eq!(office.run(&["report", "2026-09", "--format", "json"]).ok(), september);

    let after = head(&office);
    let again = import(&office, &later, &["--update"]).ok();
    let wanted = [
        "voucher: baru 0 · sama 3 · berubah 0",
        "klaim: baru 0 · sama 2 · berubah 0 · baris ditolak 0 · tidak ada di berkas 0",
    ];
    assert_eq!(sums(&again), wanted, "{again}");
    assert_eq!(head(&office), after);
}

#[test]
fn a_voucher_over_known_and_new_claims_pays_both() {
    let office = desk();
    let claims = format!(
        "{CLAIMS}\nK-5,JKK,PU,KK,Edi,A1234567,PT Semen,2026-10-01,2026-10-02,2026-10-03,2026-10-03,BEROBAT,2026-10-02,DITETAPKAN"
    );
    let bill = |claim: &str| {
        format!("{claim},PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,3000000,3000000,2026-10-05,V-10")
    };
    let lines = [bill("K-1,2"), bill("K-5,1")];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let voucher = "V-10,CATAT,2026-10-06,RS Harapan,6000000,0,0,6000000,DISETUJUI,,";
    let later = files(&office, &claims, &lines, &[voucher], &[]);
    import(&office, &later, &["--update"]).ok();
    for claim in ["K-1", "K-5"] {
        let shown = office.json(&["claim", "show", claim]);
        let lines = shown["lines"].as_array().expect("lines");
        assert_eq!(lines.last().expect("a line")["voucher"], "V-10", "{shown}");
    }
    assert_eq!(office.waiting_claims(), Vec::<String>::new());
    ties_out(&office);
    let again = import(&office, &later, &["--update"]).ok();
    assert!(sums(&again)[1].starts_with("klaim: baru 0 · sama 3 · berubah 0"), "{again}");
}

#[test]
fn money_that_moved_since_comes_in_alone() {
    let office = desk();
    let steps: &[(&str, &str, &str)] = &[
        ("V-2,2026-10-08,4000000,T2,DIBAYAR,", "~ V-2 amount:  → 2026-10-08 4.000.000", "paid"),
        ("V-2,2026-10-08,4000000,T2,RETUR,2026-10-12", "~ V-2 returned_date:  → 2026-10-12", "returned"),
    ];
    for (row, told, state) in steps {
        let bank = file(&office, "bank.csv", PAYMENTS, &[row]);
        let before = head(&office);
        has(&import(&office, std::slice::from_ref(&bank), &[]).ok(), told);
        assert_eq!(head(&office), before);
        let taken = import(&office, std::slice::from_ref(&bank), &["--update"]).ok();
        has(&taken, "voucher: baru 0 · sama 1 · berubah 1");
        assert_eq!(office.json(&["voucher", "show", "V-2"])["status"], *state);
        ties_out(&office);
        let again = import(&office, std::slice::from_ref(&bank), &["--update"]).ok();
        has(&again, "voucher: baru 0 · sama 2 · berubah 0");
    }
    let voucher = VOUCHERS.replace("4000000,DISETUJUI,,", "4000000,BATAL,2026-10-13,salah rekening");
    let voucher = office.file("batal.csv", voucher.trim());
    let taken = import(&office, &[voucher], &["--update"]).ok();
    has(&taken, "~ V-2 void_date:  → 2026-10-13");
    assert!(!taken.contains("voucher-no-lines"), "{taken}");
    assert_eq!(office.waiting_claims(), ["K-2"], "a void lets its lines go");
    ties_out(&office);
}

#[test]
fn lines_of_known_claims_come_alone_and_a_blank_cell_takes_nothing_away() {
    let office = desk();
    let own =
        [file(&office, "manfaat.csv", BENEFITS, &[STMB]), file(&office, "v.csv", VOUCHERS, &[STMB_VOUCHER])];
    let taken = import(&office, &own, &["--update"]).ok();
    has(&taken, "klaim: baru 0 · sama 1 · berubah 1 · baris ditolak 0 · tidak ada di berkas 0");
    assert_eq!(office.json(&["claim", "show", "K-1"])["lines"][1]["voucher"], "V-9");
    let before = office.json(&["claim", "show", "K-2", "--unmask"]);
    let blank = CLAIMS.replace("JKK,PU,KK,Ani,A1234567,PT Semen", "JKK,,,,,");
    let sheet = office.file("kosong.csv", blank.trim());
    let said = import(&office, &[sheet], &["--update"]).ok();
    has(&said, "klaim: baru 0 · sama 2 · berubah 0 · baris ditolak 0 · tidak ada di berkas 0");
    assert_eq!(office.json(&["claim", "show", "K-2", "--unmask"]), before);
}

#[test]
fn refused_rows_of_two_tables_are_two_files_that_can_be_read_again() {
    let office = Office::empty();
    let claims = CLAIMS.replace("K-2,JKK", "K-2,JKX");
    let paths = files(&office, &claims, &[], &[], &[]).to_vec();
    let rejects = text(&office.frozen.path("ditolak.csv"));
    let output = import(&office, &paths, &["--rejects", &rejects]);
    assert!(output.stdout.contains("JKK"), "the nearest word: {}", output.stdout);
    let beside = text(&office.frozen.path("ditolak-benefits.csv"));
    let voucher = text(&office.frozen.path("ditolak-vouchers.csv"));
    assert!(std::fs::read_to_string(&voucher).expect("written").contains("V-2"));
    let mended = std::fs::read_to_string(&rejects).expect("written").replace("JKX", "JKY");
    let twice = [office.file("lagi.csv", &mended), beside.clone()];
    import(&office, &twice, &["--rejects", &rejects]);
    let again = std::fs::read_to_string(&rejects).expect("written");
    assert_eq!(again.lines().next().expect("a heading").matches("_reason").count(), 1, "{again}");
    let mended = office.file("benar.csv", &again.replace("JKY", "JKK"));
    import(&office, &[mended, beside, voucher], &[]).ok();
    assert_eq!(office.json(&["claim", "show", "K-2"])["lines"][0]["voucher"], "V-2");
    ties_out(&office);
}

#[test]
fn a_voucher_to_another_payee_or_before_its_determination_is_told() {
    let office = Office::empty();
    let odd = VOUCHERS.replace("V-1,CATAT,2026-09-05", "V-1,CATAT,2026-08-30");
    let odd = odd.replace("V-2,CATAT,2026-09-05,RS Harapan", "V-2,CATAT,2026-09-05,RS Lain");
    let mut paths = files(&office, CLAIMS, &[], &[], &[]);
    paths[2] = office.file("aneh.csv", odd.trim());
    let said = import(&office, &paths, &[]).ok();
    for code in ["voucher-early", "voucher-other-payee"] {
        assert_eq!(said.matches(&format!("({code})")).count(), 1, "{said}");
    }
}

#[test]
fn one_case_written_twice_is_told_once() {
    let person = |claim: &str, day: u32| {
        format!("{claim},JKK,PU,KK,Budi,3273000101010001,A1234567,PT Semen,2026-09-{day:02},TAHAP_I\n")
    };
    let heads = "claim_no,programme,segment,case_kind,worker,id_no,npp,company,event_date,status\n";
    let office = Office::empty();
    let first = office.file("satu.csv", &[heads, &person("R-9", 10), &person("R-10", 11)].concat());
    let told = |files: &[String]| {
        import(&office, files, &[]).ok().lines().filter(|line| line.contains("(claim-looks-same)")).count()
    };
    assert_eq!(told(std::slice::from_ref(&first)), 1);
    assert_eq!(told(std::slice::from_ref(&first)), 0, "both are known");
    let third = office.file("tiga.csv", &[heads, &person("R-11", 12), &person("R-12", 20)].concat());
    assert_eq!(told(&[third]), 1);
}

#[test]
fn what_only_other_files_could_show_waits_for_them() {
    let office = desk();
    let before = head(&office);
    let vouchers = file(&office, "voucher.csv", VOUCHERS, &[STMB_VOUCHER]);
    let output = import(&office, &[vouchers], &["--update"]);
    assert!(output.stdout.contains("(voucher-lines-absent)"), "{}", output.stdout);
    assert_eq!(output.code, 1);
    let payments = file(&office, "bayar.csv", PAYMENTS, &["V-77,2026-10-08,4000000,T7,DIBAYAR,"]);
    let output = import(&office, &[payments], &["--update"]);
    assert!(output.stdout.contains("(payment-voucher-unknown)"), "{}", output.stdout);
    assert_eq!((output.code, head(&office)), (1, before), "{}", output.stdout);
}

#[test]
fn a_line_never_comes_onto_a_second_voucher() {
    let office = desk();
    let free = STMB.replace(",V-9", ",");
    import(&office, &files(&office, CLAIMS, &[&free], &[], &[]), &["--update"]).ok();
    let code = office.run(&["voucher", "issue", "K-1"]).ok();
    let code = code.lines().next().expect("a code").to_owned();
    let later = files(&office, CLAIMS, &[STMB], &[STMB_VOUCHER], &[STMB_PAYMENT]);
    let output = import(&office, &later, &["--update"]);
    assert_eq!(output.code, 1, "{}", output.stdout);
    assert!(output.stdout.lines().any(|line| line.starts_with("! V-9 ") && line.contains(&code)));
    let claim = office.json(&["claim", "show", "K-1"]);
    assert_eq!(claim["lines"][1]["voucher"], code.as_str());
    ties_out(&office);
}

#[test]
fn a_line_of_the_file_is_not_the_clerks_line_of_that_number() {
    let office = desk();
    let typed =
        ["--component", "transport", "--amount", "300000", "--payee-kind", "peserta", "--payee", "Budi"];
    office.run(&[&["claim", "determine", "K-1"], &typed[..]].concat()).ok();
    let later = files(&office, CLAIMS, &[&STMB.replace(",V-9", ",")], &[], &[]);
    let said = import(&office, &later, &["--update"]).ok();
    assert!(said.lines().any(|line| line.starts_with("= K-1 2/line: TRANSPORT Budi 300.000 →")), "{said}");
    let claim = office.json(&["claim", "show", "K-1"]);
    assert_eq!((&claim["lines"][1]["component"], &claim["lines"][2]), (&"TRANSPORT".into(), &Value::Null));
}

#[test]
fn a_line_keeps_its_number_and_comes_in_once() {
    let office = desk();
    let sixth = STMB.replace("K-1,2,", "K-1,6,").replace(",V-9", ",");
    let bare = BENEFITS.replace("claim_no,line,", "claim_no,");
    let bare = bare.replace("K-1,1,", "K-1,").replace("K-2,1,", "K-2,");
    for _ in 0..2 {
        import(&office, &files(&office, CLAIMS, &[&sixth], &[], &[]), &["--update"]).ok();
    }
    // The same lines without their numbers, and one more.
    let more = "K-1,TRANSPORT,,,PESERTA,Budi,BRI,1112223334,200000,200000,2026-10-06,";
    for _ in 0..2 {
        let lines = file(&office, "polos.csv", &bare, &[&sixth.replace("K-1,6,", "K-1,"), more]);
        import(&office, &[file(&office, "klaim.csv", CLAIMS, &[]), lines], &["--update"]).ok();
    }
    let claim = office.json(&["claim", "show", "K-1"]);
    let numbers: Vec<u64> =
        claim["lines"].as_array().expect("lines").iter().filter_map(|line| line["line"].as_u64()).collect();
    assert_eq!(numbers, [1, 6, 7], "{claim}");
}

#[test]
fn last_years_code_is_another_voucher() {
    let office = desk();
    let paid = files(&office, CLAIMS, &[], &[], &["V-2,2026-10-08,4000000,T2,DIBAYAR,"]);
    import(&office, &paid, &["--update"]).ok();
    let claims = CLAIMS.replace("2026-08", "2025-08").replace("K-", "L-");
    let lines = BENEFITS.replace("2026-09", "2025-09").replace("K-", "L-");
    let vouchers = VOUCHERS.replace("2026-09", "2025-09");
    let payments = PAYMENTS.replace("2026-09", "2025-09");
    let last = [
        office.file("k.csv", claims.trim()),
        office.file("m.csv", lines.trim()),
        office.file("v.csv", vouchers.trim()),
        office.file("b.csv", payments.trim()),
    ];
    let said = import(&office, &last, &[]).ok();
    has(&said, "voucher: baru 2 · sama 0 · berubah 0");
    ties_out(&office);
    assert!(sums(&import(&office, &last, &[]).ok())[0].starts_with("voucher: baru 0 · sama 2"));
}

#[test]
fn history_is_posted_in_the_months_of_its_papers_whatever_the_store_holds() {
    let office = Office::empty();
    let one = "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,status\n\
               K-0,JKK,PU,KK,Nol,A1234567,PT Semen,2026-10-01,2026-10-02,TAHAP_I\n";
    let one = office.file("satu.csv", one);
    assert!(!import(&office, &[one], &[]).ok().contains("Perhatian"), "nobody has printed an empty store");
    let first = office.run(&["report", "2026-08"]).ok();
    let said = import(&office, &files(&office, CLAIMS, &[], &[], &[]), &[]).ok();
    assert!(said.contains("Perhatian: 2 bulan sebelum bulan terbuka"), "{said}");
    assert!(said.contains("2026-08"), "{said}");
    let second = office.run(&["report", "2026-08"]).ok();
    assert_ne!(first, second);
    assert!(second.contains("tidak disegel") && !second.contains("sudah ditutup"), "{second}");
    assert!(!import(&office, &files(&office, CLAIMS, &[], &[], &[]), &[]).ok().contains("Perhatian"));
    let august = office.json(&["report", "2026-08"]);
    assert_eq!(august["cases"]["registered"], 2, "{}", august["cases"]);
    let october = office.json(&["report", "2026-10"]);
    assert_eq!(october["cases"]["registered"], 1, "{}", october["cases"]);
    ties_out(&office);
}

#[test]
fn an_old_list_of_companies_replaces_none_by_itself() {
    let office = desk();
    let list = |name: &str, workers: u32| {
        let text = "npp,company,segment,risk_group,workers,from,to\n";
        office.file(name, &format!("{text}A1234567,PT Semen,PU,IV,{workers},2025-01,\n"))
    };
    let (new, old) = (list("baru.csv", 120), list("lama.csv", 90));
    has(
        &import(&office, std::slice::from_ref(&new), &[]).ok(),
        "perusahaan dan faskes: baru 1 · sama 0 · berubah 0",
    );
    let before = head(&office);
    import(&office, std::slice::from_ref(&new), &["--update"]).ok();
    let shown = import(&office, std::slice::from_ref(&old), &[]).ok();
    assert_eq!(head(&office), before, "the same list and another one, not asked for");
    assert!(shown.lines().any(|line| line.starts_with("~ A1234567 workers: ")), "{shown}");
    import(&office, std::slice::from_ref(&old), &["--update"]).ok();
    assert_ne!(head(&office), before);
    let after = head(&office);
    import(&office, std::slice::from_ref(&old), &["--update"]).ok();
    assert_eq!(head(&office), after);
}

#[test]
fn how_a_sheet_is_written_is_said_for_all_of_it() {
    let slashed = |table: &str| {
        let dated = |cell: &str| match cell.split('-').collect::<Vec<_>>()[..] {
            [year, month, day] if year.len() == 4 => format!("{day}/{month}/{year}"),
            _ => cell.to_owned(),
        };
        let line = |line: &str| line.split(',').map(dated).collect::<Vec<_>>().join(",");
        table.trim().lines().map(line).collect::<Vec<_>>().join("\n")
    };
    let claims = CLAIMS.replace("-20,", "-10,").replace("-21,", "-11,");
    // Every day is below thirteen: nothing shows the order.
    let office = Office::empty();
    let sheet = office.file("klaim.csv", &slashed(&claims));
    let refused = import(&office, std::slice::from_ref(&sheet), &[]);
    assert_eq!(refused.code, 1);
    assert!(refused.stdout.contains("--dates dmy"), "{}", refused.stdout);
    import(&office, std::slice::from_ref(&sheet), &["--dates", "dmy"]).ok();
    assert_eq!(office.json(&["claim", "show", "K-2"])["event_date"], "2026-08-05");
    let inspected = office.run(&["inspect", &sheet, "--dates", "mdy"]).ok();
    assert_ne!(inspected, office.run(&["inspect", &sheet]).ok());
    let output = import(&office, std::slice::from_ref(&sheet), &["--dates", "ymd"]);
    assert!(output.stdout.contains("(date-dialect)"), "{}", output.stdout);
}

#[test]
fn a_column_of_both_orders_is_not_guessed_cell_by_cell() {
    let office = Office::empty();
    let mixed = CLAIMS.replace("2026-08-01,", "01/19/2026,").replace("2026-08-05,", "31/01/2026,");
    let sheet = office.file("klaim.csv", mixed.trim());
    let output = import(&office, std::slice::from_ref(&sheet), &[]);
    assert_eq!(output.code, 1);
    assert_eq!(output.stdout.matches("(date-mixed)").count(), 2, "{}", output.stdout);
    assert!(office.json(&["claims"]).as_array().expect("an array").is_empty());
}

#[test]
fn refused_rows_that_cannot_be_written_stop_the_import_before_it_begins() {
    let office = Office::empty();
    let before = head(&office);
    let rejects = text(&office.frozen.path("tidak-ada").join("ditolak.csv"));
    let output = import(&office, &files(&office, CLAIMS, &[], &[], &[]), &["--rejects", &rejects]);
    assert_ne!(output.code, 0);
    assert_eq!(head(&office), before);
}

/// A part of the files used to take completeness back to the first bundle.
#[test]
fn a_part_of_the_files_is_no_change() {
    let office = Office::working();
    let all = branch().files.clone();
    let benefits = std::fs::read_to_string(all.join("benefits.csv")).expect("the sample");
    let mut rows = benefits.lines();
    let head = rows.next().expect("a head");
    let one_line = office.file("one.csv", &format!("{head}\n{}\n", rows.last().expect("a line")));
    for part in [text(&all.join("claims.csv")), text(&all.join("benefits.csv")), one_line] {
        let said = office.run(&["import", &part]).ok();
        assert!(said.contains("berubah 0"), "{part}: {said}");
    }
}
