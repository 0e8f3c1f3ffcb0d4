//! A code read back: which series it stands in and with which number, of whatever month, programme or payee. A code
//! copied from paper reserves its number in its own series, which need not be that of the voucher it is copied to.

use crate::domain::code::{PayeeKind, Programme};
use crate::domain::identity::normalise_number;

use super::{CodeTemplate, SeriesKey, Token, VoucherCode, check_characters};

/// What a code in exactly our shape says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeReading {
    /// The code as we would write it: a hand's O and I are the digits that stand there. As typed where the check
    /// characters do not hold.
    pub code: VoucherCode,
    /// The series it stands in.
    pub series: SeriesKey,
    /// Its number there.
    pub number: u32,
    /// Whether its check characters hold.
    pub check: CheckMark,
}

/// Whether a code's check characters hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckMark {
    /// They do, or our codes have none.
    Holds,
    /// A letter is wrong, or two are swapped.
    Wrong,
}

impl CodeTemplate {
    /// What a typed code says, if it has exactly the shape of this office's codes; hyphens and blanks do not matter. A
    /// reading whose check characters hold goes before one whose do not.
    pub fn read(&self, office: &str, code: &VoucherCode) -> Option<CodeReading> {
        let typed: Vec<char> = code.normalised().chars().collect();
        let reader = Reader { office: office.to_uppercase(), folds: self.has_check() };
        let mut found = Vec::new();
        reader.walk(&self.tokens, &typed, Partial::default(), &mut found);
        let reading =
            found.iter().find(|reading| reading.check == CheckMark::Holds).or_else(|| found.first())?;
        Some(CodeReading {
            code: match reading.check {
                CheckMark::Holds => VoucherCode(reading.text.clone()),
                CheckMark::Wrong => code.clone(),
            },
            series: SeriesKey(reading.series.trim_end_matches(['-', '/', '.', ' ']).to_owned()),
            number: reading.number,
            check: reading.check,
        })
    }

    /// Whether the office's own code is part of each code: then what has our shape is meant to be ours.
    pub fn names_office(&self) -> bool {
        self.tokens.contains(&Token::Office)
    }
}

/// What has been read so far.
#[derive(Debug, Clone)]
struct Partial {
    text: String,
    series: String,
    number: u32,
    check: CheckMark,
}

impl Default for Partial {
    fn default() -> Partial {
        Partial { text: String::new(), series: String::new(), number: 0, check: CheckMark::Holds }
    }
}

/// Reads tokens one after another, trying every length that a token may have.
struct Reader {
    office: String,
    /// Whether O is read as 0 and I as 1: only where check characters tell.
    folds: bool,
}

impl Reader {
    fn walk(&self, tokens: &[Token], rest: &[char], so_far: Partial, found: &mut Vec<Partial>) {
        let Some((token, later)) = tokens.split_first() else {
            if rest.is_empty() {
                found.push(so_far);
            }
            return;
        };
        for (length, text) in self.pieces(token, rest, &so_far.text) {
            let mut next = so_far.clone();
            match token {
                Token::Sequence(_) => {
                    next.series.push('#');
                    next.number = text.parse().unwrap_or(0);
                    next.text.push_str(&text);
                }
                Token::Check => {
                    let typed: Vec<char> = rest[..length].iter().map(|letter| self.fold(*letter)).collect();
                    let expected: Vec<char> = text.chars().map(|letter| self.fold(letter)).collect();
                    next.check = if typed == expected { CheckMark::Holds } else { CheckMark::Wrong };
                    next.text.push_str(&text);
                }
                _ => {
                    next.series.push_str(&text);
                    next.text.push_str(&text);
                }
            }
            self.walk(later, &rest[length..], next, found);
        }
    }

    /// What the next letters may be as this token: how many of them, and how we would write them.
    fn pieces(&self, token: &Token, rest: &[char], before: &str) -> Vec<(usize, String)> {
        match token {
            Token::Text(text) => self.word(rest, text).into_iter().collect(),
            Token::Office => self.word(rest, &self.office).into_iter().collect(),
            Token::Programme => {
                Programme::ALL.iter().filter_map(|programme| self.word(rest, programme.code())).collect()
            }
            Token::PayeeKind => {
                let mut kinds: Vec<&str> = PayeeKind::ALL.iter().map(|kind| &kind.code()[..1]).collect();
                kinds.dedup();
                kinds.into_iter().filter_map(|kind| self.word(rest, kind)).take(1).collect()
            }
            Token::Year4 => self.digits(rest, 4, 2000..=2099),
            Token::Year2 => self.digits(rest, 2, 0..=99),
            Token::Month => self.digits(rest, 2, 1..=12),
            Token::Day => self.digits(rest, 2, 1..=31),
            Token::Sequence(width) => (*width..=9)
                .flat_map(|length| self.digits(rest, length, 1..=999_999_999))
                .filter(|(length, text)| length == width || !text.starts_with('0'))
                .collect(),
            Token::Bank => (0..=rest.len()).map(|length| (length, rest[..length].iter().collect())).collect(),
            Token::Check if rest.len() == 2 => vec![(2, check_characters(before))],
            Token::Check => Vec::new(),
        }
    }

    /// A text of ours, if it stands here.
    fn word(&self, rest: &[char], text: &str) -> Option<(usize, String)> {
        let wanted: Vec<char> = normalise_number(text).chars().collect();
        let typed = rest.get(..wanted.len())?;
        let alike = typed.iter().zip(&wanted).all(|(one, other)| self.fold(*one) == self.fold(*other));
        alike.then(|| (wanted.len(), text.to_owned()))
    }

    /// So many digits, if their number is one of these.
    fn digits(
        &self,
        rest: &[char],
        length: usize,
        range: std::ops::RangeInclusive<u32>,
    ) -> Vec<(usize, String)> {
        let Some(typed) = rest.get(..length) else { return Vec::new() };
        let text: String = typed.iter().map(|letter| self.fold(*letter)).collect();
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = is_number && text.parse().is_ok_and(|number| range.contains(&number));
        if fits { vec![(length, text)] } else { Vec::new() }
    }

    fn fold(&self, letter: char) -> char {
        match letter {
            'O' if self.folds => '0',
            'I' if self.folds => '1',
            other => other,
        }
    }
}
