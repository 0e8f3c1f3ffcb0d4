//! What marks some rows among all: values that are more frequent among them (lifts), and a short list of readable rules.
//!
//! Rows are claims or companies, the marked ones those of the companies at the top. It describes and proves no cause.

use std::collections::BTreeMap;

use super::shares::wilson;

/// Categories of the rows: a name, and a value for each row; empty where not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Values, row by row.
    pub rows: Vec<Vec<String>>,
    /// Whether a row is one of those to be described.
    pub is_marked: Vec<bool>,
}

/// A value that is more frequent among the marked rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    /// Column.
    pub column: &'static str,
    /// Value.
    pub value: String,
    /// Marked rows with it.
    pub n_here: u64,
    /// Rows with it.
    pub n_all: u64,
    /// Its share of the marked rows.
    pub share: f64,
    /// Its share of all rows.
    pub share_all: f64,
    /// The one by the other.
    pub lift: f64,
}

/// A rule: where these conditions hold, a row is marked more often.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Column and value, one or two.
    pub conditions: Vec<(&'static str, String)>,
    /// Rows for which it holds and no earlier rule does.
    pub support: u64,
    /// Marked ones among them.
    pub n_marked: u64,
    /// Their share.
    pub share: f64,
    /// Their share by that of all rows.
    pub lift: f64,
}

/// Rows a value or a rule needs.
const LEAST_ROWS: u64 = 30;
/// Rules in the list at most.
const MOST_RULES: usize = 5;
/// A rule of two conditions must be better than the best of one by this factor.
const WORTH_A_SECOND: f64 = 1.15;

/// Values with at least thirty rows whose share among the marked rows is surely (Wilson, 95 %) above that among all, the
/// highest lift first.
pub fn lifts(traits: &Traits) -> Vec<Lift> {
    let n_marked = count(traits.is_marked.iter().filter(|is| **is).count());
    let n_rows = count(traits.rows.len());
    let mut found = Vec::new();
    for (place, column) in traits.columns.iter().enumerate() {
        let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (row, is_marked) in traits.rows.iter().zip(&traits.is_marked) {
            let of = counts.entry(&row[place]).or_default();
            of.0 += u64::from(*is_marked);
            of.1 += 1;
        }
        for (value, (n_here, n_all)) in counts {
            let Some(here) = wilson(n_here, n_marked) else { continue };
            let share_all = n_all as f64 / n_rows as f64;
            if value.is_empty() || n_all < LEAST_ROWS || here.low <= share_all {
                continue;
            }
            found.push(Lift {
                column,
                value: value.to_owned(),
                n_here,
                n_all,
                share: here.share,
                share_all,
                lift: here.share / share_all,
            });
        }
    }
    found.sort_by(|a, b| {
        b.lift.total_cmp(&a.lift).then(a.column.cmp(b.column)).then_with(|| a.value.cmp(&b.value))
    });
    found
}

/// A short list: the rule whose share of marked rows has the highest lower bound (Wilson, 95 %), then the best among the
/// rows it leaves, and so on while one is surely above the share of all.
pub fn rules(traits: &Traits) -> Vec<Rule> {
    let n_rows = count(traits.rows.len());
    let n_marked = count(traits.is_marked.iter().filter(|is| **is).count());
    if n_marked == 0 || n_marked == n_rows {
        return Vec::new();
    }
    let all = n_marked as f64 / n_rows as f64;
    let mut left: Vec<usize> = (0..traits.rows.len()).collect();
    let mut found: Vec<Rule> = Vec::new();
    while found.len() < MOST_RULES {
        let Some(rule) = best(traits, &left, all) else { break };
        left.retain(|row| !holds(traits, *row, &rule.conditions));
        found.push(rule);
    }
    found
}

fn holds(traits: &Traits, row: usize, conditions: &[(&'static str, String)]) -> bool {
    conditions.iter().all(|(column, value)| {
        let place = traits.columns.iter().position(|other| other == column);
        place.is_some_and(|place| traits.rows[row][place] == *value)
    })
}

/// The conditions by column place and value.
type Conditions<'a> = Vec<(usize, &'a str)>;

/// The best rule on some rows; a tie goes to fewer conditions, then to the order of the columns.
fn best(traits: &Traits, rows: &[usize], all: f64) -> Option<Rule> {
    let mut counts: BTreeMap<Conditions<'_>, (u64, u64)> = BTreeMap::new();
    for row in rows {
        let values: Conditions<'_> = traits.rows[*row]
            .iter()
            .map(String::as_str)
            .enumerate()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        for (at, one) in values.iter().enumerate() {
            let pairs = values[at + 1..].iter().map(|other| vec![*one, *other]);
            for conditions in std::iter::once(vec![*one]).chain(pairs) {
                let of = counts.entry(conditions).or_default();
                of.0 += u64::from(traits.is_marked[*row]);
                of.1 += 1;
            }
        }
    }
    let mut best: Option<(f64, &Conditions<'_>, u64, u64)> = None;
    for n_conditions in [1, 2] {
        let worth = if n_conditions == 1 { 1.0 } else { WORTH_A_SECOND };
        let least = best.map_or(all, |(score, ..)| score * worth);
        let fits = counts.iter().filter(|(conditions, _)| conditions.len() == n_conditions);
        let mut better: Option<(f64, &Conditions<'_>, u64, u64)> = None;
        for (conditions, (n_marked, n)) in fits.filter(|(_, (_, n))| *n >= LEAST_ROWS) {
            let score = wilson(*n_marked, *n).map_or(0.0, |share| share.low);
            if score > least && better.is_none_or(|(so_far, ..)| score > so_far) {
                better = Some((score, conditions, *n_marked, *n));
            }
        }
        best = better.or(best);
    }
    let (_, conditions, n_marked, support) = best?;
    let conditions =
        conditions.iter().map(|(place, value)| (traits.columns[*place], (*value).to_owned())).collect();
    let share = n_marked as f64 / support as f64;
    Some(Rule { conditions, support, n_marked, share, lift: share / all })
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
