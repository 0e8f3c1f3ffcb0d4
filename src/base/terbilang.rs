//! Amounts in words, Indonesian (*terbilang*) and English, as they stand on vouchers and receipts.

/// Names of the thousands' groups, smallest first. An `i128` ends in the last of them.
const INDONESIAN_SCALES: [&str; 13] = [
    "",
    "ribu",
    "juta",
    "miliar",
    "triliun",
    "kuadriliun",
    "kuintiliun",
    "sekstiliun",
    "septiliun",
    "oktiliun",
    "noniliun",
    "desiliun",
    "undesiliun",
];

const ENGLISH_SCALES: [&str; 13] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
    "octillion",
    "nonillion",
    "decillion",
    "undecillion",
];

const INDONESIAN_DIGITS: [&str; 10] =
    ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];

const ENGLISH_SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const ENGLISH_TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Indonesian words: 0 `nol`, 1,001 `seribu satu`, −21,000 `minus dua puluh satu ribu`.
#[must_use]
pub fn terbilang(amount: impl Into<i128>) -> String {
    spell(amount.into(), INDONESIAN_DIGITS[0], |group, scale| match (group, scale) {
        // One thousand alone is "seribu"; inside a larger group it is not: 101,000 is "seratus satu ribu".
        (1, 1) => "seribu".to_owned(),
        _ => join(&indonesian_group(group), INDONESIAN_SCALES[scale]),
    })
}

/// English words: 111 `one hundred eleven`, 21,000 `twenty-one thousand`.
#[must_use]
pub fn english(amount: impl Into<i128>) -> String {
    spell(amount.into(), ENGLISH_SMALL[0], |group, scale| join(&english_group(group), ENGLISH_SCALES[scale]))
}

/// [`terbilang`] or [`english`], chosen by a language code (`id`, `en`); any other code is Indonesian.
#[must_use]
pub fn in_words(language_code: &str, amount: impl Into<i128>) -> String {
    if language_code == "en" { english(amount) } else { terbilang(amount) }
}

/// The sign and the groups of three digits, largest first; `name` says a group of 1–999 at its scale.
fn spell(amount: i128, zero: &str, name: impl Fn(usize, usize) -> String) -> String {
    let mut rest = amount.unsigned_abs();
    if rest == 0 {
        return zero.to_owned();
    }
    let mut said = Vec::new();
    for scale in 0.. {
        let group = usize::try_from(rest % 1000).expect("a remainder below a thousand fits");
        if group > 0 {
            said.push(name(group, scale));
        }
        rest /= 1000;
        if rest == 0 {
            break;
        }
    }
    if amount < 0 {
        said.push("minus".to_owned());
    }
    said.reverse();
    said.join(" ")
}

fn indonesian_group(group: usize) -> String {
    let below_hundred = match group % 100 {
        0 => String::new(),
        10 => "sepuluh".to_owned(),
        11 => "sebelas".to_owned(),
        rest @ 1..=9 => INDONESIAN_DIGITS[rest].to_owned(),
        rest @ 12..=19 => format!("{} belas", INDONESIAN_DIGITS[rest - 10]),
        rest if rest % 10 == 0 => format!("{} puluh", INDONESIAN_DIGITS[rest / 10]),
        rest => format!("{} puluh {}", INDONESIAN_DIGITS[rest / 10], INDONESIAN_DIGITS[rest % 10]),
    };
    match group / 100 {
        0 => below_hundred,
        1 => join("seratus", &below_hundred),
        hundreds => join(&format!("{} ratus", INDONESIAN_DIGITS[hundreds]), &below_hundred),
    }
}

fn english_group(group: usize) -> String {
    let below_hundred = match group % 100 {
        0 => String::new(),
        rest @ 1..=19 => ENGLISH_SMALL[rest].to_owned(),
        rest if rest % 10 == 0 => ENGLISH_TENS[rest / 10].to_owned(),
        rest => format!("{}-{}", ENGLISH_TENS[rest / 10], ENGLISH_SMALL[rest % 10]),
    };
    match group / 100 {
        0 => below_hundred,
        hundreds => join(&format!("{} hundred", ENGLISH_SMALL[hundreds]), &below_hundred),
    }
}

fn join(left: &str, right: &str) -> String {
    [left, right].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
