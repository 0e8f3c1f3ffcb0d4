//! Pieces into a tree. `bukan` binds closest, then `dan` (also said by standing side by side), then `atau`.

use jiff::civil::Date;

use crate::domain::query::field::{Field, Kind, List};
use crate::domain::query::lexer::{Keyword, Token, TokenKind, keyword, tokens};
use crate::domain::query::{Expr, Op, Operand, QueryError, Test};

/// Nesting beyond which a filter is no longer a person's.
const DEPTH_MAX: usize = 50;
/// Bytes beyond which a filter is no longer a person's.
const LENGTH_MAX: usize = 4_000;
/// Words a field's name can have (`berkas kurang`, `tanggal kejadian`).
const NAME_WORDS_MAX: usize = 3;

/// Reads a filter; `today` resolves `bulan ini`, `> 6 bln` and the like. An empty text is [`Expr::All`].
pub fn parse(text: &str, today: Date) -> Result<Expr, QueryError> {
    if text.len() > LENGTH_MAX {
        let error =
            QueryError { code: "too-long", position: 0, length: 0, found: String::new(), nearest: None };
        return Err(error);
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(Expr::All);
    }
    let mut parser = Parser::over(text, today, tokens);
    let expr = parser.any_of()?;
    match parser.tokens.get(parser.place) {
        None => Ok(expr),
        Some(token) => Err(parser.error("paren-close", token.start, token.end)),
    }
}

/// The text being read and how far.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) today: Date,
    pub(super) tokens: Vec<Token>,
    pub(super) place: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// At the beginning of these pieces.
    pub(super) fn over(text: &'a str, today: Date, tokens: Vec<Token>) -> Self {
        Parser { text, today, tokens, place: 0, depth: 0 }
    }
}

impl Parser<'_> {
    /// Parts joined by `atau`.
    fn any_of(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all_of()?];
        while self.keyword_at(self.place) == Some(Keyword::Or) {
            self.place += 1;
            parts.push(self.all_of()?);
        }
        Ok(joined(parts, Expr::Or, |part| match part {
            Expr::Or(inner) => Ok(inner),
            other => Err(other),
        }))
    }

    /// Parts joined by `dan` or by standing side by side.
    fn all_of(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.one()?];
        loop {
            match self.tokens.get(self.place).map(|token| &token.kind) {
                None | Some(TokenKind::Close) => break,
                Some(_) if self.keyword_at(self.place) == Some(Keyword::Or) => break,
                Some(_) if self.keyword_at(self.place) == Some(Keyword::And) => {
                    self.place += 1;
                    parts.push(self.one()?);
                }
                Some(_) => parts.push(self.one()?),
            }
        }
        Ok(joined(parts, Expr::And, |part| match part {
            Expr::And(inner) => Ok(inner),
            other => Err(other),
        }))
    }

    /// One part: turned, in parentheses, a test, or words.
    fn one(&mut self) -> Result<Expr, QueryError> {
        let Some(token) = self.tokens.get(self.place).cloned() else {
            return Err(self.error("unfinished", self.text.len(), self.text.len()));
        };
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.error("too-deep", token.start, token.end));
        }
        let expr = match &token.kind {
            TokenKind::Op(_) => return Err(self.error("field-missing", token.start, token.end)),
            TokenKind::Close => return Err(self.error("unfinished", token.start, token.end)),
            TokenKind::Open => {
                self.place += 1;
                let inner = self.any_of()?;
                match self.tokens.get(self.place).map(|token| &token.kind) {
                    Some(TokenKind::Close) => self.place += 1,
                    _ => return Err(self.error("paren-open", token.start, token.end)),
                }
                inner
            }
            TokenKind::Quoted(phrase) => {
                self.place += 1;
                self.words(phrase, &token)?
            }
            TokenKind::Word => match self.keyword_at(self.place) {
                Some(Keyword::Not) => {
                    self.place += 1;
                    Expr::Not(Box::new(self.one()?))
                }
                Some(_) => return Err(self.error("unfinished", token.start, token.end)),
                None => self.field_or_words(&token)?,
            },
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn words(&self, phrase: &str, token: &Token) -> Result<Expr, QueryError> {
        let squeezed = squeeze_blanks(phrase);
        if squeezed.is_empty() {
            return Err(self.error("empty-text", token.start, token.end));
        }
        Ok(Expr::Words(squeezed))
    }

    /// A test when a field's name stands here; an unknown name before an operator is an error, any other word is
    /// looked for.
    fn field_or_words(&mut self, token: &Token) -> Result<Expr, QueryError> {
        let Some((field, n_words)) = self.field_at(self.place) else {
            if self.op_at(self.place + 1).is_some() {
                let mut error = self.error("unknown-field", token.start, token.end);
                let names = Field::ALL.iter().flat_map(|field| field.names());
                error.nearest = nearest(&error.found, names);
                return Err(error);
            }
            self.place += 1;
            return self.words(&self.text[token.start..token.end], token);
        };
        self.place += n_words;
        match self.op_at(self.place) {
            Some(op) => {
                self.place += 1;
                self.test(field, op)
            }
            None => {
                self.refuse_forgotten_operator(field)?;
                Ok(present(field))
            }
        }
    }

    /// `kondisi berobat` without its sign would quietly mean something else.
    fn refuse_forgotten_operator(&mut self, field: Field) -> Result<(), QueryError> {
        let is_word = self.tokens.get(self.place).is_some_and(|token| token.kind == TokenKind::Word);
        if !is_word || self.keyword_at(self.place).is_some() || self.field_at(self.place).is_some() {
            return Ok(());
        }
        if matches!(field.kind(), Kind::Text | Kind::Paper) {
            return Ok(());
        }
        let (place, token) = (self.place, self.tokens[self.place].clone());
        let forgotten = self.test(field, Op::Eq).is_ok();
        let end = self.tokens[self.place.saturating_sub(1)].end.max(token.end);
        self.place = place;
        if !forgotten {
            return Ok(());
        }
        let mut error = self.error("operator-missing", token.start, end);
        error.nearest = Some(format!("= {}", error.found));
        Err(error)
    }

    /// The field whose name begins at a token, and how many words it takes; the longest name wins.
    pub(super) fn field_at(&self, place: usize) -> Option<(Field, usize)> {
        (1..=NAME_WORDS_MAX).rev().find_map(|n_words| {
            let words = self.tokens.get(place..place + n_words)?;
            let plain = words
                .iter()
                .enumerate()
                .all(|(at, word)| word.kind == TokenKind::Word && self.keyword_at(place + at).is_none());
            let name = plain.then(|| &self.text[words[0].start..words[n_words - 1].end])?;
            Field::parse(name).map(|field| (field, n_words))
        })
    }

    pub(super) fn keyword_at(&self, place: usize) -> Option<Keyword> {
        let token = self.tokens.get(place).filter(|token| token.kind == TokenKind::Word)?;
        keyword(&self.text[token.start..token.end])
    }

    /// A sign, or the word `memuat` / `contains`.
    pub(super) fn op_at(&self, place: usize) -> Option<Op> {
        let token = self.tokens.get(place)?;
        match token.kind {
            TokenKind::Op(op) => Some(op),
            TokenKind::Word => {
                let word = self.text[token.start..token.end].to_lowercase();
                matches!(word.as_str(), "memuat" | "contains").then_some(Op::Contains)
            }
            _ => None,
        }
    }

    pub(super) fn error(&self, code: &'static str, start: usize, end: usize) -> QueryError {
        QueryError {
            code,
            position: start,
            length: end - start,
            found: self.text[start..end].to_owned(),
            nearest: None,
        }
    }
}

/// A bare field: a flag is meant as yes, anything else as not empty.
pub(super) fn present(field: Field) -> Expr {
    Expr::Test(match field.kind() {
        Kind::Flag => Test { field, op: Op::Eq, operand: Operand::Code(1) },
        _ => Test { field, op: Op::Present, operand: Operand::Nothing },
    })
}

/// One part as it is, several joined, parts of the same kind taken in.
fn joined(parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr, open: fn(Expr) -> Result<Vec<Expr>, Expr>) -> Expr {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match open(part) {
            Ok(inner) => flat.extend(inner),
            Err(other) => flat.push(other),
        }
    }
    if flat.len() == 1 { flat.swap_remove(0) } else { join(flat) }
}

/// Blanks squeezed to one, none at the ends.
pub(super) fn squeeze_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The right word nearest to a wrong one, if it is near: at most one wrong letter in three.
pub(super) fn nearest<'a>(wrong: &str, right: impl Iterator<Item = &'a str>) -> Option<String> {
    let wrong = wrong.to_lowercase();
    let allowed = (wrong.chars().count() / 3).max(1);
    right
        .map(|word| (strsim::damerau_levenshtein(&wrong, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word.to_owned())
}

/// The right value nearest to a wrong one: spelt almost so, else one that has the word in it.
pub(super) fn nearest_value(list: List, wrong: &str) -> Option<String> {
    let values = list.values();
    let names =
        || values.iter().flat_map(|(_, code, aliases)| std::iter::once(*code).chain(aliases.iter().copied()));
    let holds = |name: &&str| name.to_lowercase().split([' ', '_']).any(|word| word == wrong.to_lowercase());
    nearest(wrong, names()).or_else(|| names().find(holds).map(str::to_owned)).map(|word| word.to_lowercase())
}
