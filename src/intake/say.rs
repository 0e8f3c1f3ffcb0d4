//! Problems as sentences. What stands in them came from a file and is made safe here.

use crate::base::calendar::slashed;
use crate::base::safe;
use crate::domain::problem::Problem;
use crate::words::{Value, Words};

/// The sentence of a problem, with its hint, without its place.
pub fn sentence(problem: &Problem, words: &Words) -> String {
    let said = |name: &str, value: &str| safe::terminal(&in_words(name, value, words)).into_owned();
    let safe: Vec<(&str, String)> =
        problem.args.iter().map(|(name, value)| (*name, said(name, value))).collect();
    let args: Vec<(&str, Value)> = safe.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    words.format(&problem.key(), &args)
}

/// Fields by their names, and days as they are written here; a cell stands as it is.
fn in_words(name: &str, value: &str, words: &Words) -> String {
    let key = format!("field-{}", value.replace('_', "-"));
    match name {
        "field" | "what" if words.has(&key) => words.text(&key),
        "value" | "text" => value.to_owned(),
        _ => value.parse().map_or_else(|_| value.to_owned(), slashed),
    }
}

/// `file:row column [key]: sentence`, without the parts that are not known.
pub fn line(problem: &Problem, words: &Words) -> String {
    let spot = &problem.spot;
    let mut place = safe::terminal(&spot.file).into_owned();
    if spot.row > 0 {
        place.push_str(&format!(":{}", spot.row));
    }
    if !spot.column.is_empty() {
        place.push_str(&format!(" {}", safe::terminal(&spot.column)));
    }
    if !spot.key.is_empty() {
        place.push_str(&format!(" [{}]", safe::terminal(&spot.key)));
    }
    let sentence = sentence(problem, words);
    if place.is_empty() { sentence } else { format!("{place}: {sentence}") }
}
