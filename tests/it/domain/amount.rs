//! Amounts as people and sheets write them.

use proptest::prelude::*;
use santun::domain::{NumberDialect, Refusal, Rupiah, parse_amount};

use super::table::rows;

/// What a reading came to: the number, or the refusal's code and what was meant.
fn said(result: Result<Rupiah, Refusal>) -> String {
    match result {
        Ok(amount) => amount.get().to_string(),
        Err(refusal) => {
            let meant = refusal.args.iter().find(|(name, _)| *name == "meant");
            let meant = meant.map_or(String::new(), |(_, meant)| format!(" {meant}"));
            format!("{}{meant}", refusal.code.trim_start_matches("amount-"))
        }
    }
}

/// text | what it comes to
const FORMS: &str = "
    0                  | 0
    1234               | 1234
    1.234              | 1234
    12.345             | 12345
    1.234.567          | 1234567
    1234567            | 1234567
    1234567.00         | 1234567
    1234567,00         | 1234567
    1.234.567,00       | 1234567
    1.234.567,-        | 1234567
    1.234.567.-        | 1234567
    Rp1.234.567,00     | 1234567
    Rp 1.234.567       | 1234567
    Rp. 1.234.567,-    | 1234567
    rp.1.234.567       | 1234567
    IDR 1.234.567      | 1234567
    1 234 567          | 1234567
    007                | 7
    1,5jt              | 1500000
    1,5 jt             | 1500000
    1,5 Juta           | 1500000
    2 juta             | 2000000
    Rp 2 juta          | 2000000
    2,25 million       | 2250000
    500rb              | 500000
    500 ribu           | 500000
    1,234 juta         | 1234000
    0,000001 juta      | 1
    1 miliar           | 1000000000
    1,5 milyar         | 1500000000
    1 triliun          | 1000000000000
    1.500 jt           | 1500000000
    1.000.000.000.000.000 | 1000000000000000
    1.000.000.000.000.001 | too-large
    99999999999999999999999 | too-large
    2000 triliun       | too-large
    -5.000             | -5000
    - 5.000            | -5000
    -Rp5.000,00        | -5000
    Rp-5.000           | -5000
    (5.000)            | -5000
    1.5jt              | ambiguous 1,5jt
    1.5 jt             | ambiguous 1,5jt
    1.5                | ambiguous 1,5
    12.50              | ambiguous 12,50
    1,234              | ambiguous 1.234
    1,234,567          | ambiguous 1.234.567
    1,234,567.00       | ambiguous 1.234.567,00
    5 m                | ambiguous 5 miliar
    5t                 | ambiguous 5 triliun
    1,50               | fraction
    1.234,5            | fraction
    1234567.50         | fraction
    1,2345678 juta     | fraction
    1.23.456           | malformed
    1..234             | malformed
    1.2345             | ambiguous 1,2345
    .500               | malformed
    ,5jt               | malformed
    5,jt               | 5000000
    lima               | malformed
    5 lembar           | malformed
    jt                 | malformed
    Rp                 | malformed
    =1+1               | malformed
    ١٢٣                | malformed
    1e6                | malformed
    0x10               | malformed";

#[test]
fn forms() {
    for [text, expected] in rows::<2>(FORMS) {
        assert_eq!(said(parse_amount(&text)), expected, "{text}");
    }
    assert_eq!(said(parse_amount("  ")), "empty");
}

/// cell | Indonesian dots | English commas | plain
const SHEETS: &str = "
    1.234        | 1234      | fraction  | fraction
    1,234        | fraction  | 1234      | malformed
    1.234.567,00 | 1234567   | malformed | malformed
    1,234,567.00 | malformed | 1234567   | malformed
    1234567      | 1234567   | 1234567   | 1234567
    1234567.00   | malformed | 1234567   | 1234567
    1234567,00   | 1234567   | malformed | malformed
    12.34        | malformed | fraction  | fraction
    Rp1.234      | 1234      | fraction  | fraction
    (1.234)      | -1234     | fraction  | fraction
    -1,234       | fraction  | -1234     | malformed
    -            | 0         | 0         | 0
    Rp -         | 0         | 0         | 0
    1,5jt        | 1500000   | malformed | malformed
    1.5jt        | malformed | 1500000   | 1500000
    1.250 rb     | 1250000   | 1250      | 1250
    Rp2 juta     | 2000000   | 2000000   | 2000000
    2 M          | ambiguous 2 miliar | ambiguous 2 miliar | ambiguous 2 miliar
    1.5E+06      | malformed | malformed | malformed
    #N/A         | malformed | malformed | malformed
    1.000.000.000.000.001 | too-large | malformed | malformed";

#[test]
fn sheets_have_the_dialect_that_was_set() {
    for [cell, dots, commas, plain] in rows::<4>(SHEETS) {
        let found: Vec<String> = NumberDialect::ALL.iter().map(|dialect| said(dialect.read(&cell))).collect();
        assert_eq!(found, [dots, commas, plain], "{cell}");
    }
}

#[test]
fn dialects_have_codes() {
    for dialect in NumberDialect::ALL {
        assert_eq!(NumberDialect::parse(dialect.code()), Some(*dialect));
    }
}

proptest! {
    #[test]
    fn what_tables_and_paper_show_is_read_again(rupiah in -1_000_000_000_000_000_i64..=1_000_000_000_000_000) {
        let amount = Rupiah::new(rupiah);
        prop_assert_eq!(parse_amount(&amount.grouped()), Ok(amount));
        prop_assert_eq!(parse_amount(&amount.on_paper()), Ok(amount));
        prop_assert_eq!(parse_amount(&rupiah.to_string()), Ok(amount));
        prop_assert_eq!(NumberDialect::IndonesianDots.read(&amount.on_paper()), Ok(amount));
        prop_assert_eq!(NumberDialect::Plain.read(&rupiah.to_string()), Ok(amount));
    }

    #[test]
    fn no_text_panics(text in "[0-9.,RpjtIDR() -]{0,20}|\\PC{0,12}") {
        for amount in std::iter::once(parse_amount(&text)).chain(NumberDialect::ALL.iter().map(|d| d.read(&text))) {
            prop_assert!(amount.map_or(Rupiah::ZERO, Rupiah::abs) <= Rupiah::LIMIT);
        }
    }
}
