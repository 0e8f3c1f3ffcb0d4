//! Benefits of the other programmes: life (JKM), old age (JHT), pension (JP), job loss (JKP).

use jiff::civil::{Date, date};

/// The letter that tells the wage cap of a year.
pub const YEARLY_LETTER: &str = "yearly letter of the agency";

use crate::domain::code::Component;
use crate::domain::money::{BasisPoints, Rupiah};
use crate::domain::refusal::Refusal;
use crate::domain::rule::accident::{FUNERAL, PERIODIC, fixed};
use crate::domain::rule::{
    Basis, Calculation, Dated, Mark, Quantity, REGIME_2015, REGIME_2019, Step, Table, product,
};

/// Compensation of the life programme, beside periodic compensation and funeral.
pub const LIFE_DEATH: Table<Rupiah> = Table {
    id: "life-death",
    basis: Basis::Death,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: Rupiah::new(16_200_000),
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: REGIME_2019,
            value: Rupiah::new(20_000_000),
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// Income tax on old age savings paid at once: free up to here, and the rate above.
pub const OLD_AGE_TAX: Table<(Rupiah, BasisPoints)> = Table {
    id: "old-age-tax",
    basis: Basis::Payment,
    entries: &[Dated {
        from: date(2009, 11, 16),
        value: (Rupiah::new(50_000_000), BasisPoints::percent(5)),
        source: "PP 68/2009",
        mark: Mark::OneSource,
    }],
};

/// Parts of the old age savings that can be taken once after ten years: for anything, and for a house.
pub const OLD_AGE_PARTS: Table<(BasisPoints, BasisPoints)> = Table {
    id: "old-age-part",
    basis: Basis::Payment,
    entries: &[Dated {
        from: REGIME_2015,
        value: (BasisPoints::percent(10), BasisPoints::percent(30)),
        source: "PP 46/2015",
        mark: Mark::TwoSources,
    }],
};

/// Pension: share of the average yearly wage for each year of contributions, and the months needed for a monthly one.
pub const PENSION: Table<(BasisPoints, i64)> = Table {
    id: "pension",
    basis: Basis::Entitlement,
    entries: &[Dated {
        from: REGIME_2015,
        value: (BasisPoints::percent(1), 180),
        source: "PP 45/2015",
        mark: Mark::Law,
    }],
};

/// Wage up to which pension is paid and contributed.
pub const PENSION_WAGE_CAP: Table<Rupiah> = Table {
    id: "pension-wage-cap",
    basis: Basis::Contribution,
    entries: &[Dated {
        from: date(2026, 3, 1),
        value: Rupiah::new(11_086_300),
        source: YEARLY_LETTER,
        mark: Mark::OneSource,
    }],
};

/// Job loss cash: wage cap, and the share of the wage month by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobLoss {
    /// Wage counted at most.
    pub wage_cap: Rupiah,
    /// Share of the wage in each month.
    pub months: [BasisPoints; 6],
}

/// Job loss cash benefit.
pub const JOB_LOSS: Table<JobLoss> = Table {
    id: "job-loss-cash",
    basis: Basis::Layoff,
    entries: &[
        Dated {
            from: date(2021, 2, 2),
            value: JobLoss {
                wage_cap: Rupiah::new(5_000_000),
                months: [
                    BasisPoints::percent(45),
                    BasisPoints::percent(45),
                    BasisPoints::percent(45),
                    BasisPoints::percent(25),
                    BasisPoints::percent(25),
                    BasisPoints::percent(25),
                ],
            },
            source: "PP 37/2021",
            mark: Mark::TwoSources,
        },
        Dated {
            from: date(2025, 2, 7),
            value: JobLoss { wage_cap: Rupiah::new(5_000_000), months: [BasisPoints::percent(60); 6] },
            source: "PP 6/2025",
            mark: Mark::TwoSources,
        },
    ],
};

/// Compensation of the life programme.
pub fn life_death(death: Date) -> Result<Calculation, Refusal> {
    fixed(&LIFE_DEATH, death)
}

/// Everything the life programme pays at once, by component.
pub fn life_package(death: Date) -> Result<Vec<(Component, Calculation)>, Refusal> {
    Ok(vec![
        (Component::Death, life_death(death)?),
        (Component::Periodic, fixed(&PERIODIC, death)?),
        (Component::Funeral, fixed(&FUNERAL, death)?),
    ])
}

/// Income tax (PPh) on old age savings paid at once.
pub fn old_age_tax(balance: Rupiah, paid: Date) -> Result<Calculation, Refusal> {
    let ((free, rate), rule) = OLD_AGE_TAX.on(paid)?;
    let taxed = (balance - free).max(Rupiah::ZERO);
    let amount = product(taxed, i64::from(rate.get()), 10_000)?;
    let args = vec![
        ("free", Quantity::Money(free)),
        ("taxed", Quantity::Money(taxed)),
        ("percent", Quantity::Percent(rate)),
    ];
    Ok(Calculation::of(Step { key: "calc-old-age-tax", args, amount }, rule))
}

/// For what a part of the old age savings is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OldAgePart {
    /// To prepare for retirement.
    Retirement,
    /// For a house.
    House,
}

/// The most that can be taken of the old age savings, once, after ten years of contributions.
pub fn old_age_part(part: OldAgePart, balance: Rupiah, paid: Date) -> Result<Calculation, Refusal> {
    let ((retirement, house), rule) = OLD_AGE_PARTS.on(paid)?;
    let share = if part == OldAgePart::House { house } else { retirement };
    let amount = product(balance, i64::from(share.get()), 10_000)?;
    let args = vec![("balance", Quantity::Money(balance)), ("percent", Quantity::Percent(share))];
    Ok(Calculation::of(Step { key: "calc-old-age-part", args, amount }, rule))
}

/// Monthly pension: 1 % × months ÷ 12 × weighted average yearly wage ÷ 12. Below the needed months a lump sum is paid
/// that needs the fund's balance: refused here.
pub fn pension(average_yearly_wage: Rupiah, months: i64, entitled: Date) -> Result<Calculation, Refusal> {
    let ((share, needed), rule) = PENSION.on(entitled)?;
    if months < needed {
        return Err(Refusal::new("pension-lump-sum").with("months", months).with("needed", needed));
    }
    let amount = product(average_yearly_wage, i64::from(share.get()) * months, 10_000 * 12 * 12)?;
    let args = vec![
        ("percent", Quantity::Percent(share)),
        ("months", Quantity::Number(months)),
        ("wage", Quantity::Money(average_yearly_wage)),
    ];
    Ok(Calculation::of(Step { key: "calc-pension", args, amount }, rule))
}

/// Job loss cash for one month, counted from 1.
pub fn job_loss_cash(wage: Rupiah, month: u8, layoff: Date) -> Result<Calculation, Refusal> {
    let (job_loss, rule) = JOB_LOSS.on(layoff)?;
    let place = usize::from(month).checked_sub(1);
    let Some(share) = place.and_then(|place| job_loss.months.get(place)) else {
        return Err(Refusal::new("job-loss-month").with("month", month));
    };
    let counted = wage.min(job_loss.wage_cap);
    let amount = product(counted, i64::from(share.get()), 10_000)?;
    let args = vec![
        ("wage", Quantity::Money(counted)),
        ("percent", Quantity::Percent(*share)),
        ("month", Quantity::Number(i64::from(month))),
    ];
    Ok(Calculation::of(Step { key: "calc-job-loss", args, amount }, rule))
}
