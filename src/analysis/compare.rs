//! Two periods on the same centres: groups are made of the claims of one, those of the other are put to the nearest centre,
//! and the shares of both stand side by side.
//!
//! Both are prepared together, so that a value means the same in both; only rows of the first have weight, so that the
//! centres are those of the first alone. Differences of shares have Newcombe's interval (1998, his method 10), all of them
//! together a chi-square test of one table.

use super::cases::Prepared;
use super::cluster::cluster;
use super::clustering::{ClusterError, Clustering, Request};
use super::rates::{Interval, Test, wilson};
use super::watch::Watch;

/// How much of each of two periods a group holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Id of the group.
    pub id: usize,
    /// Rows of the first period, of which the group was made.
    pub here: usize,
    /// Rows of the second that lie nearest to it.
    pub there: usize,
    /// Share of the second less share of the first, with its 95 % interval (Newcombe).
    pub difference: Interval,
}

/// Two periods on the same centres.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The groups, described by the rows of both periods; cost and checks are those of the first.
    pub clustering: Clustering,
    /// Rows of the first period.
    pub here: usize,
    /// Rows of the second.
    pub there: usize,
    /// The groups, in their order.
    pub groups: Vec<Moved>,
    /// The chi-square test of the table of groups by period; none when all rows lie in one group.
    pub test: Option<Test>,
}

impl Moved {
    /// Whether the share has changed by more than chance explains.
    pub fn is_sure(&self) -> bool {
        self.difference.low > 0.0 || self.difference.high < 0.0
    }
}

/// Groups the rows of the first period and puts those of the second beside them. `is_here` says of each row whether it
/// belongs to the first.
///
/// # Errors
/// A period without rows is [`ClusterError::Nothing`]; else those of [`cluster`].
///
/// # Panics
/// When `is_here` has another number of values than the table has rows.
pub fn compare(
    prepared: &Prepared,
    is_here: &[bool],
    request: Request,
    watch: Watch<'_>,
) -> Result<Comparison, ClusterError> {
    assert_eq!(is_here.len(), prepared.table.n_rows(), "one word a row");
    let here = is_here.iter().filter(|is_here| **is_here).count();
    let there = is_here.len() - here;
    if here == 0 || there == 0 {
        return Err(ClusterError::Nothing);
    }
    let mut both = prepared.clone();
    let weights = is_here.iter().map(|is_here| f64::from(u8::from(*is_here))).collect();
    both.table.set_weights(weights).expect("one weight a row, none negative");
    let mut clustering = cluster(&both, request, watch)?;
    // Weights are taken around 1, over the rows of both: in rows of the first again.
    clustering.cost *= here as f64 / is_here.len() as f64;
    let moved = |id| {
        let of = |period: bool| {
            let labels = clustering.labels.iter().zip(is_here);
            labels.filter(|(label, is_here)| **label == id && **is_here == period).count()
        };
        let (in_here, in_there) = (of(true), of(false));
        Moved { id, here: in_here, there: in_there, difference: difference(in_there, there, in_here, here) }
    };
    let groups: Vec<Moved> = clustering.clusters.iter().map(|cluster| moved(cluster.id)).collect();
    let test = chi_square(&groups, here, there);
    Ok(Comparison { clustering, here, there, groups, test })
}

/// The first share less the second, with Newcombe's interval made of Wilson's of both. Neither is of no rows.
fn difference(hits: usize, cases: usize, other_hits: usize, other_cases: usize) -> Interval {
    let of = |hits: usize, cases: usize| wilson(hits as u64, cases as u64).expect("a period has rows");
    let (one, two) = (of(hits, cases), of(other_hits, other_cases));
    let share = one.share - two.share;
    let below = ((one.share - one.low).powi(2) + (two.high - two.share).powi(2)).sqrt();
    let above = ((one.high - one.share).powi(2) + (two.share - two.low).powi(2)).sqrt();
    Interval { share, low: share - below, high: share + above }
}

fn chi_square(groups: &[Moved], here: usize, there: usize) -> Option<Test> {
    let n = (here + there) as f64;
    let used: Vec<&Moved> = groups.iter().filter(|group| group.here + group.there > 0).collect();
    let freedom = used.len().checked_sub(1).filter(|freedom| *freedom > 0)?;
    let cell = |found: usize, rows: usize, all: usize| {
        let expected = rows as f64 * all as f64 / n;
        (found as f64 - expected).powi(2) / expected
    };
    let of = |group: &&Moved| {
        let rows = group.here + group.there;
        cell(group.here, rows, here) + cell(group.there, rows, there)
    };
    let sum: f64 = used.iter().map(of).sum();
    Some(Test::chi_square(sum, freedom))
}
