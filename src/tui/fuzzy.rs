//! How well a line of a list fits what is typed: where it begins so, where a word of it does, where it contains it, and
//! last where its letters come in this order (`bwt` for *biaya perawatan*), the nearest first.

use std::cell::RefCell;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// How a line fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It begins with what is typed.
    Begins,
    /// A word of it does.
    Word,
    /// It contains it.
    Contains,
    /// Another word by which it is known begins so.
    Alias,
    /// Its letters come in this order; the less the value, the nearer they stand.
    Letters(u32),
}

impl Fit {
    /// Whether it fits by more than the order of its letters: only then can what is typed be taken at its word.
    pub fn is_literal(self) -> bool {
        !matches!(self, Fit::Letters(_))
    }
}

/// How a text fits; none: it does not. Case and accents do not count.
pub fn fit(text: &str, typed: &str) -> Option<Fit> {
    let typed = typed.trim().to_lowercase();
    let lower = text.to_lowercase();
    if lower.starts_with(&typed) {
        return Some(Fit::Begins);
    }
    let mut words = lower.char_indices().filter(|(at, letter)| {
        letter.is_alphanumeric() && !lower[..*at].chars().next_back().is_some_and(char::is_alphanumeric)
    });
    if words.any(|(at, _)| lower[at..].starts_with(&typed)) {
        return Some(Fit::Word);
    }
    if lower.contains(&typed) {
        return Some(Fit::Contains);
    }
    let score = with_matcher(text, &typed, |pattern, text, matcher| pattern.score(text, matcher))?;
    Some(Fit::Letters(u32::MAX - score))
}

/// The places of the letters that made a text fit, in characters, for underlining them.
pub fn fitting_letters(text: &str, typed: &str) -> Vec<usize> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let lower = text.to_lowercase();
    if let Some(at) = lower.find(&typed)
        && lower.chars().count() == text.chars().count()
    {
        let first = lower[..at].chars().count();
        return (first..first + typed.chars().count()).collect();
    }
    let mut places = Vec::new();
    with_matcher(text, &typed, |pattern, text, matcher| pattern.indices(text, matcher, &mut places));
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|place| usize::try_from(place).ok()).collect()
}

fn with_matcher<T>(
    text: &str,
    typed: &str,
    run: impl FnOnce(&Pattern, Utf32Str<'_>, &mut Matcher) -> Option<T>,
) -> Option<T> {
    // A matcher keeps 135 kB of room to work in: one for each thread that ranks.
    thread_local! {
        static MATCHER: RefCell<Matcher> = RefCell::new(Matcher::new(Config::DEFAULT));
    }
    let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut letters = Vec::new();
    MATCHER.with_borrow_mut(|matcher| run(&pattern, Utf32Str::new(text, &mut letters), matcher))
}
