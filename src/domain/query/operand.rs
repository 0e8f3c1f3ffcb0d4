//! The value behind an operator, read as the field's kind asks for it. A value may have several words
//! (`under treatment`, `1 Oktober 2026`, `Rp 5 juta`): the longest reading wins.

use jiff::civil::Date;

use crate::domain::amount::parse_amount;
use crate::domain::code::squeeze;
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::query::dates::{Duration, parse_dates};
use crate::domain::query::field::{Field, Kind, List};
use crate::domain::query::lexer::{Keyword, TokenKind};
use crate::domain::query::parse::{Parser, nearest, nearest_value, present, squeeze_blanks};
use crate::domain::query::{Expr, Op, Operand, QueryError, Test};

/// Words a value of a list, a date or an amount can have.
const VALUE_WORDS_MAX: usize = 6;

/// A reading of the value: its text, and the token behind it.
struct Candidate {
    text: String,
    start: usize,
    end: usize,
    next: usize,
}

impl Parser<'_> {
    /// The test whose operator has just been read.
    pub(super) fn test(&mut self, field: Field, op: Op) -> Result<Expr, QueryError> {
        let (op_start, op_end) =
            self.tokens.get(self.place - 1).map_or((0, 0), |token| (token.start, token.end));
        if !fits(field.kind(), op) {
            let mut error = self.error("operator-unfit", op_start, op_end);
            error.nearest = Some("=".to_owned());
            return Err(error);
        }
        let candidates = self.candidates(field, op_end)?;
        if let Some(expr) = self.emptiness(field, op, &candidates) {
            return Ok(expr);
        }
        match field.kind() {
            Kind::Text | Kind::Paper => self.text_test(field, op, &candidates[0]),
            Kind::Code(list) if op == Op::Contains => self.code_contains(field, list, &candidates),
            Kind::Code(list) => {
                let read = self.first(&candidates, |text| list.parse(text));
                let code = read.ok_or_else(|| {
                    let mut error = self.mistake("unknown-value", &candidates);
                    error.nearest = candidates
                        .iter()
                        .rev()
                        .find_map(|candidate| nearest_value(list, &candidate.text))
                        .or_else(|| Some(every_code(list)));
                    error
                })?;
                Ok(test(field, op, Operand::Code(code)))
            }
            Kind::Flag => self.flag_test(field, op, &candidates),
            Kind::Past | Kind::Due => self.date_test(field, op, &candidates),
            Kind::Month => {
                let today = self.today;
                let read = self.first(&candidates, |text| parse_dates(text, today));
                let (from, to) = read.ok_or_else(|| self.mistake("not-a-month", &candidates))?;
                Ok(test(field, op, Operand::Months(Period::of(from), Period::of(to))))
            }
            Kind::Money => Ok(test(field, op, Operand::Money(self.money(&candidates)?))),
            Kind::Count | Kind::Days | Kind::Age => self.number_test(field, op, &candidates),
        }
    }

    /// The readings of the value that begins here, longest first.
    fn candidates(&self, field: Field, op_end: usize) -> Result<Vec<Candidate>, QueryError> {
        let missing = || self.error("value-missing", op_end, op_end);
        let first = self.tokens.get(self.place).ok_or_else(missing)?;
        if let TokenKind::Quoted(text) = &first.kind {
            let text = squeeze_blanks(text);
            if text.is_empty() {
                return Err(self.error("empty-text", first.start, first.end));
            }
            return Ok(vec![Candidate { text, start: first.start, end: first.end, next: self.place + 1 }]);
        }
        let is_open_ended = matches!(field.kind(), Kind::Text | Kind::Paper);
        let most = if is_open_ended { usize::MAX } else { VALUE_WORDS_MAX };
        let mut found = Vec::new();
        let mut next = self.place;
        while let Some(token) = self.tokens.get(next).filter(|token| token.kind == TokenKind::Word) {
            let is_new_test = next > self.place
                && self.field_at(next).is_some_and(|(_, n_words)| self.op_at(next + n_words).is_some());
            // A value of a list may have a `dan` inside (`bahan mudah terbakar dan panas`), and `bukan` in front (`bukan
            // penerima upah`).
            let keyword = self.keyword_at(next);
            let may_have = next > self.place || keyword == Some(Keyword::Not);
            let is_inside = may_have && matches!(field.kind(), Kind::Code(_));
            if (keyword.is_some() && !is_inside) || is_new_test || found.len() >= most {
                break;
            }
            next += 1;
            let text = squeeze_blanks(&self.text[first.start..token.end]);
            found.push(Candidate { text, start: first.start, end: token.end, next });
        }
        if found.is_empty() {
            return Err(self.error("value-missing", first.start, first.end));
        }
        found.reverse();
        Ok(found)
    }

    /// `= kosong` and `!= kosong`: the only way to ask for emptiness with a sign.
    fn emptiness(&mut self, field: Field, op: Op, candidates: &[Candidate]) -> Option<Expr> {
        let is_asked = |candidate: &&Candidate| {
            matches!(candidate.text.to_lowercase().as_str(), "kosong" | "empty")
                && candidate.end - candidate.start == candidate.text.len()
        };
        let next = candidates.iter().find(is_asked).map(|candidate| candidate.next);
        let is_whole = matches!(field.kind(), Kind::Text | Kind::Paper) && candidates.len() > 1;
        if field.kind() == Kind::Flag || is_whole || !matches!(op, Op::Eq | Op::Ne) {
            return None;
        }
        self.place = next?;
        let present = present(field);
        Some(if op == Op::Ne { present } else { Expr::Not(Box::new(present)) })
    }

    /// The first reading that succeeds; its words are taken.
    fn first<T>(&mut self, candidates: &[Candidate], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (next, value) = candidates
            .iter()
            .find_map(|candidate| read(&candidate.text).map(|value| (candidate.next, value)))?;
        self.place = next;
        Some(value)
    }

    fn mistake(&self, code: &'static str, candidates: &[Candidate]) -> QueryError {
        let shortest = candidates.last().expect("there is always one reading");
        self.error(code, shortest.start, shortest.end)
    }

    fn text_test(&mut self, field: Field, op: Op, candidate: &Candidate) -> Result<Expr, QueryError> {
        self.place = candidate.next;
        let is_number = field.kind() == Kind::Paper;
        if is_number && !candidate.text.chars().any(char::is_alphanumeric) {
            return Err(self.error("empty-text", candidate.start, candidate.end));
        }
        Ok(test(field, op, Operand::Text(candidate.text.clone())))
    }

    /// `kondisi ~ cacat`: any value with it in its code or in one of its names.
    fn code_contains(
        &mut self,
        field: Field,
        list: List,
        candidates: &[Candidate],
    ) -> Result<Expr, QueryError> {
        let holding = |text: &str| {
            let part = squeeze(text);
            let holds = |word: &str| squeeze(word).contains(&part);
            let found: Vec<Expr> = list
                .values()
                .into_iter()
                .filter(|(_, code, aliases)| holds(code) || aliases.iter().any(|alias| holds(alias)))
                .map(|(index, _, _)| test(field, Op::Eq, Operand::Code(index)))
                .collect();
            (!found.is_empty() && !part.is_empty()).then_some(found)
        };
        let mut found = self.first(candidates, holding).ok_or_else(|| {
            let mut error = self.mistake("unknown-value", candidates);
            error.nearest = nearest_value(list, &error.found);
            error
        })?;
        Ok(if found.len() == 1 { found.swap_remove(0) } else { Expr::Or(found) })
    }

    fn flag_test(&mut self, field: Field, op: Op, candidates: &[Candidate]) -> Result<Expr, QueryError> {
        let read = self.first(candidates, |text| match text.to_lowercase().as_str() {
            "ya" | "yes" | "y" | "benar" | "true" | "1" => Some(1),
            "tidak" | "no" | "n" | "t" | "salah" | "false" | "0" => Some(0),
            _ => None,
        });
        let Some(code) = read else {
            let mut error = self.mistake("unknown-value", candidates);
            error.nearest = nearest(&error.found, ["ya", "tidak", "yes", "no"].into_iter());
            return Err(error);
        };
        let code = if op == Op::Ne { 1 - code } else { code };
        Ok(test(field, Op::Eq, Operand::Code(code)))
    }

    /// A day, a range, or a duration: `kejadian > 6 bln` is "longer ago", `tempo < 7 hari` is "sooner".
    fn date_test(&mut self, field: Field, op: Op, candidates: &[Candidate]) -> Result<Expr, QueryError> {
        let today = self.today;
        let read = self.first(candidates, |text| match Duration::parse(text) {
            Some(duration) => Some(Moment::Away(duration)),
            None => parse_dates(text, today).map(|(from, to)| Moment::Range(from, to)),
        });
        match read.ok_or_else(|| self.mistake("not-a-date", candidates))? {
            Moment::Range(from, to) => Ok(test(field, op, Operand::Dates(from, to))),
            Moment::Away(duration) if field.kind() == Kind::Due => {
                let day = today.saturating_add(duration.span());
                Ok(test(field, op, Operand::Dates(day, day)))
            }
            Moment::Away(duration) => {
                let day = today.saturating_sub(duration.span());
                Ok(test(field, mirrored(op), Operand::Dates(day, day)))
            }
        }
    }

    fn money(&mut self, candidates: &[Candidate]) -> Result<Rupiah, QueryError> {
        for candidate in candidates {
            let refusal = match parse_amount(&candidate.text) {
                Ok(amount) => {
                    self.place = candidate.next;
                    self.refuse_misspelt_unit(candidate, MONEY_UNITS)?;
                    return Ok(amount);
                }
                Err(refusal) => refusal,
            };
            let code = match refusal.code {
                "amount-ambiguous" => "amount-ambiguous",
                "amount-fraction" => "amount-fraction",
                "amount-too-large" => "amount-too-large",
                _ => continue,
            };
            let mut error = self.error(code, candidate.start, candidate.end);
            error.nearest =
                refusal.args.into_iter().find(|(name, _)| *name == "meant").map(|(_, meant)| meant);
            return Err(error);
        }
        Err(self.mistake("not-an-amount", candidates))
    }

    fn number_test(&mut self, field: Field, op: Op, candidates: &[Candidate]) -> Result<Expr, QueryError> {
        for candidate in candidates {
            let duration = Duration::parse(&candidate.text);
            let number = match (field.kind(), duration) {
                (Kind::Age, Some(duration)) => Some(duration.days_before(self.today)),
                (Kind::Days, Some(duration)) => Some(duration.plain_days()),
                (_, Some(_)) => return Err(self.error("not-a-number", candidate.start, candidate.end)),
                (_, None) => plain_number(&candidate.text),
            };
            if let Some(number) = number {
                self.place = candidate.next;
                self.refuse_misspelt_unit(candidate, TIME_UNITS)?;
                return Ok(test(field, op, Operand::Number(number)));
            }
        }
        let code = if field.kind() == Kind::Count { "not-a-number" } else { "not-a-duration" };
        Err(self.mistake(code, candidates))
    }

    /// `umur > 6 blan` is no search for "blan".
    fn refuse_misspelt_unit(&self, candidate: &Candidate, units: &[&str]) -> Result<(), QueryError> {
        let is_bare = candidate.text.ends_with(|c: char| c.is_ascii_digit());
        let next = self.tokens.get(self.place).filter(|token| token.kind == TokenKind::Word);
        let Some(next) = next.filter(|_| is_bare && self.keyword_at(self.place).is_none()) else {
            return Ok(());
        };
        let mut error = self.error("unknown-unit", next.start, next.end);
        error.nearest = nearest(&error.found, units.iter().copied());
        let is_misspelt = error.nearest.is_some() && self.field_at(self.place).is_none();
        if is_misspelt { Err(error) } else { Ok(()) }
    }
}

/// Units of time of more than two letters: shorter ones are near to everything.
const TIME_UNITS: &[&str] =
    &["hari", "bln", "bulan", "minggu", "thn", "tahun", "days", "weeks", "months", "years"];

/// Units of money of more than two letters.
const MONEY_UNITS: &[&str] = &["juta", "ribu", "miliar", "triliun", "million", "billion"];

/// A number of digits only.
fn plain_number(text: &str) -> Option<i64> {
    let is_plain = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok())?
}

/// A day or a distance from today.
enum Moment {
    Range(Date, Date),
    Away(Duration),
}

fn test(field: Field, op: Op, operand: Operand) -> Expr {
    Expr::Test(Test { field, op, operand })
}

/// Longer ago is earlier.
fn mirrored(op: Op) -> Op {
    match op {
        Op::Lt => Op::Gt,
        Op::Le => Op::Ge,
        Op::Gt => Op::Lt,
        Op::Ge => Op::Le,
        same => same,
    }
}

/// Whether an operator means something for a kind.
pub(super) fn fits(kind: Kind, op: Op) -> bool {
    match kind {
        Kind::Text | Kind::Paper | Kind::Code(_) => matches!(op, Op::Eq | Op::Ne | Op::Contains),
        Kind::Flag => matches!(op, Op::Eq | Op::Ne),
        _ => op != Op::Contains,
    }
}

/// Every code of a list, for whoever typed something that is near none.
fn every_code(list: List) -> String {
    let codes: Vec<String> = list.values().into_iter().map(|(_, code, _)| code.to_lowercase()).collect();
    codes.join(", ")
}
