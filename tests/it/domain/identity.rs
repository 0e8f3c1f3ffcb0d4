//! Numbers that stand on paper.

use jiff::civil::{Date, date};
use santun::domain::{AccountNo, ClaimNo, Icd10, Identity, Kpj, Nik, Npp, Npwp, Refusal, Sex, VoucherCode};

use super::table::rows;

/// `ok` and the kept text, or the refusal's code.
fn said<T>(result: Result<T, Refusal>, text: impl Fn(&T) -> String) -> String {
    match result {
        Ok(value) => text(&value),
        Err(refusal) => refusal.code.to_owned(),
    }
}

#[test]
fn nik() {
    // typed | kept or refused | sex | birth date as of 2026-10-30
    let table = "
        3273000101010001      | 3273000101010001 | L | 2001-01-01
        3273007101010001      | 3273007101010001 | P | 2001-01-31
        3273 0001 0101 0001   | 3273000101010001 | L | 2001-01-01
        3273004101800002      | 3273004101800002 | P | 1980-01-01
        3273003110260003      | 3273003110260003 | L | 1926-10-31
        3273003010260003      | 3273003010260003 | L | 2026-10-30
        3273002902000001      | 3273002902000001 | L | 2000-02-29
        3273006902960001      | 3273006902960001 | P | 1996-02-29
        3273010119800002      | nik-date  | |
        3273002902010001      | nik-date  | |
        3273000001010001      | nik-date  | |
        3273004001010001      | nik-date  | |
        3273007201010001      | nik-date  | |
        3273003201010001      | nik-date  | |
        327300010101000       | nik-shape | |
        32730001010100011     | nik-shape | |
        327300010101000X      | nik-letter | |
        ٣٢٧٣٠٠٠١              | nik-letter | |";
    for [typed, kept, sex, birth] in rows::<4>(table) {
        let parsed = Nik::parse(&typed);
        if let Ok(nik) = &parsed {
            assert_eq!(nik.sex(), Sex::parse(&sex).expect("a sex"), "{typed}");
            let born: Date = birth.parse().expect("a date");
            assert_eq!(nik.birth_date(date(2026, 10, 30)), Some(born), "{typed}");
            assert!(nik.agrees_with(born), "{typed}");
            assert!(!nik.agrees_with(born.yesterday().expect("a day before")), "{typed}");
        }
        assert_eq!(said(parsed, |nik| nik.as_str().to_owned()), kept, "{typed}");
    }
}

#[test]
fn other_numbers() {
    // kind | typed | kept or refused
    let table = "
        kpj     | 12345678901          | 12345678901
        kpj     | 123-4567-8901        | 12345678901
        kpj     | 1234567890a          | 1234567890A
        kpj     | 1234567890           | kpj-shape
        kpj     | 123456789012         | kpj-shape
        kpj     | 1234567890é          | kpj-shape
        npp     | ab123456             | AB123456
        npp     | AB-123.456           | AB123456
        npp     | 12345                | npp-shape
        npp     | 1234567890123        | npp-shape
        npp     | 12345_               | npp-shape
        npwp    | 01.312.166.0-091.000 | 013121660091000
        npwp    | 013121660091000      | 013121660091000
        npwp    | 016090524017000      | 016090524017000
        npwp    | 489038414722000      | 489038414722000
        npwp    | 216090524017001      | npwp-check
        npwp    | 012345678901234      | npwp-check
        npwp    | 3273000101010001     | 3273000101010001
        npwp    | 3273000101010001000000 | 3273000101010001000000
        npwp    | 12345                | npwp-shape
        npwp    | 01312166009100X      | npwp-shape
        icd10   | S00                  | S00
        icd10   | s00.1                | S00.1
        icd10   | T98.32               | T98.32
        icd10   | S0                   | icd10-shape
        icd10   | 000                  | icd10-shape
        icd10   | S00.                 | icd10-shape
        icd10   | S00.123              | icd10-shape
        icd10   | S001                 | icd10-shape
        icd10   | S0A                  | icd10-shape
        account | 12345                | 12345
        account | 123-456-7890         | 1234567890
        account | 1234                 | account-shape
        account | 123456789012345678901 | account-shape
        account | 12345x               | account-shape
        claim   | K26-000412           | K26-000412
        claim   | JKK  2026 / 17       | JKK 2026 / 17
        claim   | 12345678901234567890123456789012345678901 | claim-no-shape
        code    | rb10030028           | RB10030028
        code    | ---                  | voucher-code-shape";
    for [kind, typed, kept] in rows::<3>(table) {
        let found = match kind.as_str() {
            "kpj" => said(Kpj::parse(&typed), |value| value.as_str().to_owned()),
            "npp" => said(Npp::parse(&typed), |value| value.as_str().to_owned()),
            "npwp" => said(Npwp::parse(&typed), |value| value.as_str().to_owned()),
            "icd10" => said(Icd10::parse(&typed), |value| value.as_str().to_owned()),
            "account" => said(AccountNo::parse(&typed), |value| value.as_str().to_owned()),
            "claim" => said(ClaimNo::parse(&typed), |value| value.as_str().to_owned()),
            "code" => said(VoucherCode::parse(&typed), |value| value.as_str().to_owned()),
            other => panic!("{other}"),
        };
        assert_eq!(found, kept, "{kind} {typed}");
    }
    assert_eq!(ClaimNo::parse(" ").expect_err("empty").code, "claim-no-shape");
    assert_eq!(ClaimNo::parse("K\u{7}").expect_err("a bell").code, "claim-no-shape");
}

#[test]
fn letters_in_a_kpj_are_worth_a_look() {
    assert!(Kpj::parse("1234567890A").expect("a number").has_letters());
    assert!(!Kpj::parse("12345678901").expect("a number").has_letters());
}

#[test]
fn a_missing_identity_is_a_state_and_not_a_number() {
    let table = "
        NIK    | 3273000101010001 | NIK 3273000101010001
        ktp    | 3273000101010001 | NIK 3273000101010001
               | 3273000101010001 | NIK 3273000101010001
        paspor | A1234567         | PASPOR A1234567
        LAIN   | 99/x             | LAIN 99/x
        NIK    |                  | missing
               |                  | missing
        NIK    | 123              | nik-shape
        SIM    | 123              | id-kind-unknown";
    for [kind, number, expected] in rows::<3>(table) {
        let found = said(Identity::parse(&kind, &number), |identity| match identity {
            Identity::Missing => "missing".to_owned(),
            known => format!("{} {}", known.kind(), known.number()),
        });
        assert_eq!(found, expected, "{kind} {number}");
    }
}

#[test]
fn claim_numbers_we_give_are_in_no_vouchers_shape() {
    assert_eq!(ClaimNo::given(2026, 412).as_str(), "K26-000412");
    assert_eq!(ClaimNo::given(2026, 1_000_000).as_str(), "K26-1000000");
    assert_eq!(ClaimNo::parse("k 26/000.412").expect("a number").normalised(), "K26000412");
}

/// A letter and half a multi-byte one used to be cut apart.
#[test]
fn icd10_with_a_foreign_letter_is_refused_and_does_not_panic() {
    for text in ["A€", "A€1", "S0€", "€", "S00.€", "ß00"] {
        assert_eq!(Icd10::parse(text).expect_err(text).code, "icd10-shape");
    }
}
