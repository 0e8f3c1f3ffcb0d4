//! Amounts as people and sheets write them: a form has one dialect of its own, a sheet's column has the dialect that
//! was set for the whole column. Nothing is guessed from one cell: `1.234` means two things in two dialects.

use crate::domain::money::Rupiah;
use crate::domain::refusal::Refusal;

/// How a sheet's column writes its numbers; asked or set for the whole column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberDialect {
    /// `1.234.567,00`: dots group, a comma opens the decimals.
    IndonesianDots,
    /// `1,234,567.00`: commas group, a dot opens the decimals.
    EnglishCommas,
    /// `1234567` or `1234567.00`: nothing groups.
    Plain,
}

impl NumberDialect {
    /// Every dialect, in the order in which they are offered.
    pub const ALL: &'static [NumberDialect] =
        &[NumberDialect::IndonesianDots, NumberDialect::EnglishCommas, NumberDialect::Plain];

    /// The code in settings: `indonesia`, `inggris`, `polos`.
    pub const fn code(self) -> &'static str {
        match self {
            NumberDialect::IndonesianDots => "indonesia",
            NumberDialect::EnglishCommas => "inggris",
            NumberDialect::Plain => "polos",
        }
    }

    /// The dialect with this code or its English name.
    pub fn parse(text: &str) -> Option<NumberDialect> {
        match text.trim().to_lowercase().as_str() {
            "indonesia" | "indonesian" | "id" => Some(NumberDialect::IndonesianDots),
            "inggris" | "english" | "en" => Some(NumberDialect::EnglishCommas),
            "polos" | "plain" => Some(NumberDialect::Plain),
            _ => None,
        }
    }

    /// Reads one cell of a column in this dialect.
    pub fn read(self, cell: &str) -> Result<Rupiah, Refusal> {
        let shell = Shell::of(cell)?;
        if shell.number == "-" || (shell.number.is_empty() && shell.minus == Sign::Minus) {
            // Accounting formats show nothing as a lone dash.
            return Ok(Rupiah::ZERO);
        }
        let (group, decimal) = match self {
            NumberDialect::IndonesianDots => (Some('.'), ','),
            NumberDialect::EnglishCommas => (Some(','), '.'),
            NumberDialect::Plain => (None, '.'),
        };
        let (number, unit) = shell.parts();
        let zeros = unit_zeros(cell, number, unit)?;
        let (whole, decimals) = match number.split_once(decimal) {
            Some((whole, decimals)) => (whole, decimals),
            None => (number, ""),
        };
        let digits = ungroup(whole, group).ok_or_else(|| malformed(cell))?;
        shell.signed(scale(cell, &digits, decimals, zeros)?)
    }
}

/// Units that may stand behind a number, with their zeros.
const UNITS: &[(&str, u32)] = &[
    ("rb", 3),
    ("ribu", 3),
    ("thousand", 3),
    ("jt", 6),
    ("juta", 6),
    ("million", 6),
    ("miliar", 9),
    ("milyar", 9),
    ("billion", 9),
    ("triliun", 12),
    ("trilyun", 12),
    ("trillion", 12),
];

/// Reads an amount as a form takes it: `1.234` is 1234, `1,5jt` one and a half million, `Rp. 1.234.567,-` is sloppy
/// and clear; `1.5jt` could be meant in two ways and is asked back (`amount-ambiguous`, with `meant`).
pub fn parse_amount(text: &str) -> Result<Rupiah, Refusal> {
    let shell = Shell::of(text)?;
    let (number, unit) = shell.parts();
    let zeros = unit_zeros(text, number, unit)?;
    let (whole, decimals) = match number.split_once(',') {
        Some((whole, decimals)) => (whole, decimals),
        None => (number, ""),
    };
    if decimals.contains(',') || (zeros == 0 && decimals.len() == 3) {
        // `1,234,567` and `1,234`: grouped as the English do it, or decimals nobody pays?
        let swap = |c: char| match c {
            '.' => ',',
            ',' => '.',
            other => other,
        };
        let meant: String = number.chars().map(swap).collect();
        return Err(ambiguous(text, &format!("{meant}{unit}")));
    }
    if let Some((plain, cents)) = whole.split_once('.')
        && decimals.is_empty()
        && zeros == 0
        && plain.len() > 3
        && cents.len() <= 2
        && all_digits(plain)
    {
        // `1234567.00` groups nothing, so its dot can only open the decimals.
        return shell.signed(scale(text, plain, cents, 0)?);
    }
    let spaced = whole.replace(' ', ".");
    match ungroup(&spaced, Some('.')) {
        Some(digits) => shell.signed(scale(text, &digits, decimals, zeros)?),
        None if is_one_dot_decimal(&spaced) && decimals.is_empty() => {
            Err(ambiguous(text, &format!("{}{unit}", spaced.replace('.', ","))))
        }
        None => Err(malformed(text)),
    }
}

/// Zeros of a unit; `m` is a milliard to an Indonesian and a million to an English reader, so it is asked back.
fn unit_zeros(text: &str, number: &str, unit: &str) -> Result<u32, Refusal> {
    let unit = unit.to_lowercase();
    let unit = unit.trim_end_matches('.');
    match unit {
        "" => Ok(0),
        "m" => Err(ambiguous(text, &format!("{number} miliar"))),
        "t" => Err(ambiguous(text, &format!("{number} triliun"))),
        _ => {
            let known = UNITS.iter().find(|(name, _)| *name == unit);
            known.map(|(_, zeros)| *zeros).ok_or_else(|| malformed(text))
        }
    }
}

/// Whether an amount is below or above nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
}

/// A cell without its wrapping: currency, sign, the `,-` at its end.
struct Shell<'a> {
    number: &'a str,
    minus: Sign,
}

impl<'a> Shell<'a> {
    fn of(text: &'a str) -> Result<Shell<'a>, Refusal> {
        let mut rest = text.trim();
        let mut minus = Sign::Plus;
        if rest.is_empty() {
            return Err(Refusal::new("amount-empty"));
        }
        if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            (rest, minus) = (inner.trim(), Sign::Minus);
        }
        for _ in 0..2 {
            if let Some(after) = rest.strip_prefix(['-', '\u{2212}']) {
                (rest, minus) = (after.trim_start(), Sign::Minus);
            }
            rest = without_currency(rest);
        }
        for end in [",-", ".-", ",--", ",="] {
            rest = rest.strip_suffix(end).unwrap_or(rest);
        }
        if rest.is_empty() && minus == Sign::Plus {
            return Err(malformed(text));
        }
        Ok(Shell { number: rest.trim(), minus })
    }

    /// The number, and the unit behind it.
    fn parts(&self) -> (&'a str, &'a str) {
        let unit_at = self.number.find(char::is_alphabetic).unwrap_or(self.number.len());
        (self.number[..unit_at].trim_end(), self.number[unit_at..].trim())
    }

    fn signed(&self, amount: Rupiah) -> Result<Rupiah, Refusal> {
        Ok(if self.minus == Sign::Minus { -amount } else { amount })
    }
}

/// The text behind `Rp`, `Rp.` or `IDR`.
fn without_currency(text: &str) -> &str {
    for name in ["rp.", "rp", "idr"] {
        if let Some(head) = text.get(..name.len())
            && head.eq_ignore_ascii_case(name)
        {
            return text[name.len()..].trim_start();
        }
    }
    text
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1.5` or `12.50`: one dot with a tail that is no group of three.
fn is_one_dot_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(head, tail)| all_digits(head) && all_digits(tail) && tail.len() != 3)
}

/// The digits of a number that is not grouped at all, or grouped rightly: one to three digits, then threes.
fn ungroup(text: &str, group: Option<char>) -> Option<String> {
    if all_digits(text) {
        return Some(text.to_owned());
    }
    let mut parts = text.split(group?);
    let head = parts.next().filter(|head| all_digits(head) && head.len() <= 3)?;
    let mut digits = head.to_owned();
    for part in parts {
        if part.len() != 3 || !all_digits(part) {
            return None;
        }
        digits.push_str(part);
    }
    Some(digits)
}

/// Digits and decimals times ten to the `zeros`; what would be less than a rupiah must be nothing.
fn scale(text: &str, digits: &str, decimals: &str, zeros: u32) -> Result<Rupiah, Refusal> {
    if !decimals.is_empty() && !all_digits(decimals) {
        return Err(malformed(text));
    }
    let width = usize::try_from(zeros).expect("a unit has at most twelve zeros");
    let (inside, below) = decimals.split_at(width.min(decimals.len()));
    if below.bytes().any(|byte| byte != b'0') {
        return Err(Refusal::new("amount-fraction").with("text", text.trim()));
    }
    let filled = format!("{digits}{inside:0<width$}");
    let significant = filled.trim_start_matches('0');
    let too_large = || Refusal::new("amount-too-large").with("text", text.trim());
    if significant.len() > 18 {
        return Err(too_large());
    }
    let amount: i64 =
        if significant.is_empty() { 0 } else { significant.parse().map_err(|_| too_large())? };
    Some(Rupiah::new(amount)).filter(|amount| *amount <= Rupiah::LIMIT).ok_or_else(too_large)
}

fn malformed(text: &str) -> Refusal {
    Refusal::new("amount-malformed").with("text", text.trim())
}

fn ambiguous(text: &str, meant: &str) -> Refusal {
    Refusal::new("amount-ambiguous").with("text", text.trim()).with("meant", meant)
}
