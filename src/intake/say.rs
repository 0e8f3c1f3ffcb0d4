//! Problems as sentences. What stands in them came from a file and is made safe here.

use crate::base::safe;
use crate::domain::problem::Problem;
use crate::words::{Value, Words};

/// The sentence of a problem, with its hint, without its place.
pub fn sentence(problem: &Problem, words: &Words) -> String {
    let safe: Vec<(&str, String)> =
        problem.args.iter().map(|(name, value)| (*name, safe::terminal(value).into_owned())).collect();
    let args: Vec<(&str, Value)> = safe.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    words.format(&problem.key(), &args)
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
