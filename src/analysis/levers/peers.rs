//! What somebody's cases cost against those of the others for the same diagnosis and outcome, shrunk by how many they
//! are. Costs are looked at in logarithms: they are very skewed, and one dear case must not speak for a facility.

use std::collections::BTreeMap;

use crate::analysis::rates::buhlmann_straub;
use crate::domain::Outcome;

/// Cases of others that a comparison needs at least; with fewer, the next wider kind of case is taken.
const LEAST_OTHERS: u32 = 8;

/// A case with its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerCase {
    /// Whose: a number from 0 without gaps.
    pub who: usize,
    /// What is alike, the narrowest first, as [`strata`] has it; none where that is not known of the case.
    pub strata: [Option<u32>; 2],
    /// Natural logarithm of the cost, with what else explains it taken off.
    pub ln_cost: f64,
}

/// Diagnoses as cases are compared by them: three characters of ICD-10, numbered as they come.
#[derive(Debug, Default)]
pub struct Diagnoses {
    numbers: BTreeMap<String, u32>,
}

impl Diagnoses {
    /// The number of a diagnosis; none where the case has none.
    pub fn number(&mut self, icd10: &str) -> Option<u32> {
        let short = icd10.get(..3).unwrap_or(icd10);
        if short.is_empty() {
            return None;
        }
        if let Some(number) = self.numbers.get(short) {
            return Some(*number);
        }
        let number = u32::try_from(self.numbers.len()).ok()?;
        self.numbers.insert(short.to_owned(), number);
        Some(number)
    }
}

/// What a case is compared within: diagnosis with outcome, and outcome alone. Cases without a diagnosis are not alike for
/// that, so they are only compared by outcome; one without an outcome is like the others without.
pub fn strata(diagnosis: Option<u32>, outcome: Option<Outcome>) -> [Option<u32>; 2] {
    let outcome = outcome.map_or(0, |outcome| u32::from(outcome.index()) + 1);
    [diagnosis.and_then(|diagnosis| diagnosis.checked_mul(16)?.checked_add(outcome)), Some(outcome)]
}

/// Somebody against their peers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgainstPeers {
    /// Cases that could be compared.
    pub n_cases: u64,
    /// Times the peers' cost as counted (geometric mean).
    pub raw: f64,
    /// The same, shrunk to 1 by credibility.
    pub index: f64,
    /// The 5 % bound of it.
    pub low: f64,
    /// Credibility, 0 to 1.
    pub z: f64,
}

/// Count and sum of logarithms.
#[derive(Clone, Copy, Default)]
struct Sum {
    n: u32,
    total: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        self.n += 1;
        self.total += value;
    }
}

/// Everybody against the others. `None` stands for who has no comparable case; without at least two who have, and one
/// with two cases, all have the index 1.
///
/// A case is compared with the mean logarithm of the others' cases of its narrowest kind that has enough of them, so that
/// a large facility is not its own yardstick.
pub fn against_peers(cases: &[PeerCase], n_who: usize) -> Vec<Option<AgainstPeers>> {
    let mut groups: Vec<Vec<(f64, f64)>> = vec![Vec::new(); n_who];
    for (case, usual) in cases.iter().zip(usual_costs(cases)) {
        if let Some(usual) = usual {
            groups[case.who].push((case.ln_cost - usual, 1.0));
        }
    }
    let present: Vec<usize> = (0..n_who).filter(|who| !groups[*who].is_empty()).collect();
    let compared: Vec<Vec<(f64, f64)>> = present.iter().map(|who| groups[*who].clone()).collect();
    let fit = buhlmann_straub(&compared);
    let mut found = vec![None; n_who];
    for (place, who) in present.into_iter().enumerate() {
        let group = &compared[place];
        let mean = group.iter().map(|(value, _)| value).sum::<f64>() / group.len() as f64;
        let (z, estimate, spread) = match &fit {
            // Equal costs everywhere leave 0 / 0: nobody differs.
            Some(fit) if fit.z[place].is_finite() => {
                (fit.z[place], fit.z[place] * mean, ((1.0 - fit.z[place]) * fit.between).max(0.0).sqrt())
            }
            _ => (0.0, 0.0, 0.0),
        };
        found[who] = Some(AgainstPeers {
            n_cases: u64::try_from(group.len()).expect("memory is smaller than 2^64"),
            raw: mean.exp(),
            index: estimate.exp(),
            low: (estimate - NORMAL_95 * spread).exp(),
            z,
        });
    }
    found
}

/// What the others' cases of each case's kind cost on average, in logarithms; `None` where there are too few.
pub fn usual_costs(cases: &[PeerCase]) -> Vec<Option<f64>> {
    let mut all: BTreeMap<(usize, u32), Sum> = BTreeMap::new();
    let mut own: BTreeMap<(usize, u32, usize), Sum> = BTreeMap::new();
    let known = |case: &PeerCase| {
        let levels = case.strata.into_iter().enumerate();
        levels.filter_map(|(level, stratum)| Some((level, stratum?)))
    };
    for case in cases {
        for (level, stratum) in known(case) {
            all.entry((level, stratum)).or_default().add(case.ln_cost);
            own.entry((level, stratum, case.who)).or_default().add(case.ln_cost);
        }
    }
    let usual = |case: &PeerCase| {
        known(case).find_map(|(level, stratum)| {
            let (all, own) = (all[&(level, stratum)], own[&(level, stratum, case.who)]);
            let n = all.n - own.n;
            (n >= LEAST_OTHERS).then(|| (all.total - own.total) / f64::from(n))
        })
    };
    cases.iter().map(usual).collect()
}

/// The one-sided 95 % point of the normal distribution.
const NORMAL_95: f64 = 1.644_853_626_951_472_7;
