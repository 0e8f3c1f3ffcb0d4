//! What a second import changes: nothing it does not say, nothing on a voucher.

use santun::domain::claim::Claim;
use santun::domain::command::{ClaimCommand, VoucherCommand};
use santun::domain::decide::{ClaimFacts, NumberUse, claim as decide};
use santun::intake::assemble::HistoryMonths;
use santun::intake::compare::{Update, changes_to_commands, compare, compare_voucher};

use super::history::{BENEFITS, CLAIMS, PAYMENTS, TODAY, VOUCHERS, assembled, branch, office};

/// The claims of the sound branch as a desk has them: K-1, K-3, K-2.
fn desk() -> Vec<Claim> {
    assembled(&branch(&[]), HistoryMonths::PaperMonths).0.into_iter().map(|claim| claim.claim).collect()
}

/// Changes of K-2 and K-1 when one file says otherwise: `line field old→new update`, and the commands' names.
fn second(file: &str, old: &str, new: &str) -> (Vec<String>, Vec<ClaimCommand>) {
    let own = if file == "claims.csv" { CLAIMS } else { BENEFITS };
    let text = own.replacen(old, new, 1);
    assert_ne!(text, own, "{old}");
    let history = branch(&[(file, &text)]);
    let (mut shown, mut commands) = (Vec::new(), Vec::new());
    for (place, known) in desk().iter().enumerate() {
        let said = history.reader().claim(place);
        assert_eq!(said.basics.claim_no, known.basics.claim_no);
        for change in compare(known, &said).changes() {
            let line = change.line.map_or(String::new(), |line| format!("{line} "));
            let held = if change.update == Update::Taken { "" } else { " held" };
            shown.push(format!("{line}{} {}→{}{held}", change.field.name(), change.old, change.new));
        }
        commands.extend(changes_to_commands(known, &said));
    }
    (shown, commands)
}

#[test]
fn the_same_files_change_nothing() {
    let history = branch(&[]);
    for (place, known) in desk().iter().enumerate() {
        let said = history.reader().claim(place);
        assert_eq!(compare(known, &said).changes(), []);
        assert_eq!(changes_to_commands(known, &said), []);
    }
}

#[test]
fn what_a_second_file_changes() {
    let table: &[(&str, &str, &str, &[&str])] = &[
        ("claims.csv", "KK,Ani", "KK,Ani Lestari", &["worker Ani→Ani Lestari"]),
        ("claims.csv", "KK,Ani,,,", "KK,Ani,NIK,3273007101010001,", &["id_no →3273007101010001"]),
        ("claims.csv", "KAKI,S82,RS Harapan", ",,", &[]),
        (
            "claims.csv",
            "BEROBAT,2026-09-02",
            "SEMBUH,2026-10-01",
            &["outcome BEROBAT→SEMBUH", "outcome_date 2026-09-02→2026-10-01"],
        ),
        (
            "claims.csv",
            "2026-09-10,2026-09-11",
            "2026-09-10,2026-09-14",
            &["complete_date 2026-09-11→2026-09-14"],
        ),
        (
            "claims.csv",
            "2026-09-10,2026-09-11",
            "2026-09-09,2026-09-11",
            &["filed_date 2026-09-10→2026-09-09 held"],
        ),
        ("claims.csv", "2026-09-11,,,LALU", "2026-09-11,2026-10-02,DITOLAK,LALU", &["closed_as →DITOLAK"]),
        ("benefits.csv", "8000000,7000000", "8000000,6500000", &["1 determined 7.000.000→6.500.000 held"]),
        (
            "benefits.csv",
            "5000000,,,",
            "5000000,4500000,2026-10-05,",
            &["2 determined →4.500.000", "2 determined_date →2026-10-05"],
        ),
        ("benefits.csv", "5000000,,,", "5500000,,,", &["2 asked 5.000.000→5.500.000"]),
    ];
    for (file, old, new, expected) in table {
        let (shown, commands) = second(file, old, new);
        assert_eq!(shown, *expected, "{new}");
        let is_taken = shown.iter().any(|text| !text.ends_with("held"));
        assert_eq!(commands.is_empty(), !is_taken, "{new}: {commands:?}");
    }
}

#[test]
fn the_commands_are_accepted_by_the_rules_of_a_form() {
    let added = "K-2,3,TRANSPORT,,,PESERTA,Ani,BRI,1112223334,300000,250000,2026-10-06,\n";
    let history = branch(&[
        (
            "benefits.csv",
            &format!("{}{added}", BENEFITS.replace("5000000,,,", "5500000,4500000,2026-10-05,")),
        ),
        ("claims.csv", &CLAIMS.replace("BEROBAT,2026-09-02", "SEMBUH,2026-10-01")),
    ]);
    let (office, mut known) = (office(), desk().remove(2));
    let said = history.reader().claim(2);
    let commands = changes_to_commands(&known, &said);
    assert_eq!(commands.len(), 5, "{commands:?}");
    for command in &commands {
        let who = santun::domain::PersonId { uid: 1_001, loginuid: None };
        let facts = ClaimFacts {
            office: &office,
            today: TODAY,
            claim: &known,
            number: NumberUse::Free,
            by: "impor",
            who,
        };
        let events = decide(&facts, command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
        events.iter().for_each(|event| known.apply(event));
    }
    assert_eq!(compare(&known, &said).changes(), []);
    assert_eq!(known.sums().determined.get(), 11_750_000);
}

#[test]
fn money_that_moved_since_is_taken_over() {
    let known = assembled(&branch(&[]), HistoryMonths::PaperMonths).1;
    let table: &[(usize, &str, &str, &str)] = &[
        (2, "payments.csv", "\nV-3,2026-10-01,7000000,T9,DIBAYAR,", "Pay"),
        (2, "vouchers.csv", "7000000,BATAL,2026-10-02,salah", "Void"),
        (0, "payments.csv", "T1,RETUR,2026-08-03", "ReturnPayment"),
    ];
    for (place, file, new, expected) in table {
        let text = match *file {
            "vouchers.csv" => VOUCHERS.replace("7000000,DISETUJUI,,", new),
            _ if new.starts_with('\n') => format!("{}{new}\n", PAYMENTS.trim_end()),
            _ => PAYMENTS.replace("T1,DIBAYAR,", new),
        };
        let history = branch(&[(file, &text)]);
        let found = compare_voucher(&known[*place].voucher, &history.reader().voucher(*place));
        let names: Vec<String> = found
            .commands
            .iter()
            .map(|command| format!("{command:?}").chars().take_while(|c| c.is_alphanumeric()).collect())
            .collect();
        assert_eq!(names, [*expected], "{new}");
        assert!(matches!(
            found.commands[0],
            VoucherCommand::Pay { .. } | VoucherCommand::Void { .. } | VoucherCommand::ReturnPayment { .. }
        ));
        assert_eq!(found.difference.changes().len(), 1);
    }
    let same = branch(&[]);
    for (place, voucher) in known.iter().enumerate() {
        let found = compare_voucher(&voucher.voucher, &same.reader().voucher(place));
        assert_eq!((found.difference.changes(), found.commands.len()), (&[][..], 0), "{place}");
    }
}
