//! The voucher: one payee, lines of one or more claims; its code, series and check characters; its payments.

mod reading;

use std::fmt::{self, Write};

use jiff::civil::Date;

use crate::base::safe;
use crate::domain::code::{Origin, PaymentState, Programme, VoucherKind, VoucherState};
use crate::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;

pub use reading::{CheckMark, CodeReading};

/// A voucher's code as it stands on the bundle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoucherCode(String);

impl VoucherCode {
    /// One to forty visible characters with at least one letter or digit; inner blanks squeezed.
    pub fn parse(text: &str) -> Result<VoucherCode, Refusal> {
        // Nearly every code of a file; what follows would only copy it.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_lowercase());
        if is_plain && text.len() <= 40 && text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(VoucherCode(text.to_owned()));
        }
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        let length = squeezed.chars().count();
        if length == 0
            || length > 40
            || safe::terminal(&squeezed) != squeezed
            || normalise_number(&squeezed).is_empty()
        {
            return Err(Refusal::new("voucher-code-shape").with("length", length));
        }
        Ok(VoucherCode(squeezed))
    }

    /// The text on the bundle.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which codes are compared and looked up: letters and digits, upper case.
    pub fn normalised(&self) -> String {
        normalise_number(&self.0)
    }
}

impl fmt::Display for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One line on a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherLine {
    /// Whose line.
    pub claim: ClaimId,
    /// Number of the claim as printed.
    pub claim_no: String,
    /// Which line.
    pub line: LineNo,
    /// Its determined amount.
    pub amount: Rupiah,
}

/// A transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Number within the voucher, from 1.
    pub no: PaymentNo,
    /// Date of the transfer.
    pub date: Date,
    /// Amount sent, net.
    pub amount: Rupiah,
    /// The bank's reference.
    pub reference: String,
    /// Arrived or came back.
    pub state: PaymentState,
    /// When it came back.
    pub returned_date: Option<Date>,
}

/// Why and when a voucher was voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidMark {
    /// Date of the void.
    pub date: Date,
    /// Reason, said.
    pub reason: String,
    /// Month it is posted in.
    pub posted: Period,
}

/// A voucher as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Inner id.
    pub id: VoucherId,
    /// Number of events folded, from 1.
    pub revision: u32,
    /// Code on the bundle.
    pub code: VoucherCode,
    /// Code of the core system beside ours; empty none.
    pub external_code: String,
    /// Issued by us or recorded.
    pub kind: VoucherKind,
    /// Typed here or imported.
    pub origin: Origin,
    /// Series and number where the code has our shape.
    pub series: Option<(SeriesKey, u32)>,
    /// Programme of its lines.
    pub programme: Programme,
    /// Date on the voucher.
    pub date: Date,
    /// Posting month.
    pub posted: Period,
    /// Where it stands.
    pub state: VoucherState,
    /// Who is paid.
    pub payee: Payee,
    /// What it pays.
    pub lines: Vec<VoucherLine>,
    /// Sum before tax and rounding.
    pub gross: Rupiah,
    /// Income tax withheld (PPh).
    pub pph: Rupiah,
    /// Rounding, signed.
    pub rounding: Rupiah,
    /// What is transferred: gross − PPh + rounding.
    pub net: Rupiah,
    /// For what, in words.
    pub description: String,
    /// Who made it.
    pub prepared_by: String,
    /// The same by the system's ids, which nobody can type; none: imported.
    pub prepared_id: Option<PersonId>,
    /// Who approved it; empty not yet.
    pub approved_by: String,
    /// Transfers.
    pub payments: Vec<Payment>,
    /// Void, if it is.
    pub void: Option<VoidMark>,
}

impl Voucher {
    /// What has arrived so far.
    pub fn paid(&self) -> Rupiah {
        self.payments
            .iter()
            .filter(|payment| payment.state == PaymentState::Paid)
            .map(|payment| payment.amount)
            .sum()
    }

    /// What is still to be sent.
    pub fn unpaid(&self) -> Rupiah {
        if self.state.is_live() { self.net - self.paid() } else { Rupiah::ZERO }
    }

    /// How much of the gross is settled by what has arrived: tax and rounding settle with the last part.
    pub fn settled(&self) -> Rupiah {
        let cash = self.paid();
        if cash.is_zero() {
            Rupiah::ZERO
        } else if cash >= self.net {
            self.gross
        } else {
            cash.min(self.gross).max(Rupiah::ZERO)
        }
    }

    /// The parts of the lines, by place, between two settled sums: lines are filled in their order.
    pub fn parts(&self, from: Rupiah, to: Rupiah) -> Vec<(usize, Rupiah)> {
        let mut parts = Vec::new();
        let mut start = Rupiah::ZERO;
        for (place, line) in self.lines.iter().enumerate() {
            let end = start + line.amount;
            let part = end.min(to) - start.max(from);
            if part > Rupiah::ZERO {
                parts.push((place, part));
            }
            start = end;
        }
        parts
    }

    /// The latest date on its papers.
    pub fn last_date(&self) -> Date {
        let dates = self.payments.iter().flat_map(|payment| [Some(payment.date), payment.returned_date]);
        dates.flatten().fold(self.date, Date::max)
    }

    /// The day on which the latest transfer came back, if one did.
    pub fn last_returned(&self) -> Option<Date> {
        self.payments.iter().filter_map(|payment| payment.returned_date).max()
    }

    /// The latest date of what has arrived.
    pub fn last_arrived(&self) -> Option<Date> {
        let arrived = self.payments.iter().filter(|payment| payment.state == PaymentState::Paid);
        arrived.map(|payment| payment.date).max()
    }

    /// The claims on it, each once, in order.
    pub fn claims(&self) -> Vec<ClaimId> {
        let mut claims: Vec<ClaimId> = self.lines.iter().map(|line| line.claim).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

/// A series: the code's text without number and check characters. The counter starts again exactly when it changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesKey(String);

impl SeriesKey {
    /// From the text the store kept.
    pub fn from_text(text: &str) -> SeriesKey {
        SeriesKey(text.to_owned())
    }

    /// The text, with `#` for the number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SeriesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where a series stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesState {
    /// Highest number given, reserved or said by `series start`; 0 none.
    pub last: u32,
    /// Latest date on a voucher of ours; dates within a series never run backwards.
    pub last_date: Option<Date>,
    /// Numbers up to here are "before santun": holes there are no gaps.
    pub before: u32,
}

/// A piece of a code template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Text(String),
    Programme,
    Office,
    Year4,
    Year2,
    Month,
    Day,
    Sequence(usize),
    Bank,
    PayeeKind,
    Check,
}

/// The template of issued codes, such as `{PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeTemplate {
    text: String,
    tokens: Vec<Token>,
}

/// What a code is made of, besides its number.
#[derive(Debug, Clone, Copy)]
pub struct CodeParts<'a> {
    /// Programme of the lines.
    pub programme: Programme,
    /// Code of the office.
    pub office: &'a str,
    /// Posting month of the voucher's date: while October is open, October's series goes on in November.
    pub posted: Period,
    /// The voucher's date.
    pub date: Date,
    /// The payee.
    pub payee: &'a Payee,
}

impl CodeTemplate {
    /// The template a new office gets.
    pub const DEFAULT: &'static str = "{PROG}-{OFFICE}-{YY}{MM}-{SEQ5}-{CC}";

    /// Reads a template; it must hold one SEQ, and CC only at its end.
    pub fn parse(text: &str) -> Result<CodeTemplate, Refusal> {
        let fail = |why: &str| Refusal::new("template-malformed").with("template", text).with("at", why);
        let mut tokens = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('{') {
                let (name, after) = inner.split_once('}').ok_or_else(|| fail(rest))?;
                tokens.push(token(name).ok_or_else(|| fail(name))?);
                rest = after;
            } else {
                let end = rest.find('{').unwrap_or(rest.len());
                let literal = &rest[..end];
                if !literal.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-/. ".contains(&byte)) {
                    return Err(fail(literal));
                }
                tokens.push(Token::Text(literal.to_uppercase()));
                rest = &rest[end..];
            }
        }
        let sequences = tokens.iter().filter(|token| matches!(token, Token::Sequence(_))).count();
        let check_at = tokens.iter().position(|token| *token == Token::Check);
        if sequences != 1 {
            return Err(fail("SEQ"));
        }
        if check_at.is_some_and(|place| place + 1 != tokens.len()) {
            return Err(fail("CC"));
        }
        Ok(CodeTemplate { text: text.trim().to_owned(), tokens })
    }

    /// The template as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether codes end in check characters.
    pub fn has_check(&self) -> bool {
        self.tokens.last() == Some(&Token::Check)
    }

    /// The series these parts belong to.
    pub fn series(&self, parts: &CodeParts<'_>) -> SeriesKey {
        SeriesKey(self.render(parts, None).trim_end_matches(['-', '/', '.', ' ']).to_owned())
    }

    /// The code with this number.
    pub fn code(&self, parts: &CodeParts<'_>, number: u32) -> VoucherCode {
        VoucherCode(self.render(parts, Some(number)))
    }

    /// The number in `code`, if it is exactly a code of the series these parts belong to.
    pub fn number_in(&self, parts: &CodeParts<'_>, code: &VoucherCode) -> Option<u32> {
        let series = self.render(parts, None);
        let (head, tail) = series.split_once('#')?;
        let typed = code.as_str();
        let n_check = if self.has_check() { 2 } else { 0 };
        let body = typed.get(..typed.len().checked_sub(n_check)?)?;
        let digits = body.strip_prefix(head)?.strip_suffix(tail)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number: u32 = digits.parse().ok()?;
        (self.code(parts, number) == *code).then_some(number)
    }

    fn render(&self, parts: &CodeParts<'_>, number: Option<u32>) -> String {
        let mut out = String::new();
        for token in &self.tokens {
            match token {
                Token::Text(text) => out.push_str(text),
                Token::Programme => out.push_str(parts.programme.code()),
                Token::Office => out.push_str(&parts.office.to_uppercase()),
                Token::Year4 => pad(&mut out, i64::from(parts.posted.year()), 4),
                Token::Year2 => pad(&mut out, i64::from(parts.posted.year() % 100), 2),
                Token::Month => pad(&mut out, i64::from(parts.posted.month()), 2),
                Token::Day => pad(&mut out, i64::from(parts.date.day()), 2),
                Token::Sequence(width) => match number {
                    Some(number) => pad(&mut out, i64::from(number), *width),
                    None => out.push('#'),
                },
                Token::Bank => out.push_str(&normalise_number(&parts.payee.bank)),
                Token::PayeeKind => out.push_str(&parts.payee.kind.code()[..1]),
                Token::Check => {
                    if number.is_some() {
                        out.push_str(&check_characters(&out));
                    }
                }
            }
        }
        out
    }
}

/// Adds a number, filled with zeros to a width.
fn pad(out: &mut String, number: i64, width: usize) {
    write!(out, "{number:0width$}").expect("a string takes everything");
}

/// The token of a name in braces.
fn token(name: &str) -> Option<Token> {
    let name = name.to_uppercase();
    Some(match name.as_str() {
        "PROG" => Token::Programme,
        "OFFICE" => Token::Office,
        "YYYY" => Token::Year4,
        "YY" => Token::Year2,
        "MM" => Token::Month,
        "DD" => Token::Day,
        "BANK" => Token::Bank,
        "PAYEE" => Token::PayeeKind,
        "CC" => Token::Check,
        _ => {
            let width: usize = name.strip_prefix("SEQ")?.parse().ok()?;
            return (1..=9).contains(&width).then_some(Token::Sequence(width));
        }
    })
}

/// The value of a character in MOD 1271-36; O is read as 0 and I as 1, as a person may write them.
fn character_value(character: char) -> Option<u32> {
    match character.to_ascii_uppercase() {
        'O' => Some(0),
        'I' => Some(1),
        other => other.to_digit(36),
    }
}

/// Two check characters by ISO 7064 MOD 1271-36 over the letters and digits of `text`, O read as 0 and I as 1: every
/// single wrong character and every swap of neighbours is caught.
pub fn check_characters(text: &str) -> String {
    mod_1271_36(text.chars().filter_map(character_value))
}

/// The two check characters of ISO 7064 MOD 1271-36 for these values, each below 36: 0–9 as they are, A–Z from 10.
pub fn mod_1271_36(values: impl Iterator<Item = u32>) -> String {
    let value = values.fold(0u32, |remainder, value| (remainder * 36 + value) % 1271);
    let check = (1272 - value * 36 % 1271 * 36 % 1271) % 1271;
    let letter = |digit: u32| char::from_digit(digit, 36).expect("below 36").to_ascii_uppercase();
    [letter(check / 36), letter(check % 36)].iter().collect()
}

/// Whether a typed code ends in its own check characters; O/0 and I/1 are the same.
pub fn check_holds(text: &str) -> bool {
    let fold = |text: &str| -> Vec<u32> { text.chars().filter_map(character_value).collect() };
    let typed = fold(text);
    if typed.len() < 3 {
        return false;
    }
    let body: String =
        typed[..typed.len() - 2].iter().filter_map(|value| char::from_digit(*value, 36)).collect();
    fold(&check_characters(&body)) == typed[typed.len() - 2..]
}

/// Letters and digits that a hand writes alike, at most so many in one code.
const ALIKE_MAX: usize = 12;

/// The ways a typed code can be meant, as it stands first: a hand writes O like 0 and I like 1.
pub fn readings(text: &str) -> Vec<String> {
    let mut readings = vec![text.to_uppercase()];
    let alike = |c: char| ["0O", "1I"].into_iter().find(|pair| pair.contains(c));
    let places: Vec<(usize, &str)> =
        readings[0].char_indices().filter_map(|(place, c)| alike(c).map(|pair| (place, pair))).collect();
    for (place, pair) in places.into_iter().take(ALIKE_MAX) {
        let other = |reading: &String| {
            let is = &reading[place..=place];
            let swapped = if &pair[..1] == is { &pair[1..] } else { &pair[..1] };
            format!("{}{swapped}{}", &reading[..place], &reading[place + 1..])
        };
        let others: Vec<String> = readings.iter().map(other).collect();
        readings.extend(others);
    }
    readings
}
