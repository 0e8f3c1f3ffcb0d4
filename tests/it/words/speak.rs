//! Sentences, numbers and what happens when a key is not there.

use santun::words::{Lang, Value, Words, decimal, percent, probability};

#[test]
fn languages_by_name() {
    let table = [
        ("id", Some(Lang::Id)),
        ("EN", Some(Lang::En)),
        (" en ", Some(Lang::En)),
        ("id_ID.UTF-8", Some(Lang::Id)),
        ("en-GB", Some(Lang::En)),
        ("C.UTF-8", None),
        ("", None),
        ("indonesia", None),
    ];
    for (given, expected) in table {
        assert_eq!(given.parse::<Lang>().ok(), expected, "{given:?}");
    }
    assert_eq!(Lang::ALL.map(Lang::code), ["id", "en"]);
}

#[test]
fn sentences() {
    let (indonesian, english) = (Words::new(Lang::Id), Words::new(Lang::En));
    assert_eq!(indonesian.text("words-yes"), "ya");
    assert_eq!(english.text("words-yes"), "yes");
    let given = [("given", Value::from("fr"))];
    assert_eq!(
        indonesian.format("words-unknown-language", &given),
        "Bahasa \"fr\" tidak dikenal: pakai id atau en."
    );
    assert_eq!(
        english.format("words-unknown-language", &given),
        "Language \"fr\" is not known: use id or en."
    );
}

#[test]
fn a_missing_key_is_shown_and_a_missing_argument_too() {
    let words = Words::new(Lang::En);
    assert_eq!(words.text("no-such-key"), "no-such-key");
    assert!(!words.has("no-such-key") && words.has("words-yes"));
    assert!(words.format("words-unknown-language", &[]).contains("{$given}"));
    assert_eq!(words.text(""), "");
    assert_eq!(words.text("not a key = at all"), "not a key = at all");
}

#[test]
fn numbers_are_printed_as_the_language_does() {
    let table: &[(Value, &str, &str)] = &[
        (0_i64.into(), "0", "0"),
        (999_usize.into(), "999", "999"),
        (1_234_u32.into(), "1.234", "1.234"),
        ((-1_234_567_i64).into(), "-1.234.567", "-1.234.567"),
        (9_007_199_254_740_991_i64.into(), "9.007.199.254.740.991", "9.007.199.254.740.991"),
        (i64::MAX.into(), "9.223.372.036.854.775.807", "9.223.372.036.854.775.807"),
        (i64::MIN.into(), "-9.223.372.036.854.775.808", "-9.223.372.036.854.775.808"),
        ("2026".into(), "2026", "2026"),
        (String::from("\u{1b}[2J").into(), "\u{1b}[2J", "\u{1b}[2J"),
    ];
    for (value, indonesian, english) in table {
        for (lang, expected) in [(Lang::Id, indonesian), (Lang::En, english)] {
            let said = Words::new(lang).format("words-unknown-language", &[("given", value.clone())]);
            assert!(said.contains(&format!("\"{expected}\"")), "{said}");
        }
    }
    assert_eq!(Words::new(Lang::Id).number(1_000_000), "1.000.000");
    assert_eq!(Words::new(Lang::En).number(-1000), "-1.000");
}

#[test]
fn threads_share_it() {
    let words = Words::default();
    let said: Vec<String> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..4).map(|_| scope.spawn(|| words.clone().text("words-no"))).collect();
        hands.into_iter().map(|hand| hand.join().expect("no panic")).collect()
    });
    assert_eq!(said, ["tidak"; 4]);
}

#[test]
fn decimals_have_a_comma_in_both_languages_since_points_group_thousands() {
    let table: &[(f64, usize, &str)] = &[
        (0.0, 0, "0"),
        (1.5, 1, "1,5"),
        (-0.25, 2, "-0,25"),
        (12_345.678, 2, "12345,68"),
        (2.0, 3, "2,000"),
        (f64::NAN, 2, "NaN"),
    ];
    for (number, n_decimals, written) in table {
        for lang in Lang::ALL {
            assert_eq!(decimal(*number, *n_decimals, lang), *written);
        }
    }
    assert_eq!(Words::new(Lang::En).number(7_587), "7.587");
}

#[test]
fn shares_and_probabilities_are_written_alike_everywhere() {
    let shares = [(0.0, 0, "0 %", "0 %"), (0.125, 1, "12,5 %", "12,5 %"), (0.998, 1, "99,8 %", "99,8 %")];
    for (share, n_decimals, indonesian, english) in shares {
        assert_eq!(percent(share, n_decimals, Lang::Id), indonesian);
        assert_eq!(percent(share, n_decimals, Lang::En), english);
    }
    let chances = [
        (1.0, "= 1,000", "= 1,000"),
        (0.0424, "= 0,042", "= 0,042"),
        (0.001, "= 0,001", "= 0,001"),
        (0.000_999, "< 0,001", "< 0,001"),
        (0.0, "< 0,001", "< 0,001"),
    ];
    for (p, indonesian, english) in chances {
        assert_eq!(probability(p, Lang::Id), indonesian);
        assert_eq!(probability(p, Lang::En), english);
    }
}
