//! What a run has to say about itself: a key of the sentence files and its arguments.

use super::features::label;
use crate::words::{Value, Words, decimal};

/// An argument of a note.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A name or a word.
    Text(String),
    /// Columns, said by their names for people.
    Columns(Vec<String>),
    /// A key of words.
    Words(&'static str),
    /// A count.
    Count(usize),
    /// A number with two decimals.
    Decimal(f64),
}

/// One remark: what was left out, capped, dropped, or must not be read into the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The key of its sentence.
    pub key: &'static str,
    /// The arguments of its sentence.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Note {
    /// A note without arguments.
    pub fn new(key: &'static str) -> Self {
        Self { key, arguments: Vec::new() }
    }

    /// The note with one argument more.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((name, argument));
        self
    }

    /// The note as a sentence.
    pub fn sentence(&self, words: &Words) -> String {
        let arguments: Vec<(&str, Value)> = self
            .arguments
            .iter()
            .map(|(name, argument)| {
                let value = match argument {
                    Argument::Text(text) => Value::from(text.as_str()),
                    Argument::Columns(names) => {
                        let said: Vec<String> = names.iter().map(|name| label(name, words)).collect();
                        Value::from(said.join(", "))
                    }
                    Argument::Words(key) => Value::from(words.text(key)),
                    Argument::Count(count) => Value::from(*count),
                    Argument::Decimal(number) => Value::from(decimal(*number, 2, words.lang())),
                };
                (*name, value)
            })
            .collect();
        words.format(self.key, &arguments)
    }
}
