//! What is offered at a place of a filter: names, signs, values, joining words. What was typed is compared as the parser
//! does, without case, blanks and underscores; what begins so comes first.

use jiff::Span;
use jiff::civil::Date;

use crate::base::calendar::{iso, slashed};
use crate::domain::amount::parse_amount;
use crate::domain::code::squeeze;
use crate::domain::money::Rupiah;
use crate::domain::query::Op;
use crate::domain::query::dates::{Duration, parse_dates};
use crate::domain::query::display::Tongue;
use crate::domain::query::field::{Field, Kind, List};
use crate::domain::query::operand::fits;

/// What an offer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A field.
    Field(Field),
    /// A comparison of values of this kind.
    Compares(Op, Kind),
    /// The value of a list at this place.
    Code(List, u8),
    /// Yes or no.
    Answer(Answer),
    /// Nothing stands there.
    Empty,
    /// A closed range of days.
    Dates(Date, Date),
    /// A distance from today that ends at this day.
    Distance(Date),
    /// A number of days or things, as it is written.
    Number,
    /// Rupiah.
    Money(Rupiah),
    /// Both hold.
    And,
    /// One holds.
    Or,
    /// It does not hold.
    Not,
    /// The parenthesis ends.
    Close,
}

/// The answer of a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not.
    No,
}

/// Something that can be put into a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// With the blanks behind it.
    pub text: String,
    /// What it means.
    pub means: Means,
}

impl Offer {
    fn new(text: impl Into<String>, means: Means) -> Offer {
        Offer { text: text.into(), means }
    }

    /// With a blank before it: it follows a word.
    pub fn apart(self) -> Offer {
        Offer { text: format!(" {}", self.text), ..self }
    }

    /// The sign that was forgotten before a value.
    pub fn with_equals(self) -> Offer {
        Offer { text: format!("= {}", self.text), ..self }
    }
}

/// The fields of an empty line: what a desk filters by most.
const USUAL: &[Field] = &[
    Field::Open,
    Field::Outcome,
    Field::Status,
    Field::Company,
    Field::EventDate,
    Field::Waiting,
    Field::PapersMissing,
    Field::Due,
    Field::Facility,
];

/// So many letters of a value are enough to offer its whole test.
const TEST_LETTERS: usize = 3;

/// Fields, `bukan`, and tests of a value that begins so.
pub fn parts(phrase: &str, tongue: Tongue) -> Vec<Offer> {
    let wanted = squeeze(phrase);
    if wanted.is_empty() {
        let rest = Field::ALL.iter().filter(|field| !USUAL.contains(field));
        return USUAL.iter().chain(rest).map(|field| name(*field, field.name(tongue))).collect();
    }
    let other = if tongue == Tongue::Indonesian { Tongue::English } else { Tongue::Indonesian };
    let begins = |name: &str| squeeze(name).starts_with(&wanted) && squeeze(name) != wanted;
    let mut found: Vec<Offer> = Vec::new();
    // A name that is whole is offered nothing for itself.
    let mut seen: Vec<Field> = Field::parse(phrase).into_iter().collect();
    let mut offer = |fits: &dyn Fn(Field) -> Option<&'static str>| {
        for field in Field::ALL {
            if let Some(text) = fits(*field).filter(|_| !seen.contains(field)) {
                seen.push(*field);
                found.push(name(*field, text));
            }
        }
    };
    offer(&|field| Some(field.name(tongue)).filter(|name| begins(name)));
    offer(&|field| Some(field.name(other)).filter(|name| begins(name)));
    offer(&|field| field.aliases().iter().any(|name| begins(name)).then(|| field.name(tongue)));
    // A word in the middle of a name: `kurang` → `berkas_kurang`.
    offer(&|field| {
        let mut words = field.name(tongue).split('_').skip(1);
        words.any(|word| word.starts_with(&wanted)).then(|| field.name(tongue))
    });
    let not = if tongue == Tongue::Indonesian { "bukan" } else { "not" };
    if not.starts_with(&wanted) {
        found.push(Offer::new(format!("{not} "), Means::Not));
    }
    if wanted.chars().count() >= TEST_LETTERS {
        found.extend(tests(&wanted, tongue));
    }
    found
}

fn name(field: Field, text: &str) -> Offer {
    Offer::new(format!("{text} "), Means::Field(field))
}

/// `kondisi = berobat` for whoever typed `berob`.
fn tests(wanted: &str, tongue: Tongue) -> Vec<Offer> {
    let lists = Field::ALL.iter().filter_map(|field| match field.kind() {
        Kind::Code(list) => Some((*field, list)),
        _ => None,
    });
    let mut found: Vec<(u8, Offer)> = Vec::new();
    for (field, list) in lists {
        for (rank, index) in fitting(list, wanted) {
            let text = format!("{} = {}", field.name(tongue), code_text(list, index, tongue));
            found.push((rank, Offer::new(text, Means::Code(list, index))));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, offer)| offer).collect()
}

/// The values of a list that begin so by their code (0), by another name (1), or have a word that does (2).
fn fitting(list: List, wanted: &str) -> Vec<(u8, u8)> {
    let mut found: Vec<(u8, u8)> = list
        .values()
        .into_iter()
        .filter_map(|(index, code, aliases)| {
            let begins = |name: &str| squeeze(name).starts_with(wanted);
            let has_word = |name: &str| name.split([' ', '_']).any(begins);
            let rank = if begins(code) {
                0
            } else if aliases.iter().any(|alias| begins(alias)) {
                1
            } else if has_word(code) || aliases.iter().any(|alias| has_word(alias)) {
                2
            } else {
                return None;
            };
            Some((rank, index))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found
}

fn code_text(list: List, index: u8, tongue: Tongue) -> String {
    let code = list.code(index).unwrap_or_default();
    if tongue == Tongue::Indonesian { code.to_lowercase() } else { code.to_owned() }
}

/// The signs that fit a kind of value, the usual one first.
pub fn operators(kind: Kind, phrase: &str, tongue: Tongue) -> Vec<Offer> {
    if kind == Kind::Flag {
        let no = if tongue == Tongue::Indonesian { "= tidak" } else { "= no" };
        let offer = Offer::new(no, Means::Answer(Answer::No));
        return if no.starts_with(phrase) { vec![offer] } else { Vec::new() };
    }
    let order = match kind {
        Kind::Text | Kind::Paper => [Op::Contains, Op::Eq, Op::Ne].as_slice(),
        Kind::Code(_) => &[Op::Eq, Op::Ne, Op::Contains],
        Kind::Past | Kind::Due | Kind::Month => &[Op::Eq, Op::Ge, Op::Le, Op::Gt, Op::Lt, Op::Ne],
        _ => &[Op::Gt, Op::Ge, Op::Lt, Op::Le, Op::Eq, Op::Ne],
    };
    let fitting = order.iter().filter(|op| fits(kind, **op) && op.sign().starts_with(phrase));
    fitting.map(|op| Offer::new(format!("{} ", op.sign()), Means::Compares(*op, kind))).collect()
}

/// `dan`, `atau`, and what closes a parenthesis.
pub fn joins(phrase: &str, tongue: Tongue, is_in_parenthesis: bool) -> Vec<Offer> {
    let wanted = phrase.to_lowercase();
    let (own, other) = match tongue {
        Tongue::Indonesian => {
            ([("dan", Means::And), ("atau", Means::Or)], [("and", Means::And), ("or", Means::Or)])
        }
        Tongue::English => {
            ([("and", Means::And), ("or", Means::Or)], [("dan", Means::And), ("atau", Means::Or)])
        }
    };
    let all = own.into_iter().chain(other.into_iter().filter(|_| !wanted.is_empty()));
    let begun = all.filter(|(word, _)| word.starts_with(&wanted) && *word != wanted);
    let mut found: Vec<Offer> = begun.map(|(word, means)| Offer::new(format!("{word} "), means)).collect();
    if is_in_parenthesis && phrase.is_empty() {
        found.push(Offer::new(") ", Means::Close));
    }
    found
}

/// The values that go on from what is typed, as the field's kind has them.
pub fn values(field: Field, op: Op, phrase: &str, tongue: Tongue, today: Date) -> Vec<Offer> {
    let phrase = phrase.trim();
    let mut found = match field.kind() {
        Kind::Text | Kind::Paper => Vec::new(),
        Kind::Code(list) => {
            let wanted = squeeze(phrase);
            let is_other = |index: &u8| list.parse(phrase) != Some(*index);
            let fitting = fitting(list, &wanted).into_iter().map(|(_, index)| index).filter(is_other);
            fitting
                .map(|index| Offer::new(code_text(list, index, tongue), Means::Code(list, index)))
                .collect()
        }
        Kind::Flag => {
            let words = if tongue == Tongue::Indonesian { ["ya", "tidak"] } else { ["yes", "no"] };
            let answers = [Answer::Yes, Answer::No].map(Means::Answer);
            begun(phrase, words.into_iter().map(str::to_owned).zip(answers))
        }
        Kind::Past | Kind::Due | Kind::Month => dates(field.kind(), op, phrase, tongue, today),
        Kind::Money => amounts(phrase, tongue),
        Kind::Days | Kind::Age => {
            begun(phrase, durations(phrase, tongue).into_iter().map(|text| (text, Means::Number)))
        }
        Kind::Count => Vec::new(),
    };
    let has_emptiness = !matches!(field.kind(), Kind::Flag | Kind::Money | Kind::Count);
    if has_emptiness && matches!(op, Op::Eq | Op::Ne) {
        let empty = if tongue == Tongue::Indonesian { "kosong" } else { "empty" };
        found.extend(begun(phrase, [(empty.to_owned(), Means::Empty)].into_iter()));
    }
    found
}

/// What goes on from what is typed, and is not whole already.
fn begun(phrase: &str, all: impl Iterator<Item = (String, Means)>) -> Vec<Offer> {
    let wanted = squeeze(phrase);
    let goes_on = |text: &str| squeeze(text).starts_with(&wanted) && squeeze(text) != wanted;
    all.filter(|(text, _)| goes_on(text)).map(|(text, means)| Offer::new(text, means)).collect()
}

/// Phrases around today; behind `<` and `>` also distances; and today's own date.
fn dates(kind: Kind, op: Op, phrase: &str, tongue: Tongue, today: Date) -> Vec<Offer> {
    let (now, day) = match tongue {
        Tongue::Indonesian => {
            (["hari ini", "minggu ini", "bulan ini", "bulan lalu", "tahun ini", "tahun lalu"], slashed(today))
        }
        Tongue::English => {
            (["today", "this week", "this month", "last month", "this year", "last year"], iso(today))
        }
    };
    let past = if tongue == Tongue::Indonesian { "kemarin" } else { "yesterday" };
    let coming = match tongue {
        Tongue::Indonesian => ["besok", "bulan depan"],
        Tongue::English => ["tomorrow", "next month"],
    };
    let mut phrases: Vec<&str> = Vec::new();
    match kind {
        Kind::Month => phrases.extend(&now[2..]),
        Kind::Due => phrases.extend([now[0], coming[0], now[1], now[2], coming[1]]),
        _ => phrases.extend([now[2], now[3], now[0], past, now[1], now[4], now[5]]),
    }
    let meant = |text: &str| parse_dates(text, today).map(|(from, to)| Means::Dates(from, to));
    let mut all: Vec<(String, Means)> =
        phrases.iter().filter_map(|text| Some(((*text).to_owned(), meant(text)?))).collect();
    if kind != Kind::Month && !matches!(op, Op::Eq | Op::Ne) {
        let distances = durations(phrase, tongue).into_iter().filter_map(|text| {
            let span: Span = Duration::parse(&text)?.span();
            let day = if kind == Kind::Due { today.saturating_add(span) } else { today.saturating_sub(span) };
            Some((text, Means::Distance(day)))
        });
        all.splice(0..0, distances);
    }
    if kind != Kind::Month && !phrase.is_empty() {
        all.push((day, Means::Dates(today, today)));
    }
    begun(phrase, all.into_iter())
}

/// The number that is typed with each unit of time; without one the usual lengths.
fn durations(phrase: &str, tongue: Tongue) -> Vec<String> {
    let [days, months, years] = match tongue {
        Tongue::Indonesian => ["hari", "bln", "thn"],
        Tongue::English => ["days", "months", "years"],
    };
    let number: String = phrase.chars().take_while(char::is_ascii_digit).collect();
    if number.is_empty() {
        return vec![
            format!("30 {days}"),
            format!("6 {months}"),
            format!("1 {}", years.trim_end_matches('s')),
        ];
    }
    let unit = |unit: &'static str| if number == "1" { unit.trim_end_matches('s') } else { unit };
    [days, months, years].map(|name| format!("{number} {}", unit(name))).to_vec()
}

/// The number that is typed with each unit of money.
fn amounts(phrase: &str, tongue: Tongue) -> Vec<Offer> {
    let number: String = phrase.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    let number = if number.is_empty() { "5".to_owned() } else { number };
    let units = match tongue {
        Tongue::Indonesian => ["jt", "rb", " miliar"],
        Tongue::English => [" million", " thousand", " billion"],
    };
    let written = units.into_iter().filter_map(|unit| {
        let text = format!("{number}{unit}");
        let amount = parse_amount(&text).ok()?;
        Some((text, Means::Money(amount)))
    });
    begun(phrase, written)
}

/// Whether the store can say which values there are.
pub fn is_known_to_store(field: Field) -> bool {
    matches!(field, Field::Company | Field::Npp | Field::Facility | Field::Worker)
}
