//! Suggestions while typing: companies by number or name, facilities by name.

use crate::domain::query::fold;
use crate::tui::effect::Answer;
use crate::tui::jobs::Trouble;

use super::Bench;

/// More than this nobody reads while typing.
const MOST: usize = 12;

/// What fits: those that begin so first, then those that contain it.
pub fn suggest(bench: &Bench, field: String, typed: String) -> Result<Answer, Trouble> {
    let wanted = fold(typed.trim());
    let known = known(bench, &field)?;
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
