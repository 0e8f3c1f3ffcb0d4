//! Hostile text and what becomes of it.

use std::borrow::Cow;

use proptest::prelude::*;
use santun::base::safe;

#[test]
fn terminal_text() {
    let table: &[(&str, &str)] = &[
        ("Siti Aminah", "Siti Aminah"),
        ("Ümit Naïve 山田", "Ümit Naïve 山田"),
        ("", ""),
        ("\x1b[2J\x1b]0;x\x07", "�[2J�]0;x�"),
        ("\u{9b}2J", "�2J"),
        ("\u{90}q\u{9c}", "�q�"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("paid\rfree", "paid�free"),
        ("\u{202e}gnp.exe", "�gnp.exe"),
        ("\u{2066}x\u{2069}", "�x�"),
        ("a\u{200b}b\u{200d}c\u{feff}d\u{ad}e", "a�b�c�d�e"),
        ("\u{2028}\u{2029}", "��"),
        ("\u{3164}\u{115f}\u{2800}", "���"),
        ("\u{e0041}\u{fe0f}", "��"),
        ("\u{fdd0}\u{1fffe}", "��"),
        ("a\x7f\0b", "a��b"),
        ("e\u{301}", "e\u{301}"),
        ("z\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}", "z\u{300}\u{300}\u{300}\u{300}��"),
    ];
    for (given, expected) in table {
        assert_eq!(safe::terminal(given), *expected, "{given:?}");
    }
}

#[test]
fn untouched_text_is_borrowed() {
    for given in ["plain", "Ümit 山田", "Rp1.234.567,00 – lunas"] {
        assert!(matches!(safe::terminal(given), Cow::Borrowed(_)), "{given}");
        assert!(matches!(safe::csv_cell(given), Cow::Borrowed(_)), "{given}");
    }
}

#[test]
fn lines_stay_where_they_are_wanted() {
    assert_eq!(safe::terminal_lines("a\r\nb\n\x1bc\td"), "a\nb\n�c d");
}

#[test]
fn csv_cells() {
    let table: &[(&str, &str)] = &[
        ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
        ("+62812", "'+62812"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("  =1", "'  =1"),
        ("\u{a0}=1", "'\u{a0}=1"),
        ("\t=1", "'\t'=1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("-1500", "-1500"),
        ("-1.500,50", "-1.500,50"),
        ("-", "-"),
        ("1500", "1500"),
        ("2026-10-30", "2026-10-30"),
        ("K26-000412", "K26-000412"),
        ("a=b", "a=b"),
        ("", ""),
        ("x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0"),
        ("x\n=1", "x\n'=1"),
        ("x; -5; y", "x; -5; y"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
    ];
    for (given, expected) in table {
        assert_eq!(safe::csv_cell(given), *expected, "{given:?}");
    }
}

#[test]
fn masks() {
    let table: &[(&str, usize, &str, &str)] = &[
        ("3273000101010001", 4, "••••0001", "****0001"),
        ("123-456-7890", 4, "••••7890", "****7890"),
        ("12-3456-78 9", 3, "••••789", "****789"),
        ("1234", 4, "••••", "****"),
        ("12", 4, "••••", "****"),
        ("AB12345", 0, "••••", "****"),
        ("", 4, "", ""),
        (" - ", 4, "", ""),
    ];
    for (given, keep, dots, stars) in table {
        assert_eq!(safe::mask_tail(given, *keep), *dots, "{given:?}");
        assert_eq!(safe::mask_tail_ascii(given, *keep), *stars, "{given:?}");
    }
}

#[test]
fn columns() {
    let table: &[(&str, usize, &str, &str)] = &[
        ("Siti", 6, "Siti  ", "  Siti"),
        ("Siti Aminah", 6, "Siti …", "Siti …"),
        ("Siti", 4, "Siti", "Siti"),
        ("Siti", 1, "…", "…"),
        ("Siti", 0, "", ""),
        ("山田太郎", 5, "山田…", "山田…"),
        ("山田太郎", 4, "山… ", " 山…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…", "e\u{301}…"),
        ("", 2, "  ", "  "),
    ];
    for (given, columns, left, right) in table {
        assert_eq!(safe::fit(given, *columns), *left, "{given:?}");
        assert_eq!(safe::fit_right(given, *columns), *right, "{given:?}");
    }
}

proptest! {
    #[test]
    fn nothing_that_steers_a_terminal_gets_through(text in any::<String>()) {
        let shown = safe::terminal(&text);
        let steers = shown.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        prop_assert!(!steers);
        prop_assert_eq!(safe::terminal(&shown), shown.clone());
    }

    #[test]
    fn a_guarded_cell_reads_back(text in "['=+@ \\-\\ta-c0-9]{0,8}") {
        let cell = safe::csv_cell(&text).into_owned();
        let first = cell.trim().chars().next();
        let is_number = cell.trim().strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.parse::<u64>().is_ok());
        prop_assert!(is_number || !matches!(first, Some('=' | '+' | '-' | '@')), "{:?}", cell);
        if !text.contains('\t') {
            prop_assert_eq!(safe::csv_cell_text(&cell), text);
        }
    }

    #[test]
    fn a_fitted_text_is_as_wide_as_asked(text in "\\PC{0,12}", columns in 0_usize..20) {
        let shown = safe::terminal(&text);
        prop_assert_eq!(safe::width(&safe::fit(&shown, columns)), columns);
        prop_assert_eq!(safe::width(&safe::fit_right(&shown, columns)), columns);
    }
}
