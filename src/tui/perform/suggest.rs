//! Suggestions while typing: companies by number or name, facilities by name; in the filter line also workers.

use std::collections::BTreeSet;

use crate::domain::query::{Expr, Field, Op, Operand, Test, fold};
use crate::store::{Direction, Sort};
use crate::tui::effect::Answer;
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::list::FILTER_VALUE;

use super::Bench;

/// More than this nobody reads while typing.
const MOST: usize = 12;

/// What fits: those that begin so first, then those that contain it.
pub fn suggest(bench: &Bench, field: String, typed: String, context: &JobContext) -> Result<Answer, Trouble> {
    let wanted = fold(typed.trim());
    let known = match field.strip_prefix(FILTER_VALUE) {
        Some("worker") => workers(bench, typed.trim(), context)?,
        other => known(bench, other.unwrap_or(&field))?,
    };
    let rank = |label: &str| {
        let label = fold(label);
        if label.starts_with(&wanted) { Some(0) } else { label.contains(&wanted).then_some(1) }
    };
    let mut found: Vec<(u8, String, String)> =
        known.into_iter().filter_map(|(value, label)| Some((rank(&label)?, label, value))).collect();
    found.sort();
    let choices = found.into_iter().take(MOST).map(|(_, label, value)| (value, label)).collect();
    Ok(Answer::Suggested { field, typed, choices })
}

/// Value and label of everything a field can be.
fn known(bench: &Bench, field: &str) -> Result<Vec<(String, String)>, Trouble> {
    let view = bench.desk.view();
    let trouble = |error| bench.store_trouble(error);
    Ok(match field {
        "npp" => view
            .companies()
            .map_err(trouble)?
            .iter()
            .map(|company| {
                let npp = company.npp.as_str();
                (npp.to_owned(), format!("{npp} {}", company.name))
            })
            .collect(),
        "company" => view
            .companies()
            .map_err(trouble)?
            .iter()
            .map(|company| (company.name.clone(), format!("{} {}", company.name, company.npp.as_str())))
            .collect(),
        "facility" => view
            .facilities()
            .map_err(trouble)?
            .iter()
            .map(|facility| (facility.name.clone(), facility.name.clone()))
            .collect(),
        _ => Vec::new(),
    })
}

/// So many letters of a name must be typed before all claims are looked through for it.
const NAME_LETTERS: usize = 3;
/// So many claims are read for their workers' names.
const CLAIMS_READ: usize = 200;

/// Names of workers with this in them, by the alphabet.
fn workers(bench: &Bench, typed: &str, context: &JobContext) -> Result<Vec<(String, String)>, Trouble> {
    if typed.chars().count() < NAME_LETTERS {
        return Ok(Vec::new());
    }
    let operand = Operand::Text(typed.to_owned());
    let named = Expr::Test(Test { field: Field::Worker, op: Op::Contains, operand });
    let sort = Sort { column: Field::Worker, direction: Direction::Ascending };
    let rows = bench.desk.view().select(&named, sort, bench.desk.today(), context.cancel_flag(), &|_, _| {});
    let rows =
        rows.and_then(|rows| rows.window(0..CLAIMS_READ)).map_err(|error| bench.store_trouble(error))?;
    let names: BTreeSet<String> = rows.into_iter().map(|row| row.worker).collect();
    Ok(names.into_iter().map(|name| (name.clone(), name)).collect())
}
