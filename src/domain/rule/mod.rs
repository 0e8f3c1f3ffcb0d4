//! Dated benefit rules: what is paid, since when, by which source, and how sure that is.
//!
//! A rule is a [`Table`] of values, each from a day on; the **basis date** (accident, diagnosis, death, payment, layoff)
//! chooses the entry. A [`Calculation`] keeps its steps and the entries it used, so that the sheet can show both, and
//! an unverified rule is visible wherever its number is. Nothing here is a float: percentages are basis points, and
//! every product is formed in `i128` before it is divided and rounded half up to whole rupiah.

mod accident;
mod aid;
mod catalogue;
mod contribution;
mod disability;
mod programme;
mod suggest;

use jiff::civil::Date;

use crate::domain::claim::Wage;
use crate::domain::code::WageUnit;
use crate::domain::money::{BasisPoints, Rupiah};
use crate::domain::refusal::Refusal;
use crate::words::Words;

pub use accident::{
    StmbFacts, accident_death, death_package, funeral, partial_anatomical, partial_functional, periodic,
    stmb, stmb_lowest_after, total_disability, total_package,
};
pub use aid::{Aid, SchoolLevel, Transport, aid, scholarship, transport};
pub use catalogue::document;
pub use contribution::{Contribution, contribution, late_payment};
pub use disability::{DISABILITIES, Degree, Disability, Hand, Side, needs_review};
pub use programme::{
    OldAgePart, job_loss_cash, life_death, life_package, old_age_part, old_age_tax, pension,
};
pub use suggest::{stmb_days_before, suggest};

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The regulation's text or the agency's own site was read.
    Law,
    /// Two independent sources agree.
    TwoSources,
    /// One secondary source.
    OneSource,
    /// Common knowledge that no source confirmed: *belum diverifikasi*.
    Unverified,
}

impl Mark {
    /// Whether a person may rely on it without looking it up.
    pub fn is_verified(self) -> bool {
        matches!(self, Mark::Law | Mark::TwoSources)
    }

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Mark::Law => "rule-mark-law",
            Mark::TwoSources => "rule-mark-two-sources",
            Mark::OneSource => "rule-mark-one-source",
            Mark::Unverified => "rule-mark-unverified",
        }
    }
}

/// Which day of a case chooses the entry of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The accident, or the diagnosis of an occupational disease.
    Event,
    /// The death.
    Death,
    /// The payment.
    Payment,
    /// The day the right arose.
    Entitlement,
    /// The layoff.
    Layoff,
    /// The month of the contribution.
    Contribution,
}

/// A value from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<T: 'static> {
    /// First day.
    pub from: Date,
    /// What holds since.
    pub value: T,
    /// By which text.
    pub source: &'static str,
    /// How sure it is.
    pub mark: Mark,
}

/// A rule: its values in the order of time.
#[derive(Debug, Clone, Copy)]
pub struct Table<T: 'static> {
    /// Name, kebab-case; its words are `rule-<id>`.
    pub id: &'static str,
    /// What chooses the entry.
    pub basis: Basis,
    /// Values, oldest first.
    pub entries: &'static [Dated<T>],
}

/// An entry of a rule that was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Which rule.
    pub id: &'static str,
    /// Since when this entry holds.
    pub from: Date,
    /// By which text.
    pub source: &'static str,
    /// How sure it is.
    pub mark: Mark,
}

impl Used {
    /// The key of its words.
    pub fn key(&self) -> String {
        format!("rule-{}", self.id)
    }

    /// Its text's name in the person's language: the number of a regulation is the same in every one, the rest has words.
    pub fn source_said(&self, words: &Words) -> String {
        source_key(self.source).map_or_else(|| self.source.to_owned(), |key| words.text(key))
    }
}

/// The key of the words of a source that is told by more than its number.
pub fn source_key(source: &str) -> Option<&'static str> {
    match source {
        contribution::REGULATIONS_READ => Some("rule-source-regulations-read"),
        contribution::PP_37 => Some("rule-source-pp-37-2021"),
        programme::YEARLY_LETTER => Some("rule-source-yearly-letter"),
        _ => None,
    }
}

impl<T: Copy> Table<T> {
    /// What holds on a day, and which entry says so; a day before the first entry is refused.
    pub fn on(&self, day: Date) -> Result<(T, Used), Refusal> {
        let entry = self.entries.iter().rev().find(|entry| entry.from <= day);
        let entry =
            entry.ok_or_else(|| Refusal::new("rule-unknown").with("rule", self.id).with("date", day))?;
        let used = Used { id: self.id, from: entry.from, source: entry.source, mark: entry.mark };
        Ok((entry.value, used))
    }
}

/// Something a step's sentence names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Rupiah.
    Money(Rupiah),
    /// A percentage.
    Percent(BasisPoints),
    /// Days, months, a factor.
    Number(i64),
}

impl std::fmt::Display for Quantity {
    /// `18.000.000`, `4,5 %`, `80`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Quantity::Money(amount) => amount.fmt(f),
            Quantity::Number(number) => number.fmt(f),
            Quantity::Percent(points) => {
                let (whole, rest) = (points.get() / 100, points.get() % 100);
                let decimals = format!("{rest:02}");
                match decimals.trim_end_matches('0') {
                    "" => write!(f, "{whole} %"),
                    decimals => write!(f, "{whole},{decimals} %"),
                }
            }
        }
    }
}

/// A line of a calculation sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The key of its sentence, `calc-…`.
    pub key: &'static str,
    /// What the sentence names.
    pub args: Vec<(&'static str, Quantity)>,
    /// What the line comes to.
    pub amount: Rupiah,
}

/// An amount with the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calculation {
    /// The result.
    pub amount: Rupiah,
    /// The way, line by line; the last line is not always the result (a minimum, a sum).
    pub steps: Vec<Step>,
    /// The entries of rules it rests on.
    pub rules: Vec<Used>,
}

impl Calculation {
    /// One step by one rule.
    fn of(step: Step, rule: Used) -> Calculation {
        Calculation { amount: step.amount, steps: vec![step], rules: vec![rule] }
    }

    /// The least sure of its rules.
    pub fn mark(&self) -> Mark {
        self.rules.iter().map(|rule| rule.mark).max().unwrap_or(Mark::Unverified)
    }

    /// Whether every rule it rests on is verified.
    pub fn is_verified(&self) -> bool {
        self.mark().is_verified()
    }
}

/// `amount × numerator ÷ denominator`, half up; a result no claims desk can pay is refused.
fn product(amount: Rupiah, numerator: i64, denominator: i64) -> Result<Rupiah, Refusal> {
    amount
        .times_ratio(numerator, denominator)
        .filter(|result| result.abs() <= Rupiah::LIMIT)
        .ok_or_else(|| Refusal::new("amount-too-large").with("text", amount))
}

/// Days a daily wage is counted for a month.
pub const DAILY_WAGE_DAYS: Table<i64> = Table {
    id: "daily-wage",
    basis: Basis::Event,
    entries: &[Dated { from: REGIME_2015, value: 25, source: "PP 44/2015", mark: Mark::OneSource }],
};

/// PP 44/2015 in force.
const REGIME_2015: Date = jiff::civil::date(2015, 7, 1);
/// PP 82/2019 in force.
const REGIME_2019: Date = jiff::civil::date(2019, 12, 2);

/// The monthly wage U of a wage as typed: a daily one times 25; piece-work and declared income stand as a month.
pub fn monthly_wage(wage: Wage, event: Date) -> Result<Calculation, Refusal> {
    let (days, rule) = DAILY_WAGE_DAYS.on(event)?;
    Ok(match wage.unit {
        WageUnit::Day => {
            let args = vec![("wage", Quantity::Money(wage.amount)), ("days", Quantity::Number(days))];
            let amount = product(wage.amount, days, 1)?;
            Calculation::of(Step { key: "calc-daily-wage", args, amount }, rule)
        }
        WageUnit::Month | WageUnit::Declared => {
            let step = Step { key: "calc-monthly-wage", args: Vec::new(), amount: wage.amount };
            Calculation::of(step, Used { mark: Mark::TwoSources, ..rule })
        }
        WageUnit::Piece => {
            let step = Step { key: "calc-piece-wage", args: Vec::new(), amount: wage.amount };
            Calculation::of(step, Used { mark: Mark::Unverified, ..rule })
        }
    })
}
