//! What was typed becomes what is meant: dates with today as default, amounts, codes, filters. One place, so that
//! every command reads alike and complains alike.

use jiff::civil::Date;

use crate::cli::exit::CliError;
use crate::cli::session::Session;
use crate::desk::{Desk, entry};
use crate::domain::query::{self, Expr, Field, Tongue};
use crate::domain::{Period, Rupiah};
use crate::store::{Direction, Sort};
use crate::words::Lang;

/// A date, or today.
pub fn date_or_today(text: Option<&str>, desk: &Desk) -> Result<Date, CliError> {
    text.map_or(Ok(desk.today()), |text| date(text, desk.today()))
}

/// A date.
pub fn date(text: &str, today: Date) -> Result<Date, CliError> {
    entry::date(text, today).map_err(CliError::Unread)
}

/// A month.
pub fn period(session: &Session, text: &str) -> Result<Period, CliError> {
    text.parse().map_err(|_| session.usage("cli-bad-period", &[("text", text.into())]))
}

/// An amount.
pub fn amount(text: &str) -> Result<Rupiah, CliError> {
    crate::domain::amount::parse_amount(text).map_err(CliError::Unread)
}

/// A value of a closed list.
pub fn code<T>(list: &'static str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, CliError> {
    entry::code(list, text, parse).map_err(CliError::Unread)
}

/// A filter; a wrong one is shown with a mark under its place.
pub fn filter(session: &Session, text: &str, today: Date) -> Result<Expr, CliError> {
    query::parse(text, today).map_err(|error| {
        let sentence = filter_sentence(session, &error, text);
        let mark = format!("{}^", " ".repeat(error.column(text).saturating_sub(1)));
        CliError::Usage(format!("{sentence}\n  {text}\n  {mark}"))
    })
}

/// What is wrong with a filter, and the nearest right word.
fn filter_sentence(session: &Session, error: &query::QueryError, text: &str) -> String {
    let args = [("found", error.found.as_str().into()), ("column", error.column(text).into())];
    let sentence = session.say(&error.key(), &args);
    match &error.nearest {
        Some(nearest) => {
            format!("{sentence} {}", session.say("query-nearest", &[("nearest", nearest.as_str().into())]))
        }
        None => sentence,
    }
}

/// A column to sort by; a minus in front turns it round.
pub fn sort(session: &Session, text: Option<&str>) -> Result<Sort, CliError> {
    let Some(text) = text else { return Ok(Sort::default()) };
    let (direction, name) = match text.strip_prefix('-') {
        Some(name) => (Direction::Descending, name),
        None => (Direction::Ascending, text),
    };
    Ok(Sort { column: field(session, name)?, direction })
}

/// A column by its name in either language.
pub fn field(session: &Session, name: &str) -> Result<Field, CliError> {
    Field::parse(name).ok_or_else(|| {
        let tongue = match session.words.lang() {
            Lang::Id => Tongue::Indonesian,
            Lang::En => Tongue::English,
        };
        let known = Field::ALL.iter().map(|field| field.name(tongue)).collect::<Vec<_>>().join(", ");
        session.usage("cli-unknown-column", &[("name", name.into()), ("known", known.into())])
    })
}

/// A filter of ours, which is kept in Indonesian, in the person's language; either can be typed.
pub fn own_words(session: &Session, filter: &str, today: Date) -> String {
    let tongue = match session.words.lang() {
        Lang::Id => return filter.to_owned(),
        Lang::En => Tongue::English,
    };
    query::parse(filter, today).map_or_else(|_| filter.to_owned(), |filter| filter.display(tongue))
}
