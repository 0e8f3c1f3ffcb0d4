//! Floor 0. The two languages: a code and its arguments become a sentence here.
//!
//! The sentences live in `locales/<language>/<module>.ftl` (Fluent) and are built into the program, so that it needs
//! no file beside it. Knows nothing of what it says: keys and arguments come from above. Text put into a sentence is
//! *not* made safe here; whoever prints it to a terminal does that (`base::safe`).

mod files;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use files::{FILES, Source};

/// A language the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Indonesian, the default.
    #[default]
    Id,
    /// English.
    En,
}

/// A language code that is neither `id` nor `en`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLang(
    /// What was given.
    pub String,
);

/// What stands in a sentence at a `{ $name }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text as it is; also for years, codes and amounts already written out.
    Text(String),
    /// A whole number: chooses the plural form, and is printed `1.234` in both languages, as amounts are.
    Int(i64),
}

/// All sentences in one language. Cheap to clone, and threads may share it.
#[derive(Clone)]
pub struct Words {
    inner: Arc<Inner>,
}

impl Lang {
    /// Both languages, the default first.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// `id` or `en`: what a person types, and the folder of the sentences.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    /// Takes `id`, `en` and the shapes of the environment, `id_ID.UTF-8`, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        let code = text.trim().split(['_', '-', '.', '@']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| lang.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| UnknownLang(text.to_owned()))
    }
}

impl fmt::Display for UnknownLang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{}\": id | en", self.0)
    }
}

impl std::error::Error for UnknownLang {}

impl Words {
    /// The sentences of one language, with Indonesian behind it for keys that it lacks.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let fallback = (lang != Lang::Id).then(|| bundle(Lang::Id));
        Self { inner: Arc::new(Inner { lang, bundle: bundle(lang), fallback }) }
    }

    /// The language spoken.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.inner.lang
    }

    /// The sentence of a key without arguments. A key that exists nowhere is shown itself: never a panic over a word.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.inner.say(key, None)
    }

    /// The sentence of a key with its arguments, `words.format("refusal-x", &[("no", "K26-1".into())])`.
    #[must_use]
    pub fn format(&self, key: &str, arguments: &[(&str, Value)]) -> String {
        let fluent: FluentArgs<'_> =
            arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), value.to_fluent())).collect();
        self.inner.say(key, Some(&fluent))
    }

    /// Whether the language itself, or Indonesian behind it, has this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.inner.bundles().any(|bundle| bundle.has_message(key))
    }

    /// A whole number with dots, `1.234`, in both languages: beside it stand amounts, which are written so everywhere.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        grouped(number)
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::new(Lang::default())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Words").field("lang", &self.inner.lang).finish_non_exhaustive()
    }
}

struct Inner {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    fallback: Option<FluentBundle<FluentResource>>,
}

impl Inner {
    fn bundles(&self) -> impl Iterator<Item = &FluentBundle<FluentResource>> {
        std::iter::once(&self.bundle).chain(&self.fallback)
    }

    fn say(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        for bundle in self.bundles() {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                // A missing argument shows as `{$name}`: ugly and visible, but the work goes on.
                let mut ignored = Vec::new();
                return bundle.format_pattern(pattern, arguments, &mut ignored).into_owned();
            }
        }
        key.to_owned()
    }
}

impl Value {
    /// Fluent counts in floats: a number they cannot hold goes in as text, its plural form is then the general one.
    fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::Int(number) if number.unsigned_abs() < 1 << 53 => FluentValue::from(*number),
            Self::Int(number) => FluentValue::from(grouped(*number)),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Int(i64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(i64::from(number))
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::Int)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::Int)
    }
}

/// A number with this many decimals behind a comma, in both languages: a point groups thousands wherever rupiah stand beside
/// it, and one sign must not mean both. Thousands stand without a mark.
#[must_use]
pub fn decimal(number: f64, n_decimals: usize, lang: Lang) -> String {
    let text = format!("{number:.n_decimals$}");
    match lang {
        Lang::Id | Lang::En => text.replace('.', ","),
    }
}

/// A share of one in percent, `12 %`, with this many decimals.
#[must_use]
pub fn percent(share: f64, n_decimals: usize, lang: Lang) -> String {
    format!("{} %", decimal(share * 100.0, n_decimals, lang))
}

/// A probability after its letter, `= 0,042`; below a thousandth only that, `< 0,001`.
#[must_use]
pub fn probability(p: f64, lang: Lang) -> String {
    const LEAST: f64 = 0.001;
    if p < LEAST { format!("< {}", decimal(LEAST, 3, lang)) } else { format!("= {}", decimal(p, 3, lang)) }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let identifier: LanguageIdentifier = lang.code().parse().expect("our own codes are language identifiers");
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Direction marks around arguments would reach terminals and files; nothing here is written right to left.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(print));
    for source in FILES {
        // The good part of a file with a mistake is still good; the tests refuse the mistake itself.
        let resource =
            FluentResource::try_new(source.text(lang).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Whole numbers only; everything else stays with Fluent.
fn print<Memoizer>(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => format!("{:.0}", number.value).parse().ok().map(grouped),
        _ => None,
    }
}

fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut printed = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        printed.push('-');
    }
    for (digit_idx, digit) in digits.chars().enumerate() {
        if digit_idx > 0 && (digits.len() - digit_idx).is_multiple_of(3) {
            printed.push('.');
        }
        printed.push(digit);
    }
    printed
}
