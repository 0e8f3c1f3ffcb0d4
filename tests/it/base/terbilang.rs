//! Amounts in words.

use santun::base::terbilang::{english, in_words, terbilang};

#[test]
fn both_languages() {
    let table: &[(i128, &str, &str)] = &[
        (0, "nol", "zero"),
        (1, "satu", "one"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (19, "sembilan belas", "nineteen"),
        (20, "dua puluh", "twenty"),
        (21, "dua puluh satu", "twenty-one"),
        (99, "sembilan puluh sembilan", "ninety-nine"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred one"),
        (110, "seratus sepuluh", "one hundred ten"),
        (111, "seratus sebelas", "one hundred eleven"),
        (200, "dua ratus", "two hundred"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety-nine"),
        (1_000, "seribu", "one thousand"),
        (1_001, "seribu satu", "one thousand one"),
        (1_100, "seribu seratus", "one thousand one hundred"),
        (2_000, "dua ribu", "two thousand"),
        (11_000, "sebelas ribu", "eleven thousand"),
        (21_000, "dua puluh satu ribu", "twenty-one thousand"),
        (101_000, "seratus satu ribu", "one hundred one thousand"),
        (121_001, "seratus dua puluh satu ribu satu", "one hundred twenty-one thousand one"),
        (1_000_000, "satu juta", "one million"),
        (1_001_000, "satu juta seribu", "one million one thousand"),
        (
            33_333_333,
            "tiga puluh tiga juta tiga ratus tiga puluh tiga ribu tiga ratus tiga puluh tiga",
            "thirty-three million three hundred thirty-three thousand three hundred thirty-three",
        ),
        (1_000_000_000, "satu miliar", "one billion"),
        (1_040_000_000_000, "satu triliun empat puluh miliar", "one trillion forty billion"),
        (1_000_000_000_000_000, "satu kuadriliun", "one quadrillion"),
        (-21_000, "minus dua puluh satu ribu", "minus twenty-one thousand"),
    ];
    for (amount, indonesian, in_english) in table {
        assert_eq!(terbilang(*amount), *indonesian);
        assert_eq!(english(*amount), *in_english);
        assert_eq!(in_words("id", *amount), *indonesian);
        assert_eq!(in_words("en", *amount), *in_english);
    }
}

#[test]
fn the_ends_of_the_integers() {
    assert!(terbilang(i64::MAX).starts_with("sembilan kuintiliun dua ratus dua puluh tiga kuadriliun"));
    assert!(terbilang(i64::MIN).ends_with("delapan ratus delapan"));
    assert!(terbilang(i128::MIN).starts_with("minus seratus tujuh puluh undesiliun"));
    assert!(english(i128::MAX).starts_with("one hundred seventy undecillion"));
}

/// What a clerk would do to check: read the words back.
#[test]
fn words_read_back_as_the_amount() {
    let mut amount: i64 = 7;
    while amount < i64::MAX / 1000 {
        assert_eq!(read_back(&terbilang(amount)), amount);
        amount = amount * 3 + amount % 101;
    }
}

fn read_back(words: &str) -> i64 {
    let digits = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
    let scales =
        [("ribu", 1_000), ("juta", 1_000_000), ("miliar", 1_000_000_000), ("triliun", 1_000_000_000_000)];
    let scales = scales.into_iter().chain([("kuadriliun", 1_000_000_000_000_000)]).collect::<Vec<_>>();
    let (mut total, mut group, mut digit) = (0, 0, 0);
    for word in words.split(' ') {
        if let Some(value) = digits.iter().position(|name| *name == word) {
            digit = i64::try_from(value).expect("a digit");
        } else if let Some((_, scale)) = scales.iter().find(|(name, _)| *name == word) {
            total += (group + digit) * scale;
            (group, digit) = (0, 0);
        } else {
            match word {
                "puluh" => group += std::mem::take(&mut digit) * 10,
                "ratus" => group += std::mem::take(&mut digit) * 100,
                "belas" => group += std::mem::take(&mut digit) + 10,
                "sepuluh" => group += 10,
                "sebelas" => group += 11,
                "seratus" => group += 100,
                "seribu" => total += 1_000,
                other => panic!("{other:?} in {words:?}"),
            }
        }
    }
    total + group + digit
}
