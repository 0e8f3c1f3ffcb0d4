//! What can stand at the cursor of a half-typed filter. The same pieces and the same readings as the parser's say where
//! one is: before a part, behind a field, behind an operator, behind a whole part.

use std::ops::Range;

use jiff::civil::Date;

use crate::domain::query::display::Tongue;
use crate::domain::query::field::{Field, Kind};
use crate::domain::query::lexer::{Token, TokenKind, tokens};
use crate::domain::query::offer::{self, Means, Offer};
use crate::domain::query::parse::Parser;
use crate::domain::query::{Op, Test};

/// What can stand at a place of a filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// What the language itself offers, best first.
    pub candidates: Vec<Candidate>,
    /// Values that only the store knows.
    pub wanted: Option<Wanted>,
}

/// Something that can stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The bytes of the filter whose place it takes.
    pub replace: Range<usize>,
    /// What stands there then, with the blanks around it.
    pub text: String,
    /// What it means.
    pub means: Means,
}

/// A value to be looked for in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Whose value.
    pub field: Field,
    /// What has been typed of it.
    pub typed: String,
    /// The bytes of the filter whose place it takes; it is written as [`value_text`](super::value_text) says.
    pub replace: Range<usize>,
}

/// What can stand at byte `cursor` of a filter, in a person's language first; `today` says what `bulan ini` means.
/// Nothing where what stands before cannot be read.
pub fn complete(text: &str, cursor: usize, tongue: Tongue, today: Date) -> Completion {
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let typed = &text[..cursor];
    let (pieces, quote) = match tokens(typed) {
        Ok(pieces) => (pieces, None),
        Err(error) if error.code == "quote-open" => {
            (tokens(&typed[..error.position]).unwrap_or_default(), Some(error.position))
        }
        Err(_) => return Completion::default(),
    };
    let is_touching = !typed.ends_with(char::is_whitespace)
        && pieces.last().is_some_and(|last| last.kind == TokenKind::Word);
    let mut site = Site { parser: Parser::over(typed, today, pieces), n_open: 0, tongue, is_touching, quote };
    let Some(place) = site.place() else { return Completion::default() };
    let here = Here { text, cursor, tongue, today, place, n_open: site.n_open, is_touching, quote };
    here.offers(&mut site.parser)
}

/// Where one is.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Before a part, perhaps behind a whole one; what is typed of it begins at this piece.
    Part { from: usize, is_behind_part: bool },
    /// Behind a field.
    Operator { field: Field, from: usize },
    /// Behind an operator.
    Value { field: Field, op: Op, from: usize },
}

/// The way to the cursor.
struct Site<'a> {
    parser: Parser<'a>,
    n_open: usize,
    tongue: Tongue,
    /// The last word reaches up to the cursor: it may go on.
    is_touching: bool,
    quote: Option<usize>,
}

impl Site<'_> {
    /// Goes over what is whole; where that ends.
    fn place(&mut self) -> Option<Place> {
        let n = self.parser.tokens.len();
        let mut is_behind_part = false;
        loop {
            let at = self.parser.place;
            let Some(piece) = self.parser.tokens.get(at) else {
                return Some(Place::Part { from: n, is_behind_part });
            };
            match &piece.kind {
                TokenKind::Op(_) => return None,
                TokenKind::Open => (self.n_open, is_behind_part) = (self.n_open + 1, false),
                TokenKind::Close => (self.n_open, is_behind_part) = (self.n_open.saturating_sub(1), true),
                TokenKind::Quoted(_) => is_behind_part = true,
                TokenKind::Word if self.parser.keyword_at(at).is_some() => {
                    if at + 1 == n && self.is_touching {
                        return Some(Place::Part { from: at, is_behind_part });
                    }
                    is_behind_part = false;
                }
                TokenKind::Word => match self.word(at, n, is_behind_part) {
                    Step::Here(place) => return place,
                    Step::On(next) => {
                        (self.parser.place, is_behind_part) = (next, true);
                        continue;
                    }
                },
            }
            self.parser.place = at + 1;
        }
    }

    /// A test, a bare field, or a word that is looked for.
    fn word(&mut self, at: usize, n: usize, is_behind_part: bool) -> Step {
        let Some((field, n_words)) = self.parser.field_at(at) else {
            if self.parser.op_at(at + 1).is_some() {
                return Step::Here(None);
            }
            // The last words may be the beginning of a name.
            let is_last = n - at <= 3
                && (at..n).all(|idx| {
                    self.parser.tokens[idx].kind == TokenKind::Word && self.parser.keyword_at(idx).is_none()
                });
            if is_last && self.is_touching {
                return Step::Here(Some(Place::Part { from: at, is_behind_part }));
            }
            return Step::On(at + 1);
        };
        let behind = at + n_words;
        if let Some(op) = self.parser.op_at(behind) {
            return self.value(field, op, behind + 1, n);
        }
        let place = match n - behind {
            0 if self.is_touching => Place::Part { from: at, is_behind_part },
            0 => Place::Operator { field, from: n },
            1 if self.is_touching => Place::Operator { field, from: behind },
            _ => return Step::On(behind),
        };
        Step::Here(Some(place))
    }

    fn value(&mut self, field: Field, op: Op, from: usize, n: usize) -> Step {
        let here = Step::Here(Some(Place::Value { field, op, from }));
        if from >= n {
            return here;
        }
        self.parser.place = from;
        if self.parser.test(field, op).is_err() || self.parser.place >= n {
            return here;
        }
        // A whole value that may go on: `6 b` → `6 bln`.
        let next = self.parser.place;
        let is_plain = (next..n).all(|idx| self.parser.keyword_at(idx).is_none());
        let phrase = &self.parser.text[self.parser.tokens[from].start..];
        let may_go_on = self.is_touching
            && is_plain
            && self.quote.is_none()
            && !offer::values(field, op, phrase, self.tongue, self.parser.today).is_empty();
        if may_go_on { here } else { Step::On(next) }
    }
}

/// Where the way goes from a word.
enum Step {
    Here(Option<Place>),
    On(usize),
}

/// The place and all that what is offered there depends on.
struct Here<'a> {
    text: &'a str,
    cursor: usize,
    tongue: Tongue,
    today: Date,
    place: Place,
    n_open: usize,
    is_touching: bool,
    quote: Option<usize>,
}

impl Here<'_> {
    fn offers(&self, parser: &mut Parser<'_>) -> Completion {
        let start = |from: usize| parser.tokens.get(from).map_or(self.cursor, |piece: &Token| piece.start);
        match self.place {
            _ if self.quote.is_some() && !matches!(self.place, Place::Value { .. }) => Completion::default(),
            Place::Part { from, is_behind_part } => {
                // The last words may be one name, or words that are looked for and the beginning of a name.
                let starts = from..parser.tokens.len().max(from + 1);
                let found = starts
                    .map(|idx| self.part(start(idx), is_behind_part || idx > from))
                    .find(|found| !found.is_empty());
                Completion { candidates: found.unwrap_or_default(), wanted: None }
            }
            Place::Operator { field, from } => {
                let start = start(from);
                let phrase = &self.text[start..self.cursor];
                let signs = self.put(start, offer::operators(field.kind(), phrase, self.tongue));
                if phrase.is_empty() {
                    let joins = self.part(start, true);
                    let (first, second) =
                        if field.kind() == Kind::Flag { (joins, signs) } else { (signs, joins) };
                    let candidates = first.into_iter().chain(second).collect();
                    return Completion { candidates, wanted: None };
                }
                let forgotten = offer::values(field, Op::Eq, phrase, self.tongue, self.today);
                let forgotten = self.put(start, forgotten.into_iter().map(Offer::with_equals).collect());
                let found = signs.into_iter().chain(forgotten).chain(self.part(start, true)).collect();
                Completion { candidates: found, wanted: None }
            }
            Place::Value { field, op, from } => {
                let start = self.quote.filter(|_| from >= parser.tokens.len()).unwrap_or_else(|| start(from));
                self.value(parser, Test { field, op, operand: super::Operand::Nothing }, from, start)
            }
        }
    }

    /// A part: fields, `bukan`, whole tests of a value; behind a part also `dan`, `atau`, `)`.
    fn part(&self, start: usize, is_behind_part: bool) -> Vec<Candidate> {
        let phrase = &self.text[start..self.cursor];
        let mut found = Vec::new();
        if let Some(field) = Field::parse(phrase) {
            // The name is whole: what comes behind it, beside the longer names.
            let signs = offer::operators(field.kind(), "", self.tongue);
            let joins = if field.kind() == Kind::Flag { self.joins("") } else { Vec::new() };
            found.extend(self.put(self.cursor, joins.into_iter().chain(signs).map(Offer::apart).collect()));
        }
        if is_behind_part {
            found.extend(self.put(start, self.joins(phrase)));
        }
        if !is_behind_part || !phrase.is_empty() {
            found.extend(self.put(start, offer::parts(phrase, self.tongue)));
        }
        found
    }

    fn joins(&self, phrase: &str) -> Vec<Offer> {
        offer::joins(phrase, self.tongue, self.n_open > 0)
    }

    fn value(&self, parser: &mut Parser<'_>, test: Test, from: usize, start: usize) -> Completion {
        let phrase = self.text[start..self.cursor].trim_end();
        let is_open_ended = matches!(test.field.kind(), Kind::Text | Kind::Paper);
        parser.place = from;
        let is_whole = self.quote.is_none()
            && from < parser.tokens.len()
            && parser.test(test.field, test.op).is_ok()
            && parser.place == parser.tokens.len();
        let mut found = Vec::new();
        if is_whole && !self.is_touching {
            found.extend(self.put(self.cursor, self.joins("")));
        }
        if self.quote.is_none() {
            found
                .extend(self.put(start, offer::values(test.field, test.op, phrase, self.tongue, self.today)));
        }
        if is_whole && self.is_touching {
            let last = parser.tokens.last().map_or(self.cursor, |piece| piece.start);
            if is_open_ended && last > start {
                found.extend(self.put(last, self.joins(&self.text[last..self.cursor])));
            } else if !is_open_ended {
                found.extend(self.put(self.cursor, self.joins("").into_iter().map(Offer::apart).collect()));
            }
        }
        let wanted = offer::is_known_to_store(test.field).then(|| Wanted {
            field: test.field,
            typed: phrase.trim_start_matches(['"', '\'', '“', '‘']).to_owned(),
            replace: self.range(start),
        });
        Completion { candidates: found, wanted }
    }

    /// Up to the cursor, and to the end of the word it stands in.
    fn range(&self, start: usize) -> Range<usize> {
        let behind = &self.text[self.cursor..];
        let is_inside = start < self.cursor && self.is_touching;
        let rest = if is_inside { behind.find(super::lexer::ends_word).unwrap_or(behind.len()) } else { 0 };
        start..self.cursor + rest
    }

    fn put(&self, start: usize, offers: Vec<Offer>) -> Vec<Candidate> {
        let replace = self.range(start);
        let has_blank = self.text[replace.end..].starts_with(char::is_whitespace);
        let put = |offer: Offer| Candidate {
            replace: replace.clone(),
            text: if has_blank { offer.text.trim_end().to_owned() } else { offer.text },
            means: offer.means,
        };
        offers.into_iter().map(put).collect()
    }
}
