//! Voucher codes: templates, series, numbers found again, check characters.

use jiff::civil::date;
use proptest::prelude::*;
use santun::domain::voucher::{
    CheckMark, CodeParts, CodeTemplate, check_characters, check_holds, mod_1271_36, readings,
};
use santun::domain::{Payee, PayeeKind, Period, Programme, VoucherCode};

use super::fixtures::payee;
use super::table::rows;

fn parts(payee: &Payee) -> CodeParts<'_> {
    CodeParts {
        programme: Programme::Jkk,
        office: "J03",
        posted: Period::new(2026, 11).expect("a month"),
        date: date(2026, 12, 5),
        payee,
    }
}

/// template | series | code of number 42
const TEMPLATES: &str = "
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2611-#   | JKK-J03-2611-00042-
    {PROG}{SEQ3}{CC}                     | JKK#             | JKK042
    {YYYY}/{MM}/{DD}.{SEQ1}              | 2026/11/05.#     | 2026/11/05.42
    kk {SEQ4}                            | KK #             | KK 0042
    {BANK}-{PAYEE}-{SEQ2}-{CC}           | BRI-F-#          | BRI-F-42-
    {SEQ5}/{PROG}/{YYYY}                 | #/JKK/2026       | 00042/JKK/2026";

#[test]
fn templates_make_codes_and_series() {
    let hospital = payee(PayeeKind::Facility, "RS Contoh", "1234567890");
    for [template, series, code] in rows::<3>(TEMPLATES) {
        let template = CodeTemplate::parse(&template).expect("a good template");
        let (parts, made) = (parts(&hospital), template.code(&parts(&hospital), 42));
        assert_eq!(template.series(&parts).as_str(), series, "{template:?}");
        let check = if template.has_check() { check_characters(&code) } else { String::new() };
        assert_eq!(made.as_str(), format!("{code}{check}"), "{template:?}");
        for number in [1, 42, 99_999, 1_234_567] {
            let made = template.code(&parts, number);
            assert_eq!(template.number_in(&parts, &made), Some(number), "{made}");
            assert_eq!(check_holds(made.as_str()), template.has_check(), "{made}");
        }
    }
}

/// text | by the standard | as a hand writes it, O like 0 and I like 1
const CHECKS: &str = "
    ISO79              | 3W | VT
    1S079              | VT | VT
    JKK-J03-2611-00042 | SU | SU
    JKK-JO3-26II-OOO42 | MM | SU";

/// The first row's 3W is the example of ISO 7064 itself; every other program with MOD 1271-36 agrees with us on codes
/// without O and I.
#[test]
fn check_characters_are_those_of_the_standard() {
    for [text, standard, ours] in rows::<3>(CHECKS) {
        assert_eq!(mod_1271_36(text.chars().filter_map(|c| c.to_digit(36))), standard, "{text}");
        assert_eq!(check_characters(&text), ours, "{text}");
    }
}

#[test]
fn malformed_templates_are_refused() {
    for template in [
        "{PROG}",
        "{SEQ5}{SEQ5}",
        "{SEQ}",
        "{SEQ0}",
        "{SEQ10}",
        "{CC}{SEQ5}",
        "{SEQ5",
        "{X}{SEQ5}",
        "ä{SEQ5}",
    ] {
        assert_eq!(CodeTemplate::parse(template).expect_err(template).code, "template-malformed");
    }
}

#[test]
fn only_codes_of_exactly_our_shape_hold_a_number() {
    let hospital = payee(PayeeKind::Facility, "RS Contoh", "1234567890");
    let template = CodeTemplate::parse(CodeTemplate::DEFAULT).expect("the default");
    let code = |text: &str| VoucherCode::parse(text).expect("a code");
    let made = template.code(&parts(&hospital), 42).to_string();
    for (typed, number) in [
        (made.clone(), Some(42)),
        (made.to_lowercase(), Some(42)),
        (made.replace("-2611-", "-2612-"), None),
        (made.replace("JKK", "JKM"), None),
        (made.replace("00042", "042"), None),
        (made.replace("00042", "00043"), None),
        (format!("{made}X"), None),
        ("RB10030028".to_owned(), None),
        ("JKK-J03-2611--".to_owned(), None),
    ] {
        assert_eq!(template.number_in(&parts(&hospital), &code(&typed)), number, "{typed}");
    }
}

/// template | typed, `*` for its check characters | series and number, `wrong`, or nothing
const TYPED: &str = "
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2611-00042-* | JKK-J03-2611-# 42
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKM-J03-2612-00007-* | JKM-J03-2612-# 7
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | jkm j03 2612 00007 * | JKM-J03-2612-# 7
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-JO3-26I2-OOO1O-* | JKK-J03-2612-# 10
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2611-123456-* | JKK-J03-2611-# 123456
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2611-012345-* |
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2611-00042-ZZ | wrong
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J04-2611-00042-* |
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2613-00042-* |
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | JKK-J03-2611-0042-*  |
    {PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC} | RB10030028           |
    {PROG}{SEQ3}{CC}                     | JHT042*              | JHT# 42
    {PROG}{SEQ3}{CC}                     | JHT1042*             | JHT# 1042
    {YYYY}/{MM}/{DD}.{SEQ1}              | 2027/01/31.9         | 2027/01/31.# 9
    {YYYY}/{MM}/{DD}.{SEQ1}              | 2O27/01/31.9         |
    {BANK}-{PAYEE}-{SEQ2}-{CC}           | BNI-P-07-*           | BNI-P-# 7
    {SEQ5}/{PROG}/{YYYY}                 | 00042/JP/2025        | #/JP/2025 42";

/// A code copied from another month's, programme's or payee's series was taken for foreign, and its number given again.
#[test]
fn a_code_is_read_whatever_series_it_stands_in() {
    for [template, typed, expected] in rows::<3>(TYPED) {
        let template = CodeTemplate::parse(&template).expect("a good template");
        let typed = match typed.strip_suffix('*') {
            Some(body) => format!("{typed}{}", check_characters(body)).replace('*', ""),
            None => typed,
        };
        let code = VoucherCode::parse(&typed).expect("a code");
        let said = match template.read("j03", &code) {
            None => String::new(),
            Some(reading) if reading.check == CheckMark::Wrong => "wrong".to_owned(),
            Some(reading) => format!("{} {}", reading.series, reading.number),
        };
        assert_eq!(said, expected, "{typed}");
    }
}

#[test]
fn what_we_made_is_read_as_it_was_made() {
    let hospital = payee(PayeeKind::Facility, "RS Contoh", "1234567890");
    for [template, _, _] in rows::<3>(TEMPLATES) {
        let template = CodeTemplate::parse(&template).expect("a good template");
        for number in [1, 42, 99_999, 1_234_567] {
            let made = template.code(&parts(&hospital), number);
            let reading = template.read("J03", &made).expect("our shape");
            assert_eq!((&reading.code, reading.number), (&made, number));
            assert_eq!(reading.series, template.series(&parts(&hospital)));
        }
    }
}

/// Check characters behind the number without a separator: a digit among them used to be taken for the number's.
#[test]
fn number_is_found_before_check_characters_without_a_hyphen() {
    let company = payee(PayeeKind::Company, "PT Contoh", "1234567890");
    let template = CodeTemplate::parse("{PROG}{SEQ3}{CC}").expect("a good template");
    for number in 1..400 {
        let made = template.code(&parts(&company), number);
        assert_eq!(template.number_in(&parts(&company), &made), Some(number), "{made}");
    }
}

/// The number is only as long as it must be; a foreign letter used to be able to cut a character.
#[test]
fn foreign_letters_in_a_recorded_code_do_not_panic() {
    let company = payee(PayeeKind::Company, "PT Contoh", "1234567890");
    let template = CodeTemplate::parse("{SEQ3}{CC}").expect("a good template");
    for text in ["1€", "12é", "ＡＢ", "é1"] {
        let code = VoucherCode::parse(text).expect("a code");
        assert_eq!(template.number_in(&parts(&company), &code), None, "{text}");
    }
}

/// Every code of a short run of each programme, every wrong character, every swap.
#[test]
fn every_single_error_and_every_swap_is_caught() {
    let alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let same = |left: char, right: char| {
        let read = |c: char| match c {
            'O' => '0',
            'I' => '1',
            other => other,
        };
        read(left) == read(right)
    };
    let company = payee(PayeeKind::Company, "PT Contoh", "1234567890");
    let template = CodeTemplate::parse(CodeTemplate::DEFAULT).expect("the default");
    let mut n_checked = 0_u32;
    for programme in Programme::ALL {
        for number in [1, 42, 999, 12_345] {
            let parts = CodeParts { programme: *programme, ..parts(&company) };
            let code: Vec<char> = template.code(&parts, number).as_str().chars().collect();
            let places: Vec<usize> = (0..code.len()).filter(|place| code[*place] != '-').collect();
            for (nth, place) in places.iter().enumerate() {
                for wrong in alphabet.chars().filter(|wrong| !same(*wrong, code[*place])) {
                    let mut typed = code.clone();
                    typed[*place] = wrong;
                    assert!(!check_holds(&typed.iter().collect::<String>()), "{typed:?}");
                    n_checked += 1;
                }
                if let Some(next) = places.get(nth + 1).filter(|next| !same(code[**next], code[*place])) {
                    let mut typed = code.clone();
                    typed.swap(*place, *next);
                    assert!(!check_holds(&typed.iter().collect::<String>()), "{typed:?}");
                    n_checked += 1;
                }
            }
        }
    }
    assert!(n_checked > 10_000, "{n_checked}");
}

#[test]
fn o_and_0_and_i_and_1_are_read_alike() {
    let company = payee(PayeeKind::Company, "PT Contoh", "1234567890");
    let template = CodeTemplate::parse(CodeTemplate::DEFAULT).expect("the default");
    for number in 1..200 {
        let made = template.code(&parts(&company), number).to_string();
        let hand = made.replace('0', "O").replace('1', "I").to_lowercase();
        assert!(check_holds(&made) && check_holds(&hand), "{made} {hand}");
    }
    for text in ["", "7", "7K", "--"] {
        assert!(!check_holds(text), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_with_its_check_characters_holds(text in "[A-Z0-9]{1,20}") {
        let typed = format!("{text}-{}", check_characters(&text));
        prop_assert!(check_holds(&typed), "{}", typed);
    }
}

#[test]
fn a_typed_code_can_be_meant_as_every_way_a_hand_writes_it() {
    assert_eq!(readings("k7"), ["K7"]);
    assert_eq!(readings("O1"), ["O1", "01", "OI", "0I"]);
    let typed = readings("JKK-JO3-26I0-OOO51-OH");
    assert!(typed.iter().any(|reading| reading == "JKK-J03-2610-00051-0H"), "{typed:?}");
    // Whatever is typed, the number of look-ups stays bounded.
    assert_eq!(readings(&"O".repeat(40)).len(), 1 << 12);
}

#[test]
fn what_cannot_be_seen_is_in_no_code_and_no_claim_number() {
    for hidden in ["RB\u{202e}10", "RB\u{200b}10", "RB\u{1b}[2J", "RB\u{9b}1m"] {
        assert!(VoucherCode::parse(hidden).is_err(), "{hidden:?}");
        assert!(santun::domain::ClaimNo::parse(hidden).is_err(), "{hidden:?}");
    }
    assert_eq!(VoucherCode::parse("rb-10 03").expect("a code").as_str(), "RB-10 03");
}
