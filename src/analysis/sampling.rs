//! Which cases to look at by hand: drawn by value, by their distance from their peers, or at random. The same cases,
//! way, number and seed draw the same, in whatever order they come; every case keeps a known chance, so that what is
//! found can be reckoned up to all of them.
//!
//! What is held is one [`Unit`] for each case that can be drawn: memory grows with them.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// How cases are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawBy {
    /// With a chance proportional to the rupiah (monetary unit sampling).
    Value,
    /// With a chance proportional to the rupiah between the case and what its peers cost.
    Variance,
    /// Each with the same chance.
    Random,
}

impl DrawBy {
    /// Its name on the command line and in files.
    pub const fn code(self) -> &'static str {
        match self {
            DrawBy::Value => "value",
            DrawBy::Variance => "variance",
            DrawBy::Random => "random",
        }
    }

    /// The way with this name, in either language.
    pub fn parse(text: &str) -> Option<DrawBy> {
        match text.trim().to_lowercase().as_str() {
            "value" | "nilai" => Some(DrawBy::Value),
            "variance" | "selisih" => Some(DrawBy::Variance),
            "random" | "acak" => Some(DrawBy::Random),
            _ => None,
        }
    }
}

/// A case that can be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Number of the claim.
    pub claim_no: String,
    /// Rupiah; what is below zero counts as nothing.
    pub rupiah: i64,
    /// What its peers cost, in rupiah; none where it has too few.
    pub usual_rupiah: Option<i64>,
}

impl Unit {
    /// What the chance is proportional to.
    fn size(&self, by: DrawBy) -> u64 {
        match by {
            DrawBy::Value => u64::try_from(self.rupiah).unwrap_or(0),
            DrawBy::Variance => self.usual_rupiah.map_or(0, |usual| self.rupiah.abs_diff(usual)),
            DrawBy::Random => 1,
        }
    }
}

/// A case that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Which.
    pub unit: Unit,
    /// The chance it had, above 0 and at most 1; 1 is certain.
    pub chance: f64,
}

/// A sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// How it was drawn.
    pub by: DrawBy,
    /// The dice's seed.
    pub seed: u64,
    /// Cases it was drawn from: those that had a chance.
    pub n_units: usize,
    /// Cases without a chance: no money, or no peers.
    pub n_left: usize,
    /// Rupiah of all of them.
    pub rupiah: i128,
    /// What was drawn, by claim number.
    pub drawn: Vec<Drawn>,
}

/// Draws `n` different cases, or all that have a chance where they are fewer.
///
/// By size: cases as large as the interval between two hits are certain and taken out, until none is; the others are
/// laid end to end in the order of their numbers and hit at even distances from a random start, which gives each
/// exactly n × size / total. Sums are whole numbers, so nothing is lost to rounding.
pub fn draw(mut units: Vec<Unit>, by: DrawBy, n: usize, seed: u64) -> Sample {
    let n_all = units.len();
    units.retain(|unit| unit.size(by) > 0);
    units.sort_by(|a, b| a.claim_no.cmp(&b.claim_no));
    let rupiah = units.iter().map(|unit| i128::from(unit.rupiah)).sum();
    let (n_units, n_left) = (units.len(), n_all - units.len());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let n = n.min(units.len());
    let drawn = match by {
        DrawBy::Random => at_random(units, n, &mut random),
        DrawBy::Value | DrawBy::Variance => {
            let (mut drawn, rest, n_rest) = certain(units, by, n);
            let total: u128 = rest.iter().map(|unit| u128::from(unit.size(by))).sum();
            if n_rest > 0 && total > 0 {
                let start = random.gen_range(0..total);
                drawn.extend(systematic(rest, by, n_rest, start));
            }
            drawn.sort_by(|a, b| a.unit.claim_no.cmp(&b.unit.claim_no));
            drawn
        }
    };
    Sample { by, seed, n_units, n_left, rupiah, drawn }
}

/// Takes out what is certain; the rest, and how many of it are still to be drawn.
fn certain(units: Vec<Unit>, by: DrawBy, n: usize) -> (Vec<Drawn>, Vec<Unit>, usize) {
    let (mut drawn, mut rest, mut n_rest) = (Vec::new(), units, n);
    loop {
        let total: u128 = rest.iter().map(|unit| u128::from(unit.size(by))).sum();
        let is_certain = |unit: &Unit| n_rest > 0 && u128::from(unit.size(by)) * wide(n_rest) >= total;
        let (sure, others): (Vec<Unit>, Vec<Unit>) = rest.into_iter().partition(is_certain);
        rest = others;
        if sure.is_empty() {
            return (drawn, rest, n_rest);
        }
        n_rest -= sure.len().min(n_rest);
        drawn.extend(sure.into_iter().map(|unit| Drawn { unit, chance: 1.0 }));
    }
}

/// Hits at `(start + j × total) ÷ n` for j below n, in units of one n-th: all in whole numbers. Every size is below the
/// interval, so nothing is hit twice.
fn systematic(units: Vec<Unit>, by: DrawBy, n: usize, start: u128) -> Vec<Drawn> {
    let total: u128 = units.iter().map(|unit| u128::from(unit.size(by))).sum();
    let (mut drawn, mut passed, mut next) = (Vec::with_capacity(n), 0_u128, start);
    for unit in units {
        let size = u128::from(unit.size(by));
        passed += size * wide(n);
        if next < passed {
            let chance = (size * wide(n)) as f64 / total as f64;
            drawn.push(Drawn { unit, chance });
            next += total;
        }
    }
    drawn
}

/// Those with the smallest of as many random numbers.
fn at_random(units: Vec<Unit>, n: usize, random: &mut Xoshiro256PlusPlus) -> Vec<Drawn> {
    let chance = n as f64 / (units.len().max(1)) as f64;
    let mut keyed: Vec<(u64, Unit)> = units.into_iter().map(|unit| (random.r#gen(), unit)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.claim_no.cmp(&b.1.claim_no)));
    keyed.truncate(n);
    let mut drawn: Vec<Drawn> = keyed.into_iter().map(|(_, unit)| Drawn { unit, chance }).collect();
    drawn.sort_by(|a, b| a.unit.claim_no.cmp(&b.unit.claim_no));
    drawn
}

fn wide(n: usize) -> u128 {
    u128::try_from(n).expect("128 bits hold it")
}
