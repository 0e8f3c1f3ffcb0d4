//! Text into words, quoted phrases, operators and parentheses, each with its place.

use crate::domain::query::{Op, QueryError};

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Byte at which it begins.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// Anything between blanks and signs.
    Word,
    /// A phrase in quotes, without them.
    Quoted(String),
    /// A comparison.
    Op(Op),
    /// `(`.
    Open,
    /// `)`.
    Close,
}

/// A word that joins or turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// `dan`, `and`.
    And,
    /// `atau`, `or`.
    Or,
    /// `bukan`, `not`.
    Not,
}

/// The keyword a bare word is, if it is one.
pub fn keyword(word: &str) -> Option<Keyword> {
    match word.to_lowercase().as_str() {
        "dan" | "and" => Some(Keyword::And),
        "atau" | "or" => Some(Keyword::Or),
        "bukan" | "not" => Some(Keyword::Not),
        _ => None,
    }
}

/// Signs, the longer ones first.
const SIGNS: &[(&str, TokenKind)] = &[
    ("<=", TokenKind::Op(Op::Le)),
    (">=", TokenKind::Op(Op::Ge)),
    ("!=", TokenKind::Op(Op::Ne)),
    ("<>", TokenKind::Op(Op::Ne)),
    ("==", TokenKind::Op(Op::Eq)),
    ("≤", TokenKind::Op(Op::Le)),
    ("≥", TokenKind::Op(Op::Ge)),
    ("≠", TokenKind::Op(Op::Ne)),
    ("=", TokenKind::Op(Op::Eq)),
    ("<", TokenKind::Op(Op::Lt)),
    (">", TokenKind::Op(Op::Gt)),
    ("~", TokenKind::Op(Op::Contains)),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
];

/// Opening quotes and what closes each.
const QUOTES: &[(char, char)] = &[('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];

/// Cuts the text into pieces.
pub fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut found = Vec::new();
    let mut place = 0;
    while let Some(next) = text[place..].chars().next() {
        let rest = &text[place..];
        if next.is_whitespace() || next.is_control() {
            place += next.len_utf8();
        } else if let Some((sign, kind)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            found.push(Token { kind: kind.clone(), start: place, end: place + sign.len() });
            place += sign.len();
        } else if let Some((_, close)) = QUOTES.iter().find(|(open, _)| *open == next) {
            let token = quoted(text, place, next, *close)?;
            place = token.end;
            found.push(token);
        } else {
            let length = rest.find(ends_word).unwrap_or(rest.len()).max(next.len_utf8());
            found.push(Token { kind: TokenKind::Word, start: place, end: place + length });
            place += length;
        }
    }
    Ok(found)
}

/// A quote inside a word (`Ma'ruf`) belongs to it; blanks and signs end it.
pub fn ends_word(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '(' | ')' | '=' | '<' | '>' | '~' | '!' | '≤' | '≥' | '≠' | '"' | '“')
}

/// A phrase up to its closing quote; a doubled quote stands for itself.
fn quoted(text: &str, start: usize, open: char, close: char) -> Result<Token, QueryError> {
    let mut phrase = String::new();
    let mut place = start + open.len_utf8();
    while let Some(next) = text[place..].chars().next() {
        place += next.len_utf8();
        if next != close {
            phrase.push(next);
        } else if text[place..].starts_with(close) {
            phrase.push(close);
            place += close.len_utf8();
        } else {
            return Ok(Token { kind: TokenKind::Quoted(phrase), start, end: place });
        }
    }
    Err(QueryError {
        code: "quote-open",
        position: start,
        length: open.len_utf8(),
        found: text[start..].to_owned(),
        nearest: None,
    })
}
