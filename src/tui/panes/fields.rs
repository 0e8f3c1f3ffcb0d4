//! Fields that several forms share: their labels, the lists they choose from, and how typed text is put in order.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::base::terbilang::in_words;
use crate::desk::{entry, sentence_of_refusal};
use crate::domain::code::{
    AccidentType, BodyPart, CaseKind, CloseReason, Component, Outcome, PayeeKind, Place, Programme, Segment,
    Sex, Source, WageUnit,
};
use crate::domain::{AccountNo, Npp, parse_amount};
use crate::tui::forms::{Choice, Field, FieldKind, Said, past_date, say_past_date};
use crate::words::{Value, Words};

/// The label of a field: `field-<name>`.
pub fn label(name: &str, words: &Words) -> String {
    let text = words.text(&format!("field-{}", plain_name(name).replace('_', "-")));
    let mut letters = text.chars();
    // On the paper labels begin with a capital; within sentences they do not.
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The name of a field without the number of its row: `2.payee` is a payee.
pub fn plain_name(name: &str) -> &str {
    name.split_once('.').map_or(name, |(_, plain)| plain)
}

/// A line of text.
pub fn text(name: impl Into<Cow<'static, str>>, words: &Words) -> Field {
    of_kind(name, FieldKind::Text, words)
}

/// A field of that kind with its label.
fn of_kind(name: impl Into<Cow<'static, str>>, kind: FieldKind, words: &Words) -> Field {
    let name = name.into();
    let label = label(&name, words);
    of_person(Field::new(name, label, kind))
}

/// The day of something that has happened.
pub fn date(name: impl Into<Cow<'static, str>>, words: &Words) -> Field {
    any_date(name, words).normalised_by(past_date).hinted_by(say_past_date)
}

/// A day, which may lie ahead.
pub fn any_date(name: impl Into<Cow<'static, str>>, words: &Words) -> Field {
    of_kind(name, FieldKind::Date, words)
}

/// Fields that are about a person.
const PERSONAL: &[&str] = &["worker", "id_no", "kpj", "birth_date", "payee", "account", "notes"];

/// The field, hidden from guests if it is about a person.
pub fn of_person(field: Field) -> Field {
    if PERSONAL.contains(&plain_name(&field.name)) { field.personal() } else { field }
}

/// The number of a company's registration, found by typing.
pub fn npp(name: impl Into<Cow<'static, str>>, words: &Words) -> Field {
    of_kind(name, FieldKind::Lookup, words).normalised_by(put_npp)
}

fn put_npp(typed: &str, _today: Date, words: &Words) -> Result<String, String> {
    let read = Npp::parse(typed).map(|npp| npp.as_str().to_owned());
    read.map_err(|refusal| sentence_of_refusal(&refusal, words))
}

/// The number of an account: stands as typed, and what is wrong with it is told when the field is left.
pub fn account(words: &Words) -> Field {
    text("account", words).normalised_by(hold_account)
}

fn hold_account(typed: &str, _today: Date, words: &Words) -> Result<String, String> {
    let read = AccountNo::parse(typed).map(|_| typed.to_owned());
    read.map_err(|refusal| sentence_of_refusal(&refusal, words))
}

/// Rupiah: grouped when the field is left, said in words while it is typed.
pub fn amount(name: impl Into<Cow<'static, str>>, words: &Words) -> Field {
    let field = of_kind(name, FieldKind::Amount, words);
    field.normalised_by(group_amount).hinted_by(say_amount)
}

/// An hour of the day.
pub fn hour(name: impl Into<Cow<'static, str>>, words: &Words) -> Field {
    text(name, words).normalised_by(put_hour)
}

/// One of a closed list, by the list's name.
pub fn code(name: impl Into<Cow<'static, str>>, list: &str, words: &Words) -> Field {
    let name = name.into();
    let label = label(&name, words);
    Field::choice(name, label, choices(list, words))
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

/// The amount with its dots and in words; what can no longer become one is asked back at once.
fn say_amount(typed: &str, _today: Date, words: &Words) -> Option<Said> {
    match parse_amount(typed) {
        Ok(amount) => {
            let spoken = in_words(words.lang().code(), amount.get());
            let args = [("amount", Value::Text(amount.grouped())), ("words", Value::Text(spoken))];
            Some(Said::Note(words.format("forms-amount", &args)))
        }
        Err(_) if may_become_amount(typed) => None,
        Err(refusal) => Some(Said::Wrong(sentence_of_refusal(&refusal, words))),
    }
}

/// Whether more letters can still make it an amount: `1.2` on its way to `1.250`, `4,5j` to `4,5jt`.
fn may_become_amount(typed: &str) -> bool {
    const TAILS: [&str; 9] = ["0", "00", "000", "t", "uta", "ta", "a", "b", "p1"];
    TAILS.iter().any(|tail| parse_amount(&format!("{typed}{tail}")).is_ok())
}

fn put_hour(typed: &str, _today: Date, words: &Words) -> Result<String, String> {
    entry::time(typed)
        .map(|time| format!("{:02}.{:02}", time.hour(), time.minute()))
        .map_err(|refusal| sentence_of_refusal(&refusal, words))
}
