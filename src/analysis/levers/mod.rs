//! Where spending could be looked at: each lever says what was found, in how many cases, how much money by which rule,
//! and the cases themselves. A lever is a signal to look, never an accusation.
//!
//! Pure, over plain [`LeverCase`]s that the desk hands in one by one. What is held: the dearest cases of each lever, as many
//! as were asked for, and about 200 bytes for each work accident case of the span (by event) or closed in the two years
//! that are compared. A branch of ten million claims of all programmes and years has some 300,000 of those: 60 MB. The
//! amounts of money are whole rupiah; rates and shares are numbers that only choose.

mod builder;
mod case;
mod companies;
mod facilities;
mod hits;
mod kinds;
mod late_reports;
mod peers;
mod repeats;

use jiff::civil::Date;

use crate::domain::Rupiah;
use crate::domain::rule::Used;

pub use builder::LeverBuilder;
pub use case::{LeverCase, LeverLine, Partner};
pub use kinds::{LeverBasis, LeverKind};
pub use peers::{AgainstPeers, Diagnoses, PeerCase, against_peers, strata, usual_costs};

/// Which span is looked at, and from which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeverSpan {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// First day on which a case may have been closed to be compared with others: a year of cases has too few of most
    /// companies.
    pub compared_from: Date,
    /// The desk's day: open cases are as old as they are today.
    pub today: Date,
    /// Days of a month of STMB, a setting of the office.
    pub stmb_divisor: u16,
}

impl LeverSpan {
    /// Whether a case closed on a day is compared with others.
    pub fn compares(&self, day: Date) -> bool {
        self.compared_from <= day && day <= self.to
    }

    /// Whether a day lies in the span.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A lever as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// Which.
    pub kind: LeverKind,
    /// Rupiah by the kind's rule, over all cases.
    pub amount: Rupiah,
    /// The entries of dated rules the amount rests on, each once.
    pub rules: Vec<Used>,
    /// Who stands out, or where it gathers: companies, facilities or persons, the largest first.
    pub groups: Vec<LeverGroup>,
    /// How many cases it found.
    pub n_cases: u64,
    /// The dearest of them, the dearest first: all, unless fewer were asked for.
    pub cases: Vec<LeverHit>,
    /// Cases that cannot be told for want of a date, an hour, a wage or an entry in the register.
    pub untold: u64,
}

/// A case that a lever found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeverHit {
    /// Number of the claim.
    pub claim_no: String,
    /// Date of the event.
    pub event: Date,
    /// The employer's name; may be empty.
    pub company: String,
    /// The facility's name; may be empty.
    pub facility: String,
    /// Rupiah by the kind's rule.
    pub amount: Rupiah,
    /// How far it is over the limit, in the kind's unit: days late, days of STMB, days open, days left.
    pub measure: i64,
}

/// Who stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverGroup {
    /// Registration number, facility, or the last four characters of a person's number.
    pub key: String,
    /// Name; that of a person is left out.
    pub name: String,
    /// Cases the lever found there.
    pub n_cases: u64,
    /// All cases of the span there; none where that says nothing.
    pub of: Option<u64>,
    /// Against its like, shrunk: 1 is as usual; a share for late reports.
    pub index: Option<f64>,
    /// The 5 % bound of that.
    pub low: Option<f64>,
    /// Rupiah by the kind's rule.
    pub amount: Rupiah,
}

/// Everything that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Levers {
    /// The span.
    pub span: LeverSpan,
    /// Work accident cases looked at.
    pub n_cases: u64,
    /// Of these, with an event in the span.
    pub n_events: u64,
    /// Each lever, in the order of the list; one without cases found nothing.
    pub levers: Vec<Lever>,
}

impl Levers {
    /// The lever of a kind.
    pub fn of(&self, kind: LeverKind) -> Option<&Lever> {
        self.levers.iter().find(|lever| lever.kind == kind)
    }
}

/// A number rounded to a whole one; beyond the integers it is the largest there is.
fn whole(number: f64) -> i64 {
    format!("{number:.0}").parse().unwrap_or(if number < 0.0 { i64::MIN } else { i64::MAX })
}

/// What an amount is above its like, when it is so many times the usual: amount × (1 − 1 / index), the index to four
/// decimals, whole rupiah half up; nothing for an index of 1 or less.
fn above_usual(amount: Rupiah, index: f64) -> Rupiah {
    let points = whole(index * 10_000.0);
    if points <= 10_000 {
        return Rupiah::ZERO;
    }
    amount.times_ratio(points - 10_000, points).unwrap_or(Rupiah::ZERO)
}
