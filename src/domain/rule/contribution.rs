//! Contributions to work accident insurance, and what late payment of a benefit costs the agency.

use jiff::civil::{Date, date};

/// The regulation of 2021, whose first day no source confirmed.
pub const PP_37: &str = "PP 37/2021 (its first day is unverified)";
/// What was read in 2026 without a first day.
pub const REGULATIONS_READ: &str =
    "regulations of work accident insurance, read in 2026; the first day is unverified";

use crate::domain::code::RiskGroup;
use crate::domain::money::{BasisPoints, Rupiah};
use crate::domain::refusal::Refusal;
use crate::domain::rule::{
    Basis, Calculation, Dated, Mark, Quantity, REGIME_2015, Step, Table, Used, product,
};

/// Rates in hundredths of a percent of the wage, by risk group I–V; the share that goes to job loss insurance (JKP) is
/// inside the gross rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Gross, by risk group.
    pub gross: [i32; 5],
    /// Of which to job loss insurance.
    pub job_loss: i32,
}

/// Contribution rates.
pub const CONTRIBUTION: Table<Rates> = Table {
    id: "contribution",
    basis: Basis::Contribution,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: Rates { gross: [24, 54, 89, 127, 174], job_loss: 0 },
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: date(2021, 2, 2),
            value: Rates { gross: [24, 54, 89, 127, 174], job_loss: 14 },
            source: PP_37,
            mark: Mark::TwoSources,
        },
    ],
};

/// What the agency pays for each day a benefit comes late.
pub const LATE: Table<BasisPoints> = Table {
    id: "late-payment",
    basis: Basis::Payment,
    entries: &[Dated {
        from: REGIME_2015,
        value: BasisPoints::percent(1),
        source: REGULATIONS_READ,
        mark: Mark::Law,
    }],
};

/// A month's contribution of one worker. Gross is what is charged; the two parts add up to it and are never charged
/// beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    /// What the employer is charged.
    pub gross: Rupiah,
    /// Of which to job loss insurance.
    pub job_loss: Rupiah,
    /// What stays with work accident insurance.
    pub net: Rupiah,
    /// The rule.
    pub rule: Used,
}

/// The contribution for a month whose first day is `month`.
pub fn contribution(group: RiskGroup, wage: Rupiah, month: Date) -> Result<Contribution, Refusal> {
    let (rates, rule) = CONTRIBUTION.on(month)?;
    let gross = product(wage, i64::from(rates.gross[usize::from(group.index())]), 10_000)?;
    let job_loss = product(wage, i64::from(rates.job_loss), 10_000)?;
    Ok(Contribution { gross, job_loss, net: gross - job_loss, rule })
}

/// What late payment costs, owed to the participant: a share of the amount for each day late.
pub fn late_payment(amount: Rupiah, days_late: u16, paid: Date) -> Result<Calculation, Refusal> {
    let (share, rule) = LATE.on(paid)?;
    let cost = product(amount, i64::from(share.get()) * i64::from(days_late), 10_000)?;
    let args = vec![
        ("amount", Quantity::Money(amount)),
        ("percent", Quantity::Percent(share)),
        ("days", Quantity::Number(i64::from(days_late))),
    ];
    Ok(Calculation::of(Step { key: "calc-late-payment", args, amount: cost }, rule))
}
