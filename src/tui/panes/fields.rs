//! Fields that several forms share: their labels, the lists they choose from, and how typed text is put in order.

use jiff::civil::Date;

use crate::base::terbilang::in_words;
use crate::desk::{entry, sentence_of_refusal};
use crate::domain::code::{
    AccidentType, BodyPart, CaseKind, CloseReason, Component, Outcome, PayeeKind, Place, Programme, Segment,
    Sex, Source, WageUnit,
};
use crate::domain::{Npp, parse_amount};
use crate::tui::forms::{Choice, Field, FieldKind, past_date};
use crate::words::Words;

/// The label of a field: `field-<name>`.
pub fn label(name: &str, words: &Words) -> String {
    let text = words.text(&format!("field-{}", name.replace('_', "-")));
    let mut letters = text.chars();
    // On the paper labels begin with a capital; within sentences they do not.
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A line of text.
pub fn text(name: &'static str, words: &Words) -> Field {
    of_person(Field::new(name, label(name, words), FieldKind::Text))
}

/// The day of something that has happened.
pub fn date(name: &'static str, words: &Words) -> Field {
    any_date(name, words).normalised_by(past_date)
}

/// A day, which may lie ahead.
pub fn any_date(name: &'static str, words: &Words) -> Field {
    of_person(Field::new(name, label(name, words), FieldKind::Date))
}

/// Fields that are about a person.
const PERSONAL: &[&str] = &["worker", "id_no", "kpj", "birth_date", "payee", "account", "notes"];

/// The field, hidden from guests if it is about a person.
pub fn of_person(field: Field) -> Field {
    if PERSONAL.contains(&field.name) { field.personal() } else { field }
}

/// The number of a company's registration, found by typing.
pub fn npp(name: &'static str, words: &Words) -> Field {
    Field::new(name, label(name, words), FieldKind::Lookup).normalised_by(put_npp)
}

fn put_npp(typed: &str, _today: Date, words: &Words) -> Result<String, String> {
    let read = Npp::parse(typed).map(|npp| npp.as_str().to_owned());
    read.map_err(|refusal| sentence_of_refusal(&refusal, words))
}

/// Rupiah: grouped when the field is left, said in words while it is typed.
pub fn amount(name: &'static str, words: &Words) -> Field {
    let field = Field::new(name, label(name, words), FieldKind::Amount);
    field.normalised_by(group_amount).hinted_by(amount_in_words)
}

/// An hour of the day.
pub fn hour(name: &'static str, words: &Words) -> Field {
    text(name, words).normalised_by(put_hour)
}

/// One of a closed list, by the list's name.
pub fn code(name: &'static str, list: &str, words: &Words) -> Field {
    Field::choice(name, label(name, words), choices(list, words))
}

/// The values of a closed list in the person's words; empty for a name that is none.
pub fn choices(list: &str, words: &Words) -> Vec<Choice> {
    fn of<T: Copy>(
        all: &[T],
        code: fn(T) -> &'static str,
        key: fn(T) -> String,
        words: &Words,
    ) -> Vec<Choice> {
        let choice = |value: &T| {
            let alias = format!("alias-{}", key(*value));
            let aliases = if words.has(&alias) { words.text(&alias) } else { String::new() };
            Choice::new(code(*value), &words.text(&key(*value))).also(&aliases)
        };
        all.iter().map(choice).collect()
    }
    macro_rules! lists {
        ($($list:ident),*) => {
            match list {
                $($list::LIST => of($list::ALL, $list::code, $list::key, words),)*
                _ => Vec::new(),
            }
        };
    }
    lists!(
        Programme,
        Segment,
        CaseKind,
        Sex,
        WageUnit,
        Place,
        AccidentType,
        Source,
        BodyPart,
        Outcome,
        Component,
        PayeeKind,
        CloseReason
    )
}

fn group_amount(typed: &str, _today: Date, words: &Words) -> Result<String, String> {
    parse_amount(typed).map(|amount| amount.grouped()).map_err(|refusal| sentence_of_refusal(&refusal, words))
}

fn amount_in_words(typed: &str, words: &Words) -> Option<String> {
    let amount = parse_amount(typed).ok()?;
    Some(format!("{} rupiah", in_words(words.lang().code(), amount.get())))
}

fn put_hour(typed: &str, _today: Date, words: &Words) -> Result<String, String> {
    entry::time(typed)
        .map(|time| format!("{:02}.{:02}", time.hour(), time.minute()))
        .map_err(|refusal| sentence_of_refusal(&refusal, words))
}
