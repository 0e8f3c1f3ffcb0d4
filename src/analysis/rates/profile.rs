//! What marks some rows among all: values that are more frequent among them (lifts), and a short list of readable rules.
//!
//! Rows are claims or companies, the marked ones those of the companies at the top. It describes and proves no cause.

use std::collections::BTreeMap;

use super::discovery::{FALSE_SHARE, corrected};
use super::shares::wilson;
use super::urn::Urn;

/// Categories of the rows, a code for each; and which rows are to be described.
///
/// Columns are lists of codes of some dozens of values: pairs of them are counted in a table of all combinations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traits {
    columns: Vec<Column>,
    is_marked: Vec<bool>,
}

/// One column: the code of each row, and what the codes mean; 0 is what is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    name: &'static str,
    values: Vec<String>,
    numbers: BTreeMap<String, u32>,
    codes: Vec<u32>,
}

impl Traits {
    /// No rows yet, of these columns.
    pub fn new(columns: &[&'static str]) -> Traits {
        let column = |name: &&'static str| Column {
            name,
            values: vec![String::new()],
            numbers: BTreeMap::from([(String::new(), 0)]),
            codes: Vec::new(),
        };
        Traits { columns: columns.iter().map(column).collect(), is_marked: Vec::new() }
    }

    /// Adds a row: a value for each column, empty where not known, and whether it is one of those to be described.
    pub fn push(&mut self, values: &[&str], is_marked: bool) {
        assert_eq!(values.len(), self.columns.len(), "a row has a value for every column");
        for (column, value) in self.columns.iter_mut().zip(values) {
            let code = column.code(value);
            column.codes.push(code);
        }
        self.is_marked.push(is_marked);
    }

    /// Rows.
    pub fn n_rows(&self) -> usize {
        self.is_marked.len()
    }

    /// Rows to be described.
    pub fn n_marked(&self) -> usize {
        self.is_marked.iter().filter(|is| **is).count()
    }

    fn urn(&self) -> Urn {
        Urn { all: count(self.n_rows()), marked: count(self.n_marked()) }
    }
}

impl Column {
    fn code(&mut self, value: &str) -> u32 {
        if let Some(code) = self.numbers.get(value) {
            return *code;
        }
        let code = u32::try_from(self.values.len()).expect("fewer values than rows");
        self.numbers.insert(value.to_owned(), code);
        self.values.push(value.to_owned());
        code
    }

    /// Marked rows and rows of each code.
    fn counts(&self, is_marked: &[bool]) -> Vec<Counts> {
        let mut counts = vec![Counts::default(); self.values.len()];
        for (code, is_marked) in self.codes.iter().zip(is_marked) {
            counts[place(*code)].add(*is_marked);
        }
        counts
    }

    /// The column with the values that a rule may name, in the order of their texts; all others are 0.
    fn frequent(&self, is_marked: &[bool]) -> Column {
        let counts = self.counts(is_marked);
        let (mut values, mut numbers) = (vec![String::new()], BTreeMap::new());
        let mut new_codes = vec![0; self.values.len()];
        for (value, code) in &self.numbers {
            if *code != 0 && counts[place(*code)].n >= LEAST_ROWS {
                let new = u32::try_from(values.len()).expect("fewer values than rows");
                new_codes[place(*code)] = new;
                numbers.insert(value.clone(), new);
                values.push(value.clone());
            }
        }
        let codes = self.codes.iter().map(|code| new_codes[place(*code)]).collect();
        Column { name: self.name, values, numbers, codes }
    }
}

/// Rows, and the marked ones among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    marked: u64,
    n: u64,
}

impl Counts {
    fn add(&mut self, is_marked: bool) {
        self.marked += u64::from(is_marked);
        self.n += 1;
    }
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
/// highest lift first. Of many values some are so by chance: the exact test of drawing rows blindly, corrected for how many
/// values were tested, has to agree.
pub fn lifts(traits: &Traits) -> Vec<Lift> {
    let urn = traits.urn();
    let (mut tested, mut chances) = (Vec::new(), Vec::new());
    for column in &traits.columns {
        let counts = column.counts(&traits.is_marked);
        for (value, counts) in column.values.iter().zip(counts).skip(1) {
            if counts.n >= LEAST_ROWS && urn.marked > 0 {
                tested.push((column.name, value, counts));
                chances.push(urn.at_least(counts.marked, counts.n));
            }
        }
    }
    let named = tested.into_iter().zip(corrected(&chances)).filter(|(_, q)| *q <= FALSE_SHARE);
    let mut found: Vec<Lift> = named
        .filter_map(|((column, value, counts), _)| {
            let here = wilson(counts.marked, urn.marked)?;
            let share_all = counts.n as f64 / urn.all as f64;
            (here.low > share_all).then(|| Lift {
                column,
                value: value.clone(),
                n_here: counts.marked,
                n_all: counts.n,
                share: here.share,
                share_all,
                lift: here.share / share_all,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        b.lift.total_cmp(&a.lift).then(a.column.cmp(b.column)).then_with(|| a.value.cmp(&b.value))
    });
    found
}

/// A short list: the rule whose share of marked rows has the highest lower bound (Wilson, 95 %), then the best among the
/// rows it leaves, and so on while one is surely above the share of all. In each round only rules take part that chance
/// does not explain, corrected for how many were tried.
pub fn rules(traits: &Traits) -> Vec<Rule> {
    let urn = traits.urn();
    if urn.marked == 0 || urn.marked == urn.all {
        return Vec::new();
    }
    let all = urn.marked as f64 / urn.all as f64;
    let columns: Vec<Column> =
        traits.columns.iter().map(|column| column.frequent(&traits.is_marked)).collect();
    let mut left: Vec<usize> = (0..traits.n_rows()).collect();
    let mut found: Vec<Rule> = Vec::new();
    while found.len() < MOST_RULES {
        let Some(best) = best(&columns, &traits.is_marked, &left, all) else { break };
        let holds =
            |row: usize| best.conditions.iter().all(|(place, code)| columns[*place].codes[row] == *code);
        left.retain(|row| !holds(*row));
        found.push(best.rule(&columns, all));
    }
    found
}

/// Conditions, by column and code, and the rows for which they hold.
#[derive(Clone, Debug)]
struct Candidate {
    conditions: Vec<(usize, u32)>,
    counts: Counts,
}

impl Candidate {
    fn rule(&self, columns: &[Column], all: f64) -> Rule {
        let said = |(at, code): &(usize, u32)| (columns[*at].name, columns[*at].values[place(*code)].clone());
        let share = self.counts.marked as f64 / self.counts.n as f64;
        Rule {
            conditions: self.conditions.iter().map(said).collect(),
            support: self.counts.n,
            n_marked: self.counts.marked,
            share,
            lift: share / all,
        }
    }
}

/// The best rule on some rows; a tie goes to fewer conditions, then to the order of the columns.
fn best(columns: &[Column], is_marked: &[bool], rows: &[usize], all: f64) -> Option<Candidate> {
    let tried = candidates(columns, is_marked, rows);
    let marked = rows.iter().filter(|row| is_marked[**row]).count();
    let urn = Urn { all: count(rows.len()), marked: count(marked) };
    let chance = |tried: &Candidate| urn.at_least(tried.counts.marked, tried.counts.n);
    let chances: Vec<f64> = tried.iter().map(chance).collect();
    let named: Vec<(f64, Candidate)> = tried
        .into_iter()
        .zip(corrected(&chances))
        .filter(|(_, q)| *q <= FALSE_SHARE)
        .filter_map(|(tried, _)| Some((wilson(tried.counts.marked, tried.counts.n)?.low, tried)))
        .collect();
    let mut best: Option<&(f64, Candidate)> = None;
    for n_conditions in [1, 2] {
        let worth = if n_conditions == 1 { 1.0 } else { WORTH_A_SECOND };
        let least = best.map_or(all, |(score, _)| score * worth);
        let mut better: Option<&(f64, Candidate)> = None;
        for one in named.iter().filter(|(_, tried)| tried.conditions.len() == n_conditions) {
            if one.0 > least && better.is_none_or(|(so_far, _)| one.0 > *so_far) {
                better = Some(one);
            }
        }
        best = better.or(best);
    }
    best.map(|(_, tried)| tried.clone())
}

/// Every condition and every pair of them with enough rows.
fn candidates(columns: &[Column], is_marked: &[bool], rows: &[usize]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut take = |conditions: &[(usize, usize)], counts: Counts| {
        if counts.n >= LEAST_ROWS && conditions.iter().all(|(_, code)| *code != 0) {
            let code = |code: usize| u32::try_from(code).expect("it came from one");
            let conditions = conditions.iter().map(|(at, of)| (*at, code(*of))).collect();
            found.push(Candidate { conditions, counts });
        }
    };
    for (at, column) in columns.iter().enumerate() {
        let mut counts = vec![Counts::default(); column.values.len()];
        rows.iter().for_each(|row| counts[place(column.codes[*row])].add(is_marked[*row]));
        for (code, counts) in counts.into_iter().enumerate() {
            take(&[(at, code)], counts);
        }
        for (other_at, other) in columns.iter().enumerate().skip(at + 1) {
            let width = other.values.len();
            let mut counts = vec![Counts::default(); column.values.len() * width];
            for row in rows {
                let cell = place(column.codes[*row]) * width + place(other.codes[*row]);
                counts[cell].add(is_marked[*row]);
            }
            for (cell, counts) in counts.into_iter().enumerate() {
                take(&[(at, cell / width), (other_at, cell % width)], counts);
            }
        }
    }
    found
}

fn place(code: u32) -> usize {
    usize::try_from(code).expect("at least 32 bits")
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
