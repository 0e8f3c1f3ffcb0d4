//! Two ways to group the same rows, side by side: how far they agree, and which groups of one are met in which of the other.
//!
//! k-means looks at how a case runs and k-modes at what happened; where both agree, what happened says how it runs. The
//! agreement is the adjusted Rand index (Hubert & Arabie 1985), the table that of a chi-square test of independence.

use std::collections::BTreeMap;

use super::clustering::Clustering;
use super::quality::adjusted_rand_index;
use super::rates::Urn;

/// Groups of the one and the other way that share rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meeting {
    /// Id of the first way's group.
    pub first: usize,
    /// Id of the second way's group.
    pub second: usize,
    /// Rows in both.
    pub rows: usize,
    /// Rows that would be in both if the two ways had nothing to do with each other.
    pub expected: f64,
    /// How far `rows` lies from `expected`, in standard deviations of such chance (adjusted residual, Haberman 1973); 0
    /// where one of the groups holds all rows.
    pub residual: f64,
    /// The chance of so many rows or more (Fisher's exact test, one-sided).
    pub chance: f64,
}

/// How two ways to group agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Consensus {
    /// Rows that both ways have grouped.
    pub rows: usize,
    /// Rows that only one of them has.
    pub left_out: usize,
    /// Adjusted Rand index: 1 the same groups, 0 no more than chance.
    pub agreement: f64,
    /// Every pair of groups that share a row, by the ids.
    pub meetings: Vec<Meeting>,
}

/// What chance alone brings less often than this, once in two thousand pairs, is not put down to it.
const RARE: f64 = 0.000_5;

impl Meeting {
    /// Rows against what chance would give; 1 as chance.
    pub fn lift(&self) -> f64 {
        self.rows as f64 / self.expected
    }

    /// Whether more rows share both groups than chance explains: those on which both ways agree.
    pub fn is_agreed(&self) -> bool {
        self.chance < RARE
    }
}

impl Consensus {
    /// Rows in pairs of groups on which both ways agree.
    pub fn agreed_rows(&self) -> usize {
        self.meetings.iter().filter(|meeting| meeting.is_agreed()).map(|meeting| meeting.rows).sum()
    }
}

/// Compares two ways to group rows that are known by their ids. None when they have no row in common.
pub fn consensus(first: (&Clustering, &[String]), second: (&Clustering, &[String])) -> Option<Consensus> {
    let (one, two) = (labels_by_id(first), labels_by_id(second));
    let pairs: Vec<(usize, usize)> =
        one.iter().filter_map(|(id, label)| Some((*label, *two.get(id)?))).collect();
    if pairs.is_empty() {
        return None;
    }
    let (in_one, in_two): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
    Some(Consensus {
        rows: pairs.len(),
        // Those of the one and of the other that are not among both.
        left_out: one.len() + two.len() - 2 * pairs.len(),
        agreement: adjusted_rand_index(&in_one, &in_two),
        meetings: meetings(&pairs),
    })
}

fn labels_by_id<'a>((found, ids): (&Clustering, &'a [String])) -> BTreeMap<&'a str, usize> {
    ids.iter().map(String::as_str).zip(found.labels.iter().copied()).collect()
}

fn meetings(pairs: &[(usize, usize)]) -> Vec<Meeting> {
    let mut cells: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let (mut firsts, mut seconds): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
    for pair in pairs {
        *cells.entry(*pair).or_default() += 1;
        *firsts.entry(pair.0).or_default() += 1;
        *seconds.entry(pair.1).or_default() += 1;
    }
    let n = pairs.len() as f64;
    let meeting = |((first, second), rows): ((usize, usize), usize)| {
        let (share_one, share_two) = (firsts[&first] as f64 / n, seconds[&second] as f64 / n);
        let expected = share_one * share_two * n;
        let spread = (expected * (1.0 - share_one) * (1.0 - share_two)).sqrt();
        let residual = if spread > 0.0 { (rows as f64 - expected) / spread } else { 0.0 };
        let count = |n: usize| u64::try_from(n).expect("memory is smaller than 2^64");
        let urn = Urn { all: count(pairs.len()), marked: count(firsts[&first]) };
        let chance = urn.at_least(count(rows), count(seconds[&second]));
        Meeting { first, second, rows, expected, residual, chance }
    };
    cells.into_iter().map(meeting).collect()
}
