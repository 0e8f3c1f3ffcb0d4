//! Hostile text, from files and from the command line: it neither steers a terminal nor becomes a formula or markup.

use super::branch::{Office, text};

const ESCAPE: &str = "\u{1b}[2J\u{1b}]0;judul\u{7}";
const TURN: &str = "\u{202e}kebalik\u{2066}";

/// Worker, company and notes of each claim; the worker is the payee too.
const PEOPLE: [(&str, &str, &str); 5] = [
    ("Budi\u{1b}[2J\u{9b}31mJahat", "PT \u{202e}Semen\u{2066}", "catatan\u{7}\u{8}\u{200b}satu"),
    ("=HYPERLINK(\"http://x\";\"Klik\")", "@SUM(A1:A9)", "+1+cmd|' /C calc'!A0"),
    ("-2+3+cmd|x", "<script>alert(1)</script>", "<b>tebal</b> & \"kutip\""),
    ("\t=1+1", "'=1+1", "＝1+1"),
    ("Siti; =1+1", "PT A\";=1+1;\"", "biasa"),
];

/// Characters that steer a terminal or turn the direction of writing; line ends are the program's own.
fn is_hostile(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[track_caller]
fn assert_harmless(what: &str, output: &str) {
    if let Some(at) = output.find(is_hostile) {
        let line = output[..at].rsplit('\n').next().unwrap_or_default();
        panic!("{what}: {:?} after {line:?}", output[at..].chars().next());
    }
}

/// A cell that a spreadsheet would take for a formula.
fn is_formula(cell: &str) -> bool {
    let is_number =
        || cell.strip_prefix('-').unwrap_or(cell).chars().all(|c| matches!(c, '0'..='9' | '.' | ','));
    cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number()
}

fn assert_no_formula(what: &str, output: &str) {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(output.as_bytes());
    let mut n_cells = 0;
    for row in reader.records() {
        for cell in &row.expect("well-formed CSV") {
            n_cells += 1;
            // A sheet that splits at semicolons sees these as cells of their own.
            for piece in cell.split(';') {
                assert!(!is_formula(piece), "{what}: {cell:?}");
            }
        }
    }
    assert!(n_cells > 20, "{what}: {n_cells} cells");
}

/// A store with these people, each with a determined line, K-1 to K-4 with an issued voucher; and all that was said.
fn office() -> (Office, Vec<String>, String) {
    let office = Office::empty();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut claims = "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status,notes\n".to_owned();
    let mut benefits =
        "claim_no,line,component,payee_kind,payee,bank,account,asked,determined,determined_date,voucher\n"
            .to_owned();
    for (at, (worker, company, notes)) in PEOPLE.iter().enumerate() {
        let (worker, company, notes, no) = (quoted(worker), quoted(company), quoted(notes), at + 1);
        claims += &format!(
            "K-{no},JKK,PU,KK,{worker},A123456{no},{company},2026-08-01,2026-08-02,2026-08-20,2026-08-21,BEROBAT,2026-08-02,DITETAPKAN,{notes}\n"
        );
        benefits +=
            &format!("K-{no},1,PERAWATAN,PESERTA,{worker},BNI,987654321{no},100000,100000,2026-10-0{no},\n");
    }
    let files = [office.file("claims.csv", &claims), office.file("benefits.csv", &benefits)];
    let mut said = office.run(&["import", &files[0], &files[1]]).ok();
    let mut codes = Vec::new();
    for no in 1..=4 {
        codes.push(office.run(&["voucher", "issue", &format!("K-{no}")]).ok().trim().to_owned());
    }
    let reason = format!("salah{ESCAPE}{TURN}");
    for arguments in [
        vec!["voucher", "pay", &codes[0], "--reference", &reason],
        vec!["voucher", "void", &codes[1], "--reason", &reason],
        vec!["voucher", "void", &codes[2], "--reason", "=HYPERLINK(\"http://x\")"],
        vec!["claim", "check", "K-5", "--question", &reason],
        vec!["claim", "document", "K-5", "KK3", "--archive", &reason],
        vec!["claim", "amend", "K-5", "--worker", &reason],
    ] {
        // Whether the desk takes such words or refuses them, it repeats them harmlessly.
        let output = office.run(&arguments);
        said += &format!("{}{}", output.stdout, output.stderr);
    }
    (office, codes, said)
}

#[test]
fn nothing_steers_a_terminal_and_nothing_becomes_a_formula_or_markup() {
    let (office, codes, said) = office();
    assert_harmless("what commands said", &said);
    let out = text(&office.frozen.path("kertas.txt"));
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["claims"],
        vec!["claims", "--format", "json", "--unmask"],
        vec!["claims", "--columns", "no_klaim,pekerja,perusahaan,voucher"],
        vec!["voucher", "list"],
        vec!["voucher", "list", "--format", "json"],
        vec!["report", "2026-10"],
        vec!["report", "2026-10", "--format", "json"],
        vec!["log"],
        vec!["log", "--format", "json"],
        vec!["today"],
        vec!["rank", "companies"],
        vec!["fsck"],
        vec!["voucher", "print", &codes[2], "--out", &out],
    ];
    for claim in ["K-1", "K-2", "K-3", "K-4", "K-5"] {
        commands.push(vec!["claim", "show", claim]);
        commands.push(vec!["claim", "show", claim, "--format", "json", "--unmask"]);
    }
    for code in &codes {
        commands.push(vec!["voucher", "show", code]);
        commands.push(vec!["voucher", "print", code]);
        commands.push(vec!["voucher", "print", code, "--receipt"]);
        commands.push(vec!["voucher", "check", code]);
    }
    for command in &commands {
        let output = office.run(command);
        assert_harmless(&command.join(" "), &format!("{}{}", output.stdout, output.stderr));
        assert!(
            output.code == 0 || command[0] == "rank" || command.contains(&"--receipt"),
            "{command:?} {output:?}"
        );
    }
    assert_harmless("a printed file", &std::fs::read_to_string(out).expect("written"));
    assert!(office.run(&["claims"]).ok().contains("Budi"), "the people are shown");
}

#[test]
fn no_cell_of_a_csv_is_a_formula() {
    let (office, ..) = office();
    let columns = "no_klaim,pekerja,perusahaan,voucher,ditetapkan";
    for command in [
        vec!["claims", "--format", "csv"],
        vec!["claims", "--format", "csv", "--unmask", "--columns", columns],
        vec!["report", "2026-10", "--format", "csv"],
        vec!["voucher", "list", "--format", "csv"],
        vec!["log", "--format", "csv"],
    ] {
        let output = office.run(&command).ok();
        assert_no_formula(&command.join(" "), &output);
        assert_harmless(&command.join(" "), &output);
    }
    let whole = office.run(&["claims", "--format", "csv", "--unmask", "--columns", columns]).ok();
    assert!(whole.contains("HYPERLINK"), "the text itself stays: {whole}");
}

#[test]
fn html_holds_no_markup_of_others() {
    let (office, codes, _) = office();
    let mut pages = vec![office.run(&["report", "2026-10", "--format", "html"]).ok()];
    for code in &codes {
        pages.push(office.run(&["voucher", "print", code, "--format", "html"]).ok());
        pages.push(office.run(&["voucher", "print", code, "--format", "html", "--receipt"]).stdout);
    }
    for page in &pages {
        assert!(!page.contains("<script") && !page.contains("<b>tebal"), "{page}");
        assert_harmless("html", page);
    }
    assert!(pages[0].contains("alert(1)"), "the company is named: {}", pages[0]);
    assert!(pages[2..].iter().any(|page| page.contains("HYPERLINK")), "the payee is named");
}

/// What was typed comes back in the message, and may have been pasted from anywhere.
#[test]
fn messages_about_what_was_typed_are_harmless() {
    let office = Office::looking();
    let word = format!("x{ESCAPE}{TURN}");
    for arguments in [
        vec![word.as_str(), "--where"],
        vec!["claims", "--where", &word],
        vec!["claims", "--sort", &word],
        vec!["claims", "--format", &word],
        vec!["claim", "show", &word],
        vec!["claim", "outcome", "26-JKK-000047", &word],
        vec!["voucher", "show", &word],
        vec!["voucher", "check", &word],
        vec!["report", &word],
        vec!["import", &word],
        vec!["inspect", &word],
        vec!["log", &word],
        vec!["--store", &word, "claims"],
        vec!["--lang", &word, "claims"],
    ] {
        let output = office.run(&arguments);
        assert_harmless(&format!("{arguments:?}"), &format!("{}{}", output.stdout, output.stderr));
        // Words without an operator search, and a log may be empty; the rest is refused.
        assert!(output.code != 0 || ["--where", &word].contains(&arguments[1]), "{arguments:?}: {output:?}");
    }
}

#[test]
fn the_checks_of_this_file_see_what_they_look_for() {
    for hostile in ["\u{1b}", "\u{7}", "\u{202e}", "\u{2066}", "\r", "\u{9b}", "\u{200b}"] {
        assert!(hostile.contains(is_hostile), "{hostile:?}");
    }
    assert!(!"Zoë Ümit – Rp 1.000 ✓ �\n".contains(is_hostile));
    for formula in ["=1", " =1", "+a", "@A", "-1+2", "－1"] {
        assert!(is_formula(formula), "{formula}");
    }
    for plain in ["'=1", "-1500", "1", "a=b", ""] {
        assert!(!is_formula(plain), "{plain}");
    }
}
